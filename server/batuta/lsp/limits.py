"""Texts that are too large or too deep for the full analysis, found by one cheap pass before any recursive parser sees them."""

from __future__ import annotations

import re

LARGEST_BYTES = 1024 * 1024
MOST_LINES = 20_000
DEEPEST_NESTING = 100
"""Brackets inside brackets, or blocks inside blocks."""
LONGEST_EXPRESSION = 1_000
"""Operators, dots and calls chained in one expression: each makes the syntax tree one level deeper."""
LONGEST_ELIF = 200

_PIECE = re.compile(
    r"""
      (?P<string> (?P<quote>\"\"\"|'''|"|') )
    | (?P<comment> \#[^\n\r]* )
    | (?P<open> [(\[{] )
    | (?P<close> [)\]}] )
    | (?P<end> [,;:] )
    | (?P<line> (?:\r\n|\n|\r)(?P<indent>[\ \t\f]*)(?P<elif>elif\b)? )
    | (?P<operator> \*\*|//|<<|>>|[-+*/%@&|^~.<>] | \b(?:and|or|not|in|is|if|else|await|lambda)\b )
    """,
    re.VERBOSE,
)
_STRING_END = {
    quote: re.compile(
        rf"(?:\\.|(?!{quote})[^\\])*+(?:{quote}|\Z)" if len(quote) == 3 else rf"(?:\\.|[^\\\n\r{quote}])*+{quote}?", re.DOTALL
    )
    for quote in ('"""', "'''", '"', "'")
}


def too_large(source: str) -> str | None:
    """Why the text is too large, in words; None when it is not."""
    # Four bytes are the most that a character takes, so most texts need not be encoded to know.
    if len(source) * 4 > LARGEST_BYTES and len(source.encode("utf-8", "surrogatepass")) > LARGEST_BYTES:
        return f"the file is larger than {LARGEST_BYTES // 1024 // 1024} MiB"
    if source.count("\n") + source.count("\r") > MOST_LINES and len(re.findall(r"\r\n|\n|\r", source)) > MOST_LINES:
        return f"the file has more than {MOST_LINES:,} lines"
    return None


def too_deep(source: str) -> tuple[int, str] | None:
    """The line (from 1) at which the text nests too deeply, and why in words; None when it does not.

    Counts without parsing, so broken texts are measured too. The counts bound the depth of the syntax tree.
    """
    frames = [0]
    depth = 0
    indents = [0]
    elifs: dict[int, int] = {}
    line = 1
    at = 0
    while (match := _PIECE.search(source, at)) is not None:
        at = match.end()
        kind = match.lastgroup
        if match["string"]:
            ending = _STRING_END[match["quote"]].match(source, at)
            line += source.count("\n", at, ending.end()) if ending else 0
            at = ending.end() if ending else at
        elif match["open"]:
            frames.append(0)
            if len(frames) - 1 > DEEPEST_NESTING:
                return line, f"more than {DEEPEST_NESTING} brackets inside each other"
        elif match["close"]:
            if len(frames) > 1:
                depth -= frames.pop()
            frames[-1] += 1
            depth += 1
        elif match["end"]:
            depth -= frames[-1]
            frames[-1] = 0
        elif match["line"] is not None:
            line += 1
            if len(frames) == 1:
                depth -= frames[-1]
                frames[-1] = 0
                if (deep := _follow(source, match, indents, elifs)) is not None:
                    return line, deep
        elif kind == "operator":
            frames[-1] += 1
            depth += 1
        if depth > LONGEST_EXPRESSION:
            return line, f"more than {LONGEST_EXPRESSION:,} operators in one expression"
    return None


def _follow(source: str, match: re.Match[str], indents: list[int], elifs: dict[int, int]) -> str | None:
    """Follow the indentation of a new line, and the `elif` clauses by indentation; blank lines and comments do not count."""
    if source[match.end() : match.end() + 1] in ("\n", "\r", "#", ""):
        return None
    width = len(match["indent"].expandtabs(8))
    while len(indents) > 1 and indents[-1] > width:
        indents.pop()
    if width > indents[-1]:
        indents.append(width)
    if len(indents) - 1 > DEEPEST_NESTING:
        return f"more than {DEEPEST_NESTING} blocks inside each other"
    for other in [each for each in elifs if each > width or (each == width and not match["elif"])]:
        del elifs[other]
    if match["elif"]:
        elifs[width] = elifs.get(width, 0) + 1
        if elifs[width] > LONGEST_ELIF:
            return f"more than {LONGEST_ELIF} elif clauses in one statement"
    return None
