"""`hashlib` and `hmac`: MD5, SHA-1 and SHA-2."""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf

_HASH = '"hashlib.Hash"'
_NAMES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512")
_IMPORT = "import hashlib\n"


def _hash_name(call: Call) -> str:
    """The algorithm of `hmac.new`: its name, or the function of hashlib."""
    found = call.constant("digestmod", None)
    name = str(found).rpartition(".")[2]
    if name not in _NAMES:
        raise Refusal("BAT103", f"`hmac` with {call.source('digestmod')} is not translated", f"Use one of {', '.join(_NAMES)}.")
    return name


def _check(call: Call) -> None:
    _hash_name(call)


def _member(name: str, result: str, kind: str = "method") -> Entry:
    call = f"h.{name}" + ("()" if kind == "method" else "")
    return Entry(
        f"hashlib.Hash.{name}",
        f"(self: {_HASH}) -> {result}",
        f"{{self}}.{name}()",
        kind=kind,  # type: ignore[arg-type]
        case=_IMPORT + f'for h in (hashlib.md5(b"abc"), hashlib.sha512(b"x" * 200)):\n    print({call})\n',
    )


SHELF = Shelf(
    module="hashlib",
    classes=(
        LibraryClass("hashlib.Hash", "py::hashlib::Hash", mutable=False),
        LibraryClass("hmac.HMAC", "py::Bytes", mutable=False),
    ),
    entries=(
        *(
            Entry(
                f"hashlib.{name}",
                f"(data: bytes = b'', /, *, usedforsecurity: bool = True) -> {_HASH}",
                f'py::hashlib::new("{name}", &{{data}})',
                case=_IMPORT
                + f'print(hashlib.{name}(b"abc").hexdigest(), hashlib.{name}("é".encode()).hexdigest()[:8])\n'
                + "for size in (0, 55, 56, 63, 64, 65, 111, 112, 119, 120, 127, 128, 1000):\n"
                + f'    print(size, hashlib.{name}(b"a" * size).hexdigest())\n',
            )
            for name in _NAMES
        ),
        Entry(
            "hashlib.new",
            f"(name: str, data: bytes = b'') -> {_HASH}",
            "py::hashlib::~new({&name}, &{data})",
            raises=("ValueError",),
            case=_IMPORT + 'print(hashlib.new("sha256", b"abc").hexdigest())\n',
        ),
        Entry(
            "hashlib.Hash.update",
            f"(self: {_HASH}, data: bytes, /) -> None",
            "{self}.update(&{data})",
            kind="method",
            case=_IMPORT + 'h = hashlib.sha256()\nfor part in ("a", "b"):\n    h.update(part.encode())\n'
            'print(h.hexdigest(), h.hexdigest() == hashlib.sha256(b"ab").hexdigest())\n',
        ),
        _member("digest", "bytes"),
        _member("hexdigest", "str"),
        Entry(
            "hashlib.Hash.copy",
            f"(self: {_HASH}) -> {_HASH}",
            "{self}.copy()",
            kind="method",
            case=_IMPORT
            + 'h = hashlib.md5(b"a")\nother = h.copy()\nother.update(b"b")\nprint(h.hexdigest(), other.hexdigest())\n',
        ),
        _member("name", "str", "attribute"),
        _member("digest_size", "int", "attribute"),
        _member("block_size", "int", "attribute"),
        Entry(
            "hmac.new",
            '(key: bytes, msg: bytes, digestmod: Any) -> "hmac.HMAC"',
            lambda call: f'py::hashlib::hmac(&{{key}}, &{{msg}}, "{_hash_name(call)}")',
            refuse=_check,
            case='import hashlib\nimport hmac\nprint(hmac.new(b"key", b"message", hashlib.sha256).hexdigest())\n'
            'print(hmac.new(b"k" * 100, b"m", "md5").hexdigest(), hmac.new(b"k", b"m", digestmod="sha1").digest())\n',
        ),
        Entry(
            "hmac.HMAC.hexdigest",
            '(self: "hmac.HMAC") -> str',
            '{self}.hex("")',
            kind="method",
            case='import hmac\nprint(hmac.new(b"key", b"message", "sha256").hexdigest())\n',
        ),
        Entry(
            "hmac.HMAC.digest",
            '(self: "hmac.HMAC") -> bytes',
            "{self}",
            kind="method",
            case='import hmac\nprint(hmac.new(b"key", b"message", "sha256").digest())\n',
        ),
        Entry(
            "hmac.compare_digest",
            ("(a: str, b: str, /) -> bool", "(a: bytes, b: bytes, /) -> bool"),
            ("{a} == {b}",) * 2,
            case='import hmac\nprint(hmac.compare_digest("a", "a"), hmac.compare_digest(b"a", b"b"))\n',
        ),
    ),
)
