"""The stream of `Generator`: PCG64 (O'Neill 2014, XSL RR 128/64), with ziggurats for the normal and the exponential distribution.

A state is (words, spare): the halves of the 128-bit state and of its increment, and the unused half of the last 32-bit draw.
"""

from __future__ import annotations

import math
from importlib.resources import files
from typing import Any, NamedTuple

import numpy as np

from batuta_engine.jit import compiled

MULTIPLIER_HIGH, MULTIPLIER_LOW = np.uint64(0x2360ED051FC65DA4), np.uint64(0x4385DF649FCCF645)
LOW32 = np.uint64(0xFFFFFFFF)
U32 = np.uint64(32)
FULL64 = np.uint64(0xFFFFFFFFFFFFFFFF)
EDGE, EDGE_INVERSE = 3.6541528853610088, 0.27366123732975828
EXPONENTIAL_EDGE = 7.69711747013104972

with files("batuta_engine.random").joinpath("ziggurat.npz").open("rb") as _file, np.load(_file) as _tables:
    # Marsaglia and Tsang's layers: widths, heights and limits as the last bit of NumPy's own arithmetic has them.
    NORMAL_WIDTHS, NORMAL_HEIGHTS, NORMAL_LIMITS = (_tables[f"normal_{each}"] for each in ("widths", "heights", "limits"))
    EXP_WIDTHS, EXP_HEIGHTS, EXP_LIMITS = (_tables[f"exponential_{each}"] for each in ("widths", "heights", "limits"))


class State(NamedTuple):
    """Arrays, so that functions can change them in place."""

    words: Any
    """High and low half of the state, high and low half of the increment."""
    spare: Any
    """Whether there is one (0 or 1), and its 32 bits."""


def new_state(seed: int) -> State:
    """The state of `default_rng(seed)`. Raises ValueError for a negative seed."""
    if seed < 0:
        raise ValueError("expected non-negative integer")
    high, low, increment_high, increment_low = _seed_words(seed)
    wide, full = 0x2360ED051FC65DA44385DF649FCCF645, (1 << 128) - 1
    increment = ((increment_high << 64 | increment_low) << 1 | 1) & full
    state = (increment + (high << 64 | low)) & full
    state = (state * wide + increment) & full
    halves = [state >> 64, state & (2**64 - 1), increment >> 64, increment & (2**64 - 1)]
    return State(np.array(halves, np.uint64), np.zeros(2, np.uint64))


def _seed_words(seed: int) -> list[int]:
    """Four 64-bit words of NumPy's seed sequence (O'Neill 2015, "Developing a seed_seq alternative")."""
    full = 0xFFFFFFFF
    entropy = [seed & full]
    while seed := seed >> 32:
        entropy.append(seed & full)
    constant = 0x43B0D7E5

    def hashed(value: int) -> int:
        nonlocal constant
        value ^= constant
        constant = constant * 0x931E8875 & full
        value = value * constant & full
        return value ^ value >> 16

    def mix(x: int, y: int) -> int:
        result = (0xCA01F9DD * x - 0x4973F715 * y) & full
        return result ^ result >> 16

    pool = [hashed(entropy[place] if place < len(entropy) else 0) for place in range(4)]
    for source in range(4):
        for target in range(4):
            if source != target:
                pool[target] = mix(pool[target], hashed(pool[source]))
    for word in entropy[4:]:
        for place in range(4):
            pool[place] = mix(pool[place], hashed(word))
    constant = 0x8B51F9DD
    words: list[int] = []
    for place in range(8):
        value = pool[place % 4] ^ constant
        constant = constant * 0x58F38DED & full
        value = value * constant & full
        words.append(value ^ value >> 16)
    return [words[2 * place] | words[2 * place + 1] << 32 for place in range(4)]


@compiled
def _high_half(a: Any, b: Any) -> Any:
    """The upper 64 bits of a 128-bit product."""
    a_low, a_high, b_low, b_high = a & LOW32, a >> U32, b & LOW32, b >> U32
    middle = a_high * b_low + ((a_low * b_low) >> U32)
    other = a_low * b_high + (middle & LOW32)
    return a_high * b_high + (middle >> U32) + (other >> U32)


@compiled
def next64(state: State) -> Any:
    """The next 64 bits."""
    words = state.words
    low = words[1] * MULTIPLIER_LOW
    high = _high_half(words[1], MULTIPLIER_LOW) + words[1] * MULTIPLIER_HIGH + words[0] * MULTIPLIER_LOW
    new_low = low + words[3]
    high += words[2]
    if new_low < low:
        high += np.uint64(1)
    words[0], words[1] = high, new_low
    folded = high ^ new_low
    turn = high >> np.uint64(58)
    back = (np.uint64(64) - turn) & np.uint64(63)
    return (folded >> turn) | (folded << back)


@compiled
def next32(state: State) -> Any:
    """The next 32 bits; the upper half of a 64-bit draw is kept for the next call."""
    if state.spare[0]:
        state.spare[0] = 0
        return state.spare[1]
    bits = next64(state)
    state.spare[0] = 1
    state.spare[1] = bits >> U32
    return bits & LOW32


@compiled
def double(state: State) -> float:
    """A number in [0, 1) with 53 bits."""
    return float(next64(state) >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@compiled
def gauss(state: State) -> Any:
    """A normal number from a ziggurat of 256 layers (Marsaglia and Tsang 2000)."""
    while True:
        bits = next64(state)
        layer = np.int64(bits & np.uint64(0xFF))
        bits >>= np.uint64(8)
        negative = (bits & np.uint64(1)) == np.uint64(1)
        size = (bits >> np.uint64(1)) & np.uint64(0x000FFFFFFFFFFFFF)
        value = float(size) * NORMAL_WIDTHS[layer]
        if negative:
            value = -value
        if size < NORMAL_LIMITS[layer]:
            return value
        if layer == 0:
            while True:
                x = -EDGE_INVERSE * math.log1p(-double(state))
                y = -math.log1p(-double(state))
                if y + y > x * x:
                    return -(EDGE + x) if (size >> np.uint64(8)) & np.uint64(1) else EDGE + x
        upper, lower = NORMAL_HEIGHTS[layer - 1], NORMAL_HEIGHTS[layer]
        if (upper - lower) * double(state) + lower < math.exp(-0.5 * value * value):
            return value


@compiled
def exponential(state: State) -> Any:
    """A number of the exponential distribution with mean 1, from a ziggurat of 256 layers."""
    while True:
        bits = next64(state) >> np.uint64(3)
        layer = np.int64(bits & np.uint64(0xFF))
        bits >>= np.uint64(8)
        value = float(bits) * EXP_WIDTHS[layer]
        if bits < EXP_LIMITS[layer]:
            return value
        if layer == 0:
            return EXPONENTIAL_EDGE - math.log1p(-double(state))
        upper, lower = EXP_HEIGHTS[layer - 1], EXP_HEIGHTS[layer]
        if (upper - lower) * double(state) + lower < math.exp(-value):
            return value


@compiled
def bounded(state: State, limit: Any) -> Any:
    """An integer in 0..=limit by Lemire's multiplication (2019), the method of `integers`."""
    limit = np.uint64(limit)
    if limit == np.uint64(0):
        return np.uint64(0)
    if limit == LOW32:
        return np.uint64(next32(state))
    if limit < LOW32:
        span = limit + np.uint64(1)
        product = np.uint64(next32(state)) * span
        if (product & LOW32) < span:
            threshold = (LOW32 - limit) % span
            while (product & LOW32) < threshold:
                product = np.uint64(next32(state)) * span
        return product >> U32
    if limit == FULL64:
        return next64(state)
    span = limit + np.uint64(1)
    bits = next64(state)
    low = bits * span
    if low < span:
        threshold = (FULL64 - limit) % span
        while low < threshold:
            bits = next64(state)
            low = bits * span
    return _high_half(bits, span)


@compiled
def interval(state: State, limit: Any) -> Any:
    """An integer in 0..=limit by the method of `shuffle`: draws under the next power of two, until one is small enough."""
    limit = np.uint64(limit)
    if limit == np.uint64(0):
        return np.uint64(0)
    mask = limit
    for shift in (1, 2, 4, 8, 16, 32):
        mask |= mask >> np.uint64(shift)
    while True:
        bits = np.uint64(next32(state)) if limit <= LOW32 else next64(state)
        value = bits & mask
        if value <= limit:
            return value
