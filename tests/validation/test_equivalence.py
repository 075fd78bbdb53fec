"""Distributions over seeds: what counts as equivalent, different, and not compared."""

from __future__ import annotations

import math

import numpy as np
import pytest

from batuta.validation.equivalence import compare_samples, equivalence_report

pytest.importorskip("scipy")


def _normal(seed: int, shift: float = 0.0, scale: float = 1.0, count: int = 30) -> list[float]:
    return list(np.random.default_rng(seed).normal(shift, scale, count))


@pytest.mark.parametrize(
    ("python", "rust", "verdict"),
    [
        (_normal(1), _normal(2), "equivalent"),
        (_normal(1), _normal(2, shift=3.0), "different"),
        (_normal(1, scale=0.05), _normal(2, scale=5.0), "different"),
        ([1.0] * 30, [1.0] * 30, "equivalent"),
        ([1.0] * 30, [0.9] * 30, "different"),
        ([1.0, 2.0], [1.0, 2.0], "not compared"),
        ([math.nan] * 30, [math.nan] * 30, "not compared"),
    ],
)
def test_verdicts(python: list[float], rust: list[float], verdict: str) -> None:
    assert compare_samples("number", python, rust).verdict == verdict


def test_a_report_is_as_bad_as_its_worst_number() -> None:
    report = equivalence_report(
        "Forest", {"accuracy": (_normal(1), _normal(2)), "inertia": (_normal(1), _normal(3, shift=4.0))}
    )
    assert report.verdict == "different"
    assert report.seeds == 30
    text = report.markdown()
    assert "| accuracy |" in text and "**different**" in text


def test_nothing_compared_is_not_equivalence() -> None:
    assert equivalence_report("Empty", {}).verdict == "not compared"


def test_an_empty_side_is_an_error() -> None:
    with pytest.raises(ValueError, match="no numbers"):
        compare_samples("number", [], [1.0])
