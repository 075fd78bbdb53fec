"""Lints that a translation cannot satisfy without changing what the Python says: they are allowed where they occur, and only there.

A user's literal that comes close to a known constant stays the literal that it is; `x != x` is how one asks for NaN; a function keeps its
parameters.
"""

from __future__ import annotations

import math
import re

MOST_PARAMETERS = 7
"""clippy's `too-many-arguments-threshold`."""

DOC_LINTS = {"clippy::doc_lazy_continuation", "clippy::doc_overindented_list_items"}
"""What clippy says of lists in docstrings that are not indented the way Markdown wants it."""

_CONSTANTS = [
    (math.e, 4),
    (1 / math.pi, 4),
    (1 / math.sqrt(2), 5),
    (2 / math.pi, 5),
    (2 / math.sqrt(math.pi), 5),
    (math.pi / 2, 5),
    (math.pi / 3, 5),
    (math.pi / 4, 5),
    (math.pi / 6, 5),
    (math.pi / 8, 5),
    (math.log(2), 5),
    (math.log(10), 5),
    (math.log10(2), 5),
    (math.log2(10), 5),
    (math.log10(math.e), 5),
    (math.log2(math.e), 5),
    (math.pi, 3),
    ((1 + math.sqrt(5)) / 2, 4),
    (math.sqrt(2), 5),
    (2 * math.pi, 3),
]
"""The constants of `std::f64::consts`, each with the number of characters from which on clippy takes a literal for it."""


def is_near_constant(text: str) -> bool:
    """Whether clippy would ask to write a literal as a constant of the standard library (`clippy::approx_constant`)."""
    if len(text) < 4 or "e" in text:
        return False
    for value, shortest in _CONSTANTS:
        whole = repr(value)
        if len(text) > shortest and (whole.startswith(text) or text == f"{value:.{len(text) - 2}f}"):
            return True
    return False


def names_alike(enum: str, variants: list[str]) -> bool:
    """Whether clippy finds that the names of an enum's variants repeat themselves (`clippy::enum_variant_names`)."""
    if len(variants) < 3:
        return False
    words = [re.findall(r"[A-Z][a-z0-9]*|[a-z0-9]+", each) for each in variants]
    if any(len(each) > 1 for each in words) and (
        len({each[0] for each in words}) == 1 or len({each[-1] for each in words}) == 1
    ):
        return True
    return any(each != enum and (each.startswith(enum) or each.endswith(enum)) for each in variants)


def is_acronym(name: str) -> bool:
    """Whether a type's name is all capitals (`clippy::upper_case_acronyms`)."""
    return len(name) > 2 and not any(each.islower() for each in name)


def breaks_list(text: str) -> bool:
    """Whether a docstring has a list that Markdown reads otherwise than it is indented (`clippy::doc_lazy_continuation`)."""
    lines = text.splitlines()
    return any(re.match(r"\s*([-*+]|\d+[.)])\s", line) for line in lines)


def method_lint(name: str, receiver: str, parameters: int, result: str) -> str:
    """The lint that a method's name breaks: what clippy expects of `from_…`, `into_…`, `to_…`, `is_…`, `as_…`, `to_string`."""
    if name == "to_string" and parameters == 0 and result == " -> String":
        return "clippy::inherent_to_string"
    changes = receiver == "&mut self"
    if name.startswith(("from_", "into_")) or (name.startswith("to_") and changes and not name.endswith("_mut")):
        return "clippy::wrong_self_convention"
    return ""


_ARRAY = re.compile(r"let (\w+)(?:: [^=]+)? = \[")
_AT_MOST = re.compile(r"(\S+) [<>] (\S+) \|\| \1 == \2(?!\S)")
_NOTHING = re.compile(r"let (?:mut )?(\w+)(?:: [^=]+)? = None;")


def said_by_python(lines: list[str]) -> set[str]:
    """The lints about what a test of a known value says: `if values` of a list that is written there, `text or "x"` of a None, `a < b or a == b`."""
    text = "\n".join(lines)
    found: set[str] = set()
    if any(re.search(rf"(?<!\w){name}\.is_empty\(\)", text) for name in {each for each in _ARRAY.findall(text)}):
        found.add("clippy::const_is_empty")
    if any(re.search(rf"(?<!\w){name}\.unwrap_or", text) for name in {each for each in _NOTHING.findall(text)}):
        found.add("clippy::unnecessary_literal_unwrap")
    if _AT_MOST.search(text):
        found.add("clippy::double_comparisons")
    return found
