"""The Rust of a document with its source map, for the side-by-side view."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from batuta.lsp.jobs.wire import finding_out, span_out
from batuta.lsp.workbench import Workbench


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """`rust` (empty when refused), `sourceMap` (pairs of a Rust line and a Python span), and all `findings`.

    The Rust of the program's modules stands below its own, each under its file's name.
    """
    analysis = bench.analysis(parameters)
    rust, source_map = analysis.rust, [] if analysis.translation is None else analysis.translation.source_map
    if rust:
        for module in analysis.translation.modules:
            rust += f"\n// src/{module.path}\n\n{module.rust}"
    return {
        "rust": rust,
        # A line that came from another file has no place in this document.
        "sourceMap": [[line, span_out(span)] for line, span in source_map if not span.path] if rust else [],
        "findings": [finding_out(finding) for finding in analysis.findings],
    }
