"""What is here and what is missing: toolchain, crates, cache, interpreter, sandbox, GPU. Runs no code of any folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from batuta.cargo.cache import find_cache, measure
from batuta.cargo.fetch import missing_crates, pinned_crates
from batuta.cargo.toolchain import MINIMUM, find_toolchain
from batuta.rust.runtime import RuntimeMissing, runtime_source
from batuta.validation.limited_run import RunLimits, find_interpreter, run_limited

State = Literal["ok", "missing", "optional"]
"""`missing` keeps something from working; `optional` is good to know."""

_PROBE = """
import sys
from importlib.metadata import PackageNotFoundError, version
found = []
for name in ("numpy", "scipy", "scikit-learn"):
    try:
        found.append(f"{name} {version(name)}")
    except PackageNotFoundError:
        pass
print(".".join(map(str, sys.version_info[:3])), *found, sep="; ")
"""


@dataclass(frozen=True)
class Fact:
    """One line of `batuta doctor`."""

    name: str
    state: State
    text: str
    remedy: str = ""


def examine_machine(interpreter: str = "") -> list[Fact]:
    """All facts, in the order in which they matter."""
    return [_runtime(), _toolchain(), _crates(), _cache(), _interpreter(interpreter), _sandbox(), _gpu()]


def _runtime() -> Fact:
    try:
        runtime_source()
    except RuntimeMissing as problem:
        return Fact("runtime crate", "missing", str(problem), "Install batuta again.")
    return Fact("runtime crate", "ok", "batuta-rt is here")


def _toolchain() -> Fact:
    toolchain = find_toolchain()
    if toolchain is None:
        return Fact("Rust", "missing", "no cargo was found", "Install Rust with rustup; all but compiling works without.")
    if toolchain.version and toolchain.version < MINIMUM:
        wanted = ".".join(map(str, MINIMUM[:2]))
        return Fact("Rust", "missing", f"{toolchain.rustc_version} is older than {wanted}", "Run `rustup update stable`.")
    name = f", toolchain {toolchain.name}" if toolchain.name else ""
    return Fact("Rust", "ok", toolchain.rustc_version + name)


def _crates() -> Fact:
    try:
        pinned, missing = pinned_crates(), missing_crates()
    except RuntimeMissing:
        return Fact("crates", "missing", "the list of pinned crates is not here", "Install batuta again.")
    if missing:
        text = f"{len(missing)} of {len(pinned)} pinned crates are not fetched yet"
        return Fact("crates", "missing", text, "Run `batuta setup` once while online.")
    return Fact("crates", "ok", f"all {len(pinned)} pinned crates are fetched")


def _cache() -> Fact:
    cache = find_cache()
    size = sum(usage.size for usage in measure(cache))
    folder = cache.root
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    if not os.access(folder, os.W_OK):
        return Fact("cache", "missing", f"{cache.root} cannot be written", "Set BATUTA_CACHE_DIR to a folder that can.")
    free = shutil.disk_usage(folder).free
    state: State = "ok" if free > 2 * 1024**3 else "missing"
    remedy = "" if state == "ok" else "Free some space: the crates need about 2 GB when they are compiled."
    return Fact("cache", state, f"{cache.root}, {size / 1e6:,.0f} MB used, {free / 1e9:,.0f} GB free", remedy)


def _interpreter(wanted: str) -> Fact:
    python = find_interpreter(wanted)
    if python is None:
        return Fact("Python", "missing", f"{wanted or sys.executable} was not found", "Pass --python, or set BATUTA_PYTHON.")
    try:
        answer = subprocess.run(
            [python, "-I", "-c", _PROBE], cwd=python.parent, capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        return Fact("Python", "missing", f"{python}: {problem}", "Pass --python, or set BATUTA_PYTHON.")
    if answer.returncode != 0:
        return Fact("Python", "missing", f"{python} does not run", "Pass --python, or set BATUTA_PYTHON.")
    return Fact("Python", "ok", f"{python}: {answer.stdout.strip()}")


def _sandbox() -> Fact:
    try:
        ran = run_limited([sys.executable, "-I", "-c", ""], files={}, limits=RunLimits(wall=20.0))
    except OSError as problem:
        return Fact("sandbox", "missing", f"no process can be started: {problem}", "Check the temporary folder.")
    if ran.isolated:
        return Fact("sandbox", "ok", "programs run with limits, without network, in their own process namespace")
    return Fact(
        "sandbox", "optional", "programs run with limits; this machine offers no namespaces, so the network stays reachable"
    )


def _gpu() -> Fact:
    tool = shutil.which("nvidia-smi")
    if tool is None:
        return Fact("GPU", "optional", "none found; nothing needs one")
    try:
        answer = subprocess.run([tool, "-L"], cwd=Path(tool).parent, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return Fact("GPU", "optional", "the driver does not answer; nothing needs one")
    if answer.returncode != 0 or not answer.stdout.strip():
        return Fact("GPU", "optional", "the driver reports none; nothing needs one")
    return Fact("GPU", "ok", answer.stdout.strip().split("\n")[0].split(" (UUID")[0])
