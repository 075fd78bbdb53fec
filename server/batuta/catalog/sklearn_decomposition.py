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

from batuta.catalog._estimators import (
    SOLVED,
    TRANSFORMER,
    attribute,
    constructor,
    estimator_class,
    method,
    partial_fit,
    transformer_methods,
)
from batuta.catalog.entry import Call, Entry, Parity, Refusal, Shelf

_MODULE = "sklearn.decomposition"
_NAME = f"{_MODULE}.PCA"

_SVD = f"{_MODULE}.TruncatedSVD"
_TOPICS = f"{_MODULE}.LatentDirichletAllocation"
_ROWS = "X: arraylike[float64, 2]"


def _mixtures(call: Call) -> str:
    plain = call.constant("normalize")
    if not isinstance(plain, bool):
        raise Refusal("BAT103", "`normalize` must be written in the call", "Write True or False.")
    return "{self}.~transform({&X})" if plain else "{self}.~mixtures({&X})"


def _topics() -> tuple[Entry, ...]:
    me = f'self: "{_TOPICS}"'
    table = "array[float64, 2]"
    plain = [each for each in transformer_methods(_TOPICS, inverse=False) if not each.name.endswith(".transform")]
    return (
        constructor(
            _TOPICS,
            "(n_components: int = 10, *, doc_topic_prior: float | None = None, topic_word_prior: float | None = None, "
            "learning_method: str = 'batch', learning_decay: float = 0.7, learning_offset: float = 10.0, max_iter: int = 10, "
            "batch_size: int = 128, evaluate_every: int = -1, total_samples: float = 1000000.0, perp_tol: float = 0.1, "
            "mean_change_tol: float = 0.001, max_doc_update_iter: int = 100, n_jobs: Any = None, verbose: int = 0, "
            "random_state: int | None = None)",
            used={
                each: ""
                for each in (
                    "n_components",
                    "doc_topic_prior",
                    "topic_word_prior",
                    "learning_method",
                    "learning_decay",
                    "learning_offset",
                    "max_iter",
                    "batch_size",
                    "evaluate_every",
                    "total_samples",
                    "perp_tol",
                    "mean_change_tol",
                    "max_doc_update_iter",
                    "random_state",
                )
            },
            values={"learning_method": ("batch", "online")},
            ignored=("n_jobs",),
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.decomposition import LatentDirichletAllocation\n"
                "from sklearn.feature_extraction.text import CountVectorizer\n"
                "texts = ['the cat and the dog', 'a dog chased a cat', 'stocks and bonds fell', 'bonds rose and stocks fell', 'the dog sleeps']\n"
                "vectorizer = CountVectorizer()\nX = vectorizer.fit_transform(texts)\n"
                "lda = LatentDirichletAllocation(n_components=2, random_state=0)\nZ = lda.fit_transform(X)\n"
                "print(np.round(Z, 6), Z.sum(axis=1).round(6), np.round(lda.components_, 5), lda.n_iter_, round(lda.bound_, 5))\n"
                "names = vectorizer.get_feature_names_out()\n"
                "for k, topic in enumerate(lda.components_):\n    print(k, [names[i] for i in topic.argsort()[::-1][:3]])\n"
                "print(round(lda.score(X), 4), round(lda.perplexity(X), 4), lda.transform(X[:1]).round(6))\n"
                "other = LatentDirichletAllocation(3, learning_method='online', batch_size=2, max_iter=4, learning_offset=5.0, random_state=1)\n"
                "print(np.round(other.fit(X).transform(X, normalize=False), 5), other.n_batch_iter_, other.doc_topic_prior_)\n"
                "early = LatentDirichletAllocation(2, evaluate_every=1, max_iter=30, random_state=3).fit(X)\nprint(early.n_iter_)\n"
                "bits = LatentDirichletAllocation(2, total_samples=10, random_state=0)\n"
                "for _ in range(3):\n    bits.partial_fit(X)\nprint(bits.components_.round(5)[0])\n"
                "print(bits.exp_dirichlet_component_.round(5)[0], bits.n_features_in_, bits.topic_word_prior_)\n"
            ),
        ),
        *plain,
        partial_fit(_TOPICS, "other", labelled=False),
        method(_TOPICS, "transform", f"({me}, {_ROWS}, *, normalize: bool = True) -> {table}", _mixtures),
        method(_TOPICS, "score", f"({me}, {_ROWS}, y: Any = None) -> numpy[float64]", "{self}.~score_alone({&X})"),
        method(
            _TOPICS,
            "perplexity",
            f"({me}, {_ROWS}, sub_sampling: bool = False) -> numpy[float64]",
            "{self}.~perplexity({&X}, {sub_sampling})",
        ),
        *(
            attribute(_TOPICS, name, kind)
            for name, kind in (
                ("components_", table),
                ("exp_dirichlet_component_", table),
                ("n_iter_", "int"),
                ("n_batch_iter_", "int"),
                ("bound_", "numpy[float64]"),
                ("doc_topic_prior_", "float"),
                ("topic_word_prior_", "float"),
            )
        ),
    )


_NMF = f"{_MODULE}.NMF"
_KERNEL = f"{_MODULE}.KernelPCA"
_INDEPENDENT = f"{_MODULE}.FastICA"
_TABLE = "import numpy as np\nX = np.random.RandomState(0).normal(size=(20, 6)) * np.arange(1, 7)\n"
_DRAWN = Parity("close", 1e-6, caveat="the same random directions; the space that they span is written in another basis")

SHELF = Shelf(
    module=_MODULE,
    entries=(
        *_topics(),
        constructor(
            _NAME,
            "(n_components: int | float | None = None, *, copy: Any = True, whiten: bool = False, svd_solver: Any = 'auto', "
            "tol: Any = 0.0, "
            "iterated_power: Any = 'auto', n_oversamples: Any = 10, power_iteration_normalizer: Any = 'auto', random_state: "
            "int | None = None)",
            used={"n_components": "variant", "whiten": "", "svd_solver": "", "random_state": ""},
            ignored=("tol",),
            values={"svd_solver": ("auto", "full", "covariance_eigh", "randomized")},
            parity=SOLVED,
            case=(
                "import numpy as np\nfrom sklearn.decomposition import PCA\n"
                "X = np.array([[2.5, 2.4, 0.5], [0.5, 0.7, 1.9], [2.2, 2.9, 0.7], [1.9, 2.2, 1.1], [3.1, 3.0, 0.2]])\n"
                "pca = PCA(n_components=2)\nprint(np.round(pca.fit_transform(X), 8))\n"
                "print(np.round(pca.explained_variance_ratio_, 8), np.round(pca.components_, 8))\n"
                "wide = np.random.RandomState(0).normal(size=(30, 12)) * np.arange(1, 13)\n"
                "pca = PCA(n_components=3, svd_solver='randomized', random_state=4).fit(wide)\n"
                "print(np.round(pca.transform(wide[:2]), 6), np.round(pca.explained_variance_ratio_, 7), round(float(pca.noise_variance_), 6))\n"
            ),
        ),
        *transformer_methods(_NAME),
        attribute(_NAME, "components_", "array[float64, 2]"),
        *(
            attribute(_NAME, each, "array[float64, 1]")
            for each in ("explained_variance_", "explained_variance_ratio_", "singular_values_", "mean_")
        ),
        attribute(_NAME, "n_components_", "int"),
        attribute(_NAME, "noise_variance_", "numpy[float64]"),
        constructor(
            _SVD,
            "(n_components: int = 2, *, algorithm: Any = 'randomized', n_iter: int = 5, n_oversamples: int = 10, "
            "power_iteration_normalizer: Any = 'auto', random_state: int | None = None, tol: Any = 0.0)",
            used={"n_components": "", "n_iter": "", "n_oversamples": "", "random_state": ""},
            ignored=("power_iteration_normalizer",),
            parity=_DRAWN,
            case=_TABLE + "from sklearn.decomposition import TruncatedSVD\nsvd = TruncatedSVD(n_components=3, random_state=0)\n"
            "print(np.round(svd.fit_transform(X)[:3], 6), np.round(svd.singular_values_, 6))\n"
            "print(np.round(svd.explained_variance_ratio_, 6), np.round(svd.components_, 5), np.round(svd.transform(X[:2]), 6))\n",
        ),
        *transformer_methods(_SVD),
        attribute(_SVD, "components_", "array[float64, 2]"),
        *(
            attribute(_SVD, each, "array[float64, 1]")
            for each in ("explained_variance_", "explained_variance_ratio_", "singular_values_")
        ),
        constructor(
            _NMF,
            "(n_components: int | str | None = 'auto', *, init: str | None = None, solver: Any = 'cd', beta_loss: Any = 'frobenius', "
            "tol: float = 0.0001, max_iter: int = 200, random_state: int | None = None, alpha_W: float = 0.0, "
            "alpha_H: float | str = 'same', l1_ratio: float = 0.0, verbose: Any = 0, shuffle: bool = False)",
            used={
                "n_components": "variant",
                "init": "",
                "tol": "",
                "max_iter": "",
                "random_state": "",
                "alpha_W": "alpha_w",
                "l1_ratio": "",
                "shuffle": "",
            },
            values={"init": (None, "random", "nndsvd", "nndsvda", "nndsvdar")},
            parity=_DRAWN,
            case=_TABLE + "from sklearn.decomposition import NMF\nX = np.abs(X)\n"
            "model = NMF(n_components=3, random_state=0, max_iter=50, tol=0.01)\nW = model.fit_transform(X)\n"
            "print(np.round(W[:3], 6), np.round(model.components_, 6), model.n_iter_, round(float(model.reconstruction_err_), 6))\n"
            "print(np.round(model.transform(X[:2]), 5))\n"
            "model = NMF(3, init='random', random_state=1, tol=0.02, alpha_W=0.01, l1_ratio=0.5)\n"
            "print(np.round(model.fit_transform(X)[:2], 5), np.round(NMF(2, init='nndsvd', tol=0.02).fit_transform(X)[:2], 5))\n",
        ),
        *transformer_methods(_NMF),
        constructor(
            _KERNEL,
            "(n_components: int | None = None, *, kernel: str = 'linear', gamma: float | None = None, degree: float = 3, coef0: float = 1, "
            "kernel_params: Any = None, alpha: float = 1.0, fit_inverse_transform: bool = False, eigen_solver: str = 'auto', tol: Any = 0, "
            "max_iter: Any = None, iterated_power: Any = 'auto', remove_zero_eig: bool = False, random_state: Any = None, copy_X: Any = True, "
            "n_jobs: Any = None)",
            used={
                each: ""
                for each in (
                    "n_components",
                    "kernel",
                    "gamma",
                    "degree",
                    "coef0",
                    "alpha",
                    "fit_inverse_transform",
                    "eigen_solver",
                    "remove_zero_eig",
                )
            },
            ignored=("random_state", "n_jobs"),
            values={"eigen_solver": ("auto", "dense", "arpack")},
            parity=SOLVED,
            case=_TABLE + "from sklearn.decomposition import KernelPCA\n"
            "for kernel, gamma in [('rbf', 0.02), ('poly', 0.01), ('linear', None), ('cosine', None)]:\n"
            "    model = KernelPCA(n_components=2, kernel=kernel, gamma=gamma)\n    Z = model.fit_transform(X)\n"
            "    print(kernel, np.round(Z[:3], 6), np.round(model.transform(X[:2] + 0.1), 6), np.round(model.eigenvalues_, 5))\n"
            "back = KernelPCA(3, kernel='rbf', gamma=0.01, fit_inverse_transform=True, alpha=0.1).fit(X)\n"
            "print(np.round(back.inverse_transform(back.transform(X[:2])), 5), back.eigenvectors_.shape, back.n_features_in_, back)\n",
        ),
        *transformer_methods(_KERNEL),
        attribute(_KERNEL, "eigenvalues_", "array[float64, 1]"),
        attribute(_KERNEL, "eigenvectors_", "array[float64, 2]"),
        attribute(_NMF, "components_", "array[float64, 2]"),
        attribute(_NMF, "n_iter_", "int"),
        attribute(_NMF, "n_components_", "int"),
        attribute(_NMF, "reconstruction_err_", "numpy[float64]"),
        constructor(
            _INDEPENDENT,
            "(n_components: int | None = None, *, algorithm: str = 'parallel', whiten: str = 'unit-variance', fun: str = 'logcosh', "
            "fun_args: Any = None, max_iter: int = 200, tol: float = 0.0001, w_init: Any = None, whiten_solver: str = 'svd', "
            "random_state: int | None = None)",
            used={
                each: ""
                for each in ("n_components", "algorithm", "whiten", "fun", "max_iter", "tol", "whiten_solver", "random_state")
            },
            values={
                "algorithm": ("parallel", "deflation"),
                "whiten": ("unit-variance", "arbitrary-variance"),
                "fun": ("logcosh", "exp", "cube"),
                "whiten_solver": ("svd", "eigh"),
            },
            parity=_DRAWN,
            case=(
                "import numpy as np\nfrom sklearn.decomposition import FastICA\nt = np.linspace(0, 8, 400)\n"
                "S = np.c_[np.sin(2 * t), np.sign(np.sin(3 * t)), np.mod(t, 1.0) - 0.5]\n"
                "X = S @ np.array([[1, 1, 1], [0.5, 2, 1.0], [1.5, 1.0, 2.0]]).T + 0.01 * np.random.RandomState(1).normal(size=S.shape)\n"
                "ica = FastICA(n_components=3, random_state=0)\nprint(np.round(ica.fit_transform(X)[:4], 5), ica.n_iter_)\n"
                "print(np.round(ica.mixing_, 5), np.round(ica.inverse_transform(ica.transform(X[:2])), 5))\n"
                "print(np.round(FastICA(2, random_state=2, tol=1e-6, max_iter=500, whiten='arbitrary-variance').fit(X).components_, 4))\n"
                "print(np.round(FastICA(3, algorithm='deflation', random_state=1, whiten_solver='eigh').fit(X).components_, 4))\n"
            ),
        ),
        *transformer_methods(_INDEPENDENT),
        *(attribute(_INDEPENDENT, each, "array[float64, 2]") for each in ("components_", "mixing_", "whitening_")),
        attribute(_INDEPENDENT, "mean_", "array[float64, 1]"),
        attribute(_INDEPENDENT, "n_iter_", "int"),
    ),
    classes=(
        estimator_class(_TOPICS, "sklearn::LatentDirichletAllocation", TRANSFORMER),
        estimator_class(_INDEPENDENT, "sklearn::FastICA", TRANSFORMER),
        estimator_class(_NAME, "sklearn::PCA", TRANSFORMER),
        estimator_class(_SVD, "sklearn::TruncatedSVD", TRANSFORMER),
        estimator_class(_NMF, "sklearn::NMF", TRANSFORMER),
        estimator_class(_KERNEL, "sklearn::KernelPCA", TRANSFORMER),
    ),
)
