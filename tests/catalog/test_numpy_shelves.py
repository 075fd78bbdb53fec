"""What NumPy offers and the catalog does not: known by name and reason, in a list that may only get shorter."""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pytest

from batuta.catalog._arrays import RUST_TYPES, dtype_of
from batuta.catalog.entry import Refusal
from batuta.catalog.index import catalog

ELSEWHERE = ("numpy.errstate", "numpy.printoptions", "numpy.linalg.LinAlgError")
"""Context managers and exception classes, which the analysis itself knows."""
MISSING = Path(__file__).parent / "numpy_missing.txt"


def _public(held: object) -> list[str]:
    return [name for name in dir(held) if not name.startswith("_")]


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    SHELVES = {
        "numpy": list(np.__all__),
        "ndarray": _public(np.ndarray),
        "numpy.random": list(np.random.__all__),
        "numpy.random.Generator": _public(np.random.Generator),
        "numpy.random.RandomState": _public(np.random.RandomState),
        "numpy.linalg": list(np.linalg.__all__),
        "numpy.fft": list(np.fft.__all__),
    }


def _is_dtype(name: str) -> bool:
    try:
        return dtype_of(f"numpy.{name}") in RUST_TYPES
    except Refusal:
        return False


def blanks(shelf: str) -> set[str]:
    """The names of a shelf that no entry has."""
    known = catalog()
    inside = {name.rpartition(".")[0] for name in known.entries}
    found = set()
    for name in SHELVES[shelf]:
        whole = f"{shelf}.{name}"
        has = whole in known.entries or whole in known.classes or whole in inside or whole in ELSEWHERE
        if not has and not (shelf == "numpy" and _is_dtype(name)):
            found.add(whole)
    return found


def recorded() -> dict[str, str]:
    """The names that are knowingly missing, with the reason."""
    rows = [
        line.split("  ", 1) for line in MISSING.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {name: reason.strip() for name, reason in rows}


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_blank_is_known(shelf: str) -> None:
    """Run with `-s` to see how many blanks a shelf has, and which."""
    found = blanks(shelf)
    print(
        f"\n{shelf}: {len(found)} of {len(SHELVES[shelf])} are blank: {' '.join(sorted(each.rpartition('.')[2] for each in found))}"
    )
    known = {name for name in recorded() if name.rpartition(".")[0] == shelf}
    assert found - known == set(), "not in the catalog, and not in the list of what is missing"
    assert known - found == set(), "in the catalog now: take it from the list"


def test_every_recorded_blank_has_a_reason_and_a_shelf() -> None:
    for name, reason in recorded().items():
        assert len(reason) > 10, name
        assert name.rpartition(".")[0] in SHELVES, name
