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
    found = a.written_dtype(call, part)
    if found is None:
        raise a.refuse("the dtype cannot be told before the program runs", "Name the dtype.")
    return found


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
        limit = f"{a.RUST_TYPES[dtype]}::{name.upper()}"
        return limit if dtype == "int64" else f"({limit} as i64)"

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


_KINDS = {"b": ("bool",), "i": ("int",), "u": ("uint",), "f": ("float",), "c": ("complex",), "U": ("str",)}
_ABOVE = {
    "generic": "biufcU", "number": "iufc", "integer": "iu", "signedinteger": "i", "unsignedinteger": "u", "inexact": "fc",
    "floating": "f", "complexfloating": "c", "character": "U", "flexible": "U", "bool": "b", "bool_": "b", "str_": "U",
}  # fmt: skip
"""The classes of NumPy's hierarchy, with the kinds of the dtypes below them."""


def kind_of(dtype: str) -> str:
    """The letter of a dtype's kind."""
    return next(letter for letter, starts in _KINDS.items() if dtype.startswith(starts))


def _itemsize(call: Call) -> str:
    node = call.node("dtype")
    found = a.written_dtype(call, node) if node is not None else None
    if found in (None, "str"):
        raise a.refuse("the dtype cannot be told before the program runs", "Name the dtype.")
    bits = "".join(each for each in str(found) if each.isdigit())
    return str(int(bits) // 8 if bits else 1)


def _is_below(call: Call) -> str:
    first, second = call.node("arg1"), call.node("arg2")
    assert first is not None and second is not None
    found = a.written_dtype(call, first)
    above = str(call.constant("arg2"))
    if found is None:
        raise a.refuse("the dtype cannot be told before the program runs", "Name the dtype.")
    name = above.removeprefix("numpy.")
    if name in _ABOVE:
        return "true" if kind_of(found) in _ABOVE[name] else "false"
    return "true" if found == a.dtype_of(above) else "false"


SHELF = Shelf(
    module="numpy.limits",
    entries=(
        Entry("numpy.finfo", '(dtype: Any) -> "numpy.finfo"', "()", case="import numpy as np\nprint(np.finfo(float).eps)\n"),
        Entry("numpy.iinfo", '(type: Any) -> "numpy.iinfo"', "()", case="import numpy as np\nprint(np.iinfo(int).max)\n"),
        *(_float(name) for name in FLOATS),
        _int("max"),
        _int("min"),
        *(_named_dtype(*each) for each in _DTYPES),
        Entry(
            "numpy.issubdtype",
            "(arg1: Any, arg2: Any) -> bool",
            _is_below,
            features=("np",),
            case="import numpy as np\nx = np.arange(3, dtype=np.float32)\nprint(np.issubdtype(x.dtype, np.floating), np.issubdtype(np.int8, np.integer), np.issubdtype(x.dtype, np.integer), np.issubdtype(np.float64, float))\n",
        ),
        Entry(
            "numpy._itemsize",
            "(dtype: Any) -> int",
            _itemsize,
            features=("np",),
            case="import numpy as np\nprint(np.dtype(np.float32).itemsize, np.dtype('i8').itemsize, np.dtype(bool).itemsize, np.dtype(float).name)\n",
            notes="What `np.dtype(…).itemsize` becomes.",
        ),
        Entry(
            "numpy._kind",
            "(x: Any) -> str",
            lambda call: f'"{kind_of(a.operand(call, "x").dtype)}".to_string()',
            features=("np",),
            case="import numpy as np\nx = np.arange(3)\nprint(x.dtype.kind, (x > 1).dtype.kind, (x / 2).dtype.kind, x.dtype.name, x.dtype.itemsize, x.dtype == np.int64, x.dtype in (np.int8, float))\n",
            notes="What `x.dtype.kind` becomes.",
        ),
    ),
    classes=(
        LibraryClass("numpy.finfo", "()", copy=True, mutable=False),
        LibraryClass("numpy.iinfo", "()", copy=True, mutable=False),
    ),
)
