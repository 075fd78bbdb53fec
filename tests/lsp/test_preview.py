"""The preview: formatted Rust whose lines lead back to the Python lines that they come from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.lsp.raw_client import OpenDocument, RawClient

PROGRAM = """\
def grade(score: int) -> str:
    if score > 90:
        word = "very good indeed"
    else:
        word = "good enough"
    return word


scores = [45, 99, 71]
print("the grades of all who came:", [grade(score) for score in scores], sum(scores), max(scores), min(scores), len(scores))
"""


def python_lines(preview: dict, text: str) -> set[int]:
    """The Python lines (from 1) of the Rust line that holds a text."""
    number = next(n for n, line in enumerate(preview["rust"].split("\n"), 1) if text in line)
    return {span["start"]["line"] + 1 for line, span in preview["sourceMap"] if line == number}


@pytest.mark.asyncio
async def test_the_preview_is_formatted_and_its_map_fits(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        preview = await client.result("batuta/preview", {"uri": document.uri})
    assert max(map(len, preview["rust"].split("\n"))) <= 100
    # One Python line on several lines of Rust.
    assert python_lines(preview, "the grades of all who came") == {10}
    assert python_lines(preview, "map(grade)") == {10}
    # Each branch on its own line, as in the Python text.
    assert 3 in python_lines(preview, "very good indeed") and 5 in python_lines(preview, "good enough")
    assert python_lines(preview, "let scores") == {9}


@pytest.mark.asyncio
async def test_without_rustfmt_our_own_lines_are_shown(workspace: Path):
    client = RawClient(workspace, {"enable": True})
    # A relative entry of the path is no place to look for tools: the folder's own cargo would be found there.
    (workspace / "cargo").write_text("#!/bin/sh\ntouch ran\n")
    (workspace / "cargo").chmod(0o755)
    client.environment = {"PATH": ".", "CARGO_HOME": os.fspath(workspace / "nowhere"), "HOME": os.fspath(workspace)}
    async with client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        preview = await client.result("batuta/preview", {"uri": document.uri})
    assert max(map(len, preview["rust"].split("\n"))) > 100
    assert python_lines(preview, "the grades of all who came") == {10}
    assert not (workspace / "ran").exists()
