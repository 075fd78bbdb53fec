"""Assignments that were taken for those of a table's column, and are those of a dict's entry.

`counts["a"] = 1` becomes `counts = counts.«with column»("a", 1)` in a program that imports pandas (`written_tables.py`) before types are known.
Where they show that something else than a table is there, the statement is written as it was.
"""

from __future__ import annotations

import ast

from batuta.analysis.bindings import Scope
from batuta.analysis.infer import Inference
from batuta.catalog._tables import ADDED
from batuta.python.walk import walk


def restore_assignments(tree: ast.Module, inference: Inference) -> bool:
    """Write such assignments as they were, in place. True when there were any: infer again."""
    others: set[tuple[Scope, str]] = set()
    calls: dict[ast.Call, tuple[Scope, str]] = {}
    for instance in [inference.module, *inference.program.instances]:
        for node in instance.cells:
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name) as table, attr=attribute)) if attribute == ADDED:
                    calls[node] = (instance.scope, name)
                    held = instance.cells.get(table)
                    if held is not None and any(key[0] in ("dict", "list") for key in held.atoms):
                        others.add(calls[node])
    if not others:
        return False
    for statement in walk(tree):
        if isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Call):
            call = statement.value
            if calls.get(call) in others:
                assert isinstance(call.func, ast.Attribute)
                target = ast.Subscript(call.func.value, call.args[0], ast.Store())
                statement.targets = [ast.copy_location(target, call)]
                statement.value = call.args[1]
    return True
