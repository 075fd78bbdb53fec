"""The types of pandas' tables and columns: which columns a table has, and what each holds, as far as the program's text says."""

from __future__ import annotations

import ast
from typing import Any, Literal

from batuta.catalog.entry import Call, NotYet, Refusal
from batuta.ir import types as t

FRAME, SERIES = "pandas.DataFrame", "pandas.Series"
GROUPS, SERIES_GROUPS = "pandas.DataFrameGroupBy", "pandas.SeriesGroupBy"
MADE, ADDED = "of columns", "with column"
"""What a rewrite calls a table of columns, and one with a column more. No name of a program has spaces."""
LABELS, DTYPES = "pandas.Index", "pandas.dtypes"
NP_PD: tuple[Literal["np"], Literal["pd"]] = ("np", "pd")
_COLUMN = "column "
Columns = list[tuple[str, t.Type]]
REMEDY = "Write the names of the columns as constants, in the call that makes the table."
_DTYPES = {"int64": t.INT, "float64": t.FLOAT, "bool": t.BOOL, "str": t.STR}


def frame_type(columns: Columns, name: str = FRAME) -> t.Type:
    """The type of a table with these columns."""
    return t.Object(name, (t.Tuple(tuple(t.Tuple((t.Object(f"{_COLUMN}{each}"), held)) for each, held in columns)),))


def series_type(held: t.Type, name: str = SERIES) -> t.Type:
    """The type of a column with such values."""
    return t.Object(name, (held,))


def columns_of(found: t.Type) -> Columns:
    """The columns of a table. Raises NotYet while they are unknown."""
    if not isinstance(found, t.Object) or not found.arguments or not isinstance(found.arguments[0], t.Tuple):
        raise NotYet
    columns: Columns = []
    for each in found.arguments[0].items:
        if not isinstance(each, t.Tuple) or not isinstance(each.items[0], t.Object):
            raise NotYet
        columns.append((each.items[0].name.removeprefix(_COLUMN), each.items[1]))
    return columns


def held_by(found: t.Type) -> t.Type:
    """What the values of a column are. Raises NotYet while it is unknown."""
    if not isinstance(found, t.Object) or not found.arguments:
        raise NotYet
    return _known(found.arguments[0])


def _known(held: t.Type) -> t.Type:
    """A type that is the same wherever the table comes from."""
    if held not in (t.INT, t.FLOAT, t.BOOL, t.STR):
        reason = "whether this column holds ints or floats depends on how the program runs"
        raise Refusal("BAT103", reason, "Give the changed table a name of its own, or turn the column into floats first.")
    return held


def column_type(found: t.Type) -> t.Type:
    """What a column made of such a value holds."""
    match found:
        case t.List(element) | t.Sequence(element):
            held = element
        case t.Tuple(items) if items and all(each == items[0] for each in items):
            held = items[0]
        case t.Range():
            held = t.INT
        case t.Array(dtype, 1):
            held = _DTYPES.get(dtype, t.Unknown())
        case t.Object(name, arguments) if name == SERIES and arguments:
            held = arguments[0]
        case _:
            raise Refusal(
                "BAT103", f"a column made of {t.show(found)} is not translated", "Give a list, an array or a column of a table."
            )
    if held == t.NEVER:
        raise NotYet
    if isinstance(held, t.NumpyScalar):
        held = _DTYPES.get(held.dtype, t.Unknown())
    if held == t.Optional(t.FLOAT):
        return t.FLOAT
    if held == t.Optional(t.STR):
        return t.STR
    if held not in (t.INT, t.FLOAT, t.BOOL, t.STR):
        reason = f"a column of {t.show(held)} has no type that is known beforehand"
        raise Refusal("BAT103", reason, "Give values of one type: ints, floats, truth values or texts.")
    return held


def column_of(columns: Columns, name: object) -> t.Type:
    """What a column holds. Raises Refusal for one that is not there."""
    for each, held in columns:
        if each == name:
            return _known(held)
    raise Refusal("BAT103", f"the table has no column {name!r}", "Use the name of a column.")


def names_given(call: Call, parameter: str) -> list[str]:
    """The names of columns that an argument writes: one, or a list."""
    found = call.constant(parameter)
    names = [found] if isinstance(found, str) else list(found) if isinstance(found, list | tuple) else []
    if not names or not all(isinstance(each, str) for each in names):
        raise Refusal("BAT103", f"`{parameter}` must name columns", REMEDY)
    return names


def literal_dict(call: Any, parameter: str) -> list[tuple[str, Any]]:
    """The keys and values of a dict that is written in the call, or that only the call uses."""
    node = call.literal(parameter)
    if isinstance(node, ast.Dict) and node.keys:
        pairs = []
        for key, value in zip(node.keys, node.values, strict=True):
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                raise Refusal("BAT103", "a name of a column that is no constant text", REMEDY)
            pairs.append((key.value, value))
        if len({key for key, _ in pairs}) == len(pairs):
            return pairs
    raise Refusal("BAT103", "the columns of a table must be told by its text", "Write {'name': values, …} in the call.")


def text(name: str) -> str:
    """A name as Rust text inside a template."""
    quoted = '"' + name.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    return quoted.replace("{", "{{").replace("}", "}}")


def texts(names: list[str]) -> str:
    """A Rust array of names."""
    return f"&[{', '.join(text(each) for each in names)}]"
