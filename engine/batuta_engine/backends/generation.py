"""Writes the text of kernels: a function of one element becomes a loop over arrays, for one element type and one backend.

Constants are written in the element type, because numba would compute `float32 * 0.5` in float64: then float32 would not be what
another float32 program computes.
"""

from __future__ import annotations

import ast
import inspect
import math
from collections.abc import Callable, Iterable
from functools import cache
from types import FunctionType
from typing import Any

HEADER = """import math
import numba
import numpy as np
{more}
{constants}
"""


class _Typed(ast.NodeTransformer):
    """Constants and `math.inf`-like names as names of typed constants."""

    def __init__(self, dtype: str, names: dict[str, Any]) -> None:
        self.dtype, self.names = dtype, names
        self.constants: dict[str, str] = {}

    def _constant(self, value: float) -> ast.expr:
        text = "np.nan" if math.isnan(value) else repr(value).replace("inf", "np.inf")
        name = "K_" + "".join(each if each.isalnum() else "_" for each in repr(value))
        self.constants[name] = f"np.{self.dtype}({text})"
        return ast.Name(name, ast.Load())

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        return self._constant(node.value) if isinstance(node.value, float) else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        if isinstance(node.value, ast.Name) and node.value.id == "math" and node.attr in ("inf", "nan"):
            return self._constant(getattr(math, node.attr))
        self.generic_visit(node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.expr:
        value = self.names.get(node.id)
        return self._constant(value) if isinstance(value, float) else node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id == "float":
            return ast.Call(ast.Attribute(ast.Name("np", ast.Load()), self.dtype, ast.Load()), node.args, [])
        return node


@cache
def typed_source(
    function: Callable[..., Any], dtype: str, decorator: str, name: str = ""
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The text of a function with typed constants and no annotations, and the constants that it uses."""
    assert isinstance(function, FunctionType)
    tree = ast.parse(inspect.getsource(function))
    made = tree.body[0]
    assert isinstance(made, ast.FunctionDef)
    made.name = name or made.name
    made.decorator_list, made.returns = [], None
    if ast.get_docstring(made) is not None:
        made.body = made.body[1:]
    for argument in made.args.args:
        argument.annotation = None
    for each in ast.walk(made):
        if isinstance(each, ast.AnnAssign):
            raise TypeError(f"{made.name}: annotated variables are not read")
    typed = _Typed(dtype, dict(function.__globals__))
    made = typed.visit(made)
    text = f"@{decorator}\n{ast.unparse(ast.fix_missing_locations(made))}\n"
    return text, tuple(sorted(typed.constants.items()))


def module_text(parts: Iterable[tuple[str, tuple[tuple[str, str], ...]]], more: str = "") -> str:
    """A module of functions, with all their constants before them."""
    texts: list[str] = []
    constants: dict[str, str] = {}
    for text, needed in parts:
        texts.append(text)
        constants.update(needed)
    lines = "\n".join(f"{name} = {value}" for name, value in sorted(constants.items()))
    return HEADER.format(more=more, constants=lines) + "\n\n" + "\n\n".join(texts)
