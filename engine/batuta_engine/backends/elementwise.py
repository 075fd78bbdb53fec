"""Expressions over elements on the three backends: one loop for the whole expression."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from batuta_engine.backends.generation import module_text, typed_source
from batuta_engine.backends.programs import load
from batuta_engine.expressions import Expression, leaves
from batuta_engine.kernels.operations import ELEMENTWISE

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

PARALLEL_FROM = 300_000
"""Elements. Starting threads costs some microseconds, and pays from here on."""

_DECORATORS = {
    "scalar": "numba.njit(cache=True, error_model='numpy')",
    "simd": "numba.njit(cache=True, error_model='numpy')",
    "gpu": "cuda.jit(device=True)",
}


def evaluate(expression: Expression, backend: str, out: Array | None = None) -> Array:
    """The values of an expression. Raises ValueError for shapes that do not go together and for an unknown backend."""
    if backend not in _DECORATORS:
        raise ValueError(f"there is no backend {backend!r}; there are {', '.join(_DECORATORS)}")
    ends = leaves(expression)
    arrays = [each.value for each in ends if each.operation == "array"]
    if not arrays:
        raise ValueError("an expression of numbers alone has no array to compute")
    dtype = np.result_type(*(each.dtype for each in arrays))
    shape = np.broadcast_shapes(*(each.shape for each in arrays))
    if out is None:
        out = np.empty(shape, dtype)
    elif out.shape != shape or out.dtype != dtype or not out.flags.c_contiguous:
        raise ValueError(f"`out` must be a contiguous {dtype} array of shape {shape}")
    kinds: list[str] = []
    given: list[Any] = []
    for each in ends:
        kind, value = _operand(each, shape, dtype)
        kinds.append(kind)
        given.append(value)
    if out.size == 0:
        return out
    flat = all(kind in "xs" for kind in kinds)
    target = out.reshape(-1) if flat else out.reshape(-1, shape[-1])
    prepared = [value.reshape(target.shape) if kind == "x" else value for kind, value in zip(kinds, given, strict=True)]
    parallel = backend == "simd" and out.size >= PARALLEL_FROM
    kernel = _kernel(expression, ends, "".join(kinds), dtype.name, backend, parallel)
    if backend == "gpu":
        from batuta_engine.backends.gpu import launch

        launch(kernel, [*prepared, target], target.size, results=(target,))
    else:
        kernel(*prepared, target)
    return out


def _operand(leaf: Expression, shape: tuple[int, ...], dtype: np.dtype[Any]) -> tuple[str, Any]:
    """How a leaf is read in the loop: `x` at the element, `r` by column (one row for all), `c` by row, `s` one number."""
    value = leaf.value
    if leaf.operation == "number" or value.size == 1:
        return "s", dtype.type(value if leaf.operation == "number" else value.reshape(-1)[0])
    value = value.astype(dtype, copy=False)
    if value.shape == shape:
        return "x", value
    if len(shape) == 2 and value.shape in ((shape[1],), (1, shape[1])):
        return "r", value.reshape(-1)
    if len(shape) == 2 and value.shape == (shape[0], 1):
        return "c", value.reshape(-1)
    return "x", np.ascontiguousarray(np.broadcast_to(value, shape))


def _kernel(expression: Expression, ends: Sequence[Expression], kinds: str, dtype: str, backend: str, parallel: bool) -> Any:
    names = {id(each): f"a{index}" for index, each in enumerate(ends)}
    flat = all(kind in "xs" for kind in kinds)
    at = {"x": "[i]" if flat else "[i, j]", "r": "[j]", "c": "[i]", "s": ""}
    used: list[str] = []

    def text(node: Expression) -> str:
        if not node.operands:
            name = names[id(node)]
            return f"{name}{at[kinds[int(name[1:])]]}"
        if node.operation not in used:
            used.append(node.operation)
        return f"f_{node.operation}({', '.join(map(text, node.operands))})"

    body = text(expression)
    parameters = ", ".join([*names.values(), "out"])
    parts = [typed_source(ELEMENTWISE[name].formula, dtype, _DECORATORS[backend], f"f_{name}") for name in used]
    loop = _gpu_loop(parameters, body, flat) if backend == "gpu" else _loop(parameters, body, flat, parallel)
    more = "from numba import cuda" if backend == "gpu" else ""
    # Below the size that pays for threads, `scalar` and `simd` are the same loop over elements.
    module = load(module_text([*parts, (loop, ())], more), f"{'gpu' if backend == 'gpu' else 'cpu'}_{'_'.join(used)[:40]}")
    return module.kernel


def _loop(parameters: str, body: str, flat: bool, parallel: bool) -> str:
    decorator = f"@numba.njit(cache=True, error_model='numpy', parallel={parallel})"
    over = "numba.prange" if parallel else "range"
    if flat:
        return f"{decorator}\ndef kernel({parameters}):\n    for i in {over}(out.shape[0]):\n        out[i] = {body}\n"
    return (
        f"{decorator}\ndef kernel({parameters}):\n    for i in {over}(out.shape[0]):\n"
        f"        for j in range(out.shape[1]):\n            out[i, j] = {body}\n"
    )


def _gpu_loop(parameters: str, body: str, flat: bool) -> str:
    head = f"@cuda.jit\ndef kernel({parameters}):\n    step = cuda.gridsize(1)\n"
    if flat:
        return f"{head}    for i in range(cuda.grid(1), out.shape[0], step):\n        out[i] = {body}\n"
    return (
        f"{head}    columns = out.shape[1]\n    for at in range(cuda.grid(1), out.shape[0] * columns, step):\n"
        f"        i = at // columns\n        j = at % columns\n        out[i, j] = {body}\n"
    )
