"""`copy`: a container's own copy method, and its deep clone."""

from batuta.catalog.entry import Entry, Shelf

SHELF = Shelf(
    module="copy",
    entries=(
        Entry(
            "copy.copy",
            (
                "(x: list[T]) -> list[T]",
                "(x: dict[K, V]) -> dict[K, V]",
                "(x: set[T]) -> set[T]",
                "(x: deque[T]) -> deque[T]",
            ),
            ("{x}.copy_items()", "{x}.copy_items()", "{x}.copy_items()", "{x}.copy_items()"),
            case='import copy\nxs = [1]\nys = copy.copy(xs)\nys.append(2)\nprint(xs, ys, copy.copy({"a": 1}))\n',
        ),
        Entry(
            "copy.deepcopy",
            (
                "(x: list[int]) -> list[int]",
                "(x: list[float]) -> list[float]",
                "(x: list[str]) -> list[str]",
                "(x: list[list[int]]) -> list[list[int]]",
                "(x: list[list[float]]) -> list[list[float]]",
                "(x: list[list[str]]) -> list[list[str]]",
                "(x: dict[K, int]) -> dict[K, int]",
                "(x: dict[K, float]) -> dict[K, float]",
                "(x: dict[K, str]) -> dict[K, str]",
            ),
            (
                *("{x}.copy_items()",) * 3,
                *("Vec::from_iter({x}.items().map(|row| row.copy_items().into()))",) * 3,
                *("{x}.copy_items()",) * 3,
            ),
            case="import copy\nrows = [[1, 2], [3]]\nother = copy.deepcopy(rows)\nother[0][0] = 9\nprint(rows, other)\n",
            notes="Lists of plain values, lists of such lists, and dicts with plain values.",
        ),
    ),
)
