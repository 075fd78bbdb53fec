"""What a repair is, and the edits that it proposes."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from batuta.cargo.messages import RustDiagnostic, RustSpan


@dataclass(frozen=True)
class Edit:
    """Text in place of a span of one line. Lines stay lines, so that the source map stays right."""

    line: int
    """From 1."""
    start: int
    """Characters before it in the line."""
    end: int
    text: str


@dataclass(frozen=True)
class Repair:
    """One kind of repair: a file in `repairs/` with one variable `REPAIR`."""

    name: str
    codes: frozenset[str]
    """rustc's codes and names of lints that it answers."""
    propose: Callable[[RustDiagnostic, Sequence[str]], list[Edit]]
    """From a diagnostic and the program's lines to edits; empty when it has none."""


@cache
def all_repairs() -> tuple[Repair, ...]:
    """The repairs, in the order of their files' names."""
    from batuta.citl import repairs

    names = sorted(module.name for module in pkgutil.iter_modules(repairs.__path__))
    return tuple(importlib.import_module(f"batuta.citl.repairs.{name}").REPAIR for name in names)


def suggested_edits(diagnostic: RustDiagnostic) -> list[Edit]:
    """The edits of rustc's own suggestions for a diagnostic that stay in one line of the program."""
    edits = []
    for child in (diagnostic, *diagnostic.children):
        for span in child.spans:
            if span.replacement is not None and span.machine_applicable:
                elsewhere = diagnostic.primary is not None and span.file != diagnostic.primary.file
                if span.line != span.end_line or "\n" in span.replacement or not in_program(span) or elsewhere:
                    return []
                edits.append(Edit(span.line, span.column - 1, span.end_column - 1, span.replacement))
    return edits


def in_program(span: RustSpan) -> bool:
    """Whether a span lies in the program's own text, not in the runtime crate."""
    return span.file.startswith("src/") or span.file == "main.rs"


def apply_edits(rust: str, edits: Iterable[Edit]) -> str:
    """The text with the edits. Of edits that overlap, the first in the text wins; the next round sees the rest."""
    lines = rust.split("\n")
    chosen: list[Edit] = []
    for edit in sorted(set(edits), key=lambda edit: (edit.line, edit.start, edit.end)):
        last = chosen[-1] if chosen else None
        if last is None or last.line != edit.line or last.end <= edit.start:
            chosen.append(edit)
    for edit in reversed(chosen):
        line = lines[edit.line - 1]
        lines[edit.line - 1] = line[: edit.start] + edit.text + line[edit.end :]
    return "\n".join(lines)
