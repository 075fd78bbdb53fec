"""`OneHotEncoder`: a column of zeros and ones for each value of each column."""

from __future__ import annotations

from typing import Any, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.base import Transformer
from batuta_engine.estimators.errors import warn
from batuta_engine.estimators.labels import encoded
from batuta_engine.estimators.parameters import ANYTHING, ARRAY, BOOLEAN, NONE, integer, one_of, refuse


def _columns(data: Any) -> list[Any]:
    """The columns, each with the type of its values: texts and numbers of a table keep theirs."""
    checks.refuse_sparse(data)
    if hasattr(data, "iloc") and hasattr(data, "columns"):
        columns = [np.asarray(data.iloc[:, at]) for at in range(data.shape[1])]
        return [each if each.dtype.kind in "biufO" else each.astype(object) for each in columns]
    found = data if isinstance(data, np.ndarray) else np.asarray(data)
    if not isinstance(data, np.ndarray) and found.dtype.kind in "US":
        # A list of lists with texts and numbers keeps both.
        found = np.asarray(data, dtype=object)
    if found.ndim != 2:
        raise ValueError(
            f"Expected 2D array, got {'scalar' if found.ndim == 0 else '1D'} array instead:\narray={found}.\nReshape your data either using "
            "array.reshape(-1, 1) if your data has a single feature or array.reshape(1, -1) if it contains a single sample."
        )
    if found.dtype.kind == "c":
        raise ValueError(f"Complex data not supported\n{found}\n")
    for axis, unit in ((0, "sample"), (1, "feature")):
        if found.shape[axis] < 1:
            raise ValueError(f"Found array with 0 {unit}(s) (shape={found.shape}) while a minimum of 1 is required.")
    if found.dtype.kind == "f" and np.isinf(found).any():
        raise ValueError(f"Input X contains infinity or a value too large for {found.dtype!r}.")
    return [found[:, at] for at in range(found.shape[1])]


def _key(value: Any) -> Any:
    """What tells values apart: all NaN are one."""
    return "\0nan" if isinstance(value, float) and value != value else value


def _sorted_values(column: Any) -> Any:
    """The values of a column: sorted, NaN and None at the end."""
    if column.dtype != object:
        values = np.unique(column)
        return values
    plain = [value for value in column.tolist() if value is not None and value == value]
    values, _ = encoded(np.array([*plain], dtype=object)) if plain else (np.array([], dtype=object), None)
    rest: list[Any] = [None] if any(value is None for value in column.tolist()) else []
    rest += [np.nan] if any(value != value for value in column.tolist()) else []
    return np.array([*values.tolist(), *rest], dtype=object)


class OneHotEncoder(Transformer):
    """A column of zeros and ones for each value.

    >>> OneHotEncoder(sparse_output=False).fit_transform([["a"], ["b"]]).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """

    rules = {
        "categories": (one_of("auto"), ARRAY),
        "drop": (one_of("first", "if_binary"), ARRAY, NONE),
        "sparse_output": (BOOLEAN,),
        "handle_unknown": (one_of("error", "ignore", "infrequent_if_exist", "warn"),),
        "dtype": (ANYTHING,),
        "max_categories": (integer(1), NONE),
    }
    allows_nan = True

    def __init__(
        self,
        *,
        categories: Any = "auto",
        drop: Any = None,
        sparse_output: bool = True,
        dtype: Any = np.float64,
        handle_unknown: str = "error",
        min_frequency: Any = None,
        max_categories: int | None = None,
        feature_name_combiner: Any = "concat",
    ) -> None:
        self.categories = categories
        self.drop = drop
        self.sparse_output = sparse_output
        self.dtype = dtype
        self.handle_unknown = handle_unknown
        self.min_frequency = min_frequency
        self.max_categories = max_categories
        self.feature_name_combiner = feature_name_combiner

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.categorical = True
        return tags

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learns the values of the columns."""
        self._check_params()
        refuse(type(self).__name__, "min_frequency", self.min_frequency, (None,))
        refuse(type(self).__name__, "max_categories", self.max_categories, (None,))
        names = checks.column_names(X)
        vars(self).pop("feature_names_in_", None)
        if names is not None:
            self.feature_names_in_ = names
        columns = _columns(X)
        self.n_features_in_ = len(columns)
        if isinstance(self.categories, str):
            self.categories_: list[Any] = [_sorted_values(column) for column in columns]
        else:
            self.categories_ = self._given(columns)
        self.drop_idx_: Any = self._dropped()
        return self

    def _given(self, columns: list[Any]) -> list[Any]:
        if len(self.categories) != len(columns):
            raise ValueError("Shape mismatch: if categories is an array, it has to be of shape (n_features,).")
        made = []
        for at, (values, column) in enumerate(zip(self.categories, columns, strict=True)):
            known = np.array(values, dtype=object if column.dtype.kind in "OUS" else column.dtype)
            if known.dtype != object and (np.sort(known) != known).any():
                raise ValueError("Unsorted categories are not supported for numerical categories")
            if self.handle_unknown == "error":
                self._places(at, column, known, "fit")
            made.append(known)
        return made

    def _dropped(self) -> Any:
        if self.drop is None:
            return None
        if isinstance(self.drop, str):
            once = self.drop == "first"
            return np.array([0 if once or len(each) == 2 else None for each in self.categories_], dtype=object)
        if len(self.drop) != len(self.categories_):
            raise ValueError(
                f"`drop` should have length equal to the number of features ({len(self.categories_)}), got {len(self.drop)}"
            )
        found = []
        for at, value in enumerate(self.drop):
            values = self.categories_[at].tolist()
            if value not in values:
                raise ValueError(
                    "The following categories were supposed to be dropped, but were not found in the training data.\n"
                    f"Category: {value}, Feature: {at}"
                )
            found.append(values.index(value))
        return np.array(found, dtype=object)

    def _places(self, at: int, column: Any, values: Any, when: str) -> Any:
        """The place of each entry among the values of its column; -1 for an unknown one, which is an error where no parameter forgives it."""
        if (
            column.dtype != object
            and values.dtype != object
            and column.dtype.kind in "biuf"
            and not np.isnan(values[-1:].astype(float)).any()
        ):
            found = np.searchsorted(values, column)
            found[found == len(values)] = 0
            places = np.where(values[found] == column, found, -1)
        else:
            known = {_key(value): place for place, value in enumerate(values.tolist())}
            places = np.array([known.get(_key(value), -1) for value in column.tolist()], np.int64)
        if (places < 0).any() and (self.handle_unknown == "error" or when == "fit"):
            unknown = _sorted_values(column[places < 0])
            raise ValueError(
                f"Found unknown categories {unknown.tolist() if unknown.dtype == object else list(unknown)} in column {at} during {when}"
            )
        return places

    def _kept(self) -> list[Any]:
        """For each column, which of its values have a column of their own."""
        kept = []
        for at, values in enumerate(self.categories_):
            wanted = np.ones(len(values), bool)
            if self.drop_idx_ is not None and self.drop_idx_[at] is not None:
                wanted[int(self.drop_idx_[at])] = False
            kept.append(wanted)
        return kept

    def transform(self, X: Any) -> Any:
        """Zeros and ones: a sparse matrix, or an array where `sparse_output` is False."""
        checks.check_fitted(self)
        checks.check_names(self, X)
        columns = _columns(X)
        if len(columns) != self.n_features_in_:
            raise ValueError(
                f"X has {len(columns)} features, but OneHotEncoder is expecting {self.n_features_in_} features as input."
            )
        samples = len(columns[0])
        targets = np.full((samples, len(columns)), -1, np.int64)
        start = 0
        strange: list[int] = []
        for at, (column, wanted) in enumerate(zip(columns, self._kept(), strict=True)):
            places = self._places(at, column, self.categories_[at], "transform")
            if (places < 0).any():
                strange.append(at)
            # The last entry stands for an unknown value, which has no column.
            numbers = np.append(np.where(wanted, start + np.cumsum(wanted) - 1, -1), -1)
            targets[:, at] = numbers[places]
            start += int(wanted.sum())
        if strange and self.handle_unknown == "warn":
            warn(
                UserWarning,
                f"Found unknown categories in columns {strange} during transform. These unknown categories will be encoded as all zeros",
            )
        return self._table(targets, start)

    def _table(self, targets: Any, width: int) -> Any:
        used = targets >= 0
        if self.sparse_output:
            from scipy.sparse import csr_matrix

            starts = np.concatenate([[0], np.cumsum(used.sum(axis=1))])
            return csr_matrix((np.ones(int(starts[-1]), self.dtype), targets[used], starts), shape=(len(targets), width))
        table = np.zeros((len(targets), width), self.dtype)
        rows, _ = np.nonzero(used)
        table[rows, targets[used]] = 1
        return table

    def inverse_transform(self, X: Any) -> Any:
        """The values that were encoded as these rows. Raises ValueError for rows that stand for none."""
        checks.check_fitted(self)
        table = np.asarray(X.toarray() if hasattr(X, "toarray") else X)
        kept = self._kept()
        width = sum(int(each.sum()) for each in kept)
        if table.ndim != 2 or table.shape[1] != width:
            raise ValueError(f"Shape of the passed X data is not correct. Expected {width} columns, got {table.shape[-1]}.")
        kinds = {each.dtype for each in self.categories_}
        out = np.empty((len(table), len(kept)), dtype=np.result_type(*kinds) if object not in kinds else object)
        start = 0
        for at, wanted in enumerate(kept):
            part = table[:, start : start + int(wanted.sum())]
            start += int(wanted.sum())
            values = self.categories_[at]
            columns = np.flatnonzero(wanted)
            none = ~part.astype(bool).any(axis=1)
            found = values[columns[part.argmax(axis=1)]] if part.shape[1] else np.repeat(values[:1], len(table))
            out[:, at] = found
            if none.any() and self.drop_idx_ is not None and self.drop_idx_[at] is not None:
                out[none, at] = values[int(self.drop_idx_[at])]
            elif none.any() and self.handle_unknown == "error":
                raise ValueError(
                    f"Samples {np.flatnonzero(none)} can not be inverted when drop=None and handle_unknown='error' because they contain all zeros"
                )
            elif none.any():
                out = out.astype(object)
                out[none, at] = None
        return out

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """A name for each column of zeros and ones."""
        checks.check_fitted(self)
        names = self._names_in(input_features)
        made: list[str] = []
        for name, values, wanted in zip(names, self.categories_, self._kept(), strict=True):
            for value in values[wanted].tolist():
                joined = self.feature_name_combiner(name, value) if callable(self.feature_name_combiner) else f"{name}_{value}"
                made.append(joined)
        return np.array(made, dtype=object)
