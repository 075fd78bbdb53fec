"""The module `pandas`: tables and columns whose names and types the program's text tells.

## Before
    df = pd.DataFrame({"name": names, "age": [31, 25]})
    print(df[df["age"] > 30].groupby("name")["age"].mean())
## After
    let df = pd::DataFrame::new([("name", pd::column(&names)), ("age", pd::column(&[31, 25]))]);
    py::print!("{}", df.filtered(&df.series("age").compared(">", pd::Operand::Int(30))).grouped("name").series("age").aggregate("mean"));
## Same numbers
    equal bits; tables and columns print as pandas prints them, to the character
## Not handled
    columns of dates, categories or mixed types, an index of several levels, rows brought together by different labels (the program ends with a message of its own), files, tables that are
    changed in place but by `table["name"] = values` outside of loops and conditions
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from batuta.catalog._estimators import NAMES
from batuta.catalog._table_operators import operands
from batuta.catalog._tables import (
    ADDED,
    DTYPES,
    FRAME,
    GROUPS,
    LABELS,
    MADE,
    NP_PD,
    REMEDY,
    REST,
    SERIES,
    SERIES_GROUPS,
    Columns,
    column_of,
    column_type,
    columns_of,
    frame_type,
    held_by,
    literal_dict,
    names_given,
    names_of,
    series_type,
    text,
    texts,
)
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.catalog.pandas_changes import computed_columns, computed_rust
from batuta.ir import types as t

_ME = f'self: Object["{FRAME}", C]'
_COLUMN = f'self: Object["{SERIES}", D]'
_LABELS = f'"{LABELS}"'
_USE = (
    "import pandas as pd\n"
    "df = pd.DataFrame({'name': ['Ann', 'Bob', 'Cleo', 'Dan'], 'age': [31, 25, 40, 25], "
    "'score': [1.5, 2.25, float('nan'), -0.125], 'ok': [True, False, True, True]})\n"
)
_OPERANDS: dict[t.Type, str] = {t.INT: "Int", t.FLOAT: "Float", t.BOOL: "Bool", t.STR: "Str"}
_SUMMARIES = ("sum", "mean", "min", "max", "count", "std", "var", "median", "nunique", "first", "last")


def _series(held: str) -> str:
    return f'self: Object["{SERIES}", {held}]'


# -- tables


def _made_columns(call: Any) -> list[tuple[str, Any, t.Type]]:
    names = call.constant("names")
    return [
        (name, node, column_type(held))
        for name, node, held in zip(names, call.nodes("columns"), call.types("columns"), strict=True)
    ]


def _frame(call: Any) -> t.Type:
    return frame_type([(name, held) for name, _, held in _made_columns(call)])


def _escaped(code: str) -> str:
    return code.replace("{", "{{").replace("}", "}}")


def _new_frame(call: Any) -> str:
    parts = [f"({text(name)}, pd::column({_escaped(call.lower(node, 'ref'))}))" for name, node, _ in _made_columns(call)]
    index = ".with_index({&index})" if call.given("index") and call.source("index") != "None" else ""
    return f"pd::DataFrame::~new([{', '.join(parts)}]){index}"


def _part(call: Call) -> t.Type:
    columns, key = columns_of(call.type("self")), call.type("key")
    if key == series_type(t.BOOL) or key == t.Array("bool", 1):
        return call.type("self")
    if _is_names(key):
        names = names_of(call, call.node("key"))
        if names is not None:
            return frame_type([(name, column_of(columns, name)) for name in names])
        kinds = {held for _, held in columns}
        return frame_type([(REST, kinds.pop() if len(kinds) == 1 else t.VALUE)])
    if not isinstance(call.constant("key", default=None), str):
        kinds = {held for _, held in columns}
        return series_type(kinds.pop() if len(kinds) == 1 else t.VALUE)
    return series_type(column_of(columns, call.constant("key")))


def _is_names(key: t.Type) -> bool:
    """Whether a type is that of several names of columns."""
    return isinstance(key, t.List) or key in (t.Object(LABELS), t.Object("sklearn.feature names"), t.Array("str", 1))


def _part_rust(call: Call) -> str:
    key = call.type("key")
    if key == series_type(t.BOOL):
        return "{self}.filtered({&key})"
    if key == t.Array("bool", 1):
        return "{self}.at_rows({&key})"
    if _is_names(key):
        names = names_of(call, call.node("key"))
        return f"{{self}}.select({texts(names)})" if names is not None else "{self}.select_named({&key})"
    name = call.constant("key", default=None)
    return f"{{self}}.series({text(name)})" if isinstance(name, str) else "{self}.series({&key})"


def _same(call: Call) -> t.Type:
    return call.type("self")


def _numbers(call: Call) -> Columns:
    return [(name, held) for name, held in columns_of(call.type("self")) if held != t.STR]


def _described(call: Call) -> t.Type:
    columns: Columns = [(name, t.FLOAT) for name, held in columns_of(call.type("self")) if held in (t.INT, t.FLOAT)]
    if not columns:
        raise Refusal("BAT103", "a table without numbers is described", "Describe its columns.")
    return frame_type(columns)


def _check_numbers(call: Call) -> None:
    """`mean` and its like fail in pandas where a column holds texts, unless they are asked to leave it out."""
    if len(_numbers(call)) != len(columns_of(call.type("self"))) and call.constant("numeric_only") is not True:
        raise Refusal("BAT103", "a column of texts has no such number: pandas raises a TypeError", "Pass numeric_only=True.")


def _sums(call: Call) -> t.Type:
    _check_sums(call)
    return series_type(t.FLOAT if any(held == t.FLOAT for _, held in _numbers(call)) else t.INT)


def _check_sums(call: Call) -> None:
    if len(_numbers(call)) != len(columns_of(call.type("self"))):
        raise Refusal("BAT103", "the sum over a column of texts is not translated", "Choose the columns of numbers first.")


def _sum_rust(call: Call) -> str:
    return "{self}.sum_floats()" if _sums(call) == series_type(t.FLOAT) else "{self}.sum_ints()"


def _gone(call: Call) -> list[str]:
    if call.given("columns"):
        return names_given(call, "columns")
    if call.constant("axis") not in (1, "columns"):
        raise Refusal("BAT103", "rows are not dropped by their labels here", "Choose the rows by a condition.")
    return names_given(call, "labels")


def _without_rust(call: Call) -> str:
    return f"{{self}}.without({texts(_gone(call))})"


def _without(call: Call) -> t.Type:
    gone = _gone(call)
    columns = columns_of(call.type("self"))
    for name in gone:
        column_of(columns, name)
    return frame_type([(name, held) for name, held in columns if name not in gone])


def _renames(call: Any) -> list[tuple[str, str]]:
    found = []
    for old, node in literal_dict(call, "columns"):
        if not isinstance(getattr(node, "value", None), str):
            raise Refusal("BAT103", "a new name that is no constant text", REMEDY)
        found.append((old, node.value))
    return found


def _renamed(call: Any) -> t.Type:
    new = dict(_renames(call))
    return frame_type([(new.get(name, name), held) for name, held in columns_of(call.type("self"))])


def _renamed_rust(call: Any) -> str:
    pairs = ", ".join(f"({text(old)}, {text(new)})" for old, new in _renames(call))
    return f"{{self}}.renamed(&[{pairs}])"


def _directions(call: Call) -> tuple[list[str], list[bool]]:
    names = names_given(call, "by")
    columns = columns_of(call.type("self"))
    for name in names:
        column_of(columns, name)
    given = call.constant("ascending")
    directions = [given] * len(names) if isinstance(given, bool) else list(given)
    if len(directions) != len(names) or not all(isinstance(each, bool) for each in directions):
        raise Refusal(
            "BAT103", "`ascending` must be True, False, or one of them for each column", "Write the value in the call."
        )
    return names, directions


def _sorted_rust(call: Call) -> str:
    names, directions = _directions(call)
    return f"{{self}}.sorted({texts(names)}, &[{', '.join('true' if each else 'false' for each in directions)}])"


def _assigned(call: Any) -> t.Type:
    columns = dict(columns_of(call.type("self")))
    for name, value in _new_columns(call):
        columns[name] = _column_or_value(call, value)
    return frame_type(list(columns.items()))


def _new_columns(call: Any) -> list[tuple[str, Any]]:
    return [(each.arg, each.value) for each in call.site.keywords if each.arg is not None]


def _column_or_value(call: Any, node: Any) -> t.Type:
    found = call.type_of(node)
    if found in _OPERANDS:
        return found  # type: ignore[no-any-return]
    return column_type(found)


def _assigned_rust(call: Any) -> str:
    return "{self}" + "".join(_with_column(call, name, node) for name, node in _new_columns(call))


def _added(call: Any) -> t.Type:
    columns = dict(columns_of(call.type("self")))
    columns[call.constant("name")] = _column_or_value(call, call.node("values"))
    return frame_type(list(columns.items()))


def _added_rust(call: Any) -> str:
    return "{self}" + _with_column(call, call.constant("name"), call.node("values"))


def _with_column(call: Any, name: str, node: Any) -> str:
    found = call.type_of(node)
    if found in _OPERANDS:
        value = _escaped(call.lower(node, "ref" if found == t.STR else "value"))
        return f".assigned_value({text(name)}, pd::Operand::{_OPERANDS[found]}({value}))"
    return f".assigned({text(name)}, {_escaped(call.lower(node, 'ref'))})"


def _indexed(call: Call) -> t.Type:
    name = names_given(call, "keys")[0]
    columns = columns_of(call.type("self"))
    column_of(columns, name)
    return frame_type([each for each in columns if each[0] != name])


def _array(call: Call) -> t.Type:
    held = {each for _, each in columns_of(call.type("self"))}
    if held == {t.INT}:
        return t.Array("int64", 2)
    if held and held <= {t.INT, t.FLOAT} and t.FLOAT in held:
        return t.Array("float64", 2)
    if (
        call.given("dtype")
        and call.constant("dtype") in ("builtins.float", "float", "float64", "numpy.float64")
        and t.STR not in held
    ):
        return t.Array("float64", 2)
    raise Refusal("BAT103", "an array of columns of different kinds holds objects", "Choose the columns of numbers first.")


def _array_rust(call: Call) -> str:
    return "{self}.int_array()" if _array(call) == t.Array("int64", 2) else "{self}.float_array()"


def _only_dropped(call: Call) -> None:
    if call.constant("drop") is not True:
        raise Refusal("BAT103", "the labels as a column are not translated", "Pass drop=True.")


# -- groups


def _grouped(call: Call) -> t.Type:
    columns = columns_of(call.type("self"))
    names = names_given(call, "by")
    if len(names) != 1 or isinstance(call.constant("by"), list):
        raise Refusal("BAT103", "groups by several columns are not translated", "Group by one column.")
    key = column_of(columns, names[0])
    return t.Object(GROUPS, (*frame_type(columns).arguments, t.Object(f"column {names[0]}"), key))  # type: ignore[attr-defined]


def _grouped_rust(call: Call) -> str:
    return f"{{self}}.grouped({text(names_given(call, 'by')[0])})"


def _group_column(call: Call) -> t.Type:
    found = call.type("self")
    if isinstance(call.type("key"), t.List):
        assert isinstance(found, t.Object)
        columns = columns_of(found)
        chosen = frame_type([(name, column_of(columns, name)) for name in names_given(call, "key")])
        assert isinstance(chosen, t.Object)
        return t.Object(GROUPS, (*chosen.arguments, *found.arguments[1:]))
    held = column_of(columns_of(found), call.constant("key"))
    return series_type(held, SERIES_GROUPS)


def _group_column_rust(call: Call) -> str:
    if isinstance(call.type("key"), t.List):
        return f"{{self}}.select({texts(names_given(call, 'key'))})"
    return f"{{self}}.series({text(str(call.constant('key')))})"


def summary_type(function: str, held: t.Type) -> t.Type:
    """What a summary of a group holds."""
    if function in ("count", "size", "nunique"):
        return t.INT
    if function in ("min", "max", "first", "last"):
        return held
    if held == t.STR:
        raise Refusal("BAT103", f"`{function}` of texts in groups is not translated", "Choose a column of numbers.")
    if function == "sum":
        return t.FLOAT if held == t.FLOAT else t.INT
    if function in ("mean", "std", "var", "median"):
        return t.FLOAT
    raise Refusal("BAT103", f"the function {function!r} of groups is not translated", f"Use one of {', '.join(_SUMMARIES)}.")


def _group_summary(function: str) -> Callable[[Call], t.Type]:
    return lambda call: series_type(summary_type(function, held_by(call.type("self"))))


def _wanted(call: Any) -> list[tuple[str, str, str]]:
    """Of each column that comes out: the column that it is made of, the function, and its name."""
    found = []
    if not call.given("func"):
        for each in call.site.keywords:
            match each.value:
                case ast.Tuple(elts=[ast.Constant(value=str(column)), ast.Constant(value=str(function))]):
                    found.append((column, function, str(each.arg)))
                case _:
                    raise Refusal("BAT103", "a column of groups that is no pair of texts", "Write name=('column', 'mean').")
        return found
    for column, node in literal_dict(call, "func"):
        if not isinstance(getattr(node, "value", None), str):
            raise Refusal("BAT103", "several functions of one column give columns of two levels", "Write one function's name.")
        found.append((column, node.value, column))
    return found


def _aggregated(call: Any) -> t.Type:
    columns = columns_of(call.type("self"))
    return frame_type([(name, summary_type(function, column_of(columns, column))) for column, function, name in _wanted(call)])


def _aggregated_rust(call: Any) -> str:
    parts = ", ".join(f"({text(column)}, {text(function)}, {text(name)})" for column, function, name in _wanted(call))
    return f"{{self}}.aggregated(&[{parts}])"


def _several(call: Call) -> t.Type:
    found = call.constant("func")
    held = held_by(call.type("self"))
    if isinstance(found, str):
        return series_type(summary_type(found, held))
    return frame_type([(each, summary_type(each, held)) for each in found])


def _several_rust(call: Call) -> str:
    found = call.constant("func")
    if isinstance(found, str):
        return f"{{self}}.aggregate({text(found)})"
    return f"{{self}}.aggregated({texts(found)})"


def _group_numbers(function: str) -> Callable[[Call], t.Type]:
    def result(call: Call) -> t.Type:
        found = call.type("self")
        assert isinstance(found, t.Object)
        columns = columns_of(found)
        key = found.arguments[1]
        others = [(name, held) for name, held in columns if key != t.Object(f"column {name}")]
        if any(held == t.STR for _, held in others) and call.constant("numeric_only") is not True:
            raise Refusal(
                "BAT103", "a column of texts has no such number: pandas raises a TypeError", "Pass numeric_only=True."
            )
        return frame_type([(name, summary_type(function, held)) for name, held in others if held != t.STR])

    return result


# -- columns


def _new_series(call: Call) -> str:
    name = "Some({name}.to_string())" if call.given("name") else "None"
    index = ".~with_index({&index})" if call.given("index") else ""
    return f"pd::Series::new({{&data}}, {name}){index}"


def _comparisons() -> list[Entry]:
    found = []
    for name, sign in (("eq", "=="), ("ne", "!="), ("lt", "<"), ("le", "<="), ("gt", ">"), ("ge", ">=")):
        numbers = [(held, other) for held in ("int", "float") for other in ("int", "float")]
        pairs = [*numbers, ("str", "str"), ("bool", "bool")]
        forms = []
        for held, other in pairs:
            result = f'Object["{SERIES}", bool]'
            for wanted, _, operand in operands(held, other):
                forms.append((f"({_series(held)}, other: {wanted}, /) -> {result}", operand))
        found.append(
            Entry(
                f"{SERIES}.__{name}__",
                tuple(signature for signature, _ in forms),
                tuple(f'{{self}}.~compared("{sign}", {operand})' for _, operand in forms),
                kind="method",
                raises=("TypeError", "ValueError"),
                features=NP_PD,
                case=_USE
                + f"print(df['age'] {sign} 25)\nprint(df['score'] {sign} 1.5, df['name'] {sign} 'Bob', df['age'] {sign} df['score'])\n"
                + f"print(df[(df['age'] {sign} 30) & ~df['ok'] | (df['score'] {sign} 2)])\n",
            )
        )
    return found


def _method(owner: str, name: str, forms: list[tuple[str, Any]], case: str = "", **more: Any) -> Entry:
    signatures, rusts = tuple(each for each, _ in forms), tuple(each for _, each in forms)
    return Entry(
        f"{owner}.{name}",
        signatures if len(forms) > 1 else signatures[0],
        rusts if len(forms) > 1 else rusts[0],
        kind=more.pop("kind", "method"),
        features=NP_PD,
        case=_USE + case if case else "",
        **more,
    )


def _of_column(name: str, rust: Any, parameters: str = "", case: str = "", **more: Any) -> Entry:
    """A method that gives a column with values of the same kind."""
    return _method(
        SERIES,
        name,
        [(f"({_COLUMN}{parameters}) -> Any", f"{{self}}.{rust}" if isinstance(rust, str) else rust)],
        case,
        result=more.pop("result", _same),
        **more,
    )


def _numbers_only(call: Call) -> None:
    if held_by(call.type("self")) not in (t.INT, t.FLOAT):
        raise Refusal("BAT103", "this is translated for columns of ints and floats", "Choose a column of numbers.")


def _described_column(call: Call) -> t.Type:
    _numbers_only(call)
    return series_type(t.FLOAT)


def _cast(call: Call) -> t.Type:
    wanted = call.constant("dtype")
    held = held_by(call.type("self"))
    if wanted in _PLAIN_CASTS:
        return series_type(_PLAIN_CASTS[wanted][0])
    kinds = {"builtins.float": t.FLOAT, "float": t.FLOAT, "float64": t.FLOAT, "numpy.float64": t.FLOAT}
    kinds |= {"builtins.int": t.INT, "int": t.INT, "int64": t.INT, "numpy.int64": t.INT}
    if wanted not in kinds or held == t.STR:
        raise Refusal("BAT103", f"a column is not turned into {wanted!r} here", "Numbers can become int or float.")
    return series_type(kinds[wanted])


_PLAIN_CASTS = {
    "builtins.str": (t.STR, "as_texts"),
    "str": (t.STR, "as_texts"),
    "builtins.bool": (t.BOOL, "as_truths"),
    "bool": (t.BOOL, "as_truths"),
}
"""What every column can be turned into."""


def _cast_rust(call: Call) -> str:
    wanted = call.constant("dtype")
    if wanted in _PLAIN_CASTS:
        return f"{{self}}.{_PLAIN_CASTS[wanted][1]}()"
    return "{self}.~as_floats()" if _cast(call) == series_type(t.FLOAT) else "{self}.~as_ints()"


def _column_array(call: Call) -> t.Type:
    held = held_by(call.type("self"))
    if held == t.STR:
        return t.Object(NAMES)
    return t.Array({t.INT: "int64", t.FLOAT: "float64", t.BOOL: "bool"}[held], 1)  # type: ignore[index]


def _column_array_rust(call: Call) -> str:
    if held_by(call.type("self")) == t.STR:
        return "{self}.text_array()"
    return "{self}." + {"int64": "int_array()", "float64": "float_array()", "bool": "bool_array()"}[_column_array(call).dtype]  # type: ignore[attr-defined]


def _column_values(call: Call) -> t.Type:
    """`series.values`: of texts an array of pandas' own."""
    return t.Object("pandas.StringArray") if held_by(call.type("self")) == t.STR else _column_array(call)


def _column_values_rust(call: Call) -> str:
    return "{self}.all_texts()" if held_by(call.type("self")) == t.STR else _column_array_rust(call)


_ITEMS: dict[t.Type, tuple[t.Type, str]] = {
    t.INT: (t.NumpyScalar("int64"), "int"),
    t.FLOAT: (t.NumpyScalar("float64"), "float"),
    t.BOOL: (t.NumpyScalar("bool"), "truth"),
    t.STR: (t.STR, "text"),
}
"""One value of a column: its type, and the first word of the method that gives it."""


def _item(call: Call) -> t.Type:
    if isinstance(call.type("key"), t.Object):
        return _same(call)
    return _item_of(call)[0]


def _item_of(call: Call) -> tuple[t.Type, str]:
    held = held_by(call.type("self"))
    if held not in _ITEMS:
        raise Refusal("BAT103", "one value of a column whose type is known only at run time", "Use `tolist()`.")
    return _ITEMS[held]


def _item_by(place: str, hole: str) -> Any:
    return lambda call: f"{{self}}.{_item_of(call)[1]}_at({{self}}.{place}({{{hole}key}}) as i64)"


def _distinct(call: Call) -> t.Type:
    return t.Object("pandas.StringArray") if held_by(call.type("self")) == t.STR else _column_array(call)


def _distinct_rust(call: Call) -> str:
    if held_by(call.type("self")) == t.STR:
        return "{self}.distinct_texts()"
    return _column_array_rust(call).replace("{self}.", "{self}.distinct().")


_FILLED = [
    (f'({_series("float")}, value: float) -> Object["{SERIES}", float]', "{self}.fillna(pd::Operand::Float({value}))"),
    (f'({_series("int")}, value: int) -> Object["{SERIES}", int]', "{self}.fillna(pd::Operand::Int({value}))"),
    (f'({_series("str")}, value: str) -> Object["{SERIES}", str]', "{self}.fillna(pd::Operand::Str({&value}))"),
]


def _extreme(name: str, greatest: str) -> Entry:
    return _method(
        SERIES,
        name,
        [
            (f"({_series('int')}) -> numpy[int64]", f"{{self}}.extreme_int({greatest})"),
            (f"({_series('float')}) -> numpy[float64]", f"{{self}}.extreme_float({greatest})"),
            (f"({_series('str')}) -> str", f"{{self}}.extreme_text({greatest})"),
        ],
        f"print(df['age'].{name}(), [df['score'].{name}()], df['name'].{name}(), [df['age'].{name}()])\n",
    )


_LENGTHS = "n: int = 5"
_FRAME_PARTS = tuple(
    _method(
        FRAME,
        name,
        [(f"({_ME}, {_LENGTHS}) -> Any", f"{{self}}.{name}({{n}})")],
        f"print(df.{name}(2))\nprint(df.{name}(), df.{name}(0), df.{name}(-3))\n",
        result=_same,
    )
    for name in ("head", "tail")
)

SHELF = Shelf(
    module="pandas",
    classes=(
        LibraryClass(FRAME, "pd::DataFrame", mutable=False, features=NP_PD, can_be_false=True),
        LibraryClass(SERIES, "pd::Series", mutable=False, features=NP_PD, can_be_false=True, itemwise=True),
        LibraryClass(GROUPS, "pd::FrameGroups", mutable=False, features=NP_PD),
        LibraryClass(SERIES_GROUPS, "pd::SeriesGroups", mutable=False, features=NP_PD),
        LibraryClass(LABELS, "pd::Labels", mutable=False, features=NP_PD, iterates="str", can_be_false=True),
        LibraryClass(DTYPES, "pd::Dtypes", mutable=False, features=NP_PD, can_be_false=True),
    ),
    entries=(
        Entry(
            f"{FRAME}.{MADE}",
            "(names: Any, *columns: Any, index: Any = None) -> Any",
            _new_frame,
            result=_frame,
            literal=("names",),
            raises=("ValueError",),
            features=NP_PD,
            case=_USE
            + "import numpy as np\nprint(df)\nprint(pd.DataFrame({'a': np.arange(3), 'b': np.array([0.5, 1e7, -2.0])}))\n"
            + "print(pd.DataFrame({'one': [1.0, 2.5], 'a long name': ['x', 'y']}, index=['first', 'second']))\n",
        ),
        Entry(
            FRAME,
            "(data: Any = None, index: Any = None, columns: Any = None) -> Any",
            computed_rust,
            kind="class",
            result=computed_columns,
            features=NP_PD,
            case="import numpy as np\nimport pandas as pd\nprint(pd.DataFrame(np.arange(6.0).reshape(3, 2) / 4, columns=['a', 'b']))\n",
        ),
        Entry(
            f"{FRAME}.{ADDED}",
            f"({_ME}, name: str, values: Any) -> Any",
            _added_rust,
            kind="method",
            result=_added,
            raises=("ValueError",),
            features=NP_PD,
            case=_USE
            + "df['double'] = df['age'] * 2\ndf['unit'] = 'years'\ndf['age'] = df['age'] / 2\ndf['place'] = [3, 1, 2, 0]\nprint(df)\n"
            + "print(df.dtypes, df['place'].sum())\n",
        ),
        Entry(
            f"{FRAME}.__getitem__",
            f"({_ME}, key: Any) -> Any",
            _part_rust,
            kind="method",
            result=_part,
            features=NP_PD,
            case=_USE + "print(df['age'])\nprint(df[['ok', 'name']])\nprint(df[df['age'] > 26])\n",
        ),
        *_FRAME_PARTS,
        _method(
            FRAME, "shape", [(f"({_ME}) -> tuple[int, int]", "{self}.shape()")], "print(df.shape, len(df))\n", kind="attribute"
        ),
        _method(
            FRAME,
            "columns",
            [(f"({_ME}) -> {_LABELS}", "{self}.names()")],
            "print(df.columns)\nfor name in df.columns:\n    print(name)\nprint(list(df.columns), len(df.columns), df.columns.tolist())\n",
            kind="attribute",
        ),
        _method(LABELS, "tolist", [(f"(self: {_LABELS}) -> list[str]", "{self}.list()")]),
        _method(FRAME, "dtypes", [(f'({_ME}) -> "{DTYPES}"', "{self}.dtypes()")], "print(df.dtypes)\n", kind="attribute"),
        _method(
            FRAME,
            "empty",
            [(f"({_ME}) -> bool", "{self}.is_empty()")],
            "print(df.empty, df[df['age'] > 99].empty)\n",
            kind="attribute",
        ),
        _method(FRAME, "copy", [(f"({_ME}, deep: bool = True) -> Any", "{self}.clone()")], "print(df.copy())\n", result=_same),
        _method(FRAME, "describe", [(f"({_ME}) -> Any", "{self}.describe()")], "print(df.describe())\n", result=_described),
        *(
            _method(
                FRAME,
                name,
                [(f'({_ME}, *, numeric_only: bool = False) -> Object["{SERIES}", float]', f"{{self}}.{name}()")],
                f"print(df.{name}(numeric_only=True))\nprint(df[['age', 'score']].{name}())\n",
                refuse=_check_numbers,
            )
            for name in ("mean", "median", "std")
        ),
        Entry(
            f"{FRAME}.sum",
            f"({_ME}) -> Any",
            _sum_rust,
            kind="method",
            result=_sums,
            features=NP_PD,
            case=_USE + "print(df.isna().sum())\nprint(df[['age', 'score']].sum())\nprint(df[['age', 'ok']].sum())\n",
        ),
        *(
            _method(FRAME, name, [(f'({_ME}) -> Object["{SERIES}", int]', f"{{self}}.{name}()")], f"print(df.{name}())\n")
            for name in ("count", "nunique")
        ),
        *(
            _method(
                FRAME,
                name,
                [(f"({_ME}) -> Any", "{self}.isna()")],
                f"print(df.{name}())\n",
                result=lambda call: frame_type([(each, t.BOOL) for each, _ in columns_of(call.type("self"))]),
            )
            for name in ("isna", "isnull")
        ),
        _method(FRAME, "dropna", [(f"({_ME}) -> Any", "{self}.dropna()")], "print(df.dropna())\n", result=_same),
        Entry(
            f"{FRAME}.drop",
            (f"({_ME}, *, columns: str | list[str]) -> Any", f"({_ME}, labels: str | list[str], axis: Any = 0) -> Any"),
            (_without_rust, _without_rust),
            kind="method",
            result=_without,
            features=NP_PD,
            case=_USE
            + "print(df.drop(columns=['age', 'ok']))\nprint(df.drop(columns='name').mean(), df.drop('name', axis=1).shape)\n",
        ),
        Entry(
            f"{FRAME}.rename",
            f"({_ME}, *, columns: Any) -> Any",
            _renamed_rust,
            kind="method",
            result=_renamed,
            literal=("columns",),
            features=NP_PD,
            case=_USE + "other = df.rename(columns={'age': 'years'})\nprint(other)\nprint(other['years'].sum())\n",
        ),
        Entry(
            f"{FRAME}.sort_values",
            f"({_ME}, by: str | list[str], *, ascending: Any = True) -> Any",
            _sorted_rust,
            kind="method",
            result=_same,
            features=NP_PD,
            case=_USE
            + "print(df.sort_values('score'))\nprint(df.sort_values('name', ascending=False))\n"
            + "print(df.sort_values(['age', 'score'], ascending=[True, False]))\n",
        ),
        _method(
            FRAME,
            "sort_index",
            [(f"({_ME}, *, ascending: bool = True) -> Any", "{self}.sorted_by_index({ascending})")],
            "print(df.sort_values('score').sort_index())\nprint(df.sort_index(ascending=False))\n",
            result=_same,
        ),
        Entry(
            f"{FRAME}.reset_index",
            f"({_ME}, *, drop: bool) -> Any",
            "{self}.counted()",
            kind="method",
            result=_same,
            refuse=_only_dropped,
            features=NP_PD,
            case=_USE + "print(df[df['age'] < 31].reset_index(drop=True))\n",
        ),
        Entry(
            f"{FRAME}.set_index",
            f"({_ME}, keys: str) -> Any",
            lambda call: f"{{self}}.indexed_by({text(names_given(call, 'keys')[0])})",
            kind="method",
            result=_indexed,
            features=NP_PD,
            case=_USE + "print(df.set_index('name'))\nprint(df.set_index('name')['age'])\nprint(df.set_index('score'))\n",
        ),
        Entry(
            f"{FRAME}.assign",
            f"({_ME}, **kwargs: Any) -> Any",
            _assigned_rust,
            kind="method",
            result=_assigned,
            raises=("ValueError",),
            features=NP_PD,
            case=_USE + "print(df.assign(double=df['age'] * 2, unit='years', age=df['age'] / 2, n=1))\n",
        ),
        *(
            Entry(
                f"{FRAME}.{name}",
                f"({_ME}, dtype: Any = None) -> Any" if kind == "method" else f"({_ME}) -> Any",
                _array_rust,
                kind=kind,  # type: ignore[arg-type]
                result=_array,
                features=NP_PD,
                case=_USE + f"print(df[['age', 'score']].{use}, df[['age']].{use}.sum())\n",
            )
            for name, kind, use in (("to_numpy", "method", "to_numpy()"), ("values", "attribute", "values"))
        ),
        Entry(
            f"{FRAME}.groupby",
            f"({_ME}, by: str) -> Any",
            _grouped_rust,
            kind="method",
            result=_grouped,
            features=NP_PD,
        ),
        Entry(
            f"{GROUPS}.__getitem__",
            f'(self: Object["{GROUPS}", C, N, K], key: Any) -> Any',
            _group_column_rust,
            kind="method",
            result=_group_column,
            features=NP_PD,
            case=_USE + "print(df.groupby('ok')[['age', 'score']].mean(), df.groupby('ok')['age'].max())\n",
        ),
        Entry(
            f"{GROUPS}.size",
            f'(self: Object["{GROUPS}", C, N, K]) -> Object["{SERIES}", int]',
            "{self}.size()",
            kind="method",
            features=NP_PD,
            case=_USE + "print(df.groupby('ok').size())\n",
        ),
        Entry(
            f"{GROUPS}.agg",
            (
                f'(self: Object["{GROUPS}", C, N, K], func: Any) -> Any',
                f'(self: Object["{GROUPS}", C, N, K], **kwargs: Any) -> Any',
            ),
            (_aggregated_rust, _aggregated_rust),
            kind="method",
            result=_aggregated,
            literal=("func", "kwargs"),
            features=NP_PD,
            case=_USE
            + "print(df.groupby('ok').agg(oldest=('age', 'max'), mean=('score', 'mean'), n=('name', 'count')))\nprint(df.groupby('age').agg({'score': 'mean', 'ok': 'sum', 'name': 'first'}))\n",
        ),
        *(
            Entry(
                f"{GROUPS}.{name}",
                f'(self: Object["{GROUPS}", C, N, K], *, numeric_only: bool = False) -> Any',
                f'{{self}}.of_numbers("{name}")',
                kind="method",
                result=_group_numbers(name),
                features=NP_PD,
                case=_USE
                + f"print(df.groupby('age').{name}(numeric_only=True))\nprint(df.drop(columns='name').groupby('ok').{name}())\n",
            )
            for name in ("mean", "sum", "median", "std")
        ),
        *(
            Entry(
                f"{SERIES_GROUPS}.{name}",
                f'(self: Object["{SERIES_GROUPS}", D]) -> Any',
                f'{{self}}.aggregate("{name}")',
                kind="method",
                result=_group_summary(name),
                features=NP_PD,
                case=_USE + f"print(df.groupby('age')['score'].{name}())\nprint(df.groupby('ok')['age'].{name}())\n",
            )
            for name in _SUMMARIES
        ),
        Entry(
            f"{SERIES_GROUPS}.agg",
            f'(self: Object["{SERIES_GROUPS}", D], func: Any) -> Any',
            _several_rust,
            kind="method",
            result=_several,
            features=NP_PD,
            case=_USE
            + "print(df.groupby('ok')['score'].agg(['mean', 'count', 'max']))\nprint(df.groupby('ok')['age'].agg('sum'))\n",
        ),
        Entry(
            SERIES,
            '(data: Any, index: Any = None, *, name: str = "") -> Any',
            _new_series,
            kind="class",
            result=lambda call: series_type(column_type(call.type("data"))),
            raises=("ValueError",),
            features=NP_PD,
            case="import numpy as np\nimport pandas as pd\nprint(pd.Series([3, -1, 20]))\nprint(pd.Series([0.5, 1e-7]), pd.Series([1.0, 1e7, 123456.789]))\n"
            "print(pd.Series(np.linspace(0, 1, 5), name='x'))\nprint(pd.Series(['a', 'b'], index=['first', 'b']))\nprint(pd.Series(range(100)).head(3))\n"
            "print(pd.Series(list(range(100))))\nprint(pd.Series([1.5, float('inf'), float('nan'), -2.0]))\n",
        ),
        *_comparisons(),
        _method(
            SERIES,
            "sum",
            [
                (f"({_series('int')}) -> numpy[int64]", "{self}.sum_ints()"),
                (f"({_series('bool')}) -> numpy[int64]", "{self}.sum_ints()"),
                (f"({_series('float')}) -> numpy[float64]", "{self}.sum_floats()"),
            ],
            "print(df['age'].sum(), df['score'].sum(), df['ok'].sum(), [df['age'].sum()])\n",
        ),
        *(
            _method(
                SERIES,
                name,
                [(f"({_series(held)}) -> numpy[float64]", f"{{self}}.{rust}") for held in ("int", "float", "bool")],
                f"print(df['age'].{name}(), df['score'].{name}(), [df['age'].{name}()])\n",
            )
            for name, rust in (("mean", "mean()"), ("std", "std(1)"), ("var", "var(1)"), ("median", "median()"))
        ),
        _extreme("min", "false"),
        _extreme("max", "true"),
        _method(
            SERIES,
            "quantile",
            [(f"({_series(held)}, q: float = 0.5) -> numpy[float64]", "{self}.quantile({q})") for held in ("int", "float")],
            "print(df['age'].quantile(), df['age'].quantile(0.9), df['score'].quantile(q=0.25))\n",
        ),
        _method(
            SERIES,
            "count",
            [(f"({_COLUMN}) -> numpy[int64]", "{self}.count()")],
            "print(df['score'].count(), [df['age'].count()])\n",
        ),
        _method(
            SERIES,
            "nunique",
            [(f"({_COLUMN}) -> int", "{self}.nunique()")],
            "print([df['age'].nunique(), df['score'].nunique()])\n",
        ),
        *(
            _method(
                SERIES,
                name,
                [(f"({_series('bool')}) -> numpy[bool]", f"{{self}}.{name}()")],
                f"print(df['ok'].{name}(), [(df['age'] > 0).{name}()])\n",
            )
            for name in ("any", "all")
        ),
        *(
            _method(
                SERIES,
                name,
                [(f'({_COLUMN}) -> Object["{SERIES}", bool]', f"{{self}}.{rust}()")],
                f"print(df['score'].{name}(), df['name'].{name}().sum())\n",
            )
            for name, rust in (("isna", "isna"), ("isnull", "isna"), ("notna", "notna"), ("notnull", "notna"))
        ),
        _of_column("head", "head({n})", f", {_LENGTHS}", "print(df['age'].head(2))\n"),
        _of_column("tail", "tail({n})", f", {_LENGTHS}", "print(df['age'].tail(2), df['age'].tail())\n"),
        _of_column("copy", "clone()", "", "print(df['age'].copy())\n"),
        _of_column("abs", "abs()", "", "print(df['score'].abs(), (df['age'] - 30).abs())\n", refuse=_numbers_only),
        _of_column(
            "round",
            "round({decimals})",
            ", decimals: int = 0",
            "print(df['score'].round(1), df['age'].round())\n",
            refuse=_numbers_only,
        ),
        _of_column("cumsum", "cumsum()", "", "print(df['score'].cumsum(), df['age'].cumsum())\n", refuse=_numbers_only),
        _of_column("dropna", "dropna()", "", "print(df['score'].dropna())\n"),
        _of_column(
            "sort_values",
            "sorted({ascending})",
            ", *, ascending: bool = True",
            "print(df['score'].sort_values())\nprint(df['name'].sort_values(ascending=False))\n",
        ),
        _of_column(
            "sort_index",
            "sorted_by_index({ascending})",
            ", *, ascending: bool = True",
            "print(df['name'].value_counts().sort_index(ascending=False))\n",
        ),
        _of_column(
            "describe",
            "describe()",
            "",
            "print(df['age'].describe())\nprint(df['score'].describe())\n",
            result=_described_column,
        ),
        _of_column(
            "value_counts",
            lambda call: f"{{self}}.value_{'shares' if call.constant('normalize') else 'counts'}({{ascending}})",
            ", normalize: bool = False, *, ascending: bool = False",
            "print(df['age'].value_counts())\nprint(df['ok'].value_counts(ascending=True), df['name'].value_counts())\nprint(df['score'].value_counts())\n",
            result=lambda call: series_type(t.FLOAT if call.constant("normalize") else t.INT),
        ),
        _method(SERIES, "fillna", _FILLED, "print(df['score'].fillna(0.0), df['score'].fillna(df['score'].mean()))\n"),
        Entry(
            f"{SERIES}.astype",
            f"({_COLUMN}, dtype: Any) -> Any",
            _cast_rust,
            kind="method",
            result=_cast,
            raises=("pandas.errors.IntCastingNaNError",),
            features=NP_PD,
            case=_USE + "print(df['age'].astype(float), df['ok'].astype(int), (df['age'] / 2).astype('int64'))\n",
        ),
        *(
            Entry(
                f"{SERIES}.{name}",
                f"({_COLUMN}) -> Any",
                _column_array_rust if kind == "method" else _column_values_rust,
                kind=kind,  # type: ignore[arg-type]
                result=_column_array if kind == "method" else _column_values,
                features=NP_PD,
                case=_USE + f"print(df['age'].{use}, df['score'].{use}, df['ok'].{use}.sum())\n",
            )
            for name, kind, use in (("to_numpy", "method", "to_numpy()"), ("values", "attribute", "values"))
        ),
        Entry(
            f"{SERIES}.unique",
            f"({_COLUMN}) -> Any",
            _distinct_rust,
            kind="method",
            result=_distinct,
            features=NP_PD,
            case=_USE + "print(df['age'].unique(), df['ok'].unique(), df['name'].unique())\n"
            "for name in df['name'].unique():\n    print(name)\nprint(len(df['name'].unique()), sorted(df['name'].unique()))\n",
        ),
        _method(
            SERIES,
            "tolist",
            [
                (f"({_series('int')}) -> list[int]", "{self}.int_array().to_vec()"),
                (f"({_series('float')}) -> list[float]", "{self}.float_array().to_vec()"),
                (f"({_series('bool')}) -> list[bool]", "{self}.bool_array().to_vec()"),
                (f"({_series('str')}) -> list[str]", "{self}.text_list()"),
            ],
            "print(df['age'].tolist(), df['score'].tolist(), df['ok'].tolist(), df['name'].tolist())\n",
        ),
        _method(
            SERIES,
            "__getitem__",
            [
                (f'({_COLUMN}, key: Object["{SERIES}", bool]) -> Any', "{self}.filtered({&key})"),
                (f"({_COLUMN}, key: str) -> Any", _item_by("row_of", "&")),
                (f"({_COLUMN}, key: int) -> Any", _item_by("row_at", "")),
            ],
            "print(df['age'][df['ok']], df['age'][2], df['name'][0], [df['score'][0]])\nprint(df[['age', 'score']].mean()['age'])\n",
            result=_item,
        ),
    ),
    refused={
        "pandas.read_csv": (
            "which columns a file has is known only when the program runs",
            "Read a text that stands in the program (`pd.read_csv(io.StringIO(text))`), or read the file with `csv` into lists and make the "
            "table of them.",
        ),
    },
)
