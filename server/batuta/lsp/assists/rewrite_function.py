"""Write the Rust of one function into a new file.

The Python file stays as it is.

## Before
    def «double»(x: float) -> float:
        return x * 2

    print(double(1.5))
## Creates
    program_double.rs
"""

from __future__ import annotations

from batuta.ir.spans import Span
from batuta.lsp.assist import Change, NewFile, Offer, Selection
from batuta.lsp.rust_pieces import function_of


def offer(selection: Selection) -> list[Offer]:
    """For a function of a file that is translated."""
    function = selection.function
    if not selection.writes_files or function is None:
        return []
    span = Span(function.lineno, 0, function.end_lineno or function.lineno, 0)
    if any(each.code == "BAT205" and each.span.line == span.line for each in selection.analysis.findings):
        # Nothing uses it and nothing says its types: the Rust does not hold it.
        return []
    data = {"name": function.name, "first": function.lineno, "last": function.end_lineno or function.lineno}
    return [Offer(f"Rewrite the function {function.name} to Rust…", "refactor.rewrite", data)]


def change(selection: Selection, data: dict[str, int | str]) -> Change:
    """One new file beside the Python file."""
    name, first, last = str(data["name"]), int(data["first"]), int(data["last"])
    span = Span(first, 0, last, len(selection.lines[last - 1]))
    text = f"// The function {name} of {selection.stem}.py.\n\n{function_of(selection.analysis, span)}"
    return Change(files=(NewFile(f"{selection.stem}_{name}.rs", text),))
