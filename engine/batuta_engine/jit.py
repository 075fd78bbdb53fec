"""numba's compiler, with its cache in the engine's private folder."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

from batuta_engine.storage import private_folder

_Function = TypeVar("_Function", bound=Callable[..., Any])

_HERE = Path(__file__).resolve().parent


def _state() -> str:
    """A name for the engine's sources as they are now.

    numba compiles a kernel again when its own file has changed, but not when the file of a kernel that it calls has.
    """
    files = sorted((path.relative_to(_HERE).as_posix(), path.stat().st_mtime_ns) for path in _HERE.glob("**/*.py"))
    return hashlib.sha256(repr(files).encode()).hexdigest()[:12]


if "numba" not in sys.modules:
    # Compiled kernels are pickles: they lie where nobody else can write, never beside the source.
    os.environ.setdefault("NUMBA_CACHE_DIR", str(private_folder("compiled") / _state()))


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
