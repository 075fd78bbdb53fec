"""The module `sklearn.kernel_ridge`.

## Before
    model = KernelRidge(kernel="rbf", gamma=0.5).fit(X, y)
## After
    let model = sklearn::KernelRidge::new().kernel("rbf".to_string()).gamma(Some(0.5)).fit(&x, &y);
## Same numbers
    the dual problem by Cholesky's factorisation, as scikit-learn solves it
## Not handled
    several targets, sample weights, kernels that are functions or matrices
"""

from batuta.catalog._estimators import REGRESSOR, SOLVED, attribute, constructor, estimator_class, regressor_methods
from batuta.catalog.entry import Shelf

_MODULE = "sklearn.kernel_ridge"
_KERNEL = f"{_MODULE}.KernelRidge"

SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            _KERNEL,
            "(alpha: float = 1.0, *, kernel: str = 'linear', gamma: float | None = None, degree: float = 3.0, coef0: float = 1.0, "
            "kernel_params: Any = None)",
            used={"alpha": "", "kernel": "", "gamma": "", "degree": "", "coef0": ""},
            values={"kernel": ("linear", "rbf", "laplacian", "poly", "polynomial", "sigmoid")},
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.kernel_ridge import KernelRidge\n"
                "X = np.linspace(0, 5, 20)[:, np.newaxis]\ny = np.sin(X).ravel()\n"
                "for model in (KernelRidge(alpha=0.1, kernel='rbf', gamma=0.5), KernelRidge(kernel='poly', degree=2),\n"
                "              KernelRidge(kernel='laplacian'), KernelRidge()):\n"
                "    print(np.round(model.fit(X, y).predict(X[:4]), 6), round(model.score(X, y), 6))\n"
                "print(np.round(KernelRidge(alpha=0.5, kernel='rbf').fit(X, y).dual_coef_[:3], 6))\n"
            ),
        ),
        *regressor_methods(_KERNEL),
        attribute(_KERNEL, "dual_coef_", "array[float64, 1]"),
    ),
    classes=(estimator_class(_KERNEL, "sklearn::KernelRidge", REGRESSOR),),
)
