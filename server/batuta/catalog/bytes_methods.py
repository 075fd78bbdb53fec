"""`bytes` and `bytearray`, and the ways between them and texts and numbers."""

from __future__ import annotations

import re
from dataclasses import replace

from batuta.catalog.entry import LARGE_BYTES, Entry, LibraryClass, Shelf

_ARRAY = '"bytearray"'
_VALUE = ("ValueError",)
_DECODE = ("UnicodeDecodeError", "LookupError")
_DATA = 'data = b"Hello, b\\xc3\\xa9 \\x00 world"\n'
_BYTES = "(self: bytes{}) -> {}"


def _method(name: str, parameters: str, result: str, rust: str, case: str, raises: tuple[str, ...] = ()) -> Entry:
    signature = f"(self: bytes{', ' if parameters else ''}{parameters}) -> {result}"
    return Entry(f"bytes.{name}", signature, f"{{self}}.{rust}", kind="method", raises=raises, case=_DATA + case)


def _test(name: str, test: str) -> Entry:
    return _method(
        name, "", "bool", f"all_are({test})", f"print(data.{name}(), b'ab'.{name}(), b'12'.{name}(), b'  '.{name}())\n"
    )


def _array(name: str, parameters: str, result: str, rust: str, case: str, raises: tuple[str, ...] = ()) -> Entry:
    return Entry(
        f"bytearray.{name}",
        f"(self: {_ARRAY}{', ' if parameters else ''}{parameters}) -> {result}",
        f"{{self}}.{rust}",
        kind="method",
        raises=raises,
        case='data = bytearray(b"abc")\n' + case,
    )


_CODEC = "encoding: str = 'utf-8', errors: str = 'strict'"


def _of_array(entry: Entry) -> Entry:
    """What a bytearray does as bytes do; bytes that come out are a bytearray, too."""
    signatures = (entry.signature,) if isinstance(entry.signature, str) else entry.signature
    forms = entry.rust if isinstance(entry.rust, tuple) else (entry.rust,)
    made = []
    for signature, form in zip(signatures, forms, strict=True):
        assert isinstance(form, str)
        found = form.replace("{self}.", "{self}.bytes().")
        made.append(f"py::ByteArray::from({found})" if signature.endswith("-> bytes") else found)
    return replace(
        entry,
        name=f"bytearray.{entry.name.rpartition('.')[2]}",
        signature=tuple(
            each.replace("self: bytes", f"self: {_ARRAY}").replace("-> bytes", f"-> {_ARRAY}") for each in signatures
        ),
        rust=tuple(made),
        case=re.sub(r"(b'[^']*')\.", r"bytearray(\1).", entry.case).replace(_DATA, _DATA + "data = bytearray(data)\n"),
    )


_SHARED = (
    *("upper", "lower", "find", "rfind", "index", "count", "startswith", "endswith", "replace", "strip", "lstrip", "rstrip"),
    *("ljust", "rjust", "isalpha", "isdigit", "isalnum", "isspace"),
)
"""Methods of bytes that a bytearray has as well."""

_SHELF = Shelf(
    module="bytes",
    classes=(LibraryClass("bytearray", "py::ByteArray", mutable=False, iterates="int", default=True, can_be_false=True),),
    entries=(
        Entry(
            "builtins.bytes",
            (
                "() -> bytes",
                "(source: bytes, /) -> bytes",
                "(source: int, /) -> bytes",
                f"(source: {_ARRAY}, /) -> bytes",
                "(source: str, /, encoding: str, errors: str = 'strict') -> bytes",
                "(source: Iterable[int], /) -> bytes",
            ),
            (
                'py::Bytes::from(b"")',
                "{source}",
                "py::~zero_bytes({source})",
                "{source}.bytes()",
                "py::~encode({&source}, {&encoding}, {&errors})",
                "py::~bytes_of({source})",
            ),
            raises=("ValueError", "UnicodeEncodeError", "LookupError"),
            case="print(bytes(), bytes(3), bytes([1, 65, 255]), bytes('é', 'utf-8'), bytes(range(3)), bytes(x ^ 1 for x in b'ab'))\n"
            "for values in ([256], [-1]):\n    try:\n        bytes(values)\n    except ValueError as error:\n        print(error)\n",
        ),
        Entry(
            "builtins.bytearray",
            (
                f"() -> {_ARRAY}",
                f"(source: bytes, /) -> {_ARRAY}",
                f"(source: int, /) -> {_ARRAY}",
                f"(source: {_ARRAY}, /) -> {_ARRAY}",
                f"(source: str, /, encoding: str, errors: str = 'strict') -> {_ARRAY}",
                f"(source: Iterable[int], /) -> {_ARRAY}",
            ),
            (
                "py::ByteArray::default()",
                "py::ByteArray::from({source})",
                "py::ByteArray::from(py::~zero_bytes({source}))",
                "py::ByteArray::from({source}.bytes())",
                "py::ByteArray::from(py::~encode({&source}, {&encoding}, {&errors}))",
                "py::ByteArray::from(py::~bytes_of({source}))",
            ),
            raises=("ValueError", "UnicodeEncodeError", "LookupError"),
            case="a = bytearray(b'abc')\nb = a\nb[0] = 65\nprint(a, bytearray(2), bytearray([1, 2]), len(a), a == bytearray(b'Abc'), list(a))\n",
        ),
        Entry(
            "str.encode",
            f"(self: str, {_CODEC}) -> bytes",
            "py::~encode({&self}, {&encoding}, {&errors})",
            kind="method",
            raises=("UnicodeEncodeError", "LookupError"),
            case='print("héllo €".encode(), "é".encode("latin-1"), "é€x".encode("ascii", errors="replace"), "é".encode("ascii", "ignore"))\n'
            'try:\n    "aé€b".encode("ascii")\nexcept UnicodeEncodeError as error:\n    print(error)\n',
        ),
        _method(
            "decode",
            _CODEC,
            "str",
            "~decode({&encoding}, {&errors})",
            'print(data.decode(), b"\\xe9".decode("latin-1"), b"a\\xffb".decode("utf-8", errors="replace"), b"a\\xff".decode("ascii", "ignore"))\n'
            'try:\n    b"ab\\xff".decode()\nexcept UnicodeDecodeError as error:\n    print(error)\n',
            _DECODE,
        ),
        _method("hex", "sep: str = ''", "str", "hex({&sep})", "print(data.hex(), b'abc'.hex(':'))\n"),
        _method("upper", "", "bytes", "upper()", "print(data.upper())\n"),
        _method("lower", "", "bytes", "lower()", "print(data.lower())\n"),
        Entry(
            "bytes.find",
            ("(self: bytes, sub: bytes, start: int = 0, /) -> int", "(self: bytes, sub: int, start: int = 0, /) -> int"),
            ("{self}.find(&{sub}, {start})",) * 2,
            kind="method",
            case=_DATA + "print(data.find(b'l'), data.find(b'zz'), data.find(108, 4), data.find(b''))\n",
        ),
        *(
            Entry(
                f"bytes.{name}",
                ("(self: bytes, sub: bytes, /) -> int", "(self: bytes, sub: int, /) -> int"),
                (f"{{self}}.{'~' if name == 'index' else ''}{name}(&{{sub}})",) * 2,
                kind="method",
                raises=_VALUE if name == "index" else (),
                case=_DATA + f"print(data.{name}(b'l'), data.{name}(108))\n",
            )
            for name in ("rfind", "index", "count")
        ),
        _method(
            "startswith",
            "prefix: bytes, /",
            "bool",
            "begins_with(&{prefix})",
            "print(data.startswith(b'He'), data.startswith(b'x'))\n",
        ),
        _method(
            "endswith",
            "suffix: bytes, /",
            "bool",
            "finishes_with(&{suffix})",
            "print(data.endswith(b'ld'), data.endswith(b'x'))\n",
        ),
        _method(
            "replace",
            "old: bytes, new: bytes, count: int = -1, /",
            "bytes",
            "replaced(&{old}, &{new}, {count})",
            "print(data.replace(b'l', b'LL'), data.replace(b'l', b'', 1))\n",
        ),
        Entry(
            "bytes.split",
            ("(self: bytes, sep: None = None) -> list[bytes]", "(self: bytes, sep: bytes, maxsplit: int = -1) -> list[bytes]"),
            ("{self}.words()", "{self}.~split_at_each(&{sep}, {maxsplit})"),
            kind="method",
            raises=_VALUE,
            case=_DATA + "print(data.split(), data.split(b','), b'a,b,,c'.split(b',', 2))\n",
        ),
        _method("splitlines", "", "list[bytes]", "lines()", "print(b'a\\nb\\r\\n\\nc'.splitlines())\n"),
        *(
            _method(
                name,
                "bytes: bytes | None = None, /",
                "bytes",
                f"stripped({{bytes}}, {left}, {right})",
                f"print(b' ab\\n'.{name}(), b'xxaxx'.{name}(b'x'))\n",
            )
            for name, left, right in (("strip", "true", "true"), ("lstrip", "true", "false"), ("rstrip", "false", "true"))
        ),
        _method(
            "join",
            "parts: Iterable[bytes], /",
            "bytes",
            "joined({parts})",
            "print(b'-'.join([b'a', b'b']), b''.join([data]))\n",
        ),
        *(
            _method(
                name,
                "width: int, fillbyte: bytes = b' ', /",
                "bytes",
                f"justified({{width}}, &{{fillbyte}}, {left})",
                f"print(b'ab'.{name}(5), b'ab'.{name}(4, b'.'), b'abc'.{name}(1))\n",
            )
            for name, left in (("ljust", "true"), ("rjust", "false"))
        ),
        _test("isalpha", "u8::is_ascii_alphabetic"),
        _test("isdigit", "u8::is_ascii_digit"),
        _test("isalnum", "u8::is_ascii_alphanumeric"),
        _test("isspace", "|byte| matches!(byte, b' ' | 9..=13)"),
        Entry(
            "builtins.bytes.fromhex",
            "(string: str, /) -> bytes",
            "py::~bytes_from_hex({&string})",
            raises=_VALUE,
            case="print(bytes.fromhex('61 62ff'))\ntry:\n    bytes.fromhex('6z')\nexcept ValueError as error:\n    print(error)\n",
        ),
        Entry(
            "builtins.int.from_bytes",
            (
                "(bytes: bytes, byteorder: str = 'big', *, signed: bool = False) -> int",
                f"(bytes: {_ARRAY}, byteorder: str = 'big', *, signed: bool = False) -> int",
                "(bytes: Iterable[int], byteorder: str = 'big', *, signed: bool = False) -> int",
            ),
            (
                "py::~int_from_bytes(&{bytes}, {&byteorder}, {signed})",
                "py::~int_from_bytes(&{bytes}.bytes(), {&byteorder}, {signed})",
                "py::~int_from_bytes(&py::~bytes_of({bytes}), {&byteorder}, {signed})",
            ),
            raises=_VALUE,
            case="print(int.from_bytes(b'\\x01\\x00', 'big'), int.from_bytes(b'\\x01\\x00', byteorder='little'), "
            "int.from_bytes(b'\\xff\\xfe', 'big', signed=True), int.from_bytes([1, 2]))\n",
        ),
        Entry(
            f"builtins.{LARGE_BYTES}",
            (
                "(bytes: bytes, byteorder: str = 'big', *, signed: bool = False) -> bigint",
                f"(bytes: {_ARRAY}, byteorder: str = 'big', *, signed: bool = False) -> bigint",
                "(bytes: Iterable[int], byteorder: str = 'big', *, signed: bool = False) -> bigint",
            ),
            (
                "py::~big_from_bytes(&{bytes}, {&byteorder}, {signed})",
                "py::~big_from_bytes(&{bytes}.bytes(), {&byteorder}, {signed})",
                "py::~big_from_bytes(&py::~bytes_of({bytes}), {&byteorder}, {signed})",
            ),
            raises=_VALUE,
            case="data = bytes(range(1, 13))\nprint(int.from_bytes(data, 'big'), int.from_bytes(data, 'little'), int.from_bytes(bytearray(data)), int.from_bytes([n % 256 for n in range(250, 262)]))\n"
            "print(int.from_bytes(b'\\xff' * 9, 'big', signed=True))\n",
        ),
        Entry(
            "int.to_bytes",
            tuple(
                f"(self: {kind}, length: int = 1, byteorder: str = 'big', *, signed: bool = False) -> bytes"
                for kind in ("int", "bigint")
            ),
            (
                "py::~to_bytes({self}, {length}, {&byteorder}, {signed})",
                "py::~big_to_bytes({&self}, {length}, {&byteorder}, {signed})",
            ),
            kind="method",
            raises=("OverflowError", "ValueError"),
            case="n = 258\nprint((2**70 + n).to_bytes(12, 'big'), n.to_bytes(2, 'little'), n.to_bytes(4, byteorder='big'), (-2).to_bytes(2, 'big', signed=True))\n"
            "try:\n    n.to_bytes(1, 'big')\nexcept OverflowError as error:\n    print(error)\n",
        ),
        _array("append", "item: int, /", "None", "~append({item})", "data.append(100)\nprint(data)\n", _VALUE),
        Entry(
            "bytearray.extend",
            (f"(self: {_ARRAY}, items: bytes, /) -> None", f"(self: {_ARRAY}, items: Iterable[int], /) -> None"),
            ("{self}.~extend({items})",) * 2,
            kind="method",
            raises=_VALUE,
            case='data = bytearray(b"abc")\ndata.extend(b"de")\ndata.extend([102])\nprint(data)\n',
        ),
        _array("pop", "", "int", "~pop()", "print(data.pop(), data)\n", ("IndexError",)),
        _array("clear", "", "None", "clear()", "data.clear()\nprint(data)\n"),
        _array("reverse", "", "None", "reverse()", "data.reverse()\nprint(data)\n"),
        _array("decode", _CODEC, "str", "bytes().~decode({&encoding}, {&errors})", "print(data.decode())\n", _DECODE),
        _array("hex", "sep: str = ''", "str", "bytes().hex({&sep})", "print(data.hex(), data.hex(' '))\n"),
    ),
)

SHELF = replace(
    _SHELF,
    entries=(
        *_SHELF.entries,
        *(_of_array(each) for each in _SHELF.entries if each.name in [f"bytes.{name}" for name in _SHARED]),
    ),
)
