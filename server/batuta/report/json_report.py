"""Findings as JSON: one object with a version, so that other programs can rely on its shape.

Lines and columns count from 1, columns in characters; the end is exclusive.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from batuta.findings.codes import CODES, page_of
from batuta.findings.finding import Finding
from batuta.report.findings_of_files import FileFindings, shown_path


def render(reports: Sequence[FileFindings], root: Path) -> str:
    """All findings as one JSON document, ended by a newline."""
    findings = [finding_object(f, shown_path(report.path, root)) for report in reports for f in report.findings]
    return json.dumps({"version": 1, "files": len(reports), "findings": findings}, indent=2, ensure_ascii=False) + "\n"


def finding_object(finding: Finding, path: str) -> dict[str, Any]:
    """One finding as plain values."""
    span = finding.span
    return {
        "path": path,
        "line": span.line,
        "column": span.column + 1,
        "endLine": span.end_line,
        "endColumn": span.end_column + 1,
        "code": finding.code,
        "title": CODES[finding.code].title if finding.code in CODES else "",
        "severity": finding.severity,
        "reason": finding.reason,
        "remedy": finding.remedy,
        "blocks": finding.blocks,
        "page": page_of(finding.code),
    }
