"""`StandardScaler`: takes the mean away and divides by the standard deviation, column by column; NaN is left out and kept."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import ColumnTransformer
from batuta_engine.estimators.parameters import BOOLEAN
from batuta_engine.estimators.rows import is_fast, share_out


def scaled(x: Any, means: Any, scales: Any) -> Any:
    """(x - means) / scales; None leaves a step out."""
    from batuta_engine.estimators.kernels import column_statistics as kernels

    out = np.empty_like(x)
    nothing = np.empty(0)
    own_means = nothing if means is None else means
    own_scales = nothing if scales is None else scales

    def work(first: int, last: int) -> None:
        kernels.subtract_divide(x, own_means, own_scales, means is not None, scales is not None, first, last, out)

    share_out(work, len(x), x.size)
    return out


def moved(x: Any, scales: Any, shifts: Any) -> Any:
    """x * scales + shifts."""
    from batuta_engine.estimators.kernels import column_statistics as kernels

    out = np.empty_like(x)
    share_out(lambda first, last: kernels.multiply_add(x, scales, shifts, first, last, out), len(x), x.size)
    return out


def without_zeros(scales: Any) -> Any:
    """Scales to divide by: what is nearly zero becomes one."""
    scales[scales < 10 * np.finfo(np.float64).eps] = 1.0
    return scales


def _sums(x: Any, weights: Any) -> tuple[Any, Any]:
    """The sums of the columns and how much counts in each."""
    from batuta_engine.estimators.kernels import column_statistics as kernels

    features = x.shape[1]
    if weights is None:
        if features == 1:
            sums = np.array([x[:, 0].sum()])
        else:
            # In the exact mode the rows are one run: their order decides the last bits.
            found = share_out(lambda first, last: _plain_part(x, first, last), len(x), x.size if is_fast() else 0)
            sums = np.sum(found, axis=0)
        if not np.isnan(sums).any():
            return sums, np.full(features, float(len(x)))
        if features == 1:
            known = ~np.isnan(x)
            return np.where(known, x, 0.0).sum(axis=0), known.sum(axis=0).astype(np.float64)
        weights = np.ones(len(x))
    sums, counts = np.zeros(features), np.zeros(features)
    kernels.weighted_sums(x, weights, 0, len(x), sums, counts)
    return sums, counts


def _plain_part(x: Any, first: int, last: int) -> Any:
    from batuta_engine.estimators.kernels import column_statistics as kernels

    sums = np.zeros(x.shape[1])
    kernels.plain_sums(x, first, last, sums)
    return sums


def _squares(x: Any, weights: Any, means: Any, complete: bool) -> tuple[Any, Any]:
    """The sums of the deviations and of their squares."""
    from batuta_engine.estimators.kernels import column_statistics as kernels

    features = x.shape[1]
    if weights is None and features == 1:
        gaps = x - means
        gaps[np.isnan(gaps)] = 0.0
        return gaps.sum(axis=0), (gaps**2).sum(axis=0)
    if weights is None and complete:

        def part(first: int, last: int) -> Any:
            found = np.zeros((2, features))
            kernels.plain_squares(x, means, first, last, found[0], found[1])
            return found

        both = np.sum(share_out(part, len(x), x.size if is_fast() else 0), axis=0)
        return both[0], both[1]
    weights = np.ones(len(x)) if weights is None else weights
    found = np.zeros((2, features))
    kernels.weighted_squares(x, weights, means, 0, len(x), found[0], found[1])
    return found[0], found[1]


class StandardScaler(ColumnTransformer):
    """Columns with mean 0 and variance 1.

    >>> StandardScaler().fit_transform([[1.0], [3.0]]).tolist()
    [[-1.0], [1.0]]
    """

    rules = {"with_mean": (BOOLEAN,), "with_std": (BOOLEAN,), "copy": (BOOLEAN,)}
    allows_nan = True
    mean_: Any
    var_: Any
    scale_: Any
    n_samples_seen_: Any

    def __init__(self, *, copy: bool = True, with_mean: bool = True, with_std: bool = True) -> None:
        self.copy = copy
        self.with_mean = with_mean
        self.with_std = with_std

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learns means and deviations of the columns."""
        for name in ("mean_", "var_", "scale_", "n_samples_seen_"):
            vars(self).pop(name, None)
        return self.partial_fit(X, y, sample_weight)

    def partial_fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Learns from more rows."""
        self._check_params()
        earlier = hasattr(self, "n_samples_seen_")
        x = self._matrix(X) if earlier else self._fit_matrix(X, finite=False)
        weights = checks.as_weights(sample_weight, len(x), type(self).__name__)
        sums, counts = _sums(x, weights)
        if not np.isfinite(sums).all():
            checks.require_finite(x, "X", allow_nan=True)
        before = (
            np.broadcast_to(np.asarray(self.n_samples_seen_, np.float64), counts.shape) if earlier else np.zeros_like(counts)
        )
        total = before + counts
        if not self.with_mean and not self.with_std:
            self.mean_ = self.var_ = self.scale_ = None
        else:
            self._learn(x, weights, sums, counts, before, total)
        same = np.ptp(total) == 0
        self.n_samples_seen_ = total[0] if same else total
        if weights is None and same:
            self.n_samples_seen_ = np.int64(total[0])
        elif weights is None:
            self.n_samples_seen_ = total.astype(np.int64)
        return self

    def _learn(self, x: Any, weights: Any, sums: Any, counts: Any, before: Any, total: Any) -> None:
        earlier = bool(before.any())
        last_mean = self.mean_ if earlier else np.zeros_like(sums)
        with np.errstate(divide="ignore", invalid="ignore"):
            last_sum = last_mean * before
            self.mean_ = (last_sum + sums) / total
            if not self.with_std:
                self.var_ = self.scale_ = None
                return
            complete = bool((counts == counts[0]).all())
            deviations, squares = _squares(x, weights, sums / counts, complete)
            # The deviations add up to zero but for rounding; their square mends the variance by that much.
            fresh = squares - deviations**2 / counts
            if earlier:
                ratio = before / counts
                joined = self.var_ * before + fresh + ratio / total * (last_sum / ratio - sums) ** 2
                fresh = np.where(before == 0.0, fresh, joined)
            self.var_ = fresh / total
            bound = total * np.finfo(np.float64).eps * self.var_ + (total * self.mean_ * np.finfo(np.float64).eps) ** 2
            self.scale_ = np.sqrt(self.var_)
            self.scale_[self.var_ <= bound] = 1.0

    def transform(self, X: Any, copy: bool | None = None) -> Any:
        """The scaled rows, always new ones."""
        return self._changed(self._matrix(X))

    def _changed(self, x: Any) -> Any:
        return scaled(x, self.mean_ if self.with_mean else None, self.scale_ if self.with_std else None)

    def inverse_transform(self, X: Any, copy: bool | None = None) -> Any:
        """The rows that were scaled to these."""
        checks.check_fitted(self)
        x = checks.as_matrix(X, type(self).__name__, allow_nan=True)
        nothing = np.zeros(x.shape[1])
        return moved(
            x,
            self.scale_ if self.with_std else np.ones(x.shape[1]),
            self.mean_ if self.with_mean else nothing,
        )
