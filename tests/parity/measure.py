"""Measures how near every mapped estimator comes to scikit-learn, and writes the evidence file of the catalog.

    python -m tests.parity.measure            the faithful targets
    python -m tests.parity.measure --aprender those of the crate too (builds it: minutes)

The Rust side is the runtime crate's example `parity`, the Python side `python_side`; both compute the same rows on the same
data. For each row: the largest absolute and relative difference, the largest distance in units of the last place, how many
numbers, a verdict. What depends on chance in the crate is compared over 30 seeds, and a report in Markdown is written to docs/.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from batuta.rust.runtime import crate_pins
from batuta.validation.equivalence import equivalence_report
from tests.parity import python_side

ROOT = Path(__file__).parents[2]
CRATE = ROOT / "engine" / "batuta-rt"
EVIDENCE = ROOT / "server" / "batuta" / "catalog" / "evidence.json"
REPORT = ROOT / "docs" / "equivalence.md"
# Below these sizes a number is noise of a subtraction (float64), or under the resolution of a probability (float32): its
# relative difference says nothing.
SMALLEST = {"batuta-rt": 1e-9, "aprender": 1e-5}


@dataclass(frozen=True)
class Measured:
    """What was found for one entry and target."""

    max_abs: float
    max_rel: float
    ulps: int
    n: int
    verdict: str


def _places(values: np.ndarray) -> np.ndarray:
    """Floats as integers in their order, so that neighbours differ by one."""
    bits = values.astype(np.float64).view(np.int64)
    return np.where(bits < 0, np.int64(-(2**63)) - bits, bits)


def compare(python: list[float], rust: list[float], target: str = "batuta-rt") -> Measured:
    """The largest differences between two lists of numbers, and a verdict in the words of the catalog."""
    if len(python) != len(rust) or not python:
        return Measured(math.inf, math.inf, 2**62, min(len(python), len(rust)), "differs")
    ours, theirs = np.array(python), np.array(rust)
    both = ~(np.isnan(ours) & np.isnan(theirs))
    gaps = np.abs(ours - theirs)[both]
    if gaps.size == 0:
        return Measured(0.0, 0.0, 0, len(python), "exact")
    sizes = np.maximum(np.abs(ours[both]), SMALLEST[target])
    absolute, relative = float(gaps.max()), float((gaps / sizes).max())
    ulps = int(min(np.abs(_places(ours[both]).astype(object) - _places(theirs[both]).astype(object)).max(), 2**62))
    if absolute == 0.0 or relative <= 1e-12:
        verdict = "exact"
    else:
        verdict = "close" if relative <= 1e-3 else "differs"
    return Measured(absolute, relative, ulps, len(python), verdict)


def rust_rows(aprender: bool) -> dict[tuple[str, str], list[float]]:
    """Build and run the example: (entry, target) → numbers. Raises CalledProcessError when it does not build or run."""
    features = "data,aprender" if aprender else "data"
    command = ["cargo", "run", "--quiet", "--locked", "--example", "parity", "--features", features]
    done = subprocess.run(command, cwd=CRATE, capture_output=True, text=True, check=True, env=os.environ)
    found = {}
    for line in done.stdout.splitlines():
        entry, target, numbers = line.split("|")
        found[entry, target] = [float(each) for each in numbers.split()]
    return found


def _versions() -> dict[str, str]:
    import scipy
    import sklearn

    return {"scikit-learn": sklearn.__version__, "numpy": np.__version__, "scipy": scipy.__version__, **crate_pins()}


def measure(aprender: bool) -> tuple[dict[str, dict[str, dict[str, object]]], str]:
    """The evidence by entry and target, and the Markdown report of what was compared over seeds (empty without the crate)."""
    rust = rust_rows(aprender)
    evidence: dict[str, dict[str, dict[str, object]]] = {}
    statistical = {
        "sklearn.ensemble.RandomForestClassifier": ("accuracy", python_side.forest_accuracies),
        "sklearn.cluster.KMeans": ("inertia", python_side.means_inertias),
    }
    reports = []
    for entry, compute in python_side.rows():
        numbers: list[float] | None = None
        for target in ("batuta-rt", "aprender"):
            if (entry, target) not in rust:
                continue
            theirs = rust[entry, target]
            if target == "aprender" and entry in statistical:
                name, over_seeds = statistical[entry]
                ours = over_seeds()
                report = equivalence_report(f"{entry} on aprender", {name: (ours, theirs)})
                reports.append(report.markdown())
                # Sorted: what is compared is the distribution, not the seeds one by one.
                found = compare(sorted(ours), sorted(theirs))
                row = {**asdict(found), "verdict": f"statistical: {report.verdict}"}
            else:
                if target == "aprender" and entry == "sklearn.tree.DecisionTreeClassifier":
                    row = asdict(compare(python_side.tree_labels(), theirs))
                else:
                    numbers = compute() if numbers is None else numbers
                    row = asdict(compare(numbers, theirs, target))
            evidence.setdefault(entry, {})[target] = row
    return evidence, "\n".join(reports)


def main() -> None:
    """Measure, print a table, write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--aprender", action="store_true", help="measure the crate's targets too")
    chosen = parser.parse_args()
    evidence, report = measure(chosen.aprender)
    if not chosen.aprender and EVIDENCE.is_file():
        # What needs the crate is kept from the last full measurement.
        for entry, targets in json.loads(EVIDENCE.read_text())["entries"].items():
            if "aprender" in targets:
                evidence.setdefault(entry, {})["aprender"] = targets["aprender"]
    for entry, targets in evidence.items():
        for target, row in targets.items():
            print(f"{entry:48} {target:10} {row['max_rel']:.2e} {row['ulps']:>8} {row['n']:>7} {row['verdict']}")
    EVIDENCE.write_text(json.dumps({"versions": _versions(), "entries": evidence}, indent=1) + "\n")
    if report:
        REPORT.write_text(f"# Equivalence over seeds\n\nWritten by `python -m tests.parity.measure --aprender`.\n\n{report}")


if __name__ == "__main__":
    main()
