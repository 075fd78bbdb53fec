"""The private folder of the engine: compiled kernels and this machine's measurements.

numba keeps compiled kernels as pickles, so whoever can write there can run code: the folder belongs to the user alone. It is never one
of a workspace. `BATUTA_ENGINE_CACHE` overrides the place.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path


class StorageError(RuntimeError):
    """The private folder cannot be used."""


def private_folder(name: str = "") -> Path:
    """The folder, made where it is missing. Raises StorageError where others than the user could write to it."""
    override = os.environ.get("BATUTA_ENGINE_CACHE")
    if override:
        root = Path(override).expanduser().resolve()
    else:
        import platformdirs

        root = Path(platformdirs.user_cache_dir("batuta-engine", appauthor=False))
    folder = root / name if name else root
    try:
        for each in (root, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            _check(each)
    except OSError as problem:
        raise StorageError(f"{folder} cannot be made: {problem.strerror}; set BATUTA_ENGINE_CACHE to another place") from None
    return folder


def _check(folder: Path) -> None:
    if not hasattr(os, "getuid"):
        return
    status = folder.stat()
    if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise StorageError(f"others can write to {folder}; set BATUTA_ENGINE_CACHE to a folder of your own")
