"""Nearest rows by a k-d tree whose answers agree with scikit-learn's also where rows are equally far away.

Which of several rows at the same distance is taken depends on the order in which the tree is walked, and that on how its building arranges rows
inside a leaf. So the tree is built by the same selection as C++'s `nth_element` in GNU's library, and searched with the same bounded heap.
Node n has the children 2n+1 and 2n+2; `places` holds where its rows begin and end in `order`.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from batuta_engine.jit import compiled

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Matrix = npt.NDArray[np.float64]
    Places = npt.NDArray[np.int64]


@compiled
def less(x: Matrix, feature: int, a: int, b: int) -> bool:
    """Whether one row comes before another; equal ones by their number."""
    own, other = x[a, feature], x[b, feature]
    return a < b if own == other else own < other


@compiled
def select(x: Matrix, feature: int, order: Places, start: int, end: int, wanted: int) -> None:
    """Arranges rows so that those before place `wanted` are the smallest, with the moves of `std::nth_element`."""
    depth = 2 * int(math.log2(max(end - start, 1)))
    while end - start > 3 and depth > 0:
        depth -= 1
        a, b, c = start + 1, start + (end - start) // 2, end - 1
        if less(x, feature, order[a], order[b]):
            if less(x, feature, order[b], order[c]):
                chosen = b
            elif less(x, feature, order[a], order[c]):
                chosen = c
            else:
                chosen = a
        elif less(x, feature, order[a], order[c]):
            chosen = a
        elif less(x, feature, order[b], order[c]):
            chosen = c
        else:
            chosen = b
        order[start], order[chosen] = order[chosen], order[start]
        pivot = order[start]
        low, high = start + 1, end
        while True:
            while less(x, feature, order[low], pivot):
                low += 1
            high -= 1
            while less(x, feature, pivot, order[high]):
                high -= 1
            if low >= high:
                break
            order[low], order[high] = order[high], order[low]
            low += 1
        if low <= wanted:
            start = low
        else:
            end = low
    for at in range(start + 1, end):
        row = order[at]
        place = at
        while place > start and less(x, feature, row, order[place - 1]):
            order[place] = order[place - 1]
            place -= 1
        order[place] = row


@compiled
def build(x: Matrix, order: Places, places: Places, low: Matrix, high: Matrix) -> None:
    """Fills in the nodes: where their rows are, and the box around them."""
    features = x.shape[1]
    count = places.shape[0]
    places[0, 0], places[0, 1] = 0, x.shape[0]
    # Parents have smaller numbers than their children.
    for node in range(count):
        start, end = places[node, 0], places[node, 1]
        for feature in range(features):
            low[node, feature] = math.inf
            high[node, feature] = -math.inf
        for at in range(start, end):
            for feature in range(features):
                value = x[order[at], feature]
                low[node, feature] = min(low[node, feature], value)
                high[node, feature] = max(high[node, feature], value)
        widest, most = 0, 0.0
        for feature in range(features):
            spread = high[node, feature] - low[node, feature]
            if spread > most:
                widest, most = feature, spread
        first = 2 * node + 1
        if first >= count or end - start < 2:
            continue
        half = (end - start) // 2
        select(x, widest, order, start, end, start + half)
        places[first, 0], places[first, 1] = start, start + half
        places[first + 1, 0], places[first + 1, 1] = start + half, end


@compiled
def push(distances: Vector, rows: Places, distance: float, row: int) -> None:
    """Puts a row into the heap of the nearest ones, the farthest on top, where it is nearer than that."""
    if distance >= distances[0]:
        return
    size = distances.shape[0]
    at = 0
    while True:
        left = 2 * at + 1
        if left >= size:
            break
        right = left + 1
        child = left if right >= size or distances[left] >= distances[right] else right
        if distances[child] <= distance:
            break
        distances[at] = distances[child]
        rows[at] = rows[child]
        at = child
    distances[at] = distance
    rows[at] = row


@compiled
def reduced(x: Matrix, row: int, y: Matrix, other: int, power: float) -> float:
    """A number that grows with the distance: the distance before its root is taken."""
    total = 0.0
    for column in range(x.shape[1]):
        gap = abs(x[row, column] - y[other, column])
        if power == 2.0:
            total += gap * gap
        elif power == 1.0:
            total += gap
        elif power == math.inf:
            total = max(total, gap)
        else:
            total += gap**power
    return total


@compiled
def bound(x: Matrix, row: int, low: Matrix, high: Matrix, node: int, power: float) -> float:
    """The least such number to any point in the box of a node."""
    total = 0.0
    for column in range(x.shape[1]):
        below, above = low[node, column] - x[row, column], x[row, column] - high[node, column]
        gap = 0.5 * ((below + abs(below)) + (above + abs(above)))
        if power == math.inf:
            total = max(total, gap)
        elif power == 1.0:
            total += gap
        elif power == 2.0:
            total += gap * gap
        else:
            total += gap**power
    return total


@compiled
def search_tree(
    x: Matrix,
    ordered: Matrix,
    order: Places,
    places: Places,
    low: Matrix,
    high: Matrix,
    power: float,
    first: int,
    last: int,
    distances: Matrix,
    rows: Places,
) -> None:
    """For some rows of `x` the nearest fitted ones as heaps. `ordered` holds the fitted rows in the order of the tree."""
    features = x.shape[1]
    count = places.shape[0]
    waiting = np.empty(128, np.int64)
    bounds = np.empty(128)
    for row in range(first, last):
        own_distances, own_rows = distances[row], rows[row]
        for at in range(own_distances.shape[0]):
            own_distances[at] = math.inf
            own_rows[at] = 0
        waiting[0] = 0
        bounds[0] = bound(x, row, low, high, 0, power)
        size = 1
        while size > 0:
            size -= 1
            node = waiting[size]
            if bounds[size] > own_distances[0]:
                continue
            one = 2 * node + 1
            start, end = places[node, 0], places[node, 1]
            if one >= count or end - start < 2:
                for at in range(start, end):
                    # The distances that most programs ask for without a call.
                    if power == 2.0:
                        total = 0.0
                        for column in range(features):
                            gap = x[row, column] - ordered[at, column]
                            total += gap * gap
                    else:
                        total = reduced(x, row, ordered, at, power)
                    if total < own_distances[0]:
                        push(own_distances, own_rows, total, order[at])
                continue
            to_one, to_other = bound(x, row, low, high, one, power), bound(x, row, low, high, one + 1, power)
            nearer_first = to_one <= to_other
            # The nearer box comes last, and so is looked at first.
            waiting[size], bounds[size] = (one + 1, to_other) if nearer_first else (one, to_one)
            waiting[size + 1], bounds[size + 1] = (one, to_one) if nearer_first else (one + 1, to_other)
            size += 2


@compiled
def search_all(
    x: Matrix, fitted: Matrix, power: float, first: int, last: int, twice: bool, distances: Matrix, rows: Places
) -> None:
    """The same by looking at every fitted row. `twice`: the heap is pushed into a second one, as scikit-learn does for few queries."""
    features = x.shape[1]
    wanted = distances.shape[1]
    again, again_rows = np.empty(wanted), np.empty(wanted, np.int64)
    for row in range(first, last):
        own_distances, own_rows = distances[row], rows[row]
        for at in range(wanted):
            own_distances[at] = math.inf
            own_rows[at] = 0
        for other in range(fitted.shape[0]):
            if power == 2.0:
                total = 0.0
                for column in range(features):
                    gap = x[row, column] - fitted[other, column]
                    total += gap * gap
            else:
                total = reduced(x, row, fitted, other, power)
            if total < own_distances[0]:
                push(own_distances, own_rows, total, other)
        if twice:
            for at in range(wanted):
                again[at] = math.inf
                again_rows[at] = 0
            for at in range(wanted):
                push(again, again_rows, own_distances[at], own_rows[at])
            for at in range(wanted):
                own_distances[at] = again[at]
                own_rows[at] = again_rows[at]


@compiled
def votes(near: Places, shares: Matrix, codes: Places, out: Matrix) -> None:
    """The share of each class among the neighbours of each row."""
    for row in range(near.shape[0]):
        for at in range(near.shape[1]):
            out[row, codes[near[row, at]]] += shares[row, at]
