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

from typing import Any

from batuta.catalog._table_entries import (
    CASTS,
    COLUMN,
    FORMS,
    ME,
    OPERANDS,
    SCALARS,
    array_of_column,
    array_of_column_rust,
    escaped,
    held_or_none,
    numbers_only,
    of_column,
    of_frame,
    of_pandas,
    same,
    series,
)
from batuta.catalog._table_operators import operands
from batuta.catalog._tables import (
    ADDED,
    CATEGORY,
    DTYPES,
    FRAME,
    LABELS,
    MADE,
    NP_PD,
    OPENED,
    REMEDY,
    REST,
    SERIES,
    Columns,
    any_held,
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

_LABELS = f'"{LABELS}"'


# -- tables


def _made_columns(call: Any) -> list[tuple[str, Any, t.Type, str]]:
    """The name, the values, their type and the kind of each column: values of its own, those of rows with labels, one for all rows."""
    made = []
    for name, node, found in zip(call.constant("names"), call.nodes("columns"), call.types("columns"), strict=True):
        single = held_or_none(found)
        labelled = isinstance(found, t.Object) and found.name == SERIES
        kind = "one" if single is not None else "labelled" if labelled else "column"
        made.append((name, node, single or column_type(found), kind))
    return made


def _frame(call: Any) -> t.Type:
    found = _made_columns(call)
    if all(kind == "one" for *_, kind in found) and not call.given("index"):
        reason = "a table of single values needs labels for its rows: pandas raises a ValueError"
        raise Refusal("BAT103", reason, "Write the values in lists.")
    return frame_type([(name, held) for name, _, held, _ in found])


def _new_frame(call: Any) -> str:
    found = _made_columns(call)
    index = call.given("index") and call.source("index") != "None"
    if all(kind == "column" for *_, kind in found):
        parts = [f"({text(name)}, pd::column({escaped(call.lower(node, 'ref'))}))" for name, node, _, _ in found]
        return f"pd::DataFrame::~new([{', '.join(parts)}]){'.with_index({&index})' if index else ''}"
    parts = []
    for name, node, held, kind in found:
        if kind == "one":
            value = escaped(call.lower(node, "ref" if held == t.STR else "value"))
            parts.append(f"({text(name)}, pd::Part::One(pd::Operand::{OPERANDS[held]}({value})))")
        else:
            parts.append(f"({text(name)}, pd::Part::of({escaped(call.lower(node, 'ref'))}))")
    if index:
        return f"pd::DataFrame::~of_parts(&[{', '.join(parts)}], Some(&pd::Labelled::of({{&index}})))"
    return f"pd::DataFrame::~of_parts(&[{', '.join(parts)}], None)"


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


def _described(call: Call) -> t.Type:
    columns: Columns = [(name, t.FLOAT) for name, held in columns_of(call.type("self")) if held in (t.INT, t.FLOAT)]
    if not columns:
        raise Refusal("BAT103", "a table without numbers is described", "Describe its columns.")
    return frame_type(columns)


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
    if found in OPERANDS:
        return found  # type: ignore[no-any-return]
    return column_type(found)


def _assigned_rust(call: Any) -> str:
    return "{self}" + "".join(_with_column(call, text(name), node) for name, node in _new_columns(call))


def _added(call: Any) -> t.Type:
    columns = dict(columns_of(call.type("self")))
    held = _column_or_value(call, call.node("values"))
    name = call.constant("name", default=None)
    if isinstance(name, str):
        columns[name] = held
    else:
        columns[REST] = held if columns.get(REST, held) == held else t.VALUE
    return frame_type(list(columns.items()))


def _added_rust(call: Any) -> str:
    name = call.constant("name", default=None)
    return "{self}" + _with_column(call, text(name) if isinstance(name, str) else "{&name}", call.node("values"))


def _opened(call: Call) -> t.Type:
    columns = dict(columns_of(call.type("self")))
    columns[REST] = t.VALUE
    return frame_type(list(columns.items()))


def _with_column(call: Any, name: str, node: Any) -> str:
    found = call.type_of(node)
    if found in OPERANDS:
        value = escaped(call.lower(node, "ref" if found == t.STR else "value"))
        return f".assigned_value({name}, pd::Operand::{OPERANDS[found]}({value}))"
    return f".assigned({name}, {escaped(call.lower(node, 'ref'))})"


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
                forms.append((f"({series(held)}, other: {wanted}, /) -> {result}", operand))
        for held in ('"pandas.category"', "value"):
            for other in ("int", "float", "str", "bool"):
                for wanted, _, operand in operands(held, other):
                    forms.append((f"({series(held)}, other: {wanted}, /) -> {result}", operand))
        found.append(
            of_pandas(
                f"{SERIES}.__{name}__",
                tuple(signature for signature, _ in forms),
                tuple(f'{{self}}.~compared("{sign}", {operand})' for _, operand in forms),
                f"print(df['age'] {sign} 25)\nprint(df['score'] {sign} 1.5, df['name'] {sign} 'Bob', df['age'] {sign} df['score'])\n"
                + f"print(df[(df['age'] {sign} 30) & ~df['ok'] | (df['score'] {sign} 2)])\n",
                raises=("TypeError", "ValueError"),
            )
        )
    return found


def _described_column(call: Call) -> t.Type:
    numbers_only(call)
    return series_type(t.FLOAT)


def _cast(call: Call) -> tuple[t.Type, str]:
    wanted = call.constant("dtype")
    if wanted in _PLAIN_CASTS:
        any_held(call.type("self"))
        return _PLAIN_CASTS[wanted]
    if wanted not in CASTS or held_by(call.type("self")) == t.STR:
        raise Refusal("BAT103", f"a column is not turned into {wanted!r} here", "Numbers can become int or float.")
    held, method = CASTS[wanted]
    return held, f"~{method}"


_PLAIN_CASTS = {
    "category": (CATEGORY, "as_categories"),
    "builtins.str": (t.STR, "as_texts"),
    "str": (t.STR, "as_texts"),
    "builtins.bool": (t.BOOL, "as_truths"),
    "bool": (t.BOOL, "as_truths"),
}
"""What every column can be turned into."""


def _column_values(call: Call) -> t.Type:
    """`series.values`: of texts an array of pandas' own."""
    return t.Object("pandas.StringArray") if held_by(call.type("self")) == t.STR else array_of_column(call)


def _column_values_rust(call: Call) -> str:
    return "{self}.all_texts()" if held_by(call.type("self")) == t.STR else array_of_column_rust(call)


def _item(call: Call) -> t.Type:
    if isinstance(call.type("key"), t.Object):
        return same(call)
    return _item_of(call)[0]


def _item_of(call: Call) -> tuple[t.Type, str]:
    held = held_by(call.type("self"))
    return SCALARS[held], FORMS[held]


def _item_by(place: str, hole: str) -> Any:
    return lambda call: f"{{self}}.{_item_of(call)[1]}_at({{self}}.{place}({{{hole}key}}) as i64)"


def _distinct(call: Call) -> t.Type:
    return t.Object("pandas.StringArray") if held_by(call.type("self")) == t.STR else array_of_column(call)


def _distinct_rust(call: Call) -> str:
    if held_by(call.type("self")) == t.STR:
        return "{self}.distinct_texts()"
    return array_of_column_rust(call).replace("{self}.", "{self}.distinct().")


_FILLED = [
    *(
        (f'({series("value")}, value: {held}) -> Object["{SERIES}", value]', f"{{self}}.fillna(pd::Operand::{rust}({{value}}))")
        for held, rust in (("int", "Int"), ("float", "Float"))
    ),
    (f'({series("float")}, value: float) -> Object["{SERIES}", float]', "{self}.fillna(pd::Operand::Float({value}))"),
    (f'({series("int")}, value: int) -> Object["{SERIES}", int]', "{self}.fillna(pd::Operand::Int({value}))"),
    (f'({series("str")}, value: str) -> Object["{SERIES}", str]', "{self}.fillna(pd::Operand::Str({&value}))"),
]


def _extreme(name: str, greatest: str) -> Entry:
    return of_pandas(
        f"{SERIES}.{name}",
        (f"({series('int')}) -> numpy[int64]", f"({series('float')}) -> numpy[float64]", f"({series('str')}) -> str"),
        (f"{{self}}.extreme_int({greatest})", f"{{self}}.extreme_float({greatest})", f"{{self}}.extreme_text({greatest})"),
        f"print(df['age'].{name}(), [df['score'].{name}()], df['name'].{name}(), [df['age'].{name}()])\n",
    )


_LENGTHS = "n: int = 5"
_FRAME_PARTS = tuple(
    of_frame(
        name,
        f"{_LENGTHS}",
        f"{{self}}.{name}({{n}})",
        f"print(df.{name}(2))\nprint(df.{name}(), df.{name}(0), df.{name}(-3))\n",
        result=same,
    )
    for name in ("head", "tail")
)

SHELF = Shelf(
    module="pandas",
    classes=(
        LibraryClass(FRAME, "pd::DataFrame", mutable=False, features=NP_PD, can_be_false=True),
        LibraryClass(SERIES, "pd::Series", mutable=False, features=NP_PD, can_be_false=True, itemwise=True),
        LibraryClass(LABELS, "pd::Labels", mutable=False, features=NP_PD, iterates="str", can_be_false=True),
        LibraryClass(DTYPES, "pd::Dtypes", mutable=False, features=NP_PD, can_be_false=True),
    ),
    entries=(
        of_pandas(
            f"{FRAME}.{MADE}",
            "(names: Any, *columns: Any, index: Any = None) -> Any",
            _new_frame,
            "import numpy as np\nprint(df)\nprint(pd.DataFrame({'a': np.arange(3), 'b': np.array([0.5, 1e7, -2.0])}))\n"
            + "print(pd.DataFrame({'one': [1.0, 2.5], 'a long name': ['x', 'y']}, index=['first', 'second']))\n",
            result=_frame,
            literal=("names",),
            raises=("ValueError",),
            kind="function",
        ),
        of_pandas(
            FRAME,
            "(data: Any = None, index: Any = None, columns: Any = None) -> Any",
            computed_rust,
            result=computed_columns,
            whole="import numpy as np\nimport pandas as pd\nprint(pd.DataFrame(np.arange(6.0).reshape(3, 2) / 4, columns=['a', 'b']))\n",
            kind="class",
        ),
        of_frame(
            ADDED,
            "name: str, values: Any",
            _added_rust,
            "df['double'] = df['age'] * 2\ndf['unit'] = 'years'\ndf['age'] = df['age'] / 2\ndf['place'] = [3, 1, 2, 0]\nprint(df)\n"
            + "print(df.dtypes, df['place'].sum())\n",
            result=_added,
            raises=("ValueError",),
        ),
        of_frame(
            OPENED,
            "",
            "{self}.clone()",
            "made = pd.DataFrame({'a': [1, 2]})\nfor name in ('b', 'c'):\n    made[name + '!'] = made['a'] * 2\nprint(made)\n",
            result=_opened,
        ),
        of_frame(
            "__getitem__",
            "key: Any",
            _part_rust,
            "print(df['age'])\nprint(df[['ok', 'name']])\nprint(df[df['age'] > 26])\n",
            result=_part,
        ),
        *_FRAME_PARTS,
        of_frame("shape", "", "{self}.shape()", "print(df.shape, len(df))\n", gives="tuple[int, int]", kind="attribute"),
        of_frame(
            "columns",
            "",
            "{self}.names()",
            "print(df.columns)\nfor name in df.columns:\n    print(name)\nprint(list(df.columns), len(df.columns), df.columns.tolist())\n",
            gives=f"{_LABELS}",
            kind="attribute",
        ),
        of_pandas(
            f"{LABELS}.__getitem__",
            f"(self: {_LABELS}, key: int) -> str",
            "{self}.~at({key})",
            "print(df.columns[0], df.columns[-1])\n",
            raises=("IndexError",),
        ),
        of_pandas(f"{LABELS}.tolist", f"(self: {_LABELS}) -> list[str]", "{self}.list()"),
        of_frame("dtypes", "", "{self}.dtypes()", "print(df.dtypes)\n", gives=f'"{DTYPES}"', kind="attribute"),
        of_frame(
            "empty", "", "{self}.is_empty()", "print(df.empty, df[df['age'] > 99].empty)\n", gives="bool", kind="attribute"
        ),
        of_frame("copy", "deep: bool = True", "{self}.clone()", "print(df.copy())\n", result=same),
        of_frame("describe", "", "{self}.describe()", "print(df.describe())\n", result=_described),
        *(
            of_frame(
                name,
                "",
                "{self}.isna()",
                f"print(df.{name}())\n",
                result=lambda call: frame_type([(each, t.BOOL) for each, _ in columns_of(call.type("self"))]),
            )
            for name in ("isna", "isnull")
        ),
        of_frame("dropna", "", "{self}.dropna()", "print(df.dropna())\n", result=same),
        of_pandas(
            f"{FRAME}.drop",
            (f"({ME}, *, columns: str | list[str]) -> Any", f"({ME}, labels: str | list[str], axis: Any = 0) -> Any"),
            (_without_rust, _without_rust),
            "print(df.drop(columns=['age', 'ok']))\nprint(df.drop(columns='name').mean(), df.drop('name', axis=1).shape)\n",
            result=_without,
        ),
        of_frame(
            "rename",
            "*, columns: Any",
            _renamed_rust,
            "other = df.rename(columns={'age': 'years'})\nprint(other)\nprint(other['years'].sum())\n",
            result=_renamed,
            literal=("columns",),
        ),
        of_frame(
            "sort_values",
            "by: str | list[str], *, ascending: Any = True",
            _sorted_rust,
            "print(df.sort_values('score'))\nprint(df.sort_values('name', ascending=False))\n"
            + "print(df.sort_values(['age', 'score'], ascending=[True, False]))\n",
            result=same,
        ),
        of_frame(
            "sort_index",
            "*, ascending: bool = True",
            "{self}.sorted_by_index({ascending})",
            "print(df.sort_values('score').sort_index())\nprint(df.sort_index(ascending=False))\n",
            result=same,
        ),
        of_frame(
            "reset_index",
            "*, drop: bool",
            "{self}.counted()",
            "print(df[df['age'] < 31].reset_index(drop=True))\n",
            result=same,
            refuse=_only_dropped,
        ),
        of_frame(
            "set_index",
            "keys: str",
            lambda call: f"{{self}}.indexed_by({text(names_given(call, 'keys')[0])})",
            "print(df.set_index('name'))\nprint(df.set_index('name')['age'])\nprint(df.set_index('score'))\n",
            result=_indexed,
        ),
        of_frame(
            "assign",
            "**kwargs: Any",
            _assigned_rust,
            "print(df.assign(double=df['age'] * 2, unit='years', age=df['age'] / 2, n=1))\n",
            result=_assigned,
            raises=("ValueError",),
        ),
        *(
            of_frame(
                name,
                "dtype: Any = None" if kind == "method" else "",
                _array_rust,
                f"print(df[['age', 'score']].{use}, df[['age']].{use}.sum())\n",
                result=_array,
                kind=kind,
            )
            for name, kind, use in (("to_numpy", "method", "to_numpy()"), ("values", "attribute", "values"))
        ),
        of_pandas(
            SERIES,
            '(data: Any, index: Any = None, *, name: str = "") -> Any',
            _new_series,
            result=lambda call: series_type(column_type(call.type("data"))),
            raises=("ValueError",),
            whole="import numpy as np\nimport pandas as pd\nprint(pd.Series([3, -1, 20]))\nprint(pd.Series([0.5, 1e-7]), pd.Series([1.0, 1e7, 123456.789]))\n"
            "print(pd.Series(np.linspace(0, 1, 5), name='x'))\nprint(pd.Series(['a', 'b'], index=['first', 'b']))\nprint(pd.Series(range(100)).head(3))\n"
            "print(pd.Series(list(range(100))))\nprint(pd.Series([1.5, float('inf'), float('nan'), -2.0]))\n",
            kind="class",
        ),
        *_comparisons(),
        of_pandas(
            f"{SERIES}.sum",
            (
                f"({series('int')}) -> numpy[int64]",
                f"({series('bool')}) -> numpy[int64]",
                f"({series('float')}) -> numpy[float64]",
            ),
            ("{self}.sum_ints()", "{self}.sum_ints()", "{self}.sum_floats()"),
            "print(df['age'].sum(), df['score'].sum(), df['ok'].sum(), [df['age'].sum()])\n",
        ),
        *(
            of_pandas(
                f"{SERIES}.{name}",
                tuple(f"({series(held)}) -> numpy[float64]" for held in ("int", "float", "bool", "value")),
                (f"{{self}}.{rust}",) * 3,
                f"print(df['age'].{name}(), df['score'].{name}(), [df['age'].{name}()])\n",
            )
            for name, rust in (("mean", "mean()"), ("std", "std(1)"), ("var", "var(1)"), ("median", "median()"))
        ),
        _extreme("min", "false"),
        _extreme("max", "true"),
        of_pandas(
            f"{SERIES}.quantile",
            tuple(f"({series(held)}, q: float = 0.5) -> numpy[float64]" for held in ("int", "float")),
            ("{self}.quantile({q})",) * 2,
            "print(df['age'].quantile(), df['age'].quantile(0.9), df['score'].quantile(q=0.25))\n",
        ),
        of_column("count", "", "{self}.count()", "print(df['score'].count(), [df['age'].count()])\n", gives="numpy[int64]"),
        of_column("nunique", "", "{self}.nunique()", "print([df['age'].nunique(), df['score'].nunique()])\n", gives="int"),
        *(
            of_pandas(
                f"{SERIES}.{name}",
                f"({series('bool')}) -> numpy[bool]",
                f"{{self}}.{name}()",
                f"print(df['ok'].{name}(), [(df['age'] > 0).{name}()])\n",
            )
            for name in ("any", "all")
        ),
        *(
            of_column(
                name,
                "",
                f"{{self}}.{rust}()",
                f"print(df['score'].{name}(), df['name'].{name}().sum())\n",
                gives=f'Object["{SERIES}", bool]',
            )
            for name, rust in (("isna", "isna"), ("isnull", "isna"), ("notna", "notna"), ("notnull", "notna"))
        ),
        of_column("head", _LENGTHS, "{self}.head({n})", "print(df['age'].head(2))\n", result=same),
        of_column("tail", _LENGTHS, "{self}.tail({n})", "print(df['age'].tail(2), df['age'].tail())\n", result=same),
        of_column("copy", "", "{self}.clone()", "print(df['age'].copy())\n", result=same),
        of_column(
            "abs", "", "{self}.abs()", "print(df['score'].abs(), (df['age'] - 30).abs())\n", refuse=numbers_only, result=same
        ),
        of_column(
            "round",
            "decimals: int = 0",
            "{self}.round({decimals})",
            "print(df['score'].round(1), df['age'].round())\n",
            refuse=numbers_only,
            result=same,
        ),
        of_column(
            "cumsum",
            "",
            "{self}.cumsum()",
            "print(df['score'].cumsum(), df['age'].cumsum())\n",
            refuse=numbers_only,
            result=same,
        ),
        of_column("dropna", "", "{self}.dropna()", "print(df['score'].dropna())\n", result=same),
        of_column(
            "sort_values",
            "*, ascending: bool = True",
            "{self}.sorted({ascending})",
            "print(df['score'].sort_values())\nprint(df['name'].sort_values(ascending=False))\n",
            result=same,
        ),
        of_column(
            "sort_index",
            "*, ascending: bool = True",
            "{self}.sorted_by_index({ascending})",
            "print(df['name'].value_counts().sort_index(ascending=False))\n",
            result=same,
        ),
        of_column(
            "describe",
            "",
            "{self}.describe()",
            "print(df['age'].describe())\nprint(df['score'].describe())\n",
            result=_described_column,
        ),
        of_column(
            "value_counts",
            "normalize: bool = False, *, ascending: bool = False",
            lambda call: f"{{self}}.value_{'shares' if call.constant('normalize') else 'counts'}({{ascending}})",
            "print(df['age'].value_counts())\nprint(df['ok'].value_counts(ascending=True), df['name'].value_counts())\nprint(df['score'].value_counts())\n",
            result=lambda call: series_type(t.FLOAT if call.constant("normalize") else t.INT),
        ),
        of_pandas(
            f"{SERIES}.fillna",
            tuple(each for each, _ in _FILLED),
            tuple(rust for _, rust in _FILLED),
            "print(df['score'].fillna(0.0), df['score'].fillna(df['score'].mean()))\n",
        ),
        of_column(
            "astype",
            "dtype: Any",
            lambda call: f"{{self}}.{_cast(call)[1]}()",
            "print(df['age'].astype(float), df['ok'].astype(int), (df['age'] / 2).astype('int64'))\n",
            result=lambda call: series_type(_cast(call)[0]),
            raises=("pandas.errors.IntCastingNaNError",),
        ),
        *(
            of_column(
                name,
                "",
                array_of_column_rust if kind == "method" else _column_values_rust,
                f"print(df['age'].{use}, df['score'].{use}, df['ok'].{use}.sum())\n",
                result=array_of_column if kind == "method" else _column_values,
                kind=kind,
            )
            for name, kind, use in (("to_numpy", "method", "to_numpy()"), ("values", "attribute", "values"))
        ),
        of_column(
            "unique",
            "",
            _distinct_rust,
            "print(df['age'].unique(), df['ok'].unique(), df['name'].unique())\n"
            "for name in df['name'].unique():\n    print(name)\nprint(len(df['name'].unique()), sorted(df['name'].unique()))\n",
            result=_distinct,
        ),
        of_pandas(
            f"{SERIES}.tolist",
            (
                f"({series('int')}) -> list[int]",
                f"({series('float')}) -> list[float]",
                f"({series('bool')}) -> list[bool]",
                f"({series('str')}) -> list[str]",
            ),
            (
                "{self}.int_array().to_vec()",
                "{self}.float_array().to_vec()",
                "{self}.bool_array().to_vec()",
                "{self}.text_list()",
            ),
            "print(df['age'].tolist(), df['score'].tolist(), df['ok'].tolist(), df['name'].tolist())\n",
        ),
        of_pandas(
            f"{SERIES}.__getitem__",
            (
                f'({COLUMN}, key: Object["{SERIES}", bool]) -> Any',
                f"({COLUMN}, key: str) -> Any",
                f"({COLUMN}, key: int) -> Any",
            ),
            ("{self}.filtered({&key})", _item_by("row_of", "&"), _item_by("row_at", "")),
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
