"""Complex numbers: literals like `2j`, `complex`, their arithmetic, their parts, and `cmath`.

## Before
    z = z * z + c
    size = abs(z)
## After
    z = z * z + c;
    let size = z.abs();
## Same numbers
    equal bits for arithmetic, whole powers and the absolute value; exp, log and other powers come from the C library's real functions
## Not handled
    complex numbers as keys of dicts and in sets, `complex("1+2j")`
"""

from __future__ import annotations

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir import types as t

SYMBOLS = {"add": "+", "sub": "-", "mul": "*", "truediv": "/", "pow": "**"}
Z = "z, w = 1 + 2j, complex(0.5, -1)\n"


def _numpy(call: Call, *names: str) -> bool:
    return any(isinstance(call.type(name), t.NumpyScalar) for name in names)


def _side(call: Call, name: str) -> str:
    found = call.type(name)
    if found == t.COMPLEX or (isinstance(found, t.NumpyScalar) and found.dtype == "complex128"):
        return "{" + name + "}"
    return f"py::Complex::from({{{name}}})"


def _operator(name: str) -> Entry:
    symbol = SYMBOLS[name]

    def result(call: Call) -> t.Type:
        for each in ("self", "other"):
            if a.describe(call.type(each)).dtype == "str":
                raise a.refuse("text and complex numbers do not meet", "Convert one side first.")
        return t.NumpyScalar("complex128") if _numpy(call, "self", "other") else t.COMPLEX

    def rust(call: Call) -> str:
        one, other = _side(call, "self"), _side(call, "other")
        if name in ("add", "sub", "mul"):
            return f"{one} {symbol} {other}"
        function = {"truediv": "divide", "pow": "power"}[name]
        if _numpy(call, "self", "other"):
            return f"np::complex_{ {'divide': 'quotient', 'power': 'powered'}[function] }({one}, {other})"
        return f"py::~complex_{function}({one}, {other})"

    return Entry(
        f"complex.__{name}__",
        "(self: Any, other: Any) -> Any",
        rust,
        kind="method",
        result=result,
        raises=("ZeroDivisionError",) if name in ("truediv", "pow") else (),
        case=Z
        + f"print(z {symbol} w, z {symbol} 2, 1.5 {symbol} w, (z {symbol} w).real)\nimport numpy as np\nx = np.array([1 + 1j, 2])[0]\n"
        + f"print(x {symbol} z, x {symbol} 2)\n"
        + ("try:\n    print(z / 0j)\nexcept ZeroDivisionError as error:\n    print(error)\n" if name == "truediv" else "")
        + ("print(z ** 0, z ** -2, 2 ** z, abs(z ** 0.5))\n" if name == "pow" else ""),
    )


def _complex(call: Call) -> str:
    parts = []
    for name in ("real", "imag"):
        found = call.type(name)
        if not call.given(name):
            parts.append("0.0")
        elif found in (t.FLOAT, t.INT, t.BOOL, t.NUM) or (
            isinstance(found, t.NumpyScalar) and found.dtype not in ("complex128", "str")
        ):
            parts.append(f"py::Complex::from({{{name}}}).re" if found != t.FLOAT else "{" + name + "}")
        elif found == t.COMPLEX and not call.given("imag"):
            return "{real}"
        else:
            raise a.refuse("`complex` of numbers is translated", "Pass the two parts.")
    return f"py::Complex::new({', '.join(parts)})"


def _of(name: str, rust: str, result: str = "complex", raises: tuple[str, ...] = ()) -> Entry:
    return Entry(
        f"cmath.{name}",
        f"(z: complex, /) -> {result}",
        rust,
        raises=raises,
        case=f"import cmath\nfor z in (1 + 2j, -0.5j, 3 + 0j):\n    print(cmath.{name}(z))\n"
        if result == "bool"
        else f"import cmath\nfor z in (1 + 2j, -0.5j, 3 + 0j):\n    print(f'{{cmath.{name}(z):.10f}}')\n",
    )


def _part(name: str, rust: str, plain: str, dtype: str) -> Entry:
    """A part of each element. `plain`: of a real number; `dtype` of the result where the elements are complex."""

    def result(call: Call) -> t.Type:
        found = a.operand(call, "val")
        if found.dtype == "complex128":
            return a.array_type(dtype, found.rank)
        return a.array_type("float64" if name == "angle" else "bool" if dtype == "bool" else found.dtype, found.rank)

    def rust_of(call: Call) -> str:
        found = a.operand(call, "val")
        if found.dtype == "complex128" or name in ("angle", "isreal", "iscomplex"):
            text = f"np::{rust}({a.reference(call, 'val', 'complex128')})"
            return f"np::degrees(&{text})" if name == "angle" and call.constant("deg", False) and found.rank else text
        held = a.reference(call, "val")
        return f"np::{plain}({held})"

    return Entry(
        f"numpy.{name}",
        "(z: Any, deg: bool = False) -> Any".replace("z:", "val:") if name == "angle" else "(val: Any, /) -> Any",
        rust_of,
        result=result,
        features=("np",),
        cost="low",
        case=f"import numpy as np\nz = np.array([1 + 2j, -3j, 2])\nprint(np.{name}(z), np.{name}(z[0]), np.{name}([1.5, -2.0]))\n",
    )


def _kind(name: str, wanted: bool) -> Entry:
    return Entry(
        f"numpy.{name}",
        "(x: Any) -> bool",
        lambda call: "true" if (a.operand(call, "x").dtype == "complex128") == wanted else "false",
        result=lambda call: t.BOOL,
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}(np.array([1j])), np.{name}([1.0]), np.{name}(2j))\n",
    )


SHELF = Shelf(
    module="complex",
    entries=(
        *(_operator(name) for name in SYMBOLS),
        Entry(
            "builtins.complex",
            "(real: Any = 0, imag: Any = 0) -> complex",
            _complex,
            case="print(complex(1, 2), complex(2.5), complex(), complex(True, -0.0), complex(1j))\n",
        ),
        *(
            Entry(
                f"complex.{name}",
                "(self: complex) -> float",
                "{self}." + field,
                kind="attribute",
                case=Z + f"print(z.{name}, (z * w).{name}, [w.{name}])\n",
            )
            for name, field in (("real", "re"), ("imag", "im"))
        ),
        Entry(
            "complex.conjugate",
            "(self: complex) -> complex",
            "{self}.conjugate()",
            kind="method",
            case=Z
            + "print(z.conjugate(), -w, +z, z == w, z != w, z == 1 + 2j, abs(3 + 4j), bool(0j), str(z), [z, w], f'{z:.2f} {w:>14.1f}')\n"
            "total = 0j\nfor k in range(3):\n    total += z * k\nprint(total, sum([z, w], 0j))\nz = 0\nfor k in range(4):\n    z = z * z + (0.3 + 0.5j)\nprint(f'{abs(z):.6f}')\n",
        ),
        _of("exp", "{z}.exp()"),
        _of("sqrt", "{z}.sqrt()"),
        _of("log", "py::~complex_log({z})", raises=("ValueError",)),
        _of("sin", "{z}.sin()"),
        _of("cos", "{z}.cos()"),
        _of("sinh", "{z}.sinh()"),
        _of("cosh", "{z}.cosh()"),
        _of("phase", "{z}.phase()", "float"),
        _of("isnan", "({z}.re.is_nan() || {z}.im.is_nan())", "bool"),
        _of("isfinite", "({z}.re.is_finite() && {z}.im.is_finite())", "bool"),
        Entry(
            "cmath.polar",
            "(z: complex, /) -> tuple[float, float]",
            "{{ let number = {z}; (number.abs(), number.phase()) }}",
            case="import cmath\nr, phi = cmath.polar(1 + 1j)\nprint(round(r, 12), round(phi, 12))\n",
        ),
        Entry(
            "cmath.rect",
            "(r: float, phi: float, /) -> complex",
            "py::Complex::polar({r}, {phi})",
            case="import cmath\nprint(f'{cmath.rect(2, 0.5):.10f}')\n",
        ),
        _part("real", "real_part", "same_values", "float64"),
        _part("imag", "imaginary_part", "zero_values", "float64"),
        _part("conj", "conjugate", "same_values", "complex128"),
        _part("conjugate", "conjugate", "same_values", "complex128"),
        _part("angle", "angle", "", "float64"),
        _part("isreal", "isreal", "", "bool"),
        _part("iscomplex", "iscomplex", "", "bool"),
        _kind("iscomplexobj", True),
        _kind("isrealobj", False),
        Entry("cmath.pi", "() -> float", "std::f64::consts::PI", kind="constant", case="import cmath\nprint(cmath.pi)\n"),
        Entry("cmath.e", "() -> float", "std::f64::consts::E", kind="constant", case="import cmath\nprint(cmath.e)\n"),
    ),
)
