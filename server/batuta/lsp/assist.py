"""What a quick fix sees and what it gives back. Nothing here knows the protocol, so a quick fix is tested on plain text."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import Any

from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.lsp.workbench import Analysis

Point = tuple[int, int]
"""A line from 1 and a column in characters from 0."""


@dataclass(frozen=True)
class Offer:
    """Something that can be done here."""

    title: str
    kind: str = "quickfix"
    """A code action kind: `quickfix`, `refactor.rewrite`, …"""
    data: dict[str, Any] = field(default_factory=dict)
    """What `change` needs to know; it travels to the client and back as JSON."""
    mends: Finding | None = None
    preferred: bool = False


@dataclass(frozen=True)
class NewFile:
    """A file to create, never one to overwrite. `path` is relative to the Python file's folder, with slashes."""

    path: str
    text: str


@dataclass(frozen=True)
class Change:
    """What an offer comes to."""

    edits: tuple[tuple[Span, str], ...] = ()
    """Replacements in the Python file."""
    files: tuple[NewFile, ...] = ()


@dataclass(frozen=True)
class Selection:
    """The place in a file that a quick fix is asked about."""

    analysis: Analysis
    start: Point
    end: Point
    unasked: bool = False
    """Whether the client asks on its own while the cursor moves; only mending offers are wanted then."""

    @property
    def source(self) -> str:
        """The Python text."""
        return self.analysis.source.source

    @property
    def lines(self) -> list[str]:
        """Its lines."""
        return self.analysis.source.lines

    @property
    def writes_files(self) -> bool:
        """Whether a new file can be put beside this text: it is a file itself, and is translated, and the user asks."""
        return not self.unasked and bool(self.analysis.rust) and self.analysis.source.uri.startswith("file:")

    @property
    def stem(self) -> str:
        """The file's name without its suffix."""
        return PurePath(self.analysis.source.path).stem or "program"

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that the selection touches."""
        return tuple(finding for finding in self.analysis.shown if self.touches(finding.span))

    def touches(self, span: Span) -> bool:
        """Whether the selection and a span have a point in common."""
        return (span.line, span.column) <= self.end and self.start <= (span.end_line, span.end_column)

    @cached_property
    def call(self) -> Any:
        """The innermost mapped library call at the selection, or None."""
        calls = () if self.analysis.translation is None else self.analysis.translation.calls
        touched = [call for call in calls if self.touches(call.span)]
        return min(touched, key=lambda call: _extent(call.span), default=None)

    @cached_property
    def function(self) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
        """The innermost function around the selection's start, or None."""
        line = self.start[0]
        around = [node for node in self.analysis.functions if node.lineno <= line <= (node.end_lineno or node.lineno)]
        return max(around, key=lambda node: node.lineno, default=None)


def _extent(span: Span) -> Point:
    return span.end_line - span.line, span.end_column - span.column
