"""The methods of `float`.

## Before
    if x.is_integer():
## After
    if py::is_integer(x) {
## Same numbers
    equal
## Not handled
    `as_integer_ratio` of floats whose parts leave the range of i64 ends the program
"""

from batuta.catalog.entry import Entry, Shelf

SHELF = Shelf(
    module="float",
    entries=(
        Entry(
            "float.is_integer",
            "(self: float) -> bool",
            "py::is_integer({self})",
            kind="method",
            case='x = 2.0\nprint(x.is_integer(), (2.5).is_integer(), float("inf").is_integer(), float("nan").is_integer())\n',
        ),
        Entry(
            "float.as_integer_ratio",
            "(self: float) -> tuple[int, int]",
            "py::~as_integer_ratio({self})",
            kind="method",
            raises=("ValueError", "OverflowError"),
            case="x = 0.75\nprint(x.as_integer_ratio(), (0.1).as_integer_ratio(), (-3.0).as_integer_ratio())\n",
        ),
        Entry(
            "float.hex",
            "(self: float) -> str",
            "py::float_hex({self})",
            kind="method",
            case="x = 2.5\nprint(x.hex(), (-0.1).hex(), (0.0).hex(), (5e-324).hex())\n",
        ),
        Entry("float.conjugate", "(self: float) -> float", "{self}", kind="method", case="x = 2.5\nprint(x.conjugate())\n"),
        Entry("float.real", "(self: float) -> float", "{self}", kind="attribute", case="x = 2.5\nprint(x.real)\n"),
        Entry("float.imag", "(self: float) -> float", "0.0", kind="attribute", case="x = 2.5\nprint(x.imag)\n"),
    ),
)
