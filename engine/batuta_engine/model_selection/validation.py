"""`cross_val_score` and `cross_validate`."""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from batuta_engine.estimators.base import clone, kind_of
from batuta_engine.estimators.checks import same_length
from batuta_engine.estimators.errors import warn
from batuta_engine.estimators.labels import kind_of_target
from batuta_engine.model_selection.folds import KFold, StratifiedKFold
from batuta_engine.model_selection.indexing import as_list, rows_at
from batuta_engine.model_selection.scoring import Scorer, scorer_of


def folds_of(cv: Any, x: Any, y: Any, classifier: bool) -> list[tuple[Any, Any]]:
    """The rows of each fold: of a splitter, of a number of folds (stratified for classes) or of the folds themselves."""
    if cv is None or isinstance(cv, (int, np.integer)):
        discrete = classifier and y is not None and kind_of_target(y) in ("binary", "multiclass")
        cv = (StratifiedKFold if discrete else KFold)(5 if cv is None else int(cv))
    if hasattr(cv, "split"):
        return list(cv.split(x, y))
    if isinstance(cv, str) or not hasattr(cv, "__iter__"):
        raise ValueError(
            f"Expected `cv` as an integer, a cross-validation object (from sklearn.model_selection), or an iterable. Got {cv}."
        )
    return list(cv)


def fit_and_score(
    estimator: Any,
    x: Any,
    y: Any,
    rows: tuple[Any, Any],
    scorer: Scorer,
    error_score: Any = np.nan,
    with_train: bool = False,
) -> dict[str, Any]:
    """Fits on the rows to train with; gives scores, times, and the estimator."""
    train, test = rows
    x_train, y_train = rows_at(x, train), rows_at(y, train)
    begun = time.perf_counter()
    found: dict[str, Any] = {"estimator": estimator, "failed": False}
    try:
        if y_train is None:
            estimator.fit(x_train)
        else:
            estimator.fit(x_train, y_train)
    except Exception as problem:
        if error_score == "raise":
            raise
        found.update(
            failed=True,
            problem=problem,
            fit_time=time.perf_counter() - begun,
            score_time=0.0,
            test=error_score,
            train=error_score,
        )
        return found
    found["fit_time"] = time.perf_counter() - begun
    begun = time.perf_counter()
    found["test"] = scorer(estimator, rows_at(x, test), rows_at(y, test))
    found["score_time"] = time.perf_counter() - begun
    if with_train:
        found["train"] = scorer(estimator, x_train, y_train)
    return found


def report_failures(found: list[dict[str, Any]], error_score: Any) -> None:
    """Warns of fits that failed. Raises ValueError where all did."""
    failed = [each for each in found if each["failed"]]
    if not failed:
        return
    problem = failed[-1]["problem"]
    if len(failed) == len(found):
        raise ValueError(
            f"\nAll the {len(found)} fits failed.\nIt is very likely that your model is misconfigured.\n"
            f"You can try to debug the error by setting error_score='raise'.\n\nThe last error was {type(problem).__name__}: {problem}"
        ) from problem
    warn(
        UserWarning,
        f"\n{len(failed)} fits failed out of a total of {len(found)}.\nThe score on these train-test partitions for these parameters will be "
        f"set to {error_score}.\nThe last error was {type(problem).__name__}: {problem}",
    )


def cross_validate(
    estimator: Any,
    X: Any,
    y: Any = None,
    *,
    scoring: Any = None,
    cv: Any = None,
    error_score: Any = np.nan,
    return_train_score: bool = False,
    return_estimator: bool = False,
) -> dict[str, Any]:
    """Scores and times of each fold."""
    x, target = as_list(X), as_list(y)
    same_length(x, target)
    scorer = scorer_of(scoring, estimator)
    folds = folds_of(cv, x, target, kind_of(estimator) == "classifier")
    found = [fit_and_score(clone(estimator), x, target, rows, scorer, error_score, return_train_score) for rows in folds]
    report_failures(found, error_score)
    result: dict[str, Any] = {
        "fit_time": np.array([each["fit_time"] for each in found]),
        "score_time": np.array([each["score_time"] for each in found]),
    }
    if return_estimator:
        result["estimator"] = [each["estimator"] for each in found]
    result["test_score"] = np.array([each["test"] for each in found])
    if return_train_score:
        result["train_score"] = np.array([each["train"] for each in found])
    return result


def cross_val_score(
    estimator: Any,
    X: Any,
    y: Any = None,
    *,
    scoring: Any = None,
    cv: Any = None,
    n_jobs: int | None = None,
    verbose: int = 0,
    error_score: Any = np.nan,
) -> Any:
    """The score of each fold."""
    return cross_validate(estimator, X, y, scoring=scoring, cv=cv, error_score=error_score)["test_score"]
