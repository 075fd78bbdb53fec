"""`GaussianNB`: each feature is a bell curve in each class, independent of the others."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Classifier
from batuta_engine.estimators.labels import encoded, require_classes
from batuta_engine.estimators.parameters import ARRAY, NONE, real
from batuta_engine.estimators.rows import share_out


class GaussianNB(Classifier):
    """Chances of classes from means and variances.

    >>> GaussianNB().fit([[0.0], [1.0], [5.0], [6.0]], [0, 0, 1, 1]).predict([[0.4], [5.2]]).tolist()
    [0, 1]
    """

    rules = {"priors": (ARRAY, NONE), "var_smoothing": (real(0),)}
    theta_: Any
    var_: Any
    class_count_: Any
    class_prior_: Any

    def __init__(self, *, priors: Any = None, var_smoothing: float = 1e-9) -> None:
        self.priors = priors
        self.var_smoothing = var_smoothing

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Learns means and variances of the classes."""
        vars(self).pop("classes_", None)
        labels = checks.as_labels(y, type(self).__name__)
        return self._learn(X, labels, np.unique(labels), sample_weight)

    def partial_fit(self, X: Any, y: Any, classes: Any = None, sample_weight: Any = None) -> Self:
        """Learns from more rows. Raises ValueError where the first call does not name the classes."""
        if not hasattr(self, "classes_") and classes is None:
            raise ValueError("classes must be passed on the first call to partial_fit.")
        known = getattr(self, "classes_", None)
        if known is not None and classes is not None and not np.array_equal(known, np.unique(classes)):
            raise ValueError(f"`classes={classes}` is not the same as on last call to partial_fit, was: {known}")
        return self._learn(
            X, checks.as_labels(y, type(self).__name__), known if known is not None else np.unique(classes), sample_weight
        )

    def _learn(self, X: Any, labels: Any, classes: Any, sample_weight: Any) -> Self:
        self._check_params()
        earlier = hasattr(self, "classes_")
        x = self._matrix(X) if earlier else self._fit_matrix(X)
        checks.same_length(x, labels)
        require_classes(labels)
        weights = checks.as_weights(sample_weight, len(x), type(self).__name__)
        own, codes = encoded(labels)
        strange = np.setdiff1d(own, classes)
        if len(strange):
            raise ValueError(f"The target label(s) {strange} in y do not exist in the initial classes {classes}")
        self.epsilon_ = self.var_smoothing * np.var(x, axis=0).max()
        if earlier:
            # The smoothing of these rows is taken off, not that of the earlier ones.
            self.var_[:, :] -= self.epsilon_
        else:
            self.classes_ = classes
            shape = (len(classes), x.shape[1])
            self.theta_, self.var_, self.class_count_ = np.zeros(shape), np.zeros(shape), np.zeros(len(classes))
            self._check_priors()
        for place, label in enumerate(classes):
            rows = codes == np.searchsorted(own, label) if label in own else np.zeros(len(x), bool)
            if rows.any():
                self._join(place, x[rows], None if weights is None else weights[rows])
        self.var_[:, :] += self.epsilon_
        if self.priors is None:
            self.class_prior_ = self.class_count_ / self.class_count_.sum()
        return self

    def _check_priors(self) -> None:
        if self.priors is None:
            return
        priors = np.asarray(self.priors, np.float64)
        if len(priors) != len(self.classes_):
            raise ValueError("Number of priors must match number of classes.")
        if not np.isclose(priors.sum(), 1.0):
            raise ValueError("The sum of the priors should be 1.")
        if (priors < 0).any():
            raise ValueError("Priors must be non-negative.")
        self.class_prior_ = priors

    def _join(self, place: int, rows: Any, weights: Any) -> None:
        """Joins the rows of one class with those seen before."""
        new = float(len(rows)) if weights is None else float(weights.sum())
        if new <= 1e-300:
            return
        mean = np.average(rows, axis=0, weights=weights)
        spread = np.var(rows, axis=0) if weights is None else np.average((rows - mean) ** 2, axis=0, weights=weights)
        old = self.class_count_[place]
        if old > 0:
            total, before = old + new, self.theta_[place]
            squares = old * self.var_[place] + new * spread + (new * old / total) * (before - mean) ** 2
            mean, spread = (new * mean + old * before) / total, squares / total
        self.theta_[place], self.var_[place] = mean, spread
        self.class_count_[place] += new

    def _logarithms(self, X: Any) -> Any:
        from batuta_engine.estimators.kernels.gaussian_nb import logarithms

        x = self._matrix(X)
        table = np.empty((len(x), len(self.classes_)))
        constants = -0.5 * np.array([np.sum(np.log(2.0 * np.pi * each)) for each in self.var_])
        priors = np.log(self.class_prior_)

        def work(first: int, last: int) -> None:
            logarithms(x, self.theta_, self.var_, constants, priors, first, last, table)

        share_out(work, len(x), x.size * len(self.classes_))
        return table

    def predict_joint_log_proba(self, X: Any) -> Any:
        """The logarithms of the chances together with the rows' density."""
        return self._logarithms(X)

    def predict(self, X: Any) -> Any:
        """The label of each row."""
        codes = self._logarithms(X).argmax(axis=1)
        return self.classes_[codes]

    def predict_log_proba(self, X: Any) -> Any:
        """The logarithms of the chances."""
        table = self._logarithms(X)
        largest = table.max(axis=1, keepdims=True)
        return table - (np.log(np.exp(table - largest).sum(axis=1, keepdims=True)) + largest)

    def predict_proba(self, X: Any) -> Any:
        """The chance of each class."""
        return np.exp(self.predict_log_proba(X))
