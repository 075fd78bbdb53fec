"""Measures this machine: from how many elements on each backend is faster than the one before it."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from batuta_engine.selection.complexity import OpComplexity
from batuta_engine.selection.selector import Thresholds
from batuta_engine.storage import private_folder

_FILE = "calibration.json"
_VERSION = 1
SIZES = (1_000, 10_000, 100_000, 1_000_000, 4_000_000)
"""Elements. Products go to 1,000,000 in each operand: beyond, the reference takes minutes."""


def read_measured() -> Mapping[OpComplexity, Thresholds] | None:
    """What `calibrate` stored; None where nothing was stored, or by another version."""
    try:
        stored = json.loads((private_folder() / _FILE).read_text(encoding="utf-8"))
        if stored["version"] != _VERSION:
            return None
        return {OpComplexity(name): Thresholds(row["simd"], row["gpu"]) for name, row in stored["thresholds"].items()}
    except (OSError, ValueError, KeyError, TypeError, RuntimeError):
        return None


def calibrate(progress: Callable[[str], None] = lambda line: None, repeats: int = 5) -> Mapping[OpComplexity, Thresholds]:
    """Time each kind of operation on each backend, store and return from where each pays. Takes some seconds.

    A backend pays from the smallest size at which it is faster and stays so at all larger ones.
    """
    from batuta_engine.backends.gpu import is_available, is_simulated

    backends = ["scalar", "simd"] + (["gpu"] if is_available() and not is_simulated() else [])
    found: dict[OpComplexity, Thresholds] = {}
    for complexity in OpComplexity:
        times: dict[str, list[float]] = {each: [] for each in backends}
        sizes = [size for size in SIZES if complexity is not OpComplexity.HIGH or size <= 250_000]
        for size in sizes:
            for backend in backends:
                times[backend].append(_time(_work(complexity, size, backend), repeats))
            progress(
                f"{complexity}, {size:,} elements: " + ", ".join(f"{each} {times[each][-1] * 1e6:.0f} µs" for each in backends)
            )
        simd = _pays_from(sizes, times["simd"], times["scalar"])
        gpu = _pays_from(sizes, times["gpu"], times["simd"]) if "gpu" in times else None
        found[complexity] = Thresholds(simd, gpu)
    rows = {each.value: {"simd": row.simd, "gpu": row.gpu} for each, row in found.items()}
    text = json.dumps({"version": _VERSION, "thresholds": rows}, indent=2) + "\n"
    (private_folder() / _FILE).write_text(text, encoding="utf-8")
    return found


def _pays_from(sizes: list[int], times: list[float], before: list[float]) -> int | None:
    faster = [mine < theirs for mine, theirs in zip(times, before, strict=True)]
    return next((size for index, size in enumerate(sizes) if all(faster[index:])), None)


def _work(complexity: OpComplexity, size: int, backend: str) -> Callable[[], Any]:
    from batuta_engine.backends.products import multiply
    from batuta_engine.backends.reductions import reduce
    from batuta_engine.expressions import lazy

    rng = np.random.default_rng(0)
    if complexity is OpComplexity.HIGH:
        side = max(1, round(size**0.5))
        a, b = rng.normal(size=(2, side, side)).astype(np.float32)
        return lambda: multiply(a, b, backend)
    x, y, out = rng.normal(size=(3, size)).astype(np.float32)
    if complexity is OpComplexity.MEDIUM:
        return lambda: reduce("sum", (x,), backend)
    return lambda: (lazy(x) * y + x).evaluate(backend, out)


def _time(work: Callable[[], Any], repeats: int) -> float:
    work()
    times: list[float] = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)
