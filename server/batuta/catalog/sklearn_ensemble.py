"""The module `sklearn.ensemble`.

## Before
    model = RandomForestClassifier(n_estimators=100, random_state=42).fit(X, y)
## After
    let model = sklearn::RandomForestClassifier::new().n_estimators(100).random_state(Some(42)).fit(&x, &y);
## Same numbers
    the same trees: seeds, row samples and feature orders come from NumPy's stream
## Not handled
    `warm_start`, boosting of other estimators than trees,
    bagging of other estimators than trees and neighbours
"""

from dataclasses import replace
from typing import Any

from batuta.catalog._aprender import gradient_boosting, on_both, random_forest
from batuta.catalog._estimators import (
    CLASSIFIER,
    CLUSTERER,
    EXACT,
    ML,
    REGRESSOR,
    attribute,
    classifier_methods,
    constructor,
    decision_function,
    estimator_class,
    method,
    outlier_methods,
    parameter_attributes,
    refuse_others,
    regressor_methods,
    staged,
    with_labels,
)
from batuta.catalog.entry import Call, Entry, NotYet, Parity, Refusal, Shelf
from batuta.catalog.sklearn_pipeline import literal_steps, named_list, steps_text
from batuta.ir import types as t

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
    "oob_score": "",
    "max_leaf_nodes": "",
    "min_weight_fraction_leaf": "",
    "ccp_alpha": "",
}


def _signature(criterion: str, features: str, after: str, bootstrap: bool = True) -> str:
    return (
        f"(n_estimators: int = 100, *, {criterion}, max_depth: int | None = None, min_samples_split: int | float = 2, "
        "min_samples_leaf: int | float = 1, min_weight_fraction_leaf: float = 0.0, "
        f"max_features: int | float | str | None = {features}, max_leaf_nodes: int | None = None, min_impurity_decrease: float = 0.0, "
        f"bootstrap: bool = {bootstrap}, oob_score: bool = False, n_jobs: int | None = None, random_state: int | None = None, "
        "verbose: Any = 0, "
        f"warm_start: Any = False, {after}ccp_alpha: float = 0.0, max_samples: int | float | None = None, monotonic_cst: Any = "
        f"None)"
    )


_DATA = "import numpy as np\nrng = np.random.RandomState(0)\nX = rng.normal(size=(60, 4))\n"

_BOOSTED = f"{_MODULE}.GradientBoostingClassifier"
_BOOSTED_NUMBERS = f"{_MODULE}.GradientBoostingRegressor"
_BOOSTING = {
    "loss": "",
    "learning_rate": "",
    "n_estimators": "",
    "subsample": "",
    "min_samples_split": "variant",
    "min_samples_leaf": "variant",
    "min_weight_fraction_leaf": "",
    "max_depth": "",
    "min_impurity_decrease": "",
    "init": "unless None",
    "random_state": "",
    "max_features": "variant",
    "max_leaf_nodes": "",
    "validation_fraction": "",
    "n_iter_no_change": "",
    "tol": "",
    "ccp_alpha": "",
}
_ROUNDS = Parity(
    "close",
    1e-9,
    conditions="no two features divide a node equally well to the last bit",
    caveat="the same rounds; a tie in the last bit of a logarithm or exponential can choose another feature",
)


_BINNED = f"{_MODULE}.HistGradientBoostingClassifier"
_BINNED_NUMBERS = f"{_MODULE}.HistGradientBoostingRegressor"
_BINNING = (
    "learning_rate",
    "max_iter",
    "max_leaf_nodes",
    "max_depth",
    "min_samples_leaf",
    "l2_regularization",
    "max_bins",
    "validation_fraction",
    "n_iter_no_change",
    "tol",
    "random_state",
)


def _boosting(loss: str, after: str) -> str:
    return (
        f"(*, {loss}, learning_rate: float = 0.1, n_estimators: int = 100, subsample: float = 1.0, criterion: Any = 'deprecated', "
        "min_samples_split: int | float = 2, min_samples_leaf: int | float = 1, min_weight_fraction_leaf: float = 0.0, "
        "max_depth: int | None = 3, min_impurity_decrease: float = 0.0, init: Any = None, random_state: int | None = None, "
        f"max_features: int | float | str | None = None, {after}verbose: Any = 0, max_leaf_nodes: int | None = None, "
        "warm_start: Any = False, validation_fraction: float = 0.1, n_iter_no_change: int | None = None, tol: float = 0.0001, "
        "ccp_alpha: float = 0.0)"
    )


def _check_beginning(call: Call) -> None:
    if call.given("init") and call.constant("init", default=NotImplemented) not in (None, "zero"):
        raise Refusal("BAT103", f"`init={call.source('init')}` is not translated", "Use 'zero', or leave it out.")


_DRAWN = f"{_MODULE}.ExtraTreesClassifier"
_ADA = f"{_MODULE}.AdaBoostClassifier"
_VOTE = f"{_MODULE}.VotingClassifier"
_STACK = f"{_MODULE}.StackingClassifier"
_STACK_NUMBERS = f"{_MODULE}.StackingRegressor"
_BAG = f"{_MODULE}.BaggingClassifier"
_BAG_NUMBERS = f"{_MODULE}.BaggingRegressor"
_ISOLATION = f"{_MODULE}.IsolationForest"
_DRAWN_NUMBERS = f"{_MODULE}.ExtraTreesRegressor"
_ADA_NUMBERS = f"{_MODULE}.AdaBoostRegressor"
_VOTE_NUMBERS = f"{_MODULE}.VotingRegressor"


def _check_drawn(call: Call) -> None:
    """Each round draws a seed for every estimator that has one; those listed have the seeds that scikit-learn's have."""
    if not call.given("estimator") or call.constant("estimator", default=NotImplemented) is None:
        return
    found = call.type("estimator")
    known = ("tree.DecisionTreeRegressor", "linear_model.LinearRegression", "neighbors.KNeighborsRegressor", "svm.SVR")
    if not isinstance(found, t.Object) or found.name not in [f"sklearn.{each}" for each in known]:
        raise Refusal("BAT103", f"boosting of {t.show(found)} is not translated", "Use a DecisionTreeRegressor.")


def _check_ada(call: Call) -> None:
    if not call.given("estimator") or call.constant("estimator", default=NotImplemented) is None:
        return
    found = call.type("estimator")
    if not isinstance(found, t.Object) or found.name != "sklearn.tree.DecisionTreeClassifier":
        raise Refusal("BAT103", f"boosting of {t.show(found)} is not translated", "Use a DecisionTreeClassifier.")


def _members(call: Any) -> str:
    """The named estimators: one by one, or those of a list that the program holds."""
    if named_list(call, "estimators"):
        listed = call.lower(call.literal("estimators"), "ref").replace("{", "{{").replace("}", "}}")
        return f".voters({listed})"
    return steps_text(call, "estimators", "voter")


def _check_bag(call: Call) -> None:
    """Estimators that scikit-learn would fit with weights see the drawn rows only where their Rust form can weigh."""
    if not call.given("estimator") or call.constant("estimator", default=NotImplemented) is None:
        return
    found = call.type("estimator")
    if not isinstance(found, t.Object) or found.name.rpartition(".")[2] not in _BAGGED:
        raise Refusal("BAT103", f"bagging of {t.show(found)} is not translated", f"Use one of {', '.join(_BAGGED)}.")


_BAGGED = (
    "DecisionTreeClassifier",
    "DecisionTreeRegressor",
    "KNeighborsClassifier",
    "KNeighborsRegressor",
    "LinearDiscriminantAnalysis",
    "QuadraticDiscriminantAnalysis",
)


def _bagging(title: str, extra: str) -> Entry:
    return constructor(
        f"{_MODULE}.{title}",
        "(estimator: Any = None, n_estimators: int = 10, *, max_samples: int | float | None = None, "
        "max_features: int | float = 1.0, bootstrap: bool = True, bootstrap_features: bool = False, oob_score: bool = False, "
        "warm_start: Any = False, n_jobs: Any = None, random_state: int | None = None, verbose: Any = 0)",
        used={
            "estimator": "inner",
            "n_estimators": "",
            "max_samples": "variant",
            "max_features": "variant",
            "bootstrap": "",
            "bootstrap_features": "",
            "oob_score": "",
            "random_state": "",
        },
        ignored=("n_jobs",),
        check=_check_bag,
        labelled=title.endswith("Classifier"),
        parity=_ROUNDS,
        case=f"{_DATA}from sklearn.ensemble import {title}\n{extra}",
    )


def _stack(name: str, extra: str, case: str) -> Entry:
    """The constructor of an estimator on others; it knows the type of the one above."""
    title = name.rpartition(".")[2]
    default = "sklearn.linear_model.LogisticRegression" if extra else "sklearn.linear_model.RidgeCV"
    signature = (
        f"(estimators: Any, final_estimator: Any = None, *, cv: int | None = None, {extra}n_jobs: Any = None, "
        "passthrough: bool = False, verbose: Any = 0) -> Any"
    )
    used = ("estimators", "final_estimator", "cv", "stack_method", "n_jobs", "passthrough")
    others = refuse_others(title, signature, used, {}, ())

    def above(call: Call) -> t.Type:
        if call.given("final_estimator") and call.constant("final_estimator", default=NotImplemented) is not None:
            return call.type("final_estimator")
        return t.Object(default, (t.Variable("Z"),) if extra else ())

    def refuse(call: Call) -> None:
        others(call)
        named = [("", above(call)), *([] if named_list(call, "estimators") else literal_steps(call, "estimators"))]
        for _, each in named:
            if not isinstance(each, t.Object) or not each.name.startswith("sklearn."):
                raise Refusal("BAT103", f"stacking of {t.show(each)} is not translated", "Use scikit-learn's estimators.")

    def rust(call: Any) -> str:
        text = f"sklearn::{title}::new(){_members(call)}"
        if call.given("final_estimator") and call.constant("final_estimator", default=NotImplemented) is not None:
            text += ".final_estimator(sklearn::Inner::of({&final_estimator}))"
        return text + "".join(f".{each}({{{each}}})" for each in ("cv", "passthrough", "stack_method") if call.given(each))

    return Entry(
        name,
        signature,
        rust,
        kind="class",
        result=lambda call: t.Object(name, (t.Variable("Y"), above(call))),
        literal=("estimators",),
        refuse=refuse,
        features=ML,
        cost="high",
        parity=_ROUNDS,
        case=case,
    )


def _final(call: Call) -> t.Type:
    found = call.type("self")
    if not isinstance(found, t.Object) or len(found.arguments) < 2:
        raise NotYet
    return with_labels(found.arguments[1], t.Array("int64", 1))


def _two(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The same methods of an object that has two type arguments."""
    return tuple(replace(each, signature=_widened(each.signature)) for each in entries)


def _widened(signature: str | tuple[str, ...]) -> str | tuple[str, ...]:
    if isinstance(signature, tuple):
        return tuple(str(_widened(each)) for each in signature)
    for name in (_STACK, _STACK_NUMBERS):
        signature = signature.replace(f'Object["{name}", Y]', f'Object["{name}", Y, F]').replace(
            f'self: "{name}"', f'self: Object["{name}", Y, F]'
        )
    return signature


def _vote(name: str) -> Entry:
    """The constructor of an ensemble of named estimators."""
    title = name.rpartition(".")[2]
    labelled = name == _VOTE
    extra = "voting: str = 'hard', " if labelled else ""
    signature = (
        f"(estimators: Any, *, {extra}weights: list[float] | None = None, n_jobs: Any = None, "
        f"{'flatten_transform: Any = True, ' if labelled else ''}verbose: Any = False) -> Any"
    )
    others = refuse_others(title, signature, ("estimators", "voting", "weights", "n_jobs", "flatten_transform"), {}, ())

    def refuse(call: Call) -> None:
        others(call)
        for _, each in [] if named_list(call, "estimators") else literal_steps(call, "estimators"):
            if not isinstance(each, t.Object) or not each.name.startswith("sklearn."):
                raise Refusal(
                    "BAT103", f"a voter of type {t.show(each)} is not translated", "Use scikit-learn's estimators as voters."
                )

    def rust(call: Any) -> str:
        text = f"sklearn::{title}::new(){_members(call)}"
        if call.given("voting"):
            text += ".voting({voting})"
        if call.given("weights") and call.constant("weights", default=NotImplemented) is not None:
            values = call.constant("weights")
            text += f".weights(Some(vec![{', '.join(repr(float(each)) for each in values)}]))"
        return text

    models = "[('a', DecisionTreeClassifier(max_depth=2, random_state=0)), ('b', GaussianNB())]"
    numbers = "[('a', DecisionTreeRegressor(max_depth=2, random_state=0)), ('b', LinearRegression())]"
    return Entry(
        name,
        signature,
        rust,
        kind="class",
        result=lambda call: t.Object(name, (t.Variable("Y"),) if labelled else ()),
        literal=("estimators",),
        refuse=refuse,
        features=ML,
        cost="high",
        parity=EXACT,
        case=(
            f"{_DATA}from sklearn.ensemble import VotingClassifier\nfrom sklearn.naive_bayes import GaussianNB\n"
            "from sklearn.tree import DecisionTreeClassifier\ny = np.where(X[:, 0] + X[:, 1] > 0, 'up', 'down')\n"
            f"models = {models}\nvote = VotingClassifier(estimators=models).fit(X, y)\nprint(vote.predict(X[:9]), vote.score(X, y))\n"
            f"soft = VotingClassifier({models}, voting='soft', weights=[2, 1]).fit(X, y)\n"
            "print(soft.predict(X[:9]), np.round(soft.predict_proba(X[:3]), 8), soft.classes_)\n"
            if labelled
            else f"{_DATA}from sklearn.ensemble import VotingRegressor\nfrom sklearn.linear_model import LinearRegression\n"
            f"from sklearn.tree import DecisionTreeRegressor\ny = X[:, 0] * 2.0 - X[:, 2]\n"
            f"vote = VotingRegressor({numbers}).fit(X, y)\n"
            "print(np.round(vote.predict(X[:5]), 8), round(vote.score(X, y), 8))\n"
        ),
    )


_CASE_OF_MEMBERS = (
    "import numpy as np\nfrom sklearn.datasets import load_diabetes, load_iris\nfrom sklearn.ensemble import *\n"
    "from sklearn.linear_model import LogisticRegression, Ridge\nfrom sklearn.pipeline import make_pipeline\n"
    "from sklearn.preprocessing import StandardScaler\nfrom sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor\n"
    "X, y = load_iris(return_X_y=True)\nnames = np.array(['a', 'b', 'c'])\n"
    "vote = VotingClassifier([('tree', DecisionTreeClassifier(max_depth=2, random_state=0)), ('line', make_pipeline(StandardScaler(), LogisticRegression()))])\n"
    "vote.fit(X, names[y])\nprint(vote.predict(X[::60]), list(vote.named_estimators_), len(vote.estimators_))\n"
    "for name, model in vote.named_estimators_.items():\n    print(name, model.predict(X[::60]), round(model.score(X, y), 4))\n"
    "print(vote.named_estimators_['tree'].feature_importances_.round(4), vote.estimators_[0].get_depth())\n"
    "print(vote.named_estimators_['line'][-1].coef_.round(3)[0])\n"
    "stack = StackingClassifier([('one', DecisionTreeClassifier(max_depth=1, random_state=0)), ('two', LogisticRegression(max_iter=500))], cv=3).fit(X, y)\n"
    "print([type(each).__name__ for each in stack.estimators_], stack.named_estimators_['two'].coef_.round(3)[0])\n"
    "bag = BaggingClassifier(DecisionTreeClassifier(max_depth=3), n_estimators=4, random_state=0).fit(X, y)\n"
    "print([each.get_n_leaves() for each in bag.estimators_])\n"
    "X, y = load_diabetes(return_X_y=True)\n"
    "numbers = VotingRegressor([('ridge', Ridge()), ('tree', DecisionTreeRegressor(max_depth=3))]).fit(X, y)\n"
    "print([round(each.score(X, y), 6) for each in numbers.estimators_], numbers.named_estimators_['ridge'].predict(X[:2]).round(4))\n"
    "boost = AdaBoostRegressor(n_estimators=3, random_state=0).fit(X, y)\nprint([round(each.score(X, y), 6) for each in boost.estimators_])\n"
    "drawn = BaggingRegressor(n_estimators=2, random_state=0).fit(X, y)\nprint([round(each.score(X, y), 6) for each in drawn.estimators_])\n"
    "above = StackingRegressor([('ridge', Ridge()), ('tree', DecisionTreeRegressor(max_depth=2))]).fit(X, y)\n"
    "print([round(each.score(X, y), 6) for each in above.estimators_], list(above.named_estimators_))\n"
)


def _fitted_members() -> tuple[Entry, ...]:
    """The fitted estimators: those of classifiers have learned the numbers of the classes."""
    made = []
    for owner, more in (
        (_VOTE, ", Y"),
        (_STACK, ", Y, F"),
        (_BAG, ", Y"),
        (_VOTE_NUMBERS, ""),
        (_STACK_NUMBERS, ", Y, F"),
        (_BAG_NUMBERS, ""),
        (_ADA_NUMBERS, ""),
    ):
        labels = "int64" if owner in (_VOTE, _STACK, _BAG) else "float64"
        held = f'Object["sklearn.base.BaseEstimator", array[{labels}, 1]]'
        me = f'self: Object["{owner}"{more}]' if more else f'self: "{owner}"'
        attributes = [("estimators_", f"list[{held}]", "members")]
        if owner not in (_BAG, _BAG_NUMBERS, _ADA_NUMBERS):
            attributes.append(("named_estimators_", f"dict[str, {held}]", "named_members"))
        made += [
            Entry(
                f"{owner}.{name}",
                f"({me}) -> {kind}",
                f"{{self}}.~{rust}()",
                kind="attribute",
                raises=("AttributeError",),
                features=ML,
                case=_CASE_OF_MEMBERS if owner == _VOTE else "",
            )
            for name, kind, rust in attributes
        ]
    return tuple(made)


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _CLASSES,
            _signature("criterion: str = 'gini'", "'sqrt'", "class_weight: Any = None, "),
            used={"criterion": "", "class_weight": "class weight", **_USED},
            labelled=True,
            aprender=random_forest,
            case=(
                f"{_DATA}from sklearn.ensemble import RandomForestClassifier\ny = (X[:, 0] + X[:, 1] > 0).astype(int)\n"
                "model = RandomForestClassifier(n_estimators=10, random_state=42).fit(X, y)\n"
                "print(model.predict(X), model.score(X, y))\n"
                "print(model.predict_proba(X[:4]), model.feature_importances_)\n"
                "out = RandomForestClassifier(n_estimators=40, oob_score=True, random_state=0).fit(X, y)\n"
                "print(out.oob_score_, np.round(out.oob_decision_function_[:3], 8), [t.get_n_leaves() for t in out.estimators_[:4]])\n"
            ),
        ),
        *classifier_methods(_CLASSES, weighted=True),
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
        *regressor_methods(_NUMBERS, weighted=True),
        attribute(_NUMBERS, "feature_importances_", "array[float64, 1]"),
        *parameter_attributes(_NUMBERS, n_estimators="int", max_depth="int | None"),
        constructor(
            _DRAWN,
            _signature("criterion: str = 'gini'", "'sqrt'", "class_weight: Any = None, ", bootstrap=False),
            used={"criterion": "", "class_weight": "class weight", **_USED},
            labelled=True,
            case=(
                f"{_DATA}from sklearn.ensemble import ExtraTreesClassifier\ny = (X[:, 0] + X[:, 1] > 0).astype(int)\n"
                "model = ExtraTreesClassifier(n_estimators=10, random_state=42).fit(X, y)\n"
                "print(model.predict(X), model.predict_proba(X[:4] + 0.3), model.feature_importances_)\n"
            ),
        ),
        *classifier_methods(_DRAWN, weighted=True),
        attribute(_DRAWN, "feature_importances_", "array[float64, 1]", labelled=True),
        attribute(_DRAWN, "n_classes_", "int", labelled=True),
        *parameter_attributes(_DRAWN, labelled=True, n_estimators="int", max_depth="int | None"),
        constructor(
            _ADA,
            "(estimator: Any = None, *, n_estimators: int = 50, learning_rate: float = 1.0, random_state: int | None = None)",
            used={"estimator": "inner", "n_estimators": "", "learning_rate": "", "random_state": ""},
            check=_check_ada,
            labelled=True,
            parity=_ROUNDS,
            case=(
                f"{_DATA}from sklearn.ensemble import AdaBoostClassifier\nfrom sklearn.tree import DecisionTreeClassifier\n"
                "y = (X[:, 0] + X[:, 1] ** 2 > 0.5).astype(int)\nmodel = AdaBoostClassifier(n_estimators=20).fit(X, y)\n"
                "print(model.predict(X), model.score(X, y), np.round(model.estimator_weights_[:4], 8))\n"
                "print(np.round(model.predict_proba(X[:4]), 8), np.round(model.feature_importances_, 8))\n"
                "three = np.digitize(X[:, 0], [-0.5, 0.5])\nbase = DecisionTreeClassifier(max_depth=2)\n"
                "model = AdaBoostClassifier(estimator=base, n_estimators=6, learning_rate=0.5, random_state=0).fit(X, three)\n"
                "print(model.predict(X[:20]), np.round(model.predict_proba(X[:3]), 8))\n"
            ),
        ),
        *classifier_methods(_ADA),
        *(
            attribute(_ADA, each, "array[float64, 1]", labelled=True)
            for each in ("feature_importances_", "estimator_weights_", "estimator_errors_")
        ),
        attribute(_ADA, "n_classes_", "int", labelled=True),
        *(_vote(each) for each in (_VOTE, _VOTE_NUMBERS)),
        _bagging(
            "BaggingClassifier",
            "from sklearn.neighbors import KNeighborsClassifier\ny = (X[:, 0] + X[:, 1] > 0).astype(int)\n"
            "model = BaggingClassifier(n_estimators=8, random_state=0, oob_score=True).fit(X, y)\n"
            "print(model.predict(X + 0.1), np.round(model.predict_proba(X[:4] + 0.1), 8), model.oob_score_, model.score(X, y))\n"
            "near = BaggingClassifier(KNeighborsClassifier(3), n_estimators=5, max_samples=0.5, max_features=0.5, random_state=1)\n"
            "print(near.fit(X, y).predict_proba(X[:6]), near.classes_)\n",
        ),
        *classifier_methods(_BAG),
        attribute(_BAG, "oob_score_", "float", labelled=True),
        _bagging(
            "BaggingRegressor",
            "y = X[:, 0] * 2.0 - X[:, 2]\nmodel = BaggingRegressor(n_estimators=8, random_state=0, oob_score=True).fit(X, y)\n"
            "print(np.round(model.predict(X[:5] + 0.1), 8), round(model.oob_score_, 8))\n"
            "part = BaggingRegressor(n_estimators=4, bootstrap=False, max_samples=30, max_features=2, random_state=2).fit(X, y)\n"
            "print(np.round(part.predict(X[:5]), 8))\n",
        ),
        *regressor_methods(_BAG_NUMBERS),
        attribute(_BAG_NUMBERS, "oob_score_", "float"),
        _stack(
            _STACK,
            "stack_method: str = 'auto', ",
            f"{_DATA}from sklearn.ensemble import StackingClassifier\nfrom sklearn.linear_model import LogisticRegression\n"
            "from sklearn.naive_bayes import GaussianNB\nfrom sklearn.svm import LinearSVC\n"
            "from sklearn.tree import DecisionTreeClassifier\ny = np.where(X[:, 0] + X[:, 1] > 0, 'up', 'down')\n"
            "models = [('tree', DecisionTreeClassifier(max_depth=2, random_state=0)), ('bayes', GaussianNB()), ('svm', LinearSVC())]\n"
            "print(len(models))\nmodel = StackingClassifier(models, cv=3).fit(X, y)\n"
            "print(model.predict(X[:9]), np.round(model.predict_proba(X[:3]), 6), model.score(X, y))\n"
            "other = StackingClassifier([('nb', GaussianNB())], final_estimator=LogisticRegression(C=2.0), passthrough=True)\n"
            "print(np.round(other.fit(X, y).final_estimator_.coef_, 4))\n",
        ),
        *_two(classifier_methods(_STACK, logarithms=False)),
        _stack(
            _STACK_NUMBERS,
            "",
            f"{_DATA}from sklearn.ensemble import StackingRegressor\nfrom sklearn.linear_model import LinearRegression, Ridge\n"
            "from sklearn.tree import DecisionTreeRegressor\ny = X[:, 0] * 2.0 - X[:, 2]\n"
            "models = [('tree', DecisionTreeRegressor(max_depth=3, random_state=0)), ('line', LinearRegression())]\n"
            "model = StackingRegressor(estimators=models, final_estimator=Ridge(alpha=0.5), cv=4).fit(X, y)\n"
            "print(np.round(model.predict(X[:5]), 6), round(model.score(X, y), 6), np.round(model.final_estimator_.coef_, 6))\n",
        ),
        *_two(regressor_methods(_STACK_NUMBERS)),
        *(
            Entry(
                f"{owner}.final_estimator_",
                f'(self: Object["{owner}", Y, F]) -> Any',
                "{self}.~final_estimator_::<{type result}>()",
                kind="attribute",
                result=_final,
                raises=("AttributeError",),
                features=ML,
            )
            for owner in (_STACK, _STACK_NUMBERS)
        ),
        *_fitted_members(),
        constructor(
            _ISOLATION,
            "(*, n_estimators: int = 100, max_samples: int | float | str = 'auto', contamination: float | str = 'auto', "
            "max_features: Any = 1.0, bootstrap: bool = False, n_jobs: Any = None, random_state: int | None = None, verbose: Any = 0, "
            "warm_start: Any = False)",
            used={
                "n_estimators": "",
                "max_samples": "variant",
                "contamination": "variant",
                "bootstrap": "",
                "random_state": "",
            },
            ignored=("n_jobs",),
            only={"max_features": (1.0,)},
            parity=_ROUNDS,
            case=f"{_DATA}from sklearn.ensemble import IsolationForest\nX = np.r_[X, [[6.0, 6.0, 6.0, 6.0]]]\n"
            "model = IsolationForest(n_estimators=20, random_state=0).fit(X)\n"
            "print(model.predict(X), np.round(model.score_samples(X[-3:]), 8), model.offset_, model.max_samples_)\n"
            "model = IsolationForest(n_estimators=15, contamination=0.1, max_samples=32, random_state=3)\n"
            "print(model.fit_predict(X), np.round(model.decision_function(X[:3]), 8), round(float(model.offset_), 8))\n",
        ),
        *outlier_methods(_ISOLATION),
        attribute(_ISOLATION, "offset_", "numpy[float64]", notes="a plain float with `contamination='auto'`"),
        attribute(_ISOLATION, "max_samples_", "int"),
        constructor(
            _ADA_NUMBERS,
            "(estimator: Any = None, *, n_estimators: int = 50, learning_rate: float = 1.0, loss: str = 'linear', "
            "random_state: int | None = None)",
            used={"estimator": "inner or None", "n_estimators": "", "learning_rate": "", "loss": "", "random_state": ""},
            check=_check_drawn,
            case=f"{_DATA}from sklearn.ensemble import AdaBoostRegressor\nfrom sklearn.tree import DecisionTreeRegressor\n"
            "from sklearn.linear_model import LinearRegression\ny = X[:, 0] * 2.0 - X[:, 2] ** 2\n"
            "for loss in ('linear', 'square', 'exponential'):\n"
            "    model = AdaBoostRegressor(n_estimators=12, loss=loss, random_state=3).fit(X, y)\n"
            "    print(loss, model.predict(X[:9]), round(model.score(X, y), 9), np.round(model.feature_importances_, 9))\n"
            "model = AdaBoostRegressor(DecisionTreeRegressor(max_depth=4), n_estimators=8, learning_rate=0.5, random_state=1).fit(X, y)\n"
            "print(model.predict(X[:5]), np.round(model.estimator_weights_, 9), np.round(model.estimator_errors_, 9), model.n_features_in_)\n"
            "print(np.round(AdaBoostRegressor(LinearRegression(), n_estimators=3, random_state=0).fit(X, y).predict(X[:3]), 7))\n",
        ),
        *regressor_methods(_ADA_NUMBERS),
        *(
            attribute(_ADA_NUMBERS, each, "array[float64, 1]")
            for each in ("feature_importances_", "estimator_weights_", "estimator_errors_")
        ),
        constructor(
            _DRAWN_NUMBERS,
            _signature("criterion: Any = 'squared_error'", "1.0", "", bootstrap=False),
            used=_USED,
            case=(
                f"{_DATA}from sklearn.ensemble import ExtraTreesRegressor\ny = X[:, 0] * 2.0 - X[:, 2]\n"
                "model = ExtraTreesRegressor(n_estimators=10, random_state=1).fit(X, y)\nprint(model.predict(X[:9] + 0.3))\n"
                "print(model.feature_importances_)\nout = ExtraTreesRegressor(40, bootstrap=True, oob_score=True, random_state=0).fit(X, y)\n"
                "print(round(out.oob_score_, 8), np.round(out.oob_prediction_[:3], 8))\nmodel = ExtraTreesRegressor(30, max_features=2, random_state=4).fit(X[:40], y[:40])\n"
                "print(model.predict(X[40:]), [tree.get_depth() for tree in model.estimators_[:5]])\n"
            ),
        ),
        *regressor_methods(_DRAWN_NUMBERS, weighted=True),
        attribute(_DRAWN_NUMBERS, "feature_importances_", "array[float64, 1]"),
        *parameter_attributes(_DRAWN_NUMBERS, n_estimators="int", max_depth="int | None"),
        *(
            attribute(owner, "estimators_", 'list["sklearn.tree.DecisionTreeRegressor"]')
            for owner in (_NUMBERS, _DRAWN_NUMBERS)
        ),
        *(
            attribute(owner, name, kind, labelled=owner in (_CLASSES, _DRAWN))
            for owner in (_CLASSES, _DRAWN, _NUMBERS, _DRAWN_NUMBERS)
            for name, kind in (
                ("oob_score_", "float"),
                ("oob_decision_function_", "array[float64, 2]")
                if owner in (_CLASSES, _DRAWN)
                else ("oob_prediction_", "array[float64, 1]"),
            )
        ),
        attribute(_BOOSTED, "train_score_", "array[float64, 1]", labelled=True),
        attribute(_BOOSTED_NUMBERS, "train_score_", "array[float64, 1]"),
        *staged(_BOOSTED, labelled=True),
        *staged(_BOOSTED_NUMBERS, labelled=False),
        *staged(_ADA, labelled=True, scored=True),
        *(
            method(
                _BOOSTED,
                name,
                f'(self: Object["{_BOOSTED}", Y], X: arraylike[float64, 2]) -> list[array[float64, 2]]',
                f"{{self}}.~{name}({{&X}})",
            )
            for name in ("staged_predict_proba", "staged_decision_function")
        ),
        *(
            attribute(owner, name, kind, labelled=owner == _BOOSTED)
            for owner in (_BOOSTED, _BOOSTED_NUMBERS)
            for name, kind in (
                ("n_estimators_", "int"),
                ("oob_improvement_", "array[float64, 1]"),
                ("oob_scores_", "array[float64, 1]"),
                ("oob_score_", "numpy[float64]"),
            )
        ),
        attribute(
            _CLASSES,
            "estimators_",
            'list[Object["sklearn.tree.DecisionTreeClassifier", array[float64, 1]]]',
            labelled=True,
        ),
        *classifier_methods(_VOTE, logarithms=False),
        *regressor_methods(_VOTE_NUMBERS),
        constructor(
            _BOOSTED,
            _boosting("loss: str = 'log_loss'", ""),
            used=_BOOSTING,
            ignored=("criterion",),
            check=_check_beginning,
            labelled=True,
            parity=_ROUNDS,
            aprender=gradient_boosting,
            case=(
                f"{_DATA}from sklearn.ensemble import GradientBoostingClassifier\n"
                f"y = (X[:, 0] + X[:, 1] ** 2 > 0.5).astype(int)\n"
                "model = GradientBoostingClassifier(n_estimators=15, random_state=0).fit(X, y)\n"
                "print(model.predict(X), model.score(X, y))\n"
                "print(np.round(model.predict_proba(X[:4]), 8), np.round(model.feature_importances_, 8))\n"
                "print(np.round(model.train_score_, 8), [float((p == y).mean()) for p in model.staged_predict(X)])\n"
                "three = np.digitize(X[:, 0], [-0.5, 0.5])\n"
                "model = GradientBoostingClassifier(n_estimators=5, max_depth=2, random_state=0).fit(X, three)\n"
                "print(model.predict(X[:20]), np.round(model.predict_proba(X[:3]), 8))\n"
                "part = GradientBoostingClassifier(n_estimators=9, subsample=0.6, max_leaf_nodes=4, random_state=1).fit(X, y)\n"
                "print(np.round(part.train_score_, 8), np.round(part.oob_improvement_, 8), np.round(part.predict_proba(X[:3]), 8))\n"
                "other = GradientBoostingClassifier(n_estimators=8, loss='exponential', init='zero', max_features='sqrt', random_state=2)\n"
                "print(np.round(other.fit(X, y).predict_proba(X[:3]), 8))\n"
                "early = GradientBoostingClassifier(n_estimators=60, n_iter_no_change=3, random_state=5).fit(X, three)\n"
                "print(early.n_estimators_, np.round(early.predict_proba(X[:3]), 8))\n"
                "print([np.round(p[0], 6) for p in part.staged_predict_proba(X)][-1])\n"
            ),
        ),
        *classifier_methods(_BOOSTED, weighted=True),
        attribute(_BOOSTED, "feature_importances_", "array[float64, 1]", labelled=True),
        *parameter_attributes(_BOOSTED, labelled=True, n_estimators="int", learning_rate="float"),
        constructor(
            _BOOSTED_NUMBERS,
            _boosting("loss: str = 'squared_error'", "alpha: float = 0.9, "),
            used={"alpha": "", **_BOOSTING},
            ignored=("criterion",),
            check=_check_beginning,
            parity=_ROUNDS,
            case=(
                f"{_DATA}from sklearn.ensemble import GradientBoostingRegressor\ny = X[:, 0] * 2.0 - X[:, 2]\n"
                "model = GradientBoostingRegressor(n_estimators=20, random_state=0).fit(X, y)\n"
                "print(np.round(model.predict(X[:5]), 8), np.round(model.feature_importances_, 8))\n"
                "for i, p in enumerate(model.staged_predict(X[:3])):\n    print(i, np.round(p, 8), round(model.train_score_[i], 8))\n"
                "for loss in ('absolute_error', 'huber', 'quantile'):\n"
                "    model = GradientBoostingRegressor(loss=loss, alpha=0.8, n_estimators=12, subsample=0.7, random_state=3).fit(X, y)\n"
                "    print(loss, np.round(model.predict(X[:5]), 8), np.round(model.train_score_[-2:], 8))\n"
                "w = np.arange(1.0, 61.0)\nmodel = GradientBoostingRegressor(loss='huber', n_estimators=8).fit(X, y, sample_weight=w)\n"
                "print(np.round(model.predict(X[:5]), 8))\n"
            ),
        ),
        *regressor_methods(_BOOSTED_NUMBERS, weighted=True),
        attribute(_BOOSTED_NUMBERS, "feature_importances_", "array[float64, 1]"),
        *parameter_attributes(_BOOSTED_NUMBERS, n_estimators="int", learning_rate="float"),
        *(
            constructor(
                owner,
                f"({'loss: str = ' + repr('log_loss' if owner == _BINNED else 'squared_error')}, *, "
                f"{'' if owner == _BINNED else 'quantile: float | None = None, '}learning_rate: float = 0.1, max_iter: int = 100, "
                "max_leaf_nodes: int | None = 31, max_depth: int | None = None, min_samples_leaf: int = 20, "
                "l2_regularization: float = 0.0, max_features: Any = 1.0, max_bins: int = 255, "
                "categorical_features: Any = 'from_dtype', monotonic_cst: Any = None, interaction_cst: Any = None, "
                "warm_start: Any = False, early_stopping: bool | str = 'auto', scoring: Any = 'loss', "
                "validation_fraction: float | None = 0.1, n_iter_no_change: int = 10, tol: float = 1e-07, verbose: Any = 0, "
                f"random_state: int | None = None{', class_weight: Any = None' if owner == _BINNED else ''})",
                used={
                    **({} if owner == _BINNED else {"loss": "", "quantile": ""}),
                    **{each: "" for each in _BINNING},
                    "early_stopping": "variant",
                },
                only={"loss": ("log_loss",), "categorical_features": ("from_dtype", None), "max_features": (1.0, 1)},
                labelled=owner == _BINNED,
                parity=_ROUNDS,
                case=case,
            )
            for owner, case in (
                (
                    _BINNED,
                    "import numpy as np\nfrom sklearn.datasets import load_breast_cancer, load_iris\n"
                    "from sklearn.ensemble import HistGradientBoostingClassifier\nX, y = load_breast_cancer(return_X_y=True)\n"
                    "model = HistGradientBoostingClassifier(max_iter=15, random_state=0).fit(X[:400], y[:400])\n"
                    "print(model.score(X[400:], y[400:]), np.round(model.predict_proba(X[400:404]), 8), model.n_iter_)\n"
                    "X[::5, 3] = np.nan\nmodel = HistGradientBoostingClassifier(max_depth=3, learning_rate=0.3, max_iter=8).fit(X, y)\n"
                    "print(np.round(model.decision_function(X[:6]), 8), model.predict(X[:30]))\n"
                    "X, y = load_iris(return_X_y=True)\n"
                    "model = HistGradientBoostingClassifier(max_iter=60, early_stopping=True, n_iter_no_change=4, random_state=3).fit(X, y)\n"
                    "print(model.n_iter_, np.round(model.validation_score_, 8), np.round(model.predict_proba(X[::40]), 8))\n"
                    "print([float((p == y).mean()) for p in model.staged_predict(X)][:3], model.classes_)\n",
                ),
                (
                    _BINNED_NUMBERS,
                    "import numpy as np\nfrom sklearn.datasets import load_diabetes\n"
                    "from sklearn.ensemble import HistGradientBoostingRegressor\nX, y = load_diabetes(return_X_y=True)\n"
                    "model = HistGradientBoostingRegressor(max_iter=20, max_leaf_nodes=9, l2_regularization=1.5).fit(X, y)\n"
                    "print(np.round(model.predict(X[:6]), 8), round(model.score(X, y), 8))\n"
                    "for loss in ('absolute_error', 'poisson', 'quantile'):\n"
                    "    model = HistGradientBoostingRegressor(loss=loss, quantile=0.8, max_iter=10, min_samples_leaf=8).fit(X, y)\n"
                    "    print(loss, np.round(model.predict(X[:6]), 8))\n"
                    "big = np.random.RandomState(0).normal(size=(700, 2))\nz = big[:, 0] ** 2 + big[:, 1]\n"
                    "model = HistGradientBoostingRegressor(max_bins=40, max_iter=12, early_stopping=True, validation_fraction=None).fit(big, z)\n"
                    "print(model.n_iter_, np.round(model.predict(big[:5]), 8), np.round(model.train_score_[:3], 8))\n",
                ),
            )
        ),
        *classifier_methods(_BINNED, logarithms=False),
        *regressor_methods(_BINNED_NUMBERS),
        decision_function(_BINNED),
        *staged(_BINNED, labelled=True),
        *staged(_BINNED_NUMBERS, labelled=False),
        *(
            attribute(owner, name, kind, labelled=owner == _BINNED)
            for owner in (_BINNED, _BINNED_NUMBERS)
            for name, kind in (
                ("n_iter_", "int"),
                ("n_trees_per_iteration_", "int"),
                ("train_score_", "array[float64, 1]"),
                ("validation_score_", "array[float64, 1]"),
                ("do_early_stopping_", "bool"),
            )
        ),
    ),
    classes=(
        estimator_class(_BINNED, "sklearn::HistGradientBoostingClassifier", CLASSIFIER),
        estimator_class(_BINNED_NUMBERS, "sklearn::HistGradientBoostingRegressor", REGRESSOR),
        estimator_class(_BOOSTED, on_both("GradientBoostingClassifier"), CLASSIFIER),
        estimator_class(_BOOSTED_NUMBERS, "sklearn::GradientBoostingRegressor", REGRESSOR),
        estimator_class(_CLASSES, on_both("RandomForestClassifier"), CLASSIFIER),
        estimator_class(_NUMBERS, "sklearn::RandomForestRegressor", REGRESSOR),
        estimator_class(_DRAWN, "sklearn::ExtraTreesClassifier", CLASSIFIER),
        estimator_class(_ADA, "sklearn::AdaBoostClassifier", CLASSIFIER),
        *(
            estimator_class(
                each, f"sklearn::{each.rpartition('.')[2]}", CLASSIFIER if each.endswith("Classifier") else REGRESSOR
            )
            for each in (_STACK, _STACK_NUMBERS, _BAG, _BAG_NUMBERS, _DRAWN_NUMBERS)
        ),
        estimator_class(_ISOLATION, "sklearn::IsolationForest", CLUSTERER),
        estimator_class(_ADA_NUMBERS, "sklearn::AdaBoostRegressor", REGRESSOR),
        estimator_class(_VOTE, "sklearn::VotingClassifier", CLASSIFIER),
        estimator_class(_VOTE_NUMBERS, "sklearn::VotingRegressor", REGRESSOR),
    ),
)
