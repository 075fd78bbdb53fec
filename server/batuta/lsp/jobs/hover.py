"""What to say about the place under the cursor: a mapped call or operator, or why there is no Rust for it."""

from __future__ import annotations

import ast
import contextlib
import math
import re
import threading
from collections.abc import Callable
from typing import Any

from batuta.analysis.shapes import Shapes
from batuta.catalog.entry import Parity
from batuta.catalog.evidence import figures, words
from batuta.catalog.index import catalog
from batuta.findings.finding import Finding
from batuta.ir import nodes as n
from batuta.ir.spans import Span
from batuta.ir.types import Array, Object, Scalar, show
from batuta.lsp.assist import Point, Selection
from batuta.lsp.hover_text import hover_text
from batuta.lsp.jobs.wire import span_out
from batuta.lsp.operators import nodes_around, operation_at, span_of
from batuta.lsp.rust_pieces import snippet
from batuta.lsp.typed_places import type_of
from batuta.lsp.workbench import Analysis, JobFailed, Workbench
from batuta.routing import Compiled
from batuta_engine.selection.cost import Work, product_work

_HOLE = re.compile(r"\{(?:[&*]*|mut |fn |type )(?P<name>\w+)\}")
_PRODUCTS = {"numpy.dot", "numpy.matmul", "ndarray.dot", "ndarray.__matmul__"}
_RUST_NUMBERS = {"float64": "f64", "float32": "f32", "bool": "bool", "int": "i64", "float": "f64"} | {
    f"{sign}int{bits}": f"{sign or 'i'}{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)
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
        told = [each for each in analysis.findings if each.span.line > 0 and selection.touches(each.span)]
        said = "\n\n".join(f"**{each.code}** {each.reason}\n\n{each.remedy}" for each in told) + "\n"
        finding = {"markdown": said, "span": span_out(told[0].span)} if told else None
        return _describe_operation(analysis, point) or finding
    node = _node_at(analysis, call.span)
    shapes = Shapes(analysis.tree) if analysis.tree is not None and node is not None else None
    maker = _maker(analysis, call)
    target = call.target or (None if maker is None else maker.target)
    crate = target.crate if target is not None else _crate(call)
    inherits = maker is not None and call.target is None and (crate == "aprender" or call.entry.parity == Parity())
    compiled = Compiled(crate, _element(call, crate), _is_kernel(call), refused=not analysis.rust)
    text = hover_text(
        name=call.entry.name,
        rust=_rust(analysis, call),
        type_text=show(call.type) if call.type is not None else "",
        shape=shapes.of(node) if shapes and isinstance(node, ast.expr) and isinstance(call.type, Array) else None,
        size_shape=_working_shape(shapes, node) if shapes and node is not None else None,
        compiled=compiled,
        cost=_cost(call),
        parity=_parity(maker if inherits else call),
        work=_product_work(shapes, node) if call.entry.name in _PRODUCTS else None,
        measured=words(figures(call.entry.name, crate) or (figures(maker.entry.name, crate) if maker is not None else None)),
    )
    return {"markdown": text, "span": span_out(call.span)}


def _describe_operation(analysis: Analysis, point: Point) -> dict[str, Any] | None:
    """An operator or a call that the compiler writes without the catalog: on numbers and texts, or of the program's own."""
    operation = None if analysis.tree is None else operation_at(analysis.tree, analysis.source.lines, point)
    if operation is None:
        return None
    node = analysis.places.at(operation.whole)
    type_ = type_of(node)
    rust = ""
    with contextlib.suppress(JobFailed):
        rust = _shortened(snippet(analysis, operation.whole))
    builtin = (operation.entry or "").startswith("builtins.")
    if not rust and type_ is None and not builtin:
        # Without a translation and without a type nothing is known: the operands might be anything.
        return None
    crate = "Rust"
    parity: Parity | None = Parity()
    own = isinstance(node, n.FunctionCall | n.Construct | n.ValueCall | n.NewException)
    if own or any(each.name == operation.name for each in analysis.definitions):
        # What the program's own code computes is said at the calls inside it.
        crate, parity = "this program", None
    elif operation.entry is None:
        return None
    elif (entry := catalog().find(operation.entry)) is not None:
        parity = entry.parity
    said = hover_text(
        name=operation.name,
        rust=rust,
        type_text=show(type_) if type_ is not None else "",
        shape=None,
        size_shape=None,
        compiled=Compiled(crate),
        cost="none",
        parity=parity,
    )
    return {"markdown": said, "span": span_out(operation.place)}


def _rust(analysis: Analysis, call: Any) -> str:
    """The Rust of the statement that the call stands in; of the call alone where the file is not translated yet."""
    try:
        rust = snippet(analysis, call.span)
    except JobFailed:
        return _form(analysis, call)
    return _shortened(rust)


def _shortened(rust: str) -> str:
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

    template = call.entry.targets[0].rust if call.entry.targets else call.node.template
    if callable(template):
        # It asks for the Rust of an argument where the choice depends on it; there is none, so the Python stands for it.
        call.node.asker.lowering = lambda node, mode: _text(analysis, node.span)
        try:
            template = template(call.node.asker)
        except Exception:
            # What such a function needs may be missing in a program that is refused.
            return ""
    template = str(template).replace("~", "")
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
    template = "." if callable(call.node.template) else str(call.node.template)
    plain = template.startswith("std::") or (template != "" and "::" not in template and "." not in template)
    return "std" if plain and "." not in call.entry.name.removeprefix("math.").removeprefix("operator.") else "batuta-rt"


def _refusal_text(refusals: list[Finding]) -> str:
    parts = [f"**{each.code}** {each.reason}\n\n{each.remedy}" for each in refusals]
    return "No Rust for this place.\n\n" + "\n\n".join(parts) + "\n"


def _node_at(analysis: Analysis, span: Span) -> ast.expr | ast.AugAssign | None:
    """The expression or augmented assignment with exactly this span."""
    for node in nodes_around(analysis.tree or ast.Module([], []), span.line):
        if isinstance(node, (ast.expr, ast.AugAssign)) and span_of(node, analysis.source.lines) == span:
            return node
    return None


def _maker(analysis: Analysis, call: Any) -> Any:
    """The constructor call of the object that a method or attribute of a library class is asked of, or None."""
    receivers = [each.type for each in call.node.arguments.get("self", [])]
    names = {each.name for each in receivers if isinstance(each, Object)}
    calls = analysis.translation.calls
    return next((each for each in calls if each.entry.kind == "class" and each.entry.name in names), None)


def _parity(call: Any) -> Parity:
    """How near the numbers of a call come, with the Rust form that was chosen for it."""
    if call.entry.name in _PRODUCTS and all(not each.dtype.startswith(("float", "complex")) for each in _arrays(call)):
        # Sums of integers are the same in every order.
        return Parity()
    parity: Parity = call.target.parity if call.target is not None else call.entry.parity
    return parity


def _cost(call: Any) -> str:
    """The cost class of a call."""
    if call.entry.kind == "class":
        # Making an object computes nothing; what its methods do is said there.
        return "none"
    if call.entry.name in _PRODUCTS and [each.rank for each in _arrays(call)] == [1, 1]:
        # The product of two vectors reads each element once, as a reduction does.
        return "medium"
    return str(call.entry.cost)


def _arrays(call: Any) -> list[Array]:
    """The types of the arrays that a call is given."""
    passed = [each.type for arguments in call.node.arguments.values() for each in arguments]
    return [each for each in passed if isinstance(each, Array)]


def _element(call: Any, crate: str) -> str:
    """The Rust type of the numbers that a call computes; empty where it is not one."""
    if crate in ("aprender", "trueno"):
        return "f32"
    if call.entry.name.startswith("sklearn."):
        return "f64"
    result = getattr(call.type, "dtype", "")
    given = {each.dtype for each in _arrays(call)}
    if result and (result != "bool" or not given):
        return _RUST_NUMBERS.get(result, "")
    if given:
        return _RUST_NUMBERS.get(given.pop(), "") if len(given) == 1 else ""
    return _RUST_NUMBERS.get(call.type.name, "") if isinstance(call.type, Scalar) else ""


def _is_kernel(call: Any) -> bool:
    """Whether a call is the product of two matrices of floats."""
    whole = [(each.rank, each.dtype in ("float64", "float32")) for each in _arrays(call)]
    return call.entry.name in _PRODUCTS and whole == [(2, True), (2, True)]


def _product_work(shapes: Shapes | None, node: ast.expr | ast.AugAssign | None) -> Work | None:
    """What a matrix product moves and computes, where the text says both shapes."""
    match node:
        case ast.BinOp(left=left, right=right):
            pass
        case ast.Call(args=[left, right]):
            pass
        case ast.Call(func=ast.Attribute(value=left), args=[right]):
            pass
        case _:
            return None
    first, second = (shapes.of(left), shapes.of(right)) if shapes is not None else (None, None)
    return product_work(first, second) if first and second else None


def _working_shape(shapes: Shapes, node: ast.expr | ast.AugAssign) -> tuple[int, ...] | None:
    """The shape that decides how much work an operation is: that of what it reads."""
    match node:
        case ast.AugAssign(target=target):
            return shapes.of(target)
        case ast.BinOp(op=ast.MatMult(), left=left):
            return shapes.of(left)
        case ast.Call(func=function, args=args):
            owner = [function.value] if isinstance(function, ast.Attribute) else []
            read = [each for each in (shapes.of(argument) for argument in [*owner, *args]) if each]
            return max(read, key=math.prod) if read else shapes.of(node)
    return shapes.of(node)


def _contains(outer: Span, inner: Span) -> bool:
    return (outer.line, outer.column) <= (inner.line, inner.column) and (inner.end_line, inner.end_column) <= (
        outer.end_line,
        outer.end_column,
    )
