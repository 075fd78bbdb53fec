"""A grown tree under the names that scikit-learn gives its parts, and pruning by cost and complexity (Breiman and others 1984)."""

from __future__ import annotations

from typing import Any

import numpy as np

LEAF = -1
NO_FEATURE = -2


class Tree:
    """The nodes of a tree, one entry of each array a node."""

    def __init__(self, nodes: Any, features: int) -> None:
        self.n_features = features
        self.feature: Any = nodes.feature
        self.threshold: Any = nodes.threshold
        self.children_left: Any = nodes.left
        self.children_right: Any = nodes.right
        self.impurity: Any = nodes.impurity
        self.weighted_n_node_samples: Any = nodes.weight
        self.n_node_samples: Any = nodes.count
        self.depth: Any = nodes.depth
        self.values: Any = nodes.value
        """A row a node."""

    @property
    def node_count(self) -> int:
        """The number of nodes."""
        return len(self.feature)

    @property
    def n_leaves(self) -> int:
        """The number of leaves."""
        return int((self.children_left == LEAF).sum())

    @property
    def max_depth(self) -> int:
        """The length of the longest path."""
        return int(self.depth.max())

    @property
    def value(self) -> Any:
        """The values with an axis for the one target."""
        return self.values[:, None, :]

    def apply(self, x: Any) -> Any:
        """The number of the leaf of each row."""
        from batuta_engine.estimators.kernels.forest import leaves
        from batuta_engine.estimators.rows import share_out

        out = np.empty(len(x), np.int64)
        arrays = (self.feature, self.threshold, self.children_left, self.children_right)
        share_out(lambda first, last: leaves(x, *arrays, 0, first, last, out), len(x), 20 * len(x))
        return out

    def predict(self, x: Any) -> Any:
        """The value of the leaf of each row."""
        return self.values[self.apply(x)]

    def gains(self) -> Any:
        """How much each feature lowered the impurity, for one unit of weight."""
        from batuta_engine.estimators.kernels.forest import gains

        out = np.zeros(self.n_features)
        nodes = (self.feature, self.children_left, self.children_right, self.impurity, self.weighted_n_node_samples)
        gains(*nodes, out)
        return out

    def compute_feature_importances(self, normalize: bool = True) -> Any:
        """The same, as shares."""
        found = self.gains()
        total = found.sum()
        return found / total if normalize and total > 0.0 else found

    def pruned(self, alpha: float) -> Tree:
        """The tree after all links are cut that cost at most `alpha` for each leaf."""
        if alpha == 0.0:
            return self
        pruning = _Pruning(self)
        while pruning.candidate[0]:
            cost, place = pruning.weakest()
            if alpha < cost:
                break
            pruning.cut(place)
        return self._kept(pruning)

    def _kept(self, pruning: _Pruning) -> Tree:
        kept = np.flatnonzero(pruning.kept)
        numbers = np.cumsum(pruning.kept) - 1
        made = Tree.__new__(Tree)
        made.n_features = self.n_features
        inner = pruning.candidate[kept]
        made.feature = np.where(inner, self.feature[kept], NO_FEATURE)
        made.threshold = np.where(inner, self.threshold[kept], float(NO_FEATURE))
        made.children_left = np.where(inner, numbers[self.children_left[kept]], LEAF)
        made.children_right = np.where(inner, numbers[self.children_right[kept]], LEAF)
        for name in ("impurity", "weighted_n_node_samples", "n_node_samples", "depth", "values"):
            setattr(made, name, getattr(self, name)[kept])
        return made


class _Pruning:
    """Which links are cut, and what each branch costs."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        count = tree.node_count
        self.own = tree.weighted_n_node_samples * tree.impurity / tree.weighted_n_node_samples[0]
        self.parent = np.full(count, -1)
        self.candidate = tree.children_left != LEAF
        for place in np.flatnonzero(self.candidate):
            self.parent[tree.children_left[place]] = self.parent[tree.children_right[place]] = place
        self.branch, self.leaves = np.zeros(count), np.zeros(count)
        for place in np.flatnonzero(~self.candidate):
            self.branch[place] = self.own[place]
            above = self.parent[place]
            while above >= 0:
                self.branch[above] += self.own[place]
                self.leaves[above] += 1.0
                above = self.parent[above]
        self.kept = np.ones(count, bool)

    def weakest(self) -> tuple[float, int]:
        """The least cost of a cut for each leaf, and where."""
        places = np.flatnonzero(self.candidate)
        costs = (self.own[places] - self.branch[places]) / (self.leaves[places] - 1.0)
        best = int(costs.argmin())
        return float(costs[best]), int(places[best])

    def cut(self, at: int) -> None:
        """Makes a node a leaf."""
        below = [at]
        while below:
            place = below.pop()
            if not self.kept[place]:
                continue
            self.candidate[place] = self.kept[place] = False
            if self.tree.children_left[place] != LEAF:
                below += [self.tree.children_left[place], self.tree.children_right[place]]
        self.kept[at] = True
        gone, change = self.leaves[at] - 1.0, self.own[at] - self.branch[at]
        self.leaves[at], self.branch[at] = 0.0, self.own[at]
        above = self.parent[at]
        while above >= 0:
            self.leaves[above] -= gone
            self.branch[above] += change
            above = self.parent[above]
