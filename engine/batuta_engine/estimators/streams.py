"""The random stream that `random_state=` names, for kernels that draw from MT19937."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from batuta_engine.random import RandomState
    from batuta_engine.random.legacy import State


@contextmanager
def drawing(random_state: Any) -> Iterator[State]:
    """The state of a seed, of a stream, or for None of `numpy.random`. What is drawn inside is missing from the stream afterwards."""
    from batuta_engine.random import RandomState, legacy

    if isinstance(random_state, RandomState):
        yield random_state.state
        return
    if random_state is not None and not isinstance(random_state, np.random.RandomState):
        yield legacy.new_state(int(random_state))
        return
    stream: Any = np.random.mtrand._rand if random_state is None else random_state
    found = stream.get_state(legacy=False)
    words = found["state"]
    state = legacy.State(
        np.ascontiguousarray(words["key"], np.uint32).copy(),
        np.array([words["pos"]], np.int64),
        np.array([float(found["has_gauss"]), found["gauss"]]),
    )
    yield state
    words["key"], words["pos"] = state.key, int(state.place[0])
    found["has_gauss"], found["gauss"] = int(state.spare[0]), float(state.spare[1])
    stream.set_state(found)


@contextmanager
def stream(random_state: Any) -> Iterator[RandomState]:
    """The same as an object with NumPy's methods."""
    from batuta_engine.random import RandomState

    with drawing(random_state) as state:
        made = RandomState.__new__(RandomState)
        made.state = state
        yield made


def seed_from(state: State) -> int:
    """What `randint(numpy.iinfo(numpy.int32).max)` draws: the seed of a part of an estimator."""
    from batuta_engine.random import legacy

    return int(legacy.bounded(state, np.uint64(2**31 - 2)))
