"""`partial`: functions that cannot be translated stay in Python, loudly."""

from __future__ import annotations

from batuta.lowering.lower import Options
from batuta.translate import translate

PROGRAM = """
import polars as pl


def load(path: str) -> int:
    return len(pl.read_excel(path))


def area(width, height):
    return width * height


print(area(2, 3))
if area(1, 1) > 5:
    print(load("x.xlsx"))
"""


def test_without_it_nothing_is_written():
    made = translate(PROGRAM, "p.py")
    assert made.refused and not made.rust
    assert {(each.code, each.span.line) for each in made.findings} >= {("BAT105", 2), ("BAT101", 6)}


def test_the_function_fails_loudly_and_the_rest_is_translated():
    made = translate(PROGRAM, "p.py", Options(partial=True))
    assert not made.refused
    assert "fn area(width: i64, height: i64) -> i64" in made.rust
    assert '"NotImplementedError"' in made.rust and "`load` was left in Python: `polars.read_excel`" in made.rust
    # What was left out is still told, without standing in the way.
    assert {(each.code, each.span.line, each.blocks) for each in made.findings} >= {("BAT101", 6, False)}


def test_what_stands_outside_functions_is_refused_all_the_same():
    made = translate(PROGRAM + "\neval('1')\n", "p.py", Options(partial=True))
    assert made.refused and not made.rust


def test_a_method_can_stay_in_python_too():
    text = "class A:\n    def f(self) -> int:\n        return eval('1')\n    def g(self):\n        return 2\nprint(A().g())\nif A().g() == 3:\n    print(A().f())\n"
    made = translate(text, "p.py", Options(partial=True))
    assert not made.refused and "`f` was left in Python" in made.rust


def test_a_function_with_several_reasons_is_left_out_once():
    text = (
        "def f() -> int:\n    eval('1')\n    exec('2')\n    return eval('3')\n\n\nif len('a') > 2:\n    print(f())\nprint(1)\n"
    )
    made = translate(text, "p.py", Options(partial=True))
    assert not made.refused and "`f` was left in Python" in made.rust
    assert [each.span.line for each in made.findings] == [2, 3, 4]
