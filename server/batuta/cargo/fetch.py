"""The one step that goes online: fetches the pinned crates and compiles them once, so that everything after works offline."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from batuta.cargo.cache import Cache
from batuta.cargo.compile import Compiled, Profile, compile_program
from batuta.cargo.invoke import CargoRun, OnProgress, run_cargo
from batuta.cargo.private_copy import write_files
from batuta.cargo.process import Limits
from batuta.cargo.toolchain import Toolchain
from batuta.rust.project import Program
from batuta.rust.runtime import dependencies_manifest, lock_source, manifest, read_lock

_MAIN = "use batuta_rt::prelude::*;\n\nfn program() {}\n\nfn main() {\n    py::run(program)\n}\n"

LEVELS: dict[str, tuple[tuple[str, ...], ...]] = {
    "plain": ((),),
    "arrays": ((), ("np",), ("np", "ml")),
    "all": ((), ("np",), ("np", "ml"), ("aprender",), ("trueno",)),
}
"""Which sets of features a level of `batuta setup` warms. Each is what a kind of program uses."""


@dataclass(frozen=True)
class Warmed:
    """One feature set, compiled."""

    features: tuple[str, ...]
    profile: Profile
    compiled: Compiled


def pinned_crates() -> list[tuple[str, str]]:
    """Name and version of every crate that the lock file names from the registry."""
    return [(package["name"], package["version"]) for package in read_lock() if "source" in package]


def missing_crates() -> list[tuple[str, str]]:
    """The pinned crates that are not in cargo's own store yet."""
    home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo"))
    present = {path.name for path in (home / "registry" / "cache").glob("*/*.crate")}
    return [(name, version) for name, version in pinned_crates() if f"{name}-{version}.crate" not in present]


def fetch_crates(
    toolchain: Toolchain, cache: Cache, *, cancel: threading.Event | None = None, on_line: Callable[[str], None] | None = None
) -> CargoRun:
    """Fetches all pinned crates. Goes online."""
    folder = cache.root / "fetch"
    # An empty library with the runtime's dependencies: cargo needs a target, and nothing is compiled here.
    files = {"Cargo.toml": dependencies_manifest().encode(), "Cargo.lock": lock_source().read_bytes(), "src/lib.rs": b""}
    write_files(folder, files)
    return run_cargo(
        toolchain,
        cache,
        ["fetch", "--locked"],
        cwd=folder,
        offline=False,
        json=False,
        limits=Limits(wall=1800.0),
        cancel=cancel,
        on_line=on_line,
    )


def warm_steps(level: str) -> list[tuple[tuple[str, ...], Profile, bool]]:
    """What a level compiles: features, profile, and whether it is built or only checked."""
    known = set(manifest()["features"])
    steps: list[tuple[tuple[str, ...], Profile, bool]] = []
    for features in LEVELS[level]:
        if set(features) <= known:
            steps += [(features, "dev", False), (features, "release", True)]
    return steps


def warm(
    features: Sequence[str],
    profile: Profile,
    build: bool,
    cache: Cache,
    *,
    cancel: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> Warmed:
    """Compiles an empty program with these features, which leaves all its crates in the shared target folder."""
    program = Program("warm", "warm.py", _MAIN, frozenset(features))
    compiled = compile_program(
        program,
        key="warm:" + ",".join(features),
        build=build,
        profile=profile,
        cache=cache,
        cancel=cancel,
        on_progress=on_progress,
    )
    return Warmed(tuple(features), profile, compiled)
