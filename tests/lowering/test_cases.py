"""The Rust of one construct each: `fixtures/lowering/NAME.py` → `NAME.rs`, to the letter.

`BATUTA_ACCEPT=1` writes what comes out now; read the difference before it is committed. That the Rust compiles and prints what
Python prints is shown for whole programs in `tests/programs/`; here a change of one form is seen at a glance.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from batuta.translate import Options, translate

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "lowering"
CASES = sorted(FOLDER.glob("*.py"))
# What stands at the top of every file says nothing about a construct.
FURNITURE = ("#![allow(", "use batuta_rt::prelude::*;")


def rust_of(path: Path) -> str:
    """The Rust of a case without what every program has."""
    done = translate(path.read_text(encoding="utf-8"), path.name, Options(debug=True))
    assert done.rust, [f"line {each.span.line}: {each.code} {each.reason}" for each in done.findings]
    lines = [line for line in done.rust.splitlines() if not line.startswith(FURNITURE)]
    return "\n".join(lines).strip().removesuffix("fn main() {\n    py::run(program);\n}").strip() + "\n"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_rust_of_a_construct(path: Path) -> None:
    expected = path.with_suffix(".rs")
    made = rust_of(path)
    if os.environ.get("BATUTA_ACCEPT") == "1":
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")
    assert rust_of(path) == made, "a second translation gives another text"


def test_no_expectation_is_left_behind() -> None:
    assert {path.stem for path in FOLDER.glob("*.rs")} == {path.stem for path in CASES}
