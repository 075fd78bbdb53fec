"""What the commands print: findings on stderr, results on stdout, progress only where a person looks."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from batuta.findings.finding import Finding

if TYPE_CHECKING:
    from batuta.cargo.invoke import OnProgress

_PRIVATE_NAME = re.compile(r"\bp[0-9a-f]{16}\b")
"""The package name of a private copy, which says nothing to a reader."""


def show_findings(findings: Sequence[Finding], source: str, path: Path, texts: Mapping[str, str] | None = None) -> None:
    """Prints findings of one program to stderr. `texts`: those of its other files, by path."""
    from batuta.report.findings_of_files import shown_path, source_lines
    from batuta.report.text_report import render_finding

    for finding in findings:
        lines = source_lines((texts or {}).get(finding.path, source))
        place = shown_path(Path(finding.path) if finding.path else path, Path.cwd())
        click.echo(render_finding(finding, lines, place), err=True)


@contextlib.contextmanager
def cargo_progress(title: str) -> Iterator[OnProgress]:
    """A progress bar on stderr while cargo works; a plain line where stderr is no terminal."""
    from batuta.cargo.messages import Progress

    if not sys.stderr.isatty():
        seen: set[int] = set()

        def plain(progress: Progress) -> None:
            # A line for each tenth is enough for a log.
            tenth = 10 * progress.done // max(progress.total, 1)
            if progress.total >= 10 and tenth not in seen:
                seen.add(tenth)
                click.echo(f"  {title}: {progress.done} of {progress.total}", err=True)

        yield plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("  {task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[now]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None, now="")

        def show(progress: Progress) -> None:
            bar.update(
                task, completed=progress.done, total=progress.total, now=_PRIVATE_NAME.sub("the program", progress.text)[:50]
            )

        yield show


def size_in_words(size: int) -> str:
    """A number of bytes for people."""
    amount = float(size)
    for unit in ("bytes", "KiB", "MiB"):
        if amount < 1024:
            return f"{amount:.0f} {unit}" if unit == "bytes" else f"{amount:.1f} {unit}"
        amount /= 1024
    return f"{amount:.1f} GiB"
