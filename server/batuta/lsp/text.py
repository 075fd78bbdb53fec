"""A text as an editor counts it: lines end at a line feed, a carriage return, or both, and nowhere else; columns are UTF-16
code units.

Python's `str.splitlines` also cuts at form feeds and at U+2028, which are legal inside a line of Python; a server that used it
would put edits in the wrong place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from batuta.ir.spans import Span

_LINE_END = re.compile(r"\r\n|\n|\r")
_SURROGATE = re.compile("[\ud800-\udfff]")
BYTE_ORDER_MARK = "\ufeff"

Position = tuple[int, int]
"""Line and UTF-16 column, both from 0."""


@dataclass(frozen=True)
class Text:
    """An immutable text with its line index."""

    source: str

    @cached_property
    def starts(self) -> list[int]:
        """The offset at which each line starts."""
        starts = [0]
        if "\r" in self.source:
            starts.extend(match.end() for match in _LINE_END.finditer(self.source))
            return starts
        offset = 0
        for line in self.source.split("\n")[:-1]:
            offset += len(line) + 1
            starts.append(offset)
        return starts

    @property
    def line_count(self) -> int:
        """The number of lines; an empty text has one."""
        return len(self.starts)

    def line(self, number: int) -> str:
        """The line (from 0) without its end."""
        start = self.starts[number]
        end = self.starts[number + 1] if number + 1 < len(self.starts) else len(self.source)
        return self.source[start:end].rstrip("\r\n") if number + 1 < len(self.starts) else self.source[start:end]

    def offset(self, position: Position) -> int:
        """The offset of a position. Past the end of a line: the line's end; past the last line: the text's end."""
        number, character = position
        if number >= self.line_count:
            return len(self.source)
        line = self.line(number)
        return self.starts[number] + from_utf16(line, character)

    def position(self, offset: int) -> Position:
        """The position of an offset."""
        number = bisect_right(self.starts, offset) - 1
        return number, to_utf16(self.source[self.starts[number] : offset])

    def replaced(self, start: Position, end: Position, new: str) -> Text:
        """The text after an edit. A range whose end lies before its start is turned round."""
        first, last = self.offset(start), self.offset(end)
        if first > last:
            first, last = last, first
        return Text(_joined(self.source[:first], new, self.source[last:]))

    def column(self, position: Position) -> tuple[int, int]:
        """A position as findings count: line from 1, column in characters from 0."""
        number, character = position
        if number >= self.line_count:
            number, character = self.line_count - 1, 1 << 30
        column = from_utf16(self.line(number), character)
        return number + 1, column - self._mark(number)

    def range(self, span: Span) -> tuple[Position, Position]:
        """A finding's span as positions, kept inside the text."""
        return self._position(span.line, span.column), self._position(span.end_line, span.end_column)

    def _position(self, line: int, column: int) -> Position:
        number = min(max(line - 1, 0), self.line_count - 1)
        return number, to_utf16(self.line(number)[: max(column, 0) + self._mark(number)])

    def _mark(self, number: int) -> int:
        """Python's columns do not count a byte order mark, the editor's do."""
        return 1 if number == 0 and self.source.startswith(BYTE_ORDER_MARK) else 0

    def for_python(self) -> str:
        """The text as Python's parser takes it: no byte order mark, and no lone surrogates, which cannot be encoded."""
        source = self.source.removeprefix(BYTE_ORDER_MARK)
        return source if source.isascii() else _SURROGATE.sub("\ufffd", source)


def characters(line: str, byte_column: int) -> int:
    """The column in characters of one that Python's `ast` counts in UTF-8 bytes."""
    return len(line.encode("utf-8", "surrogatepass")[:byte_column].decode("utf-8", "surrogatepass"))


def to_utf16(text: str) -> int:
    """The length of a text in UTF-16 code units."""
    return len(text) if text.isascii() else len(text) + sum(character > "\uffff" for character in text)


def from_utf16(line: str, units: int) -> int:
    """The number of characters in the first `units` code units of a line. Inside a pair: before it."""
    if units <= 0:
        return 0
    if line.isascii() or units >= 2 * len(line):
        return min(units, len(line))
    for index, character in enumerate(line):
        width = 2 if character > "\uffff" else 1
        if units < width:
            return index
        units -= width
    return len(line)


def _joined(before: str, new: str, after: str) -> str:
    """The three parts as one text. Two halves of a surrogate pair that meet become the character that they stand for."""
    text = before + new + after
    for seam in (before[-1:] + (new + after)[:1], (before + new)[-1:] + after[:1]):
        if len(seam) == 2 and "\ud800" <= seam[0] <= "\udbff" and "\udc00" <= seam[1] <= "\udfff":
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    return text
