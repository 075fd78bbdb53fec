"""The module `sklearn.datasets`: the small real data sets, and made ones.

## Before
    X, y = load_iris(return_X_y=True)
## After
    let (x, y) = sklearn::datasets::load_iris().into_pair();
## Same numbers
    the tables are scikit-learn's, to the last bit; made data draw from NumPy's stream
## Not handled
    `as_frame=True` of digits and of made data, `DESCR`, downloads
"""

from collections.abc import Callable
from typing import Final

from batuta.catalog._estimators import ML, refuse_others
from batuta.catalog._tables import REST, frame_type, series_type
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

Template = str | Callable[[Call], str]

_MODULE = "sklearn.datasets"
_BUNCH = "sklearn.utils.Bunch"
_NUMBERS = "sklearn.utils.Bunch of numbers"
_TABLES = "sklearn.utils.Bunch of tables"
_DATA: Final = ("np", "ml", "data")
_FIELDS = {"data": "array[float64, 2]", "feature_names": "list[str]", "target_names": "array[str, 1]"}
_ARRAYS = "sklearn.utils.Bunch with arrays"
_LABELLED = "sklearn.utils.Bunch of labels"
"""What a place holds that has several data sets of classes: these differ in the form of `feature_names`."""
_KEYS = "sklearn.utils.keys of Bunch"
_DIGITS = "sklearn.utils.Bunch of digits"
_INTS = "sklearn::datasets::Bunch<i64>"
_KINDS = {
    _BUNCH: {**_FIELDS, "target": "array[int64, 1]"},
    _ARRAYS: {**_FIELDS, "target": "array[int64, 1]", "feature_names": "array[str, 1]"},
    _DIGITS: {
        "data": _FIELDS["data"],
        "feature_names": "list[str]",
        "images": "array[float64, 3]",
        "target": "array[int64, 1]",
    },
    _NUMBERS: {"data": _FIELDS["data"], "feature_names": "list[str]", "target": "array[float64, 1]"},
    _LABELLED: {"data": _FIELDS["data"], "target": "array[int64, 1]", "target_names": _FIELDS["target_names"]},
}


def _loader(name: str, bunch: str, extra: str = "", field: str = "") -> Entry:
    signature = f"(*, {extra}return_X_y: Any = False, as_frame: Any = False)"
    target = "float64" if bunch == _NUMBERS else "int64"

    def pair(call: Call) -> bool:
        return call.constant("return_X_y") is True

    def tables(call: Call) -> bool:
        return name != "digits" and call.constant("as_frame") is True

    def result(call: Call) -> t.Type:
        held = t.FLOAT if target == "float64" else t.INT
        if tables(call):
            if pair(call):
                return t.Tuple((frame_type([(REST, t.FLOAT)]), series_type(held)))
            return t.Object(_TABLES, (held,))
        if pair(call):
            return t.Tuple((t.Array("float64", 2), t.Array(target, 1)))
        return t.Object(bunch)

    def rust(call: Call) -> str:
        arguments = (f"{{{field}}}" if call.given(field) else "10") if field else ""
        if tables(call):
            return f"pd::DataSet::of(sklearn::datasets::load_{name}())" + (".into_pair()" if pair(call) else "")
        return f"sklearn::datasets::load_{name}({arguments})" + (".into_pair()" if pair(call) else "")

    known = ("return_X_y", *([field] if field else ["as_frame"]))
    others = refuse_others(f"load_{name}", f"{signature} -> Any", known, {}, ())
    return Entry(
        f"{_MODULE}.load_{name}",
        f"{signature} -> Any",
        rust,
        result=result,
        refuse=others,
        features=_DATA,
        cost="low",
        case=(
            f"from sklearn.datasets import load_{name}\ndata = load_{name}()\n"
            f"print(data.data.shape, data.target.shape, data.data[7], data.target[:12])\n"
            f"X, y = load_{name}(return_X_y=True)\nprint(X.sum(), y[-3:], data.feature_names[:2])\n"
        ),
    )


def _field_of_tables(call: Call, name: str) -> t.Type:
    """What a data set of tables has under a name."""
    found = call.type("self")
    assert isinstance(found, t.Object)
    held = found.arguments[0]
    kinds: dict[str, t.Type] = {
        "data": frame_type([(REST, t.FLOAT)]),
        "target": series_type(held),
        "frame": frame_type([(REST, t.FLOAT), ("target", held)]),
        "feature_names": t.List(t.STR),
        "target_names": t.Array("str", 1),
    }
    if name not in kinds:
        raise Refusal("BAT103", f"`{name}` of a data set is not translated", f"Use one of {', '.join(kinds)}.")
    return kinds[name]


def _tables() -> tuple[Entry, ...]:
    me = f'self: Object["{_TABLES}", D]'

    def result(name: str) -> Callable[[Call], t.Type]:
        return lambda call: _field_of_tables(call, name)

    case = (
        "from sklearn.datasets import load_wine, load_diabetes\ndata = load_wine(as_frame=True)\n"
        "print(data.data.shape, data.target.head(3), data.frame.columns.tolist()[-3:], data.feature_names[:2], data.target_names)\n"
        "X, y = load_diabetes(return_X_y=True, as_frame=True)\nprint(X.head(2), y.mean(), data['frame']['target'].sum())\n"
    )
    return (
        *(
            Entry(
                f"{_TABLES}.{name}",
                f"({me}) -> Any",
                f"{{self}}.{name}()",
                kind="attribute",
                result=result(name),
                features=(*_DATA, "pd"),
                case=case,
            )
            for name in ("data", "target", "frame", "feature_names", "target_names")
        ),
        Entry(
            f"{_TABLES}.__getitem__",
            f"({me}, key: Any) -> Any",
            lambda call: f"{{self}}.{call.constant('key')}()",
            kind="method",
            result=lambda call: _field_of_tables(call, str(call.constant("key"))),
            features=(*_DATA, "pd"),
        ),
    )


def _read(kind: str, name: str) -> str:
    if name == "images":
        return "{self}.images()"
    if (kind, name) == ("array[str, 1]", "feature_names"):
        return "ndarray::Array1::from({self}.feature_names.clone())"
    return f"{{self}}.{name}.clone()"


def _field(owner: str, name: str, kind: str) -> Entry:
    return Entry(
        f"{owner}.{name}",
        f'(self: "{owner}") -> {kind}',
        _read(kind, name),
        kind="attribute",
        features=_DATA,
        notes="each use is a copy: data sets are rarely changed in place",
    )


def _keys(owner: str) -> Entry:
    return Entry(
        f"{owner}.keys",
        f'(self: "{owner}") -> "{_KEYS}"',
        "{self}.keys()",
        kind="method",
        features=_DATA,
        case=(
            "from sklearn.datasets import load_iris, load_wine\ndata = load_iris()\nprint(data.keys(), sorted(load_wine().keys()))\n"
            "for key in data.keys():\n    print(key)\n"
            if owner == _BUNCH
            else "from sklearn.datasets import load_breast_cancer, load_iris, load_wine\n"
            "for load in {'iris': load_iris, 'wine': load_wine, 'cancer': load_breast_cancer}.values():\n"
            "    data = load()\n    print(data.data.shape, data.target[::40], data.target_names, data['data'][0, :2], sorted(data.keys())[:2])\n"
            if owner == _LABELLED
            else ""
        ),
    )


def _item(owner: str, kinds: dict[str, str]) -> Entry:
    def name(call: Call) -> str:
        found = call.constant("key")
        if found not in kinds:
            raise Refusal("BAT103", f"`{found}` of a data set is not translated", f"Use one of {', '.join(kinds)}.")
        return str(found)

    return Entry(
        f"{owner}.__getitem__",
        f'(self: "{owner}", key: Any) -> Any',
        lambda call: _read(kinds[name(call)], name(call)),
        result=lambda call: t.parse_type(kinds[name(call)]),
        kind="method",
        features=_DATA,
    )


def _made(
    name: str,
    signature: str,
    rust: Template,
    result: str | Callable[[Call], t.Type],
    case: str,
    ignored: tuple[str, ...] = (),
    used: tuple[str, ...] = (),
) -> Entry:
    return Entry(
        f"{_MODULE}.{name}",
        f"{signature} -> Any",
        rust,
        result=(lambda call: t.parse_type(result)) if isinstance(result, str) else result,
        refuse=refuse_others(name, f"{signature} -> Any", ignored, {}, used),
        effects=("draws",),
        raises=("ValueError",),
        features=ML,
        cost="medium",
        case=case,
    )


def _options(kind: str, names: tuple[str, ...], special: dict[str, str]) -> Callable[[Call], str]:
    def text(call: Call) -> str:
        parts = [f"{name}: {special.get(name, '{' + name + '}')}" for name in names if call.given(name)]
        return f"sklearn::datasets::{kind} {{{{ {', '.join([*parts, '..Default::default()'])} }}}}"

    return text


_PAIR = "tuple[array[float64, 2], array[int64, 1]]"
_THREE = "tuple[array[float64, 2], array[int64, 1], array[float64, 2]]"
_CLASSIFICATION = (
    "n_informative",
    "n_redundant",
    "n_repeated",
    "n_classes",
    "n_clusters_per_class",
    "weights",
    "flip_y",
    "class_sep",
    "hypercube",
    "shift",
    "scale",
    "shuffle",
    "random_state",
)
_REGRESSION = ("n_informative", "bias", "noise", "shuffle", "random_state")
_classification = _options("ClassificationOptions", _CLASSIFICATION, {"weights": "Some({weights})"})
_regression = _options("RegressionOptions", _REGRESSION, {})


def _coef(call: Call) -> bool:
    return call.constant("coef") is True


def _blobs(call: Call) -> str:
    shuffle, seed = "{shuffle}" if call.given("shuffle") else "true", "{random_state}"
    if isinstance(call.type("n_samples"), t.Scalar):
        samples = "&sklearn::datasets::Samples::Whole({n_samples})"
    else:
        samples = "&sklearn::datasets::Samples::of({&n_samples})"
    pair = ".flat()" if call.constant("return_centers") is True else ".0"
    deviation = "&[{cluster_std}]" if call.type("cluster_std") in (t.FLOAT, t.INT) else "&sklearn::numbers({&cluster_std})"
    if call.given("centers") and not isinstance(_centre_type(call), t.Scalar):
        text = f"make_blobs_around({samples}, {{&centers}}, {deviation}, {shuffle}, {seed})"
    else:
        count = "{centers}" if call.given("centers") and call.constant("centers", default=0) is not None else "None"
        low, high = (float(each) for each in call.constant("center_box"))
        text = f"make_blobs({samples}, {{n_features}}, {count}, {deviation}, ({low!r}, {high!r}), {shuffle}, {seed})"
    return f"sklearn::datasets::~{text}{pair}"


def _blobs_result(call: Call) -> t.Type:
    if call.constant("return_centers") is True and call.given("centers"):
        found = call.type("centers")
        while isinstance(found, t.List | t.Sequence):
            found = found.element
        if found == t.INT or isinstance(found, t.Tuple) or (isinstance(found, t.Array) and found.dtype != "float64"):
            if not isinstance(call.type("centers"), t.Scalar):
                raise Refusal("BAT103", "given centres that are ints come back as ints", "Write them as floats.")
    return t.parse_type(_THREE if call.constant("return_centers") is True else _PAIR)


def _centre_type(call: Call) -> t.Type:
    found = call.type("centers")
    return t.INT if found == t.NONE else found


_BLOBS = (
    "(n_samples: {} = 100, n_features: int = 2, *, centers: {}, cluster_std: {}, center_box: Any = (-10.0, 10.0), "
    "shuffle: bool = True, random_state: int | None = None, return_centers: Any = False)"
)
_BLOBS_USED = ("n_samples", "n_features", "centers", "cluster_std", "center_box", "shuffle", "random_state", "return_centers")

SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_tables(),
        *(_loader(each, _BUNCH) for each in ("iris", "wine")),
        _loader("breast_cancer", _ARRAYS),
        _loader("diabetes", _NUMBERS, extra="scaled: Any = True, "),
        _loader("digits", _DIGITS, extra="n_class: int = 10, ", field="n_class"),
        *(_field(owner, name, kind) for owner, kinds in _KINDS.items() for name, kind in kinds.items()),
        *(_item(owner, kinds) for owner, kinds in _KINDS.items()),
        *(_keys(owner) for owner in _KINDS),
        Entry(
            f"{_MODULE}.make_blobs",
            tuple(
                f"{_BLOBS.format(samples, centers, spread)} -> Any"
                for samples in ("int", "list[int]", "arraylike[int64, 1]")
                for centers in ("int | None = None", "arraylike[float64, 2]")
                for spread in ("float = 1.0", "arraylike[float64, 1]")
            ),
            _blobs,
            result=_blobs_result,
            refuse=refuse_others(
                "make_blobs", f"{_BLOBS.format('Any', 'Any = None', 'Any = 1.0')} -> Any", (), {}, _BLOBS_USED
            ),
            effects=("draws",),
            raises=("ValueError",),
            features=ML,
            cost="medium",
            case=(
                "from sklearn.datasets import make_blobs\n"
                "X, y = make_blobs(n_samples=20, centers=3, n_features=2, random_state=0)\nprint(X[:4], y)\n"
                "X, y = make_blobs(n_samples=9, centers=[[0, 0], [5, 5]], cluster_std=0.3, random_state=1)\nprint(X[:4], y)\n"
                "X, y = make_blobs(n_samples=9, centers=3, cluster_std=[0.1, 1.0, 2.0], random_state=1)\nprint(X[:4], y)\n"
                "X, y, c = make_blobs(n_samples=[3, 5], centers=[[0.0, 0.0], [5.0, 5.0]], return_centers=True, random_state=1)\nprint(X, y, c)\n"
                "X, y, c = make_blobs(n_samples=[4, 2, 3], cluster_std=0.5, return_centers=True, random_state=2)\nprint(X, y, c)\n"
            ),
        ),
        *(
            _made(
                name,
                f"(n_samples: int = {count}, {features}*, {noise}random_state: int | None = None{hole})",
                f"sklearn::datasets::~{name}({{n_samples}}, {'{n_features}, ' if features else ''}{'{noise}, ' if noise else ''}{{random_state}})",
                "tuple[array[float64, 2], array[float64, 1]]",
                f"import numpy as np\nfrom sklearn.datasets import {name}\nX, y = {name}(n_samples=12, random_state=3)\n"
                + "print(np.round(X[:3], 8), np.round(y, 8))\n"
                + (
                    f"X, y = {name}(20, noise=0.5, random_state=1)\nprint(np.round(X[-2:], 8), np.round(y[:4], 8))\n"
                    if noise
                    else ""
                ),
                used=("n_samples", "n_features", "noise", "random_state"),
            )
            for name, count, features, noise, hole in (
                ("make_friedman1", 100, "n_features: int = 10, ", "noise: float = 0.0, ", ""),
                ("make_friedman2", 100, "", "noise: float = 0.0, ", ""),
                ("make_friedman3", 100, "", "noise: float = 0.0, ", ""),
                ("make_swiss_roll", 100, "", "noise: float = 0.0, ", ", hole: Any = False"),
                ("make_s_curve", 100, "", "noise: float = 0.0, ", ""),
                ("make_hastie_10_2", 12000, "", "", ""),
            )
        ),
        _made(
            "make_gaussian_quantiles",
            "(*, mean: Any = None, cov: float = 1.0, n_samples: int = 100, n_features: int = 2, n_classes: int = 3, "
            "shuffle: bool = True, random_state: int | None = None)",
            "sklearn::datasets::~make_gaussian_quantiles({cov}, {n_samples}, {n_features}, {n_classes}, {shuffle}, {random_state})",
            _PAIR,
            "import numpy as np\nfrom sklearn.datasets import make_gaussian_quantiles\n"
            "X, y = make_gaussian_quantiles(n_samples=20, random_state=0)\nprint(np.round(X[:4], 8), y)\n"
            "X, y = make_gaussian_quantiles(cov=3.0, n_samples=11, n_features=3, n_classes=2, shuffle=False, random_state=2)\n"
            "print(np.round(X[:3], 8), y)\n",
            used=("cov", "n_samples", "n_features", "n_classes", "shuffle", "random_state"),
        ),
        _made(
            "make_multilabel_classification",
            "(n_samples: int = 100, n_features: int = 20, *, n_classes: int = 5, n_labels: float = 2, length: float = 50, "
            "allow_unlabeled: bool = True, sparse: Any = False, return_indicator: Any = 'dense', return_distributions: Any = False, "
            "random_state: int | None = None)",
            lambda call: (
                f"sklearn::datasets::~make_labelled{'_with_chances' if call.constant('return_distributions') else ''}({{n_samples}}, "
                "{n_features}, {n_classes}, {n_labels}, {length}, {allow_unlabeled}, {random_state})"
            ),
            lambda call: t.parse_type(
                "tuple[array[float64, 2], array[int64, 2], array[float64, 1], array[float64, 2]]"
                if call.constant("return_distributions")
                else "tuple[array[float64, 2], array[int64, 2]]"
            ),
            "from sklearn.datasets import make_multilabel_classification\n"
            "X, Y = make_multilabel_classification(n_samples=12, n_features=6, random_state=0)\nprint(X, Y)\n"
            "X, Y, p, w = make_multilabel_classification(n_samples=6, n_features=4, n_classes=3, n_labels=1, length=20, allow_unlabeled=False,\n"
            "                                            return_distributions=True, random_state=1)\nprint(X, Y, p, w)\n",
            used=(
                "n_samples",
                "n_features",
                "n_classes",
                "n_labels",
                "length",
                "allow_unlabeled",
                "return_distributions",
                "random_state",
            ),
        ),
        _made(
            "make_moons",
            "(n_samples: int = 100, *, shuffle: bool = True, noise: float | None = None, random_state: int | None = None)",
            "sklearn::datasets::~make_moons({n_samples}, {shuffle}, {noise}, {random_state})",
            _PAIR,
            "from sklearn.datasets import make_moons\nX, y = make_moons(n_samples=20, noise=0.1, random_state=0)\n"
            "print(X[:4], y)\n",
            used=("n_samples", "shuffle", "noise", "random_state"),
        ),
        _made(
            "make_circles",
            "(n_samples: int = 100, *, shuffle: bool = True, noise: float | None = None, random_state: int | None = None, "
            "factor: float = 0.8)",
            "sklearn::datasets::~make_circles({n_samples}, {shuffle}, {noise}, {random_state}, {factor})",
            _PAIR,
            "from sklearn.datasets import make_circles\n"
            "X, y = make_circles(n_samples=20, noise=0.1, factor=0.5, random_state=0)\nprint(X[:4], y)\n",
            used=("n_samples", "shuffle", "noise", "random_state", "factor"),
        ),
        _made(
            "make_regression",
            "(n_samples: int = 100, n_features: int = 100, *, n_informative: int = 10, n_targets: Any = 1, bias: float = 0.0, "
            "effective_rank: Any = None, tail_strength: Any = 0.5, noise: float = 0.0, shuffle: bool = True, coef: Any = "
            "False, "
            "random_state: int | None = None)",
            lambda call: (
                f"sklearn::datasets::~make_regression{'_with_coef' if _coef(call) else ''}({{n_samples}}, {{n_features}}, "
                f"{_regression(call)})"
            ),
            lambda call: t.parse_type(
                "tuple[array[float64, 2], array[float64, 1], array[float64, 1]]"
                if _coef(call)
                else "tuple[array[float64, 2], array[float64, 1]]"
            ),
            "import numpy as np\nfrom sklearn.datasets import make_regression\n"
            "X, y = make_regression(n_samples=20, n_features=3, noise=2.0, random_state=0)\n"
            "print(X[:4])\nprint(np.round(y, 8))\n",
            ignored=("tail_strength",),
            used=("n_samples", "n_features", "coef", *_REGRESSION),
        ),
        _made(
            "make_classification",
            "(n_samples: int = 100, n_features: int = 20, *, n_informative: int = 2, n_redundant: int = 2, n_repeated: int = "
            "0, "
            "n_classes: int = 2, n_clusters_per_class: int = 2, weights: list[float] = None, flip_y: float = 0.01, "
            "class_sep: float = 1.0, "
            "hypercube: bool = True, shift: float = 0.0, scale: float = 1.0, shuffle: bool = True, random_state: int | None "
            "= None, "
            "return_X_y: Any = True)",
            lambda call: f"sklearn::datasets::~make_classification({{n_samples}}, {{n_features}}, {_classification(call)})",
            _PAIR,
            "import numpy as np\nfrom sklearn.datasets import make_classification\n"
            "X, y = make_classification(n_samples=30, n_features=5, n_informative=3, random_state=4)\n"
            "print(np.round(X[:4], 10), y)\n",
            used=("n_samples", "n_features", *_CLASSIFICATION),
        ),
    ),
    classes=(
        LibraryClass(_TABLES, "pd::DataSet", mutable=False, features=(*_DATA, "pd")),
        LibraryClass(_KEYS, "sklearn::datasets::Keys", mutable=False, iterates="str", features=("ml", "data")),
        LibraryClass(_BUNCH, _INTS, mutable=False, bases=(_LABELLED,), features=("ml", "data")),
        LibraryClass(_DIGITS, _INTS, mutable=False, features=("ml", "data")),
        LibraryClass(_ARRAYS, _INTS, mutable=False, bases=(_LABELLED,), features=("ml", "data")),
        LibraryClass(_LABELLED, _INTS, mutable=False, features=("ml", "data")),
        LibraryClass(_NUMBERS, "sklearn::datasets::Bunch<f64>", mutable=False, features=("ml", "data")),
    ),
    refused={
        **{f"{each}.DESCR": ("the description is not carried", "Leave it out.") for each in _KINDS},
        f"{_MODULE}.fetch_california_housing": ("it downloads data", "Save the table as CSV and read it."),
        f"{_MODULE}.fetch_openml": ("it downloads data", "Save the table as CSV and read it."),
    },
)
