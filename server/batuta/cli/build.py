"""`batuta build`: compiles a project that Batuta wrote, from a private copy."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from batuta.cli._console import cargo_progress
from batuta.cli._errors import InputError

if TYPE_CHECKING:
    from batuta.cargo.compile import Profile


@click.command(
    short_help="Compile a project that batuta wrote.",
    epilog="""
\b
Examples:
  batuta build --release                         the project in this folder
  batuta build iris-rs --profile aggressive      with link-time optimisation, which takes minutes
""",
)
@click.argument("project", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--release", is_flag=True, help="Optimised; overflow checks stay on.")
@click.option("--profile", type=click.Choice(["dev", "release", "aggressive"]), default=None, help="The profile of cargo.")
def command(project: Path, release: bool, profile: str | None) -> int:
    """Compile a project and put the binary into its `target` folder.

    Only the Rust text of the project is used: settings, build scripts and toolchain files of the folder are not.
    """
    from batuta.cargo.cache import find_cache, trim
    from batuta.cli._console import show_findings
    from batuta.findings.codes import CODES
    from batuta.workflow.build_project import NoProject, build_project, edited_settings, find_project

    chosen = cast("Profile", profile or ("release" if release else "dev"))
    try:
        folder = find_project(project)
        show_findings(edited_settings(folder), "", folder)
        with cargo_progress("compiling") as on_progress:
            results = build_project(folder, chosen, on_progress=on_progress)
    except NoProject as problem:
        raise InputError(str(problem), "Write one with `batuta transpile FILE --output DIR`.") from None
    except OSError as problem:
        raise InputError(f"cannot write to {project}: {problem.strerror or problem}", "Check its permissions.") from None
    failed = False
    for built in results:
        for diagnostic in built.compiled.diagnostics:
            click.echo(diagnostic.rendered.rstrip() + "\n", err=True)
        if built.binary is not None:
            seconds = f"{built.compiled.seconds:.1f} s"
            click.echo(f"{built.program.name}: {built.binary} ({built.binary.stat().st_size / 1e6:.1f} MB, {seconds})")
            continue
        failed = True
        if built.compiled.error:
            code = built.compiled.code
            raise InputError(f"{CODES[code].title} ({code}): {built.compiled.error}", CODES[code].remedy)
        click.echo(f"{built.program.name}: rejected by rustc", err=True)
    trim(find_cache())
    return 1 if failed else 0
