"""Silence a finding on its line with a comment.

The comment hides the message; it does not make the line translatable. An existing comment takes the further code.

## Before
    «result = eval("1 + 2")»
## After
    result = eval("1 + 2")  # batuta: ignore[BAT107]
"""

from __future__ import annotations

import io
import re
import tokenize

from batuta.ir.spans import Span
from batuta.lsp.assist import Change, Offer, Selection
from batuta.lsp.workbench import JobFailed

_COMMENT = re.compile(r"#\s*batuta:\s*ignore\[(?P<codes>[^\]]*)\]")


def offer(selection: Selection) -> list[Offer]:
    """One offer for each code at the selection."""
    offers = {}
    for finding in selection.findings:
        # A comment cannot silence what is wrong with comments, with the syntax, or with the file as a whole.
        if finding.code.startswith(("BAT0", "BAT9")):
            continue
        data = {"code": finding.code, "line": finding.span.line, "end": finding.span.end_line}
        offers[finding.code] = Offer(f"Silence {finding.code} on this line", data=data, mends=finding)
    return list(offers.values())


def change(selection: Selection, data: dict[str, object]) -> Change:
    """Append the comment to the first line of the finding that can carry one."""
    code, first, last = str(data["code"]), int(str(data["line"])), int(str(data["end"]))
    closed = _lines_that_end_a_token(selection.source)
    for number in range(first, max(first, last) + 1):
        if number not in closed or number > len(selection.lines):
            continue
        line = selection.lines[number - 1]
        if match := _COMMENT.search(line):
            at = match.end("codes")
            return Change(edits=((Span(number, at, number, at), f", {code}"),))
        bare = len(line.rstrip())
        return Change(edits=((Span(number, bare, number, len(line)), f"  # batuta: ignore[{code}]"),))
    raise JobFailed("no line of this finding can carry a comment")


def _lines_that_end_a_token(source: str) -> set[int]:
    """Lines at whose end a comment may stand: not inside a string, not before a backslash."""
    lines: set[int] = set()
    # Python's tokenizer does not know lines that end at a lone carriage return, its parser does.
    text = source.replace("\r\n", "\n").replace("\r", "\n")
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type in (tokenize.NEWLINE, tokenize.NL):
                lines.add(token.start[0])
    except (tokenize.TokenError, SyntaxError):
        pass
    return lines
