"""`argparse`: the command line of a program.

## Before
    parser.add_argument("--times", type=int, default=1)
    args = parser.parse_args()
## After
    parser.add_argument(py::argparse::Told { number: 0, names: vec!["--times".to_string()], dest: "times", … }, …);
    let args = Namespace::new(&parser.parse(None));
## Same numbers
    what is accepted, usage and help, messages and the exit code are those of Python 3.11
## Not handled
    names, types and defaults that the program computes; `FileType`, own actions, `append_const`, arguments from files

The compiler makes a class of the namespace (`analysis/command_lines.py`); the entries with an underscore are what it calls.
"""

from __future__ import annotations

from batuta.catalog.entry import Entry, LibraryClass, Shelf

_PARSER, _GROUP, _COMMANDS, _PARSED = (
    f'"argparse.{each}"' for each in ("ArgumentParser", "_ArgumentGroup", "_SubParsersAction", "_Parsed")
)
_EXIT = ("SystemExit",)
_TOLD = (
    "py::argparse::Told {{ number: {number}, names: {names}, dest: {&dest}, action: {&action}, nargs: {&nargs}, kind: {&kind}, "
    "required: {required} }}, {help}, {&metavar}, {choices}, {&shown}"
)
_ARGUMENT = (
    "number: int, names: list[str], dest: str, action: str, nargs: str, kind: str, required: bool, help: str | None, "
    "metavar: list[str], choices: list[str] | None, shown: str"
)
_START = 'import argparse\nparser = argparse.ArgumentParser(prog="tool", description="Does it.")\n'
_CASE = (
    _START
    + 'parser.add_argument("name", help="who it is")\nparser.add_argument("-t", "--times", type=int, default=1, help="how often")\n'
    'parser.add_argument("--rate", type=float, default=0.5)\nparser.add_argument("-v", "--verbose", action="store_true")\n'
)


def _method(owner: str, name: str, signature: str, rust: str, case: str = _CASE, raises: tuple[str, ...] = ()) -> Entry:
    return Entry(f"argparse.{owner}.{name}", signature, f"{{self}}.{rust}", kind="method", raises=raises, case=case)


def _parser(name: str, signature: str, rust: str, case: str, raises: tuple[str, ...] = ()) -> Entry:
    return _method("ArgumentParser", name, f"(self: {_PARSER}{signature}", rust, case, raises)


def _asked(name: str, result: str) -> Entry:
    case = _CASE + 'print(parser.parse_args(["Ann", "--times", "3", "-v"]))\n'
    return _method("_Parsed", name, f"(self: {_PARSED}, name: str) -> {result}", f"{name}({{&name}})", case)


_GIVEN = 'try:\n    parser.parse_args([])\nexcept SystemExit as stop:\n    print("exit", stop)\n'

SHELF = Shelf(
    module="argparse",
    classes=(
        LibraryClass("argparse.ArgumentParser", "py::argparse::Parser", mutable=False),
        LibraryClass("argparse._ArgumentGroup", "py::argparse::Group", mutable=False),
        LibraryClass("argparse._SubParsersAction", "py::argparse::Commands", mutable=False),
        LibraryClass("argparse._Parsed", "py::argparse::Parsed", mutable=False),
    ),
    entries=(
        Entry(
            "argparse.ArgumentParser",
            "(prog: str, usage: str | None = None, description: str | None = None, epilog: str | None = None, *, "
            f"formatter_class: str = '', add_help: bool = True, allow_abbrev: bool = True) -> {_PARSER}",
            "py::argparse::Parser::new({prog}, [{usage}, {description}, {epilog}], {&formatter_class}, {add_help}, {allow_abbrev})",
            kind="class",
            case=_CASE
            + 'args = parser.parse_args(["Ann", "-t", "3", "--rate=2"])\nprint(args.name, args.times, args.rate, args.verbose, args)\n'
            + 'for words in (["Bo", "-vt2"], ["--ver", "Cy"], ["Di", "--times", "-5"]):\n    print(parser.parse_args(words))\n'
            + "for words in ([], ['a', 'b'], ['a', '-t', 'x'], ['a', '--no'], ['a', '-t'], ['-h']):\n    try:\n"
            + '        parser.parse_args(words)\n    except SystemExit as stop:\n        print("exit", stop)\n',
        ),
        _parser(
            "_with_parents",
            f", parents: list[{_PARSER}]) -> {_PARSER}",
            "with_parents(&{parents})",
            'import argparse\nbase = argparse.ArgumentParser(add_help=False)\nbase.add_argument("--seed", type=int, default=7)\n'
            'parser = argparse.ArgumentParser(prog="tool", parents=[base])\nparser.add_argument("-q", "--quiet", action="store_true")\n'
            'print(parser.parse_args(["-q"]), parser.parse_args(["--seed", "3"]).seed)\nparser.print_help()\n',
        ),
        _parser(
            "_add_argument",
            f", {_ARGUMENT}) -> None",
            f"add_argument({_TOLD})",
            _START
            + 'parser.add_argument("files", nargs="+", metavar="FILE")\nparser.add_argument("--mode", choices=["fast", "slow"], default="fast")\n'
            + 'parser.add_argument("--level", type=int, choices=range(1, 4))\nparser.add_argument("-D", action="append", dest="defined")\n'
            + 'parser.add_argument("-v", action="count", default=0)\nparser.add_argument("--pair", nargs=2, type=float)\n'
            + 'parser.add_argument("--cache", action=argparse.BooleanOptionalAction, default=True, help="keep results")\n'
            + 'parser.add_argument("--log", nargs="?", const="out.log")\nparser.add_argument("--no-color", dest="color", action="store_false")\n'
            + 'parser.add_argument("--version", action="version", version="%(prog)s 1.2")\n'
            + 'for line in ("a b --mode slow", "x -vvv -D p -D q", "x --pair 1 2.5 --no-cache", "x --log", "x --log f --level 2 --no-color"):\n'
            + "    print(parser.parse_args(line.split()))\n"
            + 'for line in ("x --mode odd", "x --level 9", "x --pair 1", "--version", "x -z", "-h", "x --c"):\n    try:\n'
            + '        parser.parse_args(line.split())\n    except SystemExit as stop:\n        print("exit", stop)\n',
        ),
        _parser("_set_default", ", name: str, number: int) -> None", "set_default({&name}, {number})", _CASE),
        _parser(
            "_set_defaults",
            ", names: list[str], numbers: list[int]) -> None",
            "set_defaults(&{names}, &{numbers})",
            _START + 'parser.set_defaults(kind="plain", size=3)\nargs = parser.parse_args([])\nprint(args.kind, args.size)\n',
        ),
        _parser(
            "add_argument_group",
            f", title: str | None = None, description: str | None = None) -> {_GROUP}",
            "add_argument_group({title}, {description})",
            _START
            + 'group = parser.add_argument_group("model", "what is trained")\ngroup.add_argument("--depth", type=int, default=2)\n'
            'print(parser.parse_args(["--depth", "5"]).depth)\nparser.print_help()\n',
        ),
        _parser(
            "add_mutually_exclusive_group",
            f", *, required: bool = False) -> {_GROUP}",
            "add_mutually_exclusive_group({required})",
            _START + "group = parser.add_mutually_exclusive_group(required=True)\n"
            'group.add_argument("--on", action="store_true")\ngroup.add_argument("--off", action="store_true")\n'
            'print(parser.parse_args(["--on"]))\nparser.print_usage()\nfor words in ([], ["--on", "--off"]):\n    try:\n'
            '        parser.parse_args(words)\n    except SystemExit as stop:\n        print("exit", stop)\n',
        ),
        _parser(
            "_add_subparsers",
            f", dest: str, required: bool, help: str | None, metavar: list[str], title: str | None, description: str | None) -> {_COMMANDS}",
            "add_subparsers({&dest}, {required}, {help}, {&metavar}, [{title}, {description}])",
            _START + 'commands = parser.add_subparsers(dest="command", help="what to do")\n'
            'add = commands.add_parser("add", help="add numbers", aliases=["plus"])\nadd.add_argument("numbers", nargs="+", type=int)\n'
            'show = commands.add_parser("show", help="show a text")\nshow.add_argument("--upper", action="store_true")\n'
            'show.add_argument("text")\n'
            'for line in ("add 1 2", "plus 5", "show --upper x", ""):\n    args = parser.parse_args(line.split())\n    print(args)\n'
            '    if args.command == "show":\n        print(args.text.upper() if args.upper else args.text)\n'
            '    elif hasattr(args, "numbers"):\n        print(sum(args.numbers))\n'
            'parser.print_help()\nfor words in (["add"], ["other"], ["add", "x"], ["show", "-h"]):\n    try:\n'
            '        parser.parse_args(words)\n    except SystemExit as stop:\n        print("exit", stop)\n',
        ),
        Entry(
            "argparse._SubParsersAction._add_parser",
            f"(self: {_COMMANDS}, name: str, aliases: list[str], help: str | None, shown: bool, parser: {_PARSER}) -> {_PARSER}",
            "{self}.add_parser({&name}, &{aliases}, {help}, {shown}, {parser})",
            kind="method",
            case=_START + "def add(args):\n    return args.a + args.b\n\n\ndef negate(args):\n    return -args.a\n\n\n"
            "commands = parser.add_subparsers()\n"
            'one = commands.add_parser("add")\none.add_argument("a", type=int)\none.add_argument("b", type=int)\none.set_defaults(func=add)\n'
            'two = commands.add_parser("negate")\ntwo.add_argument("a", type=int)\ntwo.set_defaults(func=negate)\n'
            'for words in (["add", "1", "2"], ["negate", "4"]):\n    args = parser.parse_args(words)\n    print(args.func(args))\n',
        ),
        _parser("print_help", ") -> None", "print_help()", _CASE + "parser.print_help()\n"),
        _parser("print_usage", ") -> None", "print_usage()", _CASE + "parser.print_usage()\n"),
        _parser("format_help", ") -> str", "format_help()", _CASE + "print(len(parser.format_help()))\n"),
        _parser("format_usage", ") -> str", "format_usage()", _CASE + "print(parser.format_usage())\n"),
        _parser("error", ", message: str) -> never", "~error({&message})", _CASE + 'parser.error("not so")\n', _EXIT),
        _parser(
            "exit",
            ", status: int = 0, message: str = '') -> never",
            "~exit({status}, {&message})",
            _CASE + "parser.exit(3)\n",
            _EXIT,
        ),
        _parser("_parse", f", args: list[str] | None) -> {_PARSED}", "~parse({args})", _CASE + _GIVEN, _EXIT),
        _parser(
            "_parse_known",
            f", args: list[str] | None) -> {_PARSED}",
            "~parse_known({args})",
            _CASE + 'args, rest = parser.parse_known_args(["Ann", "--odd", "x", "y"])\nprint(args.name, rest)\n',
            _EXIT,
        ),
        *(
            Entry(
                f"argparse.ArgumentParser.{name}",
                f"(self: {_PARSER}) -> {kind}",
                f"{{self}}.{name}()",
                kind="attribute",
                case=_CASE + f"print(parser.{name})\n",
            )
            for name, kind in (("prog", "str"), ("description", "str | None"))
        ),
        _method(
            "_ArgumentGroup",
            "_add_argument",
            f"(self: {_GROUP}, {_ARGUMENT}) -> None",
            f"add_argument({_TOLD})",
            _START
            + 'group = parser.add_argument_group("x")\ngroup.add_argument("--a", default="b")\nprint(parser.parse_args([]))\n',
        ),
        _method(
            "_ArgumentGroup",
            "add_mutually_exclusive_group",
            f"(self: {_GROUP}, *, required: bool = False) -> {_GROUP}",
            "add_mutually_exclusive_group({required})",
            _START
            + 'group = parser.add_argument_group("x").add_mutually_exclusive_group()\ngroup.add_argument("--a", default="b")\n'
            "print(parser.parse_args([]))\n",
        ),
        *(
            _asked(name, result)
            for name, result in (
                ("present", "bool"),
                ("given", "bool"),
                ("filled", "bool"),
                ("taken", "int"),
                ("first", "int"),
                ("text", "str"),
                ("texts", "list[str]"),
                ("integer", "int"),
                ("integers", "list[int]"),
                ("number", "float"),
                ("numbers", "list[float]"),
                ("count", "int"),
                ("switched", "bool"),
            )
        ),
        _method("_Parsed", "names", f"(self: {_PARSED}) -> list[str]", "names()"),
        _method("_Parsed", "rest", f"(self: {_PARSED}) -> list[str]", "rest()"),
        _method(
            "_Parsed",
            "fail",
            f"(self: {_PARSED}, number: int, message: str) -> int",
            "fail({number}, {&message})",
            _START + "\n\ndef even(text):\n    number = int(text)\n    if number % 2:\n"
            '        raise argparse.ArgumentTypeError(f"{number} is odd")\n    return number\n\n\n'
            'parser.add_argument("--n", type=even, default=4)\nparser.add_argument("--words", type=lambda text: text.split(","))\n'
            'for line in ("--n 8", "--words a,b", "", "--n 3", "--n x"):\n    try:\n        args = parser.parse_args(line.split())\n'
            "        print(args.n, args.words)\n    except SystemExit as stop:\n        print(stop)\n",
        ),
    ),
    refused={
        **{
            f"argparse.{owner}.add_argument": (
                "what the program says of an argument is not all written out before it runs",
                "Give every argument constant names, a type that is a function, and a default of constants or module variables.",
            )
            for owner in ("ArgumentParser", "_ArgumentGroup")
        },
        "argparse.ArgumentParser.parse_args": ("what the arguments are cannot be told", "Write the `add_argument` calls out."),
        "argparse.FileType": ("it opens files while the command line is read", "Take the file's name and open it."),
        "argparse.Action": ("an action of the program's own has no Rust form here", "Compute from the texts after parsing."),
    },
)
