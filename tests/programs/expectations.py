"""What Python prints for a program, and which programs are known not to go through yet."""

from __future__ import annotations

from pathlib import Path

from fixtures.python_side import Outcome, Program, run_many
from fixtures.record import recorded

GAPS = Path(__file__).with_name("known_gaps.txt")
# A program may be refused at a line, rustc may say no, a limit may be met: all loud. A wrong answer is never a known gap.
LOUD = ("refused", "rejected", "limit")


def expectations(chosen: list[Program]) -> list[Outcome]:
    """As recorded beside the program, else by running it now (remembered by content)."""
    known = [recorded(each) if each.path.exists() else None for each in chosen]
    ran = iter(run_many([program for program, outcome in zip(chosen, known, strict=True) if outcome is None]))
    return [outcome if outcome is not None else next(ran) for outcome in known]


def known_gaps() -> dict[str, str]:
    """Program → verdict, from `known_gaps.txt`: the list of what is still to be done. A program that goes through leaves it."""
    gaps = {}
    for line in GAPS.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            name, verdict = line.split()[:2]
            if verdict not in LOUD:
                raise ValueError(f"{name}: {verdict} cannot be a known gap")
            gaps[name] = verdict
    return gaps
