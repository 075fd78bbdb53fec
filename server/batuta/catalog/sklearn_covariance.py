"""The module `sklearn.covariance`.

## Before
    labels = EllipticEnvelope(contamination=0.1, random_state=0).fit_predict(X)
## After
    let labels = sklearn::EllipticEnvelope::new().contamination(0.1).random_state(Some(0)).fit_predict(&x);
## Same numbers
    the same subsets on NumPy's stream, concentrated by the same steps
## Not handled
    sparse inverse covariances
"""

from batuta.catalog._estimators import (
    CLUSTERER,
    ML,
    SOLVED,
    TRANSFORMER,
    attribute,
    constructor,
    estimator_class,
    method,
    outlier_methods,
)
from batuta.catalog.entry import Entry, Parity, Shelf

_MODULE = "sklearn.covariance"
_DATA = (
    "import numpy as np\nrng = np.random.RandomState(0)\n"
    "X = rng.multivariate_normal([1.0, 2.0, 0.0], [[2.0, 0.5, 0.1], [0.5, 1.0, 0.0], [0.1, 0.0, 0.5]], size=60)\n"
)
_SHOWN = (
    "print(np.round(model.location_, 8), np.round(model.covariance_, 8), np.round(model.precision_, 7))\n"
    "print(np.round(model.mahalanobis(X[:3]), 7), round(float(model.score(X)), 7), model)\n"
    "print(round(float(model.error_norm(np.eye(3))), 7), round(float(model.error_norm(np.eye(3), norm='spectral', squared=False)), 7))\n"
)
_SUBSETS = Parity("close", 1e-8, caveat="subsets with the same rows; their sums are added up in another order")


def _spread(name: str, more: tuple[str, ...] = ()) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    me = f'self: "{owner}"'
    return (
        attribute(owner, "location_", "array[float64, 1]"),
        attribute(owner, "covariance_", "array[float64, 2]"),
        attribute(owner, "precision_", "array[float64, 2]"),
        method(owner, "get_precision", f"({me}) -> array[float64, 2]", "{self}.~precision_()"),
        method(owner, "mahalanobis", f"({me}, X: arraylike[float64, 2]) -> array[float64, 1]", "{self}.~mahalanobis({&X})"),
        method(
            owner,
            "error_norm",
            f"({me}, comp_cov: arraylike[float64, 2], norm: str = 'frobenius', scaling: bool = True, squared: bool = True) "
            "-> numpy[float64]",
            "{self}.~error_norm({&comp_cov}, {&norm}, {scaling}, {squared})",
        ),
        *(attribute(owner, each, "numpy[float64]") for each in more),
    )


def _plain(name: str, first: str, used: dict[str, str], arguments: tuple[str, ...], shrunk: bool) -> tuple[Entry, ...]:
    owner = f"{_MODULE}.{name}"
    made = "".join(f"model = {name}({each}).fit(X)\n{_SHOWN}" for each in arguments)
    shown = "print(round(float(model.shrinkage_), 8))\n" if shrunk else ""
    me = f'self: "{owner}"'
    return (
        constructor(
            owner,
            f"(*, store_precision: Any = True, assume_centered: bool = False{first})",
            used={"assume_centered": "", **used},
            parity=SOLVED,
            case=f"{_DATA}from sklearn.covariance import {name}\n{made}{shown}",
        ),
        method(owner, "fit", f"({me}, X: arraylike[float64, 2], y: Any = None) -> Self", "{self}.~fit_alone({&X})"),
        method(
            owner,
            "score",
            f"({me}, X_test: arraylike[float64, 2], y: Any = None) -> numpy[float64]",
            "{self}.~score_alone({&X_test})",
        ),
        attribute(owner, "n_features_in_", "int"),
        *_spread(name, ("shrinkage_",) if shrunk else ()),
    )


_ROBUST = "store_precision: Any = True, assume_centered: bool = False, support_fraction: float | None = None, "
_DETERMINANT, _ENVELOPE = f"{_MODULE}.MinCovDet", f"{_MODULE}.EllipticEnvelope"
_RAW = (
    ("raw_location_", "array[float64, 1]"),
    ("raw_covariance_", "array[float64, 2]"),
    ("raw_support_", "array[bool, 1]"),
    ("support_", "array[bool, 1]"),
    ("dist_", "array[float64, 1]"),
)
_OUTLIERS = f"{_DATA}X[:6] += 9.0\nmany = np.r_[rng.normal(size=(700, 2)), rng.uniform(-8, 8, size=(60, 2))]\nfrom sklearn.covariance import "

SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_plain("EmpiricalCovariance", "", {}, ("", "assume_centered=True"), False),
        *_plain("ShrunkCovariance", ", shrinkage: float = 0.1", {"shrinkage": ""}, ("", "shrinkage=0.5"), False),
        *_plain("LedoitWolf", ", block_size: Any = 1000", {}, ("", "assume_centered=True"), True),
        *_plain("OAS", "", {}, ("", "assume_centered=True"), True),
        constructor(
            _DETERMINANT,
            f"(*, {_ROBUST}random_state: int | None = None)",
            used={"assume_centered": "", "support_fraction": "", "random_state": ""},
            parity=_SUBSETS,
            case=f"{_OUTLIERS}MinCovDet\nmodel = MinCovDet(random_state=0).fit(X)\n{_SHOWN}"
            "print(model.support_.sum(), np.round(model.raw_location_, 6), np.round(model.dist_[:4], 6))\n"
            "for model in (MinCovDet(random_state=1), MinCovDet(support_fraction=0.9, random_state=2), MinCovDet(assume_centered=True, random_state=3)):\n"
            "    model.fit(many)\n    print(np.round(model.location_, 6), np.round(model.covariance_, 6), model.support_.sum())\n"
            "print(np.round(MinCovDet(random_state=0).fit(many[:, :1]).covariance_, 6))\n",
        ),
        method(
            _DETERMINANT,
            "fit",
            f'(self: "{_DETERMINANT}", X: arraylike[float64, 2], y: Any = None) -> Self',
            "{self}.~fit_alone({&X})",
        ),
        method(
            _DETERMINANT,
            "score",
            f'(self: "{_DETERMINANT}", X_test: arraylike[float64, 2], y: Any = None) -> numpy[float64]',
            "{self}.~score_alone({&X_test})",
        ),
        *_spread("MinCovDet"),
        *(attribute(_DETERMINANT, *each) for each in _RAW),
        constructor(
            _ENVELOPE,
            f"(*, {_ROBUST}contamination: float = 0.1, random_state: int | None = None)",
            used={"assume_centered": "", "support_fraction": "", "contamination": "", "random_state": ""},
            parity=_SUBSETS,
            case=f"{_OUTLIERS}EllipticEnvelope\nmodel = EllipticEnvelope(random_state=0).fit(X)\n"
            "print(model.predict(X), np.round(model.decision_function(X[:8]), 6), round(float(model.offset_), 6))\n"
            "print(np.round(model.mahalanobis(X[:3]), 6), np.round(model.score_samples(X[:3]), 6), model.score(X, model.predict(X)))\n"
            "labels = EllipticEnvelope(contamination=0.08, random_state=4).fit_predict(many)\nprint((labels == -1).sum(), labels[690:])\n",
        ),
        *outlier_methods(_ENVELOPE),
        method(
            _ENVELOPE,
            "score",
            f'(self: "{_ENVELOPE}", X: arraylike[float64, 2], y: Any) -> float',
            "{self}.~score({&X}, {&y})",
        ),
        *_spread("EllipticEnvelope"),
        *(attribute(_ENVELOPE, *each) for each in _RAW),
        attribute(_ENVELOPE, "offset_", "numpy[float64]"),
        Entry(
            f"{_MODULE}.empirical_covariance",
            "(X: arraylike[float64, 2], *, assume_centered: bool = False) -> array[float64, 2]",
            "sklearn::covariance::empirical_covariance({&X}, {assume_centered})",
            features=ML,
            cost="medium",
            case=f"{_DATA}from sklearn.covariance import empirical_covariance\n"
            "print(np.round(empirical_covariance(X), 9), np.round(empirical_covariance(X, assume_centered=True), 9))\n",
        ),
        Entry(
            f"{_MODULE}.shrunk_covariance",
            "(emp_cov: arraylike[float64, 2], shrinkage: float = 0.1) -> array[float64, 2]",
            "sklearn::covariance::shrunk_covariance({&emp_cov}, {shrinkage})",
            features=ML,
            case=f"{_DATA}from sklearn.covariance import shrunk_covariance\nprint(shrunk_covariance(np.array([[2.0, 0.5], [0.5, 1.0]]), 0.3))\n",
        ),
        Entry(
            f"{_MODULE}.log_likelihood",
            "(emp_cov: arraylike[float64, 2], precision: arraylike[float64, 2]) -> numpy[float64]",
            "sklearn::covariance::log_likelihood({&emp_cov}, {&precision})",
            features=ML,
            case=f"{_DATA}from sklearn.covariance import log_likelihood\n"
            "print(round(float(log_likelihood(np.eye(2) * 2.0, np.array([[1.0, 0.2], [0.2, 0.8]]))), 9))\n",
        ),
    ),
    classes=(
        *(
            estimator_class(f"{_MODULE}.{name}", f"sklearn::{name}", TRANSFORMER[1:])
            for name in ("EmpiricalCovariance", "ShrunkCovariance", "LedoitWolf", "OAS", "MinCovDet")
        ),
        estimator_class(_ENVELOPE, "sklearn::EllipticEnvelope", CLUSTERER),
    ),
    refused={
        f"{_MODULE}.{name}": ("sparse inverse covariances are not mapped", "Use LedoitWolf.")
        for name in ("GraphicalLasso", "GraphicalLassoCV", "graphical_lasso")
    },
)
