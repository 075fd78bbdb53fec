"""Documentation: functions that start with a docstring, and how much of the text docstrings are.

Seven tenths for the share of documented functions (methods and nested ones too), three tenths for the share of lines inside
their docstrings. A text without functions gets full marks; classes and the module's own docstring do not count.

## Example
    def area(width, height):
        \"\"\"The area of a rectangle.\"\"\"
        return width * height

    def edge(width, height):
        return 2 * (width + height)

## Counted
    one of two functions documented, 1 docstring line of 6

## Score
    4.0
"""

from batuta.quality.counts import Counts

NAME, WEIGHT, ORDER = "documentation", 10.0, 5


def score(counts: Counts) -> float:
    """Points out of 10."""
    if counts.functions == 0:
        return WEIGHT
    coverage = counts.documented / counts.functions
    lines = counts.docstring_lines / len(counts.lines)
    return min(WEIGHT * (0.7 * coverage + 0.3 * lines), WEIGHT)
