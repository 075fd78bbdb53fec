"""Builtin functions that make or go through containers."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from batuta.catalog._keywords import keyword_names
from batuta.catalog.entry import ARGUMENTS, EXACTLY, SEVERAL, Call, Entry, Refusal, Shelf
from batuta.ir.types import BOOL, FLOAT, INT, STR, VALUE, Instance, Iterator, Range, Sequence, Tuple, children, show


def _sum_of_floats(call: Call) -> str:
    """The sum of no floats is the int 0: told apart where somebody sees the difference."""
    return "py::sum({iterable})" if call.result_type() == FLOAT else "py::sum_or_zero({iterable})"


def _sum_of_numbers(call: Call) -> str:
    items = children(call.type("iterable"))
    if items and items[0] == FLOAT:
        return _sum_of_floats(call)
    return "py::sum({iterable}).to_f64()" if call.result_type() == FLOAT else "py::sum({iterable})"


def _iter(call: Call) -> str:
    """`iter(items)`; where other things come out of the iterator too, each item becomes a value on the way."""
    found, result = call.type("iterable"), call.result_type()
    kinds = {STR} if found == STR else {INT} if isinstance(found, Range) else set(children(found)[:1])
    if isinstance(found, Tuple):
        kinds = set(found.items)
    element = kinds.pop() if len(kinds) == 1 else None
    if isinstance(result, Iterator) and result.element == VALUE and element in (INT, FLOAT, BOOL, STR):
        return "IntoIterator::into_iter({iterable}).map(py::Value::from)"
    return "IntoIterator::into_iter({iterable})"


def _next_or(call: Call) -> str:
    """`next(iterator, default)`; where the default is of another type, what comes out is a value known at run time only."""
    found, result = call.type("iterator"), call.result_type()
    element = found.element if isinstance(found, Iterator) else result
    if element == result or result != VALUE:
        return "py::next_or({mut iterator}, {default})"
    if element not in (INT, FLOAT, BOOL, STR):
        reason = f"`next` gives {show(element)} or a default of another type"
        raise Refusal("BAT103", reason, "Use a default of the same type, or None.")
    return "py::next_or_value({mut iterator}, {default})"


def _length(call: Call) -> str:
    """`len` of a tuple is known; everything else has a method."""
    found = call.type("obj")
    if isinstance(found, Tuple):
        return str(len(found.items))
    if isinstance(found, Iterator):
        return "py::count_items({obj})"
    return "{obj}.length()"


def _refuse_length(call: Call) -> None:
    """An iterator has no length in Python; the views of a dict, which are iterators here, do."""
    if isinstance(call.type("obj"), Iterator):
        node = call.node("obj")
        view = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("keys", "values", "items")
        )
        if not view:
            raise Refusal("BAT202", "an iterator has no length", "Make a list of it first.")


def _exact_items(call: Call) -> str:
    """The length of a tuple was compared before; that of a sequence is known when the program runs."""
    return "py::~exactly({values}, {count})" if isinstance(call.type("values"), Sequence) else "{values}"


def _check_items(call: Any) -> None:
    found, count = call.type("values"), call.constant("count")
    if isinstance(found, Tuple) and len(found.items) != count:
        raise Refusal("BAT103", f"the template takes {count} values and the tuple has {len(found.items)}", "Make them fit.")
    if isinstance(found, Instance) and call.inference.program.classes[found.name].named_tuple:
        return
    if not isinstance(found, Tuple | Sequence):
        raise Refusal(
            "BAT107", f"the template takes {count} values, and {show(found)} is no tuple", "Write the values in parentheses."
        )


_ARGUMENTS_CASE = """
def area(width, height, depth):
    return width * height * depth
def half(name, first, second):
    return name, first / 2, second / 2
class Box:
    def __init__(self, width, height):
        self.size = (width, height)
print(area(*map(int, "2 3 4".split())), half("x", *[3, 5]), half(*["a"], first=1, second=2), Box(*(x * x for x in (2, 3))).size)
for text in ("1", "1 2", "1 2 3 4", ""):
    items = [int(x) for x in text.split()]
    try:
        print(area(*items))
    except TypeError as error:
        print(error)
    try:
        print(area(1, *items))
    except TypeError as error:
        print(error)
    try:
        print(Box(*items).size)
    except TypeError as error:
        print(error)
"""


def _names(call: Call) -> str:
    """`dict(a=1, b=2)`: the keywords are the keys."""
    return f"py::Dict::from_pairs(std::iter::zip({keyword_names(call)}, [{{*kwargs}}]))"


def _more(pairs: str) -> Callable[[Call], str]:
    """`dict(pairs, a=1)`: the keywords come after the pairs."""
    return lambda call: f"py::Dict::from_pairs({pairs}.chain(std::iter::zip({keyword_names(call)}, [{{*kwargs}}])))"


def _zipped(function: str, strict: str, arguments: str) -> Callable[[Call], str]:
    """`zip`; with `strict=True` one that raises where an iterable ends before the others."""
    return lambda call: f"py::{strict}({arguments})" if call.constant("strict", False) else f"{function}({arguments})"


def _both(name: str, case: str) -> Entry:
    """`min` and `max` have the same forms."""
    return Entry(
        f"builtins.{name}",
        (
            "(iterable: Iterable[T], /) -> T",
            "(iterable: Iterable[T], /, *, key: Callable[[T], K]) -> T",
            "(iterable: Iterable[T], /, *, default: None) -> T | None",
            "(iterable: Iterable[T], /, *, default: T) -> T",
            "(iterable: Iterable[T], /, *, key: Callable[[T], K], default: None) -> T | None",
            "(iterable: Iterable[T], /, *, key: Callable[[T], K], default: T) -> T",
            "(first: T, second: T, /, *rest: T) -> T",
            "(first: T, second: T, /, *rest: T, key: Callable[[T], K]) -> T",
        ),
        (
            f"py::~{name}({{iterable}})",
            f"py::~{name}_by_key({{iterable}}, {{fn key}})",
            f"py::{name}_or_none({{iterable}})",
            f"py::{name}_or_none({{iterable}}).unwrap_or({{default}})",
            f"py::{name}_by_key_or_none({{iterable}}, {{fn key}})",
            f"py::{name}_by_key_or_none({{iterable}}, {{fn key}}).unwrap_or({{default}})",
            f"py::{name}([{{first}}, {{second}}, {{*rest}}])",
            f"py::{name}_by_key([{{first}}, {{second}}, {{*rest}}], {{fn key}})",
        ),
        raises=("ValueError",),
        case=case,
        notes="Of an int and a float the result is a float.",
    )


SHELF = Shelf(
    module="builtins.iteration",
    entries=(
        Entry(
            "builtins.len",
            "(obj: Any, /) -> int",
            _length,
            refuse=_refuse_length,
            case='print(len([1, 2]), len("añb"), len({1: 2}), len({1, 2}), len((1, 2, 3)), len(range(0, 10, 3)))\n',
        ),
        Entry(
            f"builtins.{SEVERAL}",
            "(values: Iterable[T]) -> list[T]",
            "py::~several({values})",
            raises=("TypeError",),
            case=(
                "sizes = [3, 9, 4]\nprint(max(*sizes), min(*sizes), max(*'hello'), min(*[s * 2 for s in sizes], key=lambda s: -s))\n"
                "try:\n    print(max(*sizes[:1]))\nexcept TypeError:\n    print('one number has no items')\n"
            ),
            notes="It stands for the only argument of `max(*sizes)`; of a single item Python would take the items.",
        ),
        Entry(
            f"builtins.{EXACTLY}",
            "(values: T, count: int) -> T",
            _exact_items,
            refuse=_check_items,
            raises=("TypeError",),
            case=(
                "pair = (3, 1.5)\nprint('%d and %.2f' % pair)\n"
                "row = tuple(x * 0.5 for x in range(3))\nprint('[%g, %g, %s]' % row, '{}-{}-{:.1f}'.format(*row))\n"
                "def limits(values):\n    return min(values), max(values)\nprint('from %d to %d' % limits([4, 2, 9]))\n"
                "print('%s: %d..%d' % ('span', *limits([7, 8])))\n"
                "try:\n    print('%s %s' % row)\nexcept TypeError as error:\n    print(error)\n"
                "try:\n    print('%s %s %s %s' % row)\nexcept TypeError as error:\n    print(error)\n"
            ),
            notes="It stands for the items of a tuple that is formatted: `'%d %d' % pair`.",
        ),
        Entry(
            f"builtins.{ARGUMENTS}",
            "(values: Iterable[T], count: int, label: str) -> tuple[T, ...]",
            "py::~call_items({values}, {count}, {&label})",
            raises=("TypeError",),
            case=_ARGUMENTS_CASE,
            notes="It stands for arguments that one expression gives together: `area(*map(int, text.split()))`.",
        ),
        Entry(
            "builtins.range",
            (
                "(stop: int, /) -> range",
                "(start: int, stop: int, /) -> range",
                "(start: int, stop: int, step: int, /) -> range",
            ),
            ("py::range(0, {stop}, 1)", "py::range({start}, {stop}, 1)", "py::~range({start}, {stop}, {step})"),
            raises=("ValueError",),
            case="print(list(range(3)), list(range(1, 4)), list(range(10, 0, -3)), range(2, 5), 4 in range(3))\n"
            "for i in range(2):\n    print(i)\n",
        ),
        Entry(
            "range.index",
            "(self: range, value: int, /) -> int",
            "{self}.~index_of({&value})",
            kind="method",
            raises=("ValueError",),
            case="print(range(2, 10, 2).index(6))\n",
        ),
        Entry(
            "range.count",
            "(self: range, value: int, /) -> int",
            "{self}.count_of({&value})",
            kind="method",
            case="print(range(2, 10, 2).count(6))\n",
        ),
        *(
            Entry(
                f"range.{name}",
                "(self: range) -> int",
                f"{{self}}.{name}",
                kind="attribute",
                case=f"print(range(2, 10, 3).{name})\n",
            )
            for name in ("start", "stop", "step")
        ),
        Entry(
            "builtins.enumerate",
            "(iterable: Iterable[T], start: int = 0) -> Iterator[tuple[int, T]]",
            "py::enumerate({iterable}, {start})",
            case='for i, w in enumerate(["a", "b"]):\n    print(i, w)\nprint(list(enumerate("xy", start=5)))\n',
        ),
        Entry(
            "builtins.zip",
            (
                "(*, strict: bool = False) -> Iterator[T]",
                "(a: Iterable[A], b: Iterable[B], /, *, strict: bool = False) -> Iterator[tuple[A, B]]",
                "(a: Iterable[A], b: Iterable[B], c: Iterable[C], /, *, strict: bool = False) -> Iterator[tuple[A, B, C]]",
                "(a: Iterable[A], b: Iterable[B], c: Iterable[C], d: Iterable[D], /, *, strict: bool = False)"
                " -> Iterator[tuple[A, B, C, D]]",
                "(a: Iterable[A], b: Iterable[B], c: Iterable[C], d: Iterable[D], e: Iterable[E], /, *, strict: bool = False)"
                " -> Iterator[tuple[A, B, C, D, E]]",
                "(*iterables: tuple[A, B], strict: bool = False) -> tuple[tuple[A, ...], tuple[B, ...]]",
                "(*iterables: tuple[A, B, C], strict: bool = False) -> tuple[tuple[A, ...], tuple[B, ...], tuple[C, ...]]",
                "(*iterables: tuple[A, B, C, D], strict: bool = False)"
                " -> tuple[tuple[A, ...], tuple[B, ...], tuple[C, ...], tuple[D, ...]]",
                "(*iterables: Iterable[T], strict: bool = False) -> Iterator[tuple[T, ...]]",
            ),
            (
                "std::iter::empty()",
                _zipped("std::iter::zip", "zip_strict", "{a}, {b}"),
                _zipped("py::zip3", "zip3_strict", "{a}, {b}, {c}"),
                _zipped("py::zip4", "zip4_strict", "{a}, {b}, {c}, {d}"),
                _zipped("py::zip5", "zip5_strict", "{a}, {b}, {c}, {d}, {e}"),
                "py::~unzip2({*iterables})",
                "py::~unzip3({*iterables})",
                "py::~unzip4({*iterables})",
                _zipped("py::zip_all", "zip_all_strict", "{*iterables}"),
            ),
            raises=("ValueError",),
            case='for a, b in zip([1, 2], "xyz"):\n    print(a, b)\nprint(list(zip([1], [2.5], ["q"])))\n'
            "rows = [[1, 2, 3], [4, 5, 6]]\nprint(list(zip(*rows)), list(zip(*rows, strict=True)))\n"
            "try:\n    for row in zip([1, 2], 'ab', [3], strict=True):\n        print(row)\nexcept ValueError as error:\n    print(error)\n"
            "print(list(zip('ab', [1, 2], strict=True)), list(zip('a', [1], [2], [3], strict=True)), list(zip('a', *[[1], [2]], [3], strict=False))[:1])\n",
        ),
        Entry(
            "builtins.map",
            (
                "(function: Callable[[T], U], iterable: Iterable[T], /) -> Iterator[U]",
                "(function: Callable[[A, B], U], first: Iterable[A], second: Iterable[B], /) -> Iterator[U]",
            ),
            ("py::map({fn function}, {iterable})", "py::map2({fn function}, {first}, {second})"),
            case='print(list(map(lambda x: x * 2, [1, 2])), list(map(int, "123")), list(map(lambda a, b: a + b, [1], [2])))\n',
        ),
        Entry(
            "builtins.filter",
            (
                "(function: None, iterable: Iterable[T], /) -> Iterator[T]",
                "(function: Callable[[T], R], iterable: Iterable[T], /) -> Iterator[T]",
            ),
            ("py::filter_true({iterable})", "py::filter({fn function}, {iterable})"),
            case="print(list(filter(lambda x: x > 1, [1, 2, 3])), list(filter(None, [0, 1, 2])))\n",
        ),
        Entry(
            "builtins.sorted",
            (
                "(iterable: Iterable[T], /, *, reverse: bool = False) -> list[T]",
                "(iterable: Iterable[T], /, *, key: Callable[[T], K], reverse: bool = False) -> list[T]",
                "(iterable: Iterable[T], /, *, key: None, reverse: bool = False) -> list[T]",
            ),
            (
                "py::sorted({iterable}, {reverse})",
                "py::sorted_by_key({iterable}, {fn key}, {reverse})",
                "py::sorted({iterable}, {reverse})",
            ),
            case='print(sorted([3, 1, 2]), sorted("bca", reverse=True), sorted({"b": 1, "a": 2}))\n'
            'ws = ["bb", "a", "cc"]\nprint(sorted(ws, key=len), sorted(ws, key=lambda w: (-len(w), w)))\n'
            "print(sorted([(2, 1.5), (1, 2.5), (1, 0.5)]))\n",
        ),
        Entry(
            "builtins.reversed",
            "(sequence: Iterable[T], /) -> Iterator[T]",
            "py::reversed({sequence})",
            case='print(list(reversed([1, 2, 3])), "".join(reversed("abc")))\nfor i in reversed(range(3)):\n    print(i)\n',
        ),
        Entry(
            "builtins.sum",
            (
                '(iterable: Iterable["fractions.Fraction"], /, start: int = 0) -> "fractions.Fraction"',
                '(iterable: Iterable["decimal.Decimal"], /, start: int = 0) -> "decimal.Decimal"',
                '(iterable: Iterable["fractions.Fraction"], /, start: "fractions.Fraction") -> "fractions.Fraction"',
                '(iterable: Iterable["decimal.Decimal"], /, start: "decimal.Decimal") -> "decimal.Decimal"',
                '(iterable: Iterable["datetime.timedelta"], /, start: "datetime.timedelta") -> "datetime.timedelta"',
                "(iterable: Iterable[numpy[float64]], /) -> numpy[float64]",
                "(iterable: Iterable[numpy[int64]], /) -> numpy[int64]",
                "(iterable: Iterable[bool], /) -> int",
                "(iterable: Iterable[int], /) -> int",
                "(iterable: Iterable[int], /, start: int) -> int",
                "(iterable: Iterable[bigint], /, start: bigint = 0) -> bigint",
                "(iterable: Iterable[float], /) -> num",
                "(iterable: Iterable[num], /) -> num",
                "(iterable: Iterable[float], /, start: float) -> float",
                "(iterable: Iterable[list[T]], /, start: list[T]) -> list[T]",
                "(iterable: Iterable[numpy[bool]], /) -> numpy[int64]",
                "(iterable: Iterable[complex], /) -> complex",
                "(iterable: Iterable[complex], /, start: complex) -> complex",
                "(iterable: Iterable[array[T, 1]], /) -> array[T, 1]",
                "(iterable: Iterable[array[T, 2]], /) -> array[T, 2]",
                "(iterable: Iterable[array[T, 3]], /) -> array[T, 3]",
            ),
            (
                "py::fractions::sum({iterable}).plus(&py::fractions::Fraction::held_int({start}))",
                "py::decimal::sum({iterable}).plus(&py::decimal::Decimal::held_int({start}))",
                "py::fractions::sum({iterable}).plus(&{start})",
                "IntoIterator::into_iter({iterable}).fold({start}, |total, item| total.plus(&item))",
                "IntoIterator::into_iter({iterable}).fold({start}, |total, item| total.plus(item))",
                "py::sum({iterable})",
                "py::sum({iterable})",
                "py::sum_bools({iterable})",
                "py::sum({iterable})",
                "py::sum_from({iterable}, {start})",
                "py::sum_from({iterable}, {start})",
                _sum_of_floats,
                _sum_of_numbers,
                "py::sum_from({iterable}, {start})",
                "py::sum_lists({iterable}, {start})",
                "py::sum_bools({iterable})",
                "py::sum({iterable})",
                "py::sum_from({iterable}, {start})",
                "np::sum_of_arrays({iterable})",
                "np::sum_of_arrays({iterable})",
                "np::sum_of_arrays({iterable})",
            ),
            cost="medium",
            case="print(sum([1, 2, 3]), sum([0.1] * 10), sum(x > 1 for x in [1, 2, 3]), sum([1.5], 2), sum([[1], [2]], []))\n",
            notes="Where the text of a sum of floats is shown, it is `0` for no floats at all, as in Python.",
        ),
        _both(
            "min",
            'print(min([3, 1, 2]), min(4, 2), min("bca"), min([], default=7), min(["bb", "a"], key=len), min(2.5, 1.5, 3.5))\n',
        ),
        _both(
            "max",
            'd = {"a": 1, "b": 3}\n'
            "print(max([3, 1, 2]), max(4, 2), max(d.values()), max(d, key=lambda k: d[k]), max((1, 2), (1, 3)))\n"
            "try:\n    max([n for n in range(0)])\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "builtins.any",
            "(iterable: Iterable[T], /) -> bool",
            "py::any({iterable})",
            case='print(any([False, True]), any(x > 5 for x in [1, 2]), any([0, 0]), any(["", "a"]))\n',
        ),
        Entry(
            "builtins.all",
            "(iterable: Iterable[T], /) -> bool",
            "py::all({iterable})",
            case="print(all([True, False]), all(x > 0 for x in [1, 2]), all([1, 2]), all([]))\n",
        ),
        Entry(
            "builtins.list",
            ("() -> list[T]", "(iterable: Iterable[T], /) -> list[T]"),
            ("Vec::new()", "Vec::from_iter({iterable})"),
            case='xs = list()\nxs.append(1)\nprint(xs, list("abc"), list(range(3)), list((1, 2)), list({"k": 1}))\n',
        ),
        Entry(
            "builtins.tuple",
            ("(iterable: Iterable[T], /) -> tuple[T, ...]", "() -> tuple[T, ...]"),
            ("Vec::from_iter({iterable})", "Vec::new()"),
            case='print(tuple([1, 2]), tuple("a"))\n',
        ),
        Entry(
            "builtins.set",
            (
                "() -> set[T]",
                "(iterable: set[T], /) -> set[T]",
                "(iterable: frozenset[T], /) -> set[T]",
                "(iterable: dict[T, V], /) -> set[T]",
                "(iterable: Iterable[T], /) -> set[T]",
            ),
            (
                "py::Set::new()",
                "{iterable}.copy_items()",
                "{iterable}.copy_items().thawed()",
                "py::Set::from_keys({iterable}.keys())",
                "py::Set::from_iter({iterable})",
            ),
            case='s = set()\ns.add(1)\nprint(s, set([3, 1, 3, 20]), sorted(set("aab")), len(set("hello")))\n',
        ),
        Entry(
            "builtins.frozenset",
            (
                "() -> frozenset[T]",
                "(iterable: set[T], /) -> frozenset[T]",
                "(iterable: frozenset[T], /) -> frozenset[T]",
                "(iterable: Iterable[T], /) -> frozenset[T]",
            ),
            (
                "py::Set::new().frozen()",
                "{iterable}.copy_items().frozen()",
                "{iterable}.copy_items()",
                "py::Set::from_iter({iterable}).frozen()",
            ),
            case="f = frozenset([1, 2, 1])\nprint(f, len(f), 1 in f)\n",
        ),
        Entry(
            "builtins.dict",
            (
                "() -> dict[K, V]",
                "(mapping: dict[K, V], /) -> dict[K, V]",
                "(iterable: Iterable[tuple[K, V]], /) -> dict[K, V]",
                "(iterable: Iterable[list[K]], /) -> dict[K, K]",
                "(**kwargs: V) -> dict[str, V]",
                "(mapping: dict[str, V], /, **kwargs: V) -> dict[str, V]",
                "(iterable: Iterable[tuple[str, V]], /, **kwargs: V) -> dict[str, V]",
            ),
            (
                "py::Dict::new()",
                "py::Dict::from_pairs({mapping}.pairs())",
                "py::Dict::from_pairs({iterable})",
                "py::Dict::from_pairs(py::~two_of_each({iterable}))",
                _names,
                _more("{mapping}.pairs()"),
                _more("{iterable}.into_iter()"),
            ),
            case='d = dict()\nd["a"] = 1\nprint(d, dict([("x", 1)]), dict(zip("ab", [1, 2])), dict(d), dict(k=1, j=2))\n'
            "print(dict(d, b=3))\n"
            'print(dict(part.split("=") for part in "a=1;b=2".split(";")), dict([[1, 2], [3, 4]]))\n',
        ),
        Entry(
            "builtins.iter",
            "(iterable: Iterable[T], /) -> Iterator[T]",
            _iter,
            case="it = iter([1, 2])\nprint(next(it), next(it), next(it, None))\n",
        ),
        Entry(
            "builtins.next",
            (
                "(iterator: Iterator[T], /) -> T",
                "(iterator: Iterator[T], default: None, /) -> T | None",
                "(iterator: Iterator[T], default: T, /) -> T",
                "(iterator: Iterator[T], default: T | None, /) -> T | None",
            ),
            (
                "py::~next({mut iterator})",
                "py::next_or_none({mut iterator})",
                _next_or,
                "py::next_or_none({mut iterator}).or({default})",
            ),
            mutates=("iterator",),
            raises=("StopIteration",),
            case="it = iter([1, 2])\nprint(next(it))\nprint(next((x for x in [1, 2, 3] if x > 1), 0))\n"
            "print(next((x for x in [1, 2, 3] if x > 5), None))\n"
            'absent = {"a": 1}.get("z")\nprint(next(it, absent), next(iter([4]), absent))\n',
        ),
    ),
)
