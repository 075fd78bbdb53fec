"""The module `sys`, and `exit()` and `quit()`.

## Before
    sys.exit(2)
    sys.stderr.write("no data\\n")
## After
    py::sys_exit(2);
    py::write_stderr("no data\\n");
## Same numbers
    the exit code and what stderr gets are Python's
## Not handled
    replacing the streams; `sys.path`, `sys.modules` and the like
"""

import sys
from functools import partial

from batuta.catalog.entry import Call, Entry, LibraryClass, Shelf


def _exit(name: str, case: str) -> Entry:
    return Entry(
        name,
        ("() -> never", "(code: None, /) -> never", "(code: int, /) -> never", "(code: str, /) -> never"),
        ("py::~sys_exit(())", "py::~sys_exit(())", "py::~sys_exit({code})", "py::~sys_exit({code})"),
        raises=("SystemExit",),
        case=case,
    )


def _constant(name: str, type_: str, rust: str) -> Entry:
    return Entry(f"sys.{name}", f"() -> {type_}", rust, kind="constant", case=f"import sys\nprint(sys.{name})\n")


def _version(call: Call) -> str:
    """The version of the Python that translates, whose output the program is compared with."""
    return f'({sys.version_info.major}, {sys.version_info.minor}, {sys.version_info.micro}, "final".to_string(), 0)'


def _version_part(name: str, call: Call) -> str:
    return str(getattr(sys.version_info, name))


SHELF = Shelf(
    module="sys",
    classes=(LibraryClass("sys.stdin", "py::Stdin", mutable=False, iterates="str"),),
    entries=(
        _exit(
            "sys.exit",
            'import sys\n\n\ndef check(n):\n    if n > 2:\n        sys.exit("too many")\n    return n\n\n\n'
            "print(check(1))\ntry:\n    sys.exit(3)\nexcept SystemExit as stop:\n    print(stop)\nprint(check(3))\n",
        ),
        _exit("builtins.exit", 'print("before")\nexit(4)\n'),
        _exit("builtins.quit", 'print("before")\nquit()\n'),
        Entry(
            "sys.stdout.write",
            "(text: str, /) -> int",
            "py::write_stdout({&text})",
            effects=("prints",),
            case='import sys\nsys.stdout.write("a b\\n")\ncount = sys.stdout.write("é\\n")\nprint(count)\n',
        ),
        Entry(
            "sys.stderr.write",
            "(text: str, /) -> int",
            "py::write_stderr({&text})",
            effects=("prints",),
            case='import sys\nsys.stderr.write("careful\\n")\nprint("done")\n',
        ),
        Entry(
            "sys.stdout.flush",
            "() -> None",
            "py::flush()",
            effects=("prints",),
            case='import sys\nprint("a", end="")\nsys.stdout.flush()\nprint("b")\n',
        ),
        Entry(
            "sys.stderr.flush",
            "() -> None",
            "py::flush()",
            effects=("prints",),
            case='import sys\nsys.stderr.flush()\nprint("b")\n',
        ),
        Entry(
            "sys.stdin.readline",
            "() -> str",
            "py::~read_line()",
            effects=("reads",),
            raises=("UnicodeDecodeError",),
            case="import sys\nline = sys.stdin.readline()\nprint(repr(line))\n",
        ),
        Entry(
            "sys.stdin",
            '() -> "sys.stdin"',
            "py::Stdin",
            kind="constant",
            effects=("reads",),
            case="import sys\nfor line in sys.stdin:\n    print(line.strip())\nprint([line for line in sys.stdin])\n",
        ),
        Entry(
            "sys.stdin.read",
            "() -> str",
            "py::~read_all()",
            effects=("reads",),
            raises=("UnicodeDecodeError",),
            case="import sys\ntext = sys.stdin.read()\nprint(len(text))\n",
        ),
        Entry(
            "sys.setrecursionlimit",
            "(limit: int, /) -> None",
            "py::set_recursion_limit({limit})",
            case="import sys\nsys.setrecursionlimit(5000)\n\n\n"
            "def depth(n: int) -> int:\n    return 0 if n == 0 else 1 + depth(n - 1)\n"
            "\n\nprint(depth(4000))\n",
            notes="Rust's stack is far deeper than any usual limit; the limit itself is not kept.",
        ),
        _constant("maxsize", "int", "i64::MAX"),
        _constant("byteorder", "str", 'if cfg!(target_endian = "big") {{ "big" }} else {{ "little" }}.to_string()'),
        _constant("platform", "str", "py::platform()"),
        Entry(
            "sys.version_info",
            "() -> tuple[int, int, int, str, int]",
            _version,
            kind="constant",
            case="import sys\nif sys.version_info >= (3, 8):\n    print('new enough')\n"
            "print(sys.version_info[:2] > (2, 7), sys.version_info > (3,), len(sys.version_info), len(sys.version_info[:3]))\n",
            notes="The version is that of the Python that translates.",
        ),
        *(
            Entry(
                f"sys.version_info.{name}",
                "() -> int",
                partial(_version_part, name),
                kind="constant",
                case=f"import sys\nprint(sys.version_info.{name} >= 0)\n",
                notes="The version is that of the Python that translates.",
            )
            for name in ("major", "minor", "micro")
        ),
        _constant("float_info.epsilon", "float", "f64::EPSILON"),
        _constant("float_info.max", "float", "f64::MAX"),
        _constant("float_info.min", "float", "f64::MIN_POSITIVE"),
        *(
            Entry(
                f"sys.{name}",
                '() -> "file"',
                f"py::standard_stream({error})",
                kind="constant",
                effects=("prints",),
                case="import sys\n\n\ndef show(text, out=None):\n    stream = out or sys.stdout\n    stream.write(text)\n"
                f'    print("more", file=stream)\n\n\nshow("a\\n")\nshow("b\\n", sys.{name})\nprint("end")\n',
            )
            for name, error in (("stdout", "false"), ("stderr", "true"))
        ),
        Entry(
            "sys.argv",
            "() -> list[str]",
            "py::argv()",
            kind="constant",
            effects=("reads",),
            case="import sys\nprint(len(sys.argv))\n",
        ),
    ),
    refused={
        "sys.path": ("a Rust program has no import path", "Leave it out."),
        "sys.modules": ("a Rust program has no modules at run time", "Leave it out."),
        "sys.getsizeof": ("Rust's values have other sizes", "Leave it out."),
        "sys.getrefcount": ("Rust's values are not counted in this way", "Leave it out."),
    },
)
