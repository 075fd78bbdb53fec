"""Gradient boosting on classes: the pull of each row on its scores, losses, and what the leaves of a tree add."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from batuta_engine.estimators.kernels.logistic import loss_and_slope
from batuta_engine.estimators.kernels.sums import pairwise
from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Matrix = npt.NDArray[np.float64]
    Places = npt.NDArray[np.int64]

LOGARITHMIC, EXPONENTIAL = 0, 1


@compiled
def losses_and_pulls(scores: Matrix, codes: Places, loss: int, losses: Vector, pulls: Matrix) -> None:
    """Fills in the loss of each row and its slope downwards in each score."""
    columns = scores.shape[1]
    for row in range(scores.shape[0]):
        label = float(codes[row])
        score = scores[row, 0]
        if loss == EXPONENTIAL:
            power = math.exp(score)
            losses[row] = label / power + (1.0 - label) * power
            pulls[row, 0] = -(-label / power + (1.0 - label) * power)
        elif columns == 1:
            losses[row], _ = loss_and_slope(label, score)
            if score > -37.0:
                power = math.exp(-score)
                pulls[row, 0] = -(((1.0 - label) - label * power) / (1.0 + power))
            else:
                pulls[row, 0] = -(math.exp(score) - label)
        else:
            largest = score
            for column in range(1, columns):
                largest = max(largest, scores[row, column])
            total = 0.0
            for column in range(columns):
                pulls[row, column] = math.exp(scores[row, column] - largest)
                total += pulls[row, column]
            losses[row] = math.log(total) + largest - scores[row, codes[row]]
            for column in range(columns):
                chance = pulls[row, column] / total
                pulls[row, column] = -(chance - 1.0 if column == codes[row] else chance)


@compiled
def leaf_values(
    leaf: Places,
    inside: Places,
    labels: Vector,
    pulls: Vector,
    weights: Vector,
    classes: int,
    loss: int,
    left: Places,
    value: Matrix,
) -> None:
    """Replaces the value of each leaf: one step of Newton's method over the rows that fall into it.

    `inside` holds the rows that count, in their order; no weights: all weigh one.
    """
    count = inside.shape[0]
    nodes = left.shape[0]
    weighted = weights.shape[0] > 0
    starts = np.zeros(nodes + 1, np.int64)
    for at in range(count):
        starts[leaf[inside[at]] + 1] += 1
    for node in range(nodes):
        starts[node + 1] += starts[node]
    place = starts.copy()
    tops, bottoms, shares = np.empty(count), np.empty(count), np.empty(count)
    for at in range(count):
        row = inside[at]
        own = weights[row] if weighted else 1.0
        to = place[leaf[row]]
        place[leaf[row]] += 1
        chance = labels[row] - pulls[row]
        bend = chance * (1.0 - chance)
        if loss == EXPONENTIAL:
            bend = -pulls[row] if labels[row] == 0.0 else pulls[row]
        tops[to], bottoms[to], shares[to] = pulls[row] * own, bend * own, own
    for node in range(nodes):
        first, last = starts[node], starts[node + 1]
        if left[node] >= 0:
            continue
        if first == last:
            value[node, 0] = 0.0
            continue
        whole = pairwise(shares, first, last)
        top = pairwise(tops, first, last) / whole
        bottom = pairwise(bottoms, first, last) / whole
        if classes > 2:
            top *= (classes - 1.0) / classes
        value[node, 0] = 0.0 if abs(bottom) < 1e-150 else top / bottom
