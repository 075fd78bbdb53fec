"""What `get_feature_names_out()` gives: an array of objects that are plain texts.

## Before
    names = vectorizer.get_feature_names_out()
    print([names[i] for i in order], names[:3].tolist(), sorted(names))
## After
    let names = vectorizer.get_feature_names_out();
    sklearn::names::at(&names, i) …
## Same numbers
    the same texts; unlike those of an array of texts, they are shown in a list as plain ones
## Not handled
    changing the array
"""

import ast
from typing import Any

from batuta.catalog._estimators import ML, NAMES
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

_ME = f'self: "{NAMES}"'


def _chosen(call: Call) -> t.Type:
    node = call.node("key")
    if isinstance(node, ast.Slice):
        return t.Object(NAMES)
    found = call.type("key")
    match found:
        case t.Scalar("int") | t.NumpyScalar("int64"):
            return t.STR
        case t.Array("int64" | "bool", 1) | t.List(t.Scalar("int")):
            return t.Object(NAMES)
    raise Refusal("BAT103", f"names at {t.show(found)} are not translated", "Use positions, a mask or a slice.")


def _choose(call: Any) -> str:
    node = call.node("key")
    if not isinstance(node, ast.Slice):
        found = call.type("key")
        if isinstance(found, t.Scalar | t.NumpyScalar):
            return "sklearn::names::~at({&self}, {key})"
        form = "masked" if isinstance(found, t.Array) and found.dtype == "bool" else "chosen"
        return f"sklearn::names::~{form}({{&self}}, {{&key}})"
    parts = []
    for each in (node.lower, node.upper, node.step):
        text = "None" if each is None else f"Some({call.lower(each, 'own')})"
        parts.append(text.replace("{", "{{").replace("}", "}}"))
    return f"sklearn::names::~part({{&self}}, {', '.join(parts)})"


_CASE = (
    "import numpy as np\nfrom sklearn.preprocessing import PolynomialFeatures\n"
    "names = PolynomialFeatures(2).fit(np.zeros((2, 2))).get_feature_names_out(['a', 'b'])\n"
    "print(names, len(names), names.shape, names[1], [names[i] for i in (0, -1)], list(names), sorted(names))\n"
    "print(names[np.array([2, 0])], names[:3].tolist(), names[::-1], f'{names[3]:>6}|')\n"
    "for index, name in enumerate(names):\n    print(index, name)\n"
    "print(dict(zip(names, range(6))), ', '.join(names))\n"
)

_TABLE = (
    "import numpy as np\nimport pandas as pd\nfrom sklearn.compose import ColumnTransformer\nfrom sklearn.impute import SimpleImputer\n"
    "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import OneHotEncoder, StandardScaler\n"
    "df = pd.DataFrame({'age': [31.0, 25.0, np.nan, 40.0], 'town': ['Rome', 'Oslo', 'Rome', 'Oslo'], 'ok': [1, 0, 0, 1]})\n"
    "pre = ColumnTransformer([('num', make_pipeline(SimpleImputer(), StandardScaler()), ['age']), ('cat', OneHotEncoder(), ['town', 'ok'])])\n"
    "pre.fit(df)\n"
)
_ANY = "sklearn.base.BaseEstimator"

SHELF = Shelf(
    module="sklearn.feature names",
    entries=(
        Entry(
            f"{_ANY}.feature_names_in_",
            f'(self: Any) -> "{NAMES}"',
            "sklearn::names::~features_in({&self})",
            kind="attribute",
            raises=("AttributeError",),
            features=ML,
            case=_TABLE + "print(pre.feature_names_in_, StandardScaler().fit(df[['age', 'ok']]).feature_names_in_)\n",
        ),
        Entry(
            f"{_ANY}.get_feature_names_out",
            f'(self: Any, input_features: list[str] | None = None) -> "{NAMES}"',
            "sklearn::names::~features_out({&self}, {input_features})",
            kind="method",
            raises=("NotFittedError", "ValueError"),
            features=ML,
            case=_TABLE + "print(pre.get_feature_names_out())\n"
            "scaler = StandardScaler().fit(np.array([[1.0, 2.0], [3.0, 5.0]]))\n"
            "print(scaler.get_feature_names_out(), scaler.get_feature_names_out(['a', 'b']))\n",
        ),
        Entry(
            f"{NAMES}.__getitem__",
            f"({_ME}, key: Any) -> Any",
            _choose,
            result=_chosen,
            kind="method",
            raises=("IndexError", "ValueError"),
            features=ML,
            case=_CASE,
        ),
        *(
            Entry(
                f"{NAMES}.__{name}__",
                f"({_ME}, other: str) -> array[bool, 1]",
                f"{{self}}.mapv(|name| name {sign} {{&other}})",
                kind="method",
                features=ML,
            )
            for name, sign in (("eq", "=="), ("ne", "!="))
        ),
        Entry(
            f"{NAMES}.__contains__",
            f"({_ME}, item: str) -> bool",
            "{self}.iter().any(|name| name == {&item})",
            kind="method",
            features=ML,
        ),
        Entry(f"{NAMES}.tolist", f"({_ME}) -> list[str]", "{self}.to_vec()", kind="method", features=ML),
        Entry(f"{NAMES}.size", f"({_ME}) -> int", "({self}.len() as i64)", kind="attribute", features=ML),
        Entry(f"{NAMES}.shape", f"({_ME}) -> tuple[int]", "({self}.len() as i64,)", kind="attribute", features=ML),
    ),
    classes=(
        LibraryClass(
            NAMES, "ndarray::Array1<String>", mutable=False, iterates="str", array="array[str, 1]", features=("np", "ml")
        ),
    ),
)
