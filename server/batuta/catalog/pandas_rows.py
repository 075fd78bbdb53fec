"""Rows and single values of pandas' tables: `loc` and `iloc` in their forms, rows one by one, functions of rows, columns and values.

## Before
    print(df.loc[df["age"] > 30, "name"], df.iloc[:3, 1])
    for row in df.itertuples():
        print(row.Index, row.name)
## After
    py::print!("{} {}", df.filtered(&df.series("age").compared(">", pd::Operand::Int(30))).series("name"), df.rows_by(None, Some(3), None).series("age"));
    for row in df.named_rows(true) { … }
## Same numbers
    equal bits; a row of numbers of which one is a float holds floats, as in pandas
## Not handled
    `loc` of rows that are named by several values, steps between labels, functions of texts some of which are missing
"""

from __future__ import annotations

import ast
from typing import Any

from batuta.catalog._table_entries import (
    RUST,
    SCALARS,
    column_of_returned,
    escaped,
    item_of,
    of_column,
    of_frame,
    of_pandas,
    one_type,
    returned,
    series,
)
from batuta.catalog._tables import (
    APPLIED_TO_ROWS,
    CATEGORY,
    NAMED_ROW,
    NP_PD,
    PICKED_ROW,
    REST,
    ROW,
    ROW_LABELS,
    SERIES,
    TUPLES,
    Columns,
    any_held,
    column_of,
    columns_of,
    frame_type,
    names_of,
    series_type,
    text,
    texts,
)
from batuta.catalog.entry import Call, Entry, LibraryClass, NotYet, Refusal, Shelf
from batuta.catalog.pandas_values import dict_values
from batuta.ir import types as t

_LOC, _ILOC, _TEXTS = "pandas.loc", "pandas.iloc", "pandas.StringArray"
_SERIES_LOC, _SERIES_ILOC = "pandas.loc of a column", "pandas.iloc of a column"
_CHOICES: dict[t.Type, str] = {
    series_type(t.BOOL): "filtered",
    t.Array("bool", 1): "at_rows",
    t.List(t.BOOL): "at_rows",
    t.Object(ROW_LABELS): "at_labels",
    t.Array("int64", 1): "at_labels",
    t.List(t.INT): "at_labels",
    t.List(t.STR): "at_labels",
    series_type(t.INT): "at_labels",
    series_type(t.STR): "at_labels",
}
"""What rows can be chosen by, and the method that does."""
_SINGLE = (t.INT, t.STR, t.FLOAT, t.VALUE, t.NumpyScalar("int64"), t.NumpyScalar("str"))
"""What names one row."""
_PLACES = (t.INT, t.NumpyScalar("int64"))


def _parts(call: Any) -> tuple[ast.expr, ast.expr | None]:
    """What stands for rows and for columns."""
    key = call.literal("key")
    if isinstance(key, ast.Tuple) and len(key.elts) == 2:
        return key.elts[0], key.elts[1]
    return key, None


def _is_all(node: ast.expr | None) -> bool:
    return node is None or (isinstance(node, ast.Slice) and not (node.lower or node.upper or node.step))


def _bound(call: Any, node: ast.expr | None) -> str:
    return "None" if node is None else f"Some({escaped(call.lower(node, 'own'))})"


def _rows_rust(call: Any, rows: ast.expr, by_place: bool) -> str:
    """The method that takes some of the rows, or none where all are taken."""
    if _is_all(rows):
        return ""
    if isinstance(rows, ast.Slice):
        bounds = [_bound(call, each) for each in (rows.lower, rows.upper, rows.step)]
        if by_place:
            return f".rows_by({', '.join(bounds)})"
        if rows.step is not None:
            raise Refusal("BAT103", "steps between labels are not translated", "Use `iloc`.")
        values = ["None::<i64>" if each == "None" else each for each in bounds[:2]]
        if bounds[0] == "None" and bounds[1] != "None":
            values[0] = "None"
        if bounds[1] == "None" and bounds[0] != "None":
            values[1] = "None"
        return f".rows_from({', '.join(values)})"
    found = call.type_of(rows)
    if found not in _CHOICES or (
        by_place and found not in (t.Array("bool", 1), t.Array("int64", 1), t.List(t.INT), t.List(t.BOOL))
    ):
        reason = f"rows are not chosen by {t.show(found)} here"
        raise Refusal("BAT103", reason, "Write table.loc[condition, columns].")
    method = "at_rows" if by_place else _CHOICES[found]
    return f".{method}({escaped(call.lower(rows, 'ref'))})"


def _is_single(call: Any, node: ast.expr, by_place: bool) -> bool:
    """Whether an expression stands for one row."""
    if isinstance(node, ast.Slice):
        return False
    found = call.type_of(node)
    if isinstance(found, t.Unknown):
        raise NotYet
    return found in (_PLACES if by_place else _SINGLE)


def _place(call: Any, node: ast.expr, by_place: bool, hole: str) -> str:
    lowered = escaped(call.lower(node, "own"))
    return lowered if by_place else f"{hole}.place_of_label({lowered})"


def _chosen(call: Any, node: ast.expr | None, columns: Columns, by_place: bool) -> list[str] | str | None:
    """The names of columns that an index takes: one, several, or None for all."""
    if _is_all(node):
        return None
    assert node is not None
    if by_place:
        known = [name for name, _ in columns if name != REST]
        if len(known) != len(columns):
            raise Refusal("BAT103", "places among columns whose names the program computes", "Name the columns.")
        try:
            if isinstance(node, ast.Slice):
                bounds = [None if each is None else ast.literal_eval(each) for each in (node.lower, node.upper, node.step)]
                return known[slice(*bounds)]
            found = ast.literal_eval(node)
            return known[found] if isinstance(found, int) else [known[each] for each in found]
        except (ValueError, TypeError, IndexError):
            raise Refusal(
                "BAT103", "the places of columns must be constants", "Write the numbers, or name the columns."
            ) from None
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.Slice) and node.step is None:
        known = [name for name, _ in columns]
        ends = [None if each is None else getattr(each, "value", "") for each in (node.lower, node.upper)]
        if REST not in known and all(each is None or each in known for each in ends):
            first = 0 if ends[0] is None else known.index(ends[0])
            return known[first : len(known) if ends[1] is None else known.index(ends[1]) + 1]
    names = None if isinstance(node, ast.Slice) else names_of(call, node)
    if names is None:
        raise Refusal("BAT103", "the columns must be constants", "Write the names of the columns.")
    return names


def row_type(columns: Columns) -> t.Type:
    """A row of a table: a column of numbers, or values of different types."""
    kinds = {held for _, held in columns}
    if kinds <= {t.INT, t.FLOAT} and kinds:
        return series_type(t.FLOAT if t.FLOAT in kinds else t.INT)
    return series_type(t.BOOL) if kinds == {t.BOOL} else t.Object(PICKED_ROW, frame_type(columns).arguments)  # type: ignore[attr-defined]


def _located(by_place: bool) -> Any:
    def result(call: Any) -> t.Type:
        rows, columns = _parts(call)
        known = columns_of(call.type("self"))
        names = _chosen(call, columns, known, by_place)
        single = _is_single(call, rows, by_place)
        if isinstance(names, str):
            held = column_of(known, names)
            return item_of(held) if single else series_type(held)
        kept = known if names is None else [(name, column_of(known, name)) for name in names]
        return row_type(kept) if single else frame_type(kept)

    return result


def _located_rust(by_place: bool) -> Any:
    def rust(call: Any) -> str:
        rows, columns = _parts(call)
        known = columns_of(call.type("self"))
        names = _chosen(call, columns, known, by_place)
        single = _is_single(call, rows, by_place)
        if isinstance(names, str) and single:
            held = column_of(known, names)
            place = _place(call, rows, by_place, "column")
            return f"{{{{ let column = {{self}}.series({text(names)}); column.item::<{RUST[held]}>({place}) }}}}"
        made = "" if single else _rows_rust(call, rows, by_place)
        if isinstance(names, str):
            return f"{{self}}{made}.series({text(names)})"
        made += "" if names is None else f".select({texts(names)})"
        if not single:
            return f"{{self}}{made or '.clone()'}"
        kept = known if names is None else [(name, column_of(known, name)) for name in names]
        found = row_type(kept)
        method = "row_at" if isinstance(found, t.Object) and found.name == PICKED_ROW else "row_series"
        return f"{{{{ let table = &{{self}}{made}; table.{method}({_place(call, rows, by_place, 'table')}) }}}}"

    return rust


def _values(by_place: bool) -> Any:
    def result(call: Any) -> t.Type:
        key = call.literal("key")
        held = any_held(call.type("self"))
        return item_of(held) if _is_single(call, key, by_place) else series_type(held)

    return result


def _values_rust(by_place: bool) -> Any:
    def rust(call: Any) -> str:
        key = call.literal("key")
        if not _is_single(call, key, by_place):
            return "{self}" + (_rows_rust(call, key, by_place) or ".clone()")
        place = _place(call, key, by_place, "{self}")
        return f"{{self}}.~item::<{RUST[any_held(call.type('self'))]}>({place})"

    return rust


def _labels_rust(call: Any) -> str:
    key = call.literal("key")
    if isinstance(key, ast.Slice):
        return f"{{self}}.part({', '.join(_bound(call, each) for each in (key.lower, key.upper, key.step))})"
    if _is_single(call, key, True):
        return f"{{self}}.at({escaped(call.lower(key, 'own'))})"
    if call.type_of(key) not in (series_type(t.BOOL), t.Array("bool", 1), t.Array("int64", 1), t.List(t.INT), t.List(t.BOOL)):
        raise Refusal("BAT103", f"labels are not chosen by {t.show(call.type_of(key))} here", "Choose them by a condition.")
    return f"{{self}}.chosen({escaped(call.lower(key, 'ref'))})"


def _rows(call: Call) -> t.Type:
    found = call.type("self")
    assert isinstance(found, t.Object)
    columns_of(found)
    return t.Iterator(t.Tuple((t.INT, t.Object(ROW, found.arguments))))


def _cell(call: Call) -> t.Type:
    """A row is one array: its numbers become floats where one is, and stay what they are beside texts or truth values."""
    found = call.type("self")
    columns = columns_of(found)
    held = column_of(columns, call.constant("key"))
    kinds = {each for _, each in columns}
    if isinstance(found, t.Object) and found.name == PICKED_ROW:
        return item_of(held)
    if not kinds <= {t.INT, t.FLOAT, t.BOOL} or (t.BOOL in kinds and len(kinds) > 1):
        return t.VALUE if held == CATEGORY else held
    return SCALARS[t.FLOAT if t.FLOAT in kinds else held]


def _cell_rust(call: Call) -> str:
    found = _cell(call)
    held = {"int64": t.INT, "float64": t.FLOAT, "bool": t.BOOL}.get(getattr(found, "dtype", ""), found)
    return f"{{self}}.get::<{RUST[held]}>({text(str(call.constant('key')))})"


def _part_of_tuple(call: Call) -> t.Type:
    columns = columns_of(call.type("self"))
    key = call.constant("key")
    held = columns[key][1] if isinstance(key, int) and -len(columns) <= key < len(columns) else column_of(columns, key)
    return t.VALUE if held == CATEGORY else held


def _part_of_tuple_rust(call: Call) -> str:
    columns = columns_of(call.type("self"))
    key = call.constant("key")
    name = columns[key][0] if isinstance(key, int) else str(key)
    return f"{{self}}.get::<{RUST[_part_of_tuple(call)]}>({text(name)})"


def _row_numbers(call: Call) -> Columns:
    columns = columns_of(call.type("self"))
    if not {held for _, held in columns} <= {t.INT, t.FLOAT}:
        raise Refusal("BAT103", "numbers of a row that holds other values, too", "Choose the columns of numbers first.")
    return columns


def _row_part(call: Call) -> t.Type:
    columns = columns_of(call.type("self"))
    names = names_of(call, call.node("key"))
    if names is None:
        raise Refusal("BAT103", "the columns must be constants", "Write the names of the columns.")
    kept = frame_type([(name, column_of(columns, name)) for name in names])
    assert isinstance(kept, t.Object)
    found = call.type("self")
    assert isinstance(found, t.Object)
    return t.Object(found.name, kept.arguments)


def _tuples(call: Call) -> t.Type:
    columns = columns_of(call.type("self"))
    if REST in [name for name, _ in columns]:
        raise Refusal("BAT103", "rows of columns whose names the program computes", "Name the columns.")
    kinds = [t.VALUE if held == CATEGORY else held for _, held in columns]
    return t.Tuple((t.VALUE, *kinds) if call.constant("index") else tuple(kinds))


def _tuples_rust(call: Call) -> str:
    found = _tuples(call)
    assert isinstance(found, t.Tuple)
    index = "true" if call.constant("index") else "false"
    return f"{{self}}.tuples::<({', '.join(RUST[each] for each in found.items)},)>({index})"


def _named_rows(call: Call) -> t.Type:
    columns = columns_of(call.type("self"))
    made = frame_type([("Index", t.VALUE), *columns] if call.constant("index") else columns)
    assert isinstance(made, t.Object)
    return t.Iterator(t.Object(NAMED_ROW, made.arguments))


def _each_column(call: Call) -> dict[str, t.Type]:
    """What the columns hold that a function is given."""
    kinds = {held for _, held in columns_of(call.type("self"))}
    return {"H": kinds.pop() if len(kinds) == 1 else t.FLOAT if kinds == {t.INT, t.FLOAT} else t.VALUE}


def _by_column(call: Call) -> t.Type:
    found = returned(call)
    if isinstance(found, t.Object) and found.name == SERIES:
        held = any_held(found)
        return frame_type([(name, held) for name, _ in columns_of(call.type("self"))])
    return series_type(column_of_returned(call))


def _by_column_rust(call: Call) -> str:
    found = returned(call)
    of_columns = isinstance(found, t.Object) and found.name == SERIES
    kinds = {held for _, held in columns_of(call.type("self"))}
    floats = ".as_floats()" if kinds == {t.INT, t.FLOAT} else ""
    return f"{{self}}{floats}.{'applied_columns' if of_columns else 'applied'}({{fn func}})"


def _mapped(call: Call) -> t.Type:
    """What a column holds whose values go through a function or a dict."""
    parameter = call.use.signature.parameter("arg")  # type: ignore[attr-defined]
    if not isinstance(parameter.type, t.Callable):
        return series_type(dict_values(call, "arg"))
    return series_type(column_of_returned(call))


def _dict(call: Call) -> t.Type:
    columns = columns_of(call.type("self"))
    held = one_type(each for _, each in columns)
    held = t.VALUE if held == CATEGORY or {each for _, each in columns} == {t.INT, t.FLOAT} else held
    match call.constant("orient"):
        case "records":
            return t.List(t.Dict(t.STR, t.VALUE))
        case "list":
            return t.Dict(t.STR, t.List(held))
        case "index":
            return t.Dict(t.VALUE, t.Dict(t.STR, held))
        case "dict":
            return t.Dict(t.STR, t.Dict(t.VALUE, held))
    raise Refusal(
        "BAT103", f"`to_dict({call.source('orient')})` is not translated", "Use 'records', 'list', 'index' or 'dict'."
    )


def _dict_rust(call: Call) -> str:
    found = _dict(call)
    if isinstance(found, t.List):
        return "{self}.records()"
    inner = t.children(t.children(found)[-1])[-1]
    return f"{{self}}.{ {'list': 'lists', 'index': 'dicts_by_label', 'dict': 'dicts'}[call.constant('orient')] }::<{RUST[inner]}>()"


def _of_row(owner: str) -> list[Entry]:
    """What rows one by one have, and rows that are chosen."""
    return [
        of_pandas(
            f"{owner}.__getitem__",
            (f'(self: Object["{owner}", C], key: str) -> Any', f'(self: Object["{owner}", C], key: list[str]) -> Any'),
            (_cell_rust, lambda call: f"{{self}}.part({texts(names_of(call, call.node('key')) or [])})"),
            result=lambda call: _row_part(call) if isinstance(call.type("key"), t.List) else _cell(call),
        ),
        of_pandas(
            f"{owner}.name",
            f'(self: Object["{owner}", C]) -> value',
            "{self}.label()",
            "for place, row in df.iterrows():\n    print(place, row.name)\n" if owner == ROW else "print(df.iloc[1].name)\n",
            kind="attribute",
        ),
        *(
            of_pandas(
                f"{owner}.{name}",
                f'(self: Object["{owner}", C]) -> Any',
                f"{{self}}.numbers().{rust}",
                f"print(df[['age', 'score']].apply(lambda row: row.{name}(), axis=1))\n",
                result=lambda call, name=name: (
                    t.NumpyScalar("int64")
                    if name in ("sum", "max", "min") and all(held == t.INT for _, held in _row_numbers(call))
                    else t.NumpyScalar("float64")
                ),
                refuse=_row_numbers,
            )
            for name, rust in (("mean", "mean()"), ("std", "std(1)"), ("median", "median()"))
        ),
        *(
            of_pandas(
                f"{owner}.{name}",
                f'(self: Object["{owner}", C]) -> Any',
                lambda call, name=name: (
                    f"{{self}}.numbers().{_EXTREMES[name][all(held == t.INT for _, held in _row_numbers(call))]}"
                ),
                f"print(df[['age', 'score']].apply(lambda row: row.{name}(), axis=1))\n"
                f"print(df[['age']].apply(lambda row: row.{name}(), axis=1))\n",
                result=lambda call: t.NumpyScalar(
                    "int64" if all(held == t.INT for _, held in _row_numbers(call)) else "float64"
                ),
            )
            for name in ("sum", "min", "max")
        ),
    ]


_EXTREMES = {
    "sum": ("sum_floats()", "sum_ints()"),
    "min": ("extreme_float(false)", "extreme_int(false)"),
    "max": ("extreme_float(true)", "extreme_int(true)"),
}
"""The methods for floats and for ints."""
_INDEXED = "print(df.set_index('name').loc['Bob', 'age'], df.set_index('name').loc[['Dan', 'Ann'], ['age']])\n"

SHELF = Shelf(
    module="pandas",
    classes=(
        LibraryClass(_LOC, "pd::DataFrame", mutable=False, features=NP_PD),
        LibraryClass(_ILOC, "pd::DataFrame", mutable=False, features=NP_PD),
        LibraryClass(_SERIES_LOC, "pd::Series", mutable=False, features=NP_PD),
        LibraryClass(_SERIES_ILOC, "pd::Series", mutable=False, features=NP_PD),
        LibraryClass(ROW_LABELS, "pd::RowLabels", mutable=False, features=NP_PD, iterates="value"),
        LibraryClass(ROW, "pd::Row", mutable=False, features=NP_PD),
        LibraryClass(PICKED_ROW, "pd::Row", mutable=False, features=NP_PD),
        LibraryClass(NAMED_ROW, "pd::Row", mutable=False, features=NP_PD),
        LibraryClass(_TEXTS, "pd::Texts", mutable=False, features=NP_PD, iterates="str"),
    ),
    entries=(
        *(
            of_frame(
                name,
                "",
                "{self}.clone()",
                f"print(df.{name}[{case}], df.{name}[{case}] * 2)\n",
                kind="attribute",
                result=lambda call, owner=owner: frame_type(columns_of(call.type("self")), owner),
            )
            for name, owner, case in (
                ("loc", _LOC, "0, 'age'"),
                ("at", _LOC, "1, 'score'"),
                ("iloc", _ILOC, "0, 1"),
                ("iat", _ILOC, "-1, 1"),
            )
        ),
        of_pandas(
            f"{_LOC}.__getitem__",
            f'(self: Object["{_LOC}", C], key: Any) -> Any',
            _located_rust(False),
            "print(df.loc[df['age'] > 26, 'name'])\nprint(df.loc[df['ok'], ['score', 'age']])\nprint(df.loc[df['age'] == 25])\n"
            "print(df.loc[df['age'] == 25, 'score'].sum(), df.loc[1:2], df.loc[2], df.loc[0, 'age'], df.loc[:, 'age':'ok'])\n"
            + _INDEXED,
            result=_located(False),
            literal=("key",),
        ),
        of_pandas(
            f"{_ILOC}.__getitem__",
            f'(self: Object["{_ILOC}", C], key: Any) -> Any',
            _located_rust(True),
            "print(df.iloc[0], df.iloc[1:3], df.iloc[[0, -1]], df.iloc[:, 1], df.iloc[:2, 1:3], df.iloc[1, 2], df.iloc[::2])\n"
            "print(df[['age', 'score']].iloc[0], df.iloc[:, [0, 2]], df.iloc[-1]['name'], df.iloc[:2, -1])\n",
            result=_located(True),
            literal=("key",),
        ),
        *(
            of_column(
                name,
                "",
                "{self}.clone()",
                f"print(df['age'].{name}[0], [df['age'].{name}[2]])\n",
                kind="attribute",
                result=lambda call, owner=owner: series_type(any_held(call.type("self")), owner),
            )
            for name, owner in (("loc", _SERIES_LOC), ("at", _SERIES_LOC), ("iloc", _SERIES_ILOC), ("iat", _SERIES_ILOC))
        ),
        of_pandas(
            f"{_SERIES_ILOC}.__getitem__",
            f'(self: Object["{_SERIES_ILOC}", D], key: Any) -> Any',
            _values_rust(True),
            "print(df['age'].iloc[0], [df['age'].iloc[-1]], [df['score'].iloc[0]], [df['name'].iloc[2]], df['age'].iloc[1:3])\n"
            "print(df['age'].iloc[[0, 2]], df['ok'].iloc[0], df['name'].iloc[::-1])\n"
            "try:\n    print(df['age'].iloc[9])\nexcept IndexError as error:\n    print(error)\n",
            result=_values(True),
            raises=("IndexError",),
            literal=("key",),
        ),
        of_pandas(
            f"{_SERIES_LOC}.__getitem__",
            f'(self: Object["{_SERIES_LOC}", D], key: Any) -> Any',
            _values_rust(False),
            "means = df[['age', 'score']].mean()\nprint(means.loc['age'], df['age'].loc[df['ok']], df['age'].loc[1:2], means.loc[['score']])\n",
            result=_values(False),
            raises=("KeyError",),
            literal=("key",),
        ),
        of_frame(
            "index",
            "",
            "{self}.row_labels()",
            "some = df[df['age'] < 30]\nprint(len(some.index), list(some.index), some.index.tolist(), df.loc[some.index, 'name'])\n"
            "for place in some.index:\n    print(place)\nprint(df.index, some.index, df.set_index('name').index, df.index[df['ok']].tolist())\n"
            "print(df.index[0], df.set_index('name').index[-1])\n",
            kind="attribute",
            gives=f'"{ROW_LABELS}"',
        ),
        *(
            of_pandas(
                f"{ROW_LABELS}.{name}",
                f'(self: "{ROW_LABELS}") -> list[value]',
                "{self}.values()",
                f"print(df.index.{name}(), df.set_index('name').index.{name}())\n",
            )
            for name in ("tolist", "to_list")
        ),
        of_pandas(
            f"{ROW_LABELS}.__getitem__",
            f'(self: "{ROW_LABELS}", key: Any) -> Any',
            _labels_rust,
            "print(df.index[1], df.index[1:].tolist(), df.index[df['age'] > 30].tolist(), df.index[[0, 3]].tolist())\n",
            result=lambda call: t.VALUE if _is_single(call, call.literal("key"), True) else t.Object(ROW_LABELS),
            literal=("key",),
        ),
        of_frame(
            "iterrows",
            "",
            "{self}.iterrows()",
            "for i, row in df.iterrows():\n    print(i, row['name'], [row['age'], row['score'], row['ok']], row['age'] * 2)\n"
            + "for i, row in df[['age', 'score']].iterrows():\n    print(i, row['age'], [row['score']])\n"
            + "for _, row in df[['age']].iterrows():\n    print([row['age']])\n",
            result=_rows,
        ),
        of_frame(
            "itertuples",
            'index: bool = True, name: str | None = "Pandas"',
            lambda call: f"{{self}}.named_rows({'true' if call.constant('index') else 'false'})",
            "for row in df.itertuples():\n    print(row.Index, row.name, row.age * 2, row.score)\n"
            "for row in df.itertuples(index=False):\n    print(row.name, row.ok)\n",
            result=_named_rows,
        ),
        of_frame(
            TUPLES,
            "index: bool = True, name: str | None = None",
            _tuples_rust,
            "for place, name, age, score, ok in df.itertuples():\n    print(place, name, age, score, ok)\n"
            "for name, age in df[['name', 'age']].itertuples(index=False):\n    print(name, age + 1)\n",
            result=lambda call: t.Iterator(_tuples(call)),
        ),
        of_pandas(
            f"{NAMED_ROW}.__getitem__",
            (f'(self: Object["{NAMED_ROW}", C], key: int) -> Any', f'(self: Object["{NAMED_ROW}", C], key: str) -> Any'),
            (_part_of_tuple_rust, _part_of_tuple_rust),
            "for row in df.itertuples():\n    print(row[0], row[1], row[4])\n",
            result=_part_of_tuple,
        ),
        *_of_row(ROW),
        of_pandas(
            f"{ROW}.to_dict",
            f'(self: Object["{ROW}", C]) -> dict[str, value]',
            "{self}.dict()",
            "for _, row in df.iterrows():\n    print(row.to_dict())\n",
        ),
        of_pandas(
            f"{ROW}.tolist",
            f'(self: Object["{ROW}", C]) -> list[value]',
            "{self}.values()",
            "for _, row in df.iterrows():\n    print(row.tolist())\n",
        ),
        *_of_row(PICKED_ROW),
        of_frame(
            APPLIED_TO_ROWS,
            f'func: Callable[[Object["{ROW}", C]], R]',
            "{self}.applied_to_rows({fn func})",
            "def label(row):\n    if row['age'] > 30:\n        return row['name'] + '!'\n    return 'young'\n"
            "print(df.apply(label, axis=1), df.apply(lambda row: row['age'] * 2 if row.ok else 0, axis=1))\n"
            "print(df[['age', 'score']].apply(lambda row: row['age'] + row['score'], axis=1))\n",
            result=lambda call: series_type(column_of_returned(call)),
        ),
        of_frame(
            "apply",
            f'func: Callable[[Object["{SERIES}", H]], R]',
            _by_column_rust,
            "print(df[['age', 'score']].apply(lambda column: column.max() - column.min()))\n"
            "print(df[['age', 'score']].apply(lambda column: column / column.sum()))\n",
            result=_by_column,
            variables=_each_column,
        ),
        of_frame(
            "to_dict",
            'orient: str = "dict"',
            _dict_rust,
            "print(df.to_dict(), df.to_dict('records'), df[['age']].to_dict('list'), df.head(1).to_dict(orient='index'))\n",
            result=_dict,
        ),
        of_column(
            "to_dict",
            "",
            lambda call: f"{{self}}.dict::<{RUST[any_held(call.type('self'))]}>()",
            "print(df['age'].to_dict(), df['name'].value_counts().to_dict(), df[['age', 'score']].mean().round(1).to_dict())\n",
            result=lambda call: t.Dict(
                t.VALUE, t.VALUE if any_held(call.type("self")) == CATEGORY else any_held(call.type("self"))
            ),
        ),
        *(
            of_pandas(
                f"{SERIES}.{name}",
                (
                    *(
                        f'({series(held)}, {given}: Callable[[{held}], R]) -> Object["{SERIES}", R]'
                        for held in ("int", "float", "str", "bool")
                    ),
                    f'(self: Object["{SERIES}", "pandas.category"], {given}: Callable[[value], R]) -> Object["{SERIES}", R]',
                    f'(self: Object["{SERIES}", value], {given}: Callable[[value], R]) -> Object["{SERIES}", R]',
                    *((f'(self: Object["{SERIES}", D], {given}: Any) -> Any',) if name == "map" else ()),
                ),
                (
                    f"{{self}}.mapped_ints({{fn {given}}})",
                    f"{{self}}.mapped_floats({{fn {given}}})",
                    f"{{self}}.mapped_texts({{fn {given}}})",
                    f"{{self}}.mapped_truths({{fn {given}}})",
                    f"{{self}}.mapped_values({{fn {given}}})",
                    f"{{self}}.mapped_values({{fn {given}}})",
                    *((f"{{self}}.mapped_by({{&{given}}})",) if name == "map" else ()),
                ),
                f"print(df['age'].{name}(lambda x: x * 2), df['age'].{name}(lambda x: x / 4))\n"
                + f"def grade(age):\n    if age > 30:\n        return 'old'\n    return 'young'\nprint(df['age'].{name}(grade).value_counts())\n"
                + f"print(df['score'].{name}(lambda s: s > 0), df['name'].{name}(lambda n: n.upper()), df['name'].{name}(len))\n"
                + f"print(df['ok'].{name}(lambda k: 'yes' if k else 'no'))\n"
                + (
                    "print(df['name'].map({'Ann': 1, 'Bob': 2, 'Cleo': 3, 'Dan': 4}), df['age'].map({25: 'x', 31: 'y'}), df['ok'].map({True: 0.5}))\n"
                    if name == "map"
                    else ""
                ),
                result=_mapped if name == "map" else None,
            )
            for name, given in (("map", "arg"), ("apply", "func"))
        ),
        of_pandas(
            f"{SERIES}.isin",
            tuple(f'({series(held)}, values: list[{held}]) -> Object["{SERIES}", bool]' for held in ("int", "float", "str")),
            ("{self}.isin({&values})",) * 3,
            "print(df['age'].isin([25, 40]), df[df['name'].isin(['Bob', 'Eve'])], df['score'].isin([1.5]))\n",
        ),
        of_pandas(
            f"{_TEXTS}.tolist", f'(self: "{_TEXTS}") -> list[str]', "{self}.list()", "print(df['name'].unique().tolist())\n"
        ),
    ),
)
