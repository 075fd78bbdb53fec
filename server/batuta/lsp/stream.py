"""Messages over standard input and output, each with its header.

Reading and writing happen on threads of their own, so that neither a slow client nor a long message ever holds up the event
loop.
"""

from __future__ import annotations

import os
import queue
import re
import threading
from collections.abc import Callable

_LENGTH = re.compile(rb"content-length\s*:\s*(\d+)\s*", re.IGNORECASE)
LARGEST_MESSAGE = 256 * 1024 * 1024
"""Above this a length is taken for a broken header."""


class MessageReader:
    """Cuts a stream of bytes into message bodies. Header names are read in any case, other headers are skipped."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._length: int | None = None
        self._in_body = False

    def feed(self, data: bytes) -> list[bytes]:
        """Take more bytes; return the bodies that are complete now."""
        self._buffer += data
        bodies = []
        while (body := self._next()) is not None:
            bodies.append(body)
        return bodies

    def _next(self) -> bytes | None:
        while True:
            if self._length is not None and self._in_body:
                if len(self._buffer) < self._length:
                    return None
                body = bytes(self._buffer[: self._length])
                del self._buffer[: self._length]
                self._length, self._in_body = None, False
                return body
            end = self._buffer.find(b"\n")
            if end < 0:
                return None
            header = bytes(self._buffer[:end]).strip()
            del self._buffer[: end + 1]
            if match := _LENGTH.fullmatch(header):
                self._length = min(int(match[1][:12]), LARGEST_MESSAGE)
            elif not header and self._length is not None:
                self._in_body = True


def read_messages(descriptor: int, deliver: Callable[[bytes], object], ended: Callable[[], object]) -> threading.Thread:
    """Read messages from a file descriptor on a daemon thread until its end."""

    def run() -> None:
        reader = MessageReader()
        try:
            while data := os.read(descriptor, 1 << 16):
                for body in reader.feed(data):
                    deliver(body)
        except (OSError, RuntimeError):
            # The pipe broke, or the event loop is gone: either way there is nobody left to serve.
            pass
        ended()

    thread = threading.Thread(target=run, name="batuta-reader", daemon=True)
    thread.start()
    return thread


class MessageWriter:
    """Writes to a file descriptor on a daemon thread, in order."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._queue: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="batuta-writer", daemon=True)
        self._thread.start()

    def write(self, data: bytes) -> None:
        """Queue bytes."""
        self._queue.put(data)

    def close(self, timeout: float = 1.0) -> None:
        """Write what is queued, but wait for a client that does not read no longer than `timeout` seconds."""
        self._queue.put(None)
        self._thread.join(timeout)

    def _run(self) -> None:
        while (data := self._queue.get()) is not None:
            view = memoryview(data)
            try:
                while view:
                    view = view[os.write(self._descriptor, view) :]
            except OSError:
                return
