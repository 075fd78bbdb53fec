"""The module `sklearn.model_selection`.

## Before
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
## After
    let (x_train, x_test, y_train, y_test) =
        sklearn::model_selection::train_test_split((&x, &y),
        sklearn::model_selection::Split::new().test_size(0.2).random_state(Some(42)));
## Same numbers
    the same rows as scikit-learn for every seed: shuffles draw from NumPy's stream
## Not handled
    groups, several scores at once, `n_jobs` (computed one after the other), iterators as `cv`
"""

from collections.abc import Callable

from batuta.catalog._estimators import ML, SOLVED, check_labels, label_array, refuse_others
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.model_selection"
_PATH = "sklearn::model_selection"

_SPLIT = (
    "(*arrays: Any, test_size: int | float = None, train_size: int | float = None, random_state: int | None = None, shuffle: "
    "bool = True, "
    "stratify: Any = None) -> Any"
)


def _parts(call: Call) -> list[t.Type]:
    found = []
    for each in call.types("arrays"):  # type: ignore[attr-defined]
        match each:
            case t.Array(_, 1 | 2) | t.List(_):
                found.append(t.ungrouped(each))
            case _:
                raise Refusal(
                    "BAT103", f"splitting {t.show(each)} is not translated", "Pass arrays of one or two dimensions, or lists."
                )
    return found


def _split_result(call: Call) -> t.Type:
    return t.Tuple(tuple(each for part in _parts(call) for each in (part, part)))


def _split(call: Call) -> str:
    parts = [f"{_PATH}::Split::new()"]
    for name in ("test_size", "train_size"):
        if call.given(name) and call.constant(name, default=NotImplemented) is not None:
            parts.append(f".{name}({{{name}}})")
    if call.given("random_state"):
        parts.append(".random_state({random_state})")
    if call.given("shuffle"):
        parts.append(".shuffle({shuffle})")
    if call.given("stratify") and call.constant("stratify", default=NotImplemented) is not None:
        parts.append(".stratify({&stratify})")
    return f"{_PATH}::~train_test_split(({{&*arrays}},), {''.join(parts)})"


def _check_split(call: Call) -> None:
    if not 1 <= len(call.nodes("arrays")) <= 5:  # type: ignore[attr-defined]
        raise Refusal(
            "BAT103", "`train_test_split` of more than five arrays is not translated", "Split them in two calls with one seed."
        )
    _parts(call)
    if call.given("stratify") and call.constant("stratify", default=NotImplemented) is not None:
        check_labels(call, "stratify")


_CROSS = (
    "(estimator: Any, X: arraylike[float64, 2], y: Any, *, groups: Any = None, scoring: str = None, cv: Any = None, n_jobs: "
    "Any = None, "
    "verbose: Any = 0, params: Any = None, pre_dispatch: Any = '2*n_jobs', {})"
)
_SPLITTERS = ("KFold", "StratifiedKFold")


def _check_estimator(call: Call) -> None:
    found = call.type("estimator")
    if not isinstance(found, t.Object) or not found.name.startswith("sklearn."):
        raise Refusal(
            "BAT103", f"cross-validation of {t.show(found)} is not translated", "Pass one of scikit-learn's estimators."
        )


def _folding(call: Call) -> str:
    if not call.given("cv") or call.constant("cv", default=NotImplemented) is None:
        return "5"
    found = call.type("cv")
    if found == t.INT:
        return "{cv}"
    if isinstance(found, t.Object) and found.name in [f"{_MODULE}.{each}" for each in _SPLITTERS]:
        return "{&cv}"
    raise Refusal(
        "BAT103", f"`cv={call.source('cv')}` is not translated", "Pass a number of folds, a KFold or a StratifiedKFold."
    )


def _scoring(call: Call) -> str:
    if not call.given("scoring") or call.constant("scoring", default=NotImplemented) is None:
        return "None"
    return "Some({&scoring})"


_AVERAGED = [
    f"{metric}{average}" for metric in ("precision", "recall", "f1") for average in ("", "_macro", "_micro", "_weighted")
]
_SCORERS = frozenset(
    [
        "accuracy",
        "balanced_accuracy",
        "r2",
        "neg_mean_squared_error",
        "neg_root_mean_squared_error",
        "neg_mean_absolute_error",
        "neg_median_absolute_error",
        "explained_variance",
        "neg_max_error",
        "roc_auc",
        "neg_log_loss",
    ]
) | frozenset(_AVERAGED)


def _check_scoring(call: Call) -> None:
    """A name that is known to be wrong before anything runs is refused here; a computed one raises when the program runs."""
    name = call.constant("scoring", default=None) if call.given("scoring") else None
    if isinstance(name, str) and name not in _SCORERS:
        raise Refusal("BAT103", f"the score {name!r} is not translated", f"Use one of {', '.join(sorted(_SCORERS))}.")


def _crossed(
    name: str,
    extra: str,
    rust: str | Callable[[Call], str],
    result: Callable[[Call], t.Type],
    used: tuple[str, ...],
    case: str,
) -> Entry:
    signature = f"{_CROSS.format(extra)} -> Any"
    others = refuse_others(
        name, signature, ("estimator", "X", "y", "scoring", "cv", "n_jobs", "pre_dispatch", "error_score", *used), {}, ()
    )

    def refuse(call: Call) -> None:
        _check_estimator(call)
        check_labels(call, "y")
        _check_scoring(call)
        _folding(call)
        others(call)

    return Entry(
        f"{_MODULE}.{name}",
        signature,
        rust,
        result=result,
        refuse=refuse,
        raises=("ValueError",),
        features=ML,
        cost="high",
        parity=SOLVED,
        case=case,
    )


def _predicted(call: Call) -> t.Type:
    found = call.type("estimator")
    if isinstance(found, t.Object) and found.arguments:
        return label_array(call.type("y"))
    return t.Array("float64", 1)


def _cross_predict(call: Call) -> str:
    method = call.constant("method")
    if method != "predict":
        raise Refusal("BAT103", f"`method={method!r}` is not translated", "Predict fold by fold in a loop.")
    return f"{_PATH}::~cross_val_predict::<_, {{type result}}>({{&estimator}}, {{&X}}, {{&y}}, {_folding(call)})"


def _splitter(name: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    folds = "list[tuple[array[int64, 1], array[int64, 1]]]"
    me = f'self: "{owner}"'
    stratified = name == "StratifiedKFold"

    def refuse(call: Call) -> None:
        if call.given("y"):
            check_labels(call, "y")

    with_labels = (f"({me}, X: arraylike[float64, 2], y: Any, groups: Any = None) -> {folds}", "{self}.~split({&X}, {&y})")
    alone = (
        f"({me}, X: Any, y: Any = None, groups: Any = None) -> {folds}",
        f"{{self}}.~split_alone({_PATH}::SplitRows::row_count({{&X}}) as i64)",
    )
    return (
        Entry(
            owner,
            f'(n_splits: int = 5, *, shuffle: bool = False, random_state: int | None = None) -> "{owner}"',
            f"{_PATH}::{name}::~new({{n_splits}}, {{shuffle}}, {{random_state}})",
            kind="class",
            raises=("ValueError",),
            features=ML,
            cost="low",
            case=(
                f"import numpy as np\nfrom sklearn.model_selection import {name}\nX = np.arange(20.0).reshape(10, 2)\n"
                f"y = np.array([0, 1] * 5)\n"
                f"for train, test in {name}(n_splits=3).split(X, y):\n    print(train, test)\n"
                f"for train, test in {name}(n_splits=2, shuffle=True, random_state=1).split(X, y):\n    print(train, test)\n"
            ),
        ),
        Entry(
            f"{owner}.split",
            with_labels[0] if stratified else alone[0],
            with_labels[1] if stratified else alone[1],
            kind="method",
            refuse=refuse if stratified else None,
            raises=("ValueError",),
            features=ML,
            cost="low",
        ),
        Entry(
            f"{owner}.get_n_splits",
            f"({me}, X: Any = None, y: Any = None, groups: Any = None) -> int",
            "{self}.get_n_splits()",
            kind="method",
            features=ML,
        ),
    )


_DATA = (
    "import numpy as np\nfrom sklearn.linear_model import LinearRegression\n"
    "X = np.array([[1.0, 2.0], [2.0, 0.5], [3.0, 4.0], [4.0, 1.0], [5.5, 3.0], [6.0, 2.0]])\n"
    "y = np.array([3.1, 2.4, 7.2, 5.0, 8.9, 7.4])\n"
)
_RESULT = "dict[str, array[float64, 1]]"

SHELF = Shelf(
    module=_MODULE,
    entries=(
        Entry(
            f"{_MODULE}.train_test_split",
            _SPLIT,
            _split,
            result=_split_result,
            refuse=_check_split,
            raises=("ValueError",),
            effects=("draws",),
            features=ML,
            cost="low",
            case=(
                "import numpy as np\nfrom sklearn.model_selection import train_test_split\n"
                "X = np.arange(24.0).reshape(12, 2)\ny = np.array([0, 1, 2] * 4)\n"
                "X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.25, random_state=42)\n"
                "print(X_train, X_test, y_train, y_test)\n"
                "a, b = train_test_split(y, train_size=6, random_state=1, stratify=y)\nprint(a, b)\n"
                "first, second = train_test_split([1, 2, 3, 4, 5], shuffle=False)\nprint(first, second)\n"
            ),
        ),
        _crossed(
            "cross_val_score",
            "error_score: Any = None",
            lambda call: f"{_PATH}::~cross_val_score({{&estimator}}, {{&X}}, {{&y}}, {_scoring(call)}, {_folding(call)})",
            lambda call: t.Array("float64", 1),
            (),
            f"{_DATA}from sklearn.model_selection import cross_val_score\n"
            f"print(np.round(cross_val_score(LinearRegression(), X, y, cv=3), 8))\n"
            "print(np.round(cross_val_score(LinearRegression(), X, y, cv=2, scoring='neg_mean_squared_error'), 8))\n",
        ),
        _crossed(
            "cross_validate",
            "return_train_score: Any = False, return_estimator: Any = False, return_indices: Any = False, error_score: Any = "
            "None",
            lambda call: (
                f"{_PATH}::~cross_validate({{&estimator}}, {{&X}}, {{&y}}, {_scoring(call)}, {_folding(call)}, "
                f"{'true' if call.constant('return_train_score') else 'false'}).into_dict()"
            ),
            lambda call: t.parse_type(_RESULT),
            ("return_train_score",),
            f"{_DATA}from sklearn.model_selection import cross_validate\n"
            f"result = cross_validate(LinearRegression(), X, y, cv=3, return_train_score=True)\n"
            "print(np.round(result['test_score'], 8), np.round(result['train_score'], 8))\n",
        ),
        _crossed(
            "cross_val_predict",
            "method: Any = 'predict'",
            _cross_predict,
            _predicted,
            ("method",),
            f"{_DATA}from sklearn.model_selection import cross_val_predict\n"
            f"print(np.round(cross_val_predict(LinearRegression(), X, y, cv=3), 8))\n",
        ),
        *_splitter("KFold"),
        *_splitter("StratifiedKFold"),
    ),
    classes=tuple(
        LibraryClass(f"{_MODULE}.{each}", f"{_PATH}::{each}", mutable=False, features=("ml",)) for each in _SPLITTERS
    ),
    refused={
        f"{_MODULE}.RandomizedSearchCV": ("it draws candidates from distributions that are not mapped", "Use GridSearchCV."),
        f"{_MODULE}.LeaveOneOut": ("it is not mapped", "Use KFold with as many folds as samples."),
    },
)
