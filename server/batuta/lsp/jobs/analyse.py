"""The findings of a document that may be shown, and a word when it was too large to look at."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from batuta.lsp.jobs.wire import finding_out
from batuta.lsp.workbench import Workbench

NOT_SHOWN = ("BAT001", "BAT002", "BAT003")
"""Every editor has a server that shows syntax errors; a file that is too large gets one message instead."""


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """`findings` to show, and `notice` (empty, or why the file was not looked at)."""
    analysis = bench.analysis(parameters)
    notice = next((finding.reason for finding in analysis.findings if finding.code == "BAT003"), "")
    return {
        "findings": [finding_out(finding) for finding in analysis.shown if finding.code not in NOT_SHOWN],
        "notice": notice,
    }
