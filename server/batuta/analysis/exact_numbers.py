"""Ints that meet fractions or decimals: `total = 0`, then `total += price`.

An int computes and compares like the fraction or decimal of its value, so a place that holds both holds the exact kind. In Rust such an int
knows that it is one: it is shown as an int, and a division of two of them ends the program, because Python gives a float. Asking for its class
is refused.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from batuta.analysis.graph import Atom

NOTHING = "nothing"
"""The payload of an empty tuple that stands for no items, whatever kind of container others bring there."""
_EXACT = (("object", "decimal.Decimal"), ("object", "fractions.Fraction"))
_WHOLE = {("int",), ("bigint",), ("None",)}


def exact_beside_ints(keys: Iterable[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """The kind of exact number among these keys of atoms, where all others are ints."""
    held = set(keys)
    found = [each for each in _EXACT if each in held]
    return found[0] if len(found) == 1 and held - {found[0]} <= _WHOLE and ("int",) in held else None


def without_ints(atoms: list[Atom]) -> list[Atom]:
    """What an operation on such a place looks at: the exact number, or the integer of any size, that an int becomes."""
    if len(atoms) > 1 and any(each.payload == NOTHING for each in atoms):
        atoms = [each for each in atoms if each.payload != NOTHING]
    if len(atoms) > 1 and any(each.key == ("bigint",) for each in atoms):
        return [each for each in atoms if each.key != ("int",)]
    if len(atoms) < 2 or exact_beside_ints(each.key for each in atoms) is None:
        return atoms
    return [each for each in atoms if each.key not in _WHOLE or each.key == ("None",)]
