"""Changes as editors of different abilities can apply them; nothing is applied to a text that has moved on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.lsp.raw_client import OpenDocument, RawClient

pytestmark = pytest.mark.asyncio

PLAIN: dict[str, Any] = {"workspace": {"applyEdit": True}}
CREATES = {"documentChanges": True, "resourceOperations": ["create"]}
VERSIONED: dict[str, Any] = {"workspace": {"applyEdit": True, "workspaceEdit": CREATES}}
ASKING: dict[str, Any] = {"workspace": {"applyEdit": True, "workspaceEdit": {**CREATES, "changeAnnotationSupport": {}}}}
RESOLVING = {"textDocument": {"codeAction": {"resolveSupport": {"properties": ["edit"]}, "dataSupport": True}}}


async def actions(client: RawClient, document: OpenDocument, piece: str, **context: Any) -> list[dict[str, Any]]:
    parameters = {
        "textDocument": {"uri": document.uri},
        "range": document.range(piece),
        "context": {"diagnostics": [], **context},
    }
    return await client.result("textDocument/codeAction", parameters)


@pytest.mark.parametrize(("capabilities", "form"), [(PLAIN, "changes"), (VERSIONED, "documentChanges"), (ASKING, "asks")])
async def test_the_command_sends_new_files_only(workspace: Path, capabilities: dict[str, Any], form: str):
    async with RawClient(workspace, capabilities=capabilities) as client:
        client.reply["workspace/applyEdit"] = {"applied": True}
        document = OpenDocument(client, "a program.py", 'print("hello")\n').open()
        command = {"command": "batuta.rewriteFile", "arguments": [document.uri]}
        assert await client.result("workspace/executeCommand", command) == {"applied": True}
        (request,) = [each for each in client.requests if each["method"] == "workspace/applyEdit"]
        edit = request["params"]["edit"]
        if form == "changes":
            touched = set(edit["changes"])
        else:
            created = [each for each in edit["documentChanges"] if each.get("kind") == "create"]
            touched = {each["uri"] for each in created}
            assert all(each["options"] == {"overwrite": False} for each in created)
            assert ("changeAnnotations" in edit) == (form == "asks")
            notes = {each.get("annotationId") for each in created}
            assert (
                all(edit["changeAnnotations"][note]["needsConfirmation"] for note in notes)
                if form == "asks"
                else notes == {None}
            )
        assert (workspace / "a program-rs" / "src" / "main.rs").as_uri() in touched
        assert document.uri not in touched
        status = [each["params"]["diagnostics"] for each in client.notifications if each["method"] == "batuta/status"]
        assert status == [False, True], "migrating a file switches findings on"
        client.reply["workspace/applyEdit"] = {"applied": False, "failureReason": "it exists"}
        answer = await client.request("workspace/executeCommand", command)
        assert "it exists" in answer["error"]["message"]


async def test_an_editor_that_takes_no_changes_is_told(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", 'print("hello")\n').open()
        answer = await client.request(
            "workspace/executeCommand", {"command": "batuta.rewriteFile", "arguments": [document.uri]}
        )
        assert answer["error"]["code"] == -32803


async def test_an_offer_for_an_older_text_is_not_made_good(workspace: Path):
    async with RawClient(workspace, capabilities={**RESOLVING, **ASKING}) as client:
        document = OpenDocument(client, "program.py", 'x = eval("1")\n').open()
        (action,) = await actions(client, document, "eval", only=["quickfix"])
        assert "edit" not in action
        resolved = await client.result("codeAction/resolve", action)
        (change,) = resolved["edit"]["documentChanges"]
        assert change["textDocument"] == {"uri": document.uri, "version": 1}
        document.replace(0, 0, "\n")
        assert (await client.request("codeAction/resolve", action))["error"]["code"] == -32801


async def test_kinds_and_moments(workspace: Path):
    async with RawClient(workspace, capabilities=RESOLVING) as client:
        document = OpenDocument(
            client, "program.py", "def double(x: float) -> float:\n    return x * 2\n\n\nprint(double(1.5))\n"
        ).open()
        assert {each["kind"] for each in await actions(client, document, "double")} == {"refactor.rewrite"}
        assert await actions(client, document, "double", only=["refactor"])
        assert await actions(client, document, "double", only=["quickfix"]) == []
        # While the cursor moves nobody has asked for a rewrite.
        assert await actions(client, document, "double", triggerKind=2) == []
        unsaved = OpenDocument(client, "unused", document.text)
        unsaved.uri = "untitled:Untitled-1"
        assert await actions(client, unsaved.open(), "double") == []


async def test_an_offer_that_cannot_be_made_good_leaves_the_others(workspace: Path):
    """A client that resolves nothing gets the edits at once; inside a text over several lines no comment can stand."""
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", 'name = f"""\n{eval("1")}\n"""\nprint(name)\n').open()
        offered = await actions(client, document, 'eval("1")')
        assert all(each["edit"]["changes"] for each in offered)
        resolving = RawClient(workspace, capabilities=RESOLVING)
    async with resolving as client:
        document = OpenDocument(client, "program.py", document.text).open()
        silence = [each for each in await actions(client, document, 'eval("1")') if "Silence" in each["title"]]
        for each in silence:
            answer = await client.request("codeAction/resolve", each)
            assert answer["error"]["code"] == -32803 or answer["result"]["edit"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
async def test_a_comment_goes_to_the_end_of_its_line_whatever_ends_lines(workspace: Path, end: str):
    async with RawClient(workspace) as client:
        text = end.join(["\ufeffimport math", "\x0cname = '🚀 漢字'; x = eval('1')", "print(math.pi, name, x)", ""])
        document = OpenDocument(client, "program.py", text).open()
        (action,) = await actions(client, document, "eval", only=["quickfix"])
        (edit,) = action["edit"]["changes"][document.uri]
        place = document.position(text.index("eval('1')") + len("eval('1')"))
        assert edit["range"] == {"start": place, "end": place} and edit["newText"] == "  # batuta: ignore[BAT107]"
