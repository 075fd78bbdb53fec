"""Every mapping's own case: the Python and the Rust that it becomes print the same."""

from __future__ import annotations

import pytest

from tests.catalog.cases import cases, sample, unshown
from tests.conftest import LEFT_OUT
from tests.programs.expectations import expectations
from tests.programs.pipeline import PASSES, Row, judge

ALL = [program for program, _ in cases()]


@pytest.fixture(scope="module")
def rows(everything: bool) -> dict[str, Row]:
    """Verdicts by name of the entry, from one batch."""
    chosen = ALL if everything else [program for program, _ in sample()]
    if len(chosen) < len(ALL):
        LEFT_OUT.append(f"{len(ALL) - len(chosen)} of {len(ALL)} cases of the catalog are not run; run `make test-all`")
    return {row.name: row for row in judge(chosen, expectations(chosen), name="catalog")}


@pytest.mark.parametrize("name", [program.name for program in ALL])
def test_case(name: str, rows: dict[str, Row]) -> None:
    row = rows.get(name)
    if row is None:
        pytest.skip("not in this run's sample; `make test-all` runs it")
    assert row.verdict in PASSES, f"{row.verdict} {row.code} line {row.line}: {row.detail}"
    assert row.warnings == 0, row.detail


def test_every_entry_is_shown_by_a_case() -> None:
    assert unshown() == []
