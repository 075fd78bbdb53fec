"""Labels and their numbers: sorted classes, weights of classes, kinds of targets."""

from __future__ import annotations

from typing import Any

import numpy as np


def encoded(y: Any) -> tuple[Any, Any]:
    """The sorted labels, and for each row the place of its label among them. Raises TypeError for a mixture of texts and numbers."""
    if y.dtype == object:
        try:
            classes = np.array(sorted(set(y.tolist())), dtype=object)
        except TypeError:
            kinds = sorted({type(each).__qualname__ for each in y.tolist()})
            raise TypeError(
                f"Encoders require their input argument must be uniformly strings or numbers. Got {kinds}"
            ) from None
        places = {label: place for place, label in enumerate(classes.tolist())}
        return classes, np.array([places[label] for label in y.tolist()], np.int64)
    classes, codes = np.unique(y, return_inverse=True)
    return classes, codes.reshape(-1).astype(np.int64)


def kind_of_target(y: Any) -> str:
    """scikit-learn's name for what a target holds: binary, multiclass, continuous, with -multioutput or multilabel-indicator for tables."""
    found = np.asarray(y)
    if found.ndim > 2 or (found.ndim == 0):
        return "unknown"
    if found.dtype == object and found.size and not isinstance(found.flat[0], str):
        return "unknown"
    several = found.ndim == 2 and found.shape[1] > 1
    if several and found.dtype.kind in "biuf":
        values = np.unique(found)
        if len(values) <= 2 and np.isin(values, (0, 1)).all():
            return "multilabel-indicator"
    if found.dtype.kind == "f":
        finite = found[np.isfinite(found)]
        if (finite != finite.astype(np.int64)).any():
            return "continuous-multioutput" if several else "continuous"
    many = len(set(found.ravel().tolist())) > 2
    if several:
        return "multiclass-multioutput"
    return "multiclass" if many else "binary"


def require_classes(y: Any) -> None:
    """Raises ValueError for numbers that are no labels."""
    kind = kind_of_target(y)
    if kind not in ("binary", "multiclass"):
        raise ValueError(
            f"Unknown label type: {kind}. Maybe you are trying to fit a classifier, which expects discrete classes on a regression target "
            "with continuous values."
        )


def class_weights(rule: Any, classes: Any, codes: Any, weights: Any = None) -> Any:
    """The weight of each class. Raises ValueError for a dict with labels that there are not."""
    if rule is None:
        return np.ones(len(classes))
    if isinstance(rule, str):
        counts = np.bincount(codes, weights=weights, minlength=len(classes))
        total = len(codes) if weights is None else counts.sum()
        with np.errstate(divide="ignore"):
            return total / (len(classes) * counts)
    found = np.ones(len(classes))
    labels = classes.tolist()
    missing = [label for label in labels if label not in rule]
    for place, label in enumerate(labels):
        found[place] = rule.get(label, 1.0)
    if missing and len(labels) - len(missing) != len(rule):
        raise ValueError(f"The classes, {missing}, are not in class_weight")
    return found
