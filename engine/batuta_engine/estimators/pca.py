"""`PCA`: principal components by the singular values of the centred data, or for tall data by the covariances."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Transformer
from batuta_engine.estimators.errors import UnsupportedError
from batuta_engine.estimators.parameters import BOOLEAN, NONE, RANDOM_STATE, fraction, integer, one_of, real
from batuta_engine.estimators.products import one_thread


def settled(right: Any) -> Any:
    """Directions with signs such that the entry of largest size is positive."""
    largest = np.argmax(np.abs(right), axis=1)
    signs = np.sign(right[np.arange(len(right)), largest])
    return right * signs[:, None]


class PCA(Transformer):
    """Directions of most variance.

    >>> PCA(1).fit([[0.0, 0.0], [1.0, 1.0], [2.0, 2.0]]).explained_variance_.round(9).tolist()
    [2.0]
    """

    rules = {
        "n_components": (integer(0), fraction(0, 1, "neither"), one_of("mle"), NONE),
        "copy": (BOOLEAN,),
        "whiten": (BOOLEAN,),
        "svd_solver": (one_of("auto", "full", "covariance_eigh", "arpack", "randomized"),),
        "tol": (real(0),),
        "iterated_power": (one_of("auto"), integer(0)),
        "n_oversamples": (integer(1),),
        "power_iteration_normalizer": (one_of("auto", "QR", "LU", "none"),),
        "random_state": RANDOM_STATE,
    }

    def __init__(
        self,
        n_components: Any = None,
        *,
        copy: bool = True,
        whiten: bool = False,
        svd_solver: str = "auto",
        tol: float = 0.0,
        iterated_power: Any = "auto",
        n_oversamples: int = 10,
        power_iteration_normalizer: str = "auto",
        random_state: Any = None,
    ) -> None:
        self.n_components = n_components
        self.copy = copy
        self.whiten = whiten
        self.svd_solver = svd_solver
        self.tol = tol
        self.iterated_power = iterated_power
        self.n_oversamples = n_oversamples
        self.power_iteration_normalizer = power_iteration_normalizer
        self.random_state = random_state

    def _solver(self, samples: int, features: int, wanted: Any) -> str:
        """The way that scikit-learn takes. Raises UnsupportedError for the random ones."""
        solver = self.svd_solver
        if solver == "auto":
            if features <= 1000 and samples >= 10 * features:
                solver = "covariance_eigh"
            elif max(samples, features) <= 500 or not 1 <= wanted < 0.8 * min(samples, features):
                solver = "full"
            else:
                solver = "randomized"
        if solver in ("arpack", "randomized"):
            raise UnsupportedError(
                f"PCA of the engine has no svd_solver={solver!r}, which scikit-learn takes for data of this shape; choose 'full' or "
                "'covariance_eigh'"
            )
        return solver

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learns the directions."""
        import scipy.linalg

        self._check_params()
        x = self._fit_matrix(X, least=2)
        samples, features = x.shape
        most = min(samples, features)
        wanted = most if self.n_components is None else self.n_components
        if wanted == "mle":
            raise UnsupportedError("PCA of the engine has no n_components='mle'")
        solver = self._solver(samples, features, wanted)
        if not 0 <= wanted <= most:
            raise ValueError(
                f"n_components={wanted} must be between 0 and min(n_samples, n_features)={most} with svd_solver={solver!r}"
            )
        self.mean_: Any = x.mean(axis=0)
        with one_thread():
            if solver == "full":
                _, values, right = scipy.linalg.svd(x - self.mean_, full_matrices=False)
                variances = values**2 / (samples - 1)
            else:
                covariance = x.T @ x
                covariance -= samples * self.mean_[:, None] * self.mean_[None, :]
                covariance /= samples - 1
                found, vectors = np.linalg.eigh(covariance)
                variances = np.flip(found).copy()
                # Rounding may leave small ones below zero.
                variances[variances < 0.0] = 0.0
                values = np.sqrt(variances * (samples - 1))
                right = np.flip(vectors, axis=1).T
        right = settled(right)
        shares = variances / variances.sum()
        count = wanted
        if isinstance(wanted, (float, np.floating)) and 0 < wanted < 1.0:
            count = int(np.searchsorted(np.cumsum(shares), wanted, side="right")) + 1
        count = int(count)
        self.noise_variance_ = float(np.mean(variances[count:])) if count < most else 0.0
        self.n_samples_ = samples
        self.n_components_ = count
        self.components_: Any = np.ascontiguousarray(right[:count])
        self.explained_variance_: Any = variances[:count].copy()
        self.explained_variance_ratio_ = shares[:count].copy()
        self.singular_values_ = values[:count].copy()
        return self

    def _scales(self) -> Any:
        scales = np.sqrt(self.explained_variance_)
        scales[scales < np.finfo(np.float64).eps] = np.finfo(np.float64).eps
        return scales

    def transform(self, X: Any) -> Any:
        """The rows along the directions."""
        x = self._matrix(X)
        with one_thread():
            found = x @ self.components_.T
            found -= self.mean_.reshape(1, -1) @ self.components_.T
        if self.whiten:
            found /= self._scales()
        return found

    def inverse_transform(self, X: Any) -> Any:
        """The rows that lie there, without what the left out directions held."""
        checks.check_fitted(self)
        x = checks.as_matrix(X, type(self).__name__)
        with one_thread():
            if self.whiten:
                return x @ (np.sqrt(self.explained_variance_[:, None]) * self.components_) + self.mean_
            return x @ self.components_ + self.mean_

    def get_covariance(self) -> Any:
        """The covariances that the directions and the noise stand for."""
        checks.check_fitted(self)
        directions = self.components_
        if self.whiten:
            directions = directions * np.sqrt(self.explained_variance_[:, None])
        above = np.clip(self.explained_variance_ - self.noise_variance_, 0.0, None)
        found = (directions.T * above) @ directions
        found.flat[:: len(found) + 1] += self.noise_variance_
        return found

    def get_precision(self) -> Any:
        """The inverse of the covariances, by the inversion of a matrix as large as the number of directions."""
        import scipy.linalg

        checks.check_fitted(self)
        noise = self.noise_variance_
        if self.n_components_ == 0:
            return np.eye(self.n_features_in_) / noise
        if np.isclose(noise, 0.0, atol=0.0):
            return scipy.linalg.inv(self.get_covariance())
        directions = self.components_
        if self.whiten:
            directions = directions * np.sqrt(self.explained_variance_[:, None])
        above = np.clip(self.explained_variance_ - noise, 0.0, None)
        inside = directions @ directions.T / noise
        inside.flat[:: len(inside) + 1] += 1.0 / above
        found = directions.T @ (scipy.linalg.inv(inside) @ directions)
        found /= -(noise**2)
        found.flat[:: len(found) + 1] += 1.0 / noise
        return found

    def score_samples(self, X: Any) -> Any:
        """The logarithm of the density of each row."""
        gaps = self._matrix(X) - self.mean_
        with one_thread(), np.errstate(divide="ignore"):
            precision = self.get_precision()
            sign, logarithm = np.linalg.slogdet(precision)
            determinant = logarithm if sign > 0 else -np.inf
            return -0.5 * (gaps * (gaps @ precision)).sum(axis=1) - 0.5 * (gaps.shape[1] * np.log(2.0 * np.pi) - determinant)

    def score(self, X: Any, y: Any = None) -> float:
        """The mean of that."""
        return float(np.mean(self.score_samples(X)))

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """Names for the directions."""
        checks.check_fitted(self)
        return np.array([f"pca{at}" for at in range(self.n_components_)], dtype=object)
