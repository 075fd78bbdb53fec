"""The table of operations: what each takes, how its work grows, and how far a backend may be from the correctly rounded result."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from batuta_engine.kernels import elementwise as e
from batuta_engine.selection.complexity import OpComplexity


@dataclass(frozen=True)
class Elementwise:
    """An operation on elements."""

    name: str
    formula: Callable[..., float]
    arrays: int
    """How many arrays it takes."""
    parameters: tuple[str, ...] = ()
    """Numbers that are the same for all elements."""
    ulps: float = 0.5
    """The largest difference from the exact result that is accepted, in units in the last place."""
    cost: int = 1
    """Floating-point operations for each element; a transcendental function counts as 20."""

    complexity = OpComplexity.LOW


@dataclass(frozen=True)
class Reduction:
    """An operation that makes one number of an array."""

    name: str
    arrays: int = 1
    cost: int = 1
    integer: bool = False
    """Whether the result is an index."""

    complexity = OpComplexity.MEDIUM


_FUNCTION = 20

ELEMENTWISE: dict[str, Elementwise] = {
    each.name: each
    for each in (
        Elementwise("add", e.add, 2),
        Elementwise("sub", e.sub, 2),
        Elementwise("mul", e.mul, 2),
        Elementwise("div", e.div, 2),
        Elementwise("pow", e.power, 2, ulps=1.0, cost=_FUNCTION),
        Elementwise("minimum", e.minimum, 2),
        Elementwise("maximum", e.maximum, 2),
        Elementwise("copysign", e.copysign, 2),
        Elementwise("fma", e.fma, 3, ulps=2.0, cost=2),
        Elementwise("lerp", e.lerp, 2, ("t",), ulps=4.0, cost=3),
        Elementwise("abs", e.absolute, 1),
        Elementwise("neg", e.negative, 1),
        Elementwise("sqrt", e.sqrt, 1),
        Elementwise("recip", e.recip, 1),
        Elementwise("exp", e.exp, 1, ulps=1.0, cost=_FUNCTION),
        Elementwise("ln", e.ln, 1, ulps=1.0, cost=_FUNCTION),
        Elementwise("log2", e.log2, 1, ulps=1.0, cost=_FUNCTION),
        Elementwise("log10", e.log10, 1, ulps=2.0, cost=_FUNCTION),
        Elementwise("sin", e.sin, 1, ulps=1.0, cost=_FUNCTION),
        Elementwise("cos", e.cos, 1, ulps=1.0, cost=_FUNCTION),
        Elementwise("tan", e.tan, 1, ulps=2.0, cost=_FUNCTION),
        Elementwise("asin", e.asin, 1, ulps=2.0, cost=_FUNCTION),
        Elementwise("acos", e.acos, 1, ulps=2.0, cost=_FUNCTION),
        Elementwise("atan", e.atan, 1, ulps=1.0, cost=_FUNCTION),
        Elementwise("sinh", e.sinh, 1, ulps=3.0, cost=_FUNCTION),
        Elementwise("cosh", e.cosh, 1, ulps=2.0, cost=_FUNCTION),
        Elementwise("tanh", e.tanh, 1, ulps=3.0, cost=_FUNCTION),
        Elementwise("asinh", e.asinh, 1, ulps=4.0, cost=_FUNCTION),
        Elementwise("acosh", e.acosh, 1, ulps=4.0, cost=_FUNCTION),
        Elementwise("atanh", e.atanh, 1, ulps=4.0, cost=_FUNCTION),
        Elementwise("floor", e.floor, 1),
        Elementwise("ceil", e.ceil, 1),
        Elementwise("trunc", e.trunc, 1),
        Elementwise("fract", e.fract, 1),
        Elementwise("round", e.round_half_away, 1),
        Elementwise("signum", e.signum, 1),
        Elementwise("clip", e.clip, 1, ("low", "high")),
        Elementwise("relu", e.relu, 1),
        Elementwise("leaky_relu", e.leaky_relu, 1, ("slope",)),
        Elementwise("elu", e.elu, 1, ("alpha",), ulps=3.0, cost=_FUNCTION),
        Elementwise("selu", e.selu, 1, ulps=4.0, cost=_FUNCTION),
        Elementwise("sigmoid", e.sigmoid, 1, ulps=3.0, cost=_FUNCTION),
        Elementwise("gelu", e.gelu, 1, ulps=8.0, cost=_FUNCTION),
        Elementwise("swish", e.swish, 1, ulps=4.0, cost=_FUNCTION),
        Elementwise("hardswish", e.hardswish, 1, ulps=2.0, cost=3),
        Elementwise("mish", e.mish, 1, ulps=8.0, cost=2 * _FUNCTION),
    )
}
"""All operations on elements."""

REDUCTIONS: dict[str, Reduction] = {
    each.name: each
    for each in (
        Reduction("sum"),
        Reduction("sum_kahan", cost=4),
        Reduction("sum_of_squares", cost=2),
        Reduction("norm_l1", cost=2),
        Reduction("norm_l2", cost=2),
        Reduction("norm_linf"),
        Reduction("mean"),
        Reduction("variance", cost=4),
        Reduction("stddev", cost=4),
        Reduction("min"),
        Reduction("max"),
        Reduction("argmin", integer=True),
        Reduction("argmax", integer=True),
        Reduction("dot", arrays=2, cost=2),
        Reduction("covariance", arrays=2, cost=4),
        Reduction("correlation", arrays=2, cost=8),
    )
}
"""All reductions. Variance, standard deviation and covariance divide by the number of elements, as NumPy and trueno do."""
