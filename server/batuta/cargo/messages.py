"""What cargo says with `--message-format=json`: diagnostics, artifacts, progress."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

Level = Literal["error", "warning", "note", "help", "failure-note"]


@dataclass(frozen=True)
class RustSpan:
    """A place in a Rust file. Lines and columns count from 1, columns in characters; the end is exclusive."""

    file: str
    line: int
    column: int
    end_line: int
    end_column: int
    label: str = ""
    primary: bool = True
    replacement: str | None = None
    """rustc's suggestion for this place."""
    machine_applicable: bool = False


@dataclass(frozen=True)
class RustDiagnostic:
    """One message of rustc."""

    level: str
    code: str
    """rustc's code (`E0382`), a lint's name, or ""."""
    message: str
    spans: tuple[RustSpan, ...]
    rendered: str
    children: tuple[RustDiagnostic, ...] = ()
    target: str = ""
    """The name of the binary or library that was compiled."""

    @property
    def primary(self) -> RustSpan | None:
        """The place that the message is about."""
        return next((span for span in self.spans if span.primary), self.spans[0] if self.spans else None)


@dataclass(frozen=True)
class Artifact:
    """Something that cargo has built, or found built."""

    target: str
    package: str
    executable: Path | None
    fresh: bool


@dataclass(frozen=True)
class Progress:
    """How far a build is: `done` of `total` units, and what is compiled now."""

    done: int
    total: int
    text: str


def read_message(line: bytes) -> RustDiagnostic | Artifact | None:
    """What one line of cargo's output says, if it is a diagnostic or an artifact."""
    if not line.startswith(b"{"):
        return None
    try:
        message = json.loads(line)
    except ValueError:
        return None
    reason = message.get("reason")
    if reason == "compiler-message":
        return _diagnostic(message["message"], message["target"]["name"])
    if reason == "compiler-artifact":
        executable = message.get("executable")
        package = message["package_id"].rsplit("/", 1)[-1].replace("#", " ")
        return Artifact(message["target"]["name"], package, Path(executable) if executable else None, message["fresh"])
    return None


def _diagnostic(message: dict[str, Any], target: str) -> RustDiagnostic:
    return RustDiagnostic(
        level=message["level"],
        code=(message.get("code") or {}).get("code", ""),
        message=message["message"],
        spans=tuple(_span(span) for span in message["spans"]),
        rendered=message.get("rendered") or "",
        children=tuple(_diagnostic(child, target) for child in message["children"]),
        target=target,
    )


def _span(span: dict[str, Any]) -> RustSpan:
    # A diagnostic inside a macro of the runtime belongs to the place where the program used it.
    expansion = span.get("expansion")
    while expansion and expansion.get("span") and not span["file_name"].endswith(("main.rs", ".rs")):
        span, expansion = {**expansion["span"], "is_primary": span["is_primary"]}, expansion["span"].get("expansion")
    return RustSpan(
        span["file_name"],
        span["line_start"],
        span["column_start"],
        span["line_end"],
        span["column_end"],
        span.get("label") or "",
        span["is_primary"],
        span.get("suggested_replacement"),
        span.get("suggestion_applicability") == "MachineApplicable",
    )


_PROGRESS = re.compile(rb"^\s*(?:Building|Compiling|Checking)?\s*\[[=> ]*\]\s*(\d+)/(\d+)(?::\s*(.*))?$")


def read_progress(line: bytes) -> Progress | None:
    """What cargo's progress line says: `Building [====>   ] 12/34: ndarray, regex`."""
    match = _PROGRESS.match(line.replace(b"\x1b[K", b"").rstrip())
    if match is None:
        return None
    return Progress(int(match[1]), int(match[2]), (match[3] or b"").decode(errors="replace"))
