"""Remove a function, method or class that nothing in the program uses.

Comments directly above it go with it; a class whose last method goes keeps a `pass`.

## Before
    class Circle:
        def __init__(self, radius):
            self.radius = radius

        # Nobody wants this.
        def «scaled»(self, factor):
            return self.radius * factor


    print(Circle(2.0).radius)
## After
    class Circle:
        def __init__(self, radius):
            self.radius = radius


    print(Circle(2.0).radius)
## Title
    Remove `scaled`, which nothing uses
"""

from __future__ import annotations

from batuta.ir.spans import Span
from batuta.lsp.assist import Change, Offer, Selection
from batuta.lsp.workbench import JobFailed
from batuta.python.remove_definition import remove_definition


def offer(selection: Selection) -> list[Offer]:
    """One offer at the name of a definition that is left out of the Rust."""
    finding = next((each for each in selection.findings if each.code == "BAT205"), None)
    if finding is None:
        return []
    span = finding.span
    line = selection.lines[span.line - 1]
    name = line[span.column : span.end_column]
    if line[: span.column].split()[-1:] not in (["def"], ["class"]):
        # A class that a call makes, such as `namedtuple(…)`, is no statement of its own.
        return []
    return [Offer(f"Remove `{name}`, which nothing uses", data={"name": name, "line": span.line}, mends=finding)]


def change(selection: Selection, data: dict[str, object]) -> Change:
    """Take the definition out of its statement at the top level."""
    tree, lines = selection.analysis.tree, selection.lines
    removed = remove_definition(tree, lines, int(str(data["line"])), str(data["name"])) if tree is not None else None
    if removed is None:
        raise JobFailed(f"`{data['name']}` is not there any more")
    text = removed.text.replace("\n", "\r\n") if "\r\n" in selection.source else removed.text
    if removed.last < len(lines):
        return Change(edits=((Span(removed.first, 0, removed.last + 1, 0), text),))
    end = len(lines[removed.last - 1])
    return Change(edits=((Span(removed.first, 0, removed.last, end), text.rstrip("\r\n")),))
