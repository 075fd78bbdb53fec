"""What nobody uses: helper methods that are left out, and items of the program that stay although nothing calls them.

rustc warns of both. A helper of ours (the getter of a field, the name of a class) goes when its name occurs nowhere else. What the user wrote
stays, with `#[allow(dead_code)]`: so does a helper whose name occurs, but as another class's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import functions_of, walk, walk_all
from batuta.lowering.effects import overrides
from batuta.lowering.instances import Instance, merge_equal
from batuta.lowering.rust_text import Line, closing

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

ALLOW = "#[allow(dead_code)]"

_FUNCTION = re.compile(r"(\s*)(?:pub )?fn \w+\(")
_UNBOUND = re.compile(r"let mut ([a-z]\w*): (Option<.*>) = None;$")
_WORD = re.compile(r"\w+")
_MEMBER = re.compile(r"(?:\.|::)(\w+)(?=\()")
_CONSTANT = re.compile(r"const (\w+): ")
_LATE = re.compile(r"let (?:mut )?(?P<name>[a-z]\w*): [^=]*;")
_LET = re.compile(r"let (?:mut )?([a-z]\w*)(?=: | = )")


@dataclass
class Helper:
    """Lines that are there for others: a method of ours, or a field."""

    start: int
    end: int
    owner: str
    name: str
    field: bool = False
    mention: str = ""
    """What its use looks like, where that is not `.name` or `::name`."""

    def moved(self, by: int) -> Helper:
        """The same lines further down."""
        return replace(self, start=self.start + by, end=self.end + by)


class UnusedLowering:
    """The part of the lowering that looks after what nobody uses."""

    helpers: list[Helper]
    instances: list[Instance]
    item_lines: dict[n.Function, int]
    """Where each function's `fn` stands."""
    class_ranges: dict[str, tuple[int, int]]
    used_members: set[tuple[str, str]]
    """Class and member, as they were printed for a use."""

    def use_member(self: Lowering, type_: t.Type, name: str) -> None:
        """Note that something uses a member of an object."""
        bare = type_.inner if isinstance(type_, t.Optional) else type_
        if isinstance(bare, t.Instance):
            self.used_members.add((self.root_of(bare.name), name))

    def helper(self: Lowering, cls: n.Class, name: str, lines: list[str], field: bool = False, mention: str = "") -> None:
        """Print lines that go, or are allowed to be unused, when nobody uses them."""
        start = len(self.lines)
        for line in lines:
            self.emit(line)
        self.helpers.append(Helper(start, len(self.lines), cls.name, name, field, mention))

    def settle_unused(self: Lowering) -> None:
        """Take out or mark what nobody uses."""
        self._rename_unmentioned()
        self._rename_unmentioned_parameters()
        gone = self._declare_where_assigned() | self._join_late_declarations()
        merged, stands = merge_equal(self.lines, self.instances, self.roots)
        gone |= merged
        marked: set[int] = set()
        texts = [line.text for line in self.lines]
        waiting = [each for each in self.helpers if not each.field]
        asked: dict[str, list[int]] = {}
        for at, text in enumerate(texts):
            for name in _MEMBER.findall(text):
                asked.setdefault(name, []).append(at)
            if "Self::class_name)" in text:
                # A getter asks for it where the field is not set.
                asked.setdefault("class_name", []).append(at)
        changing = True
        while changing:
            changing = False
            for each in list(waiting):
                if (each.owner, each.name) in self.used_members:
                    continue
                own = range(each.start, each.end)
                if each.mention or not _WORD.fullmatch(each.name):
                    mention = re.compile(each.mention or rf"(?:\.|::){re.escape(each.name)}\(")
                    places: Iterable[int] = (at for at, text in enumerate(texts) if mention.search(text))
                else:
                    places = asked.get(each.name, ())
                if not any(at not in gone and at not in own for at in places):
                    gone.update(own)
                    waiting.remove(each)
                    changing = True
        for each in [each for each in waiting if each.name in ("class_name", "kind")]:
            # Every place that asks an object for its class is noted.
            if not self._is_used(each, texts, gone):
                gone.update(range(each.start, each.end))
                waiting.remove(each)
        for each in [*waiting, *[each for each in self.helpers if each.field]]:
            if not self._is_used(each, texts, gone):
                marked.add(next(at for at in range(each.start, each.end) if texts[at]))
        live = self._live_functions(texts, gone)
        live |= {stands[each] for each in live if each in stands}
        marked.update(line for function, line in self.item_lines.items() if function not in live)
        marked.update(self._unmentioned_constants(texts, gone))
        kept: list[Line] = []
        for at, line in enumerate(self.lines):
            if at in gone or (not line.text and kept and (not kept[-1].text or kept[-1].text.endswith("{"))):
                continue
            if at in marked and not line.text.startswith("py::"):
                # What a macro of the runtime makes may be unused.
                kept.append(
                    Line(line.depth, f"{line.text[: len(line.text) - len(line.text.lstrip())]}{ALLOW}", line.span, line.home)
                )
            kept.append(line)
        self.lines = kept

    def _declare_where_assigned(self: Lowering) -> set[int]:
        """A name that is unbound at first, and met in one block only that begins with its value, is declared there.

        Returns the lines that declared one before.
        """
        gone: set[int] = set()
        for at, line in enumerate(self.lines):
            found = _UNBOUND.match(line.text)
            if found is None:
                continue
            mention = re.compile(rf"(?<!\w){re.escape(found[1])}(?!\w)")
            first: Line | None = None
            changed = left = False
            for other in self.lines[at + 1 :]:
                if other.depth < line.depth:
                    break
                left = left or (first is not None and other.depth < first.depth)
                if not mention.search(_without_literals(other.text)):
                    continue
                if first is None:
                    first = other
                    if other.depth <= line.depth or not re.match(rf"{re.escape(found[1])} = Some\(.*\);$", other.text):
                        break
                    if len(mention.findall(_without_literals(other.text))) > 1:
                        break
                elif left:
                    break
                else:
                    changed = (
                        changed
                        or re.search(rf"(?<!\w){re.escape(found[1])} = |&mut {re.escape(found[1])}(?!\w)", other.text)
                        is not None
                    )
            else:
                continue
            if first is None or other.depth >= line.depth:
                continue
            first.text = f"let {'mut ' if changed else ''}{found[1]}: {found[2]}{first.text[len(found[1]) :]}"
            gone.add(at)
        return gone

    def _join_late_declarations(self: Lowering) -> set[int]:
        """A name whose first value comes a few statements later in the same block is declared there. Returns the lines that declared one before."""
        gone: set[int] = set()
        for at, line in enumerate(self.lines):
            found = _LATE.fullmatch(line.text)
            if found is None:
                continue
            mention = re.compile(rf"(?<!\w){re.escape(found['name'])}(?!\w)")
            for other in self.lines[at + 1 :]:
                if other.depth != line.depth:
                    break
                if mention.search(_without_literals(other.text)):
                    value = other.text.removeprefix(f"{found['name']} = ")
                    if value != other.text and value.endswith(";") and not mention.search(_without_literals(value)):
                        other.text = f"{line.text[:-1]} = {value}"
                        gone.add(at)
                    break
        return gone

    def _rename_unmentioned(self: Lowering) -> None:
        """A name whose every use came to nothing (what an empty list holds, what a test is certain of) begins with an underscore."""
        for at in reversed(range(len(self.lines))):
            # From below: the next variable of the name may be one that begins with an underscore now.
            line = self.lines[at]
            found = _LET.match(line.text)
            if found is None:
                continue
            name = found[1]
            for below in range(at + 1, len(self.lines)):
                other = self.lines[below]
                if other.depth < line.depth or (name in other.text and name in _WORD.findall(_without_literals(other.text))):
                    break
            else:
                continue
            if other.depth < line.depth and name not in _WORD.findall(line.text[found.end() :]):
                line.text = f"{line.text[: found.start(1)]}_{line.text[found.start(1) :]}"

    def _rename_unmentioned_parameters(self: Lowering) -> None:
        """So does a parameter of which only its type was asked."""
        for at, line in enumerate(self.lines):
            found = _FUNCTION.match(line.text)
            if found is None or not line.text.endswith("{"):
                continue
            inside = []
            for other in self.lines[at + 1 :]:
                if other.depth <= line.depth and other.text == f"{found[1]}}}":
                    break
                inside.append(other.text)
            body = "\n".join(inside)
            end = closing(line.text, found.end() - 1)
            head = line.text[found.end() : end]
            for name in re.findall(r"(?:^|, )([a-z]\w*)(?=: )", head):
                if not re.search(rf"(?<!\w){name}(?!\w|: )", body):
                    head = re.sub(rf"(^|, ){name}(?=: )", rf"\g<1>_{name}", head)
            line.text = f"{line.text[: found.end()]}{head}{line.text[end:]}"

    def _unmentioned_constants(self: Lowering, texts: list[str], gone: set[int]) -> set[int]:
        """Where a constant is defined that nothing else mentions, other than for other files."""
        constants = {at: match[1] for at, text in enumerate(texts) if at not in gone and (match := _CONSTANT.match(text))}
        if not constants:
            return set()
        mentioned = Counter(
            word for at, text in enumerate(texts) if at not in gone for word in dict.fromkeys(_WORD.findall(text))
        )
        return {at for at, name in constants.items() if mentioned[name] == 1}

    def _is_used(self: Lowering, helper: Helper, texts: list[str], gone: set[int]) -> bool:
        if (helper.owner, helper.name) in self.used_members:
            return True
        if helper.field and helper.mention:
            mention = re.compile(helper.mention)
            return any(mention.search(text) for at, text in enumerate(texts) if at not in gone)
        start, end = self.class_ranges.get(helper.owner, (0, 0))
        own = range(helper.start, helper.end)
        name = re.escape(helper.name)
        if helper.field:
            read = re.compile(rf"\b(?:self|this|other|borrow\(\)|borrow_mut\(\))\.{name}\b(?! = )|getter!\((?:\w+, )?{name}:")
        else:
            read = re.compile(
                rf"\b(?:self|this|other|Self::MEMBERS.*|{re.escape(helper.owner)})(?:\.|::){name}\b|Self::{name}\b|each\.{name}\b"
            )
        return any(read.search(texts[at]) for at in range(start, end) if at not in gone and at not in own)

    def _live_functions(self: Lowering, texts: list[str], gone: set[int]) -> set[n.Function]:
        """Functions that the program's own run can reach."""
        functions = functions_of(self.module)
        live: set[n.Function] = set()
        waiting: list[n.Function] = []

        def reach(body: list[n.Statement]) -> None:
            for node in walk_all(body):
                waiting.extend(_called(self.module, node))

        reach(self.module.body)
        for cls in self.module.classes:
            for _, value in cls.constants.values():
                for node in walk(value):
                    waiting.extend(_called(self.module, node))
            # What the lines of a class outside its own methods call: traits, constructors, the choice between the methods of a family.
            start, end = self.class_ranges.get(cls.name, (0, 0))
            own = "\n".join(texts[at] for at in range(start, end) if at not in gone)
            for methods in cls.methods.values():
                for versions in methods.values():
                    for function in versions:
                        name = re.escape(self.method_name(function, function.owner, False))
                        if function.name.startswith("__") and function.name.endswith("__"):
                            if (function.name == "__init__" and cls.constructed) or re.search(
                                rf"(?:self|this|other|{cls.name})(?:\.|::){name}\(", own
                            ):
                                waiting.append(function)
        while waiting:
            function = waiting.pop()
            if function not in live:
                live.add(function)
                reach(function.body)
        # Methods of one family are called by the choice between them.
        for function in functions:
            if function not in live and any(each in live for each in self.family_methods(function)):
                live.add(function)
        return live


def _without_literals(text: str) -> str:
    """A line with nothing of its literal texts but the names that they show."""
    return (
        text
        if '"' not in text
        else re.sub(r'"(?:[^"\\]|\\.)*"', lambda literal: " ".join(re.findall(r"\{(\w+)", literal[0])), text)
    )


def _called(module: n.Module, node: object) -> list[n.Function]:
    """The functions that a node calls or hands on."""
    match node:
        case n.FunctionCall(function=function):
            return [function, *overrides(module, node)]
        case n.Construct(init=init) if init is not None:
            return [init]
        case n.Lambda(function=function) if function is not None:
            return [function]
        case n.Iteration(methods=methods):
            return [each.function for each in methods if each is not None]
    return []
