"""The module `sklearn.ensemble`.

## Before
    model = RandomForestClassifier(n_estimators=100, random_state=42).fit(X, y)
## After
    let model = sklearn::RandomForestClassifier::new().n_estimators(100).random_state(Some(42)).fit(&x, &y);
## Same numbers
    the same trees: seeds, row samples and feature orders come from NumPy's stream
## Not handled
    out-of-bag scores, `class_weight`, `warm_start`, `max_leaf_nodes`
"""

from batuta.catalog._aprender import on_both, random_forest
from batuta.catalog._estimators import (
    CLASSIFIER,
    REGRESSOR,
    attribute,
    classifier_methods,
    constructor,
    estimator_class,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Parity, Shelf

_MODULE = "sklearn.ensemble"
_CLASSES = f"{_MODULE}.RandomForestClassifier"
_NUMBERS = f"{_MODULE}.RandomForestRegressor"
_USED = {
    "n_estimators": "",
    "max_depth": "",
    "min_samples_split": "variant",
    "min_samples_leaf": "variant",
    "max_features": "variant",
    "min_impurity_decrease": "",
    "bootstrap": "",
    "random_state": "",
    "max_samples": "variant",
    "n_jobs": "",
}


def _signature(criterion: str, features: str, after: str) -> str:
    return (
        f"(n_estimators: int = 100, *, {criterion}, max_depth: int | None = None, min_samples_split: int | float = 2, "
        "min_samples_leaf: int | float = 1, min_weight_fraction_leaf: Any = 0.0, "
        f"max_features: int | float | str | None = {features}, max_leaf_nodes: Any = None, min_impurity_decrease: float = 0.0, "
        "bootstrap: bool = True, oob_score: Any = False, n_jobs: int | None = None, random_state: int | None = None, "
        "verbose: Any = 0, "
        f"warm_start: Any = False, {after}ccp_alpha: Any = 0.0, max_samples: int | float | None = None, monotonic_cst: Any = "
        f"None)"
    )


_DATA = "import numpy as np\nrng = np.random.RandomState(0)\nX = rng.normal(size=(60, 4))\n"

_BOOSTED = f"{_MODULE}.GradientBoostingClassifier"
_BOOSTED_NUMBERS = f"{_MODULE}.GradientBoostingRegressor"
_BOOSTING = {
    "learning_rate": "",
    "n_estimators": "",
    "min_samples_split": "variant",
    "min_samples_leaf": "variant",
    "max_depth": "",
    "min_impurity_decrease": "",
    "random_state": "",
    "max_features": "variant",
}
_ROUNDS = Parity(
    "close",
    1e-9,
    conditions="no two features divide a node equally well to the last bit",
    caveat="the same rounds; a tie in the last bit of a logarithm or exponential can choose another feature",
)


def _boosting(loss: str, after: str) -> str:
    return (
        f"(*, {loss}, learning_rate: float = 0.1, n_estimators: int = 100, subsample: Any = 1.0, criterion: Any = "
        f"'deprecated', "
        "min_samples_split: int | float = 2, min_samples_leaf: int | float = 1, min_weight_fraction_leaf: Any = 0.0, "
        "max_depth: int | None = 3, min_impurity_decrease: float = 0.0, init: Any = None, random_state: int | None = None, "
        f"max_features: int | float | str | None = None, {after}verbose: Any = 0, max_leaf_nodes: Any = None, warm_start: "
        f"Any = False, "
        "validation_fraction: Any = 0.1, n_iter_no_change: Any = None, tol: Any = 0.0001, ccp_alpha: Any = 0.0)"
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _CLASSES,
            _signature("criterion: str = 'gini'", "'sqrt'", "class_weight: Any = None, "),
            used={"criterion": "", **_USED},
            labelled=True,
            aprender=random_forest,
            case=(
                f"{_DATA}from sklearn.ensemble import RandomForestClassifier\ny = (X[:, 0] + X[:, 1] > 0).astype(int)\n"
                "model = RandomForestClassifier(n_estimators=10, random_state=42).fit(X, y)\n"
                "print(model.predict(X), model.score(X, y))\n"
                "print(model.predict_proba(X[:4]), model.feature_importances_)\n"
            ),
        ),
        *classifier_methods(_CLASSES),
        attribute(_CLASSES, "feature_importances_", "array[float64, 1]", labelled=True),
        attribute(_CLASSES, "n_classes_", "int", labelled=True),
        *parameter_attributes(_CLASSES, labelled=True, n_estimators="int", max_depth="int | None"),
        constructor(
            _NUMBERS,
            _signature("criterion: Any = 'squared_error'", "1.0", ""),
            used=_USED,
            case=(
                f"{_DATA}from sklearn.ensemble import RandomForestRegressor\ny = X[:, 0] * 2.0 - X[:, 2]\n"
                "model = RandomForestRegressor(n_estimators=10, random_state=1).fit(X, y)\nprint(model.predict(X[:5]))\n"
                "print(model.feature_importances_)\n"
            ),
        ),
        *regressor_methods(_NUMBERS),
        attribute(_NUMBERS, "feature_importances_", "array[float64, 1]"),
        *parameter_attributes(_NUMBERS, n_estimators="int", max_depth="int | None"),
        constructor(
            _BOOSTED,
            _boosting("loss: Any = 'log_loss'", ""),
            used=_BOOSTING,
            only={"subsample": (1.0, 1)},
            labelled=True,
            parity=_ROUNDS,
            case=(
                f"{_DATA}from sklearn.ensemble import GradientBoostingClassifier\n"
                f"y = (X[:, 0] + X[:, 1] ** 2 > 0.5).astype(int)\n"
                "model = GradientBoostingClassifier(n_estimators=15, random_state=0).fit(X, y)\n"
                "print(model.predict(X), model.score(X, y))\n"
                "print(np.round(model.predict_proba(X[:4]), 8), np.round(model.feature_importances_, 8))\n"
                "three = np.digitize(X[:, 0], [-0.5, 0.5])\n"
                "model = GradientBoostingClassifier(n_estimators=5, max_depth=2, random_state=0).fit(X, three)\n"
                "print(model.predict(X[:20]), np.round(model.predict_proba(X[:3]), 8))\n"
            ),
        ),
        *classifier_methods(_BOOSTED),
        attribute(_BOOSTED, "feature_importances_", "array[float64, 1]", labelled=True),
        *parameter_attributes(_BOOSTED, labelled=True, n_estimators="int", learning_rate="float"),
        constructor(
            _BOOSTED_NUMBERS,
            _boosting("loss: Any = 'squared_error'", "alpha: Any = 0.9, "),
            used=_BOOSTING,
            only={"subsample": (1.0, 1)},
            ignored=("alpha",),
            parity=_ROUNDS,
            case=(
                f"{_DATA}from sklearn.ensemble import GradientBoostingRegressor\ny = X[:, 0] * 2.0 - X[:, 2]\n"
                "model = GradientBoostingRegressor(n_estimators=20, random_state=0).fit(X, y)\n"
                "print(np.round(model.predict(X[:5]), 8), np.round(model.feature_importances_, 8))\n"
            ),
        ),
        *regressor_methods(_BOOSTED_NUMBERS),
        attribute(_BOOSTED_NUMBERS, "feature_importances_", "array[float64, 1]"),
        *parameter_attributes(_BOOSTED_NUMBERS, n_estimators="int", learning_rate="float"),
    ),
    classes=(
        estimator_class(_BOOSTED, "sklearn::GradientBoostingClassifier", CLASSIFIER),
        estimator_class(_BOOSTED_NUMBERS, "sklearn::GradientBoostingRegressor", REGRESSOR),
        estimator_class(_CLASSES, on_both("RandomForestClassifier"), CLASSIFIER),
        estimator_class(_NUMBERS, "sklearn::RandomForestRegressor", REGRESSOR),
    ),
    refused={
        f"{_MODULE}.AdaBoostClassifier": ("it is not mapped", "Use RandomForestClassifier."),
        f"{_MODULE}.VotingClassifier": ("it is not mapped", "Combine the predictions in the program."),
    },
)
