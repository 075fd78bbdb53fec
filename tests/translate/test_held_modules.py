"""Modules of the standard library that are translated as Python."""

from __future__ import annotations

from batuta.python.modules import Surroundings
from batuta.translate import translate


def test_a_held_module_becomes_a_rust_module() -> None:
    made = translate("import shlex as words\nprint(words.split('a b'))\n", "p.py")
    assert not made.refused
    assert [each.path for each in made.modules] == ["shlex.rs"]
    assert made.python_files == {}


def test_what_a_module_does_not_hold_comes_from_the_catalog() -> None:
    made = translate("from collections import ChainMap, deque\nprint(ChainMap({'a': 1})['a'], deque([1]))\n", "p.py")
    assert not made.refused


def test_what_nobody_asks_for_is_not_read() -> None:
    made = translate("import collections\nprint(collections.deque([1]))\n", "p.py")
    assert not made.refused
    assert made.modules == []


def test_a_finding_inside_stands_at_the_import() -> None:
    made = translate("print(1)\nimport shlex\nprint(shlex.split(3))\n", "p.py")
    assert made.refused
    assert {
        (each.path, each.span.line) for each in made.findings if each.path != "p.py" or each.span.line not in (2, 3)
    } == set()


def test_a_file_of_the_program_comes_first() -> None:
    files = {"shlex.py": "def split(text):\n    return [text]\n"}
    made = translate("import shlex\nprint(shlex.split('a b'))\n", "p.py", surroundings=Surroundings(files.get))
    assert [each.code for each in made.findings if each.blocks] == ["BAT108"]


def test_unused_functions_of_a_held_module_are_not_told() -> None:
    made = translate("import shlex\nprint(shlex.quote('a b'))\n", "p.py")
    assert made.findings == []
