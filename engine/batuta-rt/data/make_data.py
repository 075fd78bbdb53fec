"""Writes the tables of scikit-learn's small data sets for `sklearn::datasets` of the runtime crate.

Run it with the Python that has the pinned scikit-learn: `python engine/batuta-rt/data/make_data.py`. A table is a text file: the first
line names the features, the second the classes (empty for measurements), each further line is one sample, its target last. Numbers
stand in their shortest text, which reads back to the same float64. The digits are one letter a pixel (`a` is 0, `q` is 16).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from sklearn import datasets

HERE = Path(__file__).parents[1] / "src" / "sklearn" / "datasets" / "tables"


def short(value: float) -> str:
    """The shortest text of a float, without a trailing `.0`."""
    text = repr(float(value))
    return text.removesuffix(".0")


def write_table(name: str) -> None:
    """One data set as a table of numbers."""
    bunch = getattr(datasets, f"load_{name}")()
    names = [str(each) for each in getattr(bunch, "target_names", [])]
    lines = [";".join(str(each) for each in bunch.feature_names), ";".join(names)]
    for row, target in zip(bunch.data, bunch.target, strict=True):
        lines.append(",".join([*map(short, row), short(target)]))
    (HERE / f"{name}.txt").write_text("\n".join(lines) + "\n")


def write_digits() -> None:
    """The digits, one letter a pixel and the digit itself at the end of the line."""
    bunch = datasets.load_digits()
    pixels = bunch.data.astype(int)
    assert np.array_equal(pixels, bunch.data)
    lines = [
        "".join(chr(ord("a") + value) for value in row) + str(digit) for row, digit in zip(pixels, bunch.target, strict=True)
    ]
    (HERE / "digits.txt").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    for each in ("iris", "wine", "breast_cancer", "diabetes"):
        write_table(each)
    write_digits()
