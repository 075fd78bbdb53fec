"""The module `sklearn.compose`: regression on a changed target.

## Before
    model = TransformedTargetRegressor(regressor=Ridge(), func=np.log1p, inverse_func=np.expm1)
## After
    let model = sklearn::TransformedTargetRegressor::new().regressor(sklearn::Inner::of(&sklearn::Ridge::new()))
        .func(sklearn::Function::new(|y| np::log1p(y))).inverse_func(sklearn::Function::new(|y| np::expm1(y)));
## Same numbers
    those of the regressor
## Not handled
    several targets
"""

from batuta.catalog._estimators import REGRESSOR, check_nested, constructor, estimator_class, regressor_methods
from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.compose"
_NAME = f"{_MODULE}.TransformedTargetRegressor"
_STEP = "Callable[[array[float64, 2]], array[float64, 2]]"
_SIGNATURE = (
    f"(regressor: Any = None, *, transformer: Any = None, func: {_STEP} | None = None, inverse_func: {_STEP} | None = None, "
    "check_inverse: bool = True)"
)


def _object(call: Call) -> t.Type:
    """The type of the regressor is kept, for `regressor_`."""
    found = t.Object("sklearn.linear_model.LinearRegression")
    if call.given("regressor") and call.constant("regressor", default=NotImplemented) is not None:
        found = call.type("regressor")  # type: ignore[assignment]
    return t.Object(_NAME, (t.Variable("Y"), found))


def _held(call: Call) -> t.Type:
    found = call.type("self")
    if not isinstance(found, t.Object) or len(found.arguments) < 2:
        raise Refusal("BAT106", "the regressor's class is not known here", "Keep the regressor in a variable.")
    return found.arguments[1]


def _wide(entry: Entry) -> Entry:
    """The entry for objects that carry the type of their regressor."""
    texts = [entry.signature] if isinstance(entry.signature, str) else list(entry.signature)
    changed = tuple(each.replace(f'self: "{_NAME}"', f'self: Object["{_NAME}", Y, E]') for each in texts)
    return Entry(**{**entry.__dict__, "signature": changed if len(changed) > 1 else changed[0]})


_MADE = constructor(
    _NAME,
    _SIGNATURE,
    used={
        "regressor": "inner or None",
        "transformer": "inner or None",
        "func": "function",
        "inverse_func": "function",
        "check_inverse": "",
    },
    check=check_nested("regressor", "transformer"),
    case=(
        "import numpy as np\nfrom sklearn.compose import TransformedTargetRegressor\nfrom sklearn.linear_model import Lasso, Ridge\n"
        "from sklearn.preprocessing import QuantileTransformer, StandardScaler\nfrom sklearn.pipeline import make_pipeline\n"
        "from sklearn.model_selection import cross_val_score\n"
        "rng = np.random.RandomState(0)\nX = rng.normal(size=(40, 3))\ny = np.exp(X @ np.array([0.5, -0.2, 0.1]) + 1.0)\n"
        "model = TransformedTargetRegressor(regressor=Ridge(alpha=0.1), func=np.log, inverse_func=np.exp).fit(X, y)\n"
        "print(np.round(model.predict(X[:4]), 6), round(model.score(X, y), 6), np.round(model.regressor_.coef_, 6))\n"
        "scaled = TransformedTargetRegressor(Lasso(alpha=0.01), transformer=StandardScaler()).fit(X, y)\nprint(np.round(scaled.predict(X[:4]), 6))\n"
        "plain = TransformedTargetRegressor().fit(X, y)\nprint(np.round(plain.predict(X[:2]), 6))\n"
        "def shrink(values):\n    return np.sqrt(values)\n"
        "own = TransformedTargetRegressor(make_pipeline(StandardScaler(), Ridge()), func=shrink, inverse_func=lambda z: z ** 2)\n"
        "print(np.round(cross_val_score(own, X, y, cv=3), 6))\n"
        "quantiles = TransformedTargetRegressor(Ridge(), transformer=QuantileTransformer(n_quantiles=20, output_distribution='normal')).fit(X, y)\n"
        "print(np.round(quantiles.predict(X[:3]), 5))\n"
    ),
)

SHELF = Shelf(
    module=_MODULE,
    entries=(
        Entry(**{**_MADE.__dict__, "signature": f"{_SIGNATURE} -> Any", "result": _object}),
        *(_wide(each) for each in regressor_methods(_NAME)),
        Entry(
            f"{_NAME}.regressor_",
            f'(self: Object["{_NAME}", Y, E]) -> Any',
            "{self}.~regressor_::<{type result}>()",
            kind="attribute",
            result=_held,
            raises=("AttributeError",),
            features=("np", "ml"),
        ),
    ),
    classes=(estimator_class(_NAME, "sklearn::TransformedTargetRegressor", REGRESSOR),),
)
