"""The module `sklearn.multiclass`.

## Before
    model = OneVsRestClassifier(LogisticRegression()).fit(X, y)
## After
    let model = sklearn::OneVsRestClassifier::new().estimator(sklearn::Inner::of(&sklearn::LogisticRegression::new())).fit(&x, &y);
## Same numbers
    those of the estimators; the first of equally sure classes
## Not handled
    several labels for one row, `OutputCodeClassifier`
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    EXACT,
    ML,
    attribute,
    classifier_methods,
    decision_function,
    estimator_class,
    refuse_others,
    with_labels,
)
from batuta.catalog.entry import Call, Entry, NotYet, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.multiclass"
_DATA = (
    "import numpy as np\nfrom sklearn.datasets import load_iris\nfrom sklearn.linear_model import LogisticRegression\n"
    "from sklearn.naive_bayes import GaussianNB\nfrom sklearn.svm import LinearSVC\n"
    "X, y = load_iris(return_X_y=True)\n"
)


def _inner(call: Call) -> t.Type:
    found = call.type("estimator")
    if not isinstance(found, t.Object) or not found.name.startswith("sklearn."):
        raise Refusal("BAT103", f"classes by {t.show(found)} are not translated", "Use scikit-learn's estimators.")
    return found


def _estimators(call: Call) -> t.Type:
    found = call.type("self")
    if not isinstance(found, t.Object) or len(found.arguments) < 2:
        raise NotYet
    return t.List(with_labels(found.arguments[1], t.Array("int64", 1)))


def _entries(title: str, extra: str, proba: bool) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{title}"
    signature = f"(estimator: Any, *, n_jobs: Any = None{extra}) -> Any"
    me, wide = f'Object["{owner}", Y]', f'Object["{owner}", Y, E]'

    def widened(entry: Entry) -> Entry:
        text = entry.signature
        assert isinstance(text, str)
        return Entry(**{**entry.__dict__, "signature": text.replace(me, wide)})

    chances = "print(np.round(model.predict_proba(X[::50]), 6))\n" if proba else ""
    return (
        Entry(
            owner,
            signature,
            f"sklearn::{title}::new().estimator(sklearn::Inner::of({{&estimator}}))",
            kind="class",
            result=lambda call: t.Object(owner, (t.Variable("Y"), _inner(call))),
            refuse=refuse_others(title, signature, ("estimator", "n_jobs"), {}, ()),
            features=ML,
            cost="high",
            parity=EXACT,
            case=f"{_DATA}from sklearn.multiclass import {title}\n"
            f"model = {title}(LogisticRegression(max_iter=500)).fit(X, y)\n"
            f"print(model.predict(X[::10]), model.score(X, y), len(model.estimators_), model.classes_, model.n_classes_)\n{chances}"
            f"model = {title}(LinearSVC()).fit(X, y)\nprint(model.score(X, y), np.round(model.estimators_[0].intercept_, 4))\n"
            f"model = {title}(GaussianNB()).fit(X[50:], y[50:])\nprint(model.predict(X[80:120]))\n",
        ),
        *(widened(each) for each in classifier_methods(owner, proba=proba, logarithms=False)),
        widened(decision_function(owner)),
        widened(attribute(owner, "n_classes_", "int", labelled=True)),
        Entry(
            f"{owner}.estimators_",
            f"(self: {wide}) -> Any",
            "{self}.~estimators_::<{type result}>()",
            kind="attribute",
            result=_estimators,
            raises=("AttributeError",),
            features=ML,
        ),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_entries("OneVsRestClassifier", ", verbose: Any = 0", True),
        *_entries("OneVsOneClassifier", "", False),
    ),
    classes=tuple(
        estimator_class(f"{_MODULE}.{each}", f"sklearn::{each}", CLASSIFIER)
        for each in ("OneVsRestClassifier", "OneVsOneClassifier")
    ),
    refused={f"{_MODULE}.OutputCodeClassifier": ("its code book is drawn", "Use OneVsRestClassifier.")},
)
