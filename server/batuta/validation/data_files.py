"""The files that a program may read while it is compared: those its text names, and those passed by hand."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.python.walk import walk

_LARGEST = 1024**3
"""Bytes of all data files together; they are held in memory while both programs run."""


class DataError(Exception):
    """A data file cannot be used."""


def gather_data(
    source: str, program: Path, arguments: Sequence[str] = (), data: Iterable[Path] = (), here: Path | None = None
) -> dict[str, bytes]:
    """Path in the scratch folder → content, for string literals that name a file beside the program or in the folder `here` from
    which it would be started, for arguments (these are looked for in `here` first, as a shell would), and for `data`.

    A passed file below the program's folder, or below `here`, keeps its relative path, another one its name; of a passed folder all files are
    taken. Raises DataError for a passed path that does not exist, or too much data.
    """
    folder = program.resolve().parent
    started = here.resolve() if here is not None else folder
    chosen: dict[str, Path] = {}
    for texts, places in ((_literals(source), (folder, started)), (arguments, (started, folder))):
        for name in filter(_is_plain_relative, texts):
            path = next((place / name for place in places if _is_file(place / name)), None)
            if path is not None and path.resolve() != program.resolve():
                chosen[PurePosixPath(name).as_posix()] = path
    for path in data:
        if not path.exists():
            raise DataError(f"the data path {path} does not exist")
        place = path.resolve()
        root = next((root for root in (folder, started) if place.is_relative_to(root) and place != root), place.parent)
        base = PurePosixPath(place.relative_to(root).as_posix())
        if place.is_dir():
            for file in sorted(place.rglob("*")):
                if _is_file(file):
                    chosen[(base / file.relative_to(place).as_posix()).as_posix()] = file
        else:
            chosen[base.as_posix()] = place
    if sum(path.stat().st_size for path in chosen.values()) > _LARGEST:
        raise DataError("the data files are larger than 1 GiB together; pass a smaller sample with --data")
    try:
        return {name: path.read_bytes() for name, path in sorted(chosen.items())}
    except OSError as error:
        raise DataError(f"a data file cannot be read: {error}") from error


def missing_file(stderr: bytes, source: str, program_name: str) -> Finding | None:
    """A BAT503 when the program ended because a file was not in the scratch folder."""
    text = stderr.decode(errors="replace")
    match = re.search(r"^FileNotFoundError: .*?: (['\"])(?P<name>.*?)\1\s*$", text, re.MULTILINE)
    if match is None:
        return None
    name = match["name"]
    span = _place(text, source, program_name)
    return make_finding(
        "BAT503",
        f"the program opens `{name}`, which is not in the scratch folder",
        f"Pass it with `--data {name}`.",
        span=span,
    )


def _place(traceback: str, source: str, program_name: str) -> Span | None:
    """The last line of the program that the traceback names."""
    lines = re.findall(rf'File "[^"]*{re.escape(program_name)}", line (\d+)', traceback)
    if not lines:
        return None
    number = int(lines[-1])
    lines = source.split("\n")
    text = lines[number - 1] if 1 <= number <= len(lines) else ""
    start = len(text) - len(text.lstrip())
    return Span(number, start, number, max(len(text.rstrip()), start + 1))


def _literals(source: str) -> set[str]:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return set()
    return {node.value for node in walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def _is_plain_relative(text: str) -> bool:
    """Whether a text could be a path below the program's folder."""
    if not text or len(text) > 300 or "\0" in text or "\n" in text:
        return False
    path = PurePosixPath(text)
    return not path.is_absolute() and ".." not in path.parts and path.name not in ("", ".")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False
