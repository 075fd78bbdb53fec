"""Builtin functions of numbers and texts: `abs`, `round`, `int`, `float`, `chr` and their kin.

## Before
    share = round(100 * part / whole, 2)
    count = int(text)
## After
    let share = py::round_to(py::true_div(100 * part, whole), 2);
    let count = py::int(&text);
## Same numbers
    equal: `round` works on the exact value of the float, `int` and `float` read what Python reads
## Not handled
    an int from text above the range of i64 ends the program; `chr` of a surrogate
"""

from collections.abc import Callable

from batuta.catalog.entry import LARGE_INT, Call, Entry, Refusal, Shelf
from batuta.ir.types import FLOAT, STR, VALUE, children


def _int_of_text(call: Call) -> str:
    return "py::~int_base({&x}, {base})" if call.given("base") else "py::~int({&x})"


def _no_text(call: Call) -> None:
    """The hash of a text is another one on every run of Python. Inside `__hash__` nobody sees it."""
    instance = getattr(call, "instance", None) or getattr(getattr(call, "inference", None), "instance", None)
    if getattr(instance, "name", "") == "__hash__":
        return
    pending = [call.type("obj")]
    while pending:
        each = pending.pop()
        if each in (STR, VALUE):
            raise Refusal(
                "BAT101", "the hash of a str differs on every run of Python", "Compute a number from the text yourself."
            )
        pending.extend(children(each))


def _number(rust: str) -> Callable[[Call], str]:
    """A form that gives an int or a float; where nobody tells them apart it is a float."""
    return lambda call: f"{rust}.to_f64()" if call.result_type() == FLOAT else rust


_NUMPY = {"float64": "f64", "float32": "f32", "int64": "i64", "int32": "i32"}
"""The NumPy numbers that stay what they are when a builtin computes with them, and their Rust types."""

SHELF = Shelf(
    module="builtins",
    entries=(
        Entry(
            "builtins.abs",
            (
                '(x: "fractions.Fraction") -> "fractions.Fraction"',
                '(x: "decimal.Decimal") -> "decimal.Decimal"',
                '(x: "datetime.timedelta") -> "datetime.timedelta"',
                "(x: int) -> int",
                "(x: float) -> float",
                "(x: bigint) -> bigint",
                "(x: num) -> num",
                "(x: value) -> value",
                "(x: numpy[complex128]) -> numpy[float64]",
                "(x: complex) -> float",
                "(x: array[T, 1]) -> array[T, 1]",
                "(x: array[T, 2]) -> array[T, 2]",
                "(x: array[T, 3]) -> array[T, 3]",
                *(f"(x: numpy[{dtype}]) -> numpy[{dtype}]" for dtype in _NUMPY),
            ),
            (
                "{x}.absolute()",
                "{x}.absolute()",
                "{x}.absolute()",
                "py::abs({x})",
                "py::abs({x})",
                "py::abs({x})",
                _number("py::abs({x})"),
                "py::~value_absolute({&x})",
                "{x}.abs()",
                "{x}.abs()",
                "np::absolute({&x})",
                "np::absolute({&x})",
                "np::absolute({&x})",
                *(f"{rust}::{'' if rust[0] == 'f' else 'wrapping_'}abs({{x}})" for rust in _NUMPY.values()),
            ),
            case="import numpy as np\nx = np.array([-1.5, 2.0])\nprint([abs(x[0])], [abs(np.array([-3])[0])])\n"
            "print(abs(-3), abs(2.5), abs(-0.0), abs(True))\n",
        ),
        Entry(
            "builtins.round",
            (
                '(number: "fractions.Fraction") -> int',
                '(number: "decimal.Decimal") -> int',
                '(number: "fractions.Fraction", ndigits: int) -> "fractions.Fraction"',
                '(number: "decimal.Decimal", ndigits: int) -> "decimal.Decimal"',
                "(number: int) -> int",
                "(number: bigint) -> bigint",
                "(number: int, ndigits: int) -> int",
                "(number: int, ndigits: None) -> int",
                "(number: float) -> int",
                "(number: float, ndigits: int) -> float",
                "(number: float, ndigits: None) -> int",
                "(number: num) -> int",
                "(number: num, ndigits: int) -> num",
                "(number: num, ndigits: None) -> int",
                "(number: value) -> int",
                "(number: value, ndigits: int) -> value",
                *(f"(number: numpy[{dtype}], ndigits: int) -> numpy[{dtype}]" for dtype in _NUMPY),
            ),
            (
                "{number}.rounded()",
                '{number}.~to_int("ROUND_HALF_EVEN")',
                "{number}.rounded_to({ndigits})",
                "{number}.~rounded({ndigits})",
                "{number}",
                "{number}",
                "py::round_int_to({number}, {ndigits})",
                "{number}",
                "py::~round_int({number})",
                "py::~round_to({number}, {ndigits})",
                "py::~round_int({number})",
                "py::~round_int({number}.to_f64())",
                _number("{number}.round_to({ndigits})"),
                "py::~round_int({number}.to_f64())",
                "py::~value_rounded({&number})",
                "py::~value_rounded_to({&number}, {ndigits})",
                # By multiplying, rounding and dividing, where Python looks at the exact decimal value.
                *(f"np::round_scalar::<{rust}>({{number}}, {{ndigits}})" for rust in _NUMPY.values()),
            ),
            raises=("ValueError", "OverflowError"),
            case="import numpy as np\nx = np.array([1.115, -2.5])\nprint([round(x[0], 2)], round(1.115, 2), round(x[1]), round(x.mean(), 1))\n"
            "print(round(2.5), round(3.5), round(2.675, 2), round(1234.5678, -2), round(25, -1), round(7), round(-0.4))\n"
            'try:\n    print(round(float("nan")))\nexcept ValueError as error:\n    print(error)\n',
        ),
        Entry(
            "builtins.pow",
            (
                "(base: int, exp: int) -> int",
                "(base: float, exp: float) -> float",
                "(base: int, exp: int, mod: int) -> int",
                "(base: bigint, exp: bigint) -> bigint",
                "(base: bigint, exp: bigint, mod: bigint) -> bigint",
            ),
            (
                "py::~pow({base}, {exp})",
                "py::~float_pow({base}, {exp})",
                "py::~pow_modulo({base}, {exp}, {mod})",
                "py::~big_pow({base}, {exp})",
                "py::~big_pow_modulo({base}, {exp}, {mod})",
            ),
            raises=("ZeroDivisionError", "OverflowError", "ValueError"),
            case="print(pow(2, 10), pow(2**65, 3), pow(2**65, 3, 10**20), pow(2.0, 0.5), pow(3, 200, 13), pow(3, -1, 11), pow(5, 3, -7))\n",
        ),
        Entry(
            "builtins.divmod",
            (
                '(a: "fractions.Fraction", b: "fractions.Fraction", /) -> tuple[int, "fractions.Fraction"]',
                '(a: "fractions.Fraction", b: int, /) -> tuple[int, "fractions.Fraction"]',
                '(a: "decimal.Decimal", b: "decimal.Decimal", /) -> tuple["decimal.Decimal", "decimal.Decimal"]',
                '(a: "decimal.Decimal", b: int, /) -> tuple["decimal.Decimal", "decimal.Decimal"]',
                '(a: "datetime.timedelta", b: "datetime.timedelta", /) -> tuple[int, "datetime.timedelta"]',
                "(a: int, b: int, /) -> tuple[int, int]",
                "(a: float, b: float, /) -> tuple[float, float]",
                "(a: bigint, b: bigint, /) -> tuple[bigint, bigint]",
                "(a: value, b: value, /) -> tuple[value, value]",
            ),
            (
                "{a}.~divided(&{b})",
                "{a}.~divided(&py::fractions::Fraction::held_int({b}))",
                "{a}.~divided(&{b})",
                "{a}.~divided(&py::decimal::Decimal::held_int({b}))",
                "({a}.~floor_ratio({b}), {a}.~rest({b}))",
                "py::~divmod({a}, {b})",
                "py::~divmod({a}, {b})",
                "py::~divmod({a}, {b})",
                "{{ let dividend = {a}; let divisor = {b}; "
                '(py::~value_arithmetic("//", &dividend, &divisor), py::~value_arithmetic("%", &dividend, &divisor)) }}',
            ),
            raises=("ZeroDivisionError",),
            case="print(divmod(-7, 2), divmod(7.5, -2))\nminutes, seconds = divmod(125, 60)\nprint(minutes, seconds)\n"
            "try:\n    divmod(1, 0)\nexcept ZeroDivisionError as error:\n    print(error)\n",
        ),
        Entry(
            "builtins.int",
            (
                '(x: "fractions.Fraction") -> int',
                '(x: "decimal.Decimal") -> int',
                "() -> int",
                "(x: int) -> int",
                "(x: float) -> int",
                "(x: str, base: int = 10) -> int",
                "(x: bigint) -> bigint",
                "(x: value) -> int",
            ),
            (
                "{x}.truncated()",
                '{x}.~to_int("ROUND_DOWN")',
                "0",
                "{x}",
                "py::~trunc({x})",
                _int_of_text,
                "{x}",
                "{x}.~to_int()",
            ),
            raises=("ValueError", "OverflowError"),
            case='print(int("12"), int(" -1_000 "), int("ff", 16), int("0b101", 0), int(-2.9), int(True), int())\n'
            'for text in ["x", "", "1.5"]:\n    try:\n        print(int(text))\n'
            "    except ValueError as error:\n        print(error)\n",
        ),
        Entry(
            f"builtins.{LARGE_INT}",
            "(x: str, base: int = 10) -> bigint",
            "py::~big_int_base({&x}, {base})",
            raises=("ValueError",),
            case="import hashlib\nprint(int(hashlib.md5(b'a').hexdigest(), 16), int('1' * 80, 2).to_bytes(10, 'big'))\n"
            "try:\n    int('12', 2).to_bytes(1, 'big')\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "builtins.float",
            (
                '(x: "fractions.Fraction") -> float',
                '(x: "decimal.Decimal") -> float',
                "() -> float",
                "(x: float) -> float",
                "(x: str) -> float",
                "(x: value) -> float",
            ),
            ("{x}.to_f64()", "{x}.to_f64()", "0.0", "{x}", "py::~float({&x})", "{x}.~to_float()"),
            raises=("ValueError", "OverflowError"),
            case='print(float("1e3"), float(" -.5 "), float("inf"), float("nan"), float(3), float("1_0.5"), float(True))\n'
            'try:\n    print(float("abc"))\nexcept ValueError as error:\n    print(error)\n',
        ),
        Entry("builtins.str", "() -> str", "String::new()", case="print(repr(str()))\n"),
        Entry("builtins.bool", "() -> bool", "false", case="print(bool())\n"),
        Entry(
            "builtins.bin",
            ("(number: int) -> str", "(number: bigint) -> str"),
            ("py::bin({number})", '{number}.in_base(2, "0b")'),
            case="print(bin(10), bin(-5), bin(0))\n",
        ),
        Entry(
            "builtins.oct",
            ("(number: int) -> str", "(number: bigint) -> str"),
            ("py::oct({number})", '{number}.in_base(8, "0o")'),
            case="print(oct(8), oct(-64))\n",
        ),
        Entry(
            "builtins.hex",
            ("(number: int) -> str", "(number: bigint) -> str"),
            ("py::hex({number})", '{number}.in_base(16, "0x")'),
            case="print(hex(255), hex(-1), hex(48879))\n",
        ),
        Entry(
            "builtins.chr",
            "(i: int) -> str",
            "py::~chr({i})",
            raises=("ValueError",),
            case="print(chr(65), chr(8364), chr(128512))\ntry:\n    chr(-1)\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "builtins.ord",
            "(c: str) -> int",
            "py::~ord({&c})",
            raises=("TypeError",),
            case='print(ord("A"), ord("€"))\nfor letter in "ab":\n    print(ord(letter) - ord("a"))\n',
        ),
        Entry(
            "builtins.hash",
            "(obj: T, /) -> int",
            "py::hash({&obj})",
            refuse=_no_text,
            case="print(hash(5), hash(-1), hash(2.5), hash(1e100), hash(True), hash((1, 2.5)), hash(((1, 2), 3)))\n",
            notes="The hash of a str differs on every run of Python.",
        ),
        Entry(
            "builtins.ascii",
            "(object: T) -> str",
            "py::ascii({&object})",
            case='print(ascii("é日😀"), ascii(3))\n',
        ),
        Entry(
            "builtins.input",
            '(prompt: str = "") -> str',
            "py::~input({&prompt})",
            raises=("EOFError",),
            effects=("prints", "reads"),
            case='try:\n    name = input("name? ")\n    print(name)\nexcept EOFError as error:\n    print(error)\n',
        ),
        Entry(
            "builtins.float.fromhex",
            "(string: str) -> float",
            "py::~float_from_hex({&string})",
            raises=("ValueError",),
            case='print(float.fromhex("0x1.8p3"), float.fromhex("-0x.4p0"))\n',
        ),
    ),
    refused={
        "builtins.id": ("it is an address, which differs on every run", "Compare objects with `is`, or count them."),
        "builtins.memoryview": ("bytes have no Rust form here", "Work with a list of ints."),
    },
)
