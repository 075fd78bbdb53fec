"""`open`, text files and `io.StringIO`."""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf

_MODES = ("r", "w", "a", "x")


def _check_mode(call: Call) -> None:
    mode = call.constant("mode")
    if not isinstance(mode, str) or mode.replace("t", "") not in _MODES:
        raise Refusal("BAT103", f"the file mode `{mode}` is not translated", "Open the file as text, to read or to write.")


_OS = ("OSError", "ValueError")


def _method(
    name: str, signature: str | tuple[str, ...], rust: str | tuple[str, ...], case: str, *, writes: bool = False
) -> Entry:
    return Entry(
        f"file.{name}",
        signature,
        rust,
        kind="method",
        raises=_OS,
        effects=("writes",) if writes else ("reads",),
        case='with open("notes.txt", "w") as f:\n    f.write("one\\ntwo\\n\\nfour")\n' + case,
    )


SHELF = Shelf(
    module="file",
    entries=(
        Entry(
            "builtins.open",
            "(file: str | \"pathlib.Path\", mode: str = 'r', buffering: int = -1, encoding: str | None = None, errors: None = None, "
            'newline: str | None = None) -> "file"',
            "py::~open({&file}, {&mode}, {encoding}, {newline})",
            refuse=_check_mode,
            raises=(
                "OSError",
                "FileNotFoundError",
                "PermissionError",
                "IsADirectoryError",
                "FileExistsError",
                "UnicodeDecodeError",
            ),
            effects=("reads", "writes"),
            case='with open("notes.txt", "w", encoding="utf-8") as f:\n    f.write("añb\\nc\\n")\n'
            'with open("notes.txt") as f:\n'
            "    for line in f:\n        print(line.strip())\n"
            'try:\n    open("missing.txt")\nexcept FileNotFoundError as error:\n    print(error)\n',
            notes="Text only; the whole file is read when it is opened.",
        ),
        _method(
            "read",
            ('(self: "file", size: int | None = None, /) -> str',),
            ("{self}.~read({size})",),
            'with open("notes.txt") as f:\n    print(repr(f.read(2)), repr(f.read()), repr(f.read()))\n',
        ),
        _method(
            "readline",
            '(self: "file", /) -> str',
            "{self}.~readline()",
            'with open("notes.txt") as f:\n    print(repr(f.readline()))\n    line = f.readline()\n    while line:\n'
            "        print(repr(line))\n        line = f.readline()\n",
        ),
        _method(
            "readlines",
            '(self: "file", /) -> list[str]',
            "{self}.~readlines()",
            'with open("notes.txt") as f:\n    print(f.readlines())\n',
        ),
        _method(
            "write",
            '(self: "file", text: str, /) -> int',
            "{self}.~write({&text})",
            'with open("notes.txt", "a") as f:\n    print(f.write("é!"))\nwith open("notes.txt") as f:\n    print(f.read())\n',
            writes=True,
        ),
        _method(
            "writelines",
            '(self: "file", lines: Iterable[str], /) -> None',
            "{self}.~writelines({lines})",
            'with open("notes.txt", "w") as f:\n    f.writelines(["a\\n", "b\\n"])\nprint(open("notes.txt").read())\n',
            writes=True,
        ),
        _method(
            "close",
            '(self: "file", /) -> None',
            "{self}.~close()",
            'f = open("notes.txt")\nprint(f.closed)\nf.close()\nprint(f.closed)\ntry:\n    f.read()\n'
            "except ValueError as error:\n    print(error)\n",
            writes=True,
        ),
        _method(
            "flush",
            '(self: "file", /) -> None',
            "{self}.~flush()",
            'f = open("notes.txt", "w")\nf.write("x")\nf.flush()\nprint(open("notes.txt").read())\n',
            writes=True,
        ),
        _method(
            "seek",
            '(self: "file", offset: int, whence: int = 0, /) -> int',
            "{self}.~seek({offset}, {whence})",
            'with open("notes.txt") as f:\n    f.readline()\n    f.seek(0)\n    print(repr(f.readline()))\n',
        ),
        _method("tell", '(self: "file", /) -> int', "{self}.~tell()", 'with open("notes.txt") as f:\n    print(f.tell())\n'),
        Entry(
            "file.name",
            '(self: "file") -> str',
            "{self}.name()",
            kind="attribute",
            case='with open("notes.txt", "w") as f:\n    print(f.name)\n',
        ),
        Entry(
            "file.mode",
            '(self: "file") -> str',
            "{self}.mode()",
            kind="attribute",
            case='with open("notes.txt", "w") as f:\n    print(f.mode)\n',
        ),
        Entry(
            "file.closed",
            '(self: "file") -> bool',
            "{self}.closed()",
            kind="attribute",
            case='f = open("notes.txt", "w")\nf.close()\nprint(f.closed)\n',
        ),
        *(
            Entry(
                f"contextlib.{name}",
                signature,
                f"py::{rust}",
                effects=("prints",),
                case="import contextlib\nimport io\nout = io.StringIO()\nwith contextlib.redirect_stdout(out):\n    print('hidden', 1)\n"
                "print('seen', repr(out.getvalue()))\n",
                notes="What a block with `redirect_stdout` begins and ends with.",
            )
            for name, signature, rust in (
                ("redirected", '(target: "file", /) -> None', "redirected({target})"),
                ("restored", "() -> None", "restored()"),
            )
        ),
        Entry(
            "io.StringIO",
            "(initial_value: str = '') -> \"file\"",
            "py::string_io({&initial_value})",
            case='import io\nout = io.StringIO()\nout.write("a")\nout.write("b")\nprint(out.getvalue())\n'
            'for line in io.StringIO("x\\ny"):\n    print(line.strip())\n',
        ),
        Entry(
            "file.truncate",
            '(self: "file", size: int | None = None, /) -> int',
            "{self}.~truncate({size})",
            kind="method",
            raises=("ValueError",),
            case='import io\nout = io.StringIO("añbcd")\nprint(out.seek(2), out.tell(), out.read(1), out.truncate(), out.getvalue())\n'
            'print(out.seek(0, io.SEEK_END), out.write("xyz"), out.truncate(4), out.getvalue(), out.tell())\n',
        ),
        *(
            Entry(f"io.SEEK_{name}", "() -> int", str(index), kind="constant", case=f"import io\nprint(io.SEEK_{name})\n")
            for index, name in enumerate(("SET", "CUR", "END"))
        ),
        Entry(
            "file.getvalue",
            '(self: "file", /) -> str',
            "{self}.~getvalue()",
            kind="method",
            raises=("ValueError",),
            case='import io\nout = io.StringIO()\nout.write("a")\nprint(out.getvalue())\n',
        ),
    ),
    classes=(LibraryClass("file", "py::File", mutable=False, iterates="str"),),
    refused={
        "io.open": ("it is another name of `open`", "Use `open`."),
    },
)
