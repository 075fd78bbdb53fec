"""The Python files of a folder, in stable order, without those that nobody means."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from batuta.findings.configuration import Configuration
from batuta.rust.project_folder import MANIFEST

_LEFT_OUT = frozenset(
    {"__pycache__", "node_modules", "site-packages", "venv", "env", "build", "dist", "target", "__pypackages__"}
)


def find_sources(path: Path, configuration: Configuration) -> Iterator[Path]:
    """The file itself, or all `.py` files below a folder: no hidden folders, environments, build output or generated
    projects. Folders that cannot be read come last."""
    if not path.is_dir():
        yield path
        return
    unreadable: list[Path] = []
    for folder, folders, names in os.walk(path, onerror=lambda problem: unreadable.append(Path(str(problem.filename)))):
        here = Path(folder)
        if MANIFEST in names and here != path:
            folders.clear()
            continue
        folders[:] = sorted(
            name
            for name in folders
            if name not in _LEFT_OUT and not name.startswith(".") and not os.path.exists(here / name / "pyvenv.cfg")
        )
        for name in sorted(names):
            if name.endswith(".py") and os.path.isfile(here / name) and not configuration.excludes(here / name):
                yield here / name
    # Reading them says why they cannot be read.
    yield from unreadable
