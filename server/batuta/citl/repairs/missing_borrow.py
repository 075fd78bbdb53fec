"""A value where a reference is wanted: borrow it.

## Before (E0308)
    fn total(values: &Vec<i64>) -> i64 {
        values.iter().sum()
    }

    fn program() {
        let values = vec![1i64, 2];
        py::print!("{}", total(values));
    }
## After
    fn total(values: &Vec<i64>) -> i64 {
        values.iter().sum()
    }

    fn program() {
        let values = vec![1i64, 2];
        py::print!("{}", total(&values));
    }
"""

from __future__ import annotations

from collections.abc import Sequence

from batuta.cargo.messages import RustDiagnostic
from batuta.citl.repair import Edit, Repair, in_program


def _propose(diagnostic: RustDiagnostic, lines: Sequence[str]) -> list[Edit]:
    for child in diagnostic.children:
        # Only borrows for reading: a mutable one could write where Python does not.
        if child.message == "consider borrowing here":
            return [
                Edit(span.line, span.column - 1, span.column - 1, "&")
                for span in child.spans
                if span.replacement == "&" and in_program(span)
            ]
    return []


REPAIR = Repair("missing borrow", frozenset({"E0308"}), _propose)
