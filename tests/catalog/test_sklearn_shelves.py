"""What scikit-learn offers and the catalog does not: known by name and reason, in a list that may only get shorter.

Constructors are compared with scikit-learn's signatures too: every parameter must be named, so that none passes unseen.
"""

from __future__ import annotations

import importlib
import inspect
import warnings
from pathlib import Path

import pytest

from batuta.catalog.index import catalog
from batuta.catalog.signature import overloads

MISSING = Path(__file__).parent / "sklearn_missing.txt"
_MODULES = (
    "calibration",
    "cluster",
    "compose",
    "covariance",
    "cross_decomposition",
    "datasets",
    "decomposition",
    "discriminant_analysis",
    "dummy",
    "ensemble",
    "feature_extraction.text",
    "feature_selection",
    "gaussian_process",
    "impute",
    "inspection",
    "isotonic",
    "kernel_approximation",
    "kernel_ridge",
    "linear_model",
    "manifold",
    "metrics",
    "mixture",
    "model_selection",
    "multiclass",
    "multioutput",
    "naive_bayes",
    "neighbors",
    "neural_network",
    "pipeline",
    "preprocessing",
    "random_projection",
    "svm",
    "tree",
    "utils",
)


def _offered(module: str) -> list[str]:
    """The public names of a module that are its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        held = importlib.import_module(f"sklearn.{module}")
    names = getattr(held, "__all__", None)
    if names is not None:
        return sorted(names)
    own = [name for name in dir(held) if not name.startswith("_")]
    return sorted(name for name in own if getattr(getattr(held, name), "__module__", "") == f"sklearn.{module}")


def blanks(module: str) -> set[str]:
    """The names of a module that no entry has."""
    known = catalog()
    whole = (f"sklearn.{module}.{name}" for name in _offered(module))
    return {name for name in whole if name not in known.entries and name not in known.classes}


def recorded() -> dict[str, str]:
    """The names that are knowingly missing, with the reason."""
    rows = [
        line.split("  ", 1) for line in MISSING.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    return {name: reason.strip() for name, reason in rows}


@pytest.mark.parametrize("module", _MODULES)
def test_every_blank_is_known(module: str) -> None:
    """Run with `-s` to see how many blanks a module has, and which."""
    found = blanks(module)
    shown = " ".join(sorted(each.rpartition(".")[2] for each in found))
    print(f"\nsklearn.{module}: {len(found)} of {len(_offered(module))} are blank: {shown}")
    known = {name for name in recorded() if name.rpartition(".")[0] == f"sklearn.{module}"}
    assert found - known == set(), "not in the catalog, and not in the list of what is missing"
    assert known - found == set(), "in the catalog now: take it from the list"


def test_every_recorded_blank_has_a_reason_and_a_module() -> None:
    for name, reason in recorded().items():
        assert len(reason) > 10, name
        assert name.rpartition(".")[0].removeprefix("sklearn.") in _MODULES, name


@pytest.mark.parametrize("module", _MODULES)
def test_constructors_name_every_parameter(module: str) -> None:
    """A parameter that the catalog does not know would be refused as an error of the program."""
    known = catalog()
    held = importlib.import_module(f"sklearn.{module}")
    for name in _offered(module):
        entry = known.entries.get(f"sklearn.{module}.{name}")
        if entry is None or entry.kind != "class":
            continue
        real = inspect.signature(getattr(held, name)).parameters
        in_order = [each.name for each in real.values() if each.kind is each.POSITIONAL_OR_KEYWORD]
        for form in overloads(entry):
            own = [each.name for each in form.parameters]
            assert own[: len(in_order)] == in_order, f"{entry.name}: {own} where scikit-learn has {in_order}"
            assert sorted(own) == sorted(real), f"{entry.name}: {own} where scikit-learn has {list(real)}"
