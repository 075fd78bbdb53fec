"""The server process stays light: it loads neither the compiler nor the numeric libraries, at start or later."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.lsp.raw_client import OpenDocument, RawClient

HEAVY = {"numba", "libcst", "jedi", "numpy", "scipy", "sklearn", "parso", "llvmlite", "jinja2"}


@pytest.mark.parametrize("entry", [["batuta.lsp"], ["batuta.cli.main", "lsp"]], ids=" ".join)
def test_start_up_imports_nothing_heavy(tmp_path: Path, entry: list[str]):
    command = [sys.executable, "-P", "-X", "importtime", "-m", *entry, "--stdio"]
    ended = subprocess.run(command, input=b"", capture_output=True, cwd=tmp_path, check=False)
    imported = {match[1].split(".")[0] for match in re.finditer(r"\|\s+([\w.]+)$", ended.stderr.decode(), re.MULTILINE)}
    assert "pygls" in imported and not imported & HEAVY
    names = set(re.findall(r"\|\s+(batuta[\w.]*)$", ended.stderr.decode(), re.MULTILINE))
    assert not [
        name for name in names if name.startswith(("batuta.translate", "batuta.catalog", "batuta.lowering", "batuta.cargo"))
    ]


@pytest.mark.asyncio
async def test_use_imports_nothing_heavy(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", "import numpy as np\n\nprint(np.sqrt(2.0), eval('1'))\n").open()
        await client.diagnostics(document.uri, 1)
        await client.result("textDocument/hover", document.at("sqrt"))
        await client.result("batuta/preview", {"uri": document.uri})
        await client.result("batuta/grade", {"uri": document.uri})
        assert (await client.result("batuta/serverState", {}))["heavyModules"] == []
