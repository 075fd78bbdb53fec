"""Which backend is chosen and why, and verdicts on numbers."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from batuta_engine import (
    Backend,
    BackendSelector,
    CostModel,
    OpComplexity,
    calibrate,
    compare,
    compare_distributions,
    explain,
    ulp_distance,
)


@pytest.mark.parametrize(
    ("complexity", "size", "expected"),
    [
        (OpComplexity.LOW, 1_000_000, "SIMD"),
        (OpComplexity.HIGH, 50_000, "GPU"),
        (OpComplexity.MEDIUM, 5_000, "Scalar"),
        (OpComplexity.LOW, 0, "Scalar"),
        (OpComplexity.LOW, 999_999, "Scalar"),
        (OpComplexity.LOW, 10**12, "SIMD"),
        (OpComplexity.MEDIUM, 9_999, "Scalar"),
        (OpComplexity.MEDIUM, 10_000, "SIMD"),
        (OpComplexity.MEDIUM, 99_999, "SIMD"),
        (OpComplexity.MEDIUM, 100_000, "GPU"),
        (OpComplexity.HIGH, 999, "Scalar"),
        (OpComplexity.HIGH, 1_000, "SIMD"),
        (OpComplexity.HIGH, 9_999, "SIMD"),
        (OpComplexity.HIGH, 10_000, "GPU"),
    ],
)
def test_the_documented_table(complexity: OpComplexity, size: int, expected: str) -> None:
    assert str(BackendSelector().select_with_moe(complexity, size)) == expected


def test_a_negative_size_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be -1"):
        BackendSelector().select_with_moe(OpComplexity.LOW, -1)


def test_the_rule_weighs_computing_against_moving() -> None:
    small, large = (CostModel().of_size(OpComplexity.HIGH, side * side) for side in (512, 32768))
    assert not small.pays and large.pays
    assert small.transfer == pytest.approx(3 * 512 * 512 * 4 / 32e9) and small.compute == pytest.approx(2 * 512**3 / 20e12)
    assert not CostModel().of_size(OpComplexity.MEDIUM, 10**9).pays, "a reduction reads each number once"


def test_calibration_is_stored_and_told_where_it_differs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from batuta_engine.selection import calibration

    monkeypatch.setenv("BATUTA_ENGINE_CACHE", str(tmp_path))
    assert BackendSelector.measured() is None
    assert "has not been measured" in explain(OpComplexity.LOW, 5_000)
    monkeypatch.setattr(calibration, "SIZES", (100, 1_000))
    lines: list[str] = []
    found = calibrate(lines.append, repeats=1)
    assert set(found) == set(OpComplexity) and len(lines) == 6 and "µs" in lines[0]
    measured = BackendSelector.measured()
    assert measured is not None and measured.thresholds == found
    text = explain(OpComplexity.LOW, 5_000)
    own = measured.select_with_moe(OpComplexity.LOW, 5_000)
    assert ("measured on this machine → SIMD" in text) == (own is Backend.SIMD) and "has not been measured" not in text
    (tmp_path / "calibration.json").write_text('{"version": 0}')
    assert BackendSelector.measured() is None, "what another version measured is not read"


def test_the_sentence() -> None:
    text = explain(OpComplexity.MEDIUM, 50_000)
    assert text.startswith("A reduction on 50,000 elements → SIMD: SIMD from 10,000, the GPU from 100,000")
    assert text.endswith("more than 5 is asked: a GPU does not pay.")


@given(st.floats(allow_nan=False, allow_infinity=False, width=64), st.integers(-3, 3))
def test_distance_counts_steps(value: float, steps: int) -> None:
    moved = value
    for _ in range(abs(steps)):
        moved = math.nextafter(moved, math.inf if steps > 0 else -math.inf)
    if math.isinf(moved) or abs(value) < 1e-300:
        return
    assert ulp_distance(value, moved) == pytest.approx(abs(steps), rel=0.51)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_numbers_are_exactly_themselves(values: list[float]) -> None:
    found = compare(values, values)
    assert found.level == "exact" and found.agrees and found.absolute == 0.0


@pytest.mark.parametrize(
    ("expected", "actual", "home", "level"),
    [
        ([1.0, 2.0], [1.0, np.nextafter(2.0, 3.0)], "f64", "exact"),
        ([1.0, 2.0], [1.0, 2.0 + 1e-10], "f64", "close"),
        ([1.0, 2.0], [1.0, 2.0 + 1e-10], "f64 direct", "differs"),
        ([1.0, 2.0], [1.0, 2.00001], "f32", "close"),
        ([1.0, 2.0], [1.0, 2.0001], "f32", "differs"),
        ([1e6, 0.0], [1e6, 1e-12], "f64", "close"),
        ([np.nan, np.inf], [np.nan, np.inf], "f64", "exact"),
        ([1.0], [np.nan], "f64", "differs"),
        ([np.inf], [-np.inf], "f64", "differs"),
        ([1, 2], [1, 3], "f32", "differs"),
        ([1.0], [1.0, 2.0], "f64", "differs"),
        ([], [], "f64", "exact"),
    ],
)
def test_levels(expected: list[float], actual: list[float], home: str, level: str) -> None:
    found = compare(expected, actual, home)  # type: ignore[arg-type]
    assert found.level == level, found.words
    assert found.agrees == (level != "differs")


def test_the_place_is_told() -> None:
    found = compare([[1.0, 2.0], [3.0, 4.0]], [[1.0, 2.0], [3.5, 4.0]])
    assert found.place == (1, 0) and found.absolute == 0.5 and "(1, 0)" in found.words
    with pytest.raises(ValueError, match="no home 'f16'"):
        compare([1.0], [1.0], "f16")  # type: ignore[arg-type]


def test_distributions() -> None:
    rng = np.random.default_rng(9)
    one, same, other = rng.normal(0.9, 0.01, 30), rng.normal(0.9, 0.01, 30), rng.normal(0.8, 0.01, 30)
    assert compare_distributions(one, same, margin=0.02).level == "statistical"
    assert compare_distributions(one, other, margin=0.02).level == "differs"
    assert compare_distributions([0.9, 0.1], [0.9, 0.1], margin=0.02).level == "differs", "too few to tell"
    assert compare_distributions([1.0, 1.0], [1.0, 1.0], margin=0.1).level == "statistical"
    for margin, values in ((0.0, [1.0, 2.0]), (0.1, [1.0])):
        with pytest.raises(ValueError, match=r"margin|at least two"):
            compare_distributions(values, values, margin)
