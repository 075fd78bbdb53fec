"""Making arrays: np.array, np.zeros, np.arange, np.linspace and their like.

## Before
    a = np.array([[1, 2], [3, 4]])
    z = np.zeros((2, 3))
## After
    let a = np::array![[1_i64, 2], [3, 4]];
    let z = np::zeros::<f64, _>((2, 3));
## Same numbers
    equal bits; `linspace` and `arange` by NumPy's own order of operations; `logspace` and `geomspace` within 1 ULP of the C library's pow
## Not handled
    object arrays, structured dtypes, more than three axes, `np.fromfunction`
"""

from __future__ import annotations

from batuta.catalog import _arrays as a
from batuta.catalog._trueno import MATRIX, VECTOR
from batuta.catalog.entry import EACH_ITEM, HELD_ARRAY, OPERAND_ARRAY, Call, Entry, LibraryClass, NotYet, Parity, Shelf
from batuta.ir import types as t

EXACT = Parity("exact")
TRUENO = Parity(
    "exact", caveat="trueno's Vector and Matrix hold f32 and have no integer, rank-3 or stride forms; the f64 home is ndarray."
)


def _array_result(call: Call) -> t.Type:
    found = a.operand(call, "object")
    node = call.node("ndmin")
    if node is not None:
        raise a.refuse("`ndmin` is not translated", "Use reshape.")
    return a.array_type(a.dtype_argument(call, found.dtype), found.rank)


def _array(call: Call) -> str:
    found = a.operand(call, "object")
    dtype = a.dtype_argument(call, found.dtype)
    if found.rank == 0:
        return a.reference(call, "object", dtype)
    text = a.whole(call, "object", dtype)
    return f"np::fortran(&{text})" if call.constant("order", None) == "F" else text


def _filled(name: str, extra: str = "") -> Entry:
    def result(call: Call) -> t.Type:
        default = a.operand(call, "fill_value").dtype if name == "full" else "float64"
        return a.array_type(a.dtype_argument(call, default), a.shape_rank(call))

    def rust(call: Call) -> str:
        default = a.operand(call, "fill_value").dtype if name == "full" else "float64"
        dtype = a.dtype_argument(call, default)
        shape = a.shape_text(call)
        if name == "full":
            return f"np::full({shape}, {a.reference(call, 'fill_value', dtype)})"
        return f"np::{'zeros' if name == 'empty' else name}::<{a.RUST_TYPES[dtype]}, _>({shape})"

    value = ", fill_value: Any" if name == "full" else ""
    argument = ", 7" if name == "full" else ""
    show = ".shape" if name == "empty" else ""
    return Entry(
        f"numpy.{name}",
        f"(shape: Any{value}, dtype: Any = None, order: Any = None) -> Any",
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        parity=TRUENO if name in ("zeros", "ones") else EXACT,
        cost="low",
        case=f"import numpy as np\nprint(np.{name}(3{argument}){show}, np.{name}((2, 3){argument}){show})\n"
        f"n = 2\nprint(np.{name}((n, n){argument}, dtype=int){show})\n",
        notes="Filled with zeros." if name == "empty" else "",
    )


def _like(name: str) -> Entry:
    def result(call: Call) -> t.Type:
        found = a.array_operand(call, "a")
        return a.array_type(a.dtype_argument(call, found.dtype), found.rank)

    def rust(call: Call) -> str:
        dtype = a.dtype_argument(call, a.operand(call, "a").dtype)
        source = a.reference(call, "a")
        if name == "full":
            return f"np::full_like({source}, {a.reference(call, 'fill_value', dtype)})"
        return f"np::{'zeros' if name == 'empty' else name}_like::<{a.RUST_TYPES[dtype]}, _, _, _>({source})"

    value = ", fill_value: Any" if name == "full" else ""
    argument = ", 2.5" if name == "full" else ""
    show = ".shape" if name == "empty" else ""
    return Entry(
        f"numpy.{name}_like",
        f"(a: Any{value}, dtype: Any = None, order: Any = None) -> Any",
        rust,
        result=result,
        features=("np",),
        case=f"import numpy as np\nx = np.array([[1.5, 2.0], [3.0, 4.0]])\nprint(np.{name}_like(x{argument}){show})\n"
        f"print(np.{name}_like([1, 2]{argument}){show})\n",
    )


def _arange_parts(call: Call) -> tuple[str, list[str]]:
    """The dtype, and which parameters hold start, stop and step."""
    names = [each for each in ("start", "stop", "step") if call.given(each)]
    found = [a.operand(call, each) for each in names]
    default = a.meet(*[each._replace(weak=False) for each in found])
    return a.dtype_argument(call, default), names


def _arange(call: Call) -> str:
    dtype, names = _arange_parts(call)
    floats = any(a.operand(call, each).dtype.startswith("float") for each in names)
    kind = "float64" if floats else "int64"
    zero, one = ("0.0", "1.0") if floats else ("0", "1")
    texts = {each: a.reference(call, each, kind) for each in names}
    start, stop = (texts["start"], texts["stop"]) if "stop" in texts else (zero, texts["start"])
    if "start" not in texts:
        start, stop = zero, texts["stop"]
    step = texts.get("step", one)
    return f"np::~arange_{'float' if floats else 'int'}::<{a.RUST_TYPES[dtype]}>({start}, {stop}, {step})"


def _floats(name: str, extra: str, case: str, parity: Parity) -> Entry:
    def result(call: Call) -> t.Type:
        made = t.Array(a.dtype_argument(call, "float64"), 1)
        if name == "linspace" and call.constant("retstep", False):
            return t.Tuple((made, t.NumpyScalar("float64")))
        return made

    def rust(call: Call) -> str:
        start, stop = a.reference(call, "start", "float64"), a.reference(call, "stop", "float64")
        if a.operand(call, "start").rank or a.operand(call, "stop").rank:
            raise a.refuse("limits that are arrays are not translated", "Use numbers.")
        base = f", {a.reference(call, 'base', 'float64')}" if name == "logspace" else ""
        text = f"np::{name}({start}, {stop}, {{num}}, {{endpoint}}{base})"
        dtype = a.dtype_argument(call, "float64")
        text = text if dtype == "float64" else f"np::to_{dtype}(&{text})"
        if name == "linspace" and call.constant("retstep", False):
            return f"({text}, np::linspace_step({start}, {stop}, {{num}}, {{endpoint}}))"
        return text

    return Entry(
        f"numpy.{name}",
        f"(start: Any, stop: Any, num: int = 50, endpoint: bool = True{extra}, dtype: Any = None) -> Any",
        rust,
        result=result,
        features=("np",),
        parity=parity,
        observes_int=False,
        case=case,
    )


def _square(name: str) -> Entry:
    """`eye` and `tri`: rows, columns and a diagonal."""

    def rust(call: Call) -> str:
        dtype = a.dtype_argument(call, "float64")
        columns = "{N}" if is_left_out(call, "M") else "{M}"
        return f"np::{name}::<{a.RUST_TYPES[dtype]}>({{N}}, {columns}, {{k}})"

    return Entry(
        f"numpy.{name}",
        "(N: int, M: Any = None, k: int = 0, dtype: Any = None) -> Any",
        rust,
        result=lambda call: t.Array(a.dtype_argument(call, "float64"), 2),
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}(2), np.{name}(2, 3, k=1, dtype=int))\n",
    )


def is_left_out(call: Call, name: str) -> bool:
    """Whether an optional argument is left out or None."""
    return a.is_none(call, name)


def _diag(call: Call) -> str:
    found = a.array_operand(call, "v")
    name = "diagonal_matrix" if found.rank == 1 else "diagonal"
    return f"np::{name}({a.reference(call, 'v')}, {{k}})"


def _meshgrid_result(call: Call) -> t.Type:
    if len(call.nodes("xi")) != 2:  # type: ignore[attr-defined]
        raise a.refuse("`meshgrid` of two vectors is translated", "Pass two.")
    parts = [a.describe(a.type_of(call, each)) for each in call.nodes("xi")]  # type: ignore[attr-defined]
    return t.Tuple(tuple(t.Array(each.dtype, 2) for each in parts))


def _meshgrid(call: Call) -> str:
    made = []
    for each in call.nodes("xi"):  # type: ignore[attr-defined]
        found = a.describe(a.type_of(call, each))
        text = a.lower(call, each, "ref")
        made.append(text if found.is_array else "&" + a.list_text(found, text))
    if call.constant("sparse", False):
        raise a.refuse("`sparse` is not translated", "Leave it out.")
    return f"np::meshgrid{'_ij' if call.constant('indexing', 'xy') == 'ij' else ''}({', '.join(made)})"


def _copy(call: Call) -> str:
    found = a.operand(call, "a")
    return f"np::copy({a.reference(call, 'a')})" if found.is_array else a.whole(call, "a")


def _triangle(name: str) -> Entry:
    return Entry(
        f"numpy.{name}",
        "(m: Any, k: int = 0) -> Any",
        lambda call: f"np::{name}({a.reference(call, 'm')}, {{k}})",
        result=lambda call: t.Array(a.array_operand(call, "m").dtype, 2),
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}(np.arange(9).reshape(3, 3)), np.{name}(np.ones((2, 3)), k=1))\n",
    )


def _fromiter_result(call: Call) -> t.Type:
    return t.Array(a.dtype_argument(call, "float64"), 1)


def _vander(call: Call) -> str:
    source = a.reference(call, "x")
    count = f"np::count({source})" if a.is_none(call, "N") else "{N}"
    return f"np::vander({source}, {count}, {{increasing}})"


def _each_item_result(call: Call) -> t.Type:
    held = call.type("pyfunc")
    if not isinstance(held, t.Callable):
        raise a.refuse("the function cannot be told", "Write a loop.")
    if isinstance(held.result, t.Unknown):
        raise NotYet
    types = call.constant("otypes", None)
    rank = a.array_operand(call, "x").rank
    if types is not None:
        chosen = types[0] if isinstance(types, list | tuple | str) and types else types
        return t.Array(a.dtype_of(chosen), rank)
    if held.result in (t.NUM, t.VALUE) or isinstance(held.result, t.Optional):
        raise a.refuse("NumPy takes the dtype from the first result, which is an int or a float", "Pass otypes=[float].")
    made = a.describe(held.result)
    if made.rank:
        raise a.refuse("a function that gives arrays is not applied to each item", "Write a loop.")
    return t.Array(made.dtype, rank)


def _each_item(call: Call) -> str:
    held = call.type("pyfunc")
    assert isinstance(held, t.Callable)
    found = _each_item_result(call)
    assert isinstance(found, t.Array)
    if call.given("y"):
        other = a.settled(call, "y", a.operand(call, "x").dtype)
        text = f"np::~each_pair({{&x}}, {other}, {{fn pyfunc}})"
    else:
        text = "np::each_item({&x}, {fn pyfunc})"
    if call.given("otypes") and found.dtype == "float64":
        return f"np::floats_of(&{text})"
    return text if a.describe(held.result).dtype == found.dtype else f"np::to_{found.dtype}(&{text})"


def _held_array(call: Call) -> t.Type:
    """The array of a place that holds a number first, as it was found before the number was taken out."""
    return t.Array(str(call.constant("dtype")), int(call.constant("rank")))


SHELF = Shelf(
    module="numpy.creation",
    entries=(
        Entry(
            "numpy.array",
            "(object: Any, dtype: Any = None, copy: Any = True, order: Any = None, ndmin: Any = None) -> Any",
            _array,
            result=_array_result,
            features=("np",),
            raises=("ValueError",),
            cost="low",
            parity=TRUENO,
            case="import numpy as np\nprint(np.array([1, 2, 3]), np.array([[1, 2], [3, 4.5]]), np.array([True, False]))\n"
            'rows = [[1.0, 2.0], [3.0, 4.0]]\nprint(np.array(rows), np.array((1, 2)), np.array(["a", "bc"]))\n'
            "print(np.array([1, 2, 3], dtype=float), np.array(rows, dtype=int))\n",
        ),
        *(
            Entry(
                f"numpy.{name}",
                "(object: Any, dtype: Any = None, order: Any = None, copy: Any = None, ndmin: Any = None) -> Any",
                _array,
                result=_array_result,
                features=("np",),
                aliases="object" if name != "ascontiguousarray" else "",
                case=f"import numpy as np\nprint(np.{name}([1, 2]), np.{name}(np.ones(2)), np.{name}([[1.5]]))\n",
            )
            for name in ("asarray", "ascontiguousarray", "asanyarray")
        ),
        Entry(
            "numpy.copy",
            "(a: Any, order: Any = None) -> Any",
            _copy,
            result=lambda call: a.array_type(*a.array_operand(call, "a")[:2]),
            features=("np",),
            case="import numpy as np\nx = np.array([1, 2])\ny = np.copy(x)\ny[0] = 9\nprint(x, y)\n",
        ),
        Entry(
            f"builtins.{EACH_ITEM}",
            tuple(
                f"(pyfunc: Callable[[{', '.join([kind] * count)}], U], {', '.join(shown)}, *, otypes: Any = None) -> Any"
                for dtype, kind in (("float64", "float"), ("int64", "int"), ("str", "str"), ("bool", "bool"))
                for rank in (1, 2)
                for count, shown in (
                    (1, [f"x: array[{dtype}, {rank}]"]),
                    (2, [f"x: array[{dtype}, {rank}]", f"y: array[{dtype}, {rank}]"]),
                    (2, [f"x: array[{dtype}, {rank}]", f"y: {kind}"]),
                )
            ),
            _each_item,
            result=_each_item_result,
            literal=("otypes",),
            features=("np",),
            raises=("ValueError",),
            cost="low",
            case="import numpy as np\ndef grade(s):\n    return 'A' if s > 80 else 'B'\ng = np.vectorize(grade)\nprint(g(np.array([90, 70])), g([81, 80]))\n"
            "f = np.vectorize(lambda v: v * v + 1)\nprint(f(np.arange(4)), f(np.array([[0.5, 1.5]])))\n"
            "h = np.vectorize(lambda v: 0 if v < 0 else v, otypes=[float])\nprint(h(np.array([-1.5, 2.0])))\n"
            "m = np.vectorize(lambda a, b: a if a > b else b)\nprint(m(np.array([1.5, -2.0]), np.array([0.5, 0.25])), m(np.array([1, 5, 3]), 2))\n"
            "@np.vectorize\ndef half(v):\n    return v / 2\nprint(half(np.array([1, 2])))\n",
            notes="It stands for the call of what `np.vectorize` gives.",
        ),
        Entry(
            f"builtins.{OPERAND_ARRAY}",
            "(array: Any, number: Any, dtype: Any, rank: Any) -> Any",
            "np::or_number({&array}, {number})",
            result=_held_array,
            features=("np",),
            case="import numpy as np\nclass Momentum:\n    def __init__(self):\n        self.v, self.count = 0, 0\n"
            "    def step(self, x):\n        self.v = 0.5 * self.v + x\n        self.count += 1\n        return x - self.v\n"
            "m = Momentum()\nx = np.array([1.0, 2.0])\nfor k in range(3):\n    x = m.step(x)\nprint(x, m.v, m.v.shape, m.count)\n"
            "total = 0\nfor k in range(3):\n    total += np.arange(4).reshape(2, 2) * k\nprint(total, total.sum(axis=0))\n",
            notes="It stands for a place that holds a number first and an array later.",
        ),
        Entry(
            f"builtins.{HELD_ARRAY}",
            "(array: Any, number: Any, dtype: Any, rank: Any) -> Any",
            "np::held_array({&array})",
            result=_held_array,
            features=("np",),
            notes="It stands for a place that holds a number first and an array later, where the array is needed.",
        ),
        *(_filled(name) for name in ("zeros", "ones", "empty", "full")),
        *(_like(name) for name in ("zeros", "ones", "empty", "full")),
        Entry(
            "numpy.arange",
            "(start: Any, stop: Any = None, step: Any = None, dtype: Any = None) -> Any",
            _arange,
            result=lambda call: t.Array(_arange_parts(call)[0], 1),
            features=("np",),
            raises=("ValueError",),
            case="import numpy as np\nprint(np.arange(5), np.arange(2, 10, 3), np.arange(5, 0, -2))\n"
            "print(np.arange(0.0, 1.0, 0.1), np.arange(3.0), np.arange(4, dtype=float))\n",
        ),
        _floats(
            "linspace",
            ", retstep: bool = False",
            "import numpy as np\nprint(np.linspace(0, 1, 5), np.linspace(0, 1, 4, endpoint=False), np.linspace(2.5, -1, 3))\n"
            "print(list(np.linspace(0, 0.7, 8)))\nx, dx = np.linspace(0, 1, 4, retstep=True)\nprint(x, dx, np.linspace(0, 2, 4, endpoint=False, retstep=True)[1])\n",
            EXACT,
        ),
        _floats(
            "logspace",
            ", base: float = 10.0",
            "import numpy as np\nprint(np.logspace(0, 3, 4), np.logspace(0, 4, 5, base=2))\n",
            Parity("close", 5e-16, caveat="the power of the C library, within 1 ULP of NumPy's"),
        ),
        _floats(
            "geomspace",
            "",
            "import numpy as np\nprint(np.geomspace(1, 1000, 4), np.geomspace(2, 32, 5))\n",
            Parity("close", 5e-16, caveat="the power of the C library, within 1 ULP of NumPy's"),
        ),
        _square("eye"),
        _square("tri"),
        Entry(
            "numpy.identity",
            "(n: int, dtype: Any = None) -> Any",
            lambda call: f"np::identity::<{a.RUST_TYPES[a.dtype_argument(call, 'float64')]}>({{n}})",
            result=lambda call: t.Array(a.dtype_argument(call, "float64"), 2),
            features=("np",),
            case="import numpy as np\nprint(np.identity(2), np.identity(3, dtype=int))\n",
        ),
        Entry(
            "numpy.diag",
            "(v: Any, k: int = 0) -> Any",
            _diag,
            result=lambda call: t.Array(a.array_operand(call, "v").dtype, 3 - a.operand(call, "v").rank),
            aliases="v",
            features=("np",),
            case="import numpy as np\nprint(np.diag([1, 2]), np.diag([1.5], k=1), np.diag(np.arange(9).reshape(3, 3)))\n",
        ),
        Entry(
            "numpy.diagflat",
            "(v: Any, k: int = 0) -> Any",
            lambda call: f"np::diagonal_matrix(&np::ravel({a.reference(call, 'v')}), {{k}})",
            result=lambda call: t.Array(a.array_operand(call, "v").dtype, 2),
            features=("np",),
            case="import numpy as np\nprint(np.diagflat([1, 2]), np.diagflat(np.array([[1.5, 2.0]]), 1))\n",
        ),
        Entry(
            "numpy.diagonal",
            "(v: Any, k: int = 0) -> Any",
            _diag,
            result=lambda call: t.Array(a.array_operand(call, "v").dtype, 1),
            aliases="v",
            features=("np",),
            case="import numpy as np\nprint(np.diagonal(np.arange(9).reshape(3, 3)))\n",
        ),
        _triangle("triu"),
        _triangle("tril"),
        Entry(
            "numpy.meshgrid",
            '(*xi: Any, indexing: str = "xy", sparse: bool = False, copy: bool = True) -> Any',
            _meshgrid,
            result=_meshgrid_result,
            features=("np",),
            case="import numpy as np\nx, y = np.meshgrid(np.arange(3), np.arange(2))\nprint(x)\nprint(y)\n"
            'u, v = np.meshgrid([1, 2], [3.5, 4.5], indexing="ij")\nprint(u)\nprint(v)\n',
        ),
        Entry(
            "numpy.vander",
            "(x: Any, N: Any = None, increasing: bool = False) -> Any",
            _vander,
            result=lambda call: t.Array(a.array_operand(call, "x").dtype, 2),
            features=("np",),
            case="import numpy as np\nx = np.array([1, 2, 3])\nprint(np.vander(x), np.vander(x, 2), np.vander([1.5, 2.0], 3, increasing=True))\n",
        ),
        Entry(
            "numpy.fromiter",
            "(iter: Iterable[T], dtype: Any) -> Any",
            lambda call: (
                f"np::from_iter({{iter}}.into_iter().map(|item| item as {a.RUST_TYPES[a.dtype_argument(call, 'float64')]}))"
            ),
            result=_fromiter_result,
            features=("np",),
            case="import numpy as np\nprint(np.fromiter((k * k for k in range(4)), dtype=float))\n",
        ),
    ),
    classes=tuple(
        LibraryClass(name, f"trueno::{name.rpartition('.')[2]}<f32>", mutable=False, features=("np", "trueno"))
        for name in (MATRIX, VECTOR)
    ),
    refused={
        "numpy.fromfunction": (
            "it calls the function with whole index arrays",
            "Write the expression with np.indices or np.meshgrid.",
        ),
        "numpy.matrix": ("the matrix class is a separate kind of array", "Use np.array and @."),
        "numpy.loadtxt": ("reading files through NumPy is not translated", "Read with the csv module."),
        "numpy.genfromtxt": ("reading files through NumPy is not translated", "Read with the csv module."),
        "numpy.save": ("NumPy's file format is not translated", "Write text."),
        "numpy.load": ("NumPy's file format is not translated", "Read text."),
        "numpy.vectorize": (
            "a function of more than two parameters, or one that is not named in place, is not applied to arrays",
            "Write a loop.",
        ),
    },
)
