"""Have the drawing of a file left out of its Rust, with a comment that says so.

The Python is as before. What only draws, and what only feeds it, has no Rust then; each line that went is told.

## Before
    «import matplotlib.pyplot as plt»

    plt.plot([1, 2, 3])
    print("drawn")
## Finding
    BAT105 on the selection
## After
    # batuta: drop-plots
    import matplotlib.pyplot as plt

    plt.plot([1, 2, 3])
    print("drawn")
## Title
    Leave the drawing out of the Rust
"""

from __future__ import annotations

import ast

from batuta.analysis.drawing.what_draws import draws
from batuta.ir.spans import Span
from batuta.lsp.assist import Change, Offer, Selection
from batuta.python.walk import statements


def offer(selection: Selection) -> list[Offer]:
    """One offer at an import that only draws."""
    tree = selection.analysis.tree
    finding = next((each for each in selection.findings if each.code == "BAT105"), None)
    if finding is None or tree is None:
        return []
    imports = [each for each in statements(tree) if isinstance(each, ast.Import | ast.ImportFrom)]
    here = [each for each in imports if each.lineno <= finding.span.line <= (each.end_lineno or each.lineno)]
    if not any(draws(name) for each in here for name in _names(each)):
        return []
    return [Offer("Leave the drawing out of the Rust", data={"line": finding.span.line}, mends=finding, preferred=True)]


def change(selection: Selection, data: dict[str, object]) -> Change:
    """The comment above the line, as deep as it."""
    line = int(str(data["line"]))
    text = selection.lines[line - 1]
    indent = text[: len(text) - len(text.lstrip())]
    return Change(edits=((Span(line, 0, line, 0), f"{indent}# batuta: drop-plots\n"),))


def _names(node: ast.Import | ast.ImportFrom) -> list[str]:
    """The qualified names that an import brings."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [f"{node.module}.{alias.name}" for alias in node.names]
