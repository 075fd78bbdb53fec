"""`MinMaxScaler`: moves each column into a range; NaN is left out and kept."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import ColumnTransformer
from batuta_engine.estimators.parameters import BOOLEAN, Rule
from batuta_engine.estimators.standard_scaler import moved, without_zeros


class MinMaxScaler(ColumnTransformer):
    """Columns between two bounds.

    >>> MinMaxScaler().fit_transform([[1.0], [2.0], [5.0]]).tolist()
    [[0.0], [0.25], [1.0]]
    """

    rules = {
        "feature_range": (Rule("an instance of 'tuple'", lambda value: isinstance(value, tuple)),),
        "copy": (BOOLEAN,),
        "clip": (BOOLEAN,),
    }
    allows_nan = True

    def __init__(self, feature_range: tuple[float, float] = (0, 1), *, copy: bool = True, clip: bool = False) -> None:
        self.feature_range = feature_range
        self.copy = copy
        self.clip = clip

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learns the extremes of the columns."""
        vars(self).pop("n_samples_seen_", None)
        return self.partial_fit(X, y)

    def partial_fit(self, X: Any, y: Any = None) -> Self:
        """Learns from more rows."""
        from batuta_engine.estimators.kernels.column_statistics import extremes

        self._check_params()
        low, high = self.feature_range
        if low >= high:
            raise ValueError(f"Minimum of desired feature range must be smaller than maximum. Got {self.feature_range}.")
        earlier = hasattr(self, "n_samples_seen_")
        x = self._matrix(X) if earlier else self._fit_matrix(X, finite=False)
        least, most = np.empty(x.shape[1]), np.empty(x.shape[1])
        extremes(x, least, most)
        if np.isinf(least).any() or np.isinf(most).any():
            checks.require_finite(x, "X", allow_nan=True)
        if earlier:
            least, most = np.fmin(least, self.data_min_), np.fmax(most, self.data_max_)
        self.n_samples_seen_: int = (self.n_samples_seen_ if earlier else 0) + len(x)
        self.data_min_: Any = least
        self.data_max_: Any = most
        self.data_range_: Any = most - least
        self.scale_: Any = (high - low) / without_zeros(self.data_range_.copy())
        self.min_: Any = low - least * self.scale_
        return self

    def _changed(self, x: Any) -> Any:
        found = moved(x, self.scale_, self.min_)
        return np.clip(found, *self.feature_range, out=found) if self.clip else found

    def inverse_transform(self, X: Any) -> Any:
        """The rows that were moved to these."""
        checks.check_fitted(self)
        x = checks.as_matrix(X, type(self).__name__, allow_nan=True)
        return (x - self.min_) / self.scale_
