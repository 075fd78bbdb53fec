"""Arrays on trueno: what moves there when the crate is asked for, what stays, and that both print the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from batuta.translate import Options, Translation, translate
from fixtures.python_side import Program, run_many
from tests.conftest import LEFT_OUT
from tests.programs.pipeline import PASSES, judge

PROGRAMS = [Program.read(path) for path in sorted((Path(__file__).parents[2] / "fixtures" / "on_trueno").glob("*.py"))]
A = "import numpy as np\na = np.array([[1.0, 2.0], [3.0, 4.0]])\n"


def on_the_crate(source: str, **options: str) -> Translation:
    """The translation when the crate is asked for; the typed program is checked on the way."""
    return translate(source, options=Options(**{"target": "aprender", **options}, debug=True))


def test_programs_print_the_same(everything: bool) -> None:
    if not everything:
        LEFT_OUT.append("the programs on trueno are not compiled; run `make test-all`")
        pytest.skip("builds the crate: minutes")
    rows = judge(PROGRAMS, run_many(PROGRAMS), name="trueno", target="aprender")
    assert [row for row in rows if row.verdict not in PASSES or row.warnings] == []


@pytest.mark.parametrize(
    ("statement", "rust"),
    [
        ("print(a)", "trueno_adapters::array2(&a)"),
        ("print(np.array([1, 2, 3]))", "trueno_adapters::int_array1(&trueno::Vector::<f32>::from_slice(&[1.0, 2.0, 3.0]))"),
        ("b = np.zeros((2, 3))\nprint(b)", "let b = trueno::Matrix::zeros(2, 3);"),
        ("b = np.ones((2, 3))\nprint(b)", "let b = trueno::Matrix::ones(2, 3);"),
        ("v = np.array([0.5, 2.0])\nprint(np.dot(v, v))", "v.dot(&v).unwrap()"),
        ("print(a @ a)", "a.matmul(&a).unwrap()"),
        ("print(np.sum(a), a.mean())", "a.sum().unwrap()"),
        ("print(np.max(a), a.min())", "a.max().unwrap()"),
        ("print(a.T)", "a.transpose()"),
        ("print(a.reshape(4, 1))", "trueno::Matrix::from_slice(4, 1, a.as_slice()).unwrap()"),
        ("print(a + a)", "a.add(&a).unwrap()"),
        ("print(a * a)", "a.mul(&a).unwrap()"),
        ("print(f'{a.shape} {len(a)} {a}')", "trueno_adapters::shape(&a)"),
    ],
)
def test_the_documented_table_names_the_crates_items(statement: str, rust: str) -> None:
    found = on_the_crate(f"{A}{statement}\n")
    assert not found.refused
    assert rust in found.rust
    assert "np::" not in found.rust
    assert found.crates == {"trueno"}


@pytest.mark.parametrize(
    "statement",
    [
        "a[0, 0] = 7.0\nprint(a)",
        "print(np.sort(a))",
        "for row in a:\n    print(row)",
        "print(a[0])",
        "print(a.sum(axis=0))",
        "print(a + np.array([1.0, 2.0]))",
        "print(a / 3)",
        "rows = [a, a]\nprint(len(rows), rows[0])",
        "b = a\nwhile b.sum() < 1e9:\n    b = b + b\nprint(b)",
        "def first():\n    return a\n\n\nprint(first())",
        "print(a.tolist())",
        "pair = (a, 1)\nprint(pair[0])",
        "b = a if len(a) > 1 else a + a\nprint(b)",
        "print([x for x in a[0]])",
        "big = np.array([[4097, 1], [1, 4097]])\nprint(big @ big, a)\nprint(np.sort(a))",
    ],
)
def test_one_other_use_keeps_the_whole_group_on_the_faithful_arrays(statement: str) -> None:
    found = on_the_crate(f"{A}{statement}\n")
    assert not found.refused
    assert "trueno" not in found.rust
    assert found.rust == translate(f"{A}{statement}\n").rust


def test_groups_choose_apart() -> None:
    found = on_the_crate(f"{A}b = np.array([3.0, 1.0])\nprint(a @ a, np.sort(b))\n")
    assert "a.matmul(&a)" in found.rust and "np::sort(&b" in found.rust


def test_functions_take_the_home_of_their_arguments() -> None:
    found = on_the_crate(f"{A}def gram(m):\n    return m.T @ m\n\n\nprint(gram(a))\n")
    assert "fn gram(m: &trueno::Matrix<f32>) -> trueno::Matrix<f32>" in found.rust


@pytest.mark.parametrize(("target", "precision"), [("auto", "auto"), ("faithful", "f32"), ("aprender", "f64")])
def test_nothing_moves_that_was_not_asked_to(target: str, precision: str) -> None:
    assert "trueno" not in on_the_crate(f"{A}print(a @ a)\n", target=target, precision=precision).rust


def test_the_precision_alone_asks_too() -> None:
    assert "trueno" in on_the_crate(f"{A}print(a @ a)\n", target="auto", precision="f32").rust


def test_a_call_says_where_it_runs() -> None:
    found = on_the_crate(f"{A}print(a @ a)\n")
    crates = {getattr(call.entry, "name", ""): getattr(call.target, "crate", "") for call in found.calls}
    assert crates == {"numpy.array": "trueno", "ndarray.__matmul__": "trueno"}
