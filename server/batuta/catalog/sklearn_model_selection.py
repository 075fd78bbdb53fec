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
    `n_jobs` is computed one after the other; scorers that are functions, iterators as `cv`, `return_estimator`
"""

import ast
from collections.abc import Callable
from typing import Any

from batuta.catalog._estimators import ML, SOLVED, check_labels, from_sparse, label_array, refuse_others
from batuta.catalog._families import learned_role
from batuta.catalog._own_estimators import answer, is_estimator
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.catalog.sklearn_pipeline import last_step, role_of
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
            case t.Array(_, 1 | 2) | t.List(_) | t.Object("pandas.DataFrame" | "pandas.Series" | "sklearn.feature names"):
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
    "(estimator: Any, X: arraylike[float64, 2], y: Any, *, groups: Any = None, scoring: {}, cv: Any = None, n_jobs: "
    "Any = None, "
    "verbose: Any = 0, params: Any = None, pre_dispatch: Any = '2*n_jobs', {})"
)
_SPLITTERS = ("KFold", "StratifiedKFold")


def _check_estimator(call: Call) -> None:
    found = call.type("estimator")
    if not is_estimator(call, found):
        raise Refusal(
            "BAT103", f"cross-validation of {t.show(found)} is not translated", "Pass one of scikit-learn's estimators."
        )


def folding(call: Call) -> str:
    """The `cv` of a cross-validation: a number or a splitter, with the groups that it needs."""
    if not call.given("cv") or call.constant("cv", default=NotImplemented) is None:
        return "5"
    found = call.type("cv")
    if found == t.INT:
        return "{cv}"
    name = found.name if isinstance(found, t.Object) else ""
    if name in [f"{_MODULE}.{each}" for each in (*_SPLITTERS, *_BUILDERS)]:
        grouped = name.rpartition(".")[2] in _GROUPED
        return "&{cv}.with_groups({&groups})" if grouped and call.given("groups") else "{&cv}"
    raise Refusal("BAT103", f"`cv={call.source('cv')}` is not translated", "Pass a number of folds or a splitter.")


def scoring_text(call: Call) -> str:
    """The name of a score, or none."""
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
        "average_precision",
        "roc_auc_ovr",
        "roc_auc_ovr_weighted",
        "neg_brier_score",
        "matthews_corrcoef",
        "jaccard",
        "jaccard_macro",
        "neg_mean_absolute_percentage_error",
        "neg_mean_squared_log_error",
    ]
) | frozenset(_AVERAGED)


def check_scoring(call: Call) -> None:
    """A name that is known to be wrong before anything runs is refused here; a computed one raises when the program runs."""
    found = several_scores(call) if call.given("scoring") else None
    for name in [name for _, name in found] if found else [call.constant("scoring", default=None)]:
        if name in (None, "") and found is None:
            continue
        if name not in _SCORERS:
            raise Refusal("BAT103", f"the score {name!r} is not translated", f"Use one of {', '.join(sorted(_SCORERS))}.")


def several_scores(call: Any) -> list[tuple[str, Any]] | None:
    """The names of the columns and of the scores, where `scoring` is a list, a tuple or a dict of them."""
    node = call.node("scoring")
    if isinstance(node, ast.Name):
        node = call.literal("scoring")
    match node:
        case ast.List(elts=elements) | ast.Tuple(elts=elements) if elements:
            return [(_text(each), _text(each)) for each in elements]
        case ast.Dict(keys=keys, values=values) if keys:
            return [(_text(key), _text(value)) for key, value in zip(keys, values, strict=True)]
    return None


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _cross_validated(call: Call) -> str:
    train = "true" if call.constant("return_train_score") else "false"
    names = several_scores(call)
    if names is None:
        return f"{_PATH}::~cross_validate({{&estimator}}, {{&X}}, {{&y}}, {scoring_text(call)}, {folding(call)}, {train}).into_dict()"
    pairs = ", ".join(f'("{label}", "{name}")' for label, name in names)
    return f"{_PATH}::~cross_validate_many({{&estimator}}, {{&X}}, {{&y}}, &[{pairs}], {folding(call)}, {train})"


def _crossed(
    name: str,
    extra: str,
    rust: str | Callable[[Call], str],
    result: Callable[[Call], t.Type],
    used: tuple[str, ...],
    case: str,
    scoring: str = "str = None",
) -> Entry:
    signature = f"{_CROSS.format(scoring, extra)} -> Any"
    refuse = _check_scored(name, signature, used)

    def of_texts(call: Call) -> str:
        template = rust(call) if callable(rust) else rust
        return template.replace("{&X}", "&sklearn::texts({&X})")

    return Entry(
        f"{_MODULE}.{name}",
        (signature, signature.replace("X: arraylike[float64, 2]", "X: arraylike[str, 1]")),
        (from_sparse(rust), of_texts),
        result=result,
        refuse=refuse,
        raises=("ValueError",),
        features=ML,
        cost="high",
        parity=SOLVED,
        case=case,
    )


def _predicted(call: Call) -> t.Type:
    if call.constant("method") == "predict_proba":
        return t.Array("float64", 2)
    found = last_step(call.type("estimator"))
    if isinstance(found, t.Instance):
        return answer(call, found.name, "predicted")
    role = role_of(found, call) or learned_role(call, call.type("y"))
    if role == "ClassifierMixin":
        return label_array(call.type("y"))
    return t.Array("float64", 1)


def _cross_predict(call: Call) -> str:
    method = call.constant("method")
    if method == "predict_proba":
        return f"{_PATH}::~cross_val_chances({{&estimator}}, {{&X}}, {{&y}}, {folding(call)})"
    if method != "predict":
        raise Refusal("BAT103", f"`method={method!r}` is not translated", "Predict fold by fold in a loop.")
    return f"{_PATH}::~cross_val_predict::<_, {{type result}}>({{&estimator}}, {{&X}}, {{&y}}, {folding(call)})"


def _splitter(name: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    folds = "list[tuple[array[int64, 1], array[int64, 1]]]"
    me = f'self: "{owner}"'
    stratified = name == "StratifiedKFold"

    def refuse(call: Call) -> None:
        if call.given("y"):
            check_labels(call, "y")

    with_labels = (f"({me}, X: Any, y: Any, groups: Any = None) -> {folds}", "{self}.~split({&X}, {&y})")
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


_BUILDERS = {
    "ShuffleSplit": "shuffle_split",
    "StratifiedShuffleSplit": "stratified_shuffle_split",
    "GroupShuffleSplit": "group_shuffle_split",
    "GroupKFold": "group_k_fold",
    "LeaveOneGroupOut": "leave_one_group_out",
    "LeaveOneOut": "leave_one_out",
    "TimeSeriesSplit": "time_series_split",
    "RepeatedKFold": "repeated_k_fold",
    "RepeatedStratifiedKFold": "repeated_stratified_k_fold",
}
"""The splitters that share one Rust type, by the function that makes each."""
_GROUPED = ("GroupShuffleSplit", "GroupKFold", "LeaveOneGroupOut")
_RANDOM = (
    "(n_splits: int = {}, *, test_size: int | float = None, train_size: int | float = None, random_state: int | None = None)"
)
_REPEATED = "(*, n_splits: int = 5, n_repeats: int = 10, random_state: int | None = None)"
_SIGNATURES = {
    "ShuffleSplit": _RANDOM.format(10),
    "StratifiedShuffleSplit": _RANDOM.format(10),
    "GroupShuffleSplit": _RANDOM.format(5),
    "GroupKFold": "(n_splits: int = 5, *, shuffle: Any = False, random_state: Any = None)",
    "LeaveOneGroupOut": "()",
    "LeaveOneOut": "()",
    "TimeSeriesSplit": "(n_splits: int = 5, *, max_train_size: int | None = None, test_size: int | None = None, gap: int = 0)",
    "RepeatedKFold": _REPEATED,
    "RepeatedStratifiedKFold": _REPEATED,
}


def _size(call: Call, name: str) -> str:
    if not call.given(name) or call.constant(name, default=NotImplemented) is None:
        return "None"
    return f"Some({_PATH}::Size::from({{{name}}}))"


def _built(name: str) -> Callable[[Call], str]:
    def rust(call: Call) -> str:
        if name.startswith("Leave"):
            arguments = ""
        elif "n_repeats" in _SIGNATURES[name]:
            arguments = "{n_splits}, {n_repeats}, {random_state}"
        elif name == "GroupKFold":
            arguments = "{n_splits}"
        elif name == "TimeSeriesSplit":
            arguments = "{n_splits}, {max_train_size}, {test_size}, {gap}"
        else:
            arguments = f"{{n_splits}}, {_size(call, 'test_size')}, {_size(call, 'train_size')}, {{random_state}}"
        return f"{_PATH}::Splits::{_BUILDERS[name]}({arguments})"

    return rust


def _other_splitter(name: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    me = f'self: "{owner}"'
    grouped = name in _GROUPED
    folds = "list[tuple[array[int64, 1], array[int64, 1]]]"
    source = "{self}.with_groups({&groups})" if grouped else "{self}"

    def check(call: Call) -> None:
        check_labels(call, "y")
        if grouped and not call.given("groups"):
            raise Refusal("BAT103", f"`{name}` without groups is not translated", "Pass `groups=`.")
        if grouped:
            check_labels(call, "groups")

    def split(call: Call) -> str:
        if name.startswith(("Stratified", "RepeatedStratified")):
            return f"{source}.~split({{&X}}, {{&y}})"
        return f"{source}.~split_alone({{&X}})"

    def number(call: Call) -> str:
        if name == "LeaveOneGroupOut":
            return f"{source}.get_n_splits(0)"
        rows = f"{_PATH}::SplitRows::row_count({{&X}}) as i64" if name == "LeaveOneOut" else "0"
        return f"{{self}}.get_n_splits({rows})"

    signature = f'{_SIGNATURES[name]} -> "{owner}"'
    y = "y: Any" if name.startswith(("Stratified", "RepeatedStratified")) else "y: Any = None"
    given = {
        "LeaveOneGroupOut": "",
        "LeaveOneOut": "",
        "GroupKFold": "n_splits=3",
        "TimeSeriesSplit": "n_splits=3, gap=1",
    }.get(name, "n_splits=2, n_repeats=2, random_state=0" if "n_repeats" in _SIGNATURES[name] else "n_splits=2, random_state=0")
    arguments = "X, y, groups" if grouped else "X, y"
    used = ("n_splits", "test_size", "train_size", "random_state", "n_repeats", "max_train_size", "gap")
    return (
        Entry(
            owner,
            signature,
            _built(name),
            kind="class",
            refuse=refuse_others(name, signature, used if name != "GroupKFold" else ("n_splits",), {}, ()),
            features=ML,
            cost="low",
            case=(
                f"import numpy as np\nfrom sklearn.model_selection import {name}\nX = np.arange(24.0).reshape(12, 2)\n"
                "y = np.array([0, 1] * 6)\ngroups = np.array([1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5, 5])\n"
                f"for train, test in {name}({given}).split({arguments}):\n    print(train, test)\n"
            ),
        ),
        Entry(
            f"{owner}.split",
            f"({me}, X: Any, {y}, groups: Any = None) -> {folds}",
            split,
            kind="method",
            refuse=check,
            raises=("ValueError",),
            features=ML,
            cost="low",
        ),
        Entry(
            f"{owner}.get_n_splits",
            f"({me}, X: Any = None, y: Any = None, groups: Any = None) -> int",
            number,
            kind="method",
            features=ML,
        ),
    )


_SIZES = "array[int64, 1]"
_TABLE = "array[float64, 2]"
_LEARNING = (
    "(estimator: Any, X: arraylike[float64, 2], y: Any, *, groups: Any = None, train_sizes: {}, cv: Any = None, "
    "scoring: str = None, exploit_incremental_learning: Any = False, n_jobs: Any = None, pre_dispatch: Any = 'all', "
    "verbose: Any = 0, shuffle: bool = False, random_state: int | None = None, error_score: Any = None, "
    f"return_times: Any = False, params: Any = None) -> tuple[{_SIZES}, {_TABLE}, {_TABLE}]"
)
_VALIDATION = (
    "(estimator: Any, X: arraylike[float64, 2], y: Any, *, param_name: str, param_range: Any, groups: Any = None, "
    "cv: Any = None, scoring: str = None, n_jobs: Any = None, pre_dispatch: Any = 'all', verbose: Any = 0, "
    f"error_score: Any = None, params: Any = None) -> tuple[{_TABLE}, {_TABLE}]"
)
_HARMLESS = ("estimator", "X", "y", "groups", "cv", "scoring", "n_jobs", "pre_dispatch", "error_score")


def _check_scored(name: str, signature: str, used: tuple[str, ...]) -> Callable[[Call], None]:
    """What functions that score an estimator on folds refuse."""
    others = refuse_others(name, signature, (*_HARMLESS, *used), {}, ())

    def refuse(call: Call) -> None:
        _check_estimator(call)
        check_labels(call, "y")
        check_scoring(call)
        folding(call)
        others(call)

    return refuse


def _learning(call: Call) -> str:
    shares = "true"
    sizes = "&ndarray::Array1::from(vec![0.1, 0.325, 0.55, 0.775, 1.0])"
    if call.given("train_sizes"):
        match call.type("train_sizes"):
            case t.Array(dtype, 1):
                shares = "true" if dtype == "float64" else "false"
            case t.List(element) | t.Sequence(element):
                shares = "false" if element == t.INT else "true"
            case t.Tuple(items):
                shares = "false" if all(each == t.INT for each in items) else "true"
            case _:
                shares = "false"
        sizes = "{&train_sizes}"
    growth = (
        f"&{_PATH}::Growth {{{{ sizes: {sizes}, shares: {shares}, shuffle: {{shuffle}}, random_state: {{random_state}} }}}}"
    )
    return f"{_PATH}::~learning_curve({{&estimator}}, {{&X}}, {{&y}}, {growth}, {scoring_text(call)}, {folding(call)})"


def _validation(call: Call) -> str:
    node = call.node("param_range")
    if isinstance(node, ast.List) and any(isinstance(each, ast.Constant) and each.value is None for each in node.elts):
        raise Refusal("BAT103", "a range of values that holds None is not translated", "Use values of one type.")
    return (
        f"{_PATH}::~validation_curve({{&estimator}}, {{&X}}, {{&y}}, {{&param_name}}, {{&param_range}}, {scoring_text(call)}, "
        f"{folding(call)})"
    )


_DATA = (
    "import numpy as np\nfrom sklearn.linear_model import LinearRegression\n"
    "X = np.array([[1.0, 2.0], [2.0, 0.5], [3.0, 4.0], [4.0, 1.0], [5.5, 3.0], [6.0, 2.0]])\n"
    "y = np.array([3.1, 2.4, 7.2, 5.0, 8.9, 7.4])\n"
)
_LEARNT = (
    "import numpy as np\nfrom sklearn.datasets import load_iris\n"
    "from sklearn.model_selection import learning_curve, validation_curve\n"
    "from sklearn.naive_bayes import GaussianNB\nfrom sklearn.neighbors import KNeighborsClassifier\n"
    "X, y = load_iris(return_X_y=True)\norder = np.random.RandomState(0).permutation(len(y))\n"
    "X, y = X[order], y[order]\n"
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
            lambda call: f"{_PATH}::~cross_val_score({{&estimator}}, {{&X}}, {{&y}}, {scoring_text(call)}, {folding(call)})",
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
            _cross_validated,
            lambda call: t.parse_type(_RESULT),
            ("return_train_score",),
            f"{_DATA}from sklearn.model_selection import cross_validate\n"
            f"result = cross_validate(LinearRegression(), X, y, cv=3, return_train_score=True)\n"
            "print(np.round(result['test_score'], 8), np.round(result['train_score'], 8))\n"
            "many = cross_validate(LinearRegression(), X, y, cv=3, scoring=['r2', 'neg_mean_absolute_error'])\n"
            "print(np.round(many['test_r2'], 8), np.round(many['test_neg_mean_absolute_error'], 8))\n",
            scoring="Any = None",
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
        Entry(
            f"{_MODULE}.learning_curve",
            _LEARNING.format("arraylike[float64, 1] = None"),
            _learning,
            refuse=_check_scored("learning_curve", _LEARNING.format("Any = None"), ("train_sizes", "shuffle", "random_state")),
            raises=("ValueError",),
            features=ML,
            cost="high",
            parity=SOLVED,
            case=f"{_LEARNT}sizes, train, test = learning_curve(GaussianNB(), X, y, cv=4, train_sizes=[0.3, 0.6, 1.0])\n"
            "print(sizes, np.round(train, 8), np.round(test, 8))\n",
        ),
        Entry(
            f"{_MODULE}.validation_curve",
            _VALIDATION,
            _validation,
            refuse=_check_scored("validation_curve", _VALIDATION, ("param_name", "param_range")),
            raises=("ValueError",),
            features=ML,
            cost="high",
            parity=SOLVED,
            case=f"{_LEARNT}train, test = validation_curve(\n    KNeighborsClassifier(), X, y, param_name='n_neighbors', "
            "param_range=[1, 3, 9], cv=3\n)\nprint(np.round(train, 8), np.round(test, 8))\n",
        ),
        *_splitter("KFold"),
        *_splitter("StratifiedKFold"),
        *(entry for name in _BUILDERS for entry in _other_splitter(name)),
    ),
    classes=(
        *(LibraryClass(f"{_MODULE}.{each}", f"{_PATH}::{each}", mutable=False, features=("ml",)) for each in _SPLITTERS),
        *(LibraryClass(f"{_MODULE}.{each}", f"{_PATH}::Splits", mutable=False, features=("ml",)) for each in _BUILDERS),
    ),
    refused={
        f"{_MODULE}.StratifiedGroupKFold": ("it is not mapped", "Use GroupKFold."),
        f"{_MODULE}.LeavePOut": ("it is not mapped", "Use LeaveOneOut."),
        f"{_MODULE}.PredefinedSplit": ("it is not mapped", "Loop over the folds in the program."),
    },
)
