"""Measures the engine beside NumPy and scikit-learn and prints how many times faster it is: `make bench-engine`.

python -m benchmarks.engine                     everything
python -m benchmarks.engine --only forest,scaler  rows whose name contains one of these, separated by commas
python -m benchmarks.engine --repeats 9         how often both sides are measured, in turns
python -m benchmarks.engine --page FILE         writes the figures as a page too

Both sides of a row run in turns in one process, so that other work on the machine meets both; the least and the median of the repeats are shown.
Each row checks that both sides agree before it is measured.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np


class Row(NamedTuple):
    """One workload on both sides; each side gives numbers that must agree."""

    name: str
    theirs: Callable[[], Any]
    ours: Callable[[], Any]
    tolerance: float = 1e-9
    repeats: int | None = None


class Measured(NamedTuple):
    """Seconds of the repeats of both sides, and how far their numbers differ."""

    row: Row
    theirs: list[float]
    ours: list[float]
    difference: float

    @property
    def ratio(self) -> float:
        """How many times faster the engine is, by the least times."""
        return min(self.theirs) / min(self.ours)

    @property
    def median_ratio(self) -> float:
        """The same by the medians."""
        return statistics.median(self.theirs) / statistics.median(self.ours)


def timed(function: Callable[[], Any]) -> float:
    """Seconds of one call."""
    begun = time.perf_counter()
    function()
    return time.perf_counter() - begun


def difference(mine: Any, other: Any) -> float:
    """The largest difference relative to the largest number."""
    one, two = np.asarray(mine, np.float64), np.asarray(other, np.float64)
    return float(np.max(np.abs(one - two)) / max(1.0, float(np.max(np.abs(two)))))


def measure(row: Row, repeats: int) -> Measured:
    """Both sides in turns. Raises ValueError where they do not agree."""
    found = difference(row.ours(), row.theirs())
    if not found <= row.tolerance:
        raise ValueError(f"{row.name}: the sides differ by {found:.3g}, more than {row.tolerance:g}")
    theirs, ours = [], []
    for _ in range(row.repeats or repeats):
        theirs.append(timed(row.theirs))
        ours.append(timed(row.ours))
    return Measured(row, theirs, ours, found)


def array_rows() -> list[Row]:
    """The engine's arrays beside NumPy."""
    from batuta_engine import fused, lazy
    from batuta_engine.backends.reductions import reduce

    random = np.random.RandomState(0)
    rows = []
    for size in (1_000, 100_000, 1_000_000, 10_000_000):
        a, b, c = random.rand(3, size)
        rows.append(
            Row(
                f"NumPy: a * b + c, {size:,}",
                lambda a=a, b=b, c=c: a * b + c,
                lambda a=a, b=b, c=c: (lazy(a) * b + c).evaluate("simd"),
            )
        )
        rows.append(Row(f"NumPy: sum, {size:,}", lambda a=a: a.sum(), lambda a=a: reduce("sum", (a,), "simd", False)))
    assert fused
    return rows


def estimator_rows() -> list[Row]:
    """Estimators beside scikit-learn's."""
    import sklearn.cluster as cluster
    import sklearn.ensemble as ensemble
    import sklearn.linear_model as linear_model
    import sklearn.metrics as metrics
    import sklearn.naive_bayes as naive_bayes
    import sklearn.neighbors as neighbors
    import sklearn.preprocessing as preprocessing
    import sklearn.tree as tree
    from sklearn.datasets import make_blobs, make_classification

    import batuta_engine.estimators as ours
    import batuta_engine.metrics as own_metrics

    random = np.random.RandomState(0)
    rows: list[Row] = []

    def add(
        name: str, theirs: Callable[[], Any], mine: Callable[[], Any], tolerance: float = 1e-9, repeats: int | None = None
    ) -> None:
        rows.append(Row(name, theirs, mine, tolerance, repeats))

    def quick(work: Callable[[], Any]) -> Any:
        with ours.fast():
            return work()

    for samples in (1_000, 100_000, 1_000_000):
        x = random.randn(samples, 20)
        add(
            f"StandardScaler fit_transform, {samples:,} x 20",
            lambda x=x: preprocessing.StandardScaler().fit_transform(x),
            lambda x=x: ours.StandardScaler().fit_transform(x),
        )
        if samples == 1_000_000:
            add(
                "the same, fast mode",
                lambda x=x: preprocessing.StandardScaler().fit_transform(x),
                lambda x=x: quick(lambda: ours.StandardScaler().fit_transform(x)),
            )
    x = random.randn(100_000, 20)
    add(
        "MinMaxScaler fit_transform, 100,000 x 20",
        lambda: preprocessing.MinMaxScaler().fit_transform(x),
        lambda: ours.MinMaxScaler().fit_transform(x),
    )
    add(
        "RobustScaler fit_transform, 100,000 x 20",
        lambda: preprocessing.RobustScaler().fit_transform(x),
        lambda: ours.RobustScaler().fit_transform(x),
    )
    y = x @ random.randn(20) + random.randn(100_000)
    add(
        "LinearRegression fit, 100,000 x 20",
        lambda: linear_model.LinearRegression().fit(x, y).coef_,
        lambda: ours.LinearRegression().fit(x, y).coef_,
    )
    add(
        "the same, fast mode",
        lambda: linear_model.LinearRegression().fit(x, y).coef_,
        lambda: quick(lambda: ours.LinearRegression().fit(x, y).coef_),
    )
    add("Ridge fit, 100,000 x 20", lambda: linear_model.Ridge().fit(x, y).coef_, lambda: ours.Ridge().fit(x, y).coef_)
    add(
        "Lasso fit, 100,000 x 20",
        lambda: linear_model.Lasso(alpha=0.01).fit(x, y).coef_,
        lambda: ours.Lasso(alpha=0.01).fit(x, y).coef_,
    )
    labels = (y > 0).astype(int)
    add(
        "LogisticRegression fit, 100,000 x 20",
        lambda: linear_model.LogisticRegression().fit(x, labels).coef_,
        lambda: ours.LogisticRegression().fit(x, labels).coef_,
        repeats=3,
    )
    points, _ = make_blobs(100_000, centers=8, n_features=8, cluster_std=3.0, random_state=0)
    start = points[:8]
    options: dict[str, Any] = {"n_clusters": 8, "init": start, "n_init": 1, "max_iter": 20, "tol": 0.0}
    add(
        "KMeans, 20 rounds, 100,000 x 8, 8 groups",
        lambda: cluster.KMeans(**options).fit(points).inertia_,
        lambda: ours.KMeans(**options).fit(points).inertia_,
    )
    few, groups = make_blobs(10_000, centers=8, n_features=8, random_state=1)
    add(
        "KMeans k-means++ n_init=3, 10,000 x 8",
        lambda: cluster.KMeans(8, n_init=3, random_state=0).fit(few).inertia_,
        lambda: ours.KMeans(8, n_init=3, random_state=0).fit(few).inertia_,
    )
    flat = random.rand(10_000, 2) * 10
    add(
        "DBSCAN eps=0.1, 10,000 x 2",
        lambda: cluster.DBSCAN(eps=0.1).fit(flat).labels_,
        lambda: ours.DBSCAN(eps=0.1).fit(flat).labels_,
    )
    add(
        "silhouette_score, 10,000 x 8, 8 groups",
        lambda: metrics.silhouette_score(few, groups),
        lambda: own_metrics.silhouette_score(few, groups),
        repeats=3,
    )
    near = random.randn(10_000, 4)
    kinds = (near.sum(axis=1) > 0).astype(int)
    theirs_near, ours_near = neighbors.KNeighborsClassifier().fit(near, kinds), ours.KNeighborsClassifier().fit(near, kinds)
    add("KNeighborsClassifier predict, 10,000 x 4", lambda: theirs_near.predict(near), lambda: ours_near.predict(near))
    theirs_bayes, ours_bayes = naive_bayes.GaussianNB().fit(x, labels), ours.GaussianNB().fit(x, labels)
    add(
        "GaussianNB fit, 100,000 x 20",
        lambda: naive_bayes.GaussianNB().fit(x, labels).theta_,
        lambda: ours.GaussianNB().fit(x, labels).theta_,
    )
    add("GaussianNB predict, 100,000 x 20", lambda: theirs_bayes.predict(x), lambda: ours_bayes.predict(x))
    table, classes = make_classification(10_000, 20, n_informative=8, random_state=0)
    add(
        "DecisionTreeClassifier fit, 10,000 x 20",
        lambda: tree.DecisionTreeClassifier(random_state=0).fit(table, classes).feature_importances_,
        lambda: ours.DecisionTreeClassifier(random_state=0).fit(table, classes).feature_importances_,
    )
    forest: dict[str, Any] = {"n_estimators": 30, "random_state": 0}
    for name, jobs in (("", None), (" (n_jobs=2)", 2)):
        add(
            f"RandomForestClassifier fit, 30 trees, 10,000 x 20{name}",
            lambda jobs=jobs: ensemble.RandomForestClassifier(**forest, n_jobs=jobs).fit(table, classes).feature_importances_,
            lambda: ours.RandomForestClassifier(**forest).fit(table, classes).feature_importances_,
            repeats=2,
        )
    planted = ensemble.RandomForestClassifier(100, random_state=0, max_depth=12).fit(table, classes)
    own_planted = ours.RandomForestClassifier(100, random_state=0, max_depth=12).fit(table, classes)
    add(
        "forest of 100 trees, predict_proba, 10,000 rows",
        lambda: planted.predict_proba(table),
        lambda: own_planted.predict_proba(table),
    )
    one = table[:1].copy()
    add("the same, one row", lambda: planted.predict_proba(one), lambda: own_planted.predict_proba(one))
    boosting: dict[str, Any] = {"n_estimators": 20, "random_state": 0}
    add(
        "GradientBoostingClassifier fit, 20 rounds, 10,000 x 20",
        lambda: ensemble.GradientBoostingClassifier(**boosting).fit(table, classes).feature_importances_,
        lambda: ours.GradientBoostingClassifier(**boosting).fit(table, classes).feature_importances_,
        repeats=2,
    )
    return rows


def shown(seconds: float) -> str:
    """A time with its unit."""
    return f"{seconds * 1e6:.1f} µs" if seconds < 1e-3 else f"{seconds * 1e3:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def as_table(found: list[Measured]) -> str:
    """The rows as Markdown."""
    lines = [
        "| workload | NumPy or scikit-learn | engine | times faster (least) | times faster (median) | largest difference |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for each in found:
        lines.append(
            f"| {each.row.name} | {shown(min(each.theirs))} | {shown(min(each.ours))} | {each.ratio:.2f} | {each.median_ratio:.2f} | "
            f"{each.difference:.1g} |"
        )
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Prints the table; 1 where a row's sides do not agree."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engine", description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--page", type=Path)
    given = parser.parse_args(arguments)
    only = [part.lower() for part in given.only.split(",") if part]
    found: list[Measured] = []
    failed = 0
    for row in [*array_rows(), *estimator_rows()]:
        if only and not any(part in row.name.lower() for part in only):
            continue
        try:
            found.append(measure(row, given.repeats))
        except ValueError as problem:
            print(problem, file=sys.stderr)
            failed = 1
            continue
        print(f"{row.name}: {found[-1].ratio:.2f} times", file=sys.stderr, flush=True)
    print(as_table(found))
    if given.page is not None:
        from batuta.benchmark.machine import describe_machine

        given.page.write_text(
            PAGE.format(
                load=os.getloadavg()[0], machine="\n".join(f"- {each}" for each in describe_machine()), table=as_table(found)
            ),
            encoding="utf-8",
        )
    return failed


PAGE = """# How fast the engine is

Measured by `make bench-engine PAGE=docs/engine-speed.md`: both sides in turns in one process, the least and the median of the repeats. The engine
is in its exact mode unless a row says otherwise. The machine, whose load was {load:.0f} at the end (times are longer on a busy machine, on both sides):

{machine}

{table}

## Where the engine is slower

- Short arrays: a call builds an expression first, some tens of microseconds. Longer ones are shared out among threads, which wait for each other where the machine has other
  work.
- `Ridge` makes the same calls of BLAS as scikit-learn, on one thread, and one copy of the data more.
- `Lasso` on tall data adds in a fixed order; scikit-learn calls BLAS. With eight running sums it comes near, but not always to it.
"""

if __name__ == "__main__":
    sys.exit(main())
