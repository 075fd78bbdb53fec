"""`batuta.check`: cargo in the background, with progress, cancel, and nothing of the folder run."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import psutil
import pytest

from batuta.lsp.jobs import check
from batuta.lsp.workbench import Workbench
from tests.lsp.raw_client import OpenDocument, RawClient
from tests.lsp.test_trust import STARTUP, set_traps

pytestmark = [pytest.mark.asyncio, pytest.mark.skipif(shutil.which("cargo") is None, reason="no cargo on this machine")]

PROGRAM = 'print("hello")\n'
CAPABILITIES = {"window": {"workDoneProgress": True}, "textDocument": {"publishDiagnostics": {}}}
CHECK = "workspace/executeCommand"


def client_for(workspace: Path, cache: Path) -> RawClient:
    client = RawClient(workspace, {"trusted": True}, CAPABILITIES)
    client.environment = {"BATUTA_CACHE_DIR": str(cache)}
    return client


def progress(client: RawClient) -> list[dict]:
    return [each["params"] for each in client.notifications if each["method"] == "$/progress"]


async def test_a_program_compiles_with_progress(workspace: Path, tmp_path: Path):
    markers = set_traps(workspace)
    for name in STARTUP:
        (workspace / f"{name}.py").unlink()
    async with client_for(workspace, tmp_path / "cache") as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        result = await client.result(CHECK, {"command": "batuta.check", "arguments": [document.uri]})
        assert result["ok"] and result["findings"] == 0 and result["rustc"]
        kinds = [each["value"]["kind"] for each in progress(client)]
        assert (kinds[0], kinds[-1]) == ("begin", "end") and set(kinds[1:-1]) <= {"report"}
        tokens = [each["params"]["token"] for each in client.requests if each["method"] == "window/workDoneProgress/create"]
        assert {each["token"] for each in progress(client)} == set(tokens)
        # The client's own token is used where it sends one.
        await client.result(CHECK, {"command": "batuta.check", "arguments": [document.uri], "workDoneToken": "mine"})
        assert progress(client)[-1]["token"] == "mine"
        # Meanwhile nothing of the folder was run, and nothing was written there.
        assert [path.name for path in markers.iterdir()] == []
        assert not (workspace / "target").exists()


@pytest.mark.parametrize("way", ["request", "button"])
async def test_cancel_ends_cargo(workspace: Path, tmp_path: Path, way: str):
    async with client_for(workspace, tmp_path / "cache") as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        # A fresh cache: the runtime crate has to be compiled, which takes seconds.
        number, future = client.ask(CHECK, {"command": "batuta.check", "arguments": [document.uri], "workDoneToken": "mine"})
        server = psutil.Process(client.process.pid)
        cargo = await client.until(lambda: compilers(server), "cargo")
        began = time.monotonic()
        if way == "request":
            client.notify("$/cancelRequest", {"id": number})
        else:
            client.notify("window/workDoneProgress/cancel", {"token": "mine"})
        assert (await client.wait(future))["error"]["code"] == -32800
        psutil.wait_procs(cargo, timeout=30)
        assert not [each for each in cargo if each.is_running()], f"after {time.monotonic() - began:.1f} s"
        assert progress(client)[-1]["value"]["kind"] == "end"
        # Everything else goes on.
        assert (await client.result("batuta/preview", {"uri": document.uri}))["rust"]


def compilers(server: psutil.Process) -> list[psutil.Process]:
    """The compilers below the server."""
    found = []
    for each in server.children(recursive=True):
        try:
            if each.name().startswith(("cargo", "rustc")):
                found.append(each)
        except psutil.Error:
            continue
    return found


async def test_shutdown_ends_cargo(workspace: Path, tmp_path: Path):
    async with client_for(workspace, tmp_path / "cache") as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        _, future = client.ask(CHECK, {"command": "batuta.check", "arguments": [document.uri]})
        server = psutil.Process(client.process.pid)
        cargo = await client.until(lambda: compilers(server), "cargo")
        assert await client.shut_down() == 0
        assert (await client.wait(future))["error"]["code"] == -32800
        psutil.wait_procs(cargo, timeout=30)
        assert not [each for each in cargo if each.is_running()]


async def test_a_refused_program_is_not_compiled(workspace: Path, tmp_path: Path):
    async with client_for(workspace, tmp_path / "cache") as client:
        document = OpenDocument(client, "program.py", 'print(eval("1"))\n').open()
        answer = await client.request(CHECK, {"command": "batuta.check", "arguments": [document.uri]})
        assert answer["error"]["code"] == -32803 and "BAT107" in answer["error"]["message"]
        assert not (tmp_path / "cache").exists()


async def test_what_rustc_rejects_stands_on_the_python_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """No fixture makes the compiler write wrong Rust, so the Rust of a right program is spoiled on its way to cargo."""
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(tmp_path / "cache"))
    bench = Workbench()
    bench.put("file:///w/program.py", 1, "/w/program.py", "total = 1\nprint(total)\n\ntext = 'a'\nprint(text)\n")
    parameters = {"uri": "file:///w/program.py", "revision": 1}
    translation = bench.analysis(parameters).translation
    right = next(line for line in translation.rust.split("\n") if "text" in line and "let" in line)
    translation.rust = translation.rust.replace(right, right.replace("text", "text: f64", 1))
    result = check.run(bench, parameters, threading.Event(), lambda news: None)
    assert not result["ok"]
    first = result["findings"][0]
    assert first["code"] == "BAT301" and first["span"][0] == 4 and "rustc" in first["reason"]


async def test_rustcs_errors_stand_on_the_python_line_in_the_editor(workspace: Path, tmp_path: Path):
    """A cargo that spoils one line of the Rust before it compiles it; the editor sees the error where the Python stands."""
    spoiling = tmp_path / "bin" / "cargo"
    spoiling.parent.mkdir()
    spoil = "sed -i 's/let mut \\?\\(second\\)\\b/let second: f64/; s/let second =/let second: f64 =/' src/main.rs"
    spoiling.write_text(f'#!/bin/sh\n[ -f src/main.rs ] && {spoil}\nexec "{shutil.which("cargo")}" "$@"\n')
    spoiling.chmod(0o755)
    client = client_for(workspace, tmp_path / "cache")
    client.environment["PATH"] = f"{spoiling.parent}{os.pathsep}{os.environ['PATH']}"
    async with client:
        text = "first = 1\nname = '🚀 漢字'; second = 'a'\nprint(first, name, second)\n"
        document = OpenDocument(client, "program.py", text).open()
        result = await client.result(CHECK, {"command": "batuta.check", "arguments": [document.uri]})
        assert not result["ok"] and result["findings"] > 0
        found = (await client.diagnostics(document.uri, 1))[0]
        assert (found["code"], found["source"], found["severity"]) == ("BAT301", "rustc", 1)
        assert "mismatched types" in found["message"], found
        assert found["range"]["start"] == document.range("second = ")["start"]
        # It was asked for, so it shows in a folder where nothing else does; and it goes with the text that it is about.
        document.replace(0, 0, "\n")
        await client.until(lambda: client.published(document.uri)[-1]["diagnostics"] == [], "taking back")


async def test_a_missing_toolchain_is_a_finding(workspace: Path, tmp_path: Path):
    client = client_for(workspace, tmp_path / "cache")
    client.environment.update(PATH=str(tmp_path), CARGO_HOME=str(tmp_path), HOME=str(tmp_path))
    async with client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        result = await client.result(CHECK, {"command": "batuta.check", "arguments": [document.uri]})
        assert not result["ok"]
        (found,) = await client.diagnostics(document.uri, 1)
        assert found["code"] == "BAT303"
