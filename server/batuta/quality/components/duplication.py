"""Duplication: the share of lines that occurred before.

Lines are trimmed; blank ones and those that start with `//` or `/*` are left out (comments with `#` stay). Only lines longer
than ten bytes can be duplicates. Above a share of one tenth, twenty times the share is lost. Fewer than three lines are never
penalised.

## Example
    first = compute(1)
    second = compute(2)
    first = compute(1)
    third = compute(3)

## Counted
    one of four lines occurred before

## Score
    15.0
"""

from batuta.quality.counts import Counts

NAME, WEIGHT, ORDER = "duplication", 20.0, 3


def score(counts: Counts) -> float:
    """Points out of 20."""
    lines = [line.strip() for line in counts.lines]
    lines = [line for line in lines if line and not line.startswith(("//", "/*"))]
    if len(lines) < 3:
        return WEIGHT
    long_lines = [line for line in lines if len(line.encode("utf-8", "surrogatepass")) > 10]
    ratio = (len(long_lines) - len(set(long_lines))) / len(lines)
    if ratio <= 0.1:
        return WEIGHT
    return max(WEIGHT - min(20.0 * ratio, 20.0), 0.0)
