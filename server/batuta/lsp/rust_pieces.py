"""Pieces of the generated Rust: the lines that belong to some lines of Python, and whole functions."""

from __future__ import annotations

import re
import textwrap

from batuta.findings.finding import Span
from batuta.lsp.workbench import Analysis, JobFailed

_FUNCTION = re.compile(r"\s*(?:pub(?:\([a-z]+\))? )?(?:const |async |unsafe )*fn (\w+)")


def lines_of(analysis: Analysis, span: Span) -> list[int]:
    """The Rust lines (from 1) that were written for a span, in order."""
    found = {
        line
        for line, python in analysis.require().source_map
        if (python.line, python.column) < (span.end_line, span.end_column)
        and (span.line, span.column) < (python.end_line, python.end_column)
    }
    return sorted(found)


def snippet(analysis: Analysis, span: Span) -> str:
    """The Rust of a span, without its indentation. Raises JobFailed where there is none."""
    _need_rust(analysis)
    rust = analysis.rust.split("\n")
    numbers = lines_of(analysis, span)
    if not numbers:
        raise JobFailed("this place has no Rust of its own")
    lines = rust[numbers[0] - 1 : numbers[-1]]
    while len(lines) > 1 and lines[-1].strip() == "}" and sum(each.count("}") - each.count("{") for each in lines) > 0:
        # The brace that closes the block around the place belongs to its last statement in the map.
        lines.pop()
    return textwrap.dedent("\n".join(lines)) + "\n"


def function_of(analysis: Analysis, span: Span) -> str:
    """The whole Rust function that was written for a Python function. Raises JobFailed where there is none."""
    _need_rust(analysis)
    rust = analysis.rust.split("\n")
    numbers = [number for number in lines_of(analysis, span) if number <= len(rust)]
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


def _need_rust(analysis: Analysis) -> None:
    analysis.require()
    if not analysis.rust:
        first = next((finding for finding in analysis.findings if finding.blocks), None)
        why = f": {first.code} in line {first.span.line}, {first.reason}" if first else ""
        raise JobFailed(f"the file is not translated{why}")
