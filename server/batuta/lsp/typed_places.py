"""Which node of the typed program stands at a place of the Python, so that the editor can name its type."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.spans import Span
from batuta.ir.walk import functions_of, walk_all


class TypedPlaces:
    """The nodes of one program by their spans; found when first asked for."""

    def __init__(self, module: n.Module | None) -> None:
        self._module = module

    def at(self, span: Span) -> n.Expression | n.Statement | None:
        """The node with exactly this span; of a value and what it is widened to, the value."""
        return self._nodes.get(span)

    @cached_property
    def _nodes(self) -> dict[Span, n.Expression | n.Statement]:
        return {node.span: node for node in self._walk() if isinstance(node, n.Expression | n.Statement)}

    def _walk(self) -> Iterator[object]:
        """All nodes, outer ones before inner ones."""
        if self._module is not None:
            for body in [self._module.body, *(each.body for each in functions_of(self._module))]:
                yield from walk_all(body, into_functions=False)


def type_of(node: n.Expression | n.Statement | None) -> t.Type | None:
    """The type of a value, or of what an augmented assignment assigns; None where there is none or it is not known."""
    found = node.result.type if isinstance(node, n.Augment) else node.type if isinstance(node, n.Expression) else None
    return None if found is None or _is_vague(found) else found


def _is_vague(type_: t.Type) -> bool:
    return isinstance(type_, t.Unknown | t.Anything) or any(_is_vague(each) for each in t.children(type_))
