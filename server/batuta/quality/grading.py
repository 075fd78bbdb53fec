"""The technical debt grade of a file, and of its functions."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from batuta.python.walk import children
from batuta.quality.bands import letter
from batuta.quality.components import components
from batuta.quality.counts import Counts, count

FULL_MARKS = 110.0
"""The sum of all weights. The published formula scales a sum to 100 only where it is above 100."""


@dataclass(frozen=True)
class Grade:
    """The grade of one text."""

    name: str
    """Empty for a file; the qualified name of a function otherwise."""
    line: int
    """The first line, counted from 1."""
    scores: dict[str, float]
    total: float
    letter: str

    @property
    def title(self) -> str:
        """`A+ (97.3)`."""
        return f"{self.letter} ({self.total:.1f})"


def grade_file(source: str, tree: ast.Module | None = None) -> Grade:
    """The pmat-compatible grade of a whole file. Raises SyntaxError where `source` is not Python and no tree is given."""
    return _grade("", 1, count(tree or ast.parse(source), source))


def grade_functions(source: str, tree: ast.Module | None = None) -> list[Grade]:
    """Our own use of the same components: each function's own text, decorators included, graded as if it were a file."""
    tree = tree or ast.parse(source)
    lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    grades: list[Grade] = []
    pending: list[tuple[ast.AST, str]] = [(tree, "")]
    while pending:
        node, prefix = pending.pop()
        inner = prefix
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            inner = f"{prefix}{node.name}."
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            first = min([node.lineno, *(each.lineno for each in node.decorator_list)])
            own_text = "\n".join(lines[first - 1 : node.end_lineno])
            grades.append(_grade(f"{prefix}{node.name}", node.lineno, count(node, source, own_text)))
        pending.extend((child, inner) for child in children(node) if isinstance(child, (ast.stmt, ast.match_case)))
        pending.extend((child, inner) for child in children(node) if isinstance(child, ast.ExceptHandler))
    return sorted(grades, key=lambda grade: grade.line)


def _grade(name: str, line: int, counts: Counts) -> Grade:
    scores = {each.NAME: min(max(each.score(counts), 0.0), each.WEIGHT) for each in components()}
    raw = sum(scores.values())
    total = raw if raw <= 100.0 else raw / FULL_MARKS * 100.0
    return Grade(name, line, scores, total, letter(total))
