"""Small Rust programs as the translation would write them."""

from __future__ import annotations

from batuta.rust.project import Program


def printing(*statements: str) -> str:
    """A program with these statements."""
    body = "".join(f"    {statement}\n" for statement in statements)
    return f"use batuta_rt::prelude::*;\n\nfn program() {{\n{body}}}\n\nfn main() {{\n    py::run(program)\n}}\n"


HELLO = printing('py::print!("hello {}", 1i64);')
BROKEN = printing("let a = 1i64;", 'py::print!("{}", a + "x");')
WARNING = printing("let unused = 1i64;", 'py::print!("x");')


def program(name: str, rust: str = HELLO, features: frozenset[str] = frozenset()) -> Program:
    """A program of this name."""
    return Program(name, f"{name}.py", rust, features)
