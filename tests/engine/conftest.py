"""The engine's tests keep compiled kernels beside the other caches of the tests, so that only the first run compiles them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

CACHE = Path(__file__).resolve().parents[1] / ".cache" / "engine"

os.environ["BATUTA_ENGINE_CACHE"] = str(CACHE)


@pytest.fixture(autouse=True, scope="session")
def one_thread_for_others() -> Iterator[None]:
    """scikit-learn's threads wait for each other where the machine has other work, and small data is many times slower with two of them."""
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        yield
