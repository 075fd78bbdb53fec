"""`types.SimpleNamespace(x=1, y=2)` as an object of a class that has these fields.

Objects that are given more fields later, or fields that are not written out, stay as they are and are refused.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, names_in
from batuta.python.walk import walk


def write_out_namespaces(tree: ast.Module) -> None:
    """Write out such objects, in place."""
    imports = imported_names(tree)
    if not any(name in ("types", "types.SimpleNamespace") for name in imports.values()):
        return
    calls = [
        each
        for each in walk(tree)
        if isinstance(each, ast.Call) and qualified_name(each.func, imports) == "types.SimpleNamespace"
    ]
    if not calls or any(each.args or any(word.arg is None for word in each.keywords) for each in calls):
        return
    shapes = list(dict.fromkeys(tuple(str(word.arg) for word in each.keywords) for each in calls))
    fields = {name for shape in shapes for name in shape}
    stored = {
        each.attr
        for each in walk(tree)
        if isinstance(each, ast.Attribute)
        and not isinstance(each.ctx, ast.Load)
        and not (isinstance(each.value, ast.Name) and each.value.id in ("self", "cls"))
    }
    if stored - fields or not all(shapes):
        return
    taken = names_in(tree)
    names: dict[tuple[str, ...], str] = {}
    made: list[ast.stmt] = []
    for shape in shapes:
        names[shape] = fresh_name("Namespace", taken)
        parameters = ", ".join(shape)
        sets = "\n".join(f"        self.{name} = {name}" for name in shape)
        shown = ", ".join(f"{name}={{self.{name}!r}}" for name in shape)
        equal = " and ".join(f"self.{name} == other.{name}" for name in shape)
        made += ast.parse(
            f"class {names[shape]}:\n    def __init__(self, {parameters}):\n{sets}\n"
            f"    def __repr__(self):\n        return f'namespace({shown})'\n"
            f"    def __eq__(self, other):\n        return {equal}\n"
        ).body
    first = next(
        index for index, each in enumerate(tree.body) if any(isinstance(x, ast.Import | ast.ImportFrom) for x in walk(each))
    )
    for call in calls:
        call.func = ast.copy_location(ast.Name(names[tuple(str(word.arg) for word in call.keywords)], ast.Load()), call.func)
    at = tree.body[first]
    for each in made:
        for node in walk(each):
            if hasattr(node, "lineno"):
                ast.copy_location(node, at)
    tree.body[first + 1 : first + 1] = made
