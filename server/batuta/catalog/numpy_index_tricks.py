"""Objects that are indexed to join arrays: np.c_, np.r_.

## Before
    X = np.c_[np.ones(n), x]
## After
    let x_ = np::concatenate(&[&np::column(&np::ones::<f64, _>(n)), &np::column(&x)], 1);
## Same numbers
    equal
## Not handled
    slices without an end (`r_[0:4]` is `r_[np.arange(0, 4)]` before it comes here, and `r_[0:1:5j]` is `r_[np.linspace(0, 1, 5)]`)
"""

from __future__ import annotations

import ast

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, LibraryClass, Shelf
from batuta.catalog.numpy_shape import Parts
from batuta.ir import types as t


class _Pieces(Parts):
    """The parts of `np.c_[a, b]`; one part alone stands for itself."""

    def __init__(self, call: Call) -> None:
        node = call.node("index")
        nodes = list(node.elts) if isinstance(node, ast.Tuple) else [node]
        if any(each is None or isinstance(each, ast.Slice | ast.Starred) for each in nodes):
            raise a.refuse("these slices inside the brackets are not translated", "Use np.arange.")
        self.call, self.name = call, "index"
        self.nodes = [each for each in nodes if each is not None]
        self.found = [a.describe(a.type_of(call, each)) for each in self.nodes]


def _columns(call: Call) -> str:
    pieces = _Pieces(call)
    made = [
        f"&np::column({one})" if found.rank <= 1 else one
        for one, found in zip(pieces.references() or [], pieces.found, strict=True)
    ]
    return f"np::~concatenate(&[{', '.join(made)}], 1)"


def _rows(call: Call) -> str:
    return f"np::~concatenate(&[{', '.join(_Pieces(call).references() or [])}], 0)"


def _rows_result(call: Call) -> t.Type:
    pieces = _Pieces(call)
    return t.Array(pieces.dtype, max(1, *(each.rank for each in pieces.found)))


def _entry(name: str, rust: object, result: object, case: str) -> tuple[Entry, Entry]:
    return (
        Entry(f"numpy.{name}", f'() -> "numpy.{name}"', "()", kind="constant", case="import numpy as np\n" + case),
        Entry(
            f"numpy.{name}.__getitem__",
            "(self: Any, index: Any) -> Any",
            rust,  # type: ignore[arg-type]
            kind="method",
            result=result,  # type: ignore[arg-type]
            features=("np",),
            raises=("ValueError",),
            case="import numpy as np\n" + case,
        ),
    )


SHELF = Shelf(
    module="numpy.index_tricks",
    entries=(
        *_entry(
            "c_",
            _columns,
            lambda call: t.Array(_Pieces(call).dtype, 2),
            "x = np.array([1.0, 2.0])\nprint(np.c_[np.ones(2), x], np.c_[x, np.eye(2)], np.c_[x])\n",
        ),
        *_entry(
            "r_",
            _rows,
            _rows_result,
            "print(np.r_[[1, 2], 3, np.array([4, 5])], np.r_[0:3, 10:16:2, -1], np.r_[0:1:5j], np.r_[5:8], np.c_[0:3, 4:7])\n",
        ),
    ),
    classes=(
        LibraryClass("numpy.c_", "()", copy=True, mutable=False),
        LibraryClass("numpy.r_", "()", copy=True, mutable=False),
    ),
)
