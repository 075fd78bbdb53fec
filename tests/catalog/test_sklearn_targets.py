"""scikit-learn's shelves: which Rust is written, by target, and what is refused."""

from __future__ import annotations

import pytest

from batuta.lowering.lower import Options
from batuta.translate import translate

DATA = "X = [[1.0, 2.0], [2.0, 0.5], [3.0, 4.0], [4.0, 1.0]]\ny = [0, 1, 1, 0]\n"

ON_THE_CRATE = [
    ("linear_model", "LinearRegression()", "aprender::linear_model::LinearRegression::new().on_arrays()"),
    ("linear_model", "Ridge(alpha=0.5)", "aprender::linear_model::Ridge::new(0.5).on_arrays()"),
    ("linear_model", "Lasso(alpha=0.1)", "aprender::linear_model::Lasso::new(0.1).on_arrays()"),
    ("linear_model", "LogisticRegression(C=2.0)", "aprender::classification::LogisticRegression::new()"),
    ("tree", "DecisionTreeClassifier(max_depth=3)", "aprender::tree::DecisionTreeClassifier::new().with_max_depth(3)"),
    (
        "ensemble",
        "RandomForestClassifier(random_state=4)",
        "aprender::tree::RandomForestClassifier::new(100).with_random_state(4)",
    ),
    (
        "ensemble",
        "GradientBoostingClassifier(n_estimators=5)",
        "aprender::tree::GradientBoostingClassifier::new().with_n_estimators(5).on_arrays()",
    ),
    ("cluster", "KMeans(n_clusters=2, random_state=1)", "aprender::cluster::KMeans::new(2).on_arrays_from_starts(1, 1)"),
    ("cluster", "KMeans(n_init=5, random_state=1)", "aprender::cluster::KMeans::new(8).on_arrays_from_starts(1, 5)"),
    ("cluster", "DBSCAN(eps=0.3)", "aprender::cluster::DBSCAN::new(0.3, 5).on_arrays()"),
    ("preprocessing", "StandardScaler()", "aprender::preprocessing::StandardScaler::new().on_arrays()"),
    ("preprocessing", "MinMaxScaler()", "aprender::preprocessing::MinMaxScaler::new().on_arrays()"),
]


def _program(module: str, made: str) -> str:
    name = made.partition("(")[0]
    y = "" if module in ("cluster", "preprocessing") else ", y"
    return f"from sklearn.{module} import {name}\n{DATA}model = {made}\nmodel.fit(X{y})\n"


@pytest.mark.parametrize(("module", "made", "rust"), ON_THE_CRATE)
def test_the_crate_is_named_when_it_is_asked_for(module: str, made: str, rust: str) -> None:
    asked = translate(_program(module, made), options=Options(target="aprender"))
    assert not asked.refused
    assert rust in asked.rust
    assert "aprender" in asked.features


@pytest.mark.parametrize(
    ("module", "made", "said"),
    [
        ("linear_model", "LinearRegression()", "wrong where columns have large offsets"),
        ("linear_model", "LogisticRegression()", "gradient descent in float32"),
        ("ensemble", "GradientBoostingClassifier()", "more than two classes are an error"),
        ("ensemble", "RandomForestClassifier()", "bagged trees"),
        ("cluster", "KMeans(n_clusters=2)", "another optimum"),
        ("cluster", "DBSCAN()", ""),
        ("preprocessing", "MinMaxScaler()", ""),
    ],
)
def test_a_crate_that_is_forced_says_how_it_differs(module: str, made: str, said: str) -> None:
    found = translate(_program(module, made), options=Options(target="aprender")).findings
    assert [each.code for each in found] == (["BAT401"] if said else [])
    assert all(said in each.reason and "; measured: " in each.reason and each.span.line == 4 for each in found)
    assert not translate(_program(module, made)).findings


@pytest.mark.parametrize(("module", "made", "rust"), ON_THE_CRATE)
def test_the_default_is_faithful(module: str, made: str, rust: str) -> None:
    found = translate(_program(module, made))
    assert not found.findings
    assert "aprender::" not in found.rust
    assert f"sklearn::{made.partition('(')[0]}::new()" in found.rust


@pytest.mark.parametrize(
    ("module", "made", "code", "words"),
    [
        ("linear_model", "Ridge(solver='sag')", "BAT103", "solver='sag'"),
        ("linear_model", "Ridge(alfa=1.0)", "BAT102", "alfa"),
        ("linear_model", "LinearRegression(positive=True)", "BAT103", "positive=True"),
        ("cluster", "KMeans(n_clusters=2, algorithm='elkan')", "BAT103", "algorithm='elkan'"),
        ("tree", "DecisionTreeClassifier(monotonic_cst=[1])", "BAT103", "monotonic_cst=[1]"),
        ("ensemble", "RandomForestClassifier(warm_start=True)", "BAT103", "warm_start=True"),
        ("ensemble", "GradientBoostingClassifier(warm_start=True)", "BAT103", "warm_start=True"),
        ("ensemble", "HistGradientBoostingClassifier(max_features=0.5)", "BAT103", "max_features=0.5"),
    ],
)
def test_what_would_compute_something_else_is_refused(module: str, made: str, code: str, words: str) -> None:
    found = translate(_program(module, made))
    assert [each for each in found.findings if each.code == code and words in each.reason], found.findings
    assert found.rust == ""


def test_labels_give_predictions_their_type() -> None:
    source = (
        "from sklearn.linear_model import LogisticRegression\nX = [[1.0], [2.0], [3.0], [4.0]]\n"
        "a = LogisticRegression().fit(X, ['no', 'no', 'yes', 'yes'])\nb = LogisticRegression().fit(X, [0, 0, 1, 1])\n"
        "print(a.predict(X), b.predict(X))\n"
    )
    found = translate(source)
    assert "a.predict::<ndarray::Array1<String>>" in found.rust
    assert "b.predict::<ndarray::Array1<i64>>" in found.rust


def test_several_kinds_in_one_place_become_one_handle() -> None:
    source = (
        "from sklearn.linear_model import Lasso, Ridge\nX = [[1.0], [2.0], [4.0]]\ny = [1.0, 2.0, 3.0]\n"
        "models = []\nmodels.append(Ridge())\nmodels.append(Lasso(alpha=0.1))\n"
        "for model in models:\n    model.fit(X, y)\n    print(model.coef_)\n"
    )
    found = translate(source)
    assert not found.findings
    assert "sklearn::Model::from(sklearn::Ridge::new())" in found.rust
