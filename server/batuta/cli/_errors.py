"""Errors as a person reads them: where, why, what to do."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from batuta.findings.finding import Finding


class InputError(Exception):
    """The input or the machine stands in the way; the program ends with exit code 2."""

    def __init__(self, reason: str, remedy: str = "", findings: Sequence[Finding] = (), source: str = "") -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.findings, self.source = reason, remedy, tuple(findings), source

    def show(self) -> None:
        """Prints it to stderr."""
        if self.findings:
            from batuta.report.findings_of_files import shown_path, source_lines
            from batuta.report.text_report import render_finding

            for finding in self.findings:
                path = shown_path(Path(finding.path), Path.cwd()) if finding.path else ""
                click.echo(render_finding(finding, source_lines(self.source), path), err=True, nl=False)
        if self.reason:
            click.echo(f"error: {self.reason}", err=True)
        if self.remedy:
            click.echo(f"remedy: {self.remedy}", err=True)


def report_internal_error(problem: Exception) -> None:
    """Says that something is wrong with Batuta itself, and keeps the trace in a file."""
    place = ""
    try:
        from batuta.cargo.cache import find_cache

        folder = find_cache().root / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "last-error.txt"
        trace = "".join(traceback.format_exception(problem))
        path.write_text(f"{' '.join(sys.argv)}\n\n{trace}", encoding="utf-8", errors="replace")
        place = f"; the details are in {path}"
    except OSError:
        place = "; set BATUTA_DEBUG=1 for the details"
    text = str(problem).split("\n")[0][:200]
    click.echo(f"internal error: {type(problem).__name__}: {text}{place}", err=True)
    click.echo("remedy: please report it with the program that caused it", err=True)
