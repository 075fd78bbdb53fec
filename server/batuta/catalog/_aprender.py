"""The aprender targets of scikit-learn's estimators: the crate's own constructors, taken when `--target aprender` asks.

The crate computes in float32, so printed floats differ; the default stays the faithful target. `on_arrays()` is the adapter
that lets the crate's estimator learn from float64 arrays; its source is in `aprender_adapters`.
"""

from __future__ import annotations

from collections.abc import Callable

from batuta.catalog.entry import Call, Parity, ParityGrade, Target

_USE = ("batuta_rt::aprender_adapters::OnArrays",)


def on_both(name: str) -> dict[str, str]:
    """The Rust types of a class that both crates have."""
    return {"batuta-rt": f"sklearn::{name}", "aprender": f"batuta_rt::aprender_adapters::{name}OnArrays"}


def _target(
    rust: Callable[[Call], str],
    grade: ParityGrade,
    caveat: str,
    tolerance: float = 1e-5,
    accepts: Callable[[Call], bool] | None = None,
) -> Target:
    return Target(rust, "aprender", Parity(grade, tolerance, caveat=caveat), use=_USE, accepts=accepts)


def _chain(start: str, call: Call, **methods: str) -> str:
    parts = [start]
    for name, form in methods.items():
        if call.given(name):
            parts.append(f".{form}")
    parts.append(".on_arrays()")
    return "".join(parts)


def _only(*names: str) -> Callable[[Call], bool]:
    """Whether no other parameter is given than those that the crate has."""

    def accepts(call: Call) -> bool:
        return not any(call.given(each) for each in _BEYOND if each not in names)

    return accepts


_BEYOND = (
    "positive",
    "solver",
    "class_weight",
    "criterion",
    "min_samples_split",
    "min_samples_leaf",
    "max_features",
    "init",
    "bootstrap",
    "min_impurity_decrease",
    "max_samples",
    "clip",
    "l1_ratio",
    "metric",
    "weights",
    "tol",
)

linear_regression = _target(
    lambda call: _chain(
        "aprender::linear_model::LinearRegression::new()", call, fit_intercept="with_intercept({fit_intercept})"
    ),
    "close",
    "float32 normal equations: exact on scaled columns, wrong where columns have large offsets, an error where they depend "
    "on each other",
    1e-4,
    _only(),
)
ridge = _target(
    lambda call: _chain(
        f"aprender::linear_model::Ridge::new({'{alpha} as f32' if call.given('alpha') else '1.0'})",
        call,
        fit_intercept="with_intercept({fit_intercept})",
    ),
    "close",
    "float32 normal equations: exact on scaled columns, loses digits where columns have large offsets",
    1e-4,
    _only(),
)
lasso = _target(
    lambda call: _chain(
        f"aprender::linear_model::Lasso::new({'{alpha} as f32' if call.given('alpha') else '1.0'})",
        call,
        fit_intercept="with_intercept({fit_intercept})",
        max_iter="with_max_iter({max_iter} as usize)",
        tol="with_tol({tol} as f32)",
    ),
    "close",
    "float32; stops by the change of the coefficients, not by the duality gap",
    2e-3,
    _only("tol"),
)
logistic_regression = _target(
    lambda call: (
        "aprender::classification::LogisticRegression::new().with_learning_rate(1.0).with_max_iter(20000)"
        f".with_tolerance(1e-7).on_arrays_with_penalty({'{C}' if call.given('C') else '1.0'})"
    ),
    "close",
    "gradient descent in float32: exact on standardised columns of two classes, slow elsewhere; more than two classes are an "
    "error",
    1e-4,
    _only("tol"),
)
kmeans = _target(
    lambda call: _chain(
        f"aprender::cluster::KMeans::new({'{n_clusters} as usize' if call.given('n_clusters') else '8'})",
        call,
        max_iter="with_max_iter({max_iter} as usize)",
        tol="with_tol({tol} as f32)",
        random_state="with_random_state({random_state}.unwrap_or(42) as u64)",
    ),
    "statistical",
    "one start from rows far apart instead of `n_init` starts of k-means++: the same clusters where they are separated, else "
    "another optimum",
    0.03,
    _only("tol"),
)
dbscan = _target(
    lambda call: (
        f"aprender::cluster::DBSCAN::new({'{eps} as f32' if call.given('eps') else '0.5'}, "
        f"{'{min_samples} as usize' if call.given('min_samples') else '5'}).on_arrays()"
    ),
    "exact",
    "equal labels but for points that lie at `eps` to seven digits",
    accepts=_only(),
)
decision_tree = _target(
    lambda call: _chain(
        "aprender::tree::DecisionTreeClassifier::new()",
        call,
        **({"max_depth": "with_max_depth({max_depth}.unwrap_or(1000) as usize)"} if call.given("max_depth") else {}),
    ),
    "close",
    "equal but for leaves with equally many samples of two classes: the crate takes the higher class, scikit-learn the lower",
    0.0,
    _only(),
)
random_forest = _target(
    lambda call: _chain(
        f"aprender::tree::RandomForestClassifier::new({'{n_estimators} as usize' if call.given('n_estimators') else '100'})",
        call,
        **({"max_depth": "with_max_depth({max_depth}.unwrap_or(1000) as usize)"} if call.given("max_depth") else {}),
        random_state="with_random_state({random_state}.unwrap_or(0) as u64)",
    ),
    "statistical",
    "bagged trees: every split sees all features, trees vote with one voice each; accuracy is alike, probabilities and "
    "importances are not",
    0.0,
    _only(),
)
standard_scaler = _target(
    lambda call: _chain(
        "aprender::preprocessing::StandardScaler::new()",
        call,
        with_mean="with_mean({with_mean})",
        with_std="with_std({with_std})",
    ),
    "exact",
    "float32; NaN poisons its column",
)
min_max_scaler = _target(
    lambda call: _chain("aprender::preprocessing::MinMaxScaler::new()", call),
    "exact",
    "float32",
    accepts=lambda call: not call.given("feature_range") and not call.given("clip"),
)
