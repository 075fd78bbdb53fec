"""`json`: writing, and reading: what `loads` gives is a value whose type is known when the program runs."""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir.types import Array, Callable, Dict, Iterator, Object, Range, Type, children

_REST = (
    "skipkeys: bool = False, ensure_ascii: bool = True, check_circular: bool = True, allow_nan: bool = True, cls: None = None, "
    "indent: int | None = None, separators: tuple[str, str] | None = None, default: None = None, sort_keys: bool = False"
)
_WITH = _REST.replace("default: None = None", "default: Callable[[value], value]")
_DUMPS = "py::json::~dumps(&py::repr({&obj}), {indent}, {sort_keys}, {ensure_ascii}, {separators})"
_PREPARED = _DUMPS.replace("{&obj}", "&py::json::prepared({&obj}, {fn default})")


def _holds(found: Type, kinds: tuple[type, ...]) -> bool:
    return isinstance(found, kinds) or any(_holds(each, kinds) for each in children(found))


def _check(call: Call) -> None:
    found = call.type("obj")
    if _holds(found, (Array, Callable, Iterator, Object, Range)):
        raise Refusal("BAT202", "this value cannot be written as JSON", "Make lists, dicts, texts and numbers of it first.")
    if isinstance(found, Dict) and found.kind == "OrderedDict":
        raise Refusal("BAT202", "an OrderedDict is not written as JSON yet", "Use a plain dict.")


def _needs_values(call: Call) -> None:
    """Only where places may hold values of any kind is there a type for what is read."""
    found = getattr(call, "inference", None)
    if found is not None and not found.program.containers:
        raise Refusal(
            "BAT101",
            "what JSON holds has no type before the program runs, and the program uses it in ways that need one",
            "Take the parts out with `int(…)`, `str(…)`, or keep this in Python.",
        )


_IMPORT = "import json\n"

SHELF = Shelf(
    module="json",
    entries=(
        Entry(
            "json.dumps",
            (f"(obj: Any, *, {_REST}) -> str", f"(obj: value, *, {_WITH}) -> str"),
            (_DUMPS, _PREPARED),
            refuse=_check,
            raises=("TypeError",),
            case=_IMPORT + 'print(json.dumps({"b": [1, 2.5], "a": []}), json.dumps([True, False]), json.dumps("é\\n"))\n'
            'print(json.dumps({"b": [1, 2], "a": [3]}, indent=2, sort_keys=True))\n'
            'print(json.dumps({"name": "Ann", "age": 3, "tags": ["x"]}))\nprint(json.dumps([1, 2], separators=(",", ":")))\n'
            "from datetime import date\nprint(json.dumps({'a': date(2024, 2, 29), 'b': {3}, 'c': 1}, default=str))\n"
            "print(json.dumps([1, {2}, 'x'], default=lambda found: sorted(found) if isinstance(found, set) else None, indent=1))\n",
        ),
        Entry(
            "json.dump",
            (f'(obj: Any, fp: "file", *, {_REST}) -> None', f'(obj: value, fp: "file", *, {_WITH}) -> None'),
            (f"{{fp}}.~write(&{_DUMPS.replace('~', '')})", f"{{fp}}.~write(&{_PREPARED.replace('~', '')})"),
            refuse=_check,
            raises=("TypeError", "OSError"),
            effects=("writes",),
            case=_IMPORT + 'with open("out.json", "w") as f:\n    json.dump({"a": 1}, f)\nprint(open("out.json").read())\n',
        ),
        Entry(
            "json.loads",
            "(s: str) -> value",
            "py::json::~loads({&s})",
            refuse=_needs_values,
            raises=("JSONDecodeError",),
            case=_IMPORT + 'data = json.loads(\'{"a": [1, 2.5, null, true], "b": {"c": "x\\\\u00e9"}}\')\n'
            'print(data, data["a"][1] + 1, data["b"]["c"])\n'
            'try:\n    json.loads("[1,")\nexcept json.JSONDecodeError as error:\n    print(error)\n',
        ),
        Entry(
            "json.load",
            '(fp: "file") -> value',
            "py::json::~load({&fp})",
            refuse=_needs_values,
            raises=("JSONDecodeError", "OSError"),
            effects=("reads",),
            case=_IMPORT + 'with open("in.json", "w") as f:\n    json.dump({"a": [1, 2]}, f)\n'
            'with open("in.json") as f:\n    data = json.load(f)\nprint(data["a"])\n',
        ),
        *(
            Entry(
                f"builtins.Exception.{name}",
                f'(self: "builtins.Exception") -> {result}',
                f"py::json::{function}({{&self}})",
                kind="attribute",
                case=_IMPORT
                + f"try:\n    json.loads('[1,\\n nope]')\nexcept json.JSONDecodeError as error:\n    print(error.{name})\n",
            )
            for name, result, function in (
                ("msg", "str", "error_message"),
                ("lineno", "int", "error_line"),
                ("colno", "int", "error_column"),
                ("pos", "int", "error_position"),
            )
        ),
    ),
)
