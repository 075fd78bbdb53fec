"""The module `sklearn.cluster`.

## Before
    labels = KMeans(n_clusters=3, random_state=42, n_init=10).fit_predict(X)
## After
    let labels = sklearn::KMeans::new().n_clusters(3).random_state(Some(42)).n_init(Some(10)).fit_predict(&x);
## Same numbers
    k-means++ draws from NumPy's stream, so the labels are scikit-learn's; the inertia agrees to the last digits
## Not handled
    `init` as an array, `algorithm="elkan"`, sample weights
"""

from batuta.catalog._aprender import dbscan, kmeans, on_both
from batuta.catalog._estimators import (
    CLUSTERER,
    attribute,
    clusterer_methods,
    constructor,
    estimator_class,
    parameter_attributes,
    partial_fit,
)
from batuta.catalog.entry import Call, Parity, Refusal, Shelf

_MODULE = "sklearn.cluster"
_MEANS = Parity(
    "close", 1e-12, caveat="the same draws and rounds; sums are added in another order than scikit-learn's threads add them"
)
_BATCHES = f"{_MODULE}.MiniBatchKMeans"
_MERGED = f"{_MODULE}.AgglomerativeClustering"
_METRICS = ("euclidean", "l2", "manhattan", "cityblock", "l1")


def _check_merged(call: Call) -> None:
    metric = call.constant("metric", default=None)
    if isinstance(metric, str) and metric not in _METRICS:
        raise Refusal("BAT103", f"`metric={metric!r}` is not translated", f"Use one of {', '.join(_METRICS)}.")


SHELF = Shelf(
    module=_MODULE,
    entries=(
        constructor(
            f"{_MODULE}.KMeans",
            "(n_clusters: int = 8, *, init: str = 'k-means++', n_init: int | str = 'auto', max_iter: int = 300, tol: float = "
            "0.0001, "
            "verbose: Any = 0, random_state: int | None = None, copy_x: Any = True, algorithm: Any = 'lloyd')",
            used={"n_clusters": "", "init": "", "n_init": "auto", "max_iter": "", "tol": "", "random_state": ""},
            parity=_MEANS,
            aprender=kmeans,
            case=(
                "import numpy as np\nfrom sklearn.cluster import KMeans\nnp.random.seed(3)\nX = np.random.randn(60, 2)\n"
                "model = KMeans(n_clusters=3, random_state=42, n_init=10)\nlabels = model.fit_predict(X)\nprint(labels)\n"
                "print(round(model.inertia_, 8), model.n_iter_, np.round(model.cluster_centers_, 6))\n"
                "print(model.predict(X[:5]))\nprint(np.unique(model.labels_, return_counts=True), repr(model.predict(X[:3])), set(labels))\n"
            ),
        ),
        *clusterer_methods(f"{_MODULE}.KMeans", predicts=True, labels="int32"),
        attribute(f"{_MODULE}.KMeans", "cluster_centers_", "array[float64, 2]"),
        attribute(f"{_MODULE}.KMeans", "inertia_", "float"),
        attribute(f"{_MODULE}.KMeans", "n_iter_", "int"),
        *parameter_attributes(f"{_MODULE}.KMeans", n_clusters="int", max_iter="int"),
        constructor(
            _BATCHES,
            "(n_clusters: int = 8, *, init: str = 'k-means++', max_iter: int = 100, batch_size: int = 1024, verbose: Any = 0, "
            "compute_labels: Any = True, random_state: int | None = None, tol: float = 0.0, max_no_improvement: int | None = 10, "
            "init_size: int | None = None, n_init: int | str = 'auto', reassignment_ratio: float = 0.01)",
            used={
                "n_clusters": "",
                "init": "",
                "max_iter": "",
                "batch_size": "",
                "random_state": "",
                "tol": "",
                "max_no_improvement": "",
                "init_size": "",
                "n_init": "auto",
                "reassignment_ratio": "",
            },
            values={"init": ("k-means++", "random")},
            parity=_MEANS,
            case=(
                "import numpy as np\nfrom sklearn.cluster import MiniBatchKMeans\nnp.random.seed(3)\nX = np.random.randn(200, 2)\n"
                "model = MiniBatchKMeans(n_clusters=4, random_state=0, batch_size=32, n_init=3)\nprint(model.fit_predict(X)[:40])\n"
                "print(round(model.inertia_, 6), model.n_iter_, model.n_steps_, np.round(model.cluster_centers_, 6))\n"
                "more = MiniBatchKMeans(n_clusters=3, random_state=1, n_init=3)\nfor at in range(0, 200, 40):\n"
                "    more.partial_fit(X[at:at + 40])\nprint(np.round(more.cluster_centers_, 6), more.labels_, more.n_steps_)\n"
                "print(model.predict(X[:5]), np.round(model.transform(X[:2]), 6))\n"
                "other = MiniBatchKMeans(12, init='random', batch_size=50, tol=0.01, max_iter=20, random_state=5).fit(X)\n"
                "print(round(other.inertia_, 6), np.bincount(other.labels_))\n"
            ),
        ),
        *clusterer_methods(_BATCHES, predicts=True, labels="int32"),
        partial_fit(_BATCHES, "other", labelled=False),
        attribute(_BATCHES, "cluster_centers_", "array[float64, 2]"),
        attribute(_BATCHES, "inertia_", "float"),
        attribute(_BATCHES, "n_iter_", "int"),
        attribute(_BATCHES, "n_steps_", "int"),
        *parameter_attributes(_BATCHES, n_clusters="int"),
        constructor(
            f"{_MODULE}.DBSCAN",
            "(eps: float = 0.5, *, min_samples: int = 5, metric: Any = 'euclidean', metric_params: Any = None, algorithm: "
            "Any = 'auto', "
            "leaf_size: Any = 30, p: Any = None, n_jobs: Any = None)",
            used={"eps": "", "min_samples": ""},
            ignored=("leaf_size", "n_jobs"),
            only={"algorithm": ("auto", "kd_tree", "ball_tree")},
            aprender=dbscan,
            case=(
                "import numpy as np\nfrom sklearn.cluster import DBSCAN\n"
                "X = np.array([[1.0, 2.0], [2.0, 2.0], [2.0, 3.0], [8.0, 7.0], [8.0, 8.0], [25.0, 80.0]])\n"
                "model = DBSCAN(eps=3, min_samples=2).fit(X)\nprint(model.labels_, model.core_sample_indices_)\n"
            ),
        ),
        *clusterer_methods(f"{_MODULE}.DBSCAN"),
        attribute(f"{_MODULE}.DBSCAN", "core_sample_indices_", "array[int64, 1]"),
        attribute(f"{_MODULE}.DBSCAN", "components_", "array[float64, 2]"),
        *parameter_attributes(f"{_MODULE}.DBSCAN", eps="float", min_samples="int"),
        constructor(
            _MERGED,
            "(n_clusters: int | None = 2, *, metric: str = 'euclidean', memory: Any = None, connectivity: Any = None, "
            "compute_full_tree: Any = 'auto', linkage: str = 'ward', distance_threshold: float | None = None, "
            "compute_distances: bool = False)",
            used={
                "n_clusters": "",
                "metric": "",
                "linkage": "",
                "distance_threshold": "",
                "compute_distances": "",
            },
            only={"compute_full_tree": ("auto", True)},
            check=_check_merged,
            case=(
                "import numpy as np\nfrom sklearn.cluster import AgglomerativeClustering\nrng = np.random.RandomState(0)\n"
                "X = rng.normal(size=(25, 2))\nX[:10] += 4.0\n"
                "for linkage in ('ward', 'complete', 'average', 'single'):\n"
                "    model = AgglomerativeClustering(n_clusters=3, linkage=linkage, compute_distances=True).fit(X)\n"
                "    print(linkage, model.labels_, model.children_[-3:], np.round(model.distances_[-3:], 8))\n"
                "model = AgglomerativeClustering(n_clusters=None, distance_threshold=2.5).fit(X)\n"
                "print(model.n_clusters_, model.labels_, model.n_leaves_)\n"
            ),
        ),
        *clusterer_methods(_MERGED),
        attribute(_MERGED, "n_clusters_", "int"),
        attribute(_MERGED, "n_leaves_", "int"),
        attribute(_MERGED, "children_", "array[int64, 2]"),
        attribute(_MERGED, "distances_", "array[float64, 1]"),
        *parameter_attributes(_MERGED, n_clusters="int | None", linkage="str"),
    ),
    classes=(
        estimator_class(f"{_MODULE}.KMeans", on_both("KMeans"), CLUSTERER),
        estimator_class(_BATCHES, "sklearn::MiniBatchKMeans", CLUSTERER),
        estimator_class(_MERGED, "sklearn::AgglomerativeClustering", CLUSTERER),
        estimator_class(f"{_MODULE}.DBSCAN", on_both("DBSCAN"), CLUSTERER),
    ),
    refused={
        f"{_MODULE}.SpectralClustering": ("it is not mapped", "Use KMeans or DBSCAN."),
    },
)
