"""`ElasticNet` and `Lasso`: least squares with a penalty on absolute values and squares, by coordinate descent."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.errors import ConvergenceWarning, warn
from batuta_engine.estimators.lines import LinearRegressor, centred
from batuta_engine.estimators.parameters import ARRAY, BOOLEAN, NONE, RANDOM_STATE, integer, one_of, real, refuse


class ElasticNet(LinearRegressor):
    """Least squares with a mixture of both penalties; many coefficients are zero.

    >>> ElasticNet(alpha=0.1).fit([[0.0, 1.0], [1.0, 0.0], [2.0, 1.0]], [1.0, 3.0, 5.0]).coef_.round(4).tolist()
    [1.7877, -0.0]
    """

    rules = {
        "alpha": (real(0),),
        "l1_ratio": (real(0, 1, "both"),),
        "fit_intercept": (BOOLEAN,),
        "precompute": (BOOLEAN, ARRAY),
        "max_iter": (integer(1), NONE),
        "copy_X": (BOOLEAN,),
        "tol": (real(0),),
        "warm_start": (BOOLEAN,),
        "positive": (BOOLEAN,),
        "random_state": RANDOM_STATE,
        "selection": (one_of("cyclic", "random"),),
    }
    several_targets = True

    def __init__(
        self,
        alpha: float = 1.0,
        *,
        l1_ratio: float = 0.5,
        fit_intercept: bool = True,
        precompute: Any = False,
        max_iter: int = 1000,
        copy_X: bool = True,
        tol: float = 1e-4,
        warm_start: bool = False,
        positive: bool = False,
        random_state: Any = None,
        selection: str = "cyclic",
    ) -> None:
        self.alpha = alpha
        self.l1_ratio = l1_ratio
        self.fit_intercept = fit_intercept
        self.precompute = precompute
        self.max_iter = max_iter
        self.copy_X = copy_X
        self.tol = tol
        self.warm_start = warm_start
        self.positive = positive
        self.random_state = random_state
        self.selection = selection

    @property
    def sparse_coef_(self) -> Any:
        """The coefficients as a sparse matrix."""
        from scipy.sparse import csr_matrix

        return csr_matrix(self.coef_)

    def _share(self) -> float:
        return float(self.l1_ratio)

    def fit(self, X: Any, y: Any, sample_weight: Any = None, check_input: bool = True) -> Self:
        """Learns the coefficients."""
        self._check_params()
        owner = type(self).__name__
        refuse(owner, "selection", self.selection, ("cyclic",))
        if self.precompute is not False:
            refuse(owner, "precompute", self.precompute, (False,))
        x = self._fit_matrix(X)
        targets = checks.as_targets(y, owner, several=True)
        checks.same_length(x, targets)
        weights = None if np.isscalar(sample_weight) else checks.as_weights(sample_weight, len(x), owner)
        if self.alpha == 0:
            warn(
                UserWarning,
                "With alpha=0, this algorithm does not converge well. You are advised to use the LinearRegression estimator",
            )
        if weights is not None:
            # Weights count relative to each other: they keep the weight of the data against the penalty.
            weights = weights * (len(x) / weights.sum())
        data = centred(x, targets, self.fit_intercept, weights)
        columns = np.ascontiguousarray(data.x.T)
        table = data.y if data.y.ndim == 2 else data.y[:, None]
        if table.shape[1] > 1 and self.positive:
            raise ValueError("positive=True is not allowed for multi-output (y.ndim != 1)")
        starts = np.zeros((table.shape[1], x.shape[1]))
        if self.warm_start and hasattr(self, "coef_"):
            starts[:] = self.coef_
        gaps, rounds = [], []
        for place in range(table.shape[1]):
            gap, count = self._descended(columns, np.ascontiguousarray(table[:, place]), starts[place])
            gaps.append(gap / len(x))
            rounds.append(count)
        single = table.shape[1] == 1
        self.n_iter_: Any = rounds[0] if single else rounds
        self.dual_gap_: Any = gaps[0] if single else np.array(gaps)
        self._remember(starts[0] if single else starts, data, self.fit_intercept)
        if targets.ndim == 2 and single:
            self.intercept_ = np.atleast_1d(self.intercept_)
        return self

    def _descended(self, columns: Any, y: Any, start: Any) -> tuple[float, int]:
        from batuta_engine.estimators.kernels.coordinate_descent import descend

        features, samples = columns.shape
        absolute = self.alpha * self._share() * samples
        square = self.alpha * (1.0 - self._share()) * samples
        most = 1000 if self.max_iter is None else int(self.max_iter)
        space = (np.empty(features), np.empty(features), np.empty(samples), np.empty(features, np.bool_))
        gap, count, arrived = descend(
            columns, y, start, float(absolute), float(square), most, float(self.tol), bool(self.positive), *space
        )
        if not arrived:
            warn(
                ConvergenceWarning,
                "Objective did not converge. You might want to increase the number of iterations, check the scale of the features or "
                f"consider increasing regularisation. Duality gap: {gap:.6e}, tolerance: {self.tol * float(y @ y):.3e}",
            )
        return gap, count


class Lasso(ElasticNet):
    """Least squares with a penalty on the absolute coefficients.

    >>> Lasso(alpha=0.1).fit([[0.0, 1.0], [1.0, 0.0], [2.0, 1.0]], [1.0, 3.0, 5.0]).coef_.round(4).tolist()
    [1.85, 0.0]
    """

    def __init__(
        self,
        alpha: float = 1.0,
        *,
        fit_intercept: bool = True,
        precompute: Any = False,
        copy_X: bool = True,
        max_iter: int = 1000,
        tol: float = 1e-4,
        warm_start: bool = False,
        positive: bool = False,
        random_state: Any = None,
        selection: str = "cyclic",
    ) -> None:
        super().__init__(
            alpha,
            fit_intercept=fit_intercept,
            precompute=precompute,
            copy_X=copy_X,
            max_iter=max_iter,
            tol=tol,
            warm_start=warm_start,
            positive=positive,
            random_state=random_state,
            selection=selection,
        )
        del self.l1_ratio

    def _share(self) -> float:
        return 1.0
