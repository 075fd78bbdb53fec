"""The evidence file: complete for the documented tables and the main programs, and no better in words than in numbers."""

from __future__ import annotations

import pytest

from batuta.catalog._trueno import FORMS
from batuta.catalog.evidence import Figures, figures, measured, words
from batuta.catalog.index import catalog
from fixtures.record import programs
from tests.catalog.cases import entries_used
from tests.parity.numpy_rows import ROWS

DOCUMENTED = {
    "sklearn.linear_model.LinearRegression": "aprender",
    "sklearn.linear_model.LogisticRegression": "aprender",
    "sklearn.linear_model.Ridge": "aprender",
    "sklearn.linear_model.Lasso": "aprender",
    "sklearn.tree.DecisionTreeClassifier": "aprender",
    "sklearn.ensemble.RandomForestClassifier": "aprender",
    "sklearn.ensemble.GradientBoostingClassifier": "aprender",
    "sklearn.cluster.KMeans": "aprender",
    "sklearn.cluster.DBSCAN": "aprender",
    "sklearn.preprocessing.StandardScaler": "aprender",
    "sklearn.preprocessing.MinMaxScaler": "aprender",
    # The crate's encodes an unknown label with a code of its own instead of raising.
    "sklearn.preprocessing.LabelEncoder": "",
    # The crate draws other rows for every seed, has no folds of its own for classifiers, and searches no grid of names.
    "sklearn.model_selection.train_test_split": "",
    "sklearn.model_selection.cross_val_score": "",
    "sklearn.model_selection.GridSearchCV": "",
}
"""Rows of the documented scikit-learn tables, with the crate whose form is a target too."""

NUMPY = ("array", "zeros", "ones", "dot", "sum", "mean", "max", "min")
OPERATORS = ("__matmul__", "T", "reshape", "__add__", "__mul__")


@pytest.mark.parametrize(("entry", "crate"), DOCUMENTED.items())
def test_documented_estimators_are_measured(entry: str, crate: str) -> None:
    known = catalog().entries[entry]
    assert known.case.strip()
    targets = {each.crate for each in known.targets}
    assert ("aprender" in targets) == bool(crate)
    for each in [*(targets - {"batuta-rt"}), "batuta-rt"]:
        assert measured(entry).get(each) is not None, f"{entry} on {each}: run `make evidence`"


@pytest.mark.parametrize("entry", [*(f"numpy.{each}" for each in NUMPY), *(f"ndarray.{each}" for each in OPERATORS)])
def test_the_documented_numpy_table_is_measured_on_both_homes(entry: str) -> None:
    assert catalog().entries[entry].case.strip()
    assert entry in FORMS
    assert {"ndarray", "trueno", "case"} <= measured(entry).keys()


def test_everything_that_the_main_programs_use_is_measured() -> None:
    used = set().union(*(entries_used(program) for program in programs(("programs",))))
    assert [entry for entry in sorted(used) if not measured(entry)] == []


def test_every_row_is_measured_where_it_has_a_form() -> None:
    assert {row.entry for row in ROWS} <= FORMS.keys()
    assert [row.entry for row in ROWS if not {"ndarray", "trueno"} <= measured(row.entry).keys()] == []


def test_no_case_differs() -> None:
    found = {entry: measured(entry).get("case") for entry in catalog().entries}
    assert {entry for entry, each in found.items() if each is not None and each.verdict not in ("identical", "same")} == set()


def test_no_statement_is_better_than_its_measurement() -> None:
    wrong = []
    for entry in catalog().entries.values():
        targets = [(each.crate, each.parity) for each in entry.targets]
        if entry.name in FORMS:
            targets.append(("trueno", FORMS[entry.name].parity))
        for crate, parity in targets:
            found = measured(entry.name).get(crate)
            if found is None or parity.grade == "differs":
                continue
            if parity.grade == "statistical":
                holds = found.verdict.startswith("statistical")
            else:
                holds = found.max_rel <= max(parity.tolerance, 1e-12)
            if not holds:
                wrong.append(f"{entry.name} on {crate}: {parity.grade} {parity.tolerance:g}, measured {found.max_rel:.1e}")
    assert wrong == []


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (None, "not measured apart"),
        (Figures(1, 0.0, "identical", "a"), "the case prints the same text (1 number)"),
        (Figures(1200, 0.0, "exact"), "equal bits in 1,200 numbers"),
        (Figures(30, 0.1, "statistical: equivalent"), "30 seeds on each side: equivalent"),
        (Figures(2, 3e-6, "close"), "at most 3.0e-06 relative over 2 numbers: close"),
    ],
)
def test_figures_are_said_in_words(found: Figures | None, said: str) -> None:
    assert words(found) == said


def test_a_crate_is_never_covered_by_the_faithful_figures() -> None:
    assert figures("sklearn.model_selection.GridSearchCV", "aprender") is None
    assert figures("sklearn.cluster.KMeans", "aprender") != figures("sklearn.cluster.KMeans", "batuta-rt")
