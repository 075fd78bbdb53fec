"""Groups of what dense points reach (Ester and others 1996), with a grid for the neighbours.

The rows lie in the order of their cells: cells of the width of the radius in up to three features. Neighbouring cells that differ only in the
last feature follow each other, so that the neighbours of a row are in few runs.
"""

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
def first_at_least(keys: Places, key: int) -> int:
    """The place of the first of the sorted keys that is not below a key."""
    low, high = 0, keys.shape[0]
    while low < high:
        middle = (low + high) // 2
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def neighbours(x: Matrix, keys: Places, steps: Places, row: int, square: float, found: Places) -> int:
    """Fills in the rows within the radius, and gives their number. `steps` lead to the middle ones of neighbouring cells."""
    count = 0
    features = x.shape[1]
    for at in range(steps.shape[0]):
        middle = keys[row] + steps[at]
        place = first_at_least(keys, middle - 1)
        while place < keys.shape[0] and keys[place] <= middle + 1:
            total = 0.0
            for feature in range(features):
                gap = x[row, feature] - x[place, feature]
                total += gap * gap
            if total <= square:
                found[count] = place
                count += 1
            place += 1
    return count


@compiled
def find_core(
    x: Matrix, keys: Places, steps: Places, weights: Vector, square: float, least: float, first: int, last: int, core: Places
) -> None:
    """For some rows, whether so much weight lies within the radius."""
    found = np.empty(x.shape[0], np.int64)
    for row in range(first, last):
        total = 0.0
        for at in range(neighbours(x, keys, steps, row, square, found)):
            total += weights[found[at]]
        core[row] = 1 if total >= least else 0


@compiled
def group(x: Matrix, keys: Places, steps: Places, square: float, core: Places, order: Places, labels: Places) -> int:
    """Numbers the groups in the order of `order`, the places of the rows as they came; gives their number."""
    samples = x.shape[0]
    found = np.empty(samples, np.int64)
    waiting = np.empty(samples, np.int64)
    groups = 0
    for start in range(samples):
        seed = order[start]
        if core[seed] == 0 or labels[seed] != -1:
            continue
        labels[seed] = groups
        waiting[0] = seed
        size = 1
        while size > 0:
            size -= 1
            row = waiting[size]
            for at in range(neighbours(x, keys, steps, row, square, found)):
                other = found[at]
                if labels[other] == -1:
                    labels[other] = groups
                    if core[other] == 1:
                        waiting[size] = other
                        size += 1
        groups += 1
    return groups
