"""`Ridge`: least squares with a penalty on the squares of the coefficients, in closed form."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.lines import LinearRegressor, centred
from batuta_engine.estimators.parameters import ARRAY, BOOLEAN, NONE, RANDOM_STATE, integer, one_of, real, refuse
from batuta_engine.estimators.products import one_thread

# scikit-learn's threshold for a singular value that counts as zero.
NO_VALUE = 1e-15


def _by_products(x: Any, y: Any, alphas: Any) -> Any:
    """Normal equations by Cholesky, in the smaller of the two dimensions. Raises LinAlgError where they have no answer."""
    import scipy.linalg

    wide = x.shape[1] > x.shape[0]
    gram = x @ x.T if wide else x.T @ x
    right = y if wide else x.T @ y
    found = np.empty((y.shape[1], x.shape[1]))
    shared = bool((alphas == alphas[0]).all())
    for place in range(1 if shared else y.shape[1]):
        own = gram.copy()
        own.flat[:: len(own) + 1] += alphas[place]
        chosen = right if shared else right[:, [place]]
        solved = scipy.linalg.solve(own, chosen, assume_a="pos")
        solved = x.T @ solved if wide else solved
        found[slice(None) if shared else slice(place, place + 1)] = solved.T
    return found


def _by_singular_values(x: Any, y: Any, alphas: Any) -> Any:
    import scipy.linalg

    left, values, right = scipy.linalg.svd(x, full_matrices=False)
    used = values > NO_VALUE
    kept = values[used][:, None]
    shrunk = np.zeros((values.size, alphas.size))
    shrunk[used] = kept / (kept**2 + alphas)
    return (right.T @ (shrunk * (left.T @ y))).T


class Ridge(LinearRegressor):
    """A line of least squares with small coefficients.

    >>> Ridge(alpha=2.0).fit([[0.0], [1.0], [2.0]], [1.0, 3.0, 5.0]).coef_.round(9).tolist()
    [1.0]
    """

    rules = {
        "alpha": (real(0), ARRAY),
        "fit_intercept": (BOOLEAN,),
        "copy_X": (BOOLEAN,),
        "max_iter": (integer(1), NONE),
        "tol": (real(0),),
        "solver": (one_of("auto", "svd", "cholesky", "lsqr", "sparse_cg", "sag", "saga", "lbfgs"),),
        "positive": (BOOLEAN,),
        "random_state": RANDOM_STATE,
    }
    several_targets = True

    def __init__(
        self,
        alpha: Any = 1.0,
        *,
        fit_intercept: bool = True,
        copy_X: bool = True,
        max_iter: int | None = None,
        tol: float = 1e-4,
        solver: str = "auto",
        positive: bool = False,
        random_state: Any = None,
    ) -> None:
        self.alpha = alpha
        self.fit_intercept = fit_intercept
        self.copy_X = copy_X
        self.max_iter = max_iter
        self.tol = tol
        self.solver = solver
        self.positive = positive
        self.random_state = random_state

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Learns the coefficients."""
        self._check_params()
        refuse(type(self).__name__, "solver", self.solver, ("auto", "cholesky", "svd"))
        refuse(type(self).__name__, "positive", bool(self.positive), (False,))
        x = self._fit_matrix(X)
        targets = checks.as_targets(y, type(self).__name__, several=True)
        checks.same_length(x, targets)
        data = centred(x, targets, self.fit_intercept, checks.as_weights(sample_weight, len(x), type(self).__name__))
        table = data.y if data.y.ndim == 2 else data.y[:, None]
        alphas = np.asarray(self.alpha, np.float64).ravel()
        if alphas.size not in (1, table.shape[1]):
            raise ValueError(f"Number of targets and number of penalties do not correspond: {alphas.size} != {table.shape[1]}")
        if alphas.size == 1:
            alphas = np.repeat(alphas, table.shape[1])
        with one_thread():
            found = self._solved(data.x, table, alphas)
            self._remember(found[0] if targets.ndim == 1 else found, data, self.fit_intercept)
        self.n_iter_ = None
        return self

    def _solved(self, x: Any, y: Any, alphas: Any) -> Any:
        import scipy.linalg

        self.solver_ = "cholesky" if self.solver == "auto" else self.solver
        if self.solver_ == "cholesky":
            try:
                return _by_products(x, y, alphas)
            except scipy.linalg.LinAlgError:
                self.solver_ = "svd"
        return _by_singular_values(x, y, alphas)
