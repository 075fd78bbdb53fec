"""Compiles and runs many translated programs by the two-step runner, and hands back plain outcomes."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from batuta.cargo.many_programs import Runner, Verdict, build_many, check_many, run_one
from batuta.cargo.messages import RustDiagnostic
from batuta.cargo.process import Limits
from batuta.rust.project import Program as RustProgram
from fixtures.python_side import Outcome, Program, last_line

# A fixture runs for milliseconds; one that takes this long runs in circles.
RUN = Limits(wall=60.0)


@dataclass(frozen=True)
class Job:
    """A translated program with what it is given."""

    rust: RustProgram
    program: Program


@dataclass(frozen=True)
class Result:
    """What the compiler and the run said."""

    errors: tuple[str, ...] = ()
    """rustc's errors as `CODE line N: message`."""
    warnings: tuple[str, ...] = ()
    outcome: Outcome | None = None


def run_batch(jobs: Sequence[Job], name: str) -> dict[str, Result]:
    """Results by the name of the Rust program. `name` keeps the packages of different callers apart."""
    programs = [job.rust for job in jobs]
    verdicts = check_many(programs, name=name)
    passed = [program for program in programs if verdicts[program.name].ok]
    runners = build_many(passed, name=name) if passed else {}
    with ThreadPoolExecutor(max_workers=2) as pool:
        chosen = [job for job in jobs if job.rust.name in runners]
        outcomes = pool.map(lambda job: run(runners[job.rust.name], job.program), chosen)
        ran = {job.rust.name: outcome for job, outcome in zip(chosen, outcomes, strict=True)}
    return {job.rust.name: _result(job, verdicts[job.rust.name], ran.get(job.rust.name)) for job in jobs}


def run(runner: Runner, program: Program) -> Outcome:
    """Runs one program in a scratch folder with its data, input and arguments."""
    with tempfile.TemporaryDirectory() as scratch:
        program.lay_out(Path(scratch))
        done = run_one(
            runner,
            cwd=Path(scratch),
            arguments=program.arguments,
            stdin=program.stdin.encode(),
            limits=RUN,
            environment={"PATH": os.environ["PATH"], "RUST_BACKTRACE": "0"},
        )
    error = done.ended_by or last_line(done.stderr.decode("utf-8", "replace"))
    return Outcome(done.stdout.decode("utf-8", "replace"), done.code, error if done.code else "", done.seconds)


def _result(job: Job, verdict: Verdict, outcome: Outcome | None) -> Result:
    texts = job.rust.sources("")
    said = {
        level: tuple(_note(each, texts) for each in verdict.diagnostics if each.level == level)
        for level in ("error", "warning")
    }
    errors = tuple(each for each in said["error"] if "aborting due to" not in each)
    if not verdict.ok and not errors:
        errors = (f"cargo: {verdict.error}".replace("\n", " "),)
    return Result(errors, tuple(each for each in said["warning"] if " emitted" not in each), outcome)


def _note(diagnostic: RustDiagnostic, texts: dict[str, bytes]) -> str:
    place = diagnostic.primary
    # A program's files lie in `src/bin/ITS_NAME`.
    file = "/" + "/".join(place.file.split("/")[3:]) if place else ""
    lines = texts.get(file, b"").decode().splitlines()
    where = f" line {place.line}{f' of {file[1:]}' if len(texts) > 1 else ''}" if place else ""
    label = f" [{place.label}]" if place and place.label else ""
    text = f" `{lines[place.line - 1].strip()}`" if place and 0 < place.line <= len(lines) else ""
    return f"{diagnostic.code or 'error'}{where}: {diagnostic.message}{label}{text}".replace("\n", " ")
