"""Runs a command several times and says what it took."""

from __future__ import annotations

import math
import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class MeasuringFailed(Exception):
    """The command ended with another exit code than expected, so its times mean nothing."""


@dataclass(frozen=True)
class Measured:
    """What the runs took. The median is robust against a neighbour on the machine; the least shows what is possible."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """Seconds."""
        return statistics.median(self.seconds)

    @property
    def least(self) -> float:
        """Seconds."""
        return min(self.seconds)


def measure_command(
    command: Sequence[str | os.PathLike[str]],
    *,
    cwd: Path,
    repeats: int = 5,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    expected_code: int = 0,
) -> Measured:
    """Runs a command `repeats` times after one run that nobody counts (it fills the file cache).

    Raises MeasuringFailed when a run ends with another exit code than `expected_code`.
    """
    seconds: list[float] = []
    for number in range(repeats + 1):
        began = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=cwd, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment
        )
        assert process.stdin is not None and process.stderr is not None
        process.stdin.write(stdin)
        process.stdin.close()
        said = process.stderr.read()
        process.wait()
        took = time.perf_counter() - began
        process.stderr.close()
        if process.returncode != expected_code:
            text = said.decode("utf-8", "replace")[-500:]
            raise MeasuringFailed(f"{Path(command[0]).name} ended with {process.returncode}: {text}")
        if number:
            seconds.append(took)
    return Measured(tuple(seconds))


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie: the nearest rank, so it is one of them."""
    ordered = sorted(values)
    # The small number keeps a product such as 0.95 * 100 from being rounded up.
    return ordered[max(0, math.ceil(share * len(ordered) - 1e-9) - 1)]
