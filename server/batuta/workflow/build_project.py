"""Builds a project that Batuta wrote, from a private copy of its Rust text.

Of the folder nothing is taken but `.rs` files: the manifest, the lock file and the settings of cargo are ours. So a build
script, a wrapper or a toolchain file that somebody put there does nothing.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from batuta.cargo.compile import Compiled, Profile, compile_program
from batuta.cargo.invoke import OnProgress
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.rust.project import Program
from batuta.rust.project_folder import MANIFEST, changed_files, read_manifest
from batuta.rust.runtime import PACKAGE, runtime_files
from batuta.rust.used_modules import used_modules


class NoProject(Exception):
    """There is no project of ours to build; the text says where it was looked for."""


@dataclass(frozen=True)
class Built:
    """One program of a project, compiled."""

    program: Program
    compiled: Compiled
    binary: Path | None
    """In the project's own `target` folder."""


def find_project(start: Path) -> Path:
    """The project's folder: `start`, or the only folder in it that holds one. Raises NoProject."""
    if (start / MANIFEST).is_file():
        return start
    try:
        inside = sorted(path.parent for path in start.glob(f"*/{MANIFEST}"))
    except OSError:
        inside = []
    if len(inside) == 1:
        return inside[0]
    if inside:
        raise NoProject(f"{start} holds several projects: {', '.join(path.name for path in inside)}; name one")
    raise NoProject(f"{start} holds no project written by batuta ({MANIFEST} is missing)")


def read_programs(project: Path) -> list[tuple[Program, dict[str, bytes]]]:
    """The programs of a project, each with the other Rust files beside its main file. Raises NoProject for a damaged one."""
    programs = []
    for entry in read_manifest(project).get("programs", []):
        folder = project / entry["folder"]
        sources = _rust_files(folder / "src")
        try:
            rust = sources.pop("main.rs").decode()
        except (KeyError, UnicodeDecodeError):
            raise NoProject(f"{folder / 'src/main.rs'} is missing or not text") from None
        program = Program(entry["name"], entry["source"], rust, frozenset(entry["features"]), frozenset(entry["crates"]))
        programs.append((program, {f"src/{name}": content for name, content in sources.items()}))
    if not programs:
        raise NoProject(f"{project / MANIFEST} names no program")
    return programs


def edited_settings(project: Path) -> list[Finding]:
    """A BAT306 when a manifest or the lock file is no longer ours: the build goes on without the change."""
    changed = [name for name in changed_files(project) if name.endswith(("Cargo.toml", "Cargo.lock"))]
    if not changed:
        return []
    names = ", ".join(changed)
    return [make_finding("BAT306", f"{names} was changed; the build uses the settings that batuta wrote", path=str(project))]


def build_project(
    project: Path, profile: Profile, *, cancel: threading.Event | None = None, on_progress: OnProgress | None = None
) -> list[Built]:
    """Builds all programs of a project, and puts the binaries where cargo would. Raises NoProject, OSError."""
    built = []
    programs = read_programs(project)
    runtime = _edited_runtime(project, programs)
    for program, sources in programs:
        compiled = compile_program(
            program,
            key=f"{project.resolve()}#{program.name}",
            build=True,
            profile=profile,
            cancel=cancel,
            on_progress=on_progress,
            runtime=runtime,
            sources=sources,
        )
        binary = None
        if compiled.ok and compiled.binary is not None:
            binary = place_binary(compiled.binary, project, program.name, profile)
        built.append(Built(program, compiled, binary))
        if compiled.ended_by:
            break
    return built


def place_binary(built: Path, project: Path, name: str, profile: Profile) -> Path:
    """Copies a binary from the cache to `target/<profile>/` of the project, as cargo would have put it there."""
    folder = project / "target" / {"dev": "debug"}.get(profile, profile)
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / (name + built.suffix)
    temporary = target.with_name(f".{target.name}.{os.getpid()}")
    shutil.copy2(built, temporary)
    os.replace(temporary, target)
    return target


def _edited_runtime(project: Path, programs: Sequence[tuple[Program, dict[str, bytes]]]) -> dict[str, bytes] | None:
    """The project's own copy of the runtime's Rust under our manifest, when it was edited; None when it is as we write it."""
    features = frozenset().union(*(program.features for program, _ in programs))
    texts = [
        text
        for program, sources in programs
        for text in (program.rust, *(each.decode(errors="replace") for each in sources.values()))
    ]
    ours = used_modules(runtime_files(features), texts)
    own = {f"src/{name}": content for name, content in _rust_files(project / PACKAGE / "src").items()}
    if own == {name: content for name, content in ours.items() if name.endswith(".rs")}:
        return None
    if not own:
        raise NoProject(f"{project / PACKAGE} is missing")
    # The manifest and the tables of the data sets are ours: of a folder, only Rust is taken.
    return {**{name: content for name, content in ours.items() if not name.endswith(".rs")}, **own}


def _rust_files(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir() or folder.is_symlink():
        return {}
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*.rs"))
        if path.is_file() and not path.is_symlink()
    }
