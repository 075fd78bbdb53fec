"""Rows and single values of pandas' tables: `loc` with a condition, `iloc` of a column, `iterrows`, functions of each value.

## Before
    print(df.loc[df["age"] > 30, "name"])
    for place, row in df.iterrows():
        print(place, row["name"])
## After
    py::print!("{}", py::Str(&df.filtered(&df.series("age").compared(">", pd::Operand::Int(30))).series("name")));
    for (place, row) in df.iterrows() { … }
## Same numbers
    equal bits; a row of numbers of which one is a float holds floats, as in pandas
## Not handled
    `loc` with labels, `iloc` of a table, rows of tables whose rows have names, functions of texts
"""

from __future__ import annotations

import ast
from typing import Any

from batuta.catalog._tables import (
    FRAME,
    NP_PD,
    ROW_LABELS,
    SERIES,
    column_of,
    column_type,
    columns_of,
    frame_type,
    held_by,
    series_type,
    text,
    texts,
)
from batuta.catalog.entry import Call, Entry, LibraryClass, NotYet, Refusal, Shelf
from batuta.catalog.pandas_values import dict_values
from batuta.ir import types as t

_ME = f'self: Object["{FRAME}", C]'
_LOC, _ILOC, _ROW, _TEXTS = "pandas.loc", "pandas.iloc", "pandas.row", "pandas.StringArray"
_USE = (
    "import pandas as pd\n"
    "df = pd.DataFrame({'name': ['Ann', 'Bob', 'Cleo', 'Dan'], 'age': [31, 25, 40, 25], "
    "'score': [1.5, 2.25, float('nan'), -0.125], 'ok': [True, False, True, True]})\n"
)
_FORMS: dict[t.Type, str] = {t.INT: "int", t.FLOAT: "float", t.BOOL: "truth", t.STR: "text"}
_RESULTS: dict[t.Type, t.Type] = {
    t.INT: t.NumpyScalar("int64"),
    t.FLOAT: t.NumpyScalar("float64"),
    t.BOOL: t.NumpyScalar("bool"),
    t.STR: t.STR,
}


def _series(held: str) -> str:
    return f'self: Object["{SERIES}", {held}]'


def _chosen(call: Any) -> tuple[ast.expr, ast.expr | None]:
    """The condition and the columns of `loc[condition, columns]`."""
    key = call.literal("key")
    rows, columns = (key.elts[0], key.elts[1]) if isinstance(key, ast.Tuple) and len(key.elts) == 2 else (key, None)
    if isinstance(rows, ast.Slice):
        if rows.lower or rows.upper or rows.step:
            raise Refusal("BAT103", "rows between two labels are not translated", "Choose the rows by a condition.")
        return rows, columns
    found = call.type_of(rows)
    if found not in _CHOICES and found != t.INT:
        reason = f"rows are not chosen by {t.show(found)} here"
        raise Refusal("BAT103", reason, "Write table.loc[condition, columns].")
    return rows, columns


_CHOICES: dict[t.Type, str] = {
    series_type(t.BOOL): "filtered",
    t.Array("bool", 1): "at_rows",
    t.Object(ROW_LABELS): "at_labels",
    t.Array("int64", 1): "at_labels",
    t.List(t.INT): "at_labels",
}
"""What rows can be chosen by, and the method that does."""


def _names(columns: ast.expr) -> list[str] | str:
    match columns:
        case ast.Constant(value=str(name)):
            return name
        case ast.List(elts=items) if items and all(isinstance(e, ast.Constant) and isinstance(e.value, str) for e in items):
            return [each.value for each in items]  # type: ignore[attr-defined]
    raise Refusal("BAT103", "the columns must be constants", "Write the names of the columns.")


def _located(call: Any) -> t.Type:
    found = call.type("self")
    _, columns = _chosen(call)
    rows, _ = _chosen(call)
    if not isinstance(rows, ast.Slice) and call.type_of(rows) == t.INT:
        name = _names(columns) if columns is not None else None
        if not isinstance(name, str):
            raise Refusal("BAT103", "one row of a table is not translated", "Ask for one of its columns.")
        return _RESULTS[column_of(columns_of(found), name)]
    if columns is None:
        return frame_type(columns_of(found))
    names = _names(columns)
    if isinstance(names, str):
        return series_type(column_of(columns_of(found), names))
    return frame_type([(each, column_of(columns_of(found), each)) for each in names])


def _located_rust(call: Any) -> str:
    rows, columns = _chosen(call)
    made = "{self}.clone()"
    if not isinstance(rows, ast.Slice):
        found = call.type_of(rows)
        mask = call.lower(rows, "own" if found == t.INT else "ref").replace("{", "{{").replace("}", "}}")
        if found == t.INT:
            assert columns is not None
            name = str(_names(columns))
            form = _FORMS[column_of(columns_of(call.type("self")), name)]
            return f"{{{{ let column = {{self}}.series({text(name)}); column.{form}_at(column.row_at({mask}) as i64) }}}}"
        made = f"{{self}}.{_CHOICES[found]}({mask})"
    if columns is None:
        return made
    names = _names(columns)
    return f"{made}.series({text(names)})" if isinstance(names, str) else f"{made}.select({texts(names)})"


def _item(call: Call) -> t.Type:
    held = held_by(call.type("self"))
    if held == t.BOOL:
        raise Refusal("BAT103", "one truth value of a column is not translated", "Use `tolist()`.")
    return _RESULTS[held]


def _item_rust(call: Call) -> str:
    return f"{{self}}.~{_FORMS[held_by(call.type('self'))]}_at({{key}})"


def _mapped(call: Call) -> t.Type:
    """What a column holds whose values go through a function or a dict."""
    assert call.use.signature is not None  # type: ignore[attr-defined]
    parameter = call.use.signature.parameter("arg")  # type: ignore[attr-defined]
    if not isinstance(parameter.type, t.Callable):
        return series_type(dict_values(call, "arg"))
    cell = call.use.variables.get("R")  # type: ignore[attr-defined]
    found = call.inference.resolver.resolve(cell) if cell is not None else t.Unknown()  # type: ignore[attr-defined]
    if isinstance(found, t.Unknown):
        raise NotYet
    return series_type(column_type(t.List(found)))


def _rows(call: Call) -> t.Type:
    found = call.type("self")
    assert isinstance(found, t.Object)
    columns_of(found)
    return t.Iterator(t.Tuple((t.INT, t.Object(_ROW, found.arguments))))


def _cell(call: Call) -> t.Type:
    """A row is one array: its numbers become floats where one is, and stay what they are beside texts or truth values."""
    columns = columns_of(call.type("self"))
    held = column_of(columns, call.constant("key"))
    kinds = {each for _, each in columns}
    if t.STR in kinds or (t.BOOL in kinds and len(kinds) > 1):
        return held
    return _RESULTS[t.FLOAT if t.FLOAT in kinds else held]


def _cell_rust(call: Call) -> str:
    found = _cell(call)
    form = {"int64": "int", "float64": "float", "bool": "truth"}.get(getattr(found, "dtype", ""), "")
    form = form or _FORMS[found]
    return f"{{self}}.{form}({text(str(call.constant('key')))})"


SHELF = Shelf(
    module="pandas",
    classes=(
        LibraryClass(_LOC, "pd::DataFrame", mutable=False, features=NP_PD),
        LibraryClass(_ILOC, "pd::Series", mutable=False, features=NP_PD),
        LibraryClass(ROW_LABELS, "pd::RowLabels", mutable=False, features=NP_PD, iterates="value"),
        LibraryClass(_ROW, "pd::Row", mutable=False, features=NP_PD),
        LibraryClass(_TEXTS, "pd::Texts", mutable=False, features=NP_PD, iterates="str"),
    ),
    entries=(
        Entry(
            f"{FRAME}.loc",
            f"({_ME}) -> Any",
            "{self}.clone()",
            kind="attribute",
            result=lambda call: frame_type(columns_of(call.type("self")), _LOC),
            features=NP_PD,
        ),
        Entry(
            f"{_LOC}.__getitem__",
            f'(self: Object["{_LOC}", C], key: Any) -> Any',
            _located_rust,
            kind="method",
            result=_located,
            literal=("key",),
            features=NP_PD,
            case=_USE
            + "print(df.loc[df['age'] > 26, 'name'])\nprint(df.loc[df['ok'], ['score', 'age']])\nprint(df.loc[df['age'] == 25])\n"
            + "print(df.loc[df['age'] == 25, 'score'].sum())\n",
        ),
        Entry(
            f"{FRAME}.index",
            f'({_ME}) -> "{ROW_LABELS}"',
            "{self}.row_labels()",
            kind="attribute",
            features=NP_PD,
            case=_USE
            + "some = df[df['age'] < 30]\nprint(len(some.index), list(some.index), some.index.tolist(), df.loc[some.index, 'name'])\n"
            "for place in some.index:\n    print(place)\n",
        ),
        Entry(
            f"{ROW_LABELS}.tolist", f'(self: "{ROW_LABELS}") -> list[value]', "{self}.values()", kind="method", features=NP_PD
        ),
        Entry(
            f"{SERIES}.iloc",
            f'(self: Object["{SERIES}", D]) -> Any',
            "{self}.clone()",
            kind="attribute",
            result=lambda call: series_type(held_by(call.type("self")), _ILOC),
            features=NP_PD,
        ),
        Entry(
            f"{_ILOC}.__getitem__",
            f'(self: Object["{_ILOC}", D], key: int) -> Any',
            _item_rust,
            kind="method",
            result=_item,
            raises=("IndexError",),
            features=NP_PD,
            case=_USE
            + "print(df['age'].iloc[0], [df['age'].iloc[-1]], [df['score'].iloc[0]], [df['name'].iloc[2]])\n"
            + "try:\n    print(df['age'].iloc[9])\nexcept IndexError as error:\n    print(error)\n",
        ),
        Entry(
            f"{FRAME}.iterrows",
            f"({_ME}) -> Any",
            "{self}.iterrows()",
            kind="method",
            result=_rows,
            features=NP_PD,
            case=_USE
            + "for i, row in df.iterrows():\n    print(i, row['name'], [row['age'], row['score'], row['ok']], row['age'] * 2)\n"
            + "for i, row in df[['age', 'score']].iterrows():\n    print(i, row['age'], [row['score']])\n"
            + "for _, row in df[['age']].iterrows():\n    print([row['age']])\n",
        ),
        Entry(
            f"{_ROW}.__getitem__",
            f'(self: Object["{_ROW}", C], key: str) -> Any',
            _cell_rust,
            kind="method",
            result=_cell,
            features=NP_PD,
        ),
        *(
            Entry(
                f"{SERIES}.{name}",
                (
                    *(
                        f'({_series(held)}, {given}: Callable[[{held}], R]) -> Object["{SERIES}", R]'
                        for held in ("int", "float", "str", "bool")
                    ),
                    *((f'(self: Object["{SERIES}", D], {given}: Any) -> Any',) if name == "map" else ()),
                ),
                (
                    f"{{self}}.mapped_ints({{fn {given}}})",
                    f"{{self}}.mapped_floats({{fn {given}}})",
                    f"{{self}}.mapped_texts({{fn {given}}})",
                    f"{{self}}.mapped_truths({{fn {given}}})",
                    *((f"{{self}}.mapped_by({{&{given}}})",) if name == "map" else ()),
                ),
                kind="method",
                result=_mapped if name == "map" else None,
                features=NP_PD,
                case=_USE
                + f"print(df['age'].{name}(lambda x: x * 2), df['age'].{name}(lambda x: x / 4))\n"
                + f"def grade(age):\n    if age > 30:\n        return 'old'\n    return 'young'\nprint(df['age'].{name}(grade).value_counts())\n"
                + f"print(df['score'].{name}(lambda s: s > 0), df['name'].{name}(lambda n: n.upper()), df['name'].{name}(len))\n"
                + f"print(df['ok'].{name}(lambda k: 'yes' if k else 'no'))\n"
                + (
                    "print(df['name'].map({'Ann': 1, 'Bob': 2, 'Cleo': 3, 'Dan': 4}), df['age'].map({25: 'x', 31: 'y'}), df['ok'].map({True: 0.5}))\n"
                    if name == "map"
                    else ""
                ),
            )
            for name, given in (("map", "arg"), ("apply", "func"))
        ),
        Entry(
            f"{SERIES}.isin",
            tuple(f'({_series(held)}, values: list[{held}]) -> Object["{SERIES}", bool]' for held in ("int", "float", "str")),
            ("{self}.isin({&values})",) * 3,
            kind="method",
            features=NP_PD,
            case=_USE + "print(df['age'].isin([25, 40]), df[df['name'].isin(['Bob', 'Eve'])], df['score'].isin([1.5]))\n",
        ),
        Entry(
            f"{_TEXTS}.tolist",
            f'(self: "{_TEXTS}") -> list[str]',
            "{self}.list()",
            kind="method",
            features=NP_PD,
            case=_USE + "print(df['name'].unique().tolist())\n",
        ),
    ),
)
