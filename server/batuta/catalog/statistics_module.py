"""`statistics`: exact sums, one rounding. `mean`, `median` and `variance` of ints are ints where they are whole."""

from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir.types import FLOAT

_IMPORT = "import statistics\n"
_RAISES = ("StatisticsError", "ValueError")
_INTS = "[2, 4, 4, 9]"
_FLOATS = "[1.5, 2.25, 0.1, 4.0, 0.3]"


def _numeric(
    name: str, parameters: str = "", arguments: str = "", result: tuple[str, str] = ("num", "float"), extra: str = ""
) -> Entry:
    """A function of numbers: the result for ints and for floats. `num` is an int or a float, known at run time."""
    forms = []
    for kind, returned in zip(("int", "float"), result, strict=True):
        forms.append((kind, returned))
    called = f"py::statistics::~{name}({{data}}{arguments})"

    def rust(call: Call) -> str:
        """Where nobody can tell an int from a float, the number is a float."""
        return f"{called}.to_f64()" if call.result_type() == FLOAT else called

    return Entry(
        f"statistics.{name}",
        tuple(f"(data: Iterable[{kind}]{parameters}) -> {returned}" for kind, returned in forms),
        rust if result == ("num", "float") else called,
        raises=_RAISES,
        features=("bigint",),
        cost="medium",
        case=_IMPORT
        + f"print(statistics.{name}({_INTS}), statistics.{name}({_FLOATS}), f'{{statistics.{name}({_INTS}):.2f}}')\n"
        + extra,
    )


_FLOAT = ("float", "float")
_KINDS = ("int", "float")

SHELF = Shelf(
    module="statistics",
    entries=(
        _numeric(
            "mean",
            extra="print(statistics.mean([1, 2, 3]))\ntry:\n    statistics.mean([x for x in range(0)])\n"
            "except statistics.StatisticsError as error:\n    print(error)\n",
        ),
        Entry(
            "statistics.fmean",
            (
                "(data: Iterable[int]) -> float",
                "(data: Iterable[float]) -> float",
                *(f"(data: Iterable[{one}], weights: Iterable[{two}]) -> float" for one in _KINDS for two in _KINDS),
            ),
            (
                *("py::statistics::~fmean({data})",) * 2,
                *("py::statistics::~weighted_fmean({data}, {weights})",) * 4,
            ),
            raises=_RAISES,
            features=("bigint",),
            cost="medium",
            case=_IMPORT
            + f"print(statistics.fmean({_INTS}), statistics.fmean({_FLOATS}), statistics.fmean({_INTS}, weights=[1, 2, 3, 4]))\n"
            + f"print(statistics.fmean({_FLOATS}, [0.5, 1, 0.25, 2, 1]))\n",
        ),
        _numeric(
            "harmonic_mean",
            result=_FLOAT,
            extra="print(statistics.harmonic_mean([40, 60]), statistics.harmonic_mean([2.5, 3, 10]))\n"
            "try:\n    statistics.harmonic_mean([1, -2])\nexcept statistics.StatisticsError as error:\n    print(error)\n",
        ),
        _numeric("geometric_mean", result=_FLOAT),
        _numeric("median", extra="print(statistics.median([3, 1, 2]))\n"),
        _numeric("variance", ", xbar: float | None = None", ", {xbar}"),
        _numeric("pvariance", ", mu: float | None = None", ", {mu}"),
        _numeric("stdev", ", xbar: float | None = None", ", {xbar}", _FLOAT),
        _numeric("pstdev", ", mu: float | None = None", ", {mu}", _FLOAT),
        *(
            Entry(
                f"statistics.{name}",
                "(data: Iterable[T]) -> T",
                f"py::statistics::~{name}({{data}})",
                raises=_RAISES,
                features=("bigint",),
                case=_IMPORT + f"print(statistics.{name}([3, 1, 2, 1]), statistics.{name}({_FLOATS}))\n",
            )
            for name in ("median_low", "median_high", "mode")
        ),
        Entry(
            "statistics.multimode",
            "(data: Iterable[T]) -> list[T]",
            "py::statistics::multimode({data})",
            features=("bigint",),
            case=_IMPORT + 'print(statistics.multimode([1, 2, 2, 1, 3]), statistics.multimode("abca"))\n',
        ),
        Entry(
            "statistics.quantiles",
            (
                "(data: Iterable[int], *, n: int = 4, method: str = 'exclusive') -> list[float]",
                "(data: Iterable[float], *, n: int = 4, method: str = 'exclusive') -> list[float]",
            ),
            ("py::statistics::~quantiles({data}, {n}, {&method})", "py::statistics::~quantiles({data}, {n}, {&method})"),
            raises=_RAISES,
            features=("bigint",),
            case=_IMPORT + f'print(statistics.quantiles({_INTS}), statistics.quantiles({_FLOATS}, n=10, method="inclusive"))\n',
        ),
        *(
            Entry(
                f"statistics.{name}",
                tuple(
                    f"(x: Iterable[{one}], y: Iterable[{two}], /) -> float"
                    for one in ("int", "float")
                    for two in ("int", "float")
                ),
                (f"py::statistics::~{name}({{x}}, {{y}})",) * 4,
                raises=_RAISES,
                features=("bigint",),
                case=_IMPORT + f"print(statistics.{name}({_FLOATS}, [5.0, 1.0, 2.0, 2.5, 0.5]))\n",
            )
            for name in ("covariance", "correlation")
        ),
    ),
    refused={
        "statistics.NormalDist": ("it is not translated", "Write its formula."),
        "statistics.linear_regression": ("its result is a named tuple", "Compute slope and intercept by hand."),
    },
)
