"""Source distributions of small pure-Python packages, fetched by name as material for the corpus.

Fetching downloads and unpacks; nothing of the package is run by it. `unearth` finds the distribution, checks its hash and downloads
it, in a process of its own with limits. The copy lies in the cache; the programs made of its tests stand beside its modules there.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import sys
import tarfile
import tempfile
import threading
import zipfile
from pathlib import Path

from batuta.cargo.cache import Cache
from batuta.cargo.process import Limits, run_command
from batuta.workflow.package_tests import Unusable, program_of_tests

LARGEST_ARCHIVE = 20 * 1024 * 1024
"""Bytes. Small packages are wanted: most have some ten thousand."""
LARGEST_UNPACKED = 100 * 1024 * 1024
"""Bytes."""
LONGEST = 120.0
"""Seconds for finding and downloading one package."""

_OTHER_LANGUAGES = (".c", ".cc", ".cpp", ".f90", ".go", ".pyx", ".rs")
_TESTS = re.compile(r"(test_.*|.*_tests?|tests)\.py")
_NO_PART_OF_IT = ("setup.py", "conftest.py", "noxfile.py", "docs", "doc")
"""What builds, tests or describes the package."""
_MARK = ".unpacked"


class PackageError(Exception):
    """A package that cannot be had, or is not of use."""


def fetch_package(requirement: str, cache: Cache, index: str = "", cancel: threading.Event | None = None) -> Path:
    """The folder that the package's modules and the programs of its tests lie in.

    `requirement` is a name, or a name with a version as pip reads it (`roman==5.0`); `index` a folder of distributions or an
    address of a package index, else `PIP_INDEX_URL`, else the public one. Raises PackageError.
    """
    cache.packages.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="fetching-", dir=cache.packages) as scratch:
        archive = _download(requirement, Path(scratch), index, cancel)
        name = re.sub(r"\.(tar\.\w+|tgz|zip)$", "", archive.name)
        folder = cache.packages / name
        if not (folder / _MARK).exists():
            unpacked = _unpack(archive, Path(scratch) / "unpacked")
            if any(file.suffix in _OTHER_LANGUAGES for file in unpacked.rglob("*")):
                raise PackageError(f"{name} has parts that are not Python")
            _write_programs(_import_root(unpacked))
            (unpacked / _MARK).touch()
            shutil.rmtree(folder, ignore_errors=True)
            unpacked.rename(folder)
    return _import_root(folder)


def _download(requirement: str, folder: Path, index: str, cancel: threading.Event | None) -> Path:
    index = index or os.environ.get("PIP_INDEX_URL", "")
    where = [] if not index else ["--find-link" if Path(index).is_dir() else "--index-url", index]
    command = [sys.executable, "-m", "unearth", requirement, "--no-binary", "--download", str(folder), *where]
    done = run_command(
        command, cwd=folder, environment=dict(os.environ), limits=Limits(wall=LONGEST, output=1024 * 1024), cancel=cancel
    )
    if done.ended_by or done.code != 0:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        reason = {"timeout": f"it took more than {LONGEST:.0f} seconds", "cancelled": "it was cancelled"}.get(done.ended_by, "")
        raise PackageError(f"{requirement} cannot be fetched: {reason or (lines[-1] if lines else 'unearth failed')}")
    archive = Path(json.loads(done.stdout)["local_path"])
    if archive.stat().st_size > LARGEST_ARCHIVE:
        raise PackageError(f"{archive.name} has {archive.stat().st_size:,} bytes; at most {LARGEST_ARCHIVE:,} are taken")
    return archive


def _unpack(archive: Path, into: Path) -> Path:
    """The folder that a source distribution consists of. Links and paths that lead out of it are refused by `tarfile`."""
    try:
        if zipfile.is_zipfile(archive):
            with zipfile.ZipFile(archive) as packed:
                size = sum(each.file_size for each in packed.infolist())
                if size <= LARGEST_UNPACKED:
                    packed.extractall(into)
        else:
            with tarfile.open(archive) as tar:
                size = sum(each.size for each in tar.getmembers())
                if size <= LARGEST_UNPACKED:
                    tar.extractall(into, filter="data")
    except (OSError, tarfile.TarError, zipfile.BadZipFile) as problem:
        raise PackageError(f"{archive.name} cannot be unpacked: {problem}") from None
    if size > LARGEST_UNPACKED:
        raise PackageError(f"{archive.name} unpacks to {size:,} bytes; at most {LARGEST_UNPACKED:,} are taken")
    folders = [each for each in into.iterdir() if each.is_dir()]
    return folders[0] if len(folders) == 1 else into


def _import_root(folder: Path) -> Path:
    """Where the package is imported from: `src`, where the project is laid out so."""
    source = folder / "src"
    return source if source.is_dir() and any(source.rglob("*.py")) else folder


def _write_programs(root: Path) -> None:
    """Beside the modules, one program for each file of tests that can be run as one, in place of the file."""
    folder = root.parent if root.name == "src" else root
    for name in _NO_PART_OF_IT:
        place = folder / name
        shutil.rmtree(place) if place.is_dir() else place.unlink(missing_ok=True)
    for file in sorted(folder.rglob("*.py")):
        if not _TESTS.fullmatch(file.name):
            continue
        with contextlib.suppress(Unusable, OSError, UnicodeDecodeError):
            text = program_of_tests(file.read_text(encoding="utf-8"))
            (root / f"run_{'_'.join(file.relative_to(folder).with_suffix('').parts)}.py").write_text(text, encoding="utf-8")
            file.unlink()
