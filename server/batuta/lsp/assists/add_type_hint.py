"""Insert a type hint where no type is known.

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

from batuta.findings.finding import Span
from batuta.lsp.assist import Change, Offer, Selection, characters
from batuta.lsp.workbench import JobFailed

COMMON = ("int", "float", "str", "list[float]")


def offer(selection: Selection) -> list[Offer]:
    """One offer for each likely type of the parameter at an unknown type."""
    finding = next((each for each in selection.findings if each.code == "BAT201"), None)
    if finding is None or selection.analysis.tree is None:
        return []
    found = _parameter(selection, finding.span)
    if found is None:
        return []
    function, argument = found
    certain = _from_calls(selection.analysis.tree, function, argument) or _from_default(function, argument)
    offers = []
    for hint in certain or COMMON:
        title = f"Add the type hint `{argument.arg}: {hint}`"
        data = {"line": argument.lineno, "name": argument.arg, "hint": hint}
        offers.append(Offer(title, data=data, mends=finding, preferred=len(certain) == 1))
    return offers


def change(selection: Selection, data: dict[str, object]) -> Change:
    """Write the hint behind the parameter's name."""
    tree = selection.analysis.tree
    for node in ast.walk(tree) if tree is not None else ():
        if isinstance(node, ast.arg) and (node.lineno, node.arg) == (data["line"], data["name"]) and node.annotation is None:
            line = selection.lines[node.lineno - 1]
            at = characters(line, node.end_col_offset or 0)
            # A default without a hint has no blanks round its `=`; with one it does.
            if line[at : at + 1] == "=":
                return Change(edits=((Span(node.lineno, at, node.lineno, at + 1), f": {data['hint']} = "),))
            return Change(edits=((Span(node.lineno, at, node.lineno, at), f": {data['hint']}"),))
    raise JobFailed(f"the parameter {data['name']} is not there any more")


Function = ast.FunctionDef | ast.AsyncFunctionDef


def _parameter(selection: Selection, span: Span) -> tuple[Function, ast.arg] | None:
    """The parameter without a hint that the finding is about: at its place, or named there."""
    text = selection.lines[span.line - 1][span.column : span.end_column] if span.line == span.end_line else ""
    for node in ast.walk(selection.analysis.tree or ast.Module([], [])):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for argument in _arguments(node):
            at_place = argument.lineno == span.line and selection.touches(_span(selection, argument))
            inside = node.lineno <= span.line <= (node.end_lineno or node.lineno)
            if (
                argument.annotation is None
                and argument.arg not in ("self", "cls")
                and (at_place or (inside and argument.arg == text))
            ):
                return node, argument
    return None


def _arguments(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _span(selection: Selection, argument: ast.arg) -> Span:
    line = selection.lines[argument.lineno - 1]
    end = argument.end_col_offset or argument.col_offset
    return Span(argument.lineno, characters(line, argument.col_offset), argument.lineno, characters(line, end))


def _from_calls(tree: ast.Module, function: Function, argument: ast.arg) -> list[str]:
    """The types of literal arguments that the file's calls of the function pass for the parameter."""
    positional = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    index = positional.index(argument.arg) if argument.arg in positional else -1
    hints: list[str] = []
    for call in ast.walk(tree):
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
