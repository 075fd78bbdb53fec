"""The kinds of values that leaving out a drawing tells apart, and what is one or the other."""

from __future__ import annotations

from typing import Any, cast

Kind = tuple[Any, ...]
NOTHING: Kind = ("nothing",)
NONE: Kind = ("none",)
DRAWN: Kind = ("drawn",)
PLAIN: Kind = ("plain",)
OTHER: Kind = ("other",)
MIXED: Kind = ("mixed",)
"""Sometimes from the drawing, sometimes not."""
DEEPEST = 4


def tuple_of(kinds: list[Kind]) -> Kind:
    """A tuple of these kinds."""
    return ("tuple", tuple(kinds)) if not all(each == DRAWN for each in kinds) or not kinds else DRAWN


def items_of(kind: Kind) -> Kind:
    """A collection of such items."""
    return DRAWN if kind == DRAWN else ("items", kind)


def join(left: Kind, right: Kind, depth: int = 0) -> Kind:
    """What is one or the other."""
    if left == right or right == NOTHING:
        return left
    if left == NOTHING:
        return right
    if depth > DEEPEST:
        return OTHER
    for one, other in ((left, right), (right, left)):
        if one == NONE:
            return other if other in (DRAWN, PLAIN, MIXED) else OTHER if not has_drawn(other) else other
        if one == ("items", NOTHING) and other == DRAWN:
            return DRAWN
    if left[0] == right[0] == "tuple" and len(left[1]) == len(right[1]):
        return tuple_of([join(a, b, depth + 1) for a, b in zip(left[1], right[1], strict=True)])
    if left[0] == right[0] == "items":
        return items_of(join(left[1], right[1], depth + 1))
    if left[0] == right[0] == "dict":
        return ("dict", join(left[1], right[1], depth + 1), join(left[2], right[2], depth + 1))
    return MIXED if has_drawn(left) or has_drawn(right) else OTHER


def has_drawn(kind: Kind) -> bool:
    """Whether a value is, or holds, something of the drawing."""
    return kind in (DRAWN, MIXED) or any(has_drawn(each) for part in kind[1:] for each in (part if _many(part) else (part,)))


def _many(part: object) -> bool:
    return isinstance(part, tuple) and bool(part) and not isinstance(part[0], str)


def element(kind: Kind) -> Kind:
    """What an iteration over such a value gives."""
    if kind[0] == "items":
        return cast(Kind, kind[1])
    if kind[0] == "dict":
        return cast(Kind, kind[1])
    if kind[0] == "tuple":
        found = NOTHING
        for each in kind[1]:
            found = join(found, each)
        return found
    return kind if kind in (DRAWN, MIXED, NOTHING) else PLAIN if kind == PLAIN else OTHER
