"""Quick fixes and rewrites, one a file, found by listing this folder.

A file offers `offer(selection) -> list[Offer]` and `change(selection, data) -> Change`. Leave `offer` at the first "no": it
runs while the cursor moves. `change` runs only for the offer that was chosen. The docstring shows the text before and after,
with the selection between `«` and `»`; that is the test and the reference page.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType


@cache
def assists() -> dict[str, ModuleType]:
    """All of them by file name."""
    names = sorted(each.name for each in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
