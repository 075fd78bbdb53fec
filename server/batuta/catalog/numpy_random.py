"""NumPy's random streams: np.random.seed and its functions, RandomState, default_rng.

## Before
    rng = np.random.default_rng(42)
    x = rng.normal(0.0, 1.0, size=(100, 3))
## After
    let rng = np::random::default_rng(Some(42));
    let x = rng.normal_array(0.0, 1.0, (100, 3));
## Same numbers
    equal bits, draw for draw: MT19937 with the legacy distributions, PCG64 with the ziggurats
## Not handled
    other bit generators, seeds that are not integers, spawning, the state of a stream
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import NamedTuple

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, LibraryClass, Parity, Shelf
from batuta.ir import types as t

EXACT = Parity("exact", caveat="the stream is NumPy's own; aprender and trueno draw other numbers")


class Stream(NamedTuple):
    """One of the three places that draw."""

    prefix: str
    rust: str
    make: str
    modern: bool


STREAMS = (
    Stream("numpy.random", "np::random::global()", "np.random.seed(3)\nrng = np.random\n", False),
    Stream("numpy.random.RandomState", "{self}", "rng = np.random.RandomState(3)\n", False),
    Stream("numpy.random.Generator", "{self}", "rng = np.random.default_rng(3)\n", True),
)


def _case(stream: Stream, text: str) -> str:
    if stream.prefix == "numpy.random":
        return "import numpy as np\nnp.random.seed(3)\n" + text.replace("rng.", "np.random.")
    return "import numpy as np\n" + stream.make + text


def _signature(stream: Stream, text: str, result: str = "Any") -> str:
    inner = text if stream.prefix == "numpy.random" else ("self: Any" + (", " + text if text else ""))
    return f"({inner}) -> {result}"


def size_rank(call: Call, name: str = "size") -> int:
    """The rank that a size asks for: 0 when it is left out."""
    return 0 if a.is_none(call, name) else a.shape_rank(call, name)


def size_text(call: Call, name: str = "size") -> str:
    """The size as Rust; a tuple of one is an int's shape."""
    return a.shape_text(call, name)


def _value(call: Call, dtype: str) -> t.Type:
    """One draw: a Python float or int."""
    return {"float64": t.FLOAT, "int64": t.INT}[dtype]


def _distribution(
    stream: Stream, name: str, parameters: tuple[tuple[str, str | None], ...], dtype: str, sample: str, rust: str = ""
) -> Entry:
    """A distribution with float parameters (name, default)."""
    rust = rust or name

    def params(call: Call) -> list[str]:
        made = []
        for each, default in parameters:
            made.append(a.reference(call, each, "float64") if call.given(each) else str(default))
        return made

    def arrays(call: Call) -> list[str]:
        return [each for each, _ in parameters if call.given(each) and a.operand(call, each).rank]

    def result(call: Call) -> t.Type:
        found = arrays(call)
        if found:
            rank = max(a.operand(call, each).rank for each in found)
            return t.Array(dtype, max(rank, size_rank(call)))
        rank = size_rank(call)
        return t.Array(dtype, rank) if rank else _value(call, dtype)

    def rust_of(call: Call) -> str:
        made = params(call)
        if arrays(call):
            if size_rank(call):
                place = next(index for index, (each, _) in enumerate(parameters) if each in arrays(call))
                made[place] = f"&np::broadcast_to({made[place]}, {size_text(call)})"
            return f"{stream.rust}.{rust}_each({', '.join(made)})"
        if size_rank(call):
            return f"{stream.rust}.{rust}_array({', '.join([*made, size_text(call)])})"
        return f"{stream.rust}.{rust}({', '.join(made)})"

    written = ", ".join(each + ": Any" + (f" = {default}" if default is not None else "") for each, default in parameters)
    extra = ", dtype: Any = None" if stream.modern and not parameters else ""
    return Entry(
        f"{stream.prefix}.{name}",
        _signature(stream, (written + ", " if written else "") + "size: Any = None" + extra),
        rust_of,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=result,
        features=("np",),
        effects=("draws",),
        parity=EXACT,
        observes_int=False,
        case=_case(
            stream,
            f"print(rng.{name}({sample}), rng.{name}({sample}{', ' if sample else ''}size=3), rng.{name}({sample}{', ' if sample else ''}size=(2, 2)))\n",
        ),
    )


def _rand(stream: Stream, name: str, rust: str) -> Entry:
    """`rand` and `randn`: the shape as arguments."""

    def count(call: Call) -> list[ast.expr]:
        nodes: list[ast.expr] = call.nodes("d")  # type: ignore[attr-defined]
        if any(isinstance(each, ast.Starred) for each in nodes):
            raise a.refuse("a starred shape is not translated", "Use random_sample(shape).")
        return nodes

    def rust_of(call: Call) -> str:
        nodes = count(call)
        if not nodes:
            return f"{stream.rust}.{rust}()"
        return f"{stream.rust}.{rust}_array([{', '.join(a.lower(call, each) for each in nodes)}])"

    return Entry(
        f"{stream.prefix}.{name}",
        _signature(stream, "*d: int"),
        rust_of,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=lambda call: t.Array("float64", len(count(call))) if count(call) else t.FLOAT,
        features=("np",),
        effects=("draws",),
        parity=EXACT,
        case=_case(stream, f"print(rng.{name}(), rng.{name}(2), rng.{name}(2, 3))\n"),
    )


def _integers(stream: Stream) -> Entry:
    name = "integers" if stream.modern else "randint"

    def dtype(call: Call) -> str:
        found = a.dtype_argument(call, "int64")
        if found in ("uint64", "str") or "float" in found or "complex" in found:
            raise a.refuse(f"`{name}` does not draw {found} here", "Draw int64 and convert.")
        return found

    def result(call: Call) -> t.Type:
        rank = size_rank(call)
        kind = dtype(call)
        if a.operand(call, "low").rank or (call.given("high") and not a.is_none(call, "high") and a.operand(call, "high").rank):
            raise a.refuse("limits that are arrays are not translated", "Draw in a loop.")
        one = t.NumpyScalar(kind) if stream.modern or (call.given("dtype") and kind != "int64") else t.INT
        return t.Array(kind, rank) if rank else one

    def rust(call: Call) -> str:
        low, high = "{low}", "{high}"
        if not call.given("high") or a.is_none(call, "high"):
            low, high = "0", "{low}"
        if stream.modern and call.constant("endpoint", False):
            high += " + 1"
        size = f", {size_text(call)}" if size_rank(call) else ""
        kind = dtype(call)
        if kind != "int64":
            drawn = f'{stream.rust}.narrow{"_array" if size else ""}({low}, {high}, "{kind}"{size})'
            return f"np::to_{kind}({'&' if size else ''}{drawn})"
        return f"{stream.rust}.{name}{'_array' if size else ''}({low}, {high}{size})"

    extra = ", endpoint: bool = False" if stream.modern else ""
    return Entry(
        f"{stream.prefix}.{name}",
        _signature(stream, f"low: int, high: int | None = None, size: Any = None, dtype: Any = None{extra}")
        .replace("high: int | None", "high: Any")
        .replace("low: int", "low: Any"),
        rust,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=result,
        features=("np",),
        effects=("draws",),
        raises=("ValueError",),
        parity=EXACT,
        case=_case(
            stream,
            f"print(rng.{name}(10), rng.{name}(5, 8, size=6), rng.{name}(0, 100, (2, 3)), rng.{name}(0, 10**12))\n"
            f"print(rng.{name}(0, 256, (2, 5), dtype=np.uint8), rng.{name}(-3, 90, 5, dtype=np.int16), rng.{name}(0, 2, 6, dtype=bool), rng.{name}(1, 7, 4, dtype=np.int32))\n",
        ),
    )


def _permutation(stream: Stream) -> Entry:
    def result(call: Call) -> t.Type:
        found = a.operand(call, "x")
        return t.Array(found.dtype, max(found.rank, 1))

    def rust(call: Call) -> str:
        if a.operand(call, "x").rank == 0:
            return f"{stream.rust}.permutation({{x}})"
        return f"{stream.rust}.permuted({a.reference(call, 'x')})"

    return Entry(
        f"{stream.prefix}.permutation",
        _signature(stream, "x: Any"),
        rust,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=result,
        features=("np",),
        effects=("draws",),
        parity=EXACT,
        case=_case(
            stream, "print(rng.permutation(6), rng.permutation([5, 6, 7]), rng.permutation(np.arange(6).reshape(3, 2)))\n"
        ),
    )


def _shuffle(stream: Stream) -> Entry:
    def rust(call: Call) -> str:
        match call.type("x"):
            case t.Array():
                return f"{stream.rust}.shuffle({{mut x}})"
            case t.List():
                return f"py::ListPlace::change({{mut x}}, |items| {stream.rust}.shuffle_list(items))"
        raise a.refuse("this is not shuffled in place", "Use a list or an array.")

    return Entry(
        f"{stream.prefix}.shuffle",
        _signature(stream, "x: T", "None"),
        rust,
        kind="function" if stream.prefix == "numpy.random" else "method",
        features=("np",),
        effects=("draws",),
        mutates=("x",),
        parity=EXACT,
        case=_case(stream, "x = np.arange(6)\nrng.shuffle(x)\nitems = ['a', 'b', 'c']\nrng.shuffle(items)\nprint(x, items)\n"),
    )


def _choice(stream: Stream) -> Entry:
    def result(call: Call) -> t.Type:
        found = a.operand(call, "a")
        if found.rank > 1 and (not stream.modern or call.constant("axis", 0) != 0 or size_rank(call) > 1):
            raise a.refuse("choices of rows of this shape are not translated", "Choose indices and take the rows.")
        rank = size_rank(call)
        if not flag(call) and rank > 1:
            raise a.refuse("a sample without repetition of this shape is not translated", "Reshape the sample.")
        if found.rank > 1:
            return t.Array(found.dtype, found.rank - 1 + rank)
        if rank:
            return t.Array(found.dtype if found.rank else "int64", rank)
        if found.rank == 0:
            return t.INT
        return a.array_type(found.dtype, 0)

    def flag(call: Call) -> bool:
        return bool(call.constant("replace", True))

    def rust(call: Call) -> str:
        found = a.operand(call, "a")
        held = a.reference(call, "a") if found.rank else ""
        count = f"np::length({held}, 0)" if found.rank else "{a}"
        weights = "" if a.is_none(call, "p") else f"&np::list1({a.reference(call, 'p', 'float64')})"
        rank = size_rank(call)
        if rank == 0:
            place = f"{stream.rust}.choice_index{'_weighted' if weights else ''}({count}{', ' + weights if weights else ''})"
            if found.rank > 1:
                return f"np::part{found.rank - 1}({held}, [np::at({place})])"
            return a.from_element(found.dtype, f"{a.receiver(held)}.item([{place}])") if found.rank else place
        node = call.node("size")
        size = a.lower(call, node.elts[0]) if isinstance(node, ast.Tuple | ast.List) and rank == 1 else size_text(call)
        if flag(call):
            places = f"{stream.rust}.choice_indices{'_weighted' if weights else ''}({count}{', ' + weights if weights else ''}, {size})"
        elif weights:
            places = f"{stream.rust}.sample_indices_weighted({count}, {weights}, {size})"
        else:
            more = f", {str(bool(call.constant('shuffle', True))).lower()}" if stream.modern else ""
            places = f"{stream.rust}.sample_indices({count}, {size}{more})"
        if found.rank > 1:
            return f"np::take_axis({held}, &{places}, 0)"
        return f"np::take({held}, &{places})" if found.rank else places

    extra = ", axis: int = 0, shuffle: bool = True" if stream.modern else ""
    return Entry(
        f"{stream.prefix}.choice",
        _signature(stream, f"a: Any, size: Any = None, replace: bool = True, p: Any = None{extra}"),
        rust,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=result,
        features=("np",),
        effects=("draws",),
        raises=("ValueError",),
        parity=EXACT,
        case=_case(stream, "print(rng.choice(5), [rng.choice(5)], rng.choice(5, 3), rng.choice([10, 20, 30], size=4), rng.choice(8, 4, replace=False))\n"
                   "print(rng.choice(['a', 'b'], size=3, p=[0.25, 0.75]), rng.choice(4, 2, replace=False, p=[0.1, 0.2, 0.3, 0.4]))\n"
                   + ("x = np.arange(8).reshape(4, 2)\nprint(rng.choice(x), rng.choice(x, 3), rng.choice(x, 2, replace=False, axis=0))\n" if stream.modern else "")),
    )  # fmt: skip


def _binomial(stream: Stream) -> Entry:
    def rank_of(call: Call) -> int:
        return max(a.operand(call, "n").rank, a.operand(call, "p").rank)

    def rust(call: Call) -> str:
        n, p = a.reference(call, "n", "int64"), a.reference(call, "p", "float64")
        size = size_rank(call)
        if not rank_of(call):
            return f"{stream.rust}.binomial_array({n}, {p}, {size_text(call)})" if size else f"{stream.rust}.binomial({n}, {p})"
        if size and a.operand(call, "n").rank:
            n = f"&np::broadcast_to({n}, {size_text(call)})"
        elif size:
            p = f"&np::broadcast_to({p}, {size_text(call)})"
        return f"{stream.rust}.binomial_each({n}, {p})"

    def result(call: Call) -> t.Type:
        rank = max(size_rank(call), rank_of(call))
        return t.Array("int64", rank) if rank else t.INT

    return Entry(
        f"{stream.prefix}.binomial",
        _signature(stream, "n: Any, p: Any, size: Any = None"),
        rust,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=result,
        features=("np",),
        effects=("draws",),
        parity=EXACT,
        case=_case(
            stream,
            "print(rng.binomial(10, 0.3), rng.binomial(1000, 0.4, size=5), rng.binomial(1, 0.9, 4))\n"
            "print(rng.binomial([5, 10, 200], 0.4), rng.binomial(np.array([[9], [90]]), [0.1, 0.5]), rng.binomial([3, 7], 0.5, (3, 2)))\n",
        ),
    )


def _vector(stream: Stream, name: str, signature: str, rust: Callable[[Call], str], dtype: str, sample: str) -> Entry:
    def result(call: Call) -> t.Type:
        if size_rank(call) > 1:
            raise a.refuse("a size of several axes is not translated", "Reshape the draws.")
        return t.Array(dtype, 1 + size_rank(call))

    def several(call: Call) -> str:
        if not size_rank(call):
            return rust(call)
        node = call.node("size")
        size = a.lower(call, node.elts[0]) if isinstance(node, ast.Tuple | ast.List) else "{size}"
        return f"np::rows(&(0..{size}).map(|_| {rust(call)}).collect::<Vec<_>>())"

    return Entry(
        f"{stream.prefix}.{name}",
        _signature(stream, signature + ", size: Any = None"),
        several,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=result,
        features=("np",),
        effects=("draws",),
        parity=EXACT,
        case=_case(stream, f"print(rng.{name}({sample}))\nprint(rng.{name}({sample}, size=2))\n"),
    )


def _multivariate(stream: Stream) -> Entry:
    def result(call: Call) -> t.Type:
        a.only_default(call, "check_valid", "tol", "method")
        if size_rank(call) > 1:
            raise a.refuse("a size of several axes is not translated", "Reshape the draws.")
        return t.Array("float64", 1 + size_rank(call))

    def rust(call: Call) -> str:
        held = f"{a.reference(call, 'mean', 'float64')}, {a.reference(call, 'cov', 'float64')}"
        if not size_rank(call):
            return f"{stream.rust}.multivariate_normal({held})"
        node = call.node("size")
        size = a.lower(call, node.elts[0]) if isinstance(node, ast.Tuple | ast.List) else "{size}"
        return f"{stream.rust}.multivariate_normal_array({held}, {size})"

    return Entry(
        f"{stream.prefix}.multivariate_normal",
        _signature(
            stream, "mean: Any, cov: Any, size: Any = None, check_valid: Any = None, tol: Any = None, method: Any = None"
        ),
        rust,
        kind="function" if stream.prefix == "numpy.random" else "method",
        result=result,
        features=("np",),
        effects=("draws",),
        parity=Parity("close", 1e-12, caveat="the decomposition of the covariance has other last bits than LAPACK's"),
        case=_case(
            stream,
            "x = rng.multivariate_normal([0.0, 1.0], [[2.0, 0.5], [0.5, 1.0]], size=4)\nprint(np.round(x, 8))\n"
            "print(np.round(rng.multivariate_normal([0, 0, 0], np.diag([1.0, 2.0, 3.0])), 8))\n",
        ),
    )


def _permuted(stream: Stream) -> Entry:
    def rust(call: Call) -> str:
        held = a.reference(call, "x")
        return f"{{self}}.permuted_items({held})" if a.is_none(call, "axis") else f"{{self}}.permuted_along({held}, {{axis}})"

    return Entry(
        f"{stream.prefix}.permuted",
        _signature(stream, "x: Any, *, axis: Any = None"),
        rust,
        kind="method",
        result=lambda call: t.Array(*a.array_operand(call, "x")[:2]),
        features=("np",),
        effects=("draws",),
        parity=EXACT,
        case=_case(
            stream,
            "x = np.arange(12).reshape(3, 4)\nprint(rng.permuted(x), rng.permuted(x, axis=1), rng.permuted(x, axis=0), rng.permuted([4, 5, 6]))\n",
        ),
    )


def _hypergeometric(stream: Stream) -> Entry:
    def rust(call: Call) -> str:
        held = "{ngood}, {nbad}, {nsample}"
        return (
            f"{{self}}.hypergeometric_array({held}, {size_text(call)})"
            if size_rank(call)
            else f"{{self}}.hypergeometric({held})"
        )

    return Entry(
        f"{stream.prefix}.hypergeometric",
        _signature(stream, "ngood: int, nbad: int, nsample: int, size: Any = None"),
        rust,
        kind="method",
        result=lambda call: t.Array("int64", size_rank(call)) if size_rank(call) else t.INT,
        features=("np",),
        effects=("draws",),
        parity=EXACT,
        case=_case(
            stream,
            "print(rng.hypergeometric(5, 7, 4), rng.hypergeometric(30, 20, 15, size=6), rng.hypergeometric(300, 200, 100, (2, 3)), rng.hypergeometric(3, 9, 11))\n",
        ),
    )


def _stream(stream: Stream) -> list[Entry]:
    draw = "np::random::global()" if stream.prefix == "numpy.random" else "{self}"
    entries = [
        _distribution(stream, "random", (), "float64", ""),
        _distribution(stream, "standard_normal", (), "float64", ""),
        _distribution(stream, "standard_exponential", (), "float64", ""),
        _distribution(stream, "standard_cauchy", (), "float64", ""),
        _distribution(stream, "standard_gamma", (("shape", None),), "float64", "2.5"),
        _distribution(stream, "standard_t", (("df", None),), "float64", "4"),
        _distribution(stream, "uniform", (("low", "0.0"), ("high", "1.0")), "float64", "-1, 2.5"),
        _distribution(stream, "normal", (("loc", "0.0"), ("scale", "1.0")), "float64", "1, 0.5"),
        _distribution(stream, "lognormal", (("mean", "0.0"), ("sigma", "1.0")), "float64", "0.5, 0.25"),
        _distribution(stream, "exponential", (("scale", "1.0"),), "float64", "2.0"),
        _distribution(stream, "gamma", (("shape", None), ("scale", "1.0")), "float64", "0.5, 2.0"),
        _distribution(stream, "beta", (("a", None), ("b", None)), "float64", "2, 3.5"),
        _distribution(stream, "chisquare", (("df", None),), "float64", "3"),
        _distribution(stream, "f", (("dfnum", None), ("dfden", None)), "float64", "3, 5"),
        _distribution(stream, "laplace", (("loc", "0.0"), ("scale", "1.0")), "float64", "1, 2"),
        _distribution(stream, "logistic", (("loc", "0.0"), ("scale", "1.0")), "float64", ""),
        _distribution(stream, "gumbel", (("loc", "0.0"), ("scale", "1.0")), "float64", ""),
        _distribution(stream, "rayleigh", (("scale", "1.0"),), "float64", "1.5"),
        _distribution(stream, "weibull", (("a", None),), "float64", "1.5"),
        _distribution(stream, "pareto", (("a", None),), "float64", "3.0"),
        _distribution(stream, "power", (("a", None),), "float64", "3.0"),
        _distribution(stream, "triangular", (("left", None), ("mode", None), ("right", None)), "float64", "0, 1, 4"),
        _distribution(stream, "poisson", (("lam", "1.0"),), "int64", "3.5"),
        _distribution(stream, "geometric", (("p", None),), "int64", "0.2"),
        _distribution(stream, "negative_binomial", (("n", None), ("p", None)), "int64", "4, 0.3"),
        _distribution(stream, "noncentral_chisquare", (("df", None), ("nonc", None)), "float64", "3, 1.5"),
        _distribution(stream, "noncentral_f", (("dfnum", None), ("dfden", None), ("nonc", None)), "float64", "3, 5, 1.5"),
        _distribution(stream, "wald", (("mean", None), ("scale", None)), "float64", "1.5, 2.0"),
        _distribution(stream, "zipf", (("a", None),), "int64", "1.7"),
        _distribution(stream, "vonmises", (("mu", None), ("kappa", None)), "float64", "0.5, 2.0"),
        _distribution(stream, "logseries", (("p", None),), "int64", "0.7"),
        _binomial(stream),
        _integers(stream),
        _permutation(stream),
        _shuffle(stream),
        _choice(stream),
        _multivariate(stream),
        _vector(
            stream,
            "multinomial",
            "n: int, pvals: Any",
            lambda call: f"{draw}.multinomial({{n}}, &np::list1({a.reference(call, 'pvals', 'float64')}))",
            "int64",
            "20, [0.2, 0.3, 0.5]",
        ),
        _vector(
            stream,
            "dirichlet",
            "alpha: Any",
            lambda call: f"{draw}.dirichlet(&np::list1({a.reference(call, 'alpha', 'float64')}))",
            "float64",
            "[1.0, 2.0, 3.0]",
        ),
    ]
    if stream.modern:
        entries += [_permuted(stream), _hypergeometric(stream)]
    else:
        entries += [
            _rand(stream, "rand", "random"),
            _rand(stream, "randn", "standard_normal"),
            _distribution(stream, "random_sample", (), "float64", "", "random"),
            *(
                [_distribution(stream, each, (), "float64", "", "random") for each in ("ranf", "sample")]
                if stream.prefix == "numpy.random"
                else []
            ),
        ]
    return entries


def _seed(name: str) -> Callable[[Call], str]:
    def rust(call: Call) -> str:
        if a.is_none(call, "seed"):
            return f"{name}(None)"
        if a.operand(call, "seed").rank or a.operand(call, "seed").dtype != "int64":
            raise a.refuse("a seed that is not an integer is not translated", "Use one integer.")
        return f"{name}(Some({{seed}}))"

    return rust


SHELF = Shelf(
    module="numpy.random",
    entries=(
        *(entry for stream in STREAMS for entry in _stream(stream)),
        Entry("numpy.random.seed", "(seed: Any = None) -> None", _seed("np::random::seed"), features=("np",), effects=("draws",),
              case="import numpy as np\nnp.random.seed(0)\nprint(np.random.rand(2))\n"),
        Entry("numpy.random.default_rng", '(seed: Any = None) -> "numpy.random.Generator"', _seed("np::random::default_rng"), features=("np",),
              case="import numpy as np\nprint(np.random.default_rng(1).random(2))\n"),
        Entry("numpy.random.RandomState", '(seed: Any = None) -> "numpy.random.RandomState"', _seed("np::random::RandomState::new"), kind="class", features=("np",),
              case="import numpy as np\nprint(np.random.RandomState(1).rand(2))\n"),
        Entry("numpy.random.RandomState.seed", "(self: Any, seed: Any = None) -> None", lambda call: _seed("{self}.seed")(call), kind="method", features=("np",), effects=("draws",),
              case="import numpy as np\nrng = np.random.RandomState(1)\nrng.seed(2)\nprint(rng.rand(2))\n"),
    ),
    classes=(
        LibraryClass("numpy.random.RandomState", "np::random::RandomState", mutable=False, features=("np",), default=True),
        LibraryClass("numpy.random.Generator", "np::random::Generator", mutable=False, features=("np",), default=True),
    ),
    refused={
        "numpy.random.get_state": ("the state of a stream is not translated", "Seed a second stream."),
        "numpy.random.SeedSequence": ("seed sequences as values are not translated", "Seed with one integer."),
    },
)  # fmt: skip
