"""The 5x PCIe rule as a cost model: bytes over the link against floating-point operations on the device.

Gregg and Hazelwood (2011, "Where is the data?") found that the transfer must be counted; the rule asks that computing takes more than
five times as long as moving the operands there and the result back.
"""

from __future__ import annotations

from dataclasses import dataclass

from batuta_engine.selection.complexity import OpComplexity

FACTOR = 5.0


@dataclass(frozen=True)
class Link:
    """What data travels over, and what computes at its end."""

    bytes_per_second: float = 32e9
    """PCIe 4.0 with 16 lanes."""
    flops_per_second: float = 20e12
    """A data-centre GPU in float32."""


@dataclass(frozen=True)
class Cost:
    """What one operation costs on the device, in seconds."""

    transfer: float
    compute: float

    @property
    def ratio(self) -> float:
        """Computing over moving; infinite where nothing is moved."""
        return self.compute / self.transfer if self.transfer else float("inf")

    @property
    def pays(self) -> bool:
        """Whether the rule sends it to the device."""
        return self.ratio > FACTOR


@dataclass(frozen=True)
class CostModel:
    """The price of an operation on a GPU.

    >>> CostModel().product(512, 512, 512).pays, CostModel().product(32768, 32768, 32768).pays
    (False, True)
    """

    link: Link = Link()

    def cost(self, moved: int, flops: int) -> Cost:
        """Of an operation that moves so many bytes and computes so many floating-point operations."""
        return Cost(moved / self.link.bytes_per_second, flops / self.link.flops_per_second)

    def product(self, rows: int, inner: int, columns: int, itemsize: int = 4) -> Cost:
        """Of a product of an rows x inner and an inner x columns matrix."""
        moved = itemsize * (rows * inner + inner * columns + rows * columns)
        return self.cost(moved, 2 * rows * inner * columns)

    def of_size(self, complexity: OpComplexity, size: int, itemsize: int = 4, cost: int = 1) -> Cost:
        """Of an operation on `size` elements: two operands and a result, one operand and a number, or square matrices of that size."""
        if complexity is OpComplexity.HIGH:
            side = max(1, round(size**0.5))
            return self.product(side, side, side, itemsize)
        operands = 3 if complexity is OpComplexity.LOW else 1
        return self.cost(operands * size * itemsize, cost * size)
