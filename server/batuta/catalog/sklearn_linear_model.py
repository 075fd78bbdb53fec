"""The module `sklearn.linear_model`.

## Before
    model = Ridge(alpha=0.5).fit(X, y)
    print(model.coef_, model.intercept_)
## After
    let model = sklearn::Ridge::new().alpha(0.5).fit(&x, &y);
    py::print!("{} {}", py::Str(&model.coef_()), py::Float(model.intercept_()));
## Same numbers
    float64 with centred columns; the answer of smallest norm when columns depend on each other; coordinate descent with the
    same stopping rule; logistic regression follows scikit-learn's own path to the optimum, and both stop at a gradient of `tol`;
    stochastic descent visits the rows in scikit-learn's order
## Not handled
    sample weights, several targets, `positive=True` of least squares, the solvers `sag`, `saga` and `newton-…`
"""

from batuta.catalog._aprender import lasso, linear_regression, logistic_regression, on_both, ridge
from batuta.catalog._estimators import (
    CLASSIFIER,
    REGRESSOR,
    SOLVED,
    attribute,
    classifier_methods,
    constructor,
    decision_function,
    estimator_class,
    parameter_attributes,
    partial_fit,
    regressor_methods,
)
from batuta.catalog.entry import Call, Entry, Parity, Refusal, Shelf

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

_RIDGE_CV = f"{_MODULE}.RidgeCV"
_RIDGE_CLASSES = f"{_MODULE}.RidgeClassifier"
_RIDGE_CLASSES_CV = f"{_MODULE}.RidgeClassifierCV"
_SGD = f"{_MODULE}.SGDClassifier"
_SGD_LINE = f"{_MODULE}.SGDRegressor"
_PERCEPTRON = f"{_MODULE}.Perceptron"
_STREAM = Parity("close", 1e-9, caveat="the same rows in the same order; the norm of a row is added up in another order")
_STEPS = (
    "alpha: float = 0.0001, l1_ratio: float = 0.15, fit_intercept: bool = True, max_iter: int = 1000, tol: float | None = 0.001"
)
_STOPPING = "early_stopping: bool = False, validation_fraction: float = 0.1, n_iter_no_change: int = 5"
_STEPPED = {
    "penalty": "",
    "alpha": "",
    "l1_ratio": "",
    "fit_intercept": "",
    "max_iter": "",
    "tol": "",
    "shuffle": "",
    "eta0": "",
    "random_state": "",
    "early_stopping": "",
    "validation_fraction": "",
    "n_iter_no_change": "",
    "class_weight": "class weight",
}


def _check_rate(call: Call) -> None:
    rate = call.constant("learning_rate", default=None)
    if rate in ("pa1", "pa2"):
        raise Refusal("BAT103", f"`learning_rate='{rate}'` is not translated", "Use 'optimal', 'constant' or 'invscaling'.")


def _check_solver(call: Call) -> None:
    if call.constant("solver", default=None) == "liblinear" and call.given("intercept_scaling"):
        raise Refusal("BAT103", "`intercept_scaling` is not translated", "Leave it out.")


def _planes(name: str) -> tuple[Entry, ...]:
    """What linear classifiers offer beside their own: planes without probabilities."""
    owner = f"{_MODULE}.{name}"
    return (
        *classifier_methods(owner, proba=False),
        decision_function(owner),
        attribute(owner, "coef_", "array[float64, 2]", labelled=True),
        attribute(owner, "intercept_", "array[float64, 1]", labelled=True),
    )


def _without_planes(name: str) -> tuple[Entry, ...]:
    """For classes whose `coef_` has one dimension for two classes and two for more."""
    return tuple(each for each in _planes(name) if not each.name.endswith(".coef_"))


def _planes_case(name: str, arguments: str) -> str:
    shown = "" if name.startswith("Ridge") else "np.round(model.coef_, 6), "
    return (
        f"import numpy as np\nfrom sklearn.linear_model import {name}\n"
        "X = np.array([[0.5, 1.0], [1.0, 0.2], [1.5, 1.8], [2.0, 0.4], [2.5, 2.2], [3.0, 1.9]])\ny = np.array([0, 0, 1, 0, 1, 1])\n"
        f"model = {name}({arguments}).fit(X, y)\n"
        f"print({shown}np.round(model.intercept_, 6), model.predict(X), model.score(X, y), model.classes_)\n"
        "print(np.round(model.decision_function(X), 6))\n"
    )


def _path(name: str, first: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    used = {"alphas": "grid", "eps": "", "fit_intercept": "", "max_iter": "", "tol": "", "positive": "", "cv": ""}
    return (
        constructor(
            owner,
            f"(*, {first}eps: float = 0.001, alphas: Any = 100, fit_intercept: bool = True, precompute: Any = 'auto', "
            "max_iter: int = 1000, tol: float = 0.0001, copy_X: Any = True, cv: int | None = None, verbose: Any = False, "
            "n_jobs: Any = None, positive: bool = False, random_state: Any = None, selection: Any = 'cyclic')",
            used={**used, "l1_ratio": ""} if first else used,
            ignored=("precompute", "n_jobs", "random_state"),
            parity=_DESCENT,
            case=f"from sklearn.datasets import make_regression\nimport numpy as np\nfrom sklearn.linear_model import {name}\n"
            "X, y = make_regression(n_samples=40, n_features=5, noise=3.0, random_state=0)\n"
            f"model = {name}(cv=3).fit(X, y)\nprint(round(float(model.alpha_), 6), np.round(model.coef_, 5), len(model.alphas_))\n"
            f"model = {name}(alphas=[0.1, 1.0, 10.0]).fit(X, y)\nprint(model.alpha_, np.round(model.mse_path_.mean(axis=1), 4))\n",
        ),
        *_line(name),
        attribute(owner, "alpha_", "numpy[float64]"),
        attribute(owner, "alphas_", "array[float64, 1]"),
        attribute(owner, "mse_path_", "array[float64, 2]"),
        attribute(owner, "n_iter_", "int"),
        attribute(owner, "dual_gap_", "numpy[float64]"),
    )


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
            "fit_intercept: bool = True, intercept_scaling: Any = 1, class_weight: Any = None, random_state: int | None = None, "
            "solver: Any = 'lbfgs', max_iter: int = 100, verbose: Any = 0, warm_start: Any = False, n_jobs: Any = None)",
            used={
                "C": "c",
                "tol": "",
                "fit_intercept": "",
                "class_weight": "class weight",
                "max_iter": "",
                "solver": "",
                "random_state": "",
            },
            ignored=("n_jobs", "intercept_scaling"),
            only={"penalty": ("deprecated", "l2")},
            values={"solver": ("lbfgs", "liblinear")},
            check=_check_solver,
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
                "other = LogisticRegression(solver='liblinear').fit(X, y)\n"
                "print(np.round(other.coef_, 5), np.round(other.intercept_, 5), other.n_iter_)\n"
                "heavy = LogisticRegression(class_weight={0: 1, 1: 4.5}).fit(X, y, sample_weight=[1, 2, 1, 3, 1, 0.5])\n"
                "print(np.round(heavy.coef_, 5), np.round(heavy.intercept_, 5), heavy)\n"
            ),
            notes="penalties other than L2, other solvers",
        ),
        *classifier_methods(_LOGISTIC, weighted=True),
        decision_function(_LOGISTIC),
        attribute(_LOGISTIC, "coef_", "array[float64, 2]", labelled=True),
        attribute(_LOGISTIC, "intercept_", "array[float64, 1]", labelled=True),
        attribute(_LOGISTIC, "n_iter_", "array[int64, 1]", labelled=True),
        *parameter_attributes(_LOGISTIC, labelled=True, C="float as c", max_iter="int"),
        constructor(
            _RIDGE_CV,
            "(alphas: Any = (0.1, 1.0, 10.0), *, fit_intercept: bool = True, scoring: Any = None, cv: int | None = None, "
            "gcv_mode: Any = None, store_cv_results: Any = False, alpha_per_target: Any = False)",
            used={"alphas": "numbers", "fit_intercept": "", "cv": ""},
            ignored=("gcv_mode",),
            parity=SOLVED,
            case=_case("RidgeCV", "alphas=np.logspace(-2, 1, 4)") + "print(round(float(model.alpha_), 6))\n"
            "print(RidgeCV().fit(X, y).alpha_, RidgeCV(alphas=[0.1, 5.0], cv=2).fit(X, y).alpha_)\n",
        ),
        *_line("RidgeCV"),
        attribute(_RIDGE_CV, "alpha_", "float", notes="printed as a Python float, as scikit-learn holds it without `cv`"),
        attribute(_RIDGE_CV, "best_score_", "numpy[float64]"),
        *(
            entry
            for name, first in (("LassoCV", ""), ("ElasticNetCV", "l1_ratio: float = 0.5, "))
            for entry in _path(name, first)
        ),
        constructor(
            _RIDGE_CLASSES,
            "(alpha: float = 1.0, *, fit_intercept: bool = True, copy_X: Any = True, max_iter: Any = None, tol: Any = 0.0001, "
            "class_weight: Any = None, solver: Any = 'auto', positive: Any = False, random_state: Any = None)",
            used={"alpha": "", "fit_intercept": ""},
            ignored=("max_iter", "tol", "random_state"),
            only={"solver": ("auto", "cholesky", "svd")},
            labelled=True,
            parity=SOLVED,
            case=_planes_case("RidgeClassifier", "alpha=0.5"),
        ),
        *_without_planes("RidgeClassifier"),
        constructor(
            _RIDGE_CLASSES_CV,
            "(alphas: Any = (0.1, 1.0, 10.0), *, fit_intercept: bool = True, scoring: Any = None, cv: Any = None, "
            "class_weight: Any = None, store_cv_results: Any = False)",
            used={"alphas": "numbers", "fit_intercept": ""},
            labelled=True,
            parity=SOLVED,
            case=_planes_case("RidgeClassifierCV", "alphas=[0.1, 1.0, 10.0]") + "print(model.alpha_)\n",
        ),
        *_without_planes("RidgeClassifierCV"),
        attribute(_RIDGE_CLASSES_CV, "alpha_", "float", labelled=True),
        attribute(_RIDGE_CLASSES_CV, "best_score_", "numpy[float64]", labelled=True),
        constructor(
            _SGD,
            f"(loss: str = 'hinge', *, penalty: str | None = 'l2', {_STEPS}, shuffle: bool = True, verbose: Any = 0, "
            "epsilon: float = 0.1, n_jobs: Any = None, random_state: int | None = None, learning_rate: str = 'optimal', "
            f"eta0: float = 0.01, power_t: float = 0.5, {_STOPPING}, class_weight: Any = None, warm_start: Any = False, "
            "average: bool | int = False)",
            used={**_STEPPED, "loss": "", "epsilon": "", "learning_rate": "", "power_t": "", "average": "variant"},
            ignored=("n_jobs",),
            check=_check_rate,
            labelled=True,
            parity=_STREAM,
            case=_planes_case("SGDClassifier", "random_state=0")
            + "print(model.n_iter_, model.t_)\nthree = np.array([0, 2, 1, 0, 1, 2])\n"
            "model = SGDClassifier(loss='log_loss', penalty='elasticnet', alpha=0.01, random_state=3).fit(X, three)\n"
            "print(np.round(model.coef_, 6), np.round(model.predict_proba(X[:2]), 6))\n"
            "huber = SGDClassifier(loss='modified_huber', penalty='l1', average=True, max_iter=50, tol=None, random_state=1)\n"
            "print(np.round(huber.fit(X, y).coef_, 6), np.round(huber.predict_proba(X[:2]), 6))\n"
            "online = SGDClassifier(random_state=0)\nfor _ in range(3):\n"
            "    online.partial_fit(X, y, classes=np.array([0, 1]))\nprint(np.round(online.coef_, 6), online.predict(X))\n"
            "for labels in (y, three):\n    mean = SGDClassifier(average=True, random_state=0)\n    for _ in range(4):\n"
            "        mean.partial_fit(X, labels, classes=np.unique(labels))\n"
            "    print(np.round(mean.coef_, 6), np.round(mean.intercept_, 6))\n",
        ),
        *_planes("SGDClassifier"),
        *(each for each in classifier_methods(_SGD) if each.name.endswith("proba")),
        attribute(_SGD, "n_iter_", "int", labelled=True),
        attribute(_SGD, "t_", "float", labelled=True),
        partial_fit(_SGD, "classifier"),
        partial_fit(_PERCEPTRON, "classifier"),
        constructor(
            _PERCEPTRON,
            f"(*, penalty: str | None = None, {_STEPS}, shuffle: bool = True, verbose: Any = 0, eta0: float = 1.0, "
            f"n_jobs: Any = None, random_state: int | None = 0, {_STOPPING}, class_weight: Any = None, warm_start: Any = False)",
            used=_STEPPED,
            ignored=("n_jobs",),
            labelled=True,
            parity=_STREAM,
            case=_planes_case("Perceptron", "") + "print(model.n_iter_, model.t_)\n",
        ),
        *_planes("Perceptron"),
        attribute(_PERCEPTRON, "n_iter_", "int", labelled=True),
        attribute(_PERCEPTRON, "t_", "float", labelled=True),
        constructor(
            _SGD_LINE,
            f"(loss: str = 'squared_error', *, penalty: str | None = 'l2', {_STEPS}, shuffle: bool = True, verbose: Any = 0, "
            "epsilon: float = 0.1, random_state: int | None = None, learning_rate: str = 'invscaling', eta0: float = 0.01, "
            f"power_t: float = 0.25, {_STOPPING}, warm_start: Any = False, average: bool | int = False)",
            used={
                **{name: form for name, form in _STEPPED.items() if name != "class_weight"},
                "loss": "",
                "epsilon": "",
                "learning_rate": "",
                "power_t": "",
                "average": "variant",
            },
            check=_check_rate,
            parity=_STREAM,
            case=f"{_DATA}from sklearn.linear_model import SGDRegressor\nmodel = SGDRegressor(random_state=1).fit(X, y)\n"
            "print(np.round(model.coef_, 6), np.round(model.intercept_, 6), model.n_iter_)\n"
            "print(np.round(model.predict(X), 6), round(model.score(X, y), 6))\n"
            "other = SGDRegressor(loss='huber', penalty='l1', alpha=0.01, learning_rate='adaptive', max_iter=100, random_state=2)\n"
            "print(np.round(other.fit(X, y).coef_, 6), other.t_)\n"
            "online = SGDRegressor(random_state=0, average=True)\nfor _ in range(4):\n    online.partial_fit(X, y)\n"
            "print(np.round(online.coef_, 6))\n",
        ),
        *regressor_methods(_SGD_LINE),
        attribute(_SGD_LINE, "coef_", "array[float64, 1]"),
        attribute(_SGD_LINE, "intercept_", "array[float64, 1]"),
        attribute(_SGD_LINE, "n_iter_", "int"),
        attribute(_SGD_LINE, "t_", "float"),
        partial_fit(_SGD_LINE, "regressor", labelled=False),
    ),
    classes=(
        *(estimator_class(f"{_MODULE}.{each}", on_both(each), REGRESSOR) for each in ("LinearRegression", "Ridge", "Lasso")),
        estimator_class(_LOGISTIC, on_both("LogisticRegression"), CLASSIFIER),
        *(
            estimator_class(f"{_MODULE}.{each}", f"sklearn::{each}", REGRESSOR)
            for each in ("ElasticNet", "RidgeCV", "LassoCV", "ElasticNetCV", "SGDRegressor")
        ),
        *(
            estimator_class(f"{_MODULE}.{each}", f"sklearn::{each}", CLASSIFIER)
            for each in ("RidgeClassifier", "RidgeClassifierCV", "SGDClassifier", "Perceptron")
        ),
    ),
    refused={
        f"{owner}.coef_": ("its rank depends on the number of classes", "Use `decision_function`.")
        for owner in (_RIDGE_CLASSES, _RIDGE_CLASSES_CV)
    },
)
