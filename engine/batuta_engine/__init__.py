"""The numeric engine: trueno's arrays on three backends, NumPy's random streams, and the numbers that a program will compute.

Nothing heavy happens at import: numba is loaded by the first kernel that runs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batuta_engine.arrays import Matrix, Vector, array
    from batuta_engine.comparison import Comparison, compare, compare_distributions, ulp_distance
    from batuta_engine.expressions import Expression, fused, lazy
    from batuta_engine.selection import Backend, BackendSelector, CostModel, OpComplexity, explain
    from batuta_engine.selection.calibration import calibrate
    from batuta_engine.threads import limited_threads, thread_count

_HOMES = {
    "Backend": "selection",
    "BackendSelector": "selection",
    "Comparison": "comparison",
    "CostModel": "selection",
    "Expression": "expressions",
    "Matrix": "arrays",
    "OpComplexity": "selection",
    "Vector": "arrays",
    "array": "arrays",
    "calibrate": "selection.calibration",
    "compare": "comparison",
    "compare_distributions": "comparison",
    "explain": "selection",
    "fused": "expressions",
    "lazy": "expressions",
    "limited_threads": "threads",
    "thread_count": "threads",
    "ulp_distance": "comparison",
}

__all__ = [
    "Backend",
    "BackendSelector",
    "Comparison",
    "CostModel",
    "Expression",
    "Matrix",
    "OpComplexity",
    "Vector",
    "array",
    "calibrate",
    "compare",
    "compare_distributions",
    "explain",
    "fused",
    "lazy",
    "limited_threads",
    "thread_count",
    "ulp_distance",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"batuta_engine.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
