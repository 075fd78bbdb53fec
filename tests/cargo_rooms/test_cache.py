"""The cache stays below its cap, and only what belongs to it is ever removed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from batuta.cargo.cache import DEFAULT_CAP, Cache, cap, clean, measure, trim

MIB = 1024 * 1024


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """Three private copies of 1 MiB, the first of them oldest, 2 MiB compiled, and a file of somebody else."""
    made = Cache(tmp_path)
    for age, name in enumerate(["programs/old", "programs/middle", "programs/new", "many/group", "target/debug"]):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "content").write_bytes(bytes(2 * MIB if name.startswith("target") else MIB))
        os.utime(folder, (1000 + age, 1000 + age))
    (tmp_path / "mine.txt").write_bytes(bytes(MIB))
    return made


def test_all_parts_are_measured_and_nothing_else(cache: Cache) -> None:
    sizes = {usage.name: usage.size // MIB for usage in measure(cache)}
    assert sizes == {"target": 2, "runtime": 0, "programs": 3, "many": 1, "locks": 0, "fetch": 0, "packages": 0}


def test_the_oldest_copies_go_first(cache: Cache) -> None:
    assert clean(cache, 4 * MIB) == 2 * MIB
    assert sorted(path.name for path in cache.programs.iterdir()) == ["new"] and cache.target.is_dir()


def test_cleaning_everything_leaves_what_is_not_ours(cache: Cache) -> None:
    clean(cache)
    assert sum(usage.size for usage in measure(cache)) == 0 and (cache.root / "mine.txt").is_file()


def test_the_cap_is_kept_by_itself_at_most_once_an_hour(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATUTA_CACHE_CAP", "5")
    trim(cache)
    assert sum(usage.size for usage in measure(cache)) == 5 * MIB
    monkeypatch.setenv("BATUTA_CACHE_CAP", "0")
    trim(cache)
    assert sum(usage.size for usage in measure(cache)) == 5 * MIB
    os.utime(cache.root / "trimmed", (0, 0))
    trim(cache)
    assert sum(usage.size for usage in measure(cache)) == 0


def test_a_cap_that_is_no_number_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATUTA_CACHE_CAP", "much")
    assert cap() == DEFAULT_CAP
