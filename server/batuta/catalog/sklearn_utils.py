"""The modules `sklearn.utils`, `sklearn.utils.class_weight` and `sklearn.utils.validation`.

## Before
    X, y = shuffle(X, y, random_state=0)
## After
    let (x, y) = sklearn::utils::drawn((&x, &y,), &sklearn::utils::Draw::new(false, None, Some(0)));
## Same numbers
    the same rows on NumPy's stream
## Not handled
    `stratify`, sample weights, streams given as objects, settings of the checks
"""

from typing import Any

from batuta.catalog._estimators import ML, check_labels, refuse_others
from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.utils"
_SHUFFLE = "(*arrays: Any, random_state: int | None = None, n_samples: int | None = None) -> Any"
_RESAMPLE = (
    "(*arrays: Any, replace: bool = True, n_samples: int | None = None, random_state: int | None = None, stratify: Any = None, "
    "sample_weight: Any = None) -> Any"
)
_DATA = "import numpy as np\nX = np.arange(12.0).reshape(6, 2)\ny = np.array([0, 1, 2, 0, 1, 2])\n"


def _parts(call: Any) -> t.Type:
    found = []
    for each in call.types("arrays"):
        if not isinstance(each, t.List) and not (isinstance(each, t.Array) and each.rank <= 2):
            raise Refusal(
                "BAT103", f"rows of {t.show(each)} are not translated", "Pass arrays of one or two dimensions, or lists."
            )
        found.append(t.ungrouped(each))
    return found[0] if len(found) == 1 else t.Tuple(tuple(found))


def _check(name: str, signature: str) -> Any:
    others = refuse_others(name, signature, ("arrays", "replace", "n_samples", "random_state"), {}, ())

    def refuse(call: Any) -> None:
        others(call)
        if not 1 <= len(call.nodes("arrays")) <= 4:
            raise Refusal("BAT103", f"`{name}` of more than four arrays is not translated", "Draw twice with one seed.")
        _parts(call)

    return refuse


def _check_weight(call: Call) -> None:
    if call.constant("class_weight", default=None) != "balanced":
        raise Refusal("BAT103", f"`{call.source('class_weight')}` is not translated", "Use 'balanced'.")
    check_labels(call, "y", "classes") if call.given("classes") else check_labels(call, "y")


def _weight(module: str) -> tuple[Entry, ...]:
    return (
        Entry(
            f"{module}.compute_class_weight",
            "(class_weight: Any, *, classes: Any, y: Any) -> array[float64, 1]",
            "sklearn::utils::~balanced_weights({&classes}, {&y})",
            refuse=_check_weight,
            raises=("ValueError",),
            features=ML,
            case=f"{_DATA}from {module} import compute_class_weight\n"
            "print(compute_class_weight('balanced', classes=np.unique(y), y=np.array([0, 0, 0, 1, 2, 2])))\n",
        ),
        Entry(
            f"{module}.compute_sample_weight",
            "(class_weight: Any, y: Any, *, indices: None = None) -> array[float64, 1]",
            "sklearn::utils::~balanced_rows({&y})",
            refuse=_check_weight,
            raises=("ValueError",),
            features=ML,
            case=f"{_DATA}from {module} import compute_sample_weight\nprint(compute_sample_weight('balanced', ['a', 'b', 'a', 'a']))\n",
        ),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        Entry(
            f"{_MODULE}.shuffle",
            _SHUFFLE,
            "sklearn::utils::~drawn(({&*arrays},), &sklearn::utils::Draw::new(false, {n_samples}, {random_state}))",
            result=_parts,
            refuse=_check("shuffle", _SHUFFLE),
            effects=("draws",),
            raises=("ValueError",),
            features=ML,
            case=f"{_DATA}from sklearn.utils import shuffle\na, b = shuffle(X, y, random_state=0)\nprint(a, b)\n"
            "print(shuffle([3, 1, 2, 5], random_state=3), shuffle(y, n_samples=3, random_state=1))\n",
        ),
        Entry(
            f"{_MODULE}.resample",
            _RESAMPLE,
            "sklearn::utils::~drawn(({&*arrays},), &sklearn::utils::Draw::new({replace}, {n_samples}, {random_state}))",
            result=_parts,
            refuse=_check("resample", _RESAMPLE),
            effects=("draws",),
            raises=("ValueError",),
            features=ML,
            case=f"{_DATA}from sklearn.utils import resample\na, b = resample(X, y, random_state=0)\nprint(a, b)\n"
            "print(resample(y, n_samples=10, random_state=2), resample(X, replace=False, n_samples=2, random_state=1))\n",
        ),
        *(entry for module in (_MODULE, f"{_MODULE}.class_weight") for entry in _weight(module)),
    ),
)
