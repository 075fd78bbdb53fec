"""`batuta lsp`: the language server."""

from __future__ import annotations

import click


@click.command(
    short_help="Start the language server.",
    context_settings={"ignore_unknown_options": True},
    epilog="\b\nExample:\n  batuta lsp --stdio\n",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.option("--stdio", is_flag=True, help="Talk over standard input and output (the only way, and the default).")
def command(arguments: tuple[str, ...], stdio: bool) -> int:
    """Start the language server. An editor does this for you."""
    from batuta.lsp.server import main

    return main(["--stdio", *arguments])
