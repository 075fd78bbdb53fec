"""`fractions.Fraction` and `decimal`: exact numbers.

## Before
    third = Fraction(1, 3)
    price = Decimal("9.99") * count
## After
    let third = py::fractions::of_ints(1, 3);
    let price = py::decimal::of_text("9.99").times(&py::decimal::Decimal::from(count));
## Same numbers
    equal, digit by digit; powers with whole exponents are rounded as CPython's C code rounds them
## Not handled
    `exp`, `ln`, `log10` and powers of decimals that are not whole; contexts as objects, flags and traps
"""

from __future__ import annotations

from typing import Literal

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_FRACTION, _DECIMAL, _CONTEXT = '"fractions.Fraction"', '"decimal.Decimal"', '"decimal.Context"'
_BIG: tuple[Literal["bigint"]] = ("bigint",)
_SIGNALS = ("InvalidOperation", "DivisionByZero")
_F = "from fractions import Fraction\n"
_D = "import decimal\nfrom decimal import Decimal\n"
_ROUNDINGS = ("HALF_EVEN", "HALF_UP", "HALF_DOWN", "UP", "DOWN", "CEILING", "FLOOR", "05UP")


def _fraction(name: str, result: str, rust: str, case: str, kind: str = "method", parameters: str = "") -> Entry:
    return Entry(
        f"fractions.Fraction.{name}",
        f"(self: {_FRACTION}{parameters}) -> {result}",
        f"{{self}}.{rust}",
        kind=kind,  # type: ignore[arg-type]
        raises=("ValueError",) if "~" in rust else (),
        features=_BIG,
        case=_F + f"for f in (Fraction(-7, 2), Fraction(5), Fraction(3.14159)):\n    print({case})\n",
    )


def _decimal(name: str, result: str, rust: str, case: str, parameters: str = "") -> Entry:
    return Entry(
        f"decimal.Decimal.{name}",
        f"(self: {_DECIMAL}{parameters}) -> {result}",
        f"{{self}}.{rust}",
        kind="method",
        raises=_SIGNALS if "~" in rust else (),
        features=_BIG,
        case=_D
        + f"for d in (Decimal('2.675'), Decimal('-100'), Decimal('0.000'), Decimal('1E+5'), Decimal('7.5')):\n    try:\n        print({case})\n"
        "    except decimal.InvalidOperation as error:\n        print(error)\n",
    )


SHELF = Shelf(
    module="fractions",
    classes=(
        LibraryClass("fractions.Fraction", "py::fractions::Fraction", mutable=False, features=_BIG, can_be_false=True),
        LibraryClass("decimal.Decimal", "py::decimal::Decimal", mutable=False, features=_BIG, can_be_false=True),
        LibraryClass("decimal.Context", "py::decimal::Context", copy=True, mutable=False, features=_BIG),
    ),
    entries=(
        Entry(
            "fractions.Fraction",
            (
                f"(numerator: int = 0, denominator: int = 1) -> {_FRACTION}",
                f"(numerator: float) -> {_FRACTION}",
                f"(numerator: str) -> {_FRACTION}",
                f"(numerator: value) -> {_FRACTION}",
                f"(numerator: {_FRACTION}) -> {_FRACTION}",
                f"(numerator: {_FRACTION}, denominator: {_FRACTION}) -> {_FRACTION}",
                f"(numerator: {_FRACTION}, denominator: int) -> {_FRACTION}",
            ),
            (
                "py::fractions::~of_ints({numerator}, {denominator})",
                "py::fractions::~of_float({numerator})",
                "py::fractions::~of_text({&numerator})",
                "py::fractions::~of_value({&numerator})",
                "{numerator}.as_fraction()",
                "{numerator}.as_fraction().~over(&{denominator})",
                "{numerator}.as_fraction().~over(&py::fractions::Fraction::from({denominator}))",
            ),
            kind="class",
            raises=("ZeroDivisionError", "ValueError", "OverflowError"),
            features=_BIG,
            case=_F
            + 'a, b = Fraction(1, 3), Fraction("2/5")\nprint(a, b, repr(a), [a], Fraction(), Fraction(0.75), Fraction("-1.25"), Fraction(6, -4), Fraction(" 7 "))\n'
            + "print(a + b, a - b, a * b, a / b, a ** 3, a ** -2, -a, abs(-a), a + 1, 1 - a, 2 * a, a / 2, 1 / a, a * 0.5, b // a, b % a, 7 // b)\n"
            + "print(a < b, a == Fraction(2, 6), a > 0.3, a < 1, 0 < a, a == 0.5, Fraction(4, 2) == 2, max(a, b), sorted([b, a]), bool(Fraction(0)))\n"
            + "print(float(a), int(Fraction(-7, 2)), round(Fraction(5, 2)), round(Fraction(22, 7), 2), divmod(Fraction(7, 2), 1), sum([a, b]), f'{a} {b}')\n"
            + "total = Fraction(0)\nfor n in range(1, 60):\n    total += Fraction(1, n)\nprint(total, float(total), {a: 1}[Fraction(1, 3)])\n"
            + 'for text in ("1/0", "x", "1/x"):\n    try:\n        Fraction(text)\n    except (ZeroDivisionError, ValueError) as error:\n        print(error)\n'
            + "try:\n    a / 0\nexcept ZeroDivisionError as error:\n    print(error)\n"
            + "import math\nprint(math.floor(Fraction(-7, 2)), math.ceil(Fraction(-7, 2)))\n"
            + "print([Fraction(each) for each in (1, '2/3', 0.25)])\n",
        ),
        _fraction("numerator", "int", "numerator()", "f.numerator", "attribute"),
        _fraction("denominator", "int", "denominator()", "f.denominator", "attribute"),
        _fraction(
            "limit_denominator",
            _FRACTION,
            "~limited({max_denominator})",
            "f.limit_denominator(100), f.limit_denominator()",
            parameters=", max_denominator: int = 1000000",
        ),
        _fraction("as_integer_ratio", "tuple[int, int]", "parts()", "f.as_integer_ratio()"),
        Entry(
            "fractions.Fraction.from_float",
            f"(f: float) -> {_FRACTION}",
            "py::fractions::~of_float({f})",
            features=_BIG,
            raises=("ValueError",),
            case=_F + "print(Fraction.from_float(0.375))\n",
        ),
        Entry(
            "decimal.Decimal",
            (
                f"(value: int = 0) -> {_DECIMAL}",
                f"(value: float) -> {_DECIMAL}",
                f"(value: str) -> {_DECIMAL}",
                f"(value: value) -> {_DECIMAL}",
                f"(value: bigint) -> {_DECIMAL}",
                f"(value: {_DECIMAL}) -> {_DECIMAL}",
            ),
            (
                "py::decimal::Decimal::from({value})",
                "py::decimal::of_float({value})",
                "py::decimal::~of_text({&value})",
                "py::decimal::~of_value({&value})",
                "py::decimal::Decimal::from({value})",
                "{value}.as_decimal()",
            ),
            kind="class",
            raises=("InvalidOperation",),
            features=_BIG,
            case=_D
            + 'a, b, c = Decimal("1.10"), Decimal("2.25"), Decimal(3)\nprint(a, b, c, repr(a), [a], Decimal(0.1), Decimal("1E+3"), Decimal("1e-10"), Decimal("0.000001"), Decimal("-0.0"))\n'
            + "print([Decimal(each) for each in (1, '2.50', 0.25)])\n"
            + "print(a + b, a - b, a * b, a / b, c / 7, -a, abs(-a), a ** 2, c ** -3, a + 1, 2 * a, 10 - a, b // a, b % a, -b % a, divmod(b, a))\n"
            + 'print(a < b, a == Decimal("1.1"), a > 1, a == 1.1, b == 2.25, 3 == c, max(a, b), sorted([b, a]), sum([a, b]), bool(Decimal("0.00")))\n'
            + 'print(float(a), int(Decimal("-2.9")), round(b, 1), round(Decimal("2.5")), round(Decimal("1234.5"), -2), f"{b:.1f} {b:>8} {a:f}")\n'
            + 'print(f"{Decimal(\'1234567.891\'):,.2f} {Decimal(\'0.256\'):.1%} {-b:+08.3f} {b:<7}|", "%s" % a, str(b) + "!", format(a, ".3f"))\n'
            + 'x = Decimal("1000")\nfor year in range(30):\n    x *= Decimal("1.0375")\nprint(x, Decimal("1.0375") ** 30, Decimal("0.1") * 3 - Decimal("0.3"))\n'
            + 'print(Decimal("123456789.123456789") * Decimal("987654321.987654321"), Decimal("Infinity"), Decimal("NaN"), {a: 1}[Decimal("1.1")])\n'
            + 'try:\n    Decimal("abc")\nexcept decimal.InvalidOperation as error:\n    print(error)\n'
            + "for zero in (1, 0):\n    try:\n        Decimal(zero) / Decimal(0)\n    except decimal.DivisionByZero as error:\n        print(error)\n"
            + "    except decimal.InvalidOperation as error:\n        print(error)\n"
            + "import math\nprint(math.floor(b), math.ceil(b), math.floor(-b))\n",
        ),
        _decimal(
            "quantize",
            _DECIMAL,
            "~quantize(&{exp}, {rounding})",
            "d.quantize(Decimal('0.01')), d.quantize(Decimal('1'), rounding=decimal.ROUND_HALF_UP), d.quantize(Decimal('.1'), decimal.ROUND_DOWN), "
            "d.quantize(Decimal('1E+2')), d.quantize(Decimal('0.1'), rounding='ROUND_CEILING')",
            f", exp: {_DECIMAL}, rounding: str | None = None",
        ),
        *(
            _decimal(
                name,
                _DECIMAL,
                "~to_integral({rounding})",
                f"d.{name}(), d.{name}(rounding=decimal.ROUND_UP)",
                ", rounding: str | None = None",
            )
            for name in ("to_integral_value", "to_integral")
        ),
        _decimal("normalize", _DECIMAL, "normalize()", "d.normalize()"),
        _decimal("sqrt", _DECIMAL, "~sqrt()", "d.sqrt(), (d * d).sqrt()"),
        _decimal("adjusted", "int", "adjusted()", "d.adjusted()"),
        _decimal("copy_abs", _DECIMAL, "copy_abs()", "d.copy_abs()"),
        _decimal("compare", _DECIMAL, "compare(&{other})", "d.compare(Decimal(3))", f", other: {_DECIMAL}"),
        *(_decimal(name, "bool", f"{name}()", f"d.{name}()") for name in ("is_nan", "is_infinite", "is_zero", "is_signed")),
        Entry(
            "decimal.getcontext",
            f"() -> {_CONTEXT}",
            "py::decimal::Context",
            features=_BIG,
            case=_D
            + "print(decimal.getcontext().prec)\ndecimal.getcontext().prec = 6\nprint(Decimal(1) / 3, Decimal('1.23456789') + 0, Decimal(2).sqrt())\n"
            "decimal.getcontext().rounding = decimal.ROUND_UP\nprint(Decimal(1) / 3, Decimal('2.5').quantize(Decimal('1')))\n",
        ),
        Entry(
            "decimal.Context.prec",
            f"(self: {_CONTEXT}) -> int",
            "{self}.prec()",
            kind="attribute",
            features=_BIG,
            case=_D + "context = decimal.getcontext()\ncontext.prec = 10\nprint(context.prec)\n",
        ),
        Entry(
            "decimal.Context._set_prec",
            f"(self: {_CONTEXT}, value: int) -> None",
            "{self}.~set_prec({value})",
            kind="method",
            features=_BIG,
            raises=("ValueError",),
            case=_D + "decimal.getcontext().prec = 3\nprint(Decimal(2) / 3)\n",
        ),
        Entry(
            "decimal.Context._set_rounding",
            f"(self: {_CONTEXT}, value: str) -> None",
            "{self}.~set_rounding({&value})",
            kind="method",
            features=_BIG,
            raises=("TypeError",),
            case=_D
            + "decimal.getcontext().rounding = decimal.ROUND_HALF_UP\nprint(round(Decimal('2.675'), 2), Decimal('2.5').to_integral_value())\n",
        ),
        *(
            Entry(
                f"decimal.ROUND_{name}",
                "() -> str",
                f'"ROUND_{name}".to_string()',
                kind="constant",
                case=_D
                + f"for text in ('2.5', '-2.5', '2.1', '7.05'):\n    print(Decimal(text).quantize(Decimal('1'), decimal.ROUND_{name}))\n",
            )
            for name in _ROUNDINGS
        ),
    ),
    refused={
        **{
            f"decimal.Decimal.{name}": ("its last digits have no Rust form here", "Compute with floats where that is enough.")
            for name in ("exp", "ln", "log10")
        },
        "decimal.localcontext": (
            "contexts are not objects here",
            "Use `with localcontext() as context:` and set `context.prec` only.",
        ),
        "decimal.Context": ("contexts are not objects here", "Set `getcontext().prec`."),
    },
)
