"""The words of backend routing: how much work an operation does for each element, and where it can run."""

from __future__ import annotations

from enum import Enum


class OpComplexity(Enum):
    """How the work of an operation grows: element by element, a reduction, or a matrix product."""

    LOW = "Low"
    MEDIUM = "Medium"
    HIGH = "High"

    def __str__(self) -> str:
        return self.value

    @property
    def operations(self) -> str:
        """The kind of operation, as the documented table names it."""
        return {"Low": "Element-wise", "Medium": "Reductions", "High": "MatMul"}[self.value]

    @classmethod
    def of_cost(cls, cost: str) -> OpComplexity | None:
        """The complexity of a catalog entry's cost class (`low`, `medium`, `high`); None for `none`."""
        return next((each for each in cls if each.value.lower() == cost), None)


class Backend(Enum):
    """Where an operation runs."""

    SCALAR = "Scalar"
    SIMD = "SIMD"
    GPU = "GPU"

    def __str__(self) -> str:
        return self.value
