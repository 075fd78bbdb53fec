"""A program's way through everything: Python's output, the translation, rustc's verdict, the comparison."""

from __future__ import annotations

import signal
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from batuta.python.modules import Surroundings
from batuta.rust.project import Program as RustProgram
from batuta.rust.project import RustModule
from batuta.validation.compare_output import compare_texts
from fixtures.python_side import Outcome, Program
from tests.programs.batch import Job, Result, run_batch

Verdict = Literal["same", "near", "wrong", "limit", "rejected", "refused", "crashed"]
PASSES: frozenset[str] = frozenset({"same", "near"})
"""*Near* is equal text but for numbers within the tolerance of the f64 home."""
# How a program ends that meets a limit of the translation, such as an integer that leaves i64: loud, never a wrong answer.
LIMIT = 70
# A translation takes milliseconds; one that takes this long runs in circles.
TRANSLATION_LIMIT = 30


@dataclass(frozen=True)
class Row:
    """One program's line in the table."""

    name: str
    verdict: Verdict
    code: str = ""
    """The finding's code, rustc's error code, or the exception class of a crash."""
    line: int = 0
    """In the Python source for a refusal, in the output for a wrong one."""
    detail: str = ""
    warnings: int = 0

    def to_json(self) -> dict[str, object]:
        """As plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Translated:
    """What came back from the translating process: plain data, because it crosses a process border."""

    rust: str = ""
    modules: tuple[RustModule, ...] = ()
    features: frozenset[str] = frozenset()
    crates: frozenset[str] = frozenset()
    code: str = ""
    line: int = 0
    reason: str = ""
    crash: str = ""
    findings: tuple[tuple[str, int], ...] = ()


def translate_one(program: Program) -> Translated:
    """Translates in a worker process. A crash of the translator is a verdict here, not an end of the run."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"translation took more than {TRANSLATION_LIMIT} s")

    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(TRANSLATION_LIMIT)
    try:
        from batuta.translate import Options, translate

        # A defect of ours stays the exception that it is, and the typed program is checked on the way.
        surroundings = Surroundings(program.files().get, "", program.run_as)
        done = translate(program.source, f"{program.name}.py", Options(debug=True), surroundings)
    except Exception as problem:
        frames = traceback.extract_tb(problem.__traceback__)
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return Translated(crash=f"{type(problem).__name__}: {problem} ({where})".replace("\n", " ")[:300])
    finally:
        signal.alarm(0)
    findings = tuple((each.code, each.span.line) for each in done.findings)
    if not done.rust:
        blocking = [each for each in done.findings if each.blocks] or list(done.findings)
        if not blocking:
            return Translated(crash="no Rust and no finding that says why")
        first = min(blocking, key=lambda each: each.span)
        more = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
        return Translated(code=first.code, line=first.span.line, reason=first.reason + more, findings=findings)
    return Translated(done.rust, tuple(done.modules), frozenset(done.features), frozenset(done.crates), findings=findings)


def translate_all(programs: list[Program]) -> list[Translated]:
    """Two at a time."""
    with ProcessPoolExecutor(max_workers=2) as pool:
        return list(pool.map(translate_one, programs, chunksize=8))


def judge(programs: list[Program], expected: list[Outcome], name: str = "fixtures") -> list[Row]:
    """Takes programs all the way and says how each fared. `expected` is what Python showed."""
    translated = translate_all(programs)
    jobs: dict[str, Job] = {}
    for program, done in zip(programs, translated, strict=True):
        if done.rust:
            key = identifier(program)
            rust = RustProgram(key, f"{program.name}.py", done.rust, done.features, done.crates, modules=done.modules)
            jobs[key] = Job(rust, program)
    results = run_batch(list(jobs.values()), name)
    return [
        _row(program, python, done, results.get(identifier(program)))
        for program, python, done in zip(programs, expected, translated, strict=True)
    ]


def _row(program: Program, python: Outcome, done: Translated, result: Result | None) -> Row:
    if done.crash:
        return Row(program.name, "crashed", done.crash.partition(":")[0], detail=done.crash)
    if result is None:
        return Row(program.name, "refused", done.code, done.line, done.reason)
    if result.errors:
        code = result.errors[0].split()[0].rstrip(":")
        more = f" (and {len(result.errors) - 1} more)" if len(result.errors) > 1 else ""
        return Row(program.name, "rejected", code, detail=result.errors[0] + more)
    assert result.outcome is not None
    return compare_runs(program.name, python, result.outcome, result.warnings)


def compare_runs(name: str, python: Outcome, rust: Outcome, warnings: tuple[str, ...] = ()) -> Row:
    """Compares two runs: output, exit code, and the exception that ended them."""
    if rust.code == LIMIT:
        return Row(name, "limit", "limit", 0, rust.error, len(warnings))
    comparison = compare_texts(python.output, rust.output)
    difference = f"expected {comparison.expected!r} found {comparison.found!r}"
    if not comparison.same:
        ending = f"; ended with {rust.code} {rust.error}" if rust.code != python.code else ""
        return Row(name, "wrong", "output", comparison.line, difference + ending, len(warnings))
    if python.code != rust.code:
        return Row(name, "wrong", "exit", 0, f"expected exit code {python.code} found {rust.code} {rust.error}", len(warnings))
    if python.code and python.error != rust.error:
        return Row(name, "wrong", "error", 0, f"expected {python.error!r} found {rust.error!r}", len(warnings))
    if comparison.identical:
        detail = f"{len(warnings)} warnings, first: {warnings[0]}" if warnings else ""
        return Row(name, "same", detail=detail, warnings=len(warnings))
    detail = f"{comparison.different_numbers} numbers differ by at most {comparison.largest_relative:.1e} relative"
    return Row(name, "near", detail=detail, warnings=len(warnings))


def identifier(program: Program) -> str:
    """A name for cargo: file names may start with digits. The hash keeps equal names apart, and stays when others come."""
    word = "".join(each if each.isalnum() and each.isascii() else "_" for each in program.name).lower()
    return f"p_{word}_{program.key()[:8]}"
