"""Products over named indices: np.einsum, np.tensordot.

## Before
    c = np.einsum("ij,jk->ik", a, b)
## After
    let c = np::einsum::<f64, ndarray::Ix2>(&[("ij", a.view().into_dyn()), ("jk", b.view().into_dyn())], "ik");
## Same numbers
    within 1e-12 relative: NumPy adds in another order
## Not handled
    an ellipsis, subscripts that are not written out, `optimize`, `tensordot` over other axes than the inner ones
"""

from __future__ import annotations

import re

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Parity, Shelf
from batuta.catalog.numpy_linalg import product_result, product_text
from batuta.ir import types as t


def _parts(call: Call) -> tuple[list[str], str]:
    """The subscripts of each operand, and of the result."""
    text = call.constant("subscripts")
    if not isinstance(text, str) or "." in text:
        raise a.refuse("the subscripts must be written out", "Name each index.")
    left, arrow, result = text.replace(" ", "").partition("->")
    operands = left.split(",")
    if not arrow:
        # Without an arrow: the indices that stand once, in alphabetical order.
        result = "".join(sorted(each for each in set(left) - {","} if left.count(each) == 1))
    return operands, result


def _dtype(call: Call) -> str:
    nodes = call.nodes("operands")  # type: ignore[attr-defined]
    return a.meet(*[a.describe(a.type_of(call, each))._replace(weak=False) for each in nodes])


def _result(call: Call) -> t.Type:
    operands, result = _parts(call)
    nodes = call.nodes("operands")  # type: ignore[attr-defined]
    found = [a.describe(a.type_of(call, each)) for each in nodes]
    if [each.rank for each in found] != [len(each) for each in operands]:
        raise a.refuse("the subscripts do not name each axis", "Write one letter for each axis of each operand.")
    if any(each not in "".join(operands) for each in result) or len(set(result)) < len(result):
        raise a.refuse("the result's indices must be the operands'", "Name each index of the result once.")
    return a.array_type(_dtype(call), len(result))


def _einsum(call: Call) -> str:
    a.only_default(call, "out", "order")
    operands, result = _parts(call)
    dtype = _dtype(call)
    dtype = "int64" if dtype == "bool" else dtype
    pairs = []
    for subscripts, node in zip(operands, call.nodes("operands"), strict=True):  # type: ignore[attr-defined]
        found = a.describe(a.type_of(call, node))
        text = a.lower(call, node, "ref")
        held = text if found.is_array else "&" + a.list_text(found, text)
        held = held if found.dtype == dtype else f"&np::to_{dtype}({held})"
        place = re.sub(r"^&\*?", "", held)
        place = place if re.match(r"[\w:]", place) else f"({held})"
        pairs.append(f'("{subscripts}", {place}.view().into_dyn())')
    made = f'np::~einsum::<{a.RUST_TYPES[dtype]}, ndarray::Ix{len(result)}>(&[{", ".join(pairs)}], "{result}")'
    return made if result else f"{made}.into_scalar()"


def _inner(call: Call) -> None:
    one, other = a.array_operand(call, "a"), a.array_operand(call, "b")
    if call.constant("axes", 2) != 1 or one.rank > 2 or other.rank > 2:
        raise a.refuse("`tensordot` over the inner axes of matrices is translated", "Use np.einsum.")


def _tensordot_result(call: Call) -> t.Type:
    _inner(call)
    return product_result(call, "a", "b")


SHELF = Shelf(
    module="numpy.einsum",
    entries=(
        Entry(
            "numpy.einsum",
            "(subscripts: Any, *operands: Any, out: Any = None, order: Any = None, optimize: Any = None) -> Any",
            _einsum,
            result=_result,
            features=("np",),
            raises=("ValueError",),
            cost="high",
            parity=Parity("close", 1e-12, caveat="NumPy adds in another order"),
            literal=(),
            case="import numpy as np\nx, y = np.array([[1, 2], [3, 4]]), np.array([[5, 6], [7, 8]])\n"
            "print(np.einsum('ij,jk->ik', x, y), np.einsum('ii', x), np.einsum('ij->j', x), np.einsum('i,j->ij', x[0], y[0]))\n"
            "print(np.einsum('ij,ij->i', x, y * 0.5), np.einsum('ij->ji', x), np.einsum('i,i', x[0], y[1]))\n",
        ),
        Entry(
            "numpy.tensordot",
            "(a: Any, b: Any, axes: Any = 2) -> Any",
            lambda call: product_text(call, "a", "b"),
            result=_tensordot_result,
            features=("np",),
            raises=("ValueError",),
            cost="high",
            parity=Parity("close", 1e-12, caveat="BLAS adds in another order"),
            case="import numpy as np\nx = np.array([[1.0, 2.0], [3.0, 4.0]])\nprint(np.tensordot(x, x, axes=1), np.tensordot(x, x[0], axes=1))\n",
        ),
    ),
)
