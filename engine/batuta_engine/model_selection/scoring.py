"""The scores that `scoring=` names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from batuta_engine import metrics
from batuta_engine.estimators.base import kind_of

Scorer = Callable[[Any, Any, Any], float]


def _of_predictions(score: Callable[..., Any], sign: float = 1.0, **options: Any) -> Scorer:
    def scorer(estimator: Any, x: Any, y: Any) -> float:
        return sign * float(score(y, estimator.predict(x), **options))

    return scorer


def _positive_chances(estimator: Any, x: Any) -> Any:
    """Numbers that rank rows: scores where there are some, else chances; of two classes those of the second."""
    if hasattr(estimator, "decision_function"):
        return estimator.decision_function(x)
    if kind_of(estimator) == "regressor":
        return estimator.predict(x)
    chances = estimator.predict_proba(x)
    return chances[:, 1] if chances.shape[1] == 2 else chances


def _area(**options: Any) -> Scorer:
    def scorer(estimator: Any, x: Any, y: Any) -> float:
        ranks = estimator.predict_proba(x) if options else _positive_chances(estimator, x)
        if ranks.ndim == 2 and ranks.shape[1] == 2:
            ranks = ranks[:, 1]
        return float(metrics.roc_auc_score(y, ranks, **options))

    return scorer


def _logarithmic(estimator: Any, x: Any, y: Any) -> float:
    return -metrics.log_loss(y, estimator.predict_proba(x), labels=estimator.classes_)


SCORERS: dict[str, Scorer] = {
    "accuracy": _of_predictions(metrics.accuracy_score),
    "balanced_accuracy": _of_predictions(metrics.balanced_accuracy_score),
    "explained_variance": _of_predictions(metrics.explained_variance_score),
    "matthews_corrcoef": _of_predictions(metrics.matthews_corrcoef),
    "max_error": _of_predictions(metrics.max_error, -1.0),
    "neg_log_loss": _logarithmic,
    "neg_max_error": _of_predictions(metrics.max_error, -1.0),
    "neg_mean_absolute_error": _of_predictions(metrics.mean_absolute_error, -1.0),
    "neg_mean_absolute_percentage_error": _of_predictions(metrics.mean_absolute_percentage_error, -1.0),
    "neg_mean_squared_error": _of_predictions(metrics.mean_squared_error, -1.0),
    "neg_median_absolute_error": _of_predictions(metrics.median_absolute_error, -1.0),
    "neg_root_mean_squared_error": _of_predictions(metrics.root_mean_squared_error, -1.0),
    "r2": _of_predictions(metrics.r2_score),
    "roc_auc": _area(),
    "roc_auc_ovo": _area(multi_class="ovo"),
    "roc_auc_ovo_weighted": _area(multi_class="ovo", average="weighted"),
    "roc_auc_ovr": _area(multi_class="ovr"),
    "roc_auc_ovr_weighted": _area(multi_class="ovr", average="weighted"),
    **{
        name + ("" if average == "binary" else f"_{average}"): _of_predictions(score, average=average)
        for name, score in (("precision", metrics.precision_score), ("recall", metrics.recall_score), ("f1", metrics.f1_score))
        for average in ("binary", "macro", "micro", "weighted")
    },
}


def scorer_of(scoring: Any, estimator: Any) -> Scorer:
    """What gives the score of a fitted estimator. Raises ValueError for an unknown name."""
    if scoring is None:
        if not hasattr(estimator, "score"):
            raise TypeError(
                f"If no scoring is specified, the estimator passed should have a 'score' method. The estimator {estimator!r} does not."
            )

        def own(fitted: Any, x: Any, y: Any) -> float:
            return float(fitted.score(x) if y is None else fitted.score(x, y))

        return own
    if callable(scoring):
        given: Scorer = scoring
        return given
    if scoring not in SCORERS:
        raise ValueError(f"{scoring!r} is not a valid scoring value. Valid options are {sorted(SCORERS)}")
    return SCORERS[scoring]
