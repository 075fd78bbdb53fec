"""Constants and dtypes of NumPy: np.pi, np.inf, np.newaxis, np.float64(x).

## Before
    area = np.pi * r ** 2
## After
    let area = std::f64::consts::PI * r * r;
## Same numbers
    equal bits
## Not handled
    dtypes as values that are computed
"""

from __future__ import annotations

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir import types as t


def _constant(name: str, rust: str, type_: str = "float", case: str = "") -> Entry:
    return Entry(
        f"numpy.{name}",
        f"() -> {type_}",
        rust,
        kind="constant",
        case=case or f"import numpy as np\nprint(np.{name})\n",
    )


def _scalar_class(name: str, dtype: str, sample: str) -> Entry:
    """`np.float64(x)`: a conversion."""

    def result(call: Call) -> t.Type:
        found = a.operand(call, "value")
        return a.array_type(dtype, found.rank)

    def rust(call: Call) -> str:
        found = a.operand(call, "value")
        if found.rank == 0 and found.dtype == "str":
            return "py::~float({&value})" if dtype.startswith("float") else "{value}"
        if found.rank == 0:
            text = a.scalar(dtype, found.dtype, "{value}", call.node("value"), found.weak)
            return f"{text}_{a.RUST_TYPES[dtype]}" if text.isdigit() else text
        return a.reference(call, "value", dtype).removeprefix("&")

    return Entry(
        f"numpy.{name}",
        "(value: Any) -> Any",
        rust,
        result=result,
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}({sample}), [np.{name}({sample})])\n",
    )


SHELF = Shelf(
    module="numpy",
    entries=(
        _constant("pi", "std::f64::consts::PI"),
        _constant("e", "std::f64::consts::E"),
        _constant("inf", "f64::INFINITY"),
        _constant("Inf", "f64::INFINITY", case="import numpy as np\nprint(np.inf)\n"),
        _constant("nan", "f64::NAN"),
        _constant("euler_gamma", "0.577_215_664_901_532_9"),
        _constant("newaxis", "()", "None", "import numpy as np\nprint(np.arange(3)[:, np.newaxis])\n"),
        _scalar_class("float64", "float64", "2"),
        _scalar_class("float32", "float32", "2.5"),
        _scalar_class("int64", "int64", "2.9"),
        _scalar_class("int32", "int32", "7"),
        _scalar_class("uint8", "uint8", "200"),
        _scalar_class("int8", "int8", "-5"),
        _scalar_class("int16", "int16", "300"),
        _scalar_class("uint16", "uint16", "300"),
        _scalar_class("uint32", "uint32", "70000"),
        _scalar_class("uint64", "uint64", "70000"),
        _scalar_class("intp", "int64", "3"),
        _scalar_class("double", "float64", "3"),
        _scalar_class("bool", "bool", "0"),
        _scalar_class("bool_", "bool", "1"),
        _scalar_class("int_", "int64", "3"),
    ),
)
