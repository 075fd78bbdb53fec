"""The aprender targets of scikit-learn's estimators: the crate's own constructors, taken when `--target aprender` asks.

The crate computes in float32, so printed floats differ; the default stays the faithful target. `on_arrays()` is the adapter
that lets the crate's estimator learn from float64 arrays; its source is in `aprender_adapters`.
"""

from __future__ import annotations

from collections.abc import Callable

from batuta.catalog.entry import Call, Parity, ParityGrade, Target

_USE = ("batuta_rt::aprender_adapters::OnArrays",)
_USE_PENALTY = ("batuta_rt::aprender_adapters::OnArraysWithPenalty",)
_USE_STARTS = ("batuta_rt::aprender_adapters::OnArraysFromStarts",)


def on_both(name: str) -> dict[str, str]:
    """The Rust types of a class that both crates have."""
    return {"batuta-rt": f"sklearn::{name}", "aprender": f"batuta_rt::aprender_adapters::{name}OnArrays"}


def _target(
    rust: Callable[[Call], str],
    grade: ParityGrade,
    caveat: str,
    tolerance: float = 1e-5,
    accepts: Callable[[Call], bool] | None = None,
    use: tuple[str, ...] = _USE,
) -> Target:
    return Target(rust, "aprender", Parity(grade, tolerance, caveat=caveat), use=use, accepts=accepts)


def _number(call: Call, name: str, kind: str, default: str, optional: bool = False) -> str:
    """A parameter in the crate's number type: a literal where the program writes one, else a conversion."""
    if not call.given(name):
        return default
    value = call.constant(name, default=NotImplemented)
    if value is None:
        return default
    if isinstance(value, int | float) and not isinstance(value, bool):
        return repr(float(value)) if kind == "f32" else str(value)
    return f"{{{name}}}.unwrap_or({default}) as {kind}" if optional else f"{{{name}}} as {kind}"


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
    "max_leaf_nodes",
    "min_weight_fraction_leaf",
    "splitter",
    "ccp_alpha",
    "subsample",
    "loss",
    "n_iter_no_change",
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
        f"aprender::linear_model::Ridge::new({_number(call, 'alpha', 'f32', '1.0')})",
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
        f"aprender::linear_model::Lasso::new({_number(call, 'alpha', 'f32', '1.0')})",
        call,
        fit_intercept="with_intercept({fit_intercept})",
        max_iter=f"with_max_iter({_number(call, 'max_iter', 'usize', '1000')})",
        tol=f"with_tol({_number(call, 'tol', 'f32', '1e-4')})",
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
    "differs",
    "gradient descent in float32 on standardised columns: coefficients differ in the second digit after the point; slow "
    "elsewhere; more than two classes are an error",
    0.0,
    _only("tol"),
    _USE_PENALTY,
)


def _kmeans(call: Call) -> str:
    seed = _number(call, "random_state", "u64", "0", True)
    given = call.given("n_init") and call.constant("n_init", default=NotImplemented) != "auto"
    starts = _number(call, "n_init", "usize", "1") if given else "1"
    parts = [f"aprender::cluster::KMeans::new({_number(call, 'n_clusters', 'usize', '8')})"]
    if call.given("max_iter"):
        parts.append(f"with_max_iter({_number(call, 'max_iter', 'usize', '300')})")
    if call.given("tol"):
        parts.append(f"with_tol({_number(call, 'tol', 'f32', '1e-4')})")
    return ".".join([*parts, f"on_arrays_from_starts({seed}, {starts})"])


kmeans = _target(
    _kmeans,
    "statistical",
    "starts from rows far apart instead of k-means++: the same clusters where they are separated, else another optimum may be "
    "found; a start follows from the seed alone",
    0.03,
    _only("tol"),
    _USE_STARTS,
)
dbscan = _target(
    lambda call: (
        f"aprender::cluster::DBSCAN::new({_number(call, 'eps', 'f32', '0.5')}, "
        f"{_number(call, 'min_samples', 'usize', '5')}).on_arrays()"
    ),
    "exact",
    "equal labels but for points that lie at `eps` to seven digits",
    accepts=_only(),
)
decision_tree = _target(
    lambda call: _chain(
        "aprender::tree::DecisionTreeClassifier::new()",
        call,
        max_depth=f"with_max_depth({_number(call, 'max_depth', 'usize', '1000', True)})",
    ),
    "close",
    "equal but for leaves with equally many samples of two classes: the crate takes the higher class, scikit-learn the lower",
    0.0,
    _only(),
)
random_forest = _target(
    lambda call: _chain(
        f"aprender::tree::RandomForestClassifier::new({_number(call, 'n_estimators', 'usize', '100')})",
        call,
        max_depth=f"with_max_depth({_number(call, 'max_depth', 'usize', '1000', True)})",
        random_state=f"with_random_state({_number(call, 'random_state', 'u64', '0', True)})",
    ),
    "statistical",
    "bagged trees: every split sees all features, trees vote with one voice each; accuracy is alike, probabilities and "
    "importances are not",
    0.0,
    _only(),
)
gradient_boosting = _target(
    lambda call: _chain(
        "aprender::tree::GradientBoostingClassifier::new()",
        call,
        n_estimators=f"with_n_estimators({_number(call, 'n_estimators', 'usize', '100')})",
        learning_rate=f"with_learning_rate({_number(call, 'learning_rate', 'f32', '0.1')})",
        max_depth=f"with_max_depth({_number(call, 'max_depth', 'usize', '1000', True)})",
    ),
    "differs",
    "leaves hold the mean residual instead of a Newton step, so it learns more slowly; more than two classes are an error",
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
