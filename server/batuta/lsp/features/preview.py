"""The request `batuta/preview`: the Rust of a document with its source map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types
from pygls.exceptions import JsonRpcInvalidParams

from batuta.lsp.jobs.wire import finding_in, span_in
from batuta.lsp.protocol import as_range
from batuta.lsp.publisher import as_diagnostic

if TYPE_CHECKING:
    from batuta.lsp.documents import Document
    from batuta.lsp.server import BatutaServer


def register(server: BatutaServer) -> None:
    """`batuta/preview`."""

    async def preview(params: Any) -> dict[str, Any]:
        document, result = await server.job("preview", document_of(server, params), follow=True)
        return {
            "rust": result["rust"],
            "sourceMap": [[line, as_range(*document.text.range(span_in(span)))] for line, span in result["sourceMap"]],
            "findings": [as_diagnostic(finding_in(each), document) for each in result["findings"]],
            "version": document.version,
        }

    server.feature("batuta/preview")(preview)


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """A request of our own is announced among the experimental ones."""
    experimental = capabilities.experimental if isinstance(capabilities.experimental, dict) else {}
    capabilities.experimental = {**experimental, "batutaPreview": True}


def document_of(server: BatutaServer, params: Any) -> Document:
    """The document that a request of our own names. Raises when the parameters do not fit."""
    if not isinstance(params, dict) or not isinstance(params.get("uri"), str):
        raise JsonRpcInvalidParams("expected an object with a `uri`")
    return server.document(params["uri"])
