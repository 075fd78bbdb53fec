"""Sharing rows out among threads, for kernels whose rows do not depend on each other: the result has the same bits for any number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from typing import Any

from batuta_engine.threads import thread_count

WORTH_SHARING = 400_000
"""Numbers to work on from which a second thread pays: handing work over costs some ten microseconds."""

_fast: list[bool] = [False]


@contextmanager
def fast() -> Iterator[None]:
    """Inside, sums may be shared out among threads and problems solved by quicker ways: the last bits depend on the machine."""
    _fast.append(True)
    try:
        yield
    finally:
        _fast.pop()


def is_fast() -> bool:
    """Whether the quicker ways are allowed."""
    return _fast[-1]


@cache
def _pool(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, thread_name_prefix="batuta-engine")


def parts(rows: int, work: int) -> list[tuple[int, int]]:
    """The rows in as many runs as threads pay for so much work."""
    count = thread_count() if work >= WORTH_SHARING else 1
    count = max(1, min(count, rows))
    return [(rows * at // count, rows * (at + 1) // count) for at in range(count)]


def share_out(kernel: Callable[[int, int], Any], rows: int, work: int) -> list[Any]:
    """Calls the kernel for runs of rows, each on a thread of its own."""
    runs = parts(rows, work)
    if len(runs) == 1:
        return [kernel(*runs[0])]
    return list(_pool(len(runs)).map(lambda run: kernel(*run), runs))


def each(kernel: Callable[[int], Any], count: int, work: int) -> list[Any]:
    """Calls the kernel for the numbers below `count`, on several threads; results in order."""
    threads = thread_count() if work >= WORTH_SHARING else 1
    if threads == 1 or count < 2:
        return [kernel(at) for at in range(count)]
    return list(_pool(threads).map(kernel, range(count)))
