"""Private copies: where a program is compiled, outside the workspace, with a manifest that we write ourselves.

Nothing of a folder but Rust source text comes in here: no `.cargo`, no `build.rs`, no toolchain file, no manifest, no path
dependency. All programs with the same features share one copy of the runtime crate, so that it is compiled once.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from batuta.cargo.cache import Cache, touch
from batuta.rust.project import PROFILES, package_manifest
from batuta.rust.runtime import PACKAGE, runtime_files


def place_runtime(cache: Cache, features: Iterable[str], files: Mapping[str, bytes] | None = None) -> Path:
    """The folder of a copy of the runtime crate with these features, written if it is not there yet.

    `files` replaces the runtime's own text, for a project whose copy was edited.
    """
    files = files if files is not None else runtime_files(features)
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    folder = cache.runtime / digest.hexdigest()[:20] / PACKAGE
    if not folder.is_dir():
        temporary = cache.runtime / f".{digest.hexdigest()[:20]}.{os.getpid()}"
        shutil.rmtree(temporary, ignore_errors=True)
        write_files(temporary / PACKAGE, files)
        try:
            os.replace(temporary, folder.parent)
        except OSError:
            # Another process was first; its copy has the same content.
            shutil.rmtree(temporary, ignore_errors=True)
    touch(folder.parent)
    return folder


def private_name(key: str) -> str:
    """The name of the package and the folder for a key: the same program compiles in the same place again."""
    return "p" + hashlib.sha256(key.encode()).hexdigest()[:16]


def private_manifest(name: str, features: Iterable[str], crates: Iterable[str], folder: Path, runtime: Path) -> str:
    """The manifest of a private copy. The path of the runtime is relative, so that a moved cache still works."""
    path = Path(os.path.relpath(runtime, folder)).as_posix()
    return f"{package_manifest(name, features, crates, path)}\n[workspace]\n\n{PROFILES}"


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes files, and leaves alone those that have the content already, so that cargo sees them as fresh."""
    for name, content in files.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds a private copy for one process at a time: the editor and the command line may compile the same program."""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        import fcntl
    except ImportError:
        yield
        return
    with open(folder / ".lock", "w", encoding="ascii") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
