"""The module `sklearn.linear_model`: lines whose penalties or scale are estimated too, and general linear models.

## Before
    model = HuberRegressor(epsilon=1.5).fit(X, y)
    means, deviations = BayesianRidge().fit(X, y).predict(X, return_std=True)
## After
    let model = sklearn::HuberRegressor::new().epsilon(1.5).fit(&x, &y);
    let (means, deviations) = sklearn::BayesianRidge::new().fit(&x, &y).predict_with_std(&x);
## Same numbers
    the same rounds with the same stopping rules; the bounded search of Huber's scale is SciPy's
## Not handled
    sample weights, `warm_start`, the solver "newton-cholesky"
"""

from dataclasses import replace

from batuta.catalog._estimators import (
    ML,
    REGRESSOR,
    attribute,
    check_nested,
    constructor,
    estimator_class,
    method,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Call, Entry, NotYet, Parity, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.linear_model"
_BAYES, _ARD, _HUBER = (f"{_MODULE}.{each}" for each in ("BayesianRidge", "ARDRegression", "HuberRegressor"))
_ROUNDS = Parity("close", 1e-9, caveat="the same rounds; the singular values are computed by another algorithm than LAPACK's")
_SEARCH = Parity("close", 1e-5, caveat="the same search, which stops before the last digits are settled")
_DATA = (
    "import numpy as np\nrng = np.random.RandomState(0)\nX = rng.normal(size=(40, 4))\n"
    "y = X @ np.array([1.5, 0.0, -2.0, 0.3]) + 0.7 + 0.1 * rng.normal(size=40)\n"
)


_CONSENSUS = f"{_MODULE}.RANSACRegressor"


def _consensus() -> tuple[Entry, ...]:
    me = f'self: Object["{_CONSENSUS}", E]'
    signature = (
        "(estimator: Any = None, *, min_samples: int | float | None = None, residual_threshold: float | None = None, "
        "is_data_valid: None = None, is_model_valid: None = None, max_trials: int = 100, max_skips: float = float('inf'), "
        "stop_n_inliers: float = float('inf'), stop_score: float = float('inf'), stop_probability: float = 0.99, "
        "loss: str = 'absolute_error', random_state: int | None = None)"
    ).replace("float('inf')", "1e308")
    made = constructor(
        _CONSENSUS,
        signature,
        used={
            "estimator": "inner or None",
            "min_samples": "variant",
            **dict.fromkeys(
                (
                    "residual_threshold",
                    "max_trials",
                    "max_skips",
                    "stop_n_inliers",
                    "stop_score",
                    "stop_probability",
                    "loss",
                    "random_state",
                ),
                "",
            ),
        },
        values={"loss": ("absolute_error", "squared_error")},
        check=check_nested("estimator"),
        case=(
            "import numpy as np\nfrom sklearn.linear_model import LinearRegression, RANSACRegressor, Ridge\nrng = np.random.RandomState(0)\n"
            "X = rng.uniform(-3, 3, size=(60, 1))\ny = 2.0 * X.ravel() + 1 + 0.2 * rng.normal(size=60)\ny[:12] += 15\n"
            "model = RANSACRegressor(random_state=0).fit(X, y)\n"
            "print(np.round(model.estimator_.coef_, 8), round(model.estimator_.intercept_, 8), model.inlier_mask_.sum(), model.n_trials_)\n"
            "print(np.round(model.predict(X[:3]), 8), round(model.score(X[12:], y[12:]), 8), model.inlier_mask_[:14])\n"
            "other = RANSACRegressor(Ridge(alpha=0.1), min_samples=0.3, residual_threshold=1.0, loss='squared_error', max_trials=20, random_state=3)\n"
            "other.fit(X, y)\nprint(np.round(other.estimator_.coef_, 8), other.n_skips_no_inliers_, other.n_trials_, other, other.n_features_in_)\n"
            "try:\n    RANSACRegressor(Ridge()).fit(X, y)\nexcept ValueError as error:\n    print(error)\n"
        ),
    )

    def result(call: Call) -> t.Type:
        line = t.Object(f"{_MODULE}.LinearRegression")
        given = call.given("estimator") and call.constant("estimator", default=NotImplemented) is not None
        return t.Object(_CONSENSUS, (call.type("estimator") if given else line,))

    def inner(call: Call) -> t.Type:
        found = call.type("self")
        if not isinstance(found, t.Object) or not found.arguments:
            raise NotYet
        return found.arguments[0]

    wide = [
        replace(each, signature=str(each.signature).replace(f'self: "{_CONSENSUS}"', me))
        for each in (
            *regressor_methods(_CONSENSUS),
            attribute(_CONSENSUS, "inlier_mask_", "array[bool, 1]"),
            attribute(_CONSENSUS, "n_trials_", "int"),
            attribute(_CONSENSUS, "n_skips_no_inliers_", "int"),
        )
    ]
    return (
        replace(made, signature=str(made.signature).rpartition(" -> ")[0] + " -> Any", result=result),
        *wide,
        Entry(
            f"{_CONSENSUS}.estimator_",
            f"({me}) -> Any",
            "{self}.~estimator_::<{type result}>()",
            kind="attribute",
            result=inner,
            raises=("AttributeError",),
            features=ML,
        ),
    )


def _spread(owner: str) -> Entry:
    """`predict`, which gives the standard deviations too where the call asks for them."""

    def asked(call: Call) -> bool:
        found = call.constant("return_std", default=None)
        if not isinstance(found, bool):
            raise Refusal("BAT103", "`return_std` must be written in the call", "Write True or False.")
        return found

    numbers = t.Array("float64", 1)
    return method(
        owner,
        "predict",
        f'(self: "{owner}", X: arraylike[float64, 2], return_std: bool = False) -> Any',
        lambda call: "{self}.~predict_with_std({&X})" if asked(call) else "{self}.~predict::<ndarray::Array1<f64>>({&X})",
        result=lambda call: t.Tuple((numbers, numbers)) if asked(call) else numbers,
    )


def _line(name: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    return (
        *regressor_methods(owner),
        attribute(owner, "coef_", "array[float64, 1]"),
        attribute(owner, "intercept_", "numpy[float64]"),
        attribute(owner, "n_iter_", "int"),
    )


def _estimated(name: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    return (
        *(each for each in _line(name) if not each.name.endswith(".predict")),
        _spread(owner),
        attribute(owner, "alpha_", "numpy[float64]"),
        attribute(owner, "sigma_", "array[float64, 2]"),
        attribute(owner, "scores_", "list[numpy[float64]]", rust="{self}.~scores_().to_vec()"),
    )


_PRIORS = {
    each: ""
    for each in (
        "max_iter",
        "tol",
        "alpha_1",
        "alpha_2",
        "lambda_1",
        "lambda_2",
        "compute_score",
        "fit_intercept",
    )
}
_PRIOR_TEXT = "max_iter: int = 300, tol: float = 0.001, alpha_1: float = 1e-06, alpha_2: float = 1e-06, lambda_1: float = 1e-06, lambda_2: float = 1e-06"
_GENERAL = {"alpha": "", "fit_intercept": "", "max_iter": "", "tol": ""}
_GENERAL_TEXT = (
    "alpha: float = 1.0, fit_intercept: bool = True, {}solver: Any = 'lbfgs', max_iter: int = 100, tol: float = 0.0001, "
    "warm_start: Any = False, verbose: Any = 0)"
)


def _general(name: str, first: str, link: str, more: dict[str, str], arguments: tuple[str, ...]) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    shown = "".join(
        f"model = {name}({each}).fit(X, counts)\n"
        "print(np.round(model.coef_, 4), round(model.intercept_, 4), np.round(model.predict(X[:3]), 4), round(model.score(X, counts), 5))\n"
        for each in arguments
    )
    return (
        constructor(
            owner,
            f"(*, {first}{_GENERAL_TEXT.format(link)}",
            used={**more, **_GENERAL},
            values={"link": ("auto", "identity", "log")} if link else None,
            parity=_SEARCH,
            case=f"{_DATA}from sklearn.linear_model import {name}\n"
            f"counts = rng.poisson(np.exp(0.3 * X[:, 0] + 0.5)) + 1\n{shown}",
        ),
        *_line(name),
        *parameter_attributes(owner, alpha="float", max_iter="int"),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_consensus(),
        constructor(
            _BAYES,
            f"(*, {_PRIOR_TEXT}, alpha_init: float | None = None, lambda_init: float | None = None, compute_score: bool = False, "
            "fit_intercept: bool = True, copy_X: Any = True, verbose: Any = False)",
            used={**_PRIORS, "alpha_init": "", "lambda_init": ""},
            parity=_ROUNDS,
            case=f"{_DATA}from sklearn.linear_model import BayesianRidge\nmodel = BayesianRidge(compute_score=True).fit(X, y)\n"
            "print(np.round(model.coef_, 6), round(model.intercept_, 6), round(model.alpha_, 5), round(model.lambda_, 5))\n"
            "means, deviations = model.predict(X[:3], return_std=True)\nprint(np.round(means, 6), np.round(deviations, 6))\n"
            "print(model.n_iter_, np.round(model.scores_, 4), np.round(model.sigma_, 6), round(model.score(X, y), 6))\n"
            "wide = BayesianRidge(fit_intercept=False, tol=1e-5, alpha_init=1.0, lambda_init=0.1).fit(X[:3], y[:3])\n"
            "print(np.round(wide.coef_, 6), wide.n_iter_, np.round(wide.sigma_, 5))\n",
        ),
        *_estimated("BayesianRidge"),
        attribute(_BAYES, "lambda_", "numpy[float64]"),
        constructor(
            _ARD,
            f"(*, {_PRIOR_TEXT}, compute_score: bool = False, threshold_lambda: float = 10000.0, fit_intercept: bool = True, "
            "copy_X: Any = True, verbose: Any = False)",
            used={**_PRIORS, "threshold_lambda": ""},
            parity=_ROUNDS,
            case=f"{_DATA}from sklearn.linear_model import ARDRegression\nmodel = ARDRegression(compute_score=True).fit(X, y)\n"
            "print(np.round(model.coef_, 6), round(model.intercept_, 6), round(model.alpha_, 5), np.round(model.lambda_, 3))\n"
            "means, deviations = model.predict(X[:3], return_std=True)\nprint(np.round(means, 6), np.round(deviations, 6))\n"
            "print(model.n_iter_, np.round(model.scores_, 4), np.round(model.sigma_, 6))\n"
            "wide = ARDRegression(threshold_lambda=100.0).fit(rng.normal(size=(12, 16)), y[:12])\nprint(np.round(wide.coef_, 5), wide.n_iter_)\n",
        ),
        *_estimated("ARDRegression"),
        attribute(_ARD, "lambda_", "array[float64, 1]"),
        constructor(
            _HUBER,
            "(*, epsilon: float = 1.35, max_iter: int = 100, alpha: float = 0.0001, warm_start: Any = False, fit_intercept: bool = True, "
            "tol: float = 1e-05)",
            used={each: "" for each in ("epsilon", "max_iter", "alpha", "fit_intercept", "tol")},
            parity=_SEARCH,
            case=f"{_DATA}from sklearn.linear_model import HuberRegressor\ny[:4] += 20.0\nmodel = HuberRegressor().fit(X, y)\n"
            "print(np.round(model.coef_, 4), round(model.intercept_, 4), round(model.scale_, 4), model.outliers_.sum())\n"
            "print(np.round(model.predict(X[:3]), 4), round(model.score(X, y), 4))\n"
            "model = HuberRegressor(epsilon=2.0, alpha=0.1, fit_intercept=False).fit(X, y)\nprint(np.round(model.coef_, 4))\n",
        ),
        *_line("HuberRegressor"),
        attribute(_HUBER, "scale_", "numpy[float64]"),
        attribute(_HUBER, "outliers_", "array[bool, 1]"),
        *parameter_attributes(_HUBER, epsilon="float", alpha="float"),
        *_general("PoissonRegressor", "", "", {}, ("", "alpha=0.01, fit_intercept=False", "alpha=0, max_iter=300")),
        *_general("GammaRegressor", "", "", {}, ("", "alpha=0.1")),
        *_general(
            "TweedieRegressor",
            "power: float = 0.0, ",
            "link: str = 'auto', ",
            {"power": "", "link": ""},
            (
                "",
                "power=1.5, alpha=0.1",
                "power=2, link='log'",
                "power=3, alpha=0.5",
                "power=0, link='log', alpha=0.2",
                "power=1",
            ),
        ),
    ),
    classes=tuple(
        estimator_class(f"{_MODULE}.{name}", f"sklearn::{name}", REGRESSOR)
        for name in (
            "BayesianRidge",
            "ARDRegression",
            "HuberRegressor",
            "PoissonRegressor",
            "GammaRegressor",
            "TweedieRegressor",
            "RANSACRegressor",
        )
    ),
)
