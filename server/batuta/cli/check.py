"""`batuta check`: findings only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from batuta.cli._errors import InputError
from batuta.cli._options import choice_options
from batuta.findings.codes import SEVERITIES

if TYPE_CHECKING:
    from batuta.report.findings_of_files import FileFindings

INPUT_CODES = frozenset({"BAT001", "BAT002", "BAT003"})
"""Findings about the input itself: they end with exit code 2, because nothing could be said about the program."""


@click.command(
    short_help="Say what will not translate, and why.",
    epilog="""
\b
Examples:
  batuta check .
  batuta check iris.py --format json
  batuta check src --format sarif --output batuta.sarif
  batuta check . --select BAT1 --fail-on warning
""",
)
@click.argument("paths", type=click.Path(path_type=Path, readable=False), nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "github"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option(
    "--fail-on", type=click.Choice(SEVERITIES), default=None, help="The mildest severity that ends with 1. [default: hint]"
)
@click.option("--select", multiple=True, metavar="CODES", help="Only these codes or families, separated by commas.")
@click.option("--ignore", multiple=True, metavar="CODES", help="Not these codes or families.")
@click.option("--output", "-o", type=click.Path(path_type=Path, dir_okay=False), help="A file instead of the terminal.")
@choice_options()
def command(
    paths: tuple[Path, ...],
    form: str,
    fail_on: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    output: Path | None,
    target: str | None,
    precision: str | None,
    drop_plots: bool | None,
) -> int:
    """Say what will not translate, and why. Nothing is written or run.

    Settings come from `[tool.batuta]` of pyproject.toml or from batuta.toml; `# batuta: ignore[BAT101]` silences a line.
    """
    import importlib

    from batuta.findings.configuration import load_configuration
    from batuta.report.findings_of_files import FileFindings
    from batuta.workflow.discover import find_sources

    reports: list[FileFindings] = []
    failing = SEVERITIES.index(fail_on or "hint") if fail_on else None
    worst = 0
    for path in paths or (Path("."),):
        if not path.exists():
            raise InputError(f"{path} does not exist", "Check the path.")
        configuration = load_configuration(path).with_selection(_split(select), _split(ignore))
        bound = failing if failing is not None else SEVERITIES.index(configuration.fail_on)
        if configuration.problems:
            place = Path(configuration.problems[0].path)
            reports.append(FileFindings(place, "", configuration.problems))
        files = list(find_sources(path, configuration))
        for report in _check_files(files, configuration, target, precision, drop_plots):
            reports.append(report)
            for finding in report.findings:
                if finding.code in INPUT_CODES:
                    worst = 2
                elif SEVERITIES.index(finding.severity) >= bound:
                    worst = max(worst, 1)
        if any(SEVERITIES.index(problem.severity) >= bound for problem in configuration.problems):
            worst = max(worst, 1)
    text = importlib.import_module(f"batuta.report.{form}_report").render(_without_doubles(reports), Path.cwd())
    if output is None:
        click.echo(text, nl=False)
        return worst
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InputError(f"cannot write {output}: {problem.strerror}", "Choose another file with --output.") from None
    return worst


def _check_files(
    files: list[Path], configuration: object, target: str | None, precision: str | None, drop_plots: bool | None
) -> Iterator[FileFindings]:
    """The findings of each file; a module is checked as a part of the programs that import it."""
    from batuta.findings.configuration import Configuration
    from batuta.findings.suppressions import apply_suppressions
    from batuta.report.findings_of_files import FileFindings
    from batuta.workflow.find_programs import entries_of
    from batuta.workflow.translate_program import Choice, translate_file

    assert isinstance(configuration, Configuration)
    dropped = configuration.drop_plots if drop_plots is None else drop_plots
    choice = Choice(target or configuration.target, precision or configuration.precision, dropped)
    entries, _ = entries_of(files)
    for entry in entries:
        for file, text, found in translate_file(entry, choice).by_file():
            findings = apply_suppressions(text, found, str(file))
            yield FileFindings(file, text, tuple(configuration.filter(findings, file)))


def _without_doubles(reports: list[FileFindings]) -> list[FileFindings]:
    """One report a file, sorted by path, also when two arguments overlap or two programs import the same module."""
    unique: dict[Path, FileFindings] = {}
    for report in reports:
        place = report.path.resolve()
        before = unique[place].findings if place in unique else ()
        unique[place] = replace(report, findings=tuple(sorted({*before, *report.findings})))
    return [unique[path] for path in sorted(unique)]


def _split(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip() for value in values for code in value.split(",") if code.strip())
