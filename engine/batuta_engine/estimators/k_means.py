"""`KMeans`: k-means++ on NumPy's stream, then Lloyd's rounds, the best of several starts."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Clusterer
from batuta_engine.estimators.errors import ConvergenceWarning, warn
from batuta_engine.estimators.parameters import ARRAY, BOOLEAN, RANDOM_STATE, VERBOSE, Rule, integer, one_of, real, refuse
from batuta_engine.estimators.products import one_thread
from batuta_engine.estimators.rows import share_out
from batuta_engine.estimators.streams import stream


class Run(NamedTuple):
    """What one start leads to."""

    labels: Any
    inertia: float
    centres: Any
    rounds: int


def _row_squares(x: Any) -> Any:
    return np.einsum("ij,ij->i", x, x)


def squared_distances(points: Any, x: Any, squares: Any) -> Any:
    """Squared distances from points to all rows, by the expansion of the square."""
    found = -2.0 * (points @ x.T)
    found += _row_squares(points)[:, None]
    found += squares[None, :]
    return np.maximum(found, 0.0, out=found)


def spread_out(x: Any, count: int, squares: Any, weights: Any, random: Any) -> Any:
    """k-means++: each next centre is the best of a few rows drawn in proportion to their weighted squared distance."""
    samples = len(x)
    trials = 2 + int(np.log(count))
    centres = np.empty((count, x.shape[1]))
    first = random.choice(samples, p=weights / weights.sum())
    centres[0] = x[first]
    closest = squared_distances(centres[:1], x, squares)
    potential = closest @ weights
    for place in range(1, count):
        draws = random.uniform(size=trials) * potential
        candidates = np.searchsorted(np.cumsum(weights * closest[0]), draws)
        np.clip(candidates, None, samples - 1, out=candidates)
        distances = squared_distances(x[candidates], x, squares)
        np.minimum(closest, distances, out=distances)
        potentials = distances @ weights.reshape(-1, 1)
        best = int(np.argmin(potentials))
        potential = potentials[best]
        closest = distances[best : best + 1]
        centres[place] = x[candidates[best]]
    return centres


def assigned(x: Any, centres: Any) -> Any:
    """The nearest centre of each row."""
    from batuta_engine.estimators.kernels.k_means import nearest

    labels = np.empty(len(x), np.int32)
    columns = np.ascontiguousarray(centres.T)
    squares = _row_squares(centres)
    share_out(lambda first, last: nearest(x, columns, squares, first, last, labels), len(x), x.size * len(centres))
    return labels


def _fill_empty(x: Any, weights: Any, old: Any, sums: Any, sizes: Any, labels: Any) -> None:
    """An empty group takes the row that is farthest from its centre."""
    empty = np.flatnonzero(sizes == 0)
    if not len(empty):
        return
    distances = ((x - old[labels]) ** 2).sum(axis=1)
    if distances.max() == 0:
        return
    far = np.argpartition(distances, -len(empty))[: -len(empty) - 1 : -1]
    for group, row in zip(empty, far, strict=True):
        before = labels[row]
        sums[before] -= x[row] * weights[row]
        sums[group] = x[row] * weights[row]
        sizes[group] = weights[row]
        sizes[before] -= weights[row]


def lloyd(x: Any, weights: Any, centres: Any, most: int, tolerance: float) -> Run:
    """Moves the centres until no row changes its group, or they hardly move."""
    from batuta_engine.estimators.kernels import k_means as kernels

    earlier = np.full(len(x), -1, np.int32)
    labels = earlier
    rounds, settled = 0, False
    moved = np.empty(len(centres))
    while rounds < most:
        rounds += 1
        labels = assigned(x, centres)
        sums, sizes = np.zeros_like(centres), np.zeros(len(centres))
        kernels.gather(x, weights, labels, sums, sizes)
        _fill_empty(x, weights, centres, sums, sizes, labels)
        largest = int(np.argmax(sizes))
        for group in range(len(centres)):
            if sizes[group] > 0:
                sums[group] *= 1.0 / sizes[group]
            else:
                # Two empty groups and no row that is far from its centre: it stays with the largest one.
                sums[group] = sums[largest]
        kernels.shifts(centres, sums, moved)
        centres = sums
        if np.array_equal(labels, earlier):
            settled = True
            break
        if (moved**2).sum() <= tolerance:
            break
        earlier = labels
    if not settled:
        labels = assigned(x, centres)
    return Run(labels, float(kernels.inertia(x, weights, centres, labels)), centres, rounds)


def _same_groups(first: Any, second: Any, count: int) -> bool:
    """Whether two labellings are the same but for the numbers."""
    names = np.full(count, -1)
    names[first] = second
    return bool((names[first] == second).all())


class KMeans(Clusterer):
    """Groups around means.

    >>> KMeans(2, random_state=0).fit([[0.0], [0.1], [5.0], [5.1]]).labels_.tolist()
    [1, 1, 0, 0]
    """

    rules = {
        "n_clusters": (integer(1),),
        "init": (one_of("k-means++", "random"), Rule("a callable", callable), ARRAY),
        "n_init": (one_of("auto"), integer(1)),
        "max_iter": (integer(1),),
        "tol": (real(0),),
        "verbose": VERBOSE,
        "random_state": RANDOM_STATE,
        "copy_x": (BOOLEAN,),
        "algorithm": (one_of("lloyd", "elkan"),),
    }

    def __init__(
        self,
        n_clusters: int = 8,
        *,
        init: Any = "k-means++",
        n_init: Any = "auto",
        max_iter: int = 300,
        tol: float = 1e-4,
        verbose: int = 0,
        random_state: Any = None,
        copy_x: bool = True,
        algorithm: str = "lloyd",
    ) -> None:
        self.n_clusters = n_clusters
        self.init = init
        self.n_init = n_init
        self.max_iter = max_iter
        self.tol = tol
        self.verbose = verbose
        self.random_state = random_state
        self.copy_x = copy_x
        self.algorithm = algorithm

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Groups the rows."""
        owner = type(self).__name__
        self._check_params()
        refuse(owner, "algorithm", self.algorithm, ("lloyd",))
        if callable(self.init):
            refuse(owner, "init", self.init, ("k-means++", "random"))
        x = self._fit_matrix(X)
        if len(x) < self.n_clusters:
            raise ValueError(f"n_samples={len(x)} should be >= n_clusters={self.n_clusters}.")
        weights = checks.as_weights(sample_weight, len(x), owner)
        weights = np.ones(len(x)) if weights is None else weights
        given = None if isinstance(self.init, str) else self._given(x)
        starts = self.n_init
        if starts == "auto":
            starts = 10 if isinstance(self.init, str) and self.init == "random" else 1
        if given is not None:
            starts = 1
        middle = x.mean(axis=0)
        tolerance = float(np.mean(np.var(x, axis=0)) * self.tol) if self.tol else 0.0
        x = x - middle
        squares = _row_squares(x)
        best: Run | None = None
        with one_thread(), stream(self.random_state) as random:
            for _ in range(starts):
                if given is not None:
                    start = given - middle
                elif self.init == "random":
                    start = x[random.choice(len(x), size=self.n_clusters, replace=False, p=weights / weights.sum())]
                else:
                    start = spread_out(x, self.n_clusters, squares, weights, random)
                run = lloyd(x, weights, start, int(self.max_iter), tolerance)
                if best is None or (run.inertia < best.inertia and not _same_groups(run.labels, best.labels, self.n_clusters)):
                    best = run
        assert best is not None
        distinct = len(np.unique(best.labels))
        if distinct < self.n_clusters:
            warn(
                ConvergenceWarning,
                f"Number of distinct clusters ({distinct}) found smaller than n_clusters ({self.n_clusters}). Possibly due to duplicate "
                "points in X.",
            )
        self.cluster_centers_: Any = best.centres + middle
        self._n_features_out = self.n_clusters
        self.labels_ = best.labels
        self.inertia_: float = best.inertia
        self.n_iter_: int = best.rounds
        return self

    def _given(self, x: Any) -> Any:
        centres = checks.as_matrix(self.init)
        if len(centres) != self.n_clusters:
            raise ValueError(
                f"The shape of the initial centers {centres.shape} does not match the number of clusters {self.n_clusters}."
            )
        if centres.shape[1] != x.shape[1]:
            raise ValueError(
                f"The shape of the initial centers {centres.shape} does not match the number of features of the data {x.shape[1]}."
            )
        return centres

    def predict(self, X: Any) -> Any:
        """The nearest centre of each row."""
        return assigned(self._matrix(X), self.cluster_centers_)

    def transform(self, X: Any) -> Any:
        """The distance of each row to each centre."""
        x = self._matrix(X)
        with one_thread():
            return np.sqrt(squared_distances(x, self.cluster_centers_, _row_squares(self.cluster_centers_)))

    def fit_transform(self, X: Any, y: Any = None, sample_weight: Any = None) -> Any:
        """Groups the rows; gives their distances to the centres."""
        return self.fit(X, sample_weight=sample_weight).transform(X)

    def score(self, X: Any, y: Any = None, sample_weight: Any = None) -> float:
        """Minus the weighted sum of the squared distances to the nearest centres."""
        from batuta_engine.estimators.kernels.k_means import inertia

        x = self._matrix(X)
        weights = checks.as_weights(sample_weight, len(x), type(self).__name__)
        weights = np.ones(len(x)) if weights is None else weights
        return -float(inertia(x, weights, self.cluster_centers_, assigned(x, self.cluster_centers_)))

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """Names for the distances to the centres."""
        checks.check_fitted(self)
        return np.array([f"kmeans{at}" for at in range(self.n_clusters)], dtype=object)
