"""`batuta validate`: runs the Python and the Rust on the same input and compares."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from batuta.cli._console import cargo_progress, show_findings
from batuta.cli._errors import InputError
from batuta.cli._options import ask_consent, choice_options, read_choice, read_inputs, read_limits, run_options

if TYPE_CHECKING:
    from batuta.cargo.compile import Profile


@click.command(
    short_help="Run both on the same input and compare.",
    epilog="""
\b
Examples:
  batuta validate iris.py --yes
  batuta validate count.py --args "--top 3" --data words.txt
  batuta validate sum.py --stdin numbers.txt --json
""",
)
@click.argument("file", type=click.Path(path_type=Path, readable=False))
@run_options()
@choice_options()
@click.option(
    "--profile", type=click.Choice(["dev", "release"]), default="release", show_default=True, help="How Rust is built."
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="A project written before: the run is recorded there for its own test.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the proof as JSON.")
def command(
    file: Path,
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
    profile: str,
    output: Path | None,
    as_json: bool,
) -> int:
    """Run a Python program and its translation on the same input and compare what leaves them.

    Compared are the output, the exit code, the class of an uncaught exception, and files written. Both run in an empty folder
    with limits; the data files that the program's text or arguments name are copied there, others with --data.
    """
    from batuta.cargo.cache import find_cache, trim
    from batuta.validation.validate import validate_program
    from batuta.workflow.translate_program import translate_file

    result = translate_file(file, read_choice(file, target, precision, drop_plots), program_needed=False)
    if result.unreadable:
        raise InputError("", findings=result.findings, source=result.source)
    if result.blocking or result.translation is None or not result.translation.rust:
        show_findings(result.findings, result.source, file, result.texts)
        click.echo("Nothing was run: the program cannot be translated at the lines above.", err=True)
        return 1
    inputs = read_inputs(result.source, file, arguments, stdin, data)
    if not ask_consent(file, interpreter, yes):
        raise InputError(
            f"{file} was not run: running your Python needs your consent", "Pass --yes, or answer the question at a terminal."
        )
    program = result.program()
    try:
        with cargo_progress("compiling") as on_progress:
            validated = validate_program(
                program,
                result.source,
                key=str(file.resolve()),
                source_map=result.translation.source_map,
                inputs=inputs,
                profile=cast("Profile", profile),
                interpreter=interpreter,
                limits=read_limits(timeout, memory, max_output),
                on_progress=on_progress,
                folders=(file.resolve().parent, Path.cwd()),
            )
    except FileNotFoundError as problem:
        raise InputError(str(problem), "Pass an interpreter with --python.") from None
    findings = [replace(finding, path=finding.path or str(file)) for finding in validated.findings]
    if validated.compiled.code in ("BAT303", "BAT304", "BAT305"):
        raise InputError("", findings=findings, source=result.source)
    show_findings(findings, result.source, file, result.texts)
    if as_json:
        click.echo(json.dumps(validated.proof.to_json(), indent=2))
    else:
        click.echo(f"{file.name}: {validated.proof.sentence()}")
    if output is not None and validated.recording is not None:
        _record(output, replace(program, recordings=(validated.recording,)))
    trim(find_cache())
    # Without its data the program did not do what it does for its user.
    lacked = any(finding.code == "BAT503" for finding in findings)
    return 0 if validated.proof.verdict in ("identical", "same") and not lacked else 1


def _record(output: Path, program: object) -> None:
    from batuta.rust.project import Program
    from batuta.rust.project_folder import FolderError, read_manifest
    from batuta.workflow.write_output import write_programs

    assert isinstance(program, Program)
    names = [entry["name"] for entry in read_manifest(output).get("programs", ())]
    if names != [program.name]:
        raise InputError(
            f"{output} is not the project of {program.source_name} alone", "Write it with `batuta transpile FILE --output DIR`."
        )
    try:
        write_programs([program], output)
    except FolderError as problem:
        raise InputError(problem.reason, problem.remedy) from None
    click.echo(f"recorded in {output}/tests/recorded/{program.name}")
