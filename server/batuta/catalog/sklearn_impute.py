"""The module `sklearn.impute`: `SimpleImputer`.

## Before
    X = SimpleImputer(strategy="mean").fit_transform(X)
## After
    let x = sklearn::SimpleImputer::new().strategy("mean".to_string()).fit_transform(&x);
## Same numbers
    equal bits for data in C order
## Not handled
    text columns, `missing_values` other than NaN, indicators, columns without any value
"""

from batuta.catalog._estimators import TRANSFORMER, attribute, constructor, estimator_class, transformer_methods
from batuta.catalog.entry import Shelf

_MODULE = "sklearn.impute"
_NAME = f"{_MODULE}.SimpleImputer"
_NEAR = f"{_MODULE}.KNNImputer"

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(*, missing_values: Any = None, strategy: str = 'mean', fill_value: float | None = None, copy: Any = True, "
            "add_indicator: Any = False, keep_empty_features: Any = False)",
            used={"strategy": "", "fill_value": ""},
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
    ),
    classes=(
        estimator_class(_NAME, "sklearn::SimpleImputer", TRANSFORMER),
        estimator_class(_NEAR, "sklearn::KNNImputer", TRANSFORMER),
    ),
)
