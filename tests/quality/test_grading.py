"""Totals, letters, functions, and our readiness figure."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.quality import Readiness, grade_file, grade_functions, measure_readiness
from batuta.quality.bands import letter

SHORT = "def area(width, height):\n    product = width * height\n    return product\n\nprint(area(2, 3))\n"
WITH_DOCSTRING = SHORT.replace("    product = ", '    """The area."""\n    product = ', 1)


def test_a_sum_above_100_is_scaled_and_one_below_is_not():
    """The published formula is not monotonic: a docstring lowers this file's total from 100 to below 98."""
    assert grade_file(SHORT).total == pytest.approx(100.0)
    assert grade_file(WITH_DOCSTRING).total == pytest.approx(97.7, abs=0.05)


@pytest.mark.parametrize(
    ("total", "name"),
    [
        *[(100, "A+"), (95, "A+"), (94.99, "A"), (90, "A"), (85, "A-"), (80, "B+"), (75, "B"), (70, "B-")],
        *[(65, "C+"), (60, "C"), (55, "C-"), (50, "D"), (49.99, "F"), (0, "F")],
    ],
)
def test_the_bands(total, name):
    assert letter(total) == name


def test_functions_are_graded_over_their_own_text():
    source = (
        "class A:\n    @d\n    def f(self, a, b, c):\n        pass\n\nasync def g():\n    '''x'''\n    def h():\n        pass\n"
    )
    grades = {grade.name: grade for grade in grade_functions(source)}
    assert list(grades) == ["A.f", "g", "g.h"]
    assert grades["A.f"].scores["semantic"] == 18.0 and grades["g"].scores["semantic"] == 20.0
    assert grades["g.h"].scores["documentation"] == 0.0
    assert [grades[name].line for name in grades] == [3, 6, 8]


def finding(line: int, code: str = "BAT101", blocks: bool = True) -> Finding:
    return Finding(Span(line, 0, line, 1), code, f"reason {code}", "remedy", blocks=blocks)


def ready(source: str, findings: list[Finding]) -> Readiness:
    return measure_readiness(ast.parse(source), findings, source)


def test_readiness_is_the_share_of_statements_without_obstacles():
    source = "a = 1\ndef f():\n    b = 2\n    c = 3\nd = 4\n"
    assert (ready(source, []).share, ready(source, []).statements) == (1.0, 5)
    obstacles = [Finding(Span(3, 4, 3, 5), "BAT101", "reason BAT101", "remedy", blocks=True)] * 2
    blocked = ready(source, [*obstacles, finding(5, "BAT102"), finding(1, blocks=False)])
    assert (blocked.blocked, blocked.share) == (2, 0.6)
    assert blocked.obstacles == (("BAT101", 2, "reason BAT101"), ("BAT102", 1, "reason BAT102"))
    assert blocked.title == "60 % of 5 statements translate"


def test_a_statement_that_is_blocked_blocks_what_is_inside_it():
    source = "@decorator\ndef f(x):\n    a = 1\n    b = 2\nc = 3\n"
    for line in (1, 2):
        assert ready(source, [finding(line)]).blocked == 3
    assert ready(source, [Finding(Span(3, 8, 3, 9), "BAT101", "", "", blocks=True)]).blocked == 1


def test_statements_on_one_line_are_told_apart_by_their_characters():
    source = "a = '漢字🚀'; b = evil(); c = 3\n"
    column = source.index("evil")
    for number in range(2):
        obstacles = [Finding(Span(1, column, 1, column + 4), "BAT101", "", "", blocks=True)] * (number + 1)
        assert ready(source, obstacles).blocked == 1
    both = [*obstacles, Finding(Span(1, source.index("c ="), 1, 30), "BAT102", "", "", blocks=True)]
    assert ready(source, both).blocked == 2


def test_only_a_file_without_obstacles_has_all():
    source = "".join(f"a{n} = {n}\n" for n in range(200))
    assert ready(source, [finding(1)]).title.startswith("99 %")
    assert ready("", []).share == 1.0
    # A finding of the file as a whole stands at no statement.
    assert ready("# comment\n\na = 1\nb = 2\n", [finding(1)]).blocked == 1


# A statement is a header and the statements inside it (none: a simple one); an evil one has a finding in its header.
statements = st.recursive(
    st.tuples(st.booleans(), st.none(), st.just(True)),
    lambda inner: st.tuples(
        st.booleans(), st.lists(inner, min_size=1, max_size=3), st.sampled_from(["if", "while", "def", "class", "try", "match"])
    ),
    max_leaves=12,
)


def written(body: list[Any], depth: int = 0) -> str:
    """The Python of a body; an evil place has the word EVIL."""
    indent, text = "    " * depth, ""
    for evil, inside, form in body:
        value = "EVIL" if evil else "'漢字'"
        if inside is None:
            text += f"{indent}x = {value}\n"
            continue
        header = {
            "if": f"if {value}:", "while": f"while {value}:", "def": f"@decorator({value})\n{indent}def f():",
            "class": f"class C({value}):", "try": "try:", "match": f"match {value}:",
        }[form]  # fmt: skip
        if form == "match":
            text += f"{indent}{header}\n{indent}    case _:\n{written(inside, depth + 2)}"
        elif form == "try":
            text += f"{indent}{header}\n{indent}    pass\n{indent}except {value}:\n{written(inside, depth + 1)}"
        else:
            text += f"{indent}{header}\n{written(inside, depth + 1)}"
    return text


def evils(source: str) -> list[Finding]:
    found = []
    for number, line in enumerate(source.split("\n"), 1):
        column = line.find("EVIL")
        if column >= 0:
            found.append(Finding(Span(number, column, number, column + 4), "BAT101", "", "", blocks=True))
    return found


def without_each_evil(body: list[Any]) -> Iterator[list[Any]]:
    """The body without one of its evil statements, in all ways; where nothing would be left, a `pass` of ours stands."""
    for place, (evil, inside, form) in enumerate(body):
        if evil:
            yield [*body[:place], *body[place + 1 :]] or [(False, None, True)]
        for less in without_each_evil(inside or []):
            yield [*body[:place], (evil, less, form), *body[place + 1 :]]


@given(st.lists(statements, min_size=1, max_size=5))
@settings(max_examples=300, deadline=None)
def test_readiness_is_monotonic(body: list[Any]):
    source = written(body)
    found = evils(source)
    shares = [ready(source, found[:number]).share for number in range(len(found) + 1)]
    assert shares == sorted(shares, reverse=True), "a finding more never raises it"
    assert (shares[-1] == 1.0) == (not found)
    for less in without_each_evil(body):
        rest = written(less)
        assert ready(rest, evils(rest)).share >= shares[-1], "an obstacle less never lowers it"
