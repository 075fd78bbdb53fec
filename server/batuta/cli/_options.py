"""Options that several commands share, each with one meaning."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from batuta.cli._errors import InputError
from batuta.findings.configuration import PRECISIONS, TARGETS, load_configuration

if TYPE_CHECKING:
    from batuta.validation.limited_run import RunLimits
    from batuta.validation.validate import Inputs
    from batuta.workflow.translate_program import Choice

F = TypeVar("F", bound=Callable[..., Any])


def _apply(*options: Callable[[Any], Any]) -> Callable[[F], F]:
    def decorate(function: F) -> F:
        for option in reversed(options):
            function = option(function)
        return function

    return decorate


def choice_options() -> Callable[[F], F]:
    """`--target`, `--precision` and `--drop-plots`."""
    return _apply(
        click.option(
            "--target",
            type=click.Choice(TARGETS),
            default=None,
            help="auto: the crates where numbers agree; aprender: always the crates; faithful: all in f64. [default: auto]",
        ),
        click.option(
            "--precision", type=click.Choice(PRECISIONS), default=None, help="Forces the home of all arrays. [default: auto]"
        ),
        click.option(
            "--drop-plots/--keep-plots",
            default=None,
            help="Leave out what only draws, and what only feeds it. [default: keep, and refuse]",
        ),
    )


def run_options() -> Callable[[F], F]:
    """What a run of the program gets and may use."""
    return _apply(
        click.option("--args", "arguments", default="", metavar="TEXT", help="Arguments of the program, as in a shell."),
        click.option(
            "--stdin", type=click.Path(path_type=Path, dir_okay=False), help="A file for the program's standard input."
        ),
        click.option(
            "--data",
            type=click.Path(path_type=Path),
            multiple=True,
            help="A file or folder that the program reads; copied into its working folder. Repeatable.",
        ),
        click.option(
            "--timeout", type=click.FloatRange(min=0.1), default=60.0, show_default=True, help="Seconds for each run."
        ),
        click.option("--memory", type=click.IntRange(min=16), default=8192, show_default=True, help="MiB of address space."),
        click.option("--max-output", type=click.IntRange(min=1), default=1024, show_default=True, help="KiB of output."),
        click.option("--python", "interpreter", default="", metavar="PATH", help="The interpreter that runs the Python."),
        click.option("--yes", is_flag=True, help="Run the Python program without asking."),
    )


def read_choice(path: Path, target: str | None, precision: str | None, drop_plots: bool | None = None) -> Choice:
    """The command line's choice, else the configuration's."""
    from batuta.workflow.translate_program import Choice

    configuration = load_configuration(path)
    return Choice(
        target or configuration.target,
        precision or configuration.precision,
        configuration.drop_plots if drop_plots is None else drop_plots,
    )


def read_inputs(source: str, program: Path, arguments: str, stdin: Path | None, data: tuple[Path, ...]) -> Inputs:
    """The inputs of both programs. Raises InputError."""
    from batuta.validation.data_files import DataError, gather_data
    from batuta.validation.validate import Inputs

    try:
        words = tuple(shlex.split(arguments))
    except ValueError as problem:
        raise InputError(f"--args is not understood: {problem}", "Close every quotation mark.") from None
    try:
        given = stdin.read_bytes() if stdin is not None else b""
        return Inputs(words, given, gather_data(source, program, words, data, Path.cwd()))
    except DataError as problem:
        raise InputError(str(problem), "Check the path that was passed with --data.") from None
    except OSError as problem:
        raise InputError(f"{problem.filename}: {problem.strerror}", "Check the path that was passed with --stdin.") from None


def read_limits(timeout: float, memory: int, max_output: int) -> RunLimits:
    """The limits of both runs."""
    from batuta.validation.limited_run import RunLimits

    return RunLimits(wall=timeout, memory=memory * 1024 * 1024, output=max_output * 1024)


def ask_consent(program: Path, interpreter: str, yes: bool) -> bool:
    """Whether the Python program may be run: by `--yes`, by an earlier answer, or by asking at a terminal."""
    import sys

    from batuta.validation.consent import allow, is_allowed
    from batuta.validation.limited_run import find_interpreter

    if yes or is_allowed(program):
        return True
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    python = find_interpreter(interpreter)
    click.echo(f"To compare, {program} will be run with {python}, in an empty folder with limits on time and memory.", err=True)
    answer = click.prompt(
        "Run it? (yes, no, always for this folder)", type=click.Choice(["y", "n", "always"]), default="n", err=True
    )
    if answer == "always":
        allow(program.resolve().parent)
    return bool(answer != "n")
