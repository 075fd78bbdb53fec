"""Matrix products: plain loops, BLAS with its threads capped, and tiles in shared memory on a GPU."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from batuta_engine.backends.generation import module_text, typed_source
from batuta_engine.backends.programs import load
from batuta_engine.kernels.products import product
from batuta_engine.threads import threads_for

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

TILE = 8
"""Rows and columns of a tile that a block of threads computes together."""

_ON_GPU = f"""
@cuda.jit
def kernel(a, b, out):
    left = cuda.shared.array(({TILE}, {TILE}), KIND)
    right = cuda.shared.array(({TILE}, {TILE}), KIND)
    tx = cuda.threadIdx.x % {TILE}
    ty = cuda.threadIdx.x // {TILE}
    across = (out.shape[1] + {TILE} - 1) // {TILE}
    down = (out.shape[0] + {TILE} - 1) // {TILE}
    for tile in range(cuda.blockIdx.x, across * down, cuda.gridDim.x):
        i = tile // across * {TILE} + ty
        j = tile % across * {TILE} + tx
        total = ZERO
        for first in range(0, a.shape[1], {TILE}):
            left[ty, tx] = a[i, first + tx] if i < a.shape[0] and first + tx < a.shape[1] else ZERO
            right[ty, tx] = b[first + ty, j] if first + ty < b.shape[0] and j < b.shape[1] else ZERO
            cuda.syncthreads()
            for k in range({TILE}):
                total += left[ty, k] * right[k, tx]
            cuda.syncthreads()
        if i < out.shape[0] and j < out.shape[1]:
            out[i, j] = total
"""


def multiply(a: Array, b: Array, backend: str = "simd") -> Array:
    """The product of two matrices of one element type. Raises ValueError for shapes that do not go together."""
    if a.ndim != 2 or b.ndim != 2 or a.shape[1] != b.shape[0]:
        raise ValueError(f"a product takes an m x k and a k x n matrix, not {a.shape} and {b.shape}")
    dtype = np.result_type(a, b)
    a, b = np.ascontiguousarray(a, dtype), np.ascontiguousarray(b, dtype)
    if backend == "simd":
        with threads_for(2 * a.shape[0] * a.shape[1] * b.shape[1]):
            return cast("Array", np.matmul(a, b))
    out = np.zeros((a.shape[0], b.shape[1]), dtype)
    if out.size == 0 or a.shape[1] == 0:
        return out
    if backend == "gpu":
        from batuta_engine.backends.gpu import launch_tiles

        constants = (("KIND", f"numba.{dtype.name}"), ("ZERO", f"np.{dtype.name}(0.0)"))
        launch_tiles(
            load(module_text([(_ON_GPU, constants)], "from numba import cuda"), "gpu_product").kernel, [a, b, out], out, TILE
        )
        return out
    if backend != "scalar":
        raise ValueError(f"there is no backend {backend!r}; there are scalar, simd, gpu")
    typed = typed_source(product, dtype.name, "numba.njit(cache=True, error_model='numpy')", "kernel")
    load(module_text([typed]), "product").kernel(a, b, out)
    return out
