"""Linear algebra: np.dot, np.matmul, np.linalg.solve, inv, norm, svd, eigh and their like.

## Before
    w = np.linalg.solve(X.T @ X, X.T @ y)
## After
    let w = np::linalg::solve(&np::linalg::matmul(&np::transpose(&x), &x), &np::linalg::matvec(&np::transpose(&x), &y));
## Same numbers
    within 1e-12 relative for well-conditioned input (BLAS adds in another order); signs of factors as LAPACK's for small matrices
## Not handled
    complex results, stacks of matrices (but for `@`), `einsum`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, CostClass, Entry, Parity, Shelf
from batuta.catalog.numpy_elementwise import binary_text
from batuta.ir import types as t

BLAS = Parity(
    "close", 1e-12, caveat="BLAS adds in another order: the last bits differ. trueno's Matrix::matmul computes in f32 (1e-5)."
)
LAPACK = Parity("close", 1e-9, conditions="well-conditioned input", caveat="signs of vectors as LAPACK's up to about 25 rows")
PRODUCTS = {
    (1, 1): "dot",
    (2, 2): "matmul",
    (2, 1): "matvec",
    (1, 2): "vecmat",
    (3, 3): "matmul_stack",
    (3, 1): "stack_vec",
    (3, 2): "stack_mat",
}


def _many(one: int, other: int) -> bool:
    """Whether the product is one of stacks of matrices that the plain functions do not cover."""
    return min(one, other) >= 2 and (one, other) not in PRODUCTS


def product_result(call: Call, first: str, second: str) -> t.Type:
    """The type of `a @ b`."""
    one, other = a.operand(call, first), a.operand(call, second)
    dtype = a.meet(one._replace(weak=False), other._replace(weak=False))
    if one.rank == 0 or other.rank == 0:
        return a.array_type(a.meet(one, other), max(one.rank, other.rank))
    entry = getattr(getattr(call, "use", None), "entry", None)
    if entry is not None and entry.name.endswith(".dot") and other.rank > 2:
        # `dot` pairs every matrix of one stack with every one of the other, which `@` does not.
        raise a.refuse(f"`dot` of ranks {one.rank} and {other.rank} is not translated", "Use `@` for stacks of matrices.")
    if _many(one.rank, other.rank):
        return a.array_type(dtype, max(one.rank, other.rank))
    if (one.rank, other.rank) not in PRODUCTS:
        raise a.refuse(f"a product of ranks {one.rank} and {other.rank} is not translated", "Use at most two axes.")
    if one.rank == 3:
        return a.array_type(dtype, 2 if other.rank == 1 else 3)
    return a.array_type(dtype, one.rank + other.rank - 2)


def product_text(call: Call, first: str, second: str) -> str:
    """The Rust of `a @ b`."""
    one, other = a.operand(call, first), a.operand(call, second)
    if one.rank == 0 or other.rank == 0:
        return binary_text(call, "multiply", first, second, a.meet(one, other))
    dtype = a.meet(one._replace(weak=False), other._replace(weak=False))
    if _many(one.rank, other.rank):
        made = f"np::linalg::~matmul_many::<_, _, _, _, _, ndarray::Ix{max(one.rank, other.rank)}>"
        return f"{made}({a.reference(call, first, dtype)}, {a.reference(call, second, dtype)})"
    text = (
        f"np::linalg::~{PRODUCTS[one.rank, other.rank]}({a.reference(call, first, dtype)}, {a.reference(call, second, dtype)})"
    )
    return a.from_element(dtype, text) if one.rank == other.rank == 1 else text


def _product(name: str) -> Entry:
    return Entry(
        f"numpy.{name}",
        "(a: Any, b: Any, out: Any = None) -> Any",
        lambda call: product_text(call, "a", "b"),
        result=lambda call: product_result(call, "a", "b"),
        features=("np",),
        raises=("ValueError",),
        cost="high",
        parity=BLAS,
        case=f"import numpy as np\nm, v = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.5, 2.0])\nprint(np.{name}(v, v), np.{name}(m, v), np.{name}(v, m))\n"
        f"print(np.{name}(m, m), np.{name}([1, 2], [3, 4]), {'' if name == 'matmul' else f'np.{name}(2, 3) + 1, np.{name}(m, 2), '} np.{name}(np.array([[1, 2]]), np.array([[3], [4]])))\n",
    )


def matrix(call: Call, name: str) -> str:
    """A matrix of floats by reference."""
    if a.array_operand(call, name).rank != 2:
        raise a.refuse("a matrix is needed", "Pass two axes.")
    return a.reference(call, name, "float64")


def _matrix_result(result: t.Type) -> Callable[[Call], t.Type]:
    def check(call: Call) -> t.Type:
        if a.array_operand(call, "a").rank != 2:
            raise a.refuse("one matrix at a time is translated", "Loop over the stack.")
        return result

    return check


def _of_matrix(
    name: str,
    result: t.Type,
    case: str,
    rust: str | Callable[[Call], str] = "",
    extra: str = "",
    raises: tuple[str, ...] = ("LinAlgError",),
    cost: CostClass = "high",
    parity: Parity = LAPACK,
) -> Entry:
    def text(call: Call) -> str:
        if callable(rust):
            return rust(call)
        return f"np::linalg::~{rust or name}({matrix(call, 'a')})"

    return Entry(
        f"numpy.linalg.{name}",
        f"(a: Any{extra}) -> Any",
        text,
        result=_matrix_result(result),
        features=("np",),
        raises=raises,
        cost=cost,
        parity=parity,
        case="import numpy as np\nm = np.array([[4.0, 1.0], [2.0, 3.0]])\n" + case,
    )


M2 = t.Array("float64", 2)
V1 = t.Array("float64", 1)
F = t.NumpyScalar("float64")


def _solve_result(call: Call) -> t.Type:
    a.array_operand(call, "a")
    return t.Array("float64", a.array_operand(call, "b").rank)


def _solve(call: Call) -> str:
    name = "solve" if a.operand(call, "b").rank == 1 else "solve_matrix"
    return f"np::linalg::~{name}({matrix(call, 'a')}, {a.reference(call, 'b', 'float64')})"


def _lstsq_result(call: Call) -> t.Type:
    return t.Tuple((t.Array("float64", a.array_operand(call, "b").rank), V1, t.NumpyScalar("int32"), V1))


def _lstsq(call: Call) -> str:
    name = "lstsq" if a.operand(call, "b").rank == 1 else "lstsq_matrix"
    rcond = "-1.0" if a.is_none(call, "rcond") else a.reference(call, "rcond", "float64")
    if call.constant("rcond", None) == -1:
        rcond = "f64::EPSILON"
    return f"np::linalg::~{name}({matrix(call, 'a')}, {a.reference(call, 'b', 'float64')}, {rcond})"


def _ord(call: Call) -> str:
    if isinstance(call.constant("ord", None), str) and call.constant("ord") != "numpy.inf":
        return ""
    return a.reference(call, "ord", "float64")


def _norm_result(call: Call) -> t.Type:
    found = a.array_operand(call, "x")
    keep = bool(call.constant("keepdims", False))
    if a.is_none(call, "axis"):
        if keep:
            raise a.refuse("`keepdims` without an axis is not translated", "Name the axis.")
        return F
    if found.rank == 1:
        return t.Array("float64", 1) if keep else F
    return t.Array("float64", found.rank if keep else found.rank - 1)


def _norm(call: Call) -> str:
    found = a.array_operand(call, "x")
    held = a.reference(call, "x", "float64")
    named = call.constant("ord", None) if isinstance(call.constant("ord", None), str) else None
    if not a.is_none(call, "axis") and found.rank == 1 and call.constant("keepdims", False):
        order = "2.0" if a.is_none(call, "ord") else _ord(call)
        return f"ndarray::arr1(&[np::linalg::norm_vector({held}, {order})])"
    if not a.is_none(call, "axis") and found.rank > 1:
        order = "2.0" if a.is_none(call, "ord") else _ord(call)
        text = f"np::linalg::norm_axis({held}, {order}, {a.axis_text(call)})"
        return f"np::keep_axis({text}, {a.axis_text(call)})" if call.constant("keepdims", False) else text
    if a.is_none(call, "ord") or named == "fro":
        return f"np::linalg::norm({held})"
    if found.rank == 1:
        return f"np::linalg::norm_vector({held}, {_ord(call)})"
    if named == "nuc":
        return f"np::sum(&np::from_list::<f64>(&np::linalg::~singular_values({held})))"
    return f"np::linalg::~norm_matrix({held}, {_ord(call)})"


def _qr(call: Call) -> str:
    mode = call.constant("mode", "reduced")
    if mode not in ("reduced", "complete"):
        raise a.refuse(f"the mode {mode!r} is not translated", "Use reduced or complete.")
    return f"np::linalg::qr{'_complete' if mode == 'complete' else ''}({matrix(call, 'a')})"


def _svd_result(call: Call) -> t.Type:
    if a.array_operand(call, "a").rank != 2:
        raise a.refuse("one matrix at a time is translated", "Loop over the stack.")
    return t.Tuple((M2, V1, M2)) if call.constant("compute_uv", True) else V1


def _svd(call: Call) -> str:
    if not call.constant("compute_uv", True):
        return f"np::from_list::<f64>(&np::linalg::~singular_values({matrix(call, 'a')}))"
    return f"np::linalg::~svd{'_full' if call.constant('full_matrices', True) else ''}({matrix(call, 'a')})"


def _pinv(call: Call) -> str:
    rcond = a.reference(call, "rcond", "float64") if call.given("rcond") else "1e-15"
    return f"np::linalg::~pinv({matrix(call, 'a')}, {rcond})"


def _rank(call: Call) -> str:
    if not call.given("tol"):
        return f"np::linalg::~matrix_rank({matrix(call, 'a')})"
    return f"np::linalg::~matrix_rank_above({matrix(call, 'a')}, {a.reference(call, 'tol', 'float64')})"


def _power_result(call: Call) -> t.Type:
    found = a.array_operand(call, "a")
    return t.Array("int64" if found.dtype == "int64" and not _negative(call) else "float64", 2)


def _negative(call: Call) -> bool:
    exponent = call.constant("n", None)
    return isinstance(exponent, int) and exponent < 0


def _power(call: Call) -> str:
    if _power_result(call) == t.Array("int64", 2):
        return f"np::linalg::matrix_power_int({a.reference(call, 'a')}, {{n}})"
    return f"np::linalg::~matrix_power({matrix(call, 'a')}, {{n}})"


def trace_text(call: Call, source: str) -> str:
    """A trace."""
    dtype = a.array_operand(call, source).dtype
    return a.from_element(a.widened(dtype), f"np::linalg::trace({a.reference(call, source)}, {{offset}})")


def _meeting(call: Call) -> str:
    """The dtype that two arrays meet in."""
    one, other = a.operand(call, "a"), a.operand(call, "b")
    return a.meet(one._replace(weak=False), other._replace(weak=False))


def _raveled(call: Call, name: str) -> str:
    """The argument as a vector."""
    held = a.reference(call, name, _meeting(call))
    rank = a.operand(call, name).rank
    return held if rank == 1 else f"&np::ravel({held})" if rank else f"&np::array![{held}]"


def _inner_result(call: Call) -> t.Type:
    one, other = a.operand(call, "a"), a.operand(call, "b")
    if one.rank == 0 or other.rank == 0:
        return a.array_type(a.meet(one, other), max(one.rank, other.rank))
    if max(one.rank, other.rank) > 2:
        raise a.refuse("these ranks are not translated", "Use einsum.")
    return a.array_type(_meeting(call), one.rank + other.rank - 2)


def _inner(call: Call) -> str:
    one, other = a.operand(call, "a"), a.operand(call, "b")
    if one.rank == 0 or other.rank == 0:
        return product_text(call, "a", "b")
    dtype = _meeting(call)
    second = a.reference(call, "b", dtype)
    if other.rank == 2:
        second = f"&np::transpose({second})"
    return f"np::linalg::~{PRODUCTS[one.rank, other.rank]}({a.reference(call, 'a', dtype)}, {second})"


def _cross_result(call: Call) -> t.Type:
    one, other = a.array_operand(call, "a"), a.array_operand(call, "b")
    if max(one.rank, other.rank) > 2:
        raise a.refuse("these ranks are not translated", "Use vectors, or rows of vectors.")
    return t.Array(_meeting(call), max(one.rank, other.rank))


def _cross(call: Call) -> str:
    ranks = [a.operand(call, name).rank for name in ("a", "b")]
    sides = [a.reference(call, name, _meeting(call)) for name in ("a", "b")]
    if max(ranks) == 1:
        return f"np::cross({sides[0]}, {sides[1]})"
    sides = [f"&np::row({side})" if rank == 1 else side for side, rank in zip(sides, ranks, strict=True)]
    return f"np::cross_rows({sides[0]}, {sides[1]})"


def _kron_result(call: Call) -> t.Type:
    rank = max(a.array_operand(call, "a").rank, a.array_operand(call, "b").rank)
    if rank > 2:
        raise a.refuse("these ranks are not translated", "Use vectors and matrices.")
    return t.Array(_meeting(call), rank)


def _kron(call: Call) -> str:
    ranks = [a.operand(call, name).rank for name in ("a", "b")]
    sides = [a.reference(call, name, _meeting(call)) for name in ("a", "b")]
    sides = [f"&np::row({side})" if rank == 1 else side for side, rank in zip(sides, ranks, strict=True)]
    text = f"np::kron({sides[0]}, {sides[1]})"
    return f"np::ravel(&{text})" if max(ranks) == 1 else text


def _of_two(name: str, rust: Callable[[Call], str], result: Callable[[Call], t.Type], case: str) -> Entry:
    return Entry(
        f"numpy.{name}",
        "(a: Any, b: Any) -> Any",
        rust,
        result=result,
        features=("np",),
        cost="medium",
        raises=("ValueError",),
        case="import numpy as np\nm = np.array([[1.0, 2.0], [3.0, 4.0]])\n" + case,
    )


def _renamed(entry: Entry, name: str) -> Entry:
    """The same function where `numpy.linalg` has it too."""
    short = entry.name.rpartition(".")[2]
    return replace(entry, name=f"numpy.linalg.{name}", case=entry.case.replace(f"np.{short}(", f"np.linalg.{name}("))


def _multi_result(call: Call) -> t.Type:
    from batuta.catalog.numpy_shape import Parts

    parts = Parts(call, "arrays")
    if parts.nodes is None or parts.rank != 2:
        raise a.refuse("matrices that are written out are multiplied", "Write them in a list.")
    return t.Array(parts.dtype, 2)


def _multi(call: Call) -> str:
    from batuta.catalog.numpy_shape import Parts

    references = Parts(call, "arrays").references() or []
    return f"np::linalg::~multi_dot(&[{', '.join(references)}])"


SHELF = Shelf(
    module="numpy.linalg",
    entries=(
        Entry(
            "numpy.linalg.multi_dot",
            "(arrays: Any) -> Any",
            _multi,
            result=_multi_result,
            features=("np",),
            raises=("ValueError",),
            cost="high",
            parity=BLAS,
            case="import numpy as np\na, b, c = np.ones((2, 3)), np.arange(12.0).reshape(3, 4), np.ones((4, 1))\nprint(np.linalg.multi_dot([a, b, c]), np.linalg.multi_dot([a, b]))\n",
        ),
        _renamed(_product("matmul"), "matmul"),
        _renamed(_of_two("cross", _cross, _cross_result, "print(np.cross([1, 0, 0], [0, 1, 0]))\n"), "cross"),
        _renamed(
            _of_two(
                "outer",
                lambda call: f"np::linalg::outer({_raveled(call, 'a')}, {_raveled(call, 'b')})",
                lambda call: t.Array(_meeting(call), 2),
                "print(np.outer([1, 2], [3, 4.5]))\n",
            ),
            "outer",
        ),
        _product("dot"),
        _product("matmul"),
        _of_two(
            "inner",
            _inner,
            _inner_result,
            "print(np.inner([1, 2], [3, 4]), np.inner([0.5], [2]), np.inner(m, m), np.inner(m, [1, 2]), np.inner(2, [1, 3]))\n",
        ),
        _of_two(
            "vdot",
            lambda call: f"np::linalg::~dot({_raveled(call, 'a')}, {_raveled(call, 'b')})",
            lambda call: a.array_type(_meeting(call), 0),
            "print(np.vdot([1, 2], [3, 4]), np.vdot(m, m))\n",
        ),
        _of_two(
            "outer",
            lambda call: f"np::linalg::outer({_raveled(call, 'a')}, {_raveled(call, 'b')})",
            lambda call: t.Array(_meeting(call), 2),
            "print(np.outer([1, 2], [3, 4.5]), np.outer(m, [1, 2]).shape)\n",
        ),
        _of_two(
            "cross",
            _cross,
            _cross_result,
            "print(np.cross([1, 0, 0], [0, 1, 0]), np.cross(np.eye(3), np.array([1.0, 2.0, 3.0])))\n",
        ),
        _of_two(
            "kron",
            _kron,
            _kron_result,
            "print(np.kron(np.eye(2), np.array([[1.0, 2.0]])), np.kron(np.eye(2), [1, 2]), np.kron([1, 2], [1, 10]))\n",
        ),
        Entry(
            "numpy.trace",
            "(a: Any, offset: int = 0) -> Any",
            lambda call: trace_text(call, "a"),
            result=lambda call: a.array_type(a.widened(a.array_operand(call, "a").dtype), 0),
            features=("np",),
            case="import numpy as np\nprint(np.trace(np.arange(9).reshape(3, 3)), np.trace(np.eye(3), offset=1))\n",
        ),
        Entry(
            "numpy.linalg.solve",
            "(a: Any, b: Any) -> Any",
            _solve,
            result=_solve_result,
            features=("np",),
            raises=("LinAlgError", "ValueError"),
            cost="high",
            parity=LAPACK,
            case="import numpy as np\nm = np.array([[3.0, 1.0], [1.0, 2.0]])\nprint(np.linalg.solve(m, [9, 8]), np.linalg.solve(m, np.eye(2)))\n"
            "try:\n    np.linalg.solve(np.ones((2, 2)), [1.0, 2.0])\nexcept np.linalg.LinAlgError as error:\n    print(error)\n",
        ),
        Entry(
            "numpy.linalg.lstsq",
            "(a: Any, b: Any, rcond: Any = None) -> Any",
            _lstsq,
            result=_lstsq_result,
            features=("np",),
            raises=("LinAlgError",),
            cost="high",
            parity=LAPACK,
            case="import numpy as np\nm = np.array([[0.0, 1.0], [1.0, 1.0], [2.0, 1.0]])\nx, residuals, rank, s = np.linalg.lstsq(m, np.array([1.0, 3.0, 4.5]), rcond=None)\n"
            "print(np.round(x, 10), np.round(residuals, 10), rank, np.round(s, 8))\n",
        ),
        Entry(
            "numpy.linalg.norm",
            "(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any",
            _norm,
            result=_norm_result,
            features=("np",),
            raises=("ValueError", "LinAlgError"),
            cost="medium",
            parity=Parity("close", 1e-15, caveat="the square root of BLAS's dot product"),
            case="import numpy as np\nm = np.array([[3.0, 4.0], [6.0, 8.0]])\nprint(np.linalg.norm([3, 4]), np.linalg.norm(m, axis=1), np.linalg.norm(m[0], 1))\n"
            "print(np.linalg.norm([1.0, -5.0], np.inf), np.round(np.linalg.norm(m, 2), 8), np.linalg.norm(m, ord=1))\n",
        ),
        _of_matrix("inv", M2, "print(np.linalg.inv(m))\n"),
        _of_matrix("det", F, "print(np.linalg.det(m), np.linalg.det([[1, 2], [3, 4]]))\n"),
        _of_matrix("slogdet", t.Tuple((F, F)), "print(np.round(np.linalg.slogdet(m)[1], 10))\n"),
        _of_matrix("cholesky", M2, "print(np.linalg.cholesky(np.array([[4.0, 2.0], [2.0, 5.0]])))\n"),
        _of_matrix(
            "qr",
            t.Tuple((M2, M2)),
            "q, r = np.linalg.qr(m)\nprint(np.round(q, 8), np.round(r, 8))\n",
            _qr,
            ', mode: str = "reduced"',
            (),
        ),
        _of_matrix(
            "eigh",
            t.Tuple((V1, M2)),
            "w, v = np.linalg.eigh(np.array([[2.0, 1.0], [1.0, 3.0]]))\nprint(np.round(w, 8), np.round(v, 8))\n",
        ),
        _of_matrix(
            "eigvalsh",
            V1,
            "print(np.round(np.linalg.eigvalsh(np.array([[2.0, 1.0], [1.0, 3.0]])), 8))\n",
            lambda call: f"np::linalg::eigvalsh({matrix(call, 'a')})",
        ),
        _of_matrix(
            "eig",
            t.Tuple((V1, M2)),
            "w, v = np.linalg.eig(m)\nprint(np.round(np.sort(w), 8))\n",
            parity=Parity(
                "close",
                1e-9,
                conditions="all eigenvalues are real; otherwise the program ends with an error",
                caveat="the order of the eigenvalues and the signs of the vectors may differ",
            ),
        ),
        _of_matrix("eigvals", V1, "print(np.round(np.sort(np.linalg.eigvals(m)), 8))\n"),
        Entry(
            "numpy.linalg.svd",
            "(a: Any, full_matrices: bool = True, compute_uv: bool = True) -> Any",
            _svd,
            result=_svd_result,
            features=("np",),
            raises=("LinAlgError",),
            cost="high",
            parity=LAPACK,
            case="import numpy as np\nm = np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])\nu, s, vt = np.linalg.svd(m, full_matrices=False)\n"
            "print(np.round(u, 8), np.round(s, 8), np.round(vt, 8))\nprint(np.round(np.linalg.svd(m, compute_uv=False), 8))\n",
        ),
        _of_matrix(
            "svdvals",
            V1,
            "print(np.round(np.linalg.svdvals(m), 8))\n",
            lambda call: f"np::from_list::<f64>(&np::linalg::~singular_values({matrix(call, 'a')}))",
        ),
        _of_matrix(
            "pinv",
            M2,
            "print(np.round(np.linalg.pinv(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])), 8))\n",
            _pinv,
            ", rcond: Any = None",
        ),
        _of_matrix(
            "matrix_rank",
            t.NumpyScalar("int64"),
            "print(np.linalg.matrix_rank(np.array([[1.0, 2.0], [2.0, 4.0]])), np.linalg.matrix_rank(m), np.linalg.matrix_rank(m, tol=3.0))\n",
            _rank,
            ", tol: Any = None",
        ),
        _of_matrix("cond", F, "print(np.round(np.linalg.cond(m), 8))\n"),
        Entry(
            "numpy.linalg.matrix_power",
            "(a: Any, n: int) -> Any",
            _power,
            result=_power_result,
            features=("np",),
            raises=("LinAlgError",),
            cost="high",
            parity=BLAS,
            case="import numpy as np\nprint(np.linalg.matrix_power(np.array([[1, 1], [1, 0]]), 10), np.linalg.matrix_power(np.array([[0.5, 0.5], [0.25, 0.75]]), 3))\n",
        ),
    ),
    refused={"numpy.einsum": ("the string of indices is a language of its own", "Use @, sums and broadcasting.")},
)
