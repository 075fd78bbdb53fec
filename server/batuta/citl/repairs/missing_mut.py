"""A variable that is changed but not declared `mut`: declare it.

## Before (E0384)
    fn program() {
        let total = 1i64;
        py::print!("{}", total);
        total = 2;
        py::print!("{}", total);
    }
## After
    fn program() {
        let mut total = 1i64;
        py::print!("{}", total);
        total = 2;
        py::print!("{}", total);
    }
"""

from __future__ import annotations

from collections.abc import Sequence

from batuta.cargo.messages import RustDiagnostic
from batuta.citl.repair import Edit, Repair, in_program


def _propose(diagnostic: RustDiagnostic, lines: Sequence[str]) -> list[Edit]:
    edits = []
    for child in diagnostic.children:
        for span in child.spans:
            if span.replacement == "mut " and in_program(span):
                edits.append(Edit(span.line, span.column - 1, span.end_column - 1, "mut "))
    return edits


REPAIR = Repair("missing mut", frozenset({"E0384", "E0596", "E0594"}), _propose)
