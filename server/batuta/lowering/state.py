"""What the lowering learns while it prints, and prints again with: which groups are shared, which parameters are kept, what needs `mut`.

Printing starts from the most beautiful assumption (everything owned, parameters borrowed). Where that would copy an object that the program
changes, the object's group is noted as shared and everything is printed once more. No copy of a changed object is ever made in silence.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any, TypeVar

from batuta.findings.finding import Finding
from batuta.ir import nodes as n

_Each = TypeVar("_Each")


class Asked(set[_Each]):
    """A set that notes what it is asked for, and what it did not have."""

    def __init__(self, *held: Any) -> None:
        super().__init__(*held)
        self.found: set[Any] = set()
        self.missed: set[Any] = set()

    def __contains__(self, each: object) -> bool:
        if super().__contains__(each):
            self.found.add(each)
            return True
        self.missed.add(each)
        return False

    def __and__(self, other: Set[object]) -> set[_Each]:
        return {each for each in other if each in self}

    def __rand__(self, other: Set[_Each]) -> set[_Each]:
        return {each for each in other if each in self}

    def __rsub__(self, other: Set[_Each]) -> set[_Each]:
        return {each for each in other if each not in self}

    def gains(self, each: _Each) -> bool:
        """Add something; whether it is new."""
        size = len(self)
        self.add(each)
        return len(self) > size


@dataclass
class Choices:
    """Decisions that hold from one printing to the next."""

    shared: Asked[int] = field(default_factory=Asked)
    reasons: dict[int, str] = field(default_factory=dict)
    kept: Asked[n.Variable] = field(default_factory=Asked)
    """Parameters that the function keeps: passed by value."""
    mutable: Asked[n.Variable] = field(default_factory=Asked)
    """Variables whose binding needs `mut`."""
    changed: set[n.Variable] = field(default_factory=set)
    """Variables that the current printing changes: what an earlier one changed may be shared by now, and needs no `mut`."""
    boxed: Asked[n.Variable] = field(default_factory=Asked)
    """Variables that closures share and somebody assigns: each lives in a `Shared`."""
    fallible: Asked[n.Function] = field(default_factory=Asked)
    """Methods that return a Result because another class's method of the same name does."""
    passed_on: Asked[n.Variable] = field(default_factory=Asked)
    """Iterators that somebody else reads on from: each lives in a `SharedIterator`."""
    copied_arrays: set[int] = field(default_factory=set)
    everything_shared: bool = False
    findings: dict[tuple[object, ...], Finding] = field(default_factory=dict)
    version: int = 0

    def share(self, group: int, reason: str) -> None:
        """From now on values of this group are shared."""
        if group and self.shared.gains(group):
            self.reasons[group] = reason
            self.version += 1

    def keep(self, variable: n.Variable) -> None:
        """From now on this parameter is passed by value."""
        if self.kept.gains(variable):
            self.version += 1

    def make_fallible(self, function: n.Function) -> None:
        """From now on this method returns a Result."""
        if self.fallible.gains(function):
            self.version += 1

    def make_mutable(self, variable: n.Variable) -> None:
        """From now on this variable is declared with `mut`."""
        self.changed.add(variable)
        if self.mutable.gains(variable):
            self.version += 1

    def pass_on(self, variable: n.Variable) -> None:
        """From now on this iterator is shared with those who get it."""
        if self.passed_on.gains(variable):
            self.version += 1

    def box(self, variable: n.Variable) -> None:
        """From now on this variable is shared by closures."""
        if self.boxed.gains(variable):
            self.version += 1
