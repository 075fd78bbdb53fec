"""The forms of NumPy's operations on trueno's Vector and Matrix: what `--target aprender` and `--precision f32` ask for.

The crate computes in float32 and knows vectors and matrices only. A form fits where its shapes are in the program's text and agree,
and where a bound of the values is known: integers stay below 2^24, so float32 holds each of them and every partial sum exactly;
floats stay far from float32's largest number. What no form fits stays on the faithful arrays.

## Before
    C = A @ B
    total = np.sum(A)
## After
    let c = a.matmul(&b).unwrap();
    let total = a.sum().unwrap() as i64;
## Same numbers
    integers exactly; floats to seven digits of the largest operand
## Not handled
    broadcasting, axes, indexing and slicing, values that come from a file, a draw or a loop without bound
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import dataclass

from batuta.catalog.entry import Call, Entry, Parity, Refusal, Target

MOST_INTEGER = 2.0**24
"""Below it float32 holds every integer."""
MOST_FLOAT = 1e30
"""float32 ends at 3.4e38; a product of two sums stays below that from here."""
MATRIX, VECTOR = "trueno.Matrix", "trueno.Vector"
_ADAPTERS = "batuta_rt::trueno_adapters"
_ON_MATRIX = (f"{_ADAPTERS}::MatrixByVectors",)


@dataclass(frozen=True)
class Known:
    """What is known of a value: NumPy's dtype, its shape (`()` for a number), and what no element exceeds in size."""

    dtype: str
    shape: tuple[int, ...]
    bound: float

    @property
    def count(self) -> int:
        """How many elements."""
        return math.prod(self.shape)

    @property
    def fits(self) -> bool:
        """Whether float32 holds it."""
        return self.bound < (MOST_INTEGER if self.dtype == "int64" else MOST_FLOAT)


@dataclass(frozen=True)
class Made:
    """One use of an operation on the crate's arrays: the Rust template, what is known of the result, paths to `use`."""

    rust: str
    result: Known
    use: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """An operation that the crate's arrays have. `operands` names the parameters that may be arrays."""

    operands: tuple[str, ...]
    make: Callable[[Call, dict[str, Known]], Made | None]
    """From the call and what is known of those operands that are arrays; None where it does not fit."""
    parity: Parity


_HELD = Parity("close", 5e-7, conditions="integers below 2^24 are exact", caveat="float32: seven digits of each element")
_SUMMED = Parity(
    "close", 1e-5, conditions="integers below 2^24 are exact", caveat="float32 lanes: seven digits of the largest partial sum"
)


def is_array(found: Known) -> bool:
    """Whether it is a vector or a matrix."""
    return len(found.shape) in (1, 2) and found.count > 0 and found.dtype in ("float64", "int64")


def _number(found: Known, text: str) -> str:
    """A float32 result as Python's number."""
    return f"{text} as i64" if found.dtype == "int64" else f"trueno_adapters::wide({text})"


def _scalar(found: Known, text: str, use: tuple[str, ...] = ()) -> Made:
    wide = () if found.dtype == "int64" else (_ADAPTERS,)
    return Made(_number(found, text), found, (*use, *wide))


def _literal(call: Call, known: dict[str, Known]) -> Made | None:
    node = call.node("object")
    if any(call.given(each) for each in ("dtype", "order", "ndmin")) or not isinstance(node, ast.List | ast.Tuple):
        return None
    value = call.constant("object", None)
    rows = list(value) if isinstance(value, list | tuple) else []
    nested = bool(rows) and all(isinstance(each, list | tuple) for each in rows)
    flat = [each for row in rows for each in row] if nested else rows
    if not flat or any(isinstance(each, bool) or not isinstance(each, int | float) for each in flat):
        return None
    if nested and len({len(row) for row in rows}) != 1:
        return None
    if not all(math.isfinite(each) for each in flat):
        return None
    dtype = "int64" if all(isinstance(each, int) for each in flat) else "float64"
    shape: tuple[int, ...] = (len(rows), len(rows[0])) if nested else (len(rows),)
    found = Known(dtype, shape, max(abs(float(each)) for each in flat))
    numbers = "[" + ", ".join(repr(float(each)) for each in flat) + "]"
    if nested:
        return Made(f"trueno::Matrix::from_slice({shape[0]}, {shape[1]}, &{numbers}).unwrap()", found)
    return Made(f"trueno::Vector::<f32>::from_slice(&{numbers})", found)


def _filled(value: int) -> Callable[[Call, dict[str, Known]], Made | None]:
    def make(call: Call, known: dict[str, Known]) -> Made | None:
        asked = call.constant("shape", None)
        shape: tuple[int, ...] = tuple(asked) if isinstance(asked, tuple | list) else (asked,)
        if call.given("order") or not all(type(each) is int and each > 0 for each in shape) or len(shape) not in (1, 2):
            return None
        dtype = {None: "float64", "builtins.float": "float64", "builtins.int": "int64"}.get(call.constant("dtype", ""))
        if dtype is None:
            return None
        found = Known(dtype, shape, float(value))
        if len(shape) == 1:
            return Made(f"trueno::Vector::from_vec(vec![{value}.0_f32; {shape[0]}])", found)
        if value == 0:
            return Made(f"trueno::Matrix::zeros({shape[0]}, {shape[1]})", found)
        return Made(f"trueno::Matrix::ones({shape[0]}, {shape[1]})", found, _ON_MATRIX)

    return make


def _product(first: str, second: str) -> Form:
    def make(call: Call, known: dict[str, Known]) -> Made | None:
        one, other = known.get(first), known.get(second)
        if one is None or other is None or call.given("out") or one.shape[-1] != other.shape[0]:
            return None
        dtype = "int64" if one.dtype == other.dtype == "int64" else "float64"
        found = Known(dtype, one.shape[:-1] + other.shape[1:], one.bound * other.bound * one.shape[-1])
        left, right = f"{{{first}}}", f"{{&{second}}}"
        match len(one.shape), len(other.shape):
            case 2, 2:
                return Made(f"{left}.matmul({right}).unwrap()", found)
            case 2, 1:
                return Made(f"{left}.matvec({right}).unwrap()", found)
            case 1, 2:
                return Made(f"trueno::Matrix::vecmat({{&{first}}}, {right}).unwrap()", found)
        return _scalar(found, f"{left}.dot({right}).unwrap()")

    return Form((first, second), make, _SUMMED)


def _reduction(name: str, source: str) -> Form:
    def make(call: Call, known: dict[str, Known]) -> Made | None:
        one = known.get(source)
        if one is None or any(call.given(each) for each in ("axis", "dtype", "keepdims", "out", "where", "initial")):
            return None
        dtype = "float64" if name == "mean" else one.dtype
        bound = one.bound * one.count if name in ("sum", "mean") else one.bound
        # A mean divides a sum, which has to be held too.
        if not Known(one.dtype, (), bound).fits:
            return None
        return _scalar(Known(dtype, (), bound), f"{{{source}}}.{name}().unwrap()", _ON_MATRIX if len(one.shape) == 2 else ())

    return Form((source,), make, _SUMMED if name in ("sum", "mean") else _HELD)


def _transposed(source: str) -> Form:
    def make(call: Call, known: dict[str, Known]) -> Made | None:
        one = known.get(source)
        if one is None or len(one.shape) != 2 or call.given("axes"):
            return None
        return Made(f"{{{source}}}.transpose()", Known(one.dtype, one.shape[::-1], one.bound))

    return Form((source,), make, _HELD)


def _sizes(call: Call) -> list[int] | None:
    nodes = getattr(call, "nodes", lambda name: [])("shape") or [call.node("shape")]
    if len(nodes) == 1 and isinstance(nodes[0], ast.Tuple | ast.List):
        nodes = list(nodes[0].elts)
    found = []
    for each in nodes:
        sign = 1
        if isinstance(each, ast.UnaryOp) and isinstance(each.op, ast.USub):
            each, sign = each.operand, -1
        if not isinstance(each, ast.Constant) or type(each.value) is not int:
            return None
        found.append(sign * each.value)
    return found


def _reshaped(source: str) -> Form:
    def make(call: Call, known: dict[str, Known]) -> Made | None:
        one, sizes = known.get(source), _sizes(call)
        if one is None or not sizes or call.given("order") or len(sizes) not in (1, 2) or sizes.count(-1) > 1:
            return None
        rest = math.prod(each for each in sizes if each != -1)
        if rest <= 0 or one.count % rest:
            return None
        shape = tuple(one.count // rest if each == -1 else each for each in sizes)
        if math.prod(shape) != one.count:
            return None
        found = Known(one.dtype, shape, one.bound)
        if len(shape) == 1:
            return Made(f"trueno::Vector::<f32>::from_slice({{{source}}}.as_slice())", found)
        return Made(f"trueno::Matrix::from_slice({shape[0]}, {shape[1]}, {{{source}}}.as_slice()).unwrap()", found)

    return Form((source,), make, _HELD)


def _constant_number(call: Call, name: str) -> int | float | None:
    value = call.constant(name, None)
    return value if type(value) in (int, float) and math.isfinite(value) else None


def _elementwise(name: str, first: str, second: str) -> Form:
    """`add`, `sub`, `mul` of two arrays of one shape; `mul` also by a number."""

    def make(call: Call, known: dict[str, Known]) -> Made | None:
        if call.given("out") or call.given("where"):
            return None
        one, other = known.get(first), known.get(second)
        if one is not None and other is not None:
            if one.shape != other.shape:
                return None
            dtype = "int64" if one.dtype == other.dtype == "int64" else "float64"
            bound = one.bound * other.bound if name == "mul" else one.bound + other.bound
            use = _ON_MATRIX if len(one.shape) == 2 else ()
            return Made(f"{{{first}}}.{name}({{&{second}}}).unwrap()", Known(dtype, one.shape, bound), use)
        array, held, number = (one, first, second) if one is not None else (other, second, first)
        factor = _constant_number(call, number)
        if name != "mul" or array is None or factor is None:
            return None
        return _scaled(array, held, float(factor), "float64" if isinstance(factor, float) else array.dtype)

    return Form((first, second), make, _HELD if name == "mul" else _SUMMED)


def _scaled(array: Known, held: str, factor: float, dtype: str) -> Made:
    use = _ON_MATRIX if len(array.shape) == 2 else ()
    return Made(f"{{{held}}}.scale({factor!r}).unwrap()", Known(dtype, array.shape, array.bound * abs(factor)), use)


def _divided(first: str, second: str) -> Form:
    """Division by a power of two: only there is a product with the inverse the quotient to the bit."""

    def make(call: Call, known: dict[str, Known]) -> Made | None:
        one, factor = known.get(first), _constant_number(call, second)
        if one is None or factor is None or factor == 0 or call.given("out") or call.given("where"):
            return None
        inverse = 1.0 / float(factor)
        if abs(math.frexp(inverse)[0]) != 0.5:
            return None
        return _scaled(one, first, inverse, "float64")

    return Form((first, second), make, _HELD)


def _asked(source: str, matrix: str, vector: str, use: tuple[str, ...] = ()) -> Form:
    """Something that a value knows of itself."""

    def make(call: Call, known: dict[str, Known]) -> Made | None:
        one = known.get(source)
        if one is None:
            return None
        text = matrix if len(one.shape) == 2 else vector
        return Made(text.replace("SELF", f"{{{source}}}"), Known("other", (), 0.0), use if len(one.shape) == 2 else ())

    return Form((source,), make, Parity("exact"))


def _forms() -> dict[str, Form]:
    forms = {
        "numpy.array": Form((), _literal, _HELD),
        "numpy.zeros": Form((), _filled(0), Parity("exact")),
        "numpy.ones": Form((), _filled(1), Parity("exact")),
        "numpy.dot": _product("a", "b"),
        "numpy.matmul": _product("a", "b"),
        "ndarray.dot": _product("self", "other"),
        "ndarray.__matmul__": _product("self", "other"),
        "numpy.transpose": _transposed("a"),
        "ndarray.transpose": _transposed("self"),
        "ndarray.T": _transposed("self"),
        "numpy.reshape": _reshaped("a"),
        "ndarray.reshape": _reshaped("self"),
        "ndarray.__rmul__": _elementwise("mul", "self", "other"),
        "ndarray.__truediv__": _divided("self", "other"),
        "numpy.divide": _divided("x1", "x2"),
        "ndarray.shape": _asked("self", "trueno_adapters::shape({&self})", "(SELF.len() as i64,)", (_ADAPTERS,)),
        "builtins.len": _asked("obj", "SELF.rows() as i64", "SELF.len() as i64"),
        "ndarray.size": _asked("self", "SELF.as_slice().len() as i64", "SELF.len() as i64"),
    }
    for name in ("sum", "mean", "max", "min"):
        forms[f"numpy.{name}"] = _reduction(name, "a")
        forms[f"ndarray.{name}"] = _reduction(name, "self")
    for short, long in (("add", "add"), ("sub", "subtract"), ("mul", "multiply")):
        forms[f"ndarray.__{short}__"] = _elementwise(short, "self", "other")
        forms[f"numpy.{long}"] = _elementwise(short, "x1", "x2")
    return forms


FORMS: dict[str, Form] = _forms()


def make(name: str, call: Call, known: dict[str, Known]) -> Made | None:
    """The crate's form of one use, or None where there is none that means the same."""
    form = FORMS.get(name)
    if form is None or not all(is_array(each) for each in known.values()):
        return None
    try:
        made = form.make(call, known)
    except Refusal:
        return None
    return made if made is not None and made.result.fits else None


def on_the_crate(entry: Entry, made: Made) -> Entry:
    """The entry of one use that lives on the crate's arrays."""
    target = Target(made.rust, "trueno", FORMS[entry.name].parity, made.use)
    return Entry(
        entry.name,
        entry.signature,
        kind=entry.kind,
        targets=(target,),
        features=("np", "trueno"),
        cost=entry.cost,
        parity=target.parity,
        aliases="",
    )


def border(known: Known) -> Entry:
    """Back to NumPy's kind of array, where a value leaves the crate."""
    kind = "int_array" if known.dtype == "int64" else "array"
    return Entry(
        "trueno.to_array",
        "(self: Any) -> Any",
        f"trueno_adapters::{kind}{len(known.shape)}({{&self}})",
        features=("np", "trueno"),
        use=(_ADAPTERS,),
    )
