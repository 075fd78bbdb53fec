"""The shared test vectors as arrays, and comparing a backend with them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from batuta_engine import lazy, ulp_distance

FILE = Path(__file__).resolve().parents[2] / "fixtures" / "vectors" / "elementwise.json"


@dataclass(frozen=True)
class Row:
    """One operation in one type."""

    operation: str
    dtype: str
    operands: list[Any]
    parameters: dict[str, float]
    ulps: float
    expected: Any


def read_rows(dtype: str) -> Iterator[Row]:
    """The rows of a type."""
    for row in json.loads(FILE.read_text(encoding="utf-8")):
        if row["type"] == dtype:
            arrays = [
                np.array(each, f"u{np.dtype(dtype).itemsize}").view(dtype) for each in (*row["operands"], row["expected"])
            ]
            yield Row(row["operation"], dtype, arrays[:-1], row["parameters"], row["ulps"], arrays[-1])


def differences(backend: str, dtype: str) -> dict[str, tuple[float, float]]:
    """Operation → the largest difference in ULP on a backend, and what is allowed."""
    found: dict[str, tuple[float, float]] = {}
    for row in read_rows(dtype):
        with np.errstate(all="ignore"):
            result = lazy(row.operands[0]).apply(row.operation, *row.operands[1:], **row.parameters).evaluate(backend)
        assert result.dtype == np.dtype(dtype), f"{row.operation} leaves {dtype}"
        found[row.operation] = (float(ulp_distance(row.expected, result, dtype).max()), row.ulps)
    return found
