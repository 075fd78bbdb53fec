"""`DBSCAN`: groups are what dense points reach; noise has the label -1."""

from __future__ import annotations

from itertools import product
from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Clusterer
from batuta_engine.estimators.parameters import INTEGER, NONE, Rule, integer, one_of, real, refuse
from batuta_engine.estimators.rows import share_out

GRID_FEATURES = 3
"""Cells are made of so many features: more would have too many neighbours."""
MOST_CELLS = 2**60
# A row exactly at the radius must not be two cells away by rounding.
WIDER = 1 + 1e-9


def _cells(x: Any, radius: float) -> tuple[Any, Any]:
    """The number of the cell of each row, and the steps to neighbouring cells; cells that differ by one are neighbours in the last feature."""
    chosen = np.argsort(-np.ptp(x, axis=0), kind="stable")[:GRID_FEATURES]
    places = [np.floor((x[:, at] - x[:, at].min()) / (radius * WIDER)) for at in chosen]
    strides: list[int] = []
    keys, stride = np.zeros(len(x), np.int64), 1
    for column in places:
        extent = float(column.max()) + 3
        if stride * extent >= MOST_CELLS:
            break
        keys += (column.astype(np.int64) + 1) * stride
        strides.append(stride)
        stride *= int(extent)
    steps = [
        sum(step * stride for step, stride in zip(each, strides[1:], strict=True))
        for each in product((-1, 0, 1), repeat=max(0, len(strides) - 1))
    ]
    return keys, np.array(steps, np.int64)


class DBSCAN(Clusterer):
    """Density-based groups.

    >>> DBSCAN(eps=0.5, min_samples=2).fit([[0.0], [0.3], [9.0]]).labels_.tolist()
    [0, 0, -1]
    """

    rules = {
        "eps": (real(0.0, closed="neither"),),
        "min_samples": (integer(1),),
        "metric": (Rule("a str", lambda value: isinstance(value, str)), Rule("a callable", callable)),
        "metric_params": (Rule("an instance of 'dict'", lambda value: isinstance(value, dict)), NONE),
        "algorithm": (one_of("auto", "ball_tree", "kd_tree", "brute"),),
        "leaf_size": (integer(1),),
        "p": (real(0.0), NONE),
        "n_jobs": (INTEGER, NONE),
    }

    def __init__(
        self,
        eps: float = 0.5,
        *,
        min_samples: int = 5,
        metric: Any = "euclidean",
        metric_params: Any = None,
        algorithm: str = "auto",
        leaf_size: int = 30,
        p: float | None = None,
        n_jobs: int | None = None,
    ) -> None:
        self.eps = eps
        self.min_samples = min_samples
        self.metric = metric
        self.metric_params = metric_params
        self.algorithm = algorithm
        self.leaf_size = leaf_size
        self.p = p
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Groups the rows."""
        from batuta_engine.estimators.kernels import dbscan as kernels

        owner = type(self).__name__
        self._check_params()
        refuse(owner, "metric", self.metric, ("euclidean", "l2"))
        refuse(owner, "metric_params", self.metric_params, (None,))
        x = self._fit_matrix(X)
        weights = checks.as_weights(sample_weight, len(x), owner, positive=False)
        keys, steps = _cells(x, float(self.eps))
        order = np.argsort(keys, kind="stable")
        rows, keys = np.ascontiguousarray(x[order]), keys[order]
        own = np.ones(len(x)) if weights is None else weights[order]
        square = float(self.eps) ** 2
        core, sorted_labels = np.zeros(len(x), np.int64), np.full(len(x), -1, np.int64)

        def work(first: int, last: int) -> None:
            kernels.find_core(rows, keys, steps, own, square, float(self.min_samples), first, last, core)

        share_out(work, len(x), 20 * x.size)
        places = np.empty(len(x), np.int64)
        places[order] = np.arange(len(x))
        kernels.group(rows, keys, steps, square, core, places, sorted_labels)
        self.labels_ = sorted_labels[places]
        self.core_sample_indices_ = np.flatnonzero(core[places])
        self.components_ = x[self.core_sample_indices_].copy()
        return self
