"""NumPy's numbers and texts: programs that print many of them print the same from Rust."""

from __future__ import annotations

from pathlib import Path

import pytest

from fixtures.python_side import Program
from tests.programs.expectations import expectations
from tests.programs.pipeline import PASSES, Row, judge

PROGRAMS = [
    Program(path.stem, path.read_text(), path)
    for path in sorted((Path(__file__).parents[2] / "fixtures" / "arrays").glob("*.py"))
]


@pytest.fixture(scope="module")
def rows() -> dict[str, Row]:
    """Verdicts by name of the program, from one batch."""
    return {row.name: row for row in judge(PROGRAMS, expectations(PROGRAMS), name="numpy_parity")}


@pytest.mark.parametrize("name", [program.name for program in PROGRAMS])
def test_program(name: str, rows: dict[str, Row]) -> None:
    row = rows[name]
    assert row.verdict in PASSES, f"{row.verdict} {row.code} line {row.line}: {row.detail}"
