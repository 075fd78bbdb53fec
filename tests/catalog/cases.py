"""Collects the case of every catalog entry, and what Python prints for it."""

from __future__ import annotations

from pathlib import Path

from batuta.catalog.entry import Entry
from batuta.catalog.index import catalog
from fixtures.python_side import Program

# One case in so many stands for the others in `make test`. Cases without arrays all run: they cost a few milliseconds each.
SAMPLE = 8


def cases() -> list[tuple[Program, Entry]]:
    """One program for each different case, with the first entry that shows it, in the order of the names."""
    found: dict[str, tuple[Program, Entry]] = {}
    for name, entry in sorted(catalog().entries.items()):
        if entry.case.strip() and entry.case not in found:
            found[entry.case] = (Program(name, entry.case, Path(f"{name}.py")), entry)
    return list(found.values())


def without_case() -> list[str]:
    """Entries that nothing shows."""
    return sorted(name for name, entry in catalog().entries.items() if not entry.case.strip())


def sample() -> list[tuple[Program, Entry]]:
    """The cases that a change must pass: all that need no arrays, and every eighth of the others."""
    everything = cases()
    cheap = [each for each in everything if "numpy" not in each[0].source and "sklearn" not in each[0].source]
    dear = [each for each in everything if each not in cheap]
    return cheap + dear[::SAMPLE]
