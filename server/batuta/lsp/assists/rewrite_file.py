"""Write the whole file as a Cargo project into a new folder beside it.

The project builds alone; the Python file stays as it is.

## Before
    «»print("hello")
## Creates
    program-rs/Cargo.toml
    program-rs/src/main.rs
"""

from __future__ import annotations

from pathlib import PurePath

from batuta.lsp.assist import Change, NewFile, Offer, Selection
from batuta.lsp.workbench import JobFailed


def offer(selection: Selection) -> list[Offer]:
    """For a file that is translated."""
    if not selection.writes_files:
        return []
    return [Offer(f"Rewrite {PurePath(selection.analysis.source.path).name} to Rust…", "refactor.rewrite")]


def change(selection: Selection, data: dict[str, object]) -> Change:
    """The project's files. Raises JobFailed for a file that is refused."""
    from batuta.rust.project import package_name, project_files

    analysis = selection.analysis
    translation = analysis.require()
    if not translation.rust:
        first = next((finding for finding in analysis.findings if finding.blocks), None)
        why = f"{first.code} in line {first.span.line}: {first.reason}" if first else "it was refused"
        raise JobFailed(f"the file is not translated: {why}")
    name = PurePath(analysis.source.path).name
    program = translation.program(package_name(name), name)
    folder = f"{selection.stem}-rs"
    files = project_files([program])
    return Change(files=tuple(NewFile(f"{folder}/{path}", content.decode("utf-8")) for path, content in files.items()))
