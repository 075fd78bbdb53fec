"""Diagnosis → candidate repairs → compile again → keep what helps, until nothing is left or nothing helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from batuta.cargo.compile import Compiled
from batuta.citl.repair import all_repairs, apply_edits
from batuta.rust.project import Program

ROUNDS = 5
"""A second error is often hidden behind a first one; programs that needed more rounds than this were never mended."""


@dataclass(frozen=True)
class Mended:
    """The program as it stands after the loop, what rustc says about it, and the repairs that helped."""

    program: Program
    compiled: Compiled
    repairs: tuple[str, ...] = ()


def mend(program: Program, compiled: Compiled, compile_again: Callable[[Program], Compiled]) -> Mended:
    """Repairs a program that rustc rejects or warns about. Each kind of repair is tried alone, so that one that harms is left
    out."""
    applied: list[str] = []
    for _ in range(ROUNDS):
        if compiled.error or not compiled.diagnostics:
            break
        better = False
        for repair in all_repairs():
            lines = program.rust.split("\n")
            answered = [diagnostic for diagnostic in compiled.diagnostics if diagnostic.code in repair.codes]
            edits = [edit for diagnostic in answered for edit in repair.propose(diagnostic, lines)]
            if not edits:
                continue
            candidate = replace(program, rust=apply_edits(program.rust, edits))
            verdict = compile_again(candidate)
            if _weight(verdict) < _weight(compiled):
                program, compiled, better = candidate, verdict, True
                applied.append(repair.name)
        if not better:
            break
    return Mended(program, compiled, tuple(applied))


def _weight(compiled: Compiled) -> tuple[int, int]:
    """How bad it is: errors first. A failure of cargo itself is worse than any number of them."""
    if compiled.error:
        return (1_000_000, 0)
    levels = [diagnostic.level for diagnostic in compiled.diagnostics if diagnostic.spans]
    return (levels.count("error"), levels.count("warning"))
