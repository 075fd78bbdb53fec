"""The module `sklearn.discriminant_analysis`.

## Before
    model = LinearDiscriminantAnalysis().fit(X, y)
## After
    let model = sklearn::LinearDiscriminantAnalysis::new().fit(&x, &y);
## Same numbers
    by singular values, as scikit-learn's default solver, with the signs that LAPACK gives them
## Not handled
    `solver` other than `svd`, shrinkage, `store_covariance`
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    SOLVED,
    attribute,
    classifier_methods,
    constructor,
    decision_function,
    estimator_class,
    method,
)
from batuta.catalog.entry import Shelf

_MODULE = "sklearn.discriminant_analysis"
_LINEAR = f"{_MODULE}.LinearDiscriminantAnalysis"
_QUADRATIC = f"{_MODULE}.QuadraticDiscriminantAnalysis"
_ROWS = "X: arraylike[float64, 2]"
_CASE = (
    "import numpy as np\nfrom sklearn.datasets import load_iris\n"
    "from sklearn.discriminant_analysis import LinearDiscriminantAnalysis, QuadraticDiscriminantAnalysis\n"
    "X, y = load_iris(return_X_y=True)\n"
)

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _LINEAR,
            "(solver: Any = 'svd', shrinkage: Any = None, priors: Any = None, n_components: int | None = None, "
            "store_covariance: Any = False, tol: float = 0.0001, covariance_estimator: Any = None)",
            used={"priors": "unless None", "n_components": "", "tol": ""},
            labelled=True,
            parity=SOLVED,
            case=_CASE
            + "model = LinearDiscriminantAnalysis(n_components=2)\nprint(np.round(model.fit(X, y).transform(X)[:3], 6))\n"
            "print(model.score(X, y), np.round(model.explained_variance_ratio_, 6), np.round(model.priors_, 4))\n"
            "print(np.round(model.coef_, 5), np.round(model.intercept_, 5), np.round(model.predict_proba(X[70:72]), 6))\n"
            "two = LinearDiscriminantAnalysis().fit(X[50:], y[50:])\n"
            "print(two.predict(X[90:110]), np.round(two.decision_function(X[50:53]), 5), two.means_.shape)\n"
            "print(np.round(two.fit_transform(X[50:], y[50:])[:3], 5))\n",
        ),
        *classifier_methods(_LINEAR),
        decision_function(_LINEAR),
        method(
            _LINEAR, "transform", f'(self: Object["{_LINEAR}", Y], {_ROWS}) -> array[float64, 2]', "{self}.~transform({&X})"
        ),
        method(
            _LINEAR,
            "fit_transform",
            f'(self: Object["{_LINEAR}", Y], {_ROWS}, y: Y) -> array[float64, 2]',
            "{self}.~fit_transform_with({&X}, {&y})",
            raises=("ValueError",),
        ),
        *(attribute(_LINEAR, each, "array[float64, 2]", labelled=True) for each in ("coef_", "means_", "scalings_")),
        *(
            attribute(_LINEAR, each, "array[float64, 1]", labelled=True)
            for each in ("intercept_", "priors_", "xbar_", "explained_variance_ratio_")
        ),
        constructor(
            _QUADRATIC,
            "(*, solver: Any = 'svd', shrinkage: Any = None, priors: Any = None, reg_param: float = 0.0, "
            "store_covariance: Any = False, tol: float = 0.0001, covariance_estimator: Any = None)",
            used={"priors": "unless None", "reg_param": "", "tol": ""},
            labelled=True,
            parity=SOLVED,
            case=_CASE + "model = QuadraticDiscriminantAnalysis().fit(X, y)\n"
            "print(model.score(X, y), np.round(model.predict_proba(X[70:72]), 6), np.round(model.means_, 4))\n"
            "two = QuadraticDiscriminantAnalysis(reg_param=0.1).fit(X[50:], y[50:])\n"
            "print(two.predict(X[90:110]), np.round(two.decision_function(X[50:53]), 5), two.priors_)\n",
        ),
        *classifier_methods(_QUADRATIC),
        decision_function(_QUADRATIC),
        attribute(_QUADRATIC, "means_", "array[float64, 2]", labelled=True),
        attribute(_QUADRATIC, "priors_", "array[float64, 1]", labelled=True),
    ),
    classes=(
        estimator_class(_LINEAR, "sklearn::LinearDiscriminantAnalysis", CLASSIFIER),
        estimator_class(_QUADRATIC, "sklearn::QuadraticDiscriminantAnalysis", CLASSIFIER),
    ),
)
