"""The module `sklearn.isotonic`.

## Before
    model = IsotonicRegression(out_of_bounds="clip").fit(x, y)
## After
    let model = sklearn::IsotonicRegression::new().out_of_bounds("clip".to_string()).fit(&sklearn::isotonic::column(&x), &y);
## Same numbers
    the same blocks
## Not handled
    sample weights of `isotonic_regression`
"""

from batuta.catalog._estimators import ML, REGRESSOR, attribute, constructor, estimator_class, method
from batuta.catalog.entry import Entry, Shelf

_MODULE = "sklearn.isotonic"
_NAME = f"{_MODULE}.IsotonicRegression"
_ME = f'self: "{_NAME}"'
_COLUMN = "&sklearn::isotonic::column({&X})"
_Y = "y: arraylike[float64, 1]"


def _both(
    name: str, form: str, result: str, more: str = "", raises: tuple[str, ...] = ("ValueError", "NotFittedError")
) -> Entry:
    """A method that takes a column as an array of one or of two dimensions."""
    return method(
        _NAME,
        name,
        (f"({_ME}, X: arraylike[float64, 1]{more}) -> {result}", f"({_ME}, X: arraylike[float64, 2]{more}) -> {result}"),
        (form.format(_COLUMN), form.format("{&X}")),
        raises=raises,
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(*, y_min: float | None = None, y_max: float | None = None, increasing: bool | str = True, out_of_bounds: str = 'nan')",
            used={"y_min": "", "y_max": "", "increasing": "variant", "out_of_bounds": ""},
            values={"out_of_bounds": ("nan", "clip", "raise")},
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.isotonic import IsotonicRegression\nrng = np.random.RandomState(0)\n"
                "x = np.arange(20.0)\ny = rng.randint(-20, 20, size=20) + 10.0 * np.log1p(x)\nmodel = IsotonicRegression().fit(x, y)\n"
                "print(model.predict(x), model.predict([2.5, 30.0]), model.X_thresholds_, model.y_thresholds_)\n"
                "clipped = IsotonicRegression(out_of_bounds='clip', y_min=0, y_max=30.0)\nprint(clipped.fit_transform(x, y), clipped.transform([-3.0, 99.0]))\n"
                "down = IsotonicRegression(increasing='auto').fit(x.reshape(-1, 1), -y)\nprint(down.increasing_, down.predict(x[:, None]), round(down.score(x.reshape(-1, 1), -y), 8))\n"
                "ties = IsotonicRegression().fit([1.0, 1.0, 2.0, 2.0, 3.0], [3.0, 1.0, 2.0, 5.0, 4.0])\nprint(ties.predict([1.0, 1.5, 2.0, 3.0]), ties.X_min_, ties.X_max_)\n"
                "heavy = IsotonicRegression().fit([1.0, 2.0, 3.0], [3.0, 1.0, 2.0], sample_weight=[1.0, 4.0, 1.0])\nprint(heavy.predict([1.0, 2.0, 3.0]))\n"
                "try:\n    IsotonicRegression(out_of_bounds='raise').fit(x, y).predict([50.0])\nexcept ValueError as error:\n    print(error)\n"
            ),
        ),
        method(
            _NAME,
            "fit",
            tuple(
                f"({_ME}, X: arraylike[float64, {rank}], {_Y}{weight}) -> Self"
                for weight in (", sample_weight: None = None", ", sample_weight: arraylike[float64, 1]")
                for rank in (1, 2)
            ),
            (
                f"{{self}}.~fit({_COLUMN}, {{&y}})",
                "{self}.~fit({&X}, {&y})",
                f"{{self}}.~fit_weighted({_COLUMN}, {{&y}}, {{&sample_weight}})",
                "{self}.~fit_weighted({&X}, {&y}, {&sample_weight})",
            ),
            raises=("ValueError",),
        ),
        _both("predict", "{{self}}.~predict::<ndarray::Array1<f64>>({})", "array[float64, 1]"),
        _both("transform", "{{self}}.~predict::<ndarray::Array1<f64>>({})", "array[float64, 1]"),
        _both(
            "fit_transform",
            "{{self}}.~fit({0}, {{&y}}).predict::<ndarray::Array1<f64>>({0})",
            "array[float64, 1]",
            f", {_Y}",
            ("ValueError",),
        ),
        _both("score", "{{self}}.~score({}, {{&y}})", "float", f", {_Y}"),
        attribute(_NAME, "X_thresholds_", "array[float64, 1]", rust="{self}.~x_thresholds_()"),
        attribute(_NAME, "y_thresholds_", "array[float64, 1]"),
        attribute(_NAME, "X_min_", "numpy[float64]", rust="{self}.~x_min_()"),
        attribute(_NAME, "X_max_", "numpy[float64]", rust="{self}.~x_max_()"),
        attribute(_NAME, "increasing_", "bool"),
        Entry(
            f"{_MODULE}.isotonic_regression",
            "(y: arraylike[float64, 1], *, sample_weight: None = None, y_min: float | None = None, y_max: float | None = None, "
            "increasing: bool = True) -> array[float64, 1]",
            "sklearn::isotonic::isotonic_regression({&y}, {y_min}, {y_max}, {increasing})",
            features=ML,
            case="from sklearn.isotonic import isotonic_regression\nprint(isotonic_regression([5, 3, 1, 2, 8, 10, 7, 9, 6, 4]))\n"
            "print(isotonic_regression([1.0, 3.0, 2.0], y_max=2.2), isotonic_regression([1.0, 3.0, 2.0], increasing=False))\n",
        ),
        Entry(
            f"{_MODULE}.check_increasing",
            "(x: arraylike[float64, 1], y: arraylike[float64, 1]) -> bool",
            "sklearn::isotonic::check_increasing({&x}, {&y})",
            features=ML,
            case="from sklearn.isotonic import check_increasing\nprint(bool(check_increasing([1, 2, 3, 4], [1.0, 3.0, 2.0, 5.0])), bool(check_increasing([1, 2, 3], [3.0, 2.0, 1.0])))\n",
        ),
    ),
    classes=(estimator_class(_NAME, "sklearn::IsotonicRegression", REGRESSOR),),
)
