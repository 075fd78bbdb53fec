"""The class `sklearn.model_selection.GridSearchCV`.

## Before
    search = GridSearchCV(Ridge(), {"alpha": [0.1, 1.0, 10.0]}, cv=5)
    search.fit(X, y)
    print(search.best_params_)
## After
    let search = sklearn::model_selection::GridSearchCV::new(&sklearn::Ridge::new())
        .values("alpha", &vec![0.1, 1.0, 10.0])
        .folds(5);
    search.fit(&x, &y);
## Same numbers
    those of the estimators and folds; combinations in scikit-learn's order, of equal scores the first wins
## Not handled
    lists of grids, several scores, `refit=False`, `n_jobs` (computed one after the other)
"""

import ast
from typing import Any

from batuta.catalog._estimators import ML, check_labels, label_array, method, refuse_others, with_labels
from batuta.catalog.entry import Call, Entry, LibraryClass, NotYet, Refusal, Shelf
from batuta.catalog.sklearn_pipeline import role_of
from batuta.ir import types as t

_MODULE = "sklearn.model_selection"
_NAME = f"{_MODULE}.GridSearchCV"
_CHOSEN = f"{_MODULE}.chosen parameters"
_RESULTS = f"{_MODULE}.results of a search"
_PATH = "sklearn::model_selection"
_ME = f'self: Object["{_NAME}", Y, E, P]'
_ROWS = "X: arraylike[float64, 2]"
_SIGNATURE = (
    "(estimator: E, param_grid: Any, *, scoring: str = None, n_jobs: Any = None, refit: Any = True, cv: Any = None, "
    "verbose: Any = 0, pre_dispatch: Any = '2*n_jobs', error_score: Any = None, return_train_score: Any = False) -> Any"
)
_SCALARS = (t.INT, t.FLOAT, t.STR, t.BOOL)
_KEYS = {
    "mean_test_score": "array[float64, 1]",
    "std_test_score": "array[float64, 1]",
    "rank_test_score": "array[int64, 1]",
}


def _grid(call: Any) -> list[tuple[str, ast.expr]]:
    node = call.literal("param_grid")
    if not isinstance(node, ast.Dict):
        raise Refusal("BAT103", "a grid that is not written as a dict", "Write {'parameter': [values]} for the grid.")
    found = []
    for key, value in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            raise Refusal("BAT103", "a grid with computed names", "Write the names of the parameters as texts.")
        found.append((key.value, value))
    return found


def _value_type(call: Any, name: str, node: ast.expr) -> t.Type:
    """The type of a parameter's values."""
    if isinstance(node, ast.List) and node.elts:
        kinds = {_constant_type(each) for each in node.elts}
        if None not in kinds:
            plain = {each for each in kinds if each is not None}
            if len(plain) == 1:
                return plain.pop()
            if plain == {t.INT, t.FLOAT}:
                return t.NUM
            raise Refusal("BAT103", f"values of several types for `{name}`", "Search over values of one type.")
    found = call.type_of(node)
    match found:
        case t.Array("float64", 1):
            return t.FLOAT
        case t.Array("int64", 1):
            return t.INT
        case t.List(element) if element in _SCALARS:
            return element
        case t.Unknown() | t.NEVER:
            raise NotYet
    raise Refusal("BAT103", f"values of type {t.show(found)} for `{name}`", "Use a list of numbers or texts.")


def _constant_type(node: ast.expr) -> t.Type | None:
    if isinstance(node, ast.UnaryOp):
        node = node.operand
    if isinstance(node, ast.Constant):
        return {bool: t.BOOL, int: t.INT, float: t.FLOAT, str: t.STR, type(None): t.NONE}.get(type(node.value))
    return None


def _result(call: Any) -> t.Type:
    estimator = call.type("estimator")
    if not isinstance(estimator, t.Object) or not estimator.name.startswith("sklearn."):
        raise Refusal(
            "BAT103", f"a search over {t.show(estimator)} is not translated", "Pass one of scikit-learn's estimators."
        )
    values = tuple(t.Tuple((t.Object(f"parameter {name}"), _value_type(call, name, node))) for name, node in _grid(call))
    return t.Object(_NAME, (t.Variable("Y"), estimator, t.Tuple(values)))


def _value_text(call: Any, node: ast.expr) -> str:
    if isinstance(node, ast.List) and all(_constant_type(each) is not None for each in node.elts):
        return f"&vec![{', '.join(_param(each) for each in node.elts)}]"
    text: str = call.lower(node, "ref")
    return text.replace("{", "{{").replace("}", "}}")


def _param(node: ast.expr) -> str:
    value = ast.literal_eval(node)
    if value is None:
        return "sklearn::Param::Nothing"
    if isinstance(value, bool):
        return f"sklearn::Param::Bool({str(value).lower()})"
    if isinstance(value, int):
        return f"sklearn::Param::Int({value})"
    if isinstance(value, float):
        return f"sklearn::Param::Float({value!r})"
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("{", "{{").replace("}", "}}")
    return f'sklearn::Param::from("{quoted}")'


def _rust(call: Any) -> str:
    parts = [f"{_PATH}::GridSearchCV::new({{&estimator}})"]
    for name, node in _grid(call):
        parts.append(f'.values("{name}", {_value_text(call, node)})')
    if call.given("scoring") and call.constant("scoring", default=NotImplemented) is not None:
        parts.append(".scoring({&scoring})")
    if call.given("cv") and call.constant("cv", default=NotImplemented) is not None:
        found = call.type("cv")
        if found == t.INT:
            parts.append(".folds({cv})")
        elif isinstance(found, t.Object) and found.name in (f"{_MODULE}.KFold", f"{_MODULE}.StratifiedKFold"):
            parts.append(".splitter({&cv})")
        else:
            raise Refusal("BAT103", f"`cv={call.source('cv')}` is not translated", "Pass a number of folds or a KFold.")
    return "".join(parts)


def _parts(call: Call) -> tuple[t.Type, t.Type, list[tuple[str, t.Type]]]:
    found = call.type("self")
    if not isinstance(found, t.Object) or len(found.arguments) < 3 or not isinstance(found.arguments[2], t.Tuple):
        raise NotYet
    values = []
    for each in found.arguments[2].items:
        if not isinstance(each, t.Tuple) or not isinstance(each.items[0], t.Object):
            raise NotYet
        values.append((each.items[0].name.removeprefix("parameter "), each.items[1]))
    return found.arguments[0], found.arguments[1], values


def _predicted(call: Call) -> t.Type:
    labels, estimator, _ = _parts(call)
    return t.Array("float64", 1) if role_of(estimator) == "RegressorMixin" else label_array(labels)


def _one_type(call: Call) -> t.Type | None:
    kinds = {found for _, found in _parts(call)[2]}
    only = kinds.pop() if len(kinds) == 1 else None
    return only if only in _SCALARS else None


def _best_type(call: Call) -> t.Type:
    only = _one_type(call)
    if only is not None:
        return t.Dict(t.STR, only)
    return t.Object(_CHOSEN, (call.type("self").arguments[2],))  # type: ignore[attr-defined]


def _best(call: Call) -> str:
    only = _one_type(call)
    if only is None:
        return "{self}.~best_params_()"
    names: dict[t.Type, str] = {t.INT: "i64", t.FLOAT: "f64", t.STR: "String", t.BOOL: "bool"}
    return f"{{self}}.~best_params_dict::<{names[only]}>()"


def _estimator(call: Call) -> t.Type:
    labels, estimator, _ = _parts(call)
    return with_labels(estimator, labels)


def _chosen_value(call: Call) -> t.Type:
    found = call.type("self")
    key = call.constant("key")
    if not isinstance(found, t.Object) or not found.arguments or not isinstance(found.arguments[0], t.Tuple):
        raise NotYet
    for each in found.arguments[0].items:
        if isinstance(each, t.Tuple) and isinstance(each.items[0], t.Object) and each.items[0].name == f"parameter {key}":
            return each.items[1]
    raise Refusal("BAT103", f"the grid has no parameter {key!r}", "Use a name of the grid.")


def _results_type(call: Call) -> t.Type:
    key = call.constant("key")
    if key not in _KEYS:
        raise Refusal("BAT103", f"`cv_results_[{key!r}]` is not translated", f"Use {', '.join(_KEYS)}.")
    return t.parse_type(_KEYS[key])


def _check(call: Call) -> None:
    check_labels(call, "y")


SHELF = Shelf(
    module=_MODULE,
    entries=(
        Entry(
            _NAME,
            _SIGNATURE,
            _rust,
            kind="class",
            result=_result,
            literal=("param_grid",),
            refuse=refuse_others(
                "GridSearchCV",
                _SIGNATURE,
                ("estimator", "param_grid", "scoring", "cv", "n_jobs", "pre_dispatch", "error_score", "return_train_score"),
                {},
                (),
            ),
            features=ML,
            cost="none",
            case=(
                "import numpy as np\nfrom sklearn.linear_model import Ridge\nfrom sklearn.model_selection import GridSearchCV\n"
                "from sklearn.neighbors import KNeighborsClassifier\nrng = np.random.RandomState(0)\n"
                "X = rng.normal(size=(40, 3))\n"
                "y = X[:, 0] - 2.0 * X[:, 1] + rng.normal(size=40) * 0.1\n"
                "search = GridSearchCV(Ridge(), {'alpha': [0.01, 0.1, 1.0, 10.0]}, cv=4)\nsearch.fit(X, y)\n"
                "print(search.best_params_, round(search.best_score_, 8), search.best_index_)\n"
                "print(np.round(search.cv_results_['mean_test_score'], 8), np.round(search.predict(X[:3]), 6))\n"
                "grid = {'n_neighbors': [1, 3, 5], 'weights': ['uniform', 'distance']}\n"
                "knn = GridSearchCV(KNeighborsClassifier(), grid, cv=3, scoring='accuracy').fit(X, (y > 0).astype(int))\n"
                "print(knn.best_params_, knn.best_params_['weights'], round(knn.best_score_, 8), "
                "knn.best_estimator_.predict(X[:3]))\n"
            ),
        ),
        method(
            _NAME,
            "fit",
            f"({_ME}, {_ROWS}, y: Y) -> Self",
            "{self}.~fit({&X}, {&y})",
            raises=("ValueError",),
            refuse=_check,
            cost="high",
        ),
        method(_NAME, "predict", f"({_ME}, {_ROWS}) -> Any", "{self}.~predict::<{type result}>({&X})", result=_predicted),
        method(_NAME, "predict_proba", f"({_ME}, {_ROWS}) -> array[float64, 2]", "{self}.~predict_proba({&X})"),
        method(_NAME, "score", f"({_ME}, {_ROWS}, y: Any) -> float", "{self}.~score({&X}, {&y})", refuse=_check),
        *(
            Entry(
                f"{_NAME}.{name}",
                f"({_ME}) -> {kind}",
                f"{{self}}.~{name}()",
                kind="attribute",
                raises=("AttributeError",),
                features=ML,
            )
            for name, kind in (("best_score_", "numpy[float64]"), ("best_index_", "numpy[int64]"))
        ),
        Entry(
            f"{_NAME}.best_params_",
            f"({_ME}) -> Any",
            _best,
            kind="attribute",
            result=_best_type,
            raises=("AttributeError",),
            features=ML,
        ),
        Entry(
            f"{_NAME}.best_estimator_",
            f"({_ME}) -> Any",
            "{self}.~best_estimator_::<{type result}>()",
            kind="attribute",
            result=_estimator,
            raises=("AttributeError",),
            features=ML,
        ),
        Entry(f"{_NAME}.cv_results_", f'({_ME}) -> "{_RESULTS}"', "{self}.clone()", kind="attribute", features=ML),
        Entry(
            f"{_RESULTS}.__getitem__",
            f'(self: "{_RESULTS}", key: str) -> Any',
            lambda call: f"{{self}}.~{call.constant('key')}()",
            kind="method",
            result=_results_type,
            raises=("AttributeError",),
            features=ML,
        ),
        Entry(
            f"{_CHOSEN}.__getitem__",
            f'(self: Object["{_CHOSEN}", P], key: str) -> Any',
            "{self}.~value::<{type result}>({&key})",
            kind="method",
            result=_chosen_value,
            raises=("KeyError",),
            features=ML,
        ),
    ),
    classes=(
        LibraryClass(_NAME, f"{_PATH}::GridSearchCV", mutable=False, features=("ml",)),
        LibraryClass(_RESULTS, f"{_PATH}::GridSearchCV", mutable=False, features=("ml",)),
        LibraryClass(_CHOSEN, f"{_PATH}::Chosen", mutable=False, features=("ml",)),
    ),
)
