"""Each estimator learns and predicts what scikit-learn's does."""

from __future__ import annotations

import importlib
import pickle
import warnings
from typing import Any

import numpy as np
import pytest

import batuta_engine.estimators as ours
from tests.engine.estimator_cases import CASES, Case, data

SKIPPED = {"estimators_", "tree_", "estimator_", "base_estimator_", "loss_", "init_"}
"""Objects; trees are compared node by node."""

METHODS = ("predict", "predict_proba", "predict_log_proba", "decision_function", "transform", "score_samples")


def names(case: Case) -> str:
    """For the report of a test."""
    options = ",".join(f"{name}={value}" for name, value in case.options.items())
    return f"{case.name}({options})-{case.data}{'-weighted' if case.weighted else ''}"


def close(mine: Any, other: Any, tolerance: float, what: str) -> None:
    """Equal texts and integers, numbers within the tolerance relative to the largest one."""
    if other is None or isinstance(other, (str, bool)):
        assert mine == other, what
        return
    if hasattr(other, "toarray"):
        mine, other = mine.toarray(), other.toarray()
    one, two = np.asarray(mine), np.asarray(other)
    assert one.shape == two.shape, what
    if two.dtype.kind != "f" or tolerance == 0.0:
        np.testing.assert_array_equal(one, two, what)
        return
    finite = np.abs(two[np.isfinite(two)])
    np.testing.assert_allclose(one, two, rtol=tolerance, atol=tolerance * max(1.0, finite.max(initial=0.0)), err_msg=what)


def learnt(estimator: Any) -> dict[str, Any]:
    """What `fit` sets."""
    found = {}
    for name in dir(estimator):
        if name.endswith("_") and not name.startswith("_") and name not in SKIPPED:
            try:
                found[name] = getattr(estimator, name)
            except AttributeError:
                continue
    return found


def fitted(case: Case) -> tuple[Any, Any, Any]:
    """Both estimators and the rows."""
    rows, targets = data(case.data)
    module = importlib.import_module(f"sklearn.{case.module}")
    pair = []
    for home in (ours, module):
        extra = {"sample_weight": np.random.RandomState(1).randint(0, 4, len(rows)) * 0.75} if case.weighted else {}
        estimator = getattr(home, case.name)(**case.options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pair.append(estimator.fit(rows, targets, **extra))
    return pair[0], pair[1], rows


@pytest.mark.parametrize("case", CASES, ids=names)
def test_the_same_numbers(case: Case, everything: bool) -> None:
    if case.only_everything and not everything:
        pytest.skip("run with --everything")
    mine, other, rows = fitted(case)
    for name, value in learnt(other).items():
        if not callable(value):
            close(getattr(mine, name), value, case.tolerance, name)
    _, targets = data(case.data)
    fresh = rows[::3] + 0.01
    for name in METHODS:
        if hasattr(other, name) and hasattr(mine, name):
            with np.errstate(divide="ignore"):
                close(getattr(mine, name)(fresh), getattr(other, name)(fresh), case.tolerance, name)
    if hasattr(other, "inverse_transform"):
        changed = other.transform(rows)
        close(mine.inverse_transform(changed), other.inverse_transform(changed), max(case.tolerance, 1e-12), "inverse")
    if hasattr(other, "score"):
        close(mine.score(rows, targets), other.score(rows, targets), max(case.tolerance, 1e-12), "score")
    kept = pickle.loads(pickle.dumps(mine))
    assert repr(kept) == repr(mine)


@pytest.mark.parametrize("name", sorted({case.name for case in CASES}))
def test_the_same_parameters(name: str) -> None:
    """Names, defaults and the text of an estimator; errors for names that there are not."""
    module = next(case.module for case in CASES if case.name == name)
    other = getattr(importlib.import_module(f"sklearn.{module}"), name)
    mine = getattr(ours, name)
    assert mine().get_params() == other().get_params()
    assert repr(mine()) == f"{name}()"
    changed = mine().set_params(**{key: value for key, value in list(other().get_params().items())[:2]})
    assert changed.get_params() == mine().get_params()
    with pytest.raises(ValueError, match="Invalid parameter 'nonsense'"):
        mine().set_params(nonsense=1)


def test_parameters_that_cannot_be() -> None:
    """The words of scikit-learn's errors."""
    from sklearn import linear_model

    rows, targets = data("iris")
    for home, name, options in (
        (linear_model, "Ridge", {"alpha": -1.0}),
        (linear_model, "Lasso", {"max_iter": 0}),
        (linear_model, "LogisticRegression", {"C": 0.0}),
        (linear_model, "LogisticRegression", {"tol": "small"}),
        (linear_model, "LinearRegression", {"fit_intercept": "yes"}),
    ):
        messages = []
        for module in (ours, home):
            with pytest.raises(ValueError) as raised:
                getattr(module, name)(**options).fit(rows, targets)
            messages.append(str(raised.value))
        assert messages[0] == messages[1]
    with pytest.raises(ours.UnsupportedError, match="has no solver='sag'"):
        ours.Ridge(solver="sag").fit(rows, targets)


def test_unfitted_use() -> None:
    """An own error, which scikit-learn's handlers catch as well."""
    from sklearn.exceptions import NotFittedError

    for kind in (ours.NotFittedError, NotFittedError):
        with pytest.raises(kind, match="This Ridge instance is not fitted yet"):
            ours.Ridge().predict([[1.0]])


def test_partial_fit() -> None:
    import sklearn.preprocessing

    rows, _ = data("gaps")
    for name in ("StandardScaler", "MinMaxScaler"):
        mine, other = getattr(ours, name)(), getattr(sklearn.preprocessing, name)()
        for part in (rows[:20], rows[20:25], rows[25:]):
            mine.partial_fit(part)
            other.partial_fit(part)
        for key, value in learnt(other).items():
            close(getattr(mine, key), value, 1e-14, key)


def test_label_encoder() -> None:
    import sklearn.preprocessing

    for labels in (["b", "a", "c", "a"], [3, 1, 3], [2.5, 0.5], [True, False, True]):
        mine, other = ours.LabelEncoder().fit(labels), sklearn.preprocessing.LabelEncoder().fit(labels)
        assert mine.classes_.tolist() == other.classes_.tolist()
        assert mine.transform(labels[::-1]).tolist() == other.transform(labels[::-1]).tolist()
        assert mine.inverse_transform([1, 0]).tolist() == other.inverse_transform([1, 0]).tolist()
    for encoder in (ours.LabelEncoder(), sklearn.preprocessing.LabelEncoder()):
        encoder.fit([1.5, 2.5])
        with pytest.raises(ValueError, match=r"previously unseen labels: \[np.float64\(3.5\), np.float64\(7.0\)\]"):
            encoder.transform([7.0, 1.5, 3.5])
        encoder.fit(["a", "b"])
        with pytest.raises(ValueError, match=r"previously unseen labels: np.str_\('z'\)$"):
            encoder.transform(["a", "z"])
        with pytest.raises(ValueError, match=r"previously unseen labels: \[7\]"):
            encoder.inverse_transform([0, 7])


def test_one_hot_encoder() -> None:
    import pandas as pd
    import sklearn.preprocessing

    frame = pd.DataFrame({"colour": ["red", "blue", "red", "green"], "size": [1, 3, 2, 1], "flag": [True, False, True, True]})
    table = np.array([["a", 1], ["b", 2], ["a", None]], dtype=object)
    numbers = np.array([[1.0, 2.0], [np.nan, 2.0], [3.0, 5.0]])
    for rows in (frame, table, numbers, [["x", "y"], ["z", "y"]]):
        for options in ({}, {"drop": "first"}, {"drop": "if_binary"}, {"handle_unknown": "ignore"}):
            pair = []
            for home in (ours, sklearn.preprocessing):
                encoder = home.OneHotEncoder(sparse_output=False, **options).fit(rows)
                made = encoder.transform(rows)
                pair.append(
                    (made.tolist(), encoder.get_feature_names_out().tolist(), repr(encoder.inverse_transform(made).tolist()))
                )
                assert np.array_equal(home.OneHotEncoder(**options).fit_transform(rows).toarray(), made)
            assert pair[0] == pair[1]
    for home in (ours, sklearn.preprocessing):
        encoder = home.OneHotEncoder().fit([["a"], ["b"]])
        with pytest.raises(ValueError, match=r"Found unknown categories \['z'\] in column 0 during transform"):
            encoder.transform([["z"]])


@pytest.mark.parametrize(
    ("name", "options", "method"),
    [
        ("StandardScaler", {}, "transform"),
        ("KMeans", {"n_clusters": 4, "random_state": 0}, "transform"),
        ("RandomForestClassifier", {"n_estimators": 6, "random_state": 0}, "predict_proba"),
        ("GradientBoostingClassifier", {"n_estimators": 4, "random_state": 0}, "predict_proba"),
        ("KNeighborsClassifier", {}, "predict_proba"),
        ("GaussianNB", {}, "predict_proba"),
        ("LinearRegression", {}, "predict"),
        ("LogisticRegression", {}, "predict_proba"),
        ("PCA", {}, "transform"),
        ("DBSCAN", {"eps": 1.5}, "fit_predict"),
    ],
)
def test_the_same_bits_for_any_number_of_threads(
    name: str, options: dict[str, Any], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Work that is shared out among threads gives what one thread gives."""
    from batuta_engine.estimators import rows as sharing
    from batuta_engine.threads import limited_threads

    monkeypatch.setattr(sharing, "WORTH_SHARING", 10)
    rows = np.random.RandomState(2).randn(300, 7)
    labels = (rows[:, 0] + rows[:, 1] ** 2 > 0.5).astype(int)
    found = []
    for count in (1, 2, 3):
        with limited_threads(count):
            estimator = getattr(ours, name)(**options).fit(rows, labels)
            found.append(getattr(estimator, method)(rows))
    assert np.array_equal(found[0], found[1])
    assert np.array_equal(found[0], found[2])


@pytest.mark.parametrize(
    ("module", "name", "options"),
    [
        ("tree", "DecisionTreeClassifier", {"max_features": 2}),
        ("ensemble", "RandomForestClassifier", {"n_estimators": 3}),
        ("ensemble", "GradientBoostingClassifier", {"n_estimators": 3, "subsample": 0.7}),
        ("cluster", "KMeans", {"n_clusters": 4}),
    ],
)
def test_streams_are_drawn_from_as_scikit_learn_does(module: str, name: str, options: dict[str, Any]) -> None:
    """Without a seed from `numpy.random`, with a stream from that; what comes next is the same, too."""
    rows, labels = data("iris")
    for given in (False, True):
        found = []
        for home in (ours, importlib.import_module(f"sklearn.{module}")):
            np.random.seed(17)
            own = {"random_state": np.random.RandomState(3)} if given else {}
            estimator = getattr(home, name)(**options, **own).fit(rows, labels)
            following = own["random_state"].rand() if given else np.random.rand()
            found.append((estimator.predict(rows).tolist(), following))
        assert found[0] == found[1]


def test_tables_with_named_columns() -> None:
    """Names of columns are kept and checked in scikit-learn's words."""
    import pandas as pd
    import sklearn.preprocessing

    frame = pd.DataFrame({"width": [1.0, 2.0, 4.0], "height": [3.0, 1.0, 2.0]})
    messages = []
    for home in (ours, sklearn.preprocessing):
        scaler = home.StandardScaler().fit(frame)
        assert scaler.get_feature_names_out().tolist() == ["width", "height"]
        with pytest.raises(ValueError) as raised:
            scaler.transform(frame[["height", "width"]])
        with pytest.warns(UserWarning) as warned:
            scaler.transform(frame.to_numpy())
        messages.append((str(raised.value), [str(each.message) for each in warned]))
    assert messages[0] == messages[1]


def test_fast_ways_agree() -> None:
    rows, targets = data("diabetes")
    dependent, other = data("dependent")
    with ours.fast():
        quick = ours.LinearRegression().fit(rows, targets).coef_
        smallest = ours.LinearRegression().fit(dependent, other).coef_
    np.testing.assert_allclose(quick, ours.LinearRegression().fit(rows, targets).coef_, rtol=1e-9)
    np.testing.assert_allclose(smallest, ours.LinearRegression().fit(dependent, other).coef_, rtol=1e-9)


def test_rows_are_not_copied() -> None:
    from batuta_engine.estimators.checks import as_matrix

    rows = np.ones((4, 3))
    assert as_matrix(rows) is rows
    for other in (np.asfortranarray(np.ones((4, 3))), np.ones((4, 3), np.float32), rows[:, ::2]):
        found = as_matrix(other)
        assert found is not other
        assert found.flags.c_contiguous
