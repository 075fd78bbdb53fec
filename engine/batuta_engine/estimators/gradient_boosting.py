"""`GradientBoostingClassifier`: trees of numbers, each on what those before leave over (Friedman 2001)."""

from __future__ import annotations

from typing import Any, NamedTuple, Self

import numpy as np

from batuta_engine.estimators import checks, growth
from batuta_engine.estimators.base import Classifier
from batuta_engine.estimators.decision_tree import DecisionTreeRegressor
from batuta_engine.estimators.grown_tree import Tree
from batuta_engine.estimators.labels import encoded, require_classes
from batuta_engine.estimators.logistic_regression import softmax
from batuta_engine.estimators.parameters import BOOLEAN, NONE, VERBOSE, fraction, integer, one_of, real, refuse
from batuta_engine.estimators.random_forest import Trees
from batuta_engine.estimators.streams import drawing


class Rows(NamedTuple):
    """Rows with their codes and weights."""

    x: Any
    codes: Any
    weights: Any


def _mean(losses: Any, rows: Any, weights: Any, doubled: bool) -> float:
    """The mean loss of some rows; of two classes it is reported as twice the half losses."""
    found = np.average(losses[rows], weights=None if weights is None else weights[rows])
    return float(2.0 * found if doubled else found)


class GradientBoostingClassifier(Classifier):
    """Chances of classes from the sum of many small trees.

    >>> model = GradientBoostingClassifier(n_estimators=5, random_state=0).fit([[0.0], [1.0], [2.0], [3.0]], ["a", "a", "b", "b"])
    >>> model.predict([[0.2], [2.9]]).tolist()
    ['a', 'b']
    """

    rules = {
        **growth.RULES,
        "loss": (one_of("log_loss", "exponential"),),
        "learning_rate": (real(0.0),),
        "n_estimators": (integer(1),),
        "subsample": (real(0.0, 1.0, "right"),),
        "verbose": VERBOSE,
        "warm_start": (BOOLEAN,),
        "validation_fraction": (real(0.0, 1.0, "neither"),),
        "n_iter_no_change": (integer(1), NONE),
        "tol": (real(0.0),),
        "min_samples_leaf": (integer(1), fraction(0.0, 1.0, "neither")),
    }

    def __init__(
        self,
        *,
        loss: str = "log_loss",
        learning_rate: float = 0.1,
        n_estimators: int = 100,
        subsample: float = 1.0,
        criterion: str = "deprecated",
        min_samples_split: float = 2,
        min_samples_leaf: float = 1,
        min_weight_fraction_leaf: float = 0.0,
        max_depth: int | None = 3,
        min_impurity_decrease: float = 0.0,
        init: Any = None,
        random_state: Any = None,
        max_features: Any = None,
        verbose: int = 0,
        max_leaf_nodes: int | None = None,
        warm_start: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int | None = None,
        tol: float = 1e-4,
        ccp_alpha: float = 0.0,
    ) -> None:
        self.loss = loss
        self.learning_rate = learning_rate
        self.n_estimators = n_estimators
        self.subsample = subsample
        self.criterion = criterion
        self.min_samples_split = min_samples_split
        self.min_samples_leaf = min_samples_leaf
        self.min_weight_fraction_leaf = min_weight_fraction_leaf
        self.max_depth = max_depth
        self.min_impurity_decrease = min_impurity_decrease
        self.init = init
        self.random_state = random_state
        self.max_features = max_features
        self.verbose = verbose
        self.max_leaf_nodes = max_leaf_nodes
        self.warm_start = warm_start
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change
        self.tol = tol
        self.ccp_alpha = ccp_alpha

    def fit(self, X: Any, y: Any, sample_weight: Any = None, monitor: Any = None) -> Self:
        """Grows the trees, one a class and round (one a round for two classes)."""
        owner = type(self).__name__
        self._check_params()
        for name, allowed in (("criterion", ("deprecated", "squared_error")), ("init", (None, "zero"))):
            refuse(owner, name, getattr(self, name), allowed)
        refuse(owner, "warm_start", bool(self.warm_start), (False,))
        refuse(owner, "monitor", monitor, (None,))
        x = self._fit_matrix(X)
        labels = checks.as_labels(y, owner)
        checks.same_length(x, labels)
        require_classes(labels)
        self.classes_, codes = encoded(labels)
        self.n_classes_ = len(self.classes_)
        weights = checks.as_weights(sample_weight, len(x), owner)
        seen = len(np.unique(codes if weights is None else codes[weights > 0]))
        if seen < 2:
            raise ValueError(
                f"y contains {seen} class after sample_weight trimmed classes with zero weights, while a minimum of 2 classes are required."
            )
        if self.loss == "exponential" and self.n_classes_ > 2:
            raise ValueError(
                f"loss='exponential' is only suitable for a binary classification problem, you have n_classes={self.n_classes_}. Please use "
                "loss='log_loss' instead."
            )
        rows, held = Rows(x, codes, weights), None
        if self.n_iter_no_change is not None:
            rows, held = self._held_back(rows)
        self._rounds(rows, held)
        return self

    def _held_back(self, rows: Rows) -> tuple[Rows, Rows]:
        """The rows to learn from and those that tell when to stop."""
        from batuta_engine.model_selection.splitting import split_rows

        train, test = split_rows(len(rows.x), self.validation_fraction, None, rows.codes, self.random_state)
        if len(np.unique(rows.codes[train])) != self.n_classes_:
            raise ValueError(
                "The training data after the early stopping split is missing some classes. Try using another random seed."
            )

        def part(of: Any) -> Rows:
            return Rows(
                np.ascontiguousarray(rows.x[of]),
                rows.codes[of].copy(),
                None if rows.weights is None else rows.weights[of].copy(),
            )

        return part(train), part(test)

    def _beginning(self, rows: Rows) -> Any:
        """The scores before the first round."""
        width = self.n_classes_ if self.n_classes_ > 2 else 1
        if self.init == "zero":
            return np.zeros(width)
        counts = np.bincount(rows.codes, weights=rows.weights, minlength=self.n_classes_)
        smallest = np.finfo(np.float64).eps
        shares = np.clip(counts / counts.sum(), smallest, 1 - smallest)
        if width == 1:
            odds = float(np.log(shares[1] / (1 - shares[1])))
            return np.array([0.5 * odds if self.loss == "exponential" else odds])
        return np.log(shares / np.exp(np.mean(np.log(shares))))

    def _rounds(self, rows: Rows, held: Rows | None) -> None:
        from batuta_engine.estimators.kernels import boosting as kernels

        x, codes, weights = rows
        samples = len(x)
        columns = growth.narrow(x)
        loss = 1 if self.loss == "exponential" else 0
        self._start = self._beginning(rows)
        width = len(self._start)
        doubled = width == 1 and loss == 0
        self.n_trees_per_iteration_ = width
        self.max_features_ = growth.feature_count(self.max_features, x.shape[1])
        scores = np.tile(self._start, (samples, 1))
        watched = None if held is None else np.tile(self._start, (len(held.x), 1))
        losses, pulls = np.empty(samples), np.empty((samples, width))
        history = np.full(self.n_iter_no_change or 0, np.inf)
        wanted = max(1, int(self.subsample * samples))
        everybody = np.arange(samples)
        self._trees: list[list[Tree]] = []
        self.train_score_ = np.zeros(self.n_estimators)
        outside_losses: list[float] = []
        gained: list[float] = []
        before = 0.0
        with drawing(self.random_state) as state:
            for number in range(self.n_estimators):
                inside, outside, own = everybody, everybody[:0], weights
                if self.subsample < 1.0:
                    seen = self._drawn(state, samples, wanted)
                    inside, outside = np.flatnonzero(seen), np.flatnonzero(~seen)
                    own = (np.ones(samples) if weights is None else weights) * seen
                kernels.losses_and_pulls(scores, codes, loss, losses, pulls)
                if number == 0 and len(outside):
                    before = _mean(losses, outside, weights, doubled)
                trees = []
                for column in range(width):
                    label = codes.astype(np.float64) if width == 1 else (codes == column).astype(np.float64)
                    tree, leaf = self._tree(columns, x, label, pulls[:, column].copy(), own, weights, inside, loss, state)
                    scores[:, column] += self.learning_rate * tree.values[leaf, 0]
                    trees.append(tree)
                self._trees.append(trees)
                kernels.losses_and_pulls(scores, codes, loss, losses, pulls)
                self.train_score_[number] = _mean(losses, inside, weights, doubled)
                if len(outside):
                    after = _mean(losses, outside, weights, doubled)
                    outside_losses.append(after)
                    gained.append(before - after)
                    before = after
                if held is not None and not self._gains(held, watched, trees, history, number, loss, doubled):
                    break
        self.n_estimators_ = len(self._trees)
        self.train_score_ = self.train_score_[: self.n_estimators_]
        if self.subsample < 1.0:
            self.oob_scores_, self.oob_improvement_ = np.array(outside_losses), np.array(gained)
            self.oob_score_ = self.oob_scores_[-1]
        self._by_class = [Trees([trees[column] for trees in self._trees]) for column in range(width)]

    def _drawn(self, state: Any, samples: int, wanted: int) -> Any:
        """The rows that a round sees: each is taken with the chance that the number comes out."""
        from batuta_engine.random import RandomState

        random = RandomState.__new__(RandomState)
        random.state = state
        draws = random.random_sample(samples)
        seen = np.zeros(samples, bool)
        taken = 0
        for row in range(samples):
            if draws[row] * (samples - row) < wanted - taken:
                seen[row] = True
                taken += 1
        return seen

    def _tree(
        self, columns: Any, x: Any, label: Any, pull: Any, own: Any, weights: Any, inside: Any, loss: int, state: Any
    ) -> tuple[Tree, Any]:
        """One tree, and the leaf of each row."""
        from batuta_engine.estimators.kernels.boosting import leaf_values

        total = float(len(x)) if own is None else float(np.sum(own))
        limits = growth.limits_of(self, x, total, growth.MEASURES["squared_error"])
        tree = growth.grown(columns, pull, own, 1, limits, self.max_leaf_nodes, state).pruned(self.ccp_alpha)
        leaf = tree.apply(x)
        nothing = np.empty(0)
        leaf_values(
            leaf,
            inside,
            label,
            pull,
            nothing if weights is None else weights,
            self.n_classes_,
            loss,
            tree.children_left,
            tree.values,
        )
        return tree, leaf

    def _gains(self, held: Rows, watched: Any, trees: list[Tree], history: Any, number: int, loss: int, doubled: bool) -> bool:
        """Whether the round made the held rows better than in one of the last rounds."""
        from batuta_engine.estimators.kernels.boosting import losses_and_pulls

        for column, tree in enumerate(trees):
            watched[:, column] += self.learning_rate * tree.predict(held.x)[:, 0]
        losses = np.empty(len(held.x))
        losses_and_pulls(watched, held.codes, loss, losses, np.empty_like(watched))
        reached = _mean(losses, slice(None), held.weights, doubled)
        if not (reached + self.tol < history).any():
            return False
        history[number % len(history)] = reached
        return True

    def _scores(self, X: Any) -> Any:
        x = self._matrix(X)
        growth.narrow(x)
        found = np.tile(self._start, (len(x), 1))
        for column, trees in enumerate(self._by_class):
            part = np.ascontiguousarray(found[:, column : column + 1])
            found[:, column] = trees.sums(x, part, float(self.learning_rate))[:, 0]
        return found

    def decision_function(self, X: Any) -> Any:
        """The scores: one a row for two classes, else one a class."""
        found = self._scores(X)
        return found.ravel() if found.shape[1] == 1 else found

    def _chances(self, scores: Any) -> Any:
        if scores.shape[1] > 1:
            return softmax(scores)
        from scipy.special import expit

        table = np.empty((len(scores), 2))
        table[:, 1] = expit((2.0 if self.loss == "exponential" else 1.0) * scores[:, 0])
        table[:, 0] = 1 - table[:, 1]
        return table

    def _named(self, scores: Any) -> Any:
        codes = (scores[:, 0] >= 0).astype(np.int64) if scores.shape[1] == 1 else scores.argmax(axis=1)
        return self.classes_[codes]

    def predict(self, X: Any) -> Any:
        """The label of each row."""
        return self._named(self._scores(X))

    def predict_proba(self, X: Any) -> Any:
        """The chance of each class."""
        return self._chances(self._scores(X))

    def predict_log_proba(self, X: Any) -> Any:
        """The logarithms of the chances."""
        return np.log(self.predict_proba(X))

    def _staged(self, X: Any) -> Any:
        x = self._matrix(X)
        found = np.tile(self._start, (len(x), 1))
        for trees in self._trees:
            for column, tree in enumerate(trees):
                found[:, column] += self.learning_rate * tree.predict(x)[:, 0]
            yield found.copy()

    def staged_predict(self, X: Any) -> Any:
        """The labels after each round."""
        for scores in self._staged(X):
            yield self._named(scores)

    def staged_predict_proba(self, X: Any) -> Any:
        """The chances after each round."""
        for scores in self._staged(X):
            yield self._chances(scores)

    def staged_decision_function(self, X: Any) -> Any:
        """The scores after each round."""
        yield from self._staged(X)

    def apply(self, X: Any) -> Any:
        """The number of the leaf of each row in each tree, as floats."""
        x = self._matrix(X)
        return np.stack([np.stack([tree.apply(x) for tree in trees], axis=1) for trees in self._trees], axis=1).astype(
            np.float64
        )

    @property
    def estimators_(self) -> Any:
        """The trees: a row a round."""
        checks.check_fitted(self)
        made = np.empty((len(self._trees), len(self._start)), object)
        for number, trees in enumerate(self._trees):
            for column, tree in enumerate(trees):
                one = DecisionTreeRegressor(max_depth=self.max_depth)
                one.tree_, one.n_features_in_ = tree, self.n_features_in_
                made[number, column] = one
        return made

    @property
    def feature_importances_(self) -> Any:
        """The mean of what the trees gain by each feature, as shares."""
        checks.check_fitted(self)
        grown = [tree.gains() for trees in self._trees for tree in trees if tree.node_count > 1]
        if not grown:
            return np.zeros(self.n_features_in_)
        found = np.mean(grown, axis=0)
        return found / np.sum(found)
