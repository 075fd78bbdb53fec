"""Findings as text: one line that editors and terminals can jump to, the source line with a marker, the remedy."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from pathlib import Path

from batuta.findings.codes import CODES, page_of
from batuta.findings.finding import Finding
from batuta.report.findings_of_files import FileFindings, shown_path, source_lines

_LONGEST_LINE = 160


def render(reports: Sequence[FileFindings], root: Path) -> str:
    """All findings of all files, and a closing count."""
    blocks: list[str] = []
    for report in reports:
        lines = source_lines(report.source)
        blocks.extend(render_finding(finding, lines, shown_path(report.path, root)) for finding in report.findings)
    count = sum(len(report.findings) for report in reports)
    files = f"{len(reports)} file" + ("" if len(reports) == 1 else "s")
    blocks.append(f"{count} finding{'' if count == 1 else 's'} in {files}.\n" if count else f"No findings in {files}.\n")
    return "\n".join(blocks)


def render_finding(finding: Finding, lines: Sequence[str], path: str) -> str:
    """One finding: `path:line:column: code title: reason`, the marked line, the remedy and its page."""
    span = finding.span
    title = CODES[finding.code].title if finding.code in CODES else ""
    place = f"{printable(path)}:{span.line}:{span.column + 1}"
    text = f"{place}: {finding.severity} {finding.code} {title}: {printable(finding.reason)}\n"
    if 1 <= span.line <= len(lines) and lines[span.line - 1].strip() and len(lines[span.line - 1]) <= _LONGEST_LINE:
        line = printable(lines[span.line - 1])
        end = span.end_column if span.end_line == span.line else len(line)
        marked = max(1, _width(line[span.column : end]))
        text += f"    {line}\n    {' ' * _width(line[: span.column])}{'^' * marked}\n"
    return text + f"    remedy: {printable(finding.remedy)} ({page_of(finding.code)})\n"


def printable(text: str) -> str:
    """The text without characters that steer a terminal: a file must not move the cursor or change colours by being shown."""
    return "".join(
        " " if character == "\t" else "�" if unicodedata.category(character) == "Cc" else character for character in text
    )


def _width(text: str) -> int:
    """Columns that a terminal uses for the text: East Asian wide characters take two, combining ones none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )
