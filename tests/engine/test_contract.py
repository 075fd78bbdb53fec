"""scikit-learn's own checks of an estimator's behaviour."""

from __future__ import annotations

import subprocess
import sys
import warnings

import pytest

import batuta_engine.estimators as ours
from tests.engine.estimator_cases import CASES

BY_CHANCE = {
    "check_sample_weight_equivalence_on_dense_data": "weights change what the random draws choose: a row twice is not a row of weight two, "
    "and scikit-learn's own does not pass the check either",
}
EXPECTED: dict[str, dict[str, str]] = {
    "GradientBoostingClassifier": BY_CHANCE,
    "KMeans": BY_CHANCE,
    "RandomForestClassifier": BY_CHANCE,
    "RandomForestRegressor": BY_CHANCE,
    "Ridge": {
        "check_non_transformer_estimators_n_iter": "the closed form has no rounds: n_iter_ is None, as scikit-learn's own Ridge has it",
    },
}
"""The checks that an estimator does not pass, with the reason."""

FEW_TREES = {
    name: {"n_estimators": 10} for name in ("GradientBoostingClassifier", "RandomForestClassifier", "RandomForestRegressor")
}

ESTIMATORS = sorted({case.name for case in CASES} | {"OneHotEncoder", "LabelEncoder"})


@pytest.mark.parametrize("name", ESTIMATORS)
def test_contract(name: str) -> None:
    from sklearn.utils.estimator_checks import check_estimator

    expected = EXPECTED.get(name, {})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = check_estimator(
            getattr(ours, name)(**FEW_TREES.get(name, {})), expected_failed_checks=expected, on_skip=None, on_fail=None
        )
    failed = [f"{each['check_name']}: {each['exception']}" for each in found if each["status"] == "failed"]
    assert not failed, "\n".join(failed)
    # A reason that is no longer needed goes.
    assert {each["check_name"] for each in found if each["status"] == "xfail"} == set(expected)


@pytest.mark.parametrize("name", sorted(name for name in EXPECTED if EXPECTED[name] is BY_CHANCE))
def test_scikit_learn_does_not_pass_either(name: str, everything: bool) -> None:
    if not everything:
        pytest.skip("run with --everything")
    import importlib

    from sklearn.utils.estimator_checks import check_sample_weight_equivalence_on_dense_data

    module = next(case.module for case in CASES if case.name == name)
    other = getattr(importlib.import_module(f"sklearn.{module}"), name)()
    with pytest.raises(AssertionError):
        check_sample_weight_equivalence_on_dense_data(name, other)


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    program = (
        "import sys, batuta_engine.estimators as e, batuta_engine.metrics, batuta_engine.model_selection\n"
        "[getattr(e, name) for name in e.__all__]\n"
        "print([each for each in ('numba', 'scipy', 'sklearn', 'pandas') if each in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
