"""Write the Rust of one mapped call, with the statement that it stands in, into a new file.

The Python file stays as it is.

## Before
    import math

    print(«math.sqrt(2.0)»)
## Creates
    program_line_3.rs
"""

from __future__ import annotations

from batuta.ir.spans import Span
from batuta.lsp.assist import Change, NewFile, Offer, Selection
from batuta.lsp.rust_pieces import snippet, statement_lines


def offer(selection: Selection) -> list[Offer]:
    """For a mapped call of a file that is translated."""
    if not selection.writes_files or selection.call is None:
        return []
    span = selection.call.span
    if not statement_lines(selection.analysis, span):
        # What a module of the standard library brings stands in a file of its own.
        return []
    data = {"span": [span.line, span.column, span.end_line, span.end_column]}
    return [Offer(f"Rewrite this call of {selection.call.entry.name} to Rust…", "refactor.rewrite", data)]


def change(selection: Selection, data: dict[str, list[int]]) -> Change:
    """One new file beside the Python file."""
    line, column, end_line, end_column = data["span"]
    span = Span(line, column, end_line, end_column)
    python = "\n".join(selection.lines[span.line - 1 : span.end_line])
    quoted = "".join(f"// {line}\n" for line in python.split("\n"))
    text = f"// Line {span.line} of {selection.stem}.py:\n{quoted}\n{snippet(selection.analysis, span)}"
    return Change(files=(NewFile(f"{selection.stem}_line_{span.line}.rs", text),))
