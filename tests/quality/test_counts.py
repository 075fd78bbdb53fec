"""What is counted, where Python's tree and the published grammar name things differently."""

from __future__ import annotations

import ast

import pytest

from batuta.quality.counts import count, cut_lines


def counted(source: str):
    return count(ast.parse(source), source)


@pytest.mark.parametrize(
    ("source", "cyclomatic", "cognitive", "nesting"),
    [
        ("x = 1\n", 1, 0, 0),
        ("if a:\n    pass\n", 2, 1, 1),
        # An elif and an else stand inside the if, one level deep, and do not deepen.
        ("if a:\n    pass\nelif b:\n    pass\nelse:\n    pass\n", 4, 1 + 2 + 2, 1),
        ("if a:\n    pass\nelse:\n    if b:\n        pass\n", 4, 1 + 2 + 2, 2),
        ("for x in y:\n    pass\nelse:\n    pass\n", 3, 1 + 2, 1),
        ("try:\n    pass\nexcept A:\n    pass\nexcept B:\n    pass\nelse:\n    pass\nfinally:\n    pass\n", 5, 3, 0),
        ("x = a and b and c or d\n", 4, 0, 0),
        ("x = a < b < c\n", 2, 0, 0),
        ("x = a not in b\n", 2, 0, 0),
        ("x = 1 if a else 2\ny = [i for i in z if i]\nwith a:\n    pass\n", 1, 0, 0),
        ("def f():\n    class C:\n        def g(self):\n            while a:\n                pass\n", 2, 4, 4),
        ("match a:\n    case 1 if b > 2:\n        pass\n", 3, 1, 1),
        ("x = f'{a < b}'\n", 2, 0, 0),
    ],
)
def test_complexity(source, cyclomatic, cognitive, nesting):
    counts = counted(source)
    assert (counts.cyclomatic, counts.cognitive, counts.nesting) == (cyclomatic, cognitive, nesting)


@pytest.mark.parametrize(
    ("header", "children"),
    [
        ("()", 2),
        ("(a)", 3),
        ("(a, b)", 5),
        ("(a, b,)", 6),
        ("(a, *, b=1)", 7),
        ("(a, /, b)", 7),
        ("(self, x: dict[str, int] = {1: (2, 3)}, *args, **kwargs)", 9),
        ("(\n    a,  # the first\n    b,\n)", 7),
    ],
)
def test_parameter_lists_count_brackets_and_commas(header, children):
    assert counted(f"def f{header}:\n    pass\n").parameters == children
    assert counted(f"é = 1\nasync def f{header} -> tuple[int, int]:\n    pass\n").parameters == children


@pytest.mark.parametrize(
    ("body", "documented", "lines"),
    [
        ('"""One line."""', 1, 1),
        ('"""Two\n    lines."""', 1, 2),
        ('"a" "b"', 0, 0),
        ('("a")', 0, 0),
        ("pass", 0, 0),
        ('f"{x}"', 1, 1),
        ('"a"; x = "b"', 1, 1),
        ('"a" % x', 0, 0),
    ],
)
def test_docstrings(body, documented, lines):
    counts = counted(f"def f():\n    {body}\n")
    assert (counts.functions, counts.documented, counts.docstring_lines) == (1, documented, lines)


def test_imports_and_calls():
    counts = counted(
        "from __future__ import annotations\nimport a, b\nfrom c import d\n@e(1)\nclass F(g()):\n    print(h(i))\n"
    )
    assert (counts.imports, counts.calls) == (2, 4)


def test_an_attribute_of_a_type_reads_as_a_type_statement():
    assert counted("type(a).b = c()\n").calls == 1
    assert counted("x = type(a).b\n").calls == 1


def test_metaclasses():
    assert counted("class A(metaclass=M):\n    pass\nclass B(C):\n    pass\n").metaclasses == 1


def test_lines_are_cut_at_line_feeds_only():
    assert cut_lines("a\x0cb\u2028c\r\nd\re\n") == ["a\x0cb\u2028c", "d\re"]
