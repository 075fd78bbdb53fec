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
    ),
    classes=(estimator_class(_NAME, "sklearn::SimpleImputer", TRANSFORMER),),
    refused={f"{_MODULE}.KNNImputer": ("it is not mapped", "Use SimpleImputer.")},
)
