"""pandas' tables brought together by what their rows have in common.

## Before
    both = orders.merge(customers, on="customer", how="left")
    wide = df.join(other)
## After
    let both = orders.merged(&customers, "left", &["customer"], &["customer"], ("_x", "_y"));
    let wide = df.joined(&other, "left");
## Same numbers
    equal bits, the rows in pandas' order
## Not handled
    joins by labels of several values, `indicator`, `validate`, `how="cross"`
"""

from __future__ import annotations

from typing import Any

from batuta.catalog._table_entries import of_frame, of_pandas
from batuta.catalog._tables import FRAME, Columns, column_of, columns_of, frame_type, known_names, names_given, text, texts
from batuta.catalog.entry import Call, Refusal, Shelf
from batuta.ir import types as t


def _keys(call: Call, left: str) -> tuple[list[str], list[str]]:
    """The columns that rows are brought together by, on either side."""
    one, other = known_names(columns_of(call.type(left))), known_names(columns_of(call.type("right")))
    if call.given("on"):
        names = names_given(call, "on")
        return names, names
    if call.given("left_on") and call.given("right_on"):
        return names_given(call, "left_on"), names_given(call, "right_on")
    if call.given("left_on") or call.given("right_on"):
        raise Refusal("BAT103", "columns of one side and labels of the other are not translated", "Name columns of both sides.")
    shared = [name for name in one if name in other]
    return shared, shared


def _how(call: Call) -> str:
    found = str(call.constant("how"))
    if found not in ("inner", "left", "right", "outer"):
        raise Refusal("BAT103", f"`how={found!r}` is not translated", "Use 'inner', 'left', 'right' or 'outer'.")
    return found


def _suffixes(call: Call) -> tuple[str, str]:
    found = call.constant("suffixes")
    if not (isinstance(found, tuple | list) and len(found) == 2 and all(isinstance(each, str) for each in found)):
        raise Refusal("BAT103", "`suffixes` must be two texts", "Write them in the call.")
    return str(found[0]), str(found[1])


def _with_holes(held: t.Type) -> t.Type:
    """What a column holds of which some rows may be missing."""
    return t.VALUE if held in (t.INT, t.BOOL) else held


def _merged(left: str) -> Any:
    def result(call: Call) -> t.Type:
        one, other = columns_of(call.type(left)), columns_of(call.type("right"))
        left_on, right_on = _keys(call, left)
        how, suffixes = _how(call), _suffixes(call)
        if not left_on or len(left_on) != len(right_on):
            raise Refusal("BAT103", "tables without a column in common", "Name the columns that rows are brought together by.")
        for name, key in zip(left_on, right_on, strict=True):
            kinds = {column_of(one, name), column_of(other, key)}
            if len(kinds) > 1 and not kinds <= {t.INT, t.FLOAT}:
                raise Refusal("BAT103", "keys of different types are not brought together", "Give them one type first.")
        shared = [name for name, key in zip(left_on, right_on, strict=True) if name == key]
        made: Columns = []
        for name, held in one:
            clash = name not in shared and name in [each for each, _ in other]
            hole = how in ("right", "outer") and name not in shared
            made.append((f"{name}{suffixes[0]}" if clash else name, _with_holes(held) if hole else held))
        for name, held in other:
            if name not in shared:
                clash = name in [each for each, _ in one]
                hole = how in ("left", "outer")
                made.append((f"{name}{suffixes[1]}" if clash else name, _with_holes(held) if hole else held))
        return frame_type(made)

    return result


def _merged_rust(left: str) -> Any:
    def rust(call: Call) -> str:
        left_on, right_on = _keys(call, left)
        one, other = _suffixes(call)
        names = f"{text(_how(call))}, {texts(left_on)}, {texts(right_on)}, ({text(one)}, {text(other)})"
        return f"{{{left}}}.merged({{&right}}, {names})"

    return rust


def _joined(call: Call) -> t.Type:
    how = str(call.constant("how"))
    if how not in ("left", "inner"):
        raise Refusal("BAT103", f"`how={how!r}` is not translated", "Use 'left' or 'inner'.")
    found = call.type("other")
    if not (isinstance(found, t.Object) and found.name == FRAME):
        raise Refusal("BAT103", "only tables are joined", "Make a table of it with `to_frame`.")
    added = columns_of(found)
    return frame_type(
        [*columns_of(call.type("self")), *[(name, held if how == "inner" else _with_holes(held)) for name, held in added]]
    )


_PARAMETERS = (
    "right: Any, how: str = 'inner', on: Any = None, left_on: Any = None, right_on: Any = None, *, suffixes: Any = ('_x', '_y')"
)
_OTHER = "other = pd.DataFrame({'name': ['Bob', 'Ann', 'Eve'], 'age': [1, 2, 3], 'city': ['Rome', 'Oslo', 'Bern']})\n"

SHELF = Shelf(
    module="pandas",
    entries=(
        of_frame(
            "merge",
            _PARAMETERS,
            _merged_rust("self"),
            _OTHER + "print(df.merge(other, on='name'), df.merge(other, on='name', how='left', suffixes=('', '_other')))\n"
            "print(df[['name', 'age']].merge(other[['name', 'city']], how='outer'), df.merge(other, left_on='age', right_on='age'))\n"
            "print(df[['name']].merge(other, on='name', how='right'))\n",
            result=_merged("self"),
        ),
        of_pandas(
            "pandas.merge",
            f'(left: Object["{FRAME}", C], {_PARAMETERS}) -> Any',
            _merged_rust("left"),
            _OTHER + "print(pd.merge(df, other, on='name', how='inner'))\n",
            kind="function",
            result=_merged("left"),
        ),
        of_frame(
            "join",
            "other: Any, *, how: str = 'left'",
            lambda call: f"{{self}}.joined({{&other}}, {text(str(call.constant('how')))})",
            _OTHER + "print(df.set_index('name')[['score']].join(other.set_index('name')), df[['name']].join(df[['age']]))\n",
            result=_joined,
        ),
    ),
)
