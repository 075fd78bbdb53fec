"""`RobustScaler`: takes the median away and divides by the span between two percentiles; NaN is left out and kept."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import ColumnTransformer
from batuta_engine.estimators.parameters import BOOLEAN, Rule
from batuta_engine.estimators.standard_scaler import moved, scaled, without_zeros


class RobustScaler(ColumnTransformer):
    """Columns with median 0 and a span of 1, which few far values do not change.

    >>> RobustScaler().fit_transform([[0.0], [1.0], [2.0], [3.0], [1000.0]]).tolist()
    [[-1.0], [-0.5], [0.0], [0.5], [499.0]]
    """

    rules = {
        "with_centering": (BOOLEAN,),
        "with_scaling": (BOOLEAN,),
        "quantile_range": (Rule("an instance of 'tuple'", lambda value: isinstance(value, tuple)),),
        "copy": (BOOLEAN,),
        "unit_variance": (BOOLEAN,),
    }
    allows_nan = True

    def __init__(
        self,
        *,
        with_centering: bool = True,
        with_scaling: bool = True,
        quantile_range: tuple[float, float] = (25.0, 75.0),
        copy: bool = True,
        unit_variance: bool = False,
    ) -> None:
        self.with_centering = with_centering
        self.with_scaling = with_scaling
        self.quantile_range = quantile_range
        self.copy = copy
        self.unit_variance = unit_variance

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learns medians and spans of the columns."""
        from batuta_engine.estimators.kernels.column_statistics import quantiles

        self._check_params()
        x = self._fit_matrix(X)
        low, high = self.quantile_range
        if not 0 <= low <= high <= 100:
            raise ValueError(f"Invalid quantile range: {self.quantile_range}")
        columns = np.sort(x.T.copy(), axis=1)
        counts = (~np.isnan(columns)).sum(axis=1).astype(np.float64)
        medians, spans = np.empty(x.shape[1]), np.empty(x.shape[1])
        quantiles(columns, counts, float(low), float(high), medians, spans)
        self.center_: Any = medians if self.with_centering else None
        self.scale_: Any = None
        if self.with_scaling:
            self.scale_ = without_zeros(spans)
            if self.unit_variance:
                from scipy.special import ndtri

                self.scale_ = self.scale_ / (ndtri(high / 100.0) - ndtri(low / 100.0))
        return self

    def _changed(self, x: Any) -> Any:
        return scaled(x, self.center_, self.scale_)

    def inverse_transform(self, X: Any) -> Any:
        """The rows that were scaled to these."""
        checks.check_fitted(self)
        x = checks.as_matrix(X, type(self).__name__, allow_nan=True)
        features = x.shape[1]
        scales = np.ones(features) if self.scale_ is None else self.scale_
        return moved(x, scales, np.zeros(features) if self.center_ is None else self.center_)
