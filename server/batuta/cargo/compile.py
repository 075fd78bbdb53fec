"""Compiles one program: the entry point of this room.

compiled = compile_program(program, key=str(path))
compiled.ok, compiled.diagnostics, compiled.binary
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from batuta.cargo.cache import Cache, find_cache, touch
from batuta.cargo.invoke import CargoRun, OnProgress, run_cargo
from batuta.cargo.messages import RustDiagnostic
from batuta.cargo.private_copy import locked, place_runtime, private_manifest, private_name, write_files
from batuta.cargo.process import Ending, Limits
from batuta.cargo.settle_lock import private_lock
from batuta.cargo.toolchain import Toolchain, find_toolchain
from batuta.rust.project import Program
from batuta.rust.runtime import crate_pins

Profile = Literal["dev", "release", "aggressive"]

NO_CARGO = "no Rust toolchain was found"


@dataclass(frozen=True)
class Compiled:
    """What rustc said about a program."""

    ok: bool
    diagnostics: tuple[RustDiagnostic, ...] = ()
    """Those of the program; the runtime crate's own are left out."""
    binary: Path | None = None
    error: str = ""
    """Why cargo failed, where it was not for the program's text."""
    code: str = ""
    """The finding's code for `error`: BAT303, BAT304 or BAT305."""
    seconds: float = 0.0
    ended_by: Ending = ""
    rustc_version: str = ""
    pins: Mapping[str, str] = field(default_factory=dict)


def compile_program(
    program: Program,
    *,
    key: str,
    build: bool = False,
    profile: Profile = "dev",
    cache: Cache | None = None,
    limits: Limits | None = None,
    cancel: threading.Event | None = None,
    on_progress: OnProgress | None = None,
    runtime: Mapping[str, bytes] | None = None,
    sources: Mapping[str, bytes] | None = None,
) -> Compiled:
    """Checks a program, or builds it. Never raises for what cargo or rustc find wrong.

    `key` names the program (its path): the same key compiles in the same private place again, and two keys never meet.
    `runtime` replaces the text of the runtime crate; `sources` are further Rust files of the program, by path.
    """
    toolchain = find_toolchain()
    if toolchain is None:
        return Compiled(False, error=NO_CARGO, code="BAT303")
    cache = cache or find_cache()
    name = private_name(key)
    folder = cache.programs / name
    try:
        with locked(folder):
            lock = private_lock(name, [program], toolchain, cache, cancel)
            place = place_runtime(cache, program.features, runtime)
            files = {
                "Cargo.toml": private_manifest(name, program.features, program.crates, folder, place).encode(),
                **program.sources(),
            }
            files.update(sources or {})
            if lock is not None:
                files["Cargo.lock"] = lock
            write_files(folder, files)
            touch(folder)
            command = ["build" if build else "check", "--locked", "--bin", name]
            command += {"dev": [], "release": ["--release"], "aggressive": ["--profile", "aggressive"]}[profile]
            run = run_cargo(toolchain, cache, command, cwd=folder, limits=limits, cancel=cancel, on_progress=on_progress)
    except OSError as error:
        return Compiled(False, error=f"the cache {cache.root} cannot be used: {error.strerror or error}", code="BAT305")
    return _compiled(run, name, toolchain)


def _compiled(run: CargoRun, name: str, toolchain: Toolchain) -> Compiled:
    own = tuple(diagnostic for diagnostic in run.diagnostics if diagnostic.target == name)
    error = run.error
    if not run.ok and not error and not any(diagnostic.level == "error" for diagnostic in own):
        error = "\n".join(d.rendered or d.message for d in run.diagnostics if d.level == "error")
    binary = next((a.executable for a in run.artifacts if a.target == name and a.executable is not None), None)
    code = "" if not error else "BAT304" if run.crates_missing else "BAT305"
    return Compiled(run.ok, own, binary, error, code, run.seconds, run.ended_by, toolchain.rustc_version, crate_pins())
