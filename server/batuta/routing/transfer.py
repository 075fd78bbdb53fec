"""The 5x PCIe rule: sending work to a GPU pays only when computing takes more than five times the transfer.

The model is deliberately small: bytes over the link's bandwidth against floating-point operations over the device's rate.
Launch latency and overlapping transfers are left to the factor five.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from batuta.routing.complexity import OpComplexity

FACTOR = 5.0


@dataclass(frozen=True)
class TransferCost:
    """What one operation would cost on the GPU. Times in seconds."""

    bytes_moved: int
    operations: float
    transfer: float
    compute: float

    @property
    def ratio(self) -> float:
        """Compute time over transfer time."""
        return self.compute / self.transfer if self.transfer else 0.0

    @property
    def pays(self) -> bool:
        """Whether the rule allows the dispatch."""
        return self.ratio > FACTOR


@dataclass(frozen=True)
class Work:
    """What one operation moves and computes."""

    moved: int
    """Elements that cross the link, in both directions."""
    operations: float


def product_work(left: tuple[int, ...], right: tuple[int, ...]) -> Work | None:
    """The work of a product of vectors or matrices by their shapes; None where the shapes do not make one."""
    if not 1 <= len(left) <= 2 or not 1 <= len(right) <= 2 or left[-1] != right[0]:
        return None
    rows = left[0] if len(left) == 2 else 1
    columns = right[1] if len(right) == 2 else 1
    return Work(math.prod(left) + math.prod(right) + rows * columns, 2.0 * rows * left[-1] * columns)


@dataclass(frozen=True)
class TransferRule:
    """The machine that the rule is computed for."""

    link: float = 32e9
    """Bytes a second over PCIe: 16 lanes of the fourth generation in one direction."""
    device: float = 20e12
    """Floating-point operations a second of a current workstation card in f32."""
    element: int = 4
    """Bytes of one element: GPU targets compute in f32."""

    def cost(self, complexity: OpComplexity, size: int) -> TransferCost:
        """The cost of an operation on operands of `size` elements each.

        Element-wise: two operands in, one result out, one operation an element. Reduction: one operand in, one operation each.
        Matrix product: square operands of `size` elements, so 2 * size**1.5 operations and three matrices on the link.
        """
        moved, operations = {
            OpComplexity.LOW: (3 * size, float(size)),
            OpComplexity.MEDIUM: (size, float(size)),
            OpComplexity.HIGH: (3 * size, 2.0 * size**1.5),
        }[complexity]
        return self.cost_of(Work(moved, operations))

    def cost_of(self, work: Work) -> TransferCost:
        """The cost of an operation whose work is known."""
        moved_bytes = work.moved * self.element
        return TransferCost(moved_bytes, work.operations, moved_bytes / self.link, work.operations / self.device)

    def pays_from(self, complexity: OpComplexity) -> int | None:
        """The smallest size for which the rule allows the GPU; None when no size does."""
        if complexity is not OpComplexity.HIGH:
            return None
        # 2 s^1.5 / device > FACTOR * 3 s element / link, solved for s.
        root = FACTOR * 3 * self.element * self.device / (2 * self.link)
        return int(root**2) + 1
