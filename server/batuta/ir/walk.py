"""Walking the typed program: the parts of a node in evaluation order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from batuta.ir import nodes as n

_SKIPPED = (n.Variable, n.Function)


def parts(node: Any) -> Iterator[Any]:
    """The nodes directly inside one: expressions, targets, clauses, statements."""
    for each in fields(node):
        yield from _nodes(getattr(node, each.name))


def _nodes(value: Any) -> Iterator[Any]:
    if isinstance(value, n.Expression | n.Statement | n.Target | n.Iteration | n.Clause | n.TextPart | n.Handler):
        yield value
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _nodes(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _nodes(each)


def walk(node: Any, into_functions: bool = True) -> Iterator[Any]:
    """A node and everything inside it, functions defined inside included unless told otherwise."""
    yield node
    for each in parts(node):
        yield from walk(each, into_functions)
    if into_functions and isinstance(node, n.LocalFunction):
        for statement in node.function.body:
            yield from walk(statement, into_functions)


def walk_all(body: list[n.Statement], into_functions: bool = True) -> Iterator[Any]:
    """Everything inside a list of statements."""
    for statement in body:
        yield from walk(statement, into_functions)


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
