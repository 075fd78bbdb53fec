"""Splitting of rows, cross-validation and the search of parameters, with scikit-learn's names, rows and numbers."""

from __future__ import annotations

from batuta_engine.model_selection.folds import KFold, StratifiedKFold
from batuta_engine.model_selection.search import GridSearchCV, ParameterGrid
from batuta_engine.model_selection.splitting import train_test_split
from batuta_engine.model_selection.validation import cross_val_score, cross_validate

__all__ = [
    "GridSearchCV",
    "KFold",
    "ParameterGrid",
    "StratifiedKFold",
    "cross_val_score",
    "cross_validate",
    "train_test_split",
]
