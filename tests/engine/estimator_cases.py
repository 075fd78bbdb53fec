"""Estimators with parameters and data, each compared with scikit-learn's estimator of the same name."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from sklearn import datasets


class Case(NamedTuple):
    """One fit."""

    module: str
    """scikit-learn's module."""
    name: str
    data: str
    options: dict[str, Any] = {}
    weighted: bool = False
    tolerance: float = 1e-9
    """Zero: equal bits."""
    only_everything: bool = False


def data(name: str) -> tuple[Any, Any]:
    """Rows and targets."""
    random = np.random.RandomState(7)
    if name == "iris":
        return datasets.load_iris(return_X_y=True)
    if name == "cancer":
        x, y = datasets.load_breast_cancer(return_X_y=True)
        return (x - x.mean(axis=0)) / x.std(axis=0), np.array(["bad", "good"])[y]
    if name == "diabetes":
        return datasets.load_diabetes(return_X_y=True)
    if name == "wine":
        return datasets.load_wine(return_X_y=True)
    if name == "several":
        x = random.randn(60, 4)
        return x, x @ random.randn(4, 3) + random.randn(60, 3)
    if name == "wide":
        return random.randn(12, 30), random.randn(12)
    if name == "dependent":
        x = random.randn(40, 3)
        return np.hstack([x, x[:, :1] + x[:, 1:2]]), random.randn(40)
    if name == "column":
        return random.randn(300, 1), random.randn(300)
    if name == "gaps":
        x = random.randn(70, 3)
        x[random.rand(70, 3) < 0.2] = np.nan
        return x, random.randn(70)
    if name == "grid":
        # Many rows are equally far from each other.
        x = np.stack(np.meshgrid(np.arange(9), np.arange(8)), -1).reshape(-1, 2) / 10
        return x, random.randint(0, 3, 72)
    if name == "repeated":
        x = random.randint(0, 4, (90, 5)).astype(float)
        return x, random.randint(0, 2, 90)
    if name == "blobs":
        return datasets.make_blobs(400, centers=6, n_features=3, random_state=3)
    if name == "moons":
        return datasets.make_moons(300, noise=0.08, random_state=1)
    raise KeyError(name)


PREPROCESSING = [
    Case("preprocessing", name, source, tolerance=0.0, options=options)
    for name, choices in {
        "StandardScaler": [{}, {"with_mean": False}, {"with_std": False}],
        "MinMaxScaler": [{}, {"feature_range": (-2, 3)}, {"clip": True}],
        "RobustScaler": [{}, {"quantile_range": (10.0, 80.0), "unit_variance": True}, {"with_centering": False}],
    }.items()
    for options in choices
    for source in ("iris", "cancer", "column", "gaps", "repeated")
]

LINEAR = [
    *[Case("linear_model", "LinearRegression", each, tolerance=1e-12) for each in ("diabetes", "several", "wide", "dependent")],
    Case("linear_model", "LinearRegression", "diabetes", {"fit_intercept": False}, weighted=True),
    Case("linear_model", "LinearRegression", "diabetes", {"positive": True}),
    *[Case("linear_model", "Ridge", each, tolerance=1e-12) for each in ("diabetes", "several", "wide", "dependent")],
    Case("linear_model", "Ridge", "diabetes", {"alpha": 0.01}, weighted=True),
    Case("linear_model", "Ridge", "several", {"alpha": [0.1, 1.0, 10.0]}),
    Case("linear_model", "Ridge", "dependent", {"alpha": 0.0}, tolerance=1e-6),
    Case("linear_model", "Ridge", "diabetes", {"solver": "svd", "fit_intercept": False}),
    *[Case("linear_model", "Lasso", "diabetes", {"alpha": alpha}) for alpha in (1e-4, 0.1, 1.0, 100.0)],
    *[Case("linear_model", "ElasticNet", "diabetes", {"alpha": 0.01, "l1_ratio": share}) for share in (0.1, 0.5, 1.0)],
    Case("linear_model", "Lasso", "wide", {"alpha": 0.05}),
    Case("linear_model", "Lasso", "wide", {"alpha": 0.001, "max_iter": 7}),
    Case("linear_model", "ElasticNet", "several", {"alpha": 0.1}),
    Case("linear_model", "ElasticNet", "diabetes", {"alpha": 0.1, "positive": True}, weighted=True),
    Case("linear_model", "Lasso", "diabetes", {"alpha": 0.1, "fit_intercept": False, "tol": 1e-8}),
    *[
        Case("linear_model", "LogisticRegression", source, {"max_iter": 300, **options})
        for source in ("iris", "cancer", "repeated")
        for options in ({}, {"C": 0.05, "class_weight": "balanced"}, {"fit_intercept": False, "tol": 1e-8})
    ],
    Case("linear_model", "LogisticRegression", "iris", {"max_iter": 7, "class_weight": {0: 2.0, 1: 0.5}}, weighted=True),
    Case("linear_model", "LogisticRegression", "wine", {"max_iter": 60}),
]

CASES = [*PREPROCESSING, *LINEAR]
