"""Methods and attributes of arrays: astype, reshape, tolist, round, sort, shape, T and their like.

## Before
    rows, columns = x.shape
    y = x.astype(float).T
## After
    let (rows, columns) = np::shape2(&x);
    let y = np::transpose(&np::to_float64(&x));
## Same numbers
    equal
## Not handled
    views that are written, `resize`, `setflags`, byte order
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.catalog.numpy_elementwise import clip_result, clip_text
from batuta.catalog.numpy_linalg import BLAS, product_result, product_text, trace_text
from batuta.catalog.numpy_shape import (
    ravel_text,
    repeat_result,
    repeat_text,
    squeeze_result,
    squeeze_text,
    swap_text,
)  # fmt: skip
from batuta.catalog.numpy_sorting import (
    axis_or_last,
    nonzero_result,
    ordering,
    partition_text,
    side,
    sorted_operand,
    sorted_rank,
)
from batuta.ir import types as t

X = "import numpy as np\nx = np.array([[3, 1, 2], [6, 5, 4]])\nf = np.array([0.555, -1.0, 2.25])\n"


def _method(
    name: str,
    signature: str,
    rust: str | Callable[[Call], str],
    result: Callable[[Call], t.Type] | None,
    case: str,
    **more: Any,
) -> Entry:
    returns = "None" if result is None else "Any"
    return Entry(
        f"ndarray.{name}",
        f"(self: Any{', ' + signature if signature else ''}) -> {returns}",
        rust,
        kind="method",
        result=result,
        features=("np",),
        case=X + case,
        **more,
    )


def _attribute(name: str, rust: str | Callable[[Call], str], result: Callable[[Call], t.Type], case: str, **more: Any) -> Entry:
    return Entry(
        f"ndarray.{name}", "(self: Any) -> Any", rust, kind="attribute", result=result, features=("np",), case=X + case, **more
    )


def _astype(call: Call) -> str:
    found = a.operand(call, "self")
    dtype = a.dtype_argument(call, "float64")
    if found.dtype == dtype:
        return "{self}.clone()"
    if found.dtype == "complex128":
        raise a.refuse("the imaginary parts would be thrown away", "Take `.real`.")
    if dtype == "str" and found.dtype.startswith("float"):
        return "np::to_str({&self})"
    return a.reference(call, "self", dtype).removeprefix("&")


def _astype_result(call: Call) -> t.Type:
    return a.array_type(a.dtype_argument(call, "float64"), a.operand(call, "self").rank)


def _list_type(call: Call) -> t.Type:
    found = a.operand(call, "self")
    item: t.Type = {"bool": t.BOOL, "str": t.STR, "complex128": t.COMPLEX}.get(
        found.dtype, t.FLOAT if found.dtype.startswith("float") else t.INT
    )
    for _ in range(found.rank):
        item = t.List(item)
    return item


def _tolist(call: Call) -> str:
    found = a.operand(call, "self")
    if found.rank == 0:
        return _plain(found.dtype, "{self}")
    wide = {"bool": "bool", "str": "str", "complex128": "complex128"}.get(
        found.dtype, "float64" if found.dtype.startswith("float") else "int64"
    )
    held = "{&self}" if wide == found.dtype else f"&np::to_{wide}({{&self}})"
    return f"np::list{found.rank}({held})"


def _plain(dtype: str, text: str) -> str:
    """A NumPy scalar as Python's own number."""
    if dtype in ("bool", "str", "int64", "float64", "complex128"):
        return text
    return f"({text} as {'f64' if dtype.startswith('float') else 'i64'})"


def _python(dtype: str) -> t.Type:
    return {"bool": t.BOOL, "str": t.STR, "complex128": t.COMPLEX}.get(dtype, t.FLOAT if dtype.startswith("float") else t.INT)


def _item(call: Call) -> str:
    found = a.operand(call, "self")
    if found.rank == 0:
        return _plain(found.dtype, "{self}")
    if not call.given("index"):
        return _plain(found.dtype, "np::ravel({&self}).~item([0])")
    return _plain(found.dtype, "np::ravel({&self}).~item([{index}])")


def _reshape_result(call: Call) -> t.Type:
    nodes = call.nodes("shape")  # type: ignore[attr-defined]
    found = a.operand(call, "self")
    if len(nodes) != 1:
        return a.array_type(found.dtype, len(nodes))
    match a.type_of(call, nodes[0]):
        case t.Tuple(items):
            return a.array_type(found.dtype, len(items))
        case t.Scalar("int") | t.NumpyScalar():
            return a.array_type(found.dtype, 1)
    raise a.refuse("the number of axes cannot be told", "Write the shape out.")


def _reshape(call: Call) -> str:
    nodes = call.nodes("shape")  # type: ignore[attr-defined]
    suffix = "_fortran" if call.constant("order", None) == "F" else ""
    if len(nodes) == 1:
        return f"np::~reshape{suffix}({{&self}}, {a.lower(call, nodes[0])})"
    return f"np::~reshape{suffix}({{&self}}, ({', '.join(a.lower(call, each) for each in nodes)}))"


def _transpose(call: Call) -> str:
    nodes = call.nodes("axes")  # type: ignore[attr-defined]
    if not nodes:
        return "np::transpose({&self})"
    if len(nodes) == 1 and hasattr(nodes[0], "elts"):
        nodes = nodes[0].elts
    return f"np::~transpose_axes({{&self}}, &[{', '.join(a.lower(call, each) for each in nodes)}])"


def _shape(call: Call) -> str:
    return f"np::shape{a.operand(call, 'self').rank}({{&self}})"


def _dtype(call: Call) -> str:
    dtype = a.operand(call, "self").dtype
    return "np::str_dtype({&self})" if dtype == "str" else f'"{dtype}".to_string()'


def _flat(call: Call) -> t.Type:
    return t.Array(a.operand(call, "self").dtype, 1)


def _repeat(call: Call) -> str:
    return repeat_text(call, "self")


def _searchsorted(call: Call) -> str:
    dtype = a.meet(a.operand(call, "self"), a.operand(call, "v"))
    return f"np::searchsorted({a.reference(call, 'self', dtype)}, {a.settled(call, 'v', dtype)}, {side(call)})"


def _fill(call: Call) -> str:
    return f"np::fill_with({{mut self}}, {a.reference(call, 'value', a.operand(call, 'self').dtype)})"


def _round(call: Call) -> str:
    return f"np::round({a.reference(call, 'self')}, {{decimals}})"


def _partition_in_place(call: Call) -> str:
    made = partition_text(call, "partition", "self").replace("~", "")
    return f"{{{{ let parts = {made}; np::assign({{mut self}}, &parts) }}}}"


def _same(call: Call) -> t.Type:
    return a.array_type(*a.operand(call, "self")[:2])


def _take_result(call: Call) -> t.Type:
    found = a.operand(call, "self")
    if found.rank > 1 and a.is_none(call, "axis"):
        raise a.refuse("`take` without an axis flattens", "Ravel first.")
    return a.array_type(found.dtype, found.rank if a.operand(call, "indices").rank else found.rank - 1)


def _is_complex(call: Call) -> bool:
    return a.operand(call, "self").dtype == "complex128"


def _conjugate(call: Call) -> str:
    return f"np::conjugate({a.reference(call, 'self')})" if _is_complex(call) else "{self}.clone()"


def _real_part(call: Call) -> str:
    return f"np::real_part({a.reference(call, 'self')})" if _is_complex(call) else "{self}.clone()"


def _imaginary_part(call: Call) -> str:
    return f"np::imaginary_part({a.reference(call, 'self')})" if _is_complex(call) else "np::zero_values({&self})"


def _real_type(call: Call) -> t.Type:
    found = a.operand(call, "self")
    return a.array_type("float64" if found.dtype == "complex128" else found.dtype, found.rank)


SHELF = Shelf(
    module="ndarray",
    entries=(
        _attribute("shape", _shape, lambda call: t.Tuple((t.INT,) * a.operand(call, "self").rank), "print(x.shape, f.shape, x.shape[0])\nrows, columns = x.shape\nprint(rows, columns)\n"),
        _attribute("ndim", lambda call: str(a.operand(call, "self").rank), lambda call: t.INT, "print(x.ndim)\n"),
        _attribute("size", "np::count({&self})", lambda call: t.INT, "print(x.size)\n"),
        _attribute("dtype", _dtype, lambda call: t.STR, "print(x.dtype, f.dtype, (f > 0).dtype)\n", notes="Its text; dtypes are not values."),
        _attribute("T", "np::transpose({&self})", _same, "print(x.T, x.T.shape)\n", aliases="self"),
        _attribute("flat", "np::ravel({&self})", _flat, "print(list(x.flat))\n", notes="A copy."),
        _attribute("nbytes", lambda call: _nbytes(call), lambda call: t.INT, "print(f.nbytes)\n"),
        _attribute("itemsize", lambda call: str(_width(a.operand(call, "self").dtype)), lambda call: t.INT, "print(f.itemsize)\n"),
        _method("astype", "dtype: Any, copy: Any = True", _astype, _astype_result, "print(x.astype(float), f.astype(int), (f > 0).astype(np.int64), x.astype(str), x.astype(bool))\n"),
        _method("copy", "order: Any = None", "np::copy({&self})", _same, "y = x.copy()\ny[0, 0] = 9\nprint(x, y)\n"),
        _method("tolist", "", _tolist, _list_type, "print(x.tolist(), f.tolist(), (f > 0).tolist())\n"),
        _method("item", "index: Any = None", _item, lambda call: _python(a.operand(call, "self").dtype), "print(f[0].item(), x.max().item(), x.item(4))\n"),
        _method("reshape", "*shape: Any, order: Any = None", _reshape, _reshape_result, "print(x.reshape(3, 2), x.reshape(-1), x.reshape((1, 6)), x.reshape(2, -1, 1).shape)\n"
                "try:\n    x.reshape(4, 2)\nexcept ValueError as error:\n    print(error)\n", raises=("ValueError",), aliases="self"),
        _method("ravel", "order: Any = None", lambda call: ravel_text(call, "self"), _flat, "print(x.ravel(), x.T.ravel())\n", aliases="self"),
        _method("flatten", "order: Any = None", lambda call: ravel_text(call, "self"), _flat, "print(x.flatten())\n"),
        _method("transpose", "*axes: Any", _transpose, _same, "print(x.transpose(), x.transpose(1, 0))\n", raises=("ValueError",), aliases="self"),
        _method("swapaxes", "axis1: int, axis2: int", lambda call: swap_text(call, "self"), _same, "print(x.swapaxes(0, 1))\n", aliases="self"),
        _method("squeeze", "axis: Any = None", lambda call: squeeze_text(call, "self"), lambda call: squeeze_result(call, "self"), "print(x[:, :1].squeeze(axis=1))\n", raises=("ValueError",), aliases="self"),
        _method("repeat", "repeats: Any, axis: Any = None", _repeat, lambda call: repeat_result(call, "self"), "print(f.repeat(2), x.repeat(2, axis=1))\n"),
        _method("round", "decimals: int = 0", _round, _same, "print(f.round(1), f.round(), f.mean().round(3))\n"),
        _method("clip", "min: Any = None, max: Any = None", lambda call: clip_text(call, "self", "min", "max"), lambda call: clip_result(call, "self", "min", "max"), "print(f.clip(0, 1), x.clip(min=2))\n"),
        _method("sort", "axis: int = -1, kind: Any = None", "np::sort_in_place({mut self}, {axis})", None, "f.sort()\nx.sort(axis=0)\nprint(f, x)\n", mutates=("self",)),
        _method("argsort", "axis: Any = -1, kind: Any = None, *, stable: Any = None", lambda call: f"np::{ordering(call)}({sorted_operand(call, 'self')}, {axis_or_last(call)})", lambda call: t.Array("int64", sorted_rank(call, "self")), "print(x.argsort(axis=None), f.argsort(), x.argsort(axis=1))\n"),
        _method("argpartition", "kth: Any, axis: Any = -1, kind: Any = None, order: Any = None", lambda call: partition_text(call, "argpartition", "self"), lambda call: t.Array("int64", sorted_rank(call, "self")), "print(x.argpartition(1), f.argpartition(0))\n", raises=("ValueError",)),
        _method("partition", "kth: Any, axis: Any = -1, kind: Any = None, order: Any = None", _partition_in_place, None, "f.partition(1)\nx.partition(0, axis=0)\nprint(f, x)\n", mutates=("self",), raises=("ValueError",)),
        _method("searchsorted", 'v: Any, side: str = "left"', _searchsorted, lambda call: a.array_type("int64", a.operand(call, "v").rank), "print(np.array([1, 2, 3]).searchsorted(2))\n"),
        _method("nonzero", "", lambda call: f"np::nonzero{a.operand(call, 'self').rank}({{&self}})", lambda call: nonzero_result(call, "self"), "print((f > 0).nonzero()[0])\n"),
        _method("fill", "value: Any", _fill, None, "f.fill(3)\nprint(f)\n", mutates=("self",)),
        _method("dot", "other: Any", lambda call: product_text(call, "self", "other"), lambda call: product_result(call, "self", "other"), "print(x.dot(f), f.dot(f), x.dot(x.T))\n", raises=("ValueError",), cost="high", parity=BLAS),
        _method("trace", "offset: int = 0", lambda call: trace_text(call, "self"), lambda call: a.array_type(a.widened(a.operand(call, "self").dtype), 0), "print(np.eye(3).trace())\n"),
        _method("diagonal", "offset: int = 0", "np::diagonal({&self}, {offset})", _flat, "print(np.eye(2).diagonal())\n", aliases="self"),
        _method("take", "indices: Any, axis: Any = None", lambda call: _take(call), _take_result, "print(f.take([2, 0]), x.take([1], axis=1))\n", raises=("IndexError",)),
        _method("conjugate", "", _conjugate, _same, "print(f.conjugate())\n"),
        _attribute("real", _real_part, _real_type, "print(f.real)\n"),
        _attribute("imag", _imaginary_part, _real_type, "print(f.imag)\n"),
        _method("tobytes", "", "py::Bytes::from(np::bytes({&self}))", lambda call: t.BYTES, "print(x.tobytes() == (x + 0).tobytes(), len(f.tobytes()))\n"),
        _method("conj", "", _conjugate, _same, "print(f.conj())\n"),
    ),
    refused={"ndarray.view": ("reinterpreted memory is not translated", "Use astype."), "ndarray.resize": ("the array would change its size", "Make a new array.")},
)  # fmt: skip


def _nbytes(call: Call) -> str:
    width = _width(a.operand(call, "self").dtype)
    return "np::count({&self})" + (f" * {width}" if width > 1 else "")


def _width(dtype: str) -> int:
    """Bytes of an element."""
    return {
        "bool": 1,
        "int8": 1,
        "uint8": 1,
        "int16": 2,
        "uint16": 2,
        "int32": 4,
        "uint32": 4,
        "float32": 4,
        "complex128": 16,
    }.get(dtype, 8)


def _take(call: Call) -> str:
    axis = "0" if a.is_none(call, "axis") else a.axis_text(call)
    return f"np::~take_axis({{&self}}, {a.reference(call, 'indices', 'int64')}, {axis})"
