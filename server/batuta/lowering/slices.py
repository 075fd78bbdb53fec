"""Lists that are only looked at: parameters that can be `&[T]` instead of `&Vec<T>`, and literal lists that can be arrays.

A list is only looked at where every read of its name is one that a slice answers as well: its items one after the other, one of them, a
part of it, its length, or handing it on to a parameter that is a slice too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import parts, walk
from batuta.lowering.effects import Bodies
from batuta.lowering.rust_text import as_array
from batuta.lowering.state import Asked
from batuta.lowering.texts import needs_shape

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

LOOKING = {
    "builtins.len",
    "operator.getitem",
    "operator.getitem_slice",
    "operator.setitem",
    "operator.contains",
    "list.index",
    "list.count",
    "list.copy",
}
"""Catalog entries whose Rust form is a method that slices have."""


class SliceLowering:
    """The part of the lowering that knows which lists are slices or arrays."""

    looked_at: Asked[n.Variable]
    """Variables whose every use is one of a slice; nothing until somebody asks."""
    looked: bool
    """Whether somebody has asked."""

    def only_looked_at(self: Lowering, variable: n.Variable) -> bool:
        """Whether every use of a list's name is one that a slice answers."""
        self.find_looked_at()
        return variable in self.looked_at

    def find_looked_at(self: Lowering) -> None:
        """Find the lists that are only looked at, once in a printing."""
        if not self.looked:
            self.looked = True
            self.looked_at.update(self.unasked(self._find_looked_at))

    def is_slice(self: Lowering, variable: n.Variable) -> bool:
        """Whether a parameter is passed as `&[T]`."""
        return (
            variable.parameter
            and isinstance(variable.type, t.List | t.Sequence)
            and variable in self.function_of_parameter
            and self.only_looked_at(variable)
            and not self.types.is_shared(variable.type)
            and self.parameter_mode(variable) in ("ref", "refmut")
        )

    def is_array(self: Lowering, variable: n.Variable, value: n.Expression) -> bool:
        """Whether a literal list can be an array: its name is bound once, and only looked at."""
        display = value.operand if isinstance(value, n.Coerce) else value
        return (
            isinstance(display, n.Display)
            and isinstance(variable.type, t.List | t.Sequence)
            and value.type == variable.type
            and bool(display.items)
            and not any(display.starred)
            and not (variable.parameter or variable.module or variable.captured or variable.maybe_unbound)
            and variable.assigned == 1
            and variable not in self.choices.boxed
            and variable not in self.choices.mutable
            and not self.types.is_shared(variable.type)
            and (self.only_looked_at(variable) or not self.is_used(variable))
        )

    def array_text(self: Lowering, node: n.Expression) -> str | None:
        """A literal list as an array, where it is only looked at."""
        if not isinstance(node.type, t.List | t.Sequence) or self.types.is_shared(node.type):
            return None
        if not isinstance(node.operand if isinstance(node, n.Coerce) else node, n.Display):
            return None
        text = self.text(node)
        made = as_array(text)
        return made if made != text else None

    def _one_signature(self: Lowering, function: n.Function) -> list[n.Function]:
        """The methods of several classes between which one method chooses."""
        same = self.family_methods(function)
        return same if function.name != "__init__" and len({each.owner for each in same}) > 1 else [function]

    def _find_looked_at(self: Lowering) -> set[n.Variable]:
        functions = self.survey.functions
        uses = self.survey.uses_of_lists
        found, lost, given = set(uses.found), set(uses.lost), uses.given
        for function in functions:
            if function.cached or function.generator is not None:
                lost |= {*function.parameters, *self.captures.get(function, [])}
            lost |= {each for each in function.parameters if each.assigned > 1}
            # What nobody reads, a slice answers as well.
            found |= {each for each in function.parameters if each not in uses.found | uses.lost}
        found -= lost
        families = [family for family in map(self._one_signature, functions) if len(family) > 1]
        shrinking = True
        while shrinking:
            shrinking = False
            for family in families:
                # The methods of a family share one signature.
                for same in zip(*(each.parameters for each in family), strict=False):
                    if not found.isdisjoint(same) and not found.issuperset(same):
                        found -= set(same)
                        shrinking = True
            for variable, parameter in given:
                if variable in found and parameter not in found and self.parameter_mode(parameter) != "own":
                    found.discard(variable)
                    shrinking = True
                if variable in found and not variable.parameter and self.parameter_mode(parameter) != "ref":
                    found.discard(variable)
                    shrinking = True
        return found


class UsesOfLists:
    """What the text of a program tells of its lists; the same for every printing."""

    def __init__(self, bodies: Bodies) -> None:
        self.found: set[n.Variable] = set()
        """Those that a use only looks at."""
        self.lost: set[n.Variable] = set()
        """Those of which another use asks more."""
        self.given: list[tuple[n.Variable, n.Variable]] = []
        """Those that calls hand on, each with the parameter."""
        for _, nodes in bodies:
            for node in nodes:
                if isinstance(node, n.Lambda):
                    self.lost |= {each.variable for each in walk(node) if isinstance(each, n.Read)}
                if isinstance(node, n.FunctionCall):
                    self.given.extend(_given(node))
                for each in parts(node):
                    if isinstance(each, n.Read) and isinstance(each.variable.type, t.List | t.Sequence):
                        (self.found if _looks(node, each) else self.lost).add(each.variable)


def _given(node: n.FunctionCall) -> list[tuple[n.Variable, n.Variable]]:
    """The names that a call hands to parameters."""
    names = node.function.parameters
    if node.function.owner and node.function.kind in ("method", "property", "setter", "class method"):
        names = names[1:]
    return [
        (value.variable, parameter)
        for value, parameter in zip(node.arguments, names, strict=False)
        if isinstance(value, n.Read)
    ]


def _looks(node: object, read: n.Read) -> bool:
    """Whether a use only looks at the list."""
    match node:
        case n.Iteration(kind="list"):
            return True
        case n.LibraryCall(entry=entry) if entry is not None:
            first = next(iter(node.arguments.values()), [])
            if entry.name in ("operator.add", "operator.mul"):
                return True
            if entry.name in ("numpy.array", "numpy.asarray"):
                return _becomes_vector(read.type)
            return entry.name in LOOKING and any(each is read for each in first)
        case n.FunctionCall(receiver=receiver):
            return receiver is not read
        case n.Truth() | n.IsNone() | n.IsInstance():
            return True
        case n.Coerce(type=t.ArrayLike()):
            return _becomes_vector(read.type)
        case n.Print() | n.TextPart():
            return read.variable.parameter or needs_shape(read.type, top=True, shown=False)
        case n.Assign(targets=[n.TupleTarget()]):
            return True
        case n.Return() | n.Assign():
            return read.variable.parameter
    return False


def _becomes_vector(type_: t.Type) -> bool:
    """Whether a slice of the list becomes an array of one dimension as the list does."""
    return isinstance(type_, t.List | t.Sequence) and type_.element in (t.STR, t.INT, t.FLOAT, t.BOOL)
