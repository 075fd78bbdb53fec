"""The module `sklearn.cross_decomposition`.

## Before
    model = PLSRegression(n_components=2).fit(X, Y)
## After
    let model = sklearn::PLSRegression::new().n_components(2).fit(&x, &y);
## Same numbers
    the same rounds for each direction
## Not handled
    `transform` of targets, the canonical forms
"""

from batuta.catalog._estimators import ML, REGRESSOR, attribute, constructor, estimator_class, label_array, method
from batuta.catalog.entry import Call, Entry, NotYet, Parity, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.cross_decomposition"
_NAME = f"{_MODULE}.PLSRegression"
_ME = f'self: Object["{_NAME}", Y]'
_ROWS = "X: arraylike[float64, 2]"


def _learned(call: Call) -> t.Type:
    """The array of what is predicted: a column, or a column for each target."""
    found = call.type("self")
    if not isinstance(found, t.Object) or not found.arguments:
        raise NotYet
    target = found.arguments[0]
    if target == t.Array("float64", 2):
        return target
    if isinstance(target, t.Unknown):
        raise NotYet
    label_array(target)
    return t.Array("float64", 1)


def _check(call: Call) -> None:
    found = call.type("y")
    if found != t.Array("float64", 2):
        label_array(found)
        if found == t.Array("str", 1):
            raise Refusal("BAT103", "targets that are texts", "Pass numbers.")


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(n_components: int = 2, *, scale: bool = True, max_iter: int = 500, tol: float = 1e-06, copy: Any = True)",
            used={each: "" for each in ("n_components", "scale", "max_iter", "tol")},
            labelled=True,
            parity=Parity("close", 1e-8, caveat="the same rounds; products are added up in another order"),
            case=(
                "import numpy as np\nfrom sklearn.cross_decomposition import PLSRegression\nrng = np.random.RandomState(0)\nX = rng.normal(size=(30, 4))\n"
                "Y = X[:, :2] @ np.array([[1.0, 0.5], [-0.3, 2.0]]) + 0.1 * rng.normal(size=(30, 2))\n"
                "model = PLSRegression(n_components=2)\nmodel.fit(X, Y)\n"
                "print(np.round(model.predict(X[:2]), 7), np.round(model.coef_, 7), np.round(model.intercept_, 7), round(model.score(X, Y), 7))\n"
                "print(np.round(model.transform(X[:2]), 7), np.round(model.x_weights_, 7), np.round(model.y_weights_, 7), np.round(model.x_loadings_, 7))\n"
                "print(np.round(model.y_loadings_, 7), np.round(model.x_rotations_, 7), np.round(model.y_rotations_, 7), np.round(model.x_scores_[:2], 7))\n"
                "print(np.round(model.y_scores_[:2], 7), np.round(model.inverse_transform(model.transform(X[:1])), 7), model.n_features_in_)\n"
                "one = PLSRegression(n_components=3, scale=False).fit(X, Y[:, 0])\nprint(np.round(one.predict(X[:3]), 7), round(one.score(X, Y[:, 0]), 7), one.n_iter_, one)\n"
                "try:\n    PLSRegression(n_components=9).fit(X, Y)\nexcept ValueError as error:\n    print(error)\n"
            ),
        ),
        method(
            _NAME, "fit", f"({_ME}, {_ROWS}, y: Y) -> Self", "{self}.~fit({&X}, {&y})", raises=("ValueError",), refuse=_check
        ),
        method(_NAME, "predict", f"({_ME}, {_ROWS}) -> Any", "{self}.~predict::<{type result}>({&X})", result=_learned),
        method(_NAME, "score", f"({_ME}, {_ROWS}, y: Any) -> float", "{self}.~score({&X}, {&y})", refuse=_check),
        *(
            method(_NAME, each, f"({_ME}, {_ROWS}) -> array[float64, 2]", f"{{self}}.~{each}({{&X}})")
            for each in ("transform", "inverse_transform")
        ),
        *(
            attribute(_NAME, each, "array[float64, 2]", labelled=True)
            for each in (
                "coef_",
                "x_weights_",
                "y_weights_",
                "x_loadings_",
                "y_loadings_",
                "x_scores_",
                "y_scores_",
                "x_rotations_",
                "y_rotations_",
            )
        ),
        attribute(_NAME, "intercept_", "array[float64, 1]", labelled=True),
        Entry(
            f"{_NAME}.n_iter_",
            f"({_ME}) -> list[int]",
            "{self}.~n_iter_()",
            kind="attribute",
            raises=("AttributeError",),
            features=ML,
        ),
        attribute(_NAME, "n_features_in_", "int", labelled=True),
    ),
    classes=(estimator_class(_NAME, "sklearn::PLSRegression", REGRESSOR),),
)
