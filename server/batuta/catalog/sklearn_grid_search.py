"""The classes `GridSearchCV` and `RandomizedSearchCV` of `sklearn.model_selection`.

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
    several scores, `refit=False`, estimators as values; `n_jobs` is computed one after the other
"""

import ast
import re
from typing import Any

from batuta.catalog._estimators import (
    ML,
    check_labels,
    estimator_class,
    label_array,
    method,
    refuse_others,
    widened_decisions,
    with_labels,
)
from batuta.catalog._own_estimators import answer, is_estimator, own_parameter
from batuta.catalog.entry import Call, Entry, LibraryClass, NotYet, Refusal, Shelf
from batuta.catalog.scipy_stats import DRAWN
from batuta.catalog.sklearn_pipeline import last_step, role_of
from batuta.ir import types as t

_MODULE = "sklearn.model_selection"
_NAME = f"{_MODULE}.GridSearchCV"
_RANDOM = f"{_MODULE}.RandomizedSearchCV"
_VALUE = f"{_MODULE}.parameter value"
_CHOSEN = f"{_MODULE}.chosen parameters"
_RESULTS = f"{_MODULE}.results of a search"
_PATH = "sklearn::model_selection"
_ROWS = "X: arraylike[float64, 2]"
_SIGNATURE = (
    "(estimator: E, param_grid: Any, *, scoring: str = None, n_jobs: Any = None, refit: Any = True, cv: Any = None, "
    "verbose: Any = 0, pre_dispatch: Any = '2*n_jobs', error_score: Any = None, return_train_score: Any = False) -> Any"
)
_RANDOM_SIGNATURE = (
    "(estimator: E, param_distributions: Any, *, n_iter: int = 10, scoring: str = None, n_jobs: Any = None, refit: Any = True, "
    "cv: Any = None, verbose: Any = 0, pre_dispatch: Any = '2*n_jobs', random_state: int | None = None, "
    "error_score: Any = None, return_train_score: Any = False) -> Any"
)
_SCALARS = (t.INT, t.FLOAT, t.STR, t.BOOL)
_KEYS = {
    "mean_test_score": "array[float64, 1]",
    "std_test_score": "array[float64, 1]",
    "rank_test_score": "array[int64, 1]",
    "mean_train_score": "array[float64, 1]",
    "std_train_score": "array[float64, 1]",
}


def _grids(call: Any) -> list[list[tuple[str, ast.expr]]]:
    """The grids, each with the names and the syntax of its values."""
    node = call.literal("param_distributions" if call.use.entry.name == _RANDOM else "param_grid")
    parts = node.elts if isinstance(node, ast.List) and node.elts else [node]
    return [_grid(call, call.inference.note_literal(each) if isinstance(each, ast.Name) else each) for each in parts]


def _held(call: Any) -> ast.expr | None:
    """A grid of which only the running program knows the names: a parameter, or an item of a table of grids."""
    node = call.literal("param_distributions" if call.use.entry.name == _RANDOM else "param_grid")
    if isinstance(node, ast.Dict) or (isinstance(node, ast.List) and node.elts):
        return None
    found = call.type_of(node)
    if isinstance(found, t.Unknown) or found == t.NEVER:
        raise NotYet
    return node if _is_held_grid(found) else None


def _is_held_grid(found: t.Type) -> bool:
    match found:
        case t.VALUE:
            return True
        case t.List(inner) | t.Sequence(inner):
            return _is_held_grid(inner)
        case t.Dict(t.STR | t.VALUE, t.VALUE):
            return True
        case t.Dict(t.STR | t.VALUE, t.List(inner)):
            return inner == t.VALUE or inner in _SCALARS
    return False


def _grid(call: Any, node: ast.expr) -> list[tuple[str, ast.expr]]:
    if not isinstance(node, ast.Dict):
        raise Refusal("BAT103", "a grid that is not written as a dict", "Write {'parameter': [values]} for the grid.")
    found = []
    for key, value in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            raise Refusal("BAT103", "a grid with computed names", "Write the names of the parameters as texts.")
        found.append((key.value, value))
    return found


def _is_pair(node: ast.expr) -> bool:
    """Whether this is a tuple of whole numbers, such as a range of n-grams."""
    return (
        isinstance(node, ast.Tuple)
        and bool(node.elts)
        and all(isinstance(each, ast.Constant) and type(each.value) is int for each in node.elts)
    )


def _value_type(call: Any, name: str, node: ast.expr) -> t.Type:
    """The type of a parameter's values."""
    if isinstance(node, ast.List) and node.elts and all(_is_pair(each) for each in node.elts):
        return t.Object(_VALUE)
    if isinstance(node, ast.List) and node.elts:
        kinds = {_constant_type(each) for each in node.elts}
        if None not in kinds:
            plain = {each for each in kinds if each is not None}
            if len(plain) == 1:
                return plain.pop()
            if plain == {t.INT, t.FLOAT}:
                return t.NUM
            if len(plain) == 2 and t.NONE in plain:
                return t.Optional(next(each for each in plain if each != t.NONE))
            return t.Object(_VALUE)
    found = call.type_of(node)
    match found:
        case t.Array("float64" | "int64" as dtype, 1):
            return t.NumpyScalar(dtype)
        case t.List(element) if element in _SCALARS:
            return element
        case t.Range():
            return t.INT
        case t.Object(owner, (held,)) if owner == DRAWN and call.use.entry.name == _RANDOM:
            return t.INT if held == t.INT else t.NumpyScalar("float64")
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
    if not is_estimator(call, estimator):
        raise Refusal(
            "BAT103", f"a search over {t.show(estimator)} is not translated", "Pass one of scikit-learn's estimators."
        )
    types: dict[str, t.Type] = {}
    known = [] if _held(call) is not None else _grids(call)
    for name, node in (each for grid in known for each in grid):
        found = _value_type(call, name, node)
        held = own_parameter(call, estimator, name)
        if held is not None:
            call.inference.add_resolved(held, found, node, f"grid {name}")
        types[name] = found if types.get(name, found) == found else t.Object(_VALUE)
    values = tuple(t.Tuple((t.Object(f"parameter {name}"), found)) for name, found in types.items())
    return t.Object(call.use.entry.name, (t.Variable("Y"), estimator, t.Tuple(values)))


def _value_text(call: Any, node: ast.expr) -> str:
    if isinstance(node, ast.List) and all(_constant_type(each) is not None or _is_pair(each) for each in node.elts):
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
    if isinstance(value, tuple):
        return f'sklearn::Param::Other("{value!r}".to_string())'
    quoted = value.replace("\\", "\\\\").replace('"', '\\"').replace("{", "{{").replace("}", "}}")
    return f'sklearn::Param::from("{quoted}")'


def _splitters() -> list[str]:
    from batuta.catalog.sklearn_model_selection import SHELF as shelf

    return [each.name for each in shelf.classes]


def _rust(call: Any) -> str:
    parts = [f"{_PATH}::GridSearchCV::new({{&estimator}})"]
    held_grid = _held(call)
    if held_grid is not None:
        text = call.lower(held_grid, "ref").replace("{", "{{").replace("}", "}}")
        parts.append(f".~grids({text})")
    for position, grid in enumerate([] if held_grid is not None else _grids(call)):
        if position:
            parts.append(".next_grid()")
        for name, node in grid:
            found = call.type_of(node)
            if isinstance(found, t.Object) and found.name == DRAWN:
                held = call.lower(node, "ref").replace("{", "{{").replace("}", "}}")
                parts.append(f'.drawn("{name}", {held})')
                continue
            parts.append(f'.values("{name}", {_value_text(call, node)})')
    if call.given("n_iter") or call.use.entry.name == _RANDOM:
        parts.append(".sample({n_iter}, {random_state})")
    if call.constant("return_train_score"):
        parts.append(".with_train_scores()")
    if call.constant("verbose") == 1:
        parts.append(".announcing()")
    if call.given("scoring") and call.constant("scoring", default=NotImplemented) is not None:
        parts.append(".scoring({&scoring})")
    if call.given("cv") and call.constant("cv", default=NotImplemented) is not None:
        found = call.type("cv")
        if found == t.INT:
            parts.append(".folds({cv})")
        elif isinstance(found, t.Object) and found.name in _splitters():
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
    last = last_step(estimator)
    if isinstance(last, t.Instance):
        return answer(call, last.name, "predicted")
    return t.Array("float64", 1) if role_of(estimator, call) == "RegressorMixin" else label_array(labels)


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
    if not found.arguments[0].items:
        return t.VALUE
    raise Refusal("BAT103", f"the grid has no parameter {key!r}", "Use a name of the grid.")


_SPLIT = re.compile(r"split(\d+)_test_score")


def _results(call: Call) -> str:
    key = call.constant("key")
    split = _SPLIT.fullmatch(key)
    if split:
        return f"{{self}}.~split_test_score({split.group(1)})"
    if key == "params":
        only = _one_type(call)
        names: dict[t.Type, str] = {t.INT: "i64", t.FLOAT: "f64", t.STR: "String", t.BOOL: "bool"}
        return "{self}.~params()" if only is None else f"{{self}}.~params_dicts::<{names[only]}>()"
    return f"{{self}}.~{key}()"


def _results_type(call: Call) -> t.Type:
    key = call.constant("key")
    if key == "params":
        return t.List(_best_type(call))
    if _SPLIT.fullmatch(key):
        return t.Array("float64", 1)
    if key not in _KEYS:
        raise Refusal("BAT103", f"`cv_results_[{key!r}]` is not translated", f"Use {', '.join(_KEYS)}.")
    return t.parse_type(_KEYS[key])


def _check(call: Call) -> None:
    check_labels(call, "y")


def _or_texts(signature: str) -> tuple[str, str]:
    return signature, signature.replace("X: arraylike[float64, 2]", "X: arraylike[str, 1]")


def _of_texts(template: str) -> tuple[str, str]:
    return template, template.replace("{&X}", "&sklearn::texts({&X})")


def _methods(owner: str) -> tuple[Entry, ...]:
    """What a search offers, for either class."""
    me = f'self: Object["{owner}", Y, E, P]'
    return (
        method(
            owner,
            "fit",
            (*_or_texts(f"({me}, {_ROWS}, y: Y) -> Self"), f"({me}, {_ROWS}, y: None = None) -> Self"),
            (*_of_texts("{self}.~fit({&X}, {&y})"), "{self}.~fit_alone({&X})"),
            raises=("ValueError",),
            refuse=_check,
            cost="high",
        ),
        method(
            owner,
            "predict",
            _or_texts(f"({me}, {_ROWS}) -> Any"),
            _of_texts("{self}.~predict::<{type result}>({&X})"),
            result=_predicted,
        ),
        widened_decisions(owner, f'Object["{owner}", Y, E, P]'),
        method(
            owner, "predict_proba", _or_texts(f"({me}, {_ROWS}) -> array[float64, 2]"), _of_texts("{self}.~predict_proba({&X})")
        ),
        method(
            owner,
            "score",
            _or_texts(f"({me}, {_ROWS}, y: Any) -> float"),
            _of_texts("{self}.~score({&X}, {&y})"),
            refuse=_check,
        ),
        *(
            Entry(
                f"{owner}.{name}",
                f"({me}) -> {kind}",
                f"{{self}}.~{name}()",
                kind="attribute",
                raises=("AttributeError",),
                features=ML,
            )
            for name, kind in (("best_score_", "numpy[float64]"), ("best_index_", "numpy[int64]"))
        ),
        Entry(
            f"{owner}.best_params_",
            f"({me}) -> Any",
            _best,
            kind="attribute",
            result=_best_type,
            raises=("AttributeError",),
            features=ML,
        ),
        Entry(
            f"{owner}.best_estimator_",
            f"({me}) -> Any",
            "{self}.~best_estimator_::<{type result}>()",
            kind="attribute",
            result=_estimator,
            raises=("AttributeError",),
            features=ML,
        ),
        Entry(
            f"{owner}.cv_results_",
            f"({me}) -> Any",
            "{self}.clone()",
            kind="attribute",
            result=lambda call: t.Object(_RESULTS, call.type("self").arguments),  # type: ignore[attr-defined]
            features=ML,
        ),
    )


_HARMLESS = ("scoring", "cv", "n_jobs", "pre_dispatch", "error_score", "return_train_score")

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
                ("estimator", "param_grid", *_HARMLESS),
                {"verbose": (0, 1)},
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
        Entry(
            _RANDOM,
            _RANDOM_SIGNATURE,
            _rust,
            kind="class",
            result=_result,
            literal=("param_distributions",),
            refuse=refuse_others(
                "RandomizedSearchCV",
                _RANDOM_SIGNATURE,
                ("estimator", "param_distributions", "n_iter", "random_state", *_HARMLESS),
                {"verbose": (0, 1)},
                (),
            ),
            features=ML,
            cost="none",
            case=(
                "from sklearn.datasets import load_iris\nfrom sklearn.model_selection import RandomizedSearchCV\n"
                "from sklearn.tree import DecisionTreeClassifier\nX, y = load_iris(return_X_y=True)\n"
                "space = {'max_depth': [1, 2, 3, None], 'min_samples_leaf': [1, 5, 9], 'criterion': ['gini', 'entropy']}\n"
                "search = RandomizedSearchCV(DecisionTreeClassifier(random_state=0), space, n_iter=6, cv=3, random_state=1)\n"
                "search.fit(X, y)\nprint(search.best_params_, round(search.best_score_, 8))\n"
                "for name, value in search.best_params_.items():\n    print(name, value)\n"
                "for row in search.cv_results_['params']:\n    print(row)\n"
            ),
        ),
        *_methods(_NAME),
        *_methods(_RANDOM),
        Entry(
            f"{_RESULTS}.__getitem__",
            f'(self: Object["{_RESULTS}", Y, E, P], key: str) -> Any',
            _results,
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
        *(
            Entry(
                f"{_CHOSEN}.{name}",
                f'(self: Object["{_CHOSEN}", P]) -> {result}',
                f"{{self}}.{name}()",
                kind="method",
                features=ML,
            )
            for name, result in (
                ("items", f'list[tuple[str, "{_VALUE}"]]'),
                ("keys", "list[str]"),
                ("values", f'list["{_VALUE}"]'),
            )
        ),
    ),
    classes=(
        *(estimator_class(each, f"{_PATH}::GridSearchCV", ("sklearn.base.BaseEstimator",)) for each in (_NAME, _RANDOM)),
        LibraryClass(_VALUE, "sklearn::Param", mutable=False, features=("ml",)),
        LibraryClass(_RESULTS, f"{_PATH}::GridSearchCV", mutable=False, features=("ml",)),
        LibraryClass(_CHOSEN, f"{_PATH}::Chosen", mutable=False, features=("ml",)),
    ),
)
