"""What a dtype can hold: np.finfo, np.iinfo.

## Before
    best = np.full(n, np.finfo(float).max)
    top = np.iinfo(np.int32).max
## After
    let best = np::full(n, f64::MAX);
    let top = i32::MAX as i64;
## Same numbers
    equal bits
## Not handled
    a dtype that is not written out
"""

from __future__ import annotations

import ast

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, LibraryClass, Shelf
from batuta.ir import types as t

FLOATS = {"eps": "EPSILON", "max": "MAX", "min": "MIN", "tiny": "MIN_POSITIVE", "smallest_normal": "MIN_POSITIVE"}


def _described(call: Call) -> str:
    """The dtype of `np.finfo(np.float32)` in `np.finfo(np.float32).eps`."""
    node = call.node("self")
    if not isinstance(node, ast.Call) or not node.args:
        raise a.refuse("the dtype must be written in the same expression", "Write np.finfo(float).eps.")
    part = node.args[0]
    if isinstance(part, ast.Attribute) and part.attr == "dtype":
        return a.describe(a.type_of(call, part.value)).dtype
    return a.dtype_of(call._constant(part))  # type: ignore[attr-defined]


def _float(name: str) -> Entry:
    def rust(call: Call) -> str:
        dtype = _described(call)
        if not dtype.startswith("float"):
            raise a.refuse(f"{dtype} is no float", "Use np.iinfo.")
        return f"{a.RUST_TYPES[dtype]}::{FLOATS[name]}"

    return Entry(
        f"numpy.finfo.{name}",
        "(self: Any) -> Any",
        rust,
        kind="attribute",
        result=lambda call: t.NumpyScalar(_described(call)),
        case=f"import numpy as np\nprint(np.finfo(float).{name}, np.finfo(np.float64).{name} > 0)\n",
    )


def _int(name: str) -> Entry:
    def rust(call: Call) -> str:
        dtype = _described(call)
        if dtype.startswith("float"):
            raise a.refuse(f"{dtype} is no integer", "Use np.finfo.")
        return f"({a.RUST_TYPES[dtype]}::{name.upper()} as i64)"

    return Entry(
        f"numpy.iinfo.{name}",
        "(self: Any) -> int",
        rust,
        kind="attribute",
        case=f"import numpy as np\nprint(np.iinfo(np.int32).{name}, np.iinfo(np.uint8).{name}, np.iinfo(int).{name})\n",
    )


SHELF = Shelf(
    module="numpy.limits",
    entries=(
        Entry("numpy.finfo", '(dtype: Any) -> "numpy.finfo"', "()", case="import numpy as np\nprint(np.finfo(float).eps)\n"),
        Entry("numpy.iinfo", '(type: Any) -> "numpy.iinfo"', "()", case="import numpy as np\nprint(np.iinfo(int).max)\n"),
        *(_float(name) for name in FLOATS),
        _int("max"),
        _int("min"),
    ),
    classes=(
        LibraryClass("numpy.finfo", "()", copy=True, mutable=False),
        LibraryClass("numpy.iinfo", "()", copy=True, mutable=False),
    ),
)
