"""The module `sklearn.naive_bayes`.

## Before
    model = GaussianNB().fit(X, y)
## After
    let model = sklearn::GaussianNB::new().fit(&x, &y);
## Same numbers
    labels equal, probabilities to the last digits
## Not handled
    `priors`, sample weights
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    SOLVED,
    attribute,
    classifier_methods,
    constructor,
    estimator_class,
    partial_fit,
)
from batuta.catalog.entry import Shelf

_MODULE = "sklearn.naive_bayes"
_NAME = f"{_MODULE}.GaussianNB"
_WORDS = f"{_MODULE}.MultinomialNB"
_PRESENCE = f"{_MODULE}.BernoulliNB"
_OTHERS = f"{_MODULE}.ComplementNB"
_KINDS = f"{_MODULE}.CategoricalNB"
_COUNTS = (
    "import numpy as np\nX = np.array([[2, 1, 0], [3, 0, 0], [0, 1, 4], [0, 2, 2], [1, 0, 1]])\ny = np.array([0, 0, 1, 1, 2])\n"
)

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(*, priors: Any = None, var_smoothing: float = 1e-09)",
            used={"var_smoothing": ""},
            labelled=True,
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.naive_bayes import GaussianNB\n"
                "X = np.array([[1.0, 1.5], [2.0, 2.2], [3.0, 1.0], [6.0, 5.0], [7.0, 7.5], [8.0, 6.1]])\n"
                'y = np.array(["low", "low", "low", "high", "high", "high"])\nmodel = GaussianNB().fit(X, y)\n'
                "print(model.predict([[2.5, 2.0], [5.0, 5.5]]), model.classes_)\n"
                "print(np.round(model.predict_proba([[4.0, 3.5]]), 8), model.theta_)\n"
                "more = GaussianNB()\nfor at in (0, 3):\n    more.partial_fit(X[at:at + 3], y[at:at + 3], classes=['high', 'low'])\n"
                "more.partial_fit(X[1:5], y[1:5])\nprint(np.round(more.theta_, 8), np.round(more.var_, 8), more.class_count_)\n"
            ),
        ),
        *classifier_methods(_NAME),
        partial_fit(_NAME, "classifier"),
        attribute(_NAME, "theta_", "array[float64, 2]", labelled=True),
        attribute(_NAME, "var_", "array[float64, 2]", labelled=True),
        attribute(_NAME, "class_prior_", "array[float64, 1]", labelled=True),
        attribute(_NAME, "class_count_", "array[float64, 1]", labelled=True),
        attribute(_NAME, "epsilon_", "numpy[float64]", labelled=True),
        constructor(
            _WORDS,
            "(*, alpha: float = 1.0, force_alpha: Any = True, fit_prior: bool = True, class_prior: Any = None)",
            used={"alpha": "", "fit_prior": ""},
            labelled=True,
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.naive_bayes import MultinomialNB\n"
                "X = np.array([[2, 1, 0], [3, 0, 0], [0, 1, 4], [0, 2, 2]])\ny = np.array([0, 0, 1, 1])\n"
                "model = MultinomialNB(alpha=0.5).fit(X, y)\nprint(model.predict([[1, 1, 1], [0, 0, 3]]), model.score(X, y))\n"
                "print(np.round(model.predict_proba([[1, 1, 1]]), 10), np.round(model.feature_log_prob_, 10))\n"
                "more = MultinomialNB().partial_fit(X[:3], y[:3], classes=[0, 1, 2]).partial_fit(X[2:], y[2:])\n"
                "print(more.feature_count_, more.class_count_, np.round(more.feature_log_prob_, 10))\n"
            ),
        ),
        *classifier_methods(_WORDS),
        partial_fit(_WORDS, "classifier"),
        attribute(_WORDS, "feature_log_prob_", "array[float64, 2]", labelled=True),
        attribute(_WORDS, "class_log_prior_", "array[float64, 1]", labelled=True),
        attribute(_WORDS, "feature_count_", "array[float64, 2]", labelled=True),
        attribute(_WORDS, "class_count_", "array[float64, 1]", labelled=True),
        constructor(
            _PRESENCE,
            "(*, alpha: float = 1.0, force_alpha: Any = True, binarize: float | None = 0.0, fit_prior: bool = True, "
            "class_prior: Any = None)",
            used={"alpha": "", "binarize": "", "fit_prior": ""},
            labelled=True,
            parity=SOLVED,
            case=(
                f"{_COUNTS}from sklearn.naive_bayes import BernoulliNB\nmodel = BernoulliNB(binarize=0.5).fit(X, y)\n"
                "print(model.predict([[1, 1, 1], [0, 0, 3]]), np.round(model.predict_proba(X[:2]), 10))\n"
                "print(np.round(model.feature_log_prob_, 10), np.round(model.class_log_prior_, 10))\n"
            ),
        ),
        *classifier_methods(_PRESENCE),
        partial_fit(_PRESENCE, "classifier"),
        attribute(_PRESENCE, "feature_log_prob_", "array[float64, 2]", labelled=True),
        attribute(_PRESENCE, "class_log_prior_", "array[float64, 1]", labelled=True),
        attribute(_PRESENCE, "feature_count_", "array[float64, 2]", labelled=True),
        attribute(_PRESENCE, "class_count_", "array[float64, 1]", labelled=True),
        constructor(
            _OTHERS,
            "(*, alpha: float = 1.0, force_alpha: Any = True, fit_prior: Any = True, class_prior: Any = None, "
            "norm: bool = False)",
            used={"alpha": "", "norm": ""},
            labelled=True,
            parity=SOLVED,
            case=(
                f"{_COUNTS}from sklearn.naive_bayes import ComplementNB\nfor norm in (False, True):\n"
                "    model = ComplementNB(norm=norm).fit(X, y)\n"
                "    print(model.predict([[1, 1, 1], [0, 0, 3]]), np.round(model.predict_proba(X[:2]), 10))\n"
                "    print(np.round(model.feature_log_prob_, 10))\n"
            ),
        ),
        *classifier_methods(_OTHERS),
        partial_fit(_OTHERS, "classifier"),
        attribute(_OTHERS, "feature_log_prob_", "array[float64, 2]", labelled=True),
        constructor(
            _KINDS,
            "(*, alpha: float = 1.0, force_alpha: Any = True, fit_prior: bool = True, class_prior: Any = None, "
            "min_categories: int | None = None)",
            used={"alpha": "", "fit_prior": "", "min_categories": ""},
            labelled=True,
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.naive_bayes import CategoricalNB\nX = np.array([[0, 1], [1, 2], [0, 0], [2, 1], [1, 1], [2, 0]])\n"
                "y = np.array(['no', 'yes', 'no', 'yes', 'yes', 'no'])\nmodel = CategoricalNB(alpha=0.5).fit(X, y)\n"
                "print(model.predict(X), model.score(X, y), model.classes_, np.round(model.predict_proba(X[:2]), 10))\n"
                "print([each.round(8) for each in model.feature_log_prob_], model.category_count_, model.n_categories_)\n"
                "print(model.class_log_prior_.round(8), model.class_count_, model)\n"
                "wide = CategoricalNB(min_categories=4, fit_prior=False).fit(X, y)\nprint(wide.n_categories_, wide.predict([[3, 3]]), wide.n_features_in_, wide.predict_log_proba([[0, 1]]).round(8))\n"
                "more = CategoricalNB().partial_fit(X[:3], y[:3], classes=['no', 'yes']).partial_fit(X[3:], y[3:])\nprint(more.feature_log_prob_[0].round(8))\n"
                "try:\n    model.predict([[5, 0]])\nexcept IndexError as error:\n    print(error)\n"
            ),
        ),
        *classifier_methods(_KINDS),
        partial_fit(_KINDS, "classifier"),
        attribute(_KINDS, "feature_log_prob_", "list[array[float64, 2]]", labelled=True),
        attribute(_KINDS, "category_count_", "list[array[float64, 2]]", labelled=True),
        attribute(_KINDS, "class_log_prior_", "array[float64, 1]", labelled=True),
        attribute(_KINDS, "class_count_", "array[float64, 1]", labelled=True),
        attribute(_KINDS, "n_categories_", "array[int64, 1]", labelled=True),
    ),
    classes=(
        estimator_class(_NAME, "sklearn::GaussianNB", CLASSIFIER),
        estimator_class(_WORDS, "sklearn::MultinomialNB", CLASSIFIER),
        estimator_class(_PRESENCE, "sklearn::BernoulliNB", CLASSIFIER),
        estimator_class(_OTHERS, "sklearn::ComplementNB", CLASSIFIER),
        estimator_class(_KINDS, "sklearn::CategoricalNB", CLASSIFIER),
    ),
)
