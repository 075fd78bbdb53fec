"""What a person does in an editor, from opening a file to an applied quick fix, through a real client library."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import pytest_lsp
from lsprotocol import types as t
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

PROGRAM = """\
import math

scale = 2.0
print("🚀 漢字", math.sqrt(scale), eval("1 + 1"))
"""


@pytest_lsp.fixture(
    params=["visual-studio-code", "neovim"],
    config=ClientServerConfig(
        server_command=[sys.executable, "-P", "-m", "batuta.lsp", "--stdio"], server_env=dict(os.environ)
    ),
)
async def client(request: pytest.FixtureRequest, lsp_client: LanguageClient, tmp_path: Path):
    """A session in a folder that Batuta is configured for."""
    (tmp_path / "batuta.toml").write_text("")
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    parameters = t.InitializeParams(
        capabilities=client_capabilities(request.param),
        workspace_folders=[t.WorkspaceFolder(tmp_path.as_uri(), "workspace")],
        root_uri=tmp_path.as_uri(),
    )
    lsp_client.feature(t.CLIENT_REGISTER_CAPABILITY)(lambda params: None)
    await lsp_client.initialize_session(parameters)
    lsp_client.folder = tmp_path
    yield
    await lsp_client.shutdown_session()


def offset(text: str, position: t.Position) -> int:
    """The offset of a position."""
    lines = text.split("\n")
    head = lines[position.line].encode("utf-16-le")[: 2 * position.character].decode("utf-16-le")
    return sum(len(line) + 1 for line in lines[: position.line]) + len(head)


def apply(text: str, edits: list[t.TextEdit]) -> str:
    """A text after edits, as an editor applies them."""
    for edit in sorted(edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True):
        text = text[: offset(text, edit.range.start)] + edit.new_text + text[offset(text, edit.range.end) :]
    return text


async def next_diagnostics(client: LanguageClient, uri: str) -> list[t.Diagnostic]:
    await client.wait_for_notification(t.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
    return list(client.diagnostics[uri])


@pytest.mark.asyncio
async def test_from_opening_to_an_applied_quick_fix(client: LanguageClient):
    uri = (client.folder / "program.py").as_uri()
    document = t.TextDocumentIdentifier(uri)
    client.text_document_did_open(t.DidOpenTextDocumentParams(t.TextDocumentItem(uri, "python", 1, PROGRAM)))
    (found,) = await next_diagnostics(client, uri)
    assert (found.code, found.severity, found.source) == ("BAT107", t.DiagnosticSeverity.Hint, "batuta")
    start = len('print("🚀 漢字", math.sqrt(scale), '.encode("utf-16-le")) // 2
    assert found.range.start == t.Position(3, start)

    context = t.CodeActionContext(diagnostics=[found], only=[t.CodeActionKind.QuickFix])
    actions = await client.text_document_code_action_async(t.CodeActionParams(document, found.range, context))
    action = next(each for each in actions if "BAT107" in each.title)
    if action.edit is None:
        action = await client.code_action_resolve_async(action)
    if action.edit.document_changes:
        (change,) = action.edit.document_changes
        assert (change.text_document.uri, change.text_document.version) == (uri, 1)
        edits = change.edits
    else:
        edits = action.edit.changes[uri]
    fixed = apply(PROGRAM, edits)
    assert fixed.split("\n")[3].endswith("# batuta: ignore[BAT107]")

    whole = t.TextDocumentContentChangeWholeDocument(fixed)
    identifier = t.VersionedTextDocumentIdentifier(uri=uri, version=2)
    client.text_document_did_change(t.DidChangeTextDocumentParams(identifier, [whole]))
    assert await next_diagnostics(client, uri) == []

    # A silenced finding still stands in the way of a translation.
    preview = await client.protocol.send_request_async("batuta/preview", {"uri": uri})
    assert preview.rust == "" and preview.findings[0].code == "BAT107"

    client.text_document_did_change(
        t.DidChangeTextDocumentParams(
            t.VersionedTextDocumentIdentifier(uri=uri, version=3),
            [t.TextDocumentContentChangeWholeDocument(PROGRAM.replace(', eval("1 + 1")', ""))],
        )
    )
    preview = await client.protocol.send_request_async("batuta/preview", {"uri": uri})
    assert preview.version == 3 and preview.findings == [] and preview.rust.count("fn main()") == 1
    lines = preview.rust.split("\n")
    for rust_line, span in preview.sourceMap:
        assert 1 <= rust_line <= len(lines) and 0 <= span.start.line <= 3


@pytest.mark.asyncio
async def test_a_file_becomes_a_project_that_asks_first(client: LanguageClient):
    uri = (client.folder / "program.py").as_uri()
    text = 'print("hello")\n'
    client.text_document_did_open(t.DidOpenTextDocumentParams(t.TextDocumentItem(uri, "python", 1, text)))
    start = t.Range(t.Position(0, 0), t.Position(0, 0))
    context = t.CodeActionContext(diagnostics=[], trigger_kind=t.CodeActionTriggerKind.Invoked)
    parameters = t.CodeActionParams(t.TextDocumentIdentifier(uri), start, context)
    action = next(each for each in await client.text_document_code_action_async(parameters) if "program.py" in each.title)
    if action.edit is None:
        action = await client.code_action_resolve_async(action)
    edit = action.edit
    if edit.document_changes:
        created = [each.uri for each in edit.document_changes if isinstance(each, t.CreateFile)]
        written = [each for each in edit.document_changes if isinstance(each, t.TextDocumentEdit)]
        assert created == [each.text_document.uri for each in written]
        assert all(each.options.overwrite is False for each in edit.document_changes if isinstance(each, t.CreateFile))
        if edit.change_annotations:
            assert all(each.needs_confirmation for each in edit.change_annotations.values())
    else:
        created = list(edit.changes)
    folder = (client.folder / "program-rs").as_uri()
    assert f"{folder}/Cargo.toml" in created and f"{folder}/src/main.rs" in created
    assert uri not in created and all(each.startswith(folder) for each in created)
