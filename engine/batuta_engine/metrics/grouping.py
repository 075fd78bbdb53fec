"""Scores of groupings."""

from __future__ import annotations

from typing import Any

import numpy as np

from batuta_engine.estimators.checks import as_matrix, same_length
from batuta_engine.estimators.labels import encoded
from batuta_engine.estimators.parameters import refuse
from batuta_engine.estimators.rows import share_out
from batuta_engine.estimators.streams import stream


def silhouette_samples(X: Any, labels: Any, *, metric: str = "euclidean") -> Any:
    """For each row how much nearer its own group is than the next one, from -1 to 1; 0 for a group of one."""
    from batuta_engine.estimators.kernels.silhouette import silhouettes

    refuse("silhouette", "metric", metric, ("euclidean",))
    x = as_matrix(X)
    given = np.asarray(labels).reshape(-1)
    same_length(x, given)
    classes, codes = encoded(given)
    if not 1 < len(classes) < len(x):
        raise ValueError(f"Number of labels is {len(classes)}. Valid values are 2 to n_samples - 1 (inclusive)")
    order = np.argsort(codes, kind="stable")
    starts = np.concatenate([[0], np.cumsum(np.bincount(codes, minlength=len(classes)))]).astype(np.int64)
    columns = np.ascontiguousarray(x[order].T)
    sorted_out, out = np.empty(len(x)), np.empty(len(x))
    share_out(lambda first, last: silhouettes(columns, starts, first, last, sorted_out), len(x), len(x) * x.size)
    out[order] = sorted_out
    return out


def silhouette_score(
    X: Any, labels: Any, *, metric: str = "euclidean", sample_size: int | None = None, random_state: Any = None
) -> float:
    """The mean silhouette of all rows, or of a sample of them."""
    if sample_size is not None:
        x = as_matrix(X)
        with stream(random_state) as random:
            chosen = random.permutation(len(x))[:sample_size]
        return float(np.mean(silhouette_samples(x[chosen], np.asarray(labels)[chosen], metric=metric)))
    return float(np.mean(silhouette_samples(X, labels, metric=metric)))


def adjusted_rand_score(labels_true: Any, labels_pred: Any) -> float:
    """How often two groupings agree on pairs of rows, less what chance gives."""
    first, second = np.asarray(labels_true).reshape(-1), np.asarray(labels_pred).reshape(-1)
    same_length(first, second)
    (one, rows), (other, columns) = encoded(first), encoded(second)
    table = np.zeros((len(one), len(other)), np.int64)
    np.add.at(table, (rows, columns), 1)
    total = len(first)
    together = int((table**2).sum())
    by_row, by_column = int((table.sum(axis=1) ** 2).sum()), int((table.sum(axis=0) ** 2).sum())
    # Pairs that are together in both, apart in both, and together in one only.
    both = together - total
    only_second, only_first = by_column - together, by_row - together
    apart = total**2 - only_first - only_second - together
    if only_first == 0 and only_second == 0:
        return 1.0
    bottom = (both + only_first) * (only_first + apart) + (both + only_second) * (only_second + apart)
    return float(2.0 * (both * apart - only_first * only_second) / bottom)
