"""What stands in the way is said with place, reason and remedy, and ends with a code that is not zero. Never a trace."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command_line import CommandLine
from tests.cli.plain_user import run_as_plain_user
from tests.cli.programs import HELLO

FILE_COMMANDS = ["check", "transpile", "validate", "migrate"]


@pytest.mark.parametrize("name", FILE_COMMANDS)
def test_a_missing_file(batuta: CommandLine, name: str) -> None:
    answer = batuta(name, "missing.py")
    assert answer.code == 2
    assert "missing.py does not exist" in answer.err and "remedy:" in answer.err


@pytest.mark.parametrize("name", FILE_COMMANDS)
def test_a_syntax_error_names_the_place(batuta: CommandLine, name: str) -> None:
    Path("broken.py").write_text("x = 1\ndef f(:\n    pass\n")
    answer = batuta(name, "broken.py")
    assert answer.code == 2
    text = answer.out + answer.err
    assert "broken.py:2:7: error BAT001" in text and "def f(:" in text and "remedy:" in text
    assert [path.name for path in Path.cwd().iterdir()] == ["broken.py"]


@pytest.mark.parametrize("name", FILE_COMMANDS)
def test_two_hundred_thousand_lines(batuta: CommandLine, name: str) -> None:
    Path("long.py").write_text("x = 1\n" * 200_000)
    answer = batuta(name, "long.py")
    assert answer.code == 2 and "BAT003" in answer.out + answer.err and "200,001 lines" in answer.out + answer.err


def test_what_is_not_a_regular_file_is_not_read(batuta: CommandLine) -> None:
    os.mkfifo("pipe.py")
    answer = batuta("check", "pipe.py")
    assert answer.code == 2 and "not a regular file" in answer.out
    assert batuta("check", "/dev/zero").code == 2
    Path("loop").symlink_to(".")
    assert batuta("check", ".").out == "No findings in 0 files.\n"


UNREADABLE = [
    ("not text", b"\xff\xfe\x00bad", "BAT002"),
    ("a wrong declaration", b"# -*- coding: nonsense -*-\nx = 1\n", "BAT002"),
    ("a null byte", b"x = 1\0\n", "BAT001"),
    ("deep nesting", b"x = " + b"(" * 5000 + b")" * 5000 + b"\n", "BAT00"),
    ("a deep sum", b"x = " + b"-" * 100_000 + b"1\n", "BAT003"),
]


@pytest.mark.parametrize(("content", "code"), [case[1:] for case in UNREADABLE], ids=[case[0] for case in UNREADABLE])
def test_what_is_not_python_text(batuta: CommandLine, content: bytes, code: str) -> None:
    Path("odd.py").write_bytes(content)
    answer = batuta("check", "odd.py")
    assert answer.code == 2 and code in answer.out


def test_an_output_folder_that_cannot_be_written(batuta: CommandLine) -> None:
    Path("hello.py").write_text(HELLO)
    Path("file").write_text("")
    answer = batuta("transpile", "hello.py", "--output", "file/out")
    assert answer.code == 2 and "cannot write to file/out" in answer.err and "--output" in answer.err


READ_ONLY = [
    ["transpile", "hello.py", "--output", "locked"],
    ["transpile", "hello.py", "--output", "locked/new"],
    ["migrate", "hello.py", "--output", "locked/new"],
    ["validate", "hello.py", "--yes", "--output", "out"],
    ["check", "hello.py", "--output", "locked/report.txt"],
    ["build", "out"],
]


@pytest.mark.parametrize("arguments", READ_ONLY, ids=" ".join)
def test_a_read_only_output_folder(batuta: CommandLine, arguments: list[str], tmp_path: Path) -> None:
    Path("hello.py").write_text(HELLO)
    assert batuta("transpile", "hello.py", "--output", "out").code == 0
    Path("locked").mkdir()
    locked = [Path("locked"), Path("out"), Path("out/tests")]
    for folder in locked:
        folder.chmod(0o555)
    try:
        answer = run_as_plain_user(arguments, tmp_path)
    finally:
        for folder in locked:
            folder.chmod(0o755)
    assert answer.returncode == 2 and "Permission denied" in answer.stderr, answer.stderr
    assert "Traceback" not in answer.stderr and "remedy: " in answer.stderr
    assert not list(Path("locked").iterdir()) and not Path("out/target").exists()


def test_a_cache_that_cannot_be_written_is_said(batuta: CommandLine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("hello.py").write_text(HELLO)
    Path("cache").mkdir(mode=0o555)
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(tmp_path / "cache"))
    assert run_as_plain_user(["check", "hello.py"], tmp_path).returncode == 0
    answer = run_as_plain_user(["validate", "hello.py", "--yes"], tmp_path)
    assert answer.returncode == 2 and "BAT305" in answer.stderr and "cannot be used: Permission denied" in answer.stderr
    answer = run_as_plain_user(["transpile", "hello.py", "--output", "out"], tmp_path)
    assert answer.returncode == 0 and Path("out/src/main.rs").is_file(), answer.stderr


def test_an_unreadable_file(batuta: CommandLine, tmp_path: Path) -> None:
    Path("secret.py").write_text(HELLO)
    Path("secret.py").chmod(0)
    Path("closed").mkdir(mode=0)
    for name in ("secret.py", "closed", "."):
        answer = run_as_plain_user(["check", name], tmp_path)
        assert answer.returncode == 2 and "BAT002" in answer.stdout and "Permission denied" in answer.stdout, name
    Path("closed").chmod(0o755)


@pytest.mark.parametrize(
    "arguments", [["validate", "hello.py", "--yes"], ["migrate", "hello.py", "--yes"], ["setup"], ["build", "out"]]
)
def test_a_missing_cargo(batuta: CommandLine, arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("hello.py").write_text(HELLO)
    assert batuta("transpile", "hello.py", "--output", "out").code == 0
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.setenv("PATH", str(empty))
    monkeypatch.setenv("CARGO_HOME", str(empty))
    answer = batuta(*arguments)
    assert answer.code == 2 and "BAT303" in answer.err and "rustup" in answer.err


def test_transpiling_needs_no_cargo(batuta: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("hello.py").write_text(HELLO)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CARGO_HOME", str(tmp_path))
    assert batuta("transpile", "hello.py", "--output", "out").code == 0
    assert "indexmap" in Path("out/Cargo.lock").read_text()


def test_no_network_on_the_first_fetch(batuta: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    Path("hello.py").write_text(HELLO)
    monkeypatch.setenv("CARGO_HOME", str(tmp_path / "empty"))
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(tmp_path / "cache"))
    answer = batuta("validate", "hello.py", "--yes")
    assert answer.code == 2 and "BAT304" in answer.err and "batuta setup" in answer.err
    # Port 9 of this machine answers nothing, as if the network were not there.
    monkeypatch.setenv("HTTPS_PROXY", "http" + "://127.0.0.1:9")
    answer = batuta("setup", "--yes")
    assert answer.code == 2 and "could not be fetched (BAT304): " in answer.err and "127.0.0.1 port 9" in answer.err


def test_without_consent_nothing_is_run(batuta: CommandLine) -> None:
    Path("marks.py").write_text('open("ran.txt", "w")\nprint(1)\n')
    answer = batuta("validate", "marks.py")
    assert answer.code != 0 and not Path("ran.txt").exists()
    Path("hello.py").write_text(HELLO)
    answer = batuta("validate", "hello.py")
    assert answer.code == 2 and "needs your consent" in answer.err and "--yes" in answer.err


WRONG_USES = [
    ["bogus"],
    ["transpile", "hello.py", "--target", "gpu"],
    ["validate"],
    ["check", ".", "--format", "xml"],
    ["validate", "hello.py", "--yes", "--args", '"open'],
    ["validate", "hello.py", "--yes", "--data", "absent.csv"],
    ["validate", "hello.py", "--yes", "--stdin", "absent.txt"],
    ["validate", "hello.py", "--yes", "--python", "no-such-python"],
    ["build", "."],
]


@pytest.mark.parametrize("arguments", WRONG_USES, ids=" ".join)
def test_wrong_use_ends_with_two_and_says_why(batuta: CommandLine, arguments: list[str]) -> None:
    Path("hello.py").write_text(HELLO)
    answer = batuta(*arguments)
    assert answer.code == 2 and answer.err.strip()


def test_an_error_inside_is_three_with_a_place_for_the_details(
    batuta: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("batuta.workflow.discover.find_sources", lambda *_: 1 / 0)
    answer = batuta("check", ".")
    assert answer.code == 3 and "internal error: ZeroDivisionError" in answer.err
    assert "ZeroDivisionError" in (tmp_path / "cache/logs/last-error.txt").read_text()


def test_a_reader_that_stops_early_is_no_error(tmp_path: Path) -> None:
    for i in range(2000):
        (tmp_path / f"f{i}.py").write_text("(\n")
    command = f"{sys.executable} -P -m batuta.cli.main check . | head -1"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    answer = subprocess.run(command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert answer.stderr == ""


def wait_for(mark: Path, process: subprocess.Popen[str]) -> None:
    """Until a started stand-in has left its mark."""
    deadline = time.monotonic() + 120
    while not mark.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert mark.exists(), process.stderr and process.stderr.read()


def interrupted(process: subprocess.Popen[str], *traces: str) -> str:
    """What a command says when it is interrupted by the keyboard; nothing with these arguments is left of it."""
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 130 and "cancelled" in err and "Traceback" not in err, err
    # What was killed is gone as soon as the machine comes to it.
    deadline = time.monotonic() + 10
    while left := [trace for trace in traces if trace in processes()]:
        assert time.monotonic() < deadline, left
        time.sleep(0.05)
    return err


def processes() -> str:
    """The arguments of everything that runs."""
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout


def start(tmp_path: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "batuta.cli.main", *arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), **environment},
        stderr=subprocess.PIPE,
        text=True,
        # A shell starts its background jobs with interrupts ignored, and what is ignored is inherited: ask for the default.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def stand_in(path: Path, text: str) -> None:
    """A script in the place of a tool."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)


def test_ctrl_c_ends_the_program_that_runs(tmp_path: Path) -> None:
    (tmp_path / "hello.py").write_text(HELLO)
    # The interpreter that is asked for stands for a program that never ends, and shows that it has started.
    python, forever = tmp_path / "python", f"sleep 600.{os.getpid()}"
    stand_in(python, f'echo $$ > "$0.pid"\nexec {forever}')
    options = ["--yes", "--python", str(python), "--timeout", "600", "--profile", "dev"]
    process = start(tmp_path, "validate", "hello.py", *options)
    wait_for(tmp_path / "python.pid", process)
    interrupted(process, str(python), forever)


def test_ctrl_c_ends_the_compilation_of_a_migration_and_a_second_run_goes_on(batuta: CommandLine, tmp_path: Path) -> None:
    Path("hello.py").write_text(HELLO)
    tools, forever = tmp_path / "tools", f"sleep 601.{os.getpid()}"
    stand_in(tools / "rustc", "echo rustc 1.95.0")
    # A compiler that never ends, with a child of its own.
    stand_in(tools / "cargo", f'case "$1" in build) ;; *) exit 1;; esac\necho $$ > "$0.pid"\n{forever} &\n{forever}')
    path = f"{tools}{os.pathsep}{os.environ['PATH']}"
    cache = str(tmp_path / "cache")
    process = start(tmp_path, "migrate", "hello.py", "--yes", "-o", "out", PATH=path, BATUTA_CACHE_DIR=cache)
    wait_for(tools / "cargo.pid", process)
    err = interrupted(process, forever)
    assert "✓ 2/5 transpile" in err and "3/5" not in err
    assert Path("out/src/main.rs").is_file() and not Path("out/target").exists()
    answer = batuta("migrate", "hello.py", "--yes", "-o", "out")
    assert answer.code == 0 and "✓ 5/5 deploy" in answer.err, answer.err


def test_a_file_name_that_is_no_text_can_be_reported_and_translated(batuta: CommandLine) -> None:
    name = os.fsdecode(b"caf\xe9.py")
    try:
        Path(name).write_text("print(eval('1'))\n")
    except OSError:
        pytest.skip("this file system takes only text as names")
    for form in ("text", "json", "sarif", "github"):
        assert batuta("check", ".", "--format", form, "--output", "report").code == 1
        assert "BAT107" in Path("report").read_text(encoding="utf-8")
    Path(name).write_text(HELLO)
    assert batuta("transpile", name, "-o", "out").code == 0 and Path("out/README.md").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this machine has no device that is always full")
def test_a_full_disk_is_said(batuta: CommandLine, tmp_path: Path) -> None:
    Path("hello.py").write_text(HELLO)
    answer = batuta("check", "hello.py", "--output", "/dev/full")
    assert answer.code == 2 and "No space left" in answer.err and "remedy: " in answer.err
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-m", "batuta.cli.main", "check", "hello.py"]
    with open("/dev/full", "w") as full:
        answered = subprocess.run(command, cwd=tmp_path, env=environment, stdout=full, stderr=subprocess.PIPE, text=True)
    assert answered.returncode == 2 and answered.stderr.startswith("error: cannot write: No space left"), answered.stderr
    assert "Exception ignored" not in answered.stderr and "Traceback" not in answered.stderr
