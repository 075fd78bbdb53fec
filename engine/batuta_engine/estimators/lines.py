"""What linear regressors have in common: data with their means taken away, and the line through the data as they came."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from batuta_engine.estimators.base import Regressor


class Centred(NamedTuple):
    """Data without their means, each row times the root of its weight."""

    x: Any
    y: Any
    x_mean: Any
    y_mean: Any


def centred(x: Any, y: Any, intercept: bool, weights: Any = None) -> Centred:
    """Takes the means away where an intercept is wanted. What comes in is not changed."""
    if intercept:
        x_mean, y_mean = np.average(x, axis=0, weights=weights), np.average(y, axis=0, weights=weights)
        x, y = x - x_mean, y - y_mean
    else:
        x_mean, y_mean = np.zeros(x.shape[1]), np.zeros(y.shape[1:])
    if weights is not None:
        roots = np.sqrt(weights)
        x, y = x * roots[:, None], (y.T * roots).T
    return Centred(x, y, x_mean, y_mean)


class LinearRegressor(Regressor):
    """Predicts with `coef_` and `intercept_`."""

    coef_: Any
    intercept_: Any

    def predict(self, X: Any) -> Any:
        """`X @ coef_.T + intercept_`."""
        x = self._matrix(X)
        return x @ self.coef_ + self.intercept_ if self.coef_.ndim == 1 else x @ self.coef_.T + self.intercept_

    def _remember(self, coefficients: Any, data: Centred, intercept: bool) -> None:
        self.coef_ = coefficients
        self.intercept_ = data.y_mean - data.x_mean @ coefficients.T if intercept else 0.0
