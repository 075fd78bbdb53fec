"""The methods of `dict`, and of its kin `defaultdict`, `Counter` and `OrderedDict` where they are the same.

`keys`, `values` and `items` are iterators here: what a program does with a view but iterate it (`len`, `in`, the set
operators) is handled where it is written. A view that is kept in a variable and used twice is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from batuta.catalog._keywords import keyword_names
from batuta.catalog.entry import Call, Entry, Shelf

Rust = str | tuple[str | Callable[[Call], str], ...]

_CHANGES = ("self",)


def _by_keyword(call: Call) -> str:
    """`d.update(a=1)`: the keywords are the keys."""
    return f"{{self}}.update_from(std::iter::zip({keyword_names(call)}, [{{*kwargs}}]))"


def _method(name: str, signature: str | tuple[str, ...], rust: Rust, case: str, **more: object) -> Entry:
    return Entry(f"dict.{name}", signature, rust, kind="method", case=case, **more)  # type: ignore[arg-type]


_ENTRIES: tuple[Entry, ...] = (
    _method(
        "__argument__",
        "(self: dict[str, V], name: str, function: str, allowed: str, /) -> V",
        "{self}.~argument({&name}, {&function}, {&allowed})",
        'def area(width, height):\n    return width * height\n\n\nsizes = {k: len(k) for k in ("width", "height")}\nprint(area(**sizes))\n'
        'sizes["depth"] = 1\ntry:\n    area(**sizes)\nexcept TypeError as error:\n    print(error)\n',
        raises=("TypeError",),
    ),
    _method(
        "__option__",
        "(self: dict[str, V], name: str, default: V, function: str, allowed: str, /) -> V",
        "{self}.~option({&name}, {default}, {&function}, {&allowed})",
        'from datetime import timedelta\nparts = {unit: 2 for unit in "hours minutes".split()}\nprint(timedelta(**parts), timedelta(days=1, **parts))\n'
        "def box(width, height=1, depth=1):\n    return width * height * depth\n\n\n"
        'sizes = {k: len(k) for k in ("width", "depth")}\nprint(box(**sizes), box(height=2, **sizes))\n',
        raises=("TypeError",),
    ),
    _method(
        "get",
        (
            "(self: dict[K, V], key: K, default: None = None, /) -> V | None",
            "(self: dict[K, V], key: K, default: V, /) -> V",
            "(self: dict[K, V], key: K, default: V | None, /) -> V | None",
        ),
        ("{self}.get({&key})", "{self}.get_or({&key}, {default})", "{self}.get({&key}).or({default})"),
        'd = {"a": 1}\nprint(d.get("a", 0), d.get("b", 0), d.get("b"), d.get("a"))\n'
        'absent = d.get("z")\nprint(d.get("a", absent), d.get("b", absent))\n',
    ),
    _method(
        "keys",
        "(self: dict[K, V], /) -> Iterator[K]",
        "{self}.keys()",
        'd = {"a": 1, "b": 2}\nfor key in d.keys():\n    print(key)\nprint(list(d.keys()), len(d.keys()), "a" in d.keys())\n',
    ),
    _method(
        "values",
        "(self: dict[K, V], /) -> Iterator[V]",
        "{self}.values()",
        'd = {"a": 1, "b": 2}\nprint(sum(d.values()), list(d.values()), max(d.values()), len(d.values()))\n',
    ),
    _method(
        "items",
        "(self: dict[K, V], /) -> Iterator[tuple[K, V]]",
        "{self}.pairs()",
        'd = {"a": 1, "b": 2}\nfor key, value in d.items():\n    print(key, value)\n'
        "print(sorted(d.items(), key=lambda p: -p[1]))\n",
    ),
    _method(
        "setdefault",
        "(self: dict[K, V], key: K, default: V, /) -> V",
        "{self}.setdefault({key}, {default})",
        'd = {"a": 1}\nprint(d.setdefault("a", 5), d.setdefault("b", 6), d)\n',
        mutates=_CHANGES,
        notes="A container that `setdefault` hands out and the program then changes is one that two names share.",
    ),
    _method(
        "pop",
        (
            "(self: dict[K, V], key: K, /) -> V",
            "(self: dict[K, V], key: K, default: None, /) -> V | None",
            "(self: dict[K, V], key: K, default: V, /) -> V",
            "(self: dict[K, V], key: K, default: V | None, /) -> V | None",
        ),
        (
            "{self}.~pop_key({&key})",
            "{self}.pop_key_or_none({&key})",
            "{self}.pop_key_or({&key}, {default})",
            "{self}.pop_key_or_none({&key}).or({default})",
        ),
        'd = {"a": 1, "b": 2}\nprint(d.pop("a"), d.pop("z", 9), d.pop("y", None), d)\n'
        'absent = d.get("z")\nprint(d.pop("x", absent), d.pop("b", absent), d)\n'
        'try:\n    d.pop("q")\nexcept KeyError as error:\n    print(error)\n',
        mutates=_CHANGES,
        raises=("KeyError",),
    ),
    _method(
        "popitem",
        "(self: dict[K, V], /) -> tuple[K, V]",
        "{self}.~popitem(true)",
        'd = {"a": 1, "b": 2}\nprint(d.popitem(), d)\n',
        mutates=_CHANGES,
        raises=("KeyError",),
    ),
    _method(
        "update",
        (
            "(self: dict[K, V], other: dict[K, V], /) -> None",
            "(self: dict[K, V], other: Iterable[tuple[K, V]], /) -> None",
            "(self: dict[str, V], /, **kwargs: V) -> None",
            "(self: dict[str, V], other: dict[str, V], /, **kwargs: V) -> None",
        ),
        (
            "{self}.update_from({other}.pairs())",
            "{self}.update_from({other})",
            _by_keyword,
            lambda call: f"{{self}}.update_from({{other}}.pairs().chain(std::iter::zip({keyword_names(call)}, [{{*kwargs}}])))",
        ),
        'd = {"a": 1}\nd.update({"b": 2, "a": 3})\nd.update([("c", 4)])\nd.update({"e": 5, "f": 6}, f=7, g=8)\nprint(d)\n',
        mutates=_CHANGES,
    ),
    _method(
        "clear",
        "(self: dict[K, V], /) -> None",
        "{self}.clear_items()",
        'd = {"a": 1}\nd.clear()\nprint(d, len(d))\n',
        mutates=_CHANGES,
    ),
    _method(
        "copy",
        "(self: dict[K, V], /) -> dict[K, V]",
        "{self}.copy_items()",
        'd = {"a": 1}\ne = d.copy()\ne["b"] = 2\nprint(d, e)\n',
    ),
    Entry(
        "dict.fromkeys",
        ("(iterable: Iterable[K], value: V, /) -> dict[K, V]", "(iterable: Iterable[K], /) -> dict[K, None]"),
        ("py::dict_fromkeys({iterable}, {value})", "py::dict_fromkeys({iterable}, ())"),
        case='print(dict.fromkeys(["a", "b"], 0))\nprint(list(dict.fromkeys([3, 1, 3, 2])))\n',
    ),
)

_OWN = {
    "defaultdict": frozenset[str](),
    "OrderedDict": frozenset({"popitem"}),
    "Counter": frozenset({"update"}),
}
"""The kinds of dict, each with the methods that it has of its own (on the shelf of `collections`)."""


def _for_kind(entry: Entry, kind: str) -> Entry:
    """The same method with a receiver of another kind, so that nothing has to be converted."""
    own = "Counter[K]" if kind == "Counter" else f"{kind}[K, V]"

    def signature(text: str) -> str:
        text = text.replace("self: dict[K, V]", f"self: {own}").replace(
            "self: dict[str, V]", f"self: {own}".replace("K", "str")
        )
        if entry.name == "dict.copy":
            text = text.replace("-> dict[K, V]", f"-> {own}")
        return re.sub(r"\bV\b", "int", text) if kind == "Counter" else text

    texts = (entry.signature,) if isinstance(entry.signature, str) else entry.signature
    made = replace(entry, name=entry.name.replace("dict", kind, 1), signature=tuple(map(signature, texts)))
    return replace(made, case=f"from collections import {kind}\n{_CASES[kind]}print(d.get('a'), len(d))\n")


_CASES = {
    "defaultdict": "d = defaultdict(int)\nd['a'] = 1\n",
    "OrderedDict": "d = OrderedDict()\nd['a'] = 1\n",
    "Counter": "d = Counter('ab')\nd['a'] = 1\n",
}

SHELF = Shelf(
    module="dict",
    entries=(
        *_ENTRIES,
        *(
            _for_kind(entry, kind)
            for kind, own in _OWN.items()
            for entry in _ENTRIES
            if entry.kind == "method" and entry.name.removeprefix("dict.") not in own
        ),
    ),
)
