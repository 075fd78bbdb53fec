"""Every faithful estimator against scikit-learn, on the numbers of the runtime crate's example."""

from __future__ import annotations

import shutil

import pytest

pytest.importorskip("sklearn")

from tests.parity import measure, python_side

# What an iterative solver that stops early may differ by; all else agrees to nine digits.
LOOSER = {"sklearn.linear_model.LogisticRegression": 1e-6}


@pytest.mark.skipif(shutil.which("cargo") is None, reason="needs cargo")
def test_every_row_agrees() -> None:
    rust = measure.rust_rows(aprender=False)
    names = []
    for entry, compute in python_side.rows():
        found = measure.compare(compute(), rust[entry, "batuta-rt"])
        assert found.max_rel <= LOOSER.get(entry, 1e-9), f"{entry}: {found}"
        names.append(entry)
    assert len(names) == len(rust) and len(names) > 30


@pytest.mark.parametrize(
    ("python", "rust", "verdict"),
    [
        ([1.0, float("nan")], [1.0, float("nan")], "exact"),
        ([1.0], [1.0 + 1e-8], "close"),
        ([1.0], [1.5], "differs"),
        ([1.0, 2.0], [1.0], "differs"),
        ([], [], "differs"),
    ],
)
def test_verdicts(python: list[float], rust: list[float], verdict: str) -> None:
    assert measure.compare(python, rust).verdict == verdict
