"""Opening, editing, hovering, fixing and previewing run no code of the folder."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.lsp.raw_client import COMMAND, OpenDocument, RawClient

pytestmark = pytest.mark.asyncio

PROGRAM = """\
import json
import libcst
from helper import value

print(eval("1"), json.dumps([value]), libcst)
"""

STARTUP = ("sitecustomize", "usercustomize")
"""Python itself loads these from a module path with a dot while it starts, before any line of ours."""


def set_traps(folder: Path) -> Path:
    """Fill a folder with everything that could make a tool run something; each trap leaves a file in the returned folder."""
    markers = folder.parent / "markers"
    markers.mkdir()

    def script(path: Path, name: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\ntouch {markers}/{name}\nexit 1\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    for module in (
        "json",
        "libcst",
        "jedi",
        "numpy",
        "pygls",
        "lsprotocol",
        "helper",
        "sitecustomize",
        "usercustomize",
        "tomllib",
        "ast",
    ):
        (folder / f"{module}.py").write_text(f"open({str(markers / module)!r}, 'w')\nvalue = 1\n")
    (folder / "conftest.py").write_text(f"open({str(markers / 'conftest')!r}, 'w')\n")
    script(folder / "wrapper.sh", "rustc-wrapper")
    (folder / ".cargo").mkdir()
    (folder / ".cargo" / "config.toml").write_text(f'[build]\nrustc-wrapper = "{folder}/wrapper.sh"\n')
    script(folder / "toolchain" / "bin" / "rustc", "toolchain-rustc")
    script(folder / "toolchain" / "bin" / "cargo", "toolchain-cargo")
    (folder / "rust-toolchain.toml").write_text(f'[toolchain]\npath = "{folder}/toolchain"\n')
    (folder / "build.rs").write_text(f'fn main() {{ std::fs::write("{markers}/build-rs", "").unwrap(); }}\n')
    (folder / "Cargo.toml").write_text('[package]\nname = "trap"\nversion = "0.1.0"\nbuild = "build.rs"\n')
    script(folder / "python", "python")
    (folder / ".jedi").mkdir()
    (folder / ".jedi" / "project.json").write_text(f'[1, {{"_environment_path": "{folder}/python"}}]')
    (folder / "batuta.toml").write_text(f'interpreter = "{folder}/python"\ntrusted = true\n')
    for name in ("cargo", "rustc", "rustup", "python3"):
        script(folder / name, f"path-{name}")
    return markers


@pytest.mark.parametrize("entry", [["batuta.lsp"], ["batuta.cli.main", "lsp"]], ids=" ".join)
async def test_a_booby_trapped_folder_leaves_no_marker(workspace: Path, entry: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tests.lsp.raw_client.COMMAND", [*COMMAND[:3], *entry, "--stdio"])
    markers = set_traps(workspace)
    for name in STARTUP:
        (workspace / f"{name}.py").unlink()
    client = RawClient(workspace, {"enable": True})
    # A careless editor: the folder is on the program path; and on the module path, for the entry that editors start.
    paths = [os.environ.get("PYTHONPATH", ""), *(["."] if entry == ["batuta.lsp"] else [])]
    client.environment = {"PYTHONPATH": os.pathsep.join(paths), "PATH": f"{os.environ['PATH']}{os.pathsep}."}
    async with client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        assert await client.diagnostics(document.uri, 1)
        document.replace(0, 0, "import math\n")
        found = await client.diagnostics(document.uri, 2)
        await client.result("textDocument/hover", document.at("dumps"))
        await client.result("batuta/preview", {"uri": document.uri})
        await client.result("batuta/grade", {"uri": document.uri})
        parameters = {"textDocument": {"uri": document.uri}, "range": found[0]["range"], "context": {"diagnostics": found}}
        for action in await client.result("textDocument/codeAction", parameters):
            await client.request("codeAction/resolve", action)
        refused = await client.request("workspace/executeCommand", {"command": "batuta.check", "arguments": [document.uri]})
        assert refused["error"]["code"] == -32803 and "trust" in refused["error"]["message"]
        assert await client.shut_down() == 0
    assert [path.name for path in markers.iterdir()] == []


async def test_started_with_plain_dash_m_in_the_folder(workspace: Path, monkeypatch: pytest.MonkeyPatch):
    """Without `-P` Python puts the folder first on its path: what is loaded after the start must not come from there."""
    markers = set_traps(workspace)
    monkeypatch.setattr("tests.lsp.raw_client.COMMAND", [each for each in COMMAND if each != "-P"])
    for name in STARTUP:
        (workspace / f"{name}.py").unlink()
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        assert await client.diagnostics(document.uri, 1)
        assert await client.shut_down() == 0
    assert [path.name for path in markers.iterdir()] == []


async def test_cargo_needs_trust(workspace: Path):
    async with RawClient(workspace, {"enable": True, "trusted": "yes"}) as client:
        document = OpenDocument(client, "program.py", "print(1)\n").open()
        answer = await client.request("workspace/executeCommand", {"command": "batuta.check", "arguments": [document.uri]})
        assert "not trusted" in answer["error"]["message"]
        assert (await client.result("batuta/serverState", {}))["workerStarts"] <= 1
