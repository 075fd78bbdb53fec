"""Numbers of whole tables: one for each column or for each row, and what a table is said to be.

## Before
    print(df.mean(numeric_only=True), df[["a", "b"]].sum(axis=1), df.isna().mean())
    df.info()
## After
    py::print!("{} {} {}", py::Str(&df.mean()), py::Str(&df.select(&["a", "b"]).by_row(pd::Series::sum_floats)), py::Str(&df.isna().mean()));
    py::print!("{}", df.info());
## Same numbers
    equal bits
## Not handled
    sums of texts, numbers for each row of columns that hold truth values beside ints and floats
"""

from __future__ import annotations

from typing import Any

from batuta.catalog._table_entries import check_numbers, of_column, of_frame
from batuta.catalog._tables import CATEGORY, REST, SERIES, columns_of, frame_type, series_type
from batuta.catalog.entry import Call, Refusal, Shelf
from batuta.ir import types as t

_FLOATS = {
    "mean": ("mean()", "pd::Series::mean"),
    "median": ("median()", "pd::Series::median"),
    "std": ("std()", "|own| own.std(1)"),
    "var": ("reduced_by(|own| own.var(1))", "|own| own.var(1)"),
}
"""The methods that give a float for each column, and for each row."""
_SAME = {"sum": "pd::Series::sum_floats", "min": "|own| own.extreme_float(false)", "max": "|own| own.extreme_float(true)"}


def _by_row(call: Call) -> bool:
    found = call.constant("axis")
    if found not in (0, 1, "index", "columns"):
        raise Refusal("BAT103", f"`axis={found!r}` is not translated", "Use 0 or 1.")
    return found in (1, "columns")


def _kinds(call: Call) -> set[t.Type]:
    return {held for _, held in columns_of(call.type("self"))}


def _check(call: Call) -> None:
    check_numbers(call)
    if _by_row(call):
        _row_kinds(call)


def _row_kinds(call: Call) -> t.Type:
    """What a number of each row is: ints of ints, floats else."""
    kinds = _kinds(call)
    if not kinds <= {t.INT, t.FLOAT, t.VALUE} and kinds != {t.BOOL}:
        raise Refusal("BAT103", "numbers of rows that hold other values, too", "Choose the columns of numbers first.")
    return t.VALUE if t.VALUE in kinds and t.FLOAT not in kinds else t.FLOAT if t.FLOAT in kinds else t.INT


def _floats(call: Call) -> t.Type:
    if _by_row(call):
        _row_kinds(call)
    return series_type(t.FLOAT)


def _total(name: str) -> Any:
    def result(call: Call) -> t.Type:
        kinds = _kinds(call)
        if _by_row(call):
            held = _row_kinds(call)
            if kinds == {t.BOOL} and name != "sum":
                raise Refusal("BAT103", "the extremes of rows of truth values are not translated", "Use any or all.")
            return series_type(held)
        if kinds & {t.STR, CATEGORY} and not (name == "sum" and call.constant("numeric_only") is True):
            raise Refusal("BAT103", f"`{name}` of a table with texts is not translated", "Choose the columns of numbers first.")
        kinds -= {t.STR, CATEGORY}
        if t.BOOL in kinds and name != "sum":
            raise Refusal("BAT103", f"`{name}` of truth values beside others is not translated", "Ask the columns one by one.")
        return series_type(t.FLOAT if t.FLOAT in kinds else t.VALUE if t.VALUE in kinds else t.INT)

    return result


def _total_rust(name: str) -> Any:
    def rust(call: Call) -> str:
        if _by_row(call):
            made = f"{{self}}.by_row({_SAME[name]})"
            if _row_kinds(call) == t.VALUE:
                return f"{made}.as_ints_of(&{{self}})"
            return made if _row_kinds(call) == t.FLOAT else f"{made}.as_ints()"
        return f'{{self}}.totals("{name}")'

    return rust


def _extreme_rust(greatest: str) -> Any:
    return lambda call: f"{{self}}.extreme_{'names' if _by_row(call) else 'labels'}({greatest})"


def _extreme_type(call: Call) -> t.Type:
    kinds = _kinds(call)
    if not kinds <= {t.INT, t.FLOAT, t.BOOL, t.VALUE}:
        raise Refusal("BAT103", "the place of an extreme of texts is not translated", "Choose the columns of numbers first.")
    known = all(name != REST for name, _ in columns_of(call.type("self")))
    return series_type(t.STR if _by_row(call) and known else t.VALUE)


def _truths(call: Call) -> t.Type:
    if _kinds(call) != {t.BOOL}:
        raise Refusal("BAT103", "this is translated for tables of truth values", "Compare the columns first.")
    _by_row(call)
    return series_type(t.BOOL)


def _quantiles(call: Call) -> t.Type:
    check_numbers(call)
    return series_type(t.FLOAT)


_USE = "print(df[['age', 'score']].{0}(), df[['age', 'score']].{0}(axis=1), df[['age']].{0}(axis=1))\n"

SHELF = Shelf(
    module="pandas",
    entries=(
        *(
            of_frame(
                name,
                "axis: Any = 0, *, numeric_only: bool = False",
                lambda call, column=column, row=row: f"{{self}}.by_row({row})" if _by_row(call) else f"{{self}}.{column}",
                f"print(df.{name}(numeric_only=True))\n" + _USE.format(name),
                result=_floats,
                refuse=_check,
            )
            for name, (column, row) in _FLOATS.items()
        ),
        *(
            of_frame(
                name,
                "axis: Any = 0, *, numeric_only: bool = False",
                _total_rust(name),
                (
                    "print(df.isna().sum())\nprint(df[['age', 'ok']].sum(), df.isna().sum(axis=1), df.sum(numeric_only=True))\n"
                    if name == "sum"
                    else ""
                )
                + _USE.format(name),
                result=_total(name),
            )
            for name in _SAME
        ),
        *(
            of_frame(name, "", f"{{self}}.{name}()", f"print(df.{name}())\n", gives=f'Object["{SERIES}", int]')
            for name in ("count", "nunique")
        ),
        *(
            of_frame(
                name,
                "axis: Any = 0",
                _extreme_rust(greatest),
                f"print(df[['age', 'score']].fillna(0).{name}(), df[['age', 'score']].fillna(0).{name}(axis=1))\n",
                result=_extreme_type,
            )
            for name, greatest in (("idxmax", "true"), ("idxmin", "false"))
        ),
        *(
            of_frame(
                name,
                "axis: Any = 0",
                lambda call, name=name: f"{{self}}.truths_by_{'row' if _by_row(call) else 'column'}(pd::Series::{name})",
                f"print(df.isna().{name}(), df[df.isna().{name}(axis=1)], df[['ok']].{name}())\n",
                result=_truths,
            )
            for name in ("any", "all")
        ),
        of_frame(
            "quantile",
            "q: float = 0.5, *, numeric_only: bool = False",
            "{self}.quantiles({q})",
            "print(df[['age', 'score']].quantile(0.25))\n",
            result=_quantiles,
        ),
        of_frame(
            "abs",
            "",
            "{self}.abs()",
            "print((df[['age', 'score']]).abs())\n",
            result=lambda call: frame_type(columns_of(call.type("self"))),
            refuse=lambda call: _only_numbers(call),
        ),
        of_frame(
            "info",
            "",
            'py::print!("{}", {self}.info_text())',
            "df.info()\ndf.set_index('name').info()\n",
            gives="None",
            effects=("prints",),
        ),
        of_column(
            "to_string",
            "",
            "{self}.full_text()",
            "print(df['age'].to_string())\nprint(df.groupby(['ok', 'age'])['score'].mean().to_string())\n",
            gives="str",
        ),
    ),
)


def _only_numbers(call: Call) -> None:
    if not _kinds(call) <= {t.INT, t.FLOAT, t.VALUE}:
        raise Refusal("BAT103", "this is translated for tables of ints and floats", "Choose the columns of numbers.")
