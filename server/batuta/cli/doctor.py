"""`batuta doctor`: what is here, what is missing, and how to mend it."""

from __future__ import annotations

import click


@click.command(
    short_help="What is here, what is missing, and how to mend it.",
    epilog="\b\nExamples:\n  batuta doctor\n  batuta doctor --python .venv/bin/python\n",
)
@click.option("--python", "interpreter", default="", metavar="PATH", help="The interpreter that would run your Python.")
def command(interpreter: str) -> int:
    """Look at the toolchain, the crates, the cache, the interpreter, the sandbox and the GPU. Ends with 1 when something is
    missing."""
    from batuta import __version__
    from batuta.workflow.examine_machine import examine_machine

    marks = {"ok": "ok", "missing": "MISSING", "optional": "-"}
    click.echo(f"batuta {__version__}")
    facts = examine_machine(interpreter)
    for fact in facts:
        click.echo(f"  {marks[fact.state]:<8} {fact.name:<14} {fact.text}")
        if fact.remedy:
            click.echo(f"  {'':<8} {'':<14} remedy: {fact.remedy}")
    return 1 if any(fact.state == "missing" for fact in facts) else 0
