"""The operators on containers, to be added to the operator entries: name → overloads (signature, Rust form, exceptions).

Where a form reads an item with `.~at(`, the same method exists as `at_ref` (the item itself) and `at_mut` (the item itself,
to be changed) on containers that have one owner.
"""

from collections.abc import Callable as CallableOf

from batuta.catalog.entry import Call
from batuta.ir.types import Callable, List

Overload = tuple[str, str | CallableOf[[Call], str], tuple[str, ...]]

_INDEX = ("IndexError",)
_KEY = ("KeyError",)
_VALUE = ("ValueError",)
_DICTS = ("Counter[K]", "defaultdict[K, V]", "OrderedDict[K, V]", "dict[K, V]")
"""The most special first: each kind is also accepted where a plain dict is."""


def _contains(call: Call) -> str:
    """A list of functions is asked for the same function."""
    kind = call.type("a")
    functions = isinstance(kind, List) and isinstance(kind.element, Callable)
    return "{a}.contains_function({&b})" if functions else "{a}.contains_value({&b})"


def _set_algebra(method: str) -> list[Overload]:
    return [
        (f"(a: {one}[T], b: {two}[T]) -> {one}[T]", f"{{a}}.{method}({{&b}})", ())
        for one in ("set", "frozenset")
        for two in ("set", "frozenset")
    ]


def _unlike(method: str) -> list[Overload]:
    """Sets of NumPy's whole numbers and Python's: what is left comes out of the first."""
    kinds = ("numpy[int64]", "int")
    return [
        (f"(a: set[{one}], b: set[{two}]) -> set[{one}]", f"{{a}}.{method}({{&b}})", ()) for one, two in (kinds, kinds[::-1])
    ]


def _counts(method: str) -> Overload:
    return ("(a: Counter[K], b: Counter[K]) -> Counter[K]", f"{{a}}.{method}({{&b}})", ())


def _views(method: str) -> Overload:
    return (
        "(a: Iterator[T], b: Iterable[T]) -> set[T]",
        f"py::Set::from_keys({{a}}).{method}({{b}})",
        (),
    )


CONTAINER_OVERLOADS: dict[str, list[Overload]] = {
    "add": [
        ("(a: list[T], b: list[T]) -> list[T]", "{a}.plus({&b})", ()),
        ("(a: deque[T], b: deque[T]) -> deque[T]", "{a}.plus({&b})", ()),
        ("(a: tuple[T, ...], b: tuple[T, ...]) -> tuple[T, ...]", "{a}.plus({&b})", ()),
        _counts("counts_plus"),
    ],
    "mul": [
        ("(a: list[T], b: int) -> list[T]", "{a}.times({b})", ()),
        ("(a: int, b: list[T]) -> list[T]", "{b}.times({a})", ()),
        ("(a: tuple[T, ...], b: int) -> tuple[T, ...]", "{a}.times({b})", ()),
        ("(a: int, b: tuple[T, ...]) -> tuple[T, ...]", "{b}.times({a})", ()),
        ("(a: deque[T], b: int) -> deque[T]", "{a}.times({b})", ()),
    ],
    "sub": [*_unlike("difference_set"), *_set_algebra("difference_set"), _counts("counts_minus"), _views("difference")],
    "and_": [*_set_algebra("intersection_set"), _counts("counts_and"), _views("intersection")],
    "or_": [
        *_set_algebra("union_set"),
        _counts("counts_or"),
        ("(a: dict[K, V], b: dict[K, V]) -> dict[K, V]", "{a}.merged({b}.pairs())", ()),
        _views("union"),
    ],
    "xor": [*_set_algebra("symmetric_difference_set"), _views("symmetric_difference")],
    "pos": [("(a: Counter[K]) -> Counter[K]", "{a}.counts_plus(&py::Counter::default())", ())],
    "neg": [("(a: Counter[K]) -> Counter[K]", "py::Counter::default().counts_minus(&{a})", ())],
    "contains": [
        ("(a: list[T], b: T) -> bool", _contains, ()),
        *((f"(a: {kind}, b: K) -> bool", "{a}.contains_key({&b})", ()) for kind in _DICTS),
        ("(a: set[T], b: T) -> bool", "{a}.contains_value({&b})", ()),
        ("(a: frozenset[T], b: T) -> bool", "{a}.contains_value({&b})", ()),
        ("(a: deque[T], b: T) -> bool", "{a}.contains_value({&b})", ()),
        ("(a: range, b: int) -> bool", "{a}.contains_value({&b})", ()),
        ("(a: tuple[T, ...], b: T) -> bool", "{a}.contains_value({&b})", ()),
        ("(a: Iterator[T], b: T) -> bool", "py::contains_item({a}, {&b})", ()),
    ],
    "getitem": [
        ("(a: list[T], b: int) -> T", "{a}.~at({b})", _INDEX),
        ("(a: list[T], b: num) -> T", "{a}.~at({b}.index())", _INDEX),
        ("(a: Counter[K], b: K) -> int", "{a}.count_at({&b})", ()),
        ("(a: defaultdict[K, V], b: K) -> V", "{a}.at_or_default({&b})", ()),
        ("(a: OrderedDict[K, V], b: K) -> V", "{a}.~at({&b})", _KEY),
        ("(a: dict[K, V], b: K) -> V", "{a}.~at({&b})", _KEY),
        ("(a: deque[T], b: int) -> T", "{a}.~at({b})", _INDEX),
        ("(a: range, b: int) -> int", "{a}.~at({b})", _INDEX),
        ("(a: tuple[T, ...], b: int) -> T", "{a}.~item_of_tuple({b})", _INDEX),
    ],
    "setitem": [
        ("(a: list[T], b: int, c: T) -> None", "{a}.~set_at({b}, {c})", _INDEX),
        ("(a: list[T], b: num, c: T) -> None", "{a}.~set_at({b}.index(), {c})", _INDEX),
        ("(a: Counter[K], b: K, c: int) -> None", "{a}.set_at({b}, {c})", ()),
        ("(a: defaultdict[K, V], b: K, c: V) -> None", "{a}.set_at({b}, {c})", ()),
        ("(a: OrderedDict[K, V], b: K, c: V) -> None", "{a}.set_at({b}, {c})", ()),
        ("(a: dict[K, V], b: K, c: V) -> None", "{a}.set_at({b}, {c})", ()),
        ("(a: deque[T], b: int, c: T) -> None", "{a}.~set_at({b}, {c})", _INDEX),
    ],
    "delitem": [
        ("(a: list[T], b: int) -> None", "{a}.~delete_at({b})", _INDEX),
        ("(a: Counter[K], b: K) -> None", "{a}.take({&b})", ()),
        ("(a: defaultdict[K, V], b: K) -> None", "{a}.~delete_at({&b})", _KEY),
        ("(a: OrderedDict[K, V], b: K) -> None", "{a}.~delete_at({&b})", _KEY),
        ("(a: dict[K, V], b: K) -> None", "{a}.~delete_at({&b})", _KEY),
        ("(a: deque[T], b: int) -> None", "{a}.~delete_at({b})", _INDEX),
    ],
    "getitem_slice": [
        (
            "(a: list[T], start: int | None, stop: int | None, step: int | None) -> list[T]",
            "{a}.~slice({start}, {stop}, {step})",
            _VALUE,
        ),
        (
            "(a: tuple[T, ...], start: int | None, stop: int | None, step: int | None) -> tuple[T, ...]",
            "{a}.~slice({start}, {stop}, {step})",
            _VALUE,
        ),
        (
            "(a: range, start: int | None, stop: int | None, step: int | None) -> range",
            "{a}.~slice({start}, {stop}, {step})",
            _VALUE,
        ),
    ],
    "setitem_slice": [
        (
            "(a: list[T], start: int | None, stop: int | None, step: int | None, c: Iterable[T]) -> None",
            "{a}.~set_slice({start}, {stop}, {step}, {c})",
            _VALUE,
        ),
    ],
    "delitem_slice": [
        (
            "(a: list[T], start: int | None, stop: int | None, step: int | None) -> None",
            "{a}.~delete_slice({start}, {stop}, {step})",
            _VALUE,
        ),
    ],
}

MUTATED: dict[str, tuple[str, ...]] = {
    "setitem": ("a",),
    "delitem": ("a",),
    "setitem_slice": ("a",),
    "delitem_slice": ("a",),
}
"""The operand that an operator changes in place."""

CASES: dict[str, str] = {
    "add": "xs = [1] + [2, 3]\nprint(xs, xs + xs)\nt = tuple([1]) + tuple([2])\nprint(t)\n",
    "mul": "print([0] * 3, 2 * [1, 2], [1] * -1)\n",
    "sub": "print(sorted({1, 2, 3} - {2}), frozenset([1, 2]) - {1})\n",
    "and_": "print({1, 2, 3} & {2, 3, 4})\n",
    "pos": "from collections import Counter\nprint(+Counter(a=2, b=-1), -Counter(a=2, b=-1))\n",
    "or_": 'print({1, 2} | {3}, {"a": 1} | {"b": 2, "a": 3})\n',
    "xor": "print({1, 2} ^ {2, 3})\n",
    "contains": 'xs = [1, 2]\nd = {"a": 1}\nprint(1 in xs, 5 in xs, "a" in d, "b" not in d, 3 in {3}, 4 in range(0, 10, 3))\n',
    "getitem": 'xs = [1, 2, 3]\nd = {"a": 1}\nprint(xs[0], xs[-1], d["a"], range(5)[2])\ntry:\n    print(xs[9])\n'
    'except IndexError as error:\n    print(error)\ntry:\n    print(d["z"])\nexcept KeyError as error:\n    print(error)\n',
    "setitem": 'xs = [1, 2, 3]\nxs[0] = 9\nxs[-1] += 1\nd = {"a": 1}\nd["b"] = 2\nd["a"] += 5\nprint(xs, d)\n',
    "delitem": 'xs = [1, 2, 3]\ndel xs[0]\nd = {"a": 1}\ndel d["a"]\nprint(xs, d)\n',
    "getitem_slice": "xs = [1, 2, 3, 4]\nprint(xs[1:], xs[:-1], xs[::-1], xs[::2], xs[5:], list(range(10)[2:5]))\n",
    "setitem_slice": "xs = [1, 2, 3, 4]\nxs[1:3] = [9]\nprint(xs)\nxs[::2] = [7, 7]\nprint(xs)\nxs[:] = [5]\nprint(xs)\n",
    "delitem_slice": "xs = [1, 2, 3, 4]\ndel xs[1:3]\nprint(xs)\n",
}
"""A program for each operator."""
