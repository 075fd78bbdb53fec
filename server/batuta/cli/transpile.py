"""`batuta transpile`: writes the Rust project of a program, or of all programs of a folder."""

from __future__ import annotations

from pathlib import Path

import click

from batuta.cli._console import show_findings
from batuta.cli._errors import InputError
from batuta.cli._options import choice_options, read_choice


@click.command(
    short_help="Write the Rust project of a program or a folder.",
    epilog="""
\b
Examples:
  batuta transpile iris.py                       the project goes into the current folder
  batuta transpile iris.py --output iris-rs
  batuta transpile src --output rust-project     all programs of a folder, as one workspace
  batuta transpile iris.py --output iris-rs --target faithful
  batuta transpile big.py --output big-rs --partial
  batuta transpile iris.py --output iris-rs --record   runs it once, after asking, for the project's own test
""",
)
@click.argument("path", type=click.Path(path_type=Path, readable=False), default=".")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=".",
    help="The folder of the project. [default: the current folder]",
)
@click.option("--force", is_flag=True, help="Overwrite files that batuta did not write, or that were changed since.")
@click.option(
    "--partial", is_flag=True, help="Leave functions that cannot be translated in Python; in Rust they fail when called."
)
@click.option(
    "--record", is_flag=True, help="Run both sides once, after asking, and keep what they print for the project's own test."
)
@click.option("--yes", is_flag=True, help="With --record: run the Python program without asking.")
@choice_options()
def command(
    path: Path,
    output: Path,
    force: bool,
    partial: bool,
    record: bool,
    yes: bool,
    target: str | None,
    precision: str | None,
    drop_plots: bool | None,
) -> int:
    """Write the Rust project of a Python program, or of every program in a folder.

    Nothing is written for a program with a line that cannot be translated with the same meaning, and no file is overwritten
    that batuta did not write. Modules beside a program that it imports are translated with it; a file that another one of the
    folder imports is no program of its own.
    """
    from batuta.findings.codes import make_finding
    from batuta.findings.configuration import load_configuration
    from batuta.rust.project_folder import FolderError
    from batuta.workflow.discover import find_sources
    from batuta.workflow.find_programs import entries_of
    from batuta.workflow.translate_program import name_packages, translate_file
    from batuta.workflow.write_output import write_programs

    choice = read_choice(path, target, precision, drop_plots)
    files = list(find_sources(path, load_configuration(path)))
    if not files:
        raise InputError(f"{path} holds no Python file", "Pass a Python file, or a folder with programs.")
    folder = path.is_dir()
    if record and folder:
        raise InputError("--record runs one program", "Pass a file, or record each with `batuta validate FILE --output DIR`.")
    entries, modules = entries_of(files)
    results = [translate_file(file, choice, program_needed=folder, partial=partial) for file in entries]
    for result in results:
        if result.unreadable and not folder:
            raise InputError("", findings=result.findings, source=result.source)
        show_findings(result.findings, result.source, result.path, result.texts)
        if not result.is_program and not folder and not result.blocking:
            nothing = "the file defines things but does nothing when it is run, and so does the Rust"
            show_findings([make_finding("BAT004", nothing)], result.source, result.path)
    good = [result for result in results if result.translation is not None and result.translation.rust and not result.blocking]
    refused = len(results) - len(good)
    if refused and partial:
        click.echo("--partial leaves whole functions in Python; what is refused above stands outside any function.", err=True)
    if not good:
        click.echo(f"No Rust was written: {_refusals(refused)}.", err=True)
        return 1
    names = name_packages([result.path for result in good])
    programs = [result.program(path if folder else None, names[result.path]) for result in good]
    try:
        written = write_programs(programs, output, force=force, title=output.resolve().name if len(programs) > 1 else "")
    except FolderError as problem:
        raise InputError(problem.reason, problem.remedy) from None
    noun = "program" if len(programs) == 1 else "programs"
    place = "the current folder" if output == Path(".") else str(output)
    click.echo(f"{len(programs)} {noun} in {place}: {len(written.written)} files written, {len(written.unchanged)} unchanged.")
    for name in written.kept:
        click.echo(f"{name} is not ours and stays as it is; --force overwrites it.", err=True)
    if modules:
        click.echo(f"{len(modules)} of the files are modules that these programs import, and a part of them.")
    if refused:
        click.echo(f"{_refusals(refused)}.", err=True)
    click.echo(f"next: batuta build --release{'' if output == Path('.') else f' {output}'}")
    if record:
        from batuta.cli.validate import command as validate

        chosen = {"target": target, "precision": precision, "drop_plots": drop_plots}
        return int(click.get_current_context().invoke(validate, file=path, output=output, yes=yes, **chosen))
    if not folder and not (output / "tests" / "recorded").is_dir():
        again = "" if output == Path(".") else f" --output {output}"
        click.echo(f"      batuta transpile {path}{again} --record   records a run, so that `cargo test` compares with it")
    return 1 if refused else 0


def _refusals(count: int) -> str:
    return f"{count} file{' is' if count == 1 else 's are'} refused at the lines above"
