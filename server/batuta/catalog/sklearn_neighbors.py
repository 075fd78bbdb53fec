"""The module `sklearn.neighbors`.

## Before
    knn = KNeighborsClassifier(n_neighbors=3).fit(X, y)
## After
    let knn = sklearn::KNeighborsClassifier::new().n_neighbors(3).fit(&x, &y);
## Same numbers
    equal, also of rows at the same distance: the same k-d tree is walked in the same order
## Not handled
    metrics beyond the Minkowski family, weights as a function
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    CLUSTERER,
    EXACT,
    ML,
    REGRESSOR,
    SOLVED,
    attribute,
    classifier_methods,
    clusterer_methods,
    constructor,
    estimator_class,
    method,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Call, Entry, Parity, Refusal, Shelf
from batuta.ir.types import parse_type

_MODULE = "sklearn.neighbors"
_SIGNATURE = (
    "(n_neighbors: int = 5, *, weights: str = 'uniform', algorithm: str = 'auto', leaf_size: Any = 30, p: float = 2, "
    "metric: str = 'minkowski', metric_params: Any = None, n_jobs: Any = None)"
)
_USED = {"algorithm": "", "n_neighbors": "", "weights": "", "p": "", "metric": ""}
_IGNORED = ("n_jobs",)
_METRICS = ("minkowski", "euclidean", "l2", "manhattan", "cityblock", "l1", "chebyshev")


def _check(call: Call) -> None:
    if call.constant("algorithm", default=NotImplemented) not in ("auto", "brute", "kd_tree"):
        raise Refusal("BAT103", f"`algorithm={call.source('algorithm')}` is not translated", "Leave it out.")
    metric = call.constant("metric", default=None)
    if isinstance(metric, str) and metric not in _METRICS:
        raise Refusal("BAT103", f"`metric={metric!r}` is not translated", f"Use one of {', '.join(_METRICS)}.")


_DATA = "import numpy as np\nX = np.array([[1.0, 1.5], [2.0, 2.2], [3.0, 1.0], [6.0, 5.0], [7.0, 7.5], [8.0, 6.1]])\n"

_NEAREST = f"{_MODULE}.NearestNeighbors"
_CENTROID = f"{_MODULE}.NearestCentroid"
_FACTOR = f"{_MODULE}.LocalOutlierFactor"
_DENSITY = f"{_MODULE}.KernelDensity"


def _density() -> tuple[Entry, ...]:
    me, rows = f'self: "{_DENSITY}"', "X: arraylike[float64, 2]"
    return (
        constructor(
            _DENSITY,
            "(*, bandwidth: float | str = 1.0, algorithm: Any = 'auto', kernel: str = 'gaussian', metric: str = 'euclidean', atol: Any = 0, "
            "rtol: Any = 1e-08, breadth_first: Any = True, leaf_size: Any = 40, metric_params: None = None)",
            used={"bandwidth": "variant", "kernel": "", "metric": ""},
            ignored=("algorithm", "breadth_first", "leaf_size"),
            values={
                "kernel": ("gaussian", "tophat", "epanechnikov", "exponential", "linear", "cosine"),
                "metric": ("euclidean", "manhattan", "chebyshev", "minkowski", "l2", "l1", "p", "cityblock"),
            },
            parity=Parity("close", 1e-8, caveat="scikit-learn stops adding where a relative error of 1e-8 is reached"),
            case=(
                "import numpy as np\nfrom sklearn.model_selection import GridSearchCV\nfrom sklearn.neighbors import KernelDensity\nrng = np.random.RandomState(0)\n"
                "X = np.concatenate([rng.normal(0, 1, 30), rng.normal(5, 0.5, 20)])[:, None]\ngrid = np.linspace(-2, 6, 5)[:, None]\n"
                "for kernel in ('gaussian', 'tophat', 'epanechnikov', 'exponential', 'linear', 'cosine'):\n"
                "    model = KernelDensity(kernel=kernel, bandwidth=0.75).fit(X)\n"
                "    print(kernel, np.round(np.exp(model.score_samples(grid)), 6), round(model.score(X), 4))\n"
                "two = rng.normal(size=(20, 2))\n"
                "for rule in ('scott', 'silverman'):\n    own = KernelDensity(bandwidth=rule).fit(two)\n    print(round(own.bandwidth_, 8), own.score_samples(two[:2]).round(6))\n"
                "print(KernelDensity(bandwidth=0.3).fit(two).sample(3, random_state=0).round(6), KernelDensity(kernel='cosine').fit(two).score_samples(two[:1] + 3).round(5))\n"
                "search = GridSearchCV(KernelDensity(), {'bandwidth': [0.2, 0.5, 1.0]}, cv=5).fit(X)\nprint(search.best_params_, round(search.best_score_, 4), own.n_features_in_)\n"
            ),
        ),
        method(
            _DENSITY,
            "fit",
            f"({me}, {rows}, y: Any = None, sample_weight: None = None) -> Self",
            "{self}.~fit_alone({&X})",
            raises=("ValueError",),
        ),
        method(_DENSITY, "score_samples", f"({me}, {rows}) -> array[float64, 1]", "{self}.~score_samples({&X})"),
        method(_DENSITY, "score", f"({me}, {rows}, y: Any = None) -> numpy[float64]", "{self}.~score_alone({&X})"),
        method(
            _DENSITY,
            "sample",
            f"({me}, n_samples: int = 1, random_state: int | None = None) -> array[float64, 2]",
            "{self}.~sample({n_samples}, {random_state})",
            effects=("draws",),
        ),
        attribute(_DENSITY, "bandwidth_", "float"),
        attribute(_DENSITY, "n_features_in_", "int"),
    )


_PAIR = "tuple[array[float64, 2], array[int64, 2]]"


def _check_far(call: Call) -> None:
    _check(call)
    if call.given("radius"):
        raise Refusal("BAT103", "`radius` is not translated", "Use `n_neighbors`.")


def _neighbors(owner: str, labelled: bool) -> Entry:
    """`kneighbors`, of given rows or of the learned ones among themselves; with distances or without."""
    me = f'self: Object["{owner}", Y]' if labelled else f'self: "{owner}"'
    rows, more = "X: arraylike[float64, 2]", "n_neighbors: int | None = None"
    call, alone = "{self}.~kneighbors({&X}, {n_neighbors})", "{self}.~own_neighbors({n_neighbors})"
    signatures = [f"({me}, {rows}, {more}, return_distance: bool = True) -> Any"]
    templates: list[str] = [call]
    if owner == _NEAREST:
        signatures.append(f"({me}, X: None = None, {more}, return_distance: bool = True) -> Any")
        templates.append(alone)

    def second(template: str):  # type: ignore[no-untyped-def]
        return lambda call: template if call.constant("return_distance") else f"{template}.1"

    return Entry(
        f"{owner}.kneighbors",
        tuple(signatures),
        tuple(second(each) for each in templates),
        kind="method",
        result=lambda call: parse_type(_PAIR if call.constant("return_distance") else "array[int64, 2]"),
        raises=("NotFittedError", "ValueError"),
        features=ML,
        cost="high",
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_density(),
        constructor(
            f"{_MODULE}.KNeighborsClassifier",
            _SIGNATURE,
            used=_USED,
            ignored=_IGNORED,
            check=_check,
            labelled=True,
            parity=EXACT,
            case=(
                f"{_DATA}from sklearn.neighbors import KNeighborsClassifier\ny = np.array([0, 0, 0, 1, 1, 1])\n"
                "knn = KNeighborsClassifier(n_neighbors=3, weights='distance').fit(X, y)\n"
                "print(knn.predict([[2.1, 2.0], [6.5, 6.0]]))\n"
                "print(knn.predict_proba([[4.0, 4.0]]), knn.score(X, y))\n"
            ),
        ),
        *classifier_methods(f"{_MODULE}.KNeighborsClassifier", logarithms=False),
        *parameter_attributes(f"{_MODULE}.KNeighborsClassifier", labelled=True, n_neighbors="int"),
        constructor(
            f"{_MODULE}.KNeighborsRegressor",
            _SIGNATURE,
            used=_USED,
            ignored=_IGNORED,
            check=_check,
            parity=EXACT,
            case=(
                f"{_DATA}from sklearn.neighbors import KNeighborsRegressor\ny = np.array([1.0, 2.0, 1.5, 6.0, 7.0, 6.5])\n"
                "knn = KNeighborsRegressor(n_neighbors=2).fit(X, y)\nprint(knn.predict([[2.1, 2.0], [6.5, 6.0]]))\n"
            ),
        ),
        *regressor_methods(f"{_MODULE}.KNeighborsRegressor"),
        *parameter_attributes(f"{_MODULE}.KNeighborsRegressor", n_neighbors="int"),
        _neighbors(f"{_MODULE}.KNeighborsClassifier", True),
        _neighbors(f"{_MODULE}.KNeighborsRegressor", False),
        constructor(
            _NEAREST,
            "(*, n_neighbors: int = 5, radius: Any = 1.0, algorithm: str = 'auto', leaf_size: Any = 30, metric: str = 'minkowski', "
            "p: float = 2, metric_params: Any = None, n_jobs: Any = None)",
            used={"algorithm": "", "n_neighbors": "", "p": "", "metric": ""},
            ignored=(*_IGNORED, "radius"),
            check=_check_far,
            parity=EXACT,
            case=(
                f"{_DATA}from sklearn.neighbors import KNeighborsClassifier, NearestNeighbors\n"
                "near = NearestNeighbors(n_neighbors=2).fit(X)\ndistances, rows = near.kneighbors([[2.1, 2.0], [6.5, 6.0]])\n"
                "print(distances, rows)\nprint(near.kneighbors(X, n_neighbors=3, return_distance=False))\n"
                "distances, rows = near.kneighbors()\nprint(np.round(distances, 6), rows)\n"
                "print(KNeighborsClassifier(2).fit(X, [0, 0, 0, 1, 1, 1]).kneighbors([[1.0, 1.0]]))\n"
            ),
        ),
        method(
            _NEAREST,
            "fit",
            f'(self: "{_NEAREST}", X: arraylike[float64, 2], y: Any = None) -> Self',
            "{self}.~fit_alone({&X})",
            raises=("ValueError",),
        ),
        _neighbors(_NEAREST, False),
        constructor(
            _CENTROID,
            "(metric: Any = 'euclidean', *, shrink_threshold: Any = None, priors: Any = 'uniform')",
            labelled=True,
            parity=EXACT,
            case=(
                f"{_DATA}from sklearn.neighbors import NearestCentroid\ny = np.array(['a', 'a', 'b', 'b', 'c', 'c'])\n"
                "model = NearestCentroid().fit(X, y)\nprint(model.centroids_, model.predict([[2.1, 2.0], [6.5, 6.0]]), model.score(X, y))\n"
            ),
        ),
        *classifier_methods(_CENTROID, proba=False),
        attribute(_CENTROID, "centroids_", "array[float64, 2]", labelled=True),
        constructor(
            _FACTOR,
            "(n_neighbors: int = 20, *, algorithm: str = 'auto', leaf_size: Any = 30, metric: str = 'minkowski', p: float = 2, "
            "metric_params: Any = None, contamination: float | str = 'auto', novelty: bool = False, n_jobs: Any = None)",
            used={"algorithm": "", "n_neighbors": "", "p": "", "metric": "", "contamination": "variant", "novelty": ""},
            ignored=_IGNORED,
            check=_check,
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.neighbors import LocalOutlierFactor\n"
                "rng = np.random.RandomState(0)\nX = np.r_[rng.randn(40, 2), [[4.0, 4.0], [-5.0, 3.0]]]\n"
                "model = LocalOutlierFactor(n_neighbors=10)\nprint(model.fit_predict(X), model.offset_)\n"
                "print(np.round(model.negative_outlier_factor_[-4:], 6))\n"
                "print(LocalOutlierFactor(n_neighbors=5, contamination=0.1).fit_predict(X))\n"
                "novel = LocalOutlierFactor(n_neighbors=10, novelty=True).fit(X[:40])\n"
                "print(novel.predict([[0.0, 0.0], [6.0, 6.0]]), np.round(novel.score_samples(X[-2:]), 6))\n"
                "print(np.round(novel.decision_function(X[-2:]), 6))\n"
            ),
        ),
        *(each for each in clusterer_methods(_FACTOR) if not each.name.endswith(".labels_")),
        method(
            _FACTOR,
            "predict",
            f'(self: "{_FACTOR}", X: arraylike[float64, 2]) -> array[int64, 1]',
            "{self}.~predict::<ndarray::Array1<i64>>({&X})",
        ),
        *(
            method(
                _FACTOR,
                each,
                f'(self: "{_FACTOR}", X: arraylike[float64, 2]) -> array[float64, 1]',
                f"{{self}}.~{each}({{&X}})",
            )
            for each in ("score_samples", "decision_function")
        ),
        attribute(_FACTOR, "negative_outlier_factor_", "array[float64, 1]"),
        attribute(_FACTOR, "offset_", "numpy[float64]"),
    ),
    classes=(
        estimator_class(_DENSITY, "sklearn::KernelDensity", ("sklearn.base.BaseEstimator",)),
        estimator_class(_NEAREST, "sklearn::NearestNeighbors", ("sklearn.base.BaseEstimator",)),
        estimator_class(_CENTROID, "sklearn::NearestCentroid", CLASSIFIER),
        estimator_class(_FACTOR, "sklearn::LocalOutlierFactor", CLUSTERER),
        estimator_class(f"{_MODULE}.KNeighborsClassifier", "sklearn::KNeighborsClassifier", CLASSIFIER),
        estimator_class(f"{_MODULE}.KNeighborsRegressor", "sklearn::KNeighborsRegressor", REGRESSOR),
    ),
)
