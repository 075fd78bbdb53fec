"""Walking Python's syntax tree. `ast.walk` asks every node for every field; a file is walked many times while somebody types."""

from __future__ import annotations

import ast
from collections.abc import Iterator

_BODIES = ("body", "handlers", "orelse", "finalbody", "cases")
_PLAIN = frozenset(
    {"ctx", "id", "attr", "arg", "name", "module", "level", "asname", "kind", "type_comment", "rest", "conversion", "simple"}
)
"""Fields that hold no nodes (`ctx` holds one that says nothing about the program's structure)."""
_fields: dict[type[ast.AST], tuple[str, ...]] = {ast.Constant: ()}


def children(node: ast.AST) -> list[ast.AST]:
    """The nodes directly inside one, in the order of its fields; without the contexts of names."""
    kind = node.__class__
    names = _fields.get(kind)
    if names is None:
        names = _fields[kind] = tuple(each for each in kind._fields if each not in _PLAIN)
    found: list[ast.AST] = []
    for name in names:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += [each for each in value if isinstance(each, ast.AST)]
        elif isinstance(value, ast.AST):
            found.append(value)
    return found


def walk(node: ast.AST) -> Iterator[ast.AST]:
    """A node and all that is inside it, in the order of `ast.walk`; without the contexts of names."""
    todo = [node]
    for each in todo:
        yield each
        todo += children(each)


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
