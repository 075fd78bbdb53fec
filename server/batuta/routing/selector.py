"""The documented table of backends: complexity and size in, backend out.

    Element-wise (Low)       < 1M       Scalar/SIMD  (the selector answers Scalar)
    Element-wise (Low)       >= 1M      SIMD
    Reductions (Medium)      < 10K      Scalar
    Reductions (Medium)      10K-100K   SIMD
    Reductions (Medium)      >= 100K    GPU
    MatMul (High)            < 1K       Scalar
    MatMul (High)            1K-10K     SIMD
    MatMul (High)            >= 10K     GPU

A size is a number of elements. Where a row says "from", the bound itself belongs to the faster backend.
"""

from __future__ import annotations

from dataclasses import dataclass

from batuta.routing.complexity import Backend, OpComplexity


@dataclass(frozen=True)
class Crossover:
    """The sizes, in elements, from which SIMD and the GPU are chosen. None: never."""

    simd: int
    gpu: int | None


TABLE: dict[OpComplexity, Crossover] = {
    # A pass over the elements is limited by memory: sending them to a GPU never pays, so the row has no GPU.
    OpComplexity.LOW: Crossover(simd=1_000_000, gpu=None),
    OpComplexity.MEDIUM: Crossover(simd=10_000, gpu=100_000),
    OpComplexity.HIGH: Crossover(simd=1_000, gpu=10_000),
}


@dataclass(frozen=True)
class BackendSelector:
    """Chooses a backend by the documented table.

    >>> str(BackendSelector().select_with_moe(OpComplexity.LOW, 1_000_000))
    'SIMD'
    >>> str(BackendSelector().select_with_moe(OpComplexity.HIGH, 50_000))
    'GPU'
    >>> str(BackendSelector().select_with_moe(OpComplexity.MEDIUM, 5_000))
    'Scalar'
    """

    gpu_available: bool = True
    """Whether the table's GPU rows may be answered. False: SIMD stands in for them."""

    def select_with_moe(self, complexity: OpComplexity, size: int) -> Backend:
        """The backend for an operation on `size` elements. Raises ValueError for a negative size."""
        if size < 0:
            raise ValueError(f"a size cannot be negative: {size}")
        crossover = TABLE[complexity]
        if crossover.gpu is not None and size >= crossover.gpu:
            return Backend.GPU if self.gpu_available else Backend.SIMD
        return Backend.SIMD if size >= crossover.simd else Backend.SCALAR

    def shown(self, complexity: OpComplexity, size: int) -> str:
        """The backend as the table prints it: below 1M elements, element-wise work reads `Scalar/SIMD`."""
        chosen = self.select_with_moe(complexity, size)
        if complexity is OpComplexity.LOW and chosen is Backend.SCALAR:
            return "Scalar/SIMD"
        return str(chosen)
