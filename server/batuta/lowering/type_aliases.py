"""Names for types that are hard to read: `type Function = std::rc::Rc<dyn Fn(&str) -> f64>;` above the items of a file.

A signature, field or `let` whose type clippy would call very complex (`clippy::type_complexity`) gets names for its parts: function values
first, then the whole. The same type is written by its name wherever the file mentions it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from batuta.lowering.rust_text import ITEM_END, ITEM_START, Line, closing
from batuta.lowering.rust_types import RESERVED_TYPES, camel

MOST_COMPLEX = 250
"""clippy's `type-complexity-threshold`."""

_MARK = re.compile(f"{ITEM_START}[^{ITEM_END}]*{ITEM_END}")
_NAME = rf"(?:{_MARK.pattern})?(\w+)"
"""The name of an item, with the mark of the file that it is at home in."""

_FUNCTION = re.compile(r"std::rc::Rc<dyn Fn\(")


def complexity(text: str) -> int:
    """What clippy counts for a type: each part by how deep it stands."""
    return _Type(_MARK.sub("", text)).type(1)


def name_complex_types(lines: list[Line], head: int) -> list[Line]:
    """The lines of a program, with names for complex types. `head`: where the items of the main file begin."""
    made = list(lines)
    for home in dict.fromkeys(each.home for each in lines):
        aliases = _aliases([each for each in made if each.home == home])
        if not aliases:
            continue
        start = next(at for at, each in enumerate(made) if each.home == home and (home or at >= head))
        visibility = "pub " if home else ""
        own = [Line(0, f"{visibility}type {name} = {type_};", None, home) for name, type_ in aliases]
        # Items begin with an empty line, and so does this group.
        made[start:start] = [Line(0, "", None, home), *own]
    return made


def _aliases(lines: list[Line]) -> list[tuple[str, str]]:
    """Names for what is too complex in the lines of one file; the lines are changed to use them."""
    made: list[tuple[str, str]] = []
    words = {word for line in lines for word in re.findall(r"\w+", line.text)} | RESERVED_TYPES

    def use(type_: str, wanted: str) -> None:
        name, count = wanted, 2
        while name in words:
            name, count = f"{wanted}{count}", count + 1
        words.add(name)
        made.append((name, type_))
        for line in lines:
            line.text = line.text.replace(type_, name)

    inside_struct = False
    for line in lines:
        if line.text.endswith(("{", "}")):
            inside_struct = bool(re.match(r"\s*(pub )?struct \w+ \{", line.text))
        for name, result, type_ in _stated(line.text, inside_struct):
            if type_ not in line.text or complexity(type_) <= MOST_COMPLEX:
                continue
            for function in _functions(type_):
                use(function, "Function")
                type_ = type_.replace(function, made[-1][0])
            if complexity(type_) > MOST_COMPLEX:
                whole = re.sub(r"^&(mut )?", "", type_)
                inner = re.fullmatch(r"Result<(.*), py::Exception>", whole)
                use(inner[1] if inner else whole, f"{camel(name)}Result" if result else camel(name.lower()))
    return made


def _functions(type_: str) -> list[str]:
    """The types of function values in a type, each once, those inside others first."""
    found = [type_[each.start() : _end(type_, each.start() + len("std::rc::Rc"))] for each in _FUNCTION.finditer(type_)]
    return sorted(dict.fromkeys(found), key=len)


def _end(text: str, start: int) -> int:
    """Where the angle bracket that opens at `start` is closed: the place behind it."""
    depth = 0
    for index in range(start, len(text)):
        if text[index] == "<":
            depth += 1
        elif text[index] == ">" and text[index - 1] != "-":
            depth -= 1
            if depth == 0:
                return index + 1
    return len(text)


def _stated(text: str, inside_struct: bool) -> Iterator[tuple[str, bool, str]]:
    """The types that a line states: the name of what has the type, whether it is a function's result, the type."""
    text = text.strip()
    function = re.match(rf"(?:pub )?fn {_NAME}\(", text)
    if function is not None:
        end = closing(text, function.end() - 1)
        for parameter in _split(text[function.end() : end - 1]):
            name, colon, type_ = parameter.partition(": ")
            if colon:
                yield name.split()[-1].removeprefix("r#").strip("_") or "value", False, type_.strip()
        if text[end:].startswith(" -> "):
            yield function[1], True, text[end + len(" -> ") :].removesuffix(" {")
        return
    stated = re.match(rf"(?:let (?:mut )?|(?:pub )?static |(?:pub )?const ){_NAME}: (.*)(?: = |;$)", text)
    if stated is not None:
        yield stated[1].strip("_") or "value", False, _before_value(stated[2])
        return
    field = re.match(r"(?:pub )?(\w+): (.*),$", text) if inside_struct else None
    if field is not None:
        yield field[1].strip("_") or "value", False, field[2]


def _before_value(text: str) -> str:
    """The type in `type = value`: the sign of an associated type (`Item = i64`) stands in brackets."""
    depth = 0
    for index, each in enumerate(text):
        if each in "(<[":
            depth += 1
        elif each in ")]" or (each == ">" and text[index - 1] != "-"):
            depth -= 1
        elif depth == 0 and text.startswith(" = ", index):
            return text[:index]
    return text


def _split(text: str) -> list[str]:
    """What stands between the commas that are in no brackets."""
    parts, depth, start = [], 0, 0
    for index, each in enumerate(text):
        if each in "(<[":
            depth += 1
        elif each in ")]" or (each == ">" and text[index - 1] != "-"):
            depth -= 1
        elif each == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


class _Type:
    """Reads a type and counts on the way."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def _take(self, pattern: str) -> str:
        found = re.compile(rf"\s*({pattern})").match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[1]

    def type(self, nest: int) -> int:
        """Read one type that stands this deep."""
        if self._take(r"&(?:'\w+ )?(?:mut )?"):
            return nest + self.type(nest)
        if self._take(r"\("):
            return 10 * nest + self._list(r"\)", nest + 1)
        if self._take(r"\["):
            inner = self.type(nest + 1)
            self._take(r";[^\]]*")
            self._take(r"\]")
            return 10 * nest + inner
        if self._take(r"(?:dyn|impl)\b"):
            return self._bound(nest)
        if not self._take(r"[\w:#]+"):
            return 0
        return 10 * nest + (self._list(">", nest + 1) if self._take("<") else 0)

    def _bound(self, nest: int) -> int:
        self._take(r"[\w:]+")
        if self._take(r"\("):
            opened = self.at - 1
            # A parameter that is a reference brings a lifetime with it.
            score, nest = (50 * nest, nest + 1) if "&" in self.text[opened : closing(self.text, opened)] else (20 * nest, nest)
            score += 10 * nest + self._list(r"\)", nest + 1)
            return score + (self.type(nest) if self._take("->") else 10 * nest)
        return 20 * nest + (self._list(">", nest) if self._take("<") else 0)

    def _list(self, end: str, nest: int) -> int:
        score = 0
        while self.at < len(self.text) and not self._take(end):
            self._take(r"\w+ = ")
            before = self.at
            score += self.type(nest)
            self._take(",")
            if self.at == before:
                # Something that is no type: count no further.
                self.at = len(self.text)
        return score
