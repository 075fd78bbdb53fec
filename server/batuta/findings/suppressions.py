"""Comments that silence findings: `# batuta: ignore[BAT101]` on a line, `# batuta: ignore-file[BAT4]` for a file.

Several codes are separated by commas, and a prefix stands for its family (`BAT1`). Without brackets every code is meant. A
comment that silences nothing is itself a finding (BAT901), so that comments do not outlive their reason. Silencing hides a
message; it does not make a line translatable.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterable
from dataclasses import dataclass

from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.spans import Span

_COMMENT = re.compile(r"#\s*batuta:\s*(?P<kind>ignore-file|ignore)\b\s*(?:\[(?P<codes>[^\]]*)\])?")


@dataclass(frozen=True)
class Suppression:
    """One comment. `codes` empty: all codes. `line` 0: the whole file."""

    line: int
    codes: tuple[str, ...]
    span: Span

    def covers(self, finding: Finding) -> bool:
        """Whether the comment is about this finding."""
        on_line = self.line == 0 or finding.span.line <= self.line <= max(finding.span.line, finding.span.end_line)
        return on_line and (not self.codes or any(finding.code.startswith(code) for code in self.codes))


def read_suppressions(source: str) -> list[Suppression]:
    """The suppression comments of a file. A file that cannot be tokenised has those up to the error."""
    if "batuta:" not in source:
        return []
    found: list[Suppression] = []
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    try:
        for token in tokens:
            if token.type != tokenize.COMMENT:
                continue
            match = _COMMENT.search(token.string)
            if match is None:
                continue
            line, column = token.start
            span = Span(line, column + match.start(), line, column + match.end())
            codes = tuple(code.strip() for code in (match["codes"] or "").split(",") if code.strip())
            found.append(Suppression(0 if match["kind"] == "ignore-file" else line, codes, span))
    except (tokenize.TokenError, SyntaxError):
        pass
    return found


def apply_suppressions(source: str, findings: Iterable[Finding], path: str = "") -> list[Finding]:
    """The findings that no comment silences, and one BAT901 for each comment or code of it that silences nothing."""
    everything = list(findings)
    suppressions = read_suppressions(source)
    if not suppressions:
        return everything
    kept: list[Finding] = []
    used: set[tuple[Suppression, str]] = set()
    for finding in everything:
        silent = False
        for suppression in suppressions:
            if suppression.covers(finding):
                silent = True
                if not suppression.codes:
                    used.add((suppression, ""))
                used.update((suppression, code) for code in suppression.codes if finding.code.startswith(code))
        if not silent:
            kept.append(finding)
    for suppression in suppressions:
        for code in suppression.codes or ("",):
            if (suppression, code) in used:
                continue
            where = "in this file" if suppression.line == 0 else "on this line"
            what = f"{code} is not found {where}" if code else f"nothing is found {where}"
            kept.append(make_finding("BAT901", what, span=suppression.span, path=path))
    return sorted(kept)
