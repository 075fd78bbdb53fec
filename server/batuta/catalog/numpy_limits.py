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


def _named_dtype(name: str, signature: str, case: str) -> Entry:
    """A dtype as its text."""

    def rust(call: Call) -> str:
        if name == "dtype":
            node = call.node("dtype")
            found = a.written_dtype(call, node) if node is not None else None
        else:
            nodes = [each for held in _parameters(name) for each in call.nodes(held)]  # type: ignore[attr-defined]
            found = a.meet(*[a._as_operand(call, each) for each in nodes])
        if found in (None, "str"):
            raise a.refuse("the dtype cannot be told before the program runs", "Name one dtype.")
        return f'"{found}".to_string()'

    return Entry(f"numpy.{name}", signature, rust, features=("np",), case="import numpy as np\n" + case)


def _parameters(name: str) -> tuple[str, ...]:
    return ("arrays_and_dtypes",) if name == "result_type" else ("type1", "type2")


_DTYPES = (
    ("dtype", "(dtype: Any) -> str", "print(np.dtype(np.float32), np.dtype('i4'), np.dtype(float))\n"),
    (
        "result_type",
        "(*arrays_and_dtypes: Any) -> str",
        "x = np.arange(3, dtype=np.float32)\nprint(np.result_type(x, np.int64), np.result_type(x, 3), np.result_type(np.int8, np.uint8))\n"
        "print(np.zeros(2, dtype=np.result_type(x, np.float64)).dtype, np.array([1, 2], dtype=np.dtype('f4')).dtype)\n",
    ),
    (
        "promote_types",
        "(type1: Any, type2: Any) -> str",
        "print(np.promote_types('i4', 'f4'), np.promote_types(np.uint8, np.int8))\n",
    ),
)


SHELF = Shelf(
    module="numpy.limits",
    entries=(
        Entry("numpy.finfo", '(dtype: Any) -> "numpy.finfo"', "()", case="import numpy as np\nprint(np.finfo(float).eps)\n"),
        Entry("numpy.iinfo", '(type: Any) -> "numpy.iinfo"', "()", case="import numpy as np\nprint(np.iinfo(int).max)\n"),
        *(_float(name) for name in FLOATS),
        _int("max"),
        _int("min"),
        *(_named_dtype(*each) for each in _DTYPES),
    ),
    classes=(
        LibraryClass("numpy.finfo", "()", copy=True, mutable=False),
        LibraryClass("numpy.iinfo", "()", copy=True, mutable=False),
    ),
)
