"""Checks of what comes into an estimator: shapes, numbers, names of columns, weights. Errors have scikit-learn's words.

A C-contiguous float64 array is taken as it is, without a copy.
"""

from __future__ import annotations

import sys
import warnings
from typing import Any

import numpy as np

from batuta_engine.estimators.errors import DataConversionWarning, NotFittedError, shared, warn


def _is_sparse(data: Any) -> bool:
    sparse = sys.modules.get("scipy.sparse")
    return sparse is not None and bool(sparse.issparse(data))


def refuse_sparse(data: Any, name: str = "X") -> None:
    """Raises TypeError for sparse data."""
    if _is_sparse(data):
        padded = f" for {name}" if name else ""
        raise TypeError(
            f"Sparse data was passed{padded}, but dense data is required. Use '.toarray()' to convert to a dense numpy array."
        )


def _floats(data: Any) -> Any:
    """As float64 where it is not yet."""
    if isinstance(data, np.ndarray) and data.dtype == np.float64:
        return data
    with warnings.catch_warnings():
        warnings.simplefilter("error", np.exceptions.ComplexWarning)
        found = np.asarray(data)
        if found.dtype.kind == "c":
            raise ValueError(f"Complex data not supported\n{found}\n")
        return found.astype(np.float64)


def _plain(found: Any) -> Any:
    """In C order and writable, so that a kernel is compiled for one layout."""
    if type(found) is np.ndarray and found.flags.c_contiguous and found.flags.writeable and found.flags.aligned:
        return found
    return np.array(found, np.float64, order="C", copy=True, subok=False)


def require_finite(found: Any, name: str, owner: str = "", allow_nan: bool = False) -> None:
    """Raises ValueError for NaN (where it is not allowed) and infinity."""
    with np.errstate(over="ignore", invalid="ignore"):
        # One number tells for nearly all data; only where it is not finite each is looked at.
        if np.isfinite(found.sum()):
            return
    if not allow_nan and np.isnan(found).any():
        more = f"\n{owner} does not accept missing values encoded as NaN natively." if owner and name == "X" else ""
        raise ValueError(f"Input {name} contains NaN.{more}")
    if np.isinf(found).any():
        raise ValueError(f"Input {name} contains infinity or a value too large for dtype('float64').")


def as_matrix(data: Any, owner: str = "", name: str = "X", allow_nan: bool = False, least: int = 1, finite: bool = True) -> Any:
    """Rows of finite float64. Raises ValueError or TypeError for anything else. Without `finite` the caller looks at the numbers itself."""
    refuse_sparse(data, name)
    found = _floats(data)
    if found.ndim != 2:
        kind = "scalar array" if found.ndim == 0 else "1D array"
        if found.ndim > 2:
            by = f" by {owner}" if owner else ""
            raise ValueError(f"Found array with dim {found.ndim}, while dim <= 2 is required{by}.")
        raise ValueError(
            f"Expected 2D array, got {kind} instead:\narray={found}.\nReshape your data either using array.reshape(-1, 1) if your data "
            "has a single feature or array.reshape(1, -1) if it contains a single sample."
        )
    for axis, unit, fewest in ((0, "sample", least), (1, "feature", 1)):
        if found.shape[axis] < fewest:
            by = f" by {owner}" if owner else ""
            raise ValueError(
                f"Found array with {found.shape[axis]} {unit}(s) (shape={found.shape}) while a minimum of {fewest} is required{by}."
            )
    found = _plain(found)
    if finite:
        require_finite(found, name, owner, allow_nan)
    return found


def as_labels(y: Any, owner: str) -> Any:
    """One label a row: a column is taken apart with a warning. Raises ValueError for what has more columns."""
    if y is None:
        raise ValueError(f"{owner} requires y to be passed, but the target y is None")
    refuse_sparse(y, "y")
    found = np.asarray(y)
    if found.ndim == 2 and found.shape[1] == 1:
        warn(
            DataConversionWarning,
            "A column-vector y was passed when a 1d array was expected. Please change the shape of y to (n_samples, ), for example "
            "using ravel().",
        )
        found = found.ravel()
    if found.ndim != 1:
        raise ValueError(f"y should be a 1d array, got an array of shape {found.shape} instead.")
    if found.dtype.kind == "f":
        require_finite(found, "y")
    elif found.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{found}\n")
    return found


def as_targets(y: Any, owner: str, several: bool = False) -> Any:
    """Numbers to learn, one a row, or with `several` also a table."""
    if y is None:
        raise ValueError(f"{owner} requires y to be passed, but the target y is None")
    refuse_sparse(y, "y")
    found = np.asarray(y)
    if not several:
        found = as_labels(found, owner)
    found = _plain(_floats(found))
    if found.ndim not in (1, 2):
        raise ValueError(f"Found array with dim {found.ndim}, while dim <= 2 is required by {owner}.")
    require_finite(found, "y")
    return found


def same_length(*arrays: Any) -> None:
    """Raises ValueError for arrays of different lengths."""
    lengths = [len(each) for each in arrays if each is not None]
    if len(set(lengths)) > 1:
        raise ValueError(f"Found input variables with inconsistent numbers of samples: {lengths}")


def as_weights(weights: Any, samples: int, owner: str, positive: bool = True) -> Any:
    """One weight for each row; None stays None. Raises ValueError for another shape, negative numbers and weights that are all zero."""
    if weights is None:
        return None
    if isinstance(weights, (int, float, np.number)):
        found = np.full(samples, float(weights))
    else:
        found = _plain(_floats(weights))
    if found.ndim != 1:
        raise ValueError(
            f"Sample weights must be 1D array or scalar, got {found.ndim}D array. Expected either a scalar value or a 1D array of length {samples}."
        )
    if found.shape != (samples,):
        raise ValueError(f"sample_weight.shape == {found.shape}, expected {(samples,)}!")
    require_finite(found, "sample_weight")
    if positive and (found < 0).any():
        raise ValueError("Negative values in data passed to `sample_weight`.")
    if not found.any():
        raise ValueError("Sample weights must contain at least one non-zero number.")
    return found


def column_names(data: Any) -> Any:
    """The names of a table's columns where all are texts, else None. Raises TypeError for texts mixed with others."""
    columns = getattr(data, "columns", None)
    if columns is None or not hasattr(data, "iloc"):
        return None
    names = np.asarray(columns, dtype=object)
    kinds = sorted({type(name).__name__ for name in names})
    if "str" in kinds and len(kinds) > 1:
        raise TypeError(
            "Feature names are only supported if all input features have string names, but your input has "
            f"{kinds} as feature name / column name types. If you want feature names to be stored and validated, you must convert "
            "them all to strings, by using X.columns = X.columns.astype(str) for example. Otherwise you can remove feature / column "
            "names from your input data, or convert them all to a non-string data type."
        )
    return names if kinds == ["str"] else None


def check_names(estimator: Any, data: Any) -> None:
    """Warns or raises ValueError where the columns have other names than those that the estimator was fitted with."""
    known, own = getattr(estimator, "feature_names_in_", None), column_names(data)
    owner = type(estimator).__name__
    if known is None and own is None:
        return
    if known is None:
        warn(UserWarning, f"X has feature names, but {owner} was fitted without feature names")
        return
    if own is None:
        warn(UserWarning, f"X does not have valid feature names, but {owner} was fitted with feature names")
        return
    if len(known) == len(own) and (known == own).all():
        return
    message = "The feature names should match those that were passed during fit.\n"
    for title, names in (
        ("Feature names unseen at fit time:\n", sorted(set(own) - set(known))),
        ("Feature names seen at fit time, yet now missing:\n", sorted(set(known) - set(own))),
    ):
        if names:
            message += title + "".join(f"- {name}\n" for name in names[:5]) + ("- ...\n" if len(names) > 5 else "")
    if set(own) == set(known):
        message += "Feature names must be in the same order as they were in fit.\n"
    raise ValueError(message)


def check_fitted(estimator: Any) -> None:
    """Raises NotFittedError for an estimator without fitted attributes."""
    if any(name.endswith("_") and not name.startswith("__") for name in vars(estimator)):
        return
    raise shared(NotFittedError)(
        f"This {type(estimator).__name__} instance is not fitted yet. Call 'fit' with appropriate arguments before using this estimator."
    )


def check_feature_count(estimator: Any, found: Any) -> None:
    """Raises ValueError for another number of columns than was fitted."""
    wanted = estimator.n_features_in_
    if found.shape[1] != wanted:
        raise ValueError(
            f"X has {found.shape[1]} features, but {type(estimator).__name__} is expecting {wanted} features as input."
        )
