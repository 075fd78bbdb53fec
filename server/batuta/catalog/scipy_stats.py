"""The module `scipy.stats`: distributions with their parameters, from which a search draws values.

## Before
    search = RandomizedSearchCV(SVC(), {"C": loguniform(0.01, 100)}, n_iter=20, random_state=0)
## After
    let search = sklearn::model_selection::GridSearchCV::new(&sklearn::SVC::new())
        .drawn("C", &sklearn::model_selection::distributions::Distribution::LogUniform(0.01, 100.0)).sample(20, Some(0));
## Same numbers
    the same values for the same seed
## Not handled
    densities and their like, samples (`rvs`), tests, other distributions than uniform, loguniform, expon, norm and randint
"""

from batuta.catalog._estimators import EXACT, ML
from batuta.catalog.entry import Entry, LibraryClass, Shelf

_MODULE = "scipy.stats"
DRAWN = f"{_MODULE}.distribution"
_PATH = "sklearn::model_selection::distributions::Distribution"
_CASE = (
    "from scipy.stats import {name}\nfrom sklearn.datasets import load_iris\nfrom sklearn.model_selection import RandomizedSearchCV\n"
    "from sklearn.linear_model import Ridge\nX, y = load_iris(return_X_y=True)\n"
    "space = {{'alpha': {made}, 'fit_intercept': [True, False]}}\n"
    "search = RandomizedSearchCV(Ridge(), space, n_iter=6, cv=3, random_state=1).fit(X, y.astype(float))\n"
    "print(search.best_params_, round(search.best_score_, 8))\nprint(search.cv_results_['params'])\n"
)


def _distribution(name: str, signature: str, variant: str, made: str, kind: str = "float") -> Entry:
    parameters = ", ".join(part.split(":")[0].strip() for part in signature.split(",") if part)
    holes = ", ".join(f"{{{each}}}" for each in parameters.split(", "))
    return Entry(
        f"{_MODULE}.{name}",
        f'({signature}) -> Object["{DRAWN}", {kind}]',
        f"{_PATH}::{variant}({holes})",
        kind="class",
        features=ML,
        parity=EXACT,
        case=_CASE.format(name=name, made=made),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        _distribution("uniform", "loc: float = 0.0, scale: float = 1.0", "Uniform", "uniform(0.5, 3)"),
        _distribution("loguniform", "a: float, b: float", "LogUniform", "loguniform(1e-3, 1e2)"),
        _distribution("reciprocal", "a: float, b: float", "LogUniform", "reciprocal(1e-3, 1e2)"),
        _distribution("expon", "loc: float = 0.0, scale: float = 1.0", "Exponential", "expon(scale=2.0)"),
        _distribution("norm", "loc: float = 0.0, scale: float = 1.0", "Normal", "norm(5.0, 0.5)"),
        _distribution("randint", "low: int, high: int", "Whole", "randint(1, 30)", kind="int"),
    ),
    classes=(LibraryClass(DRAWN, _PATH, mutable=False, features=("ml",)),),
)
