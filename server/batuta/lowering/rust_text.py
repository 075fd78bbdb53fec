"""Pieces of Rust: expressions with their precedence, lines with their spans."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from batuta.ir.names import home_of, own_name
from batuta.ir.spans import Span

ATOM, UNARY, CAST, PRODUCT, SUM, SHIFT, BIT_AND, BIT_XOR, BIT_OR, COMPARE, AND, OR, LOOSE = (
    12,
    11,
    10,
    9,
    8,
    7,
    6,
    5,
    4,
    3,
    2,
    1,
    0,
)

_BLOCKS = ("if ", "match ", "{ ", "loop ")


@dataclass(frozen=True)
class Rust:
    """The text of an expression and how tightly it binds."""

    text: str
    level: int = ATOM
    reference: bool = False
    """Whether the expression is a reference already, and not the place itself."""

    def at(self, level: int) -> str:
        """The text, in parentheses when it binds less tightly than asked, or where its block would end a statement."""
        alone = level == LOOSE or not self.text.startswith(_BLOCKS) or not self.text.endswith("}")
        return self.text if self.level >= level and alone else f"({self.text})"

    def __str__(self) -> str:
        return self.text


@dataclass
class Line:
    """One line of Rust, how deep it stands, and the Python that it came from."""

    depth: int
    text: str
    span: Span | None = None
    home: str = ""
    """The Python module of the item that it is a line of."""


ITEM_START, ITEM_MIDDLE, ITEM_END = "\x01", "\x03", "\x02"
"""Characters that `quoted` never lets through: between them stands the home of a name that follows."""


def item(name: str, rust: str) -> str:
    """A use of a definition that may stand in another Rust file: `lowering/files.py` makes a path of it."""
    return f"{ITEM_START}{home_of(name)}{ITEM_MIDDLE}{own_name(name)}{ITEM_END}{rust}"


def quoted(text: str) -> str:
    """A string literal."""
    out = ['"']
    for each in text:
        if each == "\\":
            out.append("\\\\")
        elif each == '"':
            out.append('\\"')
        elif each == "\n":
            out.append("\\n")
        elif each == "\t":
            out.append("\\t")
        elif each == "\r":
            out.append("\\r")
        elif each == "\0":
            out.append("\\0")
        elif each.isprintable():
            out.append(each)
        elif 0xD800 <= ord(each) <= 0xDFFF:
            out.append("\\u{fffd}")
        else:
            out.append(f"\\u{{{ord(each):x}}}")
    out.append('"')
    return "".join(out)


def float_literal(value: float) -> str:
    """A float literal of type f64."""
    if value != value:
        return "f64::NAN"
    if value in (float("inf"), float("-inf")):
        return "f64::INFINITY" if value > 0 else "f64::NEG_INFINITY"
    text = repr(value)
    if "e" in text:
        mantissa, _, exponent = text.partition("e")
        return f"{mantissa}e{int(exponent)}"
    return text


def is_midpoint(value: float) -> bool:
    """Whether a float lies exactly between two 32-bit floats: rounded from there it may differ from its decimal literal rounded at once."""
    mantissa, _ = math.frexp(value)
    return (mantissa * 2**25) % 2 == 1


def character(value: str) -> str:
    """A character literal."""
    inside = {"'": "\\'", '"': '"'}.get(value) or quoted(value)[1:-1]
    return f"'{inside}'"


def byte_string(value: bytes) -> str:
    """A byte string literal."""
    plain = {0x22: '\\"', 0x5C: "\\\\", 0x0A: "\\n", 0x0D: "\\r", 0x09: "\\t", 0: "\\0"}
    shown = [plain.get(each) or (chr(each) if 0x20 <= each < 0x7F else f"\\x{each:02x}") for each in value]
    return f'b"{"".join(shown)}"'


def closing(text: str, start: int) -> int:
    """Where the bracket that opens at `start` is closed: the place behind it."""
    depth = 0
    inside = False
    index = start
    while index < len(text):
        each = text[index]
        if inside:
            if each == "\\":
                index += 1
            elif each == '"':
                inside = False
        elif each == '"':
            inside = True
        elif each in "([{":
            depth += 1
        elif each in ")]}":
            depth -= 1
            if depth == 0:
                return index + 1
        index += 1
    return len(text)


def outside_literals(text: str, sought: str, start: int = 0) -> int:
    """Where a character stands that is not inside a text literal; -1 for nowhere."""
    inside = False
    index = start
    while index < len(text):
        each = text[index]
        if inside and each == "\\":
            index += 1
        elif each == '"' and text[index - 1 : index + 2] != "'\"'":
            inside = not inside
        elif not inside and each == sought:
            return index
        index += 1
    return -1


def _next_block(text: str, start: int) -> int:
    """Where the next block begins that stands in no other brackets; -1 for none."""
    index = start
    while index < len(text):
        each = text[index]
        if each == "{":
            return index
        if each in "([":
            index = closing(text, index)
        elif each == '"':
            index += 1
            while index < len(text) and text[index] != '"':
                index += 2 if text[index] == "\\" else 1
            index += 1
        else:
            index += 1
    return -1


def tail_expression(text: str) -> str:
    """An expression as the last one of a block: one that begins with a block would be taken for a statement and its rest."""
    if not text.startswith(("if ", "match ", "{")) or text.startswith(("if if ", "if match ", "if {")):
        return text
    end = 0
    while True:
        start = _next_block(text, end)
        if start < 0:
            return text
        end = closing(text, start)
        rest = text[end:].lstrip()
        if not rest:
            return text
        if not rest.startswith("else"):
            return f"({text[:end]}){text[end:]}"


def without_needless_parentheses(text: str) -> str:
    """A line whose blocks stand without parentheses where they begin an argument or a value: rustc asks for none there (`unused_parens`)."""
    index = text.find("({ ")
    while index >= 0 and (index := outside_literals(text, "(", index)) >= 0:
        end = closing(text, index) - 1
        begins = text.startswith("({ ", index) and text[:index].endswith(("= ", "(", ", "))
        # After the first block, those of a tuple are separated by commas.
        if begins and not _has_comma(text[closing(text, index + 1) : end]):
            text = f"{text[:index]}{text[index + 1 : end]}{text[end + 1 :]}"
        else:
            index += 1
    return text


def _has_comma(text: str) -> bool:
    """Whether a comma stands in no brackets of a text."""
    index = 0
    while (index := outside_literals(text, ",", index)) >= 0:
        before = text[:index]
        opened = next((place for place in range(len(before)) if before[place] in "([{" and closing(text, place) > index), -1)
        if opened < 0:
            return True
        index = closing(text, opened)
    return False


def as_array(text: str) -> str:
    """A `vec![…]` of listed items as an array, where it is only looked at."""
    inside = text[5:-1]
    whole = text.startswith("vec![") and closing(text, 4) == len(text)
    return f"[{inside}]" if whole and inside and not _repeats(inside) else text


def _repeats(inside: str) -> bool:
    """Whether what stands in the brackets is `item; count`."""
    depth = 0
    for index, each in enumerate(inside):
        if each in "([{":
            depth += 1
        elif each in ")]}":
            depth -= 1
        elif each == '"':
            return False
        elif each == ";" and depth == 0 and index:
            return True
    return False


PATH = rf"(?:{ITEM_START}[^{ITEM_END}]*{ITEM_END})?[\w:#]+"
"""The path of an item, with the mark of the file that it is at home in."""

_OF_ONE = re.compile(
    r"(?P<path>Some|[iuf]\d\d::\w+|py::(?:Num|Value|BigInt)::from|py::(?:abs|str|repr|ascii|chr|hash|truth|floor|ceil|trunc|function_name|frozenset_text|value_(?:negative|positive|inverted|absolute|rounded))"
    r"|py::(?:fractions|decimal)::of_value"
    r"|py::math::\w+|np::\w+)\((?P<name>[\w#]+)\)"
)
"""A call of a function of one argument that takes it as it is: nothing is borrowed or dereferenced on the way."""


def function_of(name: str, body: str) -> str | None:
    """The function that a closure over `name` with this body only calls."""
    found = _OF_ONE.fullmatch(body)
    return found["path"] if found is not None and found["name"] == name else None


def mapper(name: str, body: str) -> str:
    """A closure that makes `body` of an item, or the function itself where that is all it calls."""
    return function_of(name, body) or f"|{name}| {body}"


def as_iterator_argument(text: str) -> str:
    """What stands as an argument that is iterated: the functions of the library ask for the iterator by themselves."""
    text = text.removesuffix(".into_iter()")
    return text[1:-1] if text.startswith("(") and ".." in text and closing(text, 0) == len(text) else text


def untyped(text: str) -> str:
    """An empty container without the type of its items, where what it is for states that."""
    found = re.fullmatch(r"(py::Shared::new\()?(Vec|py::[A-Z]\w*)::<.*>::new\(\)(\))?", text)
    return f"{found[1] or ''}{found[2]}::new(){found[3] or ''}" if found and text.count("::new()") == 1 else text
