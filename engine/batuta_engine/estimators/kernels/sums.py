"""Sums in NumPy's order of additions, and sums of products with eight running sums."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Matrix = npt.NDArray[np.float64]


@compiled
def block(values: Any, first: int, last: int) -> float:
    """The sum of at most 128 numbers: eight running sums, as NumPy adds a contiguous run."""
    count = last - first
    if count < 8:
        total = -0.0
        for at in range(first, last):
            total += values[at]
        return total
    a, b, c, d = values[first], values[first + 1], values[first + 2], values[first + 3]
    e, f, g, h = values[first + 4], values[first + 5], values[first + 6], values[first + 7]
    whole = first + count - count % 8
    for at in range(first + 8, whole, 8):
        a += values[at]
        b += values[at + 1]
        c += values[at + 2]
        d += values[at + 3]
        e += values[at + 4]
        f += values[at + 5]
        g += values[at + 6]
        h += values[at + 7]
    total = ((a + b) + (c + d)) + ((e + f) + (g + h))
    for at in range(whole, last):
        total += values[at]
    return total


@compiled
def pairwise(values: Any, first: int, last: int) -> float:
    """NumPy's sum of a contiguous run: blocks of up to 128, halves above."""
    if last - first <= 128:
        return block(values, first, last)
    # A halving that is written as a loop: a compiled function that calls itself cannot be kept for later processes.
    starts, ends, joins = np.empty(128, np.int64), np.empty(128, np.int64), np.zeros(128, np.int64)
    sums = np.empty(64)
    starts[0], ends[0] = first, last
    waiting = 1
    done = 0
    while waiting > 0:
        waiting -= 1
        start, end = starts[waiting], ends[waiting]
        if joins[waiting] == 1:
            joins[waiting] = 0
            done -= 1
            sums[done - 1] = sums[done - 1] + sums[done]
        elif end - start <= 128:
            sums[done] = block(values, start, end)
            done += 1
        else:
            half = start + (end - start) // 2 - ((end - start) // 2) % 8
            joins[waiting] = 1
            starts[waiting + 1], ends[waiting + 1] = half, end
            starts[waiting + 2], ends[waiting + 2] = start, half
            waiting += 3
    return sums[0]


@compiled
def dot(a: Vector, b: Vector) -> float:
    """The sum of products of two runs, with eight running sums."""
    count = a.shape[0]
    s0 = s1 = s2 = s3 = s4 = s5 = s6 = s7 = 0.0
    whole = count - count % 8
    for at in range(0, whole, 8):
        s0 += a[at] * b[at]
        s1 += a[at + 1] * b[at + 1]
        s2 += a[at + 2] * b[at + 2]
        s3 += a[at + 3] * b[at + 3]
        s4 += a[at + 4] * b[at + 4]
        s5 += a[at + 5] * b[at + 5]
        s6 += a[at + 6] * b[at + 6]
        s7 += a[at + 7] * b[at + 7]
    total = ((s0 + s1) + (s2 + s3)) + ((s4 + s5) + (s6 + s7))
    for at in range(whole, count):
        total += a[at] * b[at]
    return total


@compiled
def squared_distance(a: Matrix, row: int, b: Matrix, other: int) -> float:
    """The sum of the squared gaps of two rows, one after the other."""
    total = 0.0
    for column in range(a.shape[1]):
        gap = a[row, column] - b[other, column]
        total += gap * gap
    return total


@compiled
def distance(a: Matrix, row: int, b: Matrix, other: int) -> float:
    """The Euclidean distance of two rows."""
    return math.sqrt(squared_distance(a, row, b, other))
