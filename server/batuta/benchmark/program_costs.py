"""What a program costs on both sides: time, start-up, peak memory, heap allocations, size of the binary."""

from __future__ import annotations

import ast
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from batuta.benchmark.measure import Measured, measure_command
from batuta.cargo.cache import Cache, find_cache
from batuta.cargo.compile import compile_program
from batuta.cargo.environment import cleaned_environment
from batuta.cargo.toolchain import find_toolchain
from batuta.rust.project import Program, project_files

STATIC_TARGET = "x86_64-unknown-linux-musl"
COUNTING = "count-allocations"
_PYTHON_PEAK = """
import atexit, os, runpy
def report():
    with open("/proc/self/status") as status, open("peak", "w") as to:
        to.write(next(line for line in status if line.startswith("VmHWM:")).split()[1])
if os.path.exists("/proc/self/status"):
    atexit.register(report)
runpy.run_path("program.py", run_name="__main__")
"""
"""Read from inside: what the system hands to the parent counts the parent's own memory at the fork too."""
_EMPTY = "use batuta_rt::prelude::*;\n\nfn program() {}\n\nfn main() {\n    py::run(program)\n}\n"


class NotBuilt(Exception):
    """rustc or cargo refused; the text says why."""


@dataclass(frozen=True)
class Costs:
    """One program, both sides."""

    name: str
    python: Measured
    rust: Measured
    python_start: Measured
    """A Python program with the same imports and nothing else."""
    rust_start: Measured
    """A Rust program with the same features and nothing else."""
    python_peak: int
    """Largest resident memory in bytes; 0 where the system does not say. So for the Rust."""
    rust_peak: int
    allocations: int
    allocated_bytes: int
    binary_bytes: int
    warm_check: float
    """Seconds of `cargo check` after a change of the program, when everything it depends on is compiled."""
    static_bytes: int | None
    """None when the target for static binaries is not installed."""


def measure_program(
    source: str, program: Program, *, data: Sequence[Path] = (), repeats: int = 5, static_bytes: int | None = None
) -> Costs:
    """Builds the program with optimisation and measures both sides in a scratch folder with its data files.

    Raises NotBuilt when it does not compile, and MeasuringFailed when a run fails.
    """
    binary = _build(program, "")
    empty = _build(replace(program, name="empty-" + program.name, rust=_EMPTY, crates=frozenset()), "empty")
    counting = _build(replace(program, features=program.features | {COUNTING}), COUNTING)
    environment = {"PATH": os.environ["PATH"]}
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        for each in data:
            shutil.copy(each, folder)
        (folder / "program.py").write_text(source, encoding="utf-8")
        (folder / "imports.py").write_text(only_imports(source), encoding="utf-8")
        python = measure_command([sys.executable, "program.py"], cwd=folder, repeats=repeats)
        python_start = measure_command([sys.executable, "imports.py"], cwd=folder, repeats=repeats)
        rust = measure_command([binary], cwd=folder, repeats=repeats, environment=environment)
        rust_start = measure_command([empty], cwd=folder, repeats=repeats, environment=environment)
        counts = folder / "allocations"
        measure_command([counting], cwd=folder, repeats=1, environment={**environment, "BATUTA_ALLOCATIONS": str(counts)})
        allocations, allocated, _, rust_peak = (int(each) for each in counts.read_text(encoding="ascii").split())
        measure_command([sys.executable, "-c", _PYTHON_PEAK], cwd=folder, repeats=1)
        peak = folder / "peak"
        python_peak = int(peak.read_text(encoding="ascii")) * 1024 if peak.exists() else 0
    return Costs(
        program.name,
        python,
        rust,
        python_start,
        rust_start,
        python_peak,
        rust_peak,
        allocations,
        allocated,
        binary.stat().st_size,
        _warm_check(program),
        static_bytes,
    )


def only_imports(source: str) -> str:
    """The import statements of a program: what Python does before its first line."""
    tree = ast.parse(source)
    tree.body = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    return ast.unparse(tree) + "\n"


def has_static_target() -> bool:
    """Whether rustc can build static binaries here."""
    toolchain = find_toolchain()
    if toolchain is None:
        return False
    done = subprocess.run(
        [toolchain.cargo.with_name("rustc"), "--print", "target-libdir", "--target", STATIC_TARGET],
        env=cleaned_environment(toolchain.name),
        capture_output=True,
        text=True,
    )
    return done.returncode == 0 and Path(done.stdout.strip()).is_dir()


def _warm_check(program: Program, repeats: int = 3) -> float:
    """The median of several changes, each another one."""
    key = f"benchmark {program.name} checked"
    taken = []
    for number in range(repeats + 1):
        began = time.perf_counter()
        done = compile_program(replace(program, rust=f"{program.rust}// change {number}\n"), key=key)
        if not done.ok:
            raise NotBuilt(done.error)
        if number:
            taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _build(program: Program, variant: str) -> Path:
    done = compile_program(program, key=f"benchmark {program.name} {variant}", build=True, profile="release")
    if not done.ok or done.binary is None:
        raise NotBuilt(done.error or "\n".join(each.rendered for each in done.diagnostics if each.level == "error")[:2000])
    return done.binary


def static_sizes(programs: Sequence[Program], cache: Cache | None = None) -> dict[str, int]:
    """Bytes of each program's static binary, by name, from one build of all: what they share is compiled once.

    Raises NotBuilt when cargo refuses.
    """
    toolchain = find_toolchain()
    assert toolchain is not None
    cache = cache or find_cache()
    folder = cache.root / "static"
    shutil.rmtree(folder, ignore_errors=True)
    for path, content in project_files(list(programs)).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    target = cache.root / "static-target"
    done = subprocess.run(
        [toolchain.cargo, "build", "--release", "--offline", "--target", STATIC_TARGET, "--target-dir", target],
        cwd=folder,
        env=cleaned_environment(toolchain.name),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise NotBuilt(done.stderr[-2000:])
    return {each.name: (target / STATIC_TARGET / "release" / each.name).stat().st_size for each in programs}
