"""Python text as the rest of the project sees it: a tree, spans in characters, and the comments between the statements."""

from __future__ import annotations

import ast
import bisect
import io
import re
import tokenize
import warnings
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from batuta.findings.finding import Finding
from batuta.ir.spans import Span

_LINE_END = re.compile(r"\r\n|\n|\r")

DEEPEST_NESTING = 100
"""Brackets or blocks nested deeper than this are refused before a recursive parser sees them."""


@dataclass(frozen=True)
class Part:
    """The lines of a text that came from one file."""

    first: int
    path: str
    module: str
    """The dotted name of the module; empty for the program's own file."""
    relative: str = ""
    """Of a module: its path below the program's folder, with slashes."""
    text: str = ""
    """Of a module: its text."""
    doc: str = ""
    imported: Mapping[str, str] = field(default_factory=dict)
    """Definitions of other modules that it imports by name (qualified) → the name that they have in it."""
    held: bool = False
    """Whether it is a module of the standard library, and not a file of the program."""


_WHOLE = Part(1, "", "")


@dataclass
class Source:
    """One file, or the files of a program one after the other: the text, its syntax tree, and its comments by line."""

    text: str
    path: str = "<text>"
    tree: ast.Module = field(default_factory=lambda: ast.Module([], []))
    parts: tuple[Part, ...] = ()
    """The files, when there are several."""

    @cached_property
    def lines(self) -> list[str]:
        """The lines without their ends. Only `\\n`, `\\r\\n` and `\\r` end a line."""
        return _LINE_END.split(self.text)

    @cached_property
    def _ascii(self) -> bool:
        return self.text.isascii()

    @cached_property
    def comments(self) -> dict[int, str]:
        """Comment text by line number (from 1), without the `#`, for lines that hold nothing else."""
        found: dict[int, str] = {}
        if "#" not in self.text:
            return found
        try:
            for token in tokenize.generate_tokens(io.StringIO(self.text).readline):
                if token.type == tokenize.COMMENT and not token.line[: token.start[1]].strip():
                    found[token.start[0]] = token.string.lstrip("#").strip()
        except (tokenize.TokenError, IndentationError):
            pass
        return found

    def part_of(self, line: int) -> Part:
        """The file that a line is from."""
        position = bisect.bisect_right(self.parts, line, key=lambda part: part.first)
        return self.parts[max(position - 1, 0)] if self.parts else _WHOLE

    def locate(self, span: Span) -> Span:
        """A span of the joined text as a span of the file that it is from."""
        part = self.part_of(span.line)
        moved = part.first - 1
        if not moved:
            return span
        return Span(span.line - moved, span.column, span.end_line - moved, span.end_column, part.path)

    def span(self, node: ast.AST) -> Span:
        """The node's span in characters (`ast` counts UTF-8 bytes)."""
        line = getattr(node, "lineno", 1)
        end_line = getattr(node, "end_lineno", None) or line
        if self._ascii:
            return Span(line, getattr(node, "col_offset", 0), end_line, getattr(node, "end_col_offset", None) or 0)
        return Span(
            line,
            self._characters(line, getattr(node, "col_offset", 0)),
            end_line,
            self._characters(end_line, getattr(node, "end_col_offset", None) or 0),
        )

    def _characters(self, line: int, byte_column: int) -> int:
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        if text.isascii():
            return byte_column
        return len(text.encode("utf-8", "surrogatepass")[:byte_column].decode("utf-8", "ignore"))


def read(text: str, path: str = "<text>") -> tuple[Source, list[Finding]]:
    """Parse a file. A text that is not Python gives a finding and an empty tree; nothing is raised."""
    source = Source(text, path)
    problem = _too_deep(text)
    if problem is None:
        try:
            tree = ast.parse(text)
            # What the grammar allows and the compiler does not: `return` outside a function, `break` outside a loop, `nonlocal`
            # of nothing. Nothing is run.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(tree, "<text>", "exec", dont_inherit=True)
            source.tree = tree
            return source, []
        except SyntaxError as error:
            line = error.lineno or 1
            column = max((error.offset or 1) - 1, 0)
            span = Span(line, column, line, column + 1)
            message = error.msg
        except ValueError as error:
            span, message = Span(1, 0, 1, 1), str(error)
        except (RecursionError, MemoryError):
            span, message = Span(1, 0, 1, 1), "the program is nested too deeply to be parsed"
    else:
        span, message = problem
    finding = Finding(
        span,
        "BAT001",
        f"not valid Python: {message}",
        "Correct the syntax; nothing is translated before it parses.",
        "error",
        path,
    )
    return source, [finding]


def _too_deep(text: str) -> tuple[Span, str] | None:
    depth = deepest = 0
    for character in text:
        if character in "([{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in ")]}":
            depth -= 1
    if deepest > DEEPEST_NESTING:
        return Span(1, 0, 1, 1), f"brackets are nested {deepest} deep (the limit is {DEEPEST_NESTING})"
    for number, line in enumerate(_LINE_END.split(text), 1):
        indent = len(line) - len(line.lstrip(" \t"))
        if indent > DEEPEST_NESTING * 8:
            return Span(number, 0, number, 1), "blocks are nested too deeply"
    return None
