"""The module `sklearn.semi_supervised`.

## Before
    model = LabelSpreading(kernel="knn", alpha=0.8).fit(X, labels)
## After
    let model = sklearn::LabelSpreading::new().kernel("knn".to_string()).alpha(0.8).fit(&x, &labels);
## Same numbers
    the same rounds
## Not handled
    kernels that are functions, labels that are texts
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    SOLVED,
    attribute,
    check_nested,
    classifier_methods,
    constructor,
    decision_function,
    estimator_class,
    labels_of_self,
    method,
)
from batuta.catalog.entry import Call, Entry, Refusal, Shelf

_MODULE = "sklearn.semi_supervised"
_TRAINING = f"{_MODULE}.SelfTrainingClassifier"
_DATA = (
    "import numpy as np\nfrom sklearn.datasets import load_iris, make_moons\nX, y = make_moons(n_samples=80, noise=0.08, random_state=1)\n"
    "rng = np.random.RandomState(0)\nlabels = np.where(rng.random_sample(80) < 0.7, -1, y)\nA, b = load_iris(return_X_y=True)\n"
    "some = np.copy(b)\nsome[rng.rand(150) < 0.6] = -1\n"
)


def _whole_numbers(call: Call) -> None:
    from batuta.ir import types as t

    if labels_of_self(call) != t.Array("int64", 1):
        raise Refusal("BAT103", "labels other than integers", "Encode the labels as integers, with -1 for unknown ones.")


def _spreading(name: str, alpha: str, rounds: int, arguments: tuple[str, ...]) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    used = {each: "" for each in ("kernel", "gamma", "n_neighbors", "max_iter", "tol")}
    made = "".join(
        f"model = {name}({each}).fit(X, labels)\nprint(model.transduction_, model.n_iter_, np.round(model.predict_proba(X[:3]), 6))\n"
        for each in arguments
    )
    return (
        constructor(
            owner,
            f"(kernel: str = 'rbf', *, gamma: float = 20, n_neighbors: int = 7, {alpha}max_iter: int = {rounds}, tol: float = 0.001, n_jobs: Any = None)",
            used={**used, "alpha": ""} if alpha else used,
            ignored=("n_jobs",),
            values={"kernel": ("rbf", "knn")},
            labelled=True,
            parity=SOLVED,
            case=f"{_DATA}from sklearn.semi_supervised import {name}\n{made}"
            f"three = {name}(kernel='knn', n_neighbors=5).fit(A, some)\nprint(three.predict(A[::10]), round(three.score(A, b), 6), three.classes_)\n"
            "print(np.round(three.label_distributions_[::30], 6))\n",
        ),
        *classifier_methods(owner, logarithms=False),
        method(
            owner,
            "transduction_",
            f'(self: Object["{owner}", Y]) -> Any',
            "{self}.~transduction_::<{type result}>()",
            result=labels_of_self,
        ),
        attribute(owner, "label_distributions_", "array[float64, 2]", labelled=True),
        attribute(owner, "n_iter_", "int", labelled=True),
    )


def _as_attribute(entry: Entry) -> Entry:
    return Entry(**{**entry.__dict__, "kind": "attribute"}) if entry.name.endswith(".transduction_") else entry


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _TRAINING,
            "(estimator: Any = None, threshold: float = 0.75, criterion: str = 'threshold', k_best: int = 10, max_iter: int | None = 10, "
            "verbose: Any = False)",
            used={"estimator": "inner or None", "threshold": "", "criterion": "", "k_best": "", "max_iter": ""},
            values={"criterion": ("threshold", "k_best")},
            check=check_nested("estimator"),
            labelled=True,
            parity=SOLVED,
            case=f"{_DATA}from sklearn.semi_supervised import SelfTrainingClassifier\nfrom sklearn.linear_model import LogisticRegression\n"
            "from sklearn.naive_bayes import GaussianNB\n"
            "for model in (SelfTrainingClassifier(GaussianNB(), threshold=0.9), SelfTrainingClassifier(GaussianNB(), criterion='k_best', k_best=60, max_iter=None)):\n"
            "    model.fit(A, some)\n    print(model.predict(A[::10]), model.n_iter_, model.termination_condition_, round(model.score(A, b), 6))\n"
            "    print(model.transduction_[::7], model.labeled_iter_[::7], model.classes_)\n"
            "two = SelfTrainingClassifier(LogisticRegression(), max_iter=None).fit(X, labels)\nprint(np.round(two.predict_proba(X[:3]), 4), two.termination_condition_)\n",
        ),
        *classifier_methods(_TRAINING),
        decision_function(_TRAINING),
        *(
            attribute(_TRAINING, name, kind, labelled=True, refuse=_whole_numbers)
            for name, kind in (
                ("transduction_", "array[int64, 1]"),
                ("labeled_iter_", "array[int64, 1]"),
                ("n_iter_", "int"),
                ("termination_condition_", "str"),
            )
        ),
        *(
            _as_attribute(each)
            for each in _spreading("LabelPropagation", "", 1000, ("", "gamma=5, max_iter=50", "kernel='knn'"))
        ),
        *(
            _as_attribute(each)
            for each in _spreading(
                "LabelSpreading", "alpha: float = 0.2, ", 30, ("", "gamma=5, alpha=0.8", "kernel='knn', alpha=0.5")
            )
        ),
    ),
    classes=tuple(
        estimator_class(f"{_MODULE}.{name}", f"sklearn::{name}", CLASSIFIER)
        for name in ("SelfTrainingClassifier", "LabelPropagation", "LabelSpreading")
    ),
)
