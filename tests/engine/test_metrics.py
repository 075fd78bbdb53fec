"""Scores are scikit-learn's, for labels of every kind, with weights and without."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
import sklearn.metrics as theirs
from hypothesis import given, settings
from hypothesis import strategies as st

import batuta_engine.metrics as ours

REGRESSION = (
    "mean_squared_error",
    "root_mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "median_absolute_error",
    "r2_score",
    "explained_variance_score",
)


def same(mine: Any, other: Any) -> None:
    """Equal texts and dicts, equal shapes, numbers within 1e-12."""
    if isinstance(other, tuple):
        for one, two in zip(mine, other, strict=True):
            same(one, two)
    elif other is None or isinstance(other, (str, dict)):
        assert mine == other
    else:
        assert np.shape(mine) == np.shape(other)
        np.testing.assert_allclose(mine, other, rtol=1e-12, atol=1e-12)


def both(name: str, *arguments: Any, **options: Any) -> None:
    """The same numbers, or the same class of error, from both sides; the same warnings."""
    found = []
    for module in (ours, theirs):
        with warnings.catch_warnings(record=True) as raised:
            warnings.simplefilter("always")
            try:
                value = getattr(module, name)(*arguments, **options)
            except ValueError as problem:
                value = type(problem)
        found.append((value, [str(each.message) for each in raised]))
    (mine, my_warnings), (other, their_warnings) = found
    assert isinstance(mine, type) == isinstance(other, type), (mine, other)
    if not isinstance(mine, type):
        same(mine, other)
        assert my_warnings == their_warnings


@pytest.mark.parametrize("texts", [False, True])
@pytest.mark.parametrize("classes", [2, 3, 5])
def test_labels(classes: int, texts: bool) -> None:
    random = np.random.RandomState(classes)
    true = random.randint(0, classes, 80)
    predicted = np.where(random.rand(80) < 0.6, true, random.randint(0, classes, 80))
    chances = random.dirichlet(np.ones(classes), 80)
    weights = random.rand(80)
    if texts:
        names = np.array(["ant", "bee", "cow", "dog", "eel"])
        true, predicted = names[true], names[predicted]
    both("adjusted_rand_score", true, predicted)
    for options in ({}, {"sample_weight": weights}):
        for name in ("accuracy_score", "balanced_accuracy_score", "matthews_corrcoef", "confusion_matrix"):
            both(name, true, predicted, **options)
        for average in ("macro", "micro", "weighted", None):
            for name in ("precision_score", "recall_score", "f1_score", "precision_recall_fscore_support"):
                both(name, true, predicted, average=average, **options)
        both("classification_report", true, predicted, digits=4, **options)
        both("classification_report", true, predicted, output_dict=True, **options)
        both("log_loss", true, chances, **options)
        if classes == 2:
            both("roc_auc_score", true, chances[:, 1], **options)
            both("roc_curve", true, chances[:, 1].round(1), pos_label=true[0], **options)
            both("f1_score", true, predicted, pos_label=true[0], **options)
        else:
            for average in ("macro", "weighted"):
                both("roc_auc_score", true, chances, multi_class="ovr", average=average, **options)
                both("roc_auc_score", true, chances, multi_class="ovo", average=average)
    for share in ("true", "pred", "all"):
        both("confusion_matrix", true, predicted, normalize=share)
    both("classification_report", true, predicted, target_names=[f"kind {at}" for at in range(classes)])
    both("classification_report", true, predicted, labels=np.unique(true)[:1])


@settings(max_examples=60, deadline=None, database=None)
@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12),
    st.sampled_from(["macro", "micro", "weighted", None, "binary"]),
    st.sampled_from(["warn", 0, 1]),
)
def test_few_labels(pairs: list[tuple[int, int]], average: str | None, division: Any) -> None:
    """Where a label is never predicted or never true, the replaced numbers and the warnings agree, too."""
    true, predicted = (list(each) for each in zip(*pairs, strict=True))
    for name in ("precision_score", "recall_score", "f1_score"):
        both(name, true, predicted, average=average, zero_division=division)
    both("accuracy_score", true, predicted, normalize=False)
    both("adjusted_rand_score", true, predicted)
    both("classification_report", true, predicted, zero_division=division)


@pytest.mark.parametrize("name", REGRESSION)
def test_numbers(name: str) -> None:
    random = np.random.RandomState(3)
    true, predicted, weights = random.randn(60, 2), random.randn(60, 2), random.rand(60)
    for shares in (None, weights):
        both(name, true[:, 0], predicted[:, 0], sample_weight=shares)
        for joined in ("raw_values", "uniform_average", [0.3, 0.7]):
            both(name, true, predicted, sample_weight=shares, multioutput=joined)
    both(name, [1, 2, 3], [3, 2, 1])
    both(name, [1.0], [2.0])
    both(name, [2.0, 2.0], [2.0, 2.0])
    both(name, [2.0, 2.0], [1.0, 3.0])
    both(name, [1.0, np.nan], [1.0, 2.0])
    both(name, [1.0, 2.0], [1.0])


def test_groupings() -> None:
    random = np.random.RandomState(4)
    rows, labels = random.randn(150, 3), random.randint(0, 4, 150)
    both("silhouette_samples", rows, labels)
    both("silhouette_score", rows, labels, sample_size=60, random_state=1)
    both("silhouette_samples", rows[:5], [0, 0, 1, 1, 2])
    both("silhouette_samples", rows[:5], [0, 0, 0, 0, 0])
    both("silhouette_samples", np.zeros((4, 2)), [0, 0, 1, 1])
    both("max_error", rows[:, 0], rows[:, 1])
