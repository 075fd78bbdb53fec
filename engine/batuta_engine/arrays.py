"""`Vector` and `Matrix`: trueno's operations under trueno's names, in float32 or float64, on a backend of one's choice.

>>> a = Vector.from_slice([1.0, 2.0, 3.0])
>>> a.dot(a), (a * 2.0 + 1.0).tolist()
(14.0, [3.0, 5.0, 7.0])
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal, Self, overload

import numpy as np

from batuta_engine.expressions import Expression, as_floats, lazy
from batuta_engine.kernels.operations import ELEMENTWISE, REDUCTIONS, Elementwise, Reduction

if TYPE_CHECKING:
    import numpy.typing as npt

    Numbers = npt.NDArray[Any]

BackendName = Literal["scalar", "simd", "gpu", "auto"]


class _Array:
    """What vectors and matrices have in common: numbers in C order, and the backend that computes with them."""

    is_batuta_array = True
    ndim = 0

    def __init__(self, data: Any, backend: BackendName = "auto", exact: bool = True) -> None:
        """`data` is not copied where it is a contiguous float32 or float64 array. `exact`: the same bits for any number of threads."""
        self.data: Numbers = as_floats(data)
        if self.data.ndim != self.ndim:
            raise ValueError(f"a {type(self).__name__} has {self.ndim} dimensions, not {self.data.ndim}")
        self.backend: BackendName = backend
        self.exact = exact

    @property
    def dtype(self) -> np.dtype[Any]:
        """float32 or float64."""
        return self.data.dtype

    def astype(self, dtype: Any) -> Self:
        """The same numbers in another type."""
        return self._like(self.data.astype(dtype))

    def on(self, backend: BackendName) -> Self:
        """The same numbers, computed with on another backend."""
        return type(self)(self.data, backend, self.exact)

    def lazy(self) -> Expression:
        """As an expression, of which several operations are computed in one pass."""
        return lazy(self.data)

    def tolist(self) -> list[Any]:
        """The numbers as Python floats."""
        return list(self.data.tolist())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Numbers:
        return np.array(self.data, dtype=dtype, copy=copy)

    def __len__(self) -> int:
        return len(self.data)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({np.array2string(self.data, separator=', ')}, dtype={self.dtype.name})"

    def __eq__(self, other: object) -> bool:
        """Whether all numbers are the same; NaN is not."""
        return isinstance(other, _Array) and self.data.shape == other.data.shape and bool(np.array_equal(self.data, other.data))

    __hash__ = None  # type: ignore[assignment]

    def _like(self, data: Numbers) -> Self:
        return type(self)(data, self.backend, self.exact)

    def _chosen(self, row: Elementwise | Reduction | None, size: int) -> str:
        if self.backend != "auto":
            return self.backend
        from batuta_engine.selection import Backend, BackendSelector, OpComplexity

        selector = BackendSelector.measured() or BackendSelector()
        chosen = selector.select_with_moe(row.complexity if row is not None else OpComplexity.HIGH, size)
        if chosen is Backend.GPU:
            from batuta_engine.backends.gpu import is_available

            # Scalar stands for the choice of one thread: the vectorised loop is that below its own threshold.
            return "gpu" if is_available() else "simd"
        return "simd"

    def apply(self, name: str, *others: Any, **parameters: float) -> Self:
        """An operation on elements by its name, such as `apply("relu")` or `apply("clip", low=0.0, high=1.0)`."""
        expression = self.lazy().apply(name, *(_plain(each) for each in others), **parameters)
        return self._like(expression.evaluate(self._chosen(ELEMENTWISE[name], self.data.size)))

    def __add__(self, other: Any) -> Self:
        return self.apply("add", other)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Self:
        return self.apply("sub", other)

    def __rsub__(self, other: Any) -> Self:
        return self._like((_plain(other) - self.lazy()).evaluate(self._chosen(ELEMENTWISE["sub"], self.data.size)))

    def __mul__(self, other: Any) -> Self:
        return self.apply("mul", other)

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Self:
        return self.apply("div", other)

    def __rtruediv__(self, other: Any) -> Self:
        return self._like((_plain(other) / self.lazy()).evaluate(self._chosen(ELEMENTWISE["div"], self.data.size)))

    def __neg__(self) -> Self:
        return self.apply("neg")

    def __abs__(self) -> Self:
        return self.apply("abs")


def _plain(value: Any) -> Any:
    return value.data if isinstance(value, _Array) else value


class Vector(_Array):
    """Numbers in a row."""

    ndim = 1

    @classmethod
    def from_slice(cls, values: Iterable[float], dtype: Any = np.float64, backend: BackendName = "auto") -> Vector:
        """Of numbers."""
        return cls(np.array(list(values), dtype=dtype), backend)

    @classmethod
    def zeros(cls, size: int, dtype: Any = np.float64) -> Vector:
        """So many zeros."""
        return cls(np.zeros(size, dtype))

    @classmethod
    def ones(cls, size: int, dtype: Any = np.float64) -> Vector:
        """So many ones."""
        return cls(np.ones(size, dtype))

    def __getitem__(self, index: int) -> float:
        return float(self.data[index])

    def reduce(self, name: str, *others: Any) -> Any:
        """A reduction by its name, such as `reduce("sum")`. Raises ValueError for what has no value."""
        from batuta_engine.backends.reductions import reduce

        row = REDUCTIONS[name]
        arrays = (self.data, *(as_floats(_plain(each)).astype(self.dtype, copy=False) for each in others))
        if len(arrays) != row.arrays:
            raise TypeError(f"{name} takes {row.arrays - 1} other vectors, not {len(others)}")
        found = reduce(name, arrays, self._chosen(row, self.data.size), self.exact)
        return found if row.integer else float(found)

    def softmax(self) -> Vector:
        """exp(x) over its sum, computed from x - max(x) so that nothing overflows."""
        grown = self._like(
            (self.lazy() - self.reduce("max")).apply("exp").evaluate(self._chosen(ELEMENTWISE["exp"], len(self)))
        )
        return grown / float(grown.reduce("sum"))

    def log_softmax(self) -> Vector:
        """The logarithm of softmax, x - max(x) - ln(sum(exp(x - max(x))))."""
        shifted = self - float(self.reduce("max"))
        return shifted - float(np.log(shifted.apply("exp").reduce("sum")))

    def zscore(self) -> Vector:
        """(x - mean) / standard deviation. Raises ValueError where all numbers are equal."""
        return (self - float(self.reduce("mean"))) / self._spread(self.reduce("stddev"))

    def minmax_normalize(self) -> Vector:
        """(x - min) / (max - min). Raises ValueError where all numbers are equal."""
        least = float(self.reduce("min"))
        return (self - least) / self._spread(float(self.reduce("max")) - least)

    def normalize(self) -> Vector:
        """x over its Euclidean length. Raises ValueError for a length of zero."""
        return self / self._spread(self.reduce("norm_l2"))

    def layer_norm(self, gamma: Vector, beta: Vector, epsilon: float = 1e-5) -> Vector:
        """gamma · (x - mean) / sqrt(variance + epsilon) + beta."""
        scale = 1.0 / float(np.sqrt(self.reduce("variance") + epsilon))
        expression = (self.lazy() - self.reduce("mean")) * scale * _plain(gamma) + _plain(beta)
        return self._like(expression.evaluate(self._chosen(ELEMENTWISE["fma"], len(self))))

    @staticmethod
    def _spread(value: float) -> float:
        if value == 0.0:
            raise ValueError("all numbers are equal: there is nothing to divide by")
        return value


class Matrix(_Array):
    """Numbers in rows and columns."""

    ndim = 2

    @classmethod
    def from_slice(cls, rows: int, columns: int, values: Sequence[float], dtype: Any = np.float64) -> Matrix:
        """Of the numbers of all rows, one after the other. Raises ValueError for another count."""
        if len(values) != rows * columns:
            raise ValueError(f"{rows} x {columns} are {rows * columns} numbers, not {len(values)}")
        return cls(np.array(values, dtype=dtype).reshape(rows, columns))

    @classmethod
    def zeros(cls, rows: int, columns: int, dtype: Any = np.float64) -> Matrix:
        """All zeros."""
        return cls(np.zeros((rows, columns), dtype))

    @classmethod
    def ones(cls, rows: int, columns: int, dtype: Any = np.float64) -> Matrix:
        """All ones."""
        return cls(np.ones((rows, columns), dtype))

    @classmethod
    def identity(cls, size: int, dtype: Any = np.float64) -> Matrix:
        """Ones on the diagonal."""
        return cls(np.eye(size, dtype=dtype))

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        rows, columns = self.data.shape
        return rows, columns

    @property
    def rows(self) -> int:
        """How many rows."""
        return self.shape[0]

    @property
    def columns(self) -> int:
        """How many columns."""
        return self.shape[1]

    def __getitem__(self, place: tuple[int, int]) -> float:
        return float(self.data[place])

    def transpose(self) -> Matrix:
        """Rows as columns, copied into C order."""
        return self._like(np.ascontiguousarray(self.data.T))

    @property
    def T(self) -> Matrix:
        """Rows as columns."""
        return self.transpose()

    def reshape(self, rows: int, columns: int) -> Matrix:
        """The same numbers in another shape, not copied. Raises ValueError."""
        return self._like(self.data.reshape(rows, columns))

    def matmul(self, other: Matrix) -> Matrix:
        """The product of two matrices. Raises ValueError for shapes that do not go together."""
        from batuta_engine.backends.products import multiply

        return self._like(multiply(self.data, _plain(other), self._chosen(None, self.data.size)))

    def matvec(self, vector: Vector) -> Vector:
        """The product with a column."""
        product = self.matmul(Matrix(_plain(vector).reshape(-1, 1), self.backend))
        return Vector(product.data.reshape(-1), self.backend, self.exact)

    def vecmat(self, vector: Vector) -> Vector:
        """The product of a row with the matrix."""
        product = Matrix(_plain(vector).reshape(1, -1), self.backend).matmul(self)
        return Vector(product.data.reshape(-1), self.backend, self.exact)

    @overload
    def __matmul__(self, other: Matrix) -> Matrix: ...
    @overload
    def __matmul__(self, other: Vector) -> Vector: ...
    def __matmul__(self, other: Matrix | Vector) -> Matrix | Vector:
        return self.matvec(other) if isinstance(other, Vector) else self.matmul(other)

    def reduce(self, name: str, axis: int | None = None) -> Any:
        """A reduction of all numbers, of each column (axis 0) or of each row (axis 1): a number or a Vector."""
        if axis is None:
            return Vector(self.data.reshape(-1), self.backend, self.exact).reduce(name)
        if axis not in (0, 1):
            raise ValueError(f"a matrix has the axes 0 and 1, not {axis}")
        lines = np.ascontiguousarray(self.data.T) if axis == 0 else self.data
        backend = self._chosen(REDUCTIONS[name], self.data.size)
        from batuta_engine.backends.reductions import reduce

        found = np.array([reduce(name, (line,), backend, self.exact) for line in lines])
        return found if REDUCTIONS[name].integer else Vector(found.astype(self.dtype), self.backend, self.exact)


def array(values: Any, dtype: Any = None) -> Vector | Matrix:
    """A Vector of numbers, or a Matrix of rows of numbers. Raises ValueError for other dimensions."""
    data = np.asarray(values, dtype=dtype)
    return Vector(data) if data.ndim == 1 else Matrix(data)


def _operation(row: Elementwise) -> Any:
    def method(self: _Array, *given: Any) -> _Array:
        others, numbers = given[: row.arrays - 1], given[row.arrays - 1 :]
        if len(numbers) != len(row.parameters):
            wanted = [*["another"] * (row.arrays - 1), *row.parameters]
            raise TypeError(f"{row.name} takes {', '.join(wanted) or 'nothing'}, not {len(given)} arguments")
        return self.apply(row.name, *others, **dict(zip(row.parameters, numbers, strict=True)))

    method.__name__, method.__doc__ = row.name, row.formula.__doc__
    return method


def _reduction(row: Reduction) -> Any:
    def of_vector(self: Vector, *others: Any) -> Any:
        return self.reduce(row.name, *others)

    def of_matrix(self: Matrix, axis: int | None = None) -> Any:
        return self.reduce(row.name, axis)

    for each in (of_vector, of_matrix):
        each.__name__ = row.name
        each.__doc__ = f"The reduction `{row.name}`."
    return of_vector, of_matrix


for _row in ELEMENTWISE.values():
    setattr(_Array, _row.name, _operation(_row))
for _reduced in REDUCTIONS.values():
    _of_vector, _of_matrix = _reduction(_reduced)
    setattr(Vector, _reduced.name, _of_vector)
    if _reduced.arrays == 1:
        setattr(Matrix, _reduced.name, _of_matrix)
