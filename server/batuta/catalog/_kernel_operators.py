"""The operators of kernels of Gaussian processes, to be added to the operator entries."""

KERNEL = "sklearn.gaussian_process.kernels.Kernel"
_K = f'"{KERNEL}"'
_PATH = "sklearn::gaussian_process"

KERNEL_OVERLOADS: dict[str, list[tuple[str, str, tuple[str, ...]]]] = {
    name: [
        (f"(a: {_K}, b: {_K}) -> {_K}", f"{_PATH}::{function}({{&a}}, {{&b}})", ()),
        (f"(a: {_K}, b: float) -> {_K}", f"{_PATH}::{function}({{&a}}, &{{b}})", ()),
        (f"(a: float, b: {_K}) -> {_K}", f"{_PATH}::{function}(&{{a}}, {{&b}})", ()),
    ]
    for name, function in (("add", "plus"), ("mul", "times"))
}
KERNEL_OVERLOADS["pow"] = [(f"(a: {_K}, b: {kind}) -> {_K}", f"{_PATH}::power({{&a}}, {{b}})", ()) for kind in ("int", "float")]
