"""The documented table of backends, and the same table with the thresholds that were measured on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from batuta_engine.selection.complexity import Backend, OpComplexity


@dataclass(frozen=True)
class Thresholds:
    """The numbers of elements from which a faster backend is chosen; None: never."""

    simd: int | None
    gpu: int | None = None


DOCUMENTED: Mapping[OpComplexity, Thresholds] = {
    # A pass over the elements is limited by memory: sending them to a GPU never pays, so the row has no GPU.
    OpComplexity.LOW: Thresholds(1_000_000),
    OpComplexity.MEDIUM: Thresholds(10_000, 100_000),
    OpComplexity.HIGH: Thresholds(1_000, 10_000),
}
"""Element-wise operations: SIMD from 1M. Reductions: SIMD from 10K, GPU from 100K. Matrix products: SIMD from 1K, GPU from 10K."""


@dataclass(frozen=True)
class BackendSelector:
    """Chooses a backend by complexity and size.

    >>> str(BackendSelector().select_with_moe(OpComplexity.LOW, 1_000_000))
    'SIMD'
    >>> str(BackendSelector().select_with_moe(OpComplexity.HIGH, 50_000))
    'GPU'
    >>> str(BackendSelector().select_with_moe(OpComplexity.MEDIUM, 5_000))
    'Scalar'
    """

    thresholds: Mapping[OpComplexity, Thresholds] = field(default_factory=lambda: DOCUMENTED)
    gpu_available: bool = True
    """Whether the table's GPU rows may be answered. False: SIMD stands in for them."""

    @classmethod
    def measured(cls) -> BackendSelector | None:
        """The selector with this machine's own thresholds; None before `calibrate()` has been run."""
        from batuta_engine.selection.calibration import read_measured

        found = read_measured()
        return None if found is None else cls(found)

    def select_with_moe(self, complexity: OpComplexity, size: int) -> Backend:
        """The backend for an operation on `size` elements. Raises ValueError for a negative size."""
        if size < 0:
            raise ValueError(f"a size is a number of elements; it cannot be {size}")
        row = self.thresholds[complexity]
        if row.gpu is not None and size >= row.gpu:
            return Backend.GPU if self.gpu_available else Backend.SIMD
        return Backend.SIMD if row.simd is not None and size >= row.simd else Backend.SCALAR

    def shown(self, complexity: OpComplexity, size: int) -> str:
        """The backend as the table prints it: below 1M elements, element-wise work reads `Scalar/SIMD`."""
        chosen = self.select_with_moe(complexity, size)
        if complexity is OpComplexity.LOW and chosen is Backend.SCALAR:
            return "Scalar/SIMD"
        return str(chosen)
