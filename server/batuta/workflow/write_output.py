"""Writes translated programs as a Cargo project."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from batuta.cargo.cache import Cache, find_cache
from batuta.cargo.format import format_rust
from batuta.cargo.settle_lock import settle_project_lock
from batuta.cargo.toolchain import Toolchain, find_toolchain
from batuta.rust.project import Program, Recording, describe, project_files
from batuta.rust.project_folder import Written, read_manifest, write_project


def write_programs(
    programs: Sequence[Program], output: Path, *, force: bool = False, title: str = "", cancel: threading.Event | None = None
) -> Written:
    """Writes the project, its Rust formatted. Recordings of an earlier run are kept. Raises FolderError."""
    toolchain, cache = find_toolchain(), find_cache()
    formatted = [_formatted(program, toolchain, cache) for program in programs]
    kept = [each if each.recordings else replace(each, recordings=_recordings(output, each)) for each in formatted]
    files = settle_project_lock(project_files(kept, title), toolchain, cache, cancel)
    return write_project(output, files, describe(kept), force=force)


def read_recordings(output: Path, program: Program) -> tuple[Recording, ...]:
    """The recorded runs that a project holds of a program with the same translation; of another one they prove nothing."""
    return _recordings(output, _formatted(program, find_toolchain(), find_cache()))


def _formatted(program: Program, toolchain: Toolchain | None, cache: Cache) -> Program:
    modules = tuple(replace(each, rust=format_rust(each.rust, toolchain, cache)) for each in program.modules)
    return replace(program, rust=format_rust(program.rust, toolchain, cache), modules=modules)


def _recordings(output: Path, program: Program) -> tuple[Recording, ...]:
    for entry in read_manifest(output).get("programs", ()):
        if entry.get("name") != program.name:
            continue
        folder = output / entry.get("folder", "")
        try:
            if any((folder / name).read_bytes() != text for name, text in program.sources().items()):
                return ()
            runs = sorted(path for path in (folder / "tests/recorded" / program.name).iterdir() if path.is_dir())
            return tuple(_read_recording(run) for run in runs)
        except (OSError, UnicodeDecodeError, ValueError, IndexError):
            return ()
    return ()


def _read_recording(run: Path) -> Recording:
    ending = (run / "exit.txt").read_text(encoding="utf-8").splitlines()
    data = run / "data"
    return Recording(
        run.name,
        tuple((run / "arguments.txt").read_text(encoding="utf-8").split("\n")[:-1]),
        (run / "stdin.txt").read_bytes(),
        (run / "stdout.txt").read_bytes(),
        int(ending[0]),
        ending[1] if len(ending) > 1 else "",
        {path.relative_to(data).as_posix(): path.read_bytes() for path in sorted(data.rglob("*")) if path.is_file()}
        if data.is_dir()
        else {},
    )
