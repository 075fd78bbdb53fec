"""Walking the typed program: the parts of a node in evaluation order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from batuta.ir import nodes as n

_NODES = (n.Expression, n.Statement, n.Target, n.Iteration, n.Clause, n.TextPart, n.Handler)
_PLAIN = re.compile(
    r"(?:Span|bool|int|str|t\.Type|Variable|Function)(?: \| None)?|tuple\[str, \.\.\.\]|dict\[str, t\.Type\]"
    r"|list\[(?:str|bool|t\.Type|Variable|Function|Class|File)\]|set\[str\]|dict\[str, (?:str|list\[str\])\]"
)
"""Annotations of fields that never hold a node of the tree."""
_LIST = re.compile(r"list\[(\w+)\]")
"""The annotation of a field that holds nothing but nodes."""

_LEAF, _NODE, _SEQUENCE, _MAPPING = range(4)
_kinds: dict[type, int] = {}
_fields: dict[type, tuple[tuple[str, int], ...]] = {}
_bodies: dict[type, tuple[str, ...]] = {}
"""What classes are and hold, found out once: trees are walked many times."""


def _fields_of(cls: type) -> tuple[tuple[str, int], ...]:
    """The fields of a class that may hold nodes, each with what it holds; a leaf where only the value tells."""
    found: list[tuple[str, int]] = []
    for each in fields(cls):
        text = str(each.type)
        if not _PLAIN.fullmatch(text):
            listed = _LIST.fullmatch(text)
            single = text.removesuffix(" | None")
            if listed is not None and issubclass(getattr(n, listed[1]), _NODES):
                found.append((each.name, _SEQUENCE))
            elif single.isidentifier() and issubclass(getattr(n, single, object), _NODES):
                found.append((each.name, _NODE))
            else:
                found.append((each.name, _LEAF))
    _fields[cls] = tuple(found)
    return _fields[cls]


def parts(node: Any) -> list[Any]:
    """The nodes directly inside one: expressions, targets, clauses, statements."""
    cls = node.__class__
    held = _fields.get(cls)
    found: list[Any] = []
    for name, holds in _fields_of(cls) if held is None else held:
        value = getattr(node, name)
        if holds == _NODE:
            if value is not None:
                found.append(value)
        elif holds == _SEQUENCE:
            found += value
        elif value is not None:
            kind = _kinds.get(value.__class__)
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
        if inside or each.__class__ is n.LocalFunction:
            if into_functions and each.__class__ is n.LocalFunction:
                inside += each.function.body
            inside.reverse()
            todo += inside


def walk_all(body: list[n.Statement], into_functions: bool = True) -> Iterator[Any]:
    """Everything inside a list of statements."""
    todo = body[::-1]
    while todo:
        each: Any = todo.pop()
        yield each
        inside = parts(each)
        if inside or each.__class__ is n.LocalFunction:
            if into_functions and each.__class__ is n.LocalFunction:
                inside += each.function.body
            inside.reverse()
            todo += inside


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


def statements(body: list[n.Statement]) -> Iterator[n.Statement]:
    """The statements of a body and those inside them, also in functions defined inside, in the order of `walk`: no expression is looked at."""
    todo: list[Any] = list(reversed(body))
    while todo:
        each = todo.pop()
        if isinstance(each, n.Statement):
            yield each
        names = _bodies.get(each.__class__)
        if names is None:
            held = ("list[Statement]", "list[Handler]")
            names = _bodies[each.__class__] = tuple(one.name for one in fields(each) if one.type in held)
        inside = [one for name in names for one in getattr(each, name)]
        if isinstance(each, n.LocalFunction):
            inside += each.function.body
        todo += reversed(inside)


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
    todo = [module.body, *[each.body for each in found]]
    todo.reverse()
    while todo:
        for each in statements(todo.pop()):
            if isinstance(each, n.LocalFunction):
                found.append(each.function)
    return found
