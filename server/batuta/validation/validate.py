"""Compiles a translated program, runs it and its Python on the same input, and gathers the proof.

Whoever calls this has asked for consent: here the Python is run.
"""

from __future__ import annotations

import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from batuta.cargo.cache import Cache
from batuta.cargo.compile import Compiled, Profile, compile_program
from batuta.cargo.invoke import OnProgress
from batuta.cargo.rustc_findings import SourceMap, at_home, compile_findings, python_span
from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.rust.project import Program, Recording
from batuta.rust.runtime import find_dependency, used_dependencies
from batuta.validation.compare_runs import compare_runs, python_exception
from batuta.validation.data_files import missing_file
from batuta.validation.file_accesses import access_findings, watching
from batuta.validation.limited_run import Ran, RunLimits, find_interpreter, run_limited
from batuta.validation.proof import CompiledEvidence, Proof, TimedEvidence

_OVERFLOW_EXIT = 70
"""The runtime's exit code for an overflow."""
_OVERFLOW = re.compile(r"^OverflowError: an integer left the range(?:.*?src/(?P<file>[\w/]+\.rs):(?P<line>\d+))?", re.MULTILINE)
_PICTURES = frozenset(
    {".png", ".pdf", ".svg", ".svgz", ".jpg", ".jpeg", ".eps", ".ps", ".pgf", ".tif", ".tiff", ".webp", ".gif", ".mp4", ".html"}
)
"""What drawing writes."""
_LARGEST_RECORDING = 8 * 1024 * 1024
"""Bytes of input and output together. A project is to be kept under version control; larger runs are compared and not
recorded."""


@dataclass(frozen=True)
class Inputs:
    """What both programs get."""

    arguments: tuple[str, ...] = ()
    stdin: bytes = b""
    data: Mapping[str, bytes] = field(default_factory=dict)
    """Path in the working folder → content."""

    def words(self) -> str:
        """For the proof."""
        parts = [f"arguments {' '.join(self.arguments)}"] if self.arguments else []
        if self.stdin:
            parts.append(f"{len(self.stdin):,} bytes on stdin")
        if self.data:
            parts.append(f"data {', '.join(self.data)}")
        return "; ".join(parts) or "no input"


@dataclass(frozen=True)
class Validated:
    """The proof, what was found, and the run that can be recorded."""

    proof: Proof
    findings: tuple[Finding, ...]
    compiled: Compiled
    recording: Recording | None = None
    """The Python run; None when it did not end by itself."""


def run_python(
    source: str,
    file_name: str,
    inputs: Inputs,
    *,
    modules: Mapping[str, str] | None = None,
    run_as: str = "",
    interpreter: str = "",
    limits: RunLimits | None = None,
    cancel: threading.Event | None = None,
    watch: Path | None = None,
) -> Ran:
    """Runs the user's program, with the modules of its own beside it. Only after consent.

    With `run_as`, the dotted name of its file, it is run as a part of its package. Raises FileNotFoundError when there is no
    interpreter. `watch`: where to note the files that it asks for.
    """
    python = find_interpreter(interpreter)
    if python is None:
        raise FileNotFoundError(f"the Python interpreter {interpreter!r} was not found")
    own = {name: text.encode() for name, text in (modules or {}).items()}
    place = f"{run_as.replace('.', '/')}.py" if run_as else file_name
    own[place] = source.encode()
    # Like -I, nothing but the standard library, installed packages and modules that were translated can be imported; but our own
    # PYTHONHASHSEED is heard.
    safe = ["-P"] if len(own) == 1 else []
    return run_limited(
        [str(python), "-s", *safe, "-B", "-X", "utf8", *(["-m", run_as] if run_as else [place]), *inputs.arguments],
        files={**inputs.data, **own},
        ignored=frozenset(own),
        stdin=inputs.stdin,
        environment={"PYTHONHASHSEED": "0", "MPLBACKEND": "Agg", **(watching(watch, file_name) if watch is not None else {})},
        limits=limits,
        cancel=cancel,
    )


def run_rust(binary: Path, inputs: Inputs, *, limits: RunLimits | None = None, cancel: threading.Event | None = None) -> Ran:
    """Runs the translated program under the same conditions."""
    return run_limited([str(binary), *inputs.arguments], files=inputs.data, stdin=inputs.stdin, limits=limits, cancel=cancel)


def without_pictures(python: Mapping[str, bytes], rust: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that Python wrote, without pictures that the Rust was not to draw."""
    return {name: held for name, held in python.items() if name in rust or Path(name).suffix.lower() not in _PICTURES}


def record(ran: Ran, inputs: Inputs, name: str = "run-1") -> Recording | None:
    """A run as a recording for the generated project's own test; None when a limit ended it, or it cannot be written down."""
    too_large = sum(map(len, inputs.data.values())) + len(inputs.stdin) + len(ran.stdout) > _LARGEST_RECORDING
    if ran.ended_by or too_large or any("\n" in argument or "\r" in argument for argument in inputs.arguments):
        return None
    return Recording(name, inputs.arguments, inputs.stdin, ran.stdout, ran.code, python_exception(ran), inputs.data)


def find_overflow(ran: Ran, source_map: SourceMap, program: Program) -> Finding | None:
    """A BAT402 on the Python line when an integer left the range of 64 bits."""
    match = _OVERFLOW.search(ran.stderr.decode(errors="replace"))
    if ran.code != _OVERFLOW_EXIT or match is None:
        return None
    places = next((each.source_map for each in program.modules if each.path == match["file"]), source_map)
    span = python_span(places, int(match["line"])) if match["line"] else None
    reason = "an integer left the range of 64 bits, where Python goes on with a bigger one"
    return make_finding("BAT402", reason, span=at_home(span), path=span.path if span else "")


def used_pins(program: Program, pins: Mapping[str, str]) -> dict[str, str]:
    """The pins of the crates that a program uses."""
    names = {d.package for d in used_dependencies(program.features)} | {find_dependency(c).package for c in program.crates}
    return {name: pin for name, pin in pins.items() if name in names}


def validate_program(
    program: Program,
    source: str,
    *,
    key: str,
    source_map: SourceMap = (),
    inputs: Inputs | None = None,
    profile: Profile = "release",
    interpreter: str = "",
    limits: RunLimits | None = None,
    cache: Cache | None = None,
    cancel: threading.Event | None = None,
    on_progress: OnProgress | None = None,
    folders: Sequence[Path] = (),
) -> Validated:
    """Builds, runs both sides, compares. Never raises for what it finds; OSError when no process can be started at all.

    `folders`: where the program's files would be found if it were run as usual; what is there and was not given is a finding.
    """
    inputs = inputs or Inputs()
    compiled = compile_program(
        program, key=key, build=True, profile=profile, cache=cache, cancel=cancel, on_progress=on_progress
    )
    findings = compile_findings(compiled, source_map, program)
    if not compiled.ok or compiled.binary is None:
        return Validated(Proof(program.source_name), tuple(findings), compiled)
    evidence = CompiledEvidence(
        compiled.rustc_version,
        profile,
        used_pins(program, compiled.pins),
        sum(diagnostic.level == "warning" for diagnostic in compiled.diagnostics),
        compiled.seconds,
    )
    file_name = Path(program.source_name).name
    with tempfile.TemporaryDirectory(prefix="batuta-watch-", ignore_cleanup_errors=True) as watched:
        log = Path(watched, "accesses")
        python = run_python(
            source,
            file_name,
            inputs,
            modules=program.python_files,
            run_as=program.run_as,
            interpreter=interpreter,
            limits=limits,
            cancel=cancel,
            watch=log,
        )
        accesses = access_findings(log, source, [*inputs.data, *program.python_files], folders)
    findings += accesses
    missing = missing_file(python.stderr, source, file_name)
    if missing is not None and not any(each.code == "BAT503" for each in accesses):
        findings.append(missing)
    if python.ended_by == "cancelled":
        return Validated(Proof(program.source_name, evidence), tuple(findings), compiled)
    if python_exception(python) in ("ModuleNotFoundError", "ImportError"):
        said = python.stderr.decode(errors="replace").rstrip().rsplit("\n", 1)[-1]
        findings.append(
            make_finding(
                "BAT502",
                f"the Python interpreter lacks a module: {said}",
                "Choose the interpreter that has it with `--python` or BATUTA_PYTHON.",
            )
        )
    rust = run_rust(compiled.binary, inputs, limits=limits, cancel=cancel)
    if program.without_drawing:
        python = replace(python, written=without_pictures(python.written, rust.written))
    compared, differences = compare_runs(python, rust, inputs.words(), program.tolerance)
    overflow = find_overflow(rust, source_map, program)
    # The overflow is the reason for every other difference of such a run.
    findings.extend(differences if overflow is None else [overflow])
    equal = compared.verdict in ("identical", "same")
    timed = TimedEvidence(python.seconds, rust.seconds) if equal else None
    proof = Proof(program.source_name, evidence, compared, timed)
    return Validated(proof, tuple(findings), compiled, record(python, inputs))
