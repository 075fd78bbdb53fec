"""Whether two random programs give numbers of the same distribution: the report for targets that are equal only statistically.

A forest of another crate cannot draw scikit-learn's trees, but over many seeds its accuracy should be distributed as
scikit-learn's. Both sides are run with the same seeds; the two samples are compared with two tests that look at different
things: Kolmogorov–Smirnov (any difference of the distributions) and Mann–Whitney (one side larger than the other). A
difference is stated when either gives a probability below `alpha`. With 30 seeds a shift of about one standard deviation is
found; smaller ones may pass, so the report also shows both samples' means, deviations and ranges.

scipy is needed; it is imported when a comparison is made.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

ALPHA = 0.01
"""Two tests for each number: this keeps false alarms rare over a table of a dozen numbers."""

Verdict = Literal["equivalent", "different", "not compared"]


@dataclass(frozen=True)
class Sample:
    """The numbers of one side, described."""

    count: int
    mean: float
    deviation: float
    least: float
    greatest: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Sample:
        """Describe numbers; there must be at least one."""
        if not all(map(math.isfinite, values)):
            return cls(len(values), math.nan, math.nan, math.nan, math.nan)
        deviation = statistics.stdev(values) if len(values) > 1 else 0.0
        return cls(len(values), statistics.fmean(values), deviation, min(values), max(values))


@dataclass(frozen=True)
class Equivalence:
    """The comparison of one number over the seeds."""

    name: str
    python: Sample
    rust: Sample
    kolmogorov: float
    """Probability of so large a distance between the distributions if they are the same."""
    mann_whitney: float
    """Probability of so large a shift if there is none."""
    alpha: float
    verdict: Verdict


@dataclass(frozen=True)
class EquivalenceReport:
    """All numbers of one program or estimator."""

    title: str
    seeds: int
    results: tuple[Equivalence, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst of the results; nothing compared is never equivalence."""
        found = {each.verdict for each in self.results}
        if not found or "not compared" in found:
            return "not compared"
        return "different" if "different" in found else "equivalent"

    def markdown(self) -> str:
        """The report as a Markdown table."""
        lines = [
            f"## {self.title}",
            "",
            f"{self.seeds} seeds on each side; a difference is stated when a test gives a probability below "
            f"{self.results[0].alpha if self.results else ALPHA}. Verdict: **{self.verdict}**.",
            "",
            "| number | Python mean ± s (range) | Rust mean ± s (range) | Kolmogorov–Smirnov p | Mann–Whitney p | verdict |",
            "|---|---|---|---|---|---|",
        ]
        for each in self.results:
            lines.append(
                f"| {each.name} | {_show(each.python)} | {_show(each.rust)} | {each.kolmogorov:.3f} | "
                f"{each.mann_whitney:.3f} | "
                f"{each.verdict} |"
            )
        return "\n".join(lines) + "\n"


def _show(sample: Sample) -> str:
    return f"{sample.mean:.5g} ± {sample.deviation:.2g} ({sample.least:.5g} to {sample.greatest:.5g})"


def compare_samples(
    name: str, python: Sequence[float], rust: Sequence[float], alpha: float = ALPHA, tolerance: float = 0.0
) -> Equivalence:
    """Compare the numbers of both sides. Fewer than 8 numbers on a side, or one that is not finite, are not compared.

    A number that lies within `tolerance` (relative) of one of Python's counts as that one: the rounding of float32 is no difference of
    distributions. Raises ImportError without scipy, ValueError for an empty side.
    """
    if not python or not rust:
        raise ValueError(f"{name}: no numbers to compare")
    ours, theirs = Sample.of(python), Sample.of(rust)
    rust = [_rounded(each, python, tolerance) for each in rust]
    if min(len(python), len(rust)) < 8 or not all(map(math.isfinite, [*python, *rust])):
        return Equivalence(name, ours, theirs, math.nan, math.nan, alpha, "not compared")
    if set(python) == set(rust) and len(set(python)) == 1:
        return Equivalence(name, ours, theirs, 1.0, 1.0, alpha, "equivalent")
    from scipy import stats

    kolmogorov = float(stats.ks_2samp(python, rust).pvalue)
    mann_whitney = float(stats.mannwhitneyu(python, rust, alternative="two-sided").pvalue)
    verdict: Verdict = "different" if min(kolmogorov, mann_whitney) < alpha else "equivalent"
    return Equivalence(name, ours, theirs, kolmogorov, mann_whitney, alpha, verdict)


def _rounded(value: float, python: Sequence[float], tolerance: float) -> float:
    if not tolerance or not math.isfinite(value):
        return value
    nearest = min(python, key=lambda each: abs(each - value))
    return nearest if abs(nearest - value) <= tolerance * abs(nearest) else value


def equivalence_report(
    title: str,
    numbers: dict[str, tuple[Sequence[float], Sequence[float]]],
    alpha: float = ALPHA,
    tolerance: float = 0.0,
) -> EquivalenceReport:
    """Compare several numbers: name → (Python's values over the seeds, Rust's)."""
    results = tuple(compare_samples(name, python, rust, alpha, tolerance) for name, (python, rust) in numbers.items())
    seeds = min((min(each.python.count, each.rust.count) for each in results), default=0)
    return EquivalenceReport(title, seeds, results)
