"""`batuta migrate`: all phases for one program, with progress and a summary."""

from __future__ import annotations

import collections
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from batuta.cli._console import cargo_progress, show_findings
from batuta.cli._errors import InputError
from batuta.cli._options import ask_consent, choice_options, read_choice, read_inputs, read_limits, run_options

if TYPE_CHECKING:
    from batuta.cargo.messages import Progress
    from batuta.workflow.migrate import Migration, PhaseName, PhaseResult

_MARKS = {"done": "[green]✓[/]", "failed": "[red]✗[/]", "skipped": "[yellow]–[/]", "unchanged": "[green]=[/]"}
_DOING = {
    "analyse": "reading and inferring types",
    "transpile": "writing Rust",
    "compile": "compiling",
    "validate": "running both and comparing",
    "deploy": "placing the binary",
}


@click.command(
    short_help="All phases: Rust that compiles and prints the same.",
    epilog="""
\b
Examples:
  batuta migrate iris.py --output iris-rs --yes
  batuta migrate report.py --data sales.csv
""",
)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder of the project. [default: the program's name with -rs]",
)
@click.option("--force", is_flag=True, help="Overwrite files that batuta did not write, or that were changed since.")
@run_options()
@choice_options()
def command(
    file: Path,
    output: Path | None,
    force: bool,
    arguments: str,
    stdin: Path | None,
    data: tuple[Path, ...],
    timeout: float,
    memory: int,
    max_output: int,
    interpreter: str,
    yes: bool,
    target: str | None,
    precision: str | None,
    drop_plots: bool | None,
) -> int:
    """Take a Python program all the way: analyse, transpile, compile, validate, deploy.

    The Python file is never changed. A second run repeats only what has changed.
    """
    from rich.console import Console
    from rich.control import Control
    from rich.segment import ControlType

    from batuta.cargo.cache import find_cache, trim
    from batuta.rust.project import package_name
    from batuta.rust.project_folder import FolderError
    from batuta.workflow.migrate import PHASES, Request, migrate

    folder = output if output is not None else Path(f"{package_name(file.name)}-rs")
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    bars = contextlib.ExitStack()
    show: list[object] = []

    def on_phase(name: PhaseName) -> None:
        if name == "compile":
            show.append(bars.enter_context(cargo_progress("compiling")))
        elif console.is_terminal:
            console.print(f"  [dim]{PHASES.index(name) + 1}/{len(PHASES)} {name}: {_DOING[name]} …[/]", end="\r")

    def on_progress(progress: Progress) -> None:
        for listener in show[-1:]:
            listener(progress)  # type: ignore[operator]

    def on_result(result: PhaseResult) -> None:
        bars.close()
        if console.is_terminal:
            # The line about what is being done is longer than the one that takes its place.
            console.control(Control((ControlType.ERASE_IN_LINE, 2)))
        number = f"{PHASES.index(result.name) + 1}/{len(PHASES)}"
        detail = result.detail.replace("[", r"\[")
        console.print(f"{_MARKS[result.status]} {number} {result.name:<9} {result.seconds:6.1f} s  {detail}")

    request = Request(
        file,
        folder,
        read_choice(file, target, precision, drop_plots),
        inputs=lambda source: read_inputs(source, file, arguments, stdin, data),
        consent=lambda: ask_consent(file, interpreter, yes),
        force=force,
        interpreter=interpreter,
        limits=read_limits(timeout, memory, max_output),
    )
    try:
        with bars:
            migration = migrate(request, on_phase=on_phase, on_result=on_result, on_progress=on_progress)
    except FolderError as problem:
        raise InputError(problem.reason, problem.remedy) from None
    except FileNotFoundError as problem:
        raise InputError(str(problem), "Pass an interpreter with --python.") from None
    show_findings(sorted(migration.findings), migration.translated.source, file, migration.translated.texts)
    if migration.translated.unreadable:
        return 2
    _summary(migration, file, folder)
    if migration.compiled is not None and migration.compiled.code in ("BAT303", "BAT304", "BAT305"):
        return 2
    trim(find_cache())
    return 0 if migration.ok else 1


def _summary(migration: Migration, file: Path, folder: Path) -> None:
    """The result on stdout: what was made, on which evidence, and what to do next."""
    if migration.program is None:
        click.echo(f"{file} was not migrated: nothing was written.")
        return
    click.echo(f"\n{file} → {folder}")
    if migration.proof is not None:
        click.echo(f"  proof    {migration.proof.sentence()}")
    calls = getattr(migration.translated.translation, "calls", ())
    if calls:
        counted = collections.Counter(_crate(call) for call in calls)
        click.echo("  calls    " + ", ".join(f"{count} on {crate}" for crate, count in counted.most_common()))
    if migration.binary is not None:
        click.echo(f"  binary   {migration.binary}")
    click.echo(f"  project  cd {folder} && cargo test && cargo run --release")


def _crate(call: object) -> str:
    """The crate that a call runs on. An entry with one Rust form names none: that form is the runtime's."""
    target = getattr(call, "target", None)
    return str(getattr(target, "crate", None) or "batuta-rt")
