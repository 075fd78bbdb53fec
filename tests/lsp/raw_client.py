"""A language client that can send what no editor would: bytes, odd headers, requests out of order."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import sys
import time
from pathlib import Path
from typing import Any

COMMAND = [sys.executable, "-P", "-m", "batuta.lsp", "--stdio"]
LIMIT = 60.0
"""Seconds until an answer that does not come counts as missing; generous, because the machine may be busy."""
_LINE_END = re.compile(r"\r\n|\n|\r")


class NoAnswer(Exception):
    """The server did not answer, or is gone."""


class RawClient:
    """One server process and the conversation with it. Use as an async context manager."""

    def __init__(self, root: Path, options: Any = None, capabilities: dict[str, Any] | None = None) -> None:
        self.root, self.options = root, options
        self.capabilities = capabilities if capabilities is not None else {"textDocument": {"publishDiagnostics": {}}}
        self.answers: dict[Any, asyncio.Future[dict[str, Any]]] = {}
        self.notifications: list[dict[str, Any]] = []
        self.requests: list[dict[str, Any]] = []
        self.refusals: list[dict[str, Any]] = []
        """Answers without an id: to what was no request."""
        self.reply: dict[str, Any] = {}
        """What to answer requests of the server's with, by method."""
        self._news = asyncio.Event()
        self._number = 0
        self.environment: dict[str, str] = {}

    async def __aenter__(self) -> RawClient:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.kill()

    async def start(self, handshake: bool = True) -> dict[str, Any]:
        """Start the process; shake hands unless told otherwise."""
        self.process = await asyncio.create_subprocess_exec(
            *COMMAND, cwd=self.root, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, start_new_session=True,
            limit=1 << 27, env={**os.environ, **self.environment},
        )  # fmt: skip
        self._reader = asyncio.create_task(self._read())
        if not handshake:
            return {}
        folders = [{"uri": self.root.as_uri(), "name": self.root.name}]
        parameters = {"processId": os.getpid(), "rootUri": self.root.as_uri(), "workspaceFolders": folders}
        parameters.update(capabilities=self.capabilities, initializationOptions=self.options)
        answer = await self.request("initialize", parameters)
        self.notify("initialized", {})
        return answer

    async def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        try:
            while True:
                length = 0
                while (line := await stream.readline()) != b"\r\n":
                    if not line:
                        return
                    if line.lower().startswith(b"content-length:"):
                        length = int(line.split(b":")[1])
                self._receive(json.loads(await stream.readexactly(length)))
        except asyncio.IncompleteReadError:
            pass
        finally:
            for future in self.answers.values():
                if not future.done():
                    future.set_exception(NoAnswer("the server closed its output"))
            self._news.set()

    def _receive(self, message: dict[str, Any]) -> None:
        assert message.get("jsonrpc") == "2.0", message
        if "method" in message and "id" in message:
            self.requests.append(message)
            self.send({"jsonrpc": "2.0", "id": message["id"], "result": self.reply.get(message["method"])})
        elif "method" in message:
            self.notifications.append(message)
        elif message["id"] is None:
            self.refusals.append(message)
        else:
            future = self.answers[message["id"]]
            assert not future.done(), f"answered twice: {message['id']}"
            future.set_result(message)
        self._news.set()

    def send_bytes(self, body: bytes, header: bytes | None = None) -> None:
        """Write a message as it is."""
        assert self.process.stdin is not None
        self.process.stdin.write((b"Content-Length: %d\r\n\r\n" % len(body) if header is None else header) + body)

    def send(self, message: Any) -> None:
        """Write a message as JSON."""
        self.send_bytes(json.dumps(message).encode("utf-8"))

    def notify(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self.send({"jsonrpc": "2.0", "method": method, "params": parameters})

    def ask(self, method: str, parameters: Any, number: Any = None) -> tuple[Any, asyncio.Future[dict[str, Any]]]:
        """Send a request; return its id and a future for its answer."""
        self._number += 1
        number = self._number if number is None else number
        future = self.answers[number] = asyncio.get_running_loop().create_future()
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": parameters})
        return number, future

    async def request(self, method: str, parameters: Any, number: Any = None) -> dict[str, Any]:
        """Send a request and wait for its answer, the whole message."""
        _, future = self.ask(method, parameters, number)
        return await self.wait(future)

    async def result(self, method: str, parameters: Any) -> Any:
        """Send a request that must succeed; return its result."""
        answer = await self.request(method, parameters)
        assert "error" not in answer, answer
        return answer["result"]

    async def wait(self, future: asyncio.Future[Any]) -> Any:
        """Wait for an answer."""
        try:
            return await asyncio.wait_for(future, LIMIT)
        except TimeoutError:
            raise NoAnswer("no answer") from None

    async def until(self, condition: Any, what: str, limit: float = LIMIT) -> Any:
        """Wait until a condition on what was received holds; return its value."""
        deadline = time.monotonic() + limit
        while not (value := condition()):
            self._news.clear()
            left = deadline - time.monotonic()
            assert left > 0, f"never came: {what}; got {self.notifications[-3:]}"
            try:
                await asyncio.wait_for(self._news.wait(), min(left, 1.0))
            except TimeoutError:
                assert self.process.returncode is None, f"the server ended while waiting for: {what}"
        return value

    def published(self, uri: str) -> list[dict[str, Any]]:
        """The parameters of all publishes for a document so far."""
        found = [each["params"] for each in self.notifications if each["method"] == "textDocument/publishDiagnostics"]
        return [each for each in found if each["uri"] == uri]

    async def diagnostics(self, uri: str, version: int) -> list[dict[str, Any]]:
        """The diagnostics of one version of a document, once they are published."""
        matching = lambda: [each for each in self.published(uri) if each.get("version") == version]  # noqa: E731
        return (await self.until(matching, f"diagnostics of version {version}"))[-1]["diagnostics"]

    async def shut_down(self) -> int:
        """Shut down in order; return the exit code."""
        await self.request("shutdown", None)
        self.notify("exit", None)
        return await asyncio.wait_for(self.process.wait(), LIMIT)

    async def kill(self) -> None:
        """End the process and its group, however it is."""
        self._reader.cancel()
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        await self.process.wait()


class OpenDocument:
    """A text that is kept in step with the server by incremental edits."""

    def __init__(self, client: RawClient, name: str, text: str, version: int = 1) -> None:
        self.client, self.text, self.version = client, text, version
        self.uri = (client.root / name).as_uri()

    def open(self) -> OpenDocument:
        """Tell the server."""
        item = {"uri": self.uri, "languageId": "python", "version": self.version, "text": self.text}
        self.client.notify("textDocument/didOpen", {"textDocument": item})
        return self

    def position(self, offset: int) -> dict[str, int]:
        """The position of an offset, counted in the plainest way."""
        ends = [match.end() for match in _LINE_END.finditer(self.text, 0, offset)]
        start = ends[-1] if ends else 0
        return {"line": len(ends), "character": len(self.text[start:offset].encode("utf-16-le", "surrogatepass")) // 2}

    def range(self, piece: str) -> dict[str, dict[str, int]]:
        """The range of the first occurrence of a piece of the text."""
        start = self.text.index(piece)
        return {"start": self.position(start), "end": self.position(start + len(piece))}

    def at(self, piece: str, inside: int = 0) -> dict[str, Any]:
        """The parameters of a request at the first occurrence of a piece."""
        return {"textDocument": {"uri": self.uri}, "position": self.position(self.text.index(piece) + inside)}

    def replace(self, start: int, end: int, new: str) -> None:
        """Edit the text on both sides."""
        span = {"start": self.position(start), "end": self.position(end)}
        self.version += 1
        self.text = self.text[:start] + new + self.text[end:]
        identifier = {"uri": self.uri, "version": self.version}
        self.client.notify(
            "textDocument/didChange", {"textDocument": identifier, "contentChanges": [{"range": span, "text": new}]}
        )

    async def server_text(self) -> str:
        """The text as the server has it."""
        return (await self.client.result("batuta/serverState", {"uri": self.uri}))["text"]
