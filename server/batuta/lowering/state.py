"""What the lowering learns while it prints, and prints again with: which groups are shared, which parameters are kept, what needs `mut`.

Printing starts from the most beautiful assumption (everything owned, parameters borrowed). Where that would copy an object that the program
changes, the object's group is noted as shared and everything is printed once more. No copy of a changed object is ever made in silence.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from batuta.findings.finding import Finding
from batuta.ir import nodes as n


@dataclass
class Choices:
    """Decisions that hold from one printing to the next."""

    shared: set[int] = field(default_factory=set)
    reasons: dict[int, str] = field(default_factory=dict)
    kept: set[n.Variable] = field(default_factory=set)
    """Parameters that the function keeps: passed by value."""
    mutable: set[n.Variable] = field(default_factory=set)
    """Variables whose binding needs `mut`."""
    changed: set[n.Variable] = field(default_factory=set)
    """Variables that the current printing changes: what an earlier one changed may be shared by now, and needs no `mut`."""
    boxed: set[n.Variable] = field(default_factory=set)
    """Variables that closures share and somebody assigns: each lives in a `Shared`."""
    fallible: set[n.Function] = field(default_factory=set)
    """Methods that return a Result because another class's method of the same name does."""
    passed_on: set[n.Variable] = field(default_factory=set)
    """Iterators that somebody else reads on from: each lives in a `SharedIterator`."""
    copied_arrays: set[int] = field(default_factory=set)
    everything_shared: bool = False
    findings: dict[tuple[object, ...], Finding] = field(default_factory=dict)
    version: int = 0

    def share(self, group: int, reason: str) -> None:
        """From now on values of this group are shared."""
        if group and group not in self.shared:
            self.shared.add(group)
            self.reasons[group] = reason
            self.version += 1

    def keep(self, variable: n.Variable) -> None:
        """From now on this parameter is passed by value."""
        if variable not in self.kept:
            self.kept.add(variable)
            self.version += 1

    def make_fallible(self, function: n.Function) -> None:
        """From now on this method returns a Result."""
        if function not in self.fallible:
            self.fallible.add(function)
            self.version += 1

    def make_mutable(self, variable: n.Variable) -> None:
        """From now on this variable is declared with `mut`."""
        self.changed.add(variable)
        if variable not in self.mutable:
            self.mutable.add(variable)
            self.version += 1

    def pass_on(self, variable: n.Variable) -> None:
        """From now on this iterator is shared with those who get it."""
        if variable not in self.passed_on:
            self.passed_on.add(variable)
            self.version += 1

    def box(self, variable: n.Variable) -> None:
        """From now on this variable is shared by closures."""
        if variable not in self.boxed:
            self.boxed.add(variable)
            self.version += 1
