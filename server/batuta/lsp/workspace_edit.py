"""A change as the client can apply it: versioned document changes where it has them, plain changes where it does not."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from lsprotocol import types

from batuta.lsp.documents import Document
from batuta.lsp.jobs.wire import span_in
from batuta.lsp.protocol import as_range

NEW_FILE = "batuta.newFile"
START = types.Range(types.Position(0, 0), types.Position(0, 0))


def workspace_edit(
    document: Document, change: dict[str, Any], capabilities: types.ClientCapabilities, label: str
) -> types.WorkspaceEdit:
    """The edit of a change that was computed for a snapshot of a document.

    New files ask for confirmation and overwrite nothing.
    """
    edits = [types.TextEdit(as_range(*document.text.range(span_in(span))), text) for span, text in change["edits"]]
    files = [(_beside(document.uri, path), text) for path, text in change["files"]]
    client = capabilities.workspace.workspace_edit if capabilities.workspace else None
    if client is None or not client.document_changes or (files and not _creates(client)):
        plain: dict[str, Any] = {document.uri: edits} if edits else {}
        plain.update({uri: [types.TextEdit(START, text)] for uri, text in files})
        return types.WorkspaceEdit(changes=plain)
    annotated = client.change_annotation_support is not None
    changes: list[Any] = []
    if edits:
        changes.append(
            types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version), edits)
        )
    for uri, text in files:
        note = NEW_FILE if annotated else None
        changes.append(types.CreateFile(uri, options=types.CreateFileOptions(overwrite=False), annotation_id=note))
        insert: Any = types.AnnotatedTextEdit(NEW_FILE, START, text) if annotated else types.TextEdit(START, text)
        changes.append(types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, None), [insert]))
    notes = None
    if annotated and files:
        description = f"{len(files)} new file(s). The Python file is not changed." if not edits else None
        notes = {NEW_FILE: types.ChangeAnnotation(label, needs_confirmation=True, description=description)}
    return types.WorkspaceEdit(document_changes=changes, change_annotations=notes)


def _creates(client: types.WorkspaceEditClientCapabilities) -> bool:
    return types.ResourceOperationKind.Create in (client.resource_operations or ())


def _beside(uri: str, path: str) -> str:
    """The URI of a file beside a document."""
    parts = urlsplit(uri)
    folder = PurePosixPath(parts.path).parent
    return urlunsplit((parts.scheme, parts.netloc, f"{folder}/{quote(path)}".replace("//", "/"), "", ""))
