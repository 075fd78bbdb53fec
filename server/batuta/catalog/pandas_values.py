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

from batuta.catalog._table_entries import FORMS, held_or_none, of_column, of_pandas, operand, same, series
from batuta.catalog._tables import LABELS, NP_PD, SERIES, column_type, held_by, names_given, series_type, texts
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

_TEXTS = "pandas.StringMethods"


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


def _other(call: Call) -> t.Type:
    """What a column gets where a condition decides against its own value."""
    found = call.type("other")
    return held_or_none(found) or column_type(found)


def _kept(call: Call) -> t.Type:
    held = held_by(call.type("self"))
    if not call.given("other"):
        if held not in (t.FLOAT, t.INT):
            raise Refusal("BAT103", "holes in such a column are not translated", "Give the other value.")
        return series_type(t.FLOAT)
    other = _other(call)
    if held == other:
        return series_type(held)
    if {held, other} == {t.INT, t.FLOAT}:
        return series_type(t.FLOAT)
    raise Refusal("BAT103", "a value of another type is put into a column", "Give a value of the column's own type.")


def _kept_rust(opposite: bool) -> Any:
    def rust(call: Call) -> str:
        other = operand(call, "other") if call.given("other") else "pd::Operand::Float(f64::NAN)"
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
        of_pandas(f"{_TEXTS}.{name}", signature, rust, f"print(df['name'].str.{use})\n")
        for name, (signature, rust, use) in forms.items()
    ]


SHELF = Shelf(
    module="pandas",
    classes=(LibraryClass(_TEXTS, "pd::Series", mutable=False, features=NP_PD),),
    entries=(
        of_column(
            "replace",
            "to_replace: Any",
            "{self}.replaced({&to_replace})",
            "print(df['name'].replace({'Ann': 'Anna'}), df['age'].replace({25: 26}))\n",
            result=_replaced,
        ),
        of_column(
            "where",
            f'cond: Object["{SERIES}", bool], other: Any = None',
            _kept_rust(False),
            "print(df['age'].where(df['age'] > 30, 0), df['age'].where(df['ok']), df['name'].where(df['ok'], 'none'))\n",
            result=_kept,
        ),
        of_column(
            "mask",
            f'cond: Object["{SERIES}", bool], other: Any = None',
            _kept_rust(True),
            "print(df['age'].mask(df['age'] > 30, 0), df['score'].mask(df['score'].isna(), df['age']))\n",
            result=_kept,
        ),
        of_column(
            "clip",
            "lower: Any = None, upper: Any = None",
            lambda call: f"{{self}}.clipped({_bound(call, 'lower')}, {_bound(call, 'upper')})",
            "print(df['age'].clip(26, 35), df['score'].clip(lower=0), df['score'].clip(upper=2.0))\n",
            result=_clipped,
        ),
        of_pandas(
            f"{SERIES}.between",
            tuple(f'({series(held)}, left: float, right: float) -> Object["{SERIES}", bool]' for held in ("int", "float")),
            ('{self}.compared(">=", {left}).logical("&", &{self}.compared("<=", {right}))',) * 2,
            "print(df['age'].between(25, 31), df['score'].between(0.0, 2.0))\n",
        ),
        *(
            of_column(
                name,
                "",
                f"{{self}}.label({{self}}.extreme_place({greatest}))",
                f"print(df['age'].{name}(), pd.Series([3.0, 1.0, 4.0], index=['a', 'b', 'c']).{name}())\n",
                gives="value",
            )
            for name, greatest in (("idxmax", "true"), ("idxmin", "false"))
        ),
        *(
            of_column(
                name,
                "n: int = 5",
                f"{{self}}.most({{n}}, {largest})",
                f"print(df['age'].{name}(2), df['score'].{name}())\n",
                result=same,
            )
            for name, largest in (("nlargest", "true"), ("nsmallest", "false"))
        ),
        of_column(
            "mode", "", "{self}.mode()", "print(df['age'].mode(), df['name'].mode()[0], df['age'].mode()[0])\n", result=same
        ),
        of_column(
            "drop",
            "labels: Any",
            lambda call: f"{{self}}.without({texts(names_given(call, 'labels'))})",
            "print(df[['age', 'score']].mean().drop('age'))\n",
            result=same,
        ),
        of_column("rename", "index: str", "{self}.with_name({&index})", "print(df['age'].rename('years'))\n", result=same),
        of_pandas(
            f"{SERIES}.corr",
            tuple(
                f'({series(one)}, other: Object["{SERIES}", {other}]) -> numpy[float64]'
                for one in ("int", "float", "bool")
                for other in ("int", "float", "bool")
            ),
            ("{self}.correlation({&other})",) * 9,
            "print(df['age'].corr(df['score']), df['age'].corr(df['age'] * 2))\n",
        ),
        of_pandas(
            f"{SERIES}.shift",
            tuple(f'({series(held)}, periods: int = 1) -> Object["{SERIES}", float]' for held in ("int", "float")),
            ("{self}.shifted({periods})",) * 2,
            "print(df['age'].shift(), df['score'].shift(-1))\n",
        ),
        of_pandas(
            f"{SERIES}.diff",
            tuple(f'({series(held)}, periods: int = 1) -> Object["{SERIES}", float]' for held in ("int", "float")),
            ('{self}.arithmetic("-", &{self}.shifted({periods}), false)',) * 2,
            "print(df['age'].diff(), df['score'].diff(2))\n",
        ),
        of_column(
            "index",
            "",
            "{self}.text_labels()",
            "shares = df['name'].value_counts()\nprint(sorted(shares.index), shares.index.tolist()[:1], list(shares.index))\n",
            gives=f'"{LABELS}"',
            kind="attribute",
        ),
        of_column(
            "items",
            "",
            lambda call: f"{{self}}.items_of_{FORMS[held_by(call.type('self'))]}s()",
            "for name, count in df['name'].value_counts().items():\n    print(name, count)\n"
            "for place, score in df['score'].items():\n    print(place, score)\n",
            result=lambda call: t.Iterator(t.Tuple((t.VALUE, held_by(call.type("self"))))),
        ),
        of_pandas(f"{SERIES}.str", f'({series("str")}) -> "{_TEXTS}"', "{self}.clone()", kind="attribute"),
        of_column("name", "", "{self}.name()", "print(df['age'].name, (df['age'] * 2).name)\n", gives="str", kind="attribute"),
        of_column(
            "dtype",
            "",
            "{self}.dtype_name()",
            "print(df['age'].dtype, df['name'].dtype, (df['age'] / 2).dtype, df['ok'].dtype)\n",
            gives="str",
            kind="attribute",
        ),
        *_text_methods(),
    ),
)
