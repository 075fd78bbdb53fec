"""The operator or the called name under the cursor, found in Python's own tree."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from batuta.ir.spans import Span
from batuta.lsp.text import characters
from batuta.python.walk import children

_BINARY: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "truediv",
    ast.FloorDiv: "floordiv",
    ast.Mod: "mod",
    ast.Pow: "pow",
    ast.LShift: "lshift",
    ast.RShift: "rshift",
    ast.BitAnd: "and_",
    ast.BitOr: "or_",
    ast.BitXor: "xor",
    ast.MatMult: "matmul",
}
_UNARY: dict[type[ast.unaryop], str] = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert", ast.Not: "not_"}
_COMPARED: dict[type[ast.cmpop], str] = {
    ast.Eq: "eq",
    ast.NotEq: "ne",
    ast.Lt: "lt",
    ast.LtE: "le",
    ast.Gt: "gt",
    ast.GtE: "ge",
    ast.Is: "is_",
    ast.IsNot: "is_not",
    ast.In: "contains",
    ast.NotIn: "contains",
}


@dataclass(frozen=True)
class Operation:
    """An operator, or a call by name."""

    name: str
    """`operator.add` as Python's own module names it, `and`, `builtins.len`, or the name that is called."""
    entry: str | None
    """The catalog's name of it; None for what is called by a name of the program's own."""
    place: Span
    """The operator's sign with the space around it, or the name."""
    whole: Span
    """The whole expression or statement."""


def operation_at(tree: ast.Module, lines: list[str], point: tuple[int, int]) -> Operation | None:
    """The operator or called name at a point; None elsewhere."""
    for node in nodes_around(tree, point[0]):
        for name, place in operations(node, lines):
            if (place.line, place.column) <= point <= (place.end_line, place.end_column):
                return Operation(name, _entry(name), place, span_of(node, lines))
    return None


def _entry(name: str) -> str | None:
    if name.startswith("operator.i") and name != "operator.is_" and name not in ("operator.invert", "operator.is_not"):
        name = name.replace("operator.i", "operator.", 1)
        # The augmented forms of `and_` and `or_` have no underscore of their own.
        return f"{name}_" if name in ("operator.and", "operator.or") else name
    return name if name.startswith(("operator.", "builtins.")) or name in ("and", "or") else None


def nodes_around(node: ast.AST, line: int) -> Iterator[ast.AST]:
    """The nodes that a line is part of, without a walk through the rest of the file."""
    for child in children(node):
        first = getattr(child, "lineno", None)
        if first is not None:
            decorators: list[ast.expr] = getattr(child, "decorator_list", [])
            first = min([first, *(each.lineno for each in decorators)])
            if not first <= line <= (getattr(child, "end_lineno", None) or first):
                continue
            yield child
        yield from nodes_around(child, line)


def span_of(node: ast.AST, lines: list[str]) -> Span:
    """The span of a node in characters."""
    first = getattr(node, "lineno", 1)
    last = getattr(node, "end_lineno", None) or first
    start = characters(lines[first - 1], getattr(node, "col_offset", 0))
    return Span(first, start, last, characters(lines[last - 1], getattr(node, "end_col_offset", None) or 0))


def operations(node: ast.AST, lines: list[str]) -> Iterator[tuple[str, Span]]:
    """The operators or the called name of one node, each with its place."""
    match node:
        case ast.BinOp(left=left, op=operator, right=right):
            yield f"operator.{_BINARY[type(operator)]}", _between(left, right, lines)
        case ast.AugAssign(target=target, op=operator, value=value):
            yield f"operator.i{_BINARY[type(operator)].rstrip('_')}", _between(target, value, lines)
        case ast.UnaryOp(op=operator, operand=operand):
            start, end = span_of(node, lines), span_of(operand, lines)
            yield f"operator.{_UNARY[type(operator)]}", Span(start.line, start.column, end.line, end.column)
        case ast.BoolOp(op=operator, values=values):
            for left, right in pairwise(values):
                yield "and" if isinstance(operator, ast.And) else "or", _between(left, right, lines)
        case ast.Compare(left=left, ops=operators, comparators=others):
            for each, first, second in zip(operators, [left, *others], others, strict=False):
                yield f"operator.{_COMPARED[type(each)]}", _between(first, second, lines)
        case ast.Call(func=ast.Name(id=name) as function):
            yield f"builtins.{name}" if hasattr(builtins, name) else name, span_of(function, lines)
        case ast.Call(func=ast.Attribute(value=owner, attr=name) as function):
            end, last = span_of(owner, lines), span_of(function, lines)
            yield name, Span(end.end_line, end.end_column, last.end_line, last.end_column)


def _between(left: ast.expr, right: ast.expr, lines: list[str]) -> Span:
    first, last = span_of(left, lines), span_of(right, lines)
    return Span(first.end_line, first.end_column, last.line, last.column)
