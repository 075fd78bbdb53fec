"""The methods of `str`, by characters.

## Before
    words = line.strip().split(",")
    if name.startswith("a"):
## After
    let words = line.strip().split_by(",", -1);
    if name.starts_with("a") {
## Same numbers
    equal for the characters of Unicode 14; Rust's newer tables differ for letters that were added since
## Not handled
    `format` and `format_map` of texts that are not literals (f-strings and literal templates are compiled)
"""

from __future__ import annotations

from batuta.catalog.entry import Call, Entry, Shelf

_RANGE = "start: int | None = None, end: int | None = None, /"


def _search(name: str, rust: str, result: str, raises: tuple[str, ...], case: str) -> Entry:
    return Entry(
        f"str.{name}",
        f"(self: str, sub: str, {_RANGE}) -> {result}",
        f"{{self}}.{rust}({{&sub}}, {{start}}, {{end}})",
        kind="method",
        raises=raises,
        case=case,
    )


def _affix(name: str, plain: str, case: str) -> Entry:
    parameter = "prefix" if name == "startswith" else "suffix"
    ranged = f"{{self}}.{name}({{&{parameter}}}, {{start}}, {{end}})"

    def one(call: Call) -> str:
        return ranged if call.given("start") or call.given("end") else f"{{self}}.{plain}({{&{parameter}}})"

    return Entry(
        f"str.{name}",
        (f"(self: str, {parameter}: str, {_RANGE}) -> bool", f"(self: str, {parameter}: tuple[str, ...], {_RANGE}) -> bool"),
        (one, ranged),
        kind="method",
        case=case,
    )


def _kind(name: str, words: str) -> Entry:
    rust = "{self}.is_ascii()" if name == "isascii" else f"{{self}}.{name}()"
    return Entry(
        f"str.{name}",
        "(self: str) -> bool",
        rust,
        kind="method",
        case=f"for word in [{words}]:\n    print(word.{name}())\n",
    )


def _same(name: str, rust: str, words: str) -> Entry:
    """A method without arguments that gives another text."""
    return Entry(
        f"str.{name}",
        "(self: str) -> str",
        f"{{self}}.{rust}()",
        kind="method",
        case=f"for word in [{words}]:\n    print(word.{name}())\n",
    )


def _strip(name: str) -> Entry:
    return Entry(
        f"str.{name}",
        ("(self: str, chars: None = None, /) -> str", "(self: str, chars: str, /) -> str"),
        (f"{{self}}.{name}()", f"{{self}}.{name}_chars({{&chars}})"),
        kind="method",
        case=f'text = "  xay \\n"\n'
        f'print(repr(text.{name}()), repr("xxaxx".{name}("x")), repr("abcab".{name}("ab")), repr(text.{name}(None)))\n',
    )


def _split(name: str) -> Entry:
    return Entry(
        f"str.{name}",
        (
            "(self: str, sep: None = None, maxsplit: int = -1) -> list[str]",
            "(self: str, sep: str, maxsplit: int = -1) -> list[str]",
        ),
        (f"{{self}}.{name}_words({{maxsplit}})", f"{{self}}.~{name}_by({{&sep}}, {{maxsplit}})"),
        kind="method",
        raises=("ValueError",),
        case=f'line = " a b  c "\n'
        f'print(line.{name}(), line.{name}(None, 1), line.{name}(" "), "a,b,c".{name}(",", 1), "".{name}(","))\n'
        f'print("a--b--c".{name}("--", maxsplit=1))\n'
        f'try:\n    "a".{name}("")\nexcept ValueError as error:\n    print(error)\n',
    )


def _pad(name: str) -> Entry:
    return Entry(
        f"str.{name}",
        '(self: str, width: int, fillchar: str = " ", /) -> str',
        f"{{self}}.~{name}({{width}}, {{&fillchar}})",
        kind="method",
        raises=("TypeError",),
        case=f'for word in ["ab", "abc", "é"]:\n    print("[" + word.{name}(6) + "]", word.{name}(5, "*"), word.{name}(1))\n'
        f'try:\n    "a".{name}(3, "ab")\nexcept TypeError as error:\n    print(error)\n',
    )


def _part(name: str) -> Entry:
    return Entry(
        f"str.{name}",
        "(self: str, sep: str, /) -> tuple[str, str, str]",
        f"{{self}}.~{name}({{&sep}})",
        kind="method",
        raises=("ValueError",),
        case=f'print("a=b=c".{name}("="), "abc".{name}("x"))\nkey, _, value = "name: x".{name}(": ")\nprint(key, value)\n'
        f'try:\n    "a".{name}("")\nexcept ValueError as error:\n    print(error)\n',
    )


def _replace(call: Call) -> str:
    if call.given("count"):
        return "{self}.replace_text({&old}, {&new}, {count})"
    return "{self}.replace({&old}, {&new})"


SHELF = Shelf(
    module="str",
    entries=(
        _same("upper", "to_uppercase", '"abc", "straße", "éa1"'),
        _same("lower", "to_lowercase", '"ABC", "ÉA1", "ΑΣ"'),
        _same("capitalize", "capitalize", '"hello wORLD", "", "éA"'),
        _same("title", "title", '"hello world", "it\'s 3rd", "éA bC"'),
        _same("swapcase", "swapcase", '"aBc", "Éa"'),
        _same("casefold", "casefold", '"Straße", "ABC"'),
        _strip("strip"),
        _strip("lstrip"),
        _strip("rstrip"),
        _split("split"),
        _split("rsplit"),
        _part("partition"),
        _part("rpartition"),
        _pad("center"),
        _pad("ljust"),
        _pad("rjust"),
        _search(
            "find",
            "find_text",
            "int",
            (),
            'word = "héllo"\nprint(word.find("l"), word.find("x"), word.find("l", 3), word.find("", 9))\n',
        ),
        _search(
            "rfind", "rfind_text", "int", (), 'word = "héllo"\nprint(word.rfind("l"), word.rfind("x"), word.rfind("l", 0, 3))\n'
        ),
        _search(
            "index",
            "~index_text",
            "int",
            ("ValueError",),
            'word = "héllo"\nprint(word.index("l"), word.index("l", 3))\ntry:\n    word.index("x")\n'
            "except ValueError as error:\n    print(error)\n",
        ),
        _search(
            "rindex",
            "~rindex_text",
            "int",
            ("ValueError",),
            'word = "héllo"\nprint(word.rindex("l"))\ntry:\n    word.rindex("x")\n'
            "except ValueError as error:\n    print(error)\n",
        ),
        _search(
            "count",
            "count_text",
            "int",
            (),
            'word = "banana"\nprint(word.count("a"), word.count("ana"), word.count(""), word.count("a", 2, -1))\n',
        ),
        _affix(
            "startswith",
            "starts_with",
            'name = "data.csv"\nprint(name.startswith("data"), name.startswith("x"), name.startswith(("x", '
            '"da")), name.startswith("ta", 2))\n',
        ),
        _affix(
            "endswith",
            "ends_with",
            'name = "data.csv"\nprint(name.endswith(".csv"), name.endswith(("x", "sv")), '
            'name.endswith("data", 0, 4), name.endswith(""))\n',
        ),
        _kind("isalpha", '"abc", "a1", "", "é"'),
        _kind("isalnum", '"abc1", "a b", "", "½"'),
        _kind("isdigit", '"123", "1.5", "", "²"'),
        _kind("isdecimal", '"123", "²", ""'),
        _kind("isnumeric", '"123", "½", "x"'),
        _kind("isspace", '" \\t", "", "a "'),
        _kind("isupper", '"ABC", "A1", "Ab", "1"'),
        _kind("islower", '"abc", "a1", "Ab", "1"'),
        _kind("istitle", '"Ab Cd", "AB", "ab", ""'),
        _kind("isidentifier", '"x1", "1x", "_", "a b", "é"'),
        _kind("isprintable", '"abc", "a\\n", ""'),
        _kind("isascii", '"abc", "é", ""'),
        Entry(
            "str.join",
            "(self: str, iterable: Iterable[str], /) -> str",
            "{self}.join_texts({iterable})",
            kind="method",
            case='words = ["a", "b", "c"]\nprint(", ".join(words), "-".join(w * 2 for w in words), '
            '"".join(sorted("hello")), "/".join(("x", "y")), "+".join("xyz"))\n',
        ),
        Entry(
            "str.replace",
            "(self: str, old: str, new: str, count: int = -1, /) -> str",
            _replace,
            kind="method",
            case='word = "banana"\nprint(word.replace("a", "o"), word.replace("a", "o", 2), word.replace("", '
            '"-"), word.replace("x", "y"))\n',
        ),
        Entry(
            "str.removeprefix",
            "(self: str, prefix: str, /) -> str",
            "{self}.removeprefix({&prefix})",
            kind="method",
            case='print("test_a".removeprefix("test_"), "a".removeprefix("b"))\n',
        ),
        Entry(
            "str.removesuffix",
            "(self: str, suffix: str, /) -> str",
            "{self}.removesuffix({&suffix})",
            kind="method",
            case='print("a.csv".removesuffix(".csv"), "a".removesuffix("b"))\n',
        ),
        Entry(
            "str.splitlines",
            "(self: str, keepends: bool = False) -> list[str]",
            "{self}.splitlines({keepends})",
            kind="method",
            case='text = "a\\nb\\r\\nc\\n"\nprint(text.splitlines(), text.splitlines(True), "".splitlines(), '
            "text.splitlines(keepends=True))\n",
        ),
        Entry(
            "str.zfill",
            "(self: str, width: int, /) -> str",
            "{self}.zfill({width})",
            kind="method",
            case='print("42".zfill(5), "-42".zfill(5), "abc".zfill(2))\n',
        ),
        Entry(
            "str.expandtabs",
            "(self: str, tabsize: int = 8) -> str",
            "{self}.expandtabs({tabsize})",
            kind="method",
            case='print("a\\tb".expandtabs(), "ab\\tc\\td".expandtabs(4))\n',
        ),
        Entry(
            "str.translate",
            "(self: str, table: dict[int, V], /) -> str",
            "{self}.translate({&table})",
            kind="method",
            case='table = str.maketrans("abc", "xyz")\nprint("aabbcc d".translate(table))\n'
            'print("hello".translate(str.maketrans("", "", "l")))\n',
        ),
        Entry(
            "builtins.str.maketrans",
            (
                "(x: str, y: str, /) -> dict[int, int]",
                "(x: str, y: str, z: str, /) -> dict[int, int | None]",
                "(x: dict[str, V], /) -> dict[int, V]",
            ),
            (
                "py::~maketrans({&x}, {&y})",
                "py::~maketrans_removing({&x}, {&y}, {&z})",
                "py::maketrans_from({x}.pairs())",
            ),
            raises=("ValueError",),
            case='print(str.maketrans("ab", "cd"), str.maketrans("a", "b", "c"), str.maketrans({"a": "bc"}))\n'
            'try:\n    str.maketrans("ab", "c")\nexcept ValueError as error:\n    print(error)\n',
        ),
    ),
)
