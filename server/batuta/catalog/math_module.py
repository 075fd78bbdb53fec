"""The module `math`.

## Before
    distance = math.sqrt(dx * dx + dy * dy)
## After
    let distance = py::math::sqrt(dx * dx + dy * dy);
## Same numbers
    equal on Linux, where both call the same C library; `gamma`, `lgamma` and `cbrt` to a few units in the last place
## Not handled
    results of `perm`, `lcm`, `prod`, and of `comb` of variables, above the range of i64 end the program
"""

import math

from batuta.catalog.entry import Call, Entry, Parity, Shelf
from batuta.ir.types import BIGINT, INT, Type

_DOMAIN = ("ValueError",)
_RANGE = ("OverflowError",)
_EXACT = Parity()
_FEW_ULP = Parity("close", 1e-14, caveat="the last digits may differ: CPython computes it by a formula of its own")


def _failing(call: str) -> str:
    return f"try:\n    print({call})\nexcept (ValueError, OverflowError) as error:\n    print(error)\n"


def _real(name: str, example: str, raises: tuple[str, ...] = (), wrong: str = "", parity: Parity = _EXACT) -> Entry:
    """A function of one float."""
    tilde = "~" if raises else ""
    case = f"import math\nfor x in [{example}]:\n    print(math.{name}(x))\n"
    if parity.grade != "exact":
        case = case.replace(f"math.{name}(x)", f'f"{{math.{name}(x):.12g}}"')
    if wrong:
        case += _failing(f"math.{name}({wrong})")
    return Entry(
        f"math.{name}",
        "(x: float, /) -> float",
        f"py::math::{tilde}{name}({{x}})",
        raises=raises,
        observes_int=False,
        parity=parity,
        case=case,
    )


def _constant(name: str, rust: str) -> Entry:
    return Entry(
        f"math.{name}", "() -> float", rust, kind="constant", case=f"import math\nprint(math.{name}, -math.{name} * 2)\n"
    )


_ROUNDING = {"floor": "ROUND_FLOOR", "ceil": "ROUND_CEILING", "trunc": "ROUND_DOWN"}


def _whole(name: str) -> Entry:
    """`floor`, `ceil`, `trunc`: ints from floats."""
    return Entry(
        f"math.{name}",
        (
            "(x: int, /) -> int",
            "(x: float, /) -> int",
            '(x: "fractions.Fraction", /) -> int',
            '(x: "decimal.Decimal", /) -> int',
        ),
        (
            "{x}",
            f"py::~{name}({{x}})",
            f"{{x}}.{'truncated' if name == 'trunc' else name}()",
            f'{{x}}.~to_int("{_ROUNDING[name]}")',
        ),
        raises=("ValueError", "OverflowError"),
        observes_int=False,
        case=f"import math\nfor x in [2.5, -2.5, 3.0, -0.1]:\n    print(math.{name}(x))\nprint(math.{name}(7))\n"
        + _failing(f"math.{name}(math.inf)"),
    )


def _test(name: str) -> Entry:
    """`isnan`, `isinf`, `isfinite`."""
    rust = {"isnan": "is_nan", "isinf": "is_infinite", "isfinite": "is_finite"}[name]
    return Entry(
        f"math.{name}",
        "(x: float, /) -> bool",
        f"f64::{rust}({{x}})",
        observes_int=False,
        case=f"import math\nfor x in [1.0, math.inf, -math.inf, math.nan]:\n    print(math.{name}(x))\n",
    )


def _factorial_type(call: Call) -> Type:
    """20! is the last that an `i64` holds; whoever asks for a factorial of anything may ask for more."""
    n = call.constant("n", None)
    return INT if isinstance(n, int) and n <= 20 else BIGINT


def _factorial(call: Call) -> str:
    return "py::math::~factorial({n})" if _factorial_type(call) == INT else "py::~big_factorial({n})"


def _comb_type(call: Call) -> Type:
    """Only where both numbers are known and the result is too big."""
    n, k = call.constant("n", None), call.constant("k", None)
    known = isinstance(n, int) and isinstance(k, int) and 0 <= k <= n
    return BIGINT if known and math.comb(n, k) >= 2**63 else INT


def _comb(call: Call) -> str:
    return "py::math::~comb({n}, {k})" if _comb_type(call) == INT else "py::~big_comb({n}, {k})"


SHELF = Shelf(
    module="math",
    entries=(
        _constant("pi", "std::f64::consts::PI"),
        _constant("e", "std::f64::consts::E"),
        _constant("tau", "std::f64::consts::TAU"),
        _constant("inf", "f64::INFINITY"),
        Entry(
            "math.nan",
            "() -> float",
            "f64::NAN",
            kind="constant",
            case="import math\nx = math.nan\nprint(x, x == x, math.isnan(x))\n",
        ),
        _real("sqrt", "2, 0.25, 1e300, math.inf, -0.0", _DOMAIN, "-1"),
        _real("exp", "0, 1, -745.5, 0.1", _RANGE, "1000"),
        _real("exp2", "0, 10, 0.5", _RANGE, "5000"),
        _real("expm1", "1e-10, 1.0, -3", _RANGE, "1000"),
        Entry(
            "math.log",
            ("(x: float, /) -> float", "(x: float, base: float, /) -> float"),
            ("py::math::~log({x})", "py::math::~log_base({x}, {base})"),
            raises=("ValueError", "ZeroDivisionError"),
            observes_int=False,
            case="import math\nprint(math.log(10), math.log(8, 2), math.log(0.5), math.log(100, 10))\n"
            + _failing("math.log(0)")
            + _failing("math.log(-1.0, 10)"),
        ),
        _real("log2", "8, 10, 0.3", _DOMAIN, "0"),
        _real("log10", "1000, 2, 1e-5", _DOMAIN, "-1"),
        _real("log1p", "1e-10, 1, -0.5", _DOMAIN, "-1"),
        Entry(
            "math.pow",
            "(x: float, y: float, /) -> float",
            "py::math::~pow({x}, {y})",
            raises=("ValueError", "OverflowError"),
            observes_int=False,
            case="import math\nprint(math.pow(2, 10), math.pow(2, 0.5), math.pow(-8, 3), math.pow(0, 0))\n"
            + _failing("math.pow(-8, 0.5)")
            + _failing("math.pow(0, -1)")
            + _failing("math.pow(10, 400)"),
        ),
        _real("sin", "0, 1, math.pi, -2.5, 1e6", _DOMAIN, "math.inf"),
        _real("cos", "0, 1, math.pi, -2.5, 1e6", _DOMAIN, "math.inf"),
        _real("tan", "0, 1, math.pi, -2.5", _DOMAIN, "math.inf"),
        _real("asin", "0, 1, -0.5", _DOMAIN, "2"),
        _real("acos", "0, 1, -0.5", _DOMAIN, "2"),
        _real("atan", "0, 1, -0.5, math.inf"),
        Entry(
            "math.atan2",
            "(y: float, x: float, /) -> float",
            "py::math::atan2({y}, {x})",
            observes_int=False,
            case="import math\nprint(math.atan2(1, 1), math.atan2(-1, 0), math.atan2(0.0, -1), math.atan2(3, -4))\n",
        ),
        _real("sinh", "0, 1, -2.5", _RANGE, "1000"),
        _real("cosh", "0, 1, -2.5", _RANGE, "1000"),
        _real("tanh", "0, 1, -2.5, 0.3"),
        _real("asinh", "0, 1, -2.5"),
        _real("acosh", "1, 1.5, 10", _DOMAIN, "0.5"),
        _real("atanh", "0, 0.5, -0.9", _DOMAIN, "1"),
        _real("cbrt", "8, -27, 2.5", parity=_FEW_ULP),
        _real("fabs", "-2, 2.5, -0.0"),
        _real("degrees", "math.pi, 1, -0.3"),
        _real("radians", "180, 1, -33.3"),
        _real("erf", "0, 0.5, -1, 3"),
        _real("erfc", "0, 0.5, -1, 3"),
        _real("gamma", "5, 0.5, 10.1, -1.5", ("ValueError", "OverflowError"), "0", _FEW_ULP),
        _real("lgamma", "5, 0.5, 100.1, -1.5", ("ValueError", "OverflowError"), "-2", _FEW_ULP),
        _real("ulp", "1, 1e300, 0"),
        _whole("floor"),
        _whole("ceil"),
        _whole("trunc"),
        _test("isnan"),
        _test("isinf"),
        _test("isfinite"),
        Entry(
            "math.isclose",
            "(a: float, b: float, *, rel_tol: float = 1e-09, abs_tol: float = 0.0) -> bool",
            "py::math::~isclose({a}, {b}, {rel_tol}, {abs_tol})",
            raises=_DOMAIN,
            observes_int=False,
            case="import math\nprint(math.isclose(0.1 + 0.2, 0.3), math.isclose(1, 1.1), math.isclose(100, 101, "
            "rel_tol=0.05),\n"
            "      math.isclose(0.0, 1e-12, abs_tol=1e-9))\n",
        ),
        Entry(
            "math.copysign",
            "(x: float, y: float, /) -> float",
            "py::math::copysign({x}, {y})",
            observes_int=False,
            case="import math\nprint(math.copysign(3, -0.0), math.copysign(-2.5, 1))\n",
        ),
        Entry(
            "math.nextafter",
            "(x: float, y: float, /) -> float",
            "py::math::nextafter({x}, {y})",
            observes_int=False,
            case="import math\nprint(math.nextafter(1, 2), math.nextafter(0.0, -1))\n",
        ),
        Entry(
            "math.fmod",
            "(x: float, y: float, /) -> float",
            "py::math::~fmod({x}, {y})",
            raises=_DOMAIN,
            observes_int=False,
            case="import math\nprint(math.fmod(7, 3), math.fmod(-7, 3), math.fmod(5.5, math.inf))\n"
            + _failing("math.fmod(1, 0)"),
        ),
        Entry(
            "math.remainder",
            "(x: float, y: float, /) -> float",
            "py::math::~remainder({x}, {y})",
            raises=_DOMAIN,
            observes_int=False,
            case="import math\nprint(math.remainder(7, 3), math.remainder(8, 3), math.remainder(-2.5, 1))\n"
            + _failing("math.remainder(1, 0)"),
        ),
        Entry(
            "math.modf",
            "(x: float, /) -> tuple[float, float]",
            "py::math::modf({x})",
            observes_int=False,
            case="import math\nprint(math.modf(3.25), math.modf(-1.5), math.modf(-4))\n",
        ),
        Entry(
            "math.frexp",
            "(x: float, /) -> tuple[float, int]",
            "py::math::frexp({x})",
            observes_int=False,
            case="import math\nprint(math.frexp(8), math.frexp(0.3), math.frexp(-0.0), math.frexp(5e-324))\n",
        ),
        Entry(
            "math.ldexp",
            "(x: float, i: int, /) -> float",
            "py::math::~ldexp({x}, {i})",
            raises=_RANGE,
            case="import math\nprint(math.ldexp(0.75, 3), math.ldexp(1, -2000))\n" + _failing("math.ldexp(1, 5000)"),
        ),
        Entry(
            "math.hypot",
            "(*coordinates: float) -> float",
            "py::math::hypot(&[{*coordinates}])",
            observes_int=False,
            case="import math\nprint(math.hypot(3, 4), math.hypot(1, 2, 3), math.hypot(-2.5), math.hypot(0.1, 0.2))\n",
        ),
        Entry(
            "math.dist",
            "(p: Iterable[float], q: Iterable[float], /) -> float",
            "py::math::~dist({p}, {q})",
            raises=_DOMAIN,
            observes_int=False,
            case="import math\nprint(math.dist([0.0, 0.0], [3.0, 4.0]), math.dist((1, 2, 3), (4.5, 5, 6)))\n"
            + _failing("math.dist([1.0], [1.0, 2.0])"),
        ),
        Entry(
            "math.fsum",
            "(numbers: Iterable[float], /) -> float",
            "py::math::~fsum({numbers})",
            raises=("OverflowError", "ValueError"),
            observes_int=False,
            case="import math\nprint(math.fsum([0.1] * 10), math.fsum([1e16, 1.0, 1e-16]), "
            "math.fsum(x / 3 for x in range(9)))\n",
        ),
        Entry(
            "math.prod",
            (
                "(numbers: Iterable[int], /, *, start: int = 1) -> int",
                "(numbers: Iterable[bigint], /, *, start: bigint = 1) -> bigint",
                "(numbers: Iterable[float], /, *, start: float = 1) -> float",
                "(numbers: Iterable[value], /, *, start: value = 1) -> value",
            ),
            ("py::math::prod({numbers}, {start})",) * 4,
            case="import math\nprint(math.prod([2**70, 3]), math.prod([2, 3, 4]), math.prod([1.5, 2.0]), math.prod(range(1, 6), "
            "start=10), math.prod([0.5], start=3))\n",
        ),
        Entry(
            "math.gcd",
            ("(*integers: int) -> int", "(*integers: bigint) -> bigint"),
            ("py::math::gcd(&[{*integers}])", "py::big_gcd(&[{*integers}])"),
            case="import math\nprint(math.gcd(2**70, 3 * 2**65), math.gcd(12, 18), math.gcd(-4, 6, 8), math.gcd(0, 5), math.gcd())\n",
        ),
        Entry(
            "math.lcm",
            ("(*integers: int) -> int", "(*integers: bigint) -> bigint"),
            ("py::math::lcm(&[{*integers}])", "py::big_lcm(&[{*integers}])"),
            case="import math\nprint(math.lcm(2**70, 6), math.lcm(4, 6), math.lcm(3, 5, 7), math.lcm(4, 0), math.lcm())\n",
        ),
        Entry(
            "math.factorial",
            "(n: int, /) -> int",
            _factorial,
            result=_factorial_type,
            raises=_DOMAIN,
            features=("bigint",),
            case="import math\nprint(math.factorial(0), math.factorial(20), math.factorial(25))\n"
            "for n in range(19, 24):\n    print(n, math.factorial(n), math.factorial(n) // 7)\n"
            "print(sum(1 / math.factorial(k) for k in range(20)), 2.5 ** 3 / math.factorial(n))\n"
            + _failing("math.factorial(-1)"),
        ),
        Entry(
            "math.comb",
            "(n: int, k: int, /) -> int",
            _comb,
            result=_comb_type,
            raises=_DOMAIN,
            features=("bigint",),
            case="import math\nprint(math.comb(5, 2), math.comb(62, 31), math.comb(3, 5), math.comb(100, 50))\n"
            + _failing("math.comb(-1, 2)"),
        ),
        Entry(
            "math.perm",
            "(n: int, k: int | None = None, /) -> int",
            "py::math::~perm({n}, {k})",
            raises=_DOMAIN,
            case="import math\nprint(math.perm(5), math.perm(5, 2), math.perm(3, 5))\n" + _failing("math.perm(3, -1)"),
        ),
        Entry(
            "math.isqrt",
            ("(n: int, /) -> int", "(n: bigint, /) -> bigint"),
            ("py::math::~isqrt({n})", "py::~big_isqrt({n})"),
            raises=_DOMAIN,
            case="import math\nprint(math.isqrt(2**90 + 1), math.isqrt(17), math.isqrt(10**18))\n" + _failing("math.isqrt(-1)"),
        ),
    ),
)
