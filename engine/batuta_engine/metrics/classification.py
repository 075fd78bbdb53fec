"""Scores of predicted labels and chances."""

from __future__ import annotations

from typing import Any

import numpy as np

from batuta_engine.estimators.checks import as_weights, same_length
from batuta_engine.estimators.errors import UndefinedMetricWarning, warn
from batuta_engine.estimators.labels import kind_of_target


def _pair(y_true: Any, y_pred: Any) -> tuple[Any, Any, str]:
    """Both as arrays of labels and the kind of task. Raises ValueError for what holds no labels or another kind of them."""
    same_length(y_true, y_pred)
    true, predicted = np.asarray(y_true), np.asarray(y_pred)
    kinds = {kind_of_target(true), kind_of_target(predicted)}
    if kinds == {"binary", "multiclass"}:
        kinds = {"multiclass"}
    if len(kinds) > 1:
        raise ValueError(
            f"Classification metrics can't handle a mix of {kind_of_target(true)} and {kind_of_target(predicted)} targets"
        )
    kind = kinds.pop()
    if kind not in ("binary", "multiclass", "multilabel-indicator"):
        raise ValueError(f"{kind} is not supported")
    if kind == "multilabel-indicator":
        return true, predicted, kind
    true, predicted = true.reshape(-1), predicted.reshape(-1)
    if kind == "binary" and len(_labels(true, predicted)) > 2:
        kind = "multiclass"
    return true, predicted, kind


def _labels(*arrays: Any) -> Any:
    """All labels, sorted. Raises ValueError for texts mixed with numbers."""
    texts = {
        each.dtype.kind in "UST" or (each.dtype == object and any(isinstance(v, str) for v in each))
        for each in arrays
        if each.size
    }
    if len(texts) > 1:
        raise ValueError("Mix of label input types (string and number)")
    joined = np.concatenate([each.astype(object) if each.dtype == object else each for each in arrays])
    return np.array(sorted(set(joined.tolist())), dtype=joined.dtype if joined.dtype != object else object)


def accuracy_score(y_true: Any, y_pred: Any, *, normalize: bool = True, sample_weight: Any = None) -> float:
    """The share of rows with the right label; without `normalize` their number."""
    true, predicted, _ = _pair(y_true, y_pred)
    right = (true == predicted).all(axis=1) if true.ndim == 2 else true == predicted
    weights = as_weights(sample_weight, len(true), "", positive=False)
    if normalize:
        return float(np.average(right, weights=weights))
    return float(right.sum() if weights is None else right @ weights)


def _codes(values: Any, labels: Any) -> Any:
    places = {label: place for place, label in enumerate(labels.tolist())}
    return np.array([places.get(value, len(labels)) for value in values.tolist()], np.int64)


def _counts(true: Any, predicted: Any, labels: Any, weights: Any) -> Any:
    """A table of how often each label (a row) got each label (a column); others are left out."""
    rows, columns = _codes(true, labels), _codes(predicted, labels)
    size = len(labels)
    kept = (rows < size) & (columns < size)
    flat = np.bincount(
        rows[kept] * size + columns[kept], weights=None if weights is None else weights[kept], minlength=size * size
    )
    return flat.reshape(size, size)


def confusion_matrix(
    y_true: Any, y_pred: Any, *, labels: Any = None, sample_weight: Any = None, normalize: str | None = None
) -> Any:
    """How often each label (a row) was predicted as each label (a column). Raises ValueError for labels that never occur."""
    true, predicted, kind = _pair(y_true, y_pred)
    if kind == "multilabel-indicator":
        raise ValueError("multilabel-indicator is not supported")
    known = _labels(true, predicted) if labels is None else np.asarray(labels)
    if labels is not None:
        if not known.size:
            raise ValueError("'labels' should contain at least one label.")
        if true.size and not np.isin(known, true).any():
            raise ValueError("At least one label specified must be in y_true")
    weights = as_weights(sample_weight, len(true), "", positive=False)
    table = _counts(true, predicted, known, weights)
    if weights is not None and weights.dtype.kind == "f" and np.asarray(sample_weight).dtype.kind in "iub":
        table = table.astype(np.int64)
    with np.errstate(all="ignore"):
        if normalize == "true":
            table = table / table.sum(axis=1, keepdims=True)
        elif normalize == "pred":
            table = table / table.sum(axis=0, keepdims=True)
        elif normalize == "all":
            table = table / table.sum()
        elif normalize is not None:
            raise ValueError(f"normalize must be one of 'true', 'pred', 'all' or None, not {normalize!r}")
    return np.nan_to_num(table) if normalize else table


def _sums(y_true: Any, y_pred: Any, labels: Any, weights: Any) -> tuple[Any, Any, Any, Any]:
    """For each label the weight of rows that have it and got it, that got it, and that have it; and the labels."""
    true, predicted, kind = _pair(y_true, y_pred)
    weights = as_weights(weights, len(true), "", positive=False)
    if kind == "multilabel-indicator":
        own = np.ones(len(true)) if weights is None else weights
        columns = np.arange(true.shape[1]) if labels is None else np.asarray(labels)
        both = (own[:, None] * (true[:, columns] * predicted[:, columns])).sum(axis=0)
        return both, own @ predicted[:, columns], own @ true[:, columns], columns
    present = _labels(true, predicted)
    known = present if labels is None else np.asarray(labels)
    rows, columns = _codes(true, known), _codes(predicted, known)
    size = len(known)
    both = np.bincount(rows[rows == columns], weights=None if weights is None else weights[rows == columns], minlength=size + 1)
    got = np.bincount(columns, weights=weights, minlength=size + 1)
    has = np.bincount(rows, weights=weights, minlength=size + 1)
    if not (true == predicted).any():
        # Without a hit scikit-learn's sums are floats, which reports show.
        has = has.astype(np.float64)
    return both[:size], got[:size], has[:size], known


def _divided(top: Any, bottom: Any, name: str, of: str, average: str | None, zero_division: Any, warn_for: Any) -> Any:
    """top / bottom; where that has no value what `zero_division` says, by default zero with a warning."""
    empty = bottom == 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.asarray(top / np.where(empty, 1.0, bottom), np.float64)
    if not empty.any():
        return found
    value = 0.0 if zero_division == "warn" else float(zero_division)
    found[empty] = value
    if zero_division == "warn" and name.lower().replace("f-score", "f-score") in [each.lower() for each in warn_for]:
        where = "in labels with" if average is None or len(found) > 1 else "due to"
        extra = " true nor predicted" if name == "F-score" else of
        warn(
            UndefinedMetricWarning,
            f"{name} is ill-defined and being set to 0.0 {where} no{extra} samples. Use `zero_division` parameter to control this behavior.",
        )
    return found


def _chosen_label(y_true: Any, y_pred: Any, labels: Any, pos_label: Any, average: str | None) -> Any:
    """For `average="binary"` the label that counts."""
    if average != "binary":
        return labels
    true, predicted, kind = _pair(y_true, y_pred)
    if kind != "binary":
        options = [None, "micro", "macro", "weighted"]
        if kind != "multiclass":
            options.append("samples")
        raise ValueError(f"Target is {kind} but average='binary'. Please choose another average setting, one of {options}.")
    present = _labels(true, predicted).tolist()
    if pos_label not in present:
        if len(present) >= 2:
            raise ValueError(f"pos_label={pos_label} is not a valid label. It should be one of {present}")
    return [pos_label]


def precision_recall_fscore_support(
    y_true: Any,
    y_pred: Any,
    *,
    beta: float = 1.0,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = None,
    warn_for: Any = ("precision", "recall", "f-score"),
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> tuple[Any, Any, Any, Any]:
    """Precision, recall, F-score and size of each label, or their average."""
    if average not in (None, "micro", "macro", "weighted", "samples", "binary"):
        raise ValueError(f"average has to be one of (None, 'micro', 'macro', 'weighted', 'samples', 'binary'), not {average!r}")
    if average == "samples":
        raise ValueError("Samplewise metrics are not available outside of multilabel classification.")
    chosen = _chosen_label(y_true, y_pred, labels, pos_label, average)
    both, got, has, _ = _sums(y_true, y_pred, chosen, sample_weight)
    if average == "micro":
        both, got, has = (np.array([each.sum()]) for each in (both, got, has))
    arguments = (average, zero_division, warn_for)
    precision = _divided(both, got, "Precision", " predicted", *arguments)
    recall = _divided(both, has, "Recall", " true", *arguments)
    square = beta**2
    if np.isposinf(beta):
        score = recall
    else:
        score = _divided((1 + square) * both, square * has + got, "F-score", "", *arguments)
    if average is None:
        return precision, recall, score, has
    shares = has if average == "weighted" else None
    if shares is not None and not shares.any():
        shares = None
    means = [float(np.average(each, weights=shares)) for each in (precision, recall, score)]
    return means[0], means[1], means[2], None


def _one(place: int, name: str, y_true: Any, y_pred: Any, **options: Any) -> Any:
    return precision_recall_fscore_support(y_true, y_pred, warn_for=(name,), **options)[place]


def precision_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The share of the rows with a predicted label that have it."""
    options = {"labels": labels, "pos_label": pos_label, "average": average, "sample_weight": sample_weight}
    return _one(0, "precision", y_true, y_pred, zero_division=zero_division, **options)


def recall_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The share of the rows with a label that were predicted so."""
    options = {"labels": labels, "pos_label": pos_label, "average": average, "sample_weight": sample_weight}
    return _one(1, "recall", y_true, y_pred, zero_division=zero_division, **options)


def f1_score(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    pos_label: Any = 1,
    average: str | None = "binary",
    sample_weight: Any = None,
    zero_division: Any = "warn",
) -> Any:
    """The harmonic mean of precision and recall."""
    options = {"labels": labels, "pos_label": pos_label, "average": average, "sample_weight": sample_weight}
    return _one(2, "f-score", y_true, y_pred, zero_division=zero_division, **options)


def balanced_accuracy_score(y_true: Any, y_pred: Any, *, sample_weight: Any = None, adjusted: bool = False) -> float:
    """The mean of the recalls of the labels."""
    table = confusion_matrix(y_true, y_pred, sample_weight=sample_weight)
    with np.errstate(divide="ignore", invalid="ignore"):
        recalls = np.diag(table) / table.sum(axis=1)
    if np.isnan(recalls).any():
        warn(UserWarning, "y_pred contains classes not in y_true")
        recalls = recalls[~np.isnan(recalls)]
    score = float(np.mean(recalls))
    chance = 1 / len(recalls)
    return (score - chance) / (1 - chance) if adjusted else score


def matthews_corrcoef(y_true: Any, y_pred: Any, *, sample_weight: Any = None) -> float:
    """The correlation of true and predicted labels."""
    table = confusion_matrix(y_true, y_pred, sample_weight=sample_weight).astype(np.float64)
    has, got = table.sum(axis=1), table.sum(axis=0)
    total, right = table.sum(), np.trace(table)
    joint = right * total - has @ got
    spread = (total**2 - got @ got) * (total**2 - has @ has)
    return 0.0 if spread == 0 else float(joint / np.sqrt(spread))


def log_loss(
    y_true: Any,
    y_proba: Any = None,
    *,
    normalize: bool = True,
    sample_weight: Any = None,
    labels: Any = None,
    y_pred: Any = None,
) -> float:
    """The mean of the negative logarithms of the chances that the true labels got."""
    chances = np.asarray(y_pred if y_proba is None else y_proba, np.float64)
    true = np.asarray(y_true).reshape(-1)
    same_length(true, chances)
    if (chances < 0).any() or (chances > 1).any():
        outside = chances.min() if (chances < 0).any() else chances.max()
        raise ValueError(f"y_prob contains values {'lower than 0' if outside < 0 else 'greater than 1'}: {outside}")
    known = _labels(true) if labels is None else np.array(sorted(set(np.asarray(labels).tolist())))
    if len(known) == 1:
        if labels is None:
            raise ValueError(
                f"y_true contains only one label ({known[0]}). Please provide the list of all expected class labels explicitly through "
                "the labels argument."
            )
        raise ValueError(f"The labels array needs to contain at least two labels for log_loss, got {known}.")
    if chances.ndim == 1:
        chances = chances[:, None]
    if chances.shape[1] == 1:
        chances = np.append(1 - chances, chances, axis=1)
    if len(known) != chances.shape[1]:
        raise ValueError(f"The number of classes in labels is different from that in y_pred. Classes found in labels: {known}")
    smallest = np.finfo(np.float64).eps
    chances = np.clip(chances, smallest, 1 - smallest)
    totals = chances.sum(axis=1)
    if not np.isclose(totals, 1, rtol=float(np.sqrt(smallest))).all():
        warn(UserWarning, "The y_prob values do not sum to one. Make sure to pass probabilities.")
    own = chances[np.arange(len(true)), _codes(true, known)]
    losses = -np.log(own)
    weights = as_weights(sample_weight, len(true), "", positive=False)
    if normalize:
        return float(np.average(losses, weights=weights))
    return float(losses.sum() if weights is None else losses @ weights)


def classification_report(
    y_true: Any,
    y_pred: Any,
    *,
    labels: Any = None,
    target_names: Any = None,
    sample_weight: Any = None,
    digits: int = 2,
    output_dict: bool = False,
    zero_division: Any = "warn",
) -> Any:
    """A text, or with `output_dict` a dict, with precision, recall, F-score and size of each label and their averages."""
    true, predicted, kind = _pair(y_true, y_pred)
    present = np.arange(true.shape[1]) if kind == "multilabel-indicator" else _labels(true, predicted)
    known = present if labels is None else np.asarray(labels)
    whole = kind != "multilabel-indicator" and (labels is None or set(known.tolist()) >= set(present.tolist()))
    if target_names is not None and len(known) != len(target_names):
        if labels is None:
            raise ValueError(
                f"Number of classes, {len(known)}, does not match size of target_names, {len(target_names)}. Try specifying the labels parameter"
            )
        warn(UserWarning, f"labels size, {len(known)}, does not match size of target_names, {len(target_names)}")
    names = [str(each) for each in (known.tolist() if target_names is None else target_names)]
    options = {"labels": known, "sample_weight": sample_weight, "zero_division": zero_division}
    columns = precision_recall_fscore_support(true, predicted, average=None, **options)
    rows = list(zip(names, *columns, strict=False))
    total = columns[3].sum()
    means = {}
    for average in ("micro", "macro", "weighted"):
        found = precision_recall_fscore_support(true, predicted, average=average, **options)
        means[average] = (*found[:3], total)
    micro = "accuracy" if whole else "micro avg"
    averages = [(micro, means["micro"]), ("macro avg", means["macro"]), ("weighted avg", means["weighted"])]
    if output_dict:
        headers = ("precision", "recall", "f1-score", "support")
        report: dict[str, Any] = {name: dict(zip(headers, map(float, values), strict=True)) for name, *values in rows}
        for name, values in averages:
            report[name] = dict(zip(headers, map(float, values), strict=True))
        if "accuracy" in report:
            report["accuracy"] = report["accuracy"]["precision"]
        return report
    width = max([len(name) for name in names] + [len("weighted avg"), digits])
    text = f"{'':>{width}s} " + "".join(f" {each:>9}" for each in ("precision", "recall", "f1-score", "support")) + "\n\n"

    def line(name: str, values: Any) -> str:
        return f"{name:>{width}s} " + "".join(f" {each:>9.{digits}f}" for each in values[:3]) + f" {values[3]:>9}\n"

    text += "".join(line(name, values) for name, *values in rows) + "\n"
    for name, values in averages:
        if name == "accuracy":
            text += f"{name:>{width}s} " + f" {'':>9}" * 2 + f" {values[2]:>9.{digits}f} {values[3]:>9}\n"
        else:
            text += line(name, values)
    return text
