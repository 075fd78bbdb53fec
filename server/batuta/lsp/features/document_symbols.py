"""The outline: functions and classes, found without parsing, so that it is there while a line is half typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lsprotocol import types

from batuta.lsp.protocol import as_range
from batuta.lsp.text import Text

if TYPE_CHECKING:
    from batuta.lsp.server import BatutaServer

# Strings and comments are matched first, so that a `def` inside one is not taken for a definition.
_PIECE = re.compile(
    r"""
      (?P<quote>\"\"\"|''') (?:\\.|(?!(?P=quote))[^\\])*+ (?:(?P=quote)|\Z)
    | "(?:\\.|[^"\\\n\r])*+"? | '(?:\\.|[^'\\\n\r])*+'?
    | \#[^\n\r]*
    | (?<![^\n\r])(?P<indent>[ \t\f]*)(?:async[ \t]+)?(?P<kind>def|class)[ \t]+(?P<name>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


def register(server: BatutaServer) -> None:
    """`textDocument/documentSymbol`."""

    def symbols(params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
        document = server.documents.get(params.text_document.uri)
        return None if document is None else outline(document.text)

    server.feature(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL)(symbols)


def announce(capabilities: types.ServerCapabilities, params: types.InitializeParams) -> None:
    """A client that has an outline already says so with `documentSymbols: false`."""
    options = params.initialization_options
    capabilities.document_symbol_provider = not (isinstance(options, dict) and options.get("documentSymbols") is False)


def outline(text: Text) -> list[types.DocumentSymbol]:
    """The definitions of a text, nested by indentation."""
    top: list[types.DocumentSymbol] = []
    open_: list[tuple[int, types.DocumentSymbol]] = []
    for match in _PIECE.finditer(text.source):
        if match["name"] is None:
            continue
        width = len(match["indent"].expandtabs(8))
        while open_ and open_[-1][0] >= width:
            open_.pop()
        start, end = text.position(match.start("name")), text.position(match.end("name"))
        line_start, line_end = text.position(match.end("indent")), (start[0], len(text.line(start[0])) * 2)
        inside_class = bool(open_) and open_[-1][1].kind is types.SymbolKind.Class
        kind = types.SymbolKind.Class if match["kind"] == "class" else types.SymbolKind.Function
        if inside_class and kind is types.SymbolKind.Function:
            kind = types.SymbolKind.Method
        line_end = text.position(text.offset(line_end))
        symbol = types.DocumentSymbol(match["name"], kind, as_range(line_start, line_end), as_range(start, end), children=[])
        siblings = open_[-1][1].children if open_ else top
        assert isinstance(siblings, list)
        siblings.append(symbol)
        open_.append((width, symbol))
    return top
