"""Names for complex types: what counts as complex, and what the lines say afterwards."""

from __future__ import annotations

import pytest

from batuta.lowering.rust_text import Line
from batuta.lowering.type_aliases import MOST_COMPLEX, complexity, name_complex_types

FUNCTION = "std::rc::Rc<dyn Fn(&ndarray::Array1<f64>) -> f64>"


@pytest.mark.parametrize(
    ("text", "complex_"),
    [
        ("py::Dict<String, Vec<(i64, f64)>>", False),
        ("py::Dict<String, std::rc::Rc<dyn Fn(&String) -> String>>", True),
        ("std::rc::Rc<dyn Fn(i64) -> i64>", False),
        (f"&{FUNCTION}", True),
        ("Box<dyn Iterator<Item = (String, i64)>>", False),
        ("(Vec<Option<ndarray::Array2<f64>>>, Vec<Option<ndarray::Array1<f64>>>)", True),
    ],
)
def test_what_clippy_calls_very_complex(text: str, complex_: bool) -> None:
    assert (complexity(text) > MOST_COMPLEX) is complex_


def test_a_function_value_gets_a_name_everywhere() -> None:
    lines = [
        Line(0, "fn root(f: &" + FUNCTION + ", x: f64) -> f64 {"),
        Line(1, "let g: f64 = f(x);"),
        Line(0, "}"),
        Line(0, "let f = std::rc::Rc::new(square) as " + FUNCTION + ";"),
    ]
    assert [each.text for each in name_complex_types(lines, 0)] == [
        "",
        f"type Function = {FUNCTION};",
        "fn root(f: &Function, x: f64) -> f64 {",
        "let g: f64 = f(x);",
        "}",
        "let f = std::rc::Rc::new(square) as Function;",
    ]


def test_a_value_that_looks_like_a_type_stays() -> None:
    lines = [Line(0, "Self {"), Line(1, f"held: vec![{FUNCTION[:12]}(|x: &f64| *x)],"), Line(0, "}")]
    assert name_complex_types(list(lines), 0) == lines
