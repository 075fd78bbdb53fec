"""Element-wise functions with broadcasting: np.sqrt, np.exp, np.where, np.maximum, comparisons and their like.

## Before
    y = np.where(x > 0, np.sqrt(x), 0.0)
## After
    let y = np::choose(&np::greater(&x, 0.0), &np::sqrt(&x), 0.0);
## Same numbers
    arithmetic, sqrt, rounding and comparisons have equal bits; exp, log, powers and trigonometry come from the C library and differ
    from NumPy's vectorised versions by at most 1 ULP (most values are equal)
## Not handled
    `out=`, `where=` of ufuncs, complex numbers
"""

from __future__ import annotations

import ast

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Parity, Shelf
from batuta.ir import types as t

EXACT = Parity("exact")
LIBM = Parity(
    "close", 5e-16, caveat="the C library's function; NumPy's vectorised one differs by at most 1 ULP for some values"
)
SAMPLE = "np.array([0.5, 1.0, 2.25])"


OF_COMPLEX = {
    "abs": "complex_absolute", "absolute": "complex_absolute", "exp": "complex_exp", "log": "complex_ln", "sqrt": "complex_sqrt",
    "sin": "complex_sin", "cos": "complex_cos",
}  # fmt: skip
"""The functions that are others for complex numbers."""


def _unary(name: str, rust: str, kind: str, sample: str = SAMPLE, parity: Parity = EXACT) -> Entry:
    """A function of one operand. `kind`: `real` (floats out), `same`, or `bool`."""

    def result(call: Call) -> t.Type:
        found = a.operand(call, "x")
        dtype = {"real": a.real(found.dtype), "same": found.dtype, "bool": "bool"}[kind]
        if found.dtype == "complex128" and name in ("abs", "absolute"):
            dtype = "float64"
        if found.dtype == "str":
            raise a.refuse("text has no numbers", "Convert it first.")
        if name == "reciprocal" and not found.dtype.startswith("float"):
            raise a.refuse("the reciprocal of integers is 0 or 1", "Make the array float.")
        return a.array_type(dtype, found.rank)

    def rust_of(call: Call) -> str:
        found = a.operand(call, "x")
        a.only_default(call, "out", "where")
        wanted = a.real(found.dtype) if kind == "real" and found.rank == 0 else found.dtype
        if found.dtype == "complex128" and name in OF_COMPLEX:
            return f"np::{OF_COMPLEX[name]}({a.reference(call, 'x')})"
        return f"np::{rust}({a.reference(call, 'x', wanted)})"

    show = f"np.round(np.{name}({sample}), 12)" if kind == "real" else f"np.{name}({sample})"
    return Entry(
        f"numpy.{name}",
        "(x: Any, /, out: Any = None, where: Any = None) -> Any",
        rust_of,
        result=result,
        features=("np",),
        cost="low",
        parity=parity,
        observes_int=kind != "real",
        case=f"import numpy as np\nprint({show})\nprint(np.round(float(np.{name}(0.5)), 12))\n",
    )


def _unary_bits() -> Entry:
    def result(call: Call) -> t.Type:
        found = a.operand(call, "x")
        if found.dtype.startswith("float") or found.dtype == "str":
            raise a.refuse("bits of floats are not inverted", "Use integers.")
        return a.array_type(found.dtype, found.rank)

    return Entry(
        "numpy.bitwise_not",
        "(x: Any, /) -> Any",
        lambda call: f"np::invert({a.reference(call, 'x')})",
        result=result,
        features=("np",),
        case="import numpy as np\nprint(np.bitwise_not([0, 5]), np.bitwise_not(np.array([True, False])))\n",
    )


def operand_dtype(call: Call, first: str, second: str, real: bool = False) -> str:
    """The dtype that both sides are brought to."""
    found = a.meet(a.operand(call, first), a.operand(call, second))
    return a.real(found) if real and not found.startswith("float") else found


def binary_text(call: Call, rust: str, first: str, second: str, dtype: str) -> str:
    """`np::add(&a, &b)`; two scalars come back as a scalar."""
    one, other = a.operand(call, first), a.operand(call, second)
    text = f"np::~{rust}({a.reference(call, first, dtype)}, {a.reference(call, second, dtype)})"
    return text + ".into_scalar()" if one.rank == 0 and other.rank == 0 else text


def binary_result(call: Call, first: str, second: str, dtype: str) -> t.Type:
    """The type of a broadcast operation."""
    return a.array_type(dtype, max(a.operand(call, first).rank, a.operand(call, second).rank))


def _binary(name: str, rust: str, kind: str = "same", sample: str = "[1, -2, 3], [2, 2, -2]", parity: Parity = EXACT) -> Entry:
    """A function of two operands. `kind`: `same`, `real` (floats out), `bool`, or `logic` (each side keeps its dtype)."""

    def dtype(call: Call) -> str:
        return operand_dtype(call, "x1", "x2", kind == "real")

    def result(call: Call) -> t.Type:
        return binary_result(call, "x1", "x2", "bool" if kind in ("bool", "logic") else dtype(call))

    def rust_of(call: Call) -> str:
        a.only_default(call, "out", "where")
        if kind == "logic":
            return binary_text(call, rust, "x1", "x2", "bool")
        return binary_text(call, rust, "x1", "x2", dtype(call))

    return Entry(
        f"numpy.{name}",
        "(x1: Any, x2: Any, /, out: Any = None, where: Any = None) -> Any",
        rust_of,
        result=result,
        features=("np",),
        raises=("ValueError",),
        cost="low",
        parity=parity,
        observes_int=kind != "real",
        case=f"import numpy as np\nprint(np.{name}({sample}))\nx = np.array([[1, 2, 3], [4, 5, 6]])\nprint(np.{name}(x, x[0]))\n",
    )


def _power_result(call: Call) -> t.Type:
    return binary_result(call, "x1", "x2", operand_dtype(call, "x1", "x2"))


def _power(call: Call) -> str:
    return power_text(call, "x1", "x2", operand_dtype(call, "x1", "x2"))


def power_text(call: Call, first: str, second: str, dtype: str) -> str:
    """A power: NumPy's exact shortcuts for scalar exponents of float arrays."""
    exponent = call.constant(second, None)
    if dtype.startswith("int") and isinstance(exponent, int) and exponent < 0:
        raise a.refuse("integers to negative integer powers are not allowed", "Make the base a float.")
    one, other = a.operand(call, first), a.operand(call, second)
    if one.rank and not other.rank and dtype == "complex128" and exponent == 2:
        return f"np::square({a.reference(call, first, dtype)})"
    if one.rank and not other.rank and dtype.startswith("float"):
        if exponent == 2:
            return f"np::square({a.reference(call, first, dtype)})"
        return f"np::power_scalar({a.reference(call, first, dtype)}, {a.reference(call, second, dtype)})"
    return binary_text(call, "power", first, second, dtype)


def _where_result(call: Call) -> t.Type:
    condition = a.operand(call, "condition")
    if not call.given("x"):
        return t.Tuple(tuple(t.Array("int64", 1) for _ in range(condition.rank)))
    rank = max(condition.rank, a.operand(call, "x").rank, a.operand(call, "y").rank)
    return a.array_type(operand_dtype(call, "x", "y"), rank)


def _where(call: Call) -> str:
    condition = a.operand(call, "condition")
    if not call.given("x"):
        return f"np::nonzero{condition.rank}({a.reference(call, 'condition')})"
    dtype = operand_dtype(call, "x", "y")
    text = f"np::~choose({a.reference(call, 'condition', 'bool')}, {a.reference(call, 'x', dtype)}, {a.reference(call, 'y', dtype)})"
    return text if max(condition.rank, a.operand(call, "x").rank, a.operand(call, "y").rank) else text + ".into_scalar()"


def _select_parts(call: Call) -> tuple[list[ast.expr], list[ast.expr], str, int]:
    """Conditions, choices, their dtype and the rank of the result."""
    from batuta.catalog.numpy_shape import Parts

    conditions, choices = Parts(call, "condlist"), Parts(call, "choicelist")
    found = [a.Operand(each.dtype, each.rank, False, each.is_array) for each in choices.found]
    dtype = a.meet(*found)
    if call.given("default"):
        dtype = a.meet(*found, a.operand(call, "default"))
    if conditions.nodes is None or choices.nodes is None or len(conditions.nodes) != len(choices.nodes):
        raise a.refuse("conditions and choices must be written as lists of one length", "Write them in the call.")
    rank = max(each.rank for each in [*conditions.found, *choices.found])
    return conditions.nodes, choices.nodes, dtype, rank


def _select(call: Call) -> str:
    conditions, choices, dtype, _ = _select_parts(call)

    def side(node: object) -> str:
        found = a.describe(a.type_of(call, node))  # type: ignore[arg-type]
        text = a.lower(call, node, "ref" if found.rank else "value")  # type: ignore[arg-type]
        if found.rank == 0:
            return a.typed(dtype, a.scalar(dtype, found.dtype, text, node), node)  # type: ignore[arg-type]
        held = text if found.is_array else "&" + a.list_text(found, text)
        return a._converted(dtype, found.dtype, held)

    empty = {"str": '"0"', "bool": "false"}.get(dtype, "0.0" if dtype.startswith("float") else f"0_{a.RUST_TYPES[dtype]}")
    text = a.reference(call, "default", dtype) if call.given("default") else empty
    tests = [a.lower(call, each, "ref") for each in conditions]
    before = ""
    if _calls(conditions[1:]) and _calls(choices):
        # Python evaluates all conditions before the first choice.
        names = [f"condition_{place}" for place in range(1, len(tests) + 1)]
        before = "".join(f"let {name} = {test}; " for name, test in zip(names, tests, strict=True))
        tests = names
    for test, choice in reversed(list(zip(tests, choices, strict=True))):
        text = f"&np::~choose({test}, {side(choice)}, {text})"
    text = text.removeprefix("&")
    return f"{{{{ {before}{text} }}}}" if before else text


def _calls(nodes: list[ast.expr]) -> bool:
    """Whether evaluating these may do something beside giving a value."""
    return any(isinstance(each, ast.Call) for node in nodes for each in ast.walk(node))


def clip_text(call: Call, source: str, low: str, high: str) -> str:
    """`np.clip` with scalar bounds, or with arrays through maximum and minimum."""
    found = a.operand(call, source)
    bounds = [each for each in (low, high) if call.given(each) and not a.is_none(call, each)]
    dtype = a.meet(found, *[a.operand(call, each) for each in bounds])
    if any(a.operand(call, each).rank for each in bounds):
        text = a.reference(call, source, dtype)
        if low in bounds:
            text = f"&np::~maximum({text}, {a.reference(call, low, dtype)})"
        if high in bounds:
            text = f"&np::~minimum({text}, {a.reference(call, high, dtype)})"
        return text.removeprefix("&")

    def bound(name: str) -> str:
        return f"Some({a.reference(call, name, dtype)})" if name in bounds else "None"

    return f"np::clip({a.reference(call, source, dtype)}, {bound(low)}, {bound(high)})"


def clip_result(call: Call, source: str, low: str, high: str) -> t.Type:
    """The type of a clip."""
    found = a.operand(call, source)
    bounds = [a.operand(call, each) for each in (low, high) if call.given(each) and not a.is_none(call, each)]
    return a.array_type(a.meet(found, *bounds), max([found.rank, *[each.rank for each in bounds]]))


def _round_result(call: Call) -> t.Type:
    found = a.operand(call, "a")
    return a.array_type("float64" if found.dtype == "bool" else found.dtype, found.rank)


def _close(name: str) -> Entry:
    def rust(call: Call) -> str:
        numbers = [a.operand(call, each) for each in ("a", "b")]
        ranks = max(each.rank for each in numbers)
        sides = []
        for each in ("a", "b"):
            sides.append(a.reference(call, each, None if a.operand(call, each).rank else "float64"))
        rtol, atol = (
            a.reference(call, each, "float64") if call.given(each) else ("1e-5" if each == "rtol" else "1e-8")
            for each in ("rtol", "atol")
        )
        if a.meet(*numbers) == "complex128":
            sides = [a.reference(call, each, "complex128") for each in ("a", "b")]
            text = f"np::~complex_{name}({sides[0]}, {sides[1]}, {rtol}, {atol}, {{equal_nan}})"
            return text + ".into_scalar()" if name == "isclose" and ranks == 0 else text
        text = f"np::~{name}({sides[0]}, {sides[1]}, {rtol}, {atol}, {{equal_nan}})"
        return text + ".into_scalar()" if name == "isclose" and ranks == 0 else text

    def result(call: Call) -> t.Type:
        rank = max(a.operand(call, "a").rank, a.operand(call, "b").rank)
        return t.BOOL if name == "allclose" else a.array_type("bool", rank)

    return Entry(
        f"numpy.{name}",
        "(a: Any, b: Any, rtol: Any = 1e-05, atol: Any = 1e-08, equal_nan: bool = False) -> Any",
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        observes_int=False,
        case=f"import numpy as np\nprint(np.{name}([1.0, 2.0], [1.0, 2.0000001]), np.{name}(1.0, 1.1), np.{name}([1.0, np.nan], [1.0, np.nan]))\n",
    )


def _same_arrays(call: Call) -> str:
    one, other = a.operand(call, "a1"), a.operand(call, "a2")
    if one.rank != other.rank:
        return "false"
    dtype = operand_dtype(call, "a1", "a2")
    return f"np::array_equal({a.reference(call, 'a1', dtype)}, {a.reference(call, 'a2', dtype)})"


def _copyto(call: Call) -> str:
    a.only_default(call, "where")
    return f"np::~assign({{mut dst}}, {a.reference(call, 'src', a.operand(call, 'dst').dtype)})"


def _putmask_result(call: Call) -> t.Type:
    if a.operand(call, "values").rank:
        raise a.refuse("values of their own for each place are not translated", "Assign x[mask] = values[mask].")
    return t.NONE


def _divmod(call: Call) -> str:
    dtype = operand_dtype(call, "x1", "x2")
    sides = [a.reference(call, each, dtype) for each in ("x1", "x2")]
    scalar = ".into_scalar()" if not max(a.operand(call, each).rank for each in ("x1", "x2")) else ""
    return f"(np::~floor_divide({', '.join(sides)}){scalar}, np::~remainder({', '.join(sides)}){scalar})"


def _divmod_result(call: Call) -> t.Type:
    made = binary_result(call, "x1", "x2", operand_dtype(call, "x1", "x2"))
    return t.Tuple((made, made))


def _modf(call: Call) -> str:
    held = a.reference(call, "x", "float64")
    scalar = ".into_scalar()" if not a.operand(call, "x").rank else ""
    return f"(np::~fmod({held}, 1.0){scalar}, np::trunc({held}))"


def _accumulate(name: str, axis_rust: str) -> Entry:
    def result(call: Call) -> t.Type:
        found = a.array_operand(call, "array")
        return t.Array(a.widened(found.dtype) if name in ("add", "multiply") else found.dtype, found.rank)

    return Entry(
        f"numpy.{name}.accumulate",
        "(array: Any, axis: int = 0) -> Any",
        lambda call: f"np::{axis_rust}({a.reference(call, 'array')}, {{axis}})",
        result=result,
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}.accumulate([3, 1, 4, 1, 5]))\n",
    )


def _reduce(name: str, plain: str) -> Entry:
    def result(call: Call) -> t.Type:
        found = a.array_operand(call, "array")
        return a.array_type(a.widened(found.dtype) if name in ("add", "multiply") else found.dtype, found.rank - 1)

    def rust(call: Call) -> str:
        if a.operand(call, "array").rank == 1:
            return f"np::{plain}({a.reference(call, 'array')})"
        return f"np::{plain}_axis({a.reference(call, 'array')}, {{axis}})"

    return Entry(
        f"numpy.{name}.reduce",
        "(array: Any, axis: int = 0) -> Any",
        rust,
        result=result,
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}.reduce([3, 1, 4]), np.{name}.reduce(np.array([[1.0, 2.0], [3.0, 4.0]])))\n",
    )


def _outer(name: str, function: str) -> Entry:
    def result(call: Call) -> t.Type:
        if a.operand(call, "A").rank != 1 or a.operand(call, "B").rank != 1:
            raise a.refuse("`outer` of two vectors is translated", "Use broadcasting.")
        return t.Array(operand_dtype(call, "A", "B"), 2)

    def rust(call: Call) -> str:
        dtype = operand_dtype(call, "A", "B")
        return f"np::~{function}(&np::column({a.reference(call, 'A', dtype)}), {a.reference(call, 'B', dtype)})"

    return Entry(
        f"numpy.{name}.outer",
        "(A: Any, B: Any) -> Any",
        rust,
        result=result,
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}.outer([1, 2], [10, 20, 30]))\n",
    )


def _add_at(call: Call) -> str:
    target = a.operand(call, "a")
    node = call.node("indices")
    if isinstance(node, ast.Tuple) and len(node.elts) == 2 and target.rank == 2:
        places = []
        for each in node.elts:
            found = a.describe(a.type_of(call, each))
            text = a.lower(call, each, "ref" if found.rank else "value")
            places.append(text if found.is_array or not found.rank else "&" + a.list_text(found, text))
        return f"np::add_at_pairs({{mut a}}, {places[0]}, {places[1]}, {a.reference(call, 'b', target.dtype)})"
    if target.rank != 1:
        raise a.refuse("positions in a vector, or a pair of positions in a matrix, are added at", "Write a loop.")
    return f"np::add_at({{mut a}}, {a.reference(call, 'indices', 'int64')}, {a.reference(call, 'b', target.dtype)})"


REAL = [
    "sqrt",
    "cbrt",
    "exp",
    "exp2",
    "expm1",
    "log",
    "log2",
    "log10",
    "log1p",
    "sin",
    "cos",
    "tan",
    "arcsin",
    "arccos",
    "arctan",
    "sinh",
    "cosh",
    "tanh",
    "arcsinh",
    "arccosh",
    "arctanh",
    "degrees",
    "radians",
    "sinc",
]
INVERSE_SAMPLE = {
    "arcsin": "np.array([-1.0, 0.25, 1.0])",
    "arccos": "np.array([-1.0, 0.25, 1.0])",
    "arctanh": "np.array([-0.5, 0.25])",
    "arccosh": "np.array([1.0, 2.25])",
}


def _real_entry(name: str) -> Entry:
    entry = _unary(
        name, name, "real", INVERSE_SAMPLE.get(name, SAMPLE), EXACT if name in ("sqrt", "degrees", "radians") else LIBM
    )
    if name == "arccosh":
        return Entry(**{**vars(entry), "case": "import numpy as np\nprint(np.round(np.arccosh([1.0, 2.25]), 12))\n"})
    return entry


def _alias(entry: Entry, name: str) -> Entry:
    """The same function under its other name."""
    short = entry.name.rpartition(".")[2]
    return Entry(**{**vars(entry), "name": f"numpy.{name}", "case": entry.case.replace(f"np.{short}(", f"np.{name}(")})


INTS = "[12, 10, 7], [10, 6, 3]"
FLOATS = "[1.5, -2.0, 3.0], [2.0, 2.0, -2.5]"

ENTRIES: list[Entry] = [
    *(_real_entry(name) for name in REAL),
    _unary("negative", "negative", "same"),
    _unary("positive", "same_values", "same"),
    _unary("fabs", "absolute", "same", "[-1.5, 2.0, -0.0]"),
    _unary("isposinf", "isposinf", "bool", "[1.0, np.inf, -np.inf]"),
    _unary("isneginf", "isneginf", "bool", "[1.0, np.inf, -np.inf]"),
    _unary("absolute", "absolute", "same", "[-1.5, 2.0, -0.0]"),
    _unary("sign", "sign", "same", "[-1.5, 0.0, 3.0]"),
    _unary("square", "square", "same"),
    _unary("reciprocal", "reciprocal", "same"),
    _unary("floor", "floor", "same", "[-1.5, 2.7, 3.0]"),
    _unary("ceil", "ceil", "same", "[-1.5, 2.2, 3.0]"),
    _unary("trunc", "trunc", "same", "[-1.5, 2.7, 3.0]"),
    _unary("rint", "rint", "same", "[-1.5, 2.5, 3.5]"),
    _unary("isnan", "isnan", "bool", "[1.0, np.nan]"),
    _unary("isinf", "isinf", "bool", "[1.0, -np.inf]"),
    _unary("isfinite", "isfinite", "bool", "[1.0, np.nan, np.inf]"),
    _unary("signbit", "signbit", "bool", "[-1.0, 2.0]"),
    _unary("logical_not", "logical_not", "bool", "[True, False]"),
    _binary("add", "add"),
    _binary("subtract", "subtract"),
    _binary("multiply", "multiply"),
    _binary("divide", "divide", "real"),
    _binary("floor_divide", "floor_divide"),
    _binary("remainder", "remainder"),
    _binary("fmod", "fmod"),
    _binary("maximum", "maximum"),
    _binary("minimum", "minimum"),
    _binary("fmax", "fmax"),
    _binary("fmin", "fmin"),
    _binary("equal", "equal", "bool"),
    _binary("not_equal", "not_equal", "bool"),
    _binary("less", "less", "bool"),
    _binary("less_equal", "less_equal", "bool"),
    _binary("greater", "greater", "bool"),
    _binary("greater_equal", "greater_equal", "bool"),
    _binary("logical_and", "logical_and", "logic", "[True, False, True], [True, True, False]"),
    _binary("logical_or", "logical_or", "logic", "[True, False, True], [True, True, False]"),
    _binary("logical_xor", "logical_xor", "logic", "[True, False, True], [True, True, False]"),
    _binary("bitwise_and", "bitwise_and", sample=INTS),
    _binary("bitwise_or", "bitwise_or", sample=INTS),
    _binary("bitwise_xor", "bitwise_xor", sample=INTS),
    _unary_bits(),
    _binary("float_power", "power", "real", "[2.0, 9.0, 3.0], [3.0, 0.5, 2.0]", LIBM),
    _binary("left_shift", "left_shift", sample=INTS),
    _binary("right_shift", "right_shift", sample=INTS),
    _binary("gcd", "gcd", sample=INTS),
    _binary("lcm", "lcm", sample=INTS),
    _binary("hypot", "hypot", "real", "[3.0, 5.0, 8.0], [4.0, 12.0, 15.0]", LIBM),
    _binary("arctan2", "arctan2", "real", FLOATS, LIBM),
    _binary("copysign", "copysign", "real", FLOATS),
    _binary("logaddexp", "logaddexp", "real", FLOATS, LIBM),
    _binary("heaviside", "heaviside", "real", FLOATS),
    Entry(
        "numpy.power",
        "(x1: Any, x2: Any, /, out: Any = None) -> Any",
        _power,
        result=_power_result,
        features=("np",),
        raises=("ValueError",),
        parity=LIBM,
        cost="low",
        case="import numpy as np\nprint(np.power([1, 2, 3], 2), np.power(2.0, [1.0, 0.5]), np.power(np.array([1.5, 4.0]), 0.5), np.power(2, [1, 2, 10]))\n",
    ),
    Entry(
        "numpy.where",
        "(condition: Any, x: Any = None, y: Any = None, /) -> Any",
        _where,
        result=_where_result,
        features=("np",),
        raises=("ValueError",),
        case="import numpy as np\nx = np.array([1.0, -2.0, 3.0])\nprint(np.where(x > 0, x, 0), np.where(x > 0, 1, -1), np.where(x > 0)[0])\n"
        "print(np.where([True, False], [1, 2], 5.5))\n",
    ),
    Entry(
        "numpy.select",
        "(condlist: Any, choicelist: Any, default: Any = 0) -> Any",
        _select,
        result=lambda call: t.Array(_select_parts(call)[2], _select_parts(call)[3]),
        features=("np",),
        raises=("ValueError",),
        case="import numpy as np\nx = np.array([95, 72, 40])\nprint(np.select([x >= 90, x >= 70], ['A', 'B'], default='C'), np.select([x > 80, x > 50], [x, x * 0.5]))\n",
    ),
    Entry(
        "numpy.clip",
        "(a: Any, a_min: Any = None, a_max: Any = None, out: Any = None) -> Any",
        lambda call: clip_text(call, "a", "a_min", "a_max"),
        result=lambda call: clip_result(call, "a", "a_min", "a_max"),
        features=("np",),
        case="import numpy as np\nx = np.array([-1.5, 0.5, 2.5])\nprint(np.clip(x, 0, 1), np.clip([1, 5, 9], 2, 8), np.clip(x, None, 1.0))\n",
    ),
    Entry(
        "numpy.round",
        "(a: Any, decimals: int = 0, out: Any = None) -> Any",
        lambda call: f"np::round({a.reference(call, 'a')}, {{decimals}})",
        result=_round_result,
        features=("np",),
        case="import numpy as np\nprint(np.round([1.234, 2.5, -0.555], 2), np.round(2.5), np.round(3.14159, 3), np.round([15, 25], -1))\n",
    ),
    Entry(
        "numpy.nan_to_num",
        "(x: Any, copy: bool = True, nan: float = 0.0, posinf: float | None = None, neginf: float | None = None) -> Any",
        lambda call: f"np::nan_to_num({a.reference(call, 'x', 'float64')}, {{nan}}, {{posinf}}, {{neginf}})",
        result=lambda call: a.array_type("float64", a.operand(call, "x").rank),
        features=("np",),
        case="import numpy as np\nprint(np.nan_to_num([1.0, np.nan]), np.nan_to_num(np.array([np.nan, np.inf]), nan=-1.0, posinf=9.0))\n",
    ),
    _close("isclose"),
    _close("allclose"),
    Entry(
        "numpy.array_equal",
        "(a1: Any, a2: Any, equal_nan: bool = False) -> bool",
        _same_arrays,
        features=("np",),
        case="import numpy as np\nprint(np.array_equal([1, 2], [1, 2]), np.array_equal(np.array([1.0]), [1, 2]), np.array_equal([[1]], [1]))\n",
    ),
    Entry(
        "numpy.copyto",
        "(dst: Any, src: Any, where: Any = None) -> None",
        _copyto,
        mutates=("dst",),
        features=("np",),
        raises=("ValueError",),
        case="import numpy as np\nx = np.zeros((2, 2))\nnp.copyto(x, [[1, 2], [3, 4]])\nprint(x)\nnp.copyto(x, 5)\nprint(x)\n",
    ),
    Entry(
        "numpy.putmask",
        "(a: Any, mask: Any, values: Any) -> None",
        lambda call: (
            f"np::~set_masked({{mut a}}, {a.reference(call, 'mask')}, {a.reference(call, 'values', a.operand(call, 'a').dtype)})"
        ),
        result=_putmask_result,
        mutates=("a",),
        features=("np",),
        case="import numpy as np\nx = np.arange(5)\nnp.putmask(x, x > 2, 0)\nprint(x)\n",
    ),
    Entry(
        "numpy.divmod",
        "(x1: Any, x2: Any, /) -> Any",
        _divmod,
        result=_divmod_result,
        features=("np",),
        case="import numpy as np\nprint(np.divmod([7, -7], 3), np.divmod(np.array([5.5]), [2.0]))\n",
    ),
    Entry(
        "numpy.modf",
        "(x: Any, /) -> Any",
        _modf,
        result=lambda call: t.Tuple((a.array_type("float64", a.operand(call, "x").rank),) * 2),
        features=("np",),
        case="import numpy as np\nprint(np.modf([1.5, -2.25]))\n",
    ),
    Entry(
        "numpy.isscalar",
        "(element: Any) -> bool",
        lambda call: (
            "true" if isinstance(call.type("element"), t.Scalar | t.NumpyScalar) and call.type("element") != t.NONE else "false"
        ),
        case="import numpy as np\nprint(np.isscalar(3.5), np.isscalar([1]), np.isscalar(np.float64(2)))\n",
    ),
    _accumulate("maximum", "cummax_axis"),
    _accumulate("minimum", "cummin_axis"),
    _accumulate("add", "cumsum_axis"),
    _accumulate("multiply", "cumprod_axis"),
    _reduce("add", "sum"),
    _reduce("multiply", "prod"),
    _reduce("maximum", "max"),
    _reduce("minimum", "min"),
    *(_outer(name, name) for name in ("add", "subtract", "multiply", "maximum", "minimum")),
    Entry(
        "numpy.fill_diagonal",
        "(a: Any, val: Any, /) -> None",
        lambda call: f"np::fill_diagonal({{mut a}}, {a.reference(call, 'val', a.operand(call, 'a').dtype)})",
        mutates=("a",),
        features=("np",),
        case="import numpy as np\nx = np.zeros((2, 2))\nnp.fill_diagonal(x, 5)\nprint(x)\n",
    ),
    Entry(
        "numpy.add.at",
        "(a: Any, indices: Any, b: Any, /) -> None",
        _add_at,
        mutates=("a",),
        features=("np",),
        raises=("IndexError",),
        case="import numpy as np\nx = np.zeros(3)\nnp.add.at(x, [0, 2, 2], 1.5)\nprint(x)\n"
        "m = np.zeros((2, 2))\nnp.add.at(m, ([0, 1, 1], np.array([1, 0, 0])), 1)\nprint(m)\n",
    ),
]

_BY_NAME = {entry.name: entry for entry in ENTRIES}
for _old, _new in (
    ("absolute", "abs"), ("remainder", "mod"), ("divide", "true_divide"), ("degrees", "rad2deg"), ("radians", "deg2rad"),
    ("arcsin", "asin"), ("arccos", "acos"), ("arctan", "atan"), ("arctan2", "atan2"), ("power", "pow"), ("round", "around"), ("trunc", "fix"),
    ("arcsinh", "asinh"), ("arctanh", "atanh"), ("arccosh", "acosh"), ("bitwise_not", "invert"), ("bitwise_not", "bitwise_invert"),
    ("left_shift", "bitwise_left_shift"), ("right_shift", "bitwise_right_shift"),
):  # fmt: skip
    ENTRIES.append(_alias(_BY_NAME[f"numpy.{_old}"], _new))

VALUE_BY_VALUE = frozenset(
    {each.name for each in ENTRIES if str(each.signature).startswith(("(x: Any, /", "(x1: Any, x2: Any, /"))}
    - {"numpy.divmod", "numpy.modf", "numpy.sinc", "numpy.fix"}
    | {"numpy.clip", "numpy.round", "numpy.around"}
)
"""The functions that give one value for each value, in what holds them: a column of a table gives a column."""

SHELF = Shelf(
    module="numpy.elementwise",
    entries=tuple(ENTRIES),
)
