"""The private folder in which everything is compiled, outside every workspace.

    <cache>/target/      one shared target folder: the crates are compiled once for all programs
    <cache>/runtime/     copies of the runtime crate, one for each set of features and each version of its text
    <cache>/programs/    private copies of the programs
    <cache>/many/        packages of several programs, for checking many at once
    <cache>/locks/       lock files that cargo has settled
    <cache>/fetch/       the package with which crates are fetched
    <cache>/packages/    source distributions of Python packages, material for `batuta corpus`

`BATUTA_CACHE_DIR` overrides the place, `BATUTA_CACHE_CAP` (in MiB) the size above which it is trimmed.
"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

DEFAULT_CAP = 8 * 1024**3
"""Bytes. All feature sets in two profiles take about 3 GiB; the cap leaves room for some versions of them."""


_TRIM_EVERY = 3600.0
"""Seconds."""


@dataclass(frozen=True)
class Cache:
    """The folders of the cache."""

    root: Path

    @property
    def target(self) -> Path:
        """The shared target folder."""
        return self.root / "target"

    @property
    def runtime(self) -> Path:
        """Copies of the runtime crate."""
        return self.root / "runtime"

    @property
    def programs(self) -> Path:
        """Private copies of programs."""
        return self.root / "programs"

    @property
    def packages(self) -> Path:
        """Fetched source distributions of Python packages."""
        return self.root / "packages"

    @property
    def parts(self) -> tuple[Path, ...]:
        """All folders of the cache. Nothing else below its root is measured or removed: the root may be a folder of the user."""
        others = (self.root / name for name in ("many", "locks", "fetch"))
        return self.target, self.runtime, self.programs, self.packages, *others


@dataclass(frozen=True)
class Usage:
    """What one part of the cache takes."""

    name: str
    path: Path
    size: int
    """Bytes."""
    files: int


def find_cache() -> Cache:
    """The cache's place. Creates nothing."""
    override = os.environ.get("BATUTA_CACHE_DIR")
    if override:
        return Cache(Path(override).expanduser().resolve())
    import platformdirs

    return Cache(Path(platformdirs.user_cache_dir("batuta", appauthor=False)))


def measure(cache: Cache) -> list[Usage]:
    """The size of each part."""
    return [Usage(path.name, path, *_size(path)) for path in cache.parts]


def cap() -> int:
    """Bytes that the cache may take."""
    try:
        return max(0, int(os.environ["BATUTA_CACHE_CAP"])) * 1024 * 1024
    except (KeyError, ValueError):
        return DEFAULT_CAP


def clean(cache: Cache, keep_bytes: int = 0) -> int:
    """Removes parts of the cache until at most `keep_bytes` are left, and returns how many bytes were freed.

    Private copies go first, oldest first; then the target folder as a whole, because cargo's fingerprints do not survive the
    removal of single files.
    """
    before = sum(usage.size for usage in measure(cache))
    left = before
    for folder in (folder for folder in cache.parts if folder != cache.target):
        if left <= keep_bytes:
            break
        for entry in _oldest_first(folder):
            if left <= keep_bytes:
                break
            left -= _size(entry)[0]
            shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink(missing_ok=True)
    if left > keep_bytes:
        shutil.rmtree(cache.target, ignore_errors=True)
    return before - sum(usage.size for usage in measure(cache))


def trim(cache: Cache) -> None:
    """Keeps the cache below its cap. Looks at most once an hour, because looking reads every folder."""
    mark = cache.root / "trimmed"
    try:
        if mark.exists() and time.time() - mark.stat().st_mtime < _TRIM_EVERY:
            return
        clean(cache, cap())
        mark.touch()
    except OSError:
        # A cache that cannot be trimmed is no reason to fail what was asked for.
        return


def touch(folder: Path) -> None:
    """Marks a private copy as used now."""
    now = time.time()
    os.utime(folder, (now, now))


def _oldest_first(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), key=lambda entry: entry.stat().st_mtime)
    except OSError:
        return []


def _size(path: Path) -> tuple[int, int]:
    total = files = 0
    for folder, _, names in os.walk(path):
        for name in names:
            try:
                total += os.lstat(os.path.join(folder, name)).st_size
                files += 1
            except OSError:
                continue
    return total, files
