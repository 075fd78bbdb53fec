"""Rows, scores and results of searches are scikit-learn's, for its estimators and for the engine's."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import sklearn.linear_model
import sklearn.model_selection as theirs
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_diabetes, load_iris
from sklearn.pipeline import make_pipeline

import batuta_engine.model_selection as ours
from batuta_engine.estimators import LogisticRegression, Ridge, StandardScaler


def outcome(function: Any, *arguments: Any, **options: Any) -> Any:
    """Lists of what a function gives, or the text of its error."""
    try:
        return [np.asarray(each).tolist() for each in function(*arguments, **options)]
    except (ValueError, TypeError) as problem:
        return str(problem)


SIZES = st.one_of(st.none(), st.integers(-1, 30), st.floats(0.05, 1.2))


@settings(max_examples=120, deadline=None, database=None)
@given(st.integers(2, 40), SIZES, SIZES, st.integers(0, 2**32 - 1), st.booleans(), st.integers(0, 4))
def test_split(count: int, test: Any, train: Any, seed: int, shuffle: bool, classes: int) -> None:
    """The same rows for every size and seed, and the same words where a size cannot be."""
    rows = np.arange(count)
    labels = np.random.RandomState(seed % 1000).randint(0, classes, count) if classes else None
    options = {"test_size": test, "train_size": train, "random_state": seed, "shuffle": shuffle, "stratify": labels}
    assert outcome(ours.train_test_split, rows, **options) == outcome(theirs.train_test_split, rows, **options)


def test_split_keeps_the_kind_of_container() -> None:
    frame = pd.DataFrame({"a": range(8), "b": list("stuvwxyz")})
    for data in (list(range(8)), tuple("abcdefgh"), frame, frame["b"], frame.to_numpy()):
        mine, other = (module.train_test_split(data, random_state=5) for module in (ours, theirs))
        for one, two in zip(mine, other, strict=True):
            assert type(one) is type(two)
            assert np.asarray(one).tolist() == np.asarray(two).tolist()


def test_split_draws_from_the_global_stream() -> None:
    found = []
    for module in (ours, theirs):
        np.random.seed(11)
        found.append([module.train_test_split(np.arange(9))[1].tolist() for _ in range(3)] + [np.random.rand()])
    assert found[0] == found[1]


@settings(max_examples=60, deadline=None, database=None)
@given(st.integers(2, 6), st.lists(st.integers(0, 3), min_size=2, max_size=40), st.one_of(st.none(), st.integers(0, 999)))
@pytest.mark.filterwarnings("ignore:The least populated class")
def test_folds(count: int, labels: list[int], seed: int | None) -> None:
    options = {"shuffle": seed is not None, "random_state": seed}
    for name in ("KFold", "StratifiedKFold"):
        found = []
        for module in (ours, theirs):
            splitter = getattr(module, name)(count, **options)
            try:
                found.append([(train.tolist(), test.tolist()) for train, test in splitter.split(labels, labels)])
            except ValueError as problem:
                found.append(str(problem))
        assert found[0] == found[1]


def test_cross_validation() -> None:
    rows, labels = load_iris(return_X_y=True)
    for scoring in (None, "accuracy", "f1_macro", "neg_log_loss", "roc_auc_ovr"):
        mine = ours.cross_val_score(LogisticRegression(max_iter=500), rows, labels, scoring=scoring)
        other = theirs.cross_val_score(sklearn.linear_model.LogisticRegression(max_iter=500), rows, labels, scoring=scoring)
        np.testing.assert_allclose(mine, other, rtol=1e-12)
    rows, targets = load_diabetes(return_X_y=True)
    reference = theirs.cross_val_score(sklearn.linear_model.Ridge(), rows, targets, cv=3, scoring="neg_mean_squared_error")
    for module, estimator in ((ours, Ridge()), (theirs, Ridge()), (ours, sklearn.linear_model.Ridge())):
        found = module.cross_val_score(estimator, rows, targets, cv=3, scoring="neg_mean_squared_error")
        np.testing.assert_allclose(found, reference, rtol=1e-12)
    joined = make_pipeline(StandardScaler(), Ridge())
    assert ours.cross_val_score(joined, rows, targets).tolist() == theirs.cross_val_score(joined, rows, targets).tolist()


def test_search() -> None:
    rows, labels = load_iris(return_X_y=True)
    grid = [{"C": [0.1, 1, 10], "fit_intercept": [True, False]}, {"class_weight": ["balanced"]}]
    options = {"cv": 3, "return_train_score": True}
    mine = ours.GridSearchCV(LogisticRegression(max_iter=500), grid, **options).fit(rows, labels)
    other = theirs.GridSearchCV(sklearn.linear_model.LogisticRegression(max_iter=500), grid, **options).fit(rows, labels)
    assert list(mine.cv_results_) == list(other.cv_results_)
    for name, column in other.cv_results_.items():
        if "time" in name:
            continue
        if name == "params" or name.startswith("param_"):
            assert list(mine.cv_results_[name]) == list(column)
        else:
            np.testing.assert_allclose(mine.cv_results_[name], column, rtol=1e-12, atol=1e-15)
    assert (mine.best_params_, mine.best_index_, mine.n_splits_) == (other.best_params_, other.best_index_, other.n_splits_)
    assert mine.score(rows, labels) == other.score(rows, labels)
    assert mine.predict(rows).tolist() == other.predict(rows).tolist()
    with pytest.raises(AttributeError, match="refit=False"):
        ours.GridSearchCV(Ridge(), {"alpha": [1.0]}, refit=False).fit(rows, labels).predict(rows)
    with pytest.raises(ValueError, match="Invalid parameter 'beta'"):
        ours.GridSearchCV(Ridge(), {"beta": [1.0]}).fit(rows, labels)
