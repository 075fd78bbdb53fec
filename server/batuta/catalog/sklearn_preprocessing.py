"""The module `sklearn.preprocessing`.

## Before
    X = StandardScaler().fit_transform(X)
## After
    let x = sklearn::StandardScaler::new().fit_transform(&x);
## Same numbers
    equal bits for data in C order: the same sums in the same order
## Not handled
    columns of texts and numbers in one table, sample weights
"""

from dataclasses import replace

from batuta.catalog._aprender import min_max_scaler, on_both, standard_scaler
from batuta.catalog._estimators import (
    ML,
    NAMES,
    TRANSFORMER,
    attribute,
    check_labels,
    constructor,
    estimator_class,
    labels_of_self,
    method,
    parameter_attributes,
    partial_fit,
    refuse_others,
    transformer_methods,
)
from batuta.catalog.entry import Call, Entry, NotYet, Parity, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.preprocessing"
_DATA = "import numpy as np\nX = np.array([[1.0, 200.0], [2.0, 300.0], [3.0, 600.0], [4.0, 700.0]])\n"
_LABELS = f"{_MODULE}.LabelEncoder"
_ME = f'self: Object["{_LABELS}", Y]'


def _case(name: str, arguments: str = "", shown: str = "") -> str:
    return (
        f"{_DATA}from sklearn.preprocessing import {name}\nscaler = {name}({arguments})\nprint(scaler.fit_transform(X))\n"
        f"print(scaler.transform([[2.5, 250.0]]))\n{shown}"
    )


def _vectors(name: str, *names: str) -> tuple[Entry, ...]:
    return tuple(attribute(f"{_MODULE}.{name}", each, "array[float64, 1]") for each in names)


_ONE_HOT = f"{_MODULE}.OneHotEncoder"
_ONE_HOT_ME = f'self: Object["{_ONE_HOT}", Y, S]'
_ONE_HOT_SIGNATURE = (
    "(*, categories: Any = 'auto', drop: str | None = None, sparse_output: bool = True, dtype: Any = None, handle_unknown: "
    "str = 'error', min_frequency: Any = None, max_categories: Any = None, feature_name_combiner: Any = 'concat') -> Any"
)
_SPARSE = t.Object("sparse")
_USED_ONE_HOT = ("categories", "drop", "sparse_output", "handle_unknown")


def _texts_given(call: Call) -> str:
    """The builder call for categories that are written in the call."""
    if not call.given("categories") or call.constant("categories", default=None) == "auto":
        return ""
    columns = call.constant("categories", default=None)
    if not isinstance(columns, list) or not all(
        isinstance(one, list) and all(isinstance(each, str) for each in one) for one in columns
    ):
        raise Refusal(
            "BAT103", f"`categories={call.source('categories')}` is not translated", "Write lists of texts in the call."
        )
    written = ", ".join(f"&[{', '.join(_quoted(each) for each in one)}]" for one in columns)
    return f".categories(sklearn::preprocessing::GivenTexts::new(&[{written}]))"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("{", "{{").replace("}", "}}")
    return f'"{escaped}"'


def _one_hot(call: Call) -> str:
    text = "sklearn::OneHotEncoder::new()" + _texts_given(call)
    if call.given("drop") and call.constant("drop", default=NotImplemented) is not None:
        text += ".drop({drop})"
    return text + "".join(f".{each}({{{each}}})" for each in ("handle_unknown", "sparse_output") if call.given(each))


def _one_hot_type(call: Call) -> t.Type:
    sparse = call.constant("sparse_output", default=None)
    if sparse is None:
        raise Refusal("BAT103", "`sparse_output` must be written in the call", "Write True or False.")
    return t.Object(_ONE_HOT, (t.Variable("Y"), _SPARSE if sparse else t.Object("dense")))


def _one_hot_result(call: Call) -> t.Type:
    found = call.type("self")
    sparse = isinstance(found, t.Object) and found.arguments[1:] == (_SPARSE,)
    return t.Object("scipy.sparse.csr_matrix") if sparse else t.Array("float64", 2)


def _check_one_hot(call: Call) -> None:
    refuse_others("OneHotEncoder", _ONE_HOT_SIGNATURE, _USED_ONE_HOT, {}, ())(call)
    _texts_given(call)


def _check_ordinal(call: Call) -> None:
    refuse_others("OrdinalEncoder", _ORDINAL, ("categories",), {}, ())(call)
    _texts_given(call)


def _text_methods(owner: str, inverse: bool = True) -> tuple[Entry, ...]:
    """The methods of an encoder, each also for tables of texts."""
    made = []
    for entry in transformer_methods(owner, inverse):
        name = entry.name.rpartition(".")[2]
        if (
            name in ("fit", "transform", "fit_transform")
            and isinstance(entry.signature, str)
            and not isinstance(entry.rust, tuple)
        ):
            texts = entry.signature.replace("arraylike[float64, 2]", "arraylike[str, 2]")
            entry = replace(entry, signature=(entry.signature, texts), rust=(entry.rust, f"{{self}}.~{name}_text({{&X}})"))
        made.append(entry)
    made.append(
        Entry(
            f"{owner}.categories_",
            f'(self: "{owner}") -> list[array[str, 1]]',
            "{self}.~text_categories()",
            kind="attribute",
            raises=("AttributeError",),
            features=ML,
            notes="after texts; after numbers the program ends with an error",
        )
    )
    return tuple(made)


_BINARY = f"{_MODULE}.LabelBinarizer"
_SETS = f"{_MODULE}.MultiLabelBinarizer"
_ROWS_OF_LABELS = ("list[list[L]]", "list[set[L]]", "list[tuple[L, ...]]")


def _label(call: Call) -> t.Type:
    """The type of the labels that the object has learned."""
    found = call.type("self")
    if not isinstance(found, t.Object) or not found.arguments:
        raise NotYet
    held = found.arguments[0]
    if held in (t.INT, t.STR):
        return held
    if isinstance(held, t.Unknown | t.Variable) or held == t.NEVER:
        raise NotYet
    raise Refusal("BAT103", f"labels of type {t.show(held)} are not translated", "Use int or str.")


def _sets() -> tuple[Entry, ...]:
    me = f'self: Object["{_SETS}", L]'

    def entry(name: str, result: str) -> Entry:
        return Entry(
            f"{_SETS}.{name}",
            tuple(f"({me}, y: {rows}) -> {result}" for rows in _ROWS_OF_LABELS),
            (f"{{self}}.~{name}({{&y}})",) * len(_ROWS_OF_LABELS),
            kind="method",
            raises=("ValueError",),
            features=ML,
            cost="medium",
        )

    return (
        Entry(
            _SETS,
            (
                f'(*, classes: None = None, sparse_output: bool = False) -> Object["{_SETS}", L]',
                f'(*, classes: list[L], sparse_output: bool = False) -> Object["{_SETS}", L]',
            ),
            ("sklearn::MultiLabelBinarizer::new()", "sklearn::MultiLabelBinarizer::of({&classes})"),
            kind="class",
            refuse=_only_dense,
            features=ML,
            case=(
                "import numpy as np\nfrom sklearn.preprocessing import MultiLabelBinarizer\nmlb = MultiLabelBinarizer()\n"
                "Y = mlb.fit_transform([['sun', 'sea'], ['snow'], [], ['sea', 'snow', 'sea']])\nprint(Y, mlb.classes_, list(mlb.classes_))\n"
                "print(mlb.inverse_transform(np.array([[1, 0, 1], [0, 0, 0]])), mlb.transform([['sun'], ['sea', 'sun']]))\n"
                "print(MultiLabelBinarizer().fit_transform([{'comedy', 'drama'}, {'action'}, {'drama'}]))\n"
                "numbers = MultiLabelBinarizer()\nprint(numbers.fit_transform([(3, 1), (2,), (1, 2, 3)]), numbers.classes_)\n"
                "given = MultiLabelBinarizer(classes=['b', 'a', 'c'])\nprint(given.fit([['a']]).transform([['a'], ['c', 'b']]), given.classes_)\n"
                "for name, row in zip(['x', 'y'], given.inverse_transform(given.transform([['a', 'b'], ['c']]))):\n    print(name, row)\n"
            ),
        ),
        entry("fit", "Self"),
        entry("transform", "array[int64, 2]"),
        entry("fit_transform", "array[int64, 2]"),
        Entry(
            f"{_SETS}.inverse_transform",
            f"({me}, yt: arraylike[float64, 2]) -> Any",
            "{self}.~inverse_transform::<Vec<{type L}>>({&yt})",
            kind="method",
            result=lambda call: t.List(t.Sequence(_label(call))),
            raises=("ValueError",),
            features=ML,
        ),
        Entry(
            f"{_SETS}.classes_",
            f"({me}) -> Any",
            "{self}.~classes_::<{type result}>()",
            kind="attribute",
            result=lambda call: t.Object(NAMES) if _label(call) == t.STR else t.Array("int64", 1),
            raises=("AttributeError",),
            features=ML,
        ),
    )


def _only_dense(call: Call) -> None:
    if call.constant("sparse_output") is not False:
        raise Refusal("BAT103", "`sparse_output=True` is not translated", "Leave it out.")


_STEP = "Callable[[array[float64, 2]], array[float64, 2]]"
_FUNCTION = (
    f"(func: {_STEP} | None = None, inverse_func: {_STEP} | None = None, *, validate: Any = False, accept_sparse: Any = False, "
    "check_inverse: Any = True, feature_names_out: Any = None, kw_args: Any = None, inv_kw_args: Any = None) "
    f'-> "{_MODULE}.FunctionTransformer"'
)
_BINARIZE = "(y: Any, *, classes: Any, neg_label: Any = 0, pos_label: Any = 1, sparse_output: Any = False) -> Any"


def _function(call: Call) -> str:
    text = "sklearn::FunctionTransformer::new()"
    for name in ("func", "inverse_func"):
        if call.given(name) and call.constant(name, default=NotImplemented) is not None:
            text += f".{name}(sklearn::Function::new({{fn {name}}}))"
    return text


def _check_bins(call: Call) -> None:
    if call.constant("encode", default=NotImplemented) not in ("ordinal", "onehot-dense"):
        raise Refusal("BAT103", "sparse matrices are not translated", "Pass `encode='ordinal'` or `encode='onehot-dense'`.")


def _check_binarize(call: Call) -> None:
    refuse_others("label_binarize", _BINARIZE, ("y", "classes"), {}, ())(call)
    check_labels(call, "y", "classes")


_CHANGES = {
    "scale": (
        "StandardScaler",
        "with_mean: bool = True, with_std: bool = True",
        ".with_mean({with_mean}).with_std({with_std})",
    ),
    "minmax_scale": ("MinMaxScaler", "", ""),
    "maxabs_scale": ("MaxAbsScaler", "", ""),
    "normalize": ("Normalizer", "", ".norm({norm})"),
    "binarize": ("Binarizer", "threshold: float = 0.0", ".threshold({threshold})"),
}
"""Functions that do what fitting and transforming one table does."""


def _changed() -> tuple[Entry, ...]:
    made = []
    for name, (title, more, settings) in _CHANGES.items():
        first = "norm: str = 'l2', *, axis: Any = 1" if name == "normalize" else f"*, {more + ', ' if more else ''}"
        axis = "axis: Any = 0, " if name not in ("normalize", "binarize") else ""
        signature = f"(X: arraylike[float64, 2], {first}{', ' if name == 'normalize' else ''}{axis}copy: Any = True) -> array[float64, 2]"
        made.append(
            Entry(
                f"{_MODULE}.{name}",
                signature,
                f"sklearn::{title}::new(){settings}.~fit_transform({{&X}})",
                refuse=refuse_others(name, signature, ("X", "with_mean", "with_std", "norm", "threshold", "copy"), {}, ()),
                raises=("ValueError",),
                features=ML,
                cost="medium",
                case=f"{_DATA}from sklearn.preprocessing import {name}\nprint({name}(X))\n",
            )
        )
    return tuple(made)


_ORDINAL = (
    "(*, categories: Any = 'auto', dtype: Any = None, handle_unknown: Any = 'error', unknown_value: Any = None, "
    f'encoded_missing_value: Any = None, min_frequency: Any = None, max_categories: Any = None) -> "{_MODULE}.OrdinalEncoder"'
)


_POWER, _QUANTILES = f"{_MODULE}.PowerTransformer", f"{_MODULE}.QuantileTransformer"
_SEARCH = Parity("close", 1e-6, caveat="the same search, which stops before the last digits are settled")
_SKEWED = (
    "import numpy as np\nrng = np.random.RandomState(0)\nA = np.exp(rng.normal(size=(60, 3))) * np.array([1.0, 5.0, 0.1])\n"
    "B = A - np.array([0.5, 0.0, 0.3])\n"
)

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            f"{_MODULE}.StandardScaler",
            "(*, copy: Any = True, with_mean: bool = True, with_std: bool = True)",
            used={"with_mean": "", "with_std": ""},
            aprender=standard_scaler,
            cost="medium",
            case=_case("StandardScaler", "", "print(scaler.mean_, scaler.var_, scaler.scale_, scaler.n_samples_seen_)\n"),
        ),
        *transformer_methods(f"{_MODULE}.StandardScaler"),
        partial_fit(f"{_MODULE}.StandardScaler", "other", labelled=False),
        *_vectors("StandardScaler", "mean_", "var_", "scale_"),
        attribute(f"{_MODULE}.StandardScaler", "n_samples_seen_", "numpy[float64]"),
        constructor(
            f"{_MODULE}.MinMaxScaler",
            "(feature_range: tuple[float, float] = (0.0, 1.0), *, copy: Any = True, clip: bool = False)",
            used={"feature_range": "pair", "clip": ""},
            aprender=min_max_scaler,
            cost="medium",
            case=_case(
                "MinMaxScaler",
                "feature_range=(-1, 1)",
                "print(scaler.data_min_, scaler.data_max_, scaler.scale_, scaler.min_)\n",
            ),
        ),
        *transformer_methods(f"{_MODULE}.MinMaxScaler"),
        partial_fit(f"{_MODULE}.MinMaxScaler", "other", labelled=False),
        *_vectors("MinMaxScaler", "data_min_", "data_max_", "data_range_", "scale_", "min_"),
        constructor(
            f"{_MODULE}.MaxAbsScaler",
            "(*, copy: Any = True, clip: bool = False)",
            used={"clip": ""},
            cost="medium",
            case=_case("MaxAbsScaler", "", "print(scaler.max_abs_)\n"),
        ),
        *transformer_methods(f"{_MODULE}.MaxAbsScaler"),
        partial_fit(f"{_MODULE}.MaxAbsScaler", "other", labelled=False),
        *_vectors("MaxAbsScaler", "max_abs_", "scale_"),
        constructor(
            f"{_MODULE}.RobustScaler",
            "(*, with_centering: bool = True, with_scaling: bool = True, quantile_range: "
            "tuple[float, float] = (25.0, 75.0), copy: Any = True, "
            "unit_variance: Any = False)",
            used={"with_centering": "", "with_scaling": "", "quantile_range": "pair"},
            cost="medium",
            case=_case("RobustScaler", "", "print(scaler.center_, scaler.scale_)\n"),
        ),
        *transformer_methods(f"{_MODULE}.RobustScaler"),
        *_vectors("RobustScaler", "center_", "scale_"),
        constructor(
            _POWER,
            "(method: str = 'yeo-johnson', *, standardize: bool = True, copy: Any = True)",
            used={"method": "", "standardize": ""},
            values={"method": ("yeo-johnson", "box-cox")},
            parity=_SEARCH,
            cost="medium",
            case=f"{_SKEWED}from sklearn.preprocessing import PowerTransformer\n"
            "for model in (PowerTransformer(), PowerTransformer(standardize=False), PowerTransformer('box-cox')):\n"
            "    X = A if model.method == 'box-cox' else B\n    Z = model.fit_transform(X)\n"
            "    print(np.round(model.lambdas_, 5), np.round(Z[:3], 5), np.round(model.inverse_transform(Z[:2]) - X[:2], 6) + 0.0)\n"
            "try:\n    PowerTransformer('box-cox').fit(B)\nexcept ValueError as error:\n    print(error)\n",
        ),
        *transformer_methods(_POWER),
        *_vectors("PowerTransformer", "lambdas_"),
        *parameter_attributes(_POWER, method="str", standardize="bool"),
        constructor(
            _QUANTILES,
            "(*, n_quantiles: int = 1000, output_distribution: str = 'uniform', ignore_implicit_zeros: Any = False, "
            "subsample: int | None = 10000, random_state: int | None = None, copy: Any = True)",
            used={"n_quantiles": "", "output_distribution": "", "subsample": "", "random_state": ""},
            values={"output_distribution": ("uniform", "normal")},
            parity=_SEARCH,
            cost="medium",
            case=f"{_SKEWED}from sklearn.preprocessing import QuantileTransformer\n"
            "for model in (QuantileTransformer(n_quantiles=10), QuantileTransformer(n_quantiles=50, output_distribution='normal'),\n"
            "              QuantileTransformer(n_quantiles=20, subsample=30, random_state=3)):\n"
            "    Z = model.fit_transform(B)\n    print(np.round(Z[:4], 8), np.round(model.quantiles_[:2], 8), model.n_quantiles_)\n"
            "    print(np.round(model.inverse_transform(Z[:3]), 7), np.round(model.transform([[-99.0, 0.5, 99.0]]), 7))\n",
        ),
        *transformer_methods(_QUANTILES),
        attribute(_QUANTILES, "quantiles_", "array[float64, 2]"),
        *_vectors("QuantileTransformer", "references_"),
        attribute(_QUANTILES, "n_quantiles_", "int"),
        constructor(
            f"{_MODULE}.Normalizer",
            "(norm: str = 'l2', *, copy: Any = True)",
            used={"norm": ""},
            cost="medium",
            case=_case("Normalizer", "'l1'"),
        ),
        *transformer_methods(f"{_MODULE}.Normalizer", inverse=False),
        constructor(
            f"{_MODULE}.PolynomialFeatures",
            "(degree: int = 2, *, interaction_only: bool = False, include_bias: bool = True, order: Any = 'C')",
            used={"degree": "", "interaction_only": "", "include_bias": ""},
            cost="medium",
            case=_case("PolynomialFeatures", "3", "print(scaler.n_output_features_)\n"),
        ),
        *transformer_methods(f"{_MODULE}.PolynomialFeatures", inverse=False),
        attribute(f"{_MODULE}.PolynomialFeatures", "n_output_features_", "int"),
        method(
            f"{_MODULE}.PolynomialFeatures",
            "get_feature_names_out",
            f'(self: "{_MODULE}.PolynomialFeatures", input_features: list[str] | None = None) -> "{NAMES}"',
            "{self}.~feature_names({input_features})",
        ),
        Entry(
            _ONE_HOT,
            _ONE_HOT_SIGNATURE,
            _one_hot,
            kind="class",
            result=_one_hot_type,
            refuse=_check_one_hot,
            features=ML,
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.preprocessing import OneHotEncoder\n"
                "X = np.array([[1, 10], [2, 20], [1, 30]])\n"
                "print(OneHotEncoder(sparse_output=False).fit_transform(X))\n"
                "print(OneHotEncoder(drop='first', sparse_output=False).fit_transform(X))\n"
                "texts = OneHotEncoder(sparse_output=False, handle_unknown='ignore')\n"
                "print(texts.fit_transform([['red', 's'], ['blue', 'm'], ['red', 'l']]))\n"
                "print(texts.transform([['green', 's']]), texts.categories_[0], texts.get_feature_names_out(['colour', 'size']))\n"
                "sparse = OneHotEncoder(categories=[['s', 'm', 'l']]).fit([['m'], ['s']])\nZ = sparse.transform([['l'], ['m']])\n"
                "print(Z.toarray(), Z.shape, Z.nnz)\nprint(OneHotEncoder(handle_unknown='ignore').fit_transform(X).toarray())\n"
            ),
        ),
        *(
            Entry(
                f"{_ONE_HOT}.{name}",
                tuple(f"({_ONE_HOT_ME}, X: arraylike[{kind}, 2]{more}) -> Any" for kind in ("float64", "str")),
                (f"{{self}}.~{rust}({{&X}})", f"{{self}}.~{name}_text({{&X}})"),
                kind="method",
                result=None if name == "fit" else _one_hot_result,
                raises=("NotFittedError", "ValueError"),
                features=ML,
                cost="medium",
            )
            if name != "fit"
            else Entry(
                f"{_ONE_HOT}.fit",
                tuple(f"({_ONE_HOT_ME}, X: arraylike[{kind}, 2]{more}) -> Self" for kind in ("float64", "str")),
                ("{self}.~fit_alone({&X})", "{self}.~fit_text({&X})"),
                kind="method",
                raises=("ValueError",),
                features=ML,
                cost="medium",
            )
            for name, rust, more in (
                ("fit", "fit_alone", ", y: Any = None"),
                ("transform", "transform", ""),
                ("fit_transform", "fit_transform", ", y: Any = None"),
            )
        ),
        Entry(
            f"{_ONE_HOT}.categories_",
            f"({_ONE_HOT_ME}) -> list[array[str, 1]]",
            "{self}.~text_categories()",
            kind="attribute",
            raises=("AttributeError",),
            features=ML,
            notes="after texts; after numbers the program ends with an error",
        ),
        method(
            _ONE_HOT,
            "get_feature_names_out",
            f'({_ONE_HOT_ME}, input_features: list[str] | None = None) -> "{NAMES}"',
            "{self}.~text_feature_names({input_features})",
            notes="after texts; after numbers the program ends with an error",
        ),
        Entry(
            f"{_MODULE}.OrdinalEncoder",
            _ORDINAL,
            lambda call: f"sklearn::OrdinalEncoder::new(){_texts_given(call)}",
            kind="class",
            refuse=_check_ordinal,
            features=ML,
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.preprocessing import OrdinalEncoder\n"
                "X = np.array([[5.0, 10.0], [2.0, 20.0], [5.0, 10.0]])\n"
                "encoder = OrdinalEncoder()\nprint(encoder.fit_transform(X))\nprint(encoder.inverse_transform([[0.0, 1.0]]))\n"
                "sizes = OrdinalEncoder(categories=[['s', 'm', 'l'], ['red', 'blue']])\n"
                "print(sizes.fit_transform([['m', 'red'], ['l', 'blue']]), sizes.categories_[0])\n"
            ),
        ),
        *_text_methods(f"{_MODULE}.OrdinalEncoder"),
        Entry(
            _LABELS,
            f'() -> Object["{_LABELS}", Y]',
            "sklearn::LabelEncoder::new()",
            kind="class",
            features=ML,
            cost="medium",
            case=(
                "from sklearn.preprocessing import LabelEncoder\nencoder = LabelEncoder()\n"
                'codes = encoder.fit_transform(["red", "green", "blue", "green"])\nprint(codes, encoder.classes_)\n'
                'print(encoder.transform(["blue", "red"]), encoder.inverse_transform([0, 2]))\n'
            ),
        ),
        method(
            _LABELS,
            "fit",
            f"({_ME}, y: Y) -> Self",
            "{self}.~fit({&y})",
            raises=("ValueError",),
            refuse=lambda call: check_labels(call, "y"),
        ),
        method(_LABELS, "transform", f"({_ME}, y: Any) -> array[int64, 1]", "{self}.~transform({&y})"),
        method(
            _LABELS,
            "fit_transform",
            f"({_ME}, y: Y) -> array[int64, 1]",
            "{self}.~fit_transform({&y})",
            raises=("ValueError",),
            refuse=lambda call: check_labels(call, "y"),
        ),
        method(
            _LABELS,
            "inverse_transform",
            f"({_ME}, y: arraylike[int64, 1]) -> Any",
            "{self}.~inverse_transform::<{type result}>({&y})",
            result=labels_of_self,
        ),
        Entry(
            f"{_LABELS}.classes_",
            f"({_ME}) -> Any",
            "{self}.~classes_::<{type result}>()",
            kind="attribute",
            result=labels_of_self,
            raises=("AttributeError",),
            features=ML,
        ),
        constructor(
            f"{_MODULE}.Binarizer",
            "(*, threshold: float = 0.0, copy: Any = True)",
            used={"threshold": ""},
            cost="medium",
            case=_case("Binarizer", "threshold=250.0"),
        ),
        *transformer_methods(f"{_MODULE}.Binarizer", inverse=False),
        constructor(
            f"{_MODULE}.KBinsDiscretizer",
            "(n_bins: int = 5, *, encode: str = 'onehot', strategy: str = 'quantile', quantile_method: str = 'averaged_inverted_cdf', "
            "dtype: Any = None, subsample: Any = 200000, random_state: Any = None)",
            used={"n_bins": "", "encode": "", "strategy": "", "quantile_method": ""},
            ignored=("subsample", "random_state"),
            values={"strategy": ("uniform", "quantile"), "quantile_method": ("averaged_inverted_cdf", "linear")},
            check=_check_bins,
            cost="medium",
            case=(
                f"{_DATA}from sklearn.preprocessing import KBinsDiscretizer\n"
                "X = np.random.RandomState(0).normal(size=(12, 2))\n"
                "bins = KBinsDiscretizer(n_bins=3, encode='ordinal', strategy='uniform')\n"
                "print(bins.fit_transform(X).T, np.round(bins.bin_edges_[0], 8), bins.n_bins_)\n"
                "print(np.round(bins.inverse_transform([[0.0, 2.0]]), 8))\n"
                "dense = KBinsDiscretizer(n_bins=4, encode='onehot-dense')\nprint(dense.fit_transform(X)[:4])\n"
                "print(np.round(dense.bin_edges_[1], 8))\n"
                "linear = KBinsDiscretizer(n_bins=4, encode='ordinal', quantile_method='linear').fit(X)\n"
                "print(np.round(linear.bin_edges_[1], 8), linear.transform(X[:3]))\n"
            ),
        ),
        *transformer_methods(f"{_MODULE}.KBinsDiscretizer"),
        attribute(f"{_MODULE}.KBinsDiscretizer", "bin_edges_", "list[array[float64, 1]]"),
        attribute(f"{_MODULE}.KBinsDiscretizer", "n_bins_", "array[int64, 1]"),
        Entry(
            f"{_MODULE}.FunctionTransformer",
            _FUNCTION,
            _function,
            kind="class",
            refuse=refuse_others(
                "FunctionTransformer", _FUNCTION, ("func", "inverse_func", "validate", "check_inverse"), {}, ()
            ),
            features=ML,
            cost="medium",
            case=(
                f"{_DATA}from sklearn.linear_model import Ridge\nfrom sklearn.pipeline import make_pipeline\n"
                "from sklearn.preprocessing import FunctionTransformer\n"
                "def halves(X):\n    return X / 2\n"
                "log = FunctionTransformer(np.log1p, inverse_func=np.expm1)\nZ = log.fit_transform(X)\n"
                "print(Z, log.inverse_transform(Z))\nprint(FunctionTransformer(halves).fit_transform(X))\n"
                "print(FunctionTransformer(func=lambda X: X ** 2).fit(X).transform(X[:2]), FunctionTransformer().fit_transform(X)[0])\n"
                "model = make_pipeline(FunctionTransformer(np.sqrt), Ridge()).fit(X, X[:, 0])\nprint(np.round(model.predict(X), 8))\n"
            ),
        ),
        *transformer_methods(f"{_MODULE}.FunctionTransformer"),
        Entry(
            _BINARY,
            f'(*, neg_label: Any = 0, pos_label: Any = 1, sparse_output: Any = False) -> Object["{_BINARY}", Y]',
            "sklearn::LabelBinarizer::new()",
            kind="class",
            refuse=refuse_others(
                "LabelBinarizer", "(*, neg_label: Any = 0, pos_label: Any = 1, sparse_output: Any = False) -> Any", (), {}, ()
            ),
            features=ML,
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.preprocessing import LabelBinarizer, label_binarize\nlb = LabelBinarizer()\n"
                "print(lb.fit_transform(['yes', 'no', 'maybe', 'yes']), lb.classes_)\n"
                "print(lb.inverse_transform(np.array([[0, 1, 0], [1, 0, 0]])), lb.transform(['no']))\n"
                "two = LabelBinarizer().fit([1, 5, 1])\nprint(two.transform([5, 1, 5]))\n"
                "print(label_binarize([0, 2, 1, 0], classes=[0, 1, 2]))\n"
            ),
        ),
        *(
            method(
                _BINARY,
                name,
                f'(self: Object["{_BINARY}", Y], {given}) -> {result}',
                f"{{self}}.~{name}({{&y}})",
                raises=("ValueError",),
                refuse=lambda call: check_labels(call, "y"),
            )
            for name, given, result in (
                ("fit", "y: Y", "Self"),
                ("fit_transform", "y: Y", "array[int64, 2]"),
                ("transform", "y: Any", "array[int64, 2]"),
            )
        ),
        method(
            _BINARY,
            "inverse_transform",
            f'(self: Object["{_BINARY}", Y], Y: arraylike[float64, 2], threshold: None = None) -> Any',
            "{self}.~inverse_transform::<{type result}>({&Y})",
            result=labels_of_self,
        ),
        Entry(
            f"{_BINARY}.classes_",
            f'(self: Object["{_BINARY}", Y]) -> Any',
            "{self}.~classes_::<{type result}>()",
            kind="attribute",
            result=labels_of_self,
            raises=("AttributeError",),
            features=ML,
        ),
        Entry(
            f"{_MODULE}.label_binarize",
            "(y: Any, *, classes: Any, neg_label: Any = 0, pos_label: Any = 1, sparse_output: Any = False) -> array[int64, 2]",
            "sklearn::preprocessing::~label_binarize({&y}, {&classes})",
            refuse=_check_binarize,
            raises=("ValueError",),
            features=ML,
            cost="medium",
        ),
        *_sets(),
        *_changed(),
        *parameter_attributes(f"{_MODULE}.PolynomialFeatures", degree="int"),
    ),
    classes=(
        *(
            estimator_class(f"{_MODULE}.{each}", f"sklearn::{each}", TRANSFORMER)
            for each in (
                "MaxAbsScaler",
                "RobustScaler",
                "Normalizer",
                "PolynomialFeatures",
                "OneHotEncoder",
                "OrdinalEncoder",
                "Binarizer",
                "KBinsDiscretizer",
                "FunctionTransformer",
                "PowerTransformer",
                "QuantileTransformer",
            )
        ),
        *(estimator_class(f"{_MODULE}.{each}", on_both(each), TRANSFORMER) for each in ("StandardScaler", "MinMaxScaler")),
        estimator_class(_LABELS, "sklearn::LabelEncoder", ()),
        estimator_class(_BINARY, "sklearn::LabelBinarizer", ()),
        estimator_class(_SETS, "sklearn::MultiLabelBinarizer", ()),
    ),
)
