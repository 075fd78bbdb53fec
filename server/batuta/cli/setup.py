"""`batuta setup`: fetches the pinned crates and compiles them once. The one step that goes online."""

from __future__ import annotations

import sys

import click

from batuta.cli._console import cargo_progress, size_in_words
from batuta.cli._errors import InputError


@click.command(
    short_help="Fetch and compile the pinned crates; the one step that goes online.",
    epilog="""
\b
Examples:
  batuta setup --yes
  batuta setup --level plain       enough for programs without arrays
  batuta setup --offline           only compile what has been fetched
""",
)
@click.option(
    "--level",
    type=click.Choice(["plain", "arrays", "all"]),
    default="all",
    show_default=True,
    help="What is compiled ahead: plain Python, also arrays, also the machine-learning crates (minutes).",
)
@click.option("--offline", is_flag=True, help="Do not go online.")
@click.option("--yes", is_flag=True, help="Go online without asking.")
def command(level: str, offline: bool, yes: bool) -> int:
    """Fetch the pinned crates from the public registry and compile them once. Everything after works offline."""
    from batuta.cargo.cache import find_cache, measure
    from batuta.cargo.fetch import fetch_crates, missing_crates, pinned_crates, warm, warm_steps
    from batuta.cargo.toolchain import find_toolchain
    from batuta.findings.codes import CODES

    toolchain = find_toolchain()
    if toolchain is None:
        raise InputError("no Rust toolchain was found (BAT303)", CODES["BAT303"].remedy)
    cache = find_cache()
    missing = missing_crates()
    click.echo(f"{len(pinned_crates())} pinned crates, {len(missing)} to fetch; compiled into {cache.root}")
    if missing and not offline:
        if not yes:
            if not sys.stdin.isatty():
                raise InputError("fetching crates goes online, which needs your consent", "Pass --yes, or --offline.")
            click.confirm(f"Fetch {len(missing)} crates (about 30 MB) from the public crate registry?", abort=True)
        run = fetch_crates(toolchain, cache, on_line=lambda line: click.echo(f"  {line.strip()}"))
        if not run.ok:
            reason = run.error.strip().split("\n")[-1].strip() or "cargo failed"
            raise InputError(
                f"the crates could not be fetched (BAT304): {reason}", "Check the network or the proxy, then run it again."
            )
    for features, profile, build in warm_steps(level):
        title = f"{'building' if build else 'checking'} {'+'.join(features) or 'plain'} ({profile})"
        with cargo_progress(title) as on_progress:
            warmed = warm(features, profile, build, cache, on_progress=on_progress)
        if not warmed.compiled.ok:
            code = warmed.compiled.code or "BAT305"
            reason = warmed.compiled.error.strip().split("\n")[0] or "rustc rejected the runtime crate"
            raise InputError(f"{title}: {CODES[code].title} ({code}): {reason}", CODES[code].remedy)
        click.echo(f"  {title}: {warmed.compiled.seconds:.1f} s")
    click.echo(f"ready: {size_in_words(sum(usage.size for usage in measure(cache)))} in {cache.root}")
    return 0
