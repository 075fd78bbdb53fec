"""`LogisticRegression`: linear classification by maximum likelihood, with a penalty on the squares of the coefficients.

The scores are products by BLAS on one thread, the loss is a kernel, the search is SciPy's L-BFGS-B with the limits that scikit-learn sets.
"""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Classifier
from batuta_engine.estimators.errors import ConvergenceWarning, warn
from batuta_engine.estimators.labels import class_weights, encoded, require_classes
from batuta_engine.estimators.parameters import (
    ANYTHING,
    BOOLEAN,
    INTEGER,
    NONE,
    RANDOM_STATE,
    VERBOSE,
    Rule,
    integer,
    one_of,
    real,
    refuse,
)
from batuta_engine.estimators.products import one_thread


def softmax(scores: Any) -> Any:
    """Each row's exponentials over their sum."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


class LogisticRegression(Classifier):
    """Chances of classes from linear scores.

    >>> LogisticRegression().fit([[0.0], [1.0], [2.0], [3.0]], ["a", "a", "b", "b"]).predict([[0.4], [2.6]]).tolist()
    ['a', 'b']
    """

    rules = {
        "penalty": (one_of("l1", "l2", "elasticnet", "deprecated"), NONE),
        "C": (real(0, closed="right"),),
        "l1_ratio": (real(0, 1, "both"), NONE),
        "dual": (BOOLEAN,),
        "tol": (real(0),),
        "fit_intercept": (BOOLEAN,),
        "intercept_scaling": (real(0, closed="neither"),),
        "class_weight": (Rule("an instance of 'dict'", lambda value: isinstance(value, dict)), one_of("balanced"), NONE),
        "random_state": RANDOM_STATE,
        "solver": (one_of("lbfgs", "liblinear", "newton-cg", "newton-cholesky", "sag", "saga"),),
        "max_iter": (integer(0),),
        "verbose": VERBOSE,
        "warm_start": (BOOLEAN,),
        "n_jobs": (NONE, INTEGER),
        "copy": (ANYTHING,),
    }

    def __init__(
        self,
        penalty: Any = "deprecated",
        *,
        C: float = 1.0,
        l1_ratio: float | None = 0.0,
        dual: bool = False,
        tol: float = 1e-4,
        fit_intercept: bool = True,
        intercept_scaling: float = 1,
        class_weight: Any = None,
        random_state: Any = None,
        solver: str = "lbfgs",
        max_iter: int = 100,
        verbose: int = 0,
        warm_start: bool = False,
        n_jobs: int | None = None,
    ) -> None:
        self.penalty = penalty
        self.C = C
        self.l1_ratio = l1_ratio
        self.dual = dual
        self.tol = tol
        self.fit_intercept = fit_intercept
        self.intercept_scaling = intercept_scaling
        self.class_weight = class_weight
        self.random_state = random_state
        self.solver = solver
        self.max_iter = max_iter
        self.verbose = verbose
        self.warm_start = warm_start
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Learns coefficients. Raises ValueError for labels of one class."""
        owner = type(self).__name__
        self._check_params()
        refuse(owner, "solver", self.solver, ("lbfgs",))
        refuse(owner, "penalty", self.penalty, ("deprecated", "l2", None))
        refuse(owner, "l1_ratio", 0.0 if self.l1_ratio is None else float(self.l1_ratio), (0.0,))
        refuse(owner, "dual", bool(self.dual), (False,))
        x = self._fit_matrix(X)
        labels = checks.as_labels(y, owner)
        checks.same_length(x, labels)
        require_classes(labels)
        self.classes_, codes = encoded(labels)
        count = len(self.classes_)
        if count < 2:
            raise ValueError(
                "This solver needs samples of at least 2 classes in the data, but the data contains only one class: "
                f"{self.classes_[0]!r}"
            )
        own = checks.as_weights(sample_weight, len(x), owner)
        weights = np.ones(len(x)) if own is None else own.copy()
        if self.class_weight is not None:
            weights *= class_weights(self.class_weight, self.classes_, codes, own)[codes]
        strength = np.inf if self.penalty is None else float(self.C)
        with one_thread():
            found, rounds = self._searched(x, codes, weights, 1.0 / (strength * float(weights.sum())))
        table = found.reshape((1 if count == 2 else count, -1), order="F")
        self.n_iter_ = np.array([rounds], np.int32)
        self.coef_: Any = np.ascontiguousarray(table[:, : x.shape[1]])
        self.intercept_: Any = table[:, -1].copy() if self.fit_intercept else np.zeros(len(table))
        return self

    def _start(self, size: int, count: int) -> Any:
        if self.warm_start and hasattr(self, "coef_"):
            table = np.hstack([self.coef_, self.intercept_[:, None]]) if self.fit_intercept else self.coef_
            if table.shape == (count, size):
                return table.ravel(order="F").copy()
        return np.zeros(count * size)

    def _searched(self, x: Any, codes: Any, weights: Any, penalty: float) -> tuple[Any, int]:
        """The coefficients, for each feature those of all classes, then the intercepts; and the number of rounds."""
        from scipy.optimize import minimize

        from batuta_engine.estimators.kernels import logistic as kernels

        samples, features = x.shape
        count = len(self.classes_)
        rows = 1 if count == 2 else count
        total = float(weights.sum())
        losses = np.empty(samples)
        intercept = bool(self.fit_intercept)

        def two(point: Any) -> tuple[float, Any]:
            coefficients = point[:features]
            scores = x @ coefficients + (point[-1] if intercept else 0.0)
            slopes = np.empty(samples)
            kernels.two_classes(scores, codes, weights, losses, slopes)
            slopes /= total
            gradient = np.empty_like(point)
            gradient[:features] = x.T @ slopes + penalty * coefficients
            if intercept:
                gradient[-1] = slopes.sum()
            return float(losses.sum() / total) + 0.5 * penalty * float(coefficients @ coefficients), gradient

        def many(point: Any) -> tuple[float, Any]:
            table = point.reshape((rows, -1), order="F")
            coefficients = table[:, :features]
            scores = x @ coefficients.T
            if intercept:
                scores += table[:, -1]
            slopes = np.empty((samples, rows))
            kernels.many_classes(np.ascontiguousarray(scores), codes, weights, losses, slopes)
            slopes /= total
            gradient = np.empty_like(table, order="F")
            gradient[:, :features] = slopes.T @ x + penalty * coefficients
            if intercept:
                gradient[:, -1] = slopes.sum(axis=0)
            flat = np.ravel(coefficients, order="K")
            squares = float(flat @ flat)
            return float(losses.sum() / total) + 0.5 * penalty * squares, gradient.ravel(order="F")

        limits = {"maxiter": self.max_iter, "maxls": 50, "gtol": self.tol, "ftol": 64 * np.finfo(float).eps}
        start = self._start(features + int(intercept), rows)
        found = minimize(two if count == 2 else many, start, method="L-BFGS-B", jac=True, options=limits)
        rounds = min(int(found.nit), self.max_iter)
        if found.status != 0:
            warn(
                ConvergenceWarning,
                f"lbfgs failed to converge after {rounds} iteration(s) (status={found.status}):\n{found.message}\n\n"
                "Increase the number of iterations to improve the convergence or scale the data.",
            )
        return found.x, rounds

    def decision_function(self, X: Any) -> Any:
        """The scores: one a row for two classes, else one a class."""
        scores = self._matrix(X) @ self.coef_.T + self.intercept_
        return scores.ravel() if scores.shape[1] == 1 else scores

    def predict(self, X: Any) -> Any:
        """The label of each row."""
        scores = self.decision_function(X)
        codes = (scores > 0).astype(np.int64) if scores.ndim == 1 else scores.argmax(axis=1)
        return self.classes_[codes]

    def predict_proba(self, X: Any) -> Any:
        """The chance of each class."""
        from batuta_engine.estimators.kernels.logistic import sigmoid

        scores = self.decision_function(X)
        if scores.ndim == 2:
            return softmax(scores)
        table = np.empty((len(scores), 2))
        sigmoid(np.ascontiguousarray(scores), table)
        return table

    def predict_log_proba(self, X: Any) -> Any:
        """The logarithms of the chances."""
        return np.log(self.predict_proba(X))
