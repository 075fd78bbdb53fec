"""`batuta`: the entry point. Finds the commands, runs one, and turns every ending into an exit code.

0  nothing to report          1  findings
2  usage or input             3  an internal error
130  cancelled by the keyboard
"""

from __future__ import annotations

import os
import sys

# With `python -m`, Python would import from the current folder first, and a file named like one of our libraries would be run.
if (
    __name__ == "__main__"
    and not sys.flags.safe_path
    and sys.path
    and os.path.realpath(sys.path[0] or ".") == os.path.realpath(".")
):
    del sys.path[0]

import errno
import importlib
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from batuta.cli._errors import InputError, report_internal_error

USAGE, INTERNAL, CANCELLED = 2, 3, 130

_EXAMPLES = """
\b
Examples:
  batuta check .                                what will not translate, and why
  batuta migrate iris.py --output iris-rs       all phases: Rust that compiles and prints the same
  batuta transpile iris.py --output iris-rs     only the Rust project
  batuta validate iris.py --yes                 run both, compare the output
  batuta setup                                  the one step that goes online
  batuta doctor                                 is everything here?
"""


class _Commands(click.Group):
    """A group whose commands are the files of this folder, each loaded when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the files."""
        return sorted(
            path.stem.replace("_", "-")
            for path in Path(__file__).parent.glob("*.py")
            if not path.name.startswith("_") and path.name != "main.py"
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The `command` of one file."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"batuta.cli.{cmd_name.replace('-', '_')}")
        command: click.Command = module.command
        return command


def _show_version(ctx: click.Context, parameter: click.Parameter, wanted: bool) -> None:
    if not wanted or ctx.resilient_parsing:
        return
    from batuta import __version__
    from batuta.rust.runtime import RuntimeMissing, crate_pins

    click.echo(f"batuta {__version__}")
    try:
        for name, pin in crate_pins().items():
            click.echo(f"  {name} {pin}")
    except RuntimeMissing as problem:
        click.echo(f"  {problem}")
    ctx.exit()


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=_EXAMPLES,
    help="Python machine-learning programs in, Rust that compiles and prints the same out.",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="The version, and the pinned crates.",
)
def batuta() -> None:
    """The group itself does nothing."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns the exit code. Never prints a trace unless `BATUTA_DEBUG` is set."""
    for stream in (sys.stdout, sys.stderr):
        # A name that is no text, or a terminal that shows less than Unicode, is no reason to fail.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        result: Any = batuta.main(args=arguments, prog_name="batuta", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.Abort:
        click.echo("cancelled", err=True)
        return CANCELLED
    except click.ClickException as problem:
        problem.show()
        return USAGE
    except InputError as problem:
        problem.show()
        return USAGE
    except KeyboardInterrupt:
        click.echo("cancelled", err=True)
        return CANCELLED
    except BrokenPipeError:
        # The reader has seen enough (`batuta check . | head`). Python would complain again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EDQUOT):
            # What is still waiting to be printed cannot be; Python would say so once more at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            InputError(f"cannot write: {problem.strerror}", "Free some space, or write to another place.").show()
            return USAGE
        if os.environ.get("BATUTA_DEBUG"):
            raise
        report_internal_error(problem)
        return INTERNAL


if __name__ == "__main__":
    sys.exit(main())
