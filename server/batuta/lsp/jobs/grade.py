"""The technical debt grade of a document and of its functions, and how much of it will translate."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from batuta.lsp.workbench import JobFailed, Workbench
from batuta.quality import Grade, grade_file, grade_functions, measure_readiness


def run(bench: Workbench, parameters: dict[str, Any], cancel: threading.Event, report: Callable[[dict[str, Any]], None]) -> Any:
    """See docs/reference/protocol.md, request `batuta/grade`."""
    analysis = bench.analysis(parameters)
    if analysis.tree is None:
        raise JobFailed(f"no grade: {analysis.findings[0].reason}")
    text = analysis.source.source
    readiness = measure_readiness(analysis.tree, analysis.findings, text)
    return {
        "file": _grade(grade_file(text, analysis.tree)),
        "functions": [_grade(grade) for grade in grade_functions(text, analysis.tree)],
        "readiness": {
            "share": readiness.share,
            "statements": readiness.statements,
            "blocked": readiness.blocked,
            "title": readiness.title,
            "obstacles": [{"code": code, "count": count, "reason": reason} for code, count, reason in readiness.obstacles],
        },
    }


def _grade(grade: Grade) -> dict[str, Any]:
    return {
        "name": grade.name,
        "line": grade.line,
        "total": round(grade.total, 2),
        "letter": grade.letter,
        "components": {name: round(score, 2) for name, score in grade.scores.items()},
    }
