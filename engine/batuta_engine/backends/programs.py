"""Loads generated modules. Each text is written once into the private folder, so that numba finds what it compiled in earlier runs."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import sys
import tempfile
from functools import cache
from types import ModuleType

from batuta_engine.storage import private_folder


@cache
def load(text: str, name: str) -> ModuleType:
    """The module with this text. Importing numba is part of it, and happens at the first kernel that is used."""
    importlib.import_module("batuta_engine.jit")
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    folder = private_folder("kernels")
    path = folder / f"{name}_{digest}.py"
    if not path.exists():
        # Written aside and renamed: another process may load it at the same time.
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".py")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    module_name = f"batuta_engine_kernels.{name}_{digest}"
    spec = importlib.util.spec_from_file_location(module_name, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module_name] = module
    spec.loader.exec_module(module)
    return module
