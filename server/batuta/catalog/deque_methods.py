"""`collections.deque` and its methods."""

from batuta.catalog.entry import Entry, Shelf

_IMPORT = "from collections import deque\n"


def _method(name: str, signature: str, rust: str, case: str, *, changes: bool = True, raises: tuple[str, ...] = ()) -> Entry:
    return Entry(
        f"deque.{name}",
        signature,
        rust,
        kind="method",
        mutates=("self",) if changes else (),
        raises=raises,
        case=_IMPORT + case,
    )


_INDEX = ("IndexError",)

SHELF = Shelf(
    module="deque",
    entries=(
        Entry(
            "collections.deque",
            (
                "() -> deque[T]",
                "(iterable: Iterable[T], /) -> deque[T]",
                "(iterable: Iterable[T], maxlen: int | None) -> deque[T]",
                "(*, maxlen: int | None) -> deque[T]",
            ),
            (
                "py::Deque::new()",
                "{iterable}.collect::<py::Deque<_>>()",
                "py::Deque::~with_limit({iterable}, {maxlen})",
                "py::Deque::~with_limit([], {maxlen})",
            ),
            raises=("ValueError",),
            case=_IMPORT + "print(deque([1, 2, 3]), deque([1, 2, 3], maxlen=2))\nd = deque(maxlen=2)\nd.append(1)\nprint(d)\n",
        ),
        _method(
            "append", "(self: deque[T], item: T, /) -> None", "{self}.append({item})", "d = deque([1])\nd.append(2)\nprint(d)\n"
        ),
        _method(
            "appendleft",
            "(self: deque[T], item: T, /) -> None",
            "{self}.append_left({item})",
            "d = deque([1])\nd.appendleft(0)\nprint(d)\n",
        ),
        _method(
            "pop", "(self: deque[T], /) -> T", "{self}.~pop_last()", "d = deque([1, 2])\nprint(d.pop(), d)\n", raises=_INDEX
        ),
        _method(
            "popleft",
            "(self: deque[T], /) -> T",
            "{self}.~pop_left()",
            "d = deque([1, 2])\nwhile d:\n    print(d.popleft())\ntry:\n    d.popleft()\nexcept IndexError as error:\n"
            "    print(error)\n",
            raises=_INDEX,
        ),
        _method(
            "extend",
            "(self: deque[T], iterable: Iterable[T], /) -> None",
            "{self}.extend_from({iterable})",
            "d = deque([1])\nd.extend([2, 3])\nprint(d)\n",
        ),
        _method(
            "extendleft",
            "(self: deque[T], iterable: Iterable[T], /) -> None",
            "{self}.extend_left({iterable})",
            "d = deque([1])\nd.extendleft([2, 3])\nprint(d)\n",
        ),
        _method(
            "rotate",
            "(self: deque[T], n: int = 1, /) -> None",
            "{self}.rotate({n})",
            "d = deque([1, 2, 3])\nd.rotate()\nprint(d)\nd.rotate(-2)\nprint(d)\n",
        ),
        _method("clear", "(self: deque[T], /) -> None", "{self}.clear_items()", "d = deque([1])\nd.clear()\nprint(d)\n"),
        _method(
            "reverse", "(self: deque[T], /) -> None", "{self}.reverse_items()", "d = deque([1, 2])\nd.reverse()\nprint(d)\n"
        ),
        _method(
            "copy", "(self: deque[T], /) -> deque[T]", "{self}.copy_items()", "d = deque([1])\nprint(d.copy())\n", changes=False
        ),
        _method(
            "count",
            "(self: deque[T], value: T, /) -> int",
            "{self}.count_of({&value})",
            "print(deque([1, 2, 1]).count(1))\n",
            changes=False,
        ),
        _method(
            "index",
            "(self: deque[T], value: T, /) -> int",
            "{self}.~index_of({&value}, None, None)",
            "print(deque([1, 2, 1]).index(2))\n",
            changes=False,
            raises=("ValueError",),
        ),
        _method(
            "insert",
            "(self: deque[T], index: int, item: T, /) -> None",
            "{self}.~insert_at({index}, {item})",
            "d = deque([1, 2])\nd.insert(1, 9)\nprint(d)\n",
            raises=_INDEX,
        ),
        _method(
            "remove",
            "(self: deque[T], value: T, /) -> None",
            "{self}.~remove_value({&value})",
            "d = deque([1, 2, 1])\nd.remove(1)\nprint(d)\n",
            raises=("ValueError",),
        ),
        Entry(
            "deque.maxlen",
            "(self: deque[T]) -> int | None",
            "{self}.limit()",
            kind="attribute",
            case=_IMPORT + "print(deque([1], maxlen=3).maxlen, deque([1]).maxlen)\n",
        ),
    ),
)
