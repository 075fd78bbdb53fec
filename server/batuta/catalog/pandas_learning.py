"""pandas' tables and columns as NumPy and scikit-learn take them.

## Before
    model.fit(df[["age", "score"]], df["ok"])
    df["log"] = np.log(df["age"])
## After
    model.fit(&df.select(&["age", "score"]).table(), &df.series("ok").bool_array());
    let df = df.assigned("log", &df.series("age").with_array(&np::log(&df.series("age").int_array())));
## Same numbers
    equal bits; texts in a table reach the transformers that take texts, and the names of the columns all of them
## Not handled
    columns whose type is known only when the program runs
"""

from __future__ import annotations

from batuta.catalog._estimators import NAMES
from batuta.catalog._table_entries import USE, array_of_column, array_of_column_rust
from batuta.catalog._tables import (
    AS_ARRAY,
    AS_TABLE,
    FRAME,
    NP_PD,
    SERIES,
    TEXTS,
    WITH_VALUES,
    column_type,
    columns_of,
    series_type,
)
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir import types as t

_USE = USE.replace("float('nan')", "4.0")


def _table(call: Call) -> t.Type:
    columns_of(call.type("self"))
    return t.Array("float64", 2)


SHELF = Shelf(
    module="pandas",
    entries=(
        Entry(
            f"{SERIES}.{AS_ARRAY}",
            f'(self: Object["{SERIES}", D]) -> Any',
            array_of_column_rust,
            kind="method",
            result=array_of_column,
            features=(*NP_PD, "ml"),
            case=_USE + "print(np.unique(df['age']), np.array(df['score']), np.argmax(df['age']), np.where(df['ok'], 1, 0))\n",
        ),
        Entry(
            f"{TEXTS}.{AS_ARRAY}",
            f'(self: "{TEXTS}") -> "{NAMES}"',
            "{self}.array()",
            kind="method",
            features=(*NP_PD, "ml"),
            case=_USE
            + "from sklearn.preprocessing import LabelEncoder\nprint(LabelEncoder().fit_transform(df['name'].values))\n",
        ),
        Entry(
            f"{FRAME}.{AS_TABLE}",
            f'(self: Object["{FRAME}", C]) -> Any',
            "{self}.table()",
            kind="method",
            result=_table,
            features=(*NP_PD, "ml"),
            case=_USE + "from sklearn.preprocessing import OneHotEncoder, StandardScaler\n"
            "scaler = StandardScaler().fit(df[['age', 'score']])\nprint(scaler.transform(df[['age', 'score']]), scaler.feature_names_in_)\n"
            "encoder = OneHotEncoder(sparse_output=False).fit(df[['name', 'age', 'ok']])\n"
            "print(encoder.transform(df[['name', 'age', 'ok']]), encoder.get_feature_names_out())\n",
        ),
        Entry(
            f"{SERIES}.{WITH_VALUES}",
            f'(self: Object["{SERIES}", D], values: Any, other: Any = None) -> Any',
            lambda call: (
                "{self}.with_array_beside({&values}, {&other})" if call.given("other") else "{self}.with_array({&values})"
            ),
            kind="method",
            result=lambda call: series_type(column_type(call.type("values"))),
            features=NP_PD,
            case=_USE
            + "print(np.log(df['age']), np.sqrt(df['score'].abs()).round(2), np.maximum(df['age'], df['score']), np.round(df['score'], 1))\n"
            "print(np.mean(df['score']), np.max(df['age']))\n",
        ),
    ),
)
