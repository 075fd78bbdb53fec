"""Sums, extremes and places of extremes of one or two arrays on the three backends.

`scalar` goes through the elements in plain order. `simd` has two modes. *Exact* adds blocks of fixed size, each with eight running sums,
and then the blocks in order: the same bits for any number of threads. *Fast* lets the compiler and the threads choose. `gpu` adds what
each block of threads found in the order of the blocks.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from batuta_engine.backends.elementwise import PARALLEL_FROM
from batuta_engine.backends.generation import module_text, typed_source
from batuta_engine.backends.programs import load
from batuta_engine.kernels import reductions as r

if TYPE_CHECKING:
    import numpy.typing as npt

    Array = npt.NDArray[Any]

BLOCK = 4096
"""Elements of a block in the exact mode."""
LANES = 8

_SUMMED: dict[str, tuple[Callable[..., float], int, int]] = {
    "sum": (r.itself, 1, 0),
    "squares": (r.square, 1, 0),
    "sizes": (r.size, 1, 0),
    "squared differences": (r.squared_difference, 1, 1),
    "products": (r.product, 2, 0),
    "products of differences": (r.product_of_differences, 2, 2),
}
"""What is summed: the function of an element, and how many arrays and numbers it takes."""


def reduce(name: str, arrays: tuple[Array, ...], backend: str = "simd", exact: bool = True) -> Any:
    """A reduction of the table on flat arrays of one type. Raises ValueError for lengths that differ and for what has no elements."""
    first = arrays[0]
    if any(each.shape != first.shape for each in arrays):
        raise ValueError(f"{name} takes arrays of one length, not {' and '.join(str(each.size) for each in arrays)}")
    count, number = first.size, first.dtype.type
    if count == 0:
        if name in ("sum", "sum_kahan", "sum_of_squares", "norm_l1", "norm_l2", "norm_linf", "dot"):
            return number(0.0)
        raise ValueError(f"{name} of no elements has no value")

    def total(what: str, *numbers: Any) -> Any:
        return number(_sum(what, arrays, numbers, backend, exact))

    def mean_of(array: Array) -> Any:
        return number(_sum("sum", (array,), (), backend, exact) / number(count))

    match name:
        case "sum":
            return total("sum")
        case "sum_kahan":
            return number(_kahan(first))
        case "sum_of_squares":
            return total("squares")
        case "norm_l1":
            return total("sizes")
        case "norm_l2":
            return number(np.sqrt(total("squares")))
        case "norm_linf":
            return _extreme("max", np.abs(first), backend)[0]
        case "mean":
            return mean_of(first)
        case "variance":
            return number(total("squared differences", mean_of(first)) / number(count))
        case "stddev":
            return number(np.sqrt(total("squared differences", mean_of(first)) / number(count)))
        case "min" | "max":
            return _extreme(name, first, backend)[0]
        case "argmin" | "argmax":
            return int(_extreme(name[3:], first, backend)[1])
        case "dot":
            return total("products")
        case "covariance":
            return number(total("products of differences", *map(mean_of, arrays)) / number(count))
        case "correlation":
            means = tuple(map(mean_of, arrays))
            both = total("products of differences", *means)
            spreads = [
                _sum("squared differences", (each,), (mean,), backend, exact) for each, mean in zip(arrays, means, strict=True)
            ]
            return number(both / math.sqrt(float(spreads[0]) * float(spreads[1])))
    raise ValueError(f"there is no reduction {name!r}")


def _sum(what: str, arrays: tuple[Array, ...], numbers: tuple[Any, ...], backend: str, exact: bool) -> Any:
    dtype = arrays[0].dtype.name
    count = arrays[0].size
    if backend == "gpu":
        return _on_gpu(_module(what, dtype, "gpu", False).kernel, arrays, numbers)
    if backend == "scalar":
        return _module(what, dtype, "scalar", False).kernel(*arrays, *numbers)
    parallel = count >= PARALLEL_FROM
    if not exact:
        return _module(what, dtype, "fast", parallel).kernel(*arrays, *numbers)
    blocks = np.empty(-(-count // BLOCK), arrays[0].dtype)
    _module(what, dtype, "exact", parallel).kernel(*arrays, *numbers, blocks)
    return blocks[0] if blocks.size == 1 else _module("sum", dtype, "scalar", False).kernel(blocks)


def _module(what: str, dtype: str, mode: str, parallel: bool) -> Any:
    function, arrays, numbers = _SUMMED[what]
    xs = [f"x{index}" for index in range(arrays)]
    ps = [f"p{index}" for index in range(numbers)]
    element = f"f({', '.join([*(f'{x}[i]' for x in xs), *ps])})"
    jit = "numba.njit(cache=True, error_model='numpy', inline='always')"
    helper = typed_source(function, dtype, "cuda.jit(device=True)" if mode == "gpu" else jit, "f")
    given = ", ".join([*xs, *ps])
    decorator = f"numba.njit(cache=True, error_model='numpy', parallel={parallel}"
    over = "numba.prange" if parallel else "range"
    if mode in ("scalar", "fast"):
        fast = ", fastmath={'reassoc', 'contract', 'nsz', 'arcp'}" if mode == "fast" else ""
        text = (
            f"@{decorator}{fast})\ndef kernel({given}):\n    total = ZERO\n"
            f"    for i in {over}({xs[0]}.shape[0]):\n        total += {element}\n    return total\n"
        )
    elif mode == "exact":
        lanes = [f"l{index}" for index in range(LANES)]
        inner = "".join(
            f"            {lane} += {element.replace('[i]', f'[i + {index}]')}\n" for index, lane in enumerate(lanes)
        )
        text = (
            f"@{decorator})\ndef kernel({given}, out):\n    n = {xs[0]}.shape[0]\n"
            f"    for b in {over}(out.shape[0]):\n        start = b * {BLOCK}\n        stop = min(start + {BLOCK}, n)\n"
            f"        whole = start + (stop - start) // {LANES} * {LANES}\n"
            + "".join(f"        {lane} = ZERO\n" for lane in lanes)
            + f"        for i in range(start, whole, {LANES}):\n{inner}"
            "        rest = ZERO\n"
            f"        for i in range(whole, stop):\n            rest += {element}\n"
            "        out[b] = (((l0 + l1) + (l2 + l3)) + ((l4 + l5) + (l6 + l7))) + rest\n"
        )
    else:
        from batuta_engine.backends.gpu import threads_a_block

        threads = threads_a_block()
        text = (
            f"@cuda.jit\ndef kernel({given}, out):\n    shared = cuda.shared.array({threads}, numba.{dtype})\n    t = cuda.threadIdx.x\n"
            f"    total = ZERO\n    for i in range(cuda.grid(1), {xs[0]}.shape[0], cuda.gridsize(1)):\n        total += {element}\n"
            f"    shared[t] = total\n    cuda.syncthreads()\n    width = {threads // 2}\n    while width > 0:\n        if t < width:\n"
            "            shared[t] += shared[t + width]\n        cuda.syncthreads()\n        width //= 2\n"
            "    if t == 0:\n        out[cuda.blockIdx.x] = shared[0]\n"
        )
    more = "from numba import cuda" if mode == "gpu" else ""
    return load(module_text([helper, (text, (("ZERO", f"np.{dtype}(0.0)"),))], more), f"{mode}_sum")


def _on_gpu(kernel: Any, arrays: tuple[Array, ...], numbers: tuple[Any, ...]) -> Any:
    from batuta_engine.backends.gpu import blocks_for, launch

    found = np.zeros(blocks_for(arrays[0].size), arrays[0].dtype)
    launch(kernel, [*arrays, *numbers, found], arrays[0].size, results=(found,))
    total = found[0]
    for each in found[1:]:
        total += each
    return total


def _kahan(array: Array) -> Any:
    dtype = array.dtype.name
    return load(
        module_text([typed_source(r.kahan, dtype, "numba.njit(cache=True, error_model='numpy')", "kernel")]), "kahan"
    ).kernel(array)


def _extreme(which: str, array: Array, backend: str) -> tuple[Any, int]:
    """The smallest or largest element and its first place; the first NaN where there is one. Order does not change the answer."""
    better = "<" if which == "min" else ">"
    dtype = array.dtype.name
    if backend == "gpu":
        return _extreme_on_gpu(which, better, array)
    parallel = backend == "simd" and array.size >= PARALLEL_FROM
    over = "numba.prange" if parallel else "range"
    block = BLOCK * 16 if backend == "simd" else array.size
    text = (
        f"@numba.njit(cache=True, error_model='numpy', parallel={parallel})\ndef kernel(x, block, values, places):\n"
        f"    for b in {over}(values.shape[0]):\n        start = b * block\n        stop = min(start + block, x.shape[0])\n"
        "        best = x[start]\n        place = start\n        for i in range(start + 1, stop):\n"
        f"            if best == best and (x[i] {better} best or x[i] != x[i]):\n                best = x[i]\n                place = i\n"
        "        values[b] = best\n        places[b] = place\n"
    )
    blocks = -(-array.size // block)
    values, places = np.empty(blocks, array.dtype), np.empty(blocks, np.int64)
    load(module_text([(text, ())]), f"{dtype}_{which}").kernel(array, block, values, places)
    return _first_best(values, places, which)


def _first_best(values: Array, places: Array, which: str) -> tuple[Any, int]:
    at = int(np.argmin(values) if which == "min" else np.argmax(values))
    return values[at], int(places[at])


def _extreme_on_gpu(which: str, better: str, array: Array) -> tuple[Any, int]:
    from batuta_engine.backends.gpu import blocks_for, launch, threads_a_block

    threads, dtype = threads_a_block(), array.dtype.name
    text = (
        "@cuda.jit(device=True)\ndef precedes(a, i, b, j):\n    if i < 0:\n        return False\n    if j < 0:\n        return True\n"
        "    if a != a or b != b:\n        return a != a and (b == b or i < j)\n"
        f"    return a {better} b or (a == b and i < j)\n\n\n"
        "@cuda.jit\ndef kernel(x, values, places):\n"
        f"    best = cuda.shared.array({threads}, numba.{dtype})\n    at = cuda.shared.array({threads}, numba.int64)\n    t = cuda.threadIdx.x\n"
        "    best[t] = x[0]\n    at[t] = -1\n    for i in range(cuda.grid(1), x.shape[0], cuda.gridsize(1)):\n"
        "        if precedes(x[i], i, best[t], at[t]):\n            best[t] = x[i]\n            at[t] = i\n"
        f"    cuda.syncthreads()\n    width = {threads // 2}\n    while width > 0:\n"
        "        if t < width and precedes(best[t + width], at[t + width], best[t], at[t]):\n"
        "            best[t] = best[t + width]\n            at[t] = at[t + width]\n        cuda.syncthreads()\n        width //= 2\n"
        "    if t == 0:\n        values[cuda.blockIdx.x] = best[0]\n        places[cuda.blockIdx.x] = at[0]\n"
    )
    blocks = blocks_for(array.size)
    values, places = np.empty(blocks, array.dtype), np.empty(blocks, np.int64)
    launch(
        load(module_text([(text, ())], "from numba import cuda"), f"gpu_{which}").kernel,
        [array, values, places],
        array.size,
        (values, places),
    )
    used = places >= 0
    order = np.argsort(places[used], kind="stable")
    return _first_best(values[used][order], places[used][order], which)
