"""What one offer comes to: edits of the Python file and new files."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from batuta.lsp.assist import Change, Selection
from batuta.lsp.assists import assists
from batuta.lsp.jobs.wire import span_out
from batuta.lsp.workbench import JobFailed, Workbench


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """`edits` (pairs of a span and its new text) and `files` (pairs of a path and its text)."""
    assist = assists().get(parameters["assist"])
    if assist is None:
        raise JobFailed(f"no such quick fix: {parameters['assist']}")
    start, end = tuple(parameters["start"]), tuple(parameters["end"])
    change: Change = assist.change(Selection(bench.analysis(parameters), start, end), parameters["data"])
    return {
        "edits": [[span_out(span), text] for span, text in change.edits],
        "files": [[each.path, each.text] for each in change.files],
    }
