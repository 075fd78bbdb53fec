"""Grids and positions: np.indices, np.mgrid, np.ogrid, np.triu_indices, np.ix_, np.take_along_axis.

## Before
    rows, columns = np.indices((8, 8))
    i, j = np.triu_indices(n, k=1)
## After
    let parts = np::indices2(8, 8);
    let (i, j) = np::triu_indices(n, 1, n);
## Same numbers
    equal
## Not handled
    grids of more than two axes, `np.indices` of a shape that is not written as a pair
"""

from __future__ import annotations

import ast

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, LibraryClass, Shelf
from batuta.ir import types as t

V = t.Array("int64", 1)


def _pair(call: Call, name: str) -> tuple[str, str]:
    node = call.node(name)
    if isinstance(node, ast.Tuple | ast.List) and len(node.elts) == 2:
        return a.lower(call, node.elts[0]), a.lower(call, node.elts[1])
    found = call.type(name)
    if isinstance(found, t.Tuple) and len(found.items) == 2:
        return f"{{{name}}}.0", f"{{{name}}}.1"
    raise a.refuse("a grid of two axes is translated", "Write the shape as a pair.")


def _indices(call: Call) -> str:
    rows, columns = _pair(call, "dimensions")
    return f"np::indices2({rows}, {columns})"


def _indices_result(call: Call) -> t.Type:
    found = call.type("dimensions")
    if not isinstance(found, t.Tuple) or len(found.items) != 2:
        raise a.refuse("a grid of two axes is translated", "Write the shape as a pair.")
    return t.Array("int64", 3)


def _triangle(name: str) -> Entry:
    def rust(call: Call) -> str:
        columns = "{n}" if a.is_none(call, "m") else "{m}"
        return f"np::{name}_indices({{n}}, {{k}}, {columns})"

    return Entry(
        f"numpy.{name}_indices",
        "(n: int, k: int = 0, m: Any = None) -> Any",
        rust,
        result=lambda call: t.Tuple((V, V)),
        features=("np",),
        case=f"import numpy as np\ni, j = np.{name}_indices(3)\nprint(i, j, np.{name}_indices(3, k=1), np.{name}_indices(2, 0, 3))\n",
    )


def _triangle_from(name: str) -> Entry:
    def rust(call: Call) -> str:
        held = a.reference(call, "arr")
        return f"{{{{ let (rows, columns) = np::shape2({held}); np::{name}_indices(rows, {{k}}, columns) }}}}"

    def result(call: Call) -> t.Type:
        if a.array_operand(call, "arr").rank != 2:
            raise a.refuse("a matrix is needed", "Pass two axes.")
        return t.Tuple((V, V))

    return Entry(
        f"numpy.{name}_indices_from",
        "(arr: Any, k: int = 0) -> Any",
        rust,
        result=result,
        features=("np",),
        case=f"import numpy as np\nm = np.arange(9).reshape(3, 3)\nprint(m[np.{name}_indices_from(m, k=1)])\n",
    )


def _diagonal_result(call: Call) -> t.Type:
    if a.array_operand(call, "arr").rank != 2:
        raise a.refuse("a matrix is needed", "Pass two axes.")
    return t.Tuple((V, V))


def _open_result(call: Call) -> t.Type:
    parts = call.nodes("args")  # type: ignore[attr-defined]
    if len(parts) != 2:
        raise a.refuse("two lists of positions are translated", "Pass two.")
    return t.Tuple((t.Array("int64", 2), t.Array("int64", 2)))


def _open(call: Call) -> str:
    made = []
    for node in call.nodes("args"):  # type: ignore[attr-defined]
        found = a.describe(a.type_of(call, node))
        text = a.lower(call, node, "ref")
        held = text if found.is_array else "&" + a.list_text(found, text)
        if found.dtype == "bool":
            held = f"&np::flatnonzero({held})"
        elif found.dtype != "int64":
            held = f"&np::to_int64({held})"
        made.append(held)
    return f"(np::column({made[0]}), np::row({made[1]}))"


def _along(call: Call) -> str:
    return f"np::take_along_axis({a.reference(call, 'arr')}, {a.reference(call, 'indices', 'int64')}, {a.axis_text(call)})"


def _along_result(call: Call) -> t.Type:
    found, places = a.array_operand(call, "arr"), a.array_operand(call, "indices")
    if found.rank != places.rank or a.is_none(call, "axis"):
        raise a.refuse("indices of the array's own rank are taken", "Give both the same number of axes.")
    return a.array_type(found.dtype, found.rank)


def _slices(call: Call) -> list[ast.Slice]:
    node = call.node("index")
    parts = list(node.elts) if isinstance(node, ast.Tuple) else [node]
    if not 1 <= len(parts) <= 2 or not all(isinstance(each, ast.Slice) and each.upper is not None for each in parts):
        raise a.refuse("grids of one or two slices are translated", "Use np.meshgrid.")
    return [each for each in parts if isinstance(each, ast.Slice)]


def _counted(call: Call, part: ast.Slice) -> bool:
    """Whether the step is a number of points: `0:1:5j`, `0:1:n * 1j`."""
    if part.step is None:
        return False
    if isinstance(part.step, ast.Constant) and isinstance(part.step.value, complex):
        return True
    return a.describe(a.type_of(call, part.step)).dtype == "complex128"


def _dtype(call: Call) -> str:
    parts = _slices(call)
    numbers = [
        each for part in parts for each in (part.lower, part.upper, part.step) if each is not None and not _counted(call, part)
    ]
    if any(_counted(call, part) for part in parts) or any(
        a.describe(a.type_of(call, each)).dtype.startswith("float") for each in numbers
    ):
        return "float64"
    return "int64"


def _line(call: Call, part: ast.Slice, dtype: str) -> str:
    def number(node: ast.expr | None, default: str) -> str:
        if node is None:
            return default + (".0" if dtype == "float64" else "")
        return a.scalar(dtype, a.describe(a.type_of(call, node)).dtype, a.lower(call, node), node)

    start, stop = number(part.lower, "0"), number(part.upper, "0")
    if _counted(call, part):
        if isinstance(part.step, ast.Constant) and isinstance(part.step.value, complex):
            return f"np::points({start}, {stop}, {int(abs(part.step.value))})"
        assert part.step is not None
        return f"np::points({start}, {stop}, ({a.lower(call, part.step)}).abs() as i64)"
    kind = "float" if dtype == "float64" else "int"
    return f"np::arange_{kind}::<{a.RUST_TYPES[dtype]}>({start}, {stop}, {number(part.step, '1')})"


def _grid(call: Call) -> str:
    dtype = _dtype(call)
    lines = [_line(call, each, dtype) for each in _slices(call)]
    return lines[0] if len(lines) == 1 else f"np::grid2(&{lines[0]}, &{lines[1]})"


def _grid_result(call: Call) -> t.Type:
    return t.Array(_dtype(call), 3 if len(_slices(call)) == 2 else 1)


def _open_grid(call: Call) -> str:
    dtype = _dtype(call)
    return f"np::open_grid2({', '.join(_line(call, each, dtype) for each in _slices(call))})"


def _open_grid_result(call: Call) -> t.Type:
    if len(_slices(call)) != 2:
        raise a.refuse("open grids of two slices are translated", "Use np.arange.")
    return t.Tuple((t.Array(_dtype(call), 2), t.Array(_dtype(call), 2)))


def _bracketed(name: str, rust: object, result: object, case: str) -> tuple[Entry, Entry]:
    return (
        Entry(f"numpy.{name}", f'() -> "numpy.{name}"', "()", kind="constant", case="import numpy as np\n" + case),
        Entry(
            f"numpy.{name}.__getitem__",
            "(self: Any, index: Any) -> Any",
            rust,  # type: ignore[arg-type]
            kind="method",
            result=result,  # type: ignore[arg-type]
            features=("np",),
            case="import numpy as np\n" + case,
        ),
    )


SHELF = Shelf(
    module="numpy.grids",
    entries=(
        Entry(
            "numpy.indices",
            "(dimensions: Any) -> Any",
            _indices,
            result=_indices_result,
            features=("np",),
            case="import numpy as np\nrows, columns = np.indices((2, 3))\nprint(rows, columns, np.indices((2, 2)).sum(axis=0))\n",
        ),
        _triangle("triu"),
        _triangle("tril"),
        _triangle_from("triu"),
        _triangle_from("tril"),
        Entry(
            "numpy.diag_indices",
            "(n: int) -> Any",
            "(np::arange_int::<i64>(0, {n}, 1), np::arange_int::<i64>(0, {n}, 1))",
            result=lambda call: t.Tuple((V, V)),
            features=("np",),
            case="import numpy as np\nm = np.zeros((2, 2))\nm[np.diag_indices(2)] = 5\nprint(m, np.diag_indices(2))\n",
        ),
        Entry(
            "numpy.diag_indices_from",
            "(arr: Any) -> Any",
            lambda call: (
                f"{{{{ let count = np::shape2({a.reference(call, 'arr')}).0; "
                "(np::arange_int::<i64>(0, count, 1), np::arange_int::<i64>(0, count, 1)) }}"
            ),
            result=_diagonal_result,
            features=("np",),
            case="import numpy as np\nm = np.zeros((2, 2))\nm[np.diag_indices_from(m)] += 2\nprint(m)\n",
        ),
        Entry(
            "numpy.ix_",
            "(*args: Any) -> Any",
            _open,
            result=_open_result,
            features=("np",),
            case="import numpy as np\nm = np.arange(12).reshape(3, 4)\nprint(m[np.ix_([0, 2], [1, 3])])\nm[np.ix_([0, 1], [0, 1])] = -1\nprint(m)\n"
            "rows, columns = np.ix_([1, 2], [3, 4])\nprint(rows + columns)\n",
        ),
        Entry(
            "numpy.take_along_axis",
            "(arr: Any, indices: Any, axis: Any = -1) -> Any",
            _along,
            result=_along_result,
            features=("np",),
            case="import numpy as np\nx = np.array([[3, 1, 2], [9, 7, 8]])\nprint(np.take_along_axis(x, np.argsort(x, axis=1), axis=1))\n",
        ),
        *_bracketed(
            "mgrid",
            _grid,
            _grid_result,
            "y, x = np.mgrid[0:2, 0:3]\nprint(y, x, np.mgrid[:3, 1:2].shape, np.mgrid[0:1:3j], np.mgrid[0:1:0.5, 0:2:1])\n",
        ),
        *_bracketed("ogrid", _open_grid, _open_grid_result, "y, x = np.ogrid[:2, 0:3]\nprint(y, x, y * 10 + x)\n"),
    ),
    classes=(
        LibraryClass("numpy.mgrid", "()", copy=True, mutable=False),
        LibraryClass("numpy.ogrid", "()", copy=True, mutable=False),
    ),
)
