"""Lloyd's rounds of k-means."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from batuta_engine.jit import compiled, fused

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Matrix = npt.NDArray[np.float64]
    Places = npt.NDArray[np.int32]


@fused
def nearest(x: Matrix, columns: Matrix, squares: Vector, first: int, last: int, labels: Places) -> None:
    """The first nearest centre of some rows. As in scikit-learn the row's own square is left out of the distance.

    `columns` holds the centres as columns, so that a row is compared with all of them at once. Where a row is as near to two centres, the last
    bit decides: so products are added as BLAS adds them.
    """
    features, count = columns.shape
    sums = np.empty(count)
    for row in range(first, last):
        for centre in range(count):
            sums[centre] = 0.0
        for feature in range(features):
            value = x[row, feature]
            line = columns[feature]
            for centre in range(count):
                sums[centre] += value * line[centre]
        best = 0
        least = squares[0] - 2.0 * sums[0]
        for centre in range(1, count):
            distance = squares[centre] - 2.0 * sums[centre]
            if distance < least:
                least = distance
                best = centre
        labels[row] = best


@compiled
def gather(x: Matrix, weights: Vector, labels: Places, sums: Matrix, sizes: Vector) -> None:
    """Adds the rows of each group and their weights, in the order of the rows."""
    for row in range(x.shape[0]):
        label = labels[row]
        weight = weights[row]
        sizes[label] += weight
        for feature in range(x.shape[1]):
            sums[label, feature] += x[row, feature] * weight


@compiled
def squared_gap(a: Matrix, row: int, b: Matrix, other: int) -> float:
    """The squared distance of two rows, added in fours as scikit-learn does."""
    features = a.shape[1]
    whole = features - features % 4
    total = 0.0
    for at in range(0, whole, 4):
        p, q = a[row, at] - b[other, at], a[row, at + 1] - b[other, at + 1]
        r, s = a[row, at + 2] - b[other, at + 2], a[row, at + 3] - b[other, at + 3]
        total += p * p + q * q + r * r + s * s
    for at in range(whole, features):
        gap = a[row, at] - b[other, at]
        total += gap * gap
    return total


@compiled
def inertia(x: Matrix, weights: Vector, centres: Matrix, labels: Places) -> float:
    """The weighted sum of the squared distances to the rows' own centres."""
    total = 0.0
    for row in range(x.shape[0]):
        total += squared_gap(x, row, centres, labels[row]) * weights[row]
    return total


@compiled
def shifts(old: Matrix, new: Matrix, out: Vector) -> None:
    """How far each centre moved."""
    for centre in range(old.shape[0]):
        out[centre] = np.sqrt(squared_gap(new, centre, old, centre))
