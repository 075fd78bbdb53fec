"""Window functions: np.hanning, np.hamming, np.blackman, np.bartlett; windows that move over an array.

## Before
    w = np.hanning(51)
## After
    let w = np::hanning(51);
## Same numbers
    within 1 ULP of the cosine
## Not handled
    `np.kaiser`; writing through a moving window
"""

from __future__ import annotations

import ast

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.catalog.numpy_elementwise import LIBM
from batuta.ir import types as t


def _window_axes(call: Call) -> list[int]:
    """The axes that the window moves along: one for each width."""
    rank = a.array_operand(call, "x").rank
    node, found = call.node("window_shape"), call.type("window_shape")
    if isinstance(node, ast.Tuple | ast.List):
        count = len(node.elts)
    elif isinstance(found, t.Tuple):
        count = len(found.items)
    elif a.describe(found).rank == 0:
        count = 1
    else:
        raise a.refuse("the widths must be written as a tuple", "Write (3, 3).")
    if a.is_none(call, "axis"):
        axes = list(range(rank))
    else:
        chosen = call.constant("axis")
        axes = list(chosen) if isinstance(chosen, tuple | list) else [chosen]
    if len(axes) != count:
        raise a.refuse("widths and axes have different lengths", "Write one width for each axis.")
    return axes


def _windows_result(call: Call) -> t.Type:
    found = a.array_operand(call, "x")
    return a.array_type(found.dtype, found.rank + len(_window_axes(call)))


def _windows(call: Call) -> str:
    axes, node = _window_axes(call), call.node("window_shape")
    if isinstance(node, ast.Tuple | ast.List):
        widths = [a.lower(call, each) for each in node.elts]
    elif isinstance(call.type("window_shape"), t.Tuple):
        widths = [f"{{window_shape}}.{index}" for index in range(len(axes))]
    else:
        widths = ["{window_shape}"]
    pairs = ", ".join(f"({axis}, {width})" for axis, width in zip(axes, widths, strict=True))
    rank = a.operand(call, "x").rank + len(axes)
    return f"np::~sliding_windows::<_, _, _, ndarray::Ix{rank}>({a.reference(call, 'x')}, &[{pairs}])"


SHELF = Shelf(
    module="numpy.windows",
    entries=(
        Entry(
            "numpy.lib.stride_tricks.sliding_window_view",
            "(x: Any, window_shape: Any, axis: Any = None) -> Any",
            _windows,
            result=_windows_result,
            features=("np",),
            raises=("ValueError",),
            cost="medium",
            case="import numpy as np\nfrom numpy.lib.stride_tricks import sliding_window_view\nx = np.arange(12).reshape(3, 4)\n"
            "print(sliding_window_view(np.arange(5), 3), sliding_window_view(x, (2, 2)).shape, sliding_window_view(x, 2, axis=1)[0])\n"
            "print(np.lib.stride_tricks.sliding_window_view(x, (2, 3)).sum(axis=(2, 3)))\n",
        ),
        *(
            Entry(
                f"numpy.{name}",
                "(M: int) -> Any",
                f"np::{name}({{M}})",
                result=lambda call: t.Array("float64", 1),
                features=("np",),
                parity=LIBM,
                case=f"import numpy as np\nprint(np.round(np.{name}(7), 10), np.{name}(1))\n",
            )
            for name in ("hanning", "hamming", "blackman", "bartlett")
        ),
    ),
)
