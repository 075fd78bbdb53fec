"""`heapq`: the same moves as CPython, so that the list of the heap looks the same."""

from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir.types import Callable, List, Tuple

_IMPORT = "import heapq\n"
_INDEX = ("IndexError",)
_MERGED = ("a: Iterable[T], b: Iterable[T]", "a: Iterable[T], b: Iterable[T], c: Iterable[T]")
_KEYS = ("", "key: Callable[[T], K], ")


def _by(call: Call, heap: str, arguments: str) -> str:
    """Tuples with a function are compared by what stands before it: functions have no order."""
    held = call.type(heap)
    items = held.element.items if isinstance(held, List) and isinstance(held.element, Tuple) else ()
    place = next((index for index, each in enumerate(items) if isinstance(each, Callable)), 0)
    if not place:
        return f"({arguments})"
    comma = "," if place == 1 else ""
    one, other = (", ".join(f"&{name}.{index}" for index in range(place)) for name in ("one", "other"))
    return f"_by({arguments}, |one, other| py::heapq::before_functions(({one}{comma}).partial_cmp(&({other}{comma}))))"


SHELF = Shelf(
    module="heapq",
    entries=(
        Entry(
            "heapq.heappush",
            "(heap: list[T], item: T, /) -> None",
            lambda call: f"py::heapq::heappush{_by(call, 'heap', '{mut heap}, {item}')}",
            mutates=("heap",),
            case=_IMPORT + "h = []\nfor n in [5, 1, 4, 2]:\n    heapq.heappush(h, n)\nprint(h)\n",
        ),
        Entry(
            "heapq.heappop",
            "(heap: list[T], /) -> T",
            lambda call: f"py::heapq::~heappop{_by(call, 'heap', '{mut heap}')}",
            mutates=("heap",),
            raises=_INDEX,
            case=_IMPORT + 'h = [(2, "b"), (1, "a"), (3, "c")]\nheapq.heapify(h)\nwhile h:\n    print(heapq.heappop(h))\n',
        ),
        Entry(
            "heapq.heapify",
            "(x: list[T], /) -> None",
            lambda call: f"py::heapq::heapify{_by(call, 'x', '{mut x}')}",
            mutates=("x",),
            case=_IMPORT + "h = [5, 1, 8, 3, 9, 2]\nheapq.heapify(h)\nprint(h)\n",
        ),
        Entry(
            "heapq.heappushpop",
            "(heap: list[T], item: T, /) -> T",
            "py::heapq::heappushpop({mut heap}, {item})",
            mutates=("heap",),
            case=_IMPORT + "h = [1, 3, 2]\nprint(heapq.heappushpop(h, 0), heapq.heappushpop(h, 9), h)\n",
        ),
        Entry(
            "heapq.heapreplace",
            "(heap: list[T], item: T, /) -> T",
            "py::heapq::~heapreplace({mut heap}, {item})",
            mutates=("heap",),
            raises=_INDEX,
            case=_IMPORT + "h = [1, 3, 2]\nprint(heapq.heapreplace(h, 9), h)\n",
        ),
        Entry(
            "heapq.merge",
            tuple(
                f"({parameters}, /, *, {key}reverse: bool = False) -> Iterator[T]" for parameters in _MERGED for key in _KEYS
            ),
            tuple(
                f"py::heapq::{name}([{lists}], {key}{{reverse}})"
                for lists in (
                    "Vec::from_iter({a}), Vec::from_iter({b})",
                    "Vec::from_iter({a}), Vec::from_iter({b}), Vec::from_iter({c})",
                )
                for name, key in (("merge", ""), ("merge_by_key", "{fn key}, "))
            ),
            case=_IMPORT + "print(list(heapq.merge([1, 4], [2, 3, 9])), list(heapq.merge([1], [0], [5])))\n"
            "print(list(heapq.merge([4, 1], [3, 2], reverse=True)), list(heapq.merge(['a', 'ccc'], ['b', 'bb'], key=len)))\n",
        ),
        Entry(
            "heapq.merge.of_all",
            tuple(f"(lists: Iterable[Iterable[T]], *, {key}reverse: bool = False) -> Iterator[T]" for key in _KEYS),
            ("py::heapq::merge({lists}, {reverse})", "py::heapq::merge_by_key({lists}, {fn key}, {reverse})"),
            case=_IMPORT + "lists = [[1, 4], [2, 3], [0, 9], [5]]\nprint(list(heapq.merge(*lists)))\n"
            "print(list(heapq.merge([1], [3], [2], [0])), list(heapq.merge(*lists, key=lambda n: n // 2)))\n",
            notes="What `merge(*lists)` means.",
        ),
        *(
            Entry(
                f"heapq.{name}",
                (
                    "(n: int, iterable: Iterable[T]) -> list[T]",
                    "(n: int, iterable: Iterable[T], key: Callable[[T], K]) -> list[T]",
                ),
                (f"py::heapq::{name}({{n}}, {{iterable}})", f"py::heapq::{name}_by_key({{n}}, {{iterable}}, {{fn key}})"),
                case=_IMPORT + f"print(heapq.{name}(2, [3, 1, 2]), heapq.{name}(1, ['a', 'bbb'], key=len))\n",
            )
            for name in ("nlargest", "nsmallest")
        ),
    ),
)
