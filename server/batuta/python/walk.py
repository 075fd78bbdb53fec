"""Walking Python's syntax tree. `ast.walk` asks every node for every field; a file is walked many times while somebody types."""

from __future__ import annotations

import ast
from collections.abc import Iterator

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
