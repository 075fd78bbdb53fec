"""What a run showed, as plain data that can be kept: output, exit code, how an error was named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from batuta.validation.limited_run import Ran


@dataclass(frozen=True)
class Outcome:
    """What a run showed: its standard output, its exit code, and the last line of a traceback."""

    output: str
    code: int
    error: str = ""
    seconds: float = field(default=0.0, compare=False)
    written: Mapping[str, bytes] | None = field(default=None, compare=False)
    """The files that it wrote, where somebody looked."""
    ended_by: str = ""
    """The limit that ended it."""


def last_line(stderr: str) -> str:
    """The line of a traceback that names the exception."""
    lines = [each for each in stderr.splitlines() if each.strip() and not each.startswith(" ")]
    return lines[-1].strip() if lines else ""


def outcome_of(ran: Ran) -> Outcome:
    """The outcome of a limited run."""
    error = ran.ended_by or (last_line(ran.stderr.decode(errors="replace")) if ran.code else "")
    return Outcome(ran.stdout.decode(errors="replace"), ran.code, error, ran.seconds, ran.written, ran.ended_by)
