"""`LinearRegression`: ordinary least squares; the answer of smallest norm where columns depend on each other."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.lines import LinearRegressor, centred
from batuta_engine.estimators.parameters import BOOLEAN, INTEGER, NONE, real
from batuta_engine.estimators.products import one_thread
from batuta_engine.estimators.rows import is_fast

# Above this the squared condition number costs more than half of the digits.
WELL_CONDITIONED = 1e6


def _by_products(x: Any, y: Any) -> Any:
    """The coefficients from the products of centred columns, None where they are too near to dependent for that."""
    import scipy.linalg

    gram = x.T @ x
    scale = np.sqrt(np.diag(gram))
    if not scale.all():
        return None
    gram /= np.outer(scale, scale)
    values = np.linalg.eigvalsh(gram)
    if values[0] * WELL_CONDITIONED < values[-1]:
        return None
    solved = scipy.linalg.solve(gram, ((x.T @ y).T / scale).T, assume_a="pos")
    return (solved.T / scale).T


class LinearRegression(LinearRegressor):
    """A line of least squares.

    >>> LinearRegression().fit([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0]).predict([[3.0]]).round(9).tolist()
    [7.0]
    """

    rules = {
        "fit_intercept": (BOOLEAN,),
        "copy_X": (BOOLEAN,),
        "tol": (real(0),),
        "n_jobs": (NONE, INTEGER),
        "positive": (BOOLEAN,),
    }
    several_targets = True

    def __init__(
        self,
        *,
        fit_intercept: bool = True,
        copy_X: bool = True,
        tol: float = 1e-6,
        n_jobs: int | None = None,
        positive: bool = False,
    ) -> None:
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.tol = tol
        self.n_jobs = n_jobs
        self.positive = positive

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Learns the coefficients."""
        self._check_params()
        x = self._fit_matrix(X)
        targets = checks.as_targets(y, type(self).__name__, several=True)
        checks.same_length(x, targets)
        data = centred(x, targets, self.fit_intercept, checks.as_weights(sample_weight, len(x), type(self).__name__))
        with one_thread():
            coefficients = self._solved(data.x, data.y)
            if targets.ndim == 1:
                coefficients = np.ravel(coefficients)
            self._remember(coefficients, data, self.fit_intercept)
        return self

    def _solved(self, x: Any, y: Any) -> Any:
        import scipy.linalg

        if self.positive:
            import scipy.optimize

            if y.ndim == 1:
                return scipy.optimize.nnls(x, y)[0]
            return np.vstack([scipy.optimize.nnls(x, column)[0] for column in y.T])
        if is_fast():
            found = _by_products(x, y)
            if found is not None:
                return found.T
        found, _, self.rank_, self.singular_ = scipy.linalg.lstsq(x, y, cond=self.tol)
        return found.T
