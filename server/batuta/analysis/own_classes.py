"""`type(self)` in a method, where it can only be the class that the method stands in: written as that class.

    class Vector:                                          class Vector:
        def scaled(self, factor):                 →            def scaled(self, factor):
            return type(self)(self.x * factor)                     return Vector(self.x * factor)

An object of a class below comes there only where that class has no such method of its own.
"""

from __future__ import annotations

import ast

from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

_OF_THE_CLASS = ("__name__", "__qualname__", "__module__", "__mro__", "__doc__", "__bases__")
_NOT_PLAIN = ("staticmethod", "classmethod")


def name_own_classes(tree: ast.Module) -> None:
    """Write such classes by name, in place."""
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    if not any(_asks(each) for cls in classes.values() for each in walk(cls)):
        return
    for cls in classes.values():
        below = _below(cls.name, classes)
        for method in cls.body:
            if not isinstance(method, ast.FunctionDef) or not method.args.args:
                continue
            if any(isinstance(each, ast.Name) and each.id in _NOT_PLAIN for each in method.decorator_list):
                continue
            alone = all(_replaces(each, method.name) for each in below)
            named = {
                one.id for each in below for one in walk(each) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)
            }
            _Namer(cls.name, method.args.args[0].arg, alone, named).visit(method)


def _asks(node: ast.AST) -> bool:
    """Whether an expression may be the class of an object."""
    match node:
        case ast.Call(func=ast.Name(id="type"), args=[ast.Name()], keywords=[]):
            return True
        case ast.Attribute(value=ast.Name(), attr="__class__"):
            return True
    return False


def _below(name: str, classes: dict[str, ast.ClassDef]) -> list[ast.ClassDef]:
    found: list[ast.ClassDef] = []
    for each in classes.values():
        if any(isinstance(base, ast.Name) and base.id == name for base in each.bases):
            found += [each, *_below(each.name, classes)]
    return found


def _replaces(cls: ast.ClassDef, name: str) -> bool:
    """Whether a class has a method of its own and does not come back to the one above."""
    own = [each for each in cls.body if isinstance(each, ast.FunctionDef) and each.name == name]
    return bool(own) and not any(isinstance(each, ast.Name) and each.id == "super" for each in walk(own[0]))


class _Namer(Transformer):
    def __init__(self, name: str, this: str, alone: bool, named: set[str]) -> None:
        self.name = name
        self.this = this
        self.alone = alone
        self.named = named
        """What classes below bind in their bodies."""

    def _is_own(self, node: ast.expr) -> bool:
        match node:
            case ast.Call(func=ast.Name(id="type"), args=[ast.Name(id=name)], keywords=[]):
                return name == self.this
            case ast.Attribute(value=ast.Name(id=name), attr="__class__"):
                return name == self.this
        return False

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if self.alone and self._is_own(node.func):
            node.func = located(ast.Name(self.name, ast.Load()), node.func)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        read = isinstance(node.ctx, ast.Load) and node.attr not in self.named
        if node.attr not in _OF_THE_CLASS and self._is_own(node.value) and (self.alone or read):
            node.value = located(ast.Name(self.name, ast.Load()), node.value)
        return node
