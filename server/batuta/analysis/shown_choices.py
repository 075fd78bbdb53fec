"""A choice between values of different types that is only shown or converted: each side is shown for itself.

`print(found if found else "nobody")` becomes `print(str(found) if found else str("nobody"))`, and `int(text or 1)` becomes
`int(text) if text else int(1)`: the choice has one type then. Only choices whose sides have no common type are rewritten.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.infer import Inference
from batuta.analysis.narrowing import path_of
from batuta.analysis.resolve import Resolver
from batuta.ir import types as t
from batuta.python.new_nodes import fresh_name, located
from batuta.python.walk import Transformer, walk

_CONVERSIONS = ("str", "repr", "int", "float", "len")


def split_choices(tree: ast.Module, inference: Inference) -> bool:
    """Rewrite such choices, in place. True when anything changed: infer again."""
    resolver = Resolver(assume_observed=True)
    mixed: set[ast.AST] = set()
    for instance in [inference.module, *inference.program.instances]:
        for node, cell in instance.cells.items():
            if isinstance(node, ast.IfExp | ast.BoolOp) and len(cell.atoms) > 1:
                if isinstance(resolver.resolve(cell), t.Unknown):
                    mixed.add(node)
    if not mixed:
        return False
    rewriter = _Rewriter(mixed, {each.id for each in walk(tree) if isinstance(each, ast.Name)})
    rewriter.visit(tree)
    return rewriter.changed


class _Rewriter(Transformer):
    def __init__(self, mixed: set[ast.AST], names: set[str]) -> None:
        self.mixed = mixed
        self.names = names
        self.changed = False
        self.inner = 0
        """How many scopes lie around that no variable can be made in."""

    def _split(self, node: ast.expr, function: str) -> ast.expr | None:
        """The choice with the function applied to each side."""
        if node not in self.mixed:
            return None

        def applied(side: ast.expr) -> ast.expr:
            return self._split(side, function) or ast.Call(ast.Name(function, ast.Load()), [side], [])

        match node:
            case ast.IfExp(test=test, body=body, orelse=otherwise):
                made = ast.IfExp(test, applied(body), applied(otherwise))
            case ast.BoolOp(op=ast.Or(), values=[first, second]) if path_of(first):
                made = ast.IfExp(copy.deepcopy(first), applied(first), applied(second))
            case ast.BoolOp(op=ast.Or(), values=[first, second]) if not self.inner:
                name = fresh_name("found", self.names)
                test = ast.NamedExpr(ast.Name(name, ast.Store()), first)
                made = ast.IfExp(test, applied(ast.Name(name, ast.Load())), applied(second))
            case _:
                return None
        self.changed = True
        return located(made, node)

    def _inside(self, node: ast.AST) -> ast.AST:
        self.inner += 1
        made = self.generic_visit(node)
        self.inner -= 1
        return made

    visit_Lambda = visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _inside

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._inside(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        before, self.inner = self.inner, 0
        made = self.generic_visit(node)
        self.inner = before
        return made

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        conversion = {-1: "str", ord("s"): "str", ord("r"): "repr"}.get(node.conversion)
        if conversion is not None and (node.format_spec is None or node.conversion != -1):
            made = self._split(node.value, conversion)
            if made is not None:
                node.value, node.conversion = made, ord("s") if node.format_spec is not None else -1
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if isinstance(node.func, ast.Name) and node.func.id == "print":
            node.args = [self._split(each, "str") or each for each in node.args]
        elif isinstance(node.func, ast.Name) and node.func.id in _CONVERSIONS and len(node.args) == 1 and not node.keywords:
            made = self._split(node.args[0], node.func.id)
            if made is not None:
                return self.generic_visit(made)
        return self.generic_visit(node)
