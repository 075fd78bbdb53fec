"""The logistic loss of two classes or more, and its slope, from scores."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Codes = npt.NDArray[np.int64]
    Matrix = npt.NDArray[np.float64]


@compiled
def loss_and_slope(label: float, score: float) -> tuple[float, float]:
    """log(1 + exp(score)) - label · score without overflow, and the chance of the second class less its label."""
    if score <= -37.0:
        power = math.exp(score)
        return power - label * score, power - label
    if score <= -2.0:
        power = math.exp(score)
        return math.log1p(power) - label * score, ((1.0 - label) * power - label) / (1.0 + power)
    power = math.exp(-score)
    rest = math.log1p(power) if score <= 18.0 else power
    return rest + (1.0 - label) * score, ((1.0 - label) - label * power) / (1.0 + power)


@compiled
def two_classes(scores: Vector, codes: Codes, weights: Vector, losses: Vector, slopes: Vector) -> None:
    """Fills in the weighted loss of each row and its slope in the score."""
    for row in range(scores.shape[0]):
        loss, slope = loss_and_slope(float(codes[row]), scores[row])
        losses[row] = weights[row] * loss
        slopes[row] = weights[row] * slope


@compiled
def many_classes(scores: Matrix, codes: Codes, weights: Vector, losses: Vector, slopes: Matrix) -> None:
    """The same for one score a class."""
    classes = scores.shape[1]
    for row in range(scores.shape[0]):
        largest = scores[row, 0]
        for place in range(1, classes):
            largest = max(largest, scores[row, place])
        total = 0.0
        for place in range(classes):
            slopes[row, place] = math.exp(scores[row, place] - largest)
            total += slopes[row, place]
        own = codes[row]
        losses[row] = weights[row] * (math.log(total) + largest - scores[row, own])
        for place in range(classes):
            chance = slopes[row, place] / total
            slopes[row, place] = weights[row] * (chance - 1.0 if place == own else chance)


@compiled
def sigmoid(scores: Vector, out: Matrix) -> None:
    """The chances of two classes."""
    for row in range(scores.shape[0]):
        chance = 1.0 / (1.0 + math.exp(-scores[row]))
        out[row, 1] = chance
        out[row, 0] = 1.0 - chance
