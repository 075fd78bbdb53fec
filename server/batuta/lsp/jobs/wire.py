"""Findings and spans as JSON, between the worker and the server."""

from __future__ import annotations

from typing import Any

from batuta.findings.finding import Finding
from batuta.ir.spans import Span


def span_out(span: Span) -> list[int]:
    """A span as four numbers."""
    return [span.line, span.column, span.end_line, span.end_column]


def span_in(numbers: list[int]) -> Span:
    """Four numbers as a span."""
    line, column, end_line, end_column = numbers
    return Span(line, column, end_line, end_column)


def finding_out(finding: Finding) -> dict[str, Any]:
    """A finding as a JSON object."""
    return {
        "span": span_out(finding.span),
        "code": finding.code,
        "reason": finding.reason,
        "remedy": finding.remedy,
        "severity": finding.severity,
        "blocks": finding.blocks,
    }


def finding_in(values: dict[str, Any]) -> Finding:
    """A JSON object as a finding."""
    return Finding(
        span_in(values["span"]),
        values["code"],
        values["reason"],
        values["remedy"],
        values["severity"],
        blocks=values["blocks"],
    )
