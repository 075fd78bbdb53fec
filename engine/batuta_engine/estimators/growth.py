"""What trees, forests and boosting have in common: limits of growth for data of a size, and the growing itself."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np

from batuta_engine.estimators.grown_tree import Tree
from batuta_engine.estimators.parameters import NONE, RANDOM_STATE, Rule, Rules, fraction, integer, one_of, real

if TYPE_CHECKING:
    from batuta_engine.estimators.kernels.tree import Limits
    from batuta_engine.random.legacy import State

MEASURES = {"gini": 0, "entropy": 1, "log_loss": 1, "squared_error": 2}
RANDOM_MOST = 2**31 - 1

RULES: Rules = {
    "max_depth": (integer(1), NONE),
    "min_samples_split": (integer(2), fraction(0.0, 1.0, "right")),
    "min_samples_leaf": (integer(1), fraction(0.0, 1.0, "neither")),
    "min_weight_fraction_leaf": (real(0.0, 0.5, "both"),),
    "max_features": (integer(1), fraction(0.0, 1.0, "right"), one_of("sqrt", "log2"), NONE),
    "random_state": RANDOM_STATE,
    "max_leaf_nodes": (integer(2), NONE),
    "min_impurity_decrease": (real(0.0),),
    "ccp_alpha": (real(0.0),),
}
CLASS_WEIGHT = (Rule("an instance of 'dict'", lambda value: isinstance(value, dict)), one_of("balanced"), NONE)
CLASS_MEASURES = one_of("gini", "entropy", "log_loss")
NUMBER_MEASURES = one_of("squared_error", "absolute_error", "friedman_mse", "poisson")


def _is_count(value: Any) -> bool:
    return isinstance(value, (int, np.integer))


def feature_count(wanted: Any, features: int) -> int:
    """How many features `max_features` means."""
    if wanted is None:
        return features
    if isinstance(wanted, str):
        return max(1, int(np.sqrt(features) if wanted == "sqrt" else np.log2(features)))
    return int(wanted) if _is_count(wanted) else max(1, int(wanted * features))


def limits_of(estimator: Any, x: Any, weight: float, measure: int, drawn: bool = False) -> Limits:
    """The limits that the parameters of an estimator mean for data of this size and weight."""
    from batuta_engine.estimators.kernels.tree import Limits

    samples, features = x.shape
    leaf, split = estimator.min_samples_leaf, estimator.min_samples_split
    least = int(leaf) if _is_count(leaf) else ceil(leaf * samples)
    fewest = int(split) if _is_count(split) else max(2, ceil(split * samples))
    return Limits(
        measure,
        -1 if estimator.max_depth is None else int(estimator.max_depth),
        max(fewest, 2 * least),
        least,
        float(estimator.min_impurity_decrease),
        feature_count(estimator.max_features, features),
        float(estimator.min_weight_fraction_leaf * weight),
        drawn,
    )


def narrow(x: Any) -> Any:
    """The columns of the data, as rows, as trees see them. Raises ValueError for numbers that float32 does not hold."""
    with np.errstate(over="ignore"):
        found = np.ascontiguousarray(x.T, np.float32)
    if not np.isfinite(found).all():
        raise ValueError("Input X contains infinity or a value too large for dtype('float32').")
    return found


def grown(columns: Any, y: Any, weights: Any, classes: int, limits: Limits, max_leaves: int | None, state: State) -> Tree:
    """A tree on class numbers or targets, with its seed drawn from a stream."""
    from batuta_engine.estimators.kernels.tree import grow
    from batuta_engine.random import legacy

    seed = int(legacy.bounded(state, np.uint64(RANDOM_MOST - 1)))
    own = np.empty(0) if weights is None else weights
    return Tree(grow(columns, y, own, classes, limits, 0 if max_leaves is None else int(max_leaves), seed), len(columns))
