"""Every request gets exactly one answer and the server lives on, whatever is sent."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tests.lsp.raw_client import LIMIT, OpenDocument, RawClient

pytestmark = pytest.mark.asyncio

TEXT = '''\
import math


def area(radius: float) -> float:
    """The area of a circle: 🚀 漢字."""
    return math.pi * radius**2


class Circle:
    def __init__(self, radius: float) -> None:
        self.radius = radius

    def area(self) -> float:
        return area(self.radius)


print(f"{Circle(2.0).area():.3f}", eval("1 + 1"))
'''

Case = Callable[[RawClient, OpenDocument], Awaitable[None]]
CASES: list[Case] = []


def case(function: Case) -> Case:
    CASES.append(function)
    return function


async def code(client: RawClient, method: str, parameters: object) -> int | None:
    """The error code of an answer, or None for a result."""
    return (await client.request(method, parameters)).get("error", {}).get("code")


async def in_step(document: OpenDocument) -> None:
    assert await document.server_text() == document.text


def hover_at(document: OpenDocument, line: int, character: int) -> dict[str, object]:
    return {"textDocument": {"uri": document.uri}, "position": {"line": line, "character": character}}


@case
async def unknown_request(client, document):
    assert await code(client, "nobody/knows", {}) == -32601


@case
async def unknown_notifications(client, document):
    client.notify("nobody/knows", {})
    client.notify("$/nobody", {})


@case
async def parameters_missing(client, document):
    assert await code(client, "textDocument/hover", None) == -32602


@case
async def parameters_of_the_wrong_type(client, document):
    assert await code(client, "textDocument/hover", {"textDocument": 5, "position": "x"}) == -32602
    assert await code(client, "batuta/preview", {"uri": 5}) == -32602
    assert await code(client, "batuta/grade", []) == -32602
    assert await code(client, "workspace/executeCommand", {"command": "batuta.enable", "arguments": ["yes"]}) == -32602
    assert await code(client, "codeAction/resolve", {"title": "not ours", "data": 3}) == -32602


@case
async def negative_position(client, document):
    assert await code(client, "textDocument/hover", hover_at(document, -1, -1)) == -32602


@case
async def position_past_the_end(client, document):
    assert await code(client, "textDocument/hover", hover_at(document, 10**7, 10**7)) is None


@case
async def integer_that_is_too_large(client, document):
    assert await code(client, "textDocument/hover", hover_at(document, 2**63, 0)) == -32602


@case
async def request_for_an_unopened_document(client, document):
    nowhere = (client.root / "nowhere.py").as_uri()
    position = {"line": 0, "character": 0}
    assert await code(client, "textDocument/hover", {"textDocument": {"uri": nowhere}, "position": position}) is None
    assert await code(client, "batuta/preview", {"uri": nowhere}) == -32803


@case
async def change_of_an_unopened_document(client, document):
    identifier = {"uri": (client.root / "nowhere.py").as_uri(), "version": 9}
    client.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": "x = 1\n"}]})


@case
async def close_of_an_unopened_document(client, document):
    client.notify("textDocument/didClose", {"textDocument": {"uri": (client.root / "nowhere.py").as_uri()}})


def change(client: RawClient, document: OpenDocument, version: int, start: tuple, end: tuple, text: str) -> None:
    span = {"start": {"line": start[0], "character": start[1]}, "end": {"line": end[0], "character": end[1]}}
    identifier = {"uri": document.uri, "version": version}
    client.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"range": span, "text": text}]})


@case
async def edit_past_the_end(client, document):
    change(client, document, 2, (10**6, 3), (10**6, 9), "z")
    document.text += "z"
    await in_step(document)


@case
async def edit_whose_end_is_before_its_start(client, document):
    change(client, document, 2, (9, 3), (2, 0), "z")
    lines = document.text.split("\n")
    document.text = "\n".join(lines[:2]) + "\nz" + lines[9][3:] + "\n" + "\n".join(lines[10:])
    await in_step(document)


@case
async def versions_that_go_back(client, document):
    for version in (5, 3, 4, -1):
        identifier = {"uri": document.uri, "version": version}
        client.notify("textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"text": TEXT}]})
    state = await client.result("batuta/serverState", {"uri": document.uri})
    assert (state["text"], state["version"]) == (TEXT, -1)


@case
async def opened_twice(client, document):
    document.text = "x = 1\n"
    document.open().open()
    await in_step(document)


STRANGE = ["untitled:Untitled-1", "not a uri", "", "file:///%ZZ", "http://localhost/x.py", "file:///a/../b.py"]
STRANGE += ["vscode-notebook-cell:/x.ipynb#W0", "file://[", "file:///\x00"]


@pytest.mark.parametrize("uri", STRANGE)
async def test_strange_uris(workspace: Path, uri: str):
    async with RawClient(workspace, {"enable": True}) as client:
        item = {"uri": uri, "languageId": "python", "version": 1, "text": "x = eval('1')\n"}
        client.notify("textDocument/didOpen", {"textDocument": item})
        position = {"line": 0, "character": 4}
        assert await code(client, "textDocument/hover", {"textDocument": {"uri": uri}, "position": position}) is None
        assert [each["code"] for each in await client.diagnostics(uri, 1)] == ["BAT107"]
        assert await client.shut_down() == 0


@case
async def broken_syntax(client, document):
    other = OpenDocument(client, "broken.py", "def (:\n\t class x[[[\n  '''unclosed\n" * 50).open()
    # Syntax errors are left to other servers, and answered where they are asked about.
    assert await client.diagnostics(other.uri, 1) == []
    assert [each["code"] for each in (await client.result("batuta/preview", {"uri": other.uri}))["findings"]] == ["BAT001"]


@case
async def odd_characters(client, document):
    other = OpenDocument(client, "odd.py", "\ufeffx = '\x00\x0c'\r y\u2028 = '🚀'\r\nz\ud800 = 1\n").open()
    await in_step(other)
    await client.result("batuta/preview", {"uri": other.uri})
    other.replace(other.text.index("z"), other.text.index("z"), "\udc00w = 2\n")
    await in_step(other)


@case
async def deep_brackets(client, document):
    await refused(client, "x = " + "(" * 5000 + "1" + ")" * 5000 + "\n")


@case
async def deep_blocks(client, document):
    await refused(client, "".join(" " * i + "if x:\n" for i in range(300)) + " " * 300 + "pass\n")


@case
async def long_sum(client, document):
    await refused(client, "x = " + " + ".join(["1"] * 20000) + "\n")


async def refused(client: RawClient, text: str) -> None:
    other = OpenDocument(client, "hostile.py", text).open()
    preview = await client.result("batuta/preview", {"uri": other.uri})
    assert preview["rust"] == "" and "more than" in preview["findings"][0]["message"]


@case
async def one_very_long_line(client, document):
    other = OpenDocument(client, "long.py", "x = [" + "1, " * 700_000 + "]\n").open()
    preview = await client.result("batuta/preview", {"uri": other.uri})
    assert preview["rust"] == "" and preview["findings"][0]["code"] == "BAT003"
    notices = lambda: [each for each in client.notifications if each["method"] == "window/showMessage"]  # noqa: E731
    await client.until(notices, "one message about the size")
    other.replace(0, 0, "y = 1\n")
    await client.diagnostics(other.uri, 2)
    assert len(notices()) == 1


@case
async def broken_json(client, document):
    client.send_bytes(b'{"jsonrpc": "2.0", "id": 77, "method": ')
    await client.until(lambda: client.refusals, "a refusal")
    assert client.refusals[0]["error"]["code"] == -32700


@case
async def broken_utf8(client, document):
    client.send_bytes(b'{"jsonrpc":"2.0","method":"\xff\xfe","params":{}}')
    await client.until(lambda: client.refusals, "a refusal")


@case
async def deep_json(client, document):
    client.send_bytes(b"[" * 100_000 + b"]" * 100_000)
    await client.until(lambda: client.refusals, "a refusal")


@case
async def an_array_and_bare_values(client, document):
    for body in (b"[]", b"42", b"null", b'"text"', b"[{}]"):
        client.send_bytes(body)
    await client.until(lambda: len(client.refusals) == 5, "five refusals")


@case
async def ids_that_are_none(client, document):
    for number in ([], {}, 1.5, True, None):
        client.send({"jsonrpc": "2.0", "id": number, "method": "textDocument/hover", "params": {}})
    await client.until(lambda: len(client.refusals) == 5, "five refusals")


@case
async def a_request_without_method(client, document):
    future = client.answers["lost"] = asyncio.get_running_loop().create_future()
    client.send({"jsonrpc": "2.0", "id": "lost"})
    assert (await client.wait(future))["error"]["code"] == -32600


@case
async def headers_in_another_case(client, document):
    body = b'{"jsonrpc":"2.0","method":"$/nobody","params":{}}'
    client.send_bytes(body, b"content-length: %d\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n" % len(body))


@case
async def ids_that_are_texts(client, document):
    answer = await client.request("batuta/serverState", {}, number="a-1")
    assert answer["id"] == "a-1" and "result" in answer


@case
async def cancelling_what_is_unknown(client, document):
    client.notify("$/cancelRequest", {"id": 999_999})
    client.notify("$/cancelRequest", {"id": None})
    client.notify("$/cancelRequest", None)


@case
async def answers_to_nothing(client, document):
    client.send({"jsonrpc": "2.0", "id": 12345, "result": None})
    client.send({"jsonrpc": "2.0", "id": "x", "error": {"code": "no number"}})
    client.send({"jsonrpc": "2.0", "id": [], "result": None})


@case
async def a_flood_that_is_cancelled(client, document):
    asked = [client.ask("textDocument/hover" if n % 2 else "textDocument/codeLens", document.at("area")) for n in range(200)]
    for number, _ in asked:
        client.notify("$/cancelRequest", {"id": number})
    done, late = await asyncio.wait([future for _, future in asked], timeout=LIMIT)
    assert not late
    kinds = Counter(future.result().get("error", {}).get("code") for future in done)
    assert set(kinds) <= {None, -32800} and kinds[-32800] > 0


@case
async def a_storm_of_edits(client, document):
    chance = random.Random(3)
    pieces = ["x", "\n", "    pass\n", "(", ")", '"', "é", "🚀", "\t", "", "def f():\n    return 1\n", "\r\n"]
    for _ in range(300):
        start = outside_line_end(document.text, chance.randrange(len(document.text) + 1))
        end = outside_line_end(document.text, min(len(document.text), start + chance.choice((0, 0, 1, 5, 40))))
        document.replace(start, end, chance.choice(pieces))
    await in_step(document)


def outside_line_end(text: str, offset: int) -> int:
    return offset + 1 if text[offset - 1 : offset + 1] == "\r\n" else offset


@case
async def characters_that_end_no_line(client, document):
    other = OpenDocument(client, "breaks.py", "a = 1  # \x0c \x0b \x85 \u2028\nb = 2\ndef f():\n    return 3\n").open()
    for number in range(5):
        other.replace(other.text.index("return"), other.text.index("return"), "global g\n    ")
        other.replace(other.text.index("b = 2"), other.text.index("b = 2") + 1, f"def h{number}(): pass\nb")
    await in_step(other)
    symbols = await client.result("textDocument/documentSymbol", {"textDocument": {"uri": other.uri}})
    assert [each["name"] for each in symbols] == [*(f"h{n}" for n in range(5)), "f"]


@case
async def initialized_twice(client, document):
    assert await code(client, "initialize", {"processId": None, "rootUri": None, "capabilities": {}}) == -32600


@pytest.mark.parametrize("act", CASES, ids=lambda act: act.__name__)
async def test_survived_and_answered(workspace: Path, act: Case):
    async with RawClient(workspace, {"enable": True}) as client:
        document = OpenDocument(client, "program.py", TEXT).open()
        await act(client, document)
        assert client.process.returncode is None
        assert await client.result("batuta/serverState", {}) is not None
        assert await client.shut_down() == 0


async def test_request_before_initialize(workspace: Path):
    client = RawClient(workspace)
    await client.start(handshake=False)
    assert await code(client, "textDocument/hover", {}) == -32002
    client.notify("textDocument/didOpen", {})
    answer = await client.request(
        "initialize", {"processId": None, "rootUri": None, "capabilities": {"textDocument": {"hover": 3}}}
    )
    assert "capabilities" in answer["result"]
    await client.kill()


async def test_initialize_that_does_not_fit(workspace: Path):
    client = RawClient(workspace)
    await client.start(handshake=False)
    assert await code(client, "initialize", {"capabilities": 5}) == -32602
    assert await code(client, "initialize", {"processId": None, "rootUri": "not a uri", "capabilities": {}}) is None
    await client.kill()


async def test_request_after_shutdown(workspace: Path):
    async with RawClient(workspace) as client:
        await client.request("shutdown", None)
        assert await code(client, "textDocument/hover", {}) == -32600
        client.notify("exit", None)
        assert await asyncio.wait_for(client.process.wait(), LIMIT) == 0


async def test_exit_without_shutdown(workspace: Path):
    async with RawClient(workspace) as client:
        client.notify("exit", None)
        assert await asyncio.wait_for(client.process.wait(), LIMIT) == 1


async def test_input_closed(workspace: Path):
    async with RawClient(workspace) as client:
        OpenDocument(client, "program.py", TEXT).open()
        client.process.stdin.close()
        assert await asyncio.wait_for(client.process.wait(), LIMIT) == 1
