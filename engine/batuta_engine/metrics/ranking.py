"""Scores of how well numbers rank rows."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from batuta_engine.estimators.checks import as_weights, require_finite, same_length
from batuta_engine.estimators.errors import UndefinedMetricWarning, warn
from batuta_engine.estimators.labels import kind_of_target


def auc(x: Any, y: Any) -> float:
    """The area below a curve, by trapezoids. Raises ValueError where x goes up and down."""
    same_length(x, y)
    across, up = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if len(across) < 2:
        raise ValueError(f"At least 2 points are needed to compute area under curve, but x.shape = {across.shape}")
    steps = np.diff(across)
    direction = 1
    if (steps < 0).any():
        if not (steps <= 0).all():
            raise ValueError(f"x is neither increasing nor decreasing : {across}.")
        direction = -1
    return float(direction * np.trapezoid(up, across))


def _positive(labels: Any, pos_label: Any) -> Any:
    """The label that counts as positive, by default 1. Raises ValueError where that is not clear."""
    classes = set(labels.tolist())
    if pos_label is not None:
        return pos_label
    if labels.dtype.kind in "OUS" or not (classes <= {0, 1} or classes <= {-1, 1}):
        shown = ", ".join(repr(each) for each in sorted(classes))
        raise ValueError(
            f"y_true takes value in {{{shown}}} and pos_label is not specified: either make y_true take value in {{0, 1}} or {{-1, 1}} or "
            "pass pos_label explicitly."
        )
    return 1


def roc_curve(
    y_true: Any, y_score: Any, *, pos_label: Any = None, sample_weight: Any = None, drop_intermediate: bool = True
) -> tuple[Any, Any, Any]:
    """The shares of false and of true positives above each threshold."""
    labels, scores = np.asarray(y_true).reshape(-1), np.asarray(y_score).reshape(-1)
    kind = kind_of_target(labels)
    if kind != "binary" and not (kind == "multiclass" and pos_label is not None):
        raise ValueError(f"{kind} format is not supported")
    same_length(labels, scores)
    require_finite(scores, "y_score")
    is_positive = (labels == _positive(labels, pos_label)).astype(np.float64)
    weights = as_weights(sample_weight, len(labels), "", positive=False)
    if weights is not None:
        kept = weights != 0
        is_positive, scores, weights = is_positive[kept], scores[kept], weights[kept]
    order = np.argsort(scores, kind="stable")[::-1]
    scores, is_positive = scores[order], is_positive[order]
    own = np.ones(len(scores)) if weights is None else weights[order]
    ends = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    right = np.cumsum(is_positive * own)[ends]
    wrong = np.cumsum((1 - is_positive) * own)[ends] if weights is not None else 1 + ends - right
    thresholds = scores[ends].astype(np.float64)
    if drop_intermediate and len(wrong) > 2:
        corners = np.concatenate([[True], np.logical_or(np.diff(wrong, 2), np.diff(right, 2)), [True]])
        wrong, right, thresholds = wrong[corners], right[corners], thresholds[corners]
    wrong, right = np.append(0.0, wrong), np.append(0.0, right)
    thresholds = np.append(np.inf, thresholds)
    return (
        _shares(wrong, "negative", "false"),
        _shares(right, "positive", "true"),
        thresholds,
    )


def _shares(counts: Any, missing: str, named: str) -> Any:
    if counts[-1] > 0:
        return counts / counts[-1]
    warn(UndefinedMetricWarning, f"No {missing} samples in y_true, {named} positive value should be meaningless")
    return np.full(counts.shape, np.nan)


def _two(is_positive: Any, scores: Any, weights: Any, max_fpr: float | None = None) -> float:
    if len(np.unique(is_positive)) != 2:
        warn(UndefinedMetricWarning, "Only one class is present in y_true. ROC AUC score is not defined in that case.")
        return float("nan")
    false, true, _ = roc_curve(is_positive, scores, sample_weight=weights)
    if max_fpr is None or max_fpr == 1:
        return auc(false, true)
    if not 0 < max_fpr <= 1:
        raise ValueError(f"Expected max_fpr in range (0, 1], got: {max_fpr!r}")
    stop = int(np.searchsorted(false, max_fpr, "right"))
    last = float(np.interp(max_fpr, false[stop - 1 : stop + 1], true[stop - 1 : stop + 1]))
    part = auc(np.append(false[:stop], max_fpr), np.append(true[:stop], last))
    # Scaled so that chance is one half and the best is one.
    least = 0.5 * max_fpr**2
    return 0.5 * (1 + (part - least) / (max_fpr - least))


def roc_auc_score(
    y_true: Any,
    y_score: Any,
    *,
    average: str | None = "macro",
    sample_weight: Any = None,
    max_fpr: float | None = None,
    multi_class: str = "raise",
    labels: Any = None,
) -> Any:
    """The area below the ROC curve: of two classes, or the average over the classes or pairs of classes."""
    true, scores = np.asarray(y_true), np.asarray(y_score, np.float64)
    require_finite(scores, "y_score")
    kind = kind_of_target(true)
    if kind == "multiclass" or (kind == "binary" and scores.ndim == 2 and scores.shape[1] > 2):
        return _many(true.reshape(-1), scores, average, sample_weight, max_fpr, multi_class, labels)
    same_length(true, scores)
    if kind == "binary":
        classes = np.unique(true)
        return _two(
            (true.reshape(-1) == classes[-1]).astype(np.int64) if len(classes) > 1 else np.zeros(len(true)),
            scores,
            sample_weight,
            max_fpr,
        )
    found = [_two(true[:, at], scores[:, at], sample_weight, max_fpr) for at in range(true.shape[1])]
    return _averaged(np.array(found), average, true.sum(axis=0))


def _averaged(values: Any, average: str | None, sizes: Any) -> Any:
    if average is None:
        return values
    if average not in ("macro", "weighted"):
        raise ValueError(f"average must be one of ('macro', 'weighted', None), not {average!r}")
    return float(np.average(values, weights=sizes if average == "weighted" else None))


def _many(
    true: Any, scores: Any, average: str | None, weights: Any, max_fpr: float | None, multi_class: str, labels: Any
) -> Any:
    if max_fpr is not None and max_fpr != 1.0:
        raise ValueError(
            f"Partial AUC computation not available in multiclass setting, 'max_fpr' must be set to `None`, received `max_fpr={max_fpr}` instead"
        )
    if multi_class not in ("ovr", "ovo"):
        raise ValueError("multi_class must be in ('ovo', 'ovr')")
    if not np.allclose(1, scores.sum(axis=1)):
        raise ValueError(
            "Target scores need to be probabilities for multiclass roc_auc, i.e. they should sum up to 1.0 over classes"
        )
    classes = np.unique(true) if labels is None else np.asarray(labels)
    if len(classes) != scores.shape[1]:
        raise ValueError("Number of classes in y_true not equal to the number of columns in 'y_score'")
    if multi_class == "ovr":
        found = np.array([_two((true == label).astype(np.int64), scores[:, at], weights) for at, label in enumerate(classes)])
        own = np.ones(len(true)) if weights is None else np.asarray(weights, np.float64)
        return _averaged(found, average, np.array([own[true == label].sum() for label in classes]))
    if weights is not None:
        raise ValueError(
            "sample_weight is not supported for multiclass one-vs-one ROC AUC, 'sample_weight' must be None in this case."
        )
    means, shares = [], []
    for one, other in combinations(range(len(classes)), 2):
        mine, its = true == classes[one], true == classes[other]
        both = mine | its
        forth = _two(mine[both].astype(np.int64), scores[both, one], None)
        back = _two(its[both].astype(np.int64), scores[both, other], None)
        means.append((forth + back) / 2)
        shares.append(both.mean())
    return _averaged(np.array(means), average, np.array(shares))
