"""`json`: writing. What `loads` gives has no type before the program runs, so reading is refused."""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir.types import Array, Callable, Dict, Iterator, Object, Range, Type, children

_REST = (
    "skipkeys: bool = False, ensure_ascii: bool = True, check_circular: bool = True, allow_nan: bool = True, cls: None = None, "
    "indent: int | None = None, separators: tuple[str, str] | None = None, default: None = None, sort_keys: bool = False"
)
_DUMPS = "py::json::~dumps(&py::repr({&obj}), {indent}, {sort_keys}, {ensure_ascii}, {separators})"


def _holds(found: Type, kinds: tuple[type, ...]) -> bool:
    return isinstance(found, kinds) or any(_holds(each, kinds) for each in children(found))


def _check(call: Call) -> None:
    found = call.type("obj")
    if _holds(found, (Array, Callable, Iterator, Object, Range)):
        raise Refusal("BAT202", "this value cannot be written as JSON", "Make lists, dicts, texts and numbers of it first.")
    if isinstance(found, Dict) and found.kind == "OrderedDict":
        raise Refusal("BAT202", "an OrderedDict is not written as JSON yet", "Use a plain dict.")


_IMPORT = "import json\n"

SHELF = Shelf(
    module="json",
    entries=(
        Entry(
            "json.dumps",
            f"(obj: Any, *, {_REST}) -> str",
            _DUMPS,
            refuse=_check,
            raises=("TypeError",),
            case=_IMPORT + 'print(json.dumps({"b": [1, 2.5], "a": []}), json.dumps([True, False]), json.dumps("é\\n"))\n'
            'print(json.dumps({"b": [1, 2], "a": [3]}, indent=2, sort_keys=True))\n'
            'print(json.dumps({"name": "Ann", "age": 3, "tags": ["x"]}))\nprint(json.dumps([1, 2], separators=(",", ":")))\n',
        ),
        Entry(
            "json.dump",
            f'(obj: Any, fp: "file", *, {_REST}) -> None',
            f"{{fp}}.~write(&{_DUMPS.replace('~', '')})",
            refuse=_check,
            raises=("TypeError", "OSError"),
            effects=("writes",),
            case=_IMPORT + 'with open("out.json", "w") as f:\n    json.dump({"a": 1}, f)\nprint(open("out.json").read())\n',
        ),
    ),
    refused={
        "json.loads": ("what it gives has no type before the program runs", "Parse the text by hand, or read a CSV file."),
        "json.load": ("what it gives has no type before the program runs", "Parse the text by hand, or read a CSV file."),
    },
)
