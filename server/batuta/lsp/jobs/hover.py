"""What to say about the place under the cursor: a mapped call or operator, or why there is no Rust for it."""

from __future__ import annotations

import ast
import contextlib
import re
import threading
from collections.abc import Callable
from typing import Any

from batuta.analysis.shapes import Shapes
from batuta.catalog.index import catalog
from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.ir.types import Array, show
from batuta.lsp.assist import Point, Selection, characters
from batuta.lsp.hover_text import hover_text
from batuta.lsp.jobs.wire import span_out
from batuta.lsp.rust_pieces import snippet
from batuta.lsp.workbench import Analysis, JobFailed, Workbench

_HOLE = re.compile(r"\{(?:[&*]*|mut |fn |type )(?P<name>\w+)\}")
_OPERATORS: dict[type[ast.operator], str] = {
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
}
LONGEST = 12
"""Lines of Rust in a hover; a statement that spans more is better read in the preview."""


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """`markdown` and `span`, or None where there is nothing to say."""
    return describe(bench.analysis(parameters), (parameters["line"], parameters["column"]))


def describe(analysis: Analysis, point: Point) -> dict[str, Any] | None:
    """What to say about a point of an analysed text."""
    selection = Selection(analysis, point, point)
    refusals = [each for each in analysis.findings if each.blocks and each.span.line > 0 and selection.touches(each.span)]
    call = selection.call
    if refusals and (call is None or not _contains(refusals[0].span, call.span)):
        return {"markdown": _refusal_text(refusals), "span": span_out(refusals[0].span)}
    if call is None:
        return _describe_operator(analysis, point)
    node = _node_at(analysis, call.span)
    shapes = Shapes(analysis.tree) if analysis.tree is not None and node is not None else None
    target = call.target
    text = hover_text(
        name=call.entry.name,
        rust=_rust(analysis, call),
        type_text=show(call.type) if call.type is not None else "",
        shape=shapes.of(node) if shapes and node is not None else None,
        size_shape=_working_shape(shapes, node) if shapes and node is not None else None,
        crate=target.crate if target is not None else _crate(call),
        # Making an object computes nothing; what its methods do is said there.
        cost="none" if call.entry.kind == "class" else call.entry.cost,
        parity=target.parity if target is not None else call.entry.parity,
    )
    return {"markdown": text, "span": span_out(call.span)}


def _describe_operator(analysis: Analysis, point: Point) -> dict[str, Any] | None:
    """An operator on numbers and texts, which the compiler writes without a call: its catalog entry says what it means."""
    if not analysis.rust:
        # Without a translation nothing is known of the operands: they might be anything.
        return None
    lines = analysis.source.lines
    for node in ast.walk(analysis.tree or ast.Module([], [])):
        if not isinstance(node, ast.BinOp):
            continue
        first, start = _ends(lines, node.left)
        end, last = _ends(lines, node.right)
        if not start <= point <= end:
            continue
        entry = catalog().find(f"operator.{_OPERATORS.get(type(node.op), '')}")
        if entry is None:
            return None
        rust = ""
        with contextlib.suppress(JobFailed):
            rust = snippet(analysis, Span(*first, *last))
        unknown: dict[str, Any] = {"type_text": "", "shape": None, "size_shape": None, "cost": "none"}
        text = hover_text(name=entry.name, rust=rust, crate="batuta-rt", parity=entry.parity, **unknown)
        return {"markdown": text, "span": [*start, *end]}
    return None


def _ends(lines: list[str], node: ast.expr) -> tuple[Point, Point]:
    """Where an expression starts and ends, in characters."""
    last = node.end_lineno or node.lineno
    start = node.lineno, characters(lines[node.lineno - 1], node.col_offset)
    return start, (last, characters(lines[last - 1], node.end_col_offset or 0))


def _rust(analysis: Analysis, call: Any) -> str:
    """The Rust of the statement that the call stands in; of the call alone where the file is not translated yet."""
    try:
        rust = snippet(analysis, call.span)
    except JobFailed:
        return _form(analysis, call)
    lines = rust.rstrip("\n").split("\n")
    return "\n".join(lines[:LONGEST] + (["// …"] if len(lines) > LONGEST else []))


def _form(analysis: Analysis, call: Any) -> str:
    """The catalog's Rust form with the Python of the arguments in its holes."""

    def fill(hole: re.Match[str]) -> str:
        arguments = call.node.arguments.get(hole["name"], [])
        if hole["name"] in call.node.omitted:
            # The span of a default is the call's own: there is no text to show but the value.
            return ", ".join(repr(getattr(each, "value", hole["name"])) for each in arguments) or hole["name"]
        return ", ".join(_text(analysis, each.span) for each in arguments) or hole["name"]

    template = str(call.node.template).replace("~", "")
    return _HOLE.sub(fill, template).replace("{{", "{").replace("}}", "}")


def _text(analysis: Analysis, span: Span) -> str:
    """The Python of a span, on one line."""
    lines = analysis.source.lines[span.line - 1 : span.end_line]
    if len(lines) == 1:
        return lines[0][span.column : span.end_column]
    return " ".join([lines[0][span.column :], *(each.strip() for each in lines[1:-1]), lines[-1][: span.end_column].strip()])


def _crate(call: Any) -> str:
    """Where the Rust of an entry without named targets lives: its name, its types and its template say so."""
    arguments = [each.type for passed in call.node.arguments.values() for each in passed]
    if call.entry.name.startswith("ndarray.") or any(isinstance(each, Array) for each in (call.type, *arguments)):
        return "batuta-rt" if call.entry.name.startswith("sklearn.") else "ndarray"
    if {"ml", "data"} & set(call.entry.features):
        # Estimators, metrics and data sets are the runtime's own; their template may be a function.
        return "batuta-rt"
    template = str(call.node.template)
    plain = template.startswith("std::") or (template != "" and "::" not in template and "." not in template)
    return "std" if plain and "." not in call.entry.name.removeprefix("math.").removeprefix("operator.") else "batuta-rt"


def _refusal_text(refusals: list[Finding]) -> str:
    parts = [f"**{each.code}** {each.reason}\n\n{each.remedy}" for each in refusals]
    return "No Rust for this place.\n\n" + "\n\n".join(parts) + "\n"


def _node_at(analysis: Analysis, span: Span) -> ast.expr | None:
    """The expression with exactly this span."""
    lines = analysis.source.lines
    for node in ast.walk(analysis.tree or ast.Module([], [])):
        if not isinstance(node, ast.expr) or (node.lineno, node.end_lineno) != (span.line, span.end_line):
            continue
        start = characters(lines[node.lineno - 1], node.col_offset)
        end = characters(lines[span.end_line - 1], node.end_col_offset or 0)
        if (start, end) == (span.column, span.end_column):
            return node
    return None


def _working_shape(shapes: Shapes, node: ast.expr) -> tuple[int, ...] | None:
    """The shape that decides how much work an operation is: that of what it reads."""
    match node:
        case ast.BinOp(op=ast.MatMult(), left=left):
            return shapes.of(left)
        case ast.Call(func=function, args=args):
            owner = [function.value] if isinstance(function, ast.Attribute) else []
            read = [each for each in (shapes.of(argument) for argument in [*owner, *args]) if each]
            return max(read, key=len) if read else shapes.of(node)
    return shapes.of(node)


def _contains(outer: Span, inner: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )
