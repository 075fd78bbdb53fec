"""Growing one tree as scikit-learn does: the best border of randomly ordered features, depth first, or with a limit on leaves best first.

The nodes are arrays. A leaf has -1 for its children and -2 for its feature.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from batuta_engine.estimators.kernels.sorting import sort_together
from batuta_engine.jit import compiled, inner

if TYPE_CHECKING:
    import numpy.typing as npt

    Vector = npt.NDArray[np.float64]
    Singles = npt.NDArray[np.float32]
    Places = npt.NDArray[np.int64]

GINI, ENTROPY, SQUARED = 0, 1, 2

# Values nearer than this count as equal.
SAME = np.float32(1e-7)
EPSILON = 2.220446049250313e-16
RANDOM_MOST = 2147483647


class Work(NamedTuple):
    """Room that one growth needs: the samples in the order of the nodes, and sums of the node at hand."""

    samples: Any
    values: Any
    """The feature at hand of the samples."""
    features: Any
    """All features; the constant ones first, those drawn at the end."""
    constant: Any
    total: Any
    """The sum of each class, or of the targets, in the node."""
    left: Any
    nothing: Any
    """Zeros, one for each class."""
    random: Any
    """The state of the small generator."""
    stack: Any
    """For sorting."""


class Limits(NamedTuple):
    """What limits growth."""

    measure: int
    max_depth: int
    """-1: none."""
    min_split: int
    min_leaf: int
    min_gain: float
    max_features: int
    min_weight: float
    drawn: bool
    """Whether each feature gets one border, drawn between its least and largest value."""


@inner
def step(random: Places) -> int:
    """The next 31 bits of scikit-learn's small generator: xorshift."""
    value = random[0]
    if value == 0:
        value = 1
    value ^= (value << 13) & 0xFFFFFFFF
    value ^= value >> 17
    value ^= (value << 5) & 0xFFFFFFFF
    random[0] = value
    return value & 0x7FFFFFFF


@inner
def entropy_part(total: float, weight: float) -> float:
    """What a class of this weight adds to the entropy."""
    if total <= 0.0:
        return 0.0
    share = total / weight
    return share * (math.log(share) / math.log(2.0))


@inner
def impurity_of(total: Vector, left: Vector, weight: float, measure: int) -> float:
    """The impurity of the classes that are in `total` and not in `left`."""
    if measure == GINI:
        squares = 0.0
        for place in range(total.shape[0]):
            rest = total[place] - left[place]
            squares += rest * rest
        return 1.0 - squares / (weight * weight)
    entropy = 0.0
    for place in range(total.shape[0]):
        entropy -= entropy_part(total[place] - left[place], weight)
    return entropy


@inner
def scan_classes(
    y: Vector,
    weights: Vector,
    samples: Places,
    values: Singles,
    total: Vector,
    left: Vector,
    start: int,
    end: int,
    weight: float,
    min_leaf: int,
    min_weight: float,
    measure: int,
    best: float,
) -> tuple[float, int]:
    """The merit and the position of the best border between sorted values; position -1 where none is better than `best`."""
    weighted = weights.shape[0] > 0
    classes = total.shape[0]
    for place in range(classes):
        left[place] = 0.0
    weight_left = 0.0
    found, position, new = -1, start, start
    while True:
        new += 1
        while new < end and values[new] <= values[new - 1] + SAME:
            new += 1
        if new >= end:
            return best, found
        if new - start < min_leaf or end - new < min_leaf:
            continue
        # The border moves from whichever end is nearer.
        if new - position <= end - new:
            for at in range(position, new):
                sample = samples[at]
                own = weights[sample] if weighted else 1.0
                left[int(y[sample])] += own
                weight_left += own
        else:
            for place in range(classes):
                left[place] = total[place]
            weight_left = weight
            for at in range(end - 1, new - 1, -1):
                sample = samples[at]
                own = weights[sample] if weighted else 1.0
                left[int(y[sample])] -= own
                weight_left -= own
        position = new
        weight_right = weight - weight_left
        if weight_left < min_weight or weight_right < min_weight:
            continue
        if measure == GINI:
            before = 0.0
            after = 0.0
            for place in range(classes):
                own = left[place]
                rest = total[place] - own
                before += own * own
                after += rest * rest
            before = 1.0 - before / (weight_left * weight_left)
            after = 1.0 - after / (weight_right * weight_right)
        else:
            before = 0.0
            after = 0.0
            for place in range(classes):
                before -= entropy_part(left[place], weight_left)
                after -= entropy_part(total[place] - left[place], weight_right)
        merit = -weight_right * after - weight_left * before
        if merit > best:
            best, found = merit, new


@inner
def scan_numbers(
    y: Vector,
    weights: Vector,
    samples: Places,
    values: Singles,
    total: float,
    start: int,
    end: int,
    weight: float,
    min_leaf: int,
    min_weight: float,
    best: float,
) -> tuple[float, int]:
    """The same for numbers and the squared error."""
    weighted = weights.shape[0] > 0
    left = 0.0
    weight_left = 0.0
    found, position, new = -1, start, start
    while True:
        new += 1
        while new < end and values[new] <= values[new - 1] + SAME:
            new += 1
        if new >= end:
            return best, found
        if new - start < min_leaf or end - new < min_leaf:
            continue
        if new - position <= end - new:
            for at in range(position, new):
                sample = samples[at]
                own = weights[sample] if weighted else 1.0
                left += own * y[sample]
                weight_left += own
        else:
            left = total
            weight_left = weight
            for at in range(end - 1, new - 1, -1):
                sample = samples[at]
                own = weights[sample] if weighted else 1.0
                left -= own * y[sample]
                weight_left -= own
        position = new
        weight_right = weight - weight_left
        if weight_left < min_weight or weight_right < min_weight:
            continue
        right = total - left
        merit = left * left / weight_left + right * right / weight_right
        if merit > best:
            best, found = merit, new


@inner
def sum_left(
    y: Vector,
    weights: Vector,
    samples: Places,
    total: Vector,
    left: Vector,
    start: int,
    new: int,
    end: int,
    weight: float,
    measure: int,
) -> float:
    """Sums over the samples before a border, from whichever end is nearer; gives their weight."""
    weighted = weights.shape[0] > 0
    forward = new - start <= end - new
    for place in range(total.shape[0]):
        left[place] = 0.0 if forward else total[place]
    weight_left = 0.0 if forward else weight
    for count in range(new - start if forward else end - new):
        sample = samples[start + count] if forward else samples[end - 1 - count]
        own = weights[sample] if weighted else 1.0
        own = own if forward else -own
        weight_left += own
        if measure == SQUARED:
            left[0] += own * y[sample]
        else:
            left[int(y[sample])] += own
    return weight_left


@inner
def try_drawn(
    y: Vector,
    weights: Vector,
    samples: Places,
    values: Singles,
    total: Vector,
    left: Vector,
    nothing: Vector,
    start: int,
    end: int,
    weight: float,
    min_leaf: int,
    min_weight: float,
    measure: int,
    threshold: float,
) -> tuple[float, int]:
    """Puts the samples on their sides of a threshold; gives the merit of that border (minus infinity: it may not be) and its position."""
    below, above = start, end
    while below < above:
        if values[below] <= threshold:
            below += 1
        else:
            above -= 1
            values[below], values[above] = values[above], values[below]
            samples[below], samples[above] = samples[above], samples[below]
    if above - start < min_leaf or end - above < min_leaf:
        return -math.inf, above
    weight_left = sum_left(y, weights, samples, total, left, start, above, end, weight, measure)
    weight_right = weight - weight_left
    if weight_left < min_weight or weight_right < min_weight:
        return -math.inf, above
    if measure == SQUARED:
        right = total[0] - left[0]
        return left[0] * left[0] / weight_left + right * right / weight_right, above
    before = impurity_of(left, nothing, weight_left, measure)
    return -weight_right * impurity_of(total, left, weight_right, measure) - weight_left * before, above


@inner
def best_border(
    columns: Singles, y: Vector, weights: Vector, limits: Limits, work: Work, start: int, end: int, weight: float, known: int
) -> tuple[int, int, float, int, int]:
    """The best border among as many features as are looked at: its feature (-1: none), position and threshold; the number of features
    known to be constant below; the feature that was looked at last.
    """
    samples, values, features, constant, left = work.samples, work.values, work.features, work.constant, work.left
    measure, min_leaf, min_weight = limits.measure, limits.min_leaf, limits.min_weight
    best_feature, best_position, best_threshold, best_merit = -1, 0, 0.0, -math.inf
    open_ = features.shape[0]
    visited, found, drawn, total, last = 0, 0, 0, known, -1
    while open_ > total and (visited < limits.max_features or visited <= found + drawn):
        visited += 1
        at = drawn + step(work.random) % (open_ - found - drawn)
        if at < known:
            features[drawn], features[at] = features[at], features[drawn]
            drawn += 1
            continue
        at += found
        feature = features[at]
        last = feature
        column = columns[feature]
        if limits.drawn:
            least = largest = column[samples[start]]
            for place in range(start, end):
                value = column[samples[place]]
                values[place] = value
                least = min(least, value)
                largest = max(largest, value)
        else:
            for place in range(start, end):
                values[place] = column[samples[place]]
            sort_together(values, samples, start, end, work.stack)
            least, largest = values[start], values[end - 1]
        if largest <= least + SAME:
            features[at], features[total] = features[total], features[at]
            found += 1
            total += 1
            continue
        open_ -= 1
        features[open_], features[at] = features[at], features[open_]
        if limits.drawn:
            low, high = np.float64(least), np.float64(largest)
            threshold = (high - low) * np.float64(step(work.random)) / np.float64(RANDOM_MOST) + low
            threshold = low if threshold == high else threshold
            merit, position = try_drawn(
                y,
                weights,
                samples,
                values,
                work.total,
                left,
                work.nothing,
                start,
                end,
                weight,
                min_leaf,
                min_weight,
                measure,
                threshold,
            )
            if merit > best_merit:
                best_merit, best_feature, best_position, best_threshold = merit, feature, position, threshold
            continue
        if measure == SQUARED:
            merit, position = scan_numbers(
                y, weights, samples, values, work.total[0], start, end, weight, min_leaf, min_weight, best_merit
            )
        else:
            merit, position = scan_classes(
                y, weights, samples, values, work.total, left, start, end, weight, min_leaf, min_weight, measure, best_merit
            )
        if position >= 0:
            before, after = np.float64(values[position - 1]), np.float64(values[position])
            threshold = before / 2.0 + after / 2.0
            threshold = before if threshold == after else threshold
            best_merit, best_feature, best_position, best_threshold = merit, feature, position, threshold
    # The order of the constant features is restored, so that sibling nodes draw alike.
    for place in range(known):
        features[place] = constant[place]
    for place in range(known, known + found):
        constant[place] = features[place]
    return best_feature, best_position, best_threshold, total, last


@inner
def begin(
    y: Vector, weights: Vector, samples: Places, total: Vector, measure: int, start: int, end: int
) -> tuple[float, float]:
    """Sums of a node; gives its weight and the weighted sum of the squares."""
    weighted = weights.shape[0] > 0
    for place in range(total.shape[0]):
        total[place] = 0.0
    weight = 0.0
    squares = 0.0
    for at in range(start, end):
        sample = samples[at]
        own = weights[sample] if weighted else 1.0
        if measure == SQUARED:
            value = own * y[sample]
            total[0] += value
            squares += value * y[sample]
        else:
            total[int(y[sample])] += own
        weight += own
    return weight, squares


@inner
def divide(
    column: Singles,
    y: Vector,
    weights: Vector,
    samples: Places,
    total: Vector,
    left: Vector,
    nothing: Vector,
    measure: int,
    start: int,
    end: int,
    position: int,
    threshold: float,
    divided: bool,
    weight: float,
    squares: float,
) -> tuple[float, float, float]:
    """Puts the samples on their sides; gives the impurities left and right and the weight on the left."""
    # Drawn borders leave the samples of the feature that was looked at last on their sides; dividing them again would change their order,
    # and with it the last digits of later sums.
    low, high = start, start if divided else end
    while low < high:
        if column[samples[low]] <= threshold:
            low += 1
        else:
            high -= 1
            samples[low], samples[high] = samples[high], samples[low]
    weight_left = sum_left(y, weights, samples, total, left, start, position, end, weight, measure)
    weight_right = weight - weight_left
    if measure != SQUARED:
        before = impurity_of(left, nothing, weight_left, measure)
        return before, impurity_of(total, left, weight_right, measure), weight_left
    own_squares = 0.0
    for at in range(start, position):
        sample = samples[at]
        own = weights[sample] if weights.shape[0] > 0 else 1.0
        own_squares += own * y[sample] * y[sample]
    mean_left, mean_right = left[0] / weight_left, (total[0] - left[0]) / weight_right
    return (
        own_squares / weight_left - mean_left * mean_left,
        (squares - own_squares) / weight_right - mean_right * mean_right,
        weight_left,
    )


class Nodes(NamedTuple):
    """The nodes of a tree, one entry each."""

    feature: Any
    threshold: Any
    left: Any
    right: Any
    value: Any
    """A row a node: shares of the classes, or the mean."""
    impurity: Any
    weight: Any
    count: Any
    depth: Any


@inner
def node(
    columns: Singles,
    y: Vector,
    weights: Vector,
    limits: Limits,
    work: Work,
    nodes: Nodes,
    number: int,
    whole: float,
    start: int,
    end: int,
    depth: int,
    impurity: float,
    known: int,
) -> tuple[int, int, float, float, float, float, int]:
    """Fills in a node; gives the feature (-1: a leaf), position and threshold of its border, the impurities on both sides, the gain and the
    number of constant features. An impurity of minus infinity is computed.
    """
    measure = limits.measure
    weight, squares = begin(y, weights, work.samples, work.total, measure, start, end)
    if impurity == -math.inf:
        if measure == SQUARED:
            mean = work.total[0] / weight
            impurity = squares / weight - mean * mean
        else:
            impurity = impurity_of(work.total, work.nothing, weight, measure)
    count = end - start
    nodes.feature[number] = -2
    nodes.threshold[number] = -2.0
    nodes.left[number] = -1
    nodes.right[number] = -1
    for place in range(work.total.shape[0]):
        nodes.value[number, place] = work.total[place] / weight
    nodes.impurity[number] = impurity
    nodes.weight[number] = weight
    nodes.count[number] = count
    nodes.depth[number] = depth
    stop = (
        (limits.max_depth >= 0 and depth >= limits.max_depth)
        or count < limits.min_split
        or count < 2 * limits.min_leaf
        or weight < 2.0 * limits.min_weight
        or impurity <= EPSILON
    )
    if stop:
        return -1, 0, 0.0, 0.0, 0.0, 0.0, known
    feature, position, threshold, known, last = best_border(columns, y, weights, limits, work, start, end, weight, known)
    if feature < 0:
        return -1, 0, 0.0, 0.0, 0.0, 0.0, known
    divided = limits.drawn and last == feature
    left, right, weight_left = divide(
        columns[feature],
        y,
        weights,
        work.samples,
        work.total,
        work.left,
        work.nothing,
        measure,
        start,
        end,
        position,
        threshold,
        divided,
        weight,
        squares,
    )
    weight_right = weight - weight_left
    gain = (weight / whole) * (impurity - weight_right / weight * right - weight_left / weight * left)
    if gain + EPSILON < limits.min_gain:
        return -1, 0, 0.0, 0.0, 0.0, 0.0, known
    return feature, position, threshold, left, right, gain, known


@inner
def rise(heap: Places, gains: Vector, place: int) -> None:
    """Puts an entry where a heap with the largest gain on top has it, from this place upwards."""
    while place > 0:
        above = (place - 1) // 2
        if gains[heap[above]] >= gains[heap[place]]:
            return
        heap[above], heap[place] = heap[place], heap[above]
        place = above


@inner
def take_top(heap: Places, gains: Vector, size: int) -> int:
    """Takes the entry on top of a heap. The steps are those of the C++ library, which decide among equal gains."""
    top = heap[0]
    size -= 1
    if size == 0:
        return top
    heap[0] = heap[size]
    hole = 0
    while True:
        right = 2 * hole + 2
        if right < size:
            child = right - 1 if gains[heap[right]] < gains[heap[right - 1]] else right
        elif right == size:
            child = right - 1
        else:
            break
        heap[hole], heap[child] = heap[child], heap[hole]
        hole = child
    rise(heap, gains, hole)
    return top


@inner
def wait(waiting: Places, impurities: Vector, size: int, side: Places, impurity: float) -> int:
    """Puts a node to be grown on the stack; gives the size of the stack."""
    for place in range(6):
        waiting[size, place] = side[place]
    impurities[size] = impurity
    return size + 1


@inner
def grow_nodes(
    columns: Singles, y: Vector, weights: Vector, limits: Limits, work: Work, nodes: Nodes, whole: float, max_leaves: int
) -> int:
    """Grows all nodes, depth first; with a limit on leaves (else -1) always the leaf whose border gains most. Gives the number of nodes."""
    samples = work.samples.shape[0]
    by_gain = max_leaves > 0
    room = nodes.feature.shape[0] if by_gain else 1
    heap, borders = np.empty(room, np.int64), np.zeros((room, 4), np.int64)
    gains, thresholds, impurities = np.zeros(room), np.zeros(room), np.zeros((room, 2))
    # Start, end, depth, parent, whether it is the left side, and how many features are known to be constant.
    waiting, waiting_impurities = np.zeros((samples + 2, 6), np.int64), np.full(samples + 2, -math.inf)
    side = np.zeros(6, np.int64)
    waiting[0, 1], waiting[0, 3] = samples, -1
    count = 0
    size = 1
    opened = 0
    left_over = max_leaves - 1
    while True:
        if size > 0:
            size -= 1
            start, end, depth, known = waiting[size, 0], waiting[size, 1], waiting[size, 2], waiting[size, 5]
            parent, is_left = waiting[size, 3], waiting[size, 4]
            number = count
            count += 1
            feature, position, threshold, left, right, gain, known = node(
                columns, y, weights, limits, work, nodes, number, whole, start, end, depth, waiting_impurities[size], known
            )
            if parent >= 0 and is_left == 1:
                nodes.left[parent] = number
            elif parent >= 0:
                nodes.right[parent] = number
            if by_gain:
                borders[number, 0], borders[number, 1], borders[number, 2], borders[number, 3] = feature, position, start, end
                thresholds[number], gains[number] = threshold, gain
                impurities[number, 0], impurities[number, 1] = left, right
                heap[opened] = number
                opened += 1
                rise(heap, gains, opened - 1)
                continue
            if feature < 0:
                continue
        else:
            number = -1
            while opened > 0 and number < 0:
                top = take_top(heap, gains, opened)
                opened -= 1
                if borders[top, 0] >= 0 and left_over > 0:
                    number = top
            if number < 0:
                return count
            left_over -= 1
            feature, position, start, end = borders[number, 0], borders[number, 1], borders[number, 2], borders[number, 3]
            threshold, left, right = thresholds[number], impurities[number, 0], impurities[number, 1]
            depth, known = nodes.depth[number], 0
        nodes.feature[number] = feature
        nodes.threshold[number] = threshold
        # The left side comes last, and so is looked at first.
        side[0], side[1], side[2], side[3], side[4], side[5] = position, end, depth + 1, number, 0, known
        size = wait(waiting, waiting_impurities, size, side, right)
        side[0], side[1], side[4] = start, position, 1
        size = wait(waiting, waiting_impurities, size, side, left)


@compiled
def grow(columns: Singles, y: Vector, weights: Vector, classes: int, limits: Limits, max_leaves: int, seed: int) -> Nodes:
    """A tree on class numbers or targets; `columns` holds the columns of the data as rows. No weights: all samples weigh one; a sample of weight zero is left out."""
    features, rows = columns.shape
    weighted = weights.shape[0] > 0
    samples = np.empty(rows, np.int64)
    kept = 0
    whole = 0.0
    for row in range(rows):
        own = weights[row] if weighted else 1.0
        whole += own
        if own != 0.0:
            samples[kept] = row
            kept += 1
    work = Work(
        samples[:kept],
        np.empty(kept, np.float32),
        np.arange(features),
        np.zeros(features, np.int64),
        np.zeros(classes),
        np.zeros(classes),
        np.zeros(classes),
        np.full(1, seed, np.int64),
        np.empty(3 * 128, np.int64),
    )
    room = 2 * kept + 1 if max_leaves <= 0 else 2 * max_leaves + 1
    nodes = Nodes(
        np.empty(room, np.int64),
        np.empty(room),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
        np.empty((room, classes)),
        np.empty(room),
        np.empty(room),
        np.empty(room, np.int64),
        np.empty(room, np.int64),
    )
    count = grow_nodes(columns, y, weights, limits, work, nodes, whole, max_leaves)
    return Nodes(
        nodes.feature[:count].copy(),
        nodes.threshold[:count].copy(),
        nodes.left[:count].copy(),
        nodes.right[:count].copy(),
        nodes.value[:count].copy(),
        nodes.impurity[:count].copy(),
        nodes.weight[:count].copy(),
        nodes.count[:count].copy(),
        nodes.depth[:count].copy(),
    )
