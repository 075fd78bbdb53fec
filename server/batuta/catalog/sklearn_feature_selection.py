"""The module `sklearn.feature_selection`.

## Before
    selector = SelectKBest(f_classif, k=5).fit(X, y)
    print(selector.get_support(indices=True))
## After
    let selector = sklearn::SelectKBest::new().score_func("f_classif").k(sklearn::Param::from(5)).fit(&x, &y);
    py::print!("{}", py::Str(&selector.support_places()));
## Same numbers
    scores to the last digits, p-values to twelve digits; equal scores keep scikit-learn's order
## Not handled
    scores that are functions of the program, mutual information, `RFECV`, `SequentialFeatureSelector`, `prefit=True`
"""

from collections.abc import Callable

from batuta.catalog._estimators import (
    ML,
    SOLVED,
    TRANSFORMER,
    attribute,
    check_folds,
    check_labels,
    constructor,
    estimator_class,
    method,
    supervised_transformer_methods,
)
from batuta.catalog.entry import Call, Entry, LibraryClass, Parity, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.feature_selection"
_SCORES = tuple(
    f"{_MODULE}.{each}" for each in ("f_classif", "chi2", "f_regression", "mutual_info_classif", "mutual_info_regression")
)
_RESULTS = "sklearn.feature_selection.results of folds"
_DATA = "import numpy as np\nfrom sklearn.datasets import load_iris\nX, y = load_iris(return_X_y=True)\n"
_PAIR = "tuple[array[float64, 1], array[float64, 1]]"


def _check_score(call: Call) -> None:
    if call.given("score_func") and call.constant("score_func", default=None) not in _SCORES:
        raise Refusal("BAT103", f"`score_func={call.source('score_func')}` is not translated", "Use one of scikit-learn's own.")


def _scored(title: str, extra: str) -> Callable[[Call], str]:
    def rust(call: Call) -> str:
        text = f"sklearn::{title}::new()"
        if call.given("score_func"):
            text += f'.score_func("{str(call.constant("score_func")).rpartition(".")[2]}".to_string())'
        if call.given(extra):
            text += f".{extra}(sklearn::Param::from({{{extra}}}))" if extra == "k" else f".{extra}({{{extra}}})"
        return text

    return rust


def check_inner(call: Call) -> None:
    """Refuses anything but one of scikit-learn's estimators as the inner one."""
    found = call.type("estimator")
    if not isinstance(found, t.Object) or not found.name.startswith("sklearn."):
        raise Refusal(
            "BAT103", f"an inner estimator of type {t.show(found)} is not translated", "Pass one of scikit-learn's estimators."
        )


def _univariate(title: str, signature: str, extra: str, case: str) -> Entry:
    return Entry(
        f"{_MODULE}.{title}",
        signature,
        _scored(title, extra),
        kind="class",
        refuse=_check_score,
        features=ML,
        cost="low",
        parity=SOLVED,
        case=case,
    )


def _support(call: Call) -> bool:
    return bool(call.constant("indices"))


def selector_methods(owner: str) -> tuple[Entry, ...]:
    """The methods of everything that chooses columns; `fit` takes the target."""
    me = f'self: "{owner}"'
    return (
        *supervised_transformer_methods(owner),
        Entry(
            f"{owner}.get_support",
            f"({me}, indices: Any = False) -> Any",
            lambda call: f"{{self}}.~{'support_places' if _support(call) else 'get_support'}()",
            kind="method",
            result=lambda call: t.Array("int64" if _support(call) else "bool", 1),
            raises=("AttributeError",),
            features=ML,
        ),
    )


def _check_by_folds(call: Call) -> None:
    check_inner(call)
    check_folds(call)


def _result(call: Call) -> str:
    key = call.constant("key")
    if key == "n_features":
        return "{self}.~result_counts()"
    if not str(key).endswith("_test_score"):
        raise Refusal(
            "BAT103", f"`cv_results_[{key!r}]` is not translated", "Use `mean_test_score`, `std_test_score` or `n_features`."
        )
    return "{self}.~result({&key})"


def _names(name: str) -> str:
    return f"{_MODULE}.{name}"


_INFORMATION = (
    "(X: arraylike[float64, 2], y: {}, *, discrete_features: Any = 'auto', n_neighbors: int = 3, copy: Any = True, "
    "random_state: int | None = None, n_jobs: Any = None) -> array[float64, 1]"
)


_MEASURED = "X = np.c_[X, X[:, 0] > 5.8]\ny = X[:, 1] * 0.7 + np.random.RandomState(5).normal(size=150)\n"


def _discrete(call: Call) -> str:
    """The marks of columns that hold classes, as a Rust vector."""
    if not call.given("discrete_features"):
        return "vec![false]"
    found = call.constant("discrete_features", default=NotImplemented)
    if found in ("auto", False, True):
        return f"vec![{'true' if found is True else 'false'}]"
    if call.type("discrete_features") == t.Array("bool", 1):
        return "{&discrete_features}.to_vec()"
    raise Refusal("BAT103", "`discrete_features` given as positions is not translated", "Pass a mask, True or False.")


def _informed(name: str, target: str) -> Entry:
    signature = _INFORMATION.format(target)

    def refuse(call: Call) -> None:
        if target == "Any":
            check_labels(call, "y")
        _discrete(call)

    return Entry(
        _names(name),
        signature,
        lambda call: (
            f"sklearn::feature_selection::~{name}({{&X}}, {{&y}}, &sklearn::feature_selection::Information {{{{ discrete: {_discrete(call)}, "
            "neighbours: {n_neighbors}, random_state: {random_state} }})"
        ),
        refuse=refuse,
        effects=("draws",),
        raises=("ValueError",),
        features=ML,
        cost="high",
        parity=Parity("close", 1e-7, caveat="the same noise; sums of logarithmic slopes in another order"),
        case=(
            f"{_DATA}{_MEASURED if target != 'Any' else ''}from sklearn.feature_selection import {name}\n"
            f"print(np.round({name}(X, y, random_state=0), 8), np.round({name}(X, y, n_neighbors=5, random_state=3), 8))\n"
            f"print(np.round({name}(X[:, -1:], y, discrete_features=True, random_state=2), 8))\n"
            f"print(np.round({name}(X, y, discrete_features=np.arange(X.shape[1]) == 4, random_state=1), 8))\n"
            "rng = np.random.RandomState(4)\nA = rng.normal(size=(70, 3))\n"
            + (
                "print(np.round(mutual_info_regression(A, A[:, 0] ** 2 + 0.1 * A[:, 1], random_state=0), 8))\n"
                if target != "Any"
                else "print(np.round(mutual_info_classif(A, ['a' if a > 0 else 'b' for a in A[:, 1]], random_state=0), 8))\n"
            )
        ),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        _informed("mutual_info_classif", "Any"),
        _informed("mutual_info_regression", "arraylike[float64, 1]"),
        *(
            Entry(
                _names(name),
                f"(X: arraylike[float64, 2], y: {kind}{extra}) -> {_PAIR}",
                f"sklearn::feature_selection::~{name}({{&X}}, {{&y}})",
                refuse=(lambda call: check_labels(call, "y")) if kind == "Any" else None,
                raises=("ValueError",),
                features=ML,
                cost="medium",
                parity=SOLVED,
                case=(
                    f"{_DATA}from sklearn.feature_selection import {name}\n"
                    f"scores, chances = {name}(X, y)\nprint(np.round(scores, 6), chances)\n"
                ),
            )
            for name, kind, extra in (
                ("f_classif", "Any", ""),
                ("chi2", "Any", ""),
                ("f_regression", "arraylike[float64, 1]", ""),
            )
        ),
        _univariate(
            "SelectKBest",
            f"(score_func: Any = 'f_classif', *, k: int | str = 10) -> '{_names('SelectKBest')}'",
            "k",
            f"{_DATA}from sklearn.feature_selection import SelectKBest, chi2, f_classif\n"
            "best = SelectKBest(chi2, k=2)\nprint(best.fit_transform(X, y)[:3], best.scores_, best.pvalues_)\n"
            "print(best.get_support(), best.get_support(indices=True), SelectKBest(f_classif, k='all').fit(X, y).pvalues_)\n",
        ),
        *selector_methods(_names("SelectKBest")),
        _univariate(
            "SelectPercentile",
            f"(score_func: Any = 'f_classif', *, percentile: int = 10) -> '{_names('SelectPercentile')}'",
            "percentile",
            f"{_DATA}from sklearn.feature_selection import SelectPercentile\n"
            "best = SelectPercentile(percentile=50).fit(X, y)\nprint(best.transform(X)[:3], best.get_support(indices=True))\n",
        ),
        *selector_methods(_names("SelectPercentile")),
        *(
            attribute(_names(owner), each, "array[float64, 1]")
            for owner in ("SelectKBest", "SelectPercentile")
            for each in ("scores_", "pvalues_")
        ),
        constructor(
            _names("VarianceThreshold"),
            "(threshold: float = 0.0)",
            used={"threshold": ""},
            cost="low",
            case=(
                f"{_DATA}from sklearn.feature_selection import VarianceThreshold\nchosen = VarianceThreshold(0.5)\n"
                "print(chosen.fit_transform(X)[:3], np.round(chosen.variances_, 8), chosen.get_support())\n"
            ),
        ),
        *selector_methods(_names("VarianceThreshold")),
        attribute(_names("VarianceThreshold"), "variances_", "array[float64, 1]"),
        constructor(
            _names("RFE"),
            "(estimator: Any, *, n_features_to_select: int | float | None = None, step: int | float = 1, verbose: Any = 0, "
            "importance_getter: Any = 'auto')",
            used={"estimator": "inner", "n_features_to_select": "variant", "step": "variant"},
            check=check_inner,
            parity=SOLVED,
            case=(
                f"{_DATA}from sklearn.feature_selection import RFE\nfrom sklearn.linear_model import LinearRegression\n"
                "rfe = RFE(LinearRegression(), n_features_to_select=2).fit(X[:, :3], X[:, 3])\n"
                "print(rfe.support_, rfe.ranking_, rfe.n_features_, rfe.transform(X[:2, :3]))\n"
            ),
        ),
        *selector_methods(_names("RFE")),
        attribute(_names("RFE"), "support_", "array[bool, 1]"),
        attribute(_names("RFE"), "ranking_", "array[int64, 1]"),
        attribute(_names("RFE"), "n_features_", "numpy[int64]"),
        method(
            _names("RFE"),
            "score",
            f'(self: "{_names("RFE")}", X: arraylike[float64, 2], y: Any) -> float',
            "{self}.~score({&X}, {&y})",
            refuse=lambda call: check_labels(call, "y"),
        ),
        constructor(
            _names("SelectFromModel"),
            "(estimator: Any, *, threshold: float | str | None = None, prefit: Any = False, norm_order: Any = 1, "
            "max_features: int | None = None, importance_getter: Any = 'auto')",
            used={"estimator": "inner", "threshold": "variant", "max_features": ""},
            check=check_inner,
            case=(
                f"{_DATA}from sklearn.feature_selection import SelectFromModel\n"
                "from sklearn.tree import DecisionTreeClassifier\n"
                "chosen = SelectFromModel(DecisionTreeClassifier(random_state=0)).fit(X, y)\n"
                "print(chosen.threshold_, chosen.get_support(), chosen.transform(X)[:2])\n"
            ),
        ),
        *selector_methods(_names("SelectFromModel")),
        attribute(_names("SelectFromModel"), "threshold_", "numpy[float64]"),
        constructor(
            _names("RFECV"),
            "(estimator: Any, *, step: int | float = 1, min_features_to_select: int = 1, cv: Any = None, scoring: str = None, "
            "verbose: Any = 0, n_jobs: Any = None, importance_getter: Any = 'auto')",
            used={"estimator": "inner", "step": "variant", "min_features_to_select": "", "cv": "cv", "scoring": "unless None"},
            ignored=("n_jobs",),
            check=_check_by_folds,
            parity=SOLVED,
            case=(
                f"{_DATA}from sklearn.feature_selection import RFECV\nfrom sklearn.model_selection import StratifiedKFold\n"
                "from sklearn.tree import DecisionTreeClassifier\n"
                "found = RFECV(DecisionTreeClassifier(random_state=0), cv=StratifiedKFold(4), scoring='accuracy').fit(X, y)\n"
                "print(found.support_, found.ranking_, found.n_features_, found.transform(X[:2]), found.predict(X[::30]))\n"
                "print(np.round(found.cv_results_['mean_test_score'], 8), np.round(found.cv_results_['std_test_score'], 8))\n"
                "print(np.round(found.cv_results_['split1_test_score'], 8), found.cv_results_['n_features'], found.score(X, y))\n"
            ),
        ),
        *selector_methods(_names("RFECV")),
        attribute(_names("RFECV"), "support_", "array[bool, 1]"),
        attribute(_names("RFECV"), "ranking_", "array[int64, 1]"),
        attribute(_names("RFECV"), "n_features_", "numpy[int64]"),
        attribute(_names("RFECV"), "cv_results_", f'"{_RESULTS}"', rust="{self}.clone()"),
        Entry(
            f"{_RESULTS}.__getitem__",
            f'(self: "{_RESULTS}", key: str) -> Any',
            _result,
            kind="method",
            result=lambda call: t.Array("int64" if call.constant("key") == "n_features" else "float64", 1),
            raises=("AttributeError", "KeyError"),
            features=ML,
        ),
        *(
            method(
                _names(owner),
                "predict",
                f'(self: "{_names(owner)}", X: arraylike[float64, 2]) -> array[int64, 1]',
                "{self}.~predict::<ndarray::Array1<i64>>({&X})",
                notes="labels that are ints; others end the program with an error",
            )
            for owner in ("RFE", "RFECV")
        ),
        method(
            _names("RFECV"),
            "score",
            f'(self: "{_names("RFECV")}", X: arraylike[float64, 2], y: Any) -> float',
            "{self}.~score({&X}, {&y})",
            refuse=lambda call: check_labels(call, "y"),
        ),
        constructor(
            _names("SequentialFeatureSelector"),
            "(estimator: Any, *, n_features_to_select: int | float | str = 'auto', tol: float | None = None, "
            "direction: str = 'forward', scoring: str = None, cv: Any = 5, n_jobs: Any = None)",
            used={
                "estimator": "inner",
                "n_features_to_select": "variant",
                "tol": "",
                "direction": "",
                "scoring": "unless None",
                "cv": "cv",
            },
            ignored=("n_jobs",),
            check=_check_by_folds,
            parity=SOLVED,
            case=(
                f"{_DATA}from sklearn.feature_selection import SequentialFeatureSelector\n"
                "from sklearn.neighbors import KNeighborsClassifier\n"
                "for direction in ('forward', 'backward'):\n"
                "    found = SequentialFeatureSelector(KNeighborsClassifier(3), n_features_to_select=2, direction=direction, cv=4)\n"
                "    found.fit(X, y)\n"
                "    print(found.support_, found.n_features_to_select_, found.get_support(indices=True), found.transform(X[:2]))\n"
                "print(SequentialFeatureSelector(KNeighborsClassifier(5), tol=0.01, scoring='f1_macro').fit(X, y).support_)\n"
            ),
        ),
        *selector_methods(_names("SequentialFeatureSelector")),
        attribute(_names("SequentialFeatureSelector"), "support_", "array[bool, 1]"),
        attribute(_names("SequentialFeatureSelector"), "n_features_to_select_", "int"),
    ),
    classes=(
        *(
            estimator_class(_names(each), f"sklearn::{each}", TRANSFORMER)
            for each in (
                "SelectKBest",
                "SelectPercentile",
                "VarianceThreshold",
                "RFE",
                "SelectFromModel",
                "RFECV",
                "SequentialFeatureSelector",
            )
        ),
        LibraryClass(_RESULTS, "sklearn::RFECV", mutable=False, features=("ml",)),
    ),
)
