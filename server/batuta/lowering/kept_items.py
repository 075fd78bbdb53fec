"""Items that are printed once more only where something that they asked for has changed.

A program is printed until nothing new is learned, and most of what one printing learns matters to few functions. So each item keeps its lines,
what else came of it, and what it asked: which values are shared, which parameters are kept, which variables change. Where every answer is still
the same, the next printing takes the item over as it is. Nothing else may reach an item: what the lowering notes while it prints one begins empty.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from batuta.findings.finding import Finding
from batuta.ir import nodes as n
from batuta.lowering.state import Asked

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

_SETS = ("uses", "lints", "used_members", "counters", "in_pattern", "plain_nodes", "allowed", "reassigned")
_TABLES = ("inline", "declared_in", "declared_before", "self_modes")
"""What is noted of an item's own nodes and variables, and what the whole program needs of it."""

_Found = TypeVar("_Found")
Answers = list[tuple[set[Any], set[Any]]]
"""For each set of the choices: what was found in it, and what was not."""


@dataclass
class Item:
    """What printing an item gave."""

    before: tuple[Any, ...]
    after: tuple[Any, ...]
    answers: Answers
    noted: dict[str, Any]
    features: set[str]
    findings: dict[tuple[object, ...], Finding]
    changed: set[n.Variable]


class KeptItems:
    """The items of a program, from one printing to the next."""

    def __init__(self) -> None:
        self.items: dict[object, Item] = {}


class ItemLowering:
    """The part of the lowering that prints items once more, or takes them over."""

    kept_items: KeptItems
    row_copies: set[n.Variable]
    view_copies: Asked[n.Variable]

    def print_item(self: Lowering, key: object, print_it: Callable[[], None]) -> None:
        """Print an item, unless the last printing of it still holds."""
        kept = self.kept_items.items.get(key)
        if kept is None or not self._holds(kept):
            kept = self.kept_items.items[key] = self._recorded(print_it)
        else:
            for variable in kept.changed:
                self.choices.make_mutable(variable)
        for asked, (found, missed) in zip(self._asked_sets(), kept.answers, strict=True):
            asked.found |= found
            asked.missed |= missed
        start = len(self.lines)
        for name in _SETS:
            getattr(self, name).update(kept.noted[name])
        for name in _TABLES:
            getattr(self, name).update(kept.noted[name])
        self.view_copies |= kept.noted["view_copies"]
        self.features |= kept.features
        self.choices.findings.update(kept.findings)
        self.choices.changed |= kept.changed
        self.lines += kept.noted["lines"]
        self.helpers += [each.moved(start) for each in kept.noted["helpers"]]
        self.instances += [each.moved(start) for each in kept.noted["instances"]]
        self.item_lines.update({each: line + start for each, line in kept.noted["item_lines"].items()})
        self.class_ranges.update(
            {name: (first + start, end + start) for name, (first, end) in kept.noted["class_ranges"].items()}
        )
        names, hows, fresh_names, targets, self.labels, self.span, self.position = kept.after
        self.names, self.hows, self.fresh_names = dict(names), dict(hows), dict(fresh_names)
        self.types.targets = dict(targets)

    def _recorded(self: Lowering, print_it: Callable[[], None]) -> Item:
        before = self._surroundings()
        noted = [*_SETS, *_TABLES, "view_copies", "lines", "helpers", "instances", "item_lines", "class_ranges"]
        outer = {name: getattr(self, name) for name in noted}
        for name, value in outer.items():
            setattr(self, name, type(value)())
        self.view_copies |= self.row_copies
        choices = self.choices
        features, findings, changed = self.features, choices.findings, choices.changed
        self.features = self.types.features = set()
        choices.findings, choices.changed = {}, set()
        asked = self._asked_sets()
        answers = [(each.found, each.missed) for each in asked]
        for each in asked:
            each.found, each.missed = set(), set()
        print_it()
        after = (
            dict(self.names),
            dict(self.hows),
            dict(self.fresh_names),
            dict(self.types.targets),
            self.labels,
            self.span,
            self.position,
        )
        # What the item itself notes is no answer of the program's.
        self.view_copies -= self.row_copies
        asked[-1].found -= self.view_copies
        item = Item(
            before,
            after,
            [(each.found, each.missed) for each in asked],
            {name: getattr(self, name) for name in noted},
            self.features,
            choices.findings,
            choices.changed,
        )
        for each, (found, missed) in zip(asked, answers, strict=True):
            each.found, each.missed = found, missed
        for name, value in outer.items():
            setattr(self, name, value)
        self.features = self.types.features = features
        choices.findings, choices.changed = findings, changed
        return item

    def unasked(self: Lowering, find: Callable[[], _Found]) -> _Found:
        """Something that is found once for the whole program: no item asks for what it rests on."""
        asked = self._asked_sets()
        answers = [(each.found, each.missed) for each in asked]
        for each in asked:
            each.found, each.missed = set(), set()
        modes, self.self_modes = self.self_modes, {}
        found = find()
        self.self_modes = modes
        for each, (had, missed) in zip(asked, answers, strict=True):
            each.found, each.missed = had, missed
        return found

    def _surroundings(self: Lowering) -> tuple[Any, ...]:
        """What an item finds where it is printed."""
        return (
            self.depth,
            self.home,
            self.labels,
            dict(self.names),
            dict(self.hows),
            dict(self.fresh_names),
            dict(self.types.targets),
        )

    def _asked_sets(self: Lowering) -> list[Asked[Any]]:
        choices = self.choices
        sets: list[Asked[Any]] = [choices.shared, choices.kept, choices.mutable, choices.boxed, choices.fallible]
        return [*sets, choices.passed_on, self.effects.fallible, self.effects.unwinds, self.looked_at, self.view_copies]

    def _holds(self: Lowering, kept: Item) -> bool:
        """Whether an item would be printed the same once more."""
        if kept.before != self._surroundings():
            return False
        if any(kept.answers[-2]):
            self.find_looked_at()
        return all(
            missed.isdisjoint(each) and each.issuperset(found)
            for each, (found, missed) in zip([*self._asked_sets()[:-1], self.row_copies], kept.answers, strict=True)
        )
