"""Compares two texts the way a reader would: equal words, and numbers that are equal or as near as the tolerance says.

A number with a point or an exponent may differ by the tolerance, relative to the larger of the two. Whole numbers, words and
layout must be equal to the character; only blanks beside a number that differs may change, because padding follows the digits.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, replace

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")

EXACT_TOLERANCE = 1e-12
"""Relative. In f64, where nothing iterates or factorises."""
F64_TOLERANCE = 1e-9
"""Relative. In f64, what iteration and factorisation leave at most."""
F32_TOLERANCE = 1e-5
"""Relative. What f32 with its 24 bits leaves after some thousand operations."""


@dataclass(frozen=True)
class TextComparison:
    """What comparing two texts showed."""

    identical: bool
    """Equal to the byte."""
    same: bool
    """Identical, or equal but for numbers within the tolerance."""
    numbers: int = 0
    """How many numbers were compared."""
    different_numbers: int = 0
    """How many of them are not written the same."""
    largest_absolute: float = 0.0
    largest_relative: float = 0.0
    largest_ulps: int = 0
    """Steps between neighbouring f64 values."""
    line: int = 0
    """The first line that differs by more than the tolerance; 0: none."""
    expected: str = ""
    found: str = ""

    def join(self, other: TextComparison) -> TextComparison:
        """Both comparisons as one."""
        first = self if not self.same or other.same else other
        return replace(
            first,
            identical=self.identical and other.identical,
            same=self.same and other.same,
            numbers=self.numbers + other.numbers,
            different_numbers=self.different_numbers + other.different_numbers,
            largest_absolute=max(self.largest_absolute, other.largest_absolute),
            largest_relative=max(self.largest_relative, other.largest_relative),
            largest_ulps=max(self.largest_ulps, other.largest_ulps),
        )


def compare_texts(expected: str, found: str, tolerance: float = F64_TOLERANCE) -> TextComparison:
    """Compares line by line."""
    if expected == found:
        return TextComparison(True, True, numbers=len(_NUMBER.findall(expected)))
    left, right = expected.split("\n"), found.split("\n")
    total = TextComparison(False, True)
    for number, line in enumerate(left):
        other = right[number] if number < len(right) else None
        total = total.join(_compare_line(line, other, number + 1, tolerance))
        if not total.same:
            # Past the first difference lines may be shifted, and their numbers say nothing.
            return total
    if len(right) > len(left):
        return total.join(TextComparison(False, False, line=len(left) + 1, expected="(nothing more)", found=right[len(left)]))
    return total


def _compare_line(expected: str, found: str | None, line: int, tolerance: float) -> TextComparison:
    numbers = _NUMBER.findall(expected)
    if expected == found:
        return TextComparison(True, True, numbers=len(numbers))
    differs = TextComparison(False, False, line=line, expected=expected, found="(nothing more)" if found is None else found)
    if found is None:
        return differs
    others = _NUMBER.findall(found)
    words, other_words = _words(expected), _words(found)
    if len(numbers) != len(others) or words != other_words or numbers == others:
        return differs
    result = TextComparison(False, True, numbers=len(numbers))
    for a, b in zip(numbers, others, strict=True):
        if a == b:
            continue
        if not (_is_real(a) and _is_real(b)):
            return differs
        x, y = float(a), float(b)
        absolute = abs(x - y)
        relative = absolute / max(abs(x), abs(y)) if absolute else 0.0
        result = replace(
            result,
            different_numbers=result.different_numbers + 1,
            largest_absolute=max(result.largest_absolute, absolute),
            largest_relative=max(result.largest_relative, relative),
            largest_ulps=max(result.largest_ulps, ulps_between(x, y)),
        )
    if not result.largest_relative <= tolerance:
        return replace(result, same=False, line=line, expected=expected, found=found)
    return result


def _words(line: str) -> list[str]:
    """What stands between the numbers, without the blanks at its ends."""
    return [" ".join(part.split()) for part in _NUMBER.split(line)]


def _is_real(text: str) -> bool:
    return any(mark in text for mark in ".eE")


def ulps_between(x: float, y: float) -> int:
    """How many f64 values lie between two numbers, counting one end; large for numbers of different sign."""
    return abs(_ordered(x) - _ordered(y))


def _ordered(value: float) -> int:
    """The bits as an integer that grows with the value; both zeros are 0."""
    bits: int = struct.unpack("<q", struct.pack("<d", value))[0]
    return bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)
