"""Collects the case of every catalog entry, and what Python prints for it."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from batuta.catalog.entry import Entry
from batuta.catalog.index import catalog
from batuta.translate import translate
from fixtures.python_side import Program

# One case in so many stands for the others in `make test`. Cases without arrays all run: they cost a few milliseconds each.
SAMPLE = 8
SHARED = Path(__file__).parents[2] / "fixtures" / "catalog"


def cases() -> list[tuple[Program, Entry | None]]:
    """One program for each different case, with the first entry that has it, in the order of the names; then the shared ones."""
    found: dict[str, tuple[Program, Entry | None]] = {}
    for name, entry in sorted(catalog().entries.items()):
        if entry.case.strip() and entry.case not in found:
            found[entry.case] = (Program(name, entry.case, Path(f"{name}.py")), entry)
    return [*found.values(), *((program, None) for program in shared_cases())]


def shared_cases() -> list[Program]:
    """Programs that show several entries: what estimators have besides their constructors."""
    return [Program.read(path) for path in sorted(SHARED.glob("*.py"))]


def entries_used(program: Program) -> set[str]:
    """Names of the entries that a program uses, by translating it."""
    return {getattr(call.entry, "name", "") for call in translate(program.source, program.path.name).calls}


def unshown() -> list[str]:
    """Entries without a case of their own that no other case uses."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        used = set().union(*pool.map(entries_used, [program for program, _ in cases()], chunksize=16))
    return sorted(name for name, entry in catalog().entries.items() if not entry.case.strip() and name not in used)


def sample() -> list[tuple[Program, Entry | None]]:
    """The cases that a change must pass: all that need no arrays, and every eighth of the others."""
    everything = cases()
    cheap = [each for each in everything if "numpy" not in each[0].source and "sklearn" not in each[0].source]
    dear = [each for each in everything if each not in cheap]
    return cheap + dear[::SAMPLE]
