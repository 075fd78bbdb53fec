"""Some rows of pandas' tables and columns, ranks, and values that depend on the rows before.

## Before
    print(df.sample(5, random_state=1), df.nlargest(3, "score"))
    df["trend"] = df["price"].rolling(7).mean()
## After
    py::print!("{} {}", py::Str(&df.sampled(5, false, 1)), py::Str(&df.most(3, "score", true)));
    let df = df.assigned("trend", &df.series("price").rolling(7, None).mean());
## Same numbers
    equal bits: the same rows for the same seed; moving sums keep what rounding takes away, as pandas does
## Not handled
    samples without a seed, weights, moving windows of dates, `center=True`
"""

from __future__ import annotations

from typing import Any

from batuta.catalog._table_entries import numbers_only, of_column, of_frame, of_pandas, same
from batuta.catalog._tables import (
    NP_PD,
    SERIES,
    column_of,
    columns_of,
    held_by,
    names_given,
    text,
    texts,
)
from batuta.catalog.entry import Call, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

_WINDOW = "pandas.Rolling"


def _sampled(call: Call) -> str:
    seed = call.constant("random_state", default=NotImplemented)
    if seed is None or call.type("random_state") not in (t.INT, t.NumpyScalar("int64")):
        raise Refusal("BAT103", "a sample without a seed is another one each time", "Pass random_state with an int.")
    if call.given("n") and call.given("frac"):
        raise Refusal("BAT103", "`n` and `frac` together: pandas raises a ValueError", "Pass one of them.")
    count = "{n}" if call.given("n") else "{self}.share_of_rows({frac})" if call.given("frac") else "1"
    return f"{{self}}.sampled({count}, {{replace}}, {{random_state}})"


def _subset(call: Call) -> str:
    return texts(names_given(call, "subset")) if call.given("subset") else "&[]"


def _by_name(call: Call) -> str:
    names = names_given(call, "columns")
    if len(names) != 1:
        raise Refusal("BAT103", "the greatest rows by several columns are not translated", "Use sort_values and head.")
    column_of(columns_of(call.type("self")), names[0])
    return text(names[0])


def _most(largest: str) -> Any:
    return lambda call: f"{{self}}.most({{n}}, {_by_name(call)}, {largest})"


def _window(call: Call) -> t.Type:
    if held_by(call.type("self")) == t.STR:
        raise Refusal("BAT103", "a moving window of texts is not translated", "Choose a column of numbers.")
    return t.Object(_WINDOW)


def _least(call: Call) -> str:
    given = call.given("min_periods") and call.constant("min_periods", default=NotImplemented) is not None
    return "Some({min_periods})" if given else "None"


_SAMPLE = "n: int = 1, frac: float = 1.0, replace: bool = False, *, random_state: Any = None"
_FLOATS = f'Object["{SERIES}", float]'

SHELF = Shelf(
    module="pandas",
    classes=(LibraryClass(_WINDOW, "pd::Rolling", mutable=False, features=NP_PD),),
    entries=(
        of_frame(
            "sample",
            _SAMPLE,
            _sampled,
            "print(df.sample(2, random_state=0), df.sample(frac=0.5, random_state=3), df.sample(n=6, replace=True, random_state=1))\n"
            "print(df.sample(frac=1, random_state=7).reset_index(drop=True))\n",
            result=same,
            raises=("ValueError",),
        ),
        of_column(
            "sample",
            _SAMPLE,
            _sampled,
            "print(df['age'].sample(3, random_state=5))\n",
            result=same,
            raises=("ValueError",),
        ),
        *(
            of_frame(
                name,
                "n: int, columns: Any",
                _most(largest),
                f"print(df.{name}(2, 'age'), df.{name}(3, 'score')[['name', 'score']])\n",
                result=same,
            )
            for name, largest in (("nlargest", "true"), ("nsmallest", "false"))
        ),
        of_frame(
            "duplicated",
            "subset: Any = None",
            lambda call: f"{{self}}.duplicated({_subset(call)})",
            "print(df.duplicated().sum(), df.duplicated(subset=['age']), df[df.duplicated('age')])\n",
            gives=f'Object["{SERIES}", bool]',
        ),
        of_column(
            "duplicated", "", "{self}.duplicated()", "print(df['age'].duplicated())\n", gives=f'Object["{SERIES}", bool]'
        ),
        of_column(
            "drop_duplicates",
            "",
            "{self}.filtered(&{self}.duplicated().inverted())",
            "print(df['age'].drop_duplicates())\n",
            result=same,
        ),
        of_column(
            "rank",
            'method: str = "average", *, ascending: bool = True, pct: bool = False',
            "{self}.ranked({&method}, {ascending}, {pct})",
            "print(df['age'].rank(), df['score'].rank(ascending=False), df['age'].rank(method='min'), df['age'].rank(pct=True))\n",
            gives=_FLOATS,
        ),
        *(
            of_column(
                name,
                "",
                f'{{self}}.running("{what}")',
                f"print(df['age'].{name}(), df['score'].{name}())\n",
                result=same,
                refuse=numbers_only,
            )
            for name, what in (("cummax", "max"), ("cummin", "min"), ("cumprod", "product"))
        ),
        *(
            of_column(
                name, "", f"{{self}}.filled_along({forward})", f"print(df['score'].{name}(), df['age'].{name}())\n", result=same
            )
            for name, forward in (("ffill", "true"), ("bfill", "false"))
        ),
        of_column(
            "pct_change",
            "periods: int = 1",
            "{self}.changes({periods})",
            "print(df['age'].pct_change().round(3))\n",
            gives=_FLOATS,
            refuse=numbers_only,
        ),
        of_column(
            "rolling",
            "window: int, min_periods: Any = None",
            lambda call: f"{{self}}.rolling({{window}}, {_least(call)})",
            result=_window,
        ),
        of_column(
            "expanding",
            "min_periods: int = 1",
            "{self}.rolling({self}.length().max(1), Some({min_periods}))",
            result=_window,
        ),
        *(
            of_pandas(
                f"{_WINDOW}.{name}",
                f'(self: "{_WINDOW}") -> {_FLOATS}',
                f"{{self}}.{rust}()",
                f"prices = pd.Series([1.5, 2.25, 4.0, -3.0, 7.5, 7.5, 7.5, 0.1])\nprint(prices.rolling(3).{name}(), prices.rolling(2, min_periods=1).{name}())\n"
                f"print(df['score'].rolling(2).{name}(), df['age'].rolling(window=2).{name}(), df['age'].expanding().{name}())\n",
            )
            for name, rust in (
                ("mean", "mean"),
                ("sum", "sum"),
                ("min", "least"),
                ("max", "greatest"),
                ("std", "std"),
                ("var", "var"),
                ("median", "median"),
            )
        ),
    ),
)
