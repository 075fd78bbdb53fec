"""What rustc says about generated Rust, as findings on the Python that caused it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from batuta.cargo.compile import Compiled
from batuta.cargo.messages import RustDiagnostic
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.ir.spans import Span
from batuta.rust.project import Program

SourceMap = Sequence[tuple[int, Span]]
"""Rust line (from 1) → the Python span that it was written for, sorted by line."""


def python_span(source_map: SourceMap, line: int) -> Span | None:
    """The Python behind a Rust line: its own entry, or that of the nearest line above."""
    position = bisect_right(source_map, line, key=lambda entry: entry[0])
    return source_map[position - 1][1] if position else (source_map[0][1] if source_map else None)


def at_home(span: Span | None) -> Span | None:
    """The span without its file, for a finding that names the file itself."""
    return replace(span, path="") if span is not None else None


def map_diagnostics(
    diagnostics: Iterable[RustDiagnostic], source_map: SourceMap, program: Program, path: str = ""
) -> list[Finding]:
    """One BAT301 for each error and one BAT302 for each warning, on Python spans."""
    files = {f"src/{module.path}": (module.source_map, module.rust) for module in program.modules}
    findings = []
    for diagnostic in diagnostics:
        if diagnostic.level not in ("error", "warning") or not diagnostic.spans:
            # Closing remarks ("aborting due to 2 previous errors") have no place and say nothing new.
            continue
        primary = diagnostic.primary
        assert primary is not None
        places, rust = files.get(primary.file, (source_map, program.rust))
        lines = rust.split("\n")
        span = python_span(places, primary.line)
        shown = primary.file if primary.file in files else "the Rust"
        quoted = lines[primary.line - 1].strip() if 1 <= primary.line <= len(lines) else ""
        code = f" ({diagnostic.code})" if diagnostic.code else ""
        reason = f"rustc: {diagnostic.message}{code} in line {primary.line} of {shown}, `{quoted}`"
        kind = "BAT301" if diagnostic.level == "error" else "BAT302"
        findings.append(make_finding(kind, reason, span=at_home(span), path=(span.path if span else "") or path))
    return sorted(findings)


def compile_findings(compiled: Compiled, source_map: SourceMap, program: Program, path: str = "") -> list[Finding]:
    """All that a compilation found: rustc's messages, and cargo's own failure."""
    findings = map_diagnostics(compiled.diagnostics, source_map, program, path)
    if compiled.error and compiled.ended_by != "cancelled":
        findings.append(make_finding(compiled.code or "BAT305", compiled.error, path=path))
    return findings
