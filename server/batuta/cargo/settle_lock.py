"""Lets cargo take out of a lock file what a program does not use.

The committed pins cover every feature. What a smaller set of features needs of them, only cargo knows exactly; asked once for
each set, the answer is kept in the cache. Versions never change here: cargo keeps every pin that it finds.
"""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Sequence

from batuta.cargo.cache import Cache
from batuta.cargo.invoke import run_cargo
from batuta.cargo.private_copy import write_files
from batuta.cargo.process import Limits
from batuta.cargo.toolchain import Toolchain
from batuta.rust.project import Program, project_files

_LIMITS = Limits(wall=120.0)


def settle_project_lock(
    files: dict[str, bytes], toolchain: Toolchain | None, cache: Cache, cancel: threading.Event | None = None
) -> dict[str, bytes]:
    """The files of a project with the lock file that cargo would write for them.

    Without a toolchain, or when crates have not been fetched, the files come back as they are: their lock file has the same
    pins, and the first `cargo build` takes out what is unused.
    """
    if toolchain is None or "Cargo.lock" not in files:
        return files
    manifests = {
        name: content
        for name, content in files.items()
        if name.endswith(("Cargo.toml", "Cargo.lock")) or name.endswith(("src/main.rs", "src/lib.rs"))
    }
    shape = {
        name: (content if name.endswith(("Cargo.toml", "Cargo.lock")) else b"fn main() {}\n")
        for name, content in manifests.items()
    }
    lock = _settle(shape, toolchain, cache, cancel)
    return {**files, "Cargo.lock": lock} if lock is not None else files


def private_lock(
    name: str, programs: Sequence[Program], toolchain: Toolchain, cache: Cache, cancel: threading.Event | None = None
) -> bytes | None:
    """The lock file for a private package with the features and crates of these programs; None when cargo cannot say."""
    features = frozenset().union(*(program.features for program in programs))
    crates = frozenset().union(*(program.crates for program in programs))
    files = settle_project_lock(project_files([Program(name, name, "", features, crates)]), toolchain, cache, cancel)
    return files.get("Cargo.lock")


def _settle(shape: dict[str, bytes], toolchain: Toolchain, cache: Cache, cancel: threading.Event | None) -> bytes | None:
    digest = hashlib.sha256(toolchain.rustc_version.encode())
    for name, content in sorted(shape.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    kept = cache.root / "locks" / f"{digest.hexdigest()[:24]}.lock"
    folder = cache.root / "locks" / digest.hexdigest()[:24]
    try:
        if kept.is_file():
            return kept.read_bytes()
        write_files(folder, shape)
        run = run_cargo(toolchain, cache, ["update", "--workspace"], cwd=folder, json=False, limits=_LIMITS, cancel=cancel)
        lock = folder / "Cargo.lock"
        if not run.ok or not lock.is_file():
            return None
        content = lock.read_bytes()
        kept.write_bytes(content)
    except OSError:
        # A cache that cannot be written is no reason not to write the project: our own lock file goes into it as it is.
        return None
    shutil.rmtree(folder, ignore_errors=True)
    return content
