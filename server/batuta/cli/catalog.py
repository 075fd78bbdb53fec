"""`batuta catalog`: what is mapped, to what, and how near its numbers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from batuta.catalog.entry import Entry, Parity
    from batuta.catalog.index import Catalog


@click.command(
    short_help="What is mapped, and how near its numbers are.",
    epilog="\b\nExamples:\n  batuta catalog\n  batuta catalog numpy.random\n  batuta catalog KMeans\n  batuta catalog str.split\n",
)
@click.argument("name", required=False, default="")
def command(name: str) -> int:
    """List the Python items that have a Rust form: all modules, or what stands under NAME (a module, a class, a function, or the
    last part of one). Ends with 1 when nothing does."""
    from batuta.catalog.index import catalog

    known = catalog()
    if not name:
        for owner, count in sorted(_owners(known).items()):
            click.echo(f"{owner:<36} {count:>4}")
        return 0
    entries = [entry for qualified, entry in sorted(known.entries.items()) if _is_under(qualified, name)]
    refused = {qualified: why for qualified, why in sorted(known.refused.items()) if _is_under(qualified, name)}
    for entry in entries:
        click.echo("\n".join(_describe(entry, entry.name.rpartition(".")[0] in known.entries)))
    for qualified, (reason, remedy) in refused.items():
        click.echo(f"{qualified}\n    not translated: {reason}. {remedy}")
    if not entries and not refused:
        click.echo(f"nothing under {name} is mapped; docs/recipes/add-a-mapping.md says how to add it", err=True)
        return 1
    return 0


def _owners(known: Catalog) -> dict[str, int]:
    """How many items stand under each module or type."""
    counts: dict[str, int] = {}
    for qualified in known.entries:
        owner = qualified.rpartition(".")[0]
        counts[owner] = counts.get(owner, 0) + 1
    return counts


def _is_under(qualified: str, name: str) -> bool:
    """Whether `name` is this item, holds it, or is its last parts."""
    return f".{qualified}.".startswith(f".{name}.") or f".{name}." in f".{qualified}."


def _describe(entry: Entry, of_a_class: bool) -> list[str]:
    from batuta.catalog.entry import Parity

    signatures = (entry.signature,) if isinstance(entry.signature, str) else entry.signature
    if entry.kind in ("constant", "attribute"):
        lines = [entry.name]
    else:
        lines = [f"{entry.name}{signature}" for signature in signatures]
    if entry.targets:
        lines += [f"    {target.crate:<10} {_words(target.parity)}" for target in entry.targets]
    elif not of_a_class or entry.parity != Parity():
        # A method without a statement of its own computes what its class computes.
        lines.append(f"    {_words(entry.parity)}")
    return [*lines, *([f"    not handled: {entry.notes}"] if entry.notes else [])]


def _words(parity: Parity) -> str:
    """`close, within 1e-12 relative: why`."""
    within = f", within {parity.tolerance:g} relative" if parity.tolerance else ""
    why = "; ".join(each for each in (parity.conditions, parity.caveat) if each)
    return f"{parity.grade}{within}{f': {why}' if why else ''}"
