"""`batuta corpus`: takes a tree of programs all the way and says how far each got."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from batuta.cli._errors import InputError
from batuta.cli._options import ask_consent, choice_options, read_choice, read_limits

if TYPE_CHECKING:
    from batuta.workflow.corpus import OnProgress, Row


@click.command(
    short_help="Take a tree of programs all the way, and count.",
    epilog="""
\b
Examples:
  batuta corpus programs --yes                       every program below the folder
  batuta corpus chosen.txt --yes --json result.json  a list: one path on each line
  batuta corpus programs --jobs 8 --html result.html a page to browse
  batuta corpus --package roman --package toolz --yes the tests and modules of packages
""",
)
@click.argument("paths", metavar="[DIR|LIST...]", type=click.Path(path_type=Path, exists=True), nargs=-1)
@click.option(
    "--package",
    "packages",
    metavar="NAME[==VERSION]",
    multiple=True,
    help="Fetch the source distribution of a pure-Python package into the cache, and take its programs.",
)
@click.option(
    "--index",
    metavar="FOLDER|ADDRESS",
    default="",
    help="Where packages come from. [default: PIP_INDEX_URL, or the public index]",
)
@click.option("--jobs", "-j", type=click.IntRange(1, 256), default=2, show_default=True, help="Translations and runs at once.")
@click.option(
    "--json",
    "as_json",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write the result as JSON; - prints it.",
)
@click.option(
    "--html", "as_html", type=click.Path(path_type=Path, dir_okay=False), help="Write the result as a page to browse."
)
@click.option("--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds for each run.")
@click.option("--memory", type=click.IntRange(min=16), default=8192, show_default=True, help="MiB of address space.")
@click.option("--max-output", type=click.IntRange(min=1), default=1024, show_default=True, help="KiB of output.")
@click.option("--python", "interpreter", default="", metavar="PATH", help="The interpreter that runs the Python.")
@click.option("--yes", is_flag=True, help="Run the Python programs without asking.")
@choice_options()
def command(
    paths: tuple[Path, ...],
    packages: tuple[str, ...],
    index: str,
    jobs: int,
    as_json: Path | None,
    as_html: Path | None,
    timeout: float,
    memory: int,
    max_output: int,
    interpreter: str,
    yes: bool,
    target: str | None,
    precision: str | None,
    drop_plots: bool | None,
) -> int:
    """Translate, compile and run many programs, compare each with its Python, and count how far they get.

    Nothing is written beside the programs: they run in scratch folders with limits, and compile in the cache. Every share is one
    of all programs; a refusal counts as a failure. Beside NAME.py may stand NAME.in (standard input) and NAME.args (arguments).
    Files that another program imports are its modules and no programs of their own. Of a package, every file of tests becomes a
    program that calls them.
    """
    from batuta.report.corpus_report import to_html, to_json
    from batuta.validation.data_files import DataError
    from batuta.workflow.corpus import Settings, judge, run_in_python
    from batuta.workflow.find_programs import find_cases

    if not paths and not packages:
        raise click.UsageError("Pass a folder, a list or --package NAME.")
    paths = (*paths, *_fetched(packages, index))
    try:
        found = find_cases(paths)
    except DataError as problem:
        raise InputError(str(problem), "Correct the list.") from None
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(
            f"the list cannot be read: {problem}", "Pass a folder, or a text file with a path on each line."
        ) from None
    if not found.cases:
        raise InputError("there is no program to run", "Pass a folder with Python programs.")
    consent = all(ask_consent(path, interpreter, yes) for path in paths)
    choice = read_choice(paths[0], target, precision, drop_plots)
    cancel = threading.Event()
    rows: list[Row] = []
    with _progress() as on_progress, _interruptible(cancel):
        settings = Settings(
            "corpus",
            jobs,
            choice.target,
            choice.precision,
            read_limits(timeout, memory, max_output),
            cancel,
            on_progress,
            choice.drop_plots,
        )
        try:
            expected = run_in_python(found.cases, settings, interpreter) if consent else [None] * len(found.cases)
            rows = judge(found.cases, expected, settings)
        except FileNotFoundError as problem:
            raise InputError(str(problem), "Pass an interpreter with --python.") from None
        except RuntimeError as problem:
            if not cancel.is_set():
                raise InputError(str(problem), "`batuta doctor` says what is missing.") from None
    if as_json is not None:
        _write(as_json, to_json(rows, found.passed_over))
    if as_html is not None:
        sources = {case.path: case.source for case in found.cases}
        _write(as_html, to_html(rows, sources, found.passed_over, f"Corpus: {', '.join(map(str, paths))}"))
    if as_json is None or str(as_json) != "-":
        _show(rows, found.passed_over)
    if not consent:
        click.echo("The Python was not run, so nothing was compared: pass --yes.", err=True)
    if cancel.is_set():
        click.echo("cancelled", err=True)
        return 130
    return 0 if all(row.verdict in ("same", "near") for row in rows) else 1


def _fetched(packages: Sequence[str], index: str) -> Iterator[Path]:
    """The folders of packages, each fetched where the cache does not have it."""
    if not packages:
        return
    from batuta.cargo.cache import find_cache
    from batuta.workflow.packages import PackageError, fetch_package

    cancel = threading.Event()
    with _interruptible(cancel):
        for each in packages:
            click.echo(f"  fetching {each}", err=True)
            try:
                yield fetch_package(each, find_cache(), index, cancel)
            except PackageError as problem:
                raise InputError(str(problem), "Check its name and version, and whether the index is reached.") from None


def _show(rows: Sequence[Row], passed_over: dict[str, str]) -> None:
    from rich.console import Console
    from rich.table import Table

    from batuta.report.corpus_report import MEANINGS, by_code, reasons, stages, verdicts

    # As wide as a terminal, or wide enough that nothing is cut in a file.
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)

    def table(*columns: str) -> Table:
        made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
        for each in columns:
            made.add_column(each, justify="right" if each in ("programs", "share") else "left", overflow="fold")
        return made

    by_stage = table("stage", "programs", "share")
    for stage in stages(rows):
        by_stage.add_row(stage.name, f"{stage.passed} of {stage.total}", f"{stage.percent:.1f} %")
    console.print(by_stage)
    console.print()
    by_verdict = table("verdict", "programs", "meaning")
    for verdict, count in verdicts(rows).items():
        by_verdict.add_row(verdict, str(count), MEANINGS[verdict])
    console.print(by_verdict)
    codes = by_code(rows)
    if codes:
        console.print()
        found = table("programs", "verdict", "code", "commonest reason", "for example")
        told = reasons(rows)
        for verdict, code, count in codes:
            first = next(each for each in told if (each.verdict, each.code) == (verdict, code))
            found.add_row(str(count), verdict, code, _plain(first.text), _plain(", ".join(first.names[:2])))
        console.print(found)
    if passed_over:
        console.print(f"\n{len(passed_over)} files were passed over: modules of programs, and files that run nothing.")


def _plain(text: str) -> str:
    """Text of a program in a table: nothing in it is markup."""
    from rich.markup import escape

    return escape(text)


def _write(path: Path, text: str) -> None:
    if str(path) == "-":
        click.echo(text, nl=False)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise InputError(f"cannot write {path}: {problem.strerror}", "Choose another file.") from None


@contextlib.contextmanager
def _interruptible(cancel: threading.Event) -> Iterator[None]:
    """The first Ctrl-C ends the run and shows what is known; a second one ends the command."""
    import signal

    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        if cancel.is_set():
            raise KeyboardInterrupt
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _progress() -> Iterator[OnProgress]:
    """A bar for each stage on stderr; a plain line at the end of a stage where stderr is no terminal."""
    if not sys.stderr.isatty():

        def plain(stage: str, done: int, total: int) -> None:
            if done == total:
                click.echo(f"  {stage}: {done} of {total}", err=True)

        yield plain
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("  {task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show
