"""The CUDA device: whether there is one, and starting kernels on it.

`NUMBA_ENABLE_CUDASIM=1`, set before numba is imported, runs the same kernels in numba's simulator: how they are tested without a device.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy.typing as npt

MOST_BLOCKS = 4096


class NoDevice(RuntimeError):
    """There is no CUDA device that numba can use."""


def _cuda() -> Any:
    from numba import cuda

    return cuda


@cache
def is_available() -> bool:
    """Whether kernels can run on a device or in the simulator. The absence of a driver shows in several ways; all mean no."""
    try:
        return bool(_cuda().is_available())
    except Exception:
        return False


def is_simulated() -> bool:
    """Whether numba's simulator stands in for the device."""
    from numba import config

    settings: Any = config
    return bool(settings.ENABLE_CUDASIM)


def threads_a_block() -> int:
    """How many threads a block has: a power of two, because reductions halve them. The simulator gets few: each is one of the system."""
    return 16 if is_simulated() else 128


def blocks_for(size: int) -> int:
    """How many blocks are started for so many elements."""
    return max(1, min(2 if is_simulated() else MOST_BLOCKS, -(-size // threads_a_block())))


def launch_tiles(kernel: Any, arguments: Sequence[Any], out: npt.NDArray[Any], tile: int) -> None:
    """Run a kernel whose blocks of tile x tile threads compute one tile of `out` after the other. Raises NoDevice."""
    tiles = -(-out.shape[0] // tile) * -(-out.shape[1] // tile)
    _run(kernel, arguments, (min(tiles, 4 if is_simulated() else MOST_BLOCKS), tile * tile), (out,))


def launch(kernel: Any, arguments: Sequence[Any], size: int, results: Sequence[npt.NDArray[Any]] = ()) -> None:
    """Run a kernel over `size` elements; arrays go to the device, and `results` come back. Raises NoDevice."""
    _run(kernel, arguments, (blocks_for(size), threads_a_block()), results)


def _run(kernel: Any, arguments: Sequence[Any], shape: tuple[int, int], results: Sequence[npt.NDArray[Any]]) -> None:
    import numpy as np

    if not is_available():
        raise NoDevice("no CUDA device can be used; the backends `scalar` and `simd` need none")
    cuda = _cuda()
    kept = {id(each) for each in results}
    sent: dict[int, Any] = {}
    placed: list[Any] = []
    for each in arguments:
        if isinstance(each, np.ndarray):
            if id(each) not in sent:
                # What is only written needs room on the device, not its old content.
                sent[id(each)] = cuda.device_array_like(each) if id(each) in kept else cuda.to_device(each)
            placed.append(sent[id(each)])
        else:
            placed.append(each)
    kernel[shape](*placed)
    for each in results:
        sent[id(each)].copy_to_host(each)
