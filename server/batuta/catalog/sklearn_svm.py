"""The module `sklearn.svm`.

## Before
    model = SVC(kernel="rbf", C=10).fit(X, y)
    print(model.n_support_)
## After
    let model = sklearn::SVC::new().kernel("rbf").c(10.0).fit(&x, &y);
    py::print!("{}", py::Str(&model.n_support_()));
## Same numbers
    the same steps of sequential minimal optimisation with the same entries in single precision: the same support vectors;
    weights and decision values agree until a difference in the last bit of a product moves one of the last steps (`tol`)
## Not handled
    `probability=True`, kernels that are functions or matrices, `class_weight` as a dict, sample weights, decision values of
    three or more classes
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    CLUSTERER,
    REGRESSOR,
    attribute,
    classifier_methods,
    constructor,
    decision_function,
    estimator_class,
    outlier_methods,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Parity, Shelf

_MODULE = "sklearn.svm"
_CLASSES = f"{_MODULE}.SVC"
_NUMBERS = f"{_MODULE}.SVR"
_LINEAR = f"{_MODULE}.LinearSVC"
_LINEAR_NUMBERS = f"{_MODULE}.LinearSVR"
_BORDER = f"{_MODULE}.OneClassSVM"
_ROWS = Parity("close", 1e-6, caveat="the same solver and the same order of rows; products are added up in another order")
_STEPS = Parity(
    "close",
    1e-3,
    conditions="labels and support vectors are scikit-learn's in every case that was measured",
    caveat="the same steps; a product that differs in its last bit can move the weights within `tol`",
)
_KERNEL = "kernel: str = 'rbf', degree: int = 3, gamma: float | str = 'scale', coef0: float = 0.0"
_USED = {"C": "c", "kernel": "", "degree": "", "gamma": "variant", "coef0": "", "shrinking": "", "tol": "", "max_iter": ""}
_VECTORS = ("support_vectors_", "dual_coef_", "coef_")


def _attributes(owner: str, labelled: bool) -> tuple:  # type: ignore[type-arg]
    return (
        attribute(owner, "support_", "array[int64, 1]", labelled=labelled),
        attribute(owner, "n_support_", "array[int64, 1]", labelled=labelled),
        attribute(owner, "intercept_", "array[float64, 1]", labelled=labelled),
        *(attribute(owner, each, "array[float64, 2]", labelled=labelled) for each in _VECTORS),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _CLASSES,
            f"(*, C: float = 1.0, {_KERNEL}, shrinking: bool = True, probability: Any = 'deprecated', tol: float = 0.001, "
            "cache_size: Any = 200, class_weight: Any = None, verbose: Any = False, max_iter: int = -1, "
            "decision_function_shape: Any = 'ovr', break_ties: Any = False, random_state: int | None = None)",
            used={**_USED, "class_weight": "class weight", "random_state": ""},
            ignored=("cache_size",),
            only={"probability": ("deprecated", False)},
            labelled=True,
            parity=_STEPS,
            case=(
                "import numpy as np\nfrom sklearn.svm import SVC\nfrom sklearn.datasets import load_iris\n"
                "X, y = load_iris(return_X_y=True)\n"
                "for kernel in ('rbf', 'linear', 'poly', 'sigmoid'):\n    model = SVC(kernel=kernel, C=2.0).fit(X, y)\n"
                "    print(kernel, model.n_support_, model.support_[:6], model.predict(X[::9]), round(model.score(X, y), 6))\n"
                "two = SVC(kernel='linear', class_weight='balanced').fit(X[50:], y[50:])\n"
                "print(np.round(two.coef_, 3), np.round(two.intercept_, 3), np.round(two.decision_function(X[48:53]), 3))\n"
                "print(two.support_vectors_[:2], two.dual_coef_.shape, two)\n"
            ),
        ),
        *classifier_methods(_CLASSES, proba=False),
        decision_function(_CLASSES),
        *_attributes(_CLASSES, True),
        attribute(_CLASSES, "n_iter_", "array[int64, 1]", labelled=True),
        *parameter_attributes(_CLASSES, labelled=True, C="float as c", kernel="str"),
        constructor(
            _NUMBERS,
            f"(*, {_KERNEL}, tol: float = 0.001, C: float = 1.0, epsilon: float = 0.1, shrinking: bool = True, "
            "cache_size: Any = 200, verbose: Any = False, max_iter: int = -1)",
            used={**_USED, "epsilon": ""},
            ignored=("cache_size",),
            parity=_STEPS,
            case=(
                "import numpy as np\nfrom sklearn.svm import SVR\nfrom sklearn.datasets import make_regression\n"
                "X, y = make_regression(n_samples=60, n_features=3, noise=4.0, random_state=0)\n"
                "for kernel in ('rbf', 'linear', 'poly'):\n    model = SVR(kernel=kernel, C=10.0, epsilon=0.5).fit(X, y)\n"
                "    print(kernel, len(model.support_), np.round(model.predict(X[:4]), 2), round(model.score(X, y), 4))\n"
            ),
        ),
        *regressor_methods(_NUMBERS),
        *_attributes(_NUMBERS, False),
        attribute(_NUMBERS, "n_iter_", "int"),
        *parameter_attributes(_NUMBERS, C="float as c", epsilon="float", kernel="str"),
        constructor(
            _LINEAR,
            "(penalty: Any = 'l2', loss: str = 'squared_hinge', *, dual: bool | str = 'auto', tol: float = 0.0001, C: float = 1.0, "
            "multi_class: Any = 'ovr', fit_intercept: Any = True, intercept_scaling: float = 1.0, class_weight: Any = None, "
            "verbose: Any = 0, random_state: int | None = None, max_iter: int = 1000)",
            used={
                "loss": "",
                "dual": "variant",
                "tol": "",
                "C": "c",
                "intercept_scaling": "",
                "class_weight": "class weight",
                "random_state": "",
                "max_iter": "",
            },
            labelled=True,
            parity=_ROWS,
            case=(
                "import numpy as np\nfrom sklearn.svm import LinearSVC\nfrom sklearn.datasets import load_iris\n"
                "X, y = load_iris(return_X_y=True)\nmodel = LinearSVC(C=0.5).fit(X, y)\n"
                "print(np.round(model.coef_, 5), np.round(model.intercept_, 5), model.n_iter_, model.score(X, y))\n"
                "two = LinearSVC(loss='hinge', random_state=0, max_iter=5000).fit(X[:100], y[:100])\n"
                "print(np.round(two.coef_, 5), two.predict(X[45:55]), np.round(two.decision_function(X[:4]), 5))\n"
                "both = LinearSVC(dual=True, random_state=4, class_weight='balanced', max_iter=20000).fit(X[40:], y[40:])\n"
                "print(np.round(both.coef_, 4), both.classes_)\n"
            ),
        ),
        *classifier_methods(_LINEAR, proba=False),
        decision_function(_LINEAR),
        attribute(_LINEAR, "coef_", "array[float64, 2]", labelled=True),
        attribute(_LINEAR, "intercept_", "array[float64, 1]", labelled=True),
        attribute(_LINEAR, "n_iter_", "int", labelled=True),
        constructor(
            _LINEAR_NUMBERS,
            "(*, epsilon: float = 0.0, tol: float = 0.0001, C: float = 1.0, loss: str = 'epsilon_insensitive', "
            "fit_intercept: Any = True, intercept_scaling: float = 1.0, dual: bool | str = 'auto', verbose: Any = 0, "
            "random_state: int | None = None, max_iter: int = 1000)",
            used={
                "epsilon": "",
                "tol": "",
                "C": "c",
                "loss": "",
                "intercept_scaling": "",
                "dual": "variant",
                "random_state": "",
                "max_iter": "",
            },
            parity=_ROWS,
            case=(
                "import numpy as np\nfrom sklearn.svm import LinearSVR\nfrom sklearn.datasets import make_regression\n"
                "X, y = make_regression(n_samples=60, n_features=3, noise=4.0, random_state=0)\n"
                "model = LinearSVR(random_state=0, C=5.0, max_iter=10000).fit(X, y)\n"
                "print(np.round(model.coef_, 5), np.round(model.intercept_, 5), round(model.score(X, y), 5))\n"
                "model = LinearSVR(loss='squared_epsilon_insensitive', epsilon=0.5).fit(X, y)\n"
                "print(np.round(model.coef_, 5), np.round(model.predict(X[:3]), 5))\n"
            ),
        ),
        *regressor_methods(_LINEAR_NUMBERS),
        attribute(_LINEAR_NUMBERS, "coef_", "array[float64, 1]"),
        attribute(_LINEAR_NUMBERS, "intercept_", "array[float64, 1]"),
        attribute(_LINEAR_NUMBERS, "n_iter_", "int"),
        constructor(
            _BORDER,
            "(*, kernel: str = 'rbf', degree: int = 3, gamma: float | str = 'scale', coef0: float = 0.0, tol: float = 0.001, "
            "nu: float = 0.5, shrinking: bool = True, cache_size: Any = 200, verbose: Any = False, max_iter: int = -1)",
            used={**{each: form for each, form in _USED.items() if each != "C"}, "nu": ""},
            ignored=("cache_size",),
            parity=_STEPS,
            case=(
                "import numpy as np\nfrom sklearn.svm import OneClassSVM\nrng = np.random.RandomState(0)\n"
                "X = np.r_[0.3 * rng.normal(size=(50, 2)), rng.uniform(-4, 4, size=(8, 2))]\n"
                "for model in (OneClassSVM(nu=0.1), OneClassSVM(kernel='linear', nu=0.3), OneClassSVM(kernel='poly', gamma=0.5, coef0=1.0)):\n"
                "    model.fit(X)\n    print(model.predict(X), model.n_support_, np.round(model.decision_function(X[-3:]), 3))\n"
                "    print(np.round(model.score_samples(X[:2]), 3), np.round(model.offset_, 3), model)\n"
                "print(OneClassSVM(gamma='auto', nu=0.2).fit_predict(X))\n"
            ),
        ),
        *outlier_methods(_BORDER),
        *(each for each in _attributes(_BORDER, False) if not each.name.endswith(".coef_")),
        attribute(_BORDER, "n_iter_", "int"),
        attribute(_BORDER, "offset_", "array[float64, 1]"),
        *parameter_attributes(_BORDER, nu="float", kernel="str"),
    ),
    classes=(
        estimator_class(_CLASSES, "sklearn::SVC", CLASSIFIER),
        estimator_class(_NUMBERS, "sklearn::SVR", REGRESSOR),
        estimator_class(_LINEAR, "sklearn::LinearSVC", CLASSIFIER),
        estimator_class(_LINEAR_NUMBERS, "sklearn::LinearSVR", REGRESSOR),
        estimator_class(_BORDER, "sklearn::OneClassSVM", CLUSTERER),
    ),
    refused={
        f"{_CLASSES}.predict_proba": ("its chances come from draws inside the fit", "Use `decision_function`."),
        f"{_MODULE}.NuSVC": ("it is not mapped", "Use SVC."),
        f"{_MODULE}.NuSVR": ("it is not mapped", "Use SVR."),
    },
)
