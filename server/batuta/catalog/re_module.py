"""`re`: on the `regex` crate; look-around, back references, conditions and whatever the crate decides otherwise go Python's own way in `batuta-rt`.

The kind of `findall`'s items follows from the groups of the pattern: a compiled pattern carries it as its type argument.
"""

from __future__ import annotations

import ast
import re
from typing import Any

from batuta.catalog.entry import Call, Entry, LibraryClass, Refusal, Shelf
from batuta.ir.types import NONE, STR, List, Object, Tuple, Type

_MOST_GROUPS = 12


def _is_verbose(call: Call) -> bool:
    """Whether the flags say so: the comments of a verbose pattern have no groups."""
    node = call.node("flags") if call.given("flags") else None
    names = {getattr(each, "attr", getattr(each, "id", "")) for each in ast.walk(node)} if node is not None else set()
    return bool(names & {"X", "VERBOSE"})


def _parsed(call: Call) -> int | None:
    """The number of groups of a constant pattern; None when it is not constant, or wrong: then it raises when the program runs."""
    pattern = call.constant("pattern", None)
    if not isinstance(pattern, str):
        return None
    try:
        parsed = re._parser.parse(pattern, re.VERBOSE if _is_verbose(call) else 0)  # type: ignore[attr-defined]
    except re.error:
        return None
    return int(parsed.state.groups) - 1


def _check(call: Call) -> None:
    groups = _parsed(call)
    if groups is not None and groups > _MOST_GROUPS:
        raise Refusal("BAT103", f"a pattern with more than {_MOST_GROUPS} groups", "Use fewer groups.")


def _check_constant(call: Call) -> None:
    if _parsed(call) is None:
        raise Refusal(
            "BAT103", "the kind of its items follows from the groups of the pattern, which is not constant", "Use `finditer`."
        )
    _check(call)


def _item(groups: int) -> Type:
    return STR if groups <= 1 else Tuple((STR,) * groups)


def _compiled(call: Call) -> Type:
    found = _parsed(call)
    return Object("re.Pattern", (_item(found) if found is not None else NONE,))


def _item_of(call: Call) -> Type:
    if call.given("self"):
        pattern = call.type("self")
        return pattern.arguments[0] if isinstance(pattern, Object) and pattern.arguments else STR
    found = _parsed(call)
    return _item(found or 0)


def _items(call: Call) -> Type:
    item = _item_of(call)
    if item == NONE:
        raise Refusal("BAT103", "the pattern was not compiled from a constant, so its groups are not known", "Use `finditer`.")
    return List(item)


def _find_all(receiver: str) -> Any:
    def rust(call: Call) -> str:
        item = _item_of(call)
        text = "String" if item == STR else f"({'String, ' * len(item.items)})"  # type: ignore[attr-defined]
        return f"{receiver}.findall::<{text}>({{&string}})"

    return rust


_PART = "pos: int, endpos: int = 9223372036854775807"
_PART_CASE = """for source in (r"\\b[a-z]+|é[0-9]*", "[bé]", "^b", "b*"):
    p = re.compile(source)
    for pos in (-1, 0, 1, 2, 4, 9):
        m = p.{0}("abé12 bc", pos)
        print(source, pos, m, m.start() if m else None, p.{0}("abé12", pos, 2))
"""
_DIRECT = "py::re::~compile({&pattern}, {flags})"
_FEATURES: Any = ("regex",)
_IMPORT = "import re\n"
_ERROR = ("re.error",)


def _both(
    name: str, parameters: str, result: str, form: str, case: str, *, kind: Any = None, find: bool = False, part: str = ""
) -> tuple[Entry, ...]:
    """A function of the module and the method of a pattern. The parameters are those after the pattern.

    `part`: what the method prints that is given the part of the text in which to look."""
    flags = "" if name == "escape" else ", flags: int = 0"
    function = Entry(
        f"re.{name}",
        f"(pattern: str, {parameters}{flags}) -> {result}",
        _find_all(_DIRECT) if find else f"{_DIRECT}.{form}",
        result=kind,
        refuse=_check_constant if find else _check,
        features=_FEATURES,
        raises=_ERROR,
        case=_IMPORT + case,
    )
    of_pattern = 'self: Object["re.Pattern", T]'
    whole = _find_all("{self}") if find else f"{{self}}.{form}"
    method = Entry(
        f"re.Pattern.{name}",
        (f"({of_pattern}, {parameters}) -> {result}", f"({of_pattern}, {parameters}, {_PART}) -> {result}")
        if part
        else f"({of_pattern}, {parameters}) -> {result}",
        (whole, f"{{self}}.{part}({{&string}}, {{pos}}, {{endpos}})") if part else whole,
        kind="method",
        result=kind,
        features=_FEATURES,
        case=_IMPORT + case + (_PART_CASE.format(name) if part and "iter" not in name else ""),
    )
    return function, method


_MATCH = 'm = re.search(r"(?P<key>\\w+)=(\\d+)", "set a=12 now")\nif m:\n'


def _of_match(name: str, forms: dict[str, str], case: str, raises: tuple[str, ...] = ()) -> Entry:
    return Entry(
        f"re.Match.{name}",
        tuple(f'(self: "re.Match"{each}' for each in forms),
        tuple(forms.values()),
        kind="method",
        features=_FEATURES,
        raises=raises,
        case=_IMPORT + _MATCH + f"    print({case})\n",
    )


_NO_GROUP = ("IndexError",)
_SUB = "repl: {repl}, string: str, count: int = 0"

SHELF = Shelf(
    module="re",
    entries=(
        Entry(
            "re.compile",
            '(pattern: str, flags: int = 0) -> Object["re.Pattern", T]',
            _DIRECT,
            result=_compiled,
            refuse=_check,
            features=_FEATURES,
            raises=_ERROR,
            case=_IMPORT + 'p = re.compile(r"(\\w+)@(\\w+)")\nprint(p.findall("a@b, c@d"), p.pattern, p.groups)\n'
            'm = p.match("x@y")\nif m is not None:\n    print(m.group(1), m.group(2))\n',
        ),
        *_both(
            "search",
            "string: str",
            '"re.Match" | None',
            "search({&string})",
            _MATCH + "    print(m.group())\n",
            part="search_from",
        ),
        *_both(
            "match",
            "string: str",
            '"re.Match" | None',
            "match_start({&string})",
            'print(re.match(r"\\d+", "12ab") is not None, re.match(r"\\d+", "ab12") is None)\n',
            part="match_from",
        ),
        *_both(
            "fullmatch",
            "string: str",
            '"re.Match" | None',
            "fullmatch({&string})",
            'print(bool(re.fullmatch(r"\\d+", "12")))\n',
            part="fullmatch_from",
        ),
        *_both(
            "findall",
            "string: str",
            "list[str]",
            "",
            'print(re.findall(r"\\d+", "1 22 333"), re.findall(r"(\\w)(\\d)", "a1 b2"), re.findall(r"a*", "baa"))\n',
            kind=_items,
            find=True,
        ),
        *_both(
            "finditer",
            "string: str",
            'Iterator["re.Match"]',
            "finditer({&string})",
            'for m in re.finditer(r"\\w+", "ab cde"):\n    print(m.group(), m.start(), m.end())\n'
            'p = re.compile("[a-c]*")\nfor pos in (0, 2, 5, 9):\n'
            '    print([m.span() for m in p.finditer("abé bc", pos)], [m.group() for m in p.finditer("abé bc", pos, 5)])\n',
            part="finditer_from",
        ),
        *_both(
            "split",
            "string: str, maxsplit: int = 0",
            "list[str]",
            "split({&string}, {maxsplit})",
            'print(re.split(r"[,;]\\s*", "a, b;c"), re.split(r"\\s", "a b c", maxsplit=1))\n',
        ),
        Entry(
            "re.sub",
            (
                "(pattern: str, repl: str, string: str, count: int = 0, flags: int = 0) -> str",
                '(pattern: str, repl: Callable[["re.Match"], str], string: str, count: int = 0, flags: int = 0) -> str',
            ),
            (f"{_DIRECT}.sub({{&repl}}, {{&string}}, {{count}})", f"{_DIRECT}.sub_by({{fn repl}}, {{&string}}, {{count}})"),
            refuse=_check,
            features=_FEATURES,
            raises=_ERROR,
            case=_IMPORT + 'print(re.sub(r"\\s+", " ", "a   b"), re.sub(r"(\\w)(\\w)", r"\\2\\1", "abcd", count=1))\n'
            'print(re.sub(r"\\d+", lambda m: str(int(m.group()) * 2), "3 and 10"))\n',
        ),
        Entry(
            "re.Pattern.sub",
            (
                '(self: Object["re.Pattern", T], repl: str, string: str, count: int = 0) -> str',
                '(self: Object["re.Pattern", T], repl: Callable[["re.Match"], str], string: str, count: int = 0) -> str',
            ),
            ("{self}.sub({&repl}, {&string}, {count})", "{self}.sub_by({fn repl}, {&string}, {count})"),
            kind="method",
            features=_FEATURES,
            case=_IMPORT + 'p = re.compile("[aeiou]")\nprint(p.sub("*", "banana"), p.sub("", "banana", 1))\n',
        ),
        *_both(
            "subn",
            _SUB.format(repl="str"),
            "tuple[str, int]",
            "subn({&repl}, {&string}, {count})",
            'print(re.subn("a", "b", "aXa"))\n',
        ),
        Entry(
            "re.escape",
            "(pattern: str) -> str",
            "py::re::escape({&pattern})",
            features=_FEATURES,
            case=_IMPORT + 'print(re.escape("a.b*c"))\n',
        ),
        Entry(
            "re.Pattern.pattern",
            '(self: Object["re.Pattern", T]) -> str',
            "{self}.source()",
            kind="attribute",
            features=_FEATURES,
            case=_IMPORT + 'print(re.compile("a+").pattern)\n',
        ),
        Entry(
            "re.Pattern.groups",
            '(self: Object["re.Pattern", T]) -> int',
            "{self}.groups()",
            kind="attribute",
            features=_FEATURES,
            case=_IMPORT + 'print(re.compile("(a)(b)").groups)\n',
        ),
        Entry(
            "re.Pattern.flags",
            '(self: Object["re.Pattern", T]) -> int',
            "{self}.flags()",
            kind="attribute",
            features=_FEATURES,
            case=_IMPORT + 'print(re.compile("a+", re.I).flags, re.compile("a").flags)\n',
        ),
        Entry(
            "re.Pattern.groupindex",
            '(self: Object["re.Pattern", T]) -> dict[str, int]',
            "{self}.groupindex()",
            kind="attribute",
            features=_FEATURES,
            case=_IMPORT
            + 'for name, number in re.compile("(?P<key>a)(b)(?P<value>c)").groupindex.items():\n    print(name, number)\n',
        ),
        _of_match(
            "group",
            {
                ") -> str": "{self}.whole()",
                ", group: int, /) -> str | None": "{self}.~group({group})",
                ", group: str, /) -> str | None": "{self}.~group({&group})",
                **{
                    f", {', '.join(f'group{place}: {kind}' for place in places)}, /) -> tuple[{', '.join(['str | None'] * len(places))}]": f"({', '.join(f'{{self}}.~group({{{hole}group{place}}})' for place in places)})"
                    for places in ((1, 2), (1, 2, 3))
                    for kind, hole in (("int", ""), ("str", "&"))
                },
            },
            'm.group(), m.group(0), m.group(2), m.group("key"), m.group(1, 2), m.group("key", "key"), m.group(2, 1, 0)',
            _NO_GROUP,
        ),
        Entry(
            "re.Match.__getitem__",
            ('(self: "re.Match", group: int) -> str | None', '(self: "re.Match", group: str) -> str | None'),
            ("{self}.~group({group})", "{self}.~group({&group})"),
            kind="method",
            features=_FEATURES,
            raises=_NO_GROUP,
            case=_IMPORT + _MATCH + '    print(m[1], m["key"])\n',
        ),
        _of_match(
            "groups",
            {
                ") -> tuple[str | None, ...]": "{self}.groups()",
                ", default: str) -> tuple[str, ...]": "{self}.groups_or({&default})",
            },
            'm.groups(), m.groups("-")',
        ),
        _of_match(
            "groupdict",
            {
                ") -> dict[str, str | None]": "{self}.groupdict()",
                ", default: str) -> dict[str, str]": "{self}.groupdict_or({&default})",
            },
            'm.groupdict(), m.groupdict("-")',
        ),
        _of_match("expand", {", template: str) -> str": "{self}.expand({&template})"}, 'm.expand(r"\\2=\\g<key>")'),
        *(
            _of_match(
                name,
                {
                    f", group: int = 0, /) -> {result}": f"{{self}}.~{name}({{group}})",
                    f", group: str, /) -> {result}": f"{{self}}.~{name}({{&group}})",
                },
                f'm.{name}(), m.{name}(1), m.{name}("key")',
                _NO_GROUP,
            )
            for name, result in (("start", "int"), ("end", "int"), ("span", "tuple[int, int]"))
        ),
        Entry(
            "re.Match.lastgroup",
            '(self: "re.Match") -> str | None',
            "{self}.lastgroup()",
            kind="attribute",
            features=_FEATURES,
            case=_IMPORT + 'for m in re.finditer(r"(?P<number>[0-9]+(\\.[0-9]+)?)|(?P<word>[a-z]+)|(.)", "3.5 ab 7"):\n'
            "    print(m.lastgroup, m.group())\n",
        ),
        Entry(
            "re.Match.lastindex",
            '(self: "re.Match") -> int | None',
            "{self}.lastindex()",
            kind="attribute",
            features=_FEATURES,
            case=_IMPORT
            + 'for m in re.finditer(r"([0-9]+(\\.[0-9]+)?)|([a-z]+)|.", "3.5 ab 7"):\n    print(m.lastindex, m.group())\n',
        ),
        Entry(
            "re.Match.string",
            '(self: "re.Match") -> str',
            "{self}.string()",
            kind="attribute",
            features=_FEATURES,
            case=_IMPORT + _MATCH + "    print(m.string)\n",
        ),
        *(
            Entry(
                f"re.{name}",
                "-> int",
                f"py::re::{long}",
                kind="constant",
                features=_FEATURES,
                case=_IMPORT + f'print(re.findall("^a.b", "A\\nb", flags=re.{name}))\n',
            )
            for long in ("IGNORECASE", "MULTILINE", "DOTALL", "VERBOSE", "ASCII", "UNICODE", "NOFLAG")
            for name in ((long,) if long == "NOFLAG" else (long, long[0] if long != "VERBOSE" else "X"))
            if name != "D" or long != "DOTALL"
        ),
        Entry(
            "re.S",
            "-> int",
            "py::re::DOTALL",
            kind="constant",
            features=_FEATURES,
            case=_IMPORT + 'print(re.findall("a.b", "a\\nb", re.S))\n',
        ),
    ),
    classes=(
        LibraryClass("re.Pattern", "py::re::Pattern", mutable=False, features=("regex",)),
        LibraryClass("re.Match", "py::re::Match", mutable=False, features=("regex",)),
    ),
)
