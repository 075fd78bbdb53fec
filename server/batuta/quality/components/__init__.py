"""The scoring rules of the technical debt grade, one a file, found by listing this folder.

A component offers `NAME`, `WEIGHT` (its greatest score), `ORDER` and `score(counts) -> float`. The docstring of its file shows
an example file and the score that it gets; a test holds the two together.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def components() -> tuple[ModuleType, ...]:
    """All components in the order in which a report lists them."""
    found = [importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)]
    return tuple(sorted(found, key=lambda module: (module.ORDER, module.NAME)))
