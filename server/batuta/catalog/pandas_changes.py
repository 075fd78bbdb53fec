"""Tables made of other tables: with other columns, other names, other values; in parts.

## Before
    df[["age", "score"]] = scaler.fit_transform(df[["age", "score"]])
    df.loc[df["age"] > 30, "score"] = 0.0
    data = pd.get_dummies(df, columns=["city"], drop_first=True)
## After
    let df = df.assigned_all(&["age", "score"], &scaler.fit_transform(&df.select(&["age", "score"]).table()));
    let df = df.changed_at(&df.series("age").compared(">", 30), "score", pd::Operand::Float(0.0));
    let data = pd::get_dummies(&df, Some(&["city"]), true, false, None);
## Same numbers
    equal bits
## Not handled
    tables with rows of different labels beside each other, tables with different columns below each other (the program ends)
"""

from __future__ import annotations

import ast
from typing import Any

from batuta.catalog._table_entries import (
    CASTS,
    DTYPES_OF,
    HELD,
    check_numbers,
    escaped,
    held_or_none,
    of_column,
    of_frame,
    of_pandas,
    operand,
    same,
)
from batuta.catalog._tables import (
    ADDED_ALL,
    BETWEEN,
    CATEGORY,
    CHANGED,
    CHANGED_AT,
    FRAME,
    INSERTED,
    LABELLED,
    LABELS_NAMED,
    NAMED,
    PUT_TOGETHER,
    REST,
    SERIES,
    Columns,
    column_of,
    column_type,
    columns_of,
    frame_type,
    held_by,
    known_names,
    names_given,
    names_of,
    text,
    texts,
)
from batuta.catalog.entry import Call, NotYet, Refusal, Shelf
from batuta.ir import types as t


def _cells(call: Any, parameter: str) -> t.Type:
    """What the columns of a table of values hold."""
    found = call.type(parameter)
    if isinstance(found, t.Array) and found.rank == 2 and found.dtype in HELD:
        return HELD[found.dtype]
    raise Refusal("BAT103", f"columns made of {t.show(found)} are not translated", "Give an array of two dimensions.")


def _added_all(call: Any) -> t.Type:
    columns = dict(columns_of(call.type("self")))
    names = names_given(call, "names")
    given = call.type("values")
    if isinstance(given, t.Object) and given.name == FRAME:
        own = columns_of(given)
        known_names(own)
        if len(own) != len(names):
            raise Refusal("BAT103", "Columns must be same length as key: pandas raises a ValueError", "Name each column.")
        columns.update({name: held for name, (_, held) in zip(names, own, strict=True)})
    else:
        columns.update(dict.fromkeys(names, _cells(call, "values")))
    return frame_type(list(columns.items()))


def _new_value(call: Any) -> t.Type:
    """What the values hold that are put into some rows of a column."""
    found: t.Type = call.type("value")
    return held_or_none(found) or column_type(found)


def _changed(call: Any) -> t.Type:
    columns = columns_of(call.type("self"))
    name = str(call.constant("name"))
    before, new = column_of(columns, name), _new_value(call)
    if before != new and (before, new) not in ((t.FLOAT, t.INT), (t.INT, t.FLOAT)):
        if not (before == t.STR and new == t.FLOAT and call.source("value") in ("np.nan", "float('nan')")):
            reason = f"a value of type {t.show(new)} in a column of type {t.show(before)}"
            raise Refusal("BAT103", f"{reason} is not translated", "Give a value of the column's own type.")
    held = t.FLOAT if before == t.INT and new == t.FLOAT else before
    return frame_type([(each, held if each == name else own) for each, own in columns])


_ONE_ROW = (t.INT, t.STR, t.VALUE, t.NumpyScalar("int64"))
"""What names one row."""


def _changed_rust(call: Any) -> str:
    columns = columns_of(call.type("self"))
    name = str(call.constant("name"))
    before, new = column_of(columns, name), _new_value(call)
    given = operand(call, "value")
    if before == t.STR and new == t.FLOAT:
        given = "pd::Operand::Values(pd::Column::Str(vec![None; {self}.length() as usize]))"
    made = ".with_floats(" + text(name) + ")" if before == t.INT and new == t.FLOAT else ""
    if call.type("rows") in _ONE_ROW:
        if before == t.STR and new == t.FLOAT:
            given = "pd::Operand::Values(pd::Column::Str(vec![None]))"
        return f"{{self}}{made}.with_cell({{self}}.known_place({{rows}}), {text(name)}, {given})"
    return f"{{self}}{made}.changed_at({{&rows}}, {text(name)}, {given})"


def _changed_at(call: Any) -> tuple[str, str]:
    """The name of a column at a constant place, and what is done to its type first."""
    columns, place = columns_of(call.type("self")), call.constant("place")
    if REST in [name for name, _ in columns] or not isinstance(place, int) or not -len(columns) <= place < len(columns):
        raise Refusal("BAT103", "the place of a column must be a constant", "Name the column: table.loc[row, 'name'].")
    name, before = columns[place]
    new = _new_value(call)
    if before != new and (before, new) not in ((t.FLOAT, t.INT), (t.INT, t.FLOAT)):
        raise Refusal("BAT103", "a value of another type is put into a column", "Give a value of the column's own type.")
    return name, f".with_floats({text(name)})" if before == t.INT and new == t.FLOAT else ""


def _changed_at_type(call: Any) -> t.Type:
    name, floats = _changed_at(call)
    return frame_type([(each, t.FLOAT if each == name and floats else held) for each, held in columns_of(call.type("self"))])


def _changed_at_rust(call: Any) -> str:
    name, floats = _changed_at(call)
    return f"{{self}}{floats}.with_cell({{row}}, {text(name)}, {operand(call, 'value')})"


def _named(call: Any) -> t.Type:
    columns = columns_of(call.type("self"))
    names = names_of(call, call.node("names"))
    if names is None:
        held = {each for _, each in columns}
        return frame_type([(REST, held.pop() if len(held) == 1 else t.VALUE)])
    if REST in [name for name, _ in columns]:
        held = {each for _, each in columns}
        return frame_type([(name, held.copy().pop() if len(held) == 1 else t.VALUE) for name in names])
    if len(names) != len(columns):
        raise Refusal("BAT103", "a table with other columns than the names: pandas raises a ValueError", "Name each column.")
    return frame_type([(name, held) for name, (_, held) in zip(names, columns, strict=True)])


def _inserted(call: Any) -> t.Type:
    columns, place, name = columns_of(call.type("self")), call.constant("place"), call.constant("name")
    held = column_type(call.type("values"))
    if not isinstance(place, int):
        raise Refusal("BAT103", "the place of a column must be a constant", "Write the number.")
    return frame_type([*columns[:place], (str(name), held), *columns[place:]])


def _filled_rust(call: Call) -> str:
    value = call.type("value")
    if isinstance(value, t.Object) and value.name == SERIES:
        return "{self}.filled_by({&value})"
    if held_or_none(value) is None:
        raise Refusal("BAT103", f"holes filled with {t.show(value)} are not translated", "Fill one column after the other.")
    return f"{{self}}.fillna({operand(call, 'value')})"


def _cast(call: Call) -> tuple[t.Type, str]:
    wanted = call.constant("dtype", default=None)
    if wanted not in CASTS:
        raise Refusal("BAT103", f"a table is not turned into {call.source('dtype')} here", "Turn its columns one by one.")
    return CASTS[wanted]


def _cast_type(call: Call) -> t.Type:
    held, _ = _cast(call)
    columns = columns_of(call.type("self"))
    if any(each == t.STR for _, each in columns):
        raise Refusal("BAT103", "texts are not turned into numbers here", "Choose the columns of numbers first.")
    return frame_type([(name, held) for name, _ in columns])


def _dummies(call: Call) -> t.Type:
    ints = _dummy_kind(call)
    found = call.type("data")
    held = t.INT if ints else t.BOOL
    if isinstance(found, t.Object) and found.name == SERIES:
        return frame_type([(REST, held)])
    columns = columns_of(found)
    gone = _dummy_columns(call)
    for name in gone:
        column_of(columns, name)
    kept: Columns = [(name, own) for name, own in columns if name not in gone and name != REST]
    rest = {own for name, own in columns if name == REST} | ({held} if gone else set())
    return frame_type(kept + ([(REST, rest.pop() if len(rest) == 1 else t.VALUE)] if rest else []))


def _dummy_columns(call: Call) -> list[str]:
    if call.given("columns") and call.constant("columns", default=NotImplemented) is not None:
        return names_given(call, "columns")
    return [name for name, held in columns_of(call.type("data")) if held in (t.STR, CATEGORY)]


def _dummy_kind(call: Call) -> bool:
    wanted = call.constant("dtype", default=NotImplemented)
    if wanted in (None, "bool", "builtins.bool"):
        return False
    if wanted in ("int", "builtins.int", "int64", "numpy.int64"):
        return True
    raise Refusal("BAT103", f"`dtype={call.source('dtype')}` of `get_dummies` is not translated", "Use int or bool.")


def _dummies_rust(call: Call) -> str:
    ints = "true" if _dummy_kind(call) else "false"
    found = call.type("data")
    given = call.given("prefix") and call.constant("prefix", default=NotImplemented) is not None
    prefix = "Some(AsRef::<str>::as_ref({&prefix}))" if given else "None"
    if isinstance(found, t.Object) and found.name == SERIES:
        return f"pd::series_dummies({{&data}}, {{drop_first}}, {ints}, {prefix})"
    columns = f"Some({texts(_dummy_columns(call))})" if _dummy_columns(call) else "Some(&[])"
    return f"pd::get_dummies({{&data}}, {columns}, {{drop_first}}, {ints}, {prefix})"


def _kinds(call: Call) -> tuple[list[str], bool]:
    kinds = {
        "number": ["int64", "float64"],
        "numpy.number": ["int64", "float64"],
        "object": ["str"],
        "builtins.object": ["str"],
        "str": ["str"],
        "string": ["str"],
        "builtins.str": ["str"],
        "bool": ["bool"],
        "builtins.bool": ["bool"],
        "int64": ["int64"],
        "builtins.int": ["int64"],
        "float64": ["float64"],
        "builtins.float": ["float64"],
        "category": [],
    }
    inside = call.given("include")
    given = call.constant("include" if inside else "exclude")
    names = list(given) if isinstance(given, list | tuple) else [given]
    if not all(each in kinds for each in names) or (inside and call.given("exclude")):
        raise Refusal("BAT103", "columns of these types are not told apart here", "Name the columns in a list.")
    return [kind for each in names for kind in kinds[each]], inside


def _of_types(call: Call) -> t.Type:
    kinds, inside = _kinds(call)
    columns = columns_of(call.type("self"))
    if any(held == t.VALUE for _, held in columns):
        return frame_type([(REST, t.VALUE)])
    return frame_type([(name, held) for name, held in columns if ((DTYPES_OF | {t.STR: "str"}).get(held) in kinds) == inside])


def _of_types_rust(call: Call) -> str:
    kinds, inside = _kinds(call)
    return f"{{self}}.of_types({texts(kinds)}, {'true' if inside else 'false'})"


def _parts(call: Any) -> list[ast.expr]:
    nodes = call.nodes("objs")
    if not nodes or any(isinstance(each, ast.Starred) for each in nodes):
        raise Refusal("BAT103", "the tables that are put together must be written in the call", "Write pd.concat([a, b]).")
    return list(nodes)


def _joined(call: Any) -> t.Type:
    kinds = [call.type_of(each) for each in _parts(call)]
    if not all(isinstance(each, t.Object) and each.name in (FRAME, SERIES) for each in kinds):
        raise Refusal("BAT103", "only tables and columns are put together", "Make tables of them first.")
    if call.constant("axis") in (1, "columns"):
        columns: Columns = []
        for node, each in zip(_parts(call), kinds, strict=True):
            if each.name == SERIES:
                columns.append((_series_name(call, node), held_by(each)))
            else:
                columns += columns_of(each)
        return frame_type(columns)
    if any(each.name == SERIES for each in kinds):
        raise Refusal("BAT103", "columns below each other are not translated", "Make tables of them first.")
    first = columns_of(kinds[0])
    for each in kinds[1:]:
        if dict(columns_of(each)) != dict(first):
            raise Refusal("BAT103", "tables with different columns below each other", "Give them the same columns first.")
    return frame_type(first)


def _series_name(call: Any, node: ast.expr) -> str:
    match node:
        case ast.Subscript(slice=ast.Constant(value=str(name))):
            return name
    raise Refusal("BAT103", "a column whose name is not told by the call", "Write table['name'] in the call.")


def _joined_rust(call: Any) -> str:
    parts = []
    beside = call.constant("axis") in (1, "columns")
    for each in _parts(call):
        lowered = escaped(call.lower(each, "ref"))
        found = call.type_of(each)
        parts.append(f"&pd::frame_of({lowered})" if found.name == SERIES else lowered)
    listed = f"&[{', '.join(parts)}]"
    return f"pd::beside({listed})" if beside else f"pd::stacked({listed}, {{ignore_index}})"


def _listed(call: Call) -> t.Type:
    found = call.type("objs")
    if not isinstance(found, t.List) or found.element == t.NEVER:
        raise NotYet
    if not isinstance(found.element, t.Object) or found.element.name != FRAME:
        raise Refusal("BAT103", "only lists of tables are put together", "Make tables of them first.")
    return frame_type(columns_of(found.element))


def computed_columns(call: Any) -> t.Type:
    """`pd.DataFrame(array, columns=names)`."""
    if not call.given("data"):
        if call.given("columns") or call.given("index"):
            raise Refusal("BAT103", "a table of names without values", "Make it of its columns.")
        return frame_type([])
    data = call.type("data")
    if isinstance(data, t.Object) and data.name == FRAME:
        return data
    if isinstance(data, t.Dict) and isinstance(data.value, t.Dict) and not call.given("columns") and not call.given("index"):
        if data.key != t.STR or data.value.key != t.STR:
            raise Refusal("BAT103", "names of columns or rows that are no texts", "Use texts as keys.")
        return frame_type([(REST, column_type(t.List(data.value.value)))])
    if isinstance(data, t.Dict) and not call.given("columns"):
        return frame_type([(REST, column_type(data.value))])
    if isinstance(data, t.List) and isinstance(data.element, t.Dict) and not call.given("columns"):
        return frame_type([(REST, column_type(t.List(data.element.value)))])
    held = _cells(call, "data")
    names = names_of(call, call.node("columns")) if call.given("columns") else None
    return frame_type([(name, held) for name in names] if names else [(REST, held)])


def computed_rust(call: Any) -> str:
    if not call.given("data"):
        return "pd::DataFrame::empty()"
    data = call.type("data")
    if isinstance(data, t.Object):
        return "{data}"
    if isinstance(data, t.Dict) and isinstance(data.value, t.Dict):
        return "pd::DataFrame::of_named_rows({&data})"
    if isinstance(data, t.Dict):
        return f"pd::DataFrame::of_columns({{&data}}){_labels_of(call) if call.given('index') else ''}"
    if isinstance(data, t.List):
        return "pd::DataFrame::of_dicts({&data})"
    names = names_of(call, call.node("columns")) if call.given("columns") else None
    if not call.given("columns"):
        raise Refusal("BAT103", "columns that are named by numbers are not translated", "Name the columns.")
    index = _labels_of(call) if call.given("index") else ""
    return f"pd::DataFrame::of_cells({{&data}}, {{data}}.nrows(), {texts(names) if names else '{&columns}'}){index}"


def _labels_of(call: Any) -> str:
    return ".with_index({&index})"


_FRAMES = (
    of_frame(
        ADDED_ALL,
        "names: Any, values: Any",
        lambda call: f"{{self}}.assigned_all({texts(names_given(call, 'names'))}, {{&values}})",
        "from sklearn.preprocessing import StandardScaler\ndf[['age', 'score']] = StandardScaler().fit_transform(df[['age', 'score']])\n"
        "df[['a', 'b']] = np.array([[1, 2], [3, 4], [5, 6], [7, 8]])\nprint(df)\n",
        result=_added_all,
        raises=("ValueError",),
    ),
    of_frame(
        CHANGED,
        "rows: Any, name: str, value: Any",
        _changed_rust,
        "df.loc[df['age'] > 30, 'score'] = 0.5\ndf.loc[np.array([0, 3]), 'age'] = 99\ndf.loc[df['score'].isna(), 'name'] = 'nobody'\n"
        "df.loc[[1], 'score'] = np.nan\nprint(df)\n",
        result=_changed,
    ),
    of_frame(
        CHANGED_AT,
        "row: int, place: int, value: Any",
        _changed_at_rust,
        "df.iloc[0, 1] = 99\ndf.iat[2, 2] = 7.5\ndf.at[1, 'name'] = 'Bert'\ndf.loc[3, 'age'] += 1\nprint(df)\n",
        result=_changed_at_type,
        raises=("IndexError",),
    ),
    of_frame(
        LABELLED,
        "labels: Any",
        "{self}.relabelled({&labels})",
        "df.index = ['a', 'b', 'c', 'd']\nprint(df)\ndf.index = df['age']\nprint(df)\ndf.index.name = 'years'\nprint(df)\n",
        result=same,
        raises=("ValueError",),
    ),
    of_frame(LABELS_NAMED, "name: str", "{self}.with_labels_named({&name})", result=same),
    of_frame(
        BETWEEN,
        "start: int | None, stop: int | None, step: int | None",
        "{self}.labels_between({start}, {stop}, {step})",
        "df.loc[::2, 'score'] = 9.0\ndf.loc[1:2, 'age'] = 0\nprint(df)\n",
        gives="list[int]",
    ),
    of_frame(
        NAMED,
        "names: Any",
        lambda call: "{self}.with_all_names({&names})",
        "df.columns = ['a', 'b', 'c', 'd']\nprint(df)\ndf.columns = [name.upper() for name in df.columns]\nprint(df)\n",
        result=_named,
        raises=("ValueError",),
    ),
    of_frame(
        INSERTED,
        "place: int, name: str, values: Any",
        "{self}.inserted({place}, {&name}, {&values})",
        "df.insert(1, 'id', [10, 20, 30, 40])\nprint(df)\n",
        result=_inserted,
        raises=("ValueError",),
    ),
    of_frame(
        "round", "decimals: int = 0", "{self}.rounded({decimals})", "print(df.round(1), df.describe().round(2))\n", result=same
    ),
    of_frame(
        "fillna",
        "value: Any",
        _filled_rust,
        "print(df[['age', 'score']].fillna(0), df[['score']].fillna(df[['score']].mean()))\n",
        result=same,
    ),
    of_frame(
        "astype",
        "dtype: Any",
        lambda call: f"{{self}}.{_cast(call)[1]}()",
        "print(df[['age', 'ok']].astype(float), df[['ok', 'age']].astype(int))\n",
        result=_cast_type,
    ),
    of_frame(
        "corr",
        "*, numeric_only: bool = False",
        "{self}.correlations()",
        "print(df.corr(numeric_only=True), df[['age', 'score']].corr()['age'])\n",
        result=lambda call: frame_type([(name, t.FLOAT) for name, held in columns_of(call.type("self")) if held != t.STR]),
        refuse=lambda call: check_numbers(call, "ValueError"),
    ),
    of_frame(
        "select_dtypes",
        "include: Any = None, exclude: Any = None",
        _of_types_rust,
        "print(df.select_dtypes(include='number'), df.select_dtypes(exclude=['number']).columns.tolist())\n"
        "numbers = df.select_dtypes(include='number').columns\nprint(df[numbers].mean())\n",
        result=_of_types,
    ),
    of_frame(
        "to_string",
        "*, index: bool = True",
        "{self}.full_text({index})",
        "print(df.to_string())\nprint(df[['name', 'age']].to_string(index=False))\nprint(df[['age', 'score']].head(2).to_string(index=False))\n",
        gives="str",
    ),
    of_frame(
        "drop_duplicates",
        "subset: Any = None",
        lambda call: f"{{self}}.distinct_rows({texts(names_given(call, 'subset')) if call.given('subset') else '&[]'})",
        "print(df.drop_duplicates(subset='age'), df.drop_duplicates().shape)\n",
        result=same,
    ),
    of_pandas(
        "pandas.get_dummies",
        "(data: Any, prefix: Any = None, *, columns: Any = None, drop_first: bool = False, dtype: Any = None) -> Any",
        _dummies_rust,
        "print(pd.get_dummies(df))\nprint(pd.get_dummies(df, columns=['age', 'name'], drop_first=True, dtype=int))\n"
        "print(pd.get_dummies(df['name'], dtype=int), pd.get_dummies(df['age'], prefix='age').columns.tolist())\n",
        result=_dummies,
        kind="function",
    ),
    of_pandas(
        f"pandas.{PUT_TOGETHER}",
        "(*objs: Any, axis: Any = 0, ignore_index: bool = False) -> Any",
        _joined_rust,
        "print(pd.concat([df, df.head(1)], ignore_index=True))\nprint(pd.concat([df[['age']], df['ok'], df[['name', 'score']]], axis=1))\n"
        "print(pd.concat([df.tail(1), df]).index.tolist())\n",
        result=_joined,
        kind="function",
    ),
    of_pandas(
        "pandas.concat",
        "(objs: list[T], *, ignore_index: bool = False) -> Any",
        "pd::stacked_all({&objs}, {ignore_index})",
        "parts = []\nfor age in (25, 31):\n    parts.append(df[df['age'] == age])\nprint(pd.concat(parts), pd.concat(parts, ignore_index=True))\n",
        kind="function",
        result=_listed,
    ),
    of_column(
        "to_frame",
        "",
        "pd::frame_of({&self})",
        "print(df['age'].to_frame())\n",
        result=lambda call: frame_type([(REST, held_by(call.type("self")))]),
    ),
)


SHELF = Shelf(module="pandas", entries=_FRAMES)
