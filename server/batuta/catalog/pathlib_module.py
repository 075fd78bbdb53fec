"""`pathlib.Path` on POSIX paths, and `glob`, `fnmatch`, `shutil` and `tempfile`.

## Before
    target = Path(folder) / "out" / f"{name}.txt"
    target.write_text(text)
## After
    let target = py::pathlib::Path::new(&folder).join("out").join(&format!("{name}.txt"));
    target.write_text(&text);
## Same numbers
    the same paths and messages; folders are listed in the order of the operating system, as Python does
## Not handled
    binary files that stay open, links, permissions
"""

from __future__ import annotations

from typing import Literal

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_PATH = '"pathlib.Path"'
_ANY = f"str | {_PATH}"
_IMPORT = "from pathlib import Path\n"
_OS = (
    "OSError",
    "FileNotFoundError",
    "PermissionError",
    "IsADirectoryError",
    "NotADirectoryError",
    "FileExistsError",
    "UnicodeDecodeError",
    "ValueError",
)
_FOLDER = (
    _IMPORT
    + 'base = Path("made/inner")\nbase.mkdir(parents=True, exist_ok=True)\nfile = base / "a.txt"\nfile.write_text("one\\ntwo\\n")\n'
)
_SEVERAL = ('path = Path("a/b") / "c.tar.gz"', 'path = Path("/x/.hidden")', 'path = Path("plain")', 'path = Path("/")')
_Effects = tuple[Literal["prints", "reads", "writes", "draws", "time"], ...]


def _pure(name: str, result: str, kind: str = "attribute", parameters: str = "", rust: str = "", call: str = "") -> Entry:
    shown = call or (f"path.{name}" if kind == "attribute" else f"path.{name}()")
    if parameters:
        parameters = ", " + parameters
    return Entry(
        f"pathlib.Path.{name}",
        f"(self: {_PATH}{parameters}) -> {result}",
        f"{{self}}.{rust or f'{name}()'}",
        kind=kind,  # type: ignore[arg-type]
        raises=("ValueError",) if "~" in rust else (),
        case=_IMPORT
        + "".join(f"{each}\ntry:\n    print({shown})\nexcept ValueError as error:\n    print(error)\n" for each in _SEVERAL),
    )


def _file(name: str, parameters: str, result: str, rust: str, case: str, *, writes: bool = False) -> Entry:
    effects: _Effects = ("writes",) if writes else ("reads",)
    return Entry(
        f"pathlib.Path.{name}",
        f"(self: {_PATH}{', ' if parameters else ''}{parameters}) -> {result}",
        f"{{self}}.{rust}",
        kind="method",
        raises=_OS if "~" in rust else (),
        effects=effects,
        case=_FOLDER + case,
    )


def _function(name: str, signature: str, rust: str, case: str, *, writes: bool = False) -> Entry:
    effects: _Effects = ("writes",) if writes else ("reads",)
    return Entry(
        name,
        signature,
        rust,
        raises=_OS if "~" in rust else (),
        effects=effects,
        case=f"import {name.rpartition('.')[0]}\n" + case,
    )


SHELF = Shelf(
    module="pathlib",
    classes=(
        LibraryClass("pathlib.Path", "py::pathlib::Path", mutable=False),
        LibraryClass("os.stat_result", "py::pathlib::Stat", copy=True, mutable=False),
    ),
    entries=(
        *(
            Entry(
                f"pathlib.{name}",
                (f"() -> {_PATH}", f"(first: {_ANY}, /, *rest: {_ANY}) -> {_PATH}"),
                ('py::pathlib::Path::new("")', "py::pathlib::Path::new({&first}).join_all([{&*rest}])"),
                kind="class",
                case=f"from pathlib import {name}\np = {name}('a', 'b//c.txt')\nprint(p, {name}(), {name}('/x') / 'y' / p, 'r' / p, {name}(p) == p)\n"
                + f"print(sorted([{name}('b'), {name}('a/z'), {name}('a')]), {{p: 1}}, p in {{p}}, f'{{p}}', str(p) + '!', p < {name}('b'))\n",
            )
            for name in ("Path", "PurePath", "PosixPath", "PurePosixPath")
            if name == "Path"
        ),
        *(_pure(name, "str") for name in ("name", "stem", "suffix", "anchor")),
        _pure("root", "str", rust="anchor()"),
        _pure("suffixes", "list[str]"),
        _pure("parent", _PATH),
        _pure("parents", f"list[{_PATH}]", call="[str(each) for each in path.parents]"),
        _pure("parts", "tuple[str, ...]"),
        _pure("is_absolute", "bool", "method"),
        _pure("as_posix", "str", "method", rust="text()"),
        _pure("__str__", "str", "method", rust="text()"),
        _pure("with_suffix", _PATH, "method", "suffix: str", "~with_suffix({&suffix})", "path.with_suffix('.txt')"),
        _pure("with_name", _PATH, "method", "name: str", "~with_name({&name})", "path.with_name('other')"),
        _pure("with_stem", _PATH, "method", "stem: str", "~with_stem({&stem})", "path.with_stem('other')"),
        _pure("relative_to", _PATH, "method", f"other: {_ANY}", "~relative_to({&other})", "path.relative_to('a')"),
        _pure("is_relative_to", "bool", "method", f"other: {_ANY}", "is_relative_to({&other})", "path.is_relative_to('/')"),
        _pure("match", "bool", "method", "pattern: str", "matches({&pattern})", "path.match('*.gz')"),
        _pure("joinpath", _PATH, "method", f"*others: {_ANY}", "join_all([{&*others}])", "path.joinpath('q', Path('r'))"),
        _pure("expanduser", _PATH, "method"),
        _file("absolute", "", _PATH, "absolute()", "print(file.absolute().is_absolute())\n"),
        _file(
            "resolve", "strict: bool = False", _PATH, "resolve()", "print(file.resolve().name, (base / '..').resolve().name)\n"
        ),
        *(
            _file(name, "", "bool", f"{name}()", f"print(file.{name}(), base.{name}(), Path('none').{name}())\n")
            for name in ("exists", "is_file", "is_dir")
        ),
        _file(
            "read_text",
            "encoding: str | None = None",
            "str",
            "~read_text({encoding})",
            "print(file.read_text(), file.read_text(encoding='utf-8').splitlines())\ntry:\n    Path('none.txt').read_text()\n"
            "except FileNotFoundError as error:\n    print(error)\n",
        ),
        _file(
            "write_text",
            "data: str, encoding: str | None = None",
            "int",
            "~write_text({&data})",
            "print(file.write_text('é'), file.read_text())\ntry:\n    base.write_text('x')\nexcept IsADirectoryError as error:\n    print(error)\n",
            writes=True,
        ),
        _file("read_bytes", "", "bytes", "~read_bytes()", "print(file.read_bytes())\n"),
        _file(
            "write_bytes",
            "data: bytes",
            "int",
            "~write_bytes(&{data})",
            "print(file.write_bytes(b'ab'), file.read_text())\n",
            writes=True,
        ),
        Entry(
            "pathlib.Path.open",
            f"(self: {_PATH}, mode: str = 'r', buffering: int = -1, encoding: str | None = None, errors: None = None, newline: str | None = None) -> \"file\"",
            "py::~open({&self}, {&mode}, {encoding}, {newline})",
            kind="method",
            raises=_OS,
            effects=("reads", "writes"),
            case=_FOLDER
            + "with file.open('a') as out:\n    out.write('three')\nwith file.open() as lines:\n    for line in lines:\n        print(line.strip())\n"
            "with open(file, encoding='utf-8') as text:\n    print(len(text.read()))\n",
        ),
        _file(
            "mkdir",
            "mode: int = 511, parents: bool = False, exist_ok: bool = False",
            "None",
            "~mkdir({parents}, {exist_ok})",
            "try:\n    base.mkdir()\nexcept FileExistsError as error:\n    print(error)\ntry:\n    Path('x/y').mkdir()\nexcept FileNotFoundError as error:\n    print(error)\n",
            writes=True,
        ),
        _file(
            "touch",
            "mode: int = 438, exist_ok: bool = True",
            "None",
            "~touch({exist_ok})",
            "(base / 'new').touch()\nprint((base / 'new').exists())\n",
            writes=True,
        ),
        _file(
            "unlink",
            "missing_ok: bool = False",
            "None",
            "~unlink({missing_ok})",
            "file.unlink()\nprint(file.exists())\nfile.unlink(missing_ok=True)\ntry:\n    file.unlink()\nexcept FileNotFoundError as error:\n    print(error)\n",
            writes=True,
        ),
        Entry(
            "pathlib.Path.rmdir",
            f"(self: {_PATH}) -> None",
            "py::os_path::~rmdir({&self})",
            kind="method",
            raises=_OS,
            effects=("writes",),
            case=_FOLDER + "file.unlink()\nbase.rmdir()\nprint(base.exists())\n",
        ),
        *(
            _file(
                name,
                f"target: {_ANY}",
                _PATH,
                "~rename({&target})",
                f"moved = file.{name}(base / 'b.txt')\nprint(moved, file.exists(), moved.read_text())\n",
                writes=True,
            )
            for name in ("rename", "replace")
        ),
        _file(
            "iterdir",
            "",
            f"Iterator[{_PATH}]",
            "~iterdir()",
            "print(sorted(each.name for each in base.iterdir()))\nfor each in sorted(base.parent.iterdir()):\n    print(each)\n",
        ),
        _file(
            "glob",
            "pattern: str",
            f"Iterator[{_PATH}]",
            "glob({&pattern}, false)",
            "(base / 'b.csv').touch()\nprint(sorted(each.name for each in base.glob('*.txt')), sorted(map(str, Path('made').glob('*/*.csv'))))\n"
            "print(sorted(str(each) for each in Path('made').glob('**/*')), list(base.glob('z*')))\n",
        ),
        _file(
            "rglob",
            "pattern: str",
            f"Iterator[{_PATH}]",
            "glob({&pattern}, true)",
            "print(sorted(str(each) for each in Path('made').rglob('*.t?t')))\n",
        ),
        Entry(
            "pathlib.Path.stat",
            f'(self: {_PATH}) -> "os.stat_result"',
            "py::pathlib::~stat({&self})",
            kind="method",
            raises=_OS,
            effects=("reads",),
            case=_FOLDER + "print(file.stat().st_size, file.stat().st_mtime > 0)\n",
        ),
        Entry(
            "os.stat",
            f'(path: {_ANY}) -> "os.stat_result"',
            "py::pathlib::~stat({&path})",
            raises=_OS,
            effects=("reads",),
            case="import os\nwith open('s.txt', 'w') as f:\n    f.write('four')\nprint(os.stat('s.txt').st_size)\n",
        ),
        *(
            Entry(
                f"os.stat_result.{name}",
                f'(self: "os.stat_result") -> {kind}',
                f"{{self}}.{name}()",
                kind="attribute",
                case=_FOLDER + f"print(file.stat().{name} > 0)\n",
            )
            for name, kind in (("st_size", "int"), ("st_mtime", "float"))
        ),
        Entry(
            "pathlib.Path.cwd",
            f"() -> {_PATH}",
            "py::pathlib::Path::~cwd()",
            raises=_OS,
            effects=("reads",),
            case=_IMPORT + "print(Path.cwd().is_absolute())\n",
        ),
        Entry(
            "pathlib.Path.home",
            f"() -> {_PATH}",
            "py::pathlib::Path::home()",
            effects=("reads",),
            case=_IMPORT + "print(Path.home().is_absolute())\n",
        ),
        _function(
            "os.rename",
            f"(src: {_ANY}, dst: {_ANY}) -> None",
            "py::pathlib::~rename({&src}, {&dst})",
            "with open('r1.txt', 'w') as f:\n    f.write('x')\nos.rename('r1.txt', 'r2.txt')\nprint(os.path.exists('r1.txt'), os.path.exists('r2.txt'))\n"
            "try:\n    os.rename('none', 'other')\nexcept FileNotFoundError as error:\n    print(error)\n",
            writes=True,
        ),
        _function(
            "os.replace",
            f"(src: {_ANY}, dst: {_ANY}) -> None",
            "py::pathlib::~rename({&src}, {&dst})",
            "with open('r1.txt', 'w') as f:\n    f.write('x')\nos.replace('r1.txt', 'r2.txt')\nprint(os.path.exists('r1.txt'))\n",
            writes=True,
        ),
        _function(
            "os.path.expanduser",
            "(path: str) -> str",
            "py::pathlib::expanduser({&path})",
            "print(os.path.expanduser('x'), os.path.expanduser('~/a').endswith('/a'))\n",
        ),
        _function(
            "os.path.relpath",
            f"(path: {_ANY}, start: {_ANY} = '.') -> str",
            "py::pathlib::relpath({&path}, {&start})",
            "print(os.path.relpath('/a/b', '/a'), os.path.relpath('a/b'), os.path.relpath('/a', '/a/b/c'), os.path.relpath('.'))\n",
        ),
        _function(
            "os.path.commonprefix",
            "(m: list[str]) -> str",
            "py::pathlib::commonprefix(&{m})",
            "print(os.path.commonprefix(['abc', 'abd']), os.path.commonprefix([]))\n",
        ),
        _function(
            "os.path.getmtime",
            f"(filename: {_ANY}) -> float",
            "py::pathlib::~stat({&filename}).st_mtime()",
            "print(os.path.getmtime('.') > 0)\n",
        ),
        _function(
            "os.path.realpath",
            f"(filename: {_ANY}) -> str",
            "py::pathlib::Path::new({&filename}).resolve().text()",
            "print(os.path.realpath('/tmp/../tmp') == os.path.realpath('/tmp'))\n",
        ),
        _function("os.getpid", "() -> int", "i64::from(std::process::id())", "print(os.getpid() > 0)\n"),
        _function(
            "os.cpu_count",
            "() -> int",
            "std::thread::available_parallelism().map_or(1, |count| count.get() as i64)",
            "print(os.cpu_count() > 0)\n",
        ),
        *(
            Entry(f"os.{name}", "() -> str", text, kind="constant", case=f"import os\nprint(repr(os.{name}))\n")
            for name, text in (
                ("sep", '"/".to_string()'),
                ("linesep", '"\\n".to_string()'),
                ("name", '"posix".to_string()'),
                ("pathsep", '":".to_string()'),
                ("curdir", '".".to_string()'),
                ("pardir", '"..".to_string()'),
                ("extsep", '".".to_string()'),
                ("path.sep", '"/".to_string()'),
            )
        ),
        _function(
            "glob.glob",
            "(pathname: str, *, recursive: bool = False) -> list[str]",
            "py::pathlib::glob({&pathname}, {recursive})",
            "import os\nos.makedirs('g/sub', exist_ok=True)\nfor name in ('g/a.txt', 'g/b.csv', 'g/sub/c.txt', 'g/.h.txt'):\n    open(name, 'w').close()\n"
            "print(sorted(glob.glob('g/*.txt')), sorted(glob.glob('g/**/*.txt', recursive=True)), glob.glob('g/z*'), sorted(glob.glob('g/[ab].*')))\n",
        ),
        _function(
            "fnmatch.fnmatch",
            "(name: str, pat: str) -> bool",
            "py::pathlib::fnmatch({&name}, {&pat})",
            "print(fnmatch.fnmatch('a.txt', '*.txt'), fnmatch.fnmatch('a1', 'a[!0-9]'), fnmatch.fnmatch('abc', 'a?c'))\n",
        ),
        _function(
            "fnmatch.fnmatchcase",
            "(name: str, pat: str) -> bool",
            "py::pathlib::fnmatch({&name}, {&pat})",
            "print(fnmatch.fnmatchcase('a.txt', '*.TXT'), fnmatch.fnmatchcase('user.login', 'user.*'))\n",
        ),
        _function(
            "fnmatch.filter",
            "(names: Iterable[str], pat: str) -> list[str]",
            "IntoIterator::into_iter({names}).filter(|name| py::pathlib::fnmatch(name, {&pat})).collect::<Vec<String>>()",
            "print(fnmatch.filter(['a.py', 'b.txt', 'c.py'], '*.py'))\n",
        ),
        *(
            _function(
                f"shutil.{name}",
                f"(src: {_ANY}, dst: {_ANY}) -> str",
                "py::pathlib::~copy_file({&src}, {&dst})",
                "with open('c1.txt', 'w') as f:\n    f.write('x')\n"
                f"print(shutil.{name}('c1.txt', 'c2.txt'), open('c2.txt').read())\ntry:\n    shutil.{name}('none', 'c3')\nexcept FileNotFoundError as error:\n    print(error)\n",
                writes=True,
            )
            for name in ("copy", "copyfile", "copy2")
        ),
        _function(
            "shutil.move",
            f"(src: {_ANY}, dst: {_ANY}) -> str",
            "py::pathlib::~move_file({&src}, {&dst})",
            "import os\nwith open('m1.txt', 'w') as f:\n    f.write('x')\nprint(shutil.move('m1.txt', 'm2.txt'), os.path.exists('m1.txt'))\n",
            writes=True,
        ),
        _function(
            "shutil.rmtree",
            f"(path: {_ANY}, ignore_errors: bool = False) -> None",
            "py::pathlib::~remove_tree({&path}, {ignore_errors})",
            "import os\nos.makedirs('t/u', exist_ok=True)\nshutil.rmtree('t')\nprint(os.path.exists('t'))\nshutil.rmtree('t', ignore_errors=True)\n",
            writes=True,
        ),
        _function(
            "tempfile.mkdtemp",
            "(suffix: str = '', prefix: str = 'tmp') -> str",
            "py::pathlib::~make_folder({&prefix}, {&suffix})",
            "import os\nimport shutil\nfolder = tempfile.mkdtemp(prefix='b-')\nprint(os.path.isdir(folder), 'b-' in folder)\nshutil.rmtree(folder)\n"
            "with tempfile.TemporaryDirectory() as name:\n    with open(os.path.join(name, 'a'), 'w') as f:\n        f.write('x')\n    print(os.listdir(name))\nprint(os.path.exists(name))\n",
            writes=True,
        ),
        _function(
            "tempfile.gettempdir", "() -> str", "py::pathlib::temporary_folder()", "print(len(tempfile.gettempdir()) > 0)\n"
        ),
    ),
    refused={
        "tempfile.NamedTemporaryFile": (
            "its file is binary and has two names",
            "Make a folder with `TemporaryDirectory` and open a file in it.",
        ),
        "tempfile.TemporaryDirectory": (
            "it is translated in a `with` statement only",
            "Write `with tempfile.TemporaryDirectory() as name:`.",
        ),
    },
)
