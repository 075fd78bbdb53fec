"""Findings as workflow commands, which GitHub shows as annotations on the lines of a change."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from batuta.findings.codes import CODES
from batuta.findings.finding import Severity
from batuta.report.findings_of_files import FileFindings, shown_path

_COMMANDS: dict[Severity, str] = {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"}


def render(reports: Sequence[FileFindings], root: Path) -> str:
    """One command a line."""
    lines = []
    for report in reports:
        path = shown_path(report.path, root)
        for finding in report.findings:
            span = finding.span
            title = CODES[finding.code].title if finding.code in CODES else ""
            # A column range is only understood on one line.
            end = f",endColumn={span.end_column + 1}" if span.end_line == span.line else ""
            lines.append(
                f"::{_COMMANDS[finding.severity]} file={_property(path)},line={span.line},endLine={span.end_line},"
                f"col={span.column + 1}{end},title={_property(f'{finding.code} {title}')}::"
                f"{_message(f'{finding.reason}. {finding.remedy}')}\n"
            )
    return "".join(lines)


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
