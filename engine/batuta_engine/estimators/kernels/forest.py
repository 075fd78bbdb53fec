"""Walking rows through trees. The trees of a forest lie one after the other in the same arrays; tree t begins at `starts[t]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Matrix = npt.NDArray[np.float64]
    Places = npt.NDArray[np.int64]


@compiled
def leaves(
    x: Matrix, feature: Places, threshold: Vector, left: Places, right: Places, start: int, first: int, last: int, out: Places
) -> None:
    """The number of the leaf of each row in one tree, counted from the tree's own first node."""
    for row in range(first, last):
        place = 0
        while left[start + place] >= 0:
            # Trees compare float32 with the threshold, as they saw it when they grew.
            value = np.float32(x[row, feature[start + place]])
            place = left[start + place] if value <= threshold[start + place] else right[start + place]
        out[row] = place


@compiled
def sums(
    x: Matrix,
    feature: Places,
    threshold: Vector,
    left: Places,
    right: Places,
    value: Matrix,
    starts: Places,
    first: int,
    last: int,
    rate: float,
    out: Matrix,
) -> None:
    """Adds to each row the values of its leaves times a rate, tree after tree."""
    width = value.shape[1]
    for tree in range(starts.shape[0] - 1):
        start = starts[tree]
        for row in range(first, last):
            place = start
            while left[place] >= 0:
                single = np.float32(x[row, feature[place]])
                place = start + (left[place] if single <= threshold[place] else right[place])
            for column in range(width):
                out[row, column] += rate * value[place, column]


@compiled
def gains(feature: Places, left: Places, right: Places, impurity: Vector, weight: Vector, out: Vector) -> None:
    """Adds to each feature how much it lowers the impurity in one tree, for one unit of weight."""
    for place in range(feature.shape[0]):
        if left[place] >= 0:
            one, other = left[place], right[place]
            out[feature[place]] += (
                weight[place] * impurity[place] - weight[one] * impurity[one] - weight[other] * impurity[other]
            )
    for column in range(out.shape[0]):
        out[column] /= weight[0]
