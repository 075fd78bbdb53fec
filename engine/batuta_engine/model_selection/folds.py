"""`KFold` and `StratifiedKFold`: which rows each fold trains and tests with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from batuta_engine.estimators.errors import warn
from batuta_engine.estimators.labels import kind_of_target
from batuta_engine.estimators.streams import stream
from batuta_engine.model_selection.indexing import row_count


class _Folds:
    """Counts and checks."""

    def __init__(self, n_splits: int = 5, *, shuffle: bool = False, random_state: Any = None) -> None:
        if not isinstance(n_splits, (int, np.integer)):
            raise ValueError(f"The number of folds must be of Integral type. {n_splits} of type {type(n_splits)} was passed.")
        if n_splits <= 1:
            raise ValueError(
                "k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got "
                f"n_splits={n_splits}."
            )
        if not isinstance(shuffle, bool):
            raise TypeError(f"shuffle must be True or False; got {shuffle}")
        if not shuffle and random_state is not None:
            raise ValueError(
                "Setting a random_state has no effect since shuffle is False. You should leave random_state to its default (None), or set "
                "shuffle=True."
            )
        self.n_splits: int = int(n_splits)
        self.shuffle: bool = shuffle
        self.random_state: Any = random_state

    def __repr__(self) -> str:
        return f"{type(self).__name__}(n_splits={self.n_splits}, random_state={self.random_state}, shuffle={self.shuffle})"

    def get_n_splits(self, X: Any = None, y: Any = None, groups: Any = None) -> int:
        """The number of folds."""
        return self.n_splits

    def _numbers(self, samples: int, y: Any) -> Any:
        """The fold that tests each row."""
        raise NotImplementedError

    def split(self, X: Any, y: Any = None, groups: Any = None) -> Iterator[tuple[Any, Any]]:
        """For each fold the rows to train and to test with. Raises ValueError for more folds than rows."""
        samples = row_count(X)
        if self.n_splits > samples:
            raise ValueError(
                f"Cannot have number of splits n_splits={self.n_splits} greater than the number of samples: n_samples={samples}."
            )
        numbers = self._numbers(samples, y)
        for fold in range(self.n_splits):
            yield np.flatnonzero(numbers != fold), np.flatnonzero(numbers == fold)


class KFold(_Folds):
    """Runs of rows, or of shuffled rows.

    >>> [test.tolist() for _, test in KFold(2).split([5, 6, 7])]
    [[0, 1], [2]]
    """

    def _numbers(self, samples: int, y: Any) -> Any:
        order = np.arange(samples)
        if self.shuffle:
            with stream(self.random_state) as random:
                order = random.permutation(samples)
        sizes = np.full(self.n_splits, samples // self.n_splits)
        sizes[: samples % self.n_splits] += 1
        numbers = np.empty(samples, np.int64)
        numbers[order] = np.repeat(np.arange(self.n_splits), sizes)
        return numbers


class StratifiedKFold(_Folds):
    """Folds with the same shares of the classes.

    >>> [test.tolist() for _, test in StratifiedKFold(2).split([0] * 4, ["a", "a", "b", "b"])]
    [[0, 2], [1, 3]]
    """

    def _numbers(self, samples: int, y: Any) -> Any:
        labels = np.asarray(y)
        kind = kind_of_target(labels)
        if kind not in ("binary", "multiclass"):
            raise ValueError(f"Supported target types are: ('binary', 'multiclass'). Got {kind!r} instead.")
        labels = labels.reshape(-1)
        _, firsts, codes = np.unique(labels, return_index=True, return_inverse=True)
        # Classes are numbered in the order in which they appear.
        place = np.empty(len(firsts), np.int64)
        place[np.argsort(firsts, kind="stable")] = np.arange(len(firsts))
        codes = place[codes]
        sizes = np.bincount(codes)
        if (self.n_splits > sizes).all():
            raise ValueError(f"n_splits={self.n_splits} cannot be greater than the number of members in each class.")
        if self.n_splits > sizes.min():
            warn(
                UserWarning,
                f"The least populated class in y has only {sizes.min()} members, which is less than n_splits={self.n_splits}.",
            )
        ordered = np.sort(codes)
        shares = [np.bincount(ordered[fold :: self.n_splits], minlength=len(sizes)) for fold in range(self.n_splits)]
        numbers = np.empty(samples, np.int64)
        with stream(self.random_state) as random:
            for code in range(len(sizes)):
                folds = np.repeat(np.arange(self.n_splits), [share[code] for share in shares])
                numbers[codes == code] = random.permutation(folds) if self.shuffle else folds
        return numbers
