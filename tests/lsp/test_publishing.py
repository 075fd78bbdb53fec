"""When findings are shown, and that what is shown is about the text that the client has."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

import pytest

from batuta.lsp.publisher import DEBOUNCE
from tests.lsp.raw_client import OpenDocument, RawClient

pytestmark = pytest.mark.asyncio

PROGRAM = 'x = eval("1")\nprint(x)\n'


async def states(client: RawClient) -> list[bool]:
    """What the server said about showing findings so far."""
    return [each["params"]["diagnostics"] for each in client.notifications if each["method"] == "batuta/status"]


async def silent(client: RawClient, document: OpenDocument) -> None:
    """The document is analysed on request, and nothing was published."""
    assert (await client.result("batuta/preview", {"uri": document.uri}))["findings"]
    # Longer than the pause after which an analysis would start; its end is not waited for but asked.
    await asyncio.sleep(0.5)
    await client.result("batuta/preview", {"uri": document.uri})
    assert client.published(document.uri) == []
    assert await client.result("textDocument/codeLens", {"textDocument": {"uri": document.uri}}) is None


async def test_quiet_until_switched_on(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        await silent(client, document)
        await client.until(lambda: any(each["method"] == "batuta/status" for each in client.notifications), "the status")
        assert await states(client) == [False]
        await client.result("workspace/executeCommand", {"command": "batuta.enable", "arguments": [True]})
        (found,) = await client.diagnostics(document.uri, 1)
        assert (found["code"], found["severity"], found["source"]) == ("BAT107", 4, "batuta")
        assert await client.result("textDocument/codeLens", {"textDocument": {"uri": document.uri}})
        await client.result("workspace/executeCommand", {"command": "batuta.enable", "arguments": [False]})
        await client.until(lambda: client.published(document.uri)[-1]["diagnostics"] == [], "taking back")
        assert await states(client) == [False, True, False]


async def test_lenses_are_asked_for_anew_when_the_switch_changes(workspace: Path):
    capabilities = {"workspace": {"codeLens": {"refreshSupport": True}}}
    async with RawClient(workspace, capabilities=capabilities) as client:
        OpenDocument(client, "program.py", PROGRAM).open()
        await client.result("workspace/executeCommand", {"command": "batuta.enable", "arguments": [True]})
        asked = lambda: [each for each in client.requests if each["method"] == "workspace/codeLens/refresh"]  # noqa: E731
        await client.until(asked, "a request to refresh the lenses")
        assert await client.result("batuta/serverState", {}), "the answer to it does no harm"
    async with RawClient(workspace) as client:
        await client.result("workspace/executeCommand", {"command": "batuta.enable", "arguments": [True]})
        await client.result("batuta/serverState", {})
        assert client.requests == [], "an editor that cannot do it is not asked"


async def test_limits_that_are_none_are_left_out(workspace: Path):
    hostile = {"analysis": 1e999, "timeout": True, "memory": -1, "other": "x"}
    async with RawClient(workspace, {"enable": True, "limits": hostile}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        assert await client.diagnostics(document.uri, 1)


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("batuta.toml", "", True),
        ("pyproject.toml", "[tool.batuta]\n", True),
        ("pyproject.toml", "[tool.other]\n", False),
    ],
)
async def test_a_configuration_switches_it_on(workspace: Path, name: str, text: str, shown: bool):
    (workspace / name).write_text(text)
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        if shown:
            assert await client.diagnostics(document.uri, 1)
        else:
            await silent(client, document)


async def test_a_configuration_that_appears(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        await silent(client, document)
        (workspace / "batuta.toml").write_text('ignore = ["BAT107"]\n')
        change = {"uri": (workspace / "batuta.toml").as_uri(), "type": 1}
        client.notify("workspace/didChangeWatchedFiles", {"changes": [change]})
        assert await client.diagnostics(document.uri, 1) == []


async def test_settings_switch_it_on_and_off(workspace: Path):
    async with RawClient(workspace) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        client.notify("workspace/didChangeConfiguration", {"settings": {"batuta": {"enable": True, "target": "nonsense"}}})
        assert await client.diagnostics(document.uri, 1)
        client.notify("workspace/didChangeConfiguration", {"settings": {"batuta": {"enable": False}}})
        await client.until(lambda: client.published(document.uri)[-1]["diagnostics"] == [], "taking back")


async def test_comments_silence_and_unused_ones_are_found(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(
            client, "program.py", 'x = eval("1")  # batuta: ignore[BAT107]\ny = 1  # batuta: ignore\n'
        ).open()
        assert [each["code"] for each in await client.diagnostics(document.uri, 1)] == ["BAT901"]


async def test_closing_takes_findings_back(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        assert await client.diagnostics(document.uri, 1)
        client.notify("textDocument/didClose", {"textDocument": {"uri": document.uri}})
        await client.until(lambda: client.published(document.uri)[-1]["diagnostics"] == [], "taking back")


async def test_columns_behind_wide_characters(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", "s = '🚀漢字'; x = eval('🚀'); y = '\x0c'\nz = eval('é')\n").open()
        first, second = await client.diagnostics(document.uri, 1)
        assert first["range"] == document.range("eval('🚀')")
        assert second["range"] == document.range("eval('é')")


async def test_stale_findings_are_never_published(workspace: Path):
    """Many edits, some far enough apart for an analysis to start: each publish is about the newest version at its time."""
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM + "".join(f"v{n} = {n}\n" for n in range(400))).open()
        for number in range(12):
            document.replace(0, 0, f'eval("{number}")\n')
            await asyncio.sleep(0.03 if number % 4 else 0.35)
        found = await client.diagnostics(document.uri, document.version)
        assert len(found) == 13
        versions = [each["version"] for each in client.published(document.uri)]
        assert versions == sorted(versions)
        for each in client.published(document.uri):
            # Version n has n finding lines: a result for another version would have another number.
            assert len(each["diagnostics"]) == each["version"]


async def test_a_burst_of_keys_publishes_little(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        await client.diagnostics(document.uri, 1)
        for _ in range(20):
            document.replace(0, 0, "#")
        await client.diagnostics(document.uri, 21)
        assert len(client.published(document.uri)) <= 4


async def test_a_quick_analysis_is_not_waited_for_as_long_as_a_slow_one(workspace: Path):
    """The pause before an analysis follows what the last one took; the first change, whose cost nobody knows, waits longest."""
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        await client.diagnostics(document.uri, 1)
        for number in range(6):
            began = asyncio.get_running_loop().time()
            document.replace(0, 0, f"a{number} = {number}\n")
            await client.diagnostics(document.uri, document.version)
            if asyncio.get_running_loop().time() - began < DEBOUNCE:
                return
        raise AssertionError("six changes of two lines, each answered after the longest pause")


async def test_a_dead_worker_is_replaced(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        await client.diagnostics(document.uri, 1)
        worker = (await client.result("batuta/serverState", {}))["worker"]
        os.kill(worker, signal.SIGKILL)
        document.replace(0, 0, "\n")
        assert await client.diagnostics(document.uri, 2)
        state = await client.result("batuta/serverState", {})
        assert state["workerStarts"] == 2 and state["worker"] != worker


async def test_an_analysis_that_takes_too_long_is_ended(workspace: Path):
    async with RawClient(workspace, {"limits": {"analysis": 0.02}}) as client:
        long = "".join(f"def f{n}(x: float) -> float:\n    return x * {n} + {n}\n\nprint(f{n}({n}.0))\n" for n in range(400))
        document = OpenDocument(client, "program.py", long).open()
        answer = await client.request("batuta/preview", {"uri": document.uri})
        assert answer["error"]["code"] == -32803 and "took longer" in answer["error"]["message"]
        # The worker itself lives on.
        client.notify("workspace/didChangeConfiguration", {"settings": {"batuta": {"limits": {"analysis": 60}}}})
        assert (await client.result("batuta/preview", {"uri": document.uri}))["rust"]
        assert (await client.result("batuta/serverState", {}))["workerStarts"] == 1


async def test_a_cancelled_analysis_makes_room_for_the_next(workspace: Path):
    async with RawClient(workspace) as client:
        long = "".join(f"def f{n}(x: float) -> float:\n    return x * {n} + {n}\n\nprint(f{n}({n}.0))\n" for n in range(1500))
        slow = OpenDocument(client, "slow.py", long).open()
        quick = OpenDocument(client, "quick.py", "print(1)\n").open()
        await client.result("batuta/preview", {"uri": quick.uri})
        number, future = client.ask("batuta/preview", {"uri": slow.uri})
        _, second = client.ask("batuta/preview", {"uri": quick.uri})
        client.notify("$/cancelRequest", {"id": number})
        assert (await client.wait(future))["error"]["code"] == -32800
        assert (await client.wait(second))["result"]["rust"]
        assert (await client.result("batuta/serverState", {}))["workerStarts"] == 1


async def test_nothing_is_left_when_the_server_is_killed(workspace: Path):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", PROGRAM).open()
        await client.diagnostics(document.uri, 1)
        worker = (await client.result("batuta/serverState", {}))["worker"]
        os.kill(client.process.pid, signal.SIGKILL)
        for _ in range(600):
            if not _alive(worker):
                return
            await asyncio.sleep(0.1)
        raise AssertionError("the worker outlived the server")


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z" if Path(f"/proc/{process}/stat").exists() else True
