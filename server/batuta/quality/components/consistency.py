"""Consistency: whether a text is indented with tabs or with spaces throughout.

Ten points times the share of the majority among the lines that start with a tab and those that start with two spaces.

## Example
    for i in range(3):
            print(i)
            print(i)
            print(i)
    for j in range(3):
    \tprint(j)

## Counted
    three lines with spaces, one with a tab

## Score
    7.5
"""

from batuta.quality.counts import Counts

NAME, WEIGHT, ORDER = "consistency", 10.0, 6


def score(counts: Counts) -> float:
    """Points out of 10."""
    tabs = sum(line.startswith("\t") for line in counts.lines)
    spaces = sum(line.startswith("  ") for line in counts.lines)
    if not tabs + spaces:
        return WEIGHT
    return WEIGHT * max(tabs, spaces) / (tabs + spaces)
