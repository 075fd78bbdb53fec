"""`base64` and `binascii`, and the checksums of `zlib`."""

from __future__ import annotations

from batuta.catalog.entry import Entry, Shelf

_ERROR = ("ValueError",)
_WORDS = "for word in (b'', b'a', b'ab', b'abc', b'\\xff\\xfe\\xfd', b'hello world'):\n    "


def _encoder(name: str, rust: str) -> Entry:
    return Entry(
        f"base64.{name}",
        "(s: bytes) -> bytes",
        f"py::base64::{rust}(&{{s}})",
        case=f"import base64\n{_WORDS}print(base64.{name}(word))\nprint(base64.{name}('é'.encode()).decode())\n",
    )


def _decoder(module: str, name: str, rust: str, good: str, bad: str) -> Entry:
    return Entry(
        f"{module}.{name}",
        ("(s: bytes) -> bytes", "(s: str) -> bytes"),
        (f"py::base64::~{rust}(&{{s}})", f"py::base64::~{rust}(&py::base64::~ascii_bytes({{&s}}))"),
        raises=_ERROR,
        case=f"import binascii\nimport {module}\nprint({module}.{name}({good!r}), {module}.{name}(b{good!r}))\n"
        f"for word in {bad}:\n    try:\n        print({module}.{name}(word))\n    except binascii.Error as error:\n        print(error)\n",
    )


SHELF = Shelf(
    module="base64",
    entries=(
        _encoder("b64encode", "b64encode"),
        _encoder("standard_b64encode", "b64encode"),
        _encoder("urlsafe_b64encode", "urlsafe_b64encode"),
        _encoder("b32encode", "b32encode"),
        Entry(
            "base64.b16encode",
            "(s: bytes) -> bytes",
            "py::base64::hexlify(&{s}).upper()",
            case=f"import base64\n{_WORDS}print(base64.b16encode(word))\n",
        ),
        _decoder("base64", "b64decode", "b64decode", "aGVsbG8=", "('a', 'ab', 'abc', 'a b c d', 'ab==', 'abcde')"),
        _decoder("base64", "standard_b64decode", "b64decode", "aGVsbG8=", "('abc',)"),
        _decoder("base64", "urlsafe_b64decode", "urlsafe_b64decode", "__4=", "('abc',)"),
        _decoder("base64", "b32decode", "b32decode", "NBUQ====", "('NBUQ', '1BUQ====')"),
        _decoder("base64", "b16decode", "b16decode", "6869", "('6z', '6a')"),
        *(_decoder("binascii", name, "unhexlify", "61Ff", "('616', '6z')") for name in ("unhexlify", "a2b_hex")),
        *(
            Entry(
                f"binascii.{name}",
                "(data: bytes) -> bytes",
                "py::base64::hexlify(&{data})",
                case=f"import binascii\n{_WORDS}print(binascii.{name}(word))\n",
            )
            for name in ("hexlify", "b2a_hex")
        ),
        *(
            Entry(
                f"{module}.{name}",
                f"(data: bytes, value: int = {start}, /) -> int",
                f"py::base64::{name}(&{{data}}, {{value}})",
                case=f"import {module}\n{_WORDS}print({module}.{name}(word))\nprint({module}.{name}(b'c', {module}.{name}(b'ab')))\n",
            )
            for module, name, start in (("zlib", "crc32", 0), ("binascii", "crc32", 0), ("zlib", "adler32", 1))
        ),
    ),
    refused={
        "zlib.compress": ("its result depends on the version of zlib", "Keep the data as it is."),
        "zlib.decompress": ("compressed data has no Rust form here", "Keep the data as it is."),
    },
)
