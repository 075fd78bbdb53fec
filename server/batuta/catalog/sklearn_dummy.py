"""The module `sklearn.dummy`: answers that ignore the features, to compare with.

## Before
    baseline = DummyRegressor(strategy="mean").fit(X, y)
## After
    let baseline = sklearn::DummyRegressor::new().strategy("mean".to_string()).fit(&x, &y);
## Same numbers
    equal
## Not handled
    strategies that draw at random, quantiles
"""

from collections.abc import Callable

from batuta.catalog._estimators import (
    CLASSIFIER,
    REGRESSOR,
    classifier_methods,
    constructor,
    estimator_class,
    regressor_methods,
)
from batuta.catalog.entry import Call, Refusal, Shelf

_MODULE = "sklearn.dummy"
_DATA = "import numpy as np\nX = np.zeros((5, 1))\n"


def _only(*names: str) -> Callable[[Call], None]:
    def check(call: Call) -> None:
        if call.constant("strategy") not in names:
            raise Refusal("BAT103", f"`strategy={call.source('strategy')}` is not translated", f"Use {' or '.join(names)}.")

    return check


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            f"{_MODULE}.DummyClassifier",
            "(*, strategy: str = 'prior', random_state: Any = None, constant: Any = None)",
            used={"strategy": ""},
            ignored=("random_state",),
            check=_only("prior", "most_frequent"),
            labelled=True,
            cost="low",
            case=f"{_DATA}from sklearn.dummy import DummyClassifier\ny = np.array([1, 0, 1, 2, 1])\n"
            "model = DummyClassifier(strategy='most_frequent').fit(X, y)\nprint(model.predict(X), model.score(X, y))\n"
            "print(DummyClassifier().fit(X, y).predict_proba(X[:1]))\n",
        ),
        *classifier_methods(f"{_MODULE}.DummyClassifier"),
        constructor(
            f"{_MODULE}.DummyRegressor",
            "(*, strategy: str = 'mean', constant: float | None = None, quantile: Any = None)",
            used={"strategy": "", "constant": ""},
            check=_only("mean", "median", "constant"),
            cost="low",
            case=f"{_DATA}from sklearn.dummy import DummyRegressor\ny = np.array([1.0, 2.0, 4.0, 8.0, 9.5])\n"
            "print(DummyRegressor().fit(X, y).predict(X), DummyRegressor(strategy='median').fit(X, y).predict(X[:1]))\n",
        ),
        *regressor_methods(f"{_MODULE}.DummyRegressor"),
    ),
    classes=(
        estimator_class(f"{_MODULE}.DummyClassifier", "sklearn::DummyClassifier", CLASSIFIER),
        estimator_class(f"{_MODULE}.DummyRegressor", "sklearn::DummyRegressor", REGRESSOR),
    ),
)
