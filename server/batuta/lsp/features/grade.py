"""The request `batuta/grade`, and code lenses that show the grade where findings are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lsprotocol import types

from batuta.lsp.features.preview import document_of
from batuta.lsp.protocol import ContentModified, RequestFailed, as_range

if TYPE_CHECKING:
    from batuta.lsp.server import BatutaServer


def register(server: BatutaServer) -> None:
    """`batuta/grade` and `textDocument/codeLens`."""

    async def grade(params: Any) -> dict[str, Any]:
        document, result = await server.job("grade", document_of(server, params), follow=True)
        return {**result, "version": document.version}

    async def lenses(params: types.CodeLensParams) -> list[types.CodeLens] | None:
        document = server.documents.get(params.text_document.uri)
        if document is None or not server.session.shows(document.uri):
            return None
        try:
            _, result = await server.job("grade", document)
        except (RequestFailed, ContentModified):
            # Half-typed text has no grade; the client asks again.
            return None
        whole, ready = result["file"], result["readiness"]
        title = f"Batuta: {ready['title']} · technical debt {whole['letter']} ({whole['total']:.1f}, pmat-compatible)"
        found = [_lens(1, title)]
        for each in result["functions"]:
            line = min(each["line"], document.text.line_count)
            found.append(_lens(line, f"{each['letter']} ({each['total']:.1f}, Batuta's own, per function)"))
        return found

    server.feature("batuta/grade")(grade)
    server.feature(types.TEXT_DOCUMENT_CODE_LENS)(lenses)


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """Lenses need no second request."""
    capabilities.code_lens_provider = types.CodeLensOptions(resolve_provider=False)


def _lens(line: int, title: str) -> types.CodeLens:
    # A command without a name is text that cannot be clicked.
    return types.CodeLens(as_range((line - 1, 0), (line - 1, 0)), types.Command(title, ""))
