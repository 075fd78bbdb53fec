"""Hovers over a real conversation: what is mapped, what is refused, and while somebody types."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lsp.raw_client import OpenDocument, RawClient

pytestmark = pytest.mark.asyncio

PROGRAM = """\
import math

values = [1.0, 2.0, 3.0]
text = "🚀"; total = sum(values)
print(text, total, math.sqrt(total))
"""


async def test_a_mapped_call(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        hover = await client.result("textDocument/hover", document.at("sum(values)", 1))
        said = hover["contents"]["value"]
        assert hover["contents"]["kind"] == "markdown" and hover["range"] == document.range("sum(values)")
        for each in (
            "`builtins.sum`",
            "```rust",
            "Type: `int | float`",
            "3 elements → Scalar",
            "PCIe rule",
            "Runs on: CPU",
            "Same numbers: exact",
        ):
            assert each in said, each
        assert "GPU" not in said.split("Runs on")[1]
        assert "`math.sqrt`" in (await client.result("textDocument/hover", document.at("math.sqrt", 6)))["contents"]["value"]
        assert await client.result("textDocument/hover", document.at("text", 1)) is None


async def test_a_refused_place_says_why_without_being_switched_on(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", "import math\nx = eval('1')\nprint(x, math.sqrt(2.0))\n").open()
        hover = await client.result("textDocument/hover", document.at("eval", 1))
        assert "No Rust" in hover["contents"]["value"] and "BAT107" in hover["contents"]["value"]
        # What is mapped is still explained, with the catalog's form, because there is no Rust of the file.
        hover = await client.result("textDocument/hover", document.at("sqrt", 1))
        assert "sqrt(2.0)" in hover["contents"]["value"].split("```")[1]


async def test_an_operator(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", "é = 7\nprint('🚀', é // 2)\n").open()
        hover = await client.result("textDocument/hover", document.at(" // ", 2))
        assert "`operator.floordiv`" in hover["contents"]["value"] and "```rust" in hover["contents"]["value"]
        assert hover["range"] == document.range(" // ")


async def test_while_somebody_types_the_rest_of_the_file_answers(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        before = await client.result("textDocument/hover", document.at("sum(values)", 1))
        # The text is broken now and has one line more; the call itself has not changed.
        document.replace(document.text.index("import"), document.text.index("import"), "def broken(\n")
        after = await client.result("textDocument/hover", document.at("sum(values)", 1))
        assert after["contents"] == before["contents"] and after["range"] == document.range("sum(values)")
        # A line that was typed on has no answer from before.
        document.replace(document.text.index("sum(values)"), document.text.index("sum(values)"), "(")
        assert await client.result("textDocument/hover", document.at("sum(values)", 1)) is None
