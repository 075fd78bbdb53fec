"""Hostile programs: each is ended, says why, and leaves nothing behind."""

from __future__ import annotations

import sys
import time
import uuid
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from batuta.validation.limited_run import Ran, RunEnding, RunLimits, run_limited
from batuta.validation.validate import Inputs, run_python

QUICK = RunLimits(wall=20.0)
# It stops growing at 512, so that a supervisor that fails here does not take the machine with it.
FORK_BOMB = "import os, time\nfor _ in range(9): os.fork()\ntime.sleep(600)"
BOTH = pytest.mark.parametrize("isolate", [True, False], ids=["namespaces", "plain"])


def run(source: str, limits: RunLimits = QUICK, isolate: bool = True, **inputs: object) -> Ran:
    return run_python(source, "program.py", Inputs(**inputs), limits=replace(limits, isolate=isolate))  # type: ignore[arg-type]


def left_over(mark: str) -> list[int]:
    """Processes whose command line has the mark, after they had ten seconds to go."""
    deadline = time.monotonic() + 10
    while True:
        found = []
        for process in psutil.process_iter(["cmdline", "status"]):
            if process.info["status"] != psutil.STATUS_ZOMBIE and mark in " ".join(process.info["cmdline"] or ()):
                found.append(process.pid)
        if not found or time.monotonic() > deadline:
            return found
        time.sleep(0.05)


HOSTILE: list[tuple[str, str, RunLimits, RunEnding]] = [
    ("an endless loop", "while True: pass", RunLimits(wall=1.0), "timeout"),
    ("endless output", "while True: print('x' * 1000)", QUICK, "output"),
    ("a fork bomb", FORK_BOMB, QUICK, "processes"),
    ("a huge allocation", "x = bytearray(10 * 1024**3)", replace(QUICK, memory=1024**3), "memory"),
]


@pytest.mark.parametrize(("source", "limits", "ending"), [case[1:] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_a_hostile_program_is_ended(source: str, limits: RunLimits, ending: RunEnding) -> None:
    mark = uuid.uuid4().hex
    ran = run(source, limits, arguments=(mark,))
    assert ran.ended_by == ending
    assert len(ran.stdout) <= limits.output
    assert left_over(mark) == []


@BOTH
def test_a_fork_bomb_leaves_nothing_behind(isolate: bool) -> None:
    mark = uuid.uuid4().hex
    ran = run(FORK_BOMB, RunLimits(wall=5.0), isolate, arguments=(mark,))
    assert ran.ended_by in ("processes", "timeout") and ran.code != 0
    assert left_over(mark) == []


@BOTH
def test_a_grandchild_that_leaves_the_group_and_ignores_signals_is_ended(isolate: bool) -> None:
    mark = uuid.uuid4().hex
    source = (
        "import os, signal, time\nif os.fork() == 0:\n    os.setsid()\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "    os.close(1), os.close(2)\n    time.sleep(600)\nprint('done')\n"
    )
    ran = run(source, isolate=isolate, arguments=(mark,))
    assert (ran.code, ran.stdout) == (0, b"done\n")
    assert left_over(mark) == []


@BOTH
def test_killing_the_parent_does_not_set_the_program_free(isolate: bool) -> None:
    mark = uuid.uuid4().hex
    run("import os, time\nos.kill(os.getppid(), 9)\ntime.sleep(600)", RunLimits(wall=1.5), isolate, arguments=(mark,))
    assert left_over(mark) == []


def test_a_written_file_has_a_limit() -> None:
    ran = run("open('big', 'wb').write(bytes(10_000_000))", replace(QUICK, file=1_000_000))
    assert ran.code != 0 and len(ran.written.get("big", b"")) <= 1_000_000


def test_the_program_sees_a_clean_environment_and_an_empty_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_TOKEN", "x")
    ran = run("import os, sys\nprint(sorted(os.listdir('.')), 'SECRET_TOKEN' in os.environ, sys.argv[1:])", arguments=("a b",))
    assert ran.stdout == b"['program.py'] False ['a b']\n"


def test_modules_beside_the_program_are_not_imported() -> None:
    ran = run("import helper", data={"helper.py": b"print('imported')"})
    assert ran.code == 1 and b"ModuleNotFoundError" in ran.stderr


def test_sets_of_strings_come_in_the_same_order_each_time() -> None:
    source = "print({'a', 'b', 'c', 'd', 'e', 'f'})"
    assert run(source).stdout == run(source).stdout


def test_what_is_written_comes_back() -> None:
    ran = run("import os\nos.mkdir('out')\nopen('out/a.txt', 'w').write('hi')\nopen('in.txt').read()", data={"in.txt": b"x"})
    assert dict(ran.written) == {"out/a.txt": b"hi"}


def test_a_command_that_does_not_exist_is_an_ending_not_a_crash(tmp_path: Path) -> None:
    ran = run_limited([str(tmp_path / "nothing")], files={})
    assert ran.code == 127 and b"cannot start" in ran.stderr


def test_standard_input_reaches_the_program_and_may_be_left_unread() -> None:
    assert run("print(input())", stdin=b"hello\n").stdout == b"hello\n"
    assert run("print(1)", stdin=b"x" * 1_000_000).stdout == b"1\n"


@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are Linux's")
def test_isolated_programs_reach_no_network() -> None:
    source = "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError as e:\n    print(e.errno)"
    ran = run(source)
    if ran.isolated:
        # Not "connection refused": in the empty namespace there is no way there at all.
        assert ran.stdout.strip() != b"111"
