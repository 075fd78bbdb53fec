"""`__doc__` of a function, class or module of the program, as the text that it is.

A decorator may give its function another docstring: one that is not known to keep it is left to be refused.
"""

from __future__ import annotations

import ast
import inspect

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

_KEEPING = (
    "functools.lru_cache",
    "functools.cache",
    "functools.wraps",
    "functools.singledispatch",
    "functools.total_ordering",
    "contextlib.contextmanager",
    "dataclasses.dataclass",
)
"""Decorators after which the docstring is still that of the function or class."""
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def write_out_docstrings(tree: ast.Module) -> None:
    """Put docstrings in the place of what asks for them, in place."""
    imports = imported_names(tree)
    if not any(meant in ("inspect", "inspect.getdoc") for meant in imports.values()) and not any(
        (isinstance(each, ast.Attribute) and each.attr == "__doc__") or (isinstance(each, ast.Name) and each.id == "__doc__")
        for each in walk(tree)
    ):
        return
    bound: dict[str, int] = {}
    for each in walk(tree):
        if isinstance(each, _Definition):
            bound[each.name] = bound.get(each.name, 0) + 1
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            bound[each.id] = bound.get(each.id, 0) + 1
        elif isinstance(each, ast.arg):
            bound[each.arg] = bound.get(each.arg, 0) + 1
    known = {each.name: each for each in tree.body if isinstance(each, _Definition) and bound[each.name] == 1}
    _Writer(tree, imports, known, "__doc__" not in bound).visit(tree)


class _Writer(Transformer):
    def __init__(self, tree: ast.Module, imports: dict[str, str], known: dict[str, _Definition], own: bool) -> None:
        self.tree = tree
        self.imports = imports
        self.known = known
        self.own = own
        self.wrapping = {name for name, each in known.items() if self._wraps(each)}

    def _wraps(self, node: _Definition) -> bool:
        """Whether a decorator of the program says `@wraps(function)` of everything that it returns."""
        inner = [each for each in walk(node) if isinstance(each, ast.FunctionDef) and each is not node]
        given = {each.value.id for each in walk(node) if isinstance(each, ast.Return) and isinstance(each.value, ast.Name)}
        marked = {
            each.name
            for each in inner
            if any(
                isinstance(x, ast.Call) and qualified_name(x.func, self.imports) == "functools.wraps"
                for x in each.decorator_list
            )
        }
        plain = {each.name for each in inner} - marked
        # A decorator with arguments returns the decorator that it makes.
        makers = {each.name for each in inner if {x.name for x in walk(each) if isinstance(x, ast.FunctionDef)} & marked}
        return bool(marked) and not (given & (plain - makers))

    def _keeps(self, node: ast.expr) -> bool:
        called = node.func if isinstance(node, ast.Call) else node
        if isinstance(called, ast.Name) and called.id in self.wrapping:
            return True
        return qualified_name(called, self.imports) in _KEEPING

    def _doc(self, node: ast.expr) -> ast.Constant | None:
        found: ast.AST | None = None
        if isinstance(node, ast.Name):
            found = self.known.get(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = self.known.get(node.value.id)
            if isinstance(owner, ast.ClassDef):
                found = next(
                    (each for each in owner.body if isinstance(each, ast.FunctionDef) and each.name == node.attr), None
                )
        if not isinstance(found, _Definition) or not all(self._keeps(each) for each in found.decorator_list):
            return None
        text = ast.get_docstring(found, clean=False)
        if text is None and isinstance(found, ast.ClassDef):
            # A dataclass, an enum or a base may give it one.
            return None
        return located(ast.Constant(text), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if node.attr == "__doc__" and isinstance(node.ctx, ast.Load):
            found = self._doc(node.value)
            if found is not None:
                return found
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == "__doc__" and self.own and isinstance(node.ctx, ast.Load):
            return located(ast.Constant(ast.get_docstring(self.tree, clean=False)), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if qualified_name(node.func, self.imports) == "inspect.getdoc" and len(node.args) == 1 and not node.keywords:
            found = self._doc(node.args[0])
            if found is not None:
                text = inspect.cleandoc(found.value) if isinstance(found.value, str) else None
                return located(ast.Constant(text), node)
        return node
