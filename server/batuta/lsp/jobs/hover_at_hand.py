"""A hover while somebody types: from the last analysis, if the line has not changed since, and at once.

It runs beside the other jobs, because the job before it may be the analysis of a text that is typed over already.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from batuta.lsp.jobs.hover import describe
from batuta.lsp.workbench import Workbench

BACKGROUND = True


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """`known`, and if so `hover` as the job `hover` returns it."""
    found = bench.at_hand(parameters, parameters["line"])
    if found is None:
        return {"known": False}
    analysis, moved = found
    hover = describe(analysis, (parameters["line"] - moved, parameters["column"]))
    if hover is not None:
        first, column, last, end = hover["span"]
        hover = {**hover, "span": [first + moved, column, last + moved, end]}
    return {"known": True, "hover": hover}
