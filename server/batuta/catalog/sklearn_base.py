"""The module `sklearn.base`: what estimators of one role have in common.

A variable that holds now a Ridge and now a Lasso is translated as a handle to an estimator of any kind. Methods are those of
the role; attributes of one class only (`coef_`) need a variable of that class.

## Before
    for model in [Ridge(), Lasso(alpha=0.1)]:
        print(model.fit(X, y).score(X, y))
## After
    for model in [sklearn::Model::from(sklearn::Ridge::new()), sklearn::Model::from(sklearn::Lasso::new().alpha(0.1))] {
        py::print!("{}", py::Float(model.fit(&x, &y).score(&x, &y)));
    }
## Same numbers
    those of the estimators
## Not handled
    classes of the program's own that derive from these are ordinary classes with the inherited methods; they can be steps of
    a pipeline when `__init__` keeps each parameter under its name and they derive from no other class of the program
"""

from dataclasses import replace
from typing import Any

from batuta.catalog._estimators import (
    ML,
    PREDICTOR,
    attribute,
    check_labels,
    check_values,
    classifier_methods,
    clusterer_methods,
    decision_function,
    estimator_class,
    labels_of_self,
    method,
    partial_fit,
    regressor_methods,
    set_parameters,
    staged,
    supervised_transformer_methods,
)
from batuta.catalog._own_estimators import is_estimator
from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.base"
_ANY = f"{_MODULE}.BaseEstimator"
_ME = f'self: Object["{_ANY}", Y]'
_EITHER = f'self: Object["{PREDICTOR}", Y]'
_ROWS = "X: arraylike[float64, 2]"
_TEXTS = "X: arraylike[str, 1]"
_POOL = "&sklearn::texts({&X})"
"""Texts travel through pipelines as places in a pool."""


def _check(call: Call) -> None:
    check_labels(call, "y")


def _shared(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Without what the handle of any kind does not know."""
    return tuple(each for each in entries if not each.name.endswith(".n_features_in_"))


def _check_clone(call: Call) -> None:
    found = call.type("estimator")
    if not is_estimator(call, found):
        raise Refusal("BAT103", f"a clone of {t.show(found)} is not translated", "Make a new object.")


_CASE = (
    "import numpy as np\nfrom sklearn.linear_model import Lasso, LinearRegression, Ridge\n"
    "from sklearn.preprocessing import MinMaxScaler, StandardScaler\n"
    "X = np.array([[1.0, 2.0], [2.0, 0.5], [3.0, 4.0], [4.0, 1.0]])\ny = np.array([3.1, 2.4, 7.2, 5.0])\n"
    "for model in [Ridge(alpha=0.5), Lasso(alpha=0.1), LinearRegression()]:\n    model.fit(X, y)\n"
    "    print(type(model).__name__, round(model.score(X, y), 6), np.round(model.coef_, 6), model)\n"
    "for scaler in (StandardScaler(), MinMaxScaler()):\n    print(scaler.fit_transform(X)[0])\n"
)


_CASE_OF_ANY = (
    "import numpy as np\nfrom sklearn.datasets import load_iris\n"
    "from sklearn.ensemble import IsolationForest, RandomForestClassifier, StackingClassifier\n"
    "from sklearn.feature_extraction.text import CountVectorizer\nfrom sklearn.linear_model import LogisticRegression\n"
    "from sklearn.naive_bayes import GaussianNB, MultinomialNB\nfrom sklearn.neighbors import LocalOutlierFactor\n"
    "from sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import MinMaxScaler, StandardScaler\n"
    "from sklearn.svm import OneClassSVM\nfrom sklearn.tree import DecisionTreeClassifier\n"
    "X, y = load_iris(return_X_y=True)\nX, y = X[:100], y[:100]\n"
    "def told(model):\n    model.fit(X, y)\n    return model.classes_, np.round(model.decision_function(X[::40]), 4)\n"
    "print(told(LogisticRegression()), told(make_pipeline(StandardScaler(), LogisticRegression(C=2.0))))\n"
    "models = {'tree': make_pipeline(StandardScaler(), DecisionTreeClassifier(random_state=0)),\n"
    "          'forest': make_pipeline(MinMaxScaler(), RandomForestClassifier(n_estimators=5, random_state=0)),\n"
    "          'single': DecisionTreeClassifier(max_depth=1, random_state=0),\n"
    "          'stack': StackingClassifier([('a', GaussianNB()), ('b', LogisticRegression())], final_estimator=LogisticRegression(C=3.0))}\n"
    "for name in sorted(models):\n    model = models[name]\n    model.fit(X, y)\n    if name == 'forest':\n"
    "        print(np.round(model.named_steps['randomforestclassifier'].feature_importances_, 4))\n"
    "    if name == 'stack':\n        print(model.final_estimator_)\n"
    "def found(detector):\n    detector.fit(X)\n    return detector.predict(X[::30]), np.round(detector.decision_function(X[::30]), 4)\n"
    "print(found(OneClassSVM(nu=0.2, gamma=0.5)), found(IsolationForest(n_estimators=10, random_state=0)))\n"
)
"""What is asked of places that hold estimators of several kinds."""
_CASE_OF_FAMILY = (
    "import numpy as np\nfrom sklearn.datasets import load_iris\nfrom sklearn.decomposition import PCA\n"
    "from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier, VotingClassifier\n"
    "from sklearn.feature_selection import SelectKBest\nfrom sklearn.linear_model import LogisticRegression\n"
    "from sklearn.naive_bayes import GaussianNB\nfrom sklearn.pipeline import make_pipeline\n"
    "from sklearn.preprocessing import MinMaxScaler, StandardScaler\nX, y = load_iris(return_X_y=True)\n"
    "models = [('forest', RandomForestClassifier(n_estimators=20, oob_score=True, random_state=0)), ('linear', LogisticRegression(max_iter=500)),\n"
    "          ('boost', AdaBoostClassifier(n_estimators=5, random_state=0)), ('bayes', GaussianNB())]\n"
    "for name, model in models:\n    model.fit(X, y)\n    print(name, round(model.score(X, y), 4))\nfitted = dict(models)\n"
    "print(round(fitted['forest'].oob_score_, 4), fitted['linear'].n_iter_.shape, fitted['bayes'].theta_.round(3)[0])\n"
    "print([round(each, 3) for each in fitted['boost'].staged_score(X, y)], fitted['boost'].estimator_weights_.round(3))\n"
    "try:\n    print(fitted['linear'].oob_score_)\nexcept AttributeError as error:\n    print(error)\n"
    "pipes = {'a': make_pipeline(StandardScaler(), PCA(2), LogisticRegression()), 'b': make_pipeline(MinMaxScaler(), SelectKBest(k=2), GaussianNB())}\n"
    "for pipe in pipes.values():\n    pipe.fit(X, y)\nprint(pipes['a'][1].explained_variance_ratio_.round(4), pipes['a'][0].mean_, pipes['b'][-1].var_.shape)\n"
    "print(pipes['b'][1].get_support(), pipes['b']['selectkbest'].get_support(indices=True), pipes['a']['pca'].components_.shape)\n"
)
"""Members that only some classes have, of places that hold several."""


def _with_case_of_any(entry: Entry) -> Entry:
    return replace(entry, case=_CASE_OF_ANY)


def _with_case(entry: Entry) -> Entry:
    return replace(entry, case=_CASE) if entry.name.endswith("RegressorMixin.fit") else entry


def _of_rows_or_texts(entry: Entry) -> Entry:
    """A method that takes rows, for texts as well: the first step of a pipeline makes rows of them."""
    assert isinstance(entry.signature, str) and isinstance(entry.rust, str)
    forms = (entry.signature, entry.signature.replace(_ROWS, _TEXTS))
    return replace(entry, signature=forms, rust=(entry.rust, entry.rust.replace("{&X}", _POOL)))


def _predict() -> Entry:
    found = next(each for each in classifier_methods(_ANY) if each.name.endswith(".predict"))
    return _of_rows_or_texts(found)


def _predict_either() -> Entry:
    """Labels that are numbers come back as those of a regressor do; others have another type."""

    def refuse(call: Call) -> None:
        if labels_of_self(call) != t.Array("float64", 1):
            raise Refusal(
                "BAT103",
                "one place holds classifiers and regressors, which predict values of different types",
                "Use a place of its own for each sort.",
            )

    found = next(each for each in classifier_methods(PREDICTOR) if each.name.endswith(".predict"))
    return replace(found, refuse=refuse)


_HOLDER = f"{_MODULE}.named steps"


def _weights(call: Call) -> tuple[t.Type, str]:
    """`coef_` where the role is told by what is predicted: floats by regressors."""
    numbers = labels_of_self(call) == t.Array("float64", 1)
    return (t.Array("float64", 1), "line") if numbers else (t.Array("float64", 2), "table")


def _of_any() -> tuple[Entry, ...]:
    """What is read from a place that holds pipelines and other estimators."""
    made = []
    for owner in (_ANY, f"{_MODULE}.ClassifierMixin"):
        me = f'self: Object["{owner}", Y]'

        def entry(name: str, kind: str, rust: Any, me: str = me, owner: str = owner, **more: Any) -> Entry:
            return Entry(
                f"{owner}.{name}", f"({me}) -> {kind}", rust, kind="attribute", raises=("AttributeError",), features=ML, **more
            )

        if owner != f"{_MODULE}.ClassifierMixin":
            made.append(entry("named_steps", f'Object["{_HOLDER}", Y]', "{self}.clone()"))
        made.append(entry("final_estimator_", f'Object["{_ANY}", Y]', '{self}.~inside("final_estimator_")'))
        if owner != f"{_MODULE}.ClassifierMixin":
            made.append(
                entry(
                    "coef_", "Any", lambda call: f"{{self}}.~coef_{_weights(call)[1]}()", result=lambda call: _weights(call)[0]
                )
            )
            made.append(entry("feature_importances_", "array[float64, 1]", "{self}.~feature_importances_()"))
            made.append(decision_function(owner))
    me = f'self: Object["{_ANY}", Y]'
    made.append(
        Entry(
            f"{_ANY}.__getitem__",
            (f'({me}, key: int) -> Object["{_ANY}", Y]', f'({me}, key: str) -> Object["{_ANY}", Y]'),
            ("{self}.~step_at({key})", "{self}.~step_named({&key})"),
            kind="method",
            raises=("KeyError", "IndexError", "TypeError"),
            features=ML,
            case=_CASE_OF_FAMILY,
        )
    )
    for owner in (_HOLDER,):
        made.append(
            Entry(
                f"{owner}.__getitem__",
                f'(self: Object["{owner}", Y], key: str) -> Object["{_ANY}", Y]',
                "{self}.~named_step({&key})",
                kind="method",
                raises=("KeyError", "AttributeError"),
                features=ML,
            )
        )
    return tuple(made)


SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_shared(classifier_methods(f"{_MODULE}.ClassifierMixin", weighted=True)),
        *(_with_case(each) for each in _shared(regressor_methods(f"{_MODULE}.RegressorMixin", weighted=True))),
        partial_fit(f"{_MODULE}.ClassifierMixin", "classifier"),
        partial_fit(f"{_MODULE}.RegressorMixin", "regressor", labelled=False),
        partial_fit(f"{_MODULE}.TransformerMixin", "other", labelled=False),
        partial_fit(f"{_MODULE}.ClusterMixin", "other", labelled=False),
        *(
            each
            for owner, labelled in (("ClassifierMixin", True), ("RegressorMixin", False))
            for each in staged(f"{_MODULE}.{owner}", labelled)
            if each.name.endswith("_predict")
        ),
        attribute(f"{_MODULE}.RegressorMixin", "coef_", "array[float64, 1]"),
        attribute(f"{_MODULE}.RegressorMixin", "intercept_", "numpy[float64]"),
        attribute(f"{_MODULE}.RegressorMixin", "feature_importances_", "array[float64, 1]"),
        attribute(f"{_MODULE}.ClassifierMixin", "feature_importances_", "array[float64, 1]", labelled=True),
        attribute(f"{_MODULE}.ClassifierMixin", "coef_", "array[float64, 2]", labelled=True, rust="{self}.~coef_table()"),
        *_of_any(),
        *_shared(supervised_transformer_methods(f"{_MODULE}.TransformerMixin")),
        *_shared(clusterer_methods(f"{_MODULE}.ClusterMixin")),
        Entry(
            f"{_MODULE}.clone",
            "(estimator: E, *, safe: Any = True) -> E",
            "sklearn::clone({&estimator})",
            refuse=_check_clone,
            features=ML,
            case=(
                "from sklearn.base import clone\nfrom sklearn.linear_model import Ridge\nfirst = Ridge(alpha=0.5)\n"
                "first.fit([[1.0], [2.0], [4.0]], [1.0, 2.0, 3.0])\nsecond = clone(first)\n"
                "second.fit([[1.0], [2.0], [4.0]], [3.0, 2.0, 1.0])\nprint(first.coef_, second.coef_, second)\n"
            ),
        ),
        Entry(
            f"{_ANY}.set_params",
            "(self: Any, **params: Any) -> Self",
            set_parameters,
            kind="method",
            refuse=check_values,
            raises=("ValueError", "TypeError"),
            features=ML,
            case=(
                "from sklearn.linear_model import Ridge\nmodel = Ridge(alpha=0.5)\n"
                "for alpha in (0.1, 10):\n    model.set_params(alpha=alpha, fit_intercept=False)\n"
                "    print(model.fit([[1.0], [2.0], [4.0]], [1.0, 2.0, 3.0]).coef_)\n"
                "try:\n    model.set_params(alpha=1.0, beta=2)\nexcept ValueError as error:\n    print('refused')\n"
            ),
        ),
        *(
            Entry(
                f"{owner}.fit",
                tuple(f"({me}, {rows}{y}) -> Self" for rows in (_ROWS, _TEXTS) for y in ("", ", y: Y")),
                tuple(
                    form
                    for given in ("{&X}", _POOL)
                    for form in (f"{{self}}.~fit_alone({given})", f"{{self}}.~fit({given}, {{&y}})")
                ),
                kind="method",
                refuse=_check,
                raises=("ValueError",),
                features=ML,
                cost="high",
            )
            for owner, me in ((_ANY, _ME), (PREDICTOR, _EITHER))
        ),
        _predict(),
        *(_with_case_of_any(each) for each in classifier_methods(_ANY) if each.name.endswith(".classes_")),
        _predict_either(),
        decision_function(f"{_MODULE}.ClassifierMixin"),
        method(
            f"{_MODULE}.ClusterMixin",
            "score_samples",
            f'(self: "{_MODULE}.ClusterMixin", {_ROWS}) -> array[float64, 1]',
            "{self}.~score_samples({&X})",
            notes="of those that have it; others end the program with an error",
        ),
        method(
            f"{_MODULE}.ClusterMixin",
            "decision_function",
            f'(self: "{_MODULE}.ClusterMixin", {_ROWS}) -> array[float64, 1]',
            "{self}.~decision_function({&X})",
            notes="of finders of outliers; others end the program with an error",
        ),
        method(
            f"{_MODULE}.ClusterMixin",
            "predict",
            f'(self: "{_MODULE}.ClusterMixin", {_ROWS}) -> array[int64, 1]',
            "{self}.~predict::<ndarray::Array1<i64>>({&X})",
            notes="of those that have it; others end the program with an error",
        ),
        *(
            _of_rows_or_texts(
                method(owner, "score", f"({me}, {_ROWS}, y: Any) -> float", "{self}.~score({&X}, {&y})", refuse=_check)
            )
            for owner, me in ((_ANY, _ME), (PREDICTOR, _EITHER))
        ),
        *(
            _of_rows_or_texts(method(_ANY, each, f"({_ME}, {_ROWS}) -> array[float64, 2]", f"{{self}}.~{each}({{&X}})"))
            for each in ("transform", "inverse_transform", "predict_proba")
        ),
        Entry(
            f"{_ANY}.fit_transform",
            tuple(f"({_ME}, {rows}{y}) -> array[float64, 2]" for rows in (_ROWS, _TEXTS) for y in ("", ", y: Any")),
            tuple(
                form
                for given in ("{&X}", _POOL)
                for form in (f"{{self}}.~fit_transform({given})", f"{{self}}.~fit_transform_with({given}, {{&y}})")
            ),
            kind="method",
            refuse=_check,
            raises=("ValueError",),
            features=ML,
            cost="high",
        ),
    ),
    classes=tuple(
        estimator_class(name, "sklearn::Model", bases)
        for name, bases in (
            (_HOLDER, ()),
            (_ANY, ()),
            (PREDICTOR, (_ANY,)),
            (f"{_MODULE}.ClassifierMixin", (PREDICTOR, _ANY)),
            (f"{_MODULE}.RegressorMixin", (PREDICTOR, _ANY)),
            (f"{_MODULE}.TransformerMixin", (_ANY,)),
            (f"{_MODULE}.ClusterMixin", (_ANY,)),
        )
    ),
)
