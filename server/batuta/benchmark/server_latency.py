"""Measures the language server as an editor meets it: over stdio, by a client that does no more than the measurement needs."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ANSWER_LIMIT = 60.0
"""Seconds after which an answer that has not come is an error."""


class ServerSilent(Exception):
    """The server ended, or did not answer in time."""


class RequestFailed(Exception):
    """The server answered with an error."""


@dataclass(frozen=True)
class Latency:
    """What the measurement showed, in seconds."""

    start_to_answer: float
    """Process start to the answer to `initialize`."""
    open_to_diagnostics: float
    keystroke_to_diagnostics: tuple[float, ...]


class StdioClient:
    """One server process, its messages read by a thread."""

    def __init__(self, command: Sequence[str], cwd: Path) -> None:
        self._process = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._next_id = 0
        threading.Thread(target=self._read, daemon=True).start()

    def send(self, message: dict[str, Any]) -> None:
        """Writes one message."""
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(f"Content-Length: {len(body)}\r\n\r\n".encode() + body)
        self._process.stdin.flush()

    def notify(self, method: str, parameters: dict[str, Any]) -> None:
        """Sends a notification."""
        self.send({"method": method, "params": parameters})

    def request(self, method: str, parameters: dict[str, Any] | None) -> Any:
        """Sends a request and waits for its answer. Raises RequestFailed when that is an error."""
        self._next_id += 1
        number = self._next_id
        self.send({"id": number, "method": method, "params": parameters})
        answer = self.wait(lambda message: message.get("id") == number and "method" not in message)
        if "error" in answer:
            raise RequestFailed(f"{method}: {answer['error'].get('message')}")
        return answer.get("result")

    def wait(self, wanted: Any) -> dict[str, Any]:
        """The next message for which `wanted` holds. The server's own requests are answered with null on the way."""
        end = time.monotonic() + ANSWER_LIMIT
        while (left := end - time.monotonic()) > 0:
            try:
                message = self._messages.get(timeout=left)
            except queue.Empty:
                break
            if message is None:
                raise ServerSilent("the server ended")
            if "id" in message and "method" in message:
                asked = message.get("params") or {}
                empty = [None] * len(asked.get("items", ())) if message["method"] == "workspace/configuration" else None
                self.send({"id": message["id"], "result": empty})
            elif wanted(message):
                return message
        raise ServerSilent(f"no answer in {ANSWER_LIMIT:.0f} s")

    def close(self) -> None:
        """Ends the server as the protocol wants it, and by force if it stays."""
        try:
            self.request("shutdown", None)
            self.notify("exit", {})
            self._process.wait(timeout=10)
        except (ServerSilent, OSError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            length = 0
            while (line := stream.readline()) not in (b"\r\n", b""):
                name, _, value = line.decode("ascii", "replace").partition(":")
                if name.lower() == "content-length":
                    length = int(value)
            if not line:
                self._messages.put(None)
                return
            self._messages.put(json.loads(stream.read(length)))


def measure_server(command: Sequence[str], folder: Path, text: str, edit_line: int, keystrokes: int = 40) -> Latency:
    """Starts a server in `folder`, opens a file with `text`, and types at the end of the line `edit_line` (0-based).

    The folder should hold a `batuta.toml`: without one the server shows nothing unasked.
    """
    path = folder / "measured.py"
    path.write_text(text, encoding="utf-8")
    uri = path.as_uri()
    began = time.perf_counter()
    client = StdioClient(command, folder)
    try:
        client.request(
            "initialize",
            {
                "processId": None,
                "rootUri": folder.as_uri(),
                "workspaceFolders": [{"uri": folder.as_uri(), "name": folder.name}],
                "capabilities": {"textDocument": {"publishDiagnostics": {"versionSupport": True}}},
            },
        )
        started = time.perf_counter() - began
        client.notify("initialized", {})
        began = time.perf_counter()
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": document})
        _published(client, uri, 1)
        opened = time.perf_counter() - began
        column = len(text.split("\n")[edit_line])
        taken = []
        for number in range(keystrokes):
            version = number + 2
            at = {"line": edit_line, "character": column}
            change = {"range": {"start": at, "end": at}, "text": "x"}
            began = time.perf_counter()
            client.notify(
                "textDocument/didChange", {"textDocument": {"uri": uri, "version": version}, "contentChanges": [change]}
            )
            _published(client, uri, version)
            taken.append(time.perf_counter() - began)
            column += 1
    finally:
        client.close()
    return Latency(started, opened, tuple(taken))


def _published(client: StdioClient, uri: str, version: int) -> None:
    def wanted(message: dict[str, Any]) -> bool:
        said = message.get("params") or {}
        return (
            message.get("method") == "textDocument/publishDiagnostics"
            and said.get("uri") == uri
            and said.get("version") in (None, version)
        )

    client.wait(wanted)
