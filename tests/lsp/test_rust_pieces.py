"""Pieces of the Rust: a statement, not the class around it; a function, whole."""

from __future__ import annotations

import pytest

from batuta.ir.spans import Span
from batuta.lsp.rust_pieces import function_of, snippet
from batuta.lsp.workbench import Analysis, JobFailed, Source, analyse

PROGRAM = """\
import math


class Circle:
    def __init__(self, radius: float) -> None:
        self.radius = radius

    def area(self) -> float:
        half = math.sqrt(self.radius)
        return half * half


def double(x: float) -> float:
    if x > 1.0:
        return x * 2
    return x


for each in [1.0, 4.0]:
    print(Circle(each).area(), double(each))
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    found = analyse(Source("file:///w/program.py", 1, "/w/program.py", PROGRAM))
    assert found.rust, found.findings
    return found


def span(piece: str) -> Span:
    start = PROGRAM.index(piece)
    line, column = PROGRAM.count("\n", 0, start) + 1, start - (PROGRAM.rfind("\n", 0, start) + 1)
    return Span(line, column, line, column + len(piece))


def test_a_call_in_a_method_is_its_statement(analysis: Analysis):
    rust = snippet(analysis, span("math.sqrt(self.radius)"))
    assert rust.count("\n") == 1 and rust.startswith("let half = ") and "sqrt" in rust


def test_the_brace_of_the_loop_is_not_part_of_its_body(analysis: Analysis):
    rust = snippet(analysis, span("double(each)"))
    assert "print!" in rust and rust.count("{") == rust.count("}") and not rust.rstrip().endswith("\n}")


@pytest.mark.parametrize(("first", "last", "name"), [(13, 16, "double"), (8, 10, "area")])
def test_functions_are_whole(analysis: Analysis, first: int, last: int, name: str):
    rust = function_of(analysis, Span(first, 0, last, 99))
    assert f"fn {name}(" in rust.split("\n")[0] and rust.endswith("}\n") and rust.count("{") == rust.count("}")


def test_what_has_no_rust_says_so(analysis: Analysis):
    with pytest.raises(JobFailed, match="no Rust of its own"):
        snippet(analysis, Span(2, 0, 2, 0))
    refused = analyse(Source("file:///w/program.py", 2, "/w/program.py", 'print(eval("1"))\n'))
    with pytest.raises(JobFailed, match="BAT107 in line 1"):
        snippet(refused, Span(1, 0, 1, 5))
