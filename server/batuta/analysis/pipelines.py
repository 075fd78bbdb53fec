"""Pipelines whose steps differ have no common type but that of an estimator of their role."""

from __future__ import annotations

from batuta.analysis.graph import Atom
from batuta.catalog.index import catalog

_HOLDING = ("sklearn.pipeline.Pipeline", "sklearn.pipeline.FeatureUnion", "sklearn.compose.ColumnTransformer")


def role_of_different(one: Atom, other: Atom) -> str | None:
    """The class that two pipelines of different steps become where a place holds both; None for objects that can be one."""
    if one.key[1] not in _HOLDING or one.key != other.key:
        return None
    mine, theirs = _steps(one), _steps(other)
    if mine is None or theirs is None or mine == theirs:
        return None
    roles = [_role(each[-1][1]) for each in (mine, theirs) if each]
    base = "sklearn.base.BaseEstimator"
    return roles[0] if len(set(roles)) == 1 and roles[0] else base


def _role(name: str) -> str:
    declared = catalog().classes.get(name)
    line = [name, *(declared.bases if declared is not None else ())]
    return next((each for each in line if each.endswith("Mixin")), "")


def _steps(atom: Atom) -> list[tuple[str, str]] | None:
    """The names and classes of the steps; None while they are not known."""
    if len(atom.cells) < 2:
        return None
    found = []
    for held in atom.cells[1].atoms.values():
        for step in held.cells:
            parts = [list(cell.atoms) for row in step.atoms.values() for cell in row.cells]
            if len(parts) != 2 or len(parts[0]) != 1 or len(parts[1]) != 1:
                return None
            name, kind = parts[0][0], parts[1][0]
            label = kind[1].name if kind[0] == "instance" else str(kind[-1])
            found.append((str(name[1]), label))
    return found or None
