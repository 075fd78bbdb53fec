"""Logarithms of bell curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from batuta_engine.estimators.kernels.sums import pairwise
from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Matrix = npt.NDArray[np.float64]


@compiled
def logarithms(
    x: Matrix, means: Matrix, variances: Matrix, constants: Vector, priors: Vector, first: int, last: int, out: Matrix
) -> None:
    """For some rows and each class the logarithm of its prior chance and of the density there."""
    features = x.shape[1]
    parts = np.empty(features)
    for row in range(first, last):
        for place in range(means.shape[0]):
            for column in range(features):
                gap = x[row, column] - means[place, column]
                parts[column] = gap * gap / variances[place, column]
            out[row, place] = priors[place] + (constants[place] - 0.5 * pairwise(parts, 0, features))
