"""The engine's tests keep compiled kernels beside the other caches of the tests, so that only the first run compiles them."""

from __future__ import annotations

import os
from pathlib import Path

CACHE = Path(__file__).resolve().parents[1] / ".cache" / "engine"

os.environ["BATUTA_ENGINE_CACHE"] = str(CACHE)
os.environ["NUMBA_CACHE_DIR"] = str(CACHE / "compiled")
