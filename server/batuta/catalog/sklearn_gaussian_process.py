"""The modules `sklearn.gaussian_process` and `sklearn.gaussian_process.kernels`.

## Before
    model = GaussianProcessRegressor(kernel=1.0 * RBF(0.5) + WhiteKernel(), random_state=0).fit(X, y)
    mean, deviation = model.predict(X, return_std=True)
## After
    let model = sklearn::GaussianProcessRegressor::new().kernel((&kernel).into()).random_state(Some(0)).fit(&x, &y);
    let (mean, deviation) = model.predict_with_std(&x);
## Same numbers
    the bounded search of SciPy, step by step; where it stops depends on the last digits, so scales agree to four or five digits
## Not handled
    classification, several targets, noise of each row, `sample_y`, other kernels and Matern's with another `nu` than 0.5, 1.5, 2.5 and inf
"""

from collections.abc import Callable
from typing import Any

from batuta.catalog._estimators import ML, REGRESSOR, attribute, constructor, estimator_class, method, regressor_methods
from batuta.catalog._kernel_operators import KERNEL
from batuta.catalog.entry import Call, Entry, LibraryClass, Parity, Refusal, Shelf
from batuta.ir import types as t

_MODULE = "sklearn.gaussian_process"
_KERNELS = f"{_MODULE}.kernels"
_NAME = f"{_MODULE}.GaussianProcessRegressor"
_PATH = "sklearn::gaussian_process"
_SEARCH = Parity("close", 1e-3, caveat="the same search, which stops before the last digits are settled")
_BOUNDS = "Any = (1e-05, 100000.0)"
_ME = f'self: "{_NAME}"'
_K = f'self: "{KERNEL}"'


def _range(call: Call, name: str) -> str:
    """The bounds of a scale, as Rust."""
    found = call.constant(name, default=None)
    if found == "fixed":
        return "None"
    if isinstance(found, tuple | list) and len(found) == 2 and all(isinstance(each, int | float) for each in found):
        return f"Some(({float(found[0])!r}, {float(found[1])!r}))"
    raise Refusal("BAT103", f"`{name}={call.source(name)}` is not translated", "Write two numbers or 'fixed' in the call.")


def _scale(call: Call, name: str) -> str:
    kind = call.type(name)
    bounds = _range(call, f"{name}_bounds")
    if isinstance(kind, t.Array | t.List | t.Tuple):
        if isinstance(kind, t.Tuple):
            raise Refusal("BAT103", f"`{name}` given as a tuple is not translated", "Write a list.")
        return f"{_PATH}::Scale::each(sklearn::numbers({{&{name}}}), {bounds})"
    return f"{_PATH}::Scale::one({{{name}}}, {bounds})"


def _kernel(name: str, variant: str, scales: tuple[str, ...], signature: str, case: str, more: str = "") -> Entry:
    def rust(call: Call) -> str:
        parts = [_scale(call, each) for each in scales]
        if more:
            parts.append(f"{{{more}}}")
        return f"{_PATH}::Kernel::{variant}({', '.join(parts)})"

    forms: list[str] = [f'({signature}) -> "{KERNEL}"']
    if "length_scale: float" in signature and len(scales) == 1:
        forms.append(f'({signature.replace("length_scale: float = 1.0", "length_scale: arraylike[float64, 1]")}) -> "{KERNEL}"')

    def refuse(call: Call) -> None:
        rust(call)
        if more and call.constant(more, default=NotImplemented) not in (
            0.5,
            1.5,
            2.5,
            float("inf"),
            "numpy.inf",
            NotImplemented,
        ):
            raise Refusal("BAT103", f"`nu={call.source(more)}` of Matern is not translated", "Use 0.5, 1.5, 2.5 or inf.")

    many: tuple[str | Callable[[Call], str], ...] = tuple(rust for _ in forms)
    return Entry(
        f"{_KERNELS}.{name}",
        tuple(forms) if len(forms) > 1 else forms[0],
        many if len(forms) > 1 else rust,
        kind="function",
        refuse=refuse,
        features=ML,
        parity=_SEARCH,
        case=case,
    )


_DATA = (
    "import numpy as np\nfrom sklearn.gaussian_process import GaussianProcessRegressor\nrng = np.random.RandomState(0)\n"
    "X = np.sort(rng.uniform(0, 5, size=(18, 1)), axis=0)\ny = np.sin(2 * X[:, 0]) + 0.5 * X[:, 0]\nnoisy = y + 0.2 * rng.normal(size=18)\n"
    "A = rng.uniform(-2, 2, size=(25, 2))\nb = np.sin(A[:, 0]) + 0.1 * A[:, 1] + 0.05 * rng.normal(size=25)\n"
)


def _shown(imports: str, *kernels: str) -> str:
    tried = "".join(
        f"model = GaussianProcessRegressor(kernel={each}, alpha=1e-3).fit(A, b)\nprint(np.round(model.predict(A[:4]), 3), model.kernel_.theta.shape)\n"
        f"print(model.kernel, np.round(model.log_marginal_likelihood_value_, 3))\n"
        for each in kernels
    )
    return f"{_DATA}from sklearn.gaussian_process.kernels import {imports}\n{tried}"


def _asked(call: Call) -> str:
    for name in ("return_std", "return_cov"):
        if not isinstance(call.constant(name, default=None), bool):
            raise Refusal("BAT103", f"`{name}` must be written in the call", "Write True or False.")
    return "std" if call.constant("return_std") else "cov" if call.constant("return_cov") else ""


def _predicted(call: Call) -> t.Type:
    numbers, asked = t.Array("float64", 1), _asked(call)
    return t.Tuple((numbers, t.Array("float64", 2 if asked == "cov" else 1))) if asked else numbers


def _predict(call: Call) -> str:
    asked = _asked(call)
    return f"{{self}}.~predict_with_{asked}({{&X}})" if asked else "{self}.~predict::<ndarray::Array1<f64>>({&X})"


def _process() -> Entry:
    signature = (
        f"(kernel: \"{KERNEL}\" | None = None, *, alpha: float = 1e-10, optimizer: str | None = 'fmin_l_bfgs_b', "
        "n_restarts_optimizer: int = 0, normalize_y: bool = False, copy_X_train: Any = True, n_targets: Any = None, "
        "random_state: int | None = None)"
    )
    made = constructor(
        _NAME,
        signature,
        used={
            "alpha": "",
            "optimizer": "",
            "n_restarts_optimizer": "",
            "normalize_y": "",
            "random_state": "",
            "kernel": "kernel",
        },
        parity=_SEARCH,
        case=f"{_DATA}from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel\n"
        "model = GaussianProcessRegressor(kernel=ConstantKernel(1.0, (1e-3, 1e3)) * RBF(1.0, (1e-2, 1e2)), n_restarts_optimizer=2, random_state=1).fit(X, y)\n"
        "mean, deviation = model.predict([[0.5], [2.2]], return_std=True)\nprint(np.round(mean, 3), np.round(deviation, 3), model.kernel)\n"
        "model = GaussianProcessRegressor(kernel=1.0 * RBF(0.7) + WhiteKernel(0.1), normalize_y=True).fit(X, noisy)\n"
        "mean, covariance = model.predict([[0.5], [2.2]], return_cov=True)\nprint(np.round(mean, 3), np.round(covariance, 4), round(model.score(X, noisy), 4))\n"
        "print(round(model.log_marginal_likelihood_value_, 3), round(model.log_marginal_likelihood(model.kernel_.theta), 3), model.kernel_)\n"
        "print(np.round(model.kernel_.theta, 2), model.kernel.bounds.shape, np.round(model.alpha_[:2], 2), model.X_train_.shape, model.y_train_.shape)\n"
        "fixed = GaussianProcessRegressor(kernel=2.0 * RBF(0.5, 'fixed'), optimizer=None, alpha=0.01).fit(X, noisy)\nprint(np.round(fixed.predict(X[:3]), 8), fixed)\n"
        "print(np.round(GaussianProcessRegressor().fit(X, y).predict(X[:3]), 4))\n",
    )
    return made


_PARTS = f"{KERNEL} by name"
_NUMBERS = ("constant_value", "noise_level", "length_scale", "alpha", "periodicity", "sigma_0", "nu")


def _number(call: Call) -> t.Type:
    """What the search has found is a number of NumPy's; what the program gives stays a float."""
    return t.NumpyScalar("float64") if "kernel_" in call.source("self") else t.FLOAT


def _parts() -> tuple[Entry, ...]:
    def entry(name: str, signature: str, rust: str, kind: Any = "attribute", **more: Any) -> Entry:
        return Entry(f"{KERNEL}.{name}", signature, rust, kind=kind, features=ML, **more)

    numbers = dict.fromkeys(_NUMBERS, ("AttributeError",))
    return (
        *(
            entry(name, f'({_K}) -> "{KERNEL}"', f'{{self}}.~part("{name}")', raises=("AttributeError",))
            for name in ("k1", "k2", "kernel")
        ),
        *(
            entry(name, f"({_K}) -> Any", f'{{self}}.~number("{name}")', raises=raises, result=_number)
            for name, raises in numbers.items()
        ),
        entry("exponent", f"({_K}) -> num", "{self}.~exponent()", raises=("AttributeError",)),
        entry("diag", f"({_K}, X: arraylike[float64, 2]) -> array[float64, 1]", "{self}.diag({&X})", "method"),
        entry("get_params", f'({_K}, deep: bool = True) -> "{_PARTS}"', "{self}.named()", "method"),
        Entry(
            f"{_PARTS}.__getitem__",
            f'(self: "{_PARTS}", key: str) -> numpy[float64]',
            "{self}.~at({&key})",
            kind="method",
            raises=("KeyError",),
            features=ML,
            case=(
                f"{_DATA}from sklearn.gaussian_process.kernels import *\n"
                "model = GaussianProcessRegressor(kernel=ConstantKernel(2.0) * RBF(0.7) + WhiteKernel(0.1), alpha=0.01).fit(X, noisy)\n"
                "print(round(model.kernel_.k1.k2.length_scale, 2), [model.kernel_.k2.noise_level.round(2)], round(model.kernel_.k1.k1.constant_value, 1))\n"
                "named = model.kernel_.get_params()\nprint(round(named['k1__k2__length_scale'], 2), np.sqrt(named['k2__noise_level']).round(2))\n"
                "own = 3.0 * Matern(length_scale=0.5, nu=2.5) ** 2\n"
                "print(own.k1.constant_value, own.k2.kernel.length_scale, [own.k2.kernel.nu], own.k2.exponent, own.diag(A[:2]), own.k1)\n"
                "other = RationalQuadratic(alpha=0.5) + ExpSineSquared(periodicity=3.0) * DotProduct(sigma_0=2.0)\n"
                "print(other.k1.alpha, other.k2.k1.periodicity, other.k2.k2.sigma_0)\n"
                "try:\n    print(own.k1.k1)\nexcept AttributeError as error:\n    print(error)\n"
            ),
        ),
    )


SHELF = Shelf(
    module=_MODULE,
    entries=(
        _process(),
        *_parts(),
        *(each for each in regressor_methods(_NAME) if not each.name.endswith(".predict")),
        method(
            _NAME,
            "predict",
            f"({_ME}, X: arraylike[float64, 2], return_std: bool = False, return_cov: bool = False) -> Any",
            _predict,
            result=_predicted,
        ),
        method(
            _NAME,
            "log_marginal_likelihood",
            (f"({_ME}) -> numpy[float64]", f"({_ME}, theta: arraylike[float64, 1]) -> numpy[float64]"),
            ("{self}.~log_marginal_likelihood_value_()", "{self}.~log_marginal_likelihood({&theta})"),
        ),
        attribute(_NAME, "kernel_", f'"{KERNEL}"'),
        Entry(
            f"{_NAME}.kernel",
            f'({_ME}) -> "{KERNEL}"',
            "{self}.parameters().kernel.held()",
            kind="attribute",
            features=ML,
        ),
        attribute(_NAME, "log_marginal_likelihood_value_", "numpy[float64]"),
        attribute(_NAME, "X_train_", "array[float64, 2]", rust="{self}.~x_train_()"),
        attribute(_NAME, "y_train_", "array[float64, 1]"),
        attribute(_NAME, "alpha_", "array[float64, 1]"),
        *(
            Entry(f"{KERNEL}.{name}", f"({_K}) -> {kind}", f"{{self}}.{name}()", kind="attribute", features=ML)
            for name, kind in (("theta", "array[float64, 1]"), ("bounds", "array[float64, 2]"))
        ),
        _kernel(
            "ConstantKernel",
            "Constant",
            ("constant_value",),
            f"constant_value: float = 1.0, constant_value_bounds: {_BOUNDS}",
            _shown("RBF, ConstantKernel", "ConstantKernel(0.5, (1e-2, 10)) * RBF() + ConstantKernel()"),
        ),
        _kernel(
            "WhiteKernel",
            "White",
            ("noise_level",),
            f"noise_level: float = 1.0, noise_level_bounds: {_BOUNDS}",
            _shown("RBF, WhiteKernel", "RBF() + WhiteKernel(noise_level=0.1, noise_level_bounds=(1e-8, 1))"),
        ),
        _kernel(
            "RBF",
            "Rbf",
            ("length_scale",),
            f"length_scale: float = 1.0, length_scale_bounds: {_BOUNDS}",
            _shown(
                "RBF", "RBF()", "2.0 * RBF([1.0, 2.0])", "RBF(length_scale=np.array([0.5, 0.7]), length_scale_bounds='fixed')"
            ),
        ),
        _kernel(
            "Matern",
            "Matern",
            ("length_scale",),
            f"length_scale: float = 1.0, length_scale_bounds: {_BOUNDS}, nu: float = 1.5",
            _shown("Matern", "Matern()", "Matern(nu=0.5)", "1.0 * Matern(length_scale=[1.0, 1.0], nu=2.5)"),
            more="nu",
        ),
        _kernel(
            "RationalQuadratic",
            "RationalQuadratic",
            ("length_scale", "alpha"),
            f"length_scale: float = 1.0, alpha: float = 1.0, length_scale_bounds: {_BOUNDS}, alpha_bounds: {_BOUNDS}",
            _shown("RationalQuadratic", "RationalQuadratic(alpha_bounds=(1e-3, 10))"),
        ),
        _kernel(
            "ExpSineSquared",
            "ExpSineSquared",
            ("length_scale", "periodicity"),
            f"length_scale: float = 1.0, periodicity: float = 1.0, length_scale_bounds: {_BOUNDS}, periodicity_bounds: {_BOUNDS}",
            _shown("ExpSineSquared", "1.0 * ExpSineSquared(1.0, 6.0, periodicity_bounds=(1e-2, 1e1))"),
        ),
        _kernel(
            "DotProduct",
            "DotProduct",
            ("sigma_0",),
            f"sigma_0: float = 1.0, sigma_0_bounds: {_BOUNDS}",
            _shown("DotProduct, WhiteKernel", "DotProduct() + WhiteKernel()", "DotProduct() ** 2"),
        ),
    ),
    classes=(
        estimator_class(_NAME, "sklearn::GaussianProcessRegressor", REGRESSOR),
        LibraryClass(_PARTS, "sklearn::kernel_parts::KernelParameters", mutable=False, features=("ml",)),
        LibraryClass(KERNEL, "sklearn::gaussian_process::Kernel", mutable=False, features=("ml",)),
    ),
    refused={f"{_MODULE}.GaussianProcessClassifier": ("its search is not mapped", "Use SVC or GaussianProcessRegressor.")},
)
