"""Walking Python's syntax tree. `ast.walk` asks every node for every field; a file is walked many times while somebody types."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, TypeVar

_Node = TypeVar("_Node", bound=ast.AST)

_BODIES = ("body", "handlers", "orelse", "finalbody", "cases")
_PLAIN = frozenset(
    {"ctx", "id", "attr", "arg", "name", "names", "module", "level", "asname", "kind", "type_comment", "type_ignores"}
    | {"rest", "conversion", "simple", "is_async", "kwd_attrs"}
)
"""Fields that hold no nodes (`ctx` holds one that says nothing about the program's structure)."""
_WITH_GAPS = frozenset({"keys", "kw_defaults"})
"""Lists that hold None in the place of a node that is not there."""
_fields: dict[type[ast.AST], tuple[str, ...]] = {
    ast.Constant: (),
    ast.MatchSingleton: (),
    ast.Import: ("names",),
    ast.ImportFrom: ("names",),
}
"""The fields of each class of nodes that hold nodes, found out once."""


def _fields_of(kind: type[ast.AST]) -> tuple[str, ...]:
    found = _fields[kind] = tuple(each for each in kind._fields if each not in _PLAIN)
    return found


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly inside one, in the order of its fields; without the contexts of names."""
    kind = node.__class__
    names = _fields.get(kind)
    found: list[ast.AST] = []
    for name in _fields_of(kind) if names is None else names:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [each for each in value if each is not None] if name in _WITH_GAPS else value
        elif value is not None:
            found.append(value)
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all that is inside it, in the order of `ast.walk`; without the contexts of names."""
    todo = [node]
    fields = _fields
    for each in todo:
        kind = each.__class__
        names = fields.get(kind)
        if names is None:
            names = _fields_of(kind)
        for name in names:
            value = getattr(each, name, None)
            if value.__class__ is list:
                todo += [one for one in value if one is not None] if name in _WITH_GAPS else value
            elif value is not None:
                todo.append(value)
        yield each


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements inside a node, in the order of `ast.walk`: no expression is looked at."""
    todo: list[ast.AST] = [node]
    for each in todo:
        if isinstance(each, ast.stmt):
            yield each
        for name in _BODIES:
            inside = getattr(each, name, None)
            if inside.__class__ is list:
                todo += inside


class Transformer(ast.NodeTransformer):
    """An `ast.NodeTransformer` that looks only at fields that hold nodes, and looks for the method of a kind of nodes once."""

    _visitors: dict[type[ast.AST], str]
    """The name of the method for each kind of nodes that was met; empty where there is none."""

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._visitors = {}

    def visit(self, node: ast.AST) -> Any:
        """What becomes of a node."""
        kind = node.__class__
        name = self._visitors.get(kind)
        if name is None:
            name = f"visit_{kind.__name__}"
            own = getattr(type(self), name, None)
            if own is None or own is getattr(ast.NodeTransformer, name, None):
                name = ""
            self._visitors[kind] = name
        return getattr(self, name)(node) if name else self.generic_visit(node)

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Visit what is inside a node and put in its place what becomes of it."""
        kind = node.__class__
        names = _fields.get(kind)
        for name in _fields_of(kind) if names is None else names:
            value = getattr(node, name, None)
            if value.__class__ is list:
                after: list[Any] = []
                for each in value:
                    if isinstance(each, ast.AST):
                        made = self.visit(each)
                        if made is None:
                            continue
                        if not isinstance(made, ast.AST):
                            after.extend(made)
                            continue
                        after.append(made)
                    else:
                        after.append(each)
                if after != value:
                    value[:] = after
            elif value is not None:
                made = self.visit(value)
                if made is None:
                    delattr(node, name)
                elif made is not value:
                    setattr(node, name, made)
        return node


def place_new_nodes(tree: ast.AST) -> None:
    """Give nodes without a place that of what they are in, as `ast.fix_missing_locations` does."""
    todo: list[tuple[ast.AST, tuple[int, int, int, int]]] = [(tree, (1, 0, 1, 0))]
    while todo:
        node, place = todo.pop()
        if node._attributes:
            held = node.__dict__
            line, end = held.get("lineno"), held.get("end_lineno")
            if line is None or end is None or "col_offset" not in held or held.get("end_col_offset") is None:
                for name, value in zip(("lineno", "col_offset", "end_lineno", "end_col_offset"), place, strict=True):
                    if name not in held or (name.startswith("end_") and held[name] is None):
                        held[name] = value
            place = (held["lineno"], held["col_offset"], held["end_lineno"], held["end_col_offset"])
        todo += [(each, place) for each in children(node)]


def copied(tree: _Node) -> _Node:
    """A tree like this one, with what is noted at its nodes; a node that lies at two places does so in the copy, too."""
    twins: dict[ast.AST, ast.AST] = {}
    todo: list[tuple[ast.AST, ast.AST]] = []

    def twin(node: ast.AST) -> ast.AST:
        found = twins.get(node)
        if found is None:
            kind = node.__class__
            if not kind._fields and not kind._attributes:
                # `Load()`, `Add()`: nothing can be said of one that does not hold for all.
                return node
            found = twins[node] = kind.__new__(kind)
            todo.append((node, found))
        return found

    made = twin(tree)
    while todo:
        node, new = todo.pop()
        held = new.__dict__
        for name, value in node.__dict__.items():
            kind = value.__class__
            if kind is list:
                value = [twin(each) if isinstance(each, ast.AST) else each for each in value]
            elif kind is not str and kind is not int and isinstance(value, ast.AST):
                value = twin(value)
            held[name] = value
    return made  # type: ignore[return-value]
