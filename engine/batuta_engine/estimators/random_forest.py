"""`RandomForestClassifier` and `RandomForestRegressor`: the same trees as scikit-learn's for the same seed, grown on several threads."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks, growth
from batuta_engine.estimators.base import Classifier, Regressor
from batuta_engine.estimators.decision_tree import DecisionTreeClassifier, DecisionTreeRegressor, weights_of
from batuta_engine.estimators.errors import warn
from batuta_engine.estimators.grown_tree import Tree
from batuta_engine.estimators.labels import encoded, require_classes
from batuta_engine.estimators.parameters import (
    BOOLEAN,
    INTEGER,
    NONE,
    VERBOSE,
    Rules,
    fraction,
    integer,
    one_of,
    refuse,
)
from batuta_engine.estimators.rows import each, share_out
from batuta_engine.estimators.streams import drawing, seed_from, stream

RULES: Rules = {
    **growth.RULES,
    "n_estimators": (integer(1),),
    "bootstrap": (BOOLEAN,),
    "oob_score": (BOOLEAN,),
    "n_jobs": (INTEGER, NONE),
    "verbose": VERBOSE,
    "warm_start": (BOOLEAN,),
    "max_samples": (NONE, fraction(0.0, float("inf"), "neither"), integer(1)),
}


class Trees:
    """Trees one after the other in the same arrays, for walking rows through all of them."""

    def __init__(self, trees: list[Tree]) -> None:
        def joined(name: str) -> Any:
            return np.ascontiguousarray(np.concatenate([getattr(tree, name) for tree in trees]))

        self.arrays: tuple[Any, ...] = tuple(
            joined(each) for each in ("feature", "threshold", "children_left", "children_right", "values")
        )
        self.starts = np.concatenate([[0], np.cumsum([tree.node_count for tree in trees])]).astype(np.int64)

    def sums(self, x: Any, out: Any, rate: float = 1.0) -> Any:
        """Adds the values of the leaves of each row to `out`."""
        from batuta_engine.estimators.kernels.forest import sums

        feature, threshold, left, right, values = self.arrays

        def work(first: int, last: int) -> None:
            sums(x, feature, threshold, left, right, values, self.starts, first, last, rate, out)

        share_out(work, len(x), len(x) * (len(self.starts) - 1) * 10)
        return out


class _Forest:
    """What both forests do in the same way."""

    trees_: list[Tree]
    seeds_: list[int]
    _joined: Trees

    def _draws(self, samples: int, weights: Any) -> int:
        """How many rows each tree draws."""
        own: Any = self
        if own.max_samples is None:
            return samples
        if isinstance(own.max_samples, (int, np.integer)):
            return int(own.max_samples)
        whole = samples if weights is None else float(weights.sum())
        wanted = max(int(own.max_samples * whole), 1)
        if wanted < max(10, samples ** (1 / 3)):
            said = f"the number of samples is {whole} " if weights is None else f"the total sum of sample weights is {whole} "
            warn(
                UserWarning,
                f"Using the fractional value max_samples={own.max_samples} when {said}results in a low number ({wanted}) of bootstrap "
                "samples. We recommend passing `max_samples` as an integer instead.",
            )
        return wanted

    @staticmethod
    def _rows(seed: int, samples: int, draws: int, shares: Any) -> Any:
        """The rows that are drawn for the tree with this seed."""
        with stream(seed) as random:
            return random.randint(0, samples, draws) if shares is None else random.choice(samples, draws, p=shares)

    def _drawn(self, seed: int, samples: int, draws: int, shares: Any) -> Any:
        """How often each row is drawn for the tree with this seed."""
        return np.bincount(self._rows(seed, samples, draws, shares), minlength=samples).astype(np.float64)

    @property
    def estimators_samples_(self) -> list[Any]:
        """The rows that each tree has seen."""
        own: Any = self
        checks.check_fitted(self)
        samples, draws, shares = self._seen
        if not own.bootstrap:
            return [np.arange(samples, dtype=np.int32) for _ in self.seeds_]
        return [self._rows(seed, samples, draws, shares).astype(np.int32) for seed in self.seeds_]

    def _plant(self, x: Any, y: Any, weights: Any, classes: int, codes: Any = None) -> None:
        own: Any = self
        owner = type(self).__name__
        refuse(owner, "monotonic_cst", own.monotonic_cst, (None,))
        refuse(owner, "criterion", own.criterion, ("gini", "entropy", "log_loss", "squared_error"))
        refuse(owner, "warm_start", bool(own.warm_start), (False,))
        if not own.bootstrap and own.max_samples is not None:
            raise ValueError(
                "`max_sample` cannot be set if `bootstrap=False`. Either switch to `bootstrap=True` or set `max_sample=None`."
            )
        if not own.bootstrap and own.oob_score:
            raise ValueError("Out of bag estimation only available if bootstrap=True")
        samples = len(x)
        draws = self._draws(samples, weights) if own.bootstrap else 0
        shares = None if weights is None else weights / np.sum(weights)
        with drawing(own.random_state) as state:
            self.seeds_ = [seed_from(state) for _ in range(own.n_estimators)]
        small = growth.narrow(x)
        balanced = getattr(own, "class_weight", None) == "balanced_subsample"
        measure = growth.MEASURES[own.criterion]
        limits = growth.limits_of(own, x, float(samples if weights is None else np.sum(weights)), measure)

        def one(number: int) -> Tree:
            seed = self.seeds_[number]
            seen, found = weights, limits
            if own.bootstrap:
                seen = self._drawn(seed, samples, draws, shares)
                if balanced:
                    seen = seen * _balance(codes, seen, classes)
                found = limits._replace(min_weight=float(own.min_weight_fraction_leaf * np.sum(seen)))
            with drawing(seed) as own_state:
                tree = growth.grown(small, y, seen, classes, found, own.max_leaf_nodes, own_state)
            return tree.pruned(own.ccp_alpha)

        # The first tree alone: a kernel is compiled once, not on every thread.
        self.trees_ = [one(0), *each(lambda number: one(number + 1), own.n_estimators - 1, x.size * own.n_estimators)]
        self._joined = Trees(self.trees_)
        self.n_outputs_ = 1
        self._seen = (samples, draws, shares)

    @property
    def max_features_(self) -> int:
        """The number of features that are looked at for a border."""
        own: Any = self
        return growth.feature_count(own.max_features, own.n_features_in_)

    def _means(self, X: Any, width: int) -> Any:
        own: Any = self
        x = own._matrix(X)
        growth.narrow(x)
        out = self._joined.sums(x, np.zeros((len(x), width)))
        out /= len(self.trees_)
        return out

    def _outside(self, x: Any, width: int) -> Any:
        """The mean of what trees say about rows that they have not seen."""
        _, draws, shares = self._seen
        totals, counts = np.zeros((len(x), width)), np.zeros(len(x))
        for seed, tree in zip(self.seeds_, self.trees_, strict=True):
            unseen = self._drawn(seed, len(x), draws, shares) == 0
            totals[unseen] += tree.predict(np.ascontiguousarray(x[unseen]))
            counts[unseen] += 1
        if (counts == 0).any():
            warn(
                UserWarning,
                "Some inputs do not have OOB scores. This probably means too few trees were used to compute any reliable OOB estimates.",
            )
            counts[counts == 0] = 1
        return totals / counts[:, None]

    @property
    def feature_importances_(self) -> Any:
        """The mean of the trees' importances, as shares."""
        own: Any = self
        checks.check_fitted(self)
        grown = [tree.compute_feature_importances() for tree in self.trees_ if tree.node_count > 1]
        if not grown:
            return np.zeros(own.n_features_in_)
        found = np.mean(grown, axis=0)
        return found / np.sum(found)

    def apply(self, X: Any) -> Any:
        """The number of the leaf of each row in each tree."""
        own: Any = self
        x = own._matrix(X)
        return np.stack([tree.apply(x) for tree in self.trees_], axis=1)

    def __len__(self) -> int:
        return len(self.trees_)


def _balance(codes: Any, counts: Any, classes: int) -> Any:
    """What each row counts so that the classes count alike among the drawn rows."""
    sizes = np.bincount(codes, weights=counts, minlength=classes)
    present = sizes > 0
    shares = np.zeros(classes)
    shares[present] = sizes.sum() / (present.sum() * sizes[present])
    return shares[codes]


class RandomForestClassifier(_Forest, Classifier):
    """The mean of many trees, each on a sample of the rows and of the features.

    >>> forest = RandomForestClassifier(10, random_state=0).fit([[0.0], [1.0], [2.0], [3.0]], ["a", "a", "b", "b"])
    >>> forest.predict([[0.2], [2.9]]).tolist()
    ['a', 'b']
    """

    rules = {
        **RULES,
        "criterion": (growth.CLASS_MEASURES,),
        "class_weight": (*growth.CLASS_WEIGHT[:1], one_of("balanced", "balanced_subsample"), NONE),
    }

    def __init__(
        self,
        n_estimators: int = 100,
        *,
        criterion: str = "gini",
        max_depth: int | None = None,
        min_samples_split: float = 2,
        min_samples_leaf: float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: Any = "sqrt",
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        bootstrap: bool = True,
        oob_score: Any = False,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int = 0,
        warm_start: bool = False,
        class_weight: Any = None,
        ccp_alpha: float = 0.0,
        max_samples: Any = None,
        monotonic_cst: Any = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.bootstrap = bootstrap
        self.oob_score = oob_score
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose
        self.warm_start = warm_start
        self.class_weight = class_weight
        self.ccp_alpha = ccp_alpha
        self.max_samples = max_samples
        self.monotonic_cst = monotonic_cst

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Grows the trees."""
        owner = type(self).__name__
        self._check_params()
        x = self._fit_matrix(X)
        labels = checks.as_labels(y, owner)
        checks.same_length(x, labels)
        require_classes(labels)
        self.classes_, codes = encoded(labels)
        self.n_classes_ = len(self.classes_)
        rule = self.class_weight
        if rule == "balanced_subsample":
            rule = None if self.bootstrap else "balanced"
        own = checks.as_weights(sample_weight, len(x), owner)
        weights = weights_of(rule, self.classes_, codes, own, balanced_by=own)
        self._plant(x, codes.astype(np.float64), weights, self.n_classes_, codes)
        if self.oob_score:
            self.oob_decision_function_ = self._outside(x, self.n_classes_)
            right = self.oob_decision_function_.argmax(axis=1) == codes
            self.oob_score_ = float(np.average(right))
        return self

    @property
    def estimators_(self) -> list[DecisionTreeClassifier]:
        """The trees, each a classifier of the classes' numbers."""
        checks.check_fitted(self)
        made = []
        for seed, tree in zip(self.seeds_, self.trees_, strict=True):
            one = DecisionTreeClassifier(random_state=seed, **_shared_parameters(self))
            one.tree_, one.n_features_in_ = tree, self.n_features_in_
            one.classes_, one.n_classes_ = np.arange(float(self.n_classes_)), np.int64(self.n_classes_)
            made.append(one)
        return made

    def predict_proba(self, X: Any) -> Any:
        """The mean of the trees' shares of the classes."""
        checks.check_fitted(self)
        return self._means(X, self.n_classes_)

    def predict(self, X: Any) -> Any:
        """The class with the largest mean share."""
        codes = self.predict_proba(X).argmax(axis=1)
        return self.classes_[codes]

    def predict_log_proba(self, X: Any) -> Any:
        """The logarithms of the mean shares."""
        with np.errstate(divide="ignore"):
            return np.log(self.predict_proba(X))


class RandomForestRegressor(_Forest, Regressor):
    """The mean of many regression trees.

    >>> RandomForestRegressor(5, random_state=0).fit([[0.0], [1.0], [2.0], [3.0]], [0.0, 1.0, 2.0, 3.0]).predict([[3.0]]).tolist()
    [2.6]
    """

    rules = {**RULES, "criterion": (growth.NUMBER_MEASURES,)}

    def __init__(
        self,
        n_estimators: int = 100,
        *,
        criterion: str = "squared_error",
        max_depth: int | None = None,
        min_samples_split: float = 2,
        min_samples_leaf: float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_features: Any = 1.0,
        max_leaf_nodes: int | None = None,
        min_impurity_decrease: float = 0.0,
        bootstrap: bool = True,
        oob_score: Any = False,
        n_jobs: int | None = None,
        random_state: Any = None,
        verbose: int = 0,
        warm_start: bool = False,
        ccp_alpha: float = 0.0,
        max_samples: Any = None,
        monotonic_cst: Any = None,
    ) -> None:
        self.n_estimators = n_estimators
        self.criterion = criterion
        self.max_depth = max_depth
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_features = max_features
        self.max_leaf_nodes = max_leaf_nodes
        self.min_impurity_decrease = min_impurity_decrease
        self.bootstrap = bootstrap
        self.oob_score = oob_score
        self.n_jobs = n_jobs
        self.random_state = random_state
        self.verbose = verbose
        self.warm_start = warm_start
        self.ccp_alpha = ccp_alpha
        self.max_samples = max_samples
        self.monotonic_cst = monotonic_cst

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Self:
        """Grows the trees."""
        from batuta_engine.metrics import r2_score

        owner = type(self).__name__
        self._check_params()
        x = self._fit_matrix(X)
        targets = checks.as_targets(y, owner)
        checks.same_length(x, targets)
        self._plant(x, targets, checks.as_weights(sample_weight, len(x), owner), 1)
        if self.oob_score:
            self.oob_prediction_ = self._outside(x, 1)[:, 0]
            self.oob_score_ = float(r2_score(targets, self.oob_prediction_))
        return self

    @property
    def estimators_(self) -> list[DecisionTreeRegressor]:
        """The trees."""
        checks.check_fitted(self)
        made = []
        for seed, tree in zip(self.seeds_, self.trees_, strict=True):
            one = DecisionTreeRegressor(random_state=seed, **_shared_parameters(self))
            one.tree_, one.n_features_in_ = tree, self.n_features_in_
            made.append(one)
        return made

    def predict(self, X: Any) -> Any:
        """The mean of what the trees predict."""
        checks.check_fitted(self)
        return self._means(X, 1)[:, 0]


def _shared_parameters(forest: Any) -> dict[str, Any]:
    """The parameters that a forest hands on to its trees."""
    names = (
        "criterion",
        "max_depth",
        "min_samples_split",
        "min_samples_leaf",
        "min_weight_fraction_leaf",
        "max_features",
        "max_leaf_nodes",
        "min_impurity_decrease",
        "ccp_alpha",
        "monotonic_cst",
    )
    return {name: getattr(forest, name) for name in names}
