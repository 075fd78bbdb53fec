"""Totals, letters, functions, and our readiness figure."""

from __future__ import annotations

import ast

import pytest

from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.quality import grade_file, grade_functions, measure_readiness
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


def test_readiness_is_the_share_of_statements_without_obstacles():
    tree = ast.parse("a = 1\ndef f():\n    b = 2\n    c = 3\nd = 4\n")
    ready = measure_readiness(tree, [])
    assert (ready.share, ready.statements) == (1.0, 5)
    blocked = measure_readiness(tree, [finding(3), finding(3), finding(5, "BAT102"), finding(1, blocks=False)])
    assert (blocked.blocked, blocked.share) == (2, 0.6)
    assert blocked.obstacles == (("BAT101", 2, "reason BAT101"), ("BAT102", 1, "reason BAT102"))
    assert blocked.title == "60 % of 5 statements translate"


def test_readiness_is_monotonic():
    tree = ast.parse("".join(f"a{n} = {n}\n" for n in range(200)))
    obstacles = [finding(n + 1) for n in range(200)]
    shares = [measure_readiness(tree, obstacles[:n]).share for n in range(201)]
    assert shares == sorted(shares, reverse=True)
    assert measure_readiness(tree, obstacles[:1]).title.startswith("99 %")


def test_an_empty_file_is_ready():
    assert measure_readiness(ast.parse(""), []).share == 1.0
