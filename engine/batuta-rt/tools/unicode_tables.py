"""Writes `src/py/unicode_tables.rs`: what Python 3.11 knows of characters and Rust's standard library does not.

Run with CPython 3.11 (its tables are Unicode 14): `python3.11 tools/unicode_tables.py > src/py/unicode_tables.rs`, then
rustfmt. Surrogates never occur in a Rust string and are left out.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

CHARACTERS = [chr(code) for code in range(0x110000) if not 0xD800 <= code <= 0xDFFF]


def ranges(holds: Callable[[str], bool]) -> list[tuple[int, int]]:
    """The inclusive ranges of code points for which the predicate holds."""
    found: list[tuple[int, int]] = []
    for character in CHARACTERS:
        if holds(character):
            code = ord(character)
            if found and found[-1][1] == code - 1:
                found[-1] = (found[-1][0], code)
            else:
                found.append((code, code))
    return found


def table(name: str, note: str, holds: Callable[[str], bool]) -> None:
    """Prints one table of ranges."""
    rows = ", ".join(f"({low:#x}, {high:#x})" for low, high in ranges(holds))
    print(f"/// {note}\n#[rustfmt::skip]\npub(crate) const {name}: &[(u32, u32)] = &[")
    line = ""
    for item in rows.split(", ("):
        item = item if item.startswith("(") else "(" + item
        if len(line) + len(item) > 110:
            print(f"    {line}")
            line = ""
        line += item + ", "
    print(f"    {line.strip()}\n];\n")


def mapping(name: str, note: str, convert: Callable[[str], str], usual: Callable[[str], str]) -> None:
    """Prints the characters whose conversion is not the usual one."""
    print(f"/// {note}\npub(crate) const {name}: &[(u32, &str)] = &[")
    for character in CHARACTERS:
        if convert(character) != usual(character):
            text = "".join(f"\\u{{{ord(each):x}}}" for each in convert(character))
            print(f'    ({ord(character):#x}, "{text}"),')
    print("];\n")


def values(name: str, note: str, value: Callable[[str], int]) -> None:
    """Prints runs of characters whose digit values count up by one: first, last, value of the first."""
    runs: list[list[int]] = []
    for character in CHARACTERS:
        digit = value(character)
        if digit < 0:
            continue
        code = ord(character)
        if runs and runs[-1][1] == code - 1 and runs[-1][2] + code - runs[-1][0] == digit:
            runs[-1][1] = code
        else:
            runs.append([code, code, digit])
    print(f"/// {note}\npub(crate) const {name}: &[(u32, u32, u32)] = &[")
    for low, high, first in runs:
        print(f"    ({low:#x}, {high:#x}, {first}),")
    print("];\n")


def main() -> None:
    """Prints the whole file."""
    print("//! Character tables of Unicode 14, written by `tools/unicode_tables.py` from CPython 3.11.\n")
    print("/// Whether one of the sorted ranges holds the character.")
    print("pub(crate) fn contains(ranges: &[(u32, u32)], character: char) -> bool {")
    print("    let code = character as u32;")
    print("    let after = ranges.partition_point(|range| range.0 <= code);")
    print("    after > 0 && code <= ranges[after - 1].1\n}\n")
    table("NOT_PRINTABLE", "Characters that `repr` escapes.", lambda c: not c.isprintable())
    table("ALPHABETIC", "`str.isalpha`.", str.isalpha)
    table(
        "DIGIT_LIKE",
        "`str.isdigit` without `str.isdecimal`: superscripts and the like.",
        lambda c: c.isdigit() and not c.isdecimal(),
    )
    table("NUMERIC", "`str.isnumeric` without `str.isdigit`: fractions, numerals.", lambda c: c.isnumeric() and not c.isdigit())
    table("TITLECASE", "Letters of title case.", lambda c: unicodedata.category(c) == "Lt")
    table("CASED", "Characters with the property Cased, for `str.title` and the final sigma.", is_cased)
    table(
        "IDENTIFIER_START",
        "First characters of an identifier that are not alphabetic.",
        lambda c: c.isidentifier() and not c.isalpha(),
    )
    table(
        "NOT_IDENTIFIER_START",
        "Alphabetic characters that start no identifier.",
        lambda c: c.isalpha() and not c.isidentifier(),
    )
    table(
        "IDENTIFIER_CONTINUE",
        "Further characters of an identifier that cannot start one.",
        lambda c: ("a" + c).isidentifier() and not c.isidentifier(),
    )
    values("DECIMAL", "Decimal digits: first, last, value of the first.", lambda c: unicodedata.decimal(c, -1))
    mapping("FOLDED", "`str.casefold` where it is not the lower case.", str.casefold, str.lower)
    mapping("TITLED", "The title case of a character where it is not the upper case.", str.title, str.upper)


def is_cased(character: str) -> bool:
    """Whether CPython counts the character as cased: a letter after it is then lowered by `title`."""
    return (character + "a").title()[-1] == "a"


if __name__ == "__main__":
    main()
