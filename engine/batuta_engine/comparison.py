"""How far numbers are from what was expected, in words that a verdict can be made of.

The tolerances are those of the homes that arrays have: 1e-9 relative in float64 (1e-12 where nothing iterates), 1e-5 in float32.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Level = Literal["exact", "close", "statistical", "differs"]
Home = Literal["f64", "f64 direct", "f32"]

TOLERANCE: dict[str, float] = {"f64": 1e-9, "f64 direct": 1e-12, "f32": 1e-5}
"""Relative to the larger of both numbers, and to the spread of the expected ones where they are near zero."""
EXACT_ULPS = 4.0
"""Differences up to this many units in the last place are rounding in another order."""


@dataclass(frozen=True)
class Comparison:
    """What a comparison found."""

    level: Level
    absolute: float
    """The largest absolute difference; infinite where only one side is a number."""
    relative: float
    ulps: float
    """The largest difference in units in the last place of the home's type."""
    place: tuple[int, ...] | None
    """Where the largest relative difference is."""
    words: str

    @property
    def agrees(self) -> bool:
        """Whether the numbers may be called the same."""
        return self.level != "differs"


def ulp_distance(expected: Any, actual: Any, dtype: Any = np.float64) -> npt.NDArray[np.float64]:
    """How many steps of the type lie between numbers: 0 for equal ones and for two NaN, infinite where only one is finite."""
    kind = np.dtype(dtype)
    one, other = np.asarray(expected, np.float64), np.asarray(actual, np.float64)
    with np.errstate(all="ignore"):
        size = np.maximum(np.abs(one.astype(kind)), np.finfo(kind).tiny).astype(kind)
        step = np.spacing(size)
        # Above the largest number there is only infinity: the step below it is as large.
        step = np.where(np.isfinite(step), step, size - np.nextafter(size, kind.type(0))).astype(np.float64)
        found = np.abs(one - other) / step
    same = (one == other) | (np.isnan(one) & np.isnan(other))
    lost = ~same & ~(np.isfinite(one) & np.isfinite(other))
    return np.where(same, 0.0, np.where(lost, np.inf, found))


def compare(expected: Any, actual: Any, home: Home = "f64") -> Comparison:
    """Numbers against numbers: within some ULP *exact*, within the home's tolerance *close*, else *differs*.

    Raises ValueError for an unknown home. Shapes that differ are a difference.
    """
    if home not in TOLERANCE:
        raise ValueError(f"there is no home {home!r}; there are {', '.join(TOLERANCE)}")
    one, other = np.asarray(expected), np.asarray(actual)
    if one.shape != other.shape:
        return Comparison("differs", np.inf, np.inf, np.inf, None, f"the shapes are {one.shape} and {other.shape}")
    if one.size == 0:
        return Comparison("exact", 0.0, 0.0, 0.0, None, "both are empty")
    whole = one.dtype.kind in "iub" and other.dtype.kind in "iub"
    one, other = one.astype(np.float64), other.astype(np.float64)
    same = (one == other) | (np.isnan(one) & np.isnan(other))
    with np.errstate(all="ignore"):
        absolute = np.where(same, 0.0, np.abs(one - other))
        absolute = np.where(np.isnan(absolute), np.inf, absolute)
        finite = one[np.isfinite(one)]
        # A number that is zero but for rounding is measured by the size of its neighbours.
        floor = TOLERANCE[home] * float(np.max(np.abs(finite), initial=0.0))
        scale = np.maximum(np.maximum(np.abs(one), np.abs(other)), floor)
        relative = np.where(same, 0.0, np.where(np.isfinite(absolute), absolute / scale, np.inf))
    ulps = ulp_distance(one, other, np.float32 if home == "f32" else np.float64)
    at = int(np.argmax(relative))
    place = tuple(int(each) for each in np.unravel_index(at, one.shape)) if one.ndim else ()
    worst = (float(absolute.max()), float(relative.flat[at]), float(ulps.max()))
    if not worst[0]:
        return Comparison("exact", 0.0, 0.0, 0.0, None, f"all {one.size} numbers are equal")
    level: Level = "differs"
    if not whole and worst[2] <= EXACT_ULPS:
        level = "exact"
    elif not whole and worst[1] <= TOLERANCE[home]:
        level = "close"
    words = (
        f"largest difference at {place}: {one.flat[at]!r} and {other.flat[at]!r}, {worst[1]:.1e} relative, {worst[2]:.3g} ULP"
    )
    return Comparison(level, *worst, place, words)


def compare_distributions(expected: Any, actual: Any, margin: float, confidence: float = 0.95) -> Comparison:
    """Results of a seeded algorithm over many seeds, against those of another implementation.

    Two one-sided t tests (Schuirmann 1987) with Welch's degrees of freedom: *statistical* where the difference of the means lies within
    `margin` with the stated confidence, else *differs* (which also says that there are too few results to tell). Raises ValueError.
    """
    one, other = np.asarray(expected, np.float64).ravel(), np.asarray(actual, np.float64).ravel()
    if min(one.size, other.size) < 2:
        raise ValueError("distributions are compared by at least two results on each side")
    if margin <= 0.0:
        raise ValueError("the margin is how far the means may be apart; it must be positive")
    from scipy import stats

    difference = float(other.mean() - one.mean())
    parts = [each.var(ddof=1) / each.size for each in (one, other)]
    error = float(np.sqrt(sum(parts)))
    if error == 0.0:
        inside = abs(difference) <= margin
        reach = 0.0
    else:
        freedom = sum(parts) ** 2 / sum(
            part**2 / (each.size - 1) for part, each in zip(parts, (one, other), strict=True) if part
        )
        reach = float(stats.t.ppf(confidence, freedom)) * error
        inside = abs(difference) + reach <= margin
    words = f"the means differ by {difference:.3g} ± {reach:.2g}; {margin:.3g} is allowed"
    relative = abs(difference) / abs(float(one.mean())) if one.mean() else np.inf
    return Comparison("statistical" if inside else "differs", abs(difference), relative, np.inf, None, words)
