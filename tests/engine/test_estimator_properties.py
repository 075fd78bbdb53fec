"""Small tables full of ties, where the order of every step decides: the engine goes scikit-learn's way."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
import sklearn.cluster
import sklearn.ensemble
import sklearn.linear_model
import sklearn.neighbors
import sklearn.preprocessing
import sklearn.tree
from hypothesis import given, settings
from hypothesis import strategies as st

import batuta_engine.estimators as ours

LIMIT = settings(max_examples=25, deadline=None, database=None)
NODES = ("feature", "threshold", "children_left", "children_right", "impurity", "n_node_samples", "value")


@st.composite
def tables(draw: st.DrawFn, least: int = 4) -> tuple[Any, Any, Any]:
    """Rows of few different values, labels and weights."""
    seed = draw(st.integers(0, 2**20))
    samples, features = draw(st.integers(least, 60)), draw(st.integers(1, 5))
    values = draw(st.integers(2, 6))
    random = np.random.RandomState(seed)
    rows = random.randint(0, values, (samples, features)) / draw(st.sampled_from([1.0, 4.0, 10.0]))
    labels = random.randint(0, draw(st.integers(2, 4)), samples)
    labels[:2] = (0, 1)
    return rows, labels, random.randint(0, 3, samples) / 2 + (0.5 if draw(st.booleans()) else 0.0)


def same_trees(mine: Any, other: Any) -> None:
    """Equal nodes."""
    for name in NODES:
        np.testing.assert_array_equal(getattr(mine.tree_, name), getattr(other.tree_, name), name)


@LIMIT
@given(
    tables(),
    st.integers(0, 99),
    st.sampled_from([None, 1, 0.5]),
    st.sampled_from([None, 3, 6]),
    st.sampled_from(["best", "random"]),
)
def test_trees(data: Any, seed: int, features: Any, leaves: Any, splitter: str) -> None:
    rows, labels, weights = data
    options = {"random_state": seed, "max_features": features, "max_leaf_nodes": leaves, "splitter": splitter}
    for share in (None, weights + 0.5):
        mine = ours.DecisionTreeClassifier(**options).fit(rows, labels, share)
        same_trees(mine, sklearn.tree.DecisionTreeClassifier(**options).fit(rows, labels, share))
        numbers = labels / 3 + rows[:, 0] ** 2
        regressor = ours.DecisionTreeRegressor(**options).fit(rows, numbers, share)
        same_trees(regressor, sklearn.tree.DecisionTreeRegressor(**options).fit(rows, numbers, share))


@LIMIT
@given(tables(least=12), st.integers(1, 12), st.sampled_from(["uniform", "distance"]), st.sampled_from([1, 2, 3]))
def test_neighbours(data: Any, count: int, weights: str, power: int) -> None:
    rows, labels, _ = data
    options = {"n_neighbors": count, "weights": weights, "p": power, "algorithm": "kd_tree"}
    mine = ours.KNeighborsClassifier(**options).fit(rows, labels)
    other = sklearn.neighbors.KNeighborsClassifier(**options).fit(rows, labels)
    np.testing.assert_array_equal(mine.kneighbors(rows)[1], other.kneighbors(rows)[1])
    np.testing.assert_array_equal(mine.predict(rows), other.predict(rows))


@LIMIT
@given(tables(least=8), st.integers(1, 5), st.integers(0, 99), st.sampled_from(["k-means++", "random"]), st.integers(1, 3))
def test_k_means(data: Any, count: int, seed: int, init: str, starts: int) -> None:
    rows, _, weights = data
    options = {"n_clusters": count, "random_state": seed, "init": init, "n_init": starts}
    for share in (None, weights + 0.5):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            mine = ours.KMeans(**options).fit(rows, sample_weight=share)
            other = sklearn.cluster.KMeans(**options).fit(rows, sample_weight=share)
        np.testing.assert_array_equal(mine.labels_, other.labels_)
        np.testing.assert_allclose(mine.cluster_centers_, other.cluster_centers_, rtol=1e-9, atol=1e-12)


@LIMIT
@given(tables(), st.sampled_from([0.1, 0.25, 0.3, 0.5, 1.0, 1.5, 2.0]), st.integers(1, 9))
def test_dbscan(data: Any, radius: float, count: int) -> None:
    rows, _, _ = data
    mine = ours.DBSCAN(eps=radius, min_samples=count).fit(rows)
    other = sklearn.cluster.DBSCAN(eps=radius, min_samples=count).fit(rows)
    np.testing.assert_array_equal(mine.labels_, other.labels_)
    np.testing.assert_array_equal(mine.core_sample_indices_, other.core_sample_indices_)


@LIMIT
@given(tables(), st.sampled_from([1e-3, 0.05, 0.3, 2.0]), st.booleans(), st.sampled_from([0.0, 0.3, 1.0]))
def test_elastic_net(data: Any, alpha: float, positive: bool, share: float) -> None:
    rows, labels, _ = data
    options = {"alpha": alpha, "positive": positive, "l1_ratio": share}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        mine = ours.ElasticNet(**options).fit(rows, labels)
        other = sklearn.linear_model.ElasticNet(**options).fit(rows, labels)
    assert mine.n_iter_ == other.n_iter_
    np.testing.assert_allclose(mine.coef_, other.coef_, rtol=1e-9, atol=1e-9)


@LIMIT
@given(tables(), st.booleans())
def test_scalers(data: Any, holes: bool) -> None:
    rows, _, weights = data
    if holes:
        rows = np.where(weights[:, None] + rows > 2, np.nan, rows)
    for name in ("StandardScaler", "MinMaxScaler", "RobustScaler"):
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            mine = getattr(ours, name)().fit_transform(rows)
            other = getattr(sklearn.preprocessing, name)().fit_transform(rows)
        np.testing.assert_array_equal(mine, other, name)


@settings(max_examples=6, deadline=None, database=None)
@given(tables(least=10), st.integers(0, 99))
@pytest.mark.filterwarnings("ignore")
def test_ensembles(data: Any, seed: int) -> None:
    rows, labels, weights = data
    for name, options in (
        ("RandomForestClassifier", {"n_estimators": 4, "random_state": seed}),
        ("GradientBoostingClassifier", {"n_estimators": 4, "random_state": seed, "subsample": 0.8}),
    ):
        mine = getattr(ours, name)(**options).fit(rows, labels, weights + 0.5)
        other = getattr(sklearn.ensemble, name)(**options).fit(rows, labels, weights + 0.5)
        np.testing.assert_allclose(mine.predict_proba(rows), other.predict_proba(rows), rtol=1e-9, atol=1e-12)
