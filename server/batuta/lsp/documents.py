"""The open documents, in step with the editor."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from batuta.lsp.text import Position, Text


@dataclass(frozen=True)
class Document:
    """A snapshot of one open document."""

    uri: str
    version: int
    language: str
    text: Text
    revision: int
    """Counts every change in this server. Versions come from the client and may go backwards."""
    changed_at: float = 0.0
    """When the text last changed, by `time.monotonic`. 0 for a text that was only opened."""

    @property
    def path(self) -> str:
        """The file's path, or the last part of a URI that is no file."""
        return path_of(self.uri)


@dataclass(frozen=True)
class Edit:
    """One change of a text. Without a range: the whole text."""

    new: str
    range: tuple[Position, Position] | None = None


class Documents:
    """All open documents by URI."""

    def __init__(self) -> None:
        self._open: dict[str, Document] = {}
        self._revision = 0

    def open(self, uri: str, version: int, language: str, source: str) -> Document:
        """Open a document, or replace one that is open already."""
        self._revision += 1
        document = Document(uri, version, language, Text(source), self._revision)
        self._open[_key(uri)] = document
        return document

    def change(self, uri: str, version: int, edits: list[Edit]) -> Document | None:
        """Apply edits in order; None for a document that is not open."""
        document = self._open.get(_key(uri))
        if document is None:
            return None
        text = document.text
        for edit in edits:
            text = Text(edit.new) if edit.range is None else text.replaced(*edit.range, edit.new)
        self._revision += 1
        document = replace(document, version=version, text=text, revision=self._revision, changed_at=time.monotonic())
        self._open[_key(uri)] = document
        return document

    def close(self, uri: str) -> None:
        """Forget a document; one that is not open is no error."""
        self._open.pop(_key(uri), None)

    def get(self, uri: str) -> Document | None:
        """The document, or None when it is not open."""
        return self._open.get(_key(uri))

    def is_current(self, document: Document) -> bool:
        """Whether nothing has changed since the snapshot."""
        current = self.get(document.uri)
        return current is not None and current.revision == document.revision

    def __iter__(self) -> Iterator[Document]:
        return iter(list(self._open.values()))


def _key(uri: str) -> str:
    """Clients may write the same URI with other escapes."""
    return unquote(uri)


def path_of(uri: str) -> str:
    """The path of a `file:` URI; of any other, its last part, so that messages can name it."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return uri
    path = unquote(parts.path or uri).replace("\0", "")
    if parts.scheme != "file" or "%00" in uri or "\0" in uri:
        # No file system has a null character in a name.
        return path.rsplit("/", 1)[-1] or "untitled.py"
    # file:///C:/folder: the slash before a drive letter is not part of the path.
    return path[1:] if len(path) > 2 and path[0] == "/" and path[2] == ":" else path
