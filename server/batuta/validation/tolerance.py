"""How far a number of the Rust program may lie from Python's, by what the program uses.

Where nothing iterates or factorises, float64 differs in the last bits at most; an iteration or a factorisation may end some
digits earlier; the published crates compute in float32. What the catalog says of each use decides, for the program as a whole: its numbers
flow into each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from batuta.validation.compare_output import EXACT_TOLERANCE, F32_TOLERANCE, F64_TOLERANCE

if TYPE_CHECKING:
    from batuta.translate import Translation

F32_CRATES = frozenset({"aprender", "trueno"})
"""What computes in float32."""


def tolerance_of(translation: Translation) -> float:
    """The relative tolerance for the output of a translated program."""
    if F32_CRATES & {*translation.crates, *translation.features}:
        return F32_TOLERANCE
    for call in translation.calls:
        parity = getattr(call.target or call.entry, "parity", None)
        if parity is not None and parity.grade != "exact" and parity.tolerance > EXACT_TOLERANCE:
            return F64_TOLERANCE
    return EXACT_TOLERANCE
