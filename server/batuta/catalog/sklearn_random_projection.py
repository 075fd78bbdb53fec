"""The module `sklearn.random_projection`.

## Before
    X = GaussianRandomProjection(n_components=10, random_state=0).fit_transform(X)
## After
    let x = sklearn::GaussianRandomProjection::new().n_components(sklearn::Param::from(10)).random_state(Some(0)).fit_transform(&x);
## Same numbers
    the same drawn directions
## Not handled
    `SparseRandomProjection`, `compute_inverse_components`
"""

from batuta.catalog._estimators import ML, SOLVED, TRANSFORMER, attribute, constructor, estimator_class, transformer_methods
from batuta.catalog.entry import Entry, Shelf

_MODULE = "sklearn.random_projection"
_NAME = f"{_MODULE}.GaussianRandomProjection"

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _NAME,
            "(n_components: int | str = 'auto', *, eps: float = 0.1, compute_inverse_components: Any = False, "
            "random_state: int | None = None)",
            used={"n_components": "variant", "eps": "", "random_state": ""},
            parity=SOLVED,
            cost="medium",
            case=(
                "import numpy as np\nfrom sklearn.random_projection import GaussianRandomProjection\n"
                "X = np.random.RandomState(0).normal(size=(6, 8))\nfewer = GaussianRandomProjection(n_components=3, random_state=4)\n"
                "print(np.round(fewer.fit_transform(X), 8), fewer.n_components_, np.round(fewer.components_[0], 8))\n"
            ),
        ),
        *transformer_methods(_NAME, inverse=False),
        attribute(_NAME, "components_", "array[float64, 2]"),
        attribute(_NAME, "n_components_", "int"),
        Entry(
            f"{_MODULE}.johnson_lindenstrauss_min_dim",
            "(n_samples: int, *, eps: float = 0.1) -> numpy[int64]",
            "sklearn::independent::johnson_lindenstrauss_min_dim({n_samples}, {eps})",
            features=ML,
            case=(
                "from sklearn.random_projection import johnson_lindenstrauss_min_dim\n"
                "print(johnson_lindenstrauss_min_dim(1000, eps=0.1), johnson_lindenstrauss_min_dim(50, eps=0.5))\n"
            ),
        ),
    ),
    classes=(estimator_class(_NAME, "sklearn::GaussianRandomProjection", TRANSFORMER),),
)
