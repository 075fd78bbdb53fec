"""The attributes of exceptions: `args`, what they were raised from, their notes, `code` of a SystemExit, and what the operating system said in
an OSError.

Exceptions of the program keep such a state where the program asks for it.
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

STATE = "builtins.ExceptionState"
"""What an exception of the program holds beside its fields: arguments, cause, context and notes."""
CHAIN = ("__cause__", "__context__", "__suppress_context__")
"""What an exception knows of the ones before it."""
OF_ALL = ("args", *CHAIN, "__notes__")
"""The attributes that exceptions of the program have, too."""
METHODS = ("add_note", "__handling__")
"""The methods that exceptions of the program have, too."""
_ERROR = '"builtins.Exception"'
_GONE = "try:\n    open('no/such.txt')\nexcept OSError as error:\n    print(error.{0})\n"


def _attribute(name: str, result: str, case: str, rust: str = "") -> Entry:
    return Entry(
        f"builtins.Exception.{name}", f"(self: {_ERROR}) -> {result}", f"{{self}}.{rust or name}()", kind="attribute", case=case
    )


_CHAINED = (
    "class Wrapped(Exception):\n    pass\n\n\n"
    "for kind in range(3):\n    try:\n        try:\n            int('x')\n        except ValueError as problem:\n"
    "            if kind == 0:\n                raise Wrapped('wrapped') from problem\n"
    "            if kind == 1:\n                raise RuntimeError('alone') from None\n            raise KeyError('second')\n"
    "    except Exception as error:\n        print(repr(error), repr(error.{0}))\n"
)


SHELF = Shelf(
    module="builtins.Exception",
    classes=(LibraryClass(STATE, "py::ExceptionState", mutable=False, default=True),),
    entries=(
        _attribute("__cause__", f"{_ERROR} | None", _CHAINED.format("__cause__"), "cause"),
        _attribute("__context__", f"{_ERROR} | None", _CHAINED.format("__context__"), "context"),
        _attribute("__suppress_context__", "bool", _CHAINED.format("__suppress_context__"), "suppresses_context"),
        _attribute(
            "__notes__",
            "list[str]",
            "try:\n    int('x')\nexcept ValueError as error:\n    error.add_note('one')\n    error.add_note('two')\n"
            "    print(error.__notes__)\n",
            "notes",
        ),
        Entry(
            "builtins.Exception.add_note",
            f"(self: {_ERROR}, note: str, /) -> None",
            "{self}.add_note({note})",
            kind="method",
            case="try:\n    int('x')\nexcept ValueError as error:\n    error.add_note('seen')\n    print(error, error.__notes__)\n",
        ),
        Entry(
            "builtins.Exception.__handling__",
            f"(self: {_ERROR}, handled: {_ERROR}, /) -> None",
            "{self}.set_context(&{handled})",
            kind="method",
            case=_CHAINED.format("__context__"),
        ),
        _attribute(
            "args",
            "tuple[value, ...]",
            "for number in range(4):\n    try:\n        if number == 0:\n            raise ValueError('one')\n        if number == 1:\n"
            "            raise KeyError('key', 2)\n        if number == 2:\n            raise RuntimeError()\n        int('x')\n"
            "    except Exception as error:\n        print(error.args)\n"
            "try:\n    raise ValueError('text', 4)\nexcept ValueError as error:\n    text, number = error.args\n"
            "    print(error.args[0], len(error.args[0]), text.upper(), number + 1)\n",
        ),
        _attribute(
            "code",
            "int | None",
            "import sys\nfor code in (0, 3):\n    try:\n        sys.exit(code)\n    except SystemExit as stop:\n        print(stop.code)\n"
            "try:\n    sys.exit()\nexcept SystemExit as stop:\n    print(stop.code, stop.code is None)\n",
        ),
        _attribute(
            "value",
            "value",
            "def once():\n    heard = yield 1\n    return heard\n\n\ng = once()\nnext(g)\n"
            "try:\n    g.send(5)\nexcept StopIteration as stop:\n    print(stop.value)\n",
        ),
        _attribute("errno", "int", _GONE.format("errno")),
        _attribute("strerror", "str", _GONE.format("strerror")),
        _attribute("filename", "str | None", _GONE.format("filename")),
    ),
)
