"""Which files the user's program asked for while it was compared, and which of them it could not be given.

The Python side is run with `watched/sitecustomize.py`, which notes each access that the program makes. A file that lies beside the
program and was not copied, or one outside the scratch folder, is a finding that says how to pass it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.spans import Span

_WATCHER = Path(__file__).with_name("watched")
_SYSTEM = ("/dev", "/proc", "/sys", "/usr/share/zoneinfo", "/usr/lib", "/lib", "/etc/localtime", "/etc/ssl")


@dataclass(frozen=True)
class Access:
    """One place where the program asks for a file or folder."""

    kind: str
    """`read`, `write`, `list` (the names in a folder) or `look` (whether it exists)."""
    path: str
    line: int
    there: bool
    """Whether it existed when the program asked."""


def watching(log: Path, program_name: str) -> dict[str, str]:
    """The environment that makes Python note the accesses of a program."""
    return {"PYTHONPATH": str(_WATCHER), "BATUTA_WATCH_LOG": str(log), "BATUTA_WATCHED": program_name}


def access_findings(log: Path, source: str, given: Collection[str], folders: Sequence[Path]) -> list[Finding]:
    """A BAT503 for what lies in one of `folders` and was not given, a BAT507 for what lies outside the scratch folder."""
    found: dict[tuple[str, str], Finding] = {}
    for inside, access in _read(log):
        name = inside if inside is not None else access.path
        span = _line_span(source, access.line)
        if inside is None:
            if access.kind == "look":
                continue
            what = {"write": "writes", "read": "reads", "list": "lists"}[access.kind]
            reason = f"the program {what} `{name}`, which lies outside the folder in which programs are compared"
            remedy = (
                f"Name it relative to the program and pass it with `--data {name}`; then its copy is compared and recorded."
            )
            if access.kind == "write":
                remedy = "Write to a path relative to the program; then what is written is compared."
            found.setdefault(("BAT507", name), make_finding("BAT507", reason, remedy, span=span))
            continue
        real = next((folder / name for folder in folders if os.path.exists(folder / name)), None)
        if access.kind == "write" or real is None or (access.there and not _is_incomplete(access, name, given, real)):
            continue
        what = {"list": "lists the folder", "look": "looks for", "read": "opens"}[access.kind]
        reason = f"the program {what} `{name}`, which is not in the scratch folder"
        if access.there:
            reason = f"the program lists the folder `{name}`, of which only some files are in the scratch folder"
        found.setdefault(("BAT503", name), make_finding("BAT503", reason, f"Pass it with `--data {_shown(real)}`.", span=span))
    return list(found.values())


def _shown(path: Path) -> str:
    """As the user would type it here."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def _is_incomplete(access: Access, name: str, given: Collection[str], real: Path) -> bool:
    """Whether a folder whose names are asked for holds more than what was copied."""
    if access.kind != "list" or name == "." or not real.is_dir():
        return False
    try:
        return any(f"{name}/{entry}" not in given for entry in os.listdir(real) if (real / entry).is_file())
    except OSError:
        return False


def _read(log: Path) -> Iterator[tuple[str | None, Access]]:
    """The accesses, each with its path in the scratch folder; None for one that lies outside."""
    try:
        lines = log.read_text(encoding="utf-8").split("\n")
        head = json.loads(lines[0])
        work = Path(head["work"])
        # The scratch folder's neighbours are the program's home and its folder for temporary files.
        own = [str(work.parent), *(str(prefix) for prefix in head["prefixes"] if prefix), *_SYSTEM]
        accesses = [Access(**json.loads(line)) for line in lines[1:] if line]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for access in accesses:
        place = Path(access.path)
        if place.is_relative_to(work):
            yield place.relative_to(work).as_posix(), access
        elif not any(place.is_relative_to(folder) for folder in own):
            yield None, access


def _line_span(source: str, line: int) -> Span:
    lines = source.split("\n")
    text = lines[line - 1] if 1 <= line <= len(lines) else ""
    start = len(text) - len(text.lstrip())
    return Span(line, start, line, max(len(text.rstrip()), start + 1))
