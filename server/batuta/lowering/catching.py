"""Exceptions that cross a closure or an iterator on their way to a handler.

A function that can raise into a handler returns a `Result`. A closure and an iterator cannot: what they raise unwinds the stack instead, up to the
expression of the `try` block that called them, which `py::catching` makes a `Result` of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import walk
from batuta.lowering.effects import calls_unknown, orders_values, overrides, raises_later
from batuta.lowering.rust_text import Rust

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


class CatchingLowering:
    """The part of the lowering that prints such expressions."""

    @property
    def inside_attempt(self: Lowering) -> bool:
        """Whether the expression stands in a `try` block itself, not in a closure there."""
        return bool(self.handlers) and self.handlers[-1] not in (None, "?") and self.closure_depth == 0

    def crosses(self: Lowering, node: n.Expression) -> bool:
        """Whether evaluating an expression may raise through a closure or an iterator."""
        match node:
            case n.ValueCall():
                return True
            case n.FunctionCall(function=function):
                if function.generator is not None:
                    return False
                return any(each in self.effects.unwinds for each in overrides(self.module, node))
            case n.Coerce(operand=n.DictDisplay(items=items)) | n.DictDisplay(items=items):
                return any(_may_be_unhashable(key) for key, _ in items if key is not None)
            case n.Construct(init=init):
                return init is not None and init in self.effects.unwinds
            case n.LibraryCall(arguments=arguments) if any(
                isinstance(each, n.Walrus) for held in arguments.values() for each in held
            ):
                # What is stored on the way crosses by itself: no closure assigns the variable.
                return False
            case n.LibraryCall():
                return (
                    calls_unknown(node) or orders_values(node) or any(raises_later(each, self.effects) for each in walk(node))
                )
            case n.Comprehension():
                return any(raises_later(each, self.effects) or calls_unknown(each) for each in walk(node))
        return False

    def caught_value(self: Lowering, node: n.Expression) -> Rust:
        """The value of an expression that crosses, as what a `try` block tests."""
        self.closure_depth += 1
        text = self.value(node).text
        self.closure_depth -= 1
        return self.raising(Rust(f"py::catching(|| {text})"))

    def caught_loop(self: Lowering, node: n.For, prefix: str, pattern: str, source: str) -> bool:
        """The head of a loop over an iterator that may raise, printed; False where a plain `for` will do."""
        if not self.inside_attempt or node.iterable.kind != "iterator":
            return False
        value: Any = node.iterable.value
        if not isinstance(value, n.Read) and not any(raises_later(each, self.effects) for each in walk(value)):
            return False
        if isinstance(value, n.Read) and not isinstance(value.type, t.Iterator):
            return False
        name = self.fresh("iterator")
        self.emit(f"let mut {name} = {source};")
        self.emit(f"{prefix}while let Some({pattern}) = py::attempt!({self.handlers[-1]}, py::catching(|| {name}.next())) {{")
        return True


def _may_be_unhashable(key: n.Expression) -> bool:
    """Whether a key that is known at run time only may be a list, dict or set."""
    if key.type != t.VALUE:
        return False
    return not (isinstance(key, n.Coerce) and isinstance(key.operand.type, t.Scalar))
