"""What running a statement on types gave, kept so that it is run again only when something that it read has changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from batuta.analysis.graph import Cell, Piece
from batuta.findings.finding import Finding

Facts = dict[str, dict[str, tuple[Any, ...]]]
"""What is known of paths, by the name that they begin with. What lies under a name is never changed, only replaced."""
ChangedFacts = list[tuple[str, dict[str, tuple[Any, ...]] | None]]
"""What is known of names after a statement; None where nothing is."""
Hint = tuple[Cell, ast.expr]
"""A place and the annotation that may fill it."""


class Run(Piece):
    """One run of a statement, or of a whole body, in one instance of a function."""

    __slots__ = ("alive", "before", "changes", "notes", "problems")

    def __init__(self) -> None:
        super().__init__()
        self.before: Facts = {}
        """The facts that held when it began, of what it names."""
        self.changes: ChangedFacts = []
        """What it makes of them."""
        self.alive = True
        """Whether its end can be reached."""
        self.notes: list[Hint | Run] = []
        """The annotations and the statements inside, in order."""
        self.problems: dict[Any, Finding] = {}

    def begin(self, facts: Facts) -> None:
        """Forget what an earlier run gave."""
        self.before = facts
        self.notes = []
        self.problems = {}

    def end(self, changes: ChangedFacts, alive: bool) -> None:
        """Keep what holds afterwards."""
        self.changes = changes
        self.alive = alive

    def all(self) -> Iterator[Run]:
        """This run and those inside, in order."""
        yield self
        for each in self.notes:
            if isinstance(each, Run):
                yield from each.all()

    def hints(self) -> Iterator[Hint]:
        """The annotations of this run and of those inside, in order."""
        for each in self.notes:
            if isinstance(each, Run):
                yield from each.hints()
            else:
                yield each
