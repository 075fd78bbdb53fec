"""Limits and cancelling of processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import psutil
import pytest

from batuta.cargo.process import Ending, Limits, run_command

# A program whose grandchild ignores a polite request to end.
STUBBORN = """
import os, signal, sys, time
if os.fork() == 0:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(os.getpid(), flush=True)
time.sleep(600)
"""


def python(source: str) -> list[str]:
    return [sys.executable, "-I", "-c", source]


@pytest.mark.parametrize(
    ("source", "limits", "ending"),
    [
        ("while True: pass", Limits(wall=0.5), "timeout"),
        ("while True: print('x' * 10000)", Limits(wall=30, output=100_000), "output"),
        ("x = bytearray(300_000_000); import time; time.sleep(600)", Limits(wall=30, memory=100_000_000), "memory"),
        ("print('fine')", Limits(), ""),
    ],
)
def test_a_limit_ends_the_run(source: str, limits: Limits, ending: Ending, tmp_path: Path) -> None:
    finished = run_command(python(source), cwd=tmp_path, environment={}, limits=limits)
    assert finished.ended_by == ending
    assert len(finished.stdout) <= limits.output


def test_output_that_ends_the_program_by_itself_still_counts(tmp_path: Path) -> None:
    finished = run_command(python("print('x' * 5000)"), cwd=tmp_path, environment={}, limits=Limits(output=1000))
    assert finished.ended_by == "output" and len(finished.stdout) == 1000


def test_cancelling_ends_the_whole_group(tmp_path: Path) -> None:
    cancel = threading.Event()
    lines: list[bytes] = []

    def on_line(line: bytes) -> None:
        lines.append(line)
        if len(lines) == 2:
            cancel.set()

    finished = run_command(python(STUBBORN), cwd=tmp_path, environment={}, cancel=cancel, on_stdout=on_line)
    assert finished.ended_by == "cancelled"
    wait_until_gone([int(line) for line in lines])


def wait_until_gone(pids: list[int]) -> None:
    """Fails when one of the processes is still running after ten seconds."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if not any(_runs(pid) for pid in pids):
            return
        time.sleep(0.02)
    raise AssertionError(f"still running: {[pid for pid in pids if _runs(pid)]}")


def _runs(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_an_interrupt_while_the_command_starts_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    plain = subprocess.Popen

    def start_and_interrupt(*arguments: Any, **options: Any) -> subprocess.Popen[bytes]:
        started.append(plain(*arguments, **options))
        os.kill(os.getpid(), signal.SIGINT)
        return started[0]

    monkeypatch.setattr(subprocess, "Popen", start_and_interrupt)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            run_command(["sleep", "60"], cwd=tmp_path, environment=os.environ)
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)
    assert started[0].returncode == -signal.SIGKILL
