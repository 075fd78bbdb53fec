"""A program of several files in the editor: its modules are read, open texts before the ones on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.raw_client import OpenDocument, RawClient

pytestmark = pytest.mark.asyncio

MAIN = "import math\nname = '🚀'; import helper\n\nprint(name, helper.double(4), math.sqrt(2.0))\n"
HELPER = "def double(x: int) -> int:\n    return x * 2\n"
REFUSED = "def double(x: int) -> int:\n    return eval('x')\n"


async def test_a_module_is_read_from_the_disk_and_then_from_the_editor(workspace: Path):
    (workspace / "helper.py").write_text(HELPER)
    (workspace / "program.py").write_text(MAIN)
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", MAIN).open()
        assert await client.diagnostics(document.uri, 1) == []
        preview = await client.result("batuta/preview", {"uri": document.uri})
        assert "helper::double(4)" in preview["rust"]
        lines = MAIN.count("\n")
        assert all(each["start"]["line"] < lines for _, each in preview["sourceMap"]), "no place of the other file"
        hover = await client.result("textDocument/hover", document.at("helper.double", 8))
        assert "this program" in hover["contents"]["value"]

        helper = OpenDocument(client, "helper.py", REFUSED).open()
        # What is wrong in the module is said where it is imported, and once it is opened there too.
        helper.replace(0, 0, "# A change.\n")
        told = lambda: [each for each in client.published(document.uri)[-1]["diagnostics"]]  # noqa: E731
        (found,) = await client.until(told, "the module's finding where it is imported")
        assert found["code"] == "BAT107" and found["message"].startswith("helper.py line 3: ")
        assert found["range"] == document.range("import helper")
        assert (await client.result("batuta/preview", {"uri": document.uri}))["rust"] == ""
        helper.replace(helper.text.index("eval('x')"), helper.text.index("eval('x')") + len("eval('x')"), "x * 3")
        await client.until(lambda: not told(), "the finding to go")
        assert "helper::double(4)" in (await client.result("batuta/preview", {"uri": document.uri}))["rust"]


async def test_a_module_that_changes_on_disk(workspace: Path):
    (workspace / "helper.py").write_text(REFUSED)
    (workspace / "program.py").write_text(MAIN)
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", MAIN).open()
        assert [each["code"] for each in await client.diagnostics(document.uri, 1)] == ["BAT107"]
        (workspace / "helper.py").write_text(HELPER)
        change = {"uri": (workspace / "helper.py").as_uri(), "type": 2}
        client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
        await client.until(lambda: client.published(document.uri)[-1]["diagnostics"] == [], "the finding to go")


async def test_an_unsaved_text_has_no_modules(workspace: Path):
    (workspace / "helper.py").write_text(HELPER)
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", MAIN)
        document.uri = "untitled:Untitled-1"
        preview = await client.result("batuta/preview", {"uri": document.open().uri})
        assert preview["rust"] == "" and preview["findings"]
