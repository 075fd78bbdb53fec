"""Coupling: how many import statements and calls a text has.

Above 20, an import statement costs two tenths (10 at most); above 50, a call one tenth (5 at most). All calls count, `print`
too.

## Example
    import a1
    import a2
    import a3
    import a4
    import a5
    import a6
    import a7
    import a8
    import a9
    import b1
    import b2
    import b3
    import b4
    import b5
    import b6
    import b7
    import b8
    import b9
    import c1
    import c2
    import c3
    import c4
    import c5
    import c6
    import c7

## Counted
    imports 25

## Score
    14.0
"""

from batuta.quality.counts import Counts

NAME, WEIGHT, ORDER = "coupling", 15.0, 4


def score(counts: Counts) -> float:
    """Points out of 15."""
    points = WEIGHT
    if counts.imports > 20:
        points -= min(0.2 * (counts.imports - 20), 10.0)
    if counts.calls > 50:
        points -= min(0.1 * (counts.calls - 50), 5.0)
    return max(points, 0.0)
