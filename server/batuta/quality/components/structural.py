"""Structural complexity: branches, how they nest, and how deep.

Above 30 the cyclomatic complexity costs half a point each (15 at most), above 15 the cognitive complexity three tenths each
(10 at most), above 4 each level of nesting a point (5 at most).

## Example
    def sign(x, y, z):
        if x > 0:
            if y > 0:
                if z > 0:
                    if x > y:
                        return 1
        return 0

## Counted
    cyclomatic 9, cognitive 14, nesting 5

## Score
    24.0
"""

from batuta.quality.counts import Counts

NAME, WEIGHT, ORDER = "structural", 25.0, 1


def score(counts: Counts) -> float:
    """Points out of 25."""
    points = WEIGHT
    if counts.cyclomatic > 30:
        points -= min(0.5 * (counts.cyclomatic - 30), 15.0)
    if counts.cognitive > 15:
        points -= min(0.3 * (counts.cognitive - 15), 10.0)
    if counts.nesting > 4:
        points -= min(float(counts.nesting - 4), 5.0)
    return max(points, 0.0)
