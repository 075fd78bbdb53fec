"""The words of backend selection."""

from __future__ import annotations

from enum import Enum


class OpComplexity(Enum):
    """How the work of an operation grows with its data."""

    LOW = "Low"
    """Element by element."""
    MEDIUM = "Medium"
    """Reductions."""
    HIGH = "High"
    """Matrix products."""

    def __str__(self) -> str:
        return self.value

    @property
    def operations(self) -> str:
        """The kind of operation, as the documented table names it."""
        return {"Low": "Element-wise", "Medium": "Reductions", "High": "MatMul"}[self.value]

    @classmethod
    def of_cost(cls, cost: str) -> OpComplexity | None:
        """The complexity of a cost class (`low`, `medium`, `high`); None for `none`."""
        return next((each for each in cls if each.value.lower() == cost), None)


class Backend(Enum):
    """Where an operation runs."""

    SCALAR = "Scalar"
    SIMD = "SIMD"
    GPU = "GPU"

    def __str__(self) -> str:
        return self.value
