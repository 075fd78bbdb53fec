"""Programs whose crate target depends on chance, on both sides over many seeds.

A program is run as it stands but for its seeds: it becomes the body of a loop in which every `random_state` of an estimator is the loop's
number. The data stay the program's own. What it prints is compared as samples.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

from batuta.validation.compare_output import F32_TOLERANCE
from batuta.validation.equivalence import EquivalenceReport, equivalence_report
from batuta.validation.limited_run import RunLimits
from batuta.workflow.corpus import Settings, compile_and_run, translate_all
from fixtures.mutate import SEED_PARAMETERS
from fixtures.python_side import Program, run_alone
from fixtures.record import programs

SEEDS = 30
STATISTICAL = ("01_iris_pipeline", "03_kmeans")
"""Programs with an estimator that the crate has only statistically alike."""

PATIENT = RunLimits(wall=900.0)
"""Thirty rounds of a program, without optimisation, on a machine that others use too."""

_SAID = re.compile(r"^(?P<name>[^:]+): *(?P<value>-?[0-9.]+)$", re.MULTILINE)


def over_seeds(source: str, seeds: int = SEEDS) -> str:
    """The program as the body of a loop over seeds. Imports stay in front."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in SEED_PARAMETERS and isinstance(node.value, ast.Constant):
            node.value = ast.Name("seed", ast.Load())
    imports = [each for each in tree.body if isinstance(each, ast.Import | ast.ImportFrom)]
    body = [each for each in tree.body if each not in imports]
    head = ast.parse(f"for seed in range({seeds}):\n    pass").body[0]
    assert isinstance(head, ast.For)
    head.body = body
    tree.body = [*imports, head]
    return ast.unparse(ast.fix_missing_locations(tree)) + "\n"


def samples(output: str) -> dict[str, list[float]]:
    """The printed numbers by what is printed before them."""
    found: dict[str, list[float]] = {}
    for match in _SAID.finditer(output):
        found.setdefault(match["name"], []).append(float(match["value"]))
    return found


def outputs(chosen: list[Program], target: str, name: str) -> dict[str, str]:
    """What the Rust of some programs prints, by the program's name. Raises RuntimeError for one that does not get so far."""
    settings = Settings(name, target=target, limits=PATIENT)
    cases = [each.case() for each in chosen]
    translated = translate_all(cases, settings)
    results = compile_and_run([(case, done.program(case)) for case, done in zip(cases, translated, strict=True)], settings)
    found = {}
    for case in cases:
        result = results[case.identifier()]
        if result.outcome is None or result.outcome.code:
            raise RuntimeError(f"{case.name}: {result.errors or result.outcome}")
        found[case.name] = result.outcome.output
    return found


def reports() -> list[EquivalenceReport]:
    """One report for each program, measured now: Python under its own interpreter, the Rust compiled with the crate as target."""
    chosen = [each for each in programs(("programs",)) if each.name in STATISTICAL]
    looped = [Program(each.name, over_seeds(each.source), Path(f"{each.name}.py"), data=each.data) for each in chosen]
    printed = outputs(looped, "aprender", "seeds")
    found = []
    for program in looped:
        python, rust = samples(run_alone(program).output), samples(printed[program.name])
        if python.keys() != rust.keys() or not python:
            raise RuntimeError(f"{program.name}: the two sides print different things")
        title = f"The program {program.name} with `--target aprender`"
        found.append(equivalence_report(title, {name: (python[name], rust[name]) for name in python}, tolerance=F32_TOLERANCE))
    return found
