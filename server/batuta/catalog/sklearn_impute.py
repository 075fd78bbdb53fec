"""The module `sklearn.impute`.

## Before
    X = SimpleImputer(strategy="mean").fit_transform(X)
## After
    let x = sklearn::SimpleImputer::new().strategy("mean".to_string()).fit_transform(&x);
## Same numbers
    equal bits for data in C order
## Not handled
    text columns, `missing_values` other than NaN, indicators, columns without any value
"""

from dataclasses import replace

from batuta.catalog._estimators import (
    SOLVED,
    TRANSFORMER,
    attribute,
    check_nested,
    constructor,
    estimator_class,
    transformer_methods,
)
from batuta.catalog.entry import Shelf

_MODULE = "sklearn.impute"
_NAME = f"{_MODULE}.SimpleImputer"
_NEAR = f"{_MODULE}.KNNImputer"
_ROUNDS = f"{_MODULE}.IterativeImputer"
_HOLES = f"{_MODULE}.MissingIndicator"

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(*, missing_values: Any = None, strategy: str = 'mean', fill_value: Any = None, copy: Any = True, "
            "add_indicator: Any = False, keep_empty_features: Any = False)",
            used={"strategy": "", "fill_value": "variant"},
            only={"missing_values": (None, "numpy.nan")},
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.impute import SimpleImputer\n"
                "X = np.array([[1.0, np.nan], [3.0, 4.0], [np.nan, 8.0], [3.0, 1.0]])\n"
                "for strategy in ['mean', 'median', 'most_frequent']:\n    imputer = SimpleImputer(strategy=strategy)\n"
                "    print(imputer.fit_transform(X), imputer.statistics_)\n"
                "print(SimpleImputer(strategy='constant', fill_value=-1.0).fit_transform(X))\n"
            ),
        ),
        *transformer_methods(_NAME, inverse=False),
        attribute(_NAME, "statistics_", "array[float64, 1]"),
        constructor(
            _NEAR,
            "(*, missing_values: Any = None, n_neighbors: int = 5, weights: str = 'uniform', metric: Any = 'nan_euclidean', "
            "copy: Any = True, add_indicator: Any = False, keep_empty_features: Any = False)",
            used={"n_neighbors": "", "weights": ""},
            only={"missing_values": (None, "numpy.nan")},
            values={"weights": ("uniform", "distance")},
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.impute import KNNImputer\n"
                "X = np.array([[1.0, np.nan, 2.0], [3.0, 4.0, 1.5], [np.nan, 8.0, 5.0], [3.5, 1.0, np.nan], [7.0, 7.5, 4.0]])\n"
                "print(KNNImputer(n_neighbors=2).fit_transform(X))\n"
                "print(np.round(KNNImputer(n_neighbors=3, weights='distance').fit_transform(X), 8))\n"
            ),
        ),
        *transformer_methods(_NEAR, inverse=False),
        constructor(
            _ROUNDS,
            "(estimator: Any = None, *, missing_values: Any = None, sample_posterior: Any = False, max_iter: int = 10, "
            "tol: float = 0.001, n_nearest_features: Any = None, initial_strategy: str = 'mean', fill_value: float | None = None, "
            "imputation_order: str = 'ascending', skip_complete: bool = False, min_value: float | None = None, "
            "max_value: float | None = None, verbose: Any = 0, random_state: int | None = None, add_indicator: Any = False, "
            "keep_empty_features: Any = False)",
            used={
                "estimator": "inner or None",
                **{
                    each: ""
                    for each in (
                        "max_iter",
                        "tol",
                        "initial_strategy",
                        "fill_value",
                        "imputation_order",
                        "skip_complete",
                        "min_value",
                        "max_value",
                        "random_state",
                    )
                },
            },
            only={"missing_values": (None, "numpy.nan")},
            check=check_nested("estimator"),
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.experimental import enable_iterative_imputer\n"
                "from sklearn.impute import IterativeImputer\nfrom sklearn.neighbors import KNeighborsRegressor\n"
                "rng = np.random.RandomState(0)\nX = rng.normal(size=(40, 4))\nX[:, 3] = X[:, 0] - 2 * X[:, 1] + 0.1 * X[:, 3]\n"
                "X[rng.random_sample(X.shape) < 0.15] = np.nan\nimputer = IterativeImputer(random_state=0)\n"
                "print(np.round(imputer.fit_transform(X)[:8], 6), imputer.n_iter_, imputer.n_features_with_missing_)\n"
                "print(np.round(imputer.transform(np.array([[np.nan, 1.0, 0.5, np.nan], [0.1, np.nan, 0.0, 2.0]])), 6))\n"
                "near = IterativeImputer(KNeighborsRegressor(3), max_iter=3, imputation_order='descending', min_value=-1.5)\n"
                "print(np.round(near.fit_transform(X)[-6:], 6), IterativeImputer(max_iter=5, initial_strategy='median').fit(X).n_iter_)\n"
            ),
        ),
        *transformer_methods(_ROUNDS, inverse=False),
        attribute(_ROUNDS, "n_iter_", "int"),
        attribute(_ROUNDS, "n_features_with_missing_", "int"),
        constructor(
            _HOLES,
            "(*, missing_values: Any = None, features: str = 'missing-only', sparse: Any = 'auto', error_on_new: bool = True)",
            used={"features": "", "error_on_new": ""},
            ignored=("sparse",),
            only={"missing_values": (None, "numpy.nan")},
            case=(
                "import numpy as np\nfrom sklearn.impute import MissingIndicator\n"
                "X = np.array([[1.0, np.nan, 3.0], [np.nan, 5.0, 6.0], [7.0, 8.0, 9.0]])\nholes = MissingIndicator()\n"
                "print(holes.fit_transform(X), holes.features_, MissingIndicator(features='all').fit(X).transform(X[:1]))\n"
                "print(holes.transform(X).sum(axis=1).max())\n"
            ),
        ),
        *(
            replace(
                each,
                signature=str(each.signature).replace("-> array[float64, 2]", "-> array[bool, 2]"),
                rust=f"{each.rust}.mapv(|told| told != 0.0)",
            )
            if each.name.endswith("transform")
            else each
            for each in transformer_methods(_HOLES, inverse=False)
        ),
        attribute(_HOLES, "features_", "array[int64, 1]"),
    ),
    classes=(
        estimator_class(_ROUNDS, "sklearn::IterativeImputer", TRANSFORMER),
        # Where a program keeps several kinds, what this one gives would be floats.
        estimator_class(_HOLES, "sklearn::MissingIndicator", ()),
        estimator_class(_NAME, "sklearn::SimpleImputer", TRANSFORMER),
        estimator_class(_NEAR, "sklearn::KNNImputer", TRANSFORMER),
    ),
)
