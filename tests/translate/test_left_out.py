"""What the Rust does not hold is said, and keeps nothing from being written."""

from __future__ import annotations

import pytest

from batuta.findings.configuration import Configuration
from batuta.translate import translate

UNUSED = """
class Never:
    def __init__(self, a):
        self.a = a


class Shape:
    def __init__(self, size):
        self.size = size

    def area(self, scale):
        raise NotImplementedError

    def grow(self, by):
        return self.size + by


class Square(Shape):
    def area(self, scale):
        return self.size * self.size * scale


def helper(x):
    return eval(x)


def hinted(x: int) -> int:
    return x + 1


def outer(n):
    def inner(q):
        return q

    return n


print(Square(2).area(3), outer(1))
"""


def test_each_unused_definition_without_types_is_named_at_its_name() -> None:
    made = translate(UNUSED)
    assert made.rust
    lines = UNUSED.split("\n")
    named = [lines[each.span.line - 1][each.span.column : each.span.end_column] for each in made.findings]
    assert named == ["Never", "grow", "helper", "inner"]
    assert {each.code for each in made.findings} == {"BAT205"} and not any(each.blocks for each in made.findings)


@pytest.mark.parametrize("name", ["Never", "helper", "inner"])
def test_what_is_named_is_not_in_the_rust(name: str) -> None:
    assert name not in translate(UNUSED).rust


def test_what_the_remedy_says_keeps_it() -> None:
    made = translate("def twice(x):\n    return 2 * x\n\n\nprint(1)\n")
    assert "twice" not in made.rust and len(made.findings) == 1
    for kept in (
        "def twice(x: int) -> int:\n    return 2 * x\n\n\nprint(1)\n",
        "def twice(x):\n    return 2 * x\n\n\nprint(twice(1))\n",
    ):
        made = translate(kept)
        assert "fn twice" in made.rust and not made.findings


def test_a_program_that_uses_everything_has_no_such_finding() -> None:
    text = "from typing import Protocol\n\n\nclass Sized(Protocol):\n    def size(self) -> int: ...\n\n\nprint(1)\n"
    assert not [each for each in translate(text).findings if each.code == "BAT205"]


def test_it_can_be_ignored_like_any_other() -> None:
    from pathlib import Path

    made = translate(UNUSED)
    assert Configuration(ignore=("BAT205",)).filter(made.findings, Path("x.py")) == []


def test_a_refused_program_says_only_why_it_is_refused() -> None:
    made = translate("import csv\n\n\ndef parse(x):\n    return x\n\n\nprint(csv.nonsense(parse(1)))\n")
    assert made.refused and "BAT205" not in {each.code for each in made.findings}
