"""Shapes that the text states, each held against NumPy itself; and texts that state none."""

from __future__ import annotations

import ast

import numpy as np
import pytest

from batuta.analysis.shapes import Shapes

STATED = [
    "x = np.zeros((1000, 3))",
    "n = 10 * 2**3\nx = np.ones(n)",
    "x = np.full(shape=(2, 3), fill_value=1.0)",
    "x = np.arange(10)",
    "x = np.arange(2, 11, 3)",
    "x = np.linspace(0, 1)",
    "x = np.linspace(0, 1, 7)",
    "x = np.eye(4)",
    "x = np.array([[1, 2, 3], [4, 5, 6]])",
    "x = np.random.rand(4, 5)",
    "x = np.random.normal(0, 1, (3, 2))",
    "rng = np.random.default_rng(0)\nx = rng.normal(size=6)",
    "a = np.ones((4, 1))\nb = np.ones(3)\nx = a * b - 1",
    "a = np.ones((4, 2))\nx = a.T @ a",
    "a = np.ones((4, 2))\nx = np.dot(a, np.ones(2))",
    "x = np.arange(12).reshape(3, -1)",
    "x = np.reshape(np.arange(12), (2, 2, 3))",
    "a = np.ones((4, 2))\nx = np.exp(-a).copy()",
    "a = np.ones((4, 2))\nx = a > np.zeros(2)",
    "x = 2.5",
]

UNSTATED = [
    "x = np.array(data)",
    "x = np.zeros(n)",
    "x = np.zeros(3)\nx = np.zeros(4)",
    "for i in y:\n    x = np.zeros(i)",
    "def f(n):\n    x = np.zeros(n)\nn = 3",
    "x = np.ones(3) + np.ones(4)",
    "x = np.array([[1, 2], [3]])",
    "x = np.zeros(3)\nfor x in y:\n    pass",
    "import numpy as x",
    "x = np.sum(np.ones((2, 2)), axis=0)",
]


@pytest.mark.parametrize("source", STATED)
def test_stated_shapes_are_numpys(source):
    names = {"np": np}
    exec(f"import numpy as np\n{source}", names)
    shapes = Shapes(ast.parse(source))
    assert shapes.of(ast.Name("x")) == np.shape(names["x"])


@pytest.mark.parametrize("source", UNSTATED)
def test_what_is_not_stated_is_not_guessed(source):
    assert Shapes(ast.parse(source)).of(ast.Name("x")) is None
