"""Compiles many programs at a fraction of the cost of one after another.

Linking and cargo's own work are most of what a small program costs. So all programs become binaries of one package for one
`cargo check --keep-going`, which gives a verdict on each; then those that passed become modules of one binary, which is linked
once and runs the program that an environment variable names, so that arguments stay the program's own. Programs without arrays
do not meet the crates for arrays: they are grouped by what they need.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from batuta.cargo.cache import Cache, find_cache
from batuta.cargo.compile import NO_CARGO
from batuta.cargo.invoke import CargoRun, OnProgress, run_cargo
from batuta.cargo.messages import RustDiagnostic
from batuta.cargo.private_copy import locked, place_runtime, private_manifest, write_files
from batuta.cargo.process import Finished, Limits, run_command
from batuta.cargo.settle_lock import private_lock
from batuta.cargo.toolchain import Toolchain, find_toolchain
from batuta.rust.project import Program
from batuta.rust.runtime import close_features

MODULES_TO_A_BINARY = 100
"""Measured: 50 to 100 keep both cores busy; more make one long link."""

_CHOICE = "BATUTA_PROGRAM"


@dataclass(frozen=True)
class Verdict:
    """What `cargo check` said about one program."""

    ok: bool
    diagnostics: tuple[RustDiagnostic, ...] = ()
    error: str = ""


@dataclass(frozen=True)
class Runner:
    """The binary that holds a program, and the name that chooses it."""

    binary: Path
    name: str

    @property
    def environment(self) -> dict[str, str]:
        """What chooses the program."""
        return {_CHOICE: self.name}


def _group(program: Program) -> str:
    features = close_features(program.features)
    if features & {"aprender", "trueno"} or set(program.crates) & {"aprender", "trueno"}:
        return "crates"
    if features & {"np", "ml", "data"} or program.crates:
        return "arrays"
    return "plain"


def _identifier(name: str) -> str:
    return "program_" + re.sub(r"\W", lambda match: f"_{ord(match[0]):x}_", name, flags=re.ASCII)


def _groups(programs: Sequence[Program]) -> dict[str, list[Program]]:
    groups: dict[str, list[Program]] = {}
    for program in programs:
        groups.setdefault(_group(program), []).append(program)
    if len({program.name for program in programs}) != len(programs):
        raise ValueError("two programs have the same name")
    return groups


def _package(
    cache: Cache, toolchain: Toolchain, name: str, programs: Sequence[Program], files: Mapping[str, bytes], kept: str
) -> Path:
    """Writes a package for several programs; Rust files of an earlier call below `kept` go."""
    features = frozenset().union(*(program.features for program in programs))
    crates = frozenset().union(*(program.crates for program in programs))
    folder = cache.root / "many" / name
    lock = private_lock(name, programs, toolchain, cache)
    runtime = place_runtime(cache, features)
    everything = {"Cargo.toml": private_manifest(name, features, crates, folder, runtime).encode(), **files}
    if lock is not None:
        everything["Cargo.lock"] = lock
    place = folder / kept
    for old in place.rglob("*.rs") if place.is_dir() else ():
        if f"{kept}/{old.relative_to(place).as_posix()}" not in files:
            old.unlink()
    write_files(folder, everything)
    return folder


def check_many(
    programs: Sequence[Program],
    *,
    cache: Cache | None = None,
    name: str = "many",
    limits: Limits | None = None,
    cancel: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> dict[str, Verdict]:
    """A verdict for each program, by name. `name` keeps the packages of different callers apart."""
    toolchain = find_toolchain()
    if toolchain is None:
        return {program.name: Verdict(False, error=NO_CARGO) for program in programs}
    cache = cache or find_cache()
    verdicts: dict[str, Verdict] = {}
    for group, members in _groups(programs).items():
        package = f"{name}-{group}"
        files = {
            name: text for program in members for name, text in program.sources(f"src/bin/{_identifier(program.name)}").items()
        }
        with locked(cache.root / "many" / package):
            folder = _package(cache, toolchain, package, members, files, "src/bin")
            run = run_cargo(
                toolchain,
                cache,
                ["check", "--locked", "--bins", "--keep-going"],
                cwd=folder,
                limits=limits,
                cancel=cancel,
                on_progress=on_progress,
            )
        verdicts.update(_verdicts(members, run))
    return verdicts


def _verdicts(programs: Sequence[Program], run: CargoRun) -> dict[str, Verdict]:
    said: dict[str, list[RustDiagnostic]] = {}
    for diagnostic in run.diagnostics:
        said.setdefault(diagnostic.target, []).append(diagnostic)
    passed = {artifact.target for artifact in run.artifacts}
    verdicts = {}
    for program in programs:
        target = _identifier(program.name)
        own = tuple(said.get(target, ()))
        ok = target in passed and not any(diagnostic.level == "error" for diagnostic in own)
        error = ""
        if not ok and not own:
            error = (
                run.error or "\n".join(d.rendered for d in run.diagnostics if d.level == "error") or "cargo stopped before it"
            )
        verdicts[program.name] = Verdict(ok, own, error)
    return verdicts


def build_many(
    programs: Sequence[Program],
    *,
    cache: Cache | None = None,
    name: str = "many",
    limits: Limits | None = None,
    cancel: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> dict[str, Runner]:
    """Builds programs that passed `check_many` into few binaries. Raises RuntimeError when cargo refuses one."""
    toolchain = find_toolchain()
    if toolchain is None:
        raise RuntimeError(NO_CARGO)
    cache = cache or find_cache()
    runners: dict[str, Runner] = {}
    for group, members in _groups(programs).items():
        for start in range(0, len(members), MODULES_TO_A_BINARY):
            chunk = members[start : start + MODULES_TO_A_BINARY]
            package = f"{name}-{group}-run{start // MODULES_TO_A_BINARY}"
            files = {name: text for program in chunk for name, text in _as_modules(program).items()}
            files["src/main.rs"] = _runner_main([p.name for p in chunk]).encode()
            with locked(cache.root / "many" / package):
                folder = _package(cache, toolchain, package, members, files, "src")
                run = run_cargo(
                    toolchain, cache, ["build", "--locked"], cwd=folder, limits=limits, cancel=cancel, on_progress=on_progress
                )
                built = next((a.executable for a in run.artifacts if a.target == package and a.executable), None)
                if not run.ok or built is None:
                    said = "\n".join(d.rendered for d in run.diagnostics if d.level == "error")
                    raise RuntimeError(run.error or said or "cargo built no binary")
                # The next build of this package would replace the file under a running program.
                binary = folder / "runner"
                # Renamed into place: an earlier runner may still run, and a running file cannot be written.
                fresh = folder / f"runner.{os.getpid()}"
                shutil.copy2(built, fresh)
                os.replace(fresh, binary)
            runners.update({program.name: Runner(binary, program.name) for program in chunk})
    return runners


def run_one(
    runner: Runner,
    *,
    cwd: Path,
    arguments: Sequence[str] = (),
    stdin: bytes = b"",
    limits: Limits | None = None,
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Runs one program of a runner in its own process."""
    return run_command(
        [runner.binary, *arguments],
        cwd=cwd,
        environment={**(environment or {}), **runner.environment},
        stdin=stdin,
        limits=limits or Limits(wall=60.0),
    )


def lint_many(
    programs: Sequence[Program],
    *,
    cache: Cache | None = None,
    name: str = "lint",
    limits: Limits | None = None,
    cancel: threading.Event | None = None,
    on_progress: OnProgress | None = None,
) -> dict[str, tuple[RustDiagnostic, ...]]:
    """What rustc and clippy warn of, by program. Raises RuntimeError when there is no clippy, or cargo stops before it."""
    toolchain = find_toolchain()
    if toolchain is None:
        raise RuntimeError(NO_CARGO)
    cache = cache or find_cache()
    said: dict[str, list[RustDiagnostic]] = {_identifier(program.name): [] for program in programs}
    for group, members in _groups(programs).items():
        package = f"{name}-{group}"
        files = {path: text for p in members for path, text in _as_modules(p).items()}
        files["src/main.rs"] = _runner_main([p.name for p in members]).encode()
        with locked(cache.root / "many" / package):
            folder = _package(cache, toolchain, package, members, files, "src")
            # cargo repeats what it said of a package that it finds fresh.
            run = run_cargo(
                toolchain, cache, ["clippy", "--locked"], cwd=folder, limits=limits, cancel=cancel, on_progress=on_progress
            )
        if run.error:
            raise RuntimeError(run.error)
        for diagnostic in run.diagnostics:
            place = diagnostic.primary
            module = Path(place.file).parts[1:2] if place is not None else ()
            if module and module[0] in said:
                said[module[0]].append(diagnostic)
            elif place is not None:
                raise RuntimeError(diagnostic.rendered)
    return {program.name: tuple(said[_identifier(program.name)]) for program in programs}


def _as_modules(program: Program) -> dict[str, bytes]:
    """A program's files as a module of the runner: its `main` must be visible there, and its paths begin a level deeper."""
    name = _identifier(program.name)
    files = {}
    for path, content in program.sources(f"src/{name}").items():
        text = re.sub(r"^use crate::", f"use crate::{name}::", content.decode(), flags=re.MULTILINE)
        if path == f"src/{name}/main.rs":
            path, text = f"src/{name}/mod.rs", re.sub(r"^fn main\(\)", "pub fn main()", text, count=1, flags=re.MULTILINE)
        files[path] = text.encode()
    return files


def _runner_main(names: Sequence[str]) -> str:
    modules = "".join(f"mod {_identifier(name)};\n" for name in sorted(names))
    arms = "".join(f"        {_string(name)} => {_identifier(name)}::main(),\n" for name in sorted(names))
    return (
        f"{modules}\nfn main() {{\n    let name = std::env::var({_string(_CHOICE)}).unwrap_or_default();\n"
        f'    match name.as_str() {{\n{arms}        _ => panic!("no program {{name:?}}"),\n    }}\n}}\n'
    )


def _string(text: str) -> str:
    return '"' + "".join(c if c.isascii() and c.isprintable() and c not in '"\\' else f"\\u{{{ord(c):x}}}" for c in text) + '"'
