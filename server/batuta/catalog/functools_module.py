"""`functools`: what is not a decorator. `lru_cache`, `cache` and `wraps` are the compiler's own matter."""

from batuta.catalog.entry import Entry, Shelf

SHELF = Shelf(
    module="functools",
    entries=(
        Entry(
            "functools.reduce",
            (
                "(function: Callable[[T, T], T], iterable: Iterable[T], /) -> T",
                "(function: Callable[[A, T], A], iterable: Iterable[T], initial: A, /) -> A",
            ),
            ("py::~reduce({fn function}, {iterable})", "py::reduce_from({fn function}, {iterable}, {initial})"),
            raises=("TypeError",),
            case="from functools import reduce\n"
            "print(reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(lambda a, b: a + b, [1], 10))\n",
        ),
        Entry(
            "functools.cmp_to_key.sorted",
            "(iterable: Iterable[T], function: Callable[[T, T], int], /, *, reverse: bool = False) -> list[T]",
            "py::sorted_by_comparison({iterable}, {fn function}, {reverse})",
            case="from functools import cmp_to_key\n"
            "print(sorted([3, 1, 2], key=cmp_to_key(lambda a, b: b - a)))\n"
            'def by_length(a, b):\n    return len(a) - len(b)\nprint(sorted(["ccc", "a", "bb", "d"], key=cmp_to_key(by_length)))\n'
            'print(sorted(["ccc", "a", "bb", "d"], key=cmp_to_key(by_length), reverse=True))\n',
        ),
        Entry(
            "functools.cmp_to_key.sort",
            "(self: list[T], function: Callable[[T, T], int], /, *, reverse: bool = False) -> None",
            "{self}.sort_items_by_comparison({fn function}, {reverse})",
            kind="method",
            mutates=("self",),
            case="from functools import cmp_to_key\nxs = [3, 1, 2]\nxs.sort(key=cmp_to_key(lambda a, b: b - a))\nprint(xs)\n",
        ),
    ),
    refused={
        "functools.partial": ("what it is applied to cannot be told", "Write a lambda that calls the function."),
        "functools.cmp_to_key": ("it is translated as the key of a sort only", "Sort by a key function."),
    },
)
