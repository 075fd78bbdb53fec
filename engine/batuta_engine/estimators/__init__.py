"""scikit-learn's estimators with the same algorithms, the same random streams and the same numbers, in float64.

>>> from batuta_engine.estimators import LinearRegression
>>> LinearRegression().fit([[0.0], [1.0]], [1.0, 3.0]).coef_.round(9).tolist()
[2.0]
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from batuta_engine.estimators.base import clone
    from batuta_engine.estimators.dbscan import DBSCAN
    from batuta_engine.estimators.decision_tree import DecisionTreeClassifier, DecisionTreeRegressor
    from batuta_engine.estimators.elastic_net import ElasticNet, Lasso
    from batuta_engine.estimators.errors import ConvergenceWarning, InvalidParameterError, NotFittedError, UnsupportedError
    from batuta_engine.estimators.gaussian_nb import GaussianNB
    from batuta_engine.estimators.gradient_boosting import GradientBoostingClassifier
    from batuta_engine.estimators.k_means import KMeans
    from batuta_engine.estimators.label_encoder import LabelEncoder
    from batuta_engine.estimators.linear_regression import LinearRegression
    from batuta_engine.estimators.logistic_regression import LogisticRegression
    from batuta_engine.estimators.min_max_scaler import MinMaxScaler
    from batuta_engine.estimators.nearest_neighbors import KNeighborsClassifier, KNeighborsRegressor
    from batuta_engine.estimators.one_hot_encoder import OneHotEncoder
    from batuta_engine.estimators.pca import PCA
    from batuta_engine.estimators.random_forest import RandomForestClassifier, RandomForestRegressor
    from batuta_engine.estimators.ridge import Ridge
    from batuta_engine.estimators.robust_scaler import RobustScaler
    from batuta_engine.estimators.rows import fast
    from batuta_engine.estimators.standard_scaler import StandardScaler

_HOMES = {
    "ConvergenceWarning": "errors",
    "DBSCAN": "dbscan",
    "DecisionTreeClassifier": "decision_tree",
    "DecisionTreeRegressor": "decision_tree",
    "ElasticNet": "elastic_net",
    "GaussianNB": "gaussian_nb",
    "GradientBoostingClassifier": "gradient_boosting",
    "InvalidParameterError": "errors",
    "KMeans": "k_means",
    "KNeighborsClassifier": "nearest_neighbors",
    "KNeighborsRegressor": "nearest_neighbors",
    "LabelEncoder": "label_encoder",
    "Lasso": "elastic_net",
    "LinearRegression": "linear_regression",
    "LogisticRegression": "logistic_regression",
    "MinMaxScaler": "min_max_scaler",
    "NotFittedError": "errors",
    "OneHotEncoder": "one_hot_encoder",
    "PCA": "pca",
    "RandomForestClassifier": "random_forest",
    "RandomForestRegressor": "random_forest",
    "Ridge": "ridge",
    "RobustScaler": "robust_scaler",
    "StandardScaler": "standard_scaler",
    "UnsupportedError": "errors",
    "clone": "base",
    "fast": "rows",
}

__all__ = [
    "DBSCAN",
    "PCA",
    "ConvergenceWarning",
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "ElasticNet",
    "GaussianNB",
    "GradientBoostingClassifier",
    "InvalidParameterError",
    "KMeans",
    "KNeighborsClassifier",
    "KNeighborsRegressor",
    "LabelEncoder",
    "Lasso",
    "LinearRegression",
    "LogisticRegression",
    "MinMaxScaler",
    "NotFittedError",
    "OneHotEncoder",
    "RandomForestClassifier",
    "RandomForestRegressor",
    "Ridge",
    "RobustScaler",
    "StandardScaler",
    "UnsupportedError",
    "clone",
    "fast",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"batuta_engine.estimators.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
