"""What is made of a text is what pandas makes of it, or nothing."""

from __future__ import annotations

import ast
import io
import random

import pandas as pd
import pytest

from batuta.analysis.written_csv import read_columns

CELLS = (
    "1", "-3", "+4", "007", "2.5", "-.5", "3.", "1e5", "-2E-3", "", "NA", "nan", "True", "false", "x", "a b", " y", "1x", "2024-01-02",
    "123456789012345678", "0.1234567890123456789", "1e300", "inf", '"q, r"', '"say ""no"""', "None", " 5",
)  # fmt: skip


def held(columns: list[tuple[str, list[ast.expr]]]) -> pd.DataFrame:
    """The table of the columns that were written out."""
    values = {name: [eval(ast.unparse(each)) for each in cells] for name, cells in columns}
    return pd.DataFrame(values)


@pytest.mark.parametrize("seed", range(300))
def test_a_text_is_read_as_pandas_reads_it(seed: int) -> None:
    chance = random.Random(seed)
    few = chance.sample(CELLS, chance.randint(1, 3))
    rows = [",".join(chance.choice(few) for _ in range(2)) for _ in range(chance.randint(1, 5))]
    text = "one,two\n" + "\n".join(rows) + "\n"
    columns = read_columns(text)
    if columns is not None:
        pd.testing.assert_frame_equal(held(columns), pd.read_csv(io.StringIO(text)), check_exact=True)


def test_plain_texts_are_read() -> None:
    columns = read_columns("name,age,score,ok\nAnn,31,1.5,True\nBob,25,,False\n\n")
    assert columns is not None
    found = held(columns)
    assert [str(each) for each in found.dtypes] == ["str", "int64", "float64", "bool"] and found.shape == (2, 4)


@pytest.mark.parametrize(
    "text", ["", "a,b\n", "a,b\n1\n", "a,a\n1,2\n", "a,\n1,2\n", 'a,b\n"1,2\n', "a,b\n1 ,2 \n", "a,b\n,\n"]
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert read_columns(text) is None
