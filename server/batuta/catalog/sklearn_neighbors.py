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
    EXACT,
    REGRESSOR,
    classifier_methods,
    constructor,
    estimator_class,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Call, Refusal, Shelf

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

SHELF = Shelf(
    module=_MODULE,
    entries=(
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
    ),
    classes=(
        estimator_class(f"{_MODULE}.KNeighborsClassifier", "sklearn::KNeighborsClassifier", CLASSIFIER),
        estimator_class(f"{_MODULE}.KNeighborsRegressor", "sklearn::KNeighborsRegressor", REGRESSOR),
    ),
)
