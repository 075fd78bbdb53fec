"""The evidence for a translation, in one object: compiled, compared, timed.

Quick-fix titles, hovers, code lenses, reports and SARIF all print from it. It imports nothing heavy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["identical", "same", "differs", "not compared"]
"""`identical`: equal bytes. `same`: numbers differ within the tolerance, all else is equal. A comparison of no value is not
compared."""


@dataclass(frozen=True)
class CompiledEvidence:
    """That rustc accepted it."""

    rustc: str
    """The line of `rustc --version`."""
    profile: str
    pins: Mapping[str, str]
    """Crate → exact version, for the crates that the program uses."""
    warnings: int = 0
    seconds: float = 0.0


@dataclass(frozen=True)
class ComparedEvidence:
    """What running both sides on the same input showed."""

    inputs: str
    """The input in words: arguments, stdin, data files."""
    verdict: Verdict
    tolerance: float
    numbers: int = 0
    different_numbers: int = 0
    largest_absolute: float = 0.0
    largest_relative: float = 0.0
    largest_ulps: int = 0
    output_bytes: int = 0
    """Length of the Python program's stdout."""
    exit_code: int = 0
    exception: str = ""
    """The class of the uncaught exception of both sides, "" when there was none."""
    files: tuple[str, ...] = ()
    """Files that both wrote."""
    reason: str = ""
    """For `differs` and `not compared`: why, in words."""


@dataclass(frozen=True)
class TimedEvidence:
    """One run of each side; `make bench` measures with statistics."""

    python_seconds: float
    rust_seconds: float

    @property
    def ratio(self) -> float:
        """How many times as fast the Rust ran, start-up of both included."""
        return self.python_seconds / self.rust_seconds if self.rust_seconds > 0 else 0.0


@dataclass(frozen=True)
class Proof:
    """All evidence for one program. A part that was not done is None."""

    program: str
    compiled: CompiledEvidence | None = None
    compared: ComparedEvidence | None = None
    timed: TimedEvidence | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict of the comparison; without one, `not compared`."""
        return self.compared.verdict if self.compared else "not compared"

    def sentence(self) -> str:
        """The whole in one line of words, for titles and hovers."""
        parts = []
        if self.compiled:
            warnings = f", {self.compiled.warnings} warnings" if self.compiled.warnings else ""
            parts.append(f"compiled ({' '.join(self.compiled.rustc.split()[:2])}, {self.compiled.profile}{warnings})")
        else:
            parts.append("not compiled")
        if self.compared is None:
            parts.append("not compared")
        elif self.compared.verdict == "identical":
            parts.append(
                f"output identical ({_count(self.compared.numbers, 'number')}, {_count(self.compared.output_bytes, 'byte')})"
            )
        elif self.compared.verdict == "same":
            parts.append(
                f"output the same: {self.compared.different_numbers} of {_count(self.compared.numbers, 'number')} differ, "
                f"by at most {self.compared.largest_relative:.1e} relative ({self.compared.largest_ulps:,} ULPs)"
            )
        else:
            parts.append(f"{self.compared.verdict}: {self.compared.reason}")
        if self.compared and self.verdict in ("identical", "same"):
            if self.compared.files:
                parts.append(f"{_count(len(self.compared.files), 'written file')} compared")
            if self.compared.exception:
                parts.append(f"both end with {self.compared.exception}")
        if self.timed:
            parts.append(f"{self.timed.ratio:.3g}x as fast as Python in one run")
        return "; ".join(parts)

    def to_json(self) -> dict[str, Any]:
        """Plain values, with the derived verdict and ratio for readers that only look."""
        data = asdict(self)
        data["verdict"] = self.verdict
        if self.timed:
            data["timed"]["ratio"] = self.timed.ratio
        return data

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> Proof:
        """The inverse of `to_json`. Raises KeyError or TypeError for other shapes."""
        compiled, compared, timed = data["compiled"], data["compared"], data["timed"]
        return Proof(
            data["program"],
            CompiledEvidence(**compiled) if compiled else None,
            ComparedEvidence(**{**compared, "files": tuple(compared["files"])}) if compared else None,
            TimedEvidence(timed["python_seconds"], timed["rust_seconds"]) if timed else None,
        )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
