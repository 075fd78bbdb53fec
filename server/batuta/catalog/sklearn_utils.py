"""The modules `sklearn.utils`, `sklearn.utils.class_weight` and `sklearn.utils.validation`.

## Before
    X, y = shuffle(X, y, random_state=0)
## After
    let (x, y) = sklearn::utils::drawn((&x, &y,), &sklearn::utils::Draw::new(false, None, Some(0)));
## Same numbers
    the same rows on NumPy's stream
## Not handled
    `stratify`, sample weights, streams given as objects, most settings of the checks
"""

import ast
from typing import Any

from batuta.catalog import _arrays as a
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


_SETTINGS = (
    "accept_sparse: Any = False, *, dtype: Any = 'numeric', copy: Any = False, ensure_2d: bool = True, ensure_all_finite: bool = True, "
    "ensure_min_samples: int = 1, ensure_min_features: int = 1, y_numeric: bool = False, estimator: Any = None, input_name: str = ''"
)


def _dtype(call: Call, name: str) -> str:
    found = a.array_operand(call, name).dtype
    node = call.node("dtype")
    if node is None or (isinstance(node, ast.Constant) and node.value in ("numeric", None)):
        return found
    return a.dtype_argument(call, found)


def _check_settings(call: Call) -> None:
    for name in ("ensure_all_finite", "ensure_2d"):
        if call.constant(name, True) is not True and not (name == "ensure_2d" and not call.given("y")):
            raise Refusal("BAT103", f"`{name}` is not translated here", "Leave it out.")
    for name in ("ensure_min_samples", "ensure_min_features"):
        if call.constant(name, 1) != 1:
            raise Refusal("BAT103", f"`{name}` is not translated here", "Compare the shape.")
    if call.given("estimator"):
        raise Refusal("BAT103", "`estimator` is not translated here", "Leave it out.")
    name = "array" if call.given("array") else "X"
    if call.constant("ensure_2d", True) and a.array_operand(call, name).rank != 2:
        raise Refusal("BAT103", "what is checked is not a matrix", "Reshape it to rows and columns.")


def _checked(call: Call) -> str:
    _check_settings(call)
    input_name = str(call.constant("input_name", ""))
    return f'sklearn::utils::~checked({a.reference(call, "array", _dtype(call, "array"))}, "{input_name}", "")'


def _checked_result(call: Call) -> t.Type:
    return t.Array(_dtype(call, "array"), a.array_operand(call, "array").rank)


def _pair(call: Call) -> str:
    _check_settings(call)
    return (
        f'sklearn::utils::~checked_pair({a.reference(call, "X", _dtype(call, "X"))}, {a.reference(call, "y", _told(call))}, "")'
    )


def _told(call: Call) -> str:
    if a.array_operand(call, "y").rank != 1:
        raise Refusal("BAT103", "`y` is not a vector", "Ravel it.")
    found = a.array_operand(call, "y").dtype
    return "float64" if call.constant("y_numeric", False) and not found.startswith(("int", "float")) else found


def _pair_result(call: Call) -> t.Type:
    return t.Tuple((t.Array(_dtype(call, "X"), 2), t.Array(_told(call), 1)))


def _checks(module: str) -> tuple[Entry, ...]:
    return (
        Entry(
            f"{module}.check_array",
            f"(array: Any, {_SETTINGS}) -> Any",
            _checked,
            result=_checked_result,
            raises=("ValueError",),
            features=("np", *ML),
            case=f"{_DATA}from {module} import check_array\nprint(check_array(X), check_array([[1, 2], [3, 4]]), check_array([[1, 2]], dtype=float))\n"
            "try:\n    check_array(np.array([[1.0, np.nan]]))\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            f"{module}.check_X_y",
            f"(X: Any, y: Any, {_SETTINGS}) -> Any",
            _pair,
            result=_pair_result,
            raises=("ValueError",),
            features=("np", *ML),
            case=f"{_DATA}from {module} import check_X_y\na, b = check_X_y(X, y)\nprint(a, b)\n"
            "try:\n    check_X_y(X, y[:3])\nexcept ValueError as error:\n    print(error)\n"
            "try:\n    check_X_y(np.array([[1.0, np.nan]]), [1])\nexcept ValueError as error:\n    print(error)\n",
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
        *(entry for module in (_MODULE, f"{_MODULE}.validation") for entry in _checks(module)),
    ),
)
