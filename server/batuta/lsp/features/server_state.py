"""The request `batuta/serverState`: what the server holds, for tests and for bug reports.

Texts are given only as the client sent them.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from lsprotocol import types

if TYPE_CHECKING:
    from batuta.lsp.server import BatutaServer

HEAVY = ("numba", "libcst", "jedi", "numpy", "scipy", "sklearn", "batuta.translate")
"""Modules that belong to the worker."""


def register(server: BatutaServer) -> None:
    """`batuta/serverState`."""

    def state(params: Any) -> dict[str, Any]:
        uri = params.get("uri") if isinstance(params, dict) else None
        document = server.documents.get(uri) if isinstance(uri, str) else None
        return {
            "text": None if document is None else document.text.source,
            "version": None if document is None else document.version,
            "heavyModules": [name for name in HEAVY if name in sys.modules],
            "worker": server.worker.process_id,
            "workerStarts": server.worker.starts,
            "longestTurn": round(server.longest_turn, 4),
        }

    server.feature("batuta/serverState")(state)


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """Not announced: no editor needs it."""
