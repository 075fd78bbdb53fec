"""What must not stand in a tracked file: paths of one machine, and download addresses in lock and configuration files."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Assembled from parts, so that this file does not find itself.
MACHINE_PATH = re.compile("|".join(f"(?<![\\w.~])/{each}/" for each in ("work", "root", "home", "Users")))
ADDRESS = re.compile("https" + "?://")
LOCKS = re.compile(
    r"(\.lock|requirements[^/]*\.txt|package-lock\.json|npm-shrinkwrap\.json|\.npmrc|pip\.conf|\.cargo/config.*)$"
)
# npm and cargo name where a package comes from by design; npm's may be left out, cargo's is the registry's name.
CARGO_SOURCE = re.compile(r'^source = "registry\+', re.MULTILINE)
NPM_MENTION = re.compile(r'"(url|funding|homepage)":')


def tracked() -> list[Path]:
    """The tracked files that hold text."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return [ROOT / each for each in listed.split("\0") if each and (ROOT / each).is_file()]


def lines(path: Path) -> list[str]:
    """The lines of a text file; none for a binary one."""
    data = path.read_bytes()
    return [] if b"\0" in data else data.decode("utf-8", "replace").splitlines()


def test_no_tracked_file_names_a_path_of_one_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        for number, line in enumerate(lines(path), 1)
        if MACHINE_PATH.search(line)
    ]
    assert not found, "\n".join(found)


def test_lock_and_configuration_files_hold_no_download_address() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        if LOCKS.search(path.as_posix())
        for number, line in enumerate(lines(path), 1)
        if ADDRESS.search(line) and not CARGO_SOURCE.match(line) and not NPM_MENTION.search(line)
    ]
    assert not found, "\n".join(found)


def test_the_patterns_find_what_they_are_for() -> None:
    assert MACHINE_PATH.search("see /" + "home/somebody/project")
    assert not MACHINE_PATH.search("std::process/" + "work/fine")
    assert LOCKS.search("requirements.lock") and ADDRESS.search("http" + "s://index")
