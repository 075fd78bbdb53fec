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
                ),
                (f"py::bisect::{rust}({{&a}}, {{&x}}, {{lo}}, {{hi}})",) * 2,
                case=_IMPORT + f"xs = [1, 2, 2, 5]\nprint(bisect.{name}(xs, 2), bisect.{name}(xs, 9), bisect.{name}(xs, 0))\n",
                notes="`key` is not handled.",
            )
            for name, rust in (("bisect_left", "bisect_left"), ("bisect_right", "bisect_right"), ("bisect", "bisect_right"))
        ),
        *(
            Entry(
                f"bisect.{name}",
                "(a: list[T], x: T) -> None",
                f"py::bisect::{rust}({{mut a}}, {{x}})",
                mutates=("a",),
                case=_IMPORT + f"xs = [1, 2, 5]\nbisect.{name}(xs, 3)\nprint(xs)\n",
            )
            for name, rust in (("insort_left", "insort_left"), ("insort_right", "insort_right"), ("insort", "insort_right"))
        ),
    ),
)
