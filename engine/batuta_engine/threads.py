"""How many threads the engine uses.

BLAS spins while it waits: on a machine that compiles at the same time, two threads on a small product were measured 50 to 90 times slower
than one. So small products run on one thread, and only large ones on all that are allowed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

LARGE_PRODUCT = 100_000_000
"""Floating-point operations from which a product uses more than one thread. Entering a limit costs a millisecond."""

_chosen: list[int] = []


def thread_count() -> int:
    """The number of threads: as set, else `BATUTA_ENGINE_THREADS`, else what this process may use."""
    if _chosen:
        return _chosen[-1]
    given = os.environ.get("BATUTA_ENGINE_THREADS", "")
    if given.isdigit() and int(given) > 0:
        return int(given)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def limited_threads(count: int) -> Iterator[None]:
    """Inside, the engine's kernels and products use at most so many threads. Raises ValueError for a count below one."""
    if count < 1:
        raise ValueError(f"at least one thread is needed, not {count}")
    import numba

    before = numba.get_num_threads()
    _chosen.append(count)
    most: Any = numba.config
    numba.set_num_threads(min(count, most.NUMBA_NUM_THREADS))
    try:
        yield
    finally:
        _chosen.pop()
        numba.set_num_threads(before)


@cache
def _controller() -> Any:
    """The BLAS that NumPy has loaded, limited to one thread from here on."""
    from threadpoolctl import ThreadpoolController

    controller = ThreadpoolController().select(user_api="blas")
    for each in controller.lib_controllers:
        each.set_num_threads(1)
    return controller


@contextmanager
def threads_for(operations: int) -> Iterator[None]:
    """BLAS with as many threads as a product of so many floating-point operations is worth."""
    controller = _controller()
    if operations < LARGE_PRODUCT or thread_count() == 1:
        yield
        return
    with controller.limit(limits=thread_count()):
        yield
