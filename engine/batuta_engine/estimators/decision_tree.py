"""`DecisionTreeClassifier` and `DecisionTreeRegressor`: the same nodes as scikit-learn's for the same seed."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks, growth
from batuta_engine.estimators.base import Classifier, Regressor
from batuta_engine.estimators.grown_tree import Tree
from batuta_engine.estimators.labels import class_weights, encoded, require_classes
from batuta_engine.estimators.parameters import one_of, refuse
from batuta_engine.estimators.streams import drawing


def weights_of(rule: Any, classes: Any, codes: Any, weights: Any, balanced_by: Any = None) -> Any:
    """What each sample counts by itself and by its class; None where all count alike. `balanced_by`: what rows count when classes are
    balanced.
    """
    if rule is None:
        return weights
    by_class = class_weights(rule, classes, codes, balanced_by)[codes]
    return by_class if weights is None else weights * by_class


class _OneTree:
    """What both trees do in the same way."""

    tree_: Tree

    def _grow(self, x: Any, y: Any, weights: Any, classes: int) -> None:
        own: Any = self
        owner = type(self).__name__
        refuse(owner, "criterion", own.criterion, ("gini", "entropy", "log_loss", "squared_error"))
        refuse(owner, "monotonic_cst", own.monotonic_cst, (None,))
        total = float(len(x)) if weights is None else float(np.sum(weights))
        limits = growth.limits_of(own, x, total, growth.MEASURES[own.criterion], own.splitter == "random")
        self.max_features_ = limits.max_features
        self.n_outputs_ = 1
        with drawing(own.random_state) as state:
            tree = growth.grown(growth.narrow(x), y, weights, classes, limits, own.max_leaf_nodes, state)
        self.tree_ = tree.pruned(own.ccp_alpha)

    def _rows(self, X: Any) -> Any:
        own: Any = self
        x = own._matrix(X)
        growth.narrow(x)
        return x

    @property
    def feature_importances_(self) -> Any:
        """How much each feature lowered the impurity, as shares."""
        checks.check_fitted(self)
        return self.tree_.compute_feature_importances()

    def get_depth(self) -> int:
        """The length of the longest path."""
        checks.check_fitted(self)
        return self.tree_.max_depth

    def get_n_leaves(self) -> int:
        """The number of leaves."""
        checks.check_fitted(self)
        return self.tree_.n_leaves

    def apply(self, X: Any, check_input: bool = True) -> Any:
        """The number of the leaf of each row."""
        return self.tree_.apply(self._rows(X))


class DecisionTreeClassifier(_OneTree, Classifier):
    """A tree of questions that ends in classes.

    >>> tree = DecisionTreeClassifier(random_state=0).fit([[0.0], [1.0], [2.0]], ["a", "a", "b"])
    >>> tree.predict([[1.4], [1.6]]).tolist()
    ['a', 'b']
    """

    rules = {
        **growth.RULES,
        "criterion": (growth.CLASS_MEASURES,),
        "splitter": (one_of("best", "random"),),
        "class_weight": growth.CLASS_WEIGHT,
    }

    def __init__(
        self,
        *,
        criterion: str = "gini",
        splitter: str = "best",
        max_depth: int | None = None,
        min_samples_split: float = 2,
        min_samples_leaf: float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: Any = None,
        random_state: Any = None,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        class_weight: Any = None,
        ccp_alpha: float = 0.0,
        monotonic_cst: Any = None,
    ) -> None:
        self.criterion = criterion
        self.splitter = splitter
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.random_state = random_state
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.class_weight = class_weight
        self.ccp_alpha = ccp_alpha
        self.monotonic_cst = monotonic_cst

    def fit(self, X: Any, y: Any, sample_weight: Any = None, check_input: bool = True) -> Self:
        """Grows the tree."""
        owner = type(self).__name__
        self._check_params()
        x = self._fit_matrix(X)
        labels = checks.as_labels(y, owner)
        checks.same_length(x, labels)
        require_classes(labels)
        self.classes_, codes = encoded(labels)
        self.n_classes_ = np.int64(len(self.classes_))
        weights = weights_of(self.class_weight, self.classes_, codes, checks.as_weights(sample_weight, len(x), owner))
        self._grow(x, codes.astype(np.float64), weights, len(self.classes_))
        return self

    def predict_proba(self, X: Any, check_input: bool = True) -> Any:
        """The shares of the classes in the leaf of each row."""
        checks.check_fitted(self)
        return self.tree_.predict(self._rows(X))

    def predict(self, X: Any, check_input: bool = True) -> Any:
        """The most frequent class in the leaf of each row."""
        codes = self.predict_proba(X).argmax(axis=1)
        return self.classes_[codes]

    def predict_log_proba(self, X: Any) -> Any:
        """The logarithms of the shares."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))


class DecisionTreeRegressor(_OneTree, Regressor):
    """A tree of questions that ends in numbers.

    >>> DecisionTreeRegressor(random_state=0).fit([[0.0], [1.0], [2.0]], [5.0, 5.0, 8.0]).predict([[1.4], [1.6]]).tolist()
    [5.0, 8.0]
    """

    rules = {**growth.RULES, "criterion": (growth.NUMBER_MEASURES,), "splitter": (one_of("best", "random"),)}

    def __init__(
        self,
        *,
        criterion: str = "squared_error",
        splitter: str = "best",
        max_depth: int | None = None,
        min_samples_split: float = 2,
        min_samples_leaf: float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: Any = None,
        random_state: Any = None,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        ccp_alpha: float = 0.0,
        monotonic_cst: Any = None,
    ) -> None:
        self.criterion = criterion
        self.splitter = splitter
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.random_state = random_state
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.ccp_alpha = ccp_alpha
        self.monotonic_cst = monotonic_cst

    def fit(self, X: Any, y: Any, sample_weight: Any = None, check_input: bool = True) -> Self:
        """Grows the tree."""
        owner = type(self).__name__
        self._check_params()
        x = self._fit_matrix(X)
        targets = checks.as_targets(y, owner)
        checks.same_length(x, targets)
        self._grow(x, targets, checks.as_weights(sample_weight, len(x), owner), 1)
        return self

    def predict(self, X: Any, check_input: bool = True) -> Any:
        """The mean in the leaf of each row."""
        checks.check_fitted(self)
        return self.tree_.predict(self._rows(X))[:, 0]
