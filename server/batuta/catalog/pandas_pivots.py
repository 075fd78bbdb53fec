"""pandas' tables turned: the values of a column as the names of others, rows as columns.

## Before
    print(pd.crosstab(df["city"], df["size"], normalize="index"))
    print(df.pivot_table(index="city", columns="size", values="price", aggfunc="mean"))
    print(df.groupby(["city", "size"]).size().unstack(fill_value=0))
## After
    py::print!("{}", py::Str(&pd::crosstab(&df.series("city"), &df.series("size"), false, "index")));
    py::print!("{}", py::Str(&df.pivot_table(&["city"], "size", &["price"], true, "mean", None)));
    py::print!("{}", py::Str(&df.grouped(&["city", "size"], true, true, true).size().unstacked(Some(pd::Operand::Int(0)))));
## Same numbers
    equal bits
## Not handled
    `crosstab` of several columns or with values, several columns as `columns`, `margins` of other than one value, `melt`, `stack`
"""

from __future__ import annotations

from batuta.catalog._table_entries import OPERANDS, of_column, of_frame, of_pandas, one_type, operand
from batuta.catalog._tables import (
    REST,
    SERIES,
    Columns,
    any_held,
    column_of,
    columns_of,
    frame_type,
    is_one_name,
    known_names,
    names_given,
    text,
    texts,
)
from batuta.catalog.entry import Call, Refusal, Shelf
from batuta.catalog.pandas_groups import summary_type
from batuta.ir import types as t


def _is_column(found: t.Type) -> bool:
    return isinstance(found, t.Object) and found.name == SERIES


def _label(call: Call, name: str) -> str | None:
    """The name that a list of one name gives."""
    if not call.given(name):
        return None
    found = call.constant(name)
    if not (isinstance(found, list | tuple) and len(found) == 1 and isinstance(found[0], str)):
        raise Refusal("BAT103", f"`{name}` must be a list of one name", "Write the name in a list.")
    return str(found[0])


def _crossed_rust(call: Call) -> str:
    sides = []
    kinds = {name: call.type(name) for name in ("index", "columns")}
    for name, other, label in (("index", "columns", "rownames"), ("columns", "index", "colnames")):
        if _is_column(kinds[name]):
            side = f"{{{name}}}.clone()"
        elif isinstance(kinds[name], t.List | t.Array) and _is_column(kinds[other]):
            side = f"{{{other}}}.with_array({{&{name}}}).with_name({text('row_0' if name == 'index' else 'col_0')})"
        elif isinstance(kinds[name], t.List | t.Array):
            side = f"pd::Series::new({{&{name}}}, None)"
        else:
            raise Refusal("BAT103", f"a table of how often {t.show(kinds[name])} comes", "Give columns or arrays.")
        wanted = _label(call, label)
        sides.append(f"&{side}.with_name({text(wanted)})" if wanted is not None else f"&{side}")
    return f"pd::crosstab({', '.join(sides)}, {{margins}}, {text(_shares(call))})"


def _shares(call: Call) -> str:
    found = call.constant("normalize")
    names = {"False": "", "True": "all", "'all'": "all", "'index'": "index", "'columns'": "columns"}
    if repr(found) not in names:
        raise Refusal("BAT103", f"`normalize={found!r}` is not translated", "Use 'index', 'columns' or 'all'.")
    return names[repr(found)]


def _crossed(call: Call) -> t.Type:
    shares = _shares(call)
    if shares and call.constant("margins") is not False:
        raise Refusal("BAT103", "`margins` of shares is not translated", "Ask for the shares without margins.")
    return frame_type([(REST, t.FLOAT if shares else t.INT)])


def _functions(call: Call) -> list[str] | str:
    found = call.constant("aggfunc", default=None)
    if isinstance(found, str):
        return {"numpy.min": "min", "numpy.max": "max"}.get(found, found)
    if isinstance(found, list) and all(isinstance(each, str) for each in found):
        return found
    raise Refusal("BAT103", "`aggfunc` must be a name, or a list of names", "Write the function's name as a text.")


def _values(call: Call) -> list[str]:
    if call.given("values"):
        return names_given(call, "values")
    gone = names_given(call, "index") + (names_given(call, "columns") if call.given("columns") else [])
    columns = columns_of(call.type("self"))
    return [name for name in known_names(columns) if name not in gone]


def _pivoted(call: Call) -> t.Type:
    columns = columns_of(call.type("self"))
    functions, names = _functions(call), _values(call)
    held = {name: column_of(columns, name) for name in names}
    for name in names_given(call, "index"):
        column_of(columns, name)
    if call.constant("margins") is True:
        if len(names) != 1 or not call.given("columns") or not is_one_name(call, "index") or isinstance(functions, list):
            raise Refusal("BAT103", "`margins` of such a table is not translated", "Give one index, columns and values.")
    if isinstance(functions, list):
        if call.given("columns"):
            raise Refusal("BAT103", "several functions and `columns` give names of three levels", "Write one function's name.")
        made: Columns = [
            (f"{function}\x1f{name}", summary_type(function, held[name])) for function in functions for name in sorted(names)
        ]
        return frame_type(made)
    kinds = [summary_type(functions, each) for each in held.values()]
    if not call.given("columns"):
        return frame_type(
            list(zip(sorted(names), [summary_type(functions, held[each]) for each in sorted(names)], strict=True))
        )
    if not is_one_name(call, "columns"):
        raise Refusal("BAT103", "several columns as `columns` are not translated", "Give one name.")
    # Where two keys never come together there is no value: ints become floats then, unless something fills the place.
    return frame_type([(REST, one_type(t.FLOAT if each == t.FLOAT else t.VALUE for each in kinds))])


def _pivoted_rust(call: Call) -> str:
    functions, names = _functions(call), _values(call)
    index, values = texts(names_given(call, "index")), texts(names)
    fill = _filled(call)
    if isinstance(functions, list):
        return f"{{self}}.pivot_functions({index}, {values}, {texts(functions)})"
    if not call.given("columns"):
        pairs = ", ".join(f"({text(name)}, {text(functions)}, {text(name)})" for name in sorted(names))
        return f"{{self}}.grouped({index}, true, true, true).aggregated(&[{pairs}])"
    column = text(names_given(call, "columns")[0])
    if call.constant("margins") is True:
        key = text(names_given(call, "index")[0])
        return f"{{self}}.pivot_table_with_margins({key}, {column}, {text(names[0])}, {text(functions)}, {fill})"
    single = "true" if is_one_name(call, "values") else "false"
    return f"{{self}}.pivot_table({index}, {column}, {values}, {single}, {text(functions)}, {fill})"


def _spread(call: Call) -> t.Type:
    held = column_of(columns_of(call.type("self")), names_given(call, "values")[0])
    return frame_type([(REST, held if held in (t.FLOAT, t.STR) else t.VALUE)])


def _unstacked(call: Call) -> t.Type:
    held = any_held(call.type("self"))
    if held in (t.FLOAT, t.STR):
        return frame_type([(REST, held)])
    if held == t.INT and call.given("fill_value") and call.type("fill_value") == t.INT:
        return frame_type([(REST, t.INT)])
    return frame_type([(REST, t.VALUE)])


def _turned(call: Call) -> t.Type:
    return frame_type([(REST, one_type(held for _, held in columns_of(call.type("self"))))])


def _check_fill(call: Call) -> None:
    if call.given("fill_value") and call.type("fill_value") not in OPERANDS:
        raise Refusal("BAT103", "`fill_value` must be one value", "Write the value.")


_VISITS = (
    "visits = pd.DataFrame({'city': ['Rome', 'Oslo', 'Rome', 'Bern', 'Oslo', 'Rome'], 'size': ['S', 'M', 'S', 'M', 'M', 'L'], "
    "'year': [1, 2, 2, 1, 1, 2], 'price': [1.5, 2.0, 3.25, 4.0, 5.5, 6.0]})\n"
)


def _filled(call: Call) -> str:
    return f"Some({operand(call, 'fill_value')})" if call.given("fill_value") else "None"


SHELF = Shelf(
    module="pandas",
    entries=(
        of_pandas(
            "pandas.crosstab",
            "(index: Any, columns: Any, *, rownames: Any = None, colnames: Any = None, margins: bool = False, normalize: Any = False) -> Any",
            _crossed_rust,
            _VISITS
            + "print(pd.crosstab(visits['city'], visits['size']), pd.crosstab(visits['city'], visits['year'], margins=True))\n"
            "print(pd.crosstab(visits['city'], visits['size'], normalize='index'), pd.crosstab(visits['size'], visits['city'], normalize=True))\n"
            "print(pd.crosstab(visits['year'], np.array([0, 1, 1, 0, 1, 0]), rownames=['actual'], colnames=['predicted']))\n",
            kind="function",
            result=_crossed,
        ),
        of_frame(
            "pivot_table",
            "values: Any = None, index: Any = None, columns: Any = None, aggfunc: Any = 'mean', fill_value: Any = None, "
            "margins: bool = False, *, observed: bool = True",
            _pivoted_rust,
            _VISITS + "print(visits.pivot_table(index='city', columns='size', values='price'))\n"
            "print(visits.pivot_table(index='city', columns='year', values='price', aggfunc='sum', fill_value=0))\n"
            "print(visits.pivot_table(index='city', values=['price', 'year'], aggfunc=['mean', 'max']))\n"
            "print(visits.pivot_table(index=['city', 'size'], values='price', aggfunc='max'))\n"
            "print(visits.pivot_table(index='city', columns='size', values='price', aggfunc='mean', margins=True).round(2))\n",
            result=_pivoted,
            refuse=_check_fill,
        ),
        of_frame(
            "pivot",
            "*, index: str, columns: str, values: str",
            lambda call: (
                f"{{self}}.pivoted({', '.join(text(names_given(call, each)[0]) for each in ('index', 'columns', 'values'))})"
            ),
            _VISITS + "means = visits.groupby(['city', 'year'], as_index=False)['price'].mean()\n"
            "print(means.pivot(index='city', columns='year', values='price'))\n",
            result=_spread,
            raises=("ValueError",),
        ),
        of_column(
            "unstack",
            "*, fill_value: Any = None",
            lambda call: f"{{self}}.unstacked({_filled(call)})",
            _VISITS
            + "print(visits.groupby(['city', 'year'])['price'].mean().unstack(), visits.groupby(['city', 'year']).size().unstack())\n"
            "print(visits.groupby(['city', 'year']).size().unstack(fill_value=0))\n",
            result=_unstacked,
            refuse=_check_fill,
        ),
        *(
            of_frame(
                name,
                "",
                "{self}.transposed()",
                f"print(df[['age', 'score']].{use}, df.describe().{use})\n",
                kind=kind,
                result=_turned,
            )
            for name, kind, use in (("T", "attribute", "T"), ("transpose", "method", "transpose()"))
        ),
    ),
)
