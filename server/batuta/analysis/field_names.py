"""`for field in fields(thing)` that asks each field for its name only, as a loop over the names.

for field in dataclasses.fields(self):               for field in FIELD_NAMES(self):
    print(field.name, getattr(self, field.name))  →      print(field, getattr(self, field))

The names are found with the types: the class of the object has them. A loop that asks a field for more stays as it is and is refused.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

FIELD_NAMES = "names of the fields"
"""The name by which written out code asks for the fields of a dataclass; no program can write it."""
_FIELDS = "dataclasses.fields"


def write_out_fields(tree: ast.Module) -> None:
    """Write such loops out, in place."""
    imports = imported_names(tree)
    if any(name in ("dataclasses", _FIELDS) for name in imports.values()):
        _Writer(imports).visit(tree)


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str]) -> None:
        self.imports = imports

    def _asked(self, node: ast.expr) -> ast.expr | None:
        match node:
            case ast.Call(args=[thing], keywords=[]) if qualified_name(node.func, self.imports) == _FIELDS:
                return located(ast.Call(ast.Name(FIELD_NAMES, ast.Load()), [thing], []), node)
        return None

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "len" and len(node.args) == 1:
            node.args = [self._asked(node.args[0]) or node.args[0]]
        return self.generic_visit(node)

    def visit_For(self, node: ast.For) -> ast.AST:
        names = self._asked(node.iter)
        if names is not None and self._named([*node.body, *node.orelse], [node.target]):
            node.iter = names
        return self.generic_visit(node)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> ast.AST:
        for each in node.generators:
            names = self._asked(each.iter)
            if names is not None and self._named([node], [each.target]):
                each.iter = names
        return self.generic_visit(node)

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _comprehension

    @staticmethod
    def _named(body: list[ast.AST], targets: list[ast.expr]) -> bool:
        """Whether a field is asked for its name only; then the name stands for it."""
        (target,) = targets
        if not isinstance(target, ast.Name):
            return False
        nodes = [each for one in body for each in walk(one)]
        asked = [
            each
            for each in nodes
            if isinstance(each, ast.Attribute)
            and each.attr == "name"
            and isinstance(each.value, ast.Name)
            and each.value.id == target.id
        ]
        uses = [each for each in nodes if isinstance(each, ast.Name) and each.id == target.id and each is not target]
        if len(asked) != len(uses):
            return False
        _Names({id(each) for each in asked}).replace(body)
        return True


class _Names(Transformer):
    def __init__(self, asked: set[int]) -> None:
        self.asked = asked

    def replace(self, body: list[ast.AST]) -> None:
        for each in body:
            self.visit(each)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        return node.value if id(node) in self.asked else self.generic_visit(node)
