"""The module `sklearn.neural_network`.

## Before
    model = MLPClassifier(hidden_layer_sizes=(16, 8), random_state=0).fit(X, y)
## After
    let model = sklearn::MLPClassifier::new().hidden_layer_sizes(sklearn::Layers(vec![16, 8])).random_state(Some(0)).fit(&x, &y);
## Same numbers
    the same first weights and batches on NumPy's stream, the same steps; a difference in the last digit of a product grows
    over many passes, most with `relu`
## Not handled
    `warm_start`, `partial_fit`, several targets, sample weights, other losses of the regressor
"""

from batuta.catalog._estimators import (
    CLASSIFIER,
    REGRESSOR,
    attribute,
    classifier_methods,
    constructor,
    estimator_class,
    regressor_methods,
)
from batuta.catalog.entry import Entry, Parity, Shelf

_MODULE = "sklearn.neural_network"
_CLASSES = f"{_MODULE}.MLPClassifier"
_NUMBERS = f"{_MODULE}.MLPRegressor"
_PARAMETERS = (
    "hidden_layer_sizes: Any = (100,), activation: str = 'relu', *, solver: str = 'adam', alpha: float = 0.0001, "
    "batch_size: int | str = 'auto', learning_rate: str = 'constant', learning_rate_init: float = 0.001, power_t: float = 0.5, "
    "max_iter: int = 200, shuffle: bool = True, random_state: int | None = None, tol: float = 0.0001, verbose: bool = False, "
    "warm_start: Any = False, momentum: float = 0.9, nesterovs_momentum: bool = True, early_stopping: bool = False, "
    "validation_fraction: float = 0.1, beta_1: float = 0.9, beta_2: float = 0.999, epsilon: float = 1e-08, "
    "n_iter_no_change: int = 10, max_fun: int = 15000)"
)
_USED = {
    "hidden_layer_sizes": "sizes",
    "activation": "",
    "solver": "",
    "alpha": "",
    "batch_size": "variant",
    "learning_rate": "",
    "learning_rate_init": "",
    "power_t": "",
    "max_fun": "",
    "max_iter": "",
    "shuffle": "",
    "random_state": "",
    "tol": "",
    "verbose": "",
    "momentum": "",
    "nesterovs_momentum": "",
    "early_stopping": "",
    "validation_fraction": "",
    "beta_1": "",
    "beta_2": "",
    "epsilon": "",
    "n_iter_no_change": "",
}
_STEPS = Parity(
    "close",
    1e-6,
    conditions="a few hundred passes",
    caveat="the same steps; a difference in the last digit of a product grows over many passes",
)


def _attributes(owner: str, labelled: bool) -> tuple[Entry, ...]:
    kinds = {
        "coefs_": "list[array[float64, 2]]",
        "intercepts_": "list[array[float64, 1]]",
        "loss_": "numpy[float64]",
        "best_loss_": "numpy[float64]",
        "loss_curve_": "list[numpy[float64]]",
        "n_iter_": "int",
        "t_": "int",
        "n_layers_": "int",
        "n_outputs_": "int",
        "out_activation_": "str",
    }
    return tuple(attribute(owner, name, kind, labelled=labelled) for name, kind in kinds.items())


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _CLASSES,
            f"({_PARAMETERS}",
            used=_USED,
            labelled=True,
            parity=_STEPS,
            case=(
                "import numpy as np\nfrom sklearn.datasets import make_moons\nfrom sklearn.neural_network import MLPClassifier\n"
                "X, y = make_moons(n_samples=80, noise=0.2, random_state=0)\n"
                "model = MLPClassifier(hidden_layer_sizes=(6, 4), max_iter=60, random_state=1).fit(X, y)\n"
                "print(model.predict(X[:10]), model.score(X, y), np.round(model.predict_proba(X[:3]), 6), model.n_iter_)\n"
                "print(round(float(model.loss_), 8), [c.shape for c in model.coefs_], model.n_layers_, model.out_activation_)\n"
                "other = MLPClassifier((5,), activation='tanh', solver='sgd', learning_rate='invscaling', learning_rate_init=0.1,\n"
                "                      max_iter=20, batch_size=16, random_state=2).fit(X, (y * 2 + X[:, 0] > 1).astype(int) + y)\n"
                "print(np.round(other.predict_proba(X[:3]), 6), np.round(other.loss_curve_[-3:], 8), other.classes_)\n"
                "third = MLPClassifier(hidden_layer_sizes=(4,), activation='logistic', solver='lbfgs', max_iter=15, random_state=3)\n"
                "print(np.round(third.fit(X, y).predict_proba(X[:3]), 5))\n"
                "early = MLPClassifier(8, early_stopping=True, max_iter=30, random_state=0, learning_rate_init=0.01).fit(X, y)\n"
                "print(early.n_iter_, np.round(early.coefs_[0], 6))\n"
            ),
        ),
        *classifier_methods(_CLASSES),
        *_attributes(_CLASSES, True),
        constructor(
            _NUMBERS,
            f"(loss: Any = 'squared_error', {_PARAMETERS}",
            used=_USED,
            parity=_STEPS,
            case=(
                "import numpy as np\nfrom sklearn.neural_network import MLPRegressor\n"
                "X = np.linspace(-1, 1, 40)[:, np.newaxis]\ny = np.sin(3 * X).ravel()\n"
                "model = MLPRegressor(hidden_layer_sizes=(8,), max_iter=100, learning_rate_init=0.01, random_state=1).fit(X, y)\n"
                "print(np.round(model.predict(X[:4]), 6), round(model.score(X, y), 6), model.n_iter_, round(float(model.loss_), 8))\n"
                "model = MLPRegressor(hidden_layer_sizes=(5, 5), activation='tanh', solver='lbfgs', max_iter=20, random_state=0).fit(X, y)\n"
                "print(np.round(model.predict(X[:4]), 5), len(model.intercepts_))\n"
            ),
        ),
        *regressor_methods(_NUMBERS),
        *_attributes(_NUMBERS, False),
    ),
    classes=(
        estimator_class(_CLASSES, "sklearn::MLPClassifier", CLASSIFIER),
        estimator_class(_NUMBERS, "sklearn::MLPRegressor", REGRESSOR),
    ),
    refused={f"{_MODULE}.BernoulliRBM": ("it is not mapped", "Use PCA.")},
)
