"""A span: a range of the Python source. Everything that the rooms hand on points back to one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """A half-open range of the source. Lines count from 1; columns are characters (not bytes) and count from 0."""

    line: int
    column: int
    end_line: int
    end_column: int
    path: str = ""
    """The file, where it is another one than the program's own."""
