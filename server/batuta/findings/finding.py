"""A finding: something to say about a place in the Python source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from batuta.ir.spans import Span

Severity = Literal["error", "warning", "information", "hint"]


@dataclass(frozen=True, order=True)
class Finding:
    """One message on one span. `code` has a page in docs/findings/."""

    span: Span
    code: str
    reason: str
    remedy: str
    severity: Severity = "hint"
    path: str = ""
    blocks: bool = True
    """Whether no Rust can be written while it stands."""
