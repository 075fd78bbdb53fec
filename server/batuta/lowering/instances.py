"""Instances of one Python function that came out the same: one of them is enough.

A function gets an instance for each set of types that it is called with. What inference learns later can make these types the same: a list of
whole numbers that turns out to hold fractions. The instances then have the same Rust text, and all calls may go to the first of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from batuta.ir import nodes as n
from batuta.lowering.rust_text import Line
from batuta.lowering.rust_types import camel

_LABEL = re.compile(r"'attempt_\d+")
_DEFINED = re.compile(r"\bfn (\w+)")


@dataclass(frozen=True)
class Instance:
    """Where an instance of a function, or the constructor that runs one of `__init__`, stands among the lines."""

    function: n.Function
    name: str
    start: int
    end: int
    constructs: str = ""
    """The class that a constructor makes objects of."""

    def moved(self, by: int) -> Instance:
        """The same, further down."""
        return replace(self, start=self.start + by, end=self.end + by)

    @property
    def python(self) -> tuple[str, str, str, str]:
        """What it is an instance of."""
        return (self.function.owner, self.function.name, self.function.kind, self.constructs)


def merge_equal(
    lines: list[Line], instances: list[Instance], root_names: dict[str, str]
) -> tuple[set[int], dict[n.Function, n.Function]]:
    """Let calls of instances with the same text go to the first of them, in place.

    Returns the lines that are no longer needed, and which instance stands for which.

    `root_names`: the class → the one whose Rust type it is.
    """
    groups: dict[tuple[str, str, str, str], list[Instance]] = {}
    for each in instances:
        groups.setdefault(each.python, []).append(each)
    several = [group for group in groups.values() if len(group) > 1]
    gone: set[int] = set()
    stands: dict[n.Function, n.Function] = {}
    if not several:
        return gone, stands
    defined: dict[str, int] = {}
    for line in lines:
        for name in _DEFINED.findall(line.text):
            defined[name] = defined.get(name, 0) + 1
    changing = True
    while changing:
        changing = False
        for group in several:
            first: dict[str, Instance] = {}
            for each in list(group):
                text = _text(lines, each)
                kept = first.setdefault(text, each)
                if kept is not each and _redirect(lines, each, kept.name, defined, gone, root_names):
                    gone.update(range(each.start, each.end))
                    stands[each.function] = kept.function
                    group.remove(each)
                    changing = True
    return gone, stands


def _text(lines: list[Line], instance: Instance) -> str:
    """The text of an instance without what differs by being another one: its name, and the numbers of labels."""
    text = "\n".join(f"{line.depth} {line.home} {line.text}" for line in lines[instance.start : instance.end])
    labels: dict[str, str] = {}
    text = _LABEL.sub(lambda found: labels.setdefault(found[0], f"'{len(labels)}"), text)
    return re.sub(rf"(?<!\w){re.escape(instance.name)}(?!\w)", "?", text)


def _redirect(
    lines: list[Line], one: Instance, wanted: str, defined: dict[str, int], gone: set[int], root_names: dict[str, str]
) -> bool:
    """Write the name of another instance wherever one is mentioned; nothing is done where a mention could mean something else."""
    name = re.escape(one.name)
    owner = one.constructs or one.function.owner
    if one.constructs or one.function.kind in ("static", "class method"):
        mention = re.compile(rf"(?<!\w)(?P<before>(?:Self|{re.escape(camel(root_names.get(owner, owner)))})::){name}(?!\w)")
    elif owner:
        mention = re.compile(rf"(?P<before>\.|::){name}(?=\()")
    else:
        mention = re.compile(rf"(?P<before>(?<![\w.])){name}(?=\()")
    alone = defined.get(one.name, 0) == 1
    any_mention = re.compile(rf"(?<!\w){name}(?!\w)")
    changes: list[tuple[Line, str]] = []
    for at, line in enumerate(lines):
        if at in gone or one.start <= at < one.end or one.name not in line.text:
            continue
        text = mention.sub(lambda found: found["before"] + wanted, line.text)
        if not any_mention.search(text):
            changes.append((line, text))
        elif alone or text != line.text:
            return False
    if not alone and not one.constructs:
        return False
    for line, text in changes:
        line.text = text
    return True
