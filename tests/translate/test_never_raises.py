"""Whatever the text is, `translate` answers: Rust, or findings that say why not. It never raises, and a defect of ours is said so."""

from __future__ import annotations

import ast
import io
import random
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import batuta.translate
from batuta.translate import Options, Translation, translate

ROOT = Path(__file__).resolve().parents[2]
# Short programs of many kinds: a broken piece of a long one meets the same code and takes longer.
CORPUS = {
    path.stem: path.read_text(encoding="utf-8")
    for folder in ("lowering", "strangers")
    for path in sorted((ROOT / "fixtures" / folder).glob("*.py"))
    if path.stat().st_size < 1200
}


def answer(text: str) -> Translation:
    """A translation, checked for what every answer has: with `debug`, so that a defect of ours comes out."""
    done = translate(text, "odd.py", Options(debug=True))
    assert bool(done.rust) != done.refused
    lines = done.source.lines
    for finding in done.findings:
        assert finding.reason and finding.remedy
        assert 1 <= finding.span.line <= max(len(lines), 1)
    return done


def broken_forms(name: str, text: str) -> Iterator[str]:
    """A program cut short, with lines missing, with tokens swapped: always the same ones for one program."""
    chance = random.Random(name)
    for _ in range(2):
        yield text[: chance.randrange(len(text))]
    lines = text.splitlines(keepends=True)
    for _ in range(3):
        yield "".join(lines[: chance.randrange(len(lines))])
        # Whole statements go: what is left still parses, and names, types or returns are missing from it.
        tree = ast.parse(text)
        holders = [each for each in ast.walk(tree) if isinstance(getattr(each, "body", None), list) and len(each.body) > 1]
        if holders:
            holder = chance.choice(holders)
            holder.body.pop(chance.randrange(len(holder.body)))
            yield ast.unparse(tree)
    tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
    for kind in (tokenize.NAME, tokenize.NUMBER, tokenize.OP):
        same = [each for each in tokens if each.type == kind]
        if len(same) < 2:
            continue
        one, other = sorted(chance.sample(same, 2), key=lambda each: each.start)
        yield swapped(lines, one, other)


def swapped(lines: list[str], one: tokenize.TokenInfo, other: tokenize.TokenInfo) -> str:
    changed = list(lines)
    for place, text in ((other, one.string), (one, other.string)):
        row = place.start[0] - 1
        if place.end[0] == place.start[0]:
            changed[row] = changed[row][: place.start[1]] + text + changed[row][place.end[1] :]
    return "".join(changed)


@pytest.mark.parametrize("name", CORPUS)
def test_a_broken_program_is_answered(name: str) -> None:
    for text in broken_forms(name, CORPUS[name]):
        try:
            answer(text)
        except Exception as problem:
            raise AssertionError(f"{type(problem).__name__}: {problem}\nin the program\n{text}") from problem


ODD = [
    "",
    "\n",
    "\f\n",
    "\ufeffprint(1)\n",
    "print(1)\r\nprint(2)\r",
    "#",
    "x",
    "x = x",
    "print(print)",
    "del print",
    "return 1",
    "yield 1",
    "break",
    "await x",
    "lambda: (yield)",
    "def f(): return f\nf()",
    "def f(x): return f(x)\nf(1)",
    "f = lambda: f\nf()",
    "x = []\nx.append(x)\nprint(x)",
    "x = {}\nx['x'] = x",
    "class A(A): pass",
    "class A: pass\nA.A = A\nprint(A.A.A)",
    "class A:\n    def __getattr__(self, name): return self\nprint(A().x.y)",
    "a, *b = 1",
    "*a, = 1, 2\nprint(a)",
    "a = b = c = []\na.append(1)\nprint(b, c)",
    "for x in 1: pass",
    "for x, y in [1, 2]: print(x)",
    "[x for x in x]",
    "print(*1, **2)",
    "1 / 0",
    "1 == 'a'",
    "print(1 == 'a')",
    "print(1 < 'a')",
    "if 1 == 'a': print(2)",
    "print(None + 1)",
    "print(-'a')",
    "print(not [])",
    "with 1 as x: print(x)",
    "raise 1",
    "raise",
    "try:\n    pass\nexcept 1:\n    pass",
    "try:\n    1\nexcept* ValueError:\n    pass",
    "match 1:\n    case [x, *_]: print(x)",
    "match {}:\n    case {'a': 1, **rest}: print(rest)",
    "global x\nx = 1",
    "def f():\n    nonlocal x",
    "def f(*, a): pass\nf()",
    "def f(a, /): pass\nf(a=1)",
    "def f(a=[]): a.append(1); return a\nprint(f(), f())",
    "@f\ndef f(): pass",
    "async def f(): pass",
    "import os.path as p, sys\nprint(p, sys)",
    "from . import x",
    "from __future__ import annotations\nx: int",
    "x: int = 'a'\nprint(x)",
    "x: 'y z' = 1",
    "x: list[int, str] = []",
    "type X = int\nx: X = 1\nprint(x)",
    "def f[T](x: T) -> T: return x\nprint(f(1))",
    "print(f'{1!r:>{2}}')",
    "print(f'{')",
    "print(10 ** 10 ** 10)",
    "print('a' * -1, 1 << 70, 1 << -1)",
    "x = 1\nx()",
    "x = 1\nx.y = 2",
    "x = 1\nx[0] = 2",
    "import numpy as np\nprint(np)",
    "import numpy as np\nprint(np.array([]))",
    "import numpy as np\nprint(np.array([[1], [1, 2]]))",
    "import numpy as np\nx = np.zeros(3)\nx[...] = x[None]\nprint(x)",
    "from sklearn.linear_model import Ridge\nprint(Ridge)",
    "from sklearn.linear_model import Ridge\nRidge().fit()",
    "from enum import Enum\nclass E(Enum): pass\nprint(E.A)",
    "from dataclasses import dataclass\n@dataclass\nclass D: x: int = []\nD()",
    "__name__ = 1",
    "print(__file__, __doc__)",
    "x = " + "-" * 500 + "1\nprint(x)",
    "print(" + " + ".join(["1"] * 1500) + ")",
    "x = " + "[" * 90 + "]" * 90 + "\nprint(x)",
    "if 1:\n" + "".join("    " * depth + "if 1:\n" for depth in range(1, 60)) + "    " * 60 + "pass\n",
    "print('\ud800')",
    "é = 1\nprint(é)",
    "\0",
    "x = 0b2",
]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_an_odd_program_is_answered(text: str) -> None:
    done = translate(text, "odd.py")
    assert bool(done.rust) != done.refused
    assert not [each.reason for each in done.findings if each.code == "BAT900"]


PIECES = some.sampled_from(
    sorted({line for text in CORPUS.values() for line in text.splitlines(keepends=True) if line.strip() and len(line) < 60})
)


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(some.lists(PIECES, max_size=8), some.booleans())
def test_lines_of_many_programs_together(lines: list[str], flat: bool) -> None:
    answer("".join(line.lstrip() if flat else line for line in lines))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(some.text(max_size=80))
def test_any_text(text: str) -> None:
    answer(text)


def test_a_defect_of_ours_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("a name that nobody knows")

    monkeypatch.setattr(batuta.translate, "lower", broken)
    done = translate("print(1)\n", "here.py")
    assert [each.code for each in done.findings] == ["BAT900"]
    finding = done.findings[0]
    assert finding.blocks and finding.path == "here.py" and not done.rust
    assert "KeyError: 'a name that nobody knows' at test_never_raises.py:" in finding.reason
    with pytest.raises(KeyError):
        translate("print(1)\n", "here.py", Options(debug=True))
