"""What values a parameter takes, and the error for others in scikit-learn's words."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from numbers import Integral, Real
from typing import Any, NamedTuple

import numpy as np

from batuta_engine.estimators.errors import InvalidParameterError, UnsupportedError


class Rule(NamedTuple):
    """One kind of value."""

    text: str
    """How an error describes it."""
    accepts: Callable[[Any], bool]
    """Whether a value is of this kind."""


def integer(low: int, high: int | None = None) -> Rule:
    """An int from `low` to `high`, both included."""
    end = "inf)" if high is None else f"{high}]"

    def accepts(value: Any) -> bool:
        return isinstance(value, Integral) and int(value) >= low and (high is None or int(value) <= high)

    return Rule(f"an int in the range [{low}, {end}", accepts)


def real(low: float, high: float = math.inf, closed: str = "left") -> Rule:
    """A number from `low` to `high`; `closed` says which ends belong to it: left, right, both or neither."""
    left, right = closed in ("left", "both"), closed in ("right", "both")
    text = f"a float in the range {'[' if left else '('}{float(low)}, {float(high)}{']' if right else ')'}"

    def accepts(value: Any) -> bool:
        if not isinstance(value, Real):
            return False
        number = float(value)
        above = number >= low if left else number > low
        return above and (number <= high if right else number < high)

    return Rule(text, accepts)


def fraction(low: float, high: float, closed: str) -> Rule:
    """A float that is no int, as shares of a whole are."""
    bounds = real(low, high, closed)
    return Rule(
        bounds.text, lambda value: isinstance(value, Real) and not isinstance(value, Integral) and bounds.accepts(value)
    )


def one_of(*names: str) -> Rule:
    """One of some texts."""
    listed = ", ".join(repr(name) for name in sorted(names))
    return Rule(f"a str among {{{listed}}}", lambda value: isinstance(value, str) and value in names)


def instance(kind: type, name: str) -> Rule:
    """An object of a class."""
    return Rule(f"an instance of '{name}'", lambda value: isinstance(value, kind))


NONE = Rule("None", lambda value: value is None)
BOOLEAN = Rule("an instance of 'bool' or an instance of 'numpy.bool'", lambda value: isinstance(value, (bool, np.bool_)))
ARRAY = Rule("an array-like", lambda value: not isinstance(value, str) and hasattr(value, "__len__"))
ANYTHING = Rule("anything", lambda value: True)
INTEGER = Rule("an instance of 'int'", lambda value: isinstance(value, Integral))
VERBOSE = (integer(0), BOOLEAN)


def is_stream(value: Any) -> bool:
    """Whether a value is a random stream, NumPy's or the engine's."""
    from batuta_engine.random import RandomState

    return isinstance(value, (np.random.RandomState, RandomState))


RANDOM_STATE = (
    integer(0, 4294967295),
    Rule("an instance of 'numpy.random.mtrand.RandomState'", is_stream),
    NONE,
)

Rules = Mapping[str, tuple[Rule, ...]]


def check(owner: str, rules: Rules, values: Mapping[str, Any]) -> None:
    """Raises InvalidParameterError for the first value that no rule accepts."""
    for name, value in values.items():
        allowed = rules.get(name)
        if allowed is None or any(rule.accepts(value) for rule in allowed):
            continue
        texts = [rule.text for rule in allowed]
        listed = texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} or {texts[-1]}"
        raise InvalidParameterError(f"The {name!r} parameter of {owner} must be {listed}. Got {value!r} instead.")


def refuse(owner: str, name: str, value: Any, allowed: tuple[Any, ...]) -> None:
    """Raises UnsupportedError where scikit-learn takes this value and the engine does not."""
    if not any(value is each or (type(value) is type(each) and value == each) for each in allowed):
        raise UnsupportedError(f"{owner} of the engine has no {name}={value!r}, only {', '.join(map(repr, allowed))}")
