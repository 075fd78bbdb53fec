"""The module `sklearn.decomposition`: `PCA`.

## Before
    Z = PCA(n_components=2).fit_transform(X)
## After
    let z = sklearn::PCA::new().n_components(sklearn::Param::from(2)).fit_transform(&x);
## Same numbers
    to nine digits, signs included
## Not handled
    the randomised and ARPACK solvers, `n_components="mle"`
"""

from batuta.catalog._estimators import SOLVED, TRANSFORMER, attribute, constructor, estimator_class, transformer_methods
from batuta.catalog.entry import Shelf

_MODULE = "sklearn.decomposition"
_NAME = f"{_MODULE}.PCA"

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(n_components: int | float | None = None, *, copy: Any = True, whiten: bool = False, svd_solver: Any = 'auto', "
            "tol: Any = 0.0, "
            "iterated_power: Any = 'auto', n_oversamples: Any = 10, power_iteration_normalizer: Any = 'auto', random_state: "
            "Any = None)",
            used={"n_components": "variant", "whiten": "", "svd_solver": ""},
            ignored=("tol", "iterated_power", "n_oversamples", "power_iteration_normalizer", "random_state"),
            only={"svd_solver": ("auto", "full", "covariance_eigh")},
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.decomposition import PCA\n"
                "X = np.array([[2.5, 2.4, 0.5], [0.5, 0.7, 1.9], [2.2, 2.9, 0.7], [1.9, 2.2, 1.1], [3.1, 3.0, 0.2]])\n"
                "pca = PCA(n_components=2)\nprint(np.round(pca.fit_transform(X), 8))\n"
                "print(np.round(pca.explained_variance_ratio_, 8), np.round(pca.components_, 8))\n"
            ),
        ),
        *transformer_methods(_NAME),
        attribute(_NAME, "components_", "array[float64, 2]"),
        *(
            attribute(_NAME, each, "array[float64, 1]")
            for each in ("explained_variance_", "explained_variance_ratio_", "singular_values_", "mean_")
        ),
        attribute(_NAME, "n_components_", "int"),
        attribute(_NAME, "noise_variance_", "float"),
    ),
    classes=(estimator_class(_NAME, "sklearn::PCA", TRANSFORMER),),
)
