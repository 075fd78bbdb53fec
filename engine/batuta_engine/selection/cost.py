"""The 5x PCIe rule as a cost model: bytes over the link against floating-point operations on the device.

Gregg and Hazelwood (2011, "Where is the data?") found that the transfer must be counted; the rule asks that computing takes more than
five times as long as moving the operands there and the result back. Launch latency and overlapping transfers are left to the factor five.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from batuta_engine.selection.complexity import OpComplexity

FACTOR = 5.0


@dataclass(frozen=True)
class Link:
    """What data travels over, and what computes at its end."""

    bytes_per_second: float = 32e9
    """PCIe 4.0: 16 lanes in one direction."""
    flops_per_second: float = 20e12
    """A current workstation card in float32."""


@dataclass(frozen=True)
class Work:
    """What one operation moves and computes."""

    moved: int
    """Elements that cross the link, in both directions."""
    operations: float


@dataclass(frozen=True)
class Cost:
    """What one operation costs on the device. Times in seconds."""

    bytes_moved: int
    operations: float
    transfer: float
    compute: float

    @property
    def ratio(self) -> float:
        """Computing over moving; 0 where nothing is moved."""
        return self.compute / self.transfer if self.transfer else 0.0

    @property
    def pays(self) -> bool:
        """Whether the rule sends it to the device."""
        return self.ratio > FACTOR


def product_work(left: tuple[int, ...], right: tuple[int, ...]) -> Work | None:
    """The work of a product of vectors or matrices by their shapes; None where the shapes do not make one.

    >>> product_work((3, 4), (4, 5))
    Work(moved=47, operations=120.0)
    """
    if not 1 <= len(left) <= 2 or not 1 <= len(right) <= 2 or left[-1] != right[0]:
        return None
    rows = left[0] if len(left) == 2 else 1
    columns = right[1] if len(right) == 2 else 1
    return Work(math.prod(left) + math.prod(right) + rows * columns, 2.0 * rows * left[-1] * columns)


@dataclass(frozen=True)
class CostModel:
    """The price of an operation on a GPU.

    >>> CostModel().of_size(OpComplexity.HIGH, 512**2).pays, CostModel().of_size(OpComplexity.HIGH, 32768**2).pays
    (False, True)
    """

    link: Link = Link()
    itemsize: int = 4
    """Bytes of one element: GPU targets compute in float32."""

    def cost(self, work: Work) -> Cost:
        """Of an operation whose work is known."""
        moved = work.moved * self.itemsize
        transfer, compute = moved / self.link.bytes_per_second, work.operations / self.link.flops_per_second
        return Cost(moved, work.operations, transfer, compute)

    def of_size(self, complexity: OpComplexity, size: int) -> Cost:
        """Of an operation on operands of `size` elements each.

        Element-wise: two operands in, one result out, one operation an element. Reduction: one operand in, one operation each.
        Matrix product: square operands of `size` elements, so 2 * size**1.5 operations and three matrices on the link.
        """
        moved, operations = {
            OpComplexity.LOW: (3 * size, float(size)),
            OpComplexity.MEDIUM: (size, float(size)),
            OpComplexity.HIGH: (3 * size, 2.0 * size**1.5),
        }[complexity]
        return self.cost(Work(moved, operations))

    def pays_from(self, complexity: OpComplexity) -> int | None:
        """The smallest size for which the rule allows the GPU; None when no size does."""
        if complexity is not OpComplexity.HIGH:
            return None
        # 2 s^1.5 / device > FACTOR * 3 s element / link, solved for s.
        root = FACTOR * 3 * self.itemsize * self.link.flops_per_second / (2 * self.link.bytes_per_second)
        return int(root**2) + 1
