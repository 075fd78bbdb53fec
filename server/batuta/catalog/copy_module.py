"""`copy`: a container's own copy, and the copy of everything inside it."""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.catalog.index import catalog
from batuta.ir import types as t

_IN_ONE_PIECE = (t.Scalar, t.NumpyScalar, t.Range)


def is_immutable(found: t.Type) -> bool:
    """Whether nothing in what has this type can change, so that it is its own copy."""
    match found:
        case t.Tuple() | t.Sequence() | t.Optional() | t.Set(frozen=True):
            return all(map(is_immutable, t.children(found)))
        case t.Object(name):
            declared: LibraryClass | None = catalog().classes.get(name)
            return declared is not None and not declared.mutable and not declared.iterator
    return isinstance(found, _IN_ONE_PIECE) and found != t.VALUE


def has_deep_copy(found: t.Type) -> bool:
    """Whether the runtime copies what has this type all the way down; of objects of the program their class decides."""
    if isinstance(found, t.Instance | t.Array):
        return True
    if isinstance(found, t.Object | t.Callable | t.Iterator | t.Iterable | t.Union_ | t.AnyOf):
        return t.is_held(found) or found == t.Object("pathlib.Path")
    return all(has_deep_copy(each) for each in t.children(found))


def _check(call: Call) -> None:
    if not has_deep_copy(call.type("x")):
        raise Refusal(
            "BAT103",
            "`deepcopy` of an object of a library, a function or an iterator is not translated",
            "Copy what is in it by hand.",
        )


def _check_shallow(call: Call) -> None:
    found = call.type("x")
    if (
        not is_immutable(found)
        and not isinstance(found, t.Instance | t.Array)
        and found != t.VALUE
        and not _is_container(found)
    ):
        raise Refusal("BAT103", f"`copy` of {t.show(found)} is not translated", "Copy what is in it by hand.")


def _is_container(found: t.Type) -> bool:
    return isinstance(found, t.List | t.Dict | t.Set | t.Deque)


def _shallow(call: Call) -> str:
    found = call.type("x")
    if isinstance(found, t.Instance):
        return "py::shallow_copy({&x})"
    return "py::deep_copied({&x})" if isinstance(found, t.Array) else "{x}"


_CONTAINERS = ("list[T]", "dict[K, V]", "set[T]", "deque[T]", "defaultdict[K, V]", "OrderedDict[K, V]", "Counter[K]")

SHELF = Shelf(
    module="copy",
    entries=(
        Entry(
            "copy.copy",
            (*(f"(x: {each}) -> {each}" for each in _CONTAINERS), "(x: value) -> value", "(x: T) -> T"),
            (*("{x}.copy_items()",) * len(_CONTAINERS), "{x}.shallow_copy()", _shallow),
            refuse=_check_shallow,
            case="import copy\nxs = [1]\nys = copy.copy(xs)\nys.append(2)\nprint(xs, ys, copy.copy({'a': 1}))\n",
        ),
        Entry(
            "copy.deepcopy",
            (*(f"(x: {each}) -> {each}" for each in _CONTAINERS), "(x: value) -> value", "(x: T) -> T"),
            (*("py::deep_copy({&x})",) * (len(_CONTAINERS) + 1), "py::deep_copied({&x})"),
            refuse=_check,
            case="import copy\nrows = [[1, 2], [3]]\nother = copy.deepcopy(rows)\nother[0][0] = 9\nprint(rows, other)\n"
            "d = {'k': [1]}\ne = copy.deepcopy(d)\ne['k'].append(2)\nprint(d, e)\n",
        ),
    ),
)
