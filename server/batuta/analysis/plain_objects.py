"""`object()`, which is nothing but itself, as an object of a class without anything.

MISSING = object()     →     class Sentinel: pass
                             MISSING = Sentinel()
"""

from __future__ import annotations

import ast

from batuta.python.new_nodes import fresh_name, located
from batuta.python.walk import walk


def write_out_objects(tree: ast.Module) -> None:
    """Write such calls out, in place."""
    calls = [
        each
        for each in walk(tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "object" and not each.args
    ]
    if not calls:
        return
    taken: set[str] = set()
    for each in walk(tree):
        match each:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name) if name == "object":
                return
            case ast.Name(id=name) | ast.arg(arg=name) | ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                taken.add(name)
    made = fresh_name("Sentinel", taken)
    for call in calls:
        call.func = ast.copy_location(ast.Name(made, ast.Load()), call.func)
    place = 0
    for index, statement in enumerate(tree.body):
        docstring = index == 0 and isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if docstring or isinstance(statement, ast.Import | ast.ImportFrom):
            place = index + 1
    tree.body.insert(place, located(ast.ClassDef(made, [], [], [ast.Pass()], []), calls[0]))
