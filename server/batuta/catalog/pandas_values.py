"""Values of pandas' columns: through dicts, under conditions, by label, in order, as texts.

## Before
    df["code"] = df["size"].map({"S": 1, "L": 2})
    print(importances.sort_values(ascending=False).head(3), importances.idxmax())
## After
    let df = df.assigned("code", &df.series("size").mapped_by(&sizes));
    py::print!("{} {}", importances.sorted(false).head(3), importances.label(importances.extreme_place(true)));
## Same numbers
    equal bits
## Not handled
    a dict of ints that does not have all values of the column (the program ends: the column would hold floats then)
"""

from __future__ import annotations

from typing import Any

from batuta.catalog._tables import LABELS, NP_PD, SERIES, column_type, held_by, names_given, series_type, texts
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

_COLUMN = f'self: Object["{SERIES}", D]'
_USE = (
    "import numpy as np\nimport pandas as pd\n"
    "df = pd.DataFrame({'name': ['Ann', 'Bob', 'Cleo', 'Dan'], 'age': [31, 25, 40, 25], "
    "'score': [1.5, 2.25, float('nan'), -0.125], 'ok': [True, False, True, True]})\n"
)
_TEXTS = "pandas.StringMethods"
_SCALARS: dict[t.Type, t.Type] = {
    t.INT: t.NumpyScalar("int64"),
    t.FLOAT: t.NumpyScalar("float64"),
    t.BOOL: t.NumpyScalar("bool"),
    t.STR: t.STR,
}
_FORMS: dict[t.Type, str] = {t.INT: "int", t.FLOAT: "float", t.BOOL: "truth", t.STR: "text"}
_OPERANDS: dict[t.Type, str] = {t.INT: "Int", t.FLOAT: "Float", t.BOOL: "Bool", t.STR: "Str"}


def _series(held: str) -> str:
    return f'self: Object["{SERIES}", {held}]'


def _same(call: Call) -> t.Type:
    return call.type("self")


def dict_values(call: Call, parameter: str) -> t.Type:
    found = call.type(parameter)
    if isinstance(found, t.Object) and found.name == SERIES:
        return held_by(found)
    if not isinstance(found, t.Dict):
        raise Refusal("BAT103", f"values through {t.show(found)} are not translated", "Give a dict or a function.")
    return column_type(t.List(found.value))


def _replaced(call: Call) -> t.Type:
    held, new = held_by(call.type("self")), dict_values(call, "to_replace")
    if held != new and not (held == t.FLOAT and new == t.INT):
        raise Refusal("BAT103", "values of another type are put into a column", "Use `map` with a dict that has all values.")
    return series_type(held)


def _other(call: Call) -> tuple[t.Type, str]:
    """What a column gets where a condition decides against its own value, and the operand."""
    found = call.type("other")
    if found in _OPERANDS:
        return found, f"pd::Operand::{_OPERANDS[found]}({{{'&' if found == t.STR else ''}other}})"
    if isinstance(found, t.NumpyScalar):
        held = {"float64": t.FLOAT, "int64": t.INT, "bool": t.BOOL}.get(found.dtype, t.STR)
        return held, f"pd::Operand::{_OPERANDS[held]}({{other}})"
    if isinstance(found, t.Object) and found.name == SERIES:
        return held_by(found), "pd::Operand::Rows({&other})"
    return column_type(found), "pd::Operand::Values(pd::column({&other}))"


def _kept(call: Call) -> t.Type:
    held = held_by(call.type("self"))
    if not call.given("other"):
        if held not in (t.FLOAT, t.INT):
            raise Refusal("BAT103", "holes in such a column are not translated", "Give the other value.")
        return series_type(t.FLOAT)
    other, _ = _other(call)
    if held == other:
        return series_type(held)
    if {held, other} == {t.INT, t.FLOAT}:
        return series_type(t.FLOAT)
    raise Refusal("BAT103", "a value of another type is put into a column", "Give a value of the column's own type.")


def _kept_rust(opposite: bool) -> Any:
    def rust(call: Call) -> str:
        other = _other(call)[1] if call.given("other") else "pd::Operand::Float(f64::NAN)"
        condition = "&{cond}.inverted()" if opposite else "{&cond}"
        return f"{{self}}.kept_where({condition}, {other})"

    return rust


def _bound(call: Call, name: str) -> str:
    if not call.given(name) or call.constant(name, default=NotImplemented) is None:
        return "None"
    return f"Some({{{name}}} as f64)"


def _clipped(call: Call) -> t.Type:
    held = held_by(call.type("self"))
    if held not in (t.INT, t.FLOAT):
        raise Refusal("BAT103", "bounds of a column that holds no numbers", "Choose a column of numbers.")
    bounds = [call.type(each) for each in ("lower", "upper") if call.given(each)]
    plain = (t.INT, t.FLOAT, t.NumpyScalar("int64"), t.NumpyScalar("float64"), t.NONE)
    if not all(each in plain for each in bounds):
        raise Refusal("BAT103", "bounds that are no numbers are not translated", "Give numbers.")
    if held == t.INT and any(each in (t.FLOAT, t.NumpyScalar("float64")) for each in bounds):
        raise Refusal("BAT103", "a column of ints within bounds that are floats", "Turn the column into floats first.")
    return series_type(held)


def _text_methods() -> list[Entry]:
    me = f'self: "{_TEXTS}"'
    text, truth, number = (f'Object["{SERIES}", {held}]' for held in ("str", "bool", "int"))
    forms = {
        "lower": (f"({me}) -> {text}", "{self}.texts_changed(|text| text.to_lowercase())", "lower()"),
        "upper": (f"({me}) -> {text}", "{self}.texts_changed(|text| text.to_uppercase())", "upper()"),
        "strip": (f"({me}) -> {text}", "{self}.texts_changed(|text| text.trim().to_string())", "strip()"),
        "len": (f"({me}) -> {number}", "{self}.text_lengths()", "len()"),
        "startswith": (
            f"({me}, pat: str) -> {truth}",
            "{self}.texts_asked(|text| text.starts_with({&pat} as &str))",
            "startswith('A')",
        ),
        "endswith": (
            f"({me}, pat: str) -> {truth}",
            "{self}.texts_asked(|text| text.ends_with({&pat} as &str))",
            "endswith('n')",
        ),
    }
    return [
        Entry(
            f"{_TEXTS}.{name}",
            signature,
            rust,
            kind="method",
            features=NP_PD,
            case=_USE + f"print(df['name'].str.{use})\n",
        )
        for name, (signature, rust, use) in forms.items()
    ]


SHELF = Shelf(
    module="pandas",
    classes=(LibraryClass(_TEXTS, "pd::Series", mutable=False, features=NP_PD),),
    entries=(
        Entry(
            f"{SERIES}.replace",
            f"({_COLUMN}, to_replace: Any) -> Any",
            "{self}.replaced({&to_replace})",
            kind="method",
            result=_replaced,
            features=NP_PD,
            case=_USE + "print(df['name'].replace({'Ann': 'Anna'}), df['age'].replace({25: 26}))\n",
        ),
        Entry(
            f"{SERIES}.where",
            f'({_COLUMN}, cond: Object["{SERIES}", bool], other: Any = None) -> Any',
            _kept_rust(False),
            kind="method",
            result=_kept,
            features=NP_PD,
            case=_USE
            + "print(df['age'].where(df['age'] > 30, 0), df['age'].where(df['ok']), df['name'].where(df['ok'], 'none'))\n",
        ),
        Entry(
            f"{SERIES}.mask",
            f'({_COLUMN}, cond: Object["{SERIES}", bool], other: Any = None) -> Any',
            _kept_rust(True),
            kind="method",
            result=_kept,
            features=NP_PD,
            case=_USE + "print(df['age'].mask(df['age'] > 30, 0), df['score'].mask(df['score'].isna(), df['age']))\n",
        ),
        Entry(
            f"{SERIES}.clip",
            f"({_COLUMN}, lower: Any = None, upper: Any = None) -> Any",
            lambda call: f"{{self}}.clipped({_bound(call, 'lower')}, {_bound(call, 'upper')})",
            kind="method",
            result=_clipped,
            features=NP_PD,
            case=_USE + "print(df['age'].clip(26, 35), df['score'].clip(lower=0), df['score'].clip(upper=2.0))\n",
        ),
        Entry(
            f"{SERIES}.between",
            tuple(f'({_series(held)}, left: float, right: float) -> Object["{SERIES}", bool]' for held in ("int", "float")),
            ('{self}.compared(">=", {left}).logical("&", &{self}.compared("<=", {right}))',) * 2,
            kind="method",
            features=NP_PD,
            case=_USE + "print(df['age'].between(25, 31), df['score'].between(0.0, 2.0))\n",
        ),
        *(
            Entry(
                f"{SERIES}.{name}",
                f"({_COLUMN}) -> value",
                f"{{self}}.label({{self}}.extreme_place({greatest}))",
                kind="method",
                features=NP_PD,
                case=_USE + f"print(df['age'].{name}(), pd.Series([3.0, 1.0, 4.0], index=['a', 'b', 'c']).{name}())\n",
            )
            for name, greatest in (("idxmax", "true"), ("idxmin", "false"))
        ),
        *(
            Entry(
                f"{SERIES}.{name}",
                f"({_COLUMN}, n: int = 5) -> Any",
                f"{{self}}.most({{n}}, {largest})",
                kind="method",
                result=_same,
                features=NP_PD,
                case=_USE + f"print(df['age'].{name}(2), df['score'].{name}())\n",
            )
            for name, largest in (("nlargest", "true"), ("nsmallest", "false"))
        ),
        Entry(
            f"{SERIES}.mode",
            f"({_COLUMN}) -> Any",
            "{self}.mode()",
            kind="method",
            result=_same,
            features=NP_PD,
            case=_USE + "print(df['age'].mode(), df['name'].mode()[0], df['age'].mode()[0])\n",
        ),
        Entry(
            f"{SERIES}.drop",
            f"({_COLUMN}, labels: Any) -> Any",
            lambda call: f"{{self}}.without({texts(names_given(call, 'labels'))})",
            kind="method",
            result=_same,
            features=NP_PD,
            case=_USE + "print(df[['age', 'score']].mean().drop('age'))\n",
        ),
        Entry(
            f"{SERIES}.rename",
            f"({_COLUMN}, index: str) -> Any",
            "{self}.with_name({&index})",
            kind="method",
            result=_same,
            features=NP_PD,
            case=_USE + "print(df['age'].rename('years'))\n",
        ),
        Entry(
            f"{SERIES}.corr",
            tuple(
                f'({_series(one)}, other: Object["{SERIES}", {other}]) -> numpy[float64]'
                for one in ("int", "float", "bool")
                for other in ("int", "float", "bool")
            ),
            ("{self}.correlation({&other})",) * 9,
            kind="method",
            features=NP_PD,
            case=_USE + "print(df['age'].corr(df['score']), df['age'].corr(df['age'] * 2))\n",
        ),
        Entry(
            f"{SERIES}.shift",
            tuple(f'({_series(held)}, periods: int = 1) -> Object["{SERIES}", float]' for held in ("int", "float")),
            ("{self}.shifted({periods})",) * 2,
            kind="method",
            features=NP_PD,
            case=_USE + "print(df['age'].shift(), df['score'].shift(-1))\n",
        ),
        Entry(
            f"{SERIES}.diff",
            tuple(f'({_series(held)}, periods: int = 1) -> Object["{SERIES}", float]' for held in ("int", "float")),
            ('{self}.arithmetic("-", &{self}.shifted({periods}), false)',) * 2,
            kind="method",
            features=NP_PD,
            case=_USE + "print(df['age'].diff(), df['score'].diff(2))\n",
        ),
        Entry(
            f"{SERIES}.index",
            f'({_COLUMN}) -> "{LABELS}"',
            "{self}.text_labels()",
            kind="attribute",
            features=NP_PD,
            case=_USE
            + "shares = df['name'].value_counts()\nprint(sorted(shares.index), shares.index.tolist()[:1], list(shares.index))\n",
        ),
        Entry(
            f"{SERIES}.items",
            f"({_COLUMN}) -> Any",
            lambda call: f"{{self}}.items_of_{_FORMS[held_by(call.type('self'))]}s()",
            kind="method",
            result=lambda call: t.Iterator(t.Tuple((t.VALUE, held_by(call.type("self"))))),
            features=NP_PD,
            case=_USE + "for name, count in df['name'].value_counts().items():\n    print(name, count)\n"
            "for place, score in df['score'].items():\n    print(place, score)\n",
        ),
        Entry(f"{SERIES}.str", f'({_series("str")}) -> "{_TEXTS}"', "{self}.clone()", kind="attribute", features=NP_PD),
        Entry(
            f"{SERIES}.name",
            f"({_COLUMN}) -> str",
            "{self}.name()",
            kind="attribute",
            features=NP_PD,
            case=_USE + "print(df['age'].name, (df['age'] * 2).name)\n",
        ),
        Entry(
            f"{SERIES}.dtype",
            f"({_COLUMN}) -> str",
            "{self}.dtype_name()",
            kind="attribute",
            features=NP_PD,
            case=_USE + "print(df['age'].dtype, df['name'].dtype, (df['age'] / 2).dtype, df['ok'].dtype)\n",
        ),
        *_text_methods(),
    ),
)
