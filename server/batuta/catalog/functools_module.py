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
    ),
    refused={
        "functools.partial": ("it makes a function at run time", "Write a lambda that calls the function."),
        "functools.cmp_to_key": ("it makes a key of a comparison", "Sort by a key function."),
    },
)
