"""Findings as SARIF 2.1.0, the format that code-scanning services read.

Columns are characters (`columnKind: unicodeCodePoints`), counted from 1. Each result has a fingerprint made of the code, the
path and the text of the line, so that a service recognises it after lines have moved.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from batuta import __version__
from batuta.findings.codes import CODES, Code
from batuta.findings.finding import Finding, Severity
from batuta.report.findings_of_files import FileFindings, shown_path, source_lines

_LEVELS: dict[Severity, str] = {"error": "error", "warning": "warning", "information": "note", "hint": "note"}


def render(reports: Sequence[FileFindings], root: Path) -> str:
    """One SARIF log with one run, ended by a newline."""
    codes = sorted({finding.code for report in reports for finding in report.findings})
    index = {code: position for position, code in enumerate(codes)}
    results: list[dict[str, Any]] = []
    for report in reports:
        lines = source_lines(report.source)
        path = shown_path(report.path, root)
        results.extend(_result(finding, path, lines, index) for finding in report.findings)
    run = {
        "tool": {"driver": {"name": "batuta", "semanticVersion": __version__, "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"version": "2.1.0", "runs": [run]}, indent=2, ensure_ascii=False) + "\n"


def _rule(code: str) -> dict[str, Any]:
    entry = CODES.get(code) or Code(code, code, code, "", "")
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in entry.title.split()),
        "shortDescription": {"text": entry.title},
        "fullDescription": {"text": entry.explanation},
        "help": {"text": f"{entry.remedy} See {entry.page}."},
        "defaultConfiguration": {"level": _LEVELS[entry.severity]},
    }


def _result(finding: Finding, path: str, lines: Sequence[str], index: dict[str, int]) -> dict[str, Any]:
    span = finding.span
    text = lines[span.line - 1].strip() if 1 <= span.line <= len(lines) else ""
    print_of = hashlib.sha256(f"{finding.code}\0{path}\0{text}".encode()).hexdigest()[:32]
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.reason}. {finding.remedy}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(path)},
                    "region": {
                        "startLine": span.line,
                        "startColumn": span.column + 1,
                        "endLine": span.end_line,
                        "endColumn": span.end_column + 1,
                    },
                }
            }
        ],
        "partialFingerprints": {"batuta/line/v1": print_of},
    }
