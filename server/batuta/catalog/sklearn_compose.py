"""The module `sklearn.compose`.

## Before
    pre = ColumnTransformer([("num", StandardScaler(), [0, 1]), ("cat", OneHotEncoder(), [2])])
## After
    let pre = sklearn::ColumnTransformer::new()
        .part("num", &sklearn::StandardScaler::new(), &[0, 1]).part("cat", &sklearn::OneHotEncoder::new(), &[2]);
## Same numbers
    those of the transformers
## Not handled
    arrays of objects, one column by its name alone, columns by a function of the program, `transformer_weights`, an estimator as `remainder`; where
    scikit-learn gives a sparse matrix, reading it ends the program with an error (inside a pipeline it makes no difference)
"""

import ast
from typing import Any

from batuta.catalog._estimators import ML, TRANSFORMER, estimator_class, refuse_others
from batuta.catalog._own_estimators import is_estimator
from batuta.catalog.entry import Call, Entry, LibraryClass, NotYet, Refusal, Shelf
from batuta.catalog.sklearn_pipeline import combining_methods, numbered_steps
from batuta.ir import types as t

_MODULE = "sklearn.compose"
_NAME = f"{_MODULE}.ColumnTransformer"
_FITTED = f"{_MODULE}.named transformers"
_SLICE = f"{_MODULE}.columns"
_ME = f'self: Object["{_NAME}", Y, S]'
_ROWS = "X: arraylike[float64, 2]"
_MORE = "remainder: str = 'drop', sparse_threshold: float = 0.3, n_jobs: Any = None, "
_SIGNATURE = (
    f"(transformers: Any, *, {_MORE}transformer_weights: Any = None, verbose: Any = False, "
    "verbose_feature_names_out: bool = True) -> Any"
)
_MAKE = f"(*transformers: Any, {_MORE}verbose: Any = False, verbose_feature_names_out: bool = True) -> Any"
_USED = ("transformers", "remainder", "sparse_threshold", "n_jobs", "verbose_feature_names_out")


def _parts(call: Any) -> list[tuple[str, ast.expr, ast.expr]]:
    """The name, transformer and columns of each part. A part of `make_column_transformer` has no name yet."""
    if call.use.entry.name == f"{_MODULE}.make_column_transformer":
        rows = [each.elts if isinstance(each, ast.Tuple | ast.List) else [] for each in call.nodes("transformers")]
        if not all(len(row) == 2 for row in rows):
            raise Refusal("BAT103", "a part that is not a pair", "Write (transformer, columns).")
        return [("", row[0], row[1]) for row in rows]
    node = call.literal("transformers")
    if not isinstance(node, ast.List | ast.Tuple):
        raise Refusal("BAT103", "the transformers must be written in the call", "Write [('name', transformer, columns), …].")
    found = []
    for each in node.elts:
        match each:
            case (
                ast.Tuple(elts=[ast.Constant(value=str(name)), estimator, columns])
                | ast.List(elts=[ast.Constant(value=str(name)), estimator, columns])
            ):
                found.append((name, estimator, columns))
            case _:
                raise Refusal("BAT103", "a part that is not a triple", "Write ('name', transformer, columns).")
    return found


def _kind(call: Any, node: ast.expr) -> t.Type:
    """The type of a transformer; text for `'passthrough'` and `'drop'`."""
    if isinstance(node, ast.Constant):
        if node.value in ("passthrough", "drop"):
            return t.STR
        raise Refusal("BAT103", f"a transformer that is {node.value!r}", "Write an estimator, 'passthrough' or 'drop'.")
    found: t.Type = call.type_of(node)
    if not is_estimator(call, found):
        raise Refusal("BAT103", f"a transformer of type {t.show(found)} is not translated", "Use scikit-learn's estimators.")
    return found


def _result(call: Any) -> t.Type:
    parts = _parts(call)
    types = [_kind(call, estimator) for _, estimator, _ in parts]
    names = [name for name, _, _ in parts]
    if "" in names:
        names = [name for name, _ in numbered_steps(types)]
    named = tuple(t.Tuple((t.Object(f"step {name}"), each)) for name, each in zip(names, types, strict=True))
    return t.Object(_NAME, (t.Variable("Y"), t.Tuple(named)))


def _columns(call: Any, node: ast.expr) -> str:
    """The columns of a part, as Rust."""
    found = call.type_of(node)
    match found:
        case t.List(t.Scalar("int" | "str")) | t.Array("int64" | "bool", 1):
            # A list that is written out needs no vector.
            return str(call.lower(node, "ref")).replace("&vec![", "&[", 1)
        case t.Range() | t.Object("sklearn.compose.columns"):
            return str(call.lower(node, "own"))
        case t.Object("pandas.Index"):
            return str(call.lower(node, "own")) + ".list()"
    raise Refusal(
        "BAT103", f"columns of type {t.show(found)} are not translated", "Write the positions of the columns in a list."
    )


def _rust(call: Any) -> str:
    text = "sklearn::ColumnTransformer::new()"
    parts = _parts(call)
    names = [name for name, _, _ in parts]
    if "" in names:
        names = [name for name, _ in numbered_steps([_kind(call, estimator) for _, estimator, _ in parts])]
    for name, (_, estimator, columns) in zip(names, parts, strict=True):
        quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if isinstance(estimator, ast.Constant):
            method = "passed" if estimator.value == "passthrough" else "dropped"
            made = f".{method}({quoted}, {_columns(call, columns)})"
        else:
            made = f".part({quoted}, {call.lower(estimator, 'ref')}, {_columns(call, columns)})"
        text += made.replace("{", "{{").replace("}", "}}")
    for name in ("remainder", "sparse_threshold", "verbose_feature_names_out"):
        if call.given(name):
            text += f".{name}({{{name}}})"
    return text


_KINDS = {
    "number": ("Ints", "Floats"),
    "numpy.number": ("Ints", "Floats"),
    "builtins.int": ("Ints",),
    "int64": ("Ints",),
    "numpy.int64": ("Ints",),
    "builtins.float": ("Floats",),
    "float64": ("Floats",),
    "numpy.float64": ("Floats",),
    "bool": ("Truths",),
    "builtins.bool": ("Truths",),
    "str": ("Texts",),
    "builtins.str": ("Texts",),
    "string": ("Texts",),
    "object": ("Texts",),
    "builtins.object": ("Texts",),
    "category": (),
}
"""What columns of these types hold. pandas counts columns of texts to `object` here, too."""


def _selector(call: Call) -> str:
    def kinds(parameter: str) -> str:
        given = call.constant(parameter)
        names = [] if given is None else list(given) if isinstance(given, list | tuple) else [given]
        if not all(each in _KINDS for each in names):
            raise Refusal("BAT103", f"columns of type {given!r} are not told apart here", "Name the columns in a list.")
        found = sorted({kind for each in names for kind in _KINDS[each]})
        return ", ".join(f"sklearn::table::Holds::{each}" for each in found)

    unwanted = f"Some(vec![{kinds('dtype_exclude')}])" if call.constant("dtype_exclude") is not None else "None"
    if call.constant("dtype_include") is not None and unwanted != "None":
        raise Refusal("BAT103", "`dtype_include` beside `dtype_exclude` is not translated", "Use one of them.")
    return f"sklearn::Columns::Holding(vec![{kinds('dtype_include')}], {unwanted})"


def _check(title: str, signature: str) -> Any:
    others = refuse_others(title, signature, _USED, {}, ())

    def refuse(call: Any) -> None:
        others(call)
        for _, _, columns in _parts(call):
            if isinstance(columns, ast.Constant):
                raise Refusal("BAT103", f"the column {columns.value!r}", "Write the positions of the columns in a list.")
        if call.given("remainder") and call.constant("remainder") not in ("drop", "passthrough"):
            raise Refusal("BAT103", "a `remainder` that is an estimator is not translated", "Name its columns in a part.")

    return refuse


def _named(call: Call) -> t.Type:
    found, key = call.type("self"), call.constant("key")
    if not isinstance(found, t.Object) or len(found.arguments) < 2 or not isinstance(found.arguments[1], t.Tuple):
        raise NotYet
    for each in found.arguments[1].items:
        if isinstance(each, t.Tuple) and isinstance(each.items[0], t.Object) and each.items[0].name == f"step {key}":
            if each.items[1] == t.STR:
                break
            return each.items[1]
    raise Refusal("BAT103", f"there is no transformer {key!r} to ask", "Use the name of a transformer.")


_CASE = (
    "import numpy as np\nfrom sklearn.compose import ColumnTransformer, make_column_transformer\n"
    "from sklearn.impute import SimpleImputer\nfrom sklearn.linear_model import LogisticRegression\n"
    "from sklearn.pipeline import Pipeline, make_pipeline\nfrom sklearn.preprocessing import MinMaxScaler, OneHotEncoder, StandardScaler\n"
    "X = np.array([[1.0, 10.0, 0.0, 5.0], [2.0, 20.0, 1.0, np.nan], [3.0, 15.0, 2.0, 7.0], [4.0, 30.0, 1.0, 8.0]])\n"
    "y = np.array([0, 1, 0, 1])\n"
)

SHELF = Shelf(
    module=_MODULE,
    entries=(
        Entry(
            _NAME,
            _SIGNATURE,
            _rust,
            result=_result,
            literal=("transformers",),
            refuse=_check("ColumnTransformer", _SIGNATURE),
            kind="class",
            features=ML,
            cost="none",
            case=_CASE + "numbers = Pipeline([('fill', SimpleImputer(strategy='median')), ('scale', StandardScaler())])\n"
            "pre = ColumnTransformer([('num', numbers, [0, 3]), ('cat', OneHotEncoder(handle_unknown='ignore'), [2])])\n"
            "print(np.round(pre.fit_transform(X), 6))\nclf = Pipeline([('pre', pre), ('model', LogisticRegression())]).fit(X, y)\n"
            "print(clf.predict(X), clf.score(X, y), pre.named_transformers_['num'].named_steps['fill'].statistics_)\n"
            "rest = ColumnTransformer([('a', MinMaxScaler(), slice(0, 2)), ('b', 'drop', [3])], remainder='passthrough')\n"
            "print(rest.fit(X).transform(X[:2]))\nclf.set_params(pre__num__scale__with_mean=False).fit(X, y)\nprint(clf.predict(X))\n",
        ),
        Entry(
            f"{_MODULE}.make_column_transformer",
            _MAKE,
            _rust,
            result=_result,
            refuse=_check("make_column_transformer", _MAKE),
            features=ML,
            cost="none",
            case=_CASE
            + "pre = make_column_transformer((StandardScaler(), [0]), (StandardScaler(), [1]), ('passthrough', [-2]))\n"
            "print(np.round(pre.fit_transform(X, y), 6), pre.named_transformers_['standardscaler-2'].mean_)\n",
        ),
        *combining_methods(_NAME, _ME),
        Entry(
            f"{_NAME}.named_transformers_",
            f"({_ME}) -> Any",
            "{self}.clone()",
            kind="attribute",
            result=lambda call: t.Object(_FITTED, call.type("self").arguments),  # type: ignore[attr-defined]
            features=ML,
        ),
        Entry(
            "builtins.slice",
            (f'(stop: int | None, /) -> "{_SLICE}"', f'(start: int | None, stop: int | None, /) -> "{_SLICE}"'),
            ("sklearn::Columns::Part(None, {stop})", "sklearn::Columns::Part({start}, {stop})"),
            features=ML,
            notes="as the columns of a transformer",
        ),
        Entry(
            f"{_MODULE}.make_column_selector",
            f'(pattern: None = None, *, dtype_include: Any = None, dtype_exclude: Any = None) -> "{_SLICE}"',
            _selector,
            features=ML,
            notes="the kinds of columns are written as constants",
            case=(
                "import pandas as pd\nfrom sklearn.compose import make_column_selector, make_column_transformer\n"
                "from sklearn.preprocessing import MinMaxScaler, OneHotEncoder\n"
                "df = pd.DataFrame({'age': [31, 25, 40], 'town': ['Rome', 'Oslo', 'Rome'], 'size': [0.5, 2.0, 1.0]})\n"
                "pre = make_column_transformer((MinMaxScaler(), make_column_selector(dtype_include='number')),\n"
                "    (OneHotEncoder(sparse_output=False), make_column_selector(dtype_exclude='number')))\n"
                "print(pre.fit_transform(df), pre.get_feature_names_out())\n"
            ),
        ),
        Entry(
            f"{_FITTED}.__getitem__",
            f'(self: Object["{_FITTED}", Y, S], key: Any) -> Any',
            "{self}.~named::<{type result}>({&key})",
            kind="method",
            result=_named,
            raises=("KeyError", "AttributeError"),
            features=ML,
        ),
    ),
    classes=(
        estimator_class(_NAME, "sklearn::ColumnTransformer", TRANSFORMER),
        LibraryClass(_SLICE, "sklearn::Columns", mutable=False, features=("ml",)),
        LibraryClass(_FITTED, "sklearn::ColumnTransformer", mutable=False, features=("ml",)),
    ),
)
