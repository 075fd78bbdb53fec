"""`pprint`: values laid out so that they are easy to read.

## Before
    pprint(data, width=60)
## After
    py::pprint::layout(1, 60, false, true).pprint(&data);
## Same numbers
    the same lines, to the character
## Not handled
    `stream`, `depth` and `underscore_numbers`; an object whose own text is wider than the line ends the program with a message
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_SETTINGS = "indent: int = 1, width: int = 80, *, compact: bool = False, sort_dicts: bool = {0}"
_LAYOUT = "py::pprint::layout({indent}, {width}, {compact}, {sort_dicts})"
_DATA = (
    'data = {"name": "Alice", "langs": ["python", "rust", "c"], "scores": {"math": 90, "art": 77}}\n'
    "rows = [{'id': i, 'tags': ['a' * i, 'b'], 'ok': i % 2 == 0} for i in range(1, 6)]\n"
    'texts = ["The quick brown fox jumps over the lazy dog " * 3, "it\'s"]\n'
)
_USE = "from pprint import PrettyPrinter, pformat, pp, pprint\n" + _DATA


def _printer(name: str, result: str, effects: tuple[str, ...]) -> Entry:
    return Entry(
        f"pprint.PrettyPrinter.{name}",
        f'(self: "pprint.PrettyPrinter", object: Any) -> {result}',
        f"{{self}}.{name}({{&object}})",
        kind="method",
        effects=effects,  # type: ignore[arg-type]
        case=_USE
        + "printer = PrettyPrinter(indent=2, width=50)\n"
        + ("printer.pprint(rows)\nprinter.pprint(data)\n" if name == "pprint" else "print(printer.pformat(rows))\n"),
    )


SHELF = Shelf(
    module="pprint",
    classes=(LibraryClass("pprint.PrettyPrinter", "py::pprint::Layout", mutable=False),),
    entries=(
        *(
            Entry(
                f"pprint.{name}",
                f"(object: Any, {_SETTINGS.format(name != 'pp')}) -> None",
                f"{_LAYOUT}.pprint({{&object}})",
                effects=("prints",),
                case=_USE
                + f"{name}(data)\n{name}(rows, width=40)\n{name}(rows[0], indent=4, width=20)\n{name}(list(range(40)), compact=True, width=30)\n"
                + f"{name}(texts)\n{name}('The quick brown fox jumps over the lazy dog ' * 4)\n{name}({{3: 'c', 1: 'a', 2: 'b'}}, width=10)\n"
                + f"{name}([(1, 2.5, None), (2, -3.5, True)], width=12)\n{name}({{5, 3, 1}}, width=5)\n{name}({{}})\n{name}((1,))\n",
            )
            for name in ("pprint", "pp")
        ),
        Entry(
            "pprint.pformat",
            f"(object: Any, {_SETTINGS.format(True)}) -> str",
            f"{_LAYOUT}.pformat({{&object}})",
            case=_USE
            + "print(pformat(rows, width=30))\nprint(pformat({'z': 1, 'a': 2}), pformat({'z': 1, 'a': 2}, sort_dicts=False))\n",
        ),
        Entry(
            "pprint.PrettyPrinter",
            f'({_SETTINGS.format(True)}) -> "pprint.PrettyPrinter"',
            _LAYOUT,
            kind="class",
            case=_USE + "PrettyPrinter(width=30).pprint(data)\n",
        ),
        _printer("pprint", "None", ("prints",)),
        _printer("pformat", "str", ()),
    ),
)
