"""The silhouette of each row: how much nearer its own group is than the next one (Rousseeuw 1987)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Places = npt.NDArray[np.int64]
    Matrix = npt.NDArray[np.float64]


@compiled
def silhouettes(columns: Matrix, starts: Places, first: int, last: int, out: Vector) -> None:
    """For rows `first` to `last` of data whose rows are in the order of their groups; group g begins at `starts[g]`.

    `columns` holds the columns of the data as rows: so the distances to many rows are found at once.
    """
    features, samples = columns.shape
    groups = starts.shape[0] - 1
    distances = np.zeros(samples)
    own = 0
    while starts[own + 1] <= first:
        own += 1
    for row in range(first, last):
        while starts[own + 1] <= row:
            own += 1
        for other in range(samples):
            distances[other] = 0.0
        for column in range(features):
            value = columns[column, row]
            line = columns[column]
            for other in range(samples):
                gap = line[other] - value
                distances[other] += gap * gap
        for other in range(samples):
            distances[other] = math.sqrt(distances[other])
        size = starts[own + 1] - starts[own]
        if size == 1:
            out[row] = 0.0
            continue
        inside = 0.0
        outside = math.inf
        for group in range(groups):
            begin, end = starts[group], starts[group + 1]
            a = b = c = d = 0.0
            whole = begin + (end - begin) // 4 * 4
            for other in range(begin, whole, 4):
                a += distances[other]
                b += distances[other + 1]
                c += distances[other + 2]
                d += distances[other + 3]
            for other in range(whole, end):
                a += distances[other]
            total = (a + b) + (c + d)
            if group == own:
                inside = total / (size - 1)
            else:
                outside = min(outside, total / (end - begin))
        most = max(inside, outside)
        out[row] = (outside - inside) / most if most > 0.0 else 0.0
