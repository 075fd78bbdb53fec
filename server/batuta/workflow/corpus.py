"""How far each of many programs gets: translated, compiled, run, compared.

Translations happen in processes of their own, so that one that runs in circles or ends its process takes nobody along. Everything that
comes out is checked by one run of rustc and built into few binaries (`cargo/many_programs.py`), because linking and cargo's own
work are most of what a small program costs. Each program runs in a scratch folder under limits; nothing is written beside it.
"""

from __future__ import annotations

import hashlib
import os
import signal
import threading
import traceback
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from batuta.cargo.many_programs import Runner, build_many, check_many
from batuta.cargo.messages import RustDiagnostic
from batuta.python.modules import Surroundings
from batuta.rust.project import Program, RustModule
from batuta.validation.compare_output import F64_TOLERANCE, compare_texts
from batuta.validation.limited_run import RunLimits, run_limited
from batuta.validation.outcome import Outcome, outcome_of
from batuta.validation.validate import Inputs, run_python, without_pictures

Verdict = Literal["same", "near", "wrong", "limit", "rejected", "refused", "crashed", "compiled", "unusable", "cancelled"]
PASSES: frozenset[str] = frozenset({"same", "near"})
"""*Near* is equal text but for numbers within the tolerance of what the program uses."""

LIMIT = 70
"""How a program ends that meets a limit of the translation, such as an integer that leaves i64: loud, never a wrong answer."""

TRANSLATION_LIMIT = 30
"""Seconds. A translation takes milliseconds; one that takes this long runs in circles."""

OnProgress = Callable[[str, int, int], None]
"""Told the stage, how many programs are through it, and how many there are."""


@dataclass(frozen=True)
class Case:
    """A Python program and what it is given."""

    name: str
    path: str
    """As findings show it."""
    source: str
    modules: Mapping[str, str] = field(default_factory=dict)
    """Its other files: path below its folder → text."""
    run_as: str = ""
    """The dotted name of its own file where it is run as a part of its package."""
    inputs: Inputs = field(default_factory=Inputs)

    def identifier(self) -> str:
        """A name for cargo: file names may start with digits. The hash keeps equal names apart, and stays when others come."""
        word = "".join(each if each.isalnum() and each.isascii() else "_" for each in self.name).lower()
        digest = hashlib.sha256(repr((self.path, self.source, sorted(self.modules.items()), self.inputs)).encode())
        return f"p_{word[:40]}_{digest.hexdigest()[:8]}"


@dataclass(frozen=True)
class Note:
    """A finding or a message of rustc, as plain data."""

    code: str
    line: int
    text: str
    path: str = ""


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
    path: str = ""
    notes: tuple[Note, ...] = ()
    """Everything that was said about a program that did not get through."""

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
    cancelled: bool = False
    notes: tuple[Note, ...] = ()
    tolerance: float = F64_TOLERANCE

    def program(self, case: Case) -> Program:
        """As a package of cargo."""
        return Program(case.identifier(), case.path, self.rust, self.features, self.crates, modules=self.modules)


@dataclass(frozen=True)
class Compiled:
    """What rustc and the run of the program said."""

    errors: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    outcome: Outcome | None = None
    cancelled: bool = False


@dataclass(frozen=True)
class Settings:
    """How a corpus is run."""

    name: str = "corpus"
    """Keeps the packages of runs at the same time apart."""
    jobs: int = 2
    target: str = "auto"
    precision: str = "auto"
    limits: RunLimits = field(default_factory=RunLimits)
    cancel: threading.Event = field(default_factory=threading.Event)
    on_progress: OnProgress = lambda stage, done, total: None
    drop_plots: bool = False


def judge(cases: Sequence[Case], expected: Sequence[Outcome | None], settings: Settings) -> list[Row]:
    """Takes programs all the way and says how each fared. `expected` is what Python showed, None where it was not run."""
    translated = translate_all(cases, settings)
    if settings.drop_plots:
        expected = [
            each if each is None or each.written is None else replace(each, written=without_pictures(each.written, {}))
            for each in expected
        ]
    programs = {
        case.identifier(): (case, done.program(case)) for case, done in zip(cases, translated, strict=True) if done.rust
    }
    compiled = compile_and_run(list(programs.values()), settings)
    return [
        replace(_row(case, python, done, compiled.get(case.identifier())), path=case.path)
        for case, python, done in zip(cases, expected, translated, strict=True)
    ]


# -- translating


def translate_one(case: Case, target: str = "auto", precision: str = "auto", drop_plots: bool = False) -> Translated:
    """Translates in a worker process. A crash of the translator is a verdict here, not an end of the run."""

    def give_up(*_: object) -> None:
        raise TimeoutError(f"translation took more than {TRANSLATION_LIMIT} s")

    # Ctrl-C is the parent's business.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(TRANSLATION_LIMIT)
    try:
        from batuta.lowering.lower import Options
        from batuta.translate import translate
        from batuta.validation.tolerance import tolerance_of

        # A defect of ours stays the exception that it is, and the typed program is checked on the way.
        options = Options(target=target, precision=precision, drop_plots=drop_plots, debug=True)
        done = translate(case.source, case.path, options, Surroundings(case.modules.get, "", case.run_as))
    except Exception as problem:
        frames = traceback.extract_tb(problem.__traceback__)
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
        return Translated(crash=f"{type(problem).__name__}: {problem} ({where})".replace("\n", " ")[:300])
    finally:
        signal.alarm(0)
    notes = tuple(
        Note(each.code, each.span.line, each.reason, "" if each.path == case.path else each.path) for each in done.findings
    )
    if not done.rust:
        blocking = [each for each in done.findings if each.blocks] or list(done.findings)
        if not blocking:
            return Translated(crash="no Rust and no finding that says why")
        first = min(blocking, key=lambda each: (each.path != case.path, each.span))
        more = f" (and {len(blocking) - 1} more)" if len(blocking) > 1 else ""
        return Translated(code=first.code, line=first.span.line, reason=first.reason + more, notes=notes)
    return Translated(
        done.rust,
        tuple(done.modules),
        frozenset(done.features),
        frozenset(done.crates),
        notes=notes,
        tolerance=tolerance_of(done),
    )


def translate_all(cases: Sequence[Case], settings: Settings) -> list[Translated]:
    """Several at a time. A program whose translation ends its process is tried once more, alone."""
    found: dict[int, Translated] = {}
    left = list(range(len(cases)))
    workers = settings.jobs
    while left and not settings.cancel.is_set():
        with ProcessPoolExecutor(max_workers=workers) as pool:
            futures: dict[Future[Translated], int] = {
                pool.submit(translate_one, cases[index], settings.target, settings.precision, settings.drop_plots): index
                for index in left
            }
            try:
                for future in as_completed(futures):
                    if settings.cancel.is_set():
                        pool.shutdown(wait=False, cancel_futures=True)
                        break
                    found[futures[future]] = future.result()
                    settings.on_progress("translated", len(found), len(cases))
            except BrokenProcessPool:
                pool.shutdown(wait=False, cancel_futures=True)
        left = [index for index in left if index not in found]
        if left and workers == 1 and not settings.cancel.is_set():
            # Alone in its process, and the process ended.
            found[left.pop(0)] = Translated(crash="the translating process ended")
        workers = 1
    return [found.get(index, Translated(cancelled=True)) for index in range(len(cases))]


# -- compiling and running


def compile_and_run(programs: Sequence[tuple[Case, Program]], settings: Settings) -> dict[str, Compiled]:
    """What rustc says about each program, and what those show that it accepts; by the name of the Rust program."""
    everything = [program for _, program in programs]
    if not everything or settings.cancel.is_set():
        return {program.name: Compiled(cancelled=True) for program in everything}
    settings.on_progress("compiled", 0, len(everything))
    verdicts = check_many(everything, name=settings.name, cancel=settings.cancel)
    passed = [program for program in everything if verdicts[program.name].ok]
    settings.on_progress("compiled", len(passed), len(everything))
    runners: dict[str, Runner] = {}
    if passed and not settings.cancel.is_set():
        runners = build_many(passed, name=settings.name, cancel=settings.cancel)
    outcomes: dict[str, Outcome] = {}

    def run(pair: tuple[Case, Program]) -> None:
        case, program = pair
        if not settings.cancel.is_set():
            outcomes[program.name] = run_binary(runners[program.name], case.inputs, settings)
            settings.on_progress("ran", len(outcomes), len(runners))

    with ThreadPoolExecutor(max_workers=settings.jobs) as pool:
        list(pool.map(run, [pair for pair in programs if pair[1].name in runners]))
    found = {}
    for program in everything:
        verdict, texts = verdicts[program.name], program.sources("")
        notes = {
            level: tuple(_note(each, texts) for each in verdict.diagnostics if each.level == level)
            for level in ("error", "warning")
        }
        errors = tuple(each for each in notes["error"] if "aborting due to" not in each.text)
        if not verdict.ok and not errors:
            errors = (Note("cargo", 0, verdict.error.replace("\n", " ")),)
        warnings = tuple(each for each in notes["warning"] if " emitted" not in each.text)
        cancelled = settings.cancel.is_set() and program.name not in outcomes
        found[program.name] = Compiled(errors, warnings, outcomes.get(program.name), cancelled)
    return found


def run_binary(runner: Runner, inputs: Inputs, settings: Settings) -> Outcome:
    """Runs one program of a runner as the Python is run: in a scratch folder, under limits."""
    ran = run_limited(
        [str(runner.binary), *inputs.arguments],
        files=inputs.data,
        stdin=inputs.stdin,
        environment={**runner.environment, "RUST_BACKTRACE": "0", "PATH": os.environ.get("PATH", os.defpath)},
        limits=settings.limits,
        cancel=settings.cancel,
    )
    return outcome_of(ran)


def run_in_python(cases: Sequence[Case], settings: Settings, interpreter: str = "") -> list[Outcome | None]:
    """What Python shows for each program; None for those that were not reached. Only after consent. Raises FileNotFoundError."""
    found: dict[int, Outcome] = {}

    def run(index: int) -> None:
        case = cases[index]
        if settings.cancel.is_set():
            return
        ran = run_python(
            case.source,
            Path(case.path).name,
            case.inputs,
            modules=case.modules,
            run_as=case.run_as,
            interpreter=interpreter,
            limits=settings.limits,
            cancel=settings.cancel,
        )
        if ran.ended_by != "cancelled":
            found[index] = outcome_of(ran)
            settings.on_progress("run in Python", len(found), len(cases))

    with ThreadPoolExecutor(max_workers=settings.jobs) as pool:
        list(pool.map(run, range(len(cases))))
    return [found.get(index) for index in range(len(cases))]


def _note(diagnostic: RustDiagnostic, texts: Mapping[str, bytes]) -> Note:
    place = diagnostic.primary
    # A program's files lie in `src/bin/ITS_NAME`.
    file = "/" + "/".join(place.file.split("/")[3:]) if place else ""
    lines = texts.get(file, b"").decode().split("\n")
    label = f" [{place.label}]" if place and place.label else ""
    quoted = f" `{lines[place.line - 1].strip()}`" if place and 0 < place.line <= len(lines) else ""
    text = f"{diagnostic.message}{label}{quoted}".replace("\n", " ")
    shown = file[1:] if len(texts) > 1 else ""
    return Note(diagnostic.code or "error", place.line if place else 0, text, shown)


# -- verdicts


def _row(case: Case, python: Outcome | None, done: Translated, compiled: Compiled | None) -> Row:
    if done.cancelled or (compiled is not None and compiled.cancelled):
        return Row(case.name, "cancelled")
    if done.crash:
        return Row(case.name, "crashed", done.crash.partition(":")[0], detail=done.crash)
    if compiled is None:
        return Row(case.name, "refused", done.code, done.line, done.reason, notes=done.notes)
    if compiled.errors:
        first = compiled.errors[0]
        more = f" (and {len(compiled.errors) - 1} more)" if len(compiled.errors) > 1 else ""
        where = f" line {first.line}{f' of {first.path}' if first.path else ''}" if first.line else ""
        return Row(case.name, "rejected", first.code, detail=f"{first.code}{where}: {first.text}{more}", notes=compiled.errors)
    assert compiled.outcome is not None
    if python is None:
        return Row(case.name, "compiled", detail="the Python was not run, so nothing was compared")
    if python.ended_by:
        return Row(case.name, "unusable", python.ended_by, detail=f"the Python program was ended by a limit: {python.ended_by}")
    if python.error.startswith(("ModuleNotFoundError", "ImportError")):
        return Row(case.name, "unusable", python.error.partition(":")[0], detail=python.error)
    said = tuple(f"{each.code}: {each.text}" for each in compiled.warnings)
    return compare_outcomes(case.name, python, compiled.outcome, said, done.tolerance)


def compare_outcomes(
    name: str, python: Outcome, rust: Outcome, warnings: Sequence[str] = (), tolerance: float = F64_TOLERANCE
) -> Row:
    """Compares two runs: output, exit code, the exception that ended them, and the files that they wrote."""
    count = len(warnings)
    if rust.code == LIMIT:
        return Row(name, "limit", "limit", 0, rust.error, count)
    comparison = compare_texts(python.output, rust.output, tolerance)
    if not comparison.same:
        difference = f"expected {comparison.expected!r} found {comparison.found!r}"
        ending = f"; ended with {rust.code} {rust.error}" if rust.code != python.code else ""
        return Row(name, "wrong", "output", comparison.line, difference + ending, count)
    if python.code != rust.code:
        return Row(name, "wrong", "exit", 0, f"expected exit code {python.code} found {rust.code} {rust.error}", count)
    if python.code and python.error != rust.error:
        return Row(name, "wrong", "error", 0, f"expected {python.error!r} found {rust.error!r}", count)
    if (
        python.written is not None
        and rust.written is not None
        and (wrong := _other_files(python.written, rust.written, tolerance))
    ):
        return Row(name, "wrong", "files", 0, wrong, count)
    if comparison.identical:
        return Row(name, "same", detail=f"{count} warnings, first: {warnings[0]}" if warnings else "", warnings=count)
    detail = f"{comparison.different_numbers} numbers differ by at most {comparison.largest_relative:.1e} relative"
    return Row(name, "near", detail=detail, warnings=count)


def _other_files(python: Mapping[str, bytes], rust: Mapping[str, bytes], tolerance: float) -> str:
    """How the written files differ; "" when they do not."""
    for name in sorted({*python, *rust}):
        if name not in rust:
            return f"Rust does not write the file `{name}`"
        if name not in python:
            return f"Rust writes the file `{name}`, Python does not"
        if not compare_texts(python[name].decode(errors="replace"), rust[name].decode(errors="replace"), tolerance).same:
            return f"the file `{name}` differs"
    return ""
