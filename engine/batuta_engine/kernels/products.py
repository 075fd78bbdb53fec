"""Products of matrices as plain loops: the reference that the other backends are compared with."""

from __future__ import annotations

from typing import Any


def product(a: Any, b: Any, out: Any) -> None:
    """out = a b for an m x k and a k x n matrix; each entry is summed in the order of k."""
    for i in range(a.shape[0]):
        for j in range(b.shape[1]):
            out[i, j] = 0.0
        for k in range(a.shape[1]):
            factor = a[i, k]
            for j in range(b.shape[1]):
                out[i, j] += factor * b[k, j]
