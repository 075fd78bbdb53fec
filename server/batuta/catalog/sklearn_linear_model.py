"""The module `sklearn.linear_model`.

## Before
    model = Ridge(alpha=0.5).fit(X, y)
    print(model.coef_, model.intercept_)
## After
    let model = sklearn::Ridge::new().alpha(0.5).fit(&x, &y);
    py::print!("{} {}", py::Str(&model.coef_()), py::Float(model.intercept_()));
## Same numbers
    float64 with centred columns; the answer of smallest norm when columns depend on each other; coordinate descent with the
    same stopping rule; logistic regression follows scikit-learn's own path to the optimum, and both stop at a gradient of `tol`
## Not handled
    sample weights, several targets, `positive=True` of least squares, solvers other than the default
"""

from batuta.catalog._aprender import lasso, linear_regression, logistic_regression, on_both, ridge
from batuta.catalog._estimators import (
    CLASSIFIER,
    REGRESSOR,
    SOLVED,
    attribute,
    classifier_methods,
    constructor,
    estimator_class,
    method,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Entry, Parity, Shelf

_MODULE = "sklearn.linear_model"
_DATA = (
    "import numpy as np\nX = np.array([[1.0, 2.0], [2.0, 0.5], [3.0, 4.0], [4.0, 1.0], [5.5, 3.0]])\n"
    "y = np.array([3.1, 2.4, 7.2, 5.0, 8.9])\n"
)
_SHOW = (
    "print(np.round(model.coef_, 6), round(model.intercept_, 6))\n"
    "print(np.round(model.predict(X[:2]), 6), round(model.score(X, y), 6))\n"
)


def _line(name: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    return (
        *regressor_methods(owner),
        attribute(owner, "coef_", "array[float64, 1]"),
        attribute(owner, "intercept_", "numpy[float64]"),
    )


def _case(name: str, arguments: str) -> str:
    return f"{_DATA}from sklearn.linear_model import {name}\nmodel = {name}({arguments})\nmodel.fit(X, y)\n{_SHOW}"


_DESCENT = Parity("close", 1e-9, caveat="the same steps in another order of additions")
_PATH = Parity(
    "close",
    1e-4,
    conditions="well scaled features agree to nine digits",
    caveat="scikit-learn stops before the optimum (tol=1e-4); on unscaled features its own coefficients vary in the fourth "
    "digit",
)
_LOGISTIC = f"{_MODULE}.LogisticRegression"

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            f"{_MODULE}.LinearRegression",
            "(*, fit_intercept: bool = True, copy_X: Any = True, tol: float = 1e-06, n_jobs: Any = None, positive: Any = "
            "False)",
            used={"fit_intercept": "", "tol": ""},
            ignored=("n_jobs",),
            parity=SOLVED,
            aprender=linear_regression,
            case=_case("LinearRegression", ""),
            notes="`positive=True` and several targets",
        ),
        *_line("LinearRegression"),
        attribute(f"{_MODULE}.LinearRegression", "rank_", "int"),
        attribute(f"{_MODULE}.LinearRegression", "singular_", "array[float64, 1]"),
        constructor(
            f"{_MODULE}.Ridge",
            "(alpha: float = 1.0, *, fit_intercept: bool = True, copy_X: Any = True, max_iter: Any = None, tol: Any = 0.0001, "
            "solver: Any = 'auto', positive: Any = False, random_state: Any = None)",
            used={"alpha": "", "fit_intercept": ""},
            ignored=("max_iter", "tol", "random_state"),
            only={"solver": ("auto", "cholesky", "svd")},
            parity=SOLVED,
            aprender=ridge,
            case=_case("Ridge", "alpha=0.5"),
        ),
        *_line("Ridge"),
        *parameter_attributes(f"{_MODULE}.Ridge", alpha="float", fit_intercept="bool"),
        constructor(
            f"{_MODULE}.Lasso",
            "(alpha: float = 1.0, *, fit_intercept: bool = True, precompute: Any = False, copy_X: Any = True, max_iter: int "
            "= 1000, "
            "tol: float = 0.0001, warm_start: Any = False, positive: bool = False, random_state: Any = None, selection: Any "
            "= 'cyclic')",
            used={"alpha": "", "fit_intercept": "", "max_iter": "", "tol": "", "positive": ""},
            ignored=("random_state", "precompute"),
            parity=_DESCENT,
            aprender=lasso,
            case=_case("Lasso", "alpha=0.1"),
        ),
        *_line("Lasso"),
        *parameter_attributes(f"{_MODULE}.Lasso", alpha="float", max_iter="int"),
        attribute(f"{_MODULE}.Lasso", "n_iter_", "int"),
        attribute(f"{_MODULE}.Lasso", "dual_gap_", "numpy[float64]"),
        constructor(
            f"{_MODULE}.ElasticNet",
            "(alpha: float = 1.0, *, l1_ratio: float = 0.5, fit_intercept: bool = True, precompute: Any = False, max_iter: "
            "int = 1000, "
            "copy_X: Any = True, tol: float = 0.0001, warm_start: Any = False, positive: bool = False, random_state: Any = "
            "None, "
            "selection: Any = 'cyclic')",
            used={"alpha": "", "l1_ratio": "", "fit_intercept": "", "max_iter": "", "tol": "", "positive": ""},
            ignored=("random_state", "precompute"),
            parity=_DESCENT,
            case=_case("ElasticNet", "alpha=0.1, l1_ratio=0.3"),
        ),
        *_line("ElasticNet"),
        *parameter_attributes(f"{_MODULE}.ElasticNet", alpha="float", l1_ratio="float", max_iter="int"),
        attribute(f"{_MODULE}.ElasticNet", "n_iter_", "int"),
        attribute(f"{_MODULE}.ElasticNet", "dual_gap_", "numpy[float64]"),
        constructor(
            _LOGISTIC,
            "(penalty: Any = 'deprecated', *, C: float = 1.0, l1_ratio: Any = 0.0, dual: Any = False, tol: float = 0.0001, "
            "fit_intercept: bool = True, intercept_scaling: Any = 1, class_weight: str = None, random_state: Any = None, "
            "solver: Any = 'lbfgs', max_iter: int = 100, verbose: Any = 0, warm_start: Any = False, n_jobs: Any = None)",
            used={"C": "c", "tol": "", "fit_intercept": "", "class_weight": "unless None", "max_iter": ""},
            ignored=("random_state", "n_jobs", "intercept_scaling"),
            only={"penalty": ("deprecated", "l2")},
            labelled=True,
            parity=_PATH,
            aprender=logistic_regression,
            case=(
                "import numpy as np\nfrom sklearn.linear_model import LogisticRegression\n"
                "X = np.array([[0.5, 1.0], [1.0, 0.2], [1.5, 1.8], [2.0, 0.4], [2.5, 2.2], [3.0, 1.9]])\n"
                "y = np.array([0, 0, 1, 0, 1, 1])\n"
                "model = LogisticRegression(C=2.0).fit(X, y)\n"
                "print(np.round(model.coef_, 4), np.round(model.intercept_, 4))\n"
                "print(model.predict(X), round(model.score(X, y), 4))\n"
                "print(np.round(model.predict_proba(X[:2]), 4), model.classes_)\n"
            ),
            notes="penalties other than L2, `class_weight` as a dict, other solvers",
        ),
        *classifier_methods(_LOGISTIC),
        method(
            _LOGISTIC,
            "decision_function",
            f'(self: Object["{_LOGISTIC}", Y], X: arraylike[float64, 2]) -> array[float64, 1]',
            "{self}.~decision_function({&X})",
            notes="of two classes; more end the program with an error",
        ),
        attribute(_LOGISTIC, "coef_", "array[float64, 2]", labelled=True),
        attribute(_LOGISTIC, "intercept_", "array[float64, 1]", labelled=True),
        attribute(_LOGISTIC, "n_iter_", "array[int64, 1]", labelled=True),
        *parameter_attributes(_LOGISTIC, labelled=True, C="float as c", max_iter="int"),
    ),
    classes=(
        *(estimator_class(f"{_MODULE}.{each}", on_both(each), REGRESSOR) for each in ("LinearRegression", "Ridge", "Lasso")),
        estimator_class(_LOGISTIC, on_both("LogisticRegression"), CLASSIFIER),
        estimator_class(f"{_MODULE}.ElasticNet", "sklearn::ElasticNet", REGRESSOR),
    ),
    refused={
        f"{_MODULE}.SGDClassifier": ("its order of updates is not reproduced", "Use LogisticRegression."),
        f"{_MODULE}.SGDRegressor": ("its order of updates is not reproduced", "Use LinearRegression or Ridge."),
        f"{_MODULE}.RidgeCV": ("cross-validated models are not mapped", "Loop over the alphas with cross_val_score."),
        f"{_MODULE}.LassoCV": ("cross-validated models are not mapped", "Loop over the alphas with cross_val_score."),
    },
)
