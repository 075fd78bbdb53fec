"""Sorting, searching, sets and counting: np.sort, np.argsort, np.unique, np.searchsorted.

## Before
    order = np.argsort(scores)[::-1]
    values, counts = np.unique(labels, return_counts=True)
## After
    let order = np::part1(&np::argsort(&scores, -1), [np::stepped(None, None, -1)]);
    let (values, counts) = np::unique_counts(&labels);
## Same numbers
    equal; `argsort` leaves equal items in NumPy's own order, which depends on the processor
## Not handled
    `partition` of more than 256 items where the order inside the parts is seen: the program ends with an error
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Parity, Refusal, Shelf
from batuta.ir import types as t

STABLE = Parity(
    "exact", conditions="on the processor that NumPy runs on", caveat="NumPy's order of equal items depends on the processor"
)
_TIES = (
    "rng = np.random.RandomState(0)\n"
    "for n in (5, 17, 33, 100, 256, 257, 700, 3000):\n"
    "    v = rng.randint(0, max(n // 4, 2), n)\n"
    "    w = np.round(rng.rand(n), 1)\n"
    "    print(n, np.argsort(v)[:40], np.argsort(-w)[::-1][:40], (np.argsort(v) * np.arange(n)).sum(), (w.argsort() * np.arange(n)).sum())\n"
    "    print(np.argsort(v, kind='stable')[:20], (np.argsort(np.array([str(each) for each in v.tolist()])) * np.arange(n)).sum())\n"
)


def ordering(call: Call) -> str:
    """The function for the kind of sorting that the call asks for."""
    kind = call.constant("kind", default=NotImplemented) if call.given("kind") else None
    if kind in ("stable", "mergesort") or (call.given("stable") and call.constant("stable", default=None) is True):
        return "argsort_stable"
    if kind in (None, "quicksort"):
        return "argsort"
    raise Refusal("BAT103", f"`kind={call.source('kind')}` is not translated", "Use 'stable' or leave it out.")


def _flat(call: Call) -> bool:
    """Whether all items are sorted as one vector."""
    return call.given("axis") and a.is_none(call, "axis")


def axis_or_last(call: Call) -> str:
    """The axis, the last one by default."""
    return a.axis_text(call) if call.given("axis") and not _flat(call) else "-1"


def sorted_operand(call: Call, name: str) -> str:
    """What is sorted: with `axis=None` the items as one vector."""
    held = a.reference(call, name)
    return f"&np::ravel({held})" if _flat(call) and a.operand(call, name).rank > 1 else held


def sorted_rank(call: Call, name: str) -> int:
    """The rank of what sorting gives."""
    return 1 if _flat(call) else a.array_operand(call, name).rank


def _unique_flags(call: Call) -> list[str]:
    return [
        field
        for flag, field in (("return_index", "index"), ("return_inverse", "inverse"), ("return_counts", "counts"))
        if call.constant(flag, False)
    ]


def _unique_result(call: Call) -> t.Type:
    found = a.array_operand(call, "ar")
    if call.given("axis") and not a.is_none(call, "axis"):
        if found.rank != 2 or call.constant("axis") != 0 or _unique_flags(call):
            raise a.refuse("`unique` along this axis is not translated", "Use axis=0 of a matrix.")
        return t.Array(found.dtype, 2)
    flags = _unique_flags(call)
    if "inverse" in flags and found.rank != 1:
        raise a.refuse("`return_inverse` of a matrix is not translated", "Ravel the array first.")
    first = t.Array(found.dtype, 1)
    return t.Tuple((first, *(t.Array("int64", 1) for _ in flags))) if flags else first


def _unique(call: Call) -> str:
    held = a.reference(call, "ar")
    if call.given("axis") and not a.is_none(call, "axis"):
        return f"np::unique_rows({held})"
    flags = _unique_flags(call)
    if not flags:
        return f"np::unique({held})"
    if flags == ["counts"]:
        return f"np::unique_counts({held})"
    return f"{{{{ let found = np::unique_all({held}); (found.values, {', '.join(f'found.{each}' for each in flags)}) }}}}"


def side(call: Call) -> str:
    """`side="right"` as a flag."""
    return "true" if call.constant("side", "left") == "right" else "false"


def _searchsorted(call: Call, source: str = "a") -> str:
    dtype = a.meet(a.array_operand(call, source), a.operand(call, "v"))
    a.only_default(call, "sorter")
    # The type of the result is known at once for one value, so that numbers beside it get theirs.
    name = "searchsorted" if a.operand(call, "v").rank else "searchsorted_one"
    return f"np::{name}({a.reference(call, source, dtype)}, {a.settled(call, 'v', dtype)}, {side(call)})"


def _pair(name: str, result_rank: int | None = 1) -> Entry:
    def result(call: Call) -> t.Type:
        dtype = a.meet(a.array_operand(call, "ar1")._replace(weak=False), a.array_operand(call, "ar2")._replace(weak=False))
        return t.Array(dtype, 1)

    def rust(call: Call) -> str:
        dtype = a.meet(a.array_operand(call, "ar1"), a.array_operand(call, "ar2"))
        return f"np::{name}({a.reference(call, 'ar1', dtype)}, {a.reference(call, 'ar2', dtype)})"

    return Entry(
        f"numpy.{name}",
        "(ar1: Any, ar2: Any) -> Any",
        rust,
        result=result,
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}([3, 1, 2, 3], [2, 3, 5]), np.{name}(np.array([1.5]), [1, 2]))\n",
    )


def _isin(name: str) -> Entry:
    def rust(call: Call) -> str:
        dtype = a.meet(a.array_operand(call, "element"), a.array_operand(call, "test_elements"))
        text = f"np::isin({a.reference(call, 'element', dtype)}, {a.reference(call, 'test_elements', dtype)})"
        return f"np::logical_not(&{text})" if call.constant("invert", False) else text

    return Entry(
        f"numpy.{name}",
        "(element: Any, test_elements: Any, assume_unique: bool = False, invert: bool = False) -> Any",
        rust,
        result=lambda call: t.Array("bool", a.array_operand(call, "element").rank),
        features=("np",),
        case=f"import numpy as np\nprint(np.{name}([1, 2, 3], [2, 5]), np.{name}(np.array([1.0, 2.0]), [2], invert=True))\n",
    )


def nonzero_result(call: Call, source: str) -> t.Type:
    """One index array for each axis."""
    return t.Tuple(tuple(t.Array("int64", 1) for _ in range(a.array_operand(call, source).rank)))


def _bincount_result(call: Call) -> t.Type:
    a.array_operand(call, "x")
    return t.Array("int64" if a.is_none(call, "weights") else "float64", 1)


def _bincount(call: Call) -> str:
    if a.is_none(call, "weights"):
        return f"np::~bincount({a.reference(call, 'x')}, {{minlength}})"
    return f"np::~bincount_weighted({a.reference(call, 'x')}, {a.reference(call, 'weights', 'float64')}, {{minlength}})"


def _digitize(call: Call) -> str:
    dtype = a.meet(a.operand(call, "x"), a.array_operand(call, "bins"))
    return f"np::~digitize({a.settled(call, 'x', dtype)}, {a.reference(call, 'bins', dtype)}, {{right}})"


def _lexsort_result(call: Call) -> t.Type:
    node = call.node("keys")
    if not isinstance(node, ast.Tuple | ast.List):
        if a.operand(call, "keys").rank == 2:
            return t.Array("int64", 1)
        raise a.refuse("the keys must be written as a tuple", "Write (second, first).")
    if any(a.describe(a.type_of(call, each)).rank != 1 for each in node.elts):
        raise a.refuse("keys that are vectors are translated", "Pass vectors.")
    return t.Array("int64", 1)


def _lexsort(call: Call) -> str:
    from batuta.catalog.numpy_shape import Parts

    if not isinstance(call.node("keys"), ast.Tuple | ast.List):
        return f"np::lexsort_rows({a.reference(call, 'keys')})"
    nodes = call.node("keys").elts
    found = [a.describe(a.type_of(call, each)) for each in nodes]
    if len({each.dtype for each in found}) == 1:
        return f"np::lexsort(&[{', '.join(Parts(call, 'keys').references() or [])}])"
    # Keys of different kinds: the place of each item among the different ones of its key orders them alike.
    ranks = []
    for each, kind in zip(nodes, found, strict=True):
        text = a.lower(call, each, "ref")
        ranks.append(f"&np::unique_all({text if kind.is_array else '&' + a.list_text(kind, text)}).inverse")
    return f"np::lexsort(&[{', '.join(ranks)}])"


def _unravel_result(call: Call) -> t.Type:
    rank = a.shape_rank(call)
    if rank < 2:
        raise a.refuse("indices into a matrix or more axes are translated", "The index itself is the place.")
    return t.Tuple((a.array_type("int64", a.operand(call, "indices").rank),) * rank)


def _unravel(call: Call) -> str:
    rank = a.shape_rank(call)
    if not a.operand(call, "indices").rank and rank == 2:
        return "np::unravel2({indices}, {shape})"
    names = [f"part{index}" for index in range(rank)]
    node = call.node("shape")
    sizes = a.shape_text(call) if isinstance(node, ast.List) else f"[{', '.join(f'shape.{index}' for index in range(rank))}]"
    held = "" if isinstance(node, ast.List) else "let shape = {shape}; "
    made = f"np::unravel({a.reference(call, 'indices', 'int64')}, {sizes})"
    return f"{{{{ {held}let [{', '.join(names)}] = {made}; ({', '.join(names)}) }}}}"


def _simple(
    name: str, signature: str, rust: Callable[[Call], str], result: Callable[[Call], t.Type], case: str, **more: object
) -> Entry:
    return Entry(f"numpy.{name}", signature, rust, result=result, features=("np",), case="import numpy as np\n" + case, **more)  # type: ignore[arg-type]


def _like(source: str) -> Callable[[Call], t.Type]:
    return lambda call: t.Array(*a.array_operand(call, source)[:2])


def _extract(call: Call) -> str:
    return f"np::extract({a.reference(call, 'condition', 'bool')}, {a.reference(call, 'arr')})"


def _take_result(call: Call) -> t.Type:
    found, indices = a.array_operand(call, "a"), a.operand(call, "indices")
    if a.is_none(call, "axis"):
        return a.array_type(found.dtype, indices.rank)
    if indices.rank != 1:
        raise a.refuse("indices of this rank are not translated", "Pass a list.")
    return t.Array(found.dtype, found.rank)


def _take(call: Call) -> str:
    held, indices = a.reference(call, "a"), a.operand(call, "indices")
    if not a.is_none(call, "axis"):
        return f"np::~take_axis({held}, {a.reference(call, 'indices', 'int64')}, {a.axis_text(call)})"
    flat = held if a.operand(call, "a").rank == 1 else f"&np::ravel({held})"
    if indices.rank == 0:
        return a.from_element(a.operand(call, "a").dtype, f"({flat}).~item([{{indices}}])")
    return f"np::~take({flat}, {a.reference(call, 'indices', 'int64')})"


def partition_text(call: Call, name: str, source: str) -> str:
    """`partition` or `argpartition` along an axis."""
    a.only_default(call, "order")
    kind = call.constant("kind", "introselect") if call.given("kind") else "introselect"
    found = a.array_operand(call, source)
    if kind != "introselect" or found.dtype not in ("float64", "int64", "uint64", "float32", "int32", "uint32"):
        raise a.refuse("the order inside the parts of such an array depends on the processor", "Use np.sort or np.argsort.")
    kth = f"&np::list1({a.reference(call, 'kth', 'int64')})" if a.operand(call, "kth").rank else "&[{kth}]"
    return f"np::~{name}({sorted_operand(call, source)}, {kth}, {axis_or_last(call)})"


_PARTS = (
    "rng = np.random.RandomState(1)\n"
    "for n in (5, 40, 256):\n"
    "    v = rng.randint(0, max(n // 2, 2), n)\n"
    "    print(np.partition(v, n // 2)[:30], np.partition(v / 4, -2)[-2:], np.partition(v, [1, 3])[:4])\n"
    "for n in (5, 40, 256, 257, 500, 3000, 20000):\n"
    "    w = rng.rand(n)\n"
    "    v = rng.randint(0, max(n // 2, 2), n)\n"
    "    for k in (0, 3, n // 2, -2):\n"
    "        p = np.argpartition(w, k)\n"
    "        q = np.argpartition(v, k)\n"
    "        print(n, k, p[:8], q[:8], (p * np.arange(n)).sum(), (q * np.arange(n)).sum())\n"
    "print(np.sort(np.partition(w, -3)[-3:]), np.partition(w, 7)[:7].mean(), np.partition(w, n // 2)[n // 2])\n"
    "m = rng.rand(3, 5)\nprint(np.partition(m, 2), np.argpartition(m, 1, axis=0), np.argpartition(-m, 2, axis=1)[:, :2], m.argpartition(1))\n"
    "m.partition(1)\nprint(m)\n"
)


X23 = "x = np.array([[3, 1, 2], [6, 5, 4]])\n"
SHELF = Shelf(
    module="numpy.sorting",
    entries=(
        _simple("sort", "(a: Any, axis: Any = -1, kind: Any = None) -> Any", lambda call: f"np::sort({sorted_operand(call, 'a')}, {axis_or_last(call)})",
                lambda call: t.Array(a.array_operand(call, "a").dtype, sorted_rank(call, "a")), X23 + "print(np.sort(x, axis=None), np.sort([3.5, 1.0, np.nan, 2.0]), np.sort(x), np.sort(x, axis=0), np.sort(['b', 'a']))\n"),
        _simple("argsort", "(a: Any, axis: Any = -1, kind: Any = None, *, stable: Any = None) -> Any", lambda call: f"np::{ordering(call)}({sorted_operand(call, 'a')}, {axis_or_last(call)})",
                lambda call: t.Array("int64", sorted_rank(call, "a")), X23 + "print(np.argsort(x, axis=None), np.argsort([3, 1, 2]), np.argsort(x, axis=1), np.argsort(-x[0]))\n" + _TIES, parity=STABLE),
        _simple("partition", '(a: Any, kth: Any, axis: Any = -1, kind: Any = None, order: Any = None) -> Any', lambda call: partition_text(call, "partition", "a"),
                lambda call: t.Array(a.array_operand(call, "a").dtype, sorted_rank(call, "a")), _PARTS, raises=("ValueError",), parity=STABLE),
        _simple("argpartition", '(a: Any, kth: Any, axis: Any = -1, kind: Any = None, order: Any = None) -> Any', lambda call: partition_text(call, "argpartition", "a"),
                lambda call: t.Array("int64", sorted_rank(call, "a")), _PARTS, raises=("ValueError",), parity=STABLE),
        _simple("unique", "(ar: Any, return_index: bool = False, return_inverse: bool = False, return_counts: bool = False, axis: Any = None) -> Any",
                _unique, _unique_result,
                "v, c = np.unique([3, 1, 3, 2], return_counts=True)\nprint(v, c, np.unique(['b', 'a', 'b']))\n"
                "u, i, inv = np.unique(np.array([3, 1, 3]), return_index=True, return_inverse=True)\nprint(u, i, inv, np.unique(np.array([[1, 2], [1, 2]]), axis=0))\n"),
        _simple("searchsorted", '(a: Any, v: Any, side: str = "left", sorter: Any = None) -> Any', _searchsorted,
                lambda call: a.array_type("int64", a.operand(call, "v").rank), "print(np.searchsorted([1, 2, 3], 2), np.searchsorted([1, 2, 3], [0, 2.5, 9], side='right'), np.searchsorted([0.5, 0.9, 1.0], 0.95) + 1)\n"),
        _simple("argwhere", "(a: Any) -> Any", lambda call: f"np::argwhere({a.reference(call, 'a')})", lambda call: t.Array("int64", 2) if a.array_operand(call, "a") else t.NONE,
                "print(np.argwhere(np.array([[0, 1], [1, 0]])), np.argwhere([0, 5]))\n"),
        _simple("nonzero", "(a: Any) -> Any", lambda call: f"np::nonzero{a.operand(call, 'a').rank}({a.reference(call, 'a')})", lambda call: nonzero_result(call, "a"),
                "print(np.nonzero([0, 3, 0, 4])[0])\nrows, columns = np.nonzero(np.eye(2))\nprint(rows, columns)\n"),
        _simple("flatnonzero", "(a: Any) -> Any", lambda call: f"np::flatnonzero({a.reference(call, 'a')})", lambda call: t.Array("int64", 1),
                "print(np.flatnonzero([0, 3, 0, 4]), np.flatnonzero(np.eye(2)))\n"),
        _simple("bincount", "(x: Any, weights: Any = None, minlength: int = 0) -> Any", _bincount, _bincount_result,
                "print(np.bincount([0, 2, 2, 5]), np.bincount([0, 1, 1], weights=[0.5, 1.0, 2.5]), np.bincount([1], minlength=4))\n", raises=("ValueError",)),
        _simple("digitize", "(x: Any, bins: Any, right: bool = False) -> Any", _digitize, lambda call: a.array_type("int64", a.operand(call, "x").rank),
                "print(np.digitize([0.2, 1.0, 5.5], [1.0, 3.0]), np.digitize(2.0, [1, 2, 3], right=True))\n", raises=("ValueError",)),
        _isin("isin"),
        _pair("union1d"),
        _pair("intersect1d"),
        _pair("setdiff1d"),
        _pair("setxor1d"),
        _simple("lexsort", "(keys: Any) -> Any", _lexsort, _lexsort_result, "print(np.lexsort(([3, 1, 2], [1, 1, 0])), np.lexsort((np.array(['b', 'a', 'c']), np.array([1.5, 1.5, 0.0]))))\n"
                "x = np.array([[2, 1], [1, 5], [2, 0]])\nkeys = [[1, 2, 1], [3, 1, 3]]\nprint(x[np.lexsort(x.T[::-1])], np.lexsort(keys), np.lexsort([x[:, 0], x[:, 1]]))\n"),
        _simple("unravel_index", "(indices: Any, shape: Any) -> Any", _unravel, _unravel_result,
                "i, j = np.unravel_index(5, (2, 3))\nprint(i, j)\nprint(np.unravel_index([3, 5], (2, 3)))\nx = np.zeros((2, 3, 4))\n"
                "print(np.unravel_index(17, x.shape), np.unravel_index(np.array([1, 23]), x.shape))\n", raises=("ValueError",)),
        _simple("extract", "(condition: Any, arr: Any) -> Any", _extract, lambda call: t.Array(a.array_operand(call, "arr").dtype, 1),
                "x = np.arange(5)\nprint(np.extract(x % 2 == 0, x))\n"),
        _simple("take", "(a: Any, indices: Any, axis: Any = None) -> Any", _take, _take_result,
                X23 + "print(np.take([5, 6, 7], [2, 0]), np.take(x, [0, 2], axis=1), np.take([5, 6], 1))\n", raises=("IndexError",)),
    ),
)  # fmt: skip
