"""Sorting of feature values with the samples they belong to.

The order of samples with equal values decides in which order a tree adds their targets, and so the last bits of its sums. Hence this is the same
introsort as scikit-learn's: three-way quicksort, heap sort where it goes too deep, insertion for up to 15.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from batuta_engine.jit import inner

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Singles = npt.NDArray[np.float32]
    Places = npt.NDArray[np.int64]


@inner
def heap_sort(values: Singles, samples: Places, first: int, last: int) -> None:
    """Sorts a run by a heap: first the heap is built, then its top goes to the end, again and again."""
    count = last - first
    build = (count - 2) // 2
    end = count
    while end > 1:
        if build >= 0:
            root = build
            build -= 1
        else:
            end -= 1
            values[first], values[first + end] = values[first + end], values[first]
            samples[first], samples[first + end] = samples[first + end], samples[first]
            root = 0
        while True:
            child = root * 2 + 1
            largest = root
            if child < end and values[first + largest] < values[first + child]:
                largest = child
            if child + 1 < end and values[first + largest] < values[first + child + 1]:
                largest = child + 1
            if largest == root:
                break
            a, b = first + root, first + largest
            values[a], values[b] = values[b], values[a]
            samples[a], samples[b] = samples[b], samples[a]
            root = largest


@inner
def sort_together(values: Singles, samples: Places, first: int, last: int, stack: Places) -> None:
    """Sorts the values of a run and moves the samples along. `stack` has room for 3 times 128 numbers."""
    if last - first == 0:
        return
    stack[0], stack[1], stack[2] = first, last, 2 * int(math.log2(last - first))
    waiting = 1
    while waiting > 0:
        waiting -= 1
        low_end, high_end, depth = stack[3 * waiting], stack[3 * waiting + 1], stack[3 * waiting + 2]
        while high_end - low_end > 15:
            if depth <= 0:
                heap_sort(values, samples, low_end, high_end)
                low_end = high_end
                break
            depth -= 1
            # The middle one of the first, the middle and the last value.
            a, b, c = values[low_end], values[low_end + (high_end - low_end) // 2], values[high_end - 1]
            pivot = max(min(a, b), min(max(a, b), c))
            at, low, high = low_end, low_end, high_end
            while at < high:
                value = values[at]
                if value < pivot:
                    values[at], values[low] = values[low], value
                    samples[at], samples[low] = samples[low], samples[at]
                    at += 1
                    low += 1
                elif value > pivot:
                    high -= 1
                    values[at], values[high] = values[high], value
                    samples[at], samples[high] = samples[high], samples[at]
                else:
                    at += 1
            # Both parts are sorted on their own, so that it does not matter which comes first: the longer one waits.
            if low - low_end > high_end - high:
                stack[3 * waiting], stack[3 * waiting + 1], stack[3 * waiting + 2] = low_end, low, depth
                low_end = high
            else:
                stack[3 * waiting], stack[3 * waiting + 1], stack[3 * waiting + 2] = high, high_end, depth
                high_end = low
            waiting += 1
        for at in range(low_end + 1, high_end):
            value, sample = values[at], samples[at]
            place = at
            while place > low_end and values[place - 1] > value:
                values[place] = values[place - 1]
                samples[place] = samples[place - 1]
                place -= 1
            values[place] = value
            samples[place] = sample
