"""Least squares with a penalty on absolute values and squares, one coefficient after the other, until the duality gap is small.

Columns whose coefficient must be zero by the gap ("gap safe screening", Fercoq and others 2015) are left out of later rounds.
`columns` holds the columns of the data as rows.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from batuta_engine.estimators.kernels.sums import dot
from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Flags = npt.NDArray[np.bool_]
    Matrix = npt.NDArray[np.float64]


@compiled
def duality_gap(
    columns: Matrix,
    y: Vector,
    weights: Vector,
    residual: Vector,
    absolute: float,
    square: float,
    positive: bool,
    correlations: Vector,
) -> tuple[float, float]:
    """The duality gap and the largest correlation; fills in the correlations of the residual with each column."""
    features = columns.shape[0]
    for at in range(features):
        correlations[at] = dot(columns[at], residual)
    residual_square = dot(residual, residual)
    with_y = dot(residual, y)
    weights_square = dot(weights, weights) if square > 0.0 else 0.0
    if absolute == 0.0:
        size = dot(correlations, correlations)
        if square == 0.0:
            return size, size
        return residual_square + 0.5 * square * weights_square - with_y + size / (2.0 * square), size
    largest = -math.inf
    for at in range(features):
        correlations[at] -= square * weights[at]
        value = correlations[at] if positive else abs(correlations[at])
        largest = max(largest, value)
    weights_size = 0.0
    for at in range(features):
        weights_size += abs(weights[at])
    # The residual, made smaller where needed, is a feasible point of the dual problem.
    shrink = absolute / largest if largest > absolute else 1.0
    squares = residual_square + square * weights_square
    primal = 0.5 * squares + absolute * weights_size
    dual = -0.5 * (shrink * shrink) * squares + shrink * with_y
    return primal - dual, largest


@compiled
def screen(
    columns: Matrix,
    weights: Vector,
    residual: Vector,
    norms: Vector,
    absolute: float,
    square: float,
    gap: float,
    largest: float,
    correlations: Vector,
    active: Flags,
) -> None:
    """Leaves out columns whose coefficient is zero in every solution within the gap."""
    for at in range(columns.shape[0]):
        if not active[at]:
            continue
        shadow = correlations[at] / max(absolute, largest)
        distance = (1.0 - abs(shadow)) / math.sqrt(norms[at] + square)
        if distance <= math.sqrt(2.0 * gap) / absolute:
            continue
        active[at] = False
        if weights[at] != 0.0:
            for row in range(columns.shape[1]):
                residual[row] += weights[at] * columns[at, row]
            weights[at] = 0.0


@compiled
def descend(
    columns: Matrix,
    y: Vector,
    weights: Vector,
    absolute: float,
    square: float,
    rounds: int,
    tolerance: float,
    positive: bool,
    norms: Vector,
    correlations: Vector,
    residual: Vector,
    active: Flags,
) -> tuple[float, int, bool]:
    """Changes the coefficients in place; gives the last gap, the number of rounds, and whether the gap became small enough."""
    features, samples = columns.shape
    for row in range(samples):
        residual[row] = y[row]
    goal = tolerance * dot(y, y)
    for at in range(features):
        norms[at] = dot(columns[at], columns[at])
        active[at] = norms[at] != 0.0
        if weights[at] != 0.0:
            for row in range(samples):
                residual[row] -= weights[at] * columns[at, row]
    gap, largest = duality_gap(columns, y, weights, residual, absolute, square, positive, correlations)
    if gap <= goal:
        return gap, 0, True
    if absolute != 0.0:
        screen(columns, weights, residual, norms, absolute, square, gap, largest, correlations, active)
    for done in range(rounds):
        largest_weight = 0.0
        largest_change = 0.0
        for at in range(features):
            if not active[at]:
                continue
            old = weights[at]
            pull = dot(columns[at], residual) + old * norms[at]
            if positive and pull < 0.0:
                new = 0.0
            else:
                size = max(abs(pull) - absolute, 0.0) / (norms[at] + square)
                new = size if pull > 0.0 else (-size if pull < 0.0 else 0.0)
            weights[at] = new
            if new != old:
                change = old - new
                for row in range(samples):
                    residual[row] += change * columns[at, row]
            largest_change = max(largest_change, abs(new - old))
            largest_weight = max(largest_weight, abs(new))
        settled = largest_weight == 0.0 or largest_change / largest_weight <= tolerance
        if settled or done == rounds - 1:
            gap, largest = duality_gap(columns, y, weights, residual, absolute, square, positive, correlations)
            if gap <= goal:
                return gap, done + 1, True
            if absolute != 0.0:
                screen(columns, weights, residual, norms, absolute, square, gap, largest, correlations, active)
    return gap, rounds, False
