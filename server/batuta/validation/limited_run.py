"""Runs a program in a fresh folder with limits, and returns everything that left it: output, ending, files."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from batuta.cargo.process import Limits, run_command

RunEnding = Literal["", "timeout", "cancelled", "output", "memory", "processes"]

_LARGEST_FILE = 64 * 1024 * 1024
"""Bytes. A written file above this is compared by its size only."""


@dataclass(frozen=True)
class RunLimits:
    """What a program may use."""

    wall: float = 60.0
    """Seconds."""
    memory: int = 8 * 1024**3
    """Bytes of address space of each process. Numeric libraries reserve much more than they touch."""
    output: int = 1024 * 1024
    """Bytes of each of stdout and stderr."""
    file: int = 256 * 1024 * 1024
    """Bytes of one written file."""
    processes: int = 64
    isolate: bool = True
    """Use namespaces where the machine allows them."""


@dataclass(frozen=True)
class Ran:
    """How a run went."""

    code: int
    stdout: bytes
    stderr: bytes
    seconds: float
    ended_by: RunEnding = ""
    written: Mapping[str, bytes] = field(default_factory=dict)
    """Files that are new or changed: path relative to the working folder → content."""
    peak: int = 0
    """Bytes of resident memory at most."""
    isolated: bool = False
    """Whether it ran without network in its own process namespace."""


def run_limited(
    command: Sequence[str],
    *,
    files: Mapping[str, bytes],
    ignored: frozenset[str] = frozenset(),
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    limits: RunLimits | None = None,
    cancel: threading.Event | None = None,
) -> Ran:
    """Runs a command (an absolute path first) in a folder that holds nothing but `files`.

    The folder is removed afterwards. Files named in `ignored` do not count as written. Raises OSError when no scratch folder
    can be made or no process can be started.
    """
    limits = limits or RunLimits()
    with tempfile.TemporaryDirectory(prefix="batuta-", ignore_cleanup_errors=True) as scratch:
        root = Path(scratch).resolve()
        work, home, temporary = root / "work", root / "home", root / "tmp"
        for folder in (work, home, temporary):
            folder.mkdir()
        for name, content in files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        inner = {
            "PATH": os.defpath,
            "HOME": str(home),
            "TMPDIR": str(temporary),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            **(environment or {}),
        }
        if library_path := os.environ.get("LD_LIBRARY_PATH"):
            inner["LD_LIBRARY_PATH"] = library_path
        result = root / "result.json"
        specification = {
            "command": [str(part) for part in command],
            "environment": inner,
            "processes": limits.processes,
            "isolate": limits.isolate,
            "result": str(result),
            "limits": {
                # A second more than the wall, so that the wall is what is reported.
                "RLIMIT_CPU": int(limits.wall * max(1, os.cpu_count() or 1)) + 1,
                "RLIMIT_AS": limits.memory,
                "RLIMIT_FSIZE": limits.file,
                "RLIMIT_CORE": 0,
            },
        }
        launcher = Path(__file__).with_name("launcher.py")
        finished = run_command(
            [sys.executable, "-I", "-S", launcher, json.dumps(specification)],
            cwd=work,
            environment=inner,
            stdin=stdin,
            limits=Limits(wall=limits.wall, output=limits.output),
            cancel=cancel,
        )
        code, seconds, ended_by = finished.code, finished.seconds, finished.ended_by
        outcome: dict[str, object] = {}
        # There is no result when the supervisor was ended with the group.
        with contextlib.suppress(OSError, ValueError):
            outcome = json.loads(result.read_text(encoding="ascii"))
        if outcome and not ended_by:
            code, seconds = int(str(outcome["code"])), float(str(outcome["seconds"]))
        ending: RunEnding = "processes" if outcome.get("ended_by") == "processes" else ended_by
        if not ending and code != 0 and _out_of_memory(finished.stderr):
            ending = "memory"
        return Ran(
            code,
            finished.stdout,
            finished.stderr,
            seconds,
            ending,
            _written(work, files, ignored),
            int(str(outcome.get("peak", 0))),
            bool(outcome.get("isolated", False)),
        )


def _out_of_memory(stderr: bytes) -> bool:
    """Whether the program says that memory ran out: Python's MemoryError, or Rust's allocator."""
    tail = stderr[-2000:]
    return b"MemoryError" in tail or b"memory allocation of " in tail


def _written(work: Path, before: Mapping[str, bytes], ignored: frozenset[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for folder, folders, names in os.walk(work):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in sorted(names):
            path = Path(folder, name)
            relative = path.relative_to(work).as_posix()
            if relative in ignored or path.is_symlink() or not path.is_file():
                continue
            size = path.stat().st_size
            content = path.read_bytes() if size <= _LARGEST_FILE else f"{size} bytes".encode()
            if before.get(relative) != content:
                found[relative] = content
    return found


def find_interpreter(wanted: str = "") -> Path | None:
    """The Python that runs the user's program: the one asked for, `BATUTA_PYTHON`, or the one that runs Batuta."""
    for choice in (wanted, os.environ.get("BATUTA_PYTHON", ""), sys.executable):
        if not choice:
            continue
        found = shutil.which(choice)
        return Path(os.path.abspath(found)) if found else None
    return None
