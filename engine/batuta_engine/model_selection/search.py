"""`GridSearchCV`: the best of a grid of parameters by cross-validation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, Self

import numpy as np

from batuta_engine.estimators.base import Estimator, clone, kind_of
from batuta_engine.estimators.checks import check_fitted, same_length
from batuta_engine.estimators.errors import warn
from batuta_engine.model_selection.indexing import as_list
from batuta_engine.model_selection.scoring import scorer_of
from batuta_engine.model_selection.validation import fit_and_score, folds_of, report_failures


class ParameterGrid:
    """All combinations of parameters, names in alphabetical order, the last one changing fastest.

    >>> list(ParameterGrid({"b": [1, 2], "a": ["x"]}))
    [{'a': 'x', 'b': 1}, {'a': 'x', 'b': 2}]
    """

    def __init__(self, param_grid: Any) -> None:
        if not isinstance(param_grid, (Mapping, list, tuple)):
            raise TypeError(
                f"Parameter grid should be a dict or a list, got: {param_grid!r} of type {type(param_grid).__name__}"
            )
        self.param_grid = [param_grid] if isinstance(param_grid, Mapping) else list(param_grid)
        for grid in self.param_grid:
            if not isinstance(grid, Mapping):
                raise TypeError(f"Parameter grid is not a dict ({grid!r})")
            for name, values in grid.items():
                if isinstance(values, str) or not hasattr(values, "__len__"):
                    raise TypeError(
                        f"Parameter grid for parameter {name!r} needs to be a list or a numpy array, but got {values!r} (of type "
                        f"{type(values).__name__}) instead. Single values need to be wrapped in a list with one element."
                    )
                if len(values) == 0:
                    raise ValueError(f"Parameter grid for parameter {name!r} need a non-empty sequence, got: {values!r}")

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for grid in self.param_grid:
            names = sorted(grid)
            for values in product(*(grid[name] for name in names)):
                yield dict(zip(names, values, strict=True))

    def __len__(self) -> int:
        return sum(int(np.prod([len(values) for values in grid.values()], dtype=np.int64)) for grid in self.param_grid)


def _columns(candidates: list[dict[str, Any]]) -> dict[str, Any]:
    """For each parameter a masked array of what the candidates have for it."""
    names: dict[str, None] = {}
    for candidate in candidates:
        names.update(dict.fromkeys(candidate))
    found: dict[str, Any] = {}
    for name in names:
        values = [candidate[name] for candidate in candidates if name in candidate]
        kind: Any = object
        if all(isinstance(value, (bool, np.bool_)) for value in values):
            kind = bool
        elif all(isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool) for value in values):
            kind = np.result_type(*values) if any(isinstance(v, (float, np.floating)) for v in values) else np.int64
        column: Any = np.ma.MaskedArray(np.empty(len(candidates), kind), mask=True)
        for place, candidate in enumerate(candidates):
            if name in candidate:
                column[place] = candidate[name]
        found[f"param_{name}"] = column
    return found


def _ranks(means: Any) -> Any:
    """1 for the best; equal ones share the lower rank, NaN ones the last."""
    if np.isnan(means).all():
        return np.ones(len(means), np.int32)
    filled = np.where(np.isnan(means), np.nanmin(means) - 1, means)
    return np.array([1 + int((filled > each).sum()) for each in filled], np.int32)


class GridSearchCV(Estimator):
    """Fits an estimator with each combination of parameters and keeps the best."""

    def __init__(
        self,
        estimator: Any,
        param_grid: Any,
        *,
        scoring: Any = None,
        n_jobs: int | None = None,
        refit: Any = True,
        cv: Any = None,
        verbose: int = 0,
        pre_dispatch: Any = "2*n_jobs",
        error_score: Any = np.nan,
        return_train_score: bool = False,
    ) -> None:
        self.estimator = estimator
        self.param_grid = param_grid
        self.scoring = scoring
        self.n_jobs = n_jobs
        self.refit = refit
        self.cv = cv
        self.verbose = verbose
        self.pre_dispatch = pre_dispatch
        self.error_score = error_score
        self.return_train_score = return_train_score

    @property
    def kind(self) -> str | None:  # type: ignore[override]
        """That of the estimator."""
        return kind_of(self.estimator)

    def fit(self, X: Any, y: Any = None, **params: Any) -> Self:
        """Tries all combinations; then fits the best on all rows."""
        x, target = as_list(X), as_list(y)
        same_length(x, target)
        candidates = list(ParameterGrid(self.param_grid))
        folds = folds_of(self.cv, x, target, kind_of(self.estimator) == "classifier")
        self.scorer_ = scorer_of(self.scoring, self.estimator)
        self.n_splits_ = len(folds)
        found = [
            fit_and_score(
                clone(self.estimator).set_params(**clone_values(candidate)),
                x,
                target,
                rows,
                self.scorer_,
                self.error_score,
                self.return_train_score,
            )
            for candidate in candidates
            for rows in folds
        ]
        report_failures(found, self.error_score)
        self.multimetric_ = False
        self.cv_results_ = self._results(candidates, found)
        if self.refit or callable(self.refit):
            means = self.cv_results_["mean_test_score"]
            self.best_index_ = (
                self.refit(self.cv_results_) if callable(self.refit) else int(self.cv_results_["rank_test_score"].argmin())
            )
            self.best_score_ = means[self.best_index_]
            self.best_params_ = candidates[self.best_index_]
            self.best_estimator_ = clone(self.estimator).set_params(**clone_values(self.best_params_))
            if target is None:
                self.best_estimator_.fit(x, **params)
            else:
                self.best_estimator_.fit(x, target, **params)
            if hasattr(self.best_estimator_, "feature_names_in_"):
                self.feature_names_in_ = self.best_estimator_.feature_names_in_
        return self

    def _results(self, candidates: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, Any]:
        results: dict[str, Any] = {}
        shape = (len(candidates), self.n_splits_)

        def store(name: str, key: str, splits: bool, rank: bool) -> None:
            table = np.array([each[key] for each in found], np.float64).reshape(shape)
            if splits:
                for place in range(self.n_splits_):
                    results[f"split{place}_{name}"] = table[:, place]
            means = np.average(table, axis=1)
            results[f"mean_{name}"] = means
            if splits and not np.isfinite(means).all():
                warn(UserWarning, f"One or more of the {name.split('_')[0]} scores are non-finite: {means}")
            results[f"std_{name}"] = np.sqrt(np.average((table - means[:, None]) ** 2, axis=1))
            if rank:
                results[f"rank_{name}"] = _ranks(means)

        store("fit_time", "fit_time", False, False)
        store("score_time", "score_time", False, False)
        results.update(_columns(candidates))
        results["params"] = candidates
        store("test_score", "test", True, True)
        if self.return_train_score:
            store("train_score", "train", True, False)
        return results

    def _best(self, method: str) -> Any:
        if not self.refit:
            raise AttributeError(
                f"This {type(self).__name__} instance was initialized with `refit=False`. {method} is available only after refitting on the "
                "best parameters. You can refit an estimator manually using the `best_params_` attribute"
            )
        check_fitted(self)
        return self.best_estimator_

    @property
    def classes_(self) -> Any:
        """The labels of the best estimator."""
        return self._best("classes_").classes_

    @property
    def n_features_in_(self) -> Any:  # type: ignore[override]
        """The number of columns of the best estimator."""
        if not hasattr(self, "best_estimator_"):
            raise AttributeError(f"{type(self).__name__} object has no n_features_in_ attribute.")
        return self.best_estimator_.n_features_in_

    def predict(self, X: Any) -> Any:
        """What the best estimator predicts."""
        return self._best("predict").predict(X)

    def predict_proba(self, X: Any) -> Any:
        """The chances by the best estimator."""
        return self._best("predict_proba").predict_proba(X)

    def decision_function(self, X: Any) -> Any:
        """The scores by the best estimator."""
        return self._best("decision_function").decision_function(X)

    def transform(self, X: Any) -> Any:
        """The rows that the best estimator changes."""
        return self._best("transform").transform(X)

    def score(self, X: Any, y: Any = None) -> float:
        """The score of the best estimator, by the same rule as in the search."""
        return float(self.scorer_(self._best("score"), X, y))


def clone_values(candidate: dict[str, Any]) -> dict[str, Any]:
    """Parameters for one more estimator: estimators among them are copied."""
    return {
        name: clone(value) if hasattr(value, "get_params") and not isinstance(value, type) else value
        for name, value in candidate.items()
    }
