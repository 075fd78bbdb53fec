"""The methods of `int` (and of `bool`, which has them from `int`).

## Before
    bits = n.bit_length()
## After
    let bits = py::bit_length(n);
## Same numbers
    equal
## Not handled
"""

from batuta.catalog.entry import Entry, Shelf

_ATTRIBUTES = {"real": "{self}", "imag": "0", "numerator": "{self}", "denominator": "1"}

SHELF = Shelf(
    module="int",
    entries=(
        Entry(
            "int.bit_length",
            ("(self: int) -> int", "(self: bigint) -> int"),
            ("py::bit_length({self})", "{self}.bit_length()"),
            kind="method",
            case="n = 1000\nprint(n.bit_length(), (-8).bit_length(), (0).bit_length())\n",
        ),
        Entry(
            "int.bit_count",
            ("(self: int) -> int", "(self: bigint) -> int"),
            ("py::bit_count({self})", "{self}.bit_count()"),
            kind="method",
            case="n = 1000\nprint(n.bit_count(), (-7).bit_count(), (n + 2**80).bit_count())\n",
        ),
        Entry("int.conjugate", "(self: int) -> int", "{self}", kind="method", case="n = 3\nprint(n.conjugate())\n"),
        Entry(
            "int.as_integer_ratio",
            "(self: int) -> tuple[int, int]",
            "({self}, 1)",
            kind="method",
            case="n = 3\nprint(n.as_integer_ratio())\n",
        ),
        *(
            Entry(f"int.{name}", "(self: int) -> int", rust, kind="attribute", case=f"n = 3\nprint(n.{name})\n")
            for name, rust in _ATTRIBUTES.items()
        ),
    ),
    refused={},
)
