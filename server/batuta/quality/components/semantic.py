"""Semantic complexity: long parameter lists and metaclasses.

A parameter list counts its brackets and commas too, so the limit of 5 is passed from three plain parameters on (7 children):
half a point each, 5 at most. Above 3, each class with a metaclass costs a point, 5 at most.

## Example
    def area(x, y, width, height):
        return width * height

## Counted
    parameters 9

## Score
    18.0
"""

from batuta.quality.counts import Counts

NAME, WEIGHT, ORDER = "semantic", 20.0, 2


def score(counts: Counts) -> float:
    """Points out of 20."""
    points = WEIGHT
    if counts.parameters > 5:
        points -= min(0.5 * (counts.parameters - 5), 5.0)
    if counts.metaclasses > 3:
        points -= min(float(counts.metaclasses - 3), 5.0)
    return max(points, 0.0)
