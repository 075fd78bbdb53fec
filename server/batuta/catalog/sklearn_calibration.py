"""The module `sklearn.calibration`.

## Before
    model = CalibratedClassifierCV(LinearSVC(), method="isotonic", cv=3).fit(X, y)
    true, told = calibration_curve(y, model.predict_proba(X)[:, 1], n_bins=5)
## After
    let model = sklearn::CalibratedClassifierCV::new().estimator(sklearn::Inner::of(&sklearn::LinearSVC::new())).method("isotonic".to_string())
        .cv(sklearn::Cv::Count(3)).fit(&x, &y);
    let (r#true, told) = sklearn::calibration::calibration_curve(&y, &model.predict_proba(&x).column(1), 5, "uniform");
## Same numbers
    the same folds; the search for the curve stops by the same rules
## Not handled
    `calibrated_classifiers_`, sample weights
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    ML,
    check_folds,
    check_labels,
    check_nested,
    classifier_methods,
    constructor,
    estimator_class,
    refuse_others,
)
from batuta.catalog.entry import Call, Entry, Parity, Shelf

_MODULE = "sklearn.calibration"
_NAME = f"{_MODULE}.CalibratedClassifierCV"
_SEARCH = Parity("close", 1e-6, caveat="the same search, which stops before the last digits are settled")
_CURVE = (
    "(y_true: Any, y_prob: arraylike[float64, 1], *, pos_label: Any = None, n_bins: int = 5, strategy: str = 'uniform') "
    "-> tuple[array[float64, 1], array[float64, 1]]"
)


def _check(call: Call) -> None:
    check_folds(call)
    check_nested("estimator")(call)


def _check_curve(call: Call) -> None:
    refuse_others("calibration_curve", _CURVE, ("y_true", "y_prob", "n_bins", "strategy"), {}, ())(call)
    check_labels(call, "y_true")


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(estimator: Any = None, *, method: str = 'sigmoid', cv: Any = None, n_jobs: Any = None, ensemble: bool | str = 'auto')",
            used={"estimator": "inner or None", "method": "", "cv": "cv", "ensemble": "variant"},
            ignored=("n_jobs",),
            check=_check,
            labelled=True,
            parity=_SEARCH,
            case=(
                "import numpy as np\nfrom sklearn.calibration import CalibratedClassifierCV\nfrom sklearn.datasets import load_iris, make_classification\n"
                "from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.frozen import FrozenEstimator\n"
                "from sklearn.model_selection import StratifiedKFold\nfrom sklearn.naive_bayes import GaussianNB\nfrom sklearn.svm import SVC, LinearSVC\n"
                "X, y = make_classification(n_samples=200, n_features=6, random_state=3)\n"
                "for method in ('sigmoid', 'isotonic'):\n"
                "    for model in (CalibratedClassifierCV(GaussianNB(), method=method, cv=3), CalibratedClassifierCV(GaussianNB(), method=method, ensemble=False)):\n"
                "        model.fit(X, y)\n        print(np.round(model.predict_proba(X[:4]), 6), model.predict(X[:9]), round(model.score(X, y), 5))\n"
                "model = CalibratedClassifierCV(SVC(), method='isotonic', cv=StratifiedKFold(3, shuffle=True, random_state=1)).fit(X, y)\n"
                "print(np.round(model.predict_proba(X[:5]), 6))\nprint(np.round(CalibratedClassifierCV().fit(X, y).predict_proba(X[:3]), 5))\n"
                "A, b = load_iris(return_X_y=True)\n"
                "three = CalibratedClassifierCV(RandomForestClassifier(n_estimators=10, random_state=0), method='isotonic').fit(A, b)\n"
                "print(np.round(three.predict_proba(A[::30]), 6), three.classes_)\n"
                "warm = CalibratedClassifierCV(GaussianNB(), method='temperature', cv=4).fit(A, b)\nprint(np.round(warm.predict_proba(A[::40]), 6))\n"
                "known = LinearSVC(random_state=0).fit(A[::2], b[::2])\nfixed = CalibratedClassifierCV(FrozenEstimator(known)).fit(A[1::2], b[1::2])\n"
                "print(np.round(fixed.predict_proba(A[::40]), 5))\n"
            ),
        ),
        *classifier_methods(_NAME, logarithms=False),
        Entry(
            f"{_MODULE}.calibration_curve",
            _CURVE,
            "sklearn::calibration::~calibration_curve({&y_true}, {&y_prob}, {n_bins}, {&strategy})",
            refuse=_check_curve,
            raises=("ValueError",),
            features=ML,
            case=(
                "import numpy as np\nfrom sklearn.calibration import calibration_curve\nrng = np.random.RandomState(0)\n"
                "p = rng.random_sample(80)\ny = (rng.random_sample(80) < p).astype(int)\n"
                "for strategy in ('uniform', 'quantile'):\n    true, told = calibration_curve(y, p, n_bins=6, strategy=strategy)\n"
                "    print(np.round(true, 8), np.round(told, 8))\nprint(calibration_curve(y == 1, p))\n"
                "try:\n    calibration_curve(y, p * 2)\nexcept ValueError as error:\n    print(error)\n"
            ),
        ),
    ),
    classes=(estimator_class(_NAME, "sklearn::CalibratedClassifierCV", CLASSIFIER),),
)
