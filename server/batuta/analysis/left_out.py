"""What the Rust does not hold because nothing in the program uses it: functions without types, classes without instances.

The types of a function come from its calls and its hints. One that nobody calls and that carries no hints has none, so it
cannot be written in Rust. Nothing that runs is lost; but the reader is told, because the Rust is to hold the whole program.
"""

from __future__ import annotations

import ast
import re

from batuta.analysis.bindings import parameters
from batuta.analysis.infer import Inference
from batuta.analysis.program import ClassInfo, FunctionInfo
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.names import own_name
from batuta.ir.spans import Span

_KEEP = "Call it, or add type hints to its parameters, to have it in the Rust; remove it if nobody needs it."
_KEEP_CLASS = "Make an instance of it where it is needed; remove it if nobody needs it."


def left_out(inference: Inference) -> list[Finding]:
    """One BAT205 for each function and class that the program defines and the Rust does not hold."""
    program = inference.program
    found: list[Finding] = []
    unused = {info for info in program.classes.values() if info.root is info and not is_used(info) and not _only_types(info)}
    for info in unused:
        reason = f"no instance of the class `{info.name}` is ever made and none of its methods is called"
        found += _finding(inference, info.node, reason, _KEEP_CLASS)
    running = {instance.function.node for instance in program.instances if instance.function is not None}
    for function in program.functions.values():
        if function.instances or not isinstance(function.node, ast.FunctionDef):
            continue
        if function.owner is not None and (not is_used(function.owner.root) or _stands_for_others(function)):
            continue
        inside = function.scope.parent.node if function.scope.parent is not None else None
        if isinstance(inside, ast.FunctionDef | ast.Lambda) and inside not in running:
            continue
        hinted = all(each.annotation is not None for each in parameters(function.parameters)[function.owner is not None :])
        why = "" if hinted else " and not all of its parameters have type hints"
        what = f"the method `{function.owner.name}.{function.name}`" if function.owner else f"the function `{function.name}`"
        found += _finding(inference, function.node, f"{what} is never called{why}", _KEEP)
    return found


def is_used(info: ClassInfo) -> bool:
    """Whether a class, or one below it, is made, has a method that is called, or an attribute of the class that is read."""
    return any(
        each.constructed or each.enum or each.attributes_used or any(m.instances for m in each.methods.values())
        for each in info.descendants()
    )


def _only_types(info: ClassInfo) -> bool:
    """Whether a class only describes types (`Protocol`, `TypedDict`): such a class is never made."""
    names = {own_name(getattr(base.value if isinstance(base, ast.Subscript) else base, "id", "")) for base in info.node.bases}
    return bool(names & {"Protocol", "TypedDict"})


def _stands_for_others(function: FunctionInfo) -> bool:
    """Whether a method is only there to be overridden: a class below has its own, and that one is called."""
    assert function.owner is not None
    below = [each for each in function.owner.descendants() if each is not function.owner]
    return any(function.name in each.methods and each.methods[function.name].instances for each in below)


def _finding(inference: Inference, node: ast.FunctionDef | ast.ClassDef, reason: str, remedy: str) -> list[Finding]:
    """Marks the name, not the whole body. None for a definition that a rewrite made: the program's text does not hold it."""
    source = inference.program.source
    span = source.span(node)
    line = source.lines[span.line - 1] if span.line <= len(source.lines) else ""
    # A rewrite may have given it a longer name than it has in the text.
    keyword = "def" if isinstance(node, ast.FunctionDef) else "class"
    written = re.compile(rf"\b{keyword}\s+(\w+)|\b({re.escape(own_name(node.name))})\b").search(line, span.column)
    if written is None:
        return []
    start, end = written.span(written.lastindex or 0)
    span = Span(span.line, start, span.line, end)
    return [make_finding("BAT205", f"{reason}, so it is not in the Rust", remedy, span=span)]
