"""The module `sklearn.metrics.pairwise`.

## Before
    nearest = euclidean_distances(X, Y).argmin(axis=1)
## After
    let nearest = np::argmin_axis(&sklearn::metrics::pairwise::euclidean_distances(&x, Some(&y), false), 1);
## Same numbers
    distances by the expansion of the square, as scikit-learn computes them
## Not handled
    sparse results, metrics that are functions, `n_jobs` is computed one after the other
"""

from collections.abc import Callable

from batuta.catalog._estimators import ML, SOLVED, refuse_others
from batuta.catalog.entry import Call, Entry, Refusal, Shelf

_MODULE = "sklearn.metrics.pairwise"
_RUST = "sklearn::metrics::pairwise"
_ROWS = "X: arraylike[float64, 2]"
_PATHS = (_MODULE, "sklearn.metrics")
"""Some are offered by both modules."""
_DATA = "import numpy as np\nX = np.array([[1.0, 2.0], [0.0, 0.5], [3.0, -4.0]])\nY = np.array([[1.0, 1.0], [2.0, 0.0]])\n"
_METRICS = ("euclidean", "l2", "manhattan", "cityblock", "l1", "cosine", "sqeuclidean", "chebyshev")


def _pair(
    module: str, name: str, extra: str = "", given: str = "", case: str = "", check: Callable[[Call], None] | None = None
) -> Entry:
    """A function of one table with itself, or of two. `given` are the further arguments of the Rust form."""
    alone = f"({_ROWS}, Y: None = None{extra}) -> array[float64, 2]"
    both = f"({_ROWS}, Y: arraylike[float64, 2]{extra}) -> array[float64, 2]"
    others = refuse_others(
        name, alone, ("X", "Y", "gamma", "coef0", "degree", "squared", "metric", "n_jobs", "dense_output"), {}, ()
    )

    def refuse(call: Call) -> None:
        others(call)
        if check is not None:
            check(call)

    return Entry(
        f"{module}.{name}",
        (alone, both),
        (f"{_RUST}::~{name}({{&X}}, None{given})", f"{_RUST}::~{name}({{&X}}, Some({{&Y}}){given})"),
        refuse=refuse,
        raises=("ValueError",),
        features=ML,
        cost="high",
        parity=SOLVED,
        case=case or f"{_DATA}from {module} import {name}\nprint(np.round({name}(X), 9))\nprint(np.round({name}(X, Y), 9))\n",
    )


def _check_metric(call: Call) -> None:
    if call.constant("metric", default=None) not in _METRICS:
        raise Refusal(
            "BAT103",
            f"`metric={call.source('metric')}` is not translated",
            f"Use one of {', '.join(repr(each) for each in _METRICS)}.",
        )


def _nearest(module: str) -> tuple[Entry, ...]:
    signature = f"({_ROWS}, Y: arraylike[float64, 2], *, axis: Any = 1, metric: Any = 'euclidean', metric_kwargs: Any = None)"
    parts = (
        ("pairwise_distances_argmin", "array[int64, 1]", f"{_RUST}::~nearest_rows({{&X}}, {{&Y}}).0"),
        (
            "pairwise_distances_argmin_min",
            "tuple[array[int64, 1], array[float64, 1]]",
            f"{_RUST}::~nearest_rows({{&X}}, {{&Y}})",
        ),
    )
    return tuple(
        Entry(
            f"{module}.{name}",
            f"{signature} -> {result}",
            rust,
            refuse=refuse_others(name, f"{signature} -> {result}", ("X", "Y"), {}, ()),
            raises=("ValueError",),
            features=ML,
            cost="high",
            parity=SOLVED,
            case=f"{_DATA}from {module} import {name}\nprint({name}(X, Y))\n",
        )
        for name, result, rust in parts
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        *(
            entry
            for module in _PATHS
            for entry in (
                _pair(
                    module,
                    "euclidean_distances",
                    ", *, Y_norm_squared: Any = None, squared: bool = False, X_norm_squared: Any = None",
                    ", {squared}",
                ),
                _pair(
                    module,
                    "pairwise_distances",
                    ", metric: str = 'euclidean', *, n_jobs: Any = None, ensure_all_finite: Any = True",
                    ", {&metric}",
                    f"{_DATA}from {module} import pairwise_distances\n"
                    "print(np.round(pairwise_distances(X), 8), np.round(pairwise_distances(X, Y, metric='manhattan'), 8))\n"
                    "print(np.round(pairwise_distances(X, metric='cosine'), 8), np.round(pairwise_distances(X, Y, metric='chebyshev'), 8))\n",
                    _check_metric,
                ),
                *_nearest(module),
            )
        ),
        _pair(_MODULE, "manhattan_distances"),
        _pair(_MODULE, "cosine_similarity", ", dense_output: Any = True"),
        _pair(_MODULE, "cosine_distances"),
        _pair(_MODULE, "linear_kernel", ", dense_output: Any = True"),
        _pair(
            _MODULE,
            "polynomial_kernel",
            ", degree: float = 3.0, gamma: float | None = None, coef0: float = 1.0",
            ", {degree}, {gamma}, {coef0}",
        ),
        _pair(_MODULE, "sigmoid_kernel", ", gamma: float | None = None, coef0: float = 1.0", ", {gamma}, {coef0}"),
        _pair(_MODULE, "rbf_kernel", ", gamma: float | None = None", ", {gamma}"),
        _pair(_MODULE, "laplacian_kernel", ", gamma: float | None = None", ", {gamma}"),
    ),
)
