"""Scores of predictions and groupings, with scikit-learn's names and numbers."""

from __future__ import annotations

from batuta_engine.metrics.classification import (
    accuracy_score,
    balanced_accuracy_score,
    classification_report,
    confusion_matrix,
    f1_score,
    log_loss,
    matthews_corrcoef,
    precision_recall_fscore_support,
    precision_score,
    recall_score,
)
from batuta_engine.metrics.grouping import adjusted_rand_score, silhouette_samples, silhouette_score
from batuta_engine.metrics.ranking import auc, roc_auc_score, roc_curve
from batuta_engine.metrics.regression import (
    explained_variance_score,
    max_error,
    mean_absolute_error,
    mean_absolute_percentage_error,
    mean_squared_error,
    median_absolute_error,
    r2_score,
    root_mean_squared_error,
)

__all__ = [
    "accuracy_score",
    "adjusted_rand_score",
    "auc",
    "balanced_accuracy_score",
    "classification_report",
    "confusion_matrix",
    "explained_variance_score",
    "f1_score",
    "log_loss",
    "matthews_corrcoef",
    "max_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_error",
    "median_absolute_error",
    "precision_recall_fscore_support",
    "precision_score",
    "r2_score",
    "recall_score",
    "roc_auc_score",
    "roc_curve",
    "root_mean_squared_error",
    "silhouette_samples",
    "silhouette_score",
]
