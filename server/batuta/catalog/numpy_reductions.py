"""Sums, means, extremes and other reductions, and the functions of whole arrays beside them.

## Before
    total = np.sum(x)
    means = x.mean(axis=0)
## After
    let total = np::sum(&x);
    let means = np::mean_axis(&x, 0);
## Same numbers
    equal bits: NumPy's pairwise order of addition, by memory order
## Not handled
    several axes at once, `where=`, `initial=`, `out=`
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from batuta.catalog import _arrays as a
from batuta.catalog._reductions import PAIRWISE, lanes_text, pair, result_type
from batuta.catalog.entry import Call, Entry, NotYet, Parity, Shelf
from batuta.ir import types as t


def _same(dtype: str) -> str:
    return dtype


def _int(dtype: str) -> str:
    return "int64"


def _bool(dtype: str) -> str:
    return "bool"


def _float(dtype: str) -> str:
    return "float64"


def _sum_dtype(dtype: str) -> str:
    return a.widened(dtype)


def _ddof(call: Call) -> str:
    return "{ddof}" if call.given("ddof") else "0"


EMPTY = ("ValueError",)
_METHODS_LIKE = {"numpy.max": "numpy.amax", "numpy.min": "numpy.amin"}


def _cumulative(name: str) -> list[Entry]:
    entries = []
    for entry_name, source, kind in ((f"numpy.{name}", "a", "function"), (f"ndarray.{name}", "self", "method")):

        def result(call: Call, source: str = source) -> t.Type:
            found = a.array_operand(call, source)
            return t.Array(a.widened(found.dtype), 1 if a.is_none(call, "axis") else found.rank)

        def rust(call: Call, source: str = source) -> str:
            held = a.reference(call, source)
            return f"np::{name}({held})" if a.is_none(call, "axis") else f"np::~{name}_axis({held}, {a.axis_text(call)})"

        use = "np.{0}(x{1})" if kind == "function" else "x.{0}({1})"
        more = ", axis=1" if kind == "function" else "axis=1"
        entries.append(
            Entry(
                entry_name,
                f"({source}: Any, axis: Any = None, out: Any = None) -> Any",
                rust,
                kind=kind,  # type: ignore[arg-type]
                result=result,
                features=("np",),
                cost="medium",
                case=f"import numpy as np\nx = np.array([[1.5, 2.0], [3.0, 4.0]])\nprint({use.format(name, '')}, {use.format(name, more)})\n",
            )
        )
    return entries


def _nan(name: str, rust: str, arguments: str = "", extra: str = "") -> Entry:
    """The reductions that skip NaN."""

    def dtype(call: Call) -> str:
        found = a.array_operand(call, "a").dtype
        return found if name in ("nanmax", "nanmin", "nansum", "nanprod") else a.real(found)

    def made(call: Call) -> str:
        return "int64" if name.startswith("nanarg") else a.real(dtype(call))

    def rust_of(call: Call) -> str:
        held = a.reference(call, "a", a.real(a.array_operand(call, "a").dtype))
        tail = f", {arguments}" if arguments else ""
        of_lane = f"|lane| np::{rust}(lane{tail})" if tail else f"np::{rust}"
        return lanes_text(call, "a", rust, of_lane, made(call), held, tail)

    return Entry(
        f"numpy.{name}",
        f"(a: Any, axis: Any = None{extra}, keepdims: bool = False) -> Any",
        rust_of,
        result=lambda call: result_type(call, "a", made(call)),
        features=("np",),
        cost="medium",
        case=f"import numpy as np\nx = np.array([[1.0, np.nan, 3.0], [4.0, 5.0, 7.0]])\nprint(np.{name}(x), np.{name}(x, axis=1))\n"
        f"print(np.{name}(x, axis=0, keepdims=True), np.{name}(x, keepdims=True))\n"
        + ("" if name.startswith("nanarg") else f"print(np.{name}(np.stack([x, x + 1]), axis=(0, 2)))\n"),
    )


METHODS = {"linear": "Linear", "lower": "Lower", "higher": "Higher", "midpoint": "Midpoint", "nearest": "Nearest"}


def _quantile(name: str, low: str, high: str) -> Entry:
    def method(call: Call) -> str:
        text = str(call.constant("method", "linear"))
        if text not in METHODS:
            raise a.refuse(f"the method {text!r} is not translated", "Use linear, lower, higher, midpoint or nearest.")
        return f"np::Method::{METHODS[text]}"

    def result(call: Call) -> t.Type:
        q = a.operand(call, "q")
        method(call)
        one = result_type(call, "a", "float64")
        if q.rank == 1:
            return t.Array("float64", 1 + (one.rank if isinstance(one, t.Array) else 0))
        return one

    def rust(call: Call) -> str:
        held = a.reference(call, "a")
        q = a.operand(call, "q")
        if q.rank == 1 and not a.is_none(call, "axis") and a.array_operand(call, "a").rank > 1:
            points = a.reference(call, "q", "float64")
            each = f"np::{name}_axis({held}, point, {a.axis_text(call)}, {method(call)})"
            return f"np::stack_all(&np::list1({points}).into_iter().map(|point| {each}).collect::<Vec<_>>(), 0)"
        if q.rank == 1:
            points = a.reference(call, "q", "float64")
            return f"np::~{name}s({held}, &np::list1({points}), {method(call)})"
        point = a.reference(call, "q", "float64")
        if a.is_none(call, "axis") or a.array_operand(call, "a").rank == 1:
            return f"np::~{name}({held}, {point}, {method(call)})"
        return f"np::~{name}_axis({held}, {point}, {a.axis_text(call)}, {method(call)})"

    return Entry(
        f"numpy.{name}",
        '(a: Any, q: Any, axis: Any = None, method: str = "linear") -> Any',
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        cost="medium",
        case=f"import numpy as np\nx = np.array([7.0, 1.0, 3.5, 9.25])\nprint(np.{name}(x, {low}), np.{name}(x, [{low}, {high}]))\n"
        f'print(np.{name}(x.reshape(2, 2), {high}, axis=0), np.{name}(x, {low}, method="lower"))\n'
        f"print(np.{name}(x.reshape(2, 2), [{low}, {high}], axis=0))\n",
    )


def _nan_cumulative(plain: str) -> Callable[[Call], str]:
    def rust(call: Call) -> str:
        held = a.reference(call, "a", a.real(a.array_operand(call, "a").dtype))
        whole = f"&np::nan_replaced({held}, {'0.0' if plain == 'cumsum' else '1.0'})"
        return f"np::{plain}({whole})" if a.is_none(call, "axis") else f"np::~{plain}_axis({whole}, {a.axis_text(call)})"

    return rust


def _nan_quantile_result(call: Call) -> t.Type:
    q = a.operand(call, "q")
    if q.rank > 1 or (q.rank and not a.is_none(call, "axis")):
        raise a.refuse("several quantiles along an axis are not translated", "Take one after the other.")
    return t.Array("float64", 1) if q.rank else result_type(call, "a", "float64")


def _nan_quantile(name: str) -> Callable[[Call], str]:
    def rust(call: Call) -> str:
        held = a.reference(call, "a", "float64")
        if a.operand(call, "q").rank:
            return (
                f"np::~{name}s(&np::without_nan({held}), &np::list1({a.reference(call, 'q', 'float64')}), np::Method::Linear)"
            )
        point = a.reference(call, "q", "float64")
        if a.is_none(call, "axis") or a.array_operand(call, "a").rank == 1:
            return f"np::~{name}(&np::without_nan({held}), {point}, np::Method::Linear)"
        return f"np::~along_axis({held}, {a.axis_text(call)}, |lane| np::{name}(&np::without_nan(lane), {point}, np::Method::Linear))"

    return rust


def _average(call: Call) -> str:
    if a.is_none(call, "weights"):
        held = a.reference(call, "a")
        return f"np::mean({held})" if a.is_none(call, "axis") else f"np::~mean_axis({held}, {a.axis_text(call)})"
    held, weights = a.reference(call, "a", "float64"), a.reference(call, "weights", "float64")
    if a.is_none(call, "axis") or a.array_operand(call, "a").rank == 1:
        return f"np::~average({held}, {weights})"
    return f"np::~average_axis({held}, {weights}, {a.axis_text(call)})"


def _average_result(call: Call) -> t.Type:
    if call.given("weights") and not a.is_none(call, "weights") and not a.is_none(call, "axis"):
        if a.array_operand(call, "weights").rank != 1 or a.array_operand(call, "a").rank > 2:
            raise a.refuse("these weights are not translated", "Use one weight for each row or column.")
    return result_type(call, "a", "float64")


def _histogram_result(call: Call) -> t.Type:
    counts = "float64" if call.constant("density", False) else "int64"
    a.only_default(call, "weights")
    if isinstance(call.constant("bins", None), str):
        raise a.refuse("a rule that chooses the bins is not translated", "Give their number.")
    return t.Tuple((t.Array(counts, 1), t.Array("float64", 1)))


def _histogram(call: Call) -> str:
    held = a.reference(call, "a")
    if a.operand(call, "bins").rank:
        text = f"np::~histogram_edges({held}, {a.reference(call, 'bins', 'float64')})"
    else:
        span = "None"
        if not a.is_none(call, "range"):
            node = call.node("range")
            parts = list(getattr(node, "elts", []))
            if len(parts) != 2:
                raise a.refuse("the range must be written as a pair", "Write (low, high).")
            ends = [a.scalar("float64", a.describe(a.type_of(call, each)).dtype, a.lower(call, each), each) for each in parts]
            span = f"Some(({ends[0]}, {ends[1]}))"
        bins = "{bins}" if call.given("bins") else "10"
        text = f"np::~histogram({held}, {bins}, {span})"
    return f"np::density({text})" if call.constant("density", False) else text


def _covariance(name: str) -> Entry:
    def result(call: Call) -> t.Type:
        found = a.array_operand(call, "m")
        if found.rank > 2 or (call.given("y") and found.rank != 1):
            raise a.refuse("these shapes are not translated", "Pass one matrix or two vectors.")
        if found.rank == 1 and not call.given("y"):
            return t.NumpyScalar("float64")
        return t.Array("float64", 2)

    def rust(call: Call) -> str:
        held = a.reference(call, "m", "float64")
        ddof = ""
        if name == "cov":
            default = "0" if call.constant("bias", False) else "1"
            ddof = ", " + ("{ddof}" if call.given("ddof") else default)
        if call.given("y"):
            return f"np::{name}_pair({held}, {a.reference(call, 'y', 'float64')}{ddof})"
        if a.operand(call, "m").rank == 1:
            return f"np::cov_one({held}{ddof})" if name == "cov" else "1.0"
        return f"np::{name}{'' if call.constant('rowvar', True) else '_columns'}({held}{ddof})"

    options = ", bias: bool = False, ddof: Any = None" if name == "cov" else ""
    return Entry(
        f"numpy.{name}",
        f"(m: Any, y: Any = None, rowvar: bool = True{options}) -> Any",
        rust,
        result=result,
        features=("np",),
        cost="high",
        parity=Parity("close", 1e-12, caveat="products of matrices add in another order than BLAS"),
        case=f"import numpy as np\nx = np.array([[1.0, 2.0, 4.0], [3.0, 1.0, 0.5]])\nprint(np.round(np.{name}(x), 10), np.round(np.{name}(x[0], x[1]), 10))\n",
    )


def _count_result(call: Call) -> t.Type:
    return result_type(call, "a", "int64")


def _aliases(entries: list[Entry]) -> list[Entry]:
    """`np.amax` is `np.max`."""
    made = []
    for entry in entries:
        other = _METHODS_LIKE.get(entry.name)
        if other is not None:
            made.append(
                replace(entry, name=other, case=entry.case.replace("np." + entry.name[6:] + "(", "np." + other[6:] + "("))
            )
    return made


def _applied(call: Call) -> t.Type:
    found = a.array_operand(call, "arr")
    held = call.type("func1d")
    if not isinstance(held, t.Callable):
        raise a.refuse("the function cannot be told", "Write a loop over the rows.")
    if isinstance(held.result, t.Unknown):
        raise NotYet
    made = a.describe(held.result)
    if made.rank > 1 or (made.rank and not made.is_array) or found.rank != 2 or not found.is_array:
        reason = "a function of a vector that gives a number or a vector is applied to a matrix"
        raise a.refuse(reason, "Write a loop over the rows.")
    return t.Array(made.dtype, 1 + made.rank)


def _apply(call: Call) -> str:
    held = call.type("func1d")
    several = isinstance(held, t.Callable) and isinstance(held.result, t.Array)
    return f"np::~{'apply_vectors' if several else 'along_axis'}({{&arr}}, {{axis}}, {{fn func1d}})"


ENTRIES: list[Entry] = [
    *pair("sum", _sum_dtype, parity=PAIRWISE, convert=True),
    *pair("mean", a.real, parity=PAIRWISE, convert=True),
    *pair("var", a.real, arguments=_ddof, extra=", ddof: int = 0", parity=PAIRWISE),
    *pair("std", a.real, arguments=_ddof, extra=", ddof: int = 0", parity=PAIRWISE),
    *pair("prod", _sum_dtype),
    *pair("max", _same, raises=EMPTY),
    *pair("min", _same, raises=EMPTY),
    *pair("ptp", _same, raises=EMPTY, method=False),
    *pair("argmax", _int, raises=EMPTY),
    *pair("argmin", _int, raises=EMPTY),
    *pair("any", _bool, sample="[[0.0, 1.0, 0.0], [0.0, 0.0, 0.0]]"),
    *pair("all", _bool, sample="[[2.0, 1.0, 0.0], [1.0, 1.0, 3.0]]"),
    *pair("median", _float, method=False, cost="medium"),
    *_cumulative("cumsum"),
    *_cumulative("cumprod"),
    _nan("nansum", "nansum"),
    _nan("nanmean", "nanmean"),
    _nan("nanstd", "nanstd", "{ddof}", ", ddof: int = 0"),
    _nan("nanvar", "nanvar", "{ddof}", ", ddof: int = 0"),
    _nan("nanmax", "nanmax"),
    _nan("nanmin", "nanmin"),
    _nan("nanmedian", "nanmedian"),
    _nan("nanprod", "nanprod"),
    _nan("nanargmax", "nanargmax"),
    _nan("nanargmin", "nanargmin"),
    _quantile("percentile", "30", "90"),
    *(
        Entry(
            f"numpy.{name}",
            "(a: Any, axis: Any = None) -> Any",
            _nan_cumulative(plain),
            result=lambda call: t.Array(
                a.real(a.array_operand(call, "a").dtype), 1 if a.is_none(call, "axis") else a.operand(call, "a").rank
            ),
            features=("np",),
            case=f"import numpy as np\nx = np.array([[1.0, np.nan, 3.0], [4.0, 5.0, np.nan]])\nprint(np.{name}(x), np.{name}(x, axis=1), np.{name}(x[0]))\n",
        )
        for name, plain in (("nancumsum", "cumsum"), ("nancumprod", "cumprod"))
    ),
    *(
        Entry(
            f"numpy.nan{name}",
            "(a: Any, q: Any, axis: Any = None) -> Any",
            _nan_quantile(name),
            result=_nan_quantile_result,
            features=("np",),
            raises=("ValueError",),
            cost="medium",
            case=f"import numpy as np\nx = np.array([[1.0, np.nan, 3.0, 8.0], [4.0, 5.0, np.nan, 7.5]])\nprint(np.nan{name}(x, {low}), np.nan{name}(x, {high}, axis=1), np.nan{name}(x[0], [{low}, {high}]))\n",
        )
        for name, low, high in (("percentile", "30", "90"), ("quantile", "0.3", "0.9"))
    ),
    _quantile("quantile", "0.3", "0.9"),
    Entry(
        "numpy.average",
        "(a: Any, axis: Any = None, weights: Any = None) -> Any",
        _average,
        result=_average_result,
        features=("np",),
        raises=("ZeroDivisionError", "ValueError"),
        parity=PAIRWISE,
        case="import numpy as np\nx = np.array([[1.0, 2.0], [3.0, 5.0]])\nprint(np.average(x), np.average([1.0, 4.0], weights=[3, 1]), np.average(x, axis=0, weights=[0.25, 0.75]))\n",
    ),
    Entry(
        "numpy.count_nonzero",
        "(a: Any, axis: Any = None) -> Any",
        lambda call: (
            f"np::count_nonzero({a.reference(call, 'a')})"
            if a.is_none(call, "axis") or a.operand(call, "a").rank == 1
            else f"np::~count_nonzero_axis({a.reference(call, 'a')}, {a.axis_text(call)})"
        ),
        result=_count_result,
        features=("np",),
        case="import numpy as np\nx = np.array([[0, 1], [2, 0]])\nprint(np.count_nonzero(x), np.count_nonzero(x > 0, axis=0))\n",
    ),
    Entry(
        "numpy.histogram",
        "(a: Any, bins: Any = 10, range: Any = None, density: Any = False, weights: Any = None) -> Any",
        _histogram,
        result=_histogram_result,
        features=("np",),
        raises=("ValueError",),
        cost="medium",
        case="import numpy as np\ncounts, edges = np.histogram([1.0, 2.0, 1.5, 4.0], bins=3)\nprint(counts, edges)\n"
        "print(np.histogram([1, 2, 3, 4], bins=[0, 2, 5])[0], np.histogram([0.1, 0.9], bins=2, range=(0, 1), density=True)[0])\n",
    ),
    _covariance("cov"),
    _covariance("corrcoef"),
    Entry(
        "numpy.apply_along_axis",
        tuple(
            f"(func1d: Callable[[array[{dtype}, 1]], U], axis: int, arr: array[{dtype}, 2]) -> Any"
            for dtype in ("float64", "int64")
        ),
        _apply,
        result=_applied,
        features=("np",),
        cost="medium",
        case="import numpy as np\ndef spread(v):\n    return v.max() - v.min()\nx = np.array([[1.0, 4.0], [2.0, 9.0]])\n"
        "print(np.apply_along_axis(spread, 1, x), np.apply_along_axis(lambda v: v.sum(), 0, x))\n"
        "print(np.apply_along_axis(lambda v: v / v.sum(), 0, x), np.apply_along_axis(lambda v: np.sort(v)[::-1], 1, x))\n",
    ),
]
ENTRIES += _aliases(ENTRIES)
SHELF = Shelf(module="numpy.reductions", entries=tuple(ENTRIES))
