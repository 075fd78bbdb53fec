"""`os.path` on POSIX paths, and the functions of `os` about files and folders."""

from __future__ import annotations

import ast
from typing import Literal

from batuta.catalog.entry import Call, Entry, LibraryClass, Shelf

_IMPORT = "import os\n"
_OS = ("OSError", "FileNotFoundError", "FileExistsError", "PermissionError", "NotADirectoryError", "IsADirectoryError")


def _path(name: str, signature: str, rust: str, case: str, *, raises: tuple[str, ...] = (), reads: bool = False) -> Entry:
    effects: tuple[Literal["prints", "reads", "writes", "draws", "time"], ...] = ("reads",) if reads else ()
    return Entry(f"os.path.{name}", signature, f"py::os_path::{rust}", raises=raises, effects=effects, case=_IMPORT + case)


def _joined(call: Call) -> str:
    starred = isinstance(call.node("rest"), ast.Starred)
    return f"py::os_path::{'join_each({&first}, {*rest})' if starred else 'join({&first}, [{&*rest}])'}"


def _os(name: str, signature: str, rust: str, case: str, *, writes: bool = False, raises: tuple[str, ...] = _OS) -> Entry:
    return Entry(
        f"os.{name}",
        signature,
        f"py::os_path::{rust}",
        raises=raises,
        effects=("writes",) if writes else ("reads",),
        case=_IMPORT + case,
    )


_NAMED = 'os.environ["BATUTA_A"] = "1"\n'


def _environment() -> tuple[Entry, ...]:
    """The methods of `os.environ`."""

    def entry(
        name: str, signature: str | tuple[str, ...], rust: str | tuple[str, ...], case: str, raises: bool = False
    ) -> Entry:
        signatures = (signature,) if isinstance(signature, str) else signature
        whole = tuple(f'(self: "os.Environment"{each}' for each in signatures)
        return Entry(
            f"os.Environment.{name}",
            whole,
            (rust,) if isinstance(rust, str) else rust,
            kind="method",
            effects=("reads", "writes"),
            raises=("KeyError",) if raises else (),
            case=_IMPORT + _NAMED + case,
        )

    missing = 'try:\n    {}\nexcept KeyError as error:\n    print("missing", error)\n'
    return (
        entry(
            "__getitem__",
            ", key: str) -> str",
            "{self}.~at({&key})",
            'print(os.environ["BATUTA_A"])\n' + missing.format('os.environ["BATUTA_NO"]'),
            True,
        ),
        entry(
            "__setitem__", ", key: str, value: str) -> None", "{self}.set_at({key}, {value})", 'print(os.environ["BATUTA_A"])\n'
        ),
        entry(
            "__delitem__",
            ", key: str) -> None",
            "{self}.~take({&key})",
            'del os.environ["BATUTA_A"]\nprint("BATUTA_A" in os.environ)\n',
            True,
        ),
        entry(
            "__contains__",
            ", key: str) -> bool",
            "{self}.has({&key})",
            'print("BATUTA_A" in os.environ, "BATUTA_NO" not in os.environ)\n',
        ),
        entry(
            "get",
            (", key: str) -> str | None", ", key: str, default: str) -> str"),
            ("py::os_path::getenv({&key})", "py::os_path::getenv({&key}).unwrap_or({default})"),
            'held = os.environ\nprint(held.get("BATUTA_A"), held.get("BATUTA_NO"), held.get("BATUTA_NO", "none"))\n',
        ),
        entry(
            "pop",
            (", key: str) -> str", ", key: str, default: None) -> str | None", ", key: str, default: str) -> str"),
            ("{self}.~take({&key})", "{self}.take_if_there({&key})", "{self}.take_or({&key}, {default})"),
            'print(os.environ.pop("BATUTA_A"), os.environ.pop("BATUTA_A", None), os.environ.pop("BATUTA_A", "none"))\n'
            + missing.format('os.environ.pop("BATUTA_NO")'),
            True,
        ),
        entry(
            "setdefault",
            ", key: str, default: str) -> str",
            "{self}.set_default({key}, {default})",
            'print(os.environ.setdefault("BATUTA_A", "2"), os.environ.setdefault("BATUTA_B", "3"))\n',
        ),
        entry(
            "update",
            ", other: dict[str, str]) -> None",
            "{self}.update({other}.pairs())",
            'os.environ.update({"BATUTA_B": "x"})\nprint(os.environ["BATUTA_B"])\n',
        ),
        entry("copy", ") -> dict[str, str]", "{self}.copied()", 'print(os.environ.copy()["BATUTA_A"])\n'),
    )


SHELF = Shelf(
    module="os.path",
    classes=(LibraryClass("os.Environment", "py::os_path::Environment", copy=True, mutable=False),),
    entries=(
        Entry(
            "os.path.join",
            "(first: str | 'pathlib.Path', /, *rest: str | 'pathlib.Path') -> str",
            _joined,
            case=_IMPORT + "parts = ['a', 'b', 'c']\nprint(os.path.join(*parts), os.path.join('r', *parts))\n"
            'print(os.path.join("a", "b", "c.txt"), os.path.join("a/", "/b"), os.path.join("x"))\n',
        ),
        _path("basename", "(p: str | 'pathlib.Path') -> str", "basename({&p})", 'print(os.path.basename("/a/b.txt"))\n'),
        _path("dirname", "(p: str | 'pathlib.Path') -> str", "dirname({&p})", 'print(os.path.dirname("/a/b.txt"))\n'),
        _path("split", "(p: str | 'pathlib.Path') -> tuple[str, str]", "split({&p})", 'print(os.path.split("/a/b.txt"))\n'),
        _path(
            "splitext",
            "(p: str | 'pathlib.Path') -> tuple[str, str]",
            "splitext({&p})",
            'print(os.path.splitext("a/b.tar.gz"))\n',
        ),
        _path(
            "normpath", "(path: str | 'pathlib.Path') -> str", "normpath({&path})", 'print(os.path.normpath("a/./b/../c"))\n'
        ),
        _path("isabs", "(s: str | 'pathlib.Path') -> bool", "isabs({&s})", 'print(os.path.isabs("/a"), os.path.isabs("a"))\n'),
        _path(
            "abspath",
            "(path: str | 'pathlib.Path') -> str",
            "abspath({&path})",
            'print(os.path.abspath("/a/../b"))\n',
            reads=True,
        ),
        _path(
            "exists",
            "(path: str | 'pathlib.Path') -> bool",
            "exists({&path})",
            'print(os.path.exists("/"), os.path.exists("/no/such"))\n',
            reads=True,
        ),
        _path("isfile", "(path: str | 'pathlib.Path') -> bool", "isfile({&path})", 'print(os.path.isfile("/"))\n', reads=True),
        _path("islink", "(path: str | 'pathlib.Path') -> bool", "islink({&path})", 'print(os.path.islink("/"))\n', reads=True),
        _path("isdir", "(s: str | 'pathlib.Path') -> bool", "isdir({&s})", 'print(os.path.isdir("/"))\n', reads=True),
        _path(
            "getsize",
            "(filename: str | 'pathlib.Path') -> int",
            "~getsize({&filename})",
            'with open("size.txt", "w") as f:\n    f.write("four")\nprint(os.path.getsize("size.txt"))\n',
            raises=_OS,
            reads=True,
        ),
        _os("getcwd", "() -> str", "~getcwd()", "print(os.getcwd() == os.path.abspath('.'))\n"),
        _os(
            "listdir",
            "(path: str | 'pathlib.Path' = '.') -> list[str]",
            "~listdir({&path})",
            'os.makedirs("folder/inner", exist_ok=True)\nprint(os.listdir("folder"))\n',
        ),
        _os(
            "makedirs",
            "(name: str | 'pathlib.Path', mode: int = 511, exist_ok: bool = False) -> None",
            "~makedirs({&name}, {exist_ok})",
            'os.makedirs("folder/inner", exist_ok=True)\nprint(os.path.isdir("folder/inner"))\n',
            writes=True,
        ),
        _os(
            "mkdir",
            "(path: str | 'pathlib.Path') -> None",
            "~mkdir({&path})",
            'try:\n    os.mkdir("/no/such/folder")\nexcept FileNotFoundError as error:\n    print(error)\n',
            writes=True,
        ),
        _os(
            "remove",
            "(path: str | 'pathlib.Path') -> None",
            "~remove({&path})",
            'with open("gone.txt", "w") as f:\n    f.write("x")\nos.remove("gone.txt")\nprint(os.path.exists("gone.txt"))\n',
            writes=True,
        ),
        _os(
            "unlink",
            "(path: str | 'pathlib.Path') -> None",
            "~remove({&path})",
            'with open("gone.txt", "w") as f:\n    f.write("x")\nos.unlink("gone.txt")\nprint(os.path.exists("gone.txt"))\n',
            writes=True,
        ),
        _os(
            "rmdir",
            "(path: str | 'pathlib.Path') -> None",
            "~rmdir({&path})",
            'os.makedirs("empty", exist_ok=True)\nos.rmdir("empty")\nprint(os.path.exists("empty"))\n',
            writes=True,
        ),
        Entry(
            "os.getenv",
            ("(key: str) -> str | None", "(key: str, default: str) -> str"),
            ("py::os_path::getenv({&key})", "py::os_path::getenv({&key}).unwrap_or({default})"),
            effects=("reads",),
            case=_IMPORT + 'print(os.getenv("NO_SUCH_VARIABLE", "none"), os.getenv("NO_SUCH_VARIABLE"))\n',
        ),
        Entry(
            "os.environ",
            '() -> "os.Environment"',
            "py::os_path::Environment",
            kind="constant",
            effects=("reads",),
            case=_IMPORT + 'names = os.environ\nnames["BATUTA_A"] = "1"\nprint(names["BATUTA_A"], os.getenv("BATUTA_A"))\n',
        ),
        *_environment(),
    ),
    refused={
        "os.system": ("it starts another program", "Do the work in the program itself."),
        "os.popen": ("it starts another program", "Do the work in the program itself."),
        "os.fork": ("it splits the process", "Do the work in one process."),
    },
)
