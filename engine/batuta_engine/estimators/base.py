"""What all estimators have in common: parameters as in scikit-learn, and what a classifier, a regressor, a transformer and a clusterer add.

`__init__` stores its keyword arguments under their names. `fit` checks them and the data, sets attributes that end in `_`, returns `self`.
"""

from __future__ import annotations

import copy
import inspect
from functools import cache
from typing import Any, ClassVar, Self

import numpy as np

from batuta_engine.estimators import checks
from batuta_engine.estimators.parameters import Rules, check


@cache
def _defaults(owner: Any) -> dict[str, Any]:
    """The parameters of a class with their defaults."""
    given = inspect.signature(owner.__init__).parameters.values()
    return {each.name: each.default for each in given if each.name != "self"}


def _same(value: Any, default: Any) -> bool:
    return value is default or repr(value) == repr(default)


class Estimator:
    """Parameters, and checks of the data."""

    is_batuta_estimator = True
    rules: ClassVar[Rules] = {}
    """What values each parameter takes."""
    allows_nan: ClassVar[bool] = False
    needs_fit: ClassVar[bool] = True
    several_targets: ClassVar[bool] = False
    kind: ClassVar[str | None] = None
    """classifier, regressor or clusterer."""
    n_features_in_: int

    def _class(self) -> Any:
        return type(self)

    def get_params(self, deep: bool = True) -> dict[str, Any]:
        """The parameters by name; with `deep` also those of estimators among them."""
        found: dict[str, Any] = {}
        for name in sorted(_defaults(self._class())):
            value = getattr(self, name)
            if deep and hasattr(value, "get_params") and not isinstance(value, type):
                found.update((f"{name}__{inner}", each) for inner, each in value.get_params().items())
            found[name] = value
        return found

    def set_params(self, **params: Any) -> Self:
        """Changes parameters. Raises ValueError for a name that there is not."""
        known = _defaults(self._class())
        inner: dict[str, dict[str, Any]] = {}
        for name, value in params.items():
            outer, _, rest = name.partition("__")
            if outer not in known:
                listed = sorted(known)
                raise ValueError(f"Invalid parameter {outer!r} for estimator {self}. Valid parameters are: {listed}.")
            if rest:
                inner.setdefault(outer, {})[rest] = value
            else:
                setattr(self, name, value)
        for outer, values in inner.items():
            getattr(self, outer).set_params(**values)
        return self

    def __repr__(self) -> str:
        changed = [
            f"{name}={getattr(self, name)!r}"
            for name, default in sorted(_defaults(self._class()).items())
            if not _same(getattr(self, name), default)
        ]
        return f"{type(self).__name__}({', '.join(changed)})"

    def __sklearn_clone__(self) -> Self:
        return type(self)(**{name: fresh(value) for name, value in self.get_params(deep=False).items()})

    def __sklearn_tags__(self) -> Any:
        """What scikit-learn's tools want to know. Only they call this."""
        from sklearn.utils import ClassifierTags, InputTags, RegressorTags, Tags, TargetTags, TransformerTags

        learns = self.kind in ("classifier", "regressor")
        return Tags(
            estimator_type=self.kind,
            target_tags=TargetTags(required=learns, multi_output=self.several_targets),
            # Everything is computed in float64, whatever comes in.
            transformer_tags=TransformerTags(preserves_dtype=[]) if hasattr(self, "transform") else None,
            classifier_tags=ClassifierTags() if self.kind == "classifier" else None,
            regressor_tags=RegressorTags() if self.kind == "regressor" else None,
            requires_fit=self.needs_fit,
            input_tags=InputTags(allow_nan=self.allows_nan),
        )

    def _check_params(self) -> None:
        check(type(self).__name__, self.rules, self.get_params(deep=False))

    def _fit_matrix(self, X: Any, least: int = 1, finite: bool = True) -> Any:
        """The rows to learn from; remembers their shape and the names of the columns."""
        names = checks.column_names(X)
        if names is not None:
            self.feature_names_in_ = names
        elif "feature_names_in_" in vars(self):
            del self.feature_names_in_
        found = checks.as_matrix(X, type(self).__name__, allow_nan=self.allows_nan, least=least, finite=finite)
        self.n_features_in_ = found.shape[1]
        return found

    def _matrix(self, X: Any) -> Any:
        """The rows to work on. Raises NotFittedError, or ValueError for another number of columns than was learnt."""
        checks.check_fitted(self)
        checks.check_names(self, X)
        found = checks.as_matrix(X, type(self).__name__, allow_nan=self.allows_nan)
        checks.check_feature_count(self, found)
        return found

    def _names_in(self, given: Any) -> Any:
        """The names of the columns: given, learnt, or x0, x1 and so on. Raises ValueError where given ones are others than learnt ones."""
        known = getattr(self, "feature_names_in_", None)
        if given is None:
            return known if known is not None else np.array([f"x{at}" for at in range(self.n_features_in_)], dtype=object)
        names = np.asarray(given, dtype=object)
        if known is not None and not np.array_equal(known, names):
            raise ValueError("input_features is not equal to feature_names_in_")
        if len(names) != self.n_features_in_:
            raise ValueError("input_features should have length equal to number of features")
        return names


def fresh(value: Any) -> Any:
    """A parameter for a copy of an estimator: estimators are copied unfitted, streams and arrays deeply."""
    if hasattr(value, "get_params") and not isinstance(value, type):
        return clone(value)
    if isinstance(value, (list, tuple, set, frozenset)):
        return type(value)(fresh(each) for each in value)
    return copy.deepcopy(value)


def clone(estimator: Any) -> Any:
    """An unfitted estimator with the same parameters, of the engine or of scikit-learn. Raises TypeError for what has no parameters."""
    if not hasattr(estimator, "get_params") or isinstance(estimator, type):
        raise TypeError(
            f"Cannot clone object '{estimator!r}' (type {type(estimator)}): it does not seem to be a scikit-learn estimator as it does "
            "not implement a 'get_params' method."
        )
    own = getattr(estimator, "__sklearn_clone__", None)
    if own is not None:
        return own()
    return type(estimator)(**{name: fresh(value) for name, value in estimator.get_params(deep=False).items()})


def kind_of(estimator: Any) -> str | None:
    """classifier, regressor, clusterer or None, also for scikit-learn's estimators."""
    if getattr(estimator, "is_batuta_estimator", False):
        kind: str | None = estimator.kind
        return kind
    tags = getattr(estimator, "__sklearn_tags__", None)
    return tags().estimator_type if tags is not None else None


class Classifier(Estimator):
    """Learns labels."""

    kind = "classifier"
    classes_: Any

    def predict(self, X: Any) -> Any:
        """The label of each row."""
        raise NotImplementedError

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The share of rows that get their own label."""
        from batuta_engine.metrics import accuracy_score

        return float(accuracy_score(y, self.predict(X), sample_weight=sample_weight))


class Regressor(Estimator):
    """Learns numbers."""

    kind = "regressor"

    def predict(self, X: Any) -> Any:
        """The number of each row."""
        raise NotImplementedError

    def score(self, X: Any, y: Any, sample_weight: Any = None) -> float:
        """The coefficient of determination."""
        from batuta_engine.metrics import r2_score

        return float(r2_score(y, self.predict(X), sample_weight=sample_weight))


class Transformer(Estimator):
    """Changes rows."""

    def fit(self, X: Any, y: Any = None) -> Self:
        """Learns how."""
        raise NotImplementedError

    def transform(self, X: Any) -> Any:
        """The changed rows."""
        raise NotImplementedError

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Learns from rows and changes them."""
        return self.fit(X, y, **fit_params).transform(X)


class ColumnTransformer(Transformer):
    """Changes each column on its own."""

    def _changed(self, x: Any) -> Any:
        """The changed rows of a matrix that was looked at already."""
        raise NotImplementedError

    def transform(self, X: Any) -> Any:
        """The changed rows, always new ones."""
        return self._changed(self._matrix(X))

    def fit_transform(self, X: Any, y: Any = None, **fit_params: Any) -> Any:
        """Learns from rows and changes them; they are looked at once."""
        x = checks.as_matrix(X, type(self).__name__, allow_nan=self.allows_nan, finite=False)
        if checks.column_names(X) is not None:
            return super().fit_transform(X, y, **fit_params)
        return self.fit(x, y, **fit_params)._changed(x)

    def get_feature_names_out(self, input_features: Any = None) -> Any:
        """The names of the columns, which stay as they are."""
        checks.check_fitted(self)
        return self._names_in(input_features)


class Clusterer(Estimator):
    """Groups rows."""

    kind = "clusterer"
    labels_: Any

    def fit(self, X: Any, y: Any = None, sample_weight: Any = None) -> Self:
        """Groups the rows."""
        raise NotImplementedError

    def fit_predict(self, X: Any, y: Any = None, sample_weight: Any = None) -> Any:
        """Groups the rows; gives the group of each."""
        return self.fit(X, y, sample_weight=sample_weight).labels_
