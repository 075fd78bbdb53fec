"""Runs a command as a process group with limits, and ends the whole group when a limit is reached or somebody cancels."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal

import psutil  # type: ignore[import-untyped]

Ending = Literal["", "timeout", "cancelled", "output", "memory"]

_POLL = 0.02
"""Seconds between looks at limits and the cancel token: cancelling takes effect within 100 ms."""
_MEMORY_POLL = 0.25
"""Seconds between sums over the group's memory, which cost some milliseconds each."""


@dataclass(frozen=True)
class Limits:
    """What a run may use. None: no limit."""

    wall: float | None = 1800.0
    """Seconds."""
    output: int = 64 * 1024 * 1024
    """Bytes of each of stdout and stderr."""
    memory: int | None = None
    """Bytes of resident memory of the whole group."""


@dataclass(frozen=True)
class Finished:
    """How a run ended."""

    code: int
    """The exit code; negative for the number of a signal."""
    stdout: bytes
    stderr: bytes
    seconds: float
    ended_by: Ending = ""
    """Which limit ended it; "" when it ended by itself."""


class _Reader(threading.Thread):
    """Collects one stream up to a limit, and hands complete lines to a listener."""

    def __init__(self, stream: IO[bytes], limit: int, listener: Callable[[bytes], None] | None) -> None:
        super().__init__(daemon=True)
        self._stream, self._limit, self._listener = stream, limit, listener
        self.data = bytearray()
        self.overflow = False

    def run(self) -> None:
        pending = b""
        with self._stream:
            while chunk := os.read(self._stream.fileno(), 65536):
                room = self._limit - len(self.data)
                if room < len(chunk):
                    self.overflow = True
                self.data += chunk[: max(0, room)]
                if self._listener is None:
                    continue
                # cargo's progress line ends with a carriage return.
                *lines, pending = (pending + chunk.replace(b"\r", b"\n")).split(b"\n")
                for line in lines:
                    self._listener(line)


def run_command(
    command: Sequence[str | os.PathLike[str]],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    limits: Limits | None = None,
    stdin: bytes = b"",
    cancel: threading.Event | None = None,
    on_stdout: Callable[[bytes], None] | None = None,
    on_stderr: Callable[[bytes], None] | None = None,
) -> Finished:
    """Runs a command to its end and returns what it printed.

    The listeners are called from other threads, once for each line. Raises OSError when the command cannot be started. An
    interrupt by the keyboard ends the group before it is passed on.
    """
    limits = limits or Limits()
    started = time.perf_counter()
    process: subprocess.Popen[bytes] | None = None
    ended_by: Ending = ""
    next_memory = started + _MEMORY_POLL
    try:
        with _interrupts_held() as held:
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=dict(environment),
                stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                start_new_session=True,
            )
        if held:
            raise KeyboardInterrupt
        assert process.stdout is not None and process.stderr is not None
        out = _Reader(process.stdout, limits.output, on_stdout)
        err = _Reader(process.stderr, limits.output, on_stderr)
        out.start()
        err.start()
        if stdin:
            threading.Thread(target=_feed, args=(process, stdin), daemon=True).start()
        while process.poll() is None:
            now = time.perf_counter()
            if cancel is not None and cancel.is_set():
                ended_by = "cancelled"
            elif limits.wall is not None and now - started > limits.wall:
                ended_by = "timeout"
            elif out.overflow or err.overflow:
                ended_by = "output"
            elif limits.memory is not None and now > next_memory:
                next_memory = now + _MEMORY_POLL
                if group_memory(process.pid) > limits.memory:
                    ended_by = "memory"
            if ended_by:
                break
            try:
                process.wait(_POLL)
            except subprocess.TimeoutExpired:
                continue
    finally:
        if process is not None:
            kill_group(process.pid)
            process.wait()
    seconds = time.perf_counter() - started
    # A grandchild outside the group may keep a pipe open; what it prints is not waited for.
    out.join(1.0)
    err.join(1.0)
    if not ended_by and (out.overflow or err.overflow):
        ended_by = "output"
    return Finished(process.returncode, bytes(out.data), bytes(err.data), seconds, ended_by)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[list[int]]:
    """Keeps an interrupt by the keyboard back, and notes it: between the start of a process and our knowing its number it would
    leave the process behind."""
    held: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield held
        return
    signal.signal(signal.SIGINT, lambda number, frame: held.append(number))
    try:
        yield held
    finally:
        signal.signal(signal.SIGINT, before)


def kill_group(leader: int) -> None:
    """Ends a process group and every process that still descends from its leader."""
    try:
        descendants = psutil.Process(leader).children(recursive=True)
    except psutil.Error:
        descendants = []
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)
    for process in descendants:
        try:
            process.kill()
        except psutil.Error:
            continue


def group_memory(leader: int) -> int:
    """Resident bytes of a process and all its descendants."""
    total = 0
    try:
        root = psutil.Process(leader)
        family = [root, *root.children(recursive=True)]
    except psutil.Error:
        return 0
    for process in family:
        try:
            total += process.memory_info().rss
        except psutil.Error:
            continue
    return total


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    try:
        process.stdin.write(data)
        process.stdin.close()
    except OSError:
        # The program did not read all of it.
        pass
