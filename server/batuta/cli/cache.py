"""`batuta cache`: how large the private build folder is, and cleaning it."""

from __future__ import annotations

import click

from batuta.cli._console import size_in_words
from batuta.cli._errors import InputError


@click.group(
    short_help="Look at or clean the private build folder.",
    epilog="\b\nExamples:\n  batuta cache info\n  batuta cache clean --keep 2048\n",
)
def command() -> None:
    """Look at or clean the folder in which everything is compiled."""


@command.command(epilog="\b\nExample:\n  batuta cache info\n")
def info() -> None:
    """Where it is, and what it holds."""
    from batuta.cargo.cache import cap, find_cache, measure

    cache = find_cache()
    click.echo(f"{cache.root} (at most {size_in_words(cap())})")
    total = 0
    for usage in measure(cache):
        total += usage.size
        click.echo(f"  {usage.name:<10} {size_in_words(usage.size):>10}  {usage.files:,} files")
    click.echo(f"  {'together':<10} {size_in_words(total):>10}")
    click.echo("BATUTA_CACHE_DIR overrides the place, BATUTA_CACHE_CAP the size in MiB above which it is cleaned by itself.")


@command.command(
    epilog="\b\nExamples:\n  batuta cache clean                 everything\n  batuta cache clean --keep 2048     until 2 GiB are left\n"
)
@click.option("--keep", type=click.IntRange(min=0), default=0, metavar="MIB", help="Clean only what is above this size.")
def clean(keep: int) -> None:
    """Remove private copies, oldest first, then everything compiled."""
    from batuta.cargo.cache import clean as clean_cache
    from batuta.cargo.cache import find_cache

    cache = find_cache()
    freed = clean_cache(cache, keep * 1024 * 1024)
    if keep == 0 and cache.target.exists():
        raise InputError(f"{cache.target} cannot be removed", "Check its permissions, or whether a build is running.")
    click.echo(f"{size_in_words(freed)} freed in {cache.root}")
