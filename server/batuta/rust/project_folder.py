"""Writes a generated project to disk, and never over a file that is not ours.

`.batuta-manifest.json` holds the SHA-256 of each file as it was written. A file that has another content now was changed by
somebody: it stands in the way unless `force` is given. Symbolic links below the folder are never followed, because they would
let a folder choose what is overwritten.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from batuta import __version__

MANIFEST = ".batuta-manifest.json"
NOT_NEEDED = frozenset({"README.md", ".gitignore"})
"""A project is complete without these: one that is there already stays, and the user is told."""


class FolderError(Exception):
    """The project cannot be written; the text says why and what to do."""

    def __init__(self, reason: str, remedy: str, paths: Sequence[str] = ()) -> None:
        super().__init__(reason)
        self.reason, self.remedy, self.paths = reason, remedy, tuple(paths)


@dataclass(frozen=True)
class Written:
    """What a write did."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    kept: tuple[str, ...] = ()
    """Files of somebody else that were left as they are, because the project works without ours."""


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a project; empty when there is none that can be read."""
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) and isinstance(data.get("files"), dict) else {}


def write_project(
    folder: Path, files: Mapping[str, bytes], programs: Sequence[Mapping[str, Any]], *, force: bool = False
) -> Written:
    """Writes the files and the manifest, all or nothing as far as conflicts go. Raises FolderError."""
    try:
        before = read_manifest(folder)
        ours: dict[str, str] = before.get("files", {})
        conflicts = [name for name, content in files.items() if _stands_in_the_way(folder, name, content, ours)]
        kept = () if force else tuple(name for name in conflicts if name in NOT_NEEDED)
        conflicts = [name for name in conflicts if name not in kept]
        if not force:
            _no_other_project(folder, before, programs)
        if conflicts and not force:
            shown = ", ".join(conflicts[:5]) + (f" and {len(conflicts) - 5} more" if len(conflicts) > 5 else "")
            raise FolderError(
                f"{shown} in {folder} {'was' if len(conflicts) == 1 else 'were'} not written by batuta, or changed since",
                "Keep your changes and choose another --output folder, or pass --force to overwrite them.",
                conflicts,
            )
        written, unchanged = [], []
        for name, content in files.items():
            path = folder / name
            if name in kept:
                continue
            if path.exists() and _read(path) == content:
                unchanged.append(name)
                continue
            _replace(path, content)
            written.append(name)
        removed = _remove_stale(folder, ours, files)
        manifest = {
            "version": 1,
            "generator": f"batuta {__version__}",
            "programs": list(programs),
            "files": {name: _digest(content) for name, content in sorted(files.items()) if name not in kept},
        }
        _replace(folder / MANIFEST, (json.dumps(manifest, indent=2) + "\n").encode())
    except OSError as error:
        raise FolderError(
            f"cannot write to {folder}: {error.strerror or error}",
            "Choose a folder that you may write to with --output, or change its permissions.",
        ) from error
    return Written(folder, tuple(written), tuple(unchanged), tuple(removed), kept)


def _stands_in_the_way(folder: Path, name: str, content: bytes, ours: Mapping[str, str]) -> bool:
    """Whether there is a file that batuta did not write, or that was changed since. Raises FolderError for what is no file."""
    path = folder / name
    linked = _symbolic_link(folder, name)
    if linked is not None:
        raise FolderError(
            f"{linked} is a symbolic link, which is never followed",
            "Remove the link, or choose another --output folder.",
            [name],
        )
    if not path.exists():
        return False
    if not path.is_file():
        what = "a folder" if path.is_dir() else "no regular file"
        raise FolderError(
            f"{name} in {folder} is {what} where a file is to be written", "Choose another --output folder.", [name]
        )
    return _digest(_read(path)) not in (_digest(content), ours.get(name))


def _no_other_project(folder: Path, before: Mapping[str, Any], programs: Sequence[Mapping[str, Any]]) -> None:
    """Raises FolderError when the folder holds the project of other programs: replacing it would lose their translation."""
    there = {str(entry.get("source")) for entry in before.get("programs", ()) if isinstance(entry, Mapping)}
    if there and not there & {str(entry.get("source")) for entry in programs}:
        raise FolderError(
            f"{folder} holds the project of {', '.join(sorted(there)[:5])}",
            "Choose another --output folder, or pass --force to replace that project.",
        )


def changed_files(folder: Path) -> list[str]:
    """The files of a project that are no longer as they were written; missing ones too."""
    files: dict[str, str] = read_manifest(folder).get("files", {})
    return [name for name, digest in files.items() if not (folder / name).is_file() or _digest(_read(folder / name)) != digest]


def _remove_stale(folder: Path, ours: Mapping[str, str], files: Mapping[str, bytes]) -> list[str]:
    """Removes files of an earlier write that this one does not have, unless somebody changed them."""
    removed = []
    for name, digest in ours.items():
        path = folder / name
        unsafe = os.path.isabs(name) or ".." in Path(name).parts or _symbolic_link(folder, name) is not None
        if name in files or unsafe or not path.is_file() or _digest(_read(path)) != digest:
            continue
        path.unlink()
        removed.append(name)
        for parent in path.parents:
            if parent == folder or any(parent.iterdir()):
                break
            parent.rmdir()
    return removed


def _symbolic_link(folder: Path, name: str) -> str | None:
    """The first part of the path below the folder that is a symbolic link."""
    path = folder
    for part in Path(name).parts:
        path = path / part
        if path.is_symlink():
            return path.relative_to(folder).as_posix()
    return None


def _replace(path: Path, content: bytes) -> None:
    """Writes a file so that a reader sees the old or the new content, never a half."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # A name that nobody can know before, so that no link waits there.
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    """The permissions that new files of this process do not get. They can only be read by setting them."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _read(path: Path) -> bytes:
    return path.read_bytes()


def _digest(content: bytes) -> str:
    return "sha256:" + hashlib.sha256(content).hexdigest()
