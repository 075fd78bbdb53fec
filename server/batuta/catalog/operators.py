"""The operators of builtin types: `a + b` on two ints, a str times an int, `xs[i]`.

Each operator is one entry with an overload for each pair of types. Those of numbers and texts stand here, those of lists,
dicts, sets, tuples and deques in `_container_operators.py`, those of dates in `_datetime_operators.py`,
and they come together in this order.

## Before
    half = total // 2
    name = first + " " + last
## After
    let half = py::floor_div(total, 2);
    let name = first + " " + &last;
## Same numbers
    equal; an int that leaves the range of i64 ends the program with a message of its own
## Not handled
    a negative power of an int that is not a constant, a complex result
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from batuta.catalog._container_operators import CASES as CONTAINER_CASES
from batuta.catalog._container_operators import CONTAINER_OVERLOADS, MUTATED
from batuta.catalog._datetime_operators import DATETIME_OVERLOADS
from batuta.catalog._exact_numbers import EXACT_CASES, EXACT_OVERLOADS
from batuta.catalog._kernel_operators import KERNEL_OVERLOADS
from batuta.catalog._table_operators import TABLE_OVERLOADS
from batuta.catalog.entry import Call, Entry, Shelf


class Overload(NamedTuple):
    """One pair of types of an operator."""

    signature: str
    rust: str | Callable[[Call], str]
    raises: tuple[str, ...] = ()


INTS = "(a: int, b: int) -> int"
FLOATS = "(a: float, b: float) -> float"
BIGS = "(a: bigint, b: bigint) -> bigint"


def _power(call: Call) -> str:
    """A negative constant exponent makes floats of two ints."""
    exponent = call.constant("b", None)
    if isinstance(exponent, int) and exponent < 0:
        return "py::~float_pow(py::to_float({a}), py::to_float({b}))"
    return "py::~pow({a}, {b})"


SCALAR_OVERLOADS: dict[str, tuple[Overload, ...]] = {
    "add": (
        Overload(INTS, "{a} + {b}"),
        Overload(FLOATS, "{a} + {b}"),
        Overload("(a: str, b: str) -> str", "{a} + {&b}"),
        Overload("(a: bytes, b: bytes) -> bytes", "{a}.plus(&{b})"),
        Overload('(a: "bytearray", b: bytes) -> "bytearray"', "py::ByteArray::from({a}.bytes().plus(&{b}))"),
        Overload('(a: "bytearray", b: "bytearray") -> "bytearray"', "py::ByteArray::from({a}.bytes().plus(&{b}.bytes()))"),
        Overload(BIGS, "{a} + {b}"),
    ),
    "sub": (Overload(INTS, "{a} - {b}"), Overload(FLOATS, "{a} - {b}"), Overload(BIGS, "{a} - {b}")),
    "mul": (
        Overload(INTS, "{a} * {b}"),
        Overload(FLOATS, "{a} * {b}"),
        Overload("(a: str, b: int) -> str", "{a}.times({b})"),
        Overload("(a: int, b: str) -> str", "{b}.times({a})"),
        Overload("(a: bytes, b: int) -> bytes", "{a}.repeated({b})"),
        Overload("(a: int, b: bytes) -> bytes", "{b}.repeated({a})"),
        Overload('(a: "bytearray", b: int) -> "bytearray"', "py::ByteArray::from({a}.bytes().repeated({b}))"),
        Overload(BIGS, "{a} * {b}"),
    ),
    "truediv": (
        Overload('(a: "pathlib.Path", b: str | "pathlib.Path") -> "pathlib.Path"', "{a}.join({&b})"),
        Overload('(a: str, b: "pathlib.Path") -> "pathlib.Path"', "py::pathlib::Path::new({&a}).join({&b})"),
        Overload("(a: int, b: int) -> float", "py::~true_div({a}, {b})", ("ZeroDivisionError",)),
        Overload(FLOATS, "py::~true_div({a}, {b})", ("ZeroDivisionError",)),
        Overload("(a: bigint, b: bigint) -> float", "py::~true_div({a}, {b})", ("ZeroDivisionError", "OverflowError")),
    ),
    "floordiv": (
        Overload(INTS, "py::~floor_div({a}, {b})", ("ZeroDivisionError",)),
        Overload(FLOATS, "py::~floor_div({a}, {b})", ("ZeroDivisionError",)),
        Overload(BIGS, "py::~floor_div({a}, {b})", ("ZeroDivisionError",)),
    ),
    "mod": (
        Overload(INTS, "py::~modulo({a}, {b})", ("ZeroDivisionError",)),
        Overload(FLOATS, "py::~modulo({a}, {b})", ("ZeroDivisionError",)),
        Overload(BIGS, "py::~modulo({a}, {b})", ("ZeroDivisionError",)),
    ),
    "pow": (
        Overload(INTS, _power, ("ZeroDivisionError",)),
        Overload(FLOATS, "py::~float_pow({a}, {b})", ("ZeroDivisionError", "OverflowError")),
        Overload("(a: bigint, b: int) -> bigint", "{a}.power({b})"),
        Overload(BIGS, "{a}.power({b}.to_i64())"),
    ),
    "lshift": (
        Overload(INTS, "py::~shift_left({a}, {b})", ("ValueError",)),
        Overload("(a: bigint, b: int) -> bigint", "{a}.~shift_left({b})", ("ValueError",)),
    ),
    "rshift": (
        Overload(INTS, "py::~shift_right({a}, {b})", ("ValueError",)),
        Overload("(a: bigint, b: int) -> bigint", "{a}.~shift_right({b})", ("ValueError",)),
    ),
    "and_": (Overload("(a: bool, b: bool) -> bool", "{a} & {b}"), Overload(INTS, "{a} & {b}"), Overload(BIGS, "{a} & {b}")),
    "or_": (Overload("(a: bool, b: bool) -> bool", "{a} | {b}"), Overload(INTS, "{a} | {b}"), Overload(BIGS, "{a} | {b}")),
    "xor": (Overload("(a: bool, b: bool) -> bool", "{a} ^ {b}"), Overload(INTS, "{a} ^ {b}"), Overload(BIGS, "{a} ^ {b}")),
    "neg": (
        Overload("(a: int) -> int", "-{a}"),
        Overload("(a: float) -> float", "-{a}"),
        Overload("(a: bigint) -> bigint", "-{a}"),
    ),
    "pos": (
        Overload("(a: int) -> int", "{a}"),
        Overload("(a: float) -> float", "{a}"),
        Overload("(a: bigint) -> bigint", "{a}"),
    ),
    "invert": (Overload("(a: int) -> int", "!{a}"), Overload("(a: bigint) -> bigint", "!{a}")),
    "contains": (
        Overload("(a: str, b: str) -> bool", "{a}.contains({&b})"),
        Overload("(a: bytes, b: bytes) -> bool", "{a}.holds(&{b})"),
        Overload("(a: bytes, b: int) -> bool", "{a}.holds(&{b})"),
        Overload('(a: "bytearray", b: bytes | int) -> bool', "{a}.bytes().holds(&{b})"),
    ),
    "getitem": (
        Overload("(a: str, b: int) -> str", "{a}.~char_at({b})", ("IndexError",)),
        Overload("(a: bytes, b: int) -> int", "{a}.~byte_at({b})", ("IndexError",)),
        Overload('(a: "bytearray", b: int) -> int', "{a}.~byte_at({b})", ("IndexError",)),
    ),
    "setitem": (Overload('(a: "bytearray", b: int, c: int) -> None', "{a}.~set_byte({b}, {c})", ("IndexError", "ValueError")),),
    "setitem_slice": tuple(
        Overload(
            f'(a: "bytearray", start: int | None, stop: int | None, step: int | None, c: {kind}) -> None',
            f"{{a}}.~set_part({{start}}, {{stop}}, {{step}}, {form})",
            ("ValueError",),
        )
        for kind, form in (("bytes", "&{c}"), ('"bytearray"', "&{c}.bytes()"), ("Iterable[int]", "&py::~bytes_of({c})"))
    ),
    "getitem_slice": (
        Overload(
            "(a: str, start: int | None = None, stop: int | None = None, step: int | None = None) -> str",
            "{a}.~slice_text({start}, {stop}, {step})",
            ("ValueError",),
        ),
        Overload(
            "(a: bytes, start: int | None = None, stop: int | None = None, step: int | None = None) -> bytes",
            "{a}.~part({start}, {stop}, {step})",
            ("ValueError",),
        ),
        Overload(
            '(a: "bytearray", start: int | None = None, stop: int | None = None, step: int | None = None) -> "bytearray"',
            "py::ByteArray::from({a}.bytes().~part({start}, {stop}, {step}))",
            ("ValueError",),
        ),
    ),
}

CASES: dict[str, str] = {
    "add": 'print(1 + 2, 1.5 + 2, True + True, b"a" + b"b", b"ab" * 2)\nname = "ab"\nprint(name + "c", name)\n',
    "sub": "print(1 - 2, 1.5 - 2, True - 3)\n",
    "mul": 'print(3 * 4, 1.5 * 2, "ab" * 3, 2 * "-", "x" * -1)\n',
    "truediv": "a, b = 7, 2\nprint(a / b, 7.5 / b, (b + 9007199254740993) / (b + 9007199254740991))\n"
    "try:\n    print(a / (b - 2))\nexcept ZeroDivisionError as error:\n    print(error)\n"
    "try:\n    print(1.5 / (b - 2))\nexcept ZeroDivisionError as error:\n    print(error)\n",
    "floordiv": "for a in [7, -7]:\n    for b in [2, -2]:\n        print(a // b, float(a) // b)\n"
    "try:\n    print(1 // 0)\nexcept ZeroDivisionError as error:\n    print(error)\n",
    "mod": "for a in [7, -7]:\n    for b in [3, -3]:\n        print(a % b, a % 2.5)\n"
    "try:\n    print(1 % 0)\nexcept ZeroDivisionError as error:\n    print(error)\n",
    "pow": "base = 3\nprint(base ** 4, 2.0 ** 0.5, base ** -1, (-2) ** 3, 4 ** 0.5)\n"
    "try:\n    print(0.0 ** -1.0)\nexcept ZeroDivisionError as error:\n    print(error)\n",
    "lshift": "a = 3\nprint(a << 4, 1 << 40)\ntry:\n    print(a << -a)\nexcept ValueError as error:\n    print(error)\n",
    "rshift": "a = -5\nprint(a >> 1, 1024 >> 3, a >> 100)\n",
    "and_": "print(12 & 10, True & False, True & 3)\n",
    "or_": "print(12 | 10, True | False, True | 2)\n",
    "xor": "print(12 ^ 10, True ^ True, -1 ^ 5)\n",
    "neg": "a, b = 3, 2.5\nprint(-a, -b, -(-a), -0.0)\n",
    "pos": "a, b = -3, 2.5\nprint(+a, +b)\n",
    "invert": "a = 5\nprint(~a, ~-1)\n",
    "contains": 'word = "hello"\nprint("ell" in word, "x" in word, "" in word, "é" not in "café", b"b" in b"abc", 97 in b"abc", 5 in b"")\n',
    "setitem": "data = bytearray(b'abc')\ndata[1] = 90\ndata[-1] += 1\nprint(data)\ntry:\n    data[9] = 1\n"
    "except IndexError as error:\n    print(error)\n",
    "setitem_slice": "data = bytearray(range(8))\ndata[1:3] = b'xyz'\ndata[::4] = bytes(3)\ndata[5:] = [1]\nprint(data, data[1:3])\n"
    "try:\n    data[::2] = b'a'\nexcept ValueError as error:\n    print(error)\n",
    "getitem": 'word = "héllo"\nprint(word[1], word[-1], b"abc"[0])\ntry:\n    print(word[5])\n'
    "except IndexError as error:\n    print(error)\n",
    "getitem_slice": 'word = "héllo"\nprint(word[1:3], word[::-1], word[-2:], word[:99], word[4:0:-2], word[3:1] == "", b"hello"[1:3], b"hello"[::-1])\n',
}


def _further_overloads() -> dict[str, list[Overload]]:
    """The overloads of containers and of dates by operator."""
    found: dict[str, list[Overload]] = {}
    for table in (CONTAINER_OVERLOADS, DATETIME_OVERLOADS, EXACT_OVERLOADS, TABLE_OVERLOADS, KERNEL_OVERLOADS):
        for name, forms in table.items():
            found.setdefault(name, []).extend(Overload(*each) for each in forms)
    return found


def _entries() -> tuple[Entry, ...]:
    further = _further_overloads()
    entries = []
    for name in [*SCALAR_OVERLOADS, *(each for each in further if each not in SCALAR_OVERLOADS)]:
        forms = [*SCALAR_OVERLOADS.get(name, ()), *further.get(name, ())]
        entries.append(
            Entry(
                f"operator.{name}",
                tuple(each.signature for each in forms),
                tuple(each.rust for each in forms),
                raises=tuple(sorted({error for each in forms for error in each.raises})),
                mutates=MUTATED.get(name, ()),
                case=CASES.get(name, "") + CONTAINER_CASES.get(name, "") + EXACT_CASES.get(name, ""),
            )
        )
    return tuple(entries)


SHELF = Shelf(module="operator", entries=_entries())
