"""The modules `sklearn.tree` and, below, what forests share with trees.

## Before
    tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, y)
## After
    let tree = sklearn::DecisionTreeClassifier::new().max_depth(Some(3)).random_state(Some(0)).fit(&x, &y);
## Same numbers
    the same tree: the same order of features from NumPy's stream, the same sorting, the same sums, thresholds between
    float32 values
## Not handled
    `monotonic_cst`, other criteria of regressors than the squared error
"""

from batuta.catalog._aprender import decision_tree, on_both
from batuta.catalog._estimators import (
    CLASSIFIER,
    ML,
    REGRESSOR,
    attribute,
    check_labels,
    classifier_methods,
    constructor,
    estimator_class,
    method,
    parameter_attributes,
    regressor_methods,
)
from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.tree"
_CLASSES = f"{_MODULE}.DecisionTreeClassifier"
_NUMBERS = f"{_MODULE}.DecisionTreeRegressor"
_GROWN = f"{_MODULE}.grown tree"
_PATH = f"{_MODULE}.pruning path"
_WAYS = f"{_MODULE}.nodes of rows"
_LIMITS = {
    "max_depth": "",
    "min_samples_split": "variant",
    "min_samples_leaf": "variant",
    "max_features": "variant",
    "min_impurity_decrease": "",
    "random_state": "",
    "ccp_alpha": "",
    "max_leaf_nodes": "",
    "min_weight_fraction_leaf": "",
    "splitter": "",
}
_REST = (
    "splitter: str = 'best', max_depth: int | None = None, min_samples_split: int | float = 2, min_samples_leaf: int | float "
    "= 1, "
    "min_weight_fraction_leaf: float = 0.0, max_features: int | float | str | None = None, random_state: int | None = None, "
    "max_leaf_nodes: int | None = None, min_impurity_decrease: float = 0.0"
)
_DATA = (
    "import numpy as np\n"
    "X = np.array([[1.0, 5.0], [2.0, 1.0], [3.0, 4.0], [4.0, 2.0], [5.0, 3.0], [6.0, 6.0], [7.0, 0.5], [8.0, 3.5]])\n"
)


def _methods_of_trees(owner: str, labelled: bool) -> tuple[Entry, ...]:
    receiver = f'self: Object["{owner}", Y]' if labelled else f'self: "{owner}"'
    return (
        attribute(owner, "feature_importances_", "array[float64, 1]", labelled=labelled),
        method(owner, "apply", f"({receiver}, X: arraylike[float64, 2]) -> array[int64, 1]", "{self}.~apply({&X})"),
        attribute(owner, "tree_", f'"{_GROWN}"', labelled=labelled),
        method(
            owner,
            "cost_complexity_pruning_path",
            f'({receiver}, X: arraylike[float64, 2], y: Any, sample_weight: None = None) -> "{_PATH}"',
            "{self}.~pruning_path({&X}, {&y})",
            raises=("ValueError",),
            refuse=lambda call: check_labels(call, "y"),
        ),
        method(owner, "decision_path", f'({receiver}, X: arraylike[float64, 2]) -> "{_WAYS}"', "{self}.~decision_path({&X})"),
        method(owner, "get_depth", f"({receiver}) -> int", "{self}.~get_depth()", raises=("AttributeError",)),
        method(owner, "get_n_leaves", f"({receiver}) -> numpy[int64]", "{self}.~get_n_leaves()", raises=("AttributeError",)),
    )


_GROWN_KINDS = {
    "node_count": "int",
    "max_depth": "int",
    "n_leaves": "int",
    "feature": "array[int64, 1]",
    "threshold": "array[float64, 1]",
    "children_left": "array[int64, 1]",
    "children_right": "array[int64, 1]",
    "impurity": "array[float64, 1]",
    "n_node_samples": "array[int64, 1]",
    "weighted_n_node_samples": "array[float64, 1]",
    "value": "array[float64, 3]",
    "n_features": "int",
    "n_outputs": "int",
}
_TEXT = (
    "(decision_tree: Any, *, feature_names: Any = None, class_names: Any = None, max_depth: int = 10, spacing: int = 3, "
    "decimals: int = 2, show_weights: bool = False) -> str"
)


def _path_item(call: Call) -> str:
    key = call.constant("key")
    if key not in ("ccp_alphas", "impurities"):
        raise Refusal("BAT103", f"the path has no item {key!r}", "Use `ccp_alphas` or `impurities`.")
    return f"{{self}}.{key}.clone()"


def _export(call: Call) -> str:
    def names(parameter: str) -> str:
        given = call.given(parameter) and call.constant(parameter, default=NotImplemented) is not None
        return f"sklearn::tree::names({{&{parameter}}})" if given else "Vec::new()"

    return (
        f"sklearn::tree::~export_text({{&decision_tree}}, &sklearn::tree::Rules {{{{ features: {names('feature_names')}, "
        f"classes: {names('class_names')}, depth: {{max_depth}}, spacing: {{spacing}}, decimals: {{decimals}}, "
        "weights: {show_weights} }})"
    )


def _check_export(call: Call) -> None:
    found = call.type("decision_tree")
    if not isinstance(found, t.Object) or found.name not in (_CLASSES, _NUMBERS):
        raise Refusal("BAT103", f"the rules of {t.show(found)} are not translated", "Pass a decision tree.")


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _CLASSES,
            f"(*, criterion: str = 'gini', {_REST}, class_weight: Any = None, ccp_alpha: float = 0.0, monotonic_cst: Any = None)",
            used={"criterion": "", "class_weight": "class weight", **_LIMITS},
            labelled=True,
            aprender=decision_tree,
            case=(
                f"{_DATA}from sklearn.tree import DecisionTreeClassifier\ny = np.array([0, 1, 0, 1, 1, 2, 2, 2])\n"
                "tree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(X, y)\n"
                "print(tree.predict(X), tree.score(X, y))\n"
                "print(tree.predict_proba([[4.5, 2.5]]), tree.feature_importances_, tree.get_depth(), tree.get_n_leaves())\n"
                "print(tree.tree_.value, tree.tree_.weighted_n_node_samples)\nways = tree.decision_path(X[:3])\n"
                "print(ways.toarray(), ways.indices, ways.indptr, ways.shape)\n"
                "few = DecisionTreeClassifier(max_leaf_nodes=3, class_weight={0: 1, 1: 3}, random_state=1).fit(X, y)\n"
                "print(few.tree_.node_count, few.tree_.feature, np.round(few.tree_.threshold, 6), few.predict(X))\n"
                "drawn = DecisionTreeClassifier(splitter='random', min_weight_fraction_leaf=0.1, random_state=4)\n"
                "print(drawn.fit(X, y, sample_weight=[1, 2, 1, 1, 3, 1, 1, 1]).tree_.threshold, drawn.predict_proba(X))\n"
            ),
        ),
        *classifier_methods(_CLASSES, weighted=True),
        *_methods_of_trees(_CLASSES, True),
        attribute(_CLASSES, "n_classes_", "numpy[int64]", labelled=True),
        *parameter_attributes(_CLASSES, labelled=True, max_depth="int | None"),
        constructor(
            _NUMBERS,
            f"(*, criterion: Any = 'squared_error', {_REST}, ccp_alpha: float = 0.0, monotonic_cst: Any = None)",
            used=_LIMITS,
            case=(
                f"{_DATA}from sklearn.tree import DecisionTreeRegressor\n"
                f"y = np.array([1.0, 2.5, 3.0, 2.0, 5.5, 6.0, 8.0, 7.5])\n"
                "tree = DecisionTreeRegressor(max_depth=2, random_state=0).fit(X, y)\n"
                "print(tree.predict(X), round(tree.score(X, y), 10))\n"
                "print(tree.feature_importances_, tree.get_depth(), tree.get_n_leaves())\n"
            ),
        ),
        *regressor_methods(_NUMBERS, weighted=True),
        *_methods_of_trees(_NUMBERS, False),
        Entry(
            f"{_MODULE}.export_text",
            _TEXT,
            _export,
            refuse=_check_export,
            raises=("NotFittedError", "ValueError"),
            features=ML,
            case=(
                f"{_DATA}from sklearn.datasets import load_iris\n"
                "from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor, export_text\n"
                "iris = load_iris()\ntree = DecisionTreeClassifier(max_depth=3, random_state=0).fit(iris.data, iris.target)\n"
                "print(export_text(tree, feature_names=list(iris.feature_names)))\n"
                "print(export_text(tree, class_names=iris.target_names, max_depth=1, show_weights=True, decimals=1, spacing=2))\n"
                "line = DecisionTreeRegressor(random_state=0).fit(X, X[:, 0] * 2)\nprint(export_text(line))\n"
                "print(tree.apply(iris.data[::25]), tree.tree_.node_count, tree.tree_.feature, tree.tree_.n_node_samples)\n"
                "print(np.round(tree.tree_.threshold, 6), tree.tree_.children_left)\n"
                "full = DecisionTreeClassifier(random_state=0)\npath = full.cost_complexity_pruning_path(iris.data, iris.target)\n"
                "print(np.round(path.ccp_alphas, 8), np.round(path['impurities'], 8))\n"
                "for alpha in path.ccp_alphas:\n"
                "    cut = DecisionTreeClassifier(random_state=0, ccp_alpha=alpha).fit(iris.data, iris.target)\n"
                "    print(cut.tree_.node_count, cut.score(iris.data, iris.target), cut.get_depth())\n"
            ),
        ),
        *(
            Entry(f"{_GROWN}.{name}", f'(self: "{_GROWN}") -> {kind}', f"{{self}}.{name}()", kind="attribute", features=ML)
            for name, kind in _GROWN_KINDS.items()
        ),
        *(
            Entry(
                f"{_PATH}.{name}",
                f'(self: "{_PATH}") -> array[float64, 1]',
                f"{{self}}.{name}.clone()",
                kind="attribute",
                features=ML,
            )
            for name in ("ccp_alphas", "impurities")
        ),
        *(
            Entry(f"{_WAYS}.{name}", f'(self: "{_WAYS}") -> {kind}', f"{{self}}.{name}()", kind="attribute", features=ML)
            for name, kind in (
                ("indices", "array[int32, 1]"),
                ("indptr", "array[int32, 1]"),
                ("shape", "tuple[int, int]"),
                ("nnz", "int"),
            )
        ),
        Entry(f"{_WAYS}.toarray", f'(self: "{_WAYS}") -> array[int64, 2]', "{self}.toarray()", kind="method", features=ML),
        Entry(
            f"{_WAYS}.__getitem__",
            f'(self: "{_WAYS}", key: int) -> "{_WAYS}"',
            "{self}.~at({key})",
            kind="method",
            raises=("IndexError",),
            features=ML,
        ),
        Entry(
            f"{_PATH}.__getitem__",
            f'(self: "{_PATH}", key: str) -> array[float64, 1]',
            _path_item,
            kind="method",
            features=ML,
        ),
        *parameter_attributes(_NUMBERS, max_depth="int | None"),
    ),
    classes=(
        estimator_class(_CLASSES, on_both("DecisionTreeClassifier"), CLASSIFIER),
        estimator_class(_NUMBERS, "sklearn::DecisionTreeRegressor", REGRESSOR),
        LibraryClass(_GROWN, "sklearn::tree::Grown", mutable=False, features=("ml",)),
        LibraryClass(_WAYS, "sklearn::tree::Ways", mutable=False, features=("ml",)),
        LibraryClass(_PATH, "sklearn::tree::PruningPath", mutable=False, features=("ml",)),
    ),
)
