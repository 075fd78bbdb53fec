"""What can be done at a selection: the offers of all assists."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Callable
from typing import Any

from batuta.lsp.assist import Offer, Selection
from batuta.lsp.assists import assists
from batuta.lsp.jobs.wire import finding_out
from batuta.lsp.workbench import Workbench


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """A list of offers, each with the name of its assist."""
    start, end = tuple(parameters["start"]), tuple(parameters["end"])
    selection = Selection(bench.analysis(parameters), start, end, parameters["unasked"])
    found = []
    for name, assist in assists().items():
        try:
            offers: list[Offer] = assist.offer(selection)
        except Exception:
            # One broken quick fix must not take the others with it.
            print(f"the assist {name} failed", file=sys.stderr)
            traceback.print_exc()
            continue
        for each in offers:
            mends = finding_out(each.mends) if each.mends is not None else None
            found.append(
                {
                    "assist": name,
                    "title": each.title,
                    "kind": each.kind,
                    "data": each.data,
                    "mends": mends,
                    "preferred": each.preferred,
                }
            )
    return found
