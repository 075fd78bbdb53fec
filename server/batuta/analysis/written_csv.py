"""What `pd.read_csv` makes of a text that stands in the program, as columns with their values.

pandas decides by all values of a column what it holds: ints, floats (also where a number is missing), truth values, or texts. Where its
own reading of a number could differ in the last digit, or the text has another form than rows of equal length, nothing is made of it.
"""

from __future__ import annotations

import ast
import csv
import io
import re

MISSING = frozenset(
    {
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL",
        "NaN", "None", "n/a", "nan", "null",
    }
)  # fmt: skip
"""What pandas takes for a missing value."""
_INT = re.compile(r"[+-]?[0-9]{1,15}")
_FLOAT = re.compile(r"[+-]?(?P<digits>[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE](?P<exponent>[+-]?[0-9]{1,2}))?")
_TRUTHS = {"True": True, "TRUE": True, "true": True, "False": False, "FALSE": False, "false": False}
MOST_DIGITS, LARGEST_EXPONENT = 15, 22
"""Up to here one division or product of exact numbers gives the nearest float, whichever way it is read."""
_NUMERIC = re.compile(r"\s*[+-]?(?:[0-9.]|inf|nan|infinity)", re.IGNORECASE)


def read_columns(text: str, separator: str = ",") -> list[tuple[str, list[ast.expr]]] | None:
    """The columns of a text with their values as expressions; None for one that is not as plain as that."""
    if len(separator) != 1 or "\r" in text or "\0" in text:
        return None
    try:
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator, strict=True) if row]
    except csv.Error:
        return None
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        return None
    names = rows[0]
    if len(set(names)) != len(names) or any(not name or name.strip() != name for name in names):
        return None
    columns = []
    for place, name in enumerate(names):
        values = _values([row[place] for row in rows[1:]])
        if values is None:
            return None
        columns.append((name, values))
    return columns


def _values(texts: list[str]) -> list[ast.expr] | None:
    there = [each for each in texts if each not in MISSING]
    if not there:
        return None
    if len(there) == len(texts) and all(each in _TRUTHS for each in there):
        return [ast.Constant(_TRUTHS[each]) for each in texts]
    if all(_INT.fullmatch(each) for each in there):
        if len(there) == len(texts):
            return [_number(int(each)) for each in texts]
        return [_number(float(each)) if each not in MISSING else _nan() for each in texts]
    if all(_is_float(each) for each in there):
        return [_number(float(each)) if each not in MISSING else _nan() for each in texts]
    if any(each in _TRUTHS for each in there) or any(_NUMERIC.match(each) for each in there):
        # A number with blanks or too many digits, a date, numbers among texts: pandas has rules of its own.
        return None
    return [ast.Constant(each) if each not in MISSING else ast.Constant(None) for each in texts]


def _is_float(text: str) -> bool:
    match = _FLOAT.fullmatch(text)
    if match is None:
        return False
    digits = match["digits"].replace(".", "").lstrip("0")
    behind = len(match["digits"].partition(".")[2])
    return len(digits) <= MOST_DIGITS and abs(int(match["exponent"] or 0) - behind) <= LARGEST_EXPONENT


def _number(value: int | float) -> ast.expr:
    if value < 0:
        return ast.UnaryOp(ast.USub(), ast.Constant(-value))
    return ast.Constant(value)


def _nan() -> ast.expr:
    return ast.Call(ast.Name("float", ast.Load()), [ast.Constant("nan")], [])
