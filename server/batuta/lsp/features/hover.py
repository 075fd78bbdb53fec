"""Hover on a mapped call or operator: its Rust, the inferred type, the backend in three lines, the parity note."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from lsprotocol import types

from batuta.lsp.jobs.wire import span_in
from batuta.lsp.protocol import as_pair, as_range

if TYPE_CHECKING:
    from batuta.lsp.server import BatutaServer

TYPING = 1.0
"""Seconds after a keystroke in which a hover may come from the analysis before it: it must not wait for one that is
typed over.
"""

BURST = 0.3
"""Seconds after a keystroke in which the line that is being typed has no hover: the next key is about to come."""


def register(server: BatutaServer) -> None:
    """`textDocument/hover`."""

    async def hover(params: types.HoverParams) -> types.Hover | None:
        document = server.documents.get(params.text_document.uri)
        if document is None:
            return None
        line, column = document.text.column(as_pair(params.position))
        quiet = time.monotonic() - document.changed_at
        at_hand: dict[str, Any] = {"known": False}
        if quiet < TYPING:
            _, at_hand = await server.job("hover_at_hand", document, line=line, column=column)
        if at_hand["known"]:
            result = at_hand["hover"]
        elif quiet < BURST:
            return None
        else:
            _, result = await server.job("hover", document, line=line, column=column)
        if result is None:
            return None
        contents = types.MarkupContent(types.MarkupKind.Markdown, result["markdown"])
        return types.Hover(contents, as_range(*document.text.range(span_in(result["span"]))))

    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """Hovers answer always: they are asked for."""
    capabilities.hover_provider = True
