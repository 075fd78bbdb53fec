"""Builtins that ask estimators: `hasattr`.

## Before
    if hasattr(model, "predict_proba"):
## After
    if sklearn::has(&model, "predict_proba") {
## Same numbers
    whether the object has the method, as scikit-learn decides it
## Not handled
    attributes that `fit` leaves, of classes of which not all objects have them after it
"""

from __future__ import annotations

from batuta.catalog._estimators import ML
from batuta.catalog._families import asks_family
from batuta.catalog._members import METHODS, SOMETIMES
from batuta.catalog._own_estimators import is_estimator
from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir import types as t

_KNOWN = ("predict_proba", "decision_function", "coef_", "feature_importances_", "classes_", "labels_", "named_steps")


def _check(call: Call) -> None:
    name = call.constant("name", default=None)
    if not is_estimator(call, call.type("obj")) or (name not in _KNOWN and name not in METHODS and name not in SOMETIMES):
        raise Refusal("BAT107", "`hasattr` looks a field up by its text", "Write what it does as ordinary code.")


def _rust(call: Call) -> str:
    name = call.constant("name", default=None)
    if name in _KNOWN:
        return "sklearn::has({&obj}, {&name})"
    always, sometimes = (", ".join(f'"{each}"' for each in table.get(name, "").split()) for table in (METHODS, SOMETIMES))
    found = call.type("obj")
    if isinstance(found, t.Object) and (question := asks_family(found.name, name)):
        return question
    return f"sklearn::has_by_class({{&obj}}, {{&name}}, &[{always}], &[{sometimes}])"


SHELF = Shelf(
    module="builtins",
    entries=(
        Entry(
            "builtins.hasattr",
            "(obj: Any, name: str, /) -> bool",
            _rust,
            refuse=_check,
            features=ML,
            case=(
                "from sklearn.datasets import load_iris\nfrom sklearn.linear_model import LogisticRegression, SGDClassifier\n"
                "from sklearn.naive_bayes import GaussianNB\nfrom sklearn.pipeline import make_pipeline\nfrom sklearn.preprocessing import StandardScaler\n"
                "from sklearn.svm import SVC, LinearSVC\nfrom sklearn.tree import DecisionTreeClassifier\nfrom sklearn.ensemble import VotingClassifier\n"
                "X, y = load_iris(return_X_y=True)\nmodels = {'logistic': make_pipeline(StandardScaler(), LogisticRegression()), 'svc': SVC(), 'linear': LinearSVC(),\n"
                "          'tree': DecisionTreeClassifier(random_state=0), 'bayes': GaussianNB(), 'sgd': SGDClassifier(random_state=0),\n"
                "          'vote': VotingClassifier([('a', GaussianNB()), ('b', SVC())])}\nbest = max(models, key=len)\n"
                "def told(model):\n    return [hasattr(model, 'predict_proba'), hasattr(model, 'decision_function'), hasattr(model, 'feature_importances_')]\n"
                "for name, model in models.items():\n    model.fit(X, y)\n    print(name, told(model), hasattr(model, 'coef_'), hasattr(model, 'get_n_leaves'), hasattr(model, 'staged_predict'))\n"
                "    print(hasattr(model, 'kneighbors'), hasattr(model, 'theta_'), hasattr(model, 'apply'), hasattr(model, 'get_depth'))\nprint(best)\n"
                "print(models['logistic'].named_steps['logisticregression'].coef_.shape, models['linear'].coef_.shape)\n"
            ),
        ),
    ),
)
