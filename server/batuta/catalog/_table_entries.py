"""What the entries of pandas share: how they are written down, and what they ask about tables and columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from batuta.catalog._estimators import NAMES
from batuta.catalog._tables import CATEGORY, FRAME, NP_PD, SERIES, any_held, column_type, columns_of, held_by
from batuta.catalog.entry import Call, Entry, NotYet, Refusal
from batuta.ir import types as t

ME = f'self: Object["{FRAME}", C]'
COLUMN = f'self: Object["{SERIES}", D]'
USE = (
    "import numpy as np\nimport pandas as pd\n"
    "df = pd.DataFrame({'name': ['Ann', 'Bob', 'Cleo', 'Dan'], 'age': [31, 25, 40, 25], "
    "'score': [1.5, 2.25, float('nan'), -0.125], 'ok': [True, False, True, True]})\n"
)
"""What the cases begin with."""
OPERANDS: dict[t.Type, str] = {t.INT: "Int", t.FLOAT: "Float", t.BOOL: "Bool", t.STR: "Str"}
"""The Rust operand of a value that stands for all rows."""
FORMS: dict[t.Type, str] = {t.INT: "int", t.FLOAT: "float", t.BOOL: "truth", t.STR: "text"}
"""The first word of the methods that give one value of a column."""
DTYPES_OF: dict[t.Type, str] = {t.INT: "int64", t.FLOAT: "float64", t.BOOL: "bool"}
"""The dtype of a column of numbers."""
SCALARS: dict[t.Type, t.Type] = {held: t.NumpyScalar(dtype) for held, dtype in DTYPES_OF.items()} | {t.STR: t.STR}
"""What one value of a column is."""


def item_of(held: t.Type) -> t.Type:
    """What one value of a column is. A number that is known only when the program runs is none of Python's, and is printed otherwise."""
    if held == t.VALUE:
        reason = "whether a value of this column is an int or a float is known only when the program runs"
        raise Refusal("BAT103", reason, "Turn the column into floats first.")
    return t.VALUE if held == CATEGORY else SCALARS[held]


RUST: dict[t.Type, str] = {
    t.INT: "i64",
    t.FLOAT: "f64",
    t.BOOL: "bool",
    t.STR: "String",
    t.VALUE: "py::Value",
    CATEGORY: "py::Value",
}
"""The Rust type of one value of a column."""
HELD: dict[str, t.Type] = {dtype: held for held, dtype in DTYPES_OF.items()}
CASTS: dict[Any, tuple[t.Type, str]] = {
    name: cast
    for cast, names in (
        ((t.FLOAT, "as_floats"), ("builtins.float", "float", "float64", "numpy.float64")),
        ((t.INT, "as_ints"), ("builtins.int", "int", "int64", "numpy.int64")),
    )
    for name in names
}
"""What columns of numbers are turned into: the type, and the method."""


def of_pandas(
    name: str,
    signature: str | tuple[str, ...],
    rust: Any,
    case: str = "",
    *,
    kind: Any = "method",
    whole: str = "",
    **more: Any,
) -> Entry:
    """An entry of pandas; its case begins with the table `df`, unless it is given as a whole."""
    return Entry(name, signature, rust, kind=kind, features=NP_PD, case=whole or (USE + case if case else ""), **more)


def of_frame(name: str, parameters: str, rust: Any, case: str = "", *, gives: str = "Any", **more: Any) -> Entry:
    """A method or an attribute of tables."""
    return of_pandas(f"{FRAME}.{name}", _signature(ME, parameters, gives), rust, case, **more)


def of_column(name: str, parameters: str, rust: Any, case: str = "", *, gives: str = "Any", **more: Any) -> Entry:
    """A method or an attribute of columns."""
    return of_pandas(f"{SERIES}.{name}", _signature(COLUMN, parameters, gives), rust, case, **more)


def _signature(me: str, parameters: str, gives: str) -> str:
    return f"({me}{', ' if parameters else ''}{parameters}) -> {gives}"


def series(held: str) -> str:
    """The parameter of a method of columns that hold this."""
    return f'self: Object["{SERIES}", {held}]'


def same(call: Call) -> t.Type:
    """The result of what gives a table or column of the same types."""
    return call.type("self")


def numbers_only(call: Call) -> None:
    """Refuses a column that holds no ints or floats."""
    if any_held(call.type("self")) not in (t.INT, t.FLOAT, t.VALUE):
        raise Refusal("BAT103", "this is translated for columns of ints and floats", "Choose a column of numbers.")


def check_numbers(call: Call, error: str = "TypeError") -> None:
    """`mean` and its like fail in pandas where a column holds texts, unless they are asked to leave it out."""
    if any(held == t.STR for _, held in columns_of(call.type("self"))) and call.constant("numeric_only") is not True:
        raise Refusal("BAT103", f"a column of texts has no such number: pandas raises a {error}", "Pass numeric_only=True.")


def held_or_none(found: t.Type) -> t.Type | None:
    """What a column holds that is made of one value; None of anything else."""
    if isinstance(found, t.NumpyScalar):
        return HELD.get(found.dtype)
    return found if found in OPERANDS else None


def array_of_column(call: Call) -> t.Type:
    """The array that a column is."""
    held = held_by(call.type("self"))
    return t.Object(NAMES) if held == t.STR else t.Array(DTYPES_OF[held], 1)


def array_of_column_rust(call: Call) -> str:
    """The method that gives the array."""
    return f"{{self}}.{FORMS[held_by(call.type('self'))].replace('truth', 'bool')}_array()"


def operand(call: Call, name: str) -> str:
    """An argument as the other side of an operator: one value for all rows, a column, or the values of an array."""
    found = call.type(name)
    held = held_or_none(found)
    if held is not None:
        return f"pd::Operand::{OPERANDS[held]}({{{'&' if held == t.STR else ''}{name}}})"
    if isinstance(found, t.Object) and found.name == SERIES:
        return f"pd::Operand::Rows({{&{name}}})"
    return f"pd::Operand::Values(pd::column({{&{name}}}))"


def returned(call: Any, variable: str = "R") -> t.Type:
    """What a function gives that is an argument. Raises NotYet while that is unknown."""
    cell = call.use.variables.get(variable)
    found = call.inference.resolver.resolve(cell) if cell is not None else t.Unknown()
    if isinstance(found, t.Unknown):
        raise NotYet
    return found  # type: ignore[no-any-return]


def column_of_returned(call: Any) -> t.Type:
    """What a column holds that a function gives value by value."""
    return column_type(t.List(returned(call)))


def one_type(held: Iterable[t.Type]) -> t.Type:
    """What values of several columns are: of one type, or of types that are known when the program runs."""
    kinds = set(held)
    if kinds == {t.INT, t.FLOAT}:
        return t.FLOAT
    return kinds.pop() if len(kinds) == 1 else t.VALUE


def escaped(code: str) -> str:
    """Rust as a part of a template."""
    return code.replace("{", "{{").replace("}", "}}")
