"""`train_test_split`: the rows that NumPy's stream chooses for a seed."""

from __future__ import annotations

from math import ceil, floor
from typing import TYPE_CHECKING, Any

import numpy as np

from batuta_engine.estimators.checks import same_length
from batuta_engine.estimators.parameters import NONE, check, fraction, integer
from batuta_engine.estimators.streams import stream
from batuta_engine.model_selection.indexing import as_list, row_count, rows_at

if TYPE_CHECKING:
    from batuta_engine.random import RandomState


def _counts(samples: int, test_size: Any, train_size: Any) -> tuple[int, int]:
    """How many rows to train and to test with. Raises ValueError where that cannot be."""
    if test_size is None and train_size is None:
        test_size = 0.25
    for name, size in (("test_size", test_size), ("train_size", train_size)):
        if size is None:
            continue
        good = 0 < size < samples if isinstance(size, (int, np.integer)) else 0.0 < size < 1.0
        if not good:
            raise ValueError(
                f"{name}={size} should be either positive and smaller than the number of samples {samples} or a float in the (0, 1) range"
            )
    shares = [size for size in (train_size, test_size) if size is not None and not isinstance(size, (int, np.integer))]
    if len(shares) == 2 and sum(shares) > 1:
        raise ValueError(
            f"The sum of test_size and train_size = {sum(shares)}, should be in the (0, 1) range. Reduce test_size and/or train_size."
        )
    test: Any = test_size if test_size is None or isinstance(test_size, (int, np.integer)) else ceil(test_size * samples)
    train: Any = train_size if train_size is None or isinstance(train_size, (int, np.integer)) else floor(train_size * samples)
    if train is None:
        train = samples - test
    elif test is None:
        test = samples - train
    if train + test > samples:
        raise ValueError(
            f"The sum of train_size and test_size = {train + test}, should be smaller than the number of samples {samples}. Reduce test_size "
            "and/or train_size."
        )
    if train == 0:
        raise ValueError(
            f"With n_samples={samples}, test_size={test_size} and train_size={train_size}, the resulting train set will be empty. Adjust any "
            "of the aforementioned parameters."
        )
    return int(train), int(test)


def _likely_counts(sizes: Any, draws: int, random: RandomState) -> Any:
    """The most likely number of members of each class among so many draws; ties are broken by chance."""
    ideal = sizes / sizes.sum() * draws
    chosen = np.floor(ideal)
    missing = int(draws - chosen.sum())
    if missing > 0:
        rests = ideal - chosen
        for rest in np.sort(np.unique(rests))[::-1]:
            equal = np.flatnonzero(rests == rest)
            now = min(len(equal), missing)
            chosen[random.choice(equal, size=now, replace=False)] += 1
            missing -= now
            if missing == 0:
                break
    return chosen.astype(np.int64)


def _stratified(labels: Any, train: int, test: int, random: RandomState) -> tuple[Any, Any]:
    """Rows with the same shares of the classes on both sides."""
    found = np.asarray(labels)
    if found.ndim == 2:
        # Rows of several labels: each combination is a class.
        found = np.array([" ".join(row.astype("str")) for row in found])
    classes, codes = np.unique(found, return_inverse=True)
    sizes = np.bincount(codes)
    if sizes.min() < 2:
        few = classes[sizes < 2].tolist()
        raise ValueError(
            "The least populated classes in y have only 1 member, which is too few. The minimum number of groups for any class cannot be "
            f"less than 2. Classes with too few members are: {few}"
        )
    for name, size in (("train", train), ("test", test)):
        if size < len(classes):
            raise ValueError(f"The {name}_size = {size} should be greater or equal to the number of classes = {len(classes)}")
    for_train = _likely_counts(sizes, train, random)
    for_test = _likely_counts(sizes - for_train, test, random)
    members = np.split(np.argsort(codes, kind="stable"), np.cumsum(sizes)[:-1])
    train_rows: list[int] = []
    test_rows: list[int] = []
    for place, rows in enumerate(members):
        order = rows[random.permutation(int(sizes[place]))]
        train_rows += order[: for_train[place]].tolist()
        test_rows += order[for_train[place] : for_train[place] + for_test[place]].tolist()
    return random.permutation(np.array(train_rows)), random.permutation(np.array(test_rows))


def split_rows(samples: int, test_size: Any, train_size: Any, labels: Any, random_state: Any) -> tuple[Any, Any]:
    """The rows to train and to test with."""
    train, test = _counts(samples, test_size, train_size)
    with stream(random_state) as random:
        if labels is not None:
            return _stratified(labels, train, test, random)
        order = random.permutation(samples)
        return order[test : test + train], order[:test]


SIZE = (fraction(0.0, 1.0, "neither"), integer(1), NONE)


def train_test_split(
    *arrays: Any,
    test_size: Any = None,
    train_size: Any = None,
    random_state: Any = None,
    shuffle: bool = True,
    stratify: Any = None,
) -> list[Any]:
    """For each array its rows to train and to test with. Raises ValueError for impossible sizes.

    >>> train_test_split([1, 2, 3, 4], random_state=0)
    [[4, 1, 2], [3]]
    """
    check("train_test_split", {"test_size": SIZE, "train_size": SIZE}, {"test_size": test_size, "train_size": train_size})
    if not arrays:
        raise ValueError("At least one array required as input")
    held = [as_list(each) for each in arrays]
    same_length(*held)
    samples = row_count(held[0])
    if shuffle:
        train, test = split_rows(samples, test_size, train_size, stratify, random_state)
    else:
        train_count, test_count = _counts(samples, test_size, train_size)
        if stratify is not None:
            raise ValueError("Stratified train/test split is not implemented for shuffle=False")
        train, test = np.arange(train_count), np.arange(train_count, train_count + test_count)
    return [part for each in held for part in (rows_at(each, train), rows_at(each, test))]
