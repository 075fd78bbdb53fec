"""What a report is made of: the findings of each file, with the text that they point into."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from batuta.findings.finding import Finding


@dataclass(frozen=True)
class FileFindings:
    """One file and what was found in it."""

    path: Path
    source: str
    """Empty when the file could not be read."""
    findings: tuple[Finding, ...]


def shown_path(path: Path, root: Path) -> str:
    """A path as reports show it: relative to the root where it lies below, with slashes. Bytes that are no UTF-8 are marked, so that
    every report can be written."""
    try:
        shown = path.resolve().relative_to(root.resolve())
    except ValueError:
        shown = Path(os.path.relpath(path, root)) if path.is_absolute() else path
    return os.fsencode(shown.as_posix()).decode("utf-8", "replace")


def source_lines(text: str) -> list[str]:
    """The lines as Python counts them: a form feed or U+2028 ends none, unlike in `str.splitlines`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
