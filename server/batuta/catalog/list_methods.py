"""The methods of `list`.

A list is a `Vec<T>`, or a `Shared<Vec<T>>` where two names hold the same one; the Rust methods have the same names on both.
"""

from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir.types import Callable, List

_CHANGES = ("self",)


def _remove(call: Call) -> str:
    kind = call.type("self")
    functions = isinstance(kind, List) and isinstance(kind.element, Callable)
    return f"{{self}}.~remove_{'function' if functions else 'value'}({{&value}})"


SHELF = Shelf(
    module="list",
    entries=(
        Entry(
            "list.append",
            "(self: list[T], object: T, /) -> None",
            "{self}.push({object})",
            kind="method",
            mutates=_CHANGES,
            case="xs = [1, 2]\nxs.append(3)\nprint(xs)\n",
        ),
        Entry(
            "list.extend",
            "(self: list[T], iterable: Iterable[T], /) -> None",
            "{self}.extend_from({iterable})",
            kind="method",
            mutates=_CHANGES,
            case='xs = [1]\nxs.extend([2, 3])\nxs.extend(range(2))\nxs += (9,)\nws = ["a"]\nws.extend("bc")\nprint(xs, ws)\n',
        ),
        Entry(
            "list.insert",
            "(self: list[T], index: int, object: T, /) -> None",
            "{self}.insert_at({index}, {object})",
            kind="method",
            mutates=_CHANGES,
            case="xs = [1, 2]\nxs.insert(0, 9)\nxs.insert(-1, 8)\nxs.insert(99, 7)\nprint(xs)\n",
        ),
        Entry(
            "list.pop",
            ("(self: list[T], /) -> T", "(self: list[T], index: int, /) -> T"),
            ("{self}.~pop_last()", "{self}.~pop_at({index})"),
            kind="method",
            mutates=_CHANGES,
            raises=("IndexError",),
            case="xs = [1, 2, 3, 4]\nprint(xs.pop(), xs.pop(0), xs.pop(-1), xs)\n"
            "try:\n    [1].pop(3)\nexcept IndexError as error:\n    print(error)\n",
        ),
        Entry(
            "list.remove",
            "(self: list[T], value: T, /) -> None",
            _remove,
            kind="method",
            mutates=_CHANGES,
            raises=("ValueError",),
            case="xs = [1, 2, 1]\nxs.remove(1)\nprint(xs)\ntry:\n    xs.remove(7)\nexcept ValueError as error:\n"
            "    print(error)\n",
        ),
        Entry(
            "list.clear",
            "(self: list[T], /) -> None",
            "{self}.clear_items()",
            kind="method",
            mutates=_CHANGES,
            case="xs = [1]\nxs.clear()\nprint(xs, len(xs))\n",
        ),
        Entry(
            "list.copy",
            "(self: list[T], /) -> list[T]",
            "{self}.copy_items()",
            kind="method",
            case="xs = [1]\nys = xs.copy()\nys.append(2)\nprint(xs, ys)\n",
        ),
        Entry(
            "list.count",
            "(self: list[T], value: T, /) -> int",
            "{self}.count_of({&value})",
            kind="method",
            case='print([1, 2, 1].count(1), ["a", "b"].count("c"))\n',
        ),
        Entry(
            "list.index",
            (
                "(self: list[T], value: T, /) -> int",
                "(self: list[T], value: T, start: int, /) -> int",
                "(self: list[T], value: T, start: int, stop: int, /) -> int",
            ),
            (
                "{self}.~index_of({&value}, None, None)",
                "{self}.~index_of({&value}, Some({start}), None)",
                "{self}.~index_of({&value}, Some({start}), Some({stop}))",
            ),
            kind="method",
            raises=("ValueError",),
            case='ws = ["a", "b", "a"]\nprint(ws.index("a"), ws.index("a", 1), ws.index("b", 0, -1))\n'
            'try:\n    ws.index("z")\nexcept ValueError as error:\n    print(error)\n',
        ),
        Entry(
            "list.reverse",
            "(self: list[T], /) -> None",
            "{self}.reverse_items()",
            kind="method",
            mutates=_CHANGES,
            case="xs = [1, 2, 3]\nxs.reverse()\nprint(xs)\n",
        ),
        Entry(
            "list.sort",
            (
                "(self: list[T], /, *, reverse: bool = False) -> None",
                "(self: list[T], /, *, key: Callable[[T], K], reverse: bool = False) -> None",
                "(self: list[T], /, *, key: None = None, reverse: bool = False) -> None",
            ),
            (
                "{self}.sort_items({reverse})",
                "{self}.sort_items_by_key({fn key}, {reverse})",
                "{self}.sort_items({reverse})",
            ),
            kind="method",
            mutates=_CHANGES,
            case='xs = [3, 1, 2]\nxs.sort()\nprint(xs)\nxs.sort(reverse=True)\nprint(xs)\nws = ["bb", "a", "cc"]\n'
            "ws.sort(key=lambda w: len(w), reverse=True)\nprint(ws)\nws.sort(key=len)\nprint(ws)\n",
        ),
    ),
)
