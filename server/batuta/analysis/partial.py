"""Functions that stay in Python: what `--partial` makes of them.

A function that holds something untranslatable keeps its signature; its body says at run time that it was left in Python. Callers compile,
and a program that reaches the function ends loudly with `NotImplementedError`. Imports that only such functions need are left out.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field

from batuta.findings.finding import Finding
from batuta.python.walk import place_new_nodes, walk


@dataclass
class LeftOut:
    """What stays in Python: reasons by the line of a `def`, and the lines of imports."""

    functions: dict[int, str] = field(default_factory=dict)
    imports: set[int] = field(default_factory=set)


def add_places(tree: ast.Module, findings: list[Finding], left: LeftOut) -> bool:
    """Add the functions and imports that hold blocking findings. False when one stands anywhere else, or nothing is new."""
    new = False
    before = frozenset(left.functions)
    for finding in findings:
        if not finding.blocks:
            continue
        line = finding.span.line
        holder = _innermost(tree, line)
        if holder is not None:
            if holder.lineno in before:
                # It is left out already, and that has not helped.
                return False
            left.functions.setdefault(holder.lineno, finding.reason)
            new = True
        elif (
            any(isinstance(each, ast.Import | ast.ImportFrom) and each.lineno == line for each in tree.body)
            and line not in left.imports
        ):
            left.imports.add(line)
            new = True
        else:
            return False
    return new


def _innermost(tree: ast.Module, line: int) -> ast.FunctionDef | None:
    """The function or method of the module that a line is in."""
    for each in tree.body:
        members = each.body if isinstance(each, ast.ClassDef) else [each]
        for member in members:
            if isinstance(member, ast.FunctionDef):
                first = min([member.lineno, *[decorator.lineno for decorator in member.decorator_list]])
                if first <= line <= (member.end_lineno or member.lineno):
                    return member
    return None


def leave_out(tree: ast.Module, left: LeftOut) -> None:
    """Replace the bodies of such functions, and drop such imports."""
    tree.body = [
        each for each in tree.body if not (isinstance(each, ast.Import | ast.ImportFrom) and each.lineno in left.imports)
    ]
    for each in walk(tree):
        if isinstance(each, ast.FunctionDef) and each.lineno in left.functions:
            message = f"`{each.name}` was left in Python: {left.functions[each.lineno]}"
            raised = ast.Raise(ast.Call(ast.Name("NotImplementedError", ast.Load()), [ast.Constant(message)], []), None)
            doc = each.body[:1] if ast.get_docstring(each) is not None else []
            each.body = [*doc, ast.copy_location(raised, each.body[-1])]
            each.decorator_list = [
                d
                for d in each.decorator_list
                if isinstance(d, ast.Name) and d.id in ("staticmethod", "classmethod", "property")
            ]
    place_new_nodes(tree)
