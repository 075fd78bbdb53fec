"""The modules `sklearn.tree` and, below, what forests share with trees.

## Before
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, y)
## After
    let tree = sklearn::DecisionTreeClassifier::new().max_depth(Some(3)).random_state(Some(0)).fit(&x, &y);
## Same numbers
    the same tree: the same order of features from NumPy's stream, the same sorting, the same sums, thresholds between
    float32 values
## Not handled
    `max_leaf_nodes`, `ccp_alpha`, `monotonic_cst`, `splitter="random"`, sample weights
"""

from batuta.catalog._aprender import decision_tree, on_both
from batuta.catalog._estimators import (
    CLASSIFIER,
    REGRESSOR,
    attribute,
    classifier_methods,
    constructor,
    estimator_class,
    method,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Entry, Shelf

_MODULE = "sklearn.tree"
_CLASSES = f"{_MODULE}.DecisionTreeClassifier"
_NUMBERS = f"{_MODULE}.DecisionTreeRegressor"
_LIMITS = {
    "max_depth": "",
    "min_samples_split": "variant",
    "min_samples_leaf": "variant",
    "max_features": "variant",
    "min_impurity_decrease": "",
    "random_state": "",
}
_REST = (
    "splitter: Any = 'best', max_depth: int | None = None, min_samples_split: int | float = 2, min_samples_leaf: int | float "
    "= 1, "
    "min_weight_fraction_leaf: Any = 0.0, max_features: int | float | str | None = None, random_state: int | None = None, "
    "max_leaf_nodes: Any = None, min_impurity_decrease: float = 0.0"
)
_DATA = (
    "import numpy as np\n"
    "X = np.array([[1.0, 5.0], [2.0, 1.0], [3.0, 4.0], [4.0, 2.0], [5.0, 3.0], [6.0, 6.0], [7.0, 0.5], [8.0, 3.5]])\n"
)


def _methods_of_trees(owner: str, labelled: bool) -> tuple[Entry, ...]:
    receiver = f'self: Object["{owner}", Y]' if labelled else f'self: "{owner}"'
    return (
        attribute(owner, "feature_importances_", "array[float64, 1]", labelled=labelled),
        method(owner, "get_depth", f"({receiver}) -> int", "{self}.~get_depth()", raises=("AttributeError",)),
        method(owner, "get_n_leaves", f"({receiver}) -> numpy[int64]", "{self}.~get_n_leaves()", raises=("AttributeError",)),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _CLASSES,
            f"(*, criterion: str = 'gini', {_REST}, class_weight: str | None = None, ccp_alpha: Any = 0.0, monotonic_cst: Any = None)",
            used={"criterion": "", "class_weight": "", **_LIMITS},
            labelled=True,
            aprender=decision_tree,
            case=(
                f"{_DATA}from sklearn.tree import DecisionTreeClassifier\ny = np.array([0, 1, 0, 1, 1, 2, 2, 2])\n"
                "tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, y)\n"
                "print(tree.predict(X), tree.score(X, y))\n"
                "print(tree.predict_proba([[4.5, 2.5]]), tree.feature_importances_, tree.get_depth(), tree.get_n_leaves())\n"
            ),
        ),
        *classifier_methods(_CLASSES),
        *_methods_of_trees(_CLASSES, True),
        attribute(_CLASSES, "n_classes_", "numpy[int64]", labelled=True),
        *parameter_attributes(_CLASSES, labelled=True, max_depth="int | None"),
        constructor(
            _NUMBERS,
            f"(*, criterion: Any = 'squared_error', {_REST}, ccp_alpha: Any = 0.0, monotonic_cst: Any = None)",
            used=_LIMITS,
            case=(
                f"{_DATA}from sklearn.tree import DecisionTreeRegressor\n"
                f"y = np.array([1.0, 2.5, 3.0, 2.0, 5.5, 6.0, 8.0, 7.5])\n"
                "tree = DecisionTreeRegressor(max_depth=2, random_state=0).fit(X, y)\n"
                "print(tree.predict(X), round(tree.score(X, y), 10))\n"
                "print(tree.feature_importances_, tree.get_depth(), tree.get_n_leaves())\n"
            ),
        ),
        *regressor_methods(_NUMBERS),
        *_methods_of_trees(_NUMBERS, False),
        *parameter_attributes(_NUMBERS, max_depth="int | None"),
    ),
    classes=(
        estimator_class(_CLASSES, on_both("DecisionTreeClassifier"), CLASSIFIER),
        estimator_class(_NUMBERS, "sklearn::DecisionTreeRegressor", REGRESSOR),
    ),
)
