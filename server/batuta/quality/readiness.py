"""The readiness of a file: the share of its statements that will translate, and what stands in the way.

Unlike the technical debt grade it is monotonic: another finding never raises it, taking away a finding or a blocked statement
never lowers it, and only a file without obstacles has all.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from batuta.findings.finding import Finding
from batuta.python.walk import children, walk


@dataclass(frozen=True)
class Readiness:
    """How much of a file will translate."""

    statements: int
    blocked: int
    """Statements in which a blocking finding starts, with what is inside them."""
    obstacles: tuple[tuple[str, int, str], ...]
    """Code, number of findings, and the first one's reason; the most frequent first."""

    @property
    def share(self) -> float:
        """From 0 to 1. An empty file is ready."""
        return 1.0 if self.statements == 0 else (self.statements - self.blocked) / self.statements

    @property
    def title(self) -> str:
        """`87 % of 46 statements translate`. Rounds down: only a file without obstacles reads 100."""
        return f"{int(self.share * 100)} % of {self.statements} statements translate"


def measure_readiness(tree: ast.Module, findings: Iterable[Finding], source: str) -> Readiness:
    """Measure a parsed file with its findings.

    A finding blocks the innermost statement that holds its start, and what is inside that statement: the body of a loop that
    cannot be translated has nowhere to stand. One outside every statement blocks the first.
    """
    blocking = [finding for finding in findings if finding.blocks]
    statements = _Statements(tree, source)
    blocked: set[ast.stmt] = set()
    for place in {(finding.span.line, finding.span.column) for finding in blocking}:
        holder = statements.around(place)
        if holder is not None and holder not in blocked:
            blocked.update(node for node in walk(holder) if isinstance(node, ast.stmt))
    frequency = Counter(finding.code for finding in blocking)
    reasons = {finding.code: finding.reason for finding in reversed(blocking)}
    obstacles = tuple(
        (code, number, reasons[code]) for code, number in sorted(frequency.items(), key=lambda each: (-each[1], each[0]))
    )
    return Readiness(statements.number, len(blocked), obstacles)


class _Statements:
    """The statements of a file in the order of the text, to be found by a place in it."""

    def __init__(self, tree: ast.Module, source: str) -> None:
        self._lines = source.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        found = [node for node in walk(tree) if isinstance(node, ast.stmt)]
        self.number = len(found)
        self._top = tree.body

    def around(self, place: tuple[int, int]) -> ast.stmt | None:
        """The innermost statement that holds a place; the first of the file for a place that none holds."""
        inside: list[ast.stmt] = self._top
        holder: ast.stmt | None = None
        while (found := next((node for node in inside if self._holds(node, place)), None)) is not None:
            holder, inside = found, _inside(found)
        return holder or (self._top[0] if self._top else None)

    def _holds(self, node: ast.stmt, place: tuple[int, int]) -> bool:
        decorators: list[ast.expr] = getattr(node, "decorator_list", [])
        first = min(decorators, key=lambda each: each.lineno, default=node)
        end = node.end_lineno or node.lineno
        # A decorator's own column is behind its `@`.
        start = (first.lineno, 0 if decorators else self._characters(first.lineno, first.col_offset))
        return start <= place < (end, self._characters(end, node.end_col_offset or 0) or 1)

    def _characters(self, line: int, byte_column: int) -> int:
        text = self._lines[line - 1] if line <= len(self._lines) else ""
        if text.isascii():
            return byte_column
        return len(text.encode("utf-8", "surrogatepass")[:byte_column].decode("utf-8", "ignore"))


def _inside(node: ast.AST) -> list[ast.stmt]:
    """The statements directly inside one, those of its handlers and cases included."""
    found: list[ast.stmt] = []
    for child in children(node):
        if isinstance(child, ast.stmt):
            found.append(child)
        elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
            found.extend(_inside(child))
    return found
