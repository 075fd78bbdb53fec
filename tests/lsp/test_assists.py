"""Each quick fix and rewrite does what its docstring shows."""

from __future__ import annotations

import ast
import re
from dataclasses import replace

import pytest

from batuta.findings.codes import make_finding
from batuta.ir.spans import Span
from batuta.lsp.assist import Selection
from batuta.lsp.assists import assists
from batuta.lsp.workbench import Analysis, JobFailed, Source, analyse
from batuta.lsp.worker_link import WorkerLink


def sections(module) -> dict[str, str]:
    """The docstring's headed sections, each without its common indentation."""
    parts = re.split(r"^## (\w+)\n", module.__doc__, flags=re.MULTILINE)[1:]
    bodies = ["\n".join(line.removeprefix("    ") for line in body.rstrip().split("\n")) for body in parts[1::2]]
    return dict(zip(parts[::2], bodies, strict=True))


def select(marked: str, finding: str = "") -> Selection:
    """The selection between the marks of a text."""
    start, end = marked.index("«"), marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")
    place = lambda offset: (text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1))  # noqa: E731
    source = Source("file:///w/program.py", 1, "/w/program.py", text)
    if finding:
        found = make_finding(finding, "made for the test", span=Span(*place(start), *place(end)))
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        analysis = Analysis(source, ast.parse(text), None, (found,), tuple(functions), (found,))
    else:
        analysis = analyse(source)
        analysis = replace(analysis, shown=analysis.findings)
    return Selection(analysis, place(start), place(end))


def applied(selection: Selection, edits: tuple[tuple[Span, str], ...]) -> str:
    """The text after edits."""
    lines = selection.source.split("\n")
    offset = lambda line, column: sum(len(each) + 1 for each in lines[: line - 1]) + column  # noqa: E731
    text = selection.source
    for span, new in sorted(edits, reverse=True):
        text = text[: offset(span.line, span.column)] + new + text[offset(span.end_line, span.end_column) :]
    return text


@pytest.mark.parametrize("name", assists())
def test_the_docstring_is_what_happens(name):
    assist = assists()[name]
    parts = sections(assist)
    selection = select(parts["Before"] + "\n", parts.get("Finding", "").split(" ")[0])
    offers = assist.offer(selection)
    wanted = parts.get("Title", "").strip("` \n")
    assert not wanted or any(wanted in each.title.replace("`", "") or wanted in each.title for each in offers), offers
    offer = next((each for each in offers if parts.get("Title", "").strip() in (each.title, "")), offers[0])
    change = assist.change(selection, offer.data)
    if "After" in parts:
        assert applied(selection, change.edits) == parts["After"] + "\n" and not change.files
    else:
        created = {each.path for each in change.files}
        assert set(parts["Creates"].split()) <= created and not change.edits
        assert all(not path.startswith(("/", "..")) for path in created)


def test_every_assist_leaves_at_nothing():
    selection = select("«»x = 1\n")
    for name in ("ignore_finding", "add_type_hint", "rewrite_call"):
        assert assists()[name].offer(selection) == []


IGNORED = [
    ("«eval('1')»  # batuta: ignore[BAT9]\n", "eval('1')  # batuta: ignore[BAT9, BAT107]\n"),
    ("«eval('''\n''')»\n", "eval('''\n''')  # batuta: ignore[BAT107]\n"),
    ("«eval(\n    '1'\n)»\n", "eval(  # batuta: ignore[BAT107]\n    '1'\n)\n"),
    ("x = «eval('漢🚀')»   \n", "x = eval('漢🚀')  # batuta: ignore[BAT107]\n"),
]


@pytest.mark.parametrize(("before", "after"), IGNORED)
def test_a_comment_goes_where_it_is_one(before, after):
    selection = select(before, "BAT107")
    (offer,) = assists()["ignore_finding"].offer(selection)
    text = applied(selection, assists()["ignore_finding"].change(selection, offer.data).edits)
    assert text == after
    ast.parse(text)


def test_no_line_can_carry_a_comment():
    selection = select("x = 1 + \\\n    2\n«»", "BAT107")
    with pytest.raises(JobFailed):
        assists()["ignore_finding"].change(selection, {"code": "BAT107", "line": 1, "end": 1})


HINTS = [
    ("def f(«a», b=2):\n    return a\nf([1, 2.5])\n", ["list[float]"], "def f(a: list[float], b=2):"),
    ("def f(a, «b»=2):\n    return b\n", ["int"], "def f(a, b: int = 2):"),
    ("def f(«a»):\n    return a\nf(1)\nf('x')\n", ["int", "str"], "def f(a: int):"),
    (
        "def f(*, é='🚀', «b»=(1, 'x')):\n    return b\n",
        ["tuple[int, str]"],
        "def f(*, é='🚀', b: tuple[int, str] = (1, 'x')):",
    ),
    ("xs = []\nprint(«xs»)\n", ["list[float]", "list[int]", "list[str]"], "xs: list[float] = []"),
    ("«é={}»\nprint(é)\n", ["dict[str, float]", "dict[str, int]", "dict[str, str]"], "é: dict[str, float] = {}"),
    ("def f(a):\n    return «a»\nf(b'')\n", ["int", "float", "str", "list[float]"], "def f(a: int):"),
]


@pytest.mark.parametrize(("before", "hints", "after"), HINTS)
def test_type_hints(before, hints, after):
    selection = select(before, "BAT201")
    assist = assists()["add_type_hint"]
    offers = assist.offer(selection)
    assert [each.data["hint"] for each in offers] == hints
    text = applied(selection, assist.change(selection, offers[0].data).edits)
    assert text.split("\n")[0] == after
    ast.parse(text)


def test_a_parameter_with_a_hint_gets_no_other():
    assert assists()["add_type_hint"].offer(select("def f(«a»: int):\n    return a\n", "BAT201")) == []


def test_the_link_is_not_started_by_looking():
    assert WorkerLink().process_id is None
