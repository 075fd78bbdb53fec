"""`LabelEncoder`: numbers for labels."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Estimator
from batuta_engine.estimators.labels import encoded


def _column(y: Any) -> Any:
    """Labels as an array, whatever they are."""
    return checks.as_labels(y, "LabelEncoder")


class LabelEncoder(Estimator):
    """The place of each label among the sorted ones.

    >>> LabelEncoder().fit_transform(["b", "a", "b"]).tolist()
    [1, 0, 1]
    """

    def __init__(self) -> None:
        pass

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.two_d_array = False
        tags.target_tags.one_d_labels = True
        return tags

    def fit(self, y: Any) -> Self:
        """Learns the labels."""
        self.classes_, _ = encoded(_column(y))
        return self

    def fit_transform(self, y: Any) -> Any:
        """Learns the labels and numbers them."""
        self.classes_, codes = encoded(_column(y))
        return codes

    def transform(self, y: Any) -> Any:
        """The numbers of labels. Raises ValueError for labels that were not learnt."""
        checks.check_fitted(self)
        labels = _column(y)
        if not len(labels):
            return np.array([])
        places = {label: place for place, label in enumerate(self.classes_.tolist())}
        found = [places.get(label, -1) for label in labels.tolist()]
        if -1 in found:
            unknown = (
                [label for label in labels if label.item() not in places]
                if labels.dtype != object
                else labels[np.array(found) < 0]
            )
            # Of texts the first one is named, of numbers all.
            shown = repr(unknown[0]) if isinstance(unknown[0], str) else str(sorted(set(unknown)))
            raise ValueError(f"y contains previously unseen labels: {shown}")
        return np.array(found, np.int64)

    def inverse_transform(self, y: Any) -> Any:
        """The labels of numbers. Raises ValueError for numbers that no label has."""
        checks.check_fitted(self)
        codes = _column(y)
        if not len(codes):
            return np.array([])
        unknown = np.setdiff1d(codes, np.arange(len(self.classes_)))
        if len(unknown):
            raise ValueError(f"y contains previously unseen labels: {unknown}")
        return self.classes_[codes]
