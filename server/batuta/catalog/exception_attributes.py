"""The attributes of builtin exceptions: `args`, `code` of a SystemExit, and what the operating system said in an OSError.

An argument that is read by its index must be the exception's only one, and a text; else the program ends there and says so.
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_ERROR, _ARGUMENTS = '"builtins.Exception"', '"builtins.ExceptionArguments"'
_GONE = "try:\n    open('no/such.txt')\nexcept OSError as error:\n    print(error.{0})\n"


def _attribute(name: str, result: str, case: str) -> Entry:
    return Entry(
        f"builtins.Exception.{name}", f"(self: {_ERROR}) -> {result}", f"{{self}}.{name}()", kind="attribute", case=case
    )


SHELF = Shelf(
    module="builtins.Exception",
    classes=(LibraryClass("builtins.ExceptionArguments", "py::Arguments", mutable=False, can_be_false=True),),
    entries=(
        _attribute(
            "args",
            _ARGUMENTS,
            "for number in range(4):\n    try:\n        if number == 0:\n            raise ValueError('one')\n        if number == 1:\n"
            "            raise KeyError('key', 2)\n        if number == 2:\n            raise RuntimeError()\n        int('x')\n"
            "    except Exception as error:\n        print(error.args)\n"
            "try:\n    raise ValueError('text')\nexcept ValueError as error:\n    print(error.args[0], len(error.args[0]))\n",
        ),
        Entry(
            "builtins.ExceptionArguments.__getitem__",
            f"(self: {_ARGUMENTS}, index: int, /) -> str",
            "{self}.at({index})",
            kind="method",
            case="try:\n    raise ValueError('text')\nexcept ValueError as error:\n    print(error.args[0].upper())\n",
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
