"""What was measured of each entry: the file that hovers and the reference pages print from, written by `make evidence`."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("evidence.json")


@dataclass(frozen=True)
class Figures:
    """One measurement: against scikit-learn's or NumPy's numbers, or of what a case prints."""

    numbers: int
    max_rel: float
    verdict: str
    """exact, close, differs, or statistical with its own verdict; of a case: identical, same, differs."""
    case: str = ""
    """The program whose output was compared; empty for numbers that were compared themselves."""


@cache
def _everything() -> dict[str, Any]:
    if not FILE.is_file():
        return {"versions": {}, "entries": {}}
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def versions() -> dict[str, str]:
    """What was compared with what: packages and crates with their versions."""
    found: dict[str, str] = _everything()["versions"]
    return found


def measured(entry: str) -> dict[str, Figures]:
    """The measurements of an entry, by crate; `case` for what its case prints."""
    return {
        target: Figures(row["n"], row["max_rel"], row["verdict"], row.get("case", ""))
        for target, row in _everything()["entries"].get(entry, {}).items()
    }


def figures(entry: str, crate: str) -> Figures | None:
    """What was measured of an entry on a crate; the faithful homes stand for each other, and the entry's case for them."""
    found = measured(entry)
    other = () if crate in ("aprender", "trueno") else ("batuta-rt", "ndarray", "case")
    return next((found[each] for each in (crate, *other) if each in found), None)


def words(found: Figures | None) -> str:
    """A measurement as a sentence."""
    if found is None:
        return "not measured apart"
    count = f"{found.numbers:,} number{'' if found.numbers == 1 else 's'}"
    if found.case:
        if found.verdict == "identical":
            return f"the case prints the same text ({count})"
        return f"the case differs by at most {found.max_rel:.1e} relative ({count}): {found.verdict}"
    if found.verdict.startswith("statistical: "):
        return f"{found.numbers} seeds on each side: {found.verdict.removeprefix('statistical: ')}"
    if found.max_rel == 0.0:
        return f"equal bits in {count}"
    return f"at most {found.max_rel:.1e} relative over {count}: {found.verdict}"
