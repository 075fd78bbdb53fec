"""Taking rows of whatever holds rows."""

from __future__ import annotations

from typing import Any

import numpy as np


def row_count(data: Any) -> int:
    """How many rows there are. Raises TypeError for what has none."""
    if hasattr(data, "shape") and len(data.shape):
        return int(data.shape[0])
    if not hasattr(data, "__len__"):
        raise TypeError(f"Expected sequence or array-like, got {type(data)}")
    return len(data)


def rows_at(data: Any, rows: Any) -> Any:
    """These rows, in the same kind of container; None stays None."""
    if data is None:
        return None
    if hasattr(data, "iloc"):
        return data.take(rows, axis=0)
    if hasattr(data, "shape"):
        return data[rows]
    return [data[row] for row in np.asarray(rows).tolist()]


def as_list(data: Any) -> Any:
    """Anything that is no container of rows yet as an array, as scikit-learn makes iterables indexable."""
    if data is None or hasattr(data, "shape") or hasattr(data, "__getitem__"):
        return data
    return np.array(data)
