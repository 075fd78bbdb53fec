"""How a program of the runtime crate ends: what stdout and stderr hold, and the exit code, beside those of CPython."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.runtime.example import built_example

PYTHON_PROGRAM = """
import sys

class Refused(ValueError):
    pass

print("before")
way = sys.argv[1]
if way == "raises":
    raise KeyError("k")
if way == "raises nothing said":
    raise RuntimeError
if way == "raises its own":
    raise Refused("not today")
if way == "divides":
    print(1 // 0)
if way == "exits with a code":
    sys.exit(3)
if way == "exits with a text":
    sys.exit("stopped")
if way == "exits":
    sys.exit()
if way == "asks":
    name = input("name? ")
    print(repr(name))
    input("more? ")
if way == "writes both":
    print("warned", file=sys.stderr)
    print("no line feed", end="")
"""

LIKE_PYTHON = [
    "returns",
    "raises",
    "raises nothing said",
    "raises its own",
    "divides",
    "exits with a code",
    "exits with a text",
    "exits",
    "asks",
    "writes both",
]

# Ends that are the translation's own: exit code, and a part of what stderr says.
OURS = [
    ("overflows", 70, "OverflowError: an integer left the range of i64"),
    ("overflows in the runtime", 70, "OverflowError: an integer left the range of i64"),
    ("breaks", 71, "internal error"),
    ("misses a handler", 72, "an exception was raised where a handler of the program would have caught it"),
]


@pytest.fixture(scope="module")
def program() -> Path:
    """The Rust program that ends in the way it is asked to."""
    return built_example("program_ends")


def run(command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    """Runs one side with a single line on stdin."""
    return subprocess.run(command, input="Ada\n", capture_output=True, text=True)


def without_traceback(stderr: str) -> list[str]:
    """What stderr holds but for the lines that name places in the source."""
    lines = stderr.splitlines()
    return [each for each in lines if not each.startswith(("  ", "Traceback"))]


@pytest.mark.parametrize("way", LIKE_PYTHON)
def test_ends_as_python_does(way: str, program: Path, tmp_path: Path) -> None:
    """The same stdout, the same last line on stderr, the same exit code."""
    script = tmp_path / "program.py"
    script.write_text(PYTHON_PROGRAM)
    python, rust = run([sys.executable, script, way]), run([program, way])
    assert rust.stdout == python.stdout
    assert without_traceback(rust.stderr) == without_traceback(python.stderr)
    assert rust.returncode == python.returncode


@pytest.mark.parametrize(("way", "code", "text"), OURS)
def test_limits_have_exit_codes_of_their_own(way: str, code: int, text: str, program: Path) -> None:
    """Nobody takes a limit of the translation for Python's behaviour; what was printed before is there."""
    done = run([program, way])
    assert (done.returncode, done.stdout) == (code, "before\n")
    assert text in done.stderr


def test_recursion_goes_far_beyond_python_s_limit(program: Path) -> None:
    """A million frames, a thousand times what Python allows by default."""
    assert run([program, "recurses"]).stdout == "before\n1000000\n"


def test_a_closed_pipe_ends_the_program_quietly(program: Path) -> None:
    """No panic when nobody reads stdout any more."""
    with subprocess.Popen(
        [program, "returns"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.close()
        stderr = process.stderr.read().decode()
    assert "panicked" not in stderr and "internal error" not in stderr
