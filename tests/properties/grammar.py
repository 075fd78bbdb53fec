"""Random Python programs as a Hypothesis strategy: every construct of the language that goes through, put together at random.

A program is a set of declarations (classes, an enum, exceptions, generators, a context manager), some functions with random bodies, and
a main part that calls each of them and prints what it returns or raises. Bodies are made by type: an expression of a type is made of
expressions of the types that its operator needs, so that every program is one that Python runs. What a program may raise is
caught and shown. Sets are only shown sorted, because their order is nobody's business.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as some

from tests.properties.forms import KINDS, PLACE, Form, forms

INTEGER, FLOAT, BOOL, TEXT = "int", "float", "bool", "str"
INTEGERS, TEXTS, FLOATS = "list[int]", "list[str]", "list[float]"
COUNTS, SET, PAIR, MAYBE = "dict[str, int]", "set[int]", "tuple[int, str]", "int | None"
SHAPE, COLOR, POINT = "Shape", "Color", "Point"
SCALARS = (INTEGER, FLOAT, BOOL, TEXT)
TYPES = (*SCALARS, INTEGERS, TEXTS, FLOATS, COUNTS, SET, PAIR, MAYBE, SHAPE, COLOR, POINT)
NESTED = tuple(KINDS[each] for each in ("rows", "groups", "numbered", "pairs", "tuple"))
SHOWN = (*[each for each in TYPES if each != SET], *NESTED)
"""Kinds that may be printed: all that have an order."""
MADE = TYPES
"""Kinds that the writer makes itself."""
DEPTH = 3
SLICE = "slice"
LONGEST = 240
"""Characters of an expression: a nested one is cut there."""
CLOSED = re.compile(r"[\w.]+|[\w.]*\([^()]*\)|[\w.]+\[[^][]*\]|\[[^][]*\]|\{[^{}]*\}|\w*'[^']*'")
"""What needs no parentheses wherever it stands."""
PLAIN = {
    KINDS["rows"]: ("[[1, 2], [3]]", "[[0]]", "[[5, 1], [2, 2], []]"),
    KINDS["groups"]: ("{'a': [1, 2], 'b': []}", "{'Abc': [3]}"),
    KINDS["numbered"]: ("{1: 'one', -2: 'two'}", "{0: ''}"),
    KINDS["pairs"]: ("[('a', 2), ('b', 1)]", "[('Abc', 0), ('a', 2), ('x', 2)]"),
    KINDS["tuple"]: ("(3, 1, 2)", "(0, 0)", "(7, 1)"),
    KINDS["words"]: ("{'a', 'b'}", "{'Abc'}"),
    "bytes": ("b'ab'", "b'\\x00z'", "b'9 c'"),
    "border": ("9223372036854775807", "-9223372036854775808", "4294967296"),
    "wild": ("1e300", "-0.0", "float('nan')", "1e16"),
    "array": ("np.array([3, 1, 2])", "np.arange(4)"),
    "small": ("np.array([250, 3], dtype=np.uint8)", "np.array([-128, 127], dtype=np.int8)"),
    "farray": ("np.array([0.5, 2.25])", "np.array([1.0, -3.5, 2.0])"),
    "matrix": ("np.array([[1, 2], [3, 4]])", "np.ones((2, 2))"),
    SLICE: ("1:", ":-1", "::-1"),
}
"""The plainest expressions of kinds that only forms make."""

WORDS = ("", "a", "Abc", "fig tree", "  spaced ", "naïve", "日本", "x,y,z", "ß", "🙂ok", "42", "-7", "Zeta")
IMPORTS = {
    "import bisect": r"\bbisect\.",
    "import collections": r"\bcollections\.",
    "import contextlib": r"\bcontextlib\.",
    "import copy": r"\bcopy\.(deep)?copy\(",
    "import functools": r"\bfunctools\.",
    "import heapq": r"\bheapq\.",
    "import itertools": r"\bitertools\.",
    "import json": r"\bjson\.",
    "import math": r"\bmath\.",
    "import operator": r"\boperator\.",
    "import re": r"\bre\.",
    "import statistics": r"\bstatistics\.",
    "import string": r"\bstring\.",
    "import struct": r"\bstruct\.",
    "import textwrap": r"\btextwrap\.",
    "from abc import ABC, abstractmethod": r"\bABC\b",
    "from collections import Counter, defaultdict, deque": r"(?<!\.)\b(Counter|defaultdict|deque)\(",
    "from collections import namedtuple": r"\bnamedtuple\(",
    "from contextlib import contextmanager": r"@contextmanager",
    "from dataclasses import asdict, astuple, dataclass, field, replace": r"@dataclass",
    "from enum import Enum, IntEnum, IntFlag": r"\((str, )?(Enum|IntEnum|IntFlag)\)",
    "from fractions import Fraction": r"\bFraction\(",
    "from functools import lru_cache": r"@lru_cache",
    "from functools import singledispatch": r"@singledispatch",
    "from typing import Generic, NamedTuple, TypeVar": r"\b(NamedTuple|Generic)\b",
    "import numpy as np": r"\bnp\.",
}
"""What is imported, each where the program has what the pattern finds."""

DECLARED = {
    "Color": '''\
class Color(Enum):
    """Three of them."""

    RED = 1
    GREEN = 2
    BLUE = 3
''',
    "Trouble": '''\
class Trouble(Exception):
    """Raised by the program itself."""

    def __init__(self, size: int) -> None:
        super().__init__(f"trouble of size {size}")
        self.size = size
''',
    "Point": """\
@dataclass
class Point:
    x: int
    y: int = 0

    def __add__(self, other: "Point") -> "Point":
        return Point(self.x + other.x, self.y + other.y)

    @property
    def sum(self) -> int:
        return self.x + self.y
""",
    "Shape": """\
class Shape:
    made = 0

    def __init__(self, size: int) -> None:
        self.size = size
        self.history: list[int] = []
        Shape.made += 1

    def area(self) -> int:
        return self.size

    def grow(self, by: int) -> None:
        self.history.append(self.size)
        self.size += by

    def __len__(self) -> int:
        return abs(self.size) % 7

    def __lt__(self, other: "Shape") -> bool:
        return self.area() < other.area()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.size})"

    @staticmethod
    def largest(first: int, second: int) -> int:
        return first if first > second else second
""",
    "Square": """\
class Square(Shape):
    def area(self) -> int:
        return self.size * self.size
""",
    "Block": """\
class Block(Square):
    def __init__(self, size: int, height: int) -> None:
        super().__init__(size)
        self.height = height

    def area(self) -> int:
        return super().area() * self.height
""",
    "Guard": """\
class Guard:
    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> str:
        print("enter", self.name)
        return self.name.upper()

    def __exit__(self, kind, problem, trace) -> bool:
        print("exit", self.name, kind is None)
        return False
""",
    "count_to": """\
def count_to(limit: int, step: int = 1):
    number = 0
    while number < limit:
        yield number
        number += step
""",
    "total": """\
def total(*numbers: int, start: int = 0) -> int:
    return sum(numbers, start)
""",
    "checked": """\
def checked(number: int) -> int:
    if number > 20:
        raise Trouble(number)
    if number < -20:
        raise ValueError(f"too small: {number}")
    return number
""",
    "global_counts": "global_counts: list[int] = []\n",
}
"""What programs may use: name and text, included where the name occurs in what comes after."""


@dataclass
class Scope:
    """The variables that an expression may read, by type, and what a statement may do there."""

    variables: dict[str, list[str]] = field(default_factory=dict)
    frozen: set[str] = field(default_factory=set)
    """Variables that must not be assigned or changed: parameters of loops over them, captured ones."""
    loop: bool = False
    depth: int = 0

    def inner(self, loop: bool | None = None) -> Scope:
        """The scope of a block: what is assigned in it is not sure to be there after it."""
        copied = {kind: list(names) for kind, names in self.variables.items()}
        return Scope(copied, set(self.frozen), self.loop if loop is None else loop, self.depth + 1)

    def add(self, kind: str, name: str) -> None:
        """One more variable."""
        self.variables.setdefault(kind, []).append(name)

    def of(self, kind: str) -> list[str]:
        """The variables of one type."""
        return self.variables.get(kind, [])

    def changeable(self, kind: str) -> list[str]:
        """Those that may be assigned or changed."""
        return [each for each in self.of(kind) if each not in self.frozen]


class Writer:
    """Draws one program."""

    def __init__(self, draw: Callable[[some.SearchStrategy], object], wide: bool = False) -> None:
        self.draw = draw
        self.wide = wide
        """Whether the forms that are read from files are used, too."""
        self.names = 0
        self.above: list[str] = []
        self.declaring = True

    # -- choices

    def integer(self, low: int, high: int) -> int:
        """A number between the two, both included."""
        return self.draw(some.integers(low, high))  # type: ignore[return-value]

    def one(self, *choices: object) -> object:
        """One of these."""
        return choices[self.integer(0, len(choices) - 1)]

    def made(self, *makers: Callable[[], str]) -> str:
        """What one of these makes."""
        return makers[self.integer(0, len(makers) - 1)]()

    def sometimes(self, part: int = 2) -> bool:
        """True once in so many times."""
        return self.integer(1, part) == part

    def shown_kind(self) -> str:
        """A kind that may be printed."""
        return str(self.one(*(SHOWN if self.wide else [each for each in TYPES if each != SET])))

    def name(self) -> str:
        """A new name."""
        self.names += 1
        return f"{('value', 'part', 'thing', 'item')[self.names % 4]}_{self.names}"

    # -- expressions, by type

    def expression(self, kind: str, scope: Scope, depth: int = DEPTH) -> str:
        """An expression of the type, in parentheses where it is not an atom."""
        known = scope.of(kind)
        if known and (depth <= 0 or self.sometimes(3)):
            return str(self.one(*known))
        if depth <= 0:
            return self.literal(kind)
        if kind not in PLAIN and self.sometimes(12):
            test, body, other = (self.expression(each, scope, depth - 1) for each in (BOOL, kind, kind))
            return f"({body} if {test} else {other})"
        makers = {
            INTEGER: self.an_integer,
            FLOAT: self.a_float,
            BOOL: self.a_bool,
            TEXT: self.a_text,
            INTEGERS: self.integers,
            TEXTS: self.texts,
            FLOATS: self.floats,
            COUNTS: self.counts,
            SET: self.a_set,
            PAIR: self.a_pair,
            MAYBE: self.a_maybe,
            SHAPE: self.a_shape,
            COLOR: self.a_color,
            POINT: self.a_point,
        }
        if kind in forms() and (kind not in makers or (self.wide and self.sometimes())):
            found = self.filled_expression(kind, scope, depth - 1)
            if found is not None:
                return found
        return makers[kind](scope, depth - 1) if kind in makers else self.literal(kind)

    # -- forms

    def filled_expression(self, kind: str, scope: Scope, depth: int) -> str | None:
        """One form of the kind with its places filled; None where the one that was drawn needs what is not there."""
        form = self.draw(some.sampled_from(forms()[kind]))
        assert isinstance(form, Form)
        found = self.filled(form, scope, depth)
        if found is None or len(found) > LONGEST:
            return None
        return found if kind == SLICE or CLOSED.fullmatch(found) else f"({found})"

    def filled(self, form: Form, scope: Scope, depth: int, new: dict[str, str] | None = None) -> str | None:
        """The text of a form. Inside f-strings stand names and numbers only, because quotes must not nest before Python 3.12."""
        text = form.text
        for name in sorted(set(re.findall(r"§\d", text))) if new is not None else ():
            assert new is not None
            capital = re.search(rf"class {name}\b|^{name} = (named|Type)", text, re.MULTILINE)
            new[name] = f"Kind§_{self.names + 1}" if capital else ""
            made = self.name()
            new[name] = new[name] or (made if scope.depth or "---" not in text else f"{made}_§")
        parts, position = [], 0
        for place in PLACE.finditer(text):
            made_of = self.place(place, form, scope, depth, new or {})
            if made_of is None:
                return None
            if text[place.end() :].startswith(".") and made_of.lstrip("-").isdigit():
                made_of = f"({made_of})"
            parts += [text[position : place.start()], made_of]
            position = place.end()
        found = "".join([*parts, text[position:]])
        for name, made in (new or {}).items():
            found = found.replace(name, made)
        return found

    def place(self, place: re.Match[str], form: Form, scope: Scope, depth: int, new: dict[str, str]) -> str | None:
        """What fills one place."""
        if place["choices"] is not None:
            choice = str(self.one(*place["choices"].split("¦")))
            return self.filled(Form(choice), scope, depth)
        if place["low"]:
            return str(self.integer(int(place["low"]), int(place["high"])))
        kind = KINDS.get(place["kind"], place["kind"])
        if place["my"]:
            known = scope.changeable(kind)
            return str(self.one(*known)) if known else None
        inner = scope
        if place["names"]:
            inner = scope.inner()
            for each in place["names"].split():
                name, _, held = each.partition(":")
                inner.add(held, new.get(name, name))
                inner.frozen.add(new.get(name, name))
        if kind == "show":
            kind = self.shown_kind()
        if kind == "block":
            column = place.start() - form.text.rfind("\n", 0, place.start()) - 1
            inner = inner.inner(loop=scope.loop or form.text.startswith(("for", "while")))
            return f"\n{' ' * (column - 4)}".join(self.block(inner, 1, 2)).lstrip()
        if form.quoted:
            known = inner.of(kind)
            if known:
                return str(self.one(*known))
            return self.literal(kind) if kind in (INTEGER, FLOAT, BOOL) else None
        return self.expression(kind, inner, depth)

    def formed(self, scope: Scope) -> list[str]:
        """A statement made from a form, mostly with what it may raise caught."""
        form = self.draw(some.sampled_from(forms()["statement"]))
        assert isinstance(form, Form)
        new: dict[str, str] = {}
        text = self.filled(form, scope, 2, new)
        if text is None:
            return self.show(scope)
        lines = text.split("\n")
        if form.gives and self.sometimes():
            for name, kind in form.gives:
                scope.add(kind, new[name])
            return lines
        return self.caught(lines)

    def declared(self, scope: Scope) -> list[str]:
        """A class, an enum, an exception or a decorated function of the module, and what uses it."""
        form = self.draw(some.sampled_from(forms()["declared"]))
        assert isinstance(form, Form)
        text = self.filled(form, scope, 2, {})
        if text is None or not self.declaring:
            return self.show(scope)
        above, _, below = text.partition("\n---\n")
        self.above.append(above)
        return self.caught(below.split("\n"))

    def caught(self, lines: list[str]) -> list[str]:
        """Statements, and what they raise shown."""
        name = self.name()
        return [
            "try:",
            *[f"    {each}" for each in lines],
            f"except Exception as {name}:",
            f"    print(type({name}).__name__, {name})",
        ]

    def literal(self, kind: str) -> str:
        """A literal of the type, or the nearest to one."""
        if kind == INTEGER:
            return str(self.integer(0, 12))
        if kind == FLOAT:
            return repr(self.one(0.0, 0.5, 1.0, 2.25, 3.1, 10.0, 1e-3, 123456.789))
        if kind == BOOL:
            return str(self.one("True", "False"))
        if kind == TEXT:
            return repr(self.one(*WORDS))
        if kind == INTEGERS:
            return f"[{', '.join(str(self.integer(0, 9)) for _ in range(self.integer(1, 4)))}]"
        if kind == FLOATS:
            return f"[{', '.join(self.literal(FLOAT) for _ in range(self.integer(1, 3)))}]"
        if kind == TEXTS:
            return f"[{', '.join(self.literal(TEXT) for _ in range(self.integer(1, 4)))}]"
        if kind == COUNTS:
            return "{" + ", ".join(f"{self.literal(TEXT)}: {self.literal(INTEGER)}" for _ in range(self.integer(1, 3))) + "}"
        if kind == SET:
            return "{" + ", ".join(self.literal(INTEGER) for _ in range(self.integer(1, 4))) + "}"
        if kind == PAIR:
            return f"({self.literal(INTEGER)}, {self.literal(TEXT)})"
        if kind == MAYBE:
            return "{'a': 1, 'Abc': 2}.get(" + self.literal(TEXT) + ")"
        if kind == SHAPE:
            return str(self.one("Shape(2)", "Square(3)", "Block(2, 4)"))
        if kind == COLOR:
            return str(self.one("Color.RED", "Color.GREEN", "Color.BLUE"))
        if kind in PLAIN:
            return str(self.one(*PLAIN[kind]))
        return f"Point({self.literal(INTEGER)}, {self.literal(INTEGER)})"

    def an_integer(self, scope: Scope, depth: int) -> str:
        """Arithmetic, lengths, searches, conversions, calls."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"({make(INTEGER)} {self.one('+', '-', '*')} {make(INTEGER)})",
            lambda: f"({make(INTEGER)} {self.one('//', '%')} {make(INTEGER)})",
            lambda: f"({make(INTEGER)} {self.one('&', '|', '^')} {make(INTEGER)})",
            lambda: f"({make(INTEGER)} {self.one('<<', '>>')} {self.integer(0, 3)})",
            lambda: f"(-{make(INTEGER)})",
            lambda: f"(~{make(INTEGER)})",
            lambda: f"abs({make(INTEGER)})",
            lambda: f"((abs({make(INTEGER)}) % 5) ** {self.integer(0, 3)})",
            lambda: f"len({make(str(self.one(TEXT, INTEGERS, TEXTS, COUNTS, SET)))})",
            lambda: f"sum({make(INTEGERS)})",
            lambda: f"{self.one('max', 'min')}({make(INTEGER)}, {make(INTEGER)})",
            lambda: f"max({make(INTEGERS)}, default={make(INTEGER)})",
            lambda: f"{make(INTEGERS)}[{self.integer(-2, 2)}]",
            lambda: f"{make(INTEGERS)}.{self.one('count', 'index')}({make(INTEGER)})",
            lambda: f"{make(TEXT)}.{self.one('find', 'count', 'rfind')}({make(TEXT)})",
            lambda: f"int({make(BOOL)})",
            lambda: f"int({make(FLOAT)})",
            lambda: f"int({make(TEXT)})",
            lambda: f"round({make(FLOAT)})",
            lambda: f"{make(COUNTS)}.get({make(TEXT)}, {make(INTEGER)})",
            lambda: f"{make(COUNTS)}[{make(TEXT)}]",
            lambda: f"{make(PAIR)}[0]",
            lambda: f"divmod({make(INTEGER)}, {make(INTEGER)})[{self.integer(0, 1)}]",
            lambda: f"({make(INTEGER)} or {make(INTEGER)})",
            lambda: f"({make(INTEGER)} and {make(INTEGER)})",
            lambda: f"({make(MAYBE)} or {make(INTEGER)})",
            lambda: f"{make(SHAPE)}.{self.one('area()', 'size', '__len__()')}",
            lambda: f"len({make(SHAPE)})",
            lambda: f"Shape.largest({make(INTEGER)}, {make(INTEGER)})",
            lambda: f"{make(POINT)}.{self.one('x', 'y', 'sum')}",
            lambda: f"{make(COLOR)}.value",
            lambda: f"total({make(INTEGER)}, {make(INTEGER)}, start={make(INTEGER)})",
            lambda: f"total(*{make(INTEGERS)})",
            lambda: f"checked({make(INTEGER)})",
            lambda: f"sum({self.comprehension(INTEGER, scope, depth)})",
            lambda: f"(lambda first, second: first * 2 - second)({make(INTEGER)}, {make(INTEGER)})",
            lambda: f"math.gcd({make(INTEGER)}, {make(INTEGER)})",
            lambda: f"sum(count_to({self.integer(0, 6)}, step={self.integer(1, 3)}))",
            lambda: f"ord({make(TEXT)}[{self.integer(-1, 1)}])",
        )

    def a_float(self, scope: Scope, depth: int) -> str:
        """Arithmetic that mixes in integers, and functions of `math`."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"({make(FLOAT)} {self.one('+', '-', '*')} {make(FLOAT)})",
            lambda: f"({make(FLOAT)} {self.one('+', '-', '*')} {make(INTEGER)})",
            lambda: f"({make(INTEGER)} / {make(INTEGER)})",
            lambda: f"({make(FLOAT)} / {make(FLOAT)})",
            lambda: f"({make(FLOAT)} {self.one('//', '%')} {make(FLOAT)})",
            lambda: f"(-{make(FLOAT)})",
            lambda: f"abs({make(FLOAT)})",
            lambda: f"float({make(INTEGER)})",
            lambda: f"math.sqrt(abs({make(FLOAT)}))",
            lambda: f"math.sqrt({make(INTEGER)})",
            lambda: f"(math.floor({make(FLOAT)}) * 0.5)",
            lambda: f"round({make(FLOAT)}, {self.integer(0, 3)})",
            lambda: f"sum({make(FLOATS)})",
            lambda: f"max({make(FLOAT)}, {make(FLOAT)})",
            lambda: f"{make(FLOATS)}[{self.integer(-1, 1)}]",
            lambda: f"({make(INTEGER)} * 1.5)",
            lambda: f"((abs({make(INTEGER)}) % 9) ** 0.5)",
        )

    def a_bool(self, scope: Scope, depth: int) -> str:
        """Comparisons, chains, membership, logic, questions about types."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        compare = ("<", "<=", ">", ">=", "==", "!=")
        return self.made(
            lambda: f"({make(INTEGER)} {self.one(*compare)} {make(INTEGER)})",
            lambda: f"({make(INTEGER)} {self.one(*compare)} {make(FLOAT)})",
            lambda: f"({make(TEXT)} {self.one(*compare)} {make(TEXT)})",
            lambda: f"({make(PAIR)} {self.one(*compare)} {make(PAIR)})",
            lambda: f"({make(INTEGERS)} {self.one(*compare)} {make(INTEGERS)})",
            lambda: f"({make(INTEGER)} < {make(INTEGER)} <= {make(INTEGER)})",
            lambda: f"({make(INTEGER)} {self.one('in', 'not in')} {make(str(self.one(INTEGERS, SET)))})",
            lambda: f"({make(TEXT)} {self.one('in', 'not in')} {make(str(self.one(TEXT, TEXTS, COUNTS)))})",
            lambda: f"({make(BOOL)} {self.one('and', 'or')} {make(BOOL)})",
            lambda: f"(not {make(str(self.one(BOOL, INTEGER, TEXT, INTEGERS, COUNTS, MAYBE)))})",
            lambda: f"bool({make(str(self.one(INTEGER, FLOAT, TEXT, SET)))})",
            lambda: f"({make(MAYBE)} is {self.one('None', 'not None')})",
            lambda: f"{make(TEXT)}.{self.one('startswith', 'endswith')}({make(TEXT)})",
            lambda: f"{make(TEXT)}.{self.one('isdigit', 'isalpha', 'isupper', 'islower', 'isspace', 'isalnum')}()",
            lambda: f"{self.one('any', 'all')}({self.comprehension(BOOL, scope, depth)})",
            lambda: f"isinstance({make(SHAPE)}, {self.one('Square', 'Block', '(Square, Block)')})",
            lambda: f"({make(SHAPE)} < {make(SHAPE)})",
            lambda: f"({make(COLOR)} {self.one('is', 'is not', '==', '!=')} {make(COLOR)})",
            lambda: f"({make(POINT)} == {make(POINT)})",
            lambda: f"(type({make(SHAPE)}) is {self.one('Square', 'Shape')})",
            lambda: f"({make(SET)} {self.one('<=', '==', '>')} {make(SET)})",
        )

    def a_text(self, scope: Scope, depth: int) -> str:
        """Methods, slices, formats, conversions."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        anything = lambda: make(str(self.one(*[each for each in TYPES if each != SET])))  # noqa: E731
        return self.made(
            lambda: f"({make(TEXT)} + {make(TEXT)})",
            lambda: f"({make(TEXT)} * {self.integer(-1, 3)})",
            lambda: f"{make(TEXT)}[{self.slice()}]",
            lambda: f"{make(TEXT)}[{self.integer(-2, 2)}]",
            lambda: f"{make(TEXT)}.{self.one('upper', 'lower', 'title', 'strip', 'capitalize', 'swapcase', 'lstrip')}()",
            lambda: f"{make(TEXT)}.replace({self.literal(TEXT)}, {make(TEXT)})",
            lambda: (
                f"{make(TEXT)}.{self.one('center', 'ljust', 'rjust')}({self.integer(0, 9)}, {self.one(repr('*'), repr('é'))})"
            ),
            lambda: f"{make(TEXT)}.zfill({self.integer(0, 7)})",
            lambda: f"{make(TEXT)}.join({make(TEXTS)})",
            lambda: f"{self.one('str', 'repr')}({anything()})",
            lambda: f"str(sorted({make(SET)}))",
            lambda: self.formatted(scope, depth),
            lambda: f"('{self.one('%d', '%5d', '%-4d|', '%03d', '%+d', '%x')}' % {make(INTEGER)})",
            lambda: f"('{self.one('%.2f', '%8.3f', '%e', '%g')}' % {make(FLOAT)})",
            lambda: f"('%s and %r' % ({make(TEXT)}, {make(TEXT)}))",
            lambda: f"'{self.one('{}-{:>6}', '{1}{0:04}', '{0}{{}}{1!r}')}'.format({make(INTEGER)}, {make(TEXT)})",
            lambda: f"{make(TEXTS)}[{self.integer(-1, 1)}]",
            lambda: f"{make(PAIR)}[1]",
            lambda: f"{make(COLOR)}.name",
            lambda: f"type({make(SHAPE)}).__name__",
            lambda: f"chr({self.integer(65, 90)})",
            lambda: f"({make(TEXT)} or {make(TEXT)})",
            lambda: f"{make(TEXT)}.partition({self.one(repr(','), repr(' '), repr('a'))})[{self.integer(0, 2)}]",
            lambda: f"max({make(TEXTS)}, key=len)",
        )

    def slice(self) -> str:
        """`[start:stop:step]`, each part there or not."""
        bounds = [str(self.integer(-4, 5)) if self.sometimes() else "" for _ in range(2)]
        step = f":{self.one(-2, -1, 1, 2, 3)}" if self.sometimes(3) else ""
        return f"{bounds[0]}:{bounds[1]}{step}"

    def formatted(self, scope: Scope, depth: int) -> str:
        """An f-string. The values are names, because quotes must not nest before Python 3.12."""
        parts = ["f'<"]
        specs = {
            INTEGER: ("", ":d", ":5", ":<5", ":^7", ":+", ":05d", ":x", ":b", ":,", ":.1f"),
            FLOAT: ("", ":.2f", ":10.3f", ":+.1f", ":e", ":g", ":.3g", ":,.2f", ":.0%"),
            BOOL: ("", "!r"),
            TEXT: ("", "!r", ":>8", ":<8", ":^8", ":*^9", ":.2"),
            INTEGERS: ("", "!r"),
            COLOR: (".name", ".value", ""),
            POINT: ("", "!r", ".x"),
            SHAPE: ("", "!r", ".size:3"),
        }
        for kind in specs:
            for name in scope.of(kind)[-1:]:
                if self.sometimes():
                    parts.append(f"{self.one('', 'é ', '{{')}{{{name}{self.one(*specs[kind])}}} ")
        return "".join(parts) + ">'"

    def comprehension(self, kind: str, scope: Scope, depth: int) -> str:
        """A generator expression's inside, of items of the type."""
        name, inner = self.name(), scope.inner()
        source = str(self.one(INTEGERS, INTEGERS, TEXTS, "range", "generator"))
        if source == "range":
            iterable, item = f"range({self.integer(0, 5)})", INTEGER
        elif source == "generator":
            iterable, item = f"count_to({self.integer(0, 5)})", INTEGER
        else:
            iterable, item = self.expression(source, scope, depth), INTEGER if source == INTEGERS else TEXT
        inner.add(item, name)
        element = self.expression(kind, inner, depth)
        condition = f" if {self.expression(BOOL, inner, depth - 1)}" if self.sometimes(3) else ""
        return f"{element} for {name} in {iterable}{condition}"

    def integers(self, scope: Scope, depth: int) -> str:
        """Lists of integers."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"[{', '.join(make(INTEGER) for _ in range(self.integer(1, 3)))}]",
            lambda: f"[{make(INTEGER)}, *{make(INTEGERS)}]",
            lambda: f"{make(INTEGERS)}[{self.slice()}]",
            lambda: f"({make(INTEGERS)} + {make(INTEGERS)})",
            lambda: f"({make(INTEGERS)} * {self.integer(0, 2)})",
            lambda: (
                f"sorted({make(str(self.one(INTEGERS, SET)))}{self.one('', ', reverse=True', ', key=lambda each: -each % 5')})"
            ),
            lambda: f"list(range({self.integer(-2, 3)}, {self.integer(-3, 6)}, {self.one(1, 2, -1)}))",
            lambda: f"[{self.comprehension(INTEGER, scope, depth)}]",
            lambda: f"list(map(lambda each: each + {make(INTEGER)}, {make(INTEGERS)}))",
            lambda: f"list(filter(lambda each: each % 2 == 0, {make(INTEGERS)}))",
            lambda: f"[left * right for left, right in zip({make(INTEGERS)}, {make(INTEGERS)})]",
            lambda: f"[index - each for index, each in enumerate({make(INTEGERS)}, {self.integer(0, 2)})]",
            lambda: f"list(reversed({make(INTEGERS)}))",
            lambda: f"list({make(COUNTS)}.values())",
            lambda: f"[len(each) for each in {make(TEXTS)}]",
            lambda: f"list(count_to({self.integer(0, 5)}))",
            lambda: f"list(deque({make(INTEGERS)}, maxlen={self.integer(1, 3)}))",
        )

    def texts(self, scope: Scope, depth: int) -> str:
        """Lists of texts."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"[{', '.join(make(TEXT) for _ in range(self.integer(1, 3)))}]",
            lambda: f"{make(TEXT)}.split({self.one('', repr(','), repr(' '))})",
            lambda: f"{make(TEXTS)}[{self.slice()}]",
            lambda: f"sorted({make(TEXTS)}{self.one('', ', key=len', ', reverse=True', ', key=str.lower')})",
            lambda: f"[{self.comprehension(TEXT, scope, depth)}]",
            lambda: f"list({make(COUNTS)})",
            lambda: f"list({make(TEXT)})",
            lambda: f"({make(TEXTS)} + {make(TEXTS)})",
            lambda: f"[each.name for each in Color if each is not {make(COLOR)}]",
            lambda: f"list(map(str, {make(INTEGERS)}))",
        )

    def floats(self, scope: Scope, depth: int) -> str:
        """Lists of floats."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"[{', '.join(make(FLOAT) for _ in range(self.integer(1, 3)))}]",
            lambda: f"[{self.comprehension(FLOAT, scope, depth)}]",
            lambda: f"sorted({make(FLOATS)})",
            lambda: f"{make(FLOATS)}[{self.slice()}]",
        )

    def counts(self, scope: Scope, depth: int) -> str:
        """Dicts from text to integer."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        name = self.name()
        return self.made(
            lambda: "{" + ", ".join(f"{make(TEXT)}: {make(INTEGER)}" for _ in range(self.integer(1, 3))) + "}",
            lambda: f"{{{name}: len({name}) for {name} in {make(TEXTS)}}}",
            lambda: f"{{**{make(COUNTS)}, {make(TEXT)}: {make(INTEGER)}}}",
            lambda: f"({make(COUNTS)} | {make(COUNTS)})",
            lambda: f"dict(Counter({make(TEXT)}))",
            lambda: f"dict(zip({make(TEXTS)}, {make(INTEGERS)}))",
        )

    def a_set(self, scope: Scope, depth: int) -> str:
        """Sets of integers."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"set({make(INTEGERS)})",
            lambda: f"({make(SET)} {self.one('|', '&', '-', '^')} {make(SET)})",
            lambda: f"{{{self.comprehension(INTEGER, scope, depth)}}}",
        )

    def a_pair(self, scope: Scope, depth: int) -> str:
        """Tuples of an integer and a text."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"({make(INTEGER)}, {make(TEXT)})",
            lambda: f"max([{make(PAIR)}, {make(PAIR)}])",
        )

    def a_maybe(self, scope: Scope, depth: int) -> str:
        """Integers or None."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"{make(COUNTS)}.get({make(TEXT)})",
            lambda: f"({make(INTEGER)} if {make(BOOL)} else None)",
            lambda: f"next(({self.comprehension(INTEGER, scope, depth)}), None)",
        )

    def a_shape(self, scope: Scope, depth: int) -> str:
        """Objects of a family of classes."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"{self.one('Shape', 'Square')}({make(INTEGER)})",
            lambda: f"Block({make(INTEGER)}, {make(INTEGER)})",
            lambda: f"{self.one('min', 'max')}([{make(SHAPE)}, {make(SHAPE)}])",
        )

    def a_color(self, scope: Scope, depth: int) -> str:
        """Members of an enum."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: self.literal(COLOR),
            lambda: f"Color({make(INTEGER)} % 4)",
            lambda: f"Color[{make(COLOR)}.name]",
            lambda: f"list(Color)[{self.integer(0, 2)}]",
        )

    def a_point(self, scope: Scope, depth: int) -> str:
        """Objects of a dataclass."""
        make = lambda kind: self.expression(kind, scope, depth)  # noqa: E731
        return self.made(
            lambda: f"Point({make(INTEGER)}, {make(INTEGER)})",
            lambda: f"Point(y={make(INTEGER)}, x={make(INTEGER)})",
            lambda: f"Point({make(INTEGER)})",
            lambda: f"({make(POINT)} + {make(POINT)})",
        )

    # -- statements

    def block(self, scope: Scope, least: int = 1, most: int = 3) -> list[str]:
        """Some statements, one indentation deeper."""
        lines: list[str] = []
        for _ in range(self.integer(least, most)):
            lines += self.statement(scope)
        return [f"    {each}" for each in lines]

    def statement(self, scope: Scope) -> list[str]:
        """One statement."""
        simple = (self.assign, self.assign, self.augment, self.show, self.change, self.unpack, self.walrus, self.comment)
        if self.sometimes(24):
            return self.mixed(scope)
        if self.sometimes(16):
            return self.function_value(scope)
        if self.wide and self.sometimes(12) and scope.depth == 0:
            return self.declared(scope)
        if self.wide and self.sometimes():
            return self.formed(scope)
        nested = (
            self.branch,
            self.match,
            self.for_loop,
            self.while_loop,
            self.attempt,
            self.guarded,
            self.local_function,
            self.present,
            self.object_work,
        )
        choices = simple if scope.depth >= 3 else (*simple, *nested)
        return choices[self.integer(0, len(choices) - 1)](scope)

    def assign(self, scope: Scope) -> list[str]:
        """A new variable, or a new value for one."""
        kind = str(self.one(*(TYPES if not self.wide or self.sometimes(4) else (*TYPES, *NESTED))))
        value = self.expression(kind, scope)
        known = scope.changeable(kind)
        if known and self.sometimes():
            return [f"{self.one(*known)} = {value}"]
        name = self.name()
        hint = f": {kind}" if self.sometimes(3) or kind == MAYBE else ""
        scope.add(kind, name)
        return [f"{name}{hint} = {value}"]

    def augment(self, scope: Scope) -> list[str]:
        """`+=` and its family. Integers stay small, so that loops do not lead out of 64 bits."""
        for kind, operators in ((INTEGER, ("+=", "-=", "//=", "%=", "|=", "^=")), (FLOAT, ("+=", "-=", "/=")), (TEXT, ("+=",))):
            known = scope.changeable(kind)
            if known and self.sometimes():
                value = self.expression(kind, scope, 1) if kind != TEXT else self.literal(TEXT)
                return [f"{self.one(*known)} {self.one(*operators)} {value}"]
        return self.show(scope)

    def show(self, scope: Scope) -> list[str]:
        """`print` in its forms."""
        kinds = [self.shown_kind() for _ in range(self.integer(1, 3))]
        values = ", ".join(self.expression(each, scope, 2) for each in kinds)
        end = self.one("", "", ", sep='; '", ", end='.\\n'", ", sep='', end='|\\n'")
        if self.sometimes(6):
            return [f"print(*{self.expression(INTEGERS, scope, 1)}{end})"]
        return [f"print({values}{end})"]

    def change(self, scope: Scope) -> list[str]:
        """A container changed in place."""
        name = self.one(*(scope.changeable(INTEGERS) or [""]))
        if name and self.sometimes():
            value = self.expression(INTEGER, scope, 1)
            return [
                str(
                    self.one(
                        f"{name}.append({value})",
                        f"{name}.insert({self.integer(-2, 3)}, {value})",
                        f"{name}.extend({self.literal(INTEGERS)})",
                        f"{name}.sort(reverse={self.one(True, False)})",
                        f"{name}.reverse()",
                        f"{name}[{self.integer(-1, 1)}] = {value}",
                        f"{name}[{self.integer(0, 1)}:{self.integer(1, 3)}] = {self.literal(INTEGERS)}",
                        f"{name}[{self.integer(-1, 1)}] += {value}",
                        f"del {name}[{self.integer(-1, 1)}]",
                        f"print({name}.pop(), {name})",
                        f"{name}.remove({value})",
                        f"{name} += {self.literal(INTEGERS)}",
                    )
                )
            ]
        name = self.one(*(scope.changeable(COUNTS) or [""]))
        if name and self.sometimes():
            key, value = self.literal(TEXT), self.expression(INTEGER, scope, 1)
            return [
                str(
                    self.one(
                        f"{name}[{key}] = {value}",
                        f"{name}[{key}] = {name}.get({key}, 0) + 1",
                        f"{name}.setdefault({key}, {value})",
                        f"print({name}.pop({key}, {value}), {name})",
                        f"{name}.update({self.literal(COUNTS)})",
                        f"del {name}[{key}]",
                    )
                )
            ]
        name = self.one(*(scope.changeable(SET) or [""]))
        if name:
            value = self.expression(INTEGER, scope, 1)
            return [str(self.one(f"{name}.add({value})", f"{name}.discard({value})", f"{name} |= {self.literal(SET)}"))]
        return self.assign(scope)

    def unpack(self, scope: Scope) -> list[str]:
        """Several targets at once."""
        first, second, third = self.name(), self.name(), self.name()
        form = self.integer(0, 3)
        if form == 0:
            line = f"{first}, {second} = {self.expression(PAIR, scope, 2)}"
            scope.add(INTEGER, first)
            scope.add(TEXT, second)
        elif form == 1:
            line = f"{first}, *{second} = {self.expression(INTEGERS, scope, 2)}"
            scope.add(INTEGER, first)
            scope.add(INTEGERS, second)
        elif form == 2:
            line = f"{first}, {second}, {third} = {', '.join(self.expression(INTEGER, scope, 2) for _ in range(3))}"
            for each in (first, second, third):
                scope.add(INTEGER, each)
        else:
            known = scope.changeable(INTEGER)
            if len(known) < 2:
                return self.assign(scope)
            return [f"{known[0]}, {known[-1]} = {known[-1]}, {known[0]}"] if known[0] != known[-1] else self.show(scope)
        return [line]

    def walrus(self, scope: Scope) -> list[str]:
        """A name given inside an expression."""
        name = self.name()
        value = self.expression(INTEGER, scope, 2)
        scope.add(INTEGER, name)
        return [f"if ({name} := {value}) > {self.integer(0, 5)}:", f"    print('kept', {name})"]

    def comment(self, scope: Scope) -> list[str]:
        """A line for the reader, and the loop statements where there is a loop."""
        if scope.loop and self.sometimes():
            return [f"if {self.expression(BOOL, scope, 1)}:", f"    {self.one('break', 'continue')}"]
        return [f"# Step {self.integer(1, 9)}.", *self.show(scope)]

    def mixed(self, scope: Scope) -> list[str]:
        """Numbers and texts in one list, told apart by `isinstance`."""
        name, item = self.name(), self.name()
        values = ", ".join([self.literal(INTEGER), self.literal(TEXT), self.expression(str(self.one(*SCALARS)), scope, 1)])
        return [
            f"{name} = [{values}]",
            f"for {item} in {name}:",
            f"    if isinstance({item}, str):",
            f"        print({item}.upper(), len({item}))",
            "    else:",
            f"        print({item} + 1, {item} * 2)",
            f"print({name})",
        ]

    def function_value(self, scope: Scope) -> list[str]:
        """Functions in a list, by their names, and one that only prints."""
        name, item = self.name(), self.name()
        return [
            f"{name} = [len, sum, max]",
            f"for {item} in {name}:",
            f"    print({item}.__name__, {item}({self.literal(INTEGERS)}))",
            f"{name}_shown = lambda each: print('shown', each)",
            f"{name}_shown({self.expression(INTEGER, scope, 1)})",
        ]

    def branch(self, scope: Scope) -> list[str]:
        """if, elif, else."""
        lines = [f"if {self.expression(BOOL, scope)}:", *self.block(scope.inner())]
        if self.sometimes(3):
            lines += [f"elif {self.expression(str(self.one(BOOL, INTEGER, TEXT)), scope)}:", *self.block(scope.inner())]
        if self.sometimes():
            lines += ["else:", *self.block(scope.inner())]
        return lines

    def present(self, scope: Scope) -> list[str]:
        """An Optional, and what is done where it has a value."""
        name = self.name()
        lines = [f"{name} = {self.a_maybe(scope, 2)}"]
        inner = scope.inner()
        inner.add(INTEGER, name)
        inner.frozen.add(name)
        if scope.loop and self.sometimes():
            lines += [f"if {name} is None:", "    continue", f"print({name} + 1)"]
            return lines
        lines += [f"if {name} is not None:", *self.block(inner)]
        if self.sometimes():
            lines += ["else:", *self.block(scope.inner())]
        return lines

    def match(self, scope: Scope) -> list[str]:
        """A match over a number, a text, an enum's member or a tuple."""
        kind = str(self.one(INTEGER, TEXT, COLOR, PAIR))
        subject = self.expression(kind, scope, 2)
        if kind == PAIR:
            number, word = self.name(), self.name()
            inner = scope.inner()
            inner.add(INTEGER, number)
            inner.add(TEXT, word)
            inner.frozen |= {number, word}
            cases = [f"case ({self.integer(0, 3)}, {word}):", *self.block_without(scope, inner, number)]
            cases += [f"case ({number}, {word}) if {number} > {self.integer(0, 9)}:", *self.block(inner)]
        else:
            patterns = [self.literal(kind) for _ in range(2)]
            last = self.literal(kind)
            cases = [f"case {' | '.join(dict.fromkeys(patterns))}:", *self.block(scope.inner())]
            if last not in patterns:
                cases += [f"case {last}:", *self.block(scope.inner())]
        cases += ["case _:", *self.block(scope.inner())]
        return [f"match {subject}:", *[f"    {each}" for each in cases]]

    def block_without(self, scope: Scope, inner: Scope, name: str) -> list[str]:
        """A block that sees all of the inner scope but one name."""
        seen = inner.inner()
        seen.variables = {kind: [each for each in names if each != name] for kind, names in inner.variables.items()}
        return self.block(seen)

    def for_loop(self, scope: Scope) -> list[str]:
        """A loop over something, sometimes with an else."""
        inner = scope.inner(loop=True)
        form = self.integer(0, 6)
        name, other = self.name(), self.name()
        if form == 0:
            head = f"for {name} in range({self.integer(0, 4)}):"
            inner.add(INTEGER, name)
        elif form == 1:
            head = f"for {name} in {self.literal(TEXTS)}:"
            inner.add(TEXT, name)
        elif form == 2:
            head = f"for {name}, {other} in {self.literal(COUNTS)}.items():"
            inner.add(TEXT, name)
            inner.add(INTEGER, other)
        elif form == 3:
            head = f"for {name}, {other} in enumerate({self.expression(TEXT, scope, 1)}[:4]):"
            inner.add(INTEGER, name)
            inner.add(TEXT, other)
        elif form == 4:
            head = f"for {name} in Color:"
            inner.add(COLOR, name)
        elif form == 5:
            head = f"for {name} in count_to({self.integer(0, 4)}):"
            inner.add(INTEGER, name)
        else:
            head = f"for {name}, {other} in zip({self.literal(INTEGERS)}, {self.literal(TEXTS)}):"
            inner.add(INTEGER, name)
            inner.add(TEXT, other)
        inner.frozen |= {name, other}
        lines = [head, *self.block(inner)]
        if self.sometimes(5):
            lines += ["else:", *self.block(scope.inner())]
        return lines

    def while_loop(self, scope: Scope) -> list[str]:
        """A loop that counts down."""
        name = self.name()
        inner = scope.inner(loop=True)
        inner.add(INTEGER, name)
        inner.frozen.add(name)
        lines = [f"{name} = {self.integer(1, 4)}", f"while {name} > 0:", f"    {name} -= 1", *self.block(inner)]
        if self.sometimes(5):
            lines += ["else:", *self.block(scope.inner())]
        return lines

    def attempt(self, scope: Scope) -> list[str]:
        """try, with what may follow it."""
        lines = ["try:", *self.block(scope.inner())]
        if self.sometimes(3):
            # What comes after it in the block is never reached.
            lines += [f"    raise Trouble({self.expression(INTEGER, scope, 1)})"]
        lines += [
            f"except {self.one('ZeroDivisionError', 'IndexError', '(KeyError, IndexError)', 'ValueError', 'ArithmeticError')} as problem:",
            "    print(type(problem).__name__, problem)",
        ]
        if self.sometimes():
            lines += ["except Trouble as problem:", "    print('size', problem.size)"]
        if self.sometimes(4):
            lines += ["except LookupError:", "    print('lookup')", "    raise"]
        if self.sometimes(3):
            lines += ["else:", *self.block(scope.inner())]
        if self.sometimes(3):
            # No break or continue in there: Python 3.14 warns of them.
            lines += ["finally:", *self.block(scope.inner(loop=False))]
        return lines

    def guarded(self, scope: Scope) -> list[str]:
        """with."""
        name = self.name()
        inner = scope.inner()
        inner.add(TEXT, name)
        return [f"with Guard({self.literal(TEXT)}) as {name}:", *self.block(inner)]

    def local_function(self, scope: Scope) -> list[str]:
        """A closure that reads, and sometimes changes, what is around it."""
        name, parameter = self.name(), self.name()
        inner = Scope({kind: list(names) for kind, names in scope.variables.items()}, set(), False, 3)
        inner.add(INTEGER, parameter)
        inner.frozen = {each for names in inner.variables.values() for each in names}
        counters = scope.changeable(INTEGER)
        lines = [f"def {name}({parameter}: int) -> int:"]
        if counters and self.sometimes():
            lines += [f"    nonlocal {counters[-1]}", f"    {counters[-1]} += {parameter}"]
        lines += [*self.block(inner, 0, 2), f"    return {self.expression(INTEGER, inner, 2)}"]
        lines += [f"print({name}({self.integer(0, 5)}), {name}({self.expression(INTEGER, scope, 1)}))"]
        return lines

    def object_work(self, scope: Scope) -> list[str]:
        """Objects that are shared and changed."""
        name, other = self.name(), self.name()
        lines = [
            f"{name} = {self.a_shape(scope, 1)}",
            f"{other} = {name}",
            f"{other}.grow({self.expression(INTEGER, scope, 1)})",
            f"print({name}, {name} is {other}, {name}.history, Shape.made > 0)",
        ]
        if self.sometimes():
            lines += [f"{name}.size {self.one('=', '+=', '-=')} {self.expression(INTEGER, scope, 1)}", f"print({other}.area())"]
        if self.sometimes(3):
            groups = self.name()
            lines += [
                f"{groups} = defaultdict(list)",
                f"for each in {self.expression(INTEGERS, scope, 1)}:",
                f"    {groups}[each % 2].append(each)",
                f"print(dict({groups}))",
            ]
        scope.add(SHAPE, name)
        scope.frozen |= {name, other}
        return lines

    # -- the whole

    def example(self, most: int = 7) -> Example:
        """A function with what it needs, and calls of it; so many statements or one to four fewer."""
        parameters = {self.name(): str(self.one(*TYPES)) for _ in range(self.integer(1, 3))}
        scope = Scope()
        for name, kind in parameters.items():
            scope.add(kind, name)
        # What a caller handed over may be shared with it; changing it there is what `object_work` is about.
        scope.frozen |= {name for name, kind in parameters.items() if kind not in SCALARS}
        result = self.shown_kind()
        hints = self.sometimes()
        shown = ", ".join(f"{name}: {kind}" if hints else name for name, kind in parameters.items())
        lines = [f"def work_§({shown}){f' -> {result}' if hints else ''}:"]
        for kind in (INTEGER, TEXT, FLOAT, INTEGERS, COUNTS, str(self.one(*NESTED))) if self.wide else ():
            name = self.name()
            lines.append(f"    {name} = {self.expression(kind, scope, 1)}")
            scope.add(kind, name)
        body = self.block(scope, max(1, most - 4), most)
        if self.sometimes(4):
            body += [f"    if {self.expression(BOOL, scope, 1)}:", f"        return {self.expression(result, scope, 1)}"]
        lines += [*body, f"    return {self.expression(result, scope, 2)}"]
        self.declaring = False
        calls = []
        for _ in range(self.integer(1, 2)):
            call = f"work_§({', '.join(self.expression(kind, Scope(), 1) for kind in parameters.values())})"
            calls += [
                "    try:",
                f"        print({call})",
                "    except Exception as problem:",
                "        print('raised', type(problem).__name__, problem)",
            ]
        return Example("\n\n\n".join([*self.above, "\n".join(lines)]), "\n".join(calls))


@dataclass(frozen=True)
class Example:
    """What a random function needs, the function, and calls of it; `§` stands for its number in a program."""

    declared: str
    calls: str


def program(parts: Sequence[Example]) -> str:
    """Several examples as one program: so they share what they declare, and are compiled at once."""
    made = [each.declared.replace("§", str(number)) for number, each in enumerate(parts)]
    main = ["def main() -> None:", *[each.calls.replace("§", str(number)) for number, each in enumerate(parts)]]
    text = "\n\n\n".join([*made, "\n".join(main), 'if __name__ == "__main__":\n    main()\n'])
    for name in reversed(DECLARED):
        if re.search(rf"\b{name}\b", text):
            text = f"{DECLARED[name]}\n\n{text}"
    imports = [line for line, pattern in IMPORTS.items() if re.search(pattern, text)]
    return "\n".join(["from __future__ import annotations", "", *imports, "", "", text])


@some.composite
def examples(draw: Callable[[some.SearchStrategy], object], most: int = 7, wide: bool = False) -> Example:
    """Random functions of up to so many statements."""
    return Writer(draw, wide).example(most)
