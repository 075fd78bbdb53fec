"""`isinstance` of scikit-learn's classes, where a place holds estimators of several.

for name, model in detectors.items():                 if model.is_any(&["LocalOutlierFactor"]) {
    if isinstance(model, LocalOutlierFactor):    →        let labels = model.as_class::<sklearn::LocalOutlierFactor>().fit_predict(&x);
        labels = model.fit_predict(X)
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from batuta.analysis.graph import Atom
from batuta.catalog.index import catalog

_ROLES = ("sklearn.base.ClassifierMixin", "sklearn.base.RegressorMixin")
"""The roles whose bases in the catalog are those of scikit-learn, for every class."""
_BASES = (
    "ElasticNet",
    "CountVectorizer",
    "RFE",
    "EmpiricalCovariance",
    "MinCovDet",
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
)
"""Classes from which others of scikit-learn derive: their objects are not of one type here."""


def is_estimator_class(name: str) -> bool:
    """Whether `isinstance` with this class can be told for estimators."""
    if name in _ROLES:
        return True
    return name.startswith("sklearn.") and name.rpartition(".")[2] not in _BASES and bool(_line(name)[1:])


@cache
def _line(name: str) -> tuple[str, ...]:
    """A class of scikit-learn and what it can be used as; a family itself stands alone."""
    declared = catalog().classes.get(name)
    if declared is None or not name.startswith("sklearn."):
        return ()
    return (name, *declared.bases)


def _is_family(name: str) -> bool:
    return name.startswith("sklearn.base.")


def _asked(keys: Iterable[Any]) -> list[str]:
    return [key[1] for key in keys if isinstance(key, tuple) and key[0] == "object" and str(key[1]).startswith("sklearn.")]


def estimator_inside(atom: Atom, keys: frozenset[Any]) -> bool | None:
    """Whether an estimator is of one of the classes that are asked for; None where only the object itself tells."""
    name, asked = str(atom.key[1]), _asked(keys)
    if any(each in _line(name) for each in asked):
        return True
    if _is_family(name) and any(name in _line(each) for each in asked):
        return None
    return False


def known_estimator(atom: Atom, facts: Any) -> Atom | None:
    """The estimator of one class that an object of a family is by the facts; None where they do not say it."""
    if atom.key[0] != "object" or not _is_family(str(atom.key[1])):
        return None
    for fact in reversed(facts):
        if not isinstance(fact, tuple) or fact[0] != "in" or len(fact[1]) != 1:
            continue
        asked = _asked(fact[1])
        if not asked or asked[0] == atom.key[1] or _is_family(asked[0]) or str(atom.key[1]) not in _line(asked[0]):
            continue
        entry = catalog().find(asked[0])
        result = str(entry.signature).rpartition("->")[2].strip() if entry is not None else ""
        if result == f'"{asked[0]}"':
            return Atom(("object", asked[0]))
        if result == f'Object["{asked[0]}", Y]' and atom.cells:
            return Atom(("object", asked[0]), atom.cells[:1])
    return None
