"""The rows of the documented NumPy table as one program: what the measured figures of `numpy.…` entries come from.

Each row computes with arrays of its own, so that each is measured on trueno even if another cannot live there. The program is
translated like any other: what is measured is what a user gets.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

SIZE = 12
"""Rows and columns: each array stands in the program's text, and prints without being shortened."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


@dataclass(frozen=True)
class NumpyRow:
    """One entry: which arrays it needs, and the expression over `a` and `b`."""

    entry: str
    operands: str
    expression: str
    scalar: bool = False


def _reductions() -> list[NumpyRow]:
    rows = []
    for name in ("sum", "mean", "max", "min"):
        rows.append(NumpyRow(f"numpy.{name}", "m", f"np.{name}(a)", True))
        rows.append(NumpyRow(f"ndarray.{name}", "v", f"a.{name}()", True))
    return rows


ROWS: tuple[NumpyRow, ...] = (
    NumpyRow("numpy.array", "m", "a"),
    NumpyRow("numpy.zeros", "", f"np.zeros(({SIZE}, 3))"),
    NumpyRow("numpy.ones", "", f"np.ones(({SIZE}, 3))"),
    NumpyRow("numpy.dot", "vv", "np.dot(a, b)", True),
    NumpyRow("ndarray.dot", "mv", "a.dot(b)"),
    NumpyRow("numpy.matmul", "mm", "np.matmul(a, b)"),
    NumpyRow("ndarray.__matmul__", "mm", "a @ b"),
    *_reductions(),
    NumpyRow("ndarray.T", "m", "a.T"),
    NumpyRow("numpy.transpose", "m", "np.transpose(a)"),
    NumpyRow("ndarray.transpose", "m", "a.transpose()"),
    NumpyRow("ndarray.reshape", "m", f"a.reshape(4, {SIZE * SIZE // 4})"),
    NumpyRow("numpy.reshape", "m", f"np.reshape(a, ({SIZE * SIZE // 2}, 2))"),
    NumpyRow("ndarray.__add__", "mm", "a + b"),
    NumpyRow("ndarray.__sub__", "mm", "a - b"),
    NumpyRow("ndarray.__mul__", "mm", "a * b"),
    NumpyRow("ndarray.__rmul__", "m", "2.5 * a"),
    NumpyRow("ndarray.__truediv__", "m", "a / 4"),
    NumpyRow("numpy.add", "vv", "np.add(a, b)"),
    NumpyRow("numpy.subtract", "mm", "np.subtract(a, b)"),
    NumpyRow("numpy.multiply", "vv", "np.multiply(a, b)"),
    NumpyRow("numpy.divide", "v", "np.divide(a, 2)"),
)


def program(whole: bool) -> str:
    """The program. `whole`: every digit is printed (for float64); else arrays print as NumPy prints them, with eight digits."""
    chance = np.random.RandomState(20)
    lines = ["import numpy as np"]
    for number, row in enumerate(ROWS):
        text = row.expression
        for letter, kind in zip("ab", row.operands, strict=False):
            shape = (SIZE, SIZE) if kind == "m" else (SIZE,)
            # Subtraction must not cancel: what is measured is the operation, not the loss of a difference.
            low = 10.0 if letter == "a" else 1.0
            values = np.round(chance.uniform(low, low + 9.0, shape), 4).tolist()
            lines.append(f"{letter}{number} = np.array({values})")
            text = re.sub(rf"\b{letter}\b", f"{letter}{number}", text)
        lines.append(f"r{number} = {text}")
        lines.append(f'print("row {row.entry}")')
        lines.append(f"print(r{number}{'.tolist()' if whole and not row.scalar else ''})")
    return "\n".join(lines) + "\n"


def numbers(output: str) -> dict[str, list[float]]:
    """What the program printed: entry → numbers."""
    found: dict[str, list[float]] = {}
    for line in output.splitlines():
        if line.startswith("row "):
            entry = line.removeprefix("row ")
            found[entry] = []
        else:
            found[entry] += [float(each) for each in _NUMBER.findall(line)]
    return found
