"""Integers of any size in the runtime crate against CPython's, on drawn operands from one bit to hundreds."""

from __future__ import annotations

import math
import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.runtime.example import built_example

OPERATIONS: dict[str, Callable[[int, int], Any]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "neg": lambda a, b: (-a, ~b),
    "divmod": divmod,
    "truediv": lambda a, b: a / b,
    "float": lambda a, b: float(a),
    "compare": lambda a, b: (a < b, a == b, a > b, a.bit_length()),
    "hash": lambda a, b: hash(a),
    "format": lambda a, b: (format(a, ",d"), format(a, "#x"), format(a, "+030_d")),
    "powmod": lambda a, b: pow(a, 65537, b),
}
# Operations whose second operand must be small.
SMALL: dict[str, Callable[[int, int], Any]] = {
    "pow": lambda a, b: a**b,
    "shift": lambda a, b: (a << b, a >> b),
    "factorial": lambda a, b: math.factorial(b),
}


def drawn(draw: random.Random) -> int:
    """Integers around powers of two, around the ends of i64, and anywhere."""
    kind = draw.randrange(5)
    if kind == 0:
        return draw.randrange(-10, 11)
    if kind == 1:
        return draw.choice([-1, 1]) * (2 ** draw.randrange(130) + draw.randrange(-2, 3))
    if kind == 2:
        return draw.choice([-(2**63), 2**63 - 1, 2**63, -(2**63) - 1])
    value = draw.getrandbits(draw.choice([40, 64, 100, 300]))
    return -value if draw.random() < 0.5 else value


def expected(function: Callable[[int, int], Any], a: int, b: int) -> str:
    """Python's answer in the form of the Rust program's."""
    try:
        return repr(function(a, b))
    except (ArithmeticError, ValueError) as error:
        return f"!{type(error).__name__}: {error}"


@pytest.fixture(scope="module")
def program() -> Path:
    """The Rust program that computes."""
    return built_example("big_integers", "bigint")


def test_drawn_integers_have_python_s_answers(program: Path, everything: bool) -> None:
    """Every operation on drawn operands."""
    draw = random.Random(20260102)
    questions: list[tuple[str, int, int]] = []
    for _ in range(5_000 if everything else 400):
        questions += [(name, drawn(draw), drawn(draw)) for name in OPERATIONS]
        questions += [(name, drawn(draw), draw.randrange(45)) for name in SMALL]
        n = draw.randrange(200)
        questions.append(("comb", n, draw.randrange(-1, n + 3)))
    text = "".join(f"{name} {a} {b}\n" for name, a, b in questions)
    answers = subprocess.run([program], input=text, capture_output=True, text=True, check=True).stdout.splitlines()
    functions = {**OPERATIONS, **SMALL, "comb": math.comb}
    wanted = [expected(functions[name], a, b) for name, a, b in questions]
    assert len(answers) == len(questions)
    assert [each for each in zip(questions, wanted, answers, strict=True) if each[1] != each[2]] == []
