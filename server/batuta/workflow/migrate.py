"""The whole way of one program in five phases: analyse, transpile, compile, validate, deploy.

Each phase is reported as it begins and ends. A phase that fails stops the ones that need it; what was reached stays on disk,
and a second run repeats only what has changed: cargo's cache keeps the compilation, `.batuta/` the comparison.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from batuta.cargo.compile import Compiled, Profile, compile_program
from batuta.cargo.invoke import OnProgress
from batuta.cargo.rustc_findings import compile_findings
from batuta.citl.loop import mend
from batuta.findings.finding import Finding
from batuta.rust.project import Program, Recording
from batuta.rust.project_folder import Written
from batuta.validation.limited_run import RunLimits
from batuta.validation.proof import CompiledEvidence, Proof
from batuta.validation.validate import Inputs, record, run_rust, used_pins, validate_program
from batuta.workflow.build_project import place_binary
from batuta.workflow.state import load_proof, save_proof, state_key
from batuta.workflow.translate_program import Choice, TranslatedFile, translate_file
from batuta.workflow.write_output import read_recordings, write_programs

PhaseName = Literal["analyse", "transpile", "compile", "validate", "deploy"]
Status = Literal["done", "failed", "skipped", "unchanged"]

PHASES: tuple[PhaseName, ...] = ("analyse", "transpile", "compile", "validate", "deploy")


@dataclass(frozen=True)
class PhaseResult:
    """How one phase went."""

    name: PhaseName
    status: Status
    detail: str
    seconds: float = 0.0


@dataclass
class Migration:
    """What came out. Grows phase by phase."""

    translated: TranslatedFile
    phases: list[PhaseResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    program: Program | None = None
    written: Written | None = None
    compiled: Compiled | None = None
    proof: Proof | None = None
    binary: Path | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing failed. A comparison that was skipped for want of consent is no failure, one that found nothing
        is."""
        return all(phase.status != "failed" for phase in self.phases)


@dataclass(frozen=True)
class Request:
    """What is to be migrated, and how."""

    source: Path
    output: Path
    choice: Choice = field(default_factory=Choice)
    inputs: Callable[[str], Inputs] = lambda source: Inputs()
    """From the program's text, because the data files that it names belong to them."""
    consent: Callable[[], bool] = lambda: False
    """Asked once, right before the Python would be run."""
    profile: Profile = "release"
    force: bool = False
    interpreter: str = ""
    limits: RunLimits = field(default_factory=RunLimits)


def migrate(
    request: Request,
    *,
    on_phase: Callable[[PhaseName], None] = lambda name: None,
    on_result: Callable[[PhaseResult], None] = lambda result: None,
    on_progress: OnProgress | None = None,
    cancel: threading.Event | None = None,
) -> Migration:
    """Runs the phases. Raises FolderError when the output cannot be written; all else is in the result."""
    started = time.perf_counter()

    def begin(name: PhaseName) -> None:
        nonlocal started
        started = time.perf_counter()
        on_phase(name)

    def end(name: PhaseName, status: Status, detail: str) -> None:
        result = PhaseResult(name, status, detail, time.perf_counter() - started)
        migration.phases.append(result)
        on_result(result)

    begin("analyse")
    translated = translate_file(request.source, request.choice, program_needed=False)
    migration = Migration(translated, findings=list(translated.findings))
    if translated.unreadable or translated.blocking or not translated.translation or not translated.translation.rust:
        end("analyse", "failed", _count(len(translated.blocking), "line") + " cannot be translated; no Rust is written")
        return migration
    end(
        "analyse",
        "done",
        f"{_count(len(translated.source.splitlines()), 'line')}, {_count(len(translated.findings), 'finding')}",
    )

    begin("transpile")
    program = migration.program = translated.program()
    migration.written = write_programs([program], request.output, force=request.force, cancel=cancel)
    lines = len(program.rust.splitlines())
    end("transpile", "done", f"{_count(lines, 'line')} of Rust, {_count(len(migration.written.written), 'file')} written")

    begin("compile")
    key = str(request.source.resolve())
    source_map = translated.translation.source_map

    def compile_it(candidate: Program) -> Compiled:
        return compile_program(candidate, key=key, build=True, profile=request.profile, cancel=cancel, on_progress=on_progress)

    mended = mend(program, compile_it(program), compile_it)
    compiled = migration.compiled = mended.compiled
    if mended.repairs:
        program = migration.program = mended.program
        migration.written = write_programs([program], request.output, force=request.force, cancel=cancel)
    migration.findings.extend(compile_findings(compiled, source_map, program, str(request.source)))
    if not compiled.ok or compiled.binary is None:
        detail = (
            compiled.error.split("\n")[0]
            or f"{_count(sum(d.level == 'error' for d in compiled.diagnostics), 'error')} by rustc"
        )
        end("compile", "failed", detail)
        return migration
    warnings = sum(diagnostic.level == "warning" for diagnostic in compiled.diagnostics)
    version = " ".join(compiled.rustc_version.split()[:2])
    repaired = f", {_count(len(mended.repairs), 'repair')} ({', '.join(mended.repairs)})" if mended.repairs else ""
    end("compile", "done", f"{version}, {request.profile} profile, {_count(warnings, 'warning')}{repaired}")

    begin("validate")
    inputs = request.inputs(translated.source)
    recording: Recording | None = None
    proof_key = state_key(
        translated.source,
        repr(sorted(program.python_files.items())),
        repr(sorted(program.sources().items())),
        repr(inputs),
        request.interpreter,
        compiled.rustc_version,
        request.profile,
    )
    kept = load_proof(request.output, program.name, proof_key)
    if kept is not None and kept.verdict in ("identical", "same") and read_recordings(request.output, program):
        migration.proof = kept
        end("validate", "unchanged", kept.sentence())
    elif request.consent():
        validated = validate_program(
            program,
            translated.source,
            key=key,
            source_map=source_map,
            inputs=inputs,
            profile=request.profile,
            interpreter=request.interpreter,
            limits=request.limits,
            cancel=cancel,
            folders=(request.source.resolve().parent, Path.cwd()),
        )
        migration.proof = validated.proof
        migration.findings.extend(replace(finding, path=finding.path or str(request.source)) for finding in validated.findings)
        recording = validated.recording
        lacked = any(finding.code == "BAT503" for finding in validated.findings)
        good = validated.proof.verdict in ("identical", "same") and not lacked
        if good:
            save_proof(request.output, program.name, proof_key, validated.proof)
        without = "run without a file that it needs; " if lacked else ""
        end("validate", "done" if good else "failed", without + validated.proof.sentence())
    else:
        evidence = CompiledEvidence(
            compiled.rustc_version, request.profile, used_pins(program, compiled.pins), warnings, compiled.seconds
        )
        migration.proof = Proof(program.source_name, evidence)
        # Without Python's output the project still gets a recording, of the Rust, so that its own test guards later edits.
        recording = record(run_rust(compiled.binary, inputs, limits=request.limits, cancel=cancel), inputs)
        end("validate", "skipped", "your Python was not run, so nothing was compared")

    begin("deploy")
    migration.binary = place_binary(compiled.binary, request.output, program.name, request.profile)
    if recording is not None:
        recorded = replace(program, recordings=(recording,))
        migration.written = write_programs([recorded], request.output, force=request.force, cancel=cancel)
    size = migration.binary.stat().st_size / 1024 / 1024
    end("deploy", "done", f"{migration.binary.relative_to(request.output).as_posix()}, {size:.1f} MB")
    return migration


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
