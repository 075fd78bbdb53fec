"""Compares two outputs with an eye for numbers.

Equal text is *same*. Text that is equal but for numbers that lie within the tolerance is *near*. Anything else is *wrong*, with
the first line that differs.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "near", "wrong"]
# The f64 home's tolerance where something iterates or factorises.
RELATIVE = 1e-9
# Where a sum cancels, a relative tolerance is meaningless: residues of rounding lie below this.
ABSOLUTE = 1e-12
NUMBER = re.compile(r"(?<![\w.])[-+]?(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|nan|inf)(?![\w])")


@dataclass(frozen=True)
class Comparison:
    """The verdict, and for *wrong* and *near* the first line that differs on both sides."""

    verdict: Verdict
    line: int = 0
    expected: str = ""
    found: str = ""


def compare(expected: str, found: str, relative: float = RELATIVE) -> Comparison:
    """Compares what Python printed with what the Rust printed."""
    if expected == found:
        return Comparison("same")
    first: Comparison | None = None
    left, right = expected.split("\n"), found.split("\n")
    for number in range(max(len(left), len(right))):
        one = left[number] if number < len(left) else "<end of output>"
        other = right[number] if number < len(right) else "<end of output>"
        if one == other:
            continue
        if not lines_near(one, other, relative):
            return Comparison("wrong", number + 1, one, other)
        first = first or Comparison("near", number + 1, one, other)
    return first or Comparison("same")


def lines_near(one: str, other: str, relative: float = RELATIVE) -> bool:
    """Whether two lines have the same words, and numbers within the tolerance. Column padding may differ with the digits."""
    words = [" ".join(NUMBER.sub("#", each).split()) for each in (one, other)]
    if words[0] != words[1]:
        return False
    pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(numbers_near(first, second, relative) for first, second in pairs)


def numbers_near(one: str, other: str, relative: float = RELATIVE) -> bool:
    """Whether two numbers agree. Integers agree only when equal: a count or a label is never *about* right."""
    if one == other:
        return True
    left, right = float(one), float(other)
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    if one.lstrip("+-").isdigit() and other.lstrip("+-").isdigit():
        return left == right
    return math.isclose(left, right, rel_tol=relative, abs_tol=ABSOLUTE)
