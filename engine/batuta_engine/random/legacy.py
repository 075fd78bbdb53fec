"""The stream of `RandomState`: MT19937 (Matsumoto and Nishimura 1998) and the formulas that NumPy froze with it.

A state is (key, place, spare): 624 words, the place in them, and the second number of the last pair of normal draws.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np

from batuta_engine.jit import compiled

UPPER, LOWER, TWIST = np.uint32(0x80000000), np.uint32(0x7FFFFFFF), np.uint32(0x9908B0DF)
MASK_B, MASK_C = np.uint32(0x9D2C5680), np.uint32(0xEFC60000)
ONE32 = np.uint32(1)
FULL64 = np.uint64(0xFFFFFFFFFFFFFFFF)


class State(NamedTuple):
    """Arrays, so that functions can change them in place."""

    key: Any
    """624 words of 32 bits."""
    place: Any
    """One integer."""
    spare: Any
    """Whether there is one (0.0 or 1.0), and the number."""


def new_state(seed: int) -> State:
    """The state of `RandomState(seed)`. Raises ValueError for a seed that has no 32 bits."""
    if not 0 <= seed < 2**32:
        raise ValueError("Seed must be between 0 and 2**32 - 1")
    key = np.empty(624, np.uint32)
    value = seed
    for place in range(624):
        key[place] = value
        value = (1812433253 * (value ^ (value >> 30)) + place + 1) & 0xFFFFFFFF
    return State(key, np.array([624], np.int64), np.zeros(2))


@compiled
def _refill(key: Any) -> None:
    for place in range(624):
        mixed = (key[place] & UPPER) | (key[(place + 1) % 624] & LOWER)
        value = key[(place + 397) % 624] ^ (mixed >> ONE32)
        key[place] = value ^ TWIST if mixed & ONE32 else value


@compiled
def next32(state: State) -> Any:
    """The next 32 bits."""
    if state.place[0] == 624:
        _refill(state.key)
        state.place[0] = 0
    bits = state.key[state.place[0]]
    state.place[0] += 1
    bits ^= bits >> np.uint32(11)
    bits ^= (bits << np.uint32(7)) & MASK_B
    bits ^= (bits << np.uint32(15)) & MASK_C
    return np.uint32(bits ^ (bits >> np.uint32(18)))


@compiled
def next64(state: State) -> Any:
    """The next 64 bits; the high half is drawn first."""
    high = np.uint64(next32(state))
    return np.uint64((high << np.uint64(32)) | np.uint64(next32(state)))


@compiled
def double(state: State) -> float:
    """A number in [0, 1) with 53 bits."""
    high = float(next32(state) >> np.uint32(5))
    low = float(next32(state) >> np.uint32(6))
    return (high * 67108864.0 + low) / 9007199254740992.0


@compiled
def gauss(state: State) -> float:
    """A normal number by the polar method (Marsaglia and Bray 1964); every second one is kept from the last pair."""
    if state.spare[0] != 0.0:
        state.spare[0] = 0.0
        return float(state.spare[1])
    while True:
        x = 2.0 * double(state) - 1.0
        y = 2.0 * double(state) - 1.0
        square = x * x + y * y
        if square < 1.0 and square != 0.0:
            factor = math.sqrt(-2.0 * math.log(square) / square)
            state.spare[0] = 1.0
            state.spare[1] = factor * x
            return factor * y


@compiled
def bounded(state: State, limit: Any) -> Any:
    """An integer in 0..=limit: draws under the next power of two are repeated until one is small enough."""
    limit = np.uint64(limit)
    if limit == np.uint64(0):
        return np.uint64(0)
    mask = limit
    for shift in (1, 2, 4, 8, 16, 32):
        mask |= mask >> np.uint64(shift)
    while True:
        bits = np.uint64(next32(state)) if limit <= np.uint64(0xFFFFFFFF) else next64(state)
        value = bits & mask
        if value <= limit:
            return value
