"""The module `sklearn.mixture`.

## Before
    model = GaussianMixture(n_components=3, random_state=0).fit(X)
## After
    let model = sklearn::GaussianMixture::new().n_components(3).random_state(Some(0)).fit_alone(&x);
## Same numbers
    the same start by KMeans on NumPy's stream, then the same rounds until the bound changes less than `tol`
## Not handled
    initial weights, means and precisions, `init_params` of rows, covariances that are not `full`
"""

from batuta.catalog._estimators import (
    CLUSTERER,
    attribute,
    clusterer_methods,
    constructor,
    estimator_class,
    method,
    parameter_attributes,
)
from batuta.catalog.entry import Parity, Shelf

_MODULE = "sklearn.mixture"
_MIXTURE = f"{_MODULE}.GaussianMixture"
_ROWS = "X: arraylike[float64, 2]"
_ROUNDS = Parity("close", 1e-7, caveat="the same rounds; products are added up in another order")

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _MIXTURE,
            "(n_components: int = 1, *, covariance_type: str = 'full', tol: float = 0.001, reg_covar: float = 1e-06, "
            "max_iter: int = 100, n_init: int = 1, init_params: str = 'kmeans', weights_init: Any = None, means_init: Any = None, "
            "precisions_init: Any = None, random_state: int | None = None, warm_start: Any = False, verbose: Any = 0, "
            "verbose_interval: Any = 10)",
            used={
                "n_components": "",
                "covariance_type": "",
                "tol": "",
                "reg_covar": "",
                "max_iter": "",
                "n_init": "",
                "init_params": "",
                "random_state": "",
            },
            values={"init_params": ("kmeans", "random")},
            parity=_ROUNDS,
            case=(
                "import numpy as np\nfrom sklearn.datasets import make_blobs\nfrom sklearn.mixture import GaussianMixture\n"
                "X, _ = make_blobs(n_samples=90, centers=3, cluster_std=[0.5, 1.0, 1.5], random_state=3)\n"
                "for kind in ('full', 'tied', 'diag', 'spherical'):\n"
                "    model = GaussianMixture(n_components=3, covariance_type=kind, random_state=0).fit(X)\n"
                "    print(kind, np.round(model.weights_, 6), np.round(model.means_, 5), model.n_iter_, model.converged_)\n"
                "    print(round(model.bic(X), 4), round(model.aic(X), 4), round(float(model.lower_bound_), 6), round(model.score(X), 6))\n"
                "    print(model.predict(X[:9]), np.round(model.predict_proba(X[:2]), 5), np.round(model.score_samples(X[:3]), 5))\n"
                "    drawn, curves = model.sample(6)\n    print(np.round(drawn, 6), curves)\n"
                "model = GaussianMixture(2, init_params='random', n_init=3, random_state=1)\n"
                "print(model.fit_predict(X)[:20], np.round(model.covariances_, 4))\n"
            ),
        ),
        *(
            each
            for each in clusterer_methods(_MIXTURE, predicts=True)
            if not each.name.endswith((".transform", ".fit_transform", ".labels_"))
        ),
        method(_MIXTURE, "predict_proba", f'(self: "{_MIXTURE}", {_ROWS}) -> array[float64, 2]', "{self}.~predict_proba({&X})"),
        method(_MIXTURE, "score_samples", f'(self: "{_MIXTURE}", {_ROWS}) -> array[float64, 1]', "{self}.~score_samples({&X})"),
        method(
            _MIXTURE,
            "sample",
            f'(self: "{_MIXTURE}", n_samples: int = 1) -> tuple[array[float64, 2], array[int64, 1]]',
            "{self}.~sample({n_samples})",
            effects=("draws",),
        ),
        method(_MIXTURE, "bic", f'(self: "{_MIXTURE}", {_ROWS}) -> float', "{self}.~bic({&X})"),
        method(_MIXTURE, "aic", f'(self: "{_MIXTURE}", {_ROWS}) -> float', "{self}.~aic({&X})"),
        attribute(_MIXTURE, "weights_", "array[float64, 1]"),
        attribute(_MIXTURE, "means_", "array[float64, 2]"),
        attribute(_MIXTURE, "covariances_", "array[float64, 3]", notes="of `covariance_type='full'`; others end the program"),
        attribute(_MIXTURE, "converged_", "bool"),
        attribute(_MIXTURE, "n_iter_", "int"),
        attribute(_MIXTURE, "lower_bound_", "numpy[float64]"),
        *parameter_attributes(_MIXTURE, n_components="int", covariance_type="str"),
    ),
    classes=(estimator_class(_MIXTURE, "sklearn::GaussianMixture", CLUSTERER),),
    refused={
        f"{_MODULE}.BayesianGaussianMixture": ("it is not mapped", "Use GaussianMixture."),
    },
)
