"""`KNeighborsClassifier` and `KNeighborsRegressor`: by a k-d tree for few features, by looking at every row for many, as scikit-learn chooses."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Classifier, Regressor
from batuta_engine.estimators.labels import encoded, require_classes
from batuta_engine.estimators.parameters import INTEGER, NONE, Rule, integer, one_of, real, refuse
from batuta_engine.estimators.rows import share_out

LEAF = 30
"""Rows in a leaf: between this and twice as many."""
FEW_QUERIES = 1024
"""Up to so many queries scikit-learn shares out the fitted rows and not the queries."""
TREE_FEATURES = 15

METRICS = {"euclidean": 2.0, "l2": 2.0, "manhattan": 1.0, "cityblock": 1.0, "l1": 1.0, "chebyshev": np.inf}

RULES = {
    "n_neighbors": (integer(1), NONE),
    "weights": (one_of("uniform", "distance"), Rule("a callable", callable), NONE),
    "algorithm": (one_of("auto", "ball_tree", "kd_tree", "brute"),),
    "leaf_size": (integer(1),),
    "p": (real(0, closed="right"), NONE),
    "metric": (Rule("a str", lambda value: isinstance(value, str)), Rule("a callable", callable)),
    "metric_params": (Rule("an instance of 'dict'", lambda value: isinstance(value, dict)), NONE),
    "n_jobs": (INTEGER, NONE),
}


class _Neighbors:
    """What both do in the same way."""

    _tree: Any
    _rows: Any

    def _remember(self, x: Any) -> None:
        own: Any = self
        owner = type(self).__name__
        refuse(owner, "metric_params", own.metric_params, (None,))
        refuse(owner, "metric", own.metric, (*METRICS, "minkowski"))
        if own.algorithm == "ball_tree":
            refuse(owner, "algorithm", own.algorithm, ("auto", "kd_tree", "brute"))
        self._power = METRICS.get(own.metric, float(own.p))
        self.n_samples_fit_ = len(x)
        self._rows = x
        names = {1.0: "manhattan", 2.0: "euclidean", np.inf: "chebyshev"}
        self.effective_metric_ = names.get(self._power, own.metric) if own.metric == "minkowski" else own.metric
        self.effective_metric_params_ = {"p": own.p, "w": None} if self.effective_metric_ == "minkowski" else {}
        few = x.shape[1] <= TREE_FEATURES and own.n_neighbors < len(x) // 2 and self._power >= 1.0
        wanted = own.algorithm == "kd_tree" or (own.algorithm == "auto" and few)
        self._tree = self._built(x) if wanted else None

    def _built(self, x: Any) -> Any:
        from batuta_engine.estimators.kernels.nearest import build

        own: Any = self
        levels = int(np.log2(max(1, (len(x) - 1) / own.leaf_size)) + 1)
        count = 2**levels - 1
        order, places = np.arange(len(x)), np.zeros((count, 2), np.int64)
        low, high = np.empty((count, x.shape[1])), np.empty((count, x.shape[1]))
        build(x, order, places, low, high)
        return x[order], order, places, low, high

    def _nearest(self, x: Any, count: int) -> tuple[Any, Any]:
        """The distances and the numbers of the nearest rows, nearest first."""
        from batuta_engine.estimators.kernels import nearest as kernels

        if count > self.n_samples_fit_:
            raise ValueError(
                f"Expected n_neighbors <= n_samples_fit, but n_neighbors = {count}, n_samples_fit = {self.n_samples_fit_}, n_samples = {len(x)}"
            )
        distances, rows = np.empty((len(x), count)), np.empty((len(x), count), np.int64)
        if self._tree is not None:
            ordered, order, places, low, high = self._tree

            def work(first: int, last: int) -> None:
                kernels.search_tree(x, ordered, order, places, low, high, self._power, first, last, distances, rows)

            effort = 200 * x.size
        else:

            def work(first: int, last: int) -> None:
                kernels.search_all(x, self._rows, self._power, first, last, len(x) <= FEW_QUERIES, distances, rows)

            effort = x.size * len(self._rows)
        share_out(work, len(x), effort)
        near = np.argsort(distances, axis=1, kind="stable")
        distances, rows = np.take_along_axis(distances, near, axis=1), np.take_along_axis(rows, near, axis=1)
        if self._power == 2.0:
            distances = np.sqrt(distances)
        elif self._power not in (1.0, np.inf):
            distances = distances ** (1.0 / self._power)
        return distances, rows

    def _shares(self, distances: Any) -> Any:
        """What each neighbour counts: one, or the inverse distance (rows at no distance outweigh all others)."""
        own: Any = self
        if own.weights in (None, "uniform"):
            return np.ones_like(distances)
        if callable(own.weights):
            return np.asarray(own.weights(distances), np.float64)
        with np.errstate(divide="ignore"):
            shares = 1.0 / distances
        endless = np.isinf(shares)
        touched = endless.any(axis=1)
        shares[touched] = endless[touched]
        return shares

    def kneighbors(self, X: Any = None, n_neighbors: int | None = None, return_distance: bool = True) -> Any:
        """The distances and the numbers of the nearest rows; without rows those of the fitted ones to each other."""
        own: Any = self
        checks.check_fitted(self)
        count = own.n_neighbors if n_neighbors is None else n_neighbors
        if X is not None:
            distances, rows = self._nearest(own._matrix(X), count)
        else:
            distances, rows = self._nearest(self._rows, count + 1)
            others = rows != np.arange(len(rows))[:, None]
            # Where a row is not among its own nearest, because others are at no distance, the first one goes.
            others[others.all(axis=1), 0] = False
            distances, rows = distances[others].reshape(-1, count), rows[others].reshape(-1, count)
        return (distances, rows) if return_distance else rows


class KNeighborsClassifier(_Neighbors, Classifier):
    """The most frequent class among the nearest rows.

    >>> KNeighborsClassifier(1).fit([[0.0], [5.0]], ["a", "b"]).predict([[1.0], [4.0]]).tolist()
    ['a', 'b']
    """

    rules = RULES

    def __init__(
        self,
        n_neighbors: int = 5,
        *,
        weights: Any = "uniform",
        algorithm: str = "auto",
        leaf_size: int = 30,
        p: float = 2,
        metric: Any = "minkowski",
        metric_params: Any = None,
        n_jobs: int | None = None,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.weights = weights
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.p = p
        self.metric = metric
        self.metric_params = metric_params
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any) -> Self:
        """Remembers the rows."""
        self._check_params()
        x = self._fit_matrix(X)
        labels = checks.as_labels(y, type(self).__name__)
        checks.same_length(x, labels)
        require_classes(labels)
        self.classes_, self._y = encoded(labels)
        self.outputs_2d_ = False
        self._remember(x)
        return self

    def predict_proba(self, X: Any) -> Any:
        """The weighted shares of the classes among the nearest rows."""
        from batuta_engine.estimators.kernels.nearest import votes

        checks.check_fitted(self)
        distances, rows = self.kneighbors(X)
        table = np.zeros((len(rows), len(self.classes_)))
        votes(rows, self._shares(distances), self._y, table)
        totals = table.sum(axis=1, keepdims=True)
        totals[totals == 0.0] = 1.0
        return table / totals

    def predict(self, X: Any) -> Any:
        """The label of each row."""
        codes = self.predict_proba(X).argmax(axis=1)
        return self.classes_[codes]


class KNeighborsRegressor(_Neighbors, Regressor):
    """The mean target of the nearest rows.

    >>> KNeighborsRegressor(2).fit([[0.0], [1.0], [9.0]], [1.0, 2.0, 7.0]).predict([[0.4]]).tolist()
    [1.5]
    """

    rules = RULES
    several_targets = True

    def __init__(
        self,
        n_neighbors: int = 5,
        *,
        weights: Any = "uniform",
        algorithm: str = "auto",
        leaf_size: int = 30,
        p: float = 2,
        metric: Any = "minkowski",
        metric_params: Any = None,
        n_jobs: int | None = None,
    ) -> None:
        self.n_neighbors = n_neighbors
        self.weights = weights
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.p = p
        self.metric = metric
        self.metric_params = metric_params
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any) -> Self:
        """Remembers the rows."""
        self._check_params()
        x = self._fit_matrix(X)
        self._y = checks.as_targets(y, type(self).__name__, several=True)
        checks.same_length(x, self._y)
        self._remember(x)
        return self

    def predict(self, X: Any) -> Any:
        """The weighted mean of the targets of the nearest rows."""
        checks.check_fitted(self)
        distances, rows = self.kneighbors(X)
        table = self._y[:, None] if self._y.ndim == 1 else self._y
        if self.weights in (None, "uniform"):
            found = np.mean(table[rows], axis=1)
        else:
            shares = self._shares(distances)
            found = np.stack([np.sum(column[rows] * shares, axis=1) / np.sum(shares, axis=1) for column in table.T], axis=1)
        return found[:, 0] if self._y.ndim == 1 else found
