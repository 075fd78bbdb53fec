"""`collections`: `defaultdict`, `Counter`, `OrderedDict` (`deque` has a shelf of its own).

All are one Rust type that knows which of them it is, for Python shows each differently.
"""

from __future__ import annotations

from batuta.catalog._keywords import keyword_names
from batuta.catalog.entry import Call, Entry, Shelf

_DEFAULTDICT = "from collections import defaultdict\n"
_COUNTER = "from collections import Counter\n"
_ORDERED = "from collections import OrderedDict\n"


def _factory(call: Call) -> str:
    source = call.source("default_factory")
    shown = f"<class '{source}'>" if source in ("int", "float", "str", "list", "dict", "set", "bool", "tuple") else "<function>"
    return f'py::Dict::with_factory({{fn default_factory}}, "{shown}")'


def _counter(
    name: str, signature: str | tuple[str, ...], rust: str | tuple[str, ...], case: str, *, changes: bool = False
) -> Entry:
    return Entry(f"Counter.{name}", signature, rust, kind="method", mutates=("self",) if changes else (), case=_COUNTER + case)


SHELF = Shelf(
    module="collections",
    entries=(
        Entry(
            "collections.defaultdict",
            (
                "(default_factory: Callable[[], V], /) -> defaultdict[K, V]",
                "(default_factory: Callable[[], V], mapping: dict[K, V], /) -> defaultdict[K, V]",
            ),
            (_factory, lambda call: _factory(call) + ".filled_with({mapping}.pairs())"),
            case=_DEFAULTDICT
            + 'groups = defaultdict(list)\nfor w in ["ab", "c", "de"]:\n    groups[len(w)].append(w)\nprint(dict(groups))\n'
            'counts = defaultdict(int)\nfor c in "hello":\n    counts[c] += 1\nprint(counts)\n'
            'print(counts["z"], len(counts))\n',
        ),
        Entry(
            "defaultdict.__getitem__",
            "(self: defaultdict[K, V], key: K, /) -> V",
            "{self}.at_or_default({&key})",
            kind="method",
            mutates=("self",),
            case=_DEFAULTDICT + 'd = defaultdict(set)\nd["a"].add(1)\nprint(d)\n',
        ),
        Entry(
            "collections.Counter",
            (
                "() -> Counter[K]",
                "(mapping: dict[K, int], /) -> Counter[K]",
                "(iterable: Iterable[K], /) -> Counter[K]",
                "(**kwargs: int) -> Counter[str]",
            ),
            (
                "py::counter([])",
                "py::counter_from({mapping}.pairs())",
                "py::counter({iterable})",
                lambda call: f"py::counter_from(std::iter::zip({keyword_names(call)}, [{{*kwargs}}]))",
            ),
            case=_COUNTER
            + 'c = Counter("abracadabra")\nprint(c, c["a"], c["z"], len(c))\nc["a"] += 1\nprint(c.most_common(2))\n'
            'print(Counter(["x", "y", "x"]), Counter({"k": 3}))\nfor letter, count in c.items():\n    print(letter, count)\n',
        ),
        _counter(
            "most_common",
            ("(self: Counter[K], n: int | None = None, /) -> list[tuple[K, int]]",),
            ("{self}.most_common({n})",),
            'c = Counter("abcab")\nprint(c.most_common(), c.most_common(1))\n',
        ),
        _counter(
            "elements", "(self: Counter[K], /) -> Iterator[K]", "{self}.elements()", 'print(list(Counter("abca").elements()))\n'
        ),
        _counter("total", "(self: Counter[K], /) -> int", "{self}.total()", 'print(Counter("abca").total())\n'),
        _counter(
            "update",
            ("(self: Counter[K], other: dict[K, int], /) -> None", "(self: Counter[K], iterable: Iterable[K], /) -> None"),
            ("{self}.count_pairs({other}.pairs())", "{self}.count_items({iterable})"),
            'c = Counter("ab")\nc.update("bc")\nc.update({"a": 5})\nprint(c)\n',
            changes=True,
        ),
        _counter(
            "subtract",
            ("(self: Counter[K], other: dict[K, int], /) -> None", "(self: Counter[K], iterable: Iterable[K], /) -> None"),
            ("{self}.subtract_pairs({other}.pairs())", "{self}.subtract_items({iterable})"),
            'c = Counter("abb")\nc.subtract("bb")\nprint(c)\n',
            changes=True,
        ),
        *(
            _counter(
                f"__i{name}__",
                "(self: Counter[K], other: Counter[K], /) -> None",
                f"{{self}}.counts_{method}_assign({{&other}})",
                f'c = Counter("ab")\nc {sign}= Counter("b")\nprint(c)\n',
                changes=True,
            )
            for name, method, sign in (("add", "plus", "+"), ("sub", "minus", "-"), ("and", "and", "&"), ("or", "or", "|"))
        ),
        Entry(
            "collections.OrderedDict",
            (
                "() -> OrderedDict[K, V]",
                "(mapping: dict[K, V], /) -> OrderedDict[K, V]",
                "(iterable: Iterable[tuple[K, V]], /) -> OrderedDict[K, V]",
            ),
            ("py::Dict::ordered([])", "py::Dict::ordered({mapping}.pairs())", "py::Dict::ordered({iterable})"),
            case=_ORDERED + 'd = OrderedDict()\nd["b"] = 1\nd["a"] = 2\nprint(d, list(d))\n',
        ),
        Entry(
            "OrderedDict.move_to_end",
            "(self: OrderedDict[K, V], key: K, last: bool = True) -> None",
            "{self}.~move_to_end({&key}, {last})",
            kind="method",
            mutates=("self",),
            raises=("KeyError",),
            case=_ORDERED
            + 'd = OrderedDict([("a", 1), ("b", 2)])\nd.move_to_end("a")\nprint(d)\nd.move_to_end("a", last=False)\nprint(d)\n',
        ),
        Entry(
            "OrderedDict.popitem",
            "(self: OrderedDict[K, V], last: bool = True) -> tuple[K, V]",
            "{self}.~popitem({last})",
            kind="method",
            mutates=("self",),
            raises=("KeyError",),
            case=_ORDERED + 'd = OrderedDict([("a", 1), ("b", 2), ("c", 3)])\nprint(d.popitem(last=False), d.popitem(), d)\n',
        ),
    ),
)
