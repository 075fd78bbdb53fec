"""Numbers put into intervals, and columns of categories.

## Before
    df["band"] = pd.cut(df["age"], bins=[0, 18, 65, 120], labels=["young", "adult", "old"])
    df["quarter"] = pd.qcut(df["income"], 4)
    df["city"] = df["city"].astype("category")
## After
    let df = df.assigned("band", &df.series("age").cut(pd::Bins::Ints(vec![0, 18, 65, 120]), pd::IntervalNames::Texts(…), true, false, 3));
    let df = df.assigned("quarter", &df.series("income").quantile_cut(&[0.0, 0.25, 0.5, 0.75, 1.0], pd::IntervalNames::Bounds, 3));
    let df = df.assigned("city", &df.series("city").as_categories());
## Same numbers
    equal bits: the same bounds, the same texts
## Not handled
    `retbins`, `duplicates="drop"`, intervals of arrays, new categories, categories in a model
"""

from __future__ import annotations

from batuta.catalog._table_entries import of_pandas
from batuta.catalog._tables import CATEGORY, SERIES, held_by, series_type, texts
from batuta.catalog.entry import Call, Refusal, Shelf
from batuta.ir import types as t


def _names(call: Call) -> str:
    """What the intervals are called."""
    found = call.constant("labels", default=NotImplemented) if call.given("labels") else None
    if found is None:
        return "pd::IntervalNames::Bounds"
    if found is False:
        return "pd::IntervalNames::Numbers"
    if isinstance(found, list | tuple) and all(isinstance(each, str) for each in found):
        return f"pd::IntervalNames::of({texts(list(found))})"
    if call.type("labels") == t.List(t.STR):
        return "pd::IntervalNames::Texts({labels}.to_vec())"
    raise Refusal("BAT103", "labels of intervals that are no texts", "Write texts, or labels=False.")


def _cut_type(call: Call) -> t.Type:
    found = call.type("x")
    if not (isinstance(found, t.Object) and found.name == SERIES):
        raise Refusal("BAT103", f"intervals of {t.show(found)} are not translated", "Give a column of a table.")
    if held_by(found) not in (t.INT, t.FLOAT):
        raise Refusal("BAT103", "intervals of a column that holds no numbers", "Choose a column of numbers.")
    # Missing or other values make floats of the numbers of intervals.
    return series_type(t.VALUE if _names(call) == "pd::IntervalNames::Numbers" else CATEGORY)


def _bins(call: Call) -> str:
    found = call.type("bins")
    if found in (t.INT, t.NumpyScalar("int64")):
        return "pd::Bins::Count({bins})"
    if found in (t.List(t.INT), t.Array("int64", 1)):
        return "pd::Bins::Ints({bins}.to_vec())"
    if found == t.List(t.NUM):
        return "pd::Bins::Floats({bins}.iter().map(|bound| bound.to_f64()).collect())"
    if found in (t.List(t.FLOAT), t.Array("float64", 1)):
        return "pd::Bins::Floats({bins}.to_vec())"
    raise Refusal("BAT103", f"bounds of type {t.show(found)} are not translated", "Give a number or a list of numbers.")


def _cut_rust(call: Call) -> str:
    return f"{{x}}.cut({_bins(call)}, {_names(call)}, {{right}}, {{include_lowest}}, {{precision}})"


def _parts(call: Call) -> str:
    found = call.constant("q", default=None)
    if isinstance(found, int) and not isinstance(found, bool) and found > 0:
        # As NumPy's linspace gives them.
        return f"&pd::equal_parts({found})"
    if isinstance(found, list) and all(isinstance(each, int | float) for each in found):
        return f"&[{', '.join(repr(float(each)) for each in found)}]"
    if call.type("q") == t.INT:
        return "&pd::equal_parts({q})"
    raise Refusal("BAT103", "`q` must be a number or a list of numbers", "Write the number of parts.")


def _categorical(call: Call) -> t.Type:
    found = call.type("values")
    if not (isinstance(found, t.Object) and found.name == SERIES):
        raise Refusal("BAT103", f"categories of {t.show(found)} are not translated", "Give a column of a table.")
    return series_type(CATEGORY)


def _categorical_rust(call: Call) -> str:
    if not call.given("categories"):
        return "{values}.as_categories()"
    found = call.constant("categories")
    if not (isinstance(found, list) and all(isinstance(each, str) for each in found)):
        raise Refusal("BAT103", "categories that are no constant texts", "Write the categories in a list.")
    return f"{{values}}.in_categories({texts(found)}, {{ordered}})"


SHELF = Shelf(
    module="pandas",
    entries=(
        of_pandas(
            "pandas.cut",
            "(x: Any, bins: Any, right: bool = True, labels: Any = None, *, precision: int = 3, include_lowest: bool = False) -> Any",
            _cut_rust,
            "df['band'] = pd.cut(df['age'], bins=[0, 26, 35, 99], labels=['young', 'middle', 'old'])\nprint(df, df['band'])\n"
            "print(pd.cut(df['age'], 3), pd.cut(df['score'], [-1, 0, 2.5]), pd.cut(df['age'], [25, 31, 40], right=False))\n"
            "print(df['band'].value_counts(), df.groupby('band', observed=False)['score'].mean(), df['band'].value_counts().sort_index())\n"
            "print(pd.cut(df['age'], [25, 30, 45], include_lowest=True), df['band'] == 'old', df['band'].astype(str))\n",
            kind="function",
            result=_cut_type,
            raises=("ValueError",),
        ),
        of_pandas(
            "pandas.qcut",
            "(x: Any, q: Any, labels: Any = None, *, precision: int = 3) -> Any",
            lambda call: f"{{x}}.quantile_cut({_parts(call)}, {_names(call)}, {{precision}})",
            "print(pd.qcut(df['score'], 2), pd.qcut(df['score'], 3, labels=['low', 'mid', 'high']), pd.qcut(df['score'], [0, 0.3, 1]))\n",
            kind="function",
            result=_cut_type,
            raises=("ValueError",),
        ),
        of_pandas(
            "pandas.Categorical",
            "(values: Any, categories: Any = None, ordered: bool = False) -> Any",
            _categorical_rust,
            "df['name'] = pd.Categorical(df['name'], categories=['Dan', 'Bob', 'Ann'], ordered=True)\nprint(df.sort_values('name'))\n",
            kind="function",
            result=_categorical,
        ),
    ),
)
