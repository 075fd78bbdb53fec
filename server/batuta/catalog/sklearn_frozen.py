"""The module `sklearn.frozen`.

## Before
    model = FrozenEstimator(fitted)
## After
    let model = sklearn::Model::frozen(&fitted);
## Same numbers
    those of the estimator
## Not handled
    nothing
"""

from batuta.catalog._estimators import ML, check_nested
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.catalog.sklearn_pipeline import role_of
from batuta.ir import types as t


def _result(call: Call) -> t.Type:
    found = call.type("estimator")
    role = role_of(found, call)
    arguments = found.arguments[:1] if isinstance(found, t.Object) else ()
    return t.Object(f"sklearn.base.{role or 'BaseEstimator'}", arguments or (t.Variable("Y"),))


SHELF = Shelf(
    module="sklearn.frozen",
    entries=(
        Entry(
            "sklearn.frozen.FrozenEstimator",
            "(estimator: Any) -> Any",
            "sklearn::Model::frozen({&estimator})",
            kind="class",
            result=_result,
            refuse=check_nested("estimator"),
            features=ML,
            case=(
                "from sklearn.frozen import FrozenEstimator\nfrom sklearn.linear_model import LogisticRegression, Ridge\nfrom sklearn.datasets import load_iris\n"
                "X, y = load_iris(return_X_y=True)\nmodel = FrozenEstimator(LogisticRegression(max_iter=1000).fit(X, y))\n"
                "model.fit(X[:60], y[:60])\nprint(model.predict(X[::20]), model.score(X, y), type(model).__name__, model)\n"
                "line = FrozenEstimator(Ridge().fit(X, X[:, 0])).fit(X[:5], X[:5, 1])\nprint(line.predict(X[:3]).round(5))\n"
            ),
        ),
    ),
)
