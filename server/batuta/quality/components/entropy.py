"""Entropy: distinct lines that occur more than once.

Each distinct trimmed line (not blank, not starting with `//`) that occurs at least twice costs half a point, 5 at most. Short
lines such as `else:` count too.

## Example
    x = 1
    y = 2
    x = 1
    y = 2
    z = 3

## Counted
    two distinct lines occur twice

## Score
    9.0
"""

from collections import Counter

from batuta.quality.counts import Counts

NAME, WEIGHT, ORDER = "entropy", 10.0, 7


def score(counts: Counts) -> float:
    """Points out of 10."""
    lines = Counter(line.strip() for line in counts.lines)
    repeated = sum(times > 1 and bool(line) and not line.startswith("//") for line, times in lines.items())
    return max(WEIGHT - min(0.5 * repeated, 5.0), 0.0)
