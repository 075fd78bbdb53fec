"""`bisect`."""

from batuta.catalog.entry import Entry, Shelf

_IMPORT = "import bisect\n"

SHELF = Shelf(
    module="bisect",
    entries=(
        *(
            Entry(
                f"bisect.{name}",
                (
                    "(a: list[T], x: T, lo: int | None = None, hi: int | None = None) -> int",
                    "(a: tuple[T, ...], x: T, lo: int | None = None, hi: int | None = None) -> int",
                    "(a: list[T], x: K, lo: int | None = None, hi: int | None = None, *, key: Callable[[T], K]) -> int",
                ),
                (
                    *(f"py::bisect::{rust}({{&a}}, {{&x}}, {{lo}}, {{hi}})",) * 2,
                    f"py::bisect::{rust}_by_key({{&a}}, {{x}}, {{lo}}, {{hi}}, {{fn key}})",
                ),
                case=_IMPORT
                + f"xs = [1, 2, 2, 5]\nprint(bisect.{name}(xs, 2), bisect.{name}(xs, 9), bisect.{name}(xs, 0))\n"
                + f"rows = [('a', 1), ('b', 3), ('c', 3)]\nprint(bisect.{name}(rows, 3, key=lambda row: row[1]))\n",
            )
            for name, rust in (("bisect_left", "bisect_left"), ("bisect_right", "bisect_right"), ("bisect", "bisect_right"))
        ),
        *(
            Entry(
                f"bisect.{name}",
                ("(a: list[T], x: T) -> None", "(a: list[T], x: T, *, key: Callable[[T], K]) -> None"),
                (f"py::bisect::{rust}({{mut a}}, {{x}})", f"py::bisect::{rust}_by_key({{mut a}}, {{x}}, {{fn key}})"),
                mutates=("a",),
                case=_IMPORT
                + f"xs = [1, 2, 5]\nbisect.{name}(xs, 3)\nprint(xs)\n"
                + f"rows = [('a', 1), ('b', 3)]\nbisect.{name}(rows, ('c', 3), key=lambda row: row[1])\nprint(rows)\n",
            )
            for name, rust in (("insort_left", "insort_left"), ("insort_right", "insort_right"), ("insort", "insort_right"))
        ),
    ),
)
