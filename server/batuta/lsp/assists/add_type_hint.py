"""Insert a type hint where no type is known: on a parameter, or on the assignment that makes a variable.

The types that the file's own calls pass come first, then that of the default value; where neither says anything, the common
ones are offered.

## Before
    def scale(«values», factor):
        return [value * factor for value in values]
## Finding
    BAT201 on the selection
## After
    def scale(values: list[float], factor):
        return [value * factor for value in values]
## Title
    Add the type hint `values: list[float]`
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from batuta.ir.spans import Span
from batuta.lsp.assist import Change, Offer, Selection
from batuta.lsp.text import characters
from batuta.lsp.workbench import JobFailed
from batuta.python.walk import walk

COMMON = ("int", "float", "str", "list[float]")
EMPTY = {
    "[]": ("list[float]", "list[int]", "list[str]"),
    "{}": ("dict[str, float]", "dict[str, int]", "dict[str, str]"),
    "set()": ("set[int]", "set[str]"),
    "None": ("float | None", "int | None", "str | None"),
}
"""What a variable that starts empty may be meant to hold."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Place:
    """Where a hint can go: right behind a name."""

    name: str
    line: int
    column: int
    hints: tuple[str, ...]
    certain: bool
    """Whether the program's text speaks for exactly this type."""


def offer(selection: Selection) -> list[Offer]:
    """One offer for each likely type at an unknown type."""
    finding = next((each for each in selection.findings if each.code == "BAT201"), None)
    if finding is None or selection.analysis.tree is None:
        return []
    place = _parameter(selection, finding.span) or _variable(selection, finding.span)
    if place is None:
        return []
    data = {"name": place.name, "line": place.line, "column": place.column}
    return [
        Offer(f"Add the type hint `{place.name}: {hint}`", data={**data, "hint": hint}, mends=finding, preferred=place.certain)
        for hint in place.hints
    ]


def change(selection: Selection, data: dict[str, object]) -> Change:
    """Write the hint behind the name."""
    number, at, name = int(str(data["line"])), int(str(data["column"])), str(data["name"])
    line = selection.lines[number - 1] if number <= len(selection.lines) else ""
    if line[:at].endswith(name) and line[at : at + 1] != ":":
        # A value without a hint may have no blanks round its `=`; with one it has.
        if line[at : at + 1] == "=":
            return Change(edits=((Span(number, at, number, at + 1), f": {data['hint']} = "),))
        return Change(edits=((Span(number, at, number, at), f": {data['hint']}"),))
    raise JobFailed(f"`{name}` is not there any more")


def _parameter(selection: Selection, span: Span) -> Place | None:
    """The parameter without a hint that the finding is about: at its place, or named there."""
    assert selection.analysis.tree is not None
    named = _named(selection, span)
    for node in selection.analysis.functions:
        if not node.lineno <= span.line <= (node.end_lineno or node.lineno):
            continue
        for argument in _arguments(node):
            where = _span(selection, argument)
            at_place = argument.lineno == span.line and selection.touches(where)
            if argument.annotation is None and argument.arg not in ("self", "cls") and (at_place or argument.arg == named):
                found = _from_calls(selection.analysis.tree, node, argument) or _from_default(node, argument)
                hints = tuple(found) or COMMON
                return Place(argument.arg, where.line, where.end_column, hints, len(found) == 1)
    return None


def _variable(selection: Selection, span: Span) -> Place | None:
    """The last assignment above the finding that makes the variable which stands there."""
    assert selection.analysis.tree is not None
    named = _named(selection, span)
    places = []
    for node in walk(selection.analysis.tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name) as target], value=value) if name == named and node.lineno <= span.line:
                where = _span(selection, target)
                hints = EMPTY.get(ast.unparse(value), ())
                if hints:
                    places.append(Place(name, where.line, where.end_column, hints, False))
    return max(places, key=lambda place: place.line, default=None)


def _named(selection: Selection, span: Span) -> str:
    """The name that the finding stands on; empty where it stands on more than a name."""
    text = selection.lines[span.line - 1][span.column : span.end_column] if span.line == span.end_line else ""
    text = text.split("=")[0].strip()
    return text if text.isidentifier() else ""


def _arguments(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _span(selection: Selection, node: ast.arg | ast.Name) -> Span:
    """The span of a name, without what follows it."""
    line = selection.lines[node.lineno - 1]
    start = characters(line, node.col_offset)
    return Span(node.lineno, start, node.lineno, start + len(node.arg if isinstance(node, ast.arg) else node.id))


def _from_calls(tree: ast.Module, function: Function, argument: ast.arg) -> list[str]:
    """The types of literal arguments that the file's calls of the function pass for the parameter."""
    positional = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    index = positional.index(argument.arg) if argument.arg in positional else -1
    hints: list[str] = []
    for call in walk(tree):
        if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name) or call.func.id != function.name:
            continue
        passed = next((each.value for each in call.keywords if each.arg == argument.arg), None)
        if passed is None and 0 <= index < len(call.args):
            passed = call.args[index]
        hint = _literal_type(passed) if passed is not None else ""
        if hint and hint not in hints:
            hints.append(hint)
    return hints


def _from_default(function: Function, argument: ast.arg) -> list[str]:
    positional = [*function.args.posonlyargs, *function.args.args]
    defaults = dict(zip([each.arg for each in positional][::-1], function.args.defaults[::-1], strict=False))
    defaults.update(
        {
            each.arg: value
            for each, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
            if value is not None
        }
    )
    hint = _literal_type(defaults[argument.arg]) if argument.arg in defaults else ""
    return [hint] if hint else []


def _literal_type(node: ast.expr) -> str:
    """The type of a literal as a hint; empty where it says too little."""
    match node:
        case ast.Constant(value=bool() | int() | float() | str() as value):
            return type(value).__name__
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _literal_type(operand)
        case ast.List(elts=items) | ast.Set(elts=items) if items:
            inner = {_literal_type(item) for item in items}
            name = "list" if isinstance(node, ast.List) else "set"
            inner = {"float"} if inner == {"int", "float"} else inner
            return f"{name}[{inner.pop()}]" if len(inner) == 1 and "" not in inner else ""
        case ast.Tuple(elts=items) if items:
            parts = [_literal_type(item) for item in items]
            return f"tuple[{', '.join(parts)}]" if all(parts) else ""
        case ast.Dict(keys=keys, values=values) if values and None not in keys:
            key_types = {_literal_type(each) for each in keys if each}
            value_types = {_literal_type(each) for each in values}
            if len(key_types) != 1 or len(value_types) != 1 or "" in key_types | value_types:
                return ""
            return f"dict[{key_types.pop()}, {value_types.pop()}]"
        case ast.JoinedStr():
            return "str"
    return ""
