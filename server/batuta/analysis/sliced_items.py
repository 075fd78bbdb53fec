"""`__getitem__` that is called with slices: a method of its own for them.

    def __getitem__(self, index):                 def __getitem__(self, index):
        if isinstance(index, slice):                  return self.items[index]
            return Deck(self.items[index])    →
        return self.items[index]                  def __slice__(self, start, stop, step):
                                                      return Deck(self.items[start:stop:step])

Only where the program takes slices of something; the place is asked for its class, its parts or its `indices`, or stands between brackets.
"""

from __future__ import annotations

import ast
import copy

from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, walk

SLICE_METHOD = "__slice__"
_PARTS = ("start", "stop", "step")


def write_out_slices(tree: ast.Module) -> None:
    """Give such classes the method, in place."""
    nodes = list(walk(tree))
    sliced = any(isinstance(each, ast.Subscript) and isinstance(each.slice, ast.Slice) for each in nodes)
    names = any(isinstance(each, ast.Name) and each.id == "slice" for each in nodes)
    for node in [each for each in nodes if isinstance(each, ast.ClassDef)] if sliced else []:
        methods = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
        method = methods.get("__getitem__")
        if method is None or SLICE_METHOD in methods or len(method.args.args) != 2 or method.args.vararg or method.args.kwarg:
            continue
        place = method.args.args[1].arg
        made = copy.deepcopy(method)
        taken = names_in(method)
        parts = [fresh_name(each, taken) for each in _PARTS]
        _Place(place, parts).run(made)
        if any(isinstance(each, ast.Name) and each.id == place for each in walk(made)):
            # The slice is used in another way.
            continue
        made.name = SLICE_METHOD
        made.returns = None
        made.args.args[1:] = [located(ast.arg(each), method) for each in parts]
        made.args.defaults = []
        made.decorator_list = [each for each in made.decorator_list if not _is_overload(each)]
        node.body.insert(node.body.index(method) + 1, made)
        if names:
            _Place(place, []).run(method)


def _is_overload(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "overload"


class _Place(Transformer):
    """The body of `__getitem__` where the place is a slice (`parts` are its names) or never one."""

    def __init__(self, place: str, parts: list[str]) -> None:
        self.place = place
        self.parts = parts

    def run(self, method: ast.FunctionDef) -> None:
        """Rewrite the body in place."""
        body: list[ast.stmt] = []
        for each in method.body:
            found = self.visit(each)
            body += found if isinstance(found, list) else [found]
        method.body = _up_to_leaving(body) or [located(ast.Pass(), method)]

    def _asked(self, node: ast.expr) -> bool | None:
        """The outcome of a test for the class of the place."""
        match node:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                found = self._asked(inner)
                return None if found is None else not found
            case ast.Call(func=ast.Name(id="isinstance"), args=[ast.Name(id=name), classes]) if name == self.place:
                listed = classes.elts if isinstance(classes, ast.Tuple) else [classes]
                kinds = {each.id for each in listed if isinstance(each, ast.Name)}
                if kinds == {"slice"}:
                    return bool(self.parts)
                if self.parts and "slice" not in kinds:
                    return False
            case ast.Compare(
                left=ast.Call(func=ast.Name(id="type"), args=[ast.Name(id=name)]), ops=[ast.Is() | ast.Eq()], comparators=[kind]
            ) if name == self.place and isinstance(kind, ast.Name) and (kind.id == "slice" or self.parts):
                return bool(self.parts) == (kind.id == "slice")
        return None

    def visit_If(self, node: ast.If) -> ast.AST | list[ast.stmt]:
        outcome = self._asked(node.test)
        if outcome is None:
            return self.generic_visit(node)
        body: list[ast.stmt] = []
        for each in node.body if outcome else node.orelse:
            found = self.visit(each)
            body += found if isinstance(found, list) else [found]
        return body

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        outcome = self._asked(node.test)
        if outcome is None:
            return self.generic_visit(node)
        return self.visit(node.body if outcome else node.orelse)  # type: ignore[no-any-return]

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        if self.parts and isinstance(node.slice, ast.Name) and node.slice.id == self.place:
            node.value = self.visit(node.value)
            node.slice = located(ast.Slice(*(ast.Name(each, ast.Load()) for each in self.parts)), node)
            return node
        return self.generic_visit(node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if self.parts and isinstance(node.value, ast.Name) and node.value.id == self.place and node.attr in _PARTS:
            return located(ast.Name(self.parts[_PARTS.index(node.attr)], ast.Load()), node)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        match node:
            case ast.Call(
                func=ast.Name(id="range"),
                args=[ast.Starred(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="indices"), args=[size]))],
            ) if self.parts and name == self.place:
                # The places that a slice names are those that it takes of a range.
                whole = ast.Call(ast.Name("range", ast.Load()), [self.visit(size)], [])
                cut = ast.Slice(*(ast.Name(each, ast.Load()) for each in self.parts))
                return located(ast.Subscript(whole, cut, ast.Load()), node)
        return self.generic_visit(node)


def _up_to_leaving(body: list[ast.stmt]) -> list[ast.stmt]:
    """Statements up to the first that always leaves."""
    for index, each in enumerate(body):
        if isinstance(each, ast.Return | ast.Raise):
            return body[: index + 1]
    return body
