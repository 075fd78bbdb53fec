"""Hovers, quick fixes and grades over the fixture programs: nothing fails, fixes are idempotent and leave Python behind."""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

import pytest

from batuta.findings.suppressions import apply_suppressions
from batuta.lsp.assist import Selection
from batuta.lsp.assists import assists
from batuta.lsp.jobs.hover import describe
from batuta.lsp.operators import operations
from batuta.lsp.workbench import Analysis, JobFailed, Source, analyse
from batuta.quality import grade_file, grade_functions, measure_readiness
from tests.conftest import LEFT_OUT
from tests.lsp.test_assists import applied

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"
PROGRAMS = sorted(FIXTURES.rglob("*.py"))
SAMPLE = 12
"""Every how manieth program a run without `--everything` looks at."""


def looked_at(path: Path) -> Analysis:
    text = path.read_text(encoding="utf-8")
    analysis = analyse(Source(path.as_uri(), 1, str(path), text))
    return replace(analysis, shown=tuple(apply_suppressions(text, analysis.findings)))


@pytest.mark.parametrize("number", range(SAMPLE))
def test_every_place_answers(number: int, everything: bool):
    if number and not everything:
        if number == 1:
            LEFT_OUT.append(
                "hovers and quick fixes were tried on a sample of the fixture programs; make test-all tries them all"
            )
        pytest.skip("part of --everything")
    programs = PROGRAMS[number::SAMPLE]
    assert programs
    for path in programs:
        analysis = looked_at(path)
        calls = analysis.translation.calls if analysis.translation is not None else []
        points = [(each.span.line, each.span.column) for each in [*calls, *analysis.findings]]
        for place in operators(analysis):
            said = describe(analysis, place)
            assert said is not None or not analysis.rust, (path, place)
        for point in points:
            said = describe(analysis, point)
            assert said is not None, (path, point)
            assert "<function " not in said["markdown"] and " at 0x" not in said["markdown"], (path, point)
            selection = Selection(analysis, point, point)
            for name, assist in assists().items():
                for offer in assist.offer(selection):
                    if name != "rewrite_file":
                        change = assist.change(selection, offer.data)
                        assert change.edits or change.files
        if analysis.tree is not None:
            text = analysis.source.source
            assert 0 <= grade_file(text).total <= 100 and all(0 <= each.total <= 100 for each in grade_functions(text))
            assert (measure_readiness(analysis.tree, analysis.findings, analysis.source.source).share == 1.0) == (
                not analysis.findings or bool(analysis.rust)
            )
        silenced(path, analysis)


def operators(analysis: Analysis) -> list[tuple[int, int]]:
    """Where operators stand, but for those of which no Rust is left: the guard of the main program, and what nothing uses."""
    found = []
    unused = {each.span.line for each in analysis.findings if each.code == "BAT205"}
    definitions = [
        each for each in ast.walk(analysis.tree or ast.Module([], [])) if isinstance(each, ast.FunctionDef | ast.ClassDef)
    ]
    left_out = {
        line for each in definitions if each.lineno in unused for line in range(each.lineno, (each.end_lineno or 0) + 1)
    }
    for node in ast.walk(analysis.tree or ast.Module([], [])):
        guard = isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == "__name__"
        if not guard and not isinstance(node, ast.Call):
            places = [place for _, place in operations(node, analysis.source.lines)]
            found += [(place.line, place.column) for place in places if place.line not in left_out]
    return found


def silenced(path: Path, analysis: Analysis) -> None:
    """Silencing one finding after the other ends with none shown; the text stays Python and means the same."""
    if analysis.tree is None:
        return
    before = ast.dump(analysis.tree)
    for _ in range(len(analysis.findings) + 1):
        # What is wrong with the file as a whole is silenced for the file, not on a line.
        blocking = [each for each in analysis.shown if each.blocks and not each.code.startswith("BAT0")]
        if not blocking:
            return
        point = (blocking[0].span.line, blocking[0].span.column)
        selection = Selection(analysis, point, point)
        offer = assists()["ignore_finding"].offer(selection)[0]
        try:
            text = applied(selection, assists()["ignore_finding"].change(selection, offer.data).edits)
        except JobFailed:
            # A finding inside a text over several lines: no comment can stand there.
            return
        assert ast.dump(ast.parse(text)) == before, path
        source = replace(analysis.source, source=text)
        shown = tuple(apply_suppressions(text, analysis.findings))
        assert len(shown) < len(analysis.shown), (path, blocking[0])
        analysis = replace(analysis, source=source, shown=shown)
    raise AssertionError(f"findings of {path} cannot be silenced")
