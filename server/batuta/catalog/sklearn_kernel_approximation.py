"""The module `sklearn.kernel_approximation`.

## Before
    Z = Nystroem(gamma=0.2, n_components=50, random_state=0).fit_transform(X)
## After
    let z = sklearn::Nystroem::new().gamma(Some(0.2)).n_components(50).random_state(Some(0)).fit_transform(&x);
## Same numbers
    the same drawn rows and directions; the last digits follow from another singular value decomposition than LAPACK's
## Not handled
    `AdditiveChi2Sampler`, `SkewedChi2Sampler`, `PolynomialCountSketch`, kernels that are functions
"""

from batuta.catalog._estimators import SOLVED, TRANSFORMER, attribute, constructor, estimator_class, transformer_methods
from batuta.catalog.entry import Shelf

_MODULE = "sklearn.kernel_approximation"
_ROWS_OF_KERNEL = f"{_MODULE}.Nystroem"
_WAVES = f"{_MODULE}.RBFSampler"
_DATA = (
    "import numpy as np\nfrom sklearn.datasets import make_circles\nfrom sklearn.linear_model import LogisticRegression, SGDClassifier\n"
    "from sklearn.kernel_approximation import Nystroem, RBFSampler\nfrom sklearn.pipeline import make_pipeline\n"
    "X, y = make_circles(n_samples=80, noise=0.1, factor=0.4, random_state=0)\n"
)

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _ROWS_OF_KERNEL,
            "(kernel: str = 'rbf', *, gamma: float | None = None, coef0: float | None = None, degree: float | None = None, "
            "kernel_params: None = None, n_components: int = 100, random_state: int | None = None, n_jobs: Any = None)",
            used={"kernel": "", "gamma": "", "coef0": "", "degree": "", "n_components": "", "random_state": ""},
            ignored=("n_jobs",),
            values={"kernel": ("rbf", "linear", "poly", "polynomial", "sigmoid", "laplacian")},
            parity=SOLVED,
            case=_DATA
            + "for own in (Nystroem(gamma=0.5, n_components=6, random_state=0), Nystroem('poly', degree=2, coef0=1, gamma=1.0, n_components=4, random_state=3)):\n"
            "    Z = own.fit_transform(X)\n    print(Z.shape, np.round(Z[:2], 6), own.component_indices_, own.components_[0])\n"
            "model = make_pipeline(Nystroem(gamma=1.0, n_components=20, random_state=1), LogisticRegression()).fit(X, y)\nprint(model.score(X, y), model)\n"
            "rows = Nystroem(n_components=3, random_state=0)\nprint(rows.fit(X).transform(X[:2]).round(6), rows.n_features_in_, rows.normalization_.round(5))\n",
        ),
        *transformer_methods(_ROWS_OF_KERNEL, inverse=False),
        attribute(_ROWS_OF_KERNEL, "components_", "array[float64, 2]"),
        attribute(_ROWS_OF_KERNEL, "component_indices_", "array[int64, 1]"),
        attribute(_ROWS_OF_KERNEL, "normalization_", "array[float64, 2]"),
        constructor(
            _WAVES,
            "(*, gamma: float | str = 1.0, n_components: int = 100, random_state: int | None = None)",
            used={"gamma": "variant", "n_components": "", "random_state": ""},
            parity=SOLVED,
            case=_DATA
            + "for own in (RBFSampler(gamma=2, n_components=5, random_state=0), RBFSampler(gamma='scale', n_components=5, random_state=1)):\n"
            "    print(np.round(own.fit_transform(X)[:2], 8), np.round(own.random_weights_[0], 8), np.round(own.random_offset_, 8))\n"
            "print(RBFSampler(n_components=3, random_state=0).fit(X).get_feature_names_out())\n"
            "waves = RBFSampler(n_components=2, random_state=0).fit(X)\nprint(waves.transform(X[:1]).round(8), waves.n_features_in_)\n",
        ),
        *transformer_methods(_WAVES, inverse=False),
        attribute(_WAVES, "random_weights_", "array[float64, 2]"),
        attribute(_WAVES, "random_offset_", "array[float64, 1]"),
    ),
    classes=(
        estimator_class(_ROWS_OF_KERNEL, "sklearn::Nystroem", TRANSFORMER),
        estimator_class(_WAVES, "sklearn::RBFSampler", TRANSFORMER),
    ),
)
