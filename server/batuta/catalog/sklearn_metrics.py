"""The module `sklearn.metrics`.

## Before
    print(accuracy_score(y_test, predictions))
## After
    py::print!("{}", py::Float(sklearn::metrics::accuracy_score(&y_test, &predictions)));
## Same numbers
    equal bits where scores are shares of counts or NumPy sums; clustering scores to the last digits
## Not handled
    sample weights, several outputs, `output_dict=True`
"""

import ast
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from batuta.catalog._estimators import EXACT, ML, SOLVED, check_labels, refuse_others
from batuta.catalog.entry import Call, CostClass, Entry, LibraryClass, NotYet, Parity, Refusal, Shelf
from batuta.ir import types as t
from batuta.python.walk import walk

_MODULE = "sklearn.metrics"
_TRUE = "y_true = [0, 1, 1, 0, 1, 2, 2, 0, 2, 1]\ny_pred = [0, 1, 0, 0, 1, 2, 1, 0, 2, 2]\n"
_TWO = "y_true = [0, 1, 1, 0, 1, 1]\ny_pred = [0, 1, 0, 0, 1, 1]\n"
_NUMBERS = "import numpy as np\ny_true = np.array([3.0, -0.5, 2.0, 7.0])\ny_pred = np.array([2.5, 0.0, 2.0, 8.0])\n"
_ROUND = "print(round({}, 12))\n"


def _of_labels(
    name: str,
    case: str,
    rest: str = "",
    ignored: tuple[str, ...] = (),
    first: str = "y_true",
    second: str = "y_pred",
    parity: Parity = EXACT,
) -> Entry:
    """A score of two columns of labels."""
    signature = f"({first}: Any, {second}: Any{rest}) -> float"
    others = refuse_others(name, signature, (first, second, *ignored), {}, ())

    def refuse(call: Call) -> None:
        check_labels(call, first, second)
        others(call)

    return Entry(
        f"{_MODULE}.{name}",
        signature,
        f"sklearn::metrics::~{name}({{&{first}}}, {{&{second}}})",
        refuse=refuse,
        raises=("ValueError",),
        features=ML,
        cost="medium",
        parity=parity,
        case=f"from sklearn.metrics import {name}\n{case}",
    )


def _of_numbers(name: str) -> Entry:
    """A score of two columns of numbers."""
    signature = (
        "(y_true: arraylike[float64, 1], y_pred: arraylike[float64, 1], *, sample_weight: Any = None, multioutput: Any = "
        "'uniform_average', "
        "force_finite: Any = True) -> float"
    )
    return Entry(
        f"{_MODULE}.{name}",
        signature,
        f"sklearn::metrics::~{name}({{&y_true}}, {{&y_pred}})",
        refuse=refuse_others(name, signature, ("y_true", "y_pred"), {}, ()),
        raises=("ValueError",),
        features=ML,
        cost="medium",
        parity=EXACT,
        case=f"{_NUMBERS}from sklearn.metrics import {name}\nprint({name}(np.abs(y_true), np.abs(y_pred)))\n",
    )


_AVERAGED = (
    "(y_true: Any, y_pred: Any, *, labels: Any = None, pos_label: int | str = 1, average: Any = 'binary', sample_weight: Any "
    "= None, "
    "zero_division: Any = 'warn') -> Any"
)


def _instead(call: Call) -> str:
    value = call.constant("zero_division")
    if value == "warn":
        return "None"
    if isinstance(value, int | float) and value in (0, 1):
        return f"Some({float(value)!r})"
    raise Refusal("BAT103", f"`zero_division={value!r}` is not translated", "Use 0 or 1.")


def _has_rows(call: Call) -> bool:
    """Whether each row has several labels: a table that says which."""
    found = call.type("y_true")
    return isinstance(found, t.Array) and found.rank == 2 and found.dtype in ("int64", "bool", "float64")


def check_labels_of_rows(call: Call, *names: str) -> None:
    """Refuses labels that the Rust side cannot take: columns, or tables of zeros and ones."""
    if not _has_rows(call):
        check_labels(call, *names)
        return
    for name in names:
        match call.type(name):
            case t.Array("int64" | "bool" | "float64", 2):
                continue
            case t.Unknown() | t.NEVER:
                raise NotYet
        raise Refusal(
            "BAT103", f"labels of type {t.show(call.type(name))} are not translated", "Use a table of zeros and ones."
        )


def _of_rows(call: Call, which: int) -> str:
    """A score of several labels a row."""
    instead = _instead(call).removeprefix("Some(").removesuffix(")").replace("None", "0.0")
    average = _average(call)
    if average is None:
        return f"sklearn::metrics::multilabel::~by_label({which}, {{&y_true}}, {{&y_pred}}, {instead})"
    return f"sklearn::metrics::multilabel::~averaged({which}, {{&y_true}}, {{&y_pred}}, {average}, {instead})"


def _average(call: Call) -> str | None:
    """How a score is averaged, as Rust: a constant, or what a variable holds; None for a score of each class."""
    known = call.constant("average", default=NotImplemented)
    if known is None:
        return None
    return "{&average}" if known is NotImplemented else f'"{known}"'


def _check_averages(call: Call, only: tuple[str | None, ...]) -> None:
    known = call.constant("average", default=NotImplemented)
    if known is NotImplemented:
        found = call.type("average")
        if isinstance(found, t.Unknown) or found == t.NEVER:
            raise NotYet
        if found == t.STR:
            return
    if known not in only:
        shown = ", ".join(str(each) for each in only)
        raise Refusal("BAT103", f"`average={call.source('average')}` is not translated", f"Use one of {shown}.")


def _averaged(name: str, which: int) -> Entry:
    """Precision, recall and F with their averages."""

    def rust(call: Call) -> str:
        average = _average(call)
        if _has_rows(call):
            return _of_rows(call, which)
        if average is None:
            return f"sklearn::metrics::~scores_by_class({{&y_true}}, {{&y_pred}}, {which}, {_instead(call)})"
        positive = "Some(sklearn::metrics::label({pos_label}))" if call.given("pos_label") else "None"
        return f"sklearn::metrics::~{name}({{&y_true}}, {{&y_pred}}, {average}, {positive}, {_instead(call)})"

    def refuse(call: Call) -> None:
        check_labels_of_rows(call, "y_true", "y_pred")
        rows = ("samples",) if _has_rows(call) else ()
        _check_averages(call, (None, *_AVERAGES, *rows))
        _instead(call)
        others(call)

    others = refuse_others(name, _AVERAGED, ("y_true", "y_pred", "pos_label", "average", "zero_division"), {}, ())
    return Entry(
        f"{_MODULE}.{name}",
        _AVERAGED,
        rust,
        result=lambda call: t.Array("float64", 1) if _average(call) is None else t.FLOAT,
        refuse=refuse,
        raises=("ValueError",),
        features=ML,
        cost="medium",
        parity=EXACT,
        case=f"from sklearn.metrics import {name}\n{_TWO}print({name}(y_true, y_pred))\n{_TRUE}"
        f"print({name}(y_true, y_pred, average='macro'), {name}(y_true, y_pred, average='weighted'), {name}(y_true, y_pred, "
        f"average=None))\nfor kind in ('micro', 'macro', 'weighted'):\n    print(kind, {name}(y_true, y_pred, average=kind))\n",
    )


_CONFUSION = "(y_true: Any, y_pred: Any, *, labels: Any = None, sample_weight: Any = None, normalize: Any = None) -> Any"


def _confusion(call: Call) -> str:
    normalize = call.constant("normalize")
    labels = call.given("labels") and call.constant("labels", default=NotImplemented) is not None
    if normalize is None:
        if labels:
            return "sklearn::metrics::~confusion_matrix_of({&y_true}, {&y_pred}, {&labels})"
        return "sklearn::metrics::~confusion_matrix({&y_true}, {&y_pred})"
    if labels or normalize not in ("true", "pred", "all"):
        raise Refusal("BAT103", "`normalize` with `labels` is not translated", "Normalise the counts in the program.")
    return f'sklearn::metrics::~confusion_shares({{&y_true}}, {{&y_pred}}, "{normalize}")'


def _check_confusion(call: Call) -> None:
    check_labels(call, "y_true", "y_pred")
    if call.given("labels") and call.constant("labels", default=NotImplemented) is not None:
        check_labels(call, "labels")
    refuse_others("confusion_matrix", _CONFUSION, ("y_true", "y_pred", "labels", "normalize"), {}, ())(call)
    _confusion(call)


_NUMBERS_OF_REPORT = f"{_MODULE}.numbers of a report"
_REPORT = (
    "(y_true: Any, y_pred: Any, *, labels: Any = None, target_names: Any = None, sample_weight: Any = None, digits: int = 2, "
    "output_dict: Any = False, zero_division: Any = 'warn') -> Any"
)


def _report(call: Call) -> str:
    names = "None"
    if call.given("target_names") and call.constant("target_names", default=NotImplemented) is not None:
        names = "Some(sklearn::metrics::names({&target_names}))"
    if call.constant("output_dict") is True:
        return f"sklearn::metrics::~classification_numbers({{&y_true}}, {{&y_pred}}, {names}, {_instead(call)})"
    return f"sklearn::metrics::~classification_report({{&y_true}}, {{&y_pred}}, {names}, {{digits}}, {_instead(call)})"


def _report_result(call: Call) -> t.Type:
    return t.Object(_NUMBERS_OF_REPORT) if call.constant("output_dict") is True else t.STR


def _is_accuracy(call: Call) -> bool:
    return bool(call.constant("key", default=None) == "accuracy")


def _check_report(call: Call) -> None:
    check_labels(call, "y_true", "y_pred")
    refuse_others(
        "classification_report", _REPORT, ("y_true", "y_pred", "target_names", "digits", "zero_division", "output_dict"), {}, ()
    )(call)


def _of_clusters(name: str, parity: Parity = SOLVED, result: str = "float", extra: str = "", cost: CostClass = "high") -> Entry:
    """A score of points and their clusters."""
    signature = f"(X: arraylike[float64, 2], labels: Any{extra}) -> {result}"
    others = refuse_others(name, signature, ("X", "labels"), {}, ())

    def refuse(call: Call) -> None:
        check_labels(call, "labels")
        others(call)

    shown = f"np.round({name}(X, labels), 10)" if result != "float" else f"round({name}(X, labels), 10)"
    return Entry(
        f"{_MODULE}.{name}",
        signature,
        f"sklearn::metrics::~{name}({{&X}}, {{&labels}})",
        refuse=refuse,
        raises=("ValueError",),
        features=ML,
        cost=cost,
        parity=parity,
        case=(
            f"import numpy as np\nfrom sklearn.metrics import {name}\n"
            f"X = np.array([[1.0, 2.0], [1.5, 1.8], [5.0, 8.0], [8.0, 8.0], [1.0, 0.6], [9.0, 11.0]])\n"
            f"labels = np.array([0, 0, 1, 1, 0, 1])\nprint({shown})\n"
        ),
    )


_BETA = (
    "(y_true: Any, y_pred: Any, *, beta: float, labels: Any = None, pos_label: int | str = 1, average: Any = 'binary', "
    "sample_weight: Any = None, zero_division: Any = 'warn') -> float"
)
_JACCARD = (
    "(y_true: Any, y_pred: Any, *, labels: Any = None, pos_label: int | str = 1, average: Any = 'binary', "
    "sample_weight: Any = None, zero_division: Any = 'warn') -> float"
)
_TOGETHER = (
    "(y_true: Any, y_pred: Any, *, beta: Any = 1.0, labels: Any = None, pos_label: int | str = 1, average: Any = None, "
    "warn_for: Any = None, sample_weight: Any = None, zero_division: Any = 'warn') -> Any"
)
_AVERAGES = ("binary", "macro", "micro", "weighted")


def _positive(call: Call) -> str:
    return "Some(sklearn::metrics::label({pos_label}))" if call.given("pos_label") else "None"


def _fbeta(call: Call) -> str:
    return (
        f"sklearn::metrics::~fbeta_score({{&y_true}}, {{&y_pred}}, {{beta}}, {_average(call)}, {_positive(call)}, "
        f"{_instead(call)})"
    )


def _jaccard(call: Call) -> str:
    if _has_rows(call):
        return _of_rows(call, 3)
    return f"sklearn::metrics::~jaccard_score({{&y_true}}, {{&y_pred}}, {_average(call)}, {_positive(call)})"


def _together(call: Call) -> str:
    average = _average(call)
    if average is None:
        return f"sklearn::metrics::~scores_of_classes({{&y_true}}, {{&y_pred}}, {_instead(call)})"
    return f"sklearn::metrics::~scores_together({{&y_true}}, {{&y_pred}}, {average}, {_positive(call)}, {_instead(call)})"


def _together_type(call: Call) -> t.Type:
    if _average(call) is None:
        return t.parse_type("tuple[array[float64, 1], array[float64, 1], array[float64, 1], array[int64, 1]]")
    return t.parse_type("tuple[float, float, float, None]")


def _check_average(name: str, signature: str, only: tuple[str | None, ...], used: tuple[str, ...]) -> Callable[[Call], None]:
    others = refuse_others(name, signature, ("y_true", "y_pred", "average", *used), {}, ())

    def refuse(call: Call) -> None:
        check_labels(call, "y_true", "y_pred")
        if only:
            _check_averages(call, only)
        others(call)

    return refuse


def _of_scores(name: str, result: str, case: str) -> Entry:
    """A metric of two classes and the chances of the second."""
    return Entry(
        f"{_MODULE}.{name}",
        f"(y_true: Any, y_score: arraylike[float64, 1]) -> {result}".replace(
            "y_score", "y_proba" if name == "brier_score_loss" else "y_score"
        ),
        f"sklearn::metrics::~{name}({{&y_true}}, {{&{'y_proba' if name == 'brier_score_loss' else 'y_score'}}})",
        refuse=_check_truth,
        raises=("ValueError",),
        features=ML,
        cost="medium",
        parity=EXACT,
        case=f"import numpy as np\nfrom sklearn.metrics import {name}\n{case}",
    )


_LABELS_CASE = "print(round({}([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2]), 12))\n"
_METRIC = ", *, metric: Any = 'euclidean', sample_size: Any = None, random_state: Any = None"
_ROC = (
    "(y_true: Any, y_score: {}, *, average: Any = 'macro', sample_weight: Any = None, max_fpr: Any = None, multi_class: "
    "Any = 'raise', labels: Any = None) -> float"
)
_LOSS = "(y_true: Any, y_proba: {}, *, normalize: Any = True, sample_weight: Any = None, labels: Any = None) -> float"


def _roc(call: Call) -> str:
    if isinstance(call.type("y_score"), t.Array) and call.type("y_score").rank == 2:  # type: ignore[attr-defined]
        weighted = "true" if call.constant("average") == "weighted" else "false"
        return f"sklearn::metrics::~roc_auc_one_by_one({{&y_true}}, {{&y_score}}, {weighted})"
    return "sklearn::metrics::~roc_auc_score({&y_true}, {&y_score})"


def _check_roc(call: Call) -> None:
    check_labels(call, "y_true")
    others = refuse_others(
        "roc_auc_score",
        _ROC.format("Any"),
        ("y_true", "y_score"),
        {"average": ("macro", "weighted"), "multi_class": ("raise", "ovr")},
        (),
    )
    others(call)


def _check_loss(call: Call) -> None:
    check_labels(call, "y_true")
    refuse_others("log_loss", _LOSS.format("Any"), ("y_true", "y_proba"), {}, ())(call)


def _check_truth(call: Call) -> None:
    check_labels(call, "y_true")


_CURVE = "array[float64, 1]"
_PARTITIONS = "(labels_true: Any, labels_pred: Any, *, beta: Any = 1.0) -> float"


def _check_partitions(call: Call) -> None:
    check_labels(call, "labels_true", "labels_pred")
    refuse_others("homogeneity_completeness_v_measure", _PARTITIONS, ("labels_true", "labels_pred"), {}, ())(call)


def _check_jaccard(call: Call) -> None:
    if not _has_rows(call):
        _check_average("jaccard_score", _JACCARD, _AVERAGES, ("pos_label",))(call)
        return
    check_labels_of_rows(call, "y_true", "y_pred")
    _check_averages(call, (*_AVERAGES, "samples"))
    refuse_others("jaccard_score", _JACCARD, ("y_true", "y_pred", "average", "zero_division"), {}, ())(call)


_WEIGHTS = ", *, sample_weight: Any = None"
_ACCURACY = "(y_true: Any, y_pred: Any, *, normalize: Any = True, sample_weight: Any = None) -> float"


def _accuracy(call: Call) -> str:
    share = call.constant("normalize")
    if _has_rows(call):
        return f"sklearn::metrics::multilabel::~exact{'' if share else '_count'}({{&y_true}}, {{&y_pred}})"
    return f"sklearn::metrics::~accuracy_{'score' if share else 'count'}({{&y_true}}, {{&y_pred}})"


def _check_accuracy(call: Call) -> None:
    check_labels_of_rows(call, "y_true", "y_pred")
    refuse_others("accuracy_score", _ACCURACY, ("y_true", "y_pred", "normalize"), {}, ())(call)


def _hamming() -> Entry:
    plain = _of_labels("hamming_loss", f"{_TRUE}print(hamming_loss(y_true, y_pred))\n", _WEIGHTS)
    others = refuse_others("hamming_loss", str(plain.signature), ("y_true", "y_pred"), {}, ())

    def refuse(call: Call) -> None:
        check_labels_of_rows(call, "y_true", "y_pred")
        others(call)

    def rust(call: Call) -> str:
        return f"sklearn::metrics::{'multilabel::~wrong' if _has_rows(call) else '~hamming_loss'}({{&y_true}}, {{&y_pred}})"

    return replace(plain, rust=rust, refuse=refuse)


def _check_confusions(call: Call) -> None:
    if not _has_rows(call):
        raise Refusal("BAT103", "tables of two by two for each class are not translated", "Use confusion_matrix.")
    check_labels_of_rows(call, "y_true", "y_pred")
    if call.constant("samplewise") is not False:
        raise Refusal("BAT103", "`samplewise=True` is not translated", "Leave it out.")


def _of_columns(name: str, extra: str, given: str, case: str, rows: bool = False) -> Entry:
    """A score of two columns (or tables) of numbers with a setting of its own."""
    rank = 2 if rows else 1
    second = "y_score" if rows else "y_pred"
    signature = f"(y_true: arraylike[float64, {rank}], {second}: arraylike[float64, {rank}], *, {extra}sample_weight: Any = None) -> float"
    used = ("y_true", second, "alpha", "power", "k")
    return Entry(
        f"{_MODULE}.{name}",
        signature,
        f"sklearn::metrics::~{name}({{&y_true}}, {{&{second}}}{given})",
        refuse=refuse_others(name, signature, used, {}, ()),
        raises=("ValueError",),
        features=ML,
        cost="medium",
        parity=SOLVED,
        case=f"{_NUMBERS}from sklearn.metrics import {name}\n{case}",
    )


_POSITIVE = "np.abs(y_true), np.abs(y_pred) + 0.5"
_RANKED = "np.array([[3, 2, 0, 1], [0, 0, 1, 2]]), np.array([[0.5, 0.9, 0.1, 0.5], [0.3, 0.2, 0.6, 0.6]])"
_COLUMN_SCORES = (
    _of_columns(
        "mean_pinball_loss",
        "alpha: float = 0.5, ",
        ", {alpha}",
        "print(mean_pinball_loss(y_true, y_pred), mean_pinball_loss(y_true, y_pred, alpha=0.1))\n",
    ),
    _of_columns(
        "mean_tweedie_deviance",
        "power: float = 0, ",
        ", {power}",
        f"for p in (0, 1, 1.5, 2, 3, -1):\n    print(round(mean_tweedie_deviance({_POSITIVE}, power=p), 10))\n",
    ),
    _of_columns(
        "d2_tweedie_score",
        "power: float = 0, ",
        ", {power}",
        f"print(round(d2_tweedie_score({_POSITIVE}, power=1), 10), round(d2_tweedie_score(y_true, y_pred), 10))\n",
    ),
    *(
        _of_columns(name, "", "", f"print(round({name}({_POSITIVE}), 10))\n")
        for name in (
            "mean_poisson_deviance",
            "mean_gamma_deviance",
            "root_mean_squared_log_error",
            "d2_absolute_error_score",
        )
    ),
    *(
        _of_columns(
            name,
            "k: int | None = None, ",
            ", {k}",
            f"print(round({name}({_RANKED}), 10), round({name}({_RANKED}, k=2), 10))\n",
            rows=True,
        )
        for name in ("dcg_score", "ndcg_score")
    ),
    Entry(
        f"{_MODULE}.top_k_accuracy_score",
        "(y_true: Any, y_score: arraylike[float64, 2], *, k: int = 2, normalize: bool = True, sample_weight: None = None, "
        "labels: None = None) -> float",
        "sklearn::metrics::~top_k_accuracy_score({&y_true}, {&y_score}, {k}, {normalize})",
        refuse=lambda call: check_labels(call, "y_true"),
        raises=("ValueError",),
        features=ML,
        cost="medium",
        case=(
            "import numpy as np\nfrom sklearn.metrics import top_k_accuracy_score\ny = np.array([0, 1, 2, 2])\n"
            "scores = np.array([[0.5, 0.2, 0.2], [0.3, 0.4, 0.2], [0.2, 0.4, 0.3], [0.7, 0.2, 0.1]])\n"
            "print(top_k_accuracy_score(y, scores), top_k_accuracy_score(y, scores, k=1, normalize=False))\n"
        ),
        notes="of three or more classes",
    ),
)
_NAMED_SCORES = {
    "accuracy_score": "accuracy",
    "balanced_accuracy_score": "balanced_accuracy",
    "matthews_corrcoef": "matthews_corrcoef",
    "r2_score": "r2",
    "explained_variance_score": "explained_variance",
}
_NAMED_LOSSES = {
    "mean_squared_error": "neg_mean_squared_error",
    "root_mean_squared_error": "neg_root_mean_squared_error",
    "mean_absolute_error": "neg_mean_absolute_error",
    "median_absolute_error": "neg_median_absolute_error",
    "mean_absolute_percentage_error": "neg_mean_absolute_percentage_error",
    "mean_squared_log_error": "neg_mean_squared_log_error",
    "max_error": "neg_max_error",
}
_SUFFIXES = {"binary": "", "macro": "_macro", "micro": "_micro", "weighted": "_weighted"}


def _scorer_name(call: Call) -> str:
    """The name of the score that this scorer computes; a scorer is translated as its name."""
    function = call.constant("score_func", default="")
    name = str(function).rpartition(".")[2] if str(function).startswith("sklearn.metrics.") else ""
    greater = call.constant("greater_is_better", default=True)
    average = call.constant("average", default="binary")
    found = None
    if call.constant("response_method", default="predict") in ("predict", None):
        if name in ("f1_score", "precision_score", "recall_score") and greater is True and average in _SUFFIXES:
            found = name.removesuffix("_score") + _SUFFIXES[average]
        elif not call.given("average"):
            found = _NAMED_SCORES.get(name) if greater is True else _NAMED_LOSSES.get(name)
    if found is None:
        raise Refusal(
            "BAT103",
            f"a scorer of `{call.source('score_func')}` with these settings is not translated",
            "Use the name of a score.",
        )
    return found


def _check_scorer(call: Any) -> None:
    """A scorer is its name: only as `scoring=` it means the same."""
    _scorer_name(call)
    tree = next(each for each in call.inference.bindings.scopes if isinstance(each, ast.Module))
    held = {
        target.id
        for each in walk(tree)
        if isinstance(each, ast.Assign) and _makes_scorer(each.value)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    scoring = [
        part.value for each in walk(tree) if isinstance(each, ast.Call) for part in each.keywords if part.arg == "scoring"
    ]
    made = [each.value for each in walk(tree) if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)]
    for each in walk(tree):
        used = (isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load) and each.id in held) or _makes_scorer(each)
        if used and each not in scoring and not (_makes_scorer(each) and each in made):
            raise Refusal("BAT103", "a scorer is translated as the value of `scoring=` only", "Pass it as `scoring=`.")


def _makes_scorer(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id="make_scorer") | ast.Attribute(attr="make_scorer")):
            return True
    return False


SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_COLUMN_SCORES,
        Entry(
            f"{_MODULE}.make_scorer",
            "(score_func: Any, *, response_method: Any = 'predict', greater_is_better: bool = True, average: Any = 'binary') -> str",
            lambda call: f'"{_scorer_name(call)}".to_string()',
            literal=("score_func",),
            refuse=_check_scorer,
            features=ML,
            case=(
                "import numpy as np\nfrom sklearn.linear_model import LogisticRegression, Ridge\n"
                "from sklearn.metrics import f1_score, make_scorer, mean_squared_error\n"
                "from sklearn.model_selection import GridSearchCV, cross_val_score\n"
                "X = np.random.RandomState(0).normal(size=(40, 3))\ny = np.digitize(X[:, 0], [-0.5, 0.5])\n"
                "print(np.round(cross_val_score(LogisticRegression(), X, y, scoring=make_scorer(f1_score, average='macro')), 8))\n"
                "loss = make_scorer(mean_squared_error, greater_is_better=False)\n"
                "search = GridSearchCV(Ridge(), {'alpha': [0.1, 1.0]}, scoring=loss, cv=3).fit(X, X[:, 1])\n"
                "print(round(search.best_score_, 8))\n"
            ),
            notes="scores that have a name",
        ),
        Entry(
            f"{_MODULE}.accuracy_score",
            "(y_true: Any, y_pred: Any, *, normalize: Any = True, sample_weight: Any = None) -> float",
            _accuracy,
            refuse=_check_accuracy,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case=f"from sklearn.metrics import accuracy_score\n"
            f"{_TRUE}print(accuracy_score(y_true, y_pred), accuracy_score(y_true, y_pred, normalize=False))\n",
        ),
        *(_averaged(name, which) for which, name in enumerate(("precision_score", "recall_score", "f1_score"))),
        _of_labels(
            "balanced_accuracy_score",
            f"{_TRUE}print(balanced_accuracy_score(y_true, y_pred))\n",
            f"{_WEIGHTS}, adjusted: Any = False",
        ),
        _of_labels(
            "matthews_corrcoef", f"{_TRUE}{_ROUND.format('matthews_corrcoef(y_true, y_pred)')}", _WEIGHTS, parity=SOLVED
        ),
        _of_labels(
            "cohen_kappa_score",
            f"{_TRUE}{_ROUND.format('cohen_kappa_score(y_true, y_pred)')}",
            ", *, labels: Any = None, weights: Any = None, sample_weight: Any = None",
            first="y1",
            second="y2",
            parity=SOLVED,
        ),
        _hamming(),
        Entry(
            f"{_MODULE}.multilabel_confusion_matrix",
            "(y_true: Any, y_pred: Any, *, sample_weight: None = None, labels: None = None, samplewise: Any = False) -> array[int64, 3]",
            "sklearn::metrics::multilabel::~confusions({&y_true}, {&y_pred})",
            refuse=_check_confusions,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.metrics import accuracy_score, f1_score, hamming_loss, multilabel_confusion_matrix\n"
                "Y = np.array([[1, 0, 1], [0, 1, 0], [1, 1, 0]])\nP = np.array([[1, 0, 0], [0, 1, 0], [1, 0, 1]])\n"
                "print(multilabel_confusion_matrix(Y, P), accuracy_score(Y, P), accuracy_score(Y, P, normalize=False), hamming_loss(Y, P > 0.5))\n"
                "print(f1_score(Y, P.astype(float), average='macro'), f1_score(Y, P, average=None))\n"
                "try:\n    f1_score(Y, P)\nexcept ValueError as error:\n    print(error)\n"
            ),
            notes="of several labels a row",
        ),
        Entry(
            f"{_MODULE}.zero_one_loss",
            "(y_true: Any, y_pred: Any, *, normalize: Any = True, sample_weight: Any = None) -> float",
            "sklearn::metrics::~zero_one_loss({&y_true}, {&y_pred})",
            refuse=_check_average("zero_one_loss", _ACCURACY, (), ()),
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case=f"from sklearn.metrics import zero_one_loss\n{_TRUE}print(zero_one_loss(y_true, y_pred))\n",
        ),
        Entry(
            f"{_MODULE}.fbeta_score",
            _BETA,
            _fbeta,
            refuse=_check_average("fbeta_score", _BETA, _AVERAGES, ("beta", "pos_label", "zero_division")),
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case=f"from sklearn.metrics import fbeta_score\n{_TWO}print(fbeta_score(y_true, y_pred, beta=2))\n{_TRUE}"
            "print(fbeta_score(y_true, y_pred, beta=0.5, average='macro'), "
            "fbeta_score(y_true, y_pred, beta=2, average='weighted'))\n",
        ),
        Entry(
            f"{_MODULE}.jaccard_score",
            _JACCARD,
            _jaccard,
            refuse=_check_jaccard,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case=f"from sklearn.metrics import jaccard_score\n{_TWO}print(jaccard_score(y_true, y_pred))\n{_TRUE}"
            "print(jaccard_score(y_true, y_pred, average='macro'), jaccard_score(y_true, y_pred, average='micro'))\n",
        ),
        Entry(
            f"{_MODULE}.precision_recall_fscore_support",
            _TOGETHER,
            _together,
            result=_together_type,
            refuse=_check_average(
                "precision_recall_fscore_support", _TOGETHER, (None, *_AVERAGES), ("pos_label", "zero_division")
            ),
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case=f"from sklearn.metrics import precision_recall_fscore_support\n{_TRUE}"
            "print(precision_recall_fscore_support(y_true, y_pred))\n"
            "print(precision_recall_fscore_support(y_true, y_pred, average='macro'))\n",
        ),
        Entry(
            f"{_MODULE}.confusion_matrix",
            _CONFUSION,
            _confusion,
            result=lambda call: t.Array("int64" if call.constant("normalize") is None else "float64", 2),
            refuse=_check_confusion,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case=f"from sklearn.metrics import confusion_matrix\n{_TRUE}print(confusion_matrix(y_true, y_pred))\n"
            f"print(confusion_matrix(y_true, y_pred, normalize='true'))\n",
        ),
        Entry(
            f"{_MODULE}.classification_report",
            _REPORT,
            _report,
            result=_report_result,
            refuse=_check_report,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case=f"from sklearn.metrics import classification_report\n{_TRUE}print(classification_report(y_true, y_pred))\n"
            "print(classification_report(y_true, y_pred, target_names=['a', 'bb', 'a long name here'], digits=3))\n"
            "found = classification_report(y_true, y_pred, output_dict=True)\nprint(found['accuracy'], found['macro avg']['f1-score'])\n"
            "for name in ('1', 'weighted avg'):\n    print(name, {k: round(v, 4) for k, v in found[name].items()})\n",
        ),
        Entry(
            f"{_NUMBERS_OF_REPORT}.__getitem__",
            f'(self: "{_NUMBERS_OF_REPORT}", key: str) -> Any',
            lambda call: "{self}.accuracy()" if _is_accuracy(call) else "{self}.~row({&key})",
            kind="method",
            result=lambda call: t.FLOAT if _is_accuracy(call) else t.Dict(t.STR, t.FLOAT),
            raises=("KeyError",),
            features=ML,
        ),
        *(
            _of_numbers(each)
            for each in (
                "r2_score",
                "mean_squared_error",
                "root_mean_squared_error",
                "mean_absolute_error",
                "median_absolute_error",
                "explained_variance_score",
                "max_error",
                "mean_absolute_percentage_error",
                "mean_squared_log_error",
            )
        ),
        Entry(
            f"{_MODULE}.roc_auc_score",
            (_ROC.format("arraylike[float64, 1]"), _ROC.format("arraylike[float64, 2]")),
            _roc,
            refuse=_check_roc,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case="import numpy as np\nfrom sklearn.metrics import roc_auc_score\n"
            "print(roc_auc_score([0, 0, 1, 1], np.array([0.1, 0.4, 0.35, 0.8])))\n",
        ),
        Entry(
            f"{_MODULE}.roc_curve",
            "(y_true: Any, y_score: arraylike[float64, 1]) -> tuple[array[float64, 1], array[float64, 1], array[float64, 1]]",
            "sklearn::metrics::~roc_curve({&y_true}, {&y_score})",
            refuse=_check_truth,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case="import numpy as np\nfrom sklearn.metrics import auc, roc_curve\n"
            "fpr, tpr, thresholds = roc_curve([0, 0, 1, 1], np.array([0.1, 0.4, 0.35, 0.8]))\n"
            "print(fpr, tpr, thresholds, auc(fpr, tpr))\n",
        ),
        _of_scores(
            "precision_recall_curve",
            f"tuple[{_CURVE}, {_CURVE}, {_CURVE}]",
            "precision, recall, thresholds = precision_recall_curve([0, 0, 1, 1, 1], np.array([0.1, 0.4, 0.35, 0.8, 0.4]))\n"
            "print(precision, recall, thresholds)\n",
        ),
        _of_scores(
            "average_precision_score",
            "float",
            "print([average_precision_score([0, 0, 1, 1, 1], np.array([0.1, 0.4, 0.35, 0.8, 0.4]))])\n",
        ),
        _of_scores("brier_score_loss", "float", "print(brier_score_loss([0, 0, 1, 1], np.array([0.1, 0.4, 0.35, 0.8])))\n"),
        Entry(
            f"{_MODULE}.auc",
            "(x: arraylike[float64, 1], y: arraylike[float64, 1]) -> float",
            "sklearn::metrics::~auc({&x}, {&y})",
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=EXACT,
            case="from sklearn.metrics import auc\nprint(auc([0.0, 0.5, 1.0], [0.0, 0.8, 1.0]))\n",
        ),
        Entry(
            f"{_MODULE}.log_loss",
            (_LOSS.format("arraylike[float64, 1]"), _LOSS.format("arraylike[float64, 2]")),
            ("sklearn::metrics::~log_loss_of_two({&y_true}, {&y_proba})", "sklearn::metrics::~log_loss({&y_true}, {&y_proba})"),
            refuse=_check_loss,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=SOLVED,
            case="import numpy as np\nfrom sklearn.metrics import log_loss\n"
            "print(round(log_loss([0, 0, 1, 1], np.array([0.1, 0.4, 0.35, 0.8])), 12))\n",
        ),
        _of_clusters("silhouette_score", extra=_METRIC),
        _of_clusters("silhouette_samples", result="array[float64, 1]", extra=", *, metric: Any = 'euclidean'"),
        _of_clusters("calinski_harabasz_score", cost="medium"),
        _of_clusters("davies_bouldin_score", cost="medium"),
        *(
            _of_labels(each, _LABELS_CASE.format(each), first="labels_true", second="labels_pred", parity=SOLVED)
            for each in ("rand_score", "adjusted_rand_score", "mutual_info_score", "homogeneity_score", "completeness_score")
        ),
        _of_labels(
            "adjusted_mutual_info_score",
            _LABELS_CASE.format("adjusted_mutual_info_score"),
            ", *, average_method: Any = 'arithmetic'",
            first="labels_true",
            second="labels_pred",
            parity=SOLVED,
        ),
        _of_labels(
            "fowlkes_mallows_score",
            _LABELS_CASE.format("fowlkes_mallows_score"),
            first="labels_true",
            second="labels_pred",
            parity=SOLVED,
        ),
        Entry(
            f"{_MODULE}.homogeneity_completeness_v_measure",
            "(labels_true: Any, labels_pred: Any, *, beta: Any = 1.0) -> tuple[float, float, float]",
            "sklearn::metrics::~homogeneity_completeness_v_measure({&labels_true}, {&labels_pred})",
            refuse=_check_partitions,
            raises=("ValueError",),
            features=ML,
            cost="medium",
            parity=SOLVED,
            case="from sklearn.metrics import homogeneity_completeness_v_measure\n"
            "print([round(v, 10) for v in homogeneity_completeness_v_measure([0, 0, 1, 1, 2, 2], [0, 0, 1, 2, 2, 2])])\n",
        ),
        _of_labels(
            "normalized_mutual_info_score",
            _LABELS_CASE.format("normalized_mutual_info_score"),
            ", *, average_method: Any = 'arithmetic'",
            first="labels_true",
            second="labels_pred",
            parity=SOLVED,
        ),
        _of_labels(
            "v_measure_score",
            _LABELS_CASE.format("v_measure_score"),
            ", *, beta: Any = 1.0",
            first="labels_true",
            second="labels_pred",
            parity=SOLVED,
        ),
    ),
    classes=(LibraryClass(_NUMBERS_OF_REPORT, "sklearn::metrics::Report", mutable=False, features=("ml",)),),
)
