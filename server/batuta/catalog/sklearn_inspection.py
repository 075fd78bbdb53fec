"""The module `sklearn.inspection`.

## Before
    result = permutation_importance(model, X, y, n_repeats=5, random_state=0)
## After
    let result = sklearn::inspection::permutation_importance(&model, &x, &y, None, 5, Some(0));
## Same numbers
    the same shuffles on NumPy's stream
## Not handled
    several scores, sample weights, `max_samples`, partial dependence
"""

from batuta.catalog._estimators import ML, SOLVED, check_labels, refuse_others
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.catalog.sklearn_model_selection import check_scoring, scoring_text
from batuta.ir import types as t

_MODULE = "sklearn.inspection"
_BUNCH = f"{_MODULE}.importances"
_SIGNATURE = (
    "(estimator: Any, X: arraylike[float64, 2], y: Any, *, scoring: str = None, n_repeats: int = 5, n_jobs: Any = None, "
    f'random_state: int | None = None, sample_weight: Any = None, max_samples: Any = 1.0) -> "{_BUNCH}"'
)
_OTHERS = refuse_others(
    "permutation_importance", _SIGNATURE, ("estimator", "X", "y", "scoring", "n_repeats", "n_jobs", "random_state"), {}, ()
)
_KINDS = {
    "importances": ("array[float64, 2]", "{self}.importances.clone()"),
    "importances_mean": ("array[float64, 1]", "{self}.importances_mean()"),
    "importances_std": ("array[float64, 1]", "{self}.importances_std()"),
}


def _check(call: Call) -> None:
    _OTHERS(call)
    check_labels(call, "y")
    check_scoring(call)
    found = call.type("estimator")
    if not isinstance(found, t.Object) or not found.name.startswith("sklearn."):
        raise Refusal("BAT103", f"importances of {t.show(found)} are not translated", "Pass one of scikit-learn's estimators.")


def _item(call: Call) -> tuple[str, str]:
    key = call.constant("key")
    if key not in _KINDS:
        raise Refusal("BAT103", f"the importances have no item {key!r}", f"Use one of {', '.join(_KINDS)}.")
    return _KINDS[key]


SHELF = Shelf(
    module=_MODULE,
    entries=(
        Entry(
            f"{_MODULE}.permutation_importance",
            _SIGNATURE,
            lambda call: (
                "sklearn::inspection::~permutation_importance({&estimator}, {&X}, {&y}, "
                f"{scoring_text(call)}, {{n_repeats}}, {{random_state}})"
            ),
            refuse=_check,
            raises=("ValueError", "NotFittedError"),
            features=ML,
            cost="high",
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.inspection import permutation_importance\n"
                "from sklearn.linear_model import LogisticRegression, Ridge\n"
                "X = np.random.RandomState(0).normal(size=(40, 3))\ny = (X[:, 0] + 0.2 * X[:, 1] > 0).astype(int)\n"
                "model = LogisticRegression().fit(X, y)\n"
                "result = permutation_importance(model, X, y, n_repeats=4, random_state=0)\n"
                "print(np.round(result.importances_mean, 8), np.round(result['importances_std'], 8))\n"
                "line = Ridge().fit(X, X[:, 2])\n"
                "r = permutation_importance(line, X, X[:, 2], scoring='neg_mean_squared_error', random_state=3)\n"
                "print(np.round(r.importances, 8))\n"
            ),
        ),
        *(
            Entry(f"{_BUNCH}.{name}", f'(self: "{_BUNCH}") -> {kind}', rust, kind="attribute", features=ML)
            for name, (kind, rust) in _KINDS.items()
        ),
        Entry(
            f"{_BUNCH}.__getitem__",
            f'(self: "{_BUNCH}", key: str) -> Any',
            lambda call: _item(call)[1],
            kind="method",
            result=lambda call: t.parse_type(_item(call)[0]),
            features=ML,
        ),
    ),
    classes=(LibraryClass(_BUNCH, "sklearn::inspection::Importances", mutable=False, features=("ml",)),),
    refused={f"{_MODULE}.partial_dependence": ("it is not mapped", "Predict on a grid of values.")},
)
