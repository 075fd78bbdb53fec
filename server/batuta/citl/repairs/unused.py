"""A `mut` or a semicolon that is not used: take it out, the way rustc says.

## Before (unused_mut)
    fn program() {
        let mut total = 1i64 + 2;
        py::print!("{}", total);
    }
## After
    fn program() {
        let total = 1i64 + 2;
        py::print!("{}", total);
    }
"""

from __future__ import annotations

from collections.abc import Sequence

from batuta.cargo.messages import RustDiagnostic
from batuta.citl.repair import Edit, Repair, suggested_edits


def _propose(diagnostic: RustDiagnostic, lines: Sequence[str]) -> list[Edit]:
    return suggested_edits(diagnostic)


REPAIR = Repair("unused", frozenset({"unused_mut", "redundant_semicolons"}), _propose)
