"""Why a call does not fit what is mapped: a parameter that the library does not have, or one that is only not translated."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from batuta.catalog.signature import BindingProblem, Signature
from batuta.python.library_signatures import parameters_of


def explain_misfit(qualified: str, problem: BindingProblem, forms: Iterable[Signature]) -> tuple[str, str, str]:
    """Code, reason and remedy for a call of a library that fits none of an entry's forms."""
    name = problem.keyword
    if not name or not problem.reason.startswith("it has no parameter"):
        return "BAT102", problem.reason, "Pass arguments that it has."
    mapped = {parameter.name for form in forms for parameter in form.parameters}
    real = parameters_of(qualified)
    if real is not None and (name in real or "kwargs" in real):
        reason = f"the parameter `{name}` is not translated"
        return "BAT103", reason, "Leave it out if its default is right for you, or keep this part in Python."
    near = difflib.get_close_matches(name, sorted(real or mapped), 1, cutoff=0.6)
    if near:
        return "BAT102", problem.reason, f"Did you mean `{near[0]}`?"
    return "BAT102", problem.reason, f"It has {', '.join(f'`{each}`' for each in sorted(real or mapped)) or 'none'}."
