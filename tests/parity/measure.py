"""Measures how near every mapped estimator comes to scikit-learn, and writes the evidence file of the catalog.

    python -m tests.parity.measure            the faithful targets
    python -m tests.parity.measure --aprender those of the crate too (builds it: minutes)

Estimators: the Rust side is the runtime crate's example `parity`, the Python side `python_side`; both compute the same rows on the
same data. NumPy's table: a program (`numpy_rows`) that is translated like any other, for both homes of arrays. Every other entry: what
the catalog's cases print on both sides. For each row: the largest absolute and relative difference, the largest distance in units of the
last place, how many numbers, a verdict. What depends on chance in the crate is compared over 30 seeds, estimators and whole
programs, and a report in Markdown is written to docs/.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import subprocess
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from batuta.catalog.index import catalog
from batuta.rust.runtime import crate_pins
from batuta.translate import Options, translate
from batuta.validation.compare_output import F32_TOLERANCE, compare_texts
from batuta.validation.equivalence import equivalence_report
from batuta.workflow.corpus import Settings, compile_and_run, translate_all
from fixtures.python_side import Program, run_alone
from tests.catalog.cases import cases, entries_used
from tests.parity import numpy_rows, over_seeds, python_side
from tests.programs.expectations import expectations

ROOT = Path(__file__).parents[2]
CRATE = ROOT / "engine" / "batuta-rt"
EVIDENCE = ROOT / "server" / "batuta" / "catalog" / "evidence.json"
REPORT = ROOT / "docs" / "equivalence.md"
# Below these sizes a number is noise of a subtraction (float64), or under the resolution of a probability (float32): its
# relative difference says nothing.
SMALLEST = {"batuta-rt": 1e-9, "ndarray": 1e-9, "aprender": 1e-5}


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
    """Build and run the example: (entry, target) → numbers. Raises RuntimeError with cargo's words when it does not build or run."""
    features = "data,aprender" if aprender else "data"
    command = ["cargo", "run", "--quiet", "--locked", "--example", "parity", "--features", features]
    done = subprocess.run(command, cwd=CRATE, capture_output=True, text=True, env=os.environ)
    if done.returncode:
        raise RuntimeError(done.stderr[-4000:])
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
                report = equivalence_report(f"{entry} on aprender", {name: (ours, theirs)}, tolerance=F32_TOLERANCE)
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


def measure_numpy(crate: bool) -> dict[str, dict[str, dict[str, object]]]:
    """The rows of the NumPy table, on `ndarray` and on trueno."""
    wanted = numpy_rows.numbers(run_alone(Program("rows", numpy_rows.program(whole=True), Path("rows.py"))).output)
    evidence: dict[str, dict[str, dict[str, object]]] = {}
    for home, target in (("ndarray", "auto"), ("trueno", "aprender")):
        if home == "trueno" and not crate:
            continue
        program = Program(f"rows on {home}", numpy_rows.program(whole=home == "ndarray"), Path("rows.py"))
        done = translate(program.source, "rows.py", Options(target=target, debug=True))
        lives = {getattr(each.entry, "name", ""): each.target for each in done.calls}
        printed = over_seeds.outputs([program], target, "rows")[program.name]
        for entry, theirs in numpy_rows.numbers(printed).items():
            if home == "trueno" and getattr(lives.get(entry), "crate", "") != "trueno":
                raise RuntimeError(f"{entry} does not live on trueno")
            evidence.setdefault(entry, {})[home] = asdict(
                compare(wanted[entry], theirs, "aprender" if home == "trueno" else home)
            )
    return evidence


def measure_cases() -> dict[str, dict[str, object]]:
    """For each entry of the catalog: the case that shows it, and how its output compares."""
    everything = [program for program, _ in cases()]
    shown = [program.case() for program in everything]
    settings = Settings("evidence")
    translated = translate_all(shown, settings)
    results = compile_and_run(
        [(case, done.program(case)) for case, done in zip(shown, translated, strict=True) if done.rust], settings
    )
    found: dict[str, dict[str, object]] = {}
    by_text: dict[str, dict[str, object]] = {}
    for program, case, python, done in zip(everything, shown, expectations(everything), translated, strict=True):
        result = results.get(case.identifier())
        if result is None or result.outcome is None:
            continue
        texts = compare_texts(python.output, result.outcome.output, done.tolerance)
        ending = (python.code, python.error) == (result.outcome.code, result.outcome.error)
        verdict = "differs" if not (texts.same and ending) else "identical" if texts.identical else "same"
        row: dict[str, object] = {
            "case": program.name,
            "n": texts.numbers,
            "max_rel": texts.largest_relative,
            "verdict": verdict,
        }
        by_text[program.source] = row
        for entry in entries_used(program):
            found.setdefault(entry, row)
    for name, entry in catalog().entries.items():
        if entry.case in by_text:
            found[name] = by_text[entry.case]
    return {name: found[name] for name in sorted(found) if name in catalog().entries}


def write(evidence: dict[str, dict[str, dict[str, object]]]) -> None:
    """The evidence file: an entry a line, so that a change shows which one changed."""
    lines = [f"  {json.dumps(entry)}: {json.dumps(evidence[entry])}" for entry in sorted(evidence)]
    text = f'{{\n "versions": {json.dumps(_versions())},\n "entries": {{\n' + ",\n".join(lines) + "\n }\n}\n"
    EVIDENCE.write_text(text, encoding="utf-8")


def main() -> None:
    """Measure, print a table, write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--aprender", action="store_true", help="measure the crates' targets too")
    chosen = parser.parse_args()
    evidence, report = measure(chosen.aprender)
    for entry, rows in measure_numpy(chosen.aprender).items():
        evidence.setdefault(entry, {}).update(rows)
    for entry, row in measure_cases().items():
        evidence.setdefault(entry, {})["case"] = row
    if not chosen.aprender and EVIDENCE.is_file():
        # What needs the crates is kept from the last full measurement.
        for entry, targets in json.loads(EVIDENCE.read_text(encoding="utf-8"))["entries"].items():
            for crate in ("aprender", "trueno"):
                if crate in targets:
                    evidence.setdefault(entry, {})[crate] = targets[crate]
    for entry, targets in sorted(evidence.items()):
        for target, figures in targets.items():
            if target != "case":
                print(f"{entry:48} {target:10} {figures['max_rel']:.2e} {figures['n']:>7} {figures['verdict']}")
    shown = [figures["case"] for figures in evidence.values() if "case" in figures]
    print(f"{len(shown)} entries by their case: {dict(Counter(str(each['verdict']) for each in shown))}")
    write(evidence)
    if report:
        parts = [report, *(each.markdown() for each in over_seeds.reports())]
        head = "# Equivalence over seeds\n\nWritten by `make evidence`.\n\n"
        REPORT.write_text(head + "\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
