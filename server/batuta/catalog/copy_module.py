"""`copy`: a container's own copy, and the copy of everything inside it."""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir.types import HELD_OBJECTS, Array, Callable, Instance, Iterator, Object, Type, children, is_held


def _plain(found: Type) -> bool:
    if is_held(found):
        return True
    return not isinstance(found, Instance | Object | Callable | Iterator | Array) and all(
        _plain(each) for each in children(found)
    )


def _check(call: Call) -> None:
    if not _plain(call.type("x")):
        raise Refusal(
            "BAT103", "`deepcopy` is translated for containers of plain values", "Give the class a method that copies it."
        )


_CONTAINERS = ("list[T]", "dict[K, V]", "set[T]", "deque[T]", "defaultdict[K, V]", "OrderedDict[K, V]", "Counter[K]")
_UNCHANGING = tuple(f'"{each}"' for each in HELD_OBJECTS)

SHELF = Shelf(
    module="copy",
    entries=(
        Entry(
            "copy.copy",
            (*(f"(x: {each}) -> {each}" for each in _CONTAINERS), "(x: value) -> value"),
            (*("{x}.copy_items()",) * len(_CONTAINERS), "{x}.shallow_copy()"),
            case="import copy\nxs = [1]\nys = copy.copy(xs)\nys.append(2)\nprint(xs, ys, copy.copy({'a': 1}))\n",
        ),
        Entry(
            "copy.deepcopy",
            (*(f"(x: {each}) -> {each}" for each in (*_CONTAINERS, *_UNCHANGING)), "(x: value) -> value"),
            ("py::deep_copy({&x})",) * (len(_CONTAINERS) + len(_UNCHANGING) + 1),
            refuse=_check,
            case="import copy\nrows = [[1, 2], [3]]\nother = copy.deepcopy(rows)\nother[0][0] = 9\nprint(rows, other)\n"
            "d = {'k': [1]}\ne = copy.deepcopy(d)\ne['k'].append(2)\nprint(d, e)\n",
        ),
    ),
)
