"""Walking the typed program: the parts of a node in evaluation order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from batuta.ir import nodes as n

_NODES = (n.Expression, n.Statement, n.Target, n.Iteration, n.Clause, n.TextPart, n.Handler)
_PLAIN = frozenset(
    {"Span", "bool", "int", "str", "str | None", "t.Type", "t.Type | None", "tuple[str, ...]", "dict[str, t.Type]"}
    | {"Variable", "Variable | None", "Function", "Function | None"}
)
"""Annotations of fields that never hold a node of the tree."""

_LEAF, _NODE, _SEQUENCE, _MAPPING = range(4)
_kinds: dict[type, int] = {}
_fields: dict[type, tuple[str, ...]] = {}
"""What classes are and hold, found out once: trees are walked many times."""


def parts(node: Any) -> list[Any]:
    """The nodes directly inside one: expressions, targets, clauses, statements."""
    cls = type(node)
    names = _fields.get(cls)
    if names is None:
        names = _fields[cls] = tuple(each.name for each in fields(cls) if str(each.type) not in _PLAIN)
    found: list[Any] = []
    for name in names:
        value = getattr(node, name)
        kind = _kinds.get(type(value))
        if kind is None:
            kind = _kind(value)
        if kind == _NODE:
            found.append(value)
        elif kind:
            _collect(value, kind, found)
    return found


def _kind(value: Any) -> int:
    if isinstance(value, _NODES):
        kind = _NODE
    elif isinstance(value, list | tuple):
        kind = _SEQUENCE
    else:
        kind = _MAPPING if isinstance(value, dict) else _LEAF
    _kinds[type(value)] = kind
    return kind


def _collect(value: Any, kind: int, found: list[Any]) -> None:
    for each in value if kind == _SEQUENCE else value.values():
        inner = _kinds.get(type(each))
        if inner is None:
            inner = _kind(each)
        if inner == _NODE:
            found.append(each)
        elif inner:
            _collect(each, inner, found)


def walk(node: Any, into_functions: bool = True) -> Iterator[Any]:
    """A node and everything inside it, functions defined inside included unless told otherwise."""
    todo = [node]
    while todo:
        each = todo.pop()
        yield each
        inside = parts(each)
        if into_functions and isinstance(each, n.LocalFunction):
            inside += each.function.body
        inside.reverse()
        todo += inside


def walk_all(body: list[n.Statement], into_functions: bool = True) -> Iterator[Any]:
    """Everything inside a list of statements."""
    for statement in body:
        yield from walk(statement, into_functions)


def stored_in(node: n.Lambda) -> list[n.Variable]:
    """The variables of a lambda's own: what its body stores on the way."""
    found: dict[n.Variable, None] = {}
    todo: list[Any] = [node.body] if node.body is not None else []
    while todo:
        each = todo.pop()
        if isinstance(each, n.Walrus):
            found[each.variable] = None
        if not isinstance(each, n.Lambda):
            todo += parts(each)
    return list(found)


def is_place(node: n.Expression) -> bool:
    """Whether evaluating an expression only looks at a constant, a variable or fields."""
    while isinstance(node, n.FieldRead | n.TupleItem | n.Coerce):
        node = node.owner if isinstance(node, n.FieldRead | n.TupleItem) else node.operand
    return isinstance(node, n.Constant | n.Read | n.ClassRead | n.EnumMember)


def root_variable(node: n.Expression) -> n.Variable | None:
    """The variable that a place starts from."""
    while True:
        match node:
            case n.Read(variable=variable):
                return variable
            case n.FieldRead(owner=inner) | n.TupleItem(owner=inner) | n.Unwrap(operand=inner) | n.Coerce(operand=inner):
                node = inner
            case n.LibraryCall(arguments=arguments) if arguments:
                first = next(iter(arguments.values()))
                if not first:
                    return None
                node = first[0]
            case _:
                return None


def functions_of(module: n.Module) -> list[n.Function]:
    """All functions of a program: plain ones, methods, and those defined inside others."""
    found = list(module.functions)
    for cls in module.classes:
        for methods in cls.methods.values():
            for versions in methods.values():
                found.extend(versions)
    inner: list[n.Function] = []
    for body in [module.body, *[each.body for each in found]]:
        for each in walk_all(body):
            if isinstance(each, n.LocalFunction):
                inner.append(each.function)
    return found + inner
