"""The module `sklearn.multioutput`.

## Before
    model = MultiOutputClassifier(LogisticRegression()).fit(X, Y)
## After
    let model = sklearn::MultiOutputClassifier::new().estimator(sklearn::Inner::of(&sklearn::LogisticRegression::new())).fit(&x, &y);
## Same numbers
    those of the estimators
## Not handled
    classifiers of texts, `cv` of chains, sample weights, `partial_fit`
"""

from batuta.catalog._estimators import ML, check_nested, constructor, estimator_class, method
from batuta.catalog.entry import Entry, Shelf

_MODULE = "sklearn.multioutput"
_ANY = "sklearn.base.BaseEstimator"
_ROWS = "X: arraylike[float64, 2]"
_DATA = (
    "import numpy as np\nfrom sklearn.datasets import make_multilabel_classification\nfrom sklearn.ensemble import RandomForestRegressor\n"
    "from sklearn.linear_model import LogisticRegression, Ridge\nfrom sklearn.metrics import *\nfrom sklearn.multioutput import *\n"
    "from sklearn.tree import DecisionTreeClassifier\n"
    "X, Y = make_multilabel_classification(n_samples=60, n_features=8, n_classes=3, random_state=1)\n"
    "print(X[:2], Y[:5], Y.sum(axis=1)[:20])\n"
)
_SCORES = "print(accuracy_score(Y, P), hamming_loss(Y, P), [round(f1_score(Y, P, average=a), 8) for a in ('micro', 'macro', 'samples')])\n"
_CASES = {
    "MultiOutputClassifier": _DATA
    + "model = MultiOutputClassifier(LogisticRegression()).fit(X[:40], Y[:40])\nP = model.predict(X)\n"
    "print(P[40:46], model.score(X[40:], Y[40:]), len(model.estimators_))\n"
    "print([np.round(each[0], 6) for each in model.predict_proba(X[40:42])], np.round(model.estimators_[1].coef_, 4))\n"
    f"{_SCORES}print(precision_score(Y, P, average='weighted'), recall_score(Y, P, average='micro', zero_division=0))\n"
    "print(jaccard_score(Y, P, average='samples'), multilabel_confusion_matrix(Y, P).tolist(), f1_score(Y, P, average=None))\nprint(model)\n",
    "ClassifierChain": _DATA + "chain = ClassifierChain(LogisticRegression(), order='random', random_state=0).fit(X, Y)\n"
    f"P = chain.predict(X)\nprint(P[:4], np.round(chain.predict_proba(X[:3]), 6), chain.score(X, Y))\n{_SCORES}"
    "given = ClassifierChain(DecisionTreeClassifier(max_depth=2, random_state=0), order=[2, 0, 1]).fit(X, Y)\nprint(given.predict(X[:4]), len(given.estimators_))\n",
    "MultiOutputRegressor": _DATA + "Z = np.column_stack([X[:, 0] + X[:, 1], X[:, 2] * 2.0])\n"
    "model = MultiOutputRegressor(Ridge(alpha=0.5)).fit(X[:40], Z[:40])\n"
    "print(np.round(model.predict(X[40:43]), 6), round(model.score(X[40:], Z[40:]), 8), np.round(model.estimators_[0].coef_, 6))\n",
    "RegressorChain": _DATA + "Z = np.column_stack([X[:, 0] + X[:, 1], X[:, 2] * 2.0])\n"
    "model = RegressorChain(Ridge(), order=[1, 0]).fit(X[:40], Z[:40])\n"
    "print(np.round(model.predict(X[40:43]), 6), round(model.score(X[40:], Z[40:]), 8), len(model.estimators_))\n",
}
_PARAMETERS = {
    "MultiOutputClassifier": "(estimator: Any, *, n_jobs: Any = None)",
    "MultiOutputRegressor": "(estimator: Any, *, n_jobs: Any = None)",
    "ClassifierChain": "(estimator: Any, *, order: list[int] | str | None = None, cv: None = None, chain_method: str = 'predict', "
    "random_state: int | None = None, verbose: Any = False)",
    "RegressorChain": "(estimator: Any, *, order: list[int] | str | None = None, cv: None = None, random_state: int | None = None, "
    "verbose: Any = False)",
}


def _entries(title: str) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{title}"
    classifier = "Classifier" in title
    learned = "int64" if classifier else "float64"
    predicted = "int64" if title == "MultiOutputClassifier" else "float64"
    me = f'self: "{owner}"'
    used = {"estimator": "inner"}
    if "Chain" in title:
        used |= {"order": "order", "random_state": ""}
    if title == "ClassifierChain":
        used["chain_method"] = ""
    made = [
        constructor(
            owner,
            _PARAMETERS[title],
            used=used,
            ignored=("n_jobs", "verbose"),
            check=check_nested("estimator"),
            values={"chain_method": ("predict", "predict_proba", "decision_function")} if title == "ClassifierChain" else None,
            case=_CASES[title],
        ),
        method(
            owner,
            "fit",
            f"({me}, {_ROWS}, Y: arraylike[{learned}, 2]) -> Self",
            "{self}.~fit({&X}, {&Y})",
            raises=("ValueError",),
            cost="high",
        ),
        method(
            owner,
            "predict",
            f"({me}, {_ROWS}) -> array[{predicted}, 2]",
            f"{{self}}.~predict::<ndarray::Array2<{'i64' if predicted == 'int64' else 'f64'}>>({{&X}})",
        ),
        method(
            owner,
            "score",
            f"({me}, {_ROWS}, y: arraylike[{learned}, 2]) -> {'numpy[float64]' if title == 'MultiOutputClassifier' else 'float'}",
            "{self}.~score({&X}, {&y})",
        ),
        Entry(
            f"{owner}.estimators_",
            f'({me}) -> list[Object["{_ANY}", array[{learned}, 1]]]',
            "{self}.~members()",
            kind="attribute",
            raises=("AttributeError",),
            features=ML,
        ),
    ]
    if classifier:
        result = "list[array[float64, 2]]" if title == "MultiOutputClassifier" else "array[float64, 2]"
        made.append(method(owner, "predict_proba", f"({me}, {_ROWS}) -> {result}", "{self}.~chances({&X})"))
    return tuple(made)


SHELF = Shelf(
    module=_MODULE,
    entries=tuple(entry for title in _PARAMETERS for entry in _entries(title)),
    classes=tuple(estimator_class(f"{_MODULE}.{each}", f"sklearn::{each}", (_ANY,)) for each in _PARAMETERS),
)
