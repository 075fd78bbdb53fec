"""The readiness of a file: the share of its statements that will translate, and what stands in the way.

Unlike the technical debt grade it is monotonic: taking an obstacle away never lowers it, and only a file without obstacles has
all.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from batuta.findings.finding import Finding


@dataclass(frozen=True)
class Readiness:
    """How much of a file will translate."""

    statements: int
    blocked: int
    """Statements that contain the start of at least one blocking finding."""
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


def measure_readiness(tree: ast.Module, findings: Iterable[Finding]) -> Readiness:
    """Measure a parsed file with its findings.

    A finding blocks the innermost statement that holds its first line and column; one outside every statement blocks the first.
    """
    blocking = [finding for finding in findings if finding.blocks]
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    blocked: set[int] = set()
    for finding in blocking:
        holders = [node for node in statements if _first_line(node) <= finding.span.line <= (node.end_lineno or node.lineno)]
        if holders:
            blocked.add(
                id(min(holders, key=lambda node: ((node.end_lineno or node.lineno) - _first_line(node), -node.col_offset)))
            )
        elif statements:
            blocked.add(id(statements[0]))
    frequency = Counter(finding.code for finding in blocking)
    reasons = {finding.code: finding.reason for finding in reversed(blocking)}
    obstacles = tuple(
        (code, number, reasons[code]) for code, number in sorted(frequency.items(), key=lambda each: (-each[1], each[0]))
    )
    return Readiness(len(statements), len(blocked), obstacles)


def _first_line(node: ast.stmt) -> int:
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])
