"""Scores of predicted numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from batuta_engine.estimators.checks import as_weights, require_finite, same_length
from batuta_engine.estimators.errors import UndefinedMetricWarning, warn


def _table(values: Any, name: str) -> Any:
    found = np.asarray(values)
    if found.dtype.kind in "USO":
        found = found.astype(np.float64)
    if found.dtype.kind != "f":
        # Differences of integers are exact, and unsigned ones must not wrap round.
        found = found.astype(np.float64)
    if not found.size:
        raise ValueError(f"Found array with 0 sample(s) (shape={found.shape}) while a minimum of 1 is required.")
    require_finite(found, name)
    return found.reshape(-1, 1) if found.ndim == 1 else found


def _pair(y_true: Any, y_pred: Any, weights: Any) -> tuple[Any, Any, Any]:
    same_length(y_true, y_pred)
    true, predicted = _table(y_true, "y_true"), _table(y_pred, "y_pred")
    if true.shape[1] != predicted.shape[1]:
        raise ValueError(f"y_true and y_pred have different number of output ({true.shape[1]}!={predicted.shape[1]})")
    return true, predicted, as_weights(weights, len(true), "", positive=False)


def _joined(errors: Any, multioutput: Any) -> Any:
    """One number for all outputs, or with `raw_values` one for each."""
    if isinstance(multioutput, str):
        if multioutput == "raw_values":
            return errors
        if multioutput != "uniform_average":
            raise ValueError(
                f"Allowed 'multioutput' values are 'raw_values', 'uniform_average' or weights. Got {multioutput!r}"
            )
        return float(np.average(errors))
    return float(np.average(errors, weights=multioutput))


def mean_squared_error(y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average") -> Any:
    """The mean of the squared gaps."""
    true, predicted, weights = _pair(y_true, y_pred, sample_weight)
    return _joined(np.average((true - predicted) ** 2, axis=0, weights=weights), multioutput)


def root_mean_squared_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The root of the mean of the squared gaps."""
    errors = mean_squared_error(y_true, y_pred, sample_weight=sample_weight, multioutput="raw_values")
    return _joined(np.sqrt(errors), multioutput)


def mean_absolute_error(y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average") -> Any:
    """The mean of the absolute gaps."""
    true, predicted, weights = _pair(y_true, y_pred, sample_weight)
    return _joined(np.average(np.abs(predicted - true), axis=0, weights=weights), multioutput)


def mean_absolute_percentage_error(
    y_true: Any, y_pred: Any, *, sample_weight: Any = None, multioutput: Any = "uniform_average"
) -> Any:
    """The mean of the absolute gaps over the true numbers."""
    true, predicted, weights = _pair(y_true, y_pred, sample_weight)
    shares = np.abs(predicted - true) / np.maximum(np.abs(true), np.finfo(np.float64).eps)
    return _joined(np.average(shares, axis=0, weights=weights), multioutput)


def _weighted_median(values: Any, weights: Any) -> float:
    """The median where each value counts by its weight: the mean of the two middle ones where half of the weight ends between them."""
    order = np.argsort(values, kind="stable")
    values, weights = values[order], weights[order]
    values, weights = values[weights > 0], weights[weights > 0]
    sums = np.cumsum(weights)
    half = 0.5 * sums[-1]
    place = int(np.searchsorted(sums, half))
    place = min(place, len(values) - 1)
    if sums[place] == half and place + 1 < len(values):
        return float((values[place] + values[place + 1]) / 2.0)
    return float(values[place])


def median_absolute_error(y_true: Any, y_pred: Any, *, multioutput: Any = "uniform_average", sample_weight: Any = None) -> Any:
    """The median of the absolute gaps."""
    true, predicted, weights = _pair(y_true, y_pred, sample_weight)
    gaps = np.abs(predicted - true)
    if weights is None:
        return _joined(np.median(gaps, axis=0), multioutput)
    return _joined(np.array([_weighted_median(column, weights) for column in gaps.T]), multioutput)


def max_error(y_true: Any, y_pred: Any) -> float:
    """The largest absolute gap."""
    true, predicted, _ = _pair(y_true, y_pred, None)
    if true.shape[1] > 1:
        raise ValueError("Multioutput not supported in max_error")
    return float(np.max(np.abs(true - predicted)))


def _explained(lost: Any, whole: Any, multioutput: Any, force_finite: bool) -> Any:
    scores = np.ones(len(lost))
    if force_finite:
        scores[(whole == 0) & (lost != 0)] = 0.0
        usual = whole != 0
    else:
        usual = np.ones(len(lost), bool)
    with np.errstate(divide="ignore", invalid="ignore"):
        scores[usual] = 1 - lost[usual] / whole[usual]
    if isinstance(multioutput, str) and multioutput == "variance_weighted":
        if not whole.any():
            return float(np.average(scores))
        return float(np.average(scores, weights=whole))
    return _joined(scores, multioutput)


def r2_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
    force_finite: bool = True,
) -> Any:
    """The coefficient of determination; NaN with a warning for fewer than two rows."""
    true, predicted, weights = _pair(y_true, y_pred, sample_weight)
    if len(predicted) < 2:
        warn(UndefinedMetricWarning, "R^2 score is not well-defined with less than two samples.")
        return float("nan")
    shares = np.ones((1, 1)) if weights is None else weights[:, None]
    lost = (shares * (true - predicted) ** 2).sum(axis=0)
    whole = (shares * (true - np.average(true, axis=0, weights=weights)) ** 2).sum(axis=0)
    return _explained(lost, whole, multioutput, force_finite)


def explained_variance_score(
    y_true: Any,
    y_pred: Any,
    *,
    sample_weight: Any = None,
    multioutput: Any = "uniform_average",
    force_finite: bool = True,
) -> Any:
    """The share of the variance that the predictions explain."""
    true, predicted, weights = _pair(y_true, y_pred, sample_weight)
    gaps = true - predicted
    lost = np.average((gaps - np.average(gaps, axis=0, weights=weights)) ** 2, axis=0, weights=weights)
    whole = np.average((true - np.average(true, axis=0, weights=weights)) ** 2, axis=0, weights=weights)
    return _explained(lost, whole, multioutput, force_finite)
