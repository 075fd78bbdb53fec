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


class Backend(Enum):
    """Where an operation runs."""

    SCALAR = "Scalar"
    SIMD = "SIMD"
    GPU = "GPU"

    def __str__(self) -> str:
        return self.value
