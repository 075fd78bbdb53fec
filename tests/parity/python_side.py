"""The numbers that scikit-learn gives for the rows of `engine/batuta-rt/examples/parity.rs`, in the same order.

Each function returns a flat list of floats. The data and parameters are those of the Rust side.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from sklearn import (
    cluster,
    datasets,
    decomposition,
    ensemble,
    linear_model,
    metrics,
    model_selection,
    naive_bayes,
    neighbors,
    preprocessing,
    tree,
)

Numbers = list[float]


def _flat(*parts: Any) -> Numbers:
    return [float(value) for part in parts for value in np.ravel(part)]


def _line(model: Any, X: Any, predictions: bool) -> Numbers:
    return _flat(model.coef_, model.intercept_, model.predict(X) if predictions else [])


def rows() -> Iterator[tuple[str, Callable[[], Numbers]]]:
    """Entry name and what computes its numbers."""
    warnings.simplefilter("ignore")
    iris, cancer, diabetes = datasets.load_iris(), datasets.load_breast_cancer(), datasets.load_diabetes()
    X, y = diabetes.data, diabetes.target
    scaled = preprocessing.StandardScaler().fit_transform(cancer.data)
    module = "sklearn.linear_model."
    yield module + "LinearRegression", lambda: _line(linear_model.LinearRegression().fit(X, y), X, True)
    yield module + "Ridge", lambda: _line(linear_model.Ridge(alpha=0.5).fit(X, y), X, True)
    yield module + "Lasso", lambda: _line(linear_model.Lasso(alpha=0.1).fit(X, y), X, False)
    yield module + "ElasticNet", lambda: _line(linear_model.ElasticNet(alpha=0.01, l1_ratio=0.7).fit(X, y), X, False)

    def logistic() -> Numbers:
        model = linear_model.LogisticRegression().fit(scaled, cancer.target)
        return _flat(model.coef_, model.intercept_, model.predict_proba(scaled))

    yield module + "LogisticRegression", logistic
    module = "sklearn.preprocessing."
    for name in ("StandardScaler", "MinMaxScaler", "MaxAbsScaler", "RobustScaler", "Normalizer"):
        yield module + name, lambda name=name: _flat(getattr(preprocessing, name)().fit_transform(X))
    yield module + "PolynomialFeatures", lambda: _flat(preprocessing.PolynomialFeatures().fit_transform(iris.data))
    yield module + "OrdinalEncoder", lambda: _flat(preprocessing.OrdinalEncoder().fit_transform(iris.data))
    yield module + "OneHotEncoder", lambda: _flat(preprocessing.OneHotEncoder(sparse_output=False).fit_transform(iris.data))
    yield module + "LabelEncoder", lambda: _flat(preprocessing.LabelEncoder().fit_transform(["red", "green", "blue", "green"]))

    def fitted(model: Any, X: Any, y: Any, method: str) -> Numbers:
        model.fit(X, y)
        return _flat(model.feature_importances_, getattr(model, method)(X))

    yield (
        "sklearn.tree.DecisionTreeClassifier",
        lambda: fitted(tree.DecisionTreeClassifier(random_state=0), cancer.data, cancer.target, "predict"),
    )
    yield (
        "sklearn.tree.DecisionTreeRegressor",
        lambda: fitted(tree.DecisionTreeRegressor(random_state=0, max_depth=6), X, y, "predict"),
    )
    yield (
        "sklearn.ensemble.RandomForestClassifier",
        lambda: fitted(
            ensemble.RandomForestClassifier(n_estimators=20, random_state=42), cancer.data, cancer.target, "predict_proba"
        ),
    )
    yield (
        "sklearn.ensemble.RandomForestRegressor",
        lambda: fitted(ensemble.RandomForestRegressor(n_estimators=20, random_state=42), X, y, "predict"),
    )

    def boosted() -> Numbers:
        model = ensemble.GradientBoostingClassifier(n_estimators=20, random_state=0).fit(cancer.data, cancer.target)
        return _flat(model.predict(cancer.data), model.predict_proba(cancer.data))

    yield "sklearn.ensemble.GradientBoostingClassifier", boosted

    def means() -> Numbers:
        model = cluster.KMeans(n_clusters=3, n_init=10, random_state=42).fit(iris.data)
        return _flat(model.inertia_, model.labels_, model.cluster_centers_)

    yield "sklearn.cluster.KMeans", means
    yield "sklearn.cluster.DBSCAN", lambda: _flat(cluster.DBSCAN().fit_predict(iris.data))
    module = "sklearn.neighbors."
    yield (
        module + "KNeighborsClassifier",
        lambda: _flat(neighbors.KNeighborsClassifier().fit(scaled, cancer.target).predict_proba(scaled)),
    )
    yield (
        module + "KNeighborsRegressor",
        lambda: _flat(neighbors.KNeighborsRegressor(weights="distance").fit(X[:300], y[:300]).predict(X[300:])),
    )
    yield (
        "sklearn.naive_bayes.GaussianNB",
        lambda: _flat(naive_bayes.GaussianNB().fit(iris.data, iris.target).predict_proba(iris.data)),
    )

    def components() -> Numbers:
        model = decomposition.PCA(n_components=2).fit(iris.data)
        return _flat(model.explained_variance_ratio_, model.transform(iris.data))

    yield "sklearn.decomposition.PCA", components
    module = "sklearn.model_selection."

    def split() -> Numbers:
        train, test, _, labels = model_selection.train_test_split(iris.data, iris.target, test_size=0.2, random_state=42)
        return _flat(train, test, labels)

    yield module + "train_test_split", split
    yield module + "KFold", lambda: _flat(list(model_selection.KFold(5, shuffle=True, random_state=3).split(iris.data))[2][1])
    yield (
        module + "StratifiedKFold",
        lambda: _flat(
            list(model_selection.StratifiedKFold(5, shuffle=True, random_state=3).split(iris.data, iris.target))[2][1]
        ),
    )
    yield (
        module + "cross_val_score",
        lambda: _flat(model_selection.cross_val_score(linear_model.Ridge(), X, y, scoring="r2", cv=5)),
    )
    yield (
        module + "GridSearchCV",
        lambda: _flat(model_selection.GridSearchCV(linear_model.Ridge(), {"alpha": [0.1, 1.0, 10.0]}).fit(X, y).best_score_),
    )
    module = "sklearn.datasets."
    blobs, labels = datasets.make_blobs(200, 3, centers=4, cluster_std=1.3, random_state=7)
    yield module + "make_blobs", lambda: _flat(blobs, labels)
    yield module + "make_moons", lambda: _flat(*datasets.make_moons(100, noise=0.1, random_state=3))
    yield module + "make_circles", lambda: _flat(*datasets.make_circles(100, noise=0.1, random_state=3, factor=0.5))
    yield module + "make_classification", lambda: _flat(*datasets.make_classification(200, 20, random_state=3))
    yield module + "make_regression", lambda: _flat(*datasets.make_regression(100, 5, noise=3.0, random_state=3))
    yield "sklearn.metrics.silhouette_score", lambda: _flat(metrics.silhouette_score(blobs, labels))


def tree_labels() -> Numbers:
    """The labels that a full tree gives to iris: the aprender row of DecisionTreeClassifier."""
    iris = datasets.load_iris()
    return _flat(tree.DecisionTreeClassifier(random_state=0).fit(iris.data, iris.target).predict(iris.data))


def forest_accuracies() -> Numbers:
    """Accuracy of the iris pipeline over 30 seeds of split and forest."""
    iris = datasets.load_iris()
    X = preprocessing.StandardScaler().fit_transform(iris.data)
    found = []
    for seed in range(30):
        train, test, known, labels = model_selection.train_test_split(X, iris.target, test_size=0.2, random_state=seed)
        found.append(float(ensemble.RandomForestClassifier(random_state=seed).fit(train, known).score(test, labels)))
    return found


def means_inertias() -> Numbers:
    """Inertia of overlapping clusters over 30 seeds."""
    X, _ = datasets.make_blobs(300, 4, centers=5, cluster_std=2.5, random_state=11)
    return [float(cluster.KMeans(n_clusters=5, n_init=10, random_state=seed).fit(X).inertia_) for seed in range(30)]
