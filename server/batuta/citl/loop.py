"""Diagnosis → candidate repairs → compile again → keep what helps, until nothing is left or nothing helps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from batuta.cargo.compile import Compiled
from batuta.citl.repair import Repair, all_repairs, apply_edits
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
            candidate = _edited(program, repair, compiled)
            if candidate is None:
                continue
            verdict = compile_again(candidate)
            if _weight(verdict) < _weight(compiled):
                program, compiled, better = candidate, verdict, True
                applied.append(repair.name)
        if not better:
            break
    return Mended(program, compiled, tuple(applied))


def _edited(program: Program, repair: Repair, compiled: Compiled) -> Program | None:
    """The program with the edits that a repair proposes for any of its files; None when there are none."""
    texts = {f"src/{module.path}": module.rust for module in program.modules}
    changed: dict[str, str] = {}
    for file, rust in [("", program.rust), *texts.items()]:
        answered = [
            each
            for each in compiled.diagnostics
            if each.code in repair.codes and (each.primary.file if each.primary and each.primary.file in texts else "") == file
        ]
        edits = [edit for diagnostic in answered for edit in repair.propose(diagnostic, rust.split("\n"))]
        if edits:
            changed[file] = apply_edits(rust, edits)
    if not changed:
        return None
    modules = tuple(replace(each, rust=changed.get(f"src/{each.path}", each.rust)) for each in program.modules)
    return replace(program, rust=changed.get("", program.rust), modules=modules)


def _weight(compiled: Compiled) -> tuple[int, int]:
    """How bad it is: errors first. A failure of cargo itself is worse than any number of them."""
    if compiled.error:
        return (1_000_000, 0)
    levels = [diagnostic.level for diagnostic in compiled.diagnostics if diagnostic.spans]
    return (levels.count("error"), levels.count("warning"))
