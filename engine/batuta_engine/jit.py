"""numba's compiler, with its cache in the engine's private folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar, cast

from batuta_engine.storage import private_folder

_Function = TypeVar("_Function", bound=Callable[..., Any])

if "numba" not in sys.modules:
    # Compiled kernels are pickles: they lie where nobody else can write, never beside the source.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(private_folder("compiled")))


def compiled(function: _Function) -> _Function:
    """A function that numba compiles at its first call and keeps for later processes. It can be called inside other kernels."""
    import numba

    # Without the lock several threads grow trees at the same time.
    made: Any = numba.njit(cache=True, error_model="numpy", nogil=True)(function)
    return cast(_Function, made)


def inner(function: _Function) -> _Function:
    """The same for a function that only other kernels call: without the bridge from Python it compiles faster."""
    import numba

    # numba's type hints do not know the last two.
    njit: Any = numba.njit
    made: Any = njit(cache=True, error_model="numpy", nogil=True, no_cpython_wrapper=True, no_cfunc_wrapper=True)(function)
    return cast(_Function, made)


def fused(function: _Function) -> _Function:
    """The same with products and sums in one rounding where the processor can, as BLAS computes them."""
    import numba

    made: Any = numba.njit(cache=True, error_model="numpy", nogil=True, fastmath={"contract"})(function)
    return cast(_Function, made)
