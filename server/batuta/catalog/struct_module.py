"""`struct` with formats that are constants: what is unpacked is a tuple of the format's types."""

from __future__ import annotations

import re

from batuta.catalog.entry import Call, Entry, Refusal, Shelf
from batuta.ir.types import BOOL, BYTES, FLOAT, INT, Iterator, Scalar, Tuple, Type

_ERROR = ("struct.error",)
_IMPORT = "import struct\n"
_TYPES: dict[str, Scalar] = {
    **dict.fromkeys("bBhHiIlLqQnN", INT),
    **dict.fromkeys("efd", FLOAT),
    **dict.fromkeys("csp", BYTES),
    "?": BOOL,
}
_READ = {INT: "int", FLOAT: "float", BYTES: "bytes", BOOL: "truth"}


def _types(call: Call) -> list[Scalar]:
    """The types of the fields of a format."""
    found = call.constant("format")
    text = found.decode() if isinstance(found, bytes) else str(found)
    types: list[Scalar] = []
    for count, code in re.findall(r"(\d*)([a-zA-Z?])", text):
        if code == "x":
            continue
        if code not in _TYPES:
            raise Refusal("BAT103", f"the letter `{code}` of a format is not translated", "Use letters of struct's own table.")
        types += [_TYPES[code]] * (1 if code in "sp" or not count else int(count))
    return types


def _tuple(call: Call) -> Type:
    return Tuple(tuple(_types(call)))


def _tuples(call: Call) -> Type:
    return Iterator(Tuple(tuple(_types(call))))


def _parts(call: Call) -> str:
    types = _types(call)
    read = ", ".join(f"items[{index}].{_READ[each]}()" for index, each in enumerate(types))
    return f"({read},)" if len(types) == 1 else f"({read})"


def _unpacked(call: Call) -> str:
    return f"{{{{ let items = py::structs::~unpack({{&format}}, &{{buffer}}); {_parts(call)} }}}}"


def _unpacked_from(call: Call) -> str:
    return f"{{{{ let items = py::structs::~unpack_from({{&format}}, &{{buffer}}, {{offset}}); {_parts(call)} }}}}"


def _each(call: Call) -> str:
    return f"py::structs::~iter_unpack({{&format}}, &{{buffer}}).map(|items| {_parts(call)})"


def _pack(call: Call) -> str:
    _types(call)
    return "py::structs::~pack({&format}, &py::items![{*v}])"


SHELF = Shelf(
    module="struct",
    entries=(
        Entry(
            "struct.pack",
            "(format: str, /, *v: int | float | bool | bytes) -> bytes",
            _pack,
            raises=_ERROR,
            case=_IMPORT
            + 'print(struct.pack("<IhB", 1, -2, 255), struct.pack(">f", 1.5), struct.pack("4s", b"ab"), struct.pack("!2i", 1, 2))\n'
            + 'print(struct.pack("?", True), struct.pack("q", -1), struct.pack("bi", 1, 2), struct.pack("<d", 3), struct.pack("e", 0.1))\n'
            + 'n = 70000\ntry:\n    struct.pack("<H", n)\nexcept struct.error as error:\n    print(error)\n'
            + 'try:\n    struct.pack("<HH", 1)\nexcept struct.error as error:\n    print(error)\n',
        ),
        Entry(
            "struct.unpack",
            "(format: str, buffer: bytes, /) -> Any",
            _unpacked,
            result=_tuple,
            raises=_ERROR,
            case=_IMPORT
            + 'a, b, c = struct.unpack("<IhB", b"\\x01\\x00\\x00\\x00\\xfe\\xff\\xff")\nprint(a, b, c)\n'
            + '(x,) = struct.unpack(">H", b"\\x01\\x02")\nprint(x, struct.unpack("<d", struct.pack("<d", 3.14))[0])\n'
            + 'print(struct.unpack("<4s?f", struct.pack("<4s?f", b"abcd", True, 0.5)))\n'
            + 'try:\n    struct.unpack("<I", b"a")\nexcept struct.error as error:\n    print(error)\n',
        ),
        Entry(
            "struct.unpack_from",
            "(format: str, /, buffer: bytes, offset: int = 0) -> Any",
            _unpacked_from,
            result=_tuple,
            raises=_ERROR,
            case=_IMPORT
            + 'data = struct.pack("<HHI", 1, 2, 3)\nprint(struct.unpack_from("<H", data, 2), struct.unpack_from("<HH", data))\n',
        ),
        Entry(
            "struct.iter_unpack",
            "(format: str, buffer: bytes, /) -> Any",
            _each,
            result=_tuples,
            raises=_ERROR,
            case=_IMPORT + 'for a, b in struct.iter_unpack("<Hb", bytes(range(9))):\n    print(a, b)\n',
        ),
        Entry(
            "struct.calcsize",
            "(format: str, /) -> int",
            "py::structs::~calcsize({&format})",
            raises=_ERROR,
            case=_IMPORT
            + 'print(struct.calcsize("<IhB"), struct.calcsize("bi"), struct.calcsize("3sxh"), struct.calcsize(""))\n',
        ),
    ),
    refused={
        "struct.Struct": ("the types of an object's format are not carried along", "Call `struct.pack` and `struct.unpack`."),
        "struct.pack_into": ("it changes a buffer", "Use `struct.pack`."),
    },
)
