"""Finds the shelves by listing this folder, and answers look-ups by name."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass, field
from functools import cache

import batuta.catalog as package
from batuta.catalog._families import family_entry, lacks
from batuta.catalog.entry import Entry, LibraryClass, Shelf

_NOT_SHELVES = {"entry", "index", "signature", "evidence"}


@dataclass(frozen=True)
class Catalog:
    """All shelves, by name."""

    shelves: tuple[Shelf, ...]
    entries: dict[str, Entry]
    classes: dict[str, LibraryClass]
    refused: dict[str, tuple[str, str]]
    modules: frozenset[str]
    families: dict[str, Entry | None] = field(default_factory=dict)
    """What was found for members that only some classes of a family have."""

    def find(self, name: str) -> Entry | None:
        """The entry of a qualified name, following the bases of library classes for methods."""
        entry = self._declared(name)
        if entry is None and name.startswith("sklearn.base."):
            if name not in self.families:
                owner, _, member = name.rpartition(".")
                self.families[name] = family_entry(self, owner, member)
            return self.families[name]
        return entry

    def _declared(self, name: str) -> Entry | None:
        entry = self.entries.get(name)
        if entry is not None or "." not in name:
            return entry
        owner, _, member = name.rpartition(".")
        declared = self.classes.get(owner)
        if declared is None or lacks(owner, member):
            return None
        for base in declared.bases:
            found = self._declared(f"{base}.{member}")
            if found is not None:
                return found
        return None

    def common_base(self, one: str, other: str) -> str | None:
        """The nearest declared class that objects of both can be used as: one of the two, or a base of both."""
        theirs = self._line(other)
        return next((each for each in self._line(one) if each in theirs), None)

    def _line(self, name: str) -> list[str]:
        declared = self.classes.get(name)
        return [] if declared is None else [name, *(each for each in declared.bases if each in self.classes)]


@cache
def catalog() -> Catalog:
    """The catalog, read once a process."""
    shelves = []
    for module in sorted(each.name for each in pkgutil.iter_modules(package.__path__)):
        if module in _NOT_SHELVES or module.startswith("_"):
            continue
        shelves.append(importlib.import_module(f"{package.__name__}.{module}").SHELF)
    entries: dict[str, Entry] = {}
    classes: dict[str, LibraryClass] = {}
    refused: dict[str, tuple[str, str]] = {}
    for shelf in shelves:
        for entry in shelf.entries:
            if entry.name in entries:
                raise ValueError(f"{entry.name} is declared twice")
            entries[entry.name] = entry
        classes.update({each.name: each for each in shelf.classes})
        refused.update(shelf.refused)
    modules = frozenset(shelf.module for shelf in shelves)
    return Catalog(tuple(shelves), entries, classes, refused, modules)
