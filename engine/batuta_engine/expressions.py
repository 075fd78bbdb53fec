"""Expressions over arrays that are computed in one pass: no array is made for what lies between.

>>> import numpy as np
>>> x = lazy(np.arange(4.0))
>>> (x * 2.0 + 1.0).evaluate()
array([1., 3., 5., 7.])
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from batuta_engine.kernels.operations import ELEMENTWISE

if TYPE_CHECKING:
    Array = npt.NDArray[Any]

_FLOATS = (np.dtype("float32"), np.dtype("float64"))


@dataclass(frozen=True, eq=False)
class Expression:
    """An operation on other expressions, an array, or a number; `evaluate` computes it."""

    operation: str
    """The name of an operation; `array` or `number` for a leaf."""
    operands: tuple[Expression, ...] = ()
    value: Any = None

    def apply(self, name: str, *others: Any, **parameters: float) -> Expression:
        """An operation of the table on this expression, other operands and parameters by name. Raises TypeError, ValueError."""
        if name not in ELEMENTWISE:
            raise ValueError(f"there is no operation {name!r}; there are {', '.join(ELEMENTWISE)}")
        row = ELEMENTWISE[name]
        if len(others) != row.arrays - 1 or set(parameters) != set(row.parameters):
            wanted = [*(f"operand {index + 2}" for index in range(row.arrays - 1)), *row.parameters]
            raise TypeError(f"{name} takes {', '.join(wanted) or 'nothing'} beside the array")
        numbers = [Expression("number", value=float(parameters[each])) for each in row.parameters]
        return Expression(name, (self, *map(as_expression, others), *numbers))

    def evaluate(self, backend: str = "simd", out: Array | None = None) -> Array:
        """Compute it on a backend, into `out` where one is given. The shape is that of the operands, broadcast as NumPy does."""
        from batuta_engine.backends.elementwise import evaluate

        return evaluate(self, backend, out)

    def __add__(self, other: Any) -> Expression:
        return self.apply("add", other)

    def __radd__(self, other: Any) -> Expression:
        return as_expression(other).apply("add", self)

    def __sub__(self, other: Any) -> Expression:
        return self.apply("sub", other)

    def __rsub__(self, other: Any) -> Expression:
        return as_expression(other).apply("sub", self)

    def __mul__(self, other: Any) -> Expression:
        return self.apply("mul", other)

    def __rmul__(self, other: Any) -> Expression:
        return as_expression(other).apply("mul", self)

    def __truediv__(self, other: Any) -> Expression:
        return self.apply("div", other)

    def __rtruediv__(self, other: Any) -> Expression:
        return as_expression(other).apply("div", self)

    def __pow__(self, other: Any) -> Expression:
        return self.apply("pow", other)

    def __neg__(self) -> Expression:
        return self.apply("neg")

    def __abs__(self) -> Expression:
        return self.apply("abs")


def lazy(array: Any) -> Expression:
    """An array as an expression. It is not copied where it is float32 or float64 already; other numbers become float64."""
    return Expression("array", value=as_floats(array))


def as_expression(value: Any) -> Expression:
    """An expression of an expression, an array or a number."""
    if isinstance(value, Expression):
        return value
    if isinstance(value, (int, float, np.floating, np.integer)):
        return Expression("number", value=float(value))
    return lazy(value)


def as_floats(array: Any) -> Array:
    """The numbers of an array in C order; only copied where type or order ask for it. Raises TypeError for what holds no real numbers."""
    array = getattr(array, "data", array) if hasattr(array, "is_batuta_array") else array
    found = np.asarray(array)
    if found.dtype not in _FLOATS:
        if found.dtype.kind not in "iuf" or found.dtype.itemsize > 8:
            raise TypeError(f"an array of {found.dtype} does not hold float32, float64 or integers")
        found = found.astype(np.float64)
    return found if found.flags.c_contiguous or found.ndim == 0 else np.ascontiguousarray(found)


def fused(function: Callable[..., Expression]) -> Callable[..., Array]:
    """A function of arrays that is written with operators and computed in one pass.

    >>> @fused
    ... def line(x, slope, start):
    ...     return x * slope + start
    >>> line(np.arange(3.0), 2.0, 1.0)
    array([1., 3., 5.])
    """

    def compute(*arrays: Any, backend: str = "simd", out: Array | None = None) -> Array:
        return function(*map(as_expression, arrays)).evaluate(backend, out)

    compute.__name__, compute.__doc__ = function.__name__, function.__doc__
    return compute


def leaves(expression: Expression) -> Sequence[Expression]:
    """The arrays and numbers of an expression, each once, in the order in which they are met."""
    found: dict[int, Expression] = {}

    def visit(node: Expression) -> None:
        if node.operands:
            for each in node.operands:
                visit(each)
        else:
            found.setdefault(id(node), node)

    visit(expression)
    return list(found.values())
