"""A cache and settings of the tests' own, kept between runs so that crates are compiled once."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

CACHE = Path(__file__).resolve().parent / ".cache" / "batuta"


@pytest.fixture(autouse=True)
def private_cache(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Points Batuta at the tests' cache, and at settings without any consent."""
    cache = Path(os.environ.get("BATUTA_TEST_CACHE", CACHE))
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(cache))
    monkeypatch.setenv("BATUTA_CONFIG_DIR", str(tmp_path_factory.mktemp("settings")))
    yield cache
