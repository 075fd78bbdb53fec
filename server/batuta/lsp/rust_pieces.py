"""Pieces of the generated Rust: the lines of one statement, and whole functions."""

from __future__ import annotations

import re
import textwrap

from batuta.ir.spans import Span
from batuta.lsp.workbench import Analysis, JobFailed

_FUNCTION = re.compile(r"\s*(?:pub(?:\([a-z]+\))? )?(?:const |async |unsafe )*fn (\w+)")


def statement_lines(analysis: Analysis, span: Span) -> list[int]:
    """The Rust lines (from 1) of the innermost statement around a span, as they first occur.

    A class maps to the lines of its struct, a function to its header: only the smallest part of Python around the span counts.
    One statement may be written several times, in functions that exist for several types.
    """
    entries = [entry for entry in analysis.require().source_map if not entry[1].path]
    around = [python for _, python in entries if _holds(python, span)]
    if not around:
        return []
    innermost = min(around, key=_extent)
    numbers = sorted({line for line, python in entries if _holds(innermost, python)})
    first = [numbers[0]]
    for number in numbers[1:]:
        if number - first[-1] > 2:
            break
        first.append(number)
    return first


def snippet(analysis: Analysis, span: Span) -> str:
    """The Rust of the statement around a span, without its indentation. Raises JobFailed where there is none."""
    _need_rust(analysis)
    rust = analysis.rust.split("\n")
    numbers = statement_lines(analysis, span)
    if not numbers:
        raise JobFailed("this place has no Rust of its own")
    lines = rust[numbers[0] - 1 : numbers[-1]]
    while len(lines) > 1 and not lines[-1].strip():
        lines.pop()
    while len(lines) > 1 and lines[-1].strip() == "}" and sum(each.count("}") - each.count("{") for each in lines) > 0:
        # The brace that closes the block around the place belongs to its last statement in the map.
        lines.pop()
    return textwrap.dedent("\n".join(lines)) + "\n"


def function_of(analysis: Analysis, span: Span) -> str:
    """The whole Rust function that was written for a Python function. Raises JobFailed where there is none."""
    _need_rust(analysis)
    rust = analysis.rust.split("\n")
    inside = {line for line, python in analysis.require().source_map if not python.path and _holds(span, python)}
    numbers = sorted(number for number in inside if number <= len(rust))
    for number in numbers:
        first = number - 1
        while first >= 0 and not _FUNCTION.match(rust[first]):
            first -= 1
        if first < 0:
            continue
        indent = rust[first][: len(rust[first]) - len(rust[first].lstrip())]
        last = next((line for line in range(first, len(rust)) if rust[line] == f"{indent}}}"), None)
        if last is None or last < number - 1:
            continue
        while first > 0 and rust[first - 1].lstrip().startswith(("///", "#[")):
            first -= 1
        return textwrap.dedent("\n".join(rust[first : last + 1])) + "\n"
    raise JobFailed("this function has no Rust of its own")


def _holds(outer: Span, inner: Span) -> bool:
    starts = (outer.line, outer.column) <= (inner.line, inner.column)
    return starts and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def _extent(span: Span) -> tuple[int, int]:
    return span.end_line - span.line, span.end_column - span.column


def _need_rust(analysis: Analysis) -> None:
    analysis.require()
    if not analysis.rust:
        first = next((finding for finding in analysis.findings if finding.blocks), None)
        why = f": {first.code} in line {first.span.line}, {first.reason}" if first else ""
        raise JobFailed(f"the file is not translated{why}")
