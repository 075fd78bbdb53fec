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

TREE_CHOICES: list[dict[str, Any]] = [
    {},
    {"max_depth": 3, "max_features": 2},
    {"min_samples_leaf": 5, "min_samples_split": 0.1},
    {"max_leaf_nodes": 7},
    {"splitter": "random"},
    {"min_weight_fraction_leaf": 0.05, "max_leaf_nodes": 20, "min_impurity_decrease": 0.001},
]
TREES = [
    *[
        Case("tree", "DecisionTreeClassifier", source, {"random_state": 3, **options}, weighted, 1e-15)
        for source in ("iris", "cancer", "repeated")
        for options in (*TREE_CHOICES, {"criterion": "entropy", "class_weight": "balanced"}, {"ccp_alpha": 0.01})
        for weighted in (False, True)
    ],
    *[
        Case("tree", "DecisionTreeRegressor", source, {"random_state": 4, **options}, weighted, 1e-15)
        for source in ("diabetes", "repeated", "column")
        for options in (*TREE_CHOICES, {"ccp_alpha": 0.05})
        for weighted in (False, True)
    ],
    *[
        Case("ensemble", "RandomForestClassifier", source, {"n_estimators": 12, "random_state": 5, **options}, weighted, 1e-14)
        for source in ("iris", "repeated")
        for options in (
            {},
            {"max_depth": 3, "oob_score": True},
            {"bootstrap": False},
            {"max_samples": 0.33},
            {"class_weight": "balanced"},
            {"class_weight": "balanced_subsample"},
            {"max_leaf_nodes": 9, "criterion": "log_loss"},
        )
        for weighted in (False, True)
    ],
    *[
        Case(
            "ensemble", "RandomForestRegressor", "diabetes", {"n_estimators": 8, "random_state": 6, **options}, weighted, 1e-12
        )
        for options in ({}, {"max_depth": 4, "oob_score": True}, {"max_samples": 100, "max_features": "sqrt"})
        for weighted in (False, True)
    ],
]
BOOSTING = [
    Case("ensemble", "GradientBoostingClassifier", source, {"n_estimators": 15, "random_state": 1, **options}, weighted)
    for source in ("iris", "cancer")
    for options in (
        {},
        {"subsample": 0.6, "max_features": 2},
        {"n_iter_no_change": 2, "tol": 0.01, "learning_rate": 0.5},
        {"init": "zero", "max_leaf_nodes": 4, "min_samples_leaf": 3},
        {"ccp_alpha": 0.005},
    )
    for weighted in (False, True)
] + [Case("ensemble", "GradientBoostingClassifier", "cancer", {"loss": "exponential", "n_estimators": 10, "random_state": 2})]

GROUPS = [
    *[
        Case("cluster", "KMeans", source, {"n_clusters": count, "random_state": 0, **options}, weighted)
        for source, count in (("blobs", 6), ("iris", 3), ("repeated", 9), ("wide", 5))
        for options in ({}, {"n_init": 4}, {"init": "random"}, {"max_iter": 2})
        for weighted in (False, True)
    ],
    *[
        Case("cluster", "DBSCAN", source, {"eps": eps, "min_samples": count}, tolerance=0.0)
        for source, eps, count in (
            ("moons", 0.15, 5),
            ("moons", 0.1, 12),
            ("blobs", 1.0, 4),
            ("iris", 0.5, 5),
            ("grid", 0.1, 4),
            ("grid", 0.3, 20),
            ("grid", 1e-7, 1),
            ("cancer", 3.0, 10),
            ("column", 0.02, 3),
        )
    ],
    Case("cluster", "DBSCAN", "moons", {"eps": 0.2, "min_samples": 6}, weighted=True, tolerance=0.0),
]
OTHERS = [
    *[
        Case("neighbors", name, source, {"n_neighbors": count, **options})
        for name, source in (
            ("KNeighborsClassifier", "iris"),
            ("KNeighborsClassifier", "repeated"),
            ("KNeighborsClassifier", "grid"),
            ("KNeighborsRegressor", "diabetes"),
            ("KNeighborsRegressor", "several"),
        )
        for count in (1, 4, 25)
        for options in ({}, {"weights": "distance"}, {"p": 1}, {"metric": "chebyshev"}, {"p": 3.5})
    ],
    Case("neighbors", "KNeighborsClassifier", "cancer", {"n_neighbors": 7}),
    Case("neighbors", "KNeighborsRegressor", "wide", {"n_neighbors": 3, "algorithm": "brute"}),
    *[
        Case("naive_bayes", "GaussianNB", source, options, weighted, 1e-12)
        for source in ("iris", "cancer", "repeated")
        for options in ({}, {"var_smoothing": 1e-3})
        for weighted in (False, True)
    ],
    Case("naive_bayes", "GaussianNB", "iris", {"priors": [0.2, 0.3, 0.5]}),
    *[
        Case("decomposition", "PCA", source, options, tolerance=1e-10)
        for source in ("iris", "cancer", "wide", "several")
        for options in ({}, {"n_components": 2, "whiten": True}, {"n_components": 0.9}, {"svd_solver": "full"})
    ],
]

SAMPLE = 3


def _sampled(cases: list[Case]) -> list[Case]:
    """All cases; of an estimator with many of them every third is part of the sample that a change must pass."""
    seen: dict[str, int] = {}
    found = []
    for case in cases:
        place = seen[case.name] = seen.get(case.name, -1) + 1
        found.append(case._replace(only_everything=place % SAMPLE != 0 and place > SAMPLE))
    return found


CASES = _sampled([*PREPROCESSING, *LINEAR, *TREES, *BOOSTING, *GROUPS, *OTHERS])
