"""The methods of `tuple`.

A tuple of known length is a Rust tuple, and the compiler itself handles its items. A `tuple[T, ...]` is a `Vec<T>` that
nobody changes.
"""

from batuta.catalog.entry import Entry, Shelf

SHELF = Shelf(
    module="tuple",
    entries=(
        Entry(
            "tuple.count",
            "(self: tuple[T, ...], value: T, /) -> int",
            "{self}.count_of({&value})",
            kind="method",
            case="xs = tuple([1, 2, 1])\nprint(xs.count(1))\n",
        ),
        Entry(
            "tuple.index",
            "(self: tuple[T, ...], value: T, /) -> int",
            "{self}.~position_in_tuple({&value})",
            kind="method",
            raises=("ValueError",),
            case="xs = tuple([1, 2, 1])\nprint(xs.index(2))\ntry:\n    xs.index(9)\nexcept ValueError as error:\n"
            "    print(error)\n",
        ),
    ),
)
