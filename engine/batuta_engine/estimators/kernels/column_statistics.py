"""Statistics of columns, row after row; NaN is left out."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Matrix = npt.NDArray[np.float64]


@compiled
def weighted_sums(x: Matrix, weights: Vector, first: int, last: int, sums: Vector, counts: Vector) -> None:
    """Adds the weighted columns to `sums`, and the weights of what is not NaN to `counts`."""
    for row in range(first, last):
        weight = weights[row]
        for column in range(x.shape[1]):
            value = x[row, column]
            present = value == value
            sums[column] += weight * value if present else 0.0
            counts[column] += weight if present else 0.0


@compiled
def plain_sums(x: Matrix, first: int, last: int, sums: Vector) -> None:
    """Adds the columns to `sums`: NaN stays NaN and shows that there is one."""
    for row in range(first, last):
        for column in range(x.shape[1]):
            sums[column] += x[row, column]


@compiled
def weighted_squares(
    x: Matrix, weights: Vector, means: Vector, first: int, last: int, deviations: Vector, squares: Vector
) -> None:
    """Adds the weighted deviations from the means and their squares."""
    for row in range(first, last):
        weight = weights[row]
        for column in range(x.shape[1]):
            gap = x[row, column] - means[column]
            present = gap == gap
            deviations[column] += weight * gap if present else 0.0
            squares[column] += weight * (gap * gap) if present else 0.0


@compiled
def plain_squares(x: Matrix, means: Vector, first: int, last: int, deviations: Vector, squares: Vector) -> None:
    """The same without weights and NaN."""
    for row in range(first, last):
        for column in range(x.shape[1]):
            gap = x[row, column] - means[column]
            deviations[column] += gap
            squares[column] += gap * gap


@compiled
def extremes(x: Matrix, least: Vector, most: Vector) -> None:
    """The least and the largest number of each column; NaN where there is none."""
    for column in range(x.shape[1]):
        least[column] = math.inf
        most[column] = -math.inf
    for row in range(x.shape[0]):
        for column in range(x.shape[1]):
            value = x[row, column]
            least[column] = value if value < least[column] else least[column]
            most[column] = value if value > most[column] else most[column]
    for column in range(x.shape[1]):
        if least[column] > most[column]:
            least[column] = math.nan
            most[column] = math.nan


@compiled
def subtract_divide(
    x: Matrix, means: Vector, scales: Vector, centred: bool, scaled: bool, first: int, last: int, out: Matrix
) -> None:
    """(x - mean) / scale for some rows, or one of the two steps."""
    if centred and scaled:
        for row in range(first, last):
            for column in range(x.shape[1]):
                out[row, column] = (x[row, column] - means[column]) / scales[column]
    elif centred:
        for row in range(first, last):
            for column in range(x.shape[1]):
                out[row, column] = x[row, column] - means[column]
    elif scaled:
        for row in range(first, last):
            for column in range(x.shape[1]):
                out[row, column] = x[row, column] / scales[column]
    else:
        for row in range(first, last):
            for column in range(x.shape[1]):
                out[row, column] = x[row, column]


@compiled
def multiply_add(x: Matrix, scales: Vector, shifts: Vector, first: int, last: int, out: Matrix) -> None:
    """x · scale + shift for some rows."""
    for row in range(first, last):
        for column in range(x.shape[1]):
            value = x[row, column] * scales[column]
            out[row, column] = value + shifts[column]


@compiled
def percentile(ordered: Vector, count: int, percent: float) -> float:
    """The percentile of the first `count` sorted numbers by linear interpolation, from the nearer end."""
    if count == 0:
        return math.nan
    position = percent / 100.0 * (count - 1)
    below = math.floor(position)
    above = min(below + 1, count - 1)
    share = position - below
    low, high = ordered[below], ordered[above]
    if share >= 0.5:
        return high - (high - low) * (1.0 - share)
    return low + (high - low) * share


@compiled
def median(ordered: Vector, count: int) -> float:
    """The median of the first `count` sorted numbers."""
    if count == 0:
        return math.nan
    middle = count // 2
    if count % 2 == 1:
        return ordered[middle]
    return (ordered[middle - 1] + ordered[middle]) / 2.0


@compiled
def quantiles(columns: Matrix, counts: Vector, low: float, high: float, medians: Vector, spans: Vector) -> None:
    """The median of each sorted column (a row of `columns`, NaN at its end) and the span between two percentiles."""
    for column in range(columns.shape[0]):
        count = int(counts[column])
        medians[column] = median(columns[column], count)
        spans[column] = percentile(columns[column], count, high) - percentile(columns[column], count, low)
