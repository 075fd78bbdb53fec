"""The Rust of a document with its source map, for the side-by-side view: formatted, where there is rustfmt."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any

from batuta.ir.spans import Span
from batuta.lsp.jobs.wire import finding_out, span_out
from batuta.lsp.workbench import Workbench


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """`rust` (empty when refused), `sourceMap` (pairs of a Rust line and a Python span), and all `findings`.

    The Rust of the program's modules stands below its own, each under its file's name.
    """
    analysis = bench.analysis(parameters)
    # A line that came from another file has no place in this document.
    source_map = () if analysis.translation is None else (each for each in analysis.translation.source_map if not each[1].path)
    rust, shown = _view(analysis.rust, tuple(source_map)) if analysis.rust else ("", ())
    if rust:
        for module in analysis.translation.modules:
            rust += f"\n// src/{module.path}\n\n{_view(module.rust, ())[0]}"
    return {
        "rust": rust,
        "sourceMap": [[line, span_out(span)] for line, span in shown],
        "findings": [finding_out(finding) for finding in analysis.findings],
    }


@functools.lru_cache(maxsize=8)
def _view(rust: str, source_map: tuple[tuple[int, Span], ...]) -> tuple[str, tuple[tuple[int, Span], ...]]:
    """The text as it is shown, and the map of its lines. Kept, because the same text is asked for whenever the view is drawn."""
    from batuta.cargo.cache import find_cache
    from batuta.cargo.format import format_for_view
    from batuta.cargo.toolchain import find_toolchain

    text, carried = format_for_view(rust, find_toolchain(), find_cache())
    spans: dict[int, list[Span]] = {}
    for line, span in source_map:
        spans.setdefault(line, []).append(span)
    shown = dict.fromkeys(
        (number, span) for number, lines in enumerate(carried, 1) for line in lines for span in spans.get(line, ())
    )
    return text, tuple(shown)
