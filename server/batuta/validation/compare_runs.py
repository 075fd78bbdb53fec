"""Compares two runs: output, ending, files. What neither of them shows is not compared."""

from __future__ import annotations

import re

from batuta.findings.codes import make_finding
from batuta.findings.finding import Finding
from batuta.validation.compare_output import TextComparison, compare_texts
from batuta.validation.limited_run import Ran
from batuta.validation.proof import ComparedEvidence

_LAST_LINE = re.compile(r"^([A-Za-z_][\w.]*)(?::\s.*)?$")


def python_exception(ran: Ran) -> str:
    """The class of the exception that ended a Python program, without its module; "" when it ended otherwise."""
    text = ran.stderr.decode(errors="replace")
    _, mark, traceback = text.rpartition("Traceback (most recent call last):\n")
    if ran.code == 0 or not mark:
        return ""
    for line in traceback.split("\n"):
        # The frames are indented; the first line that is not names the class. Its message may go on below.
        if line and not line[0].isspace():
            match = _LAST_LINE.match(line)
            return match[1].rsplit(".", 1)[-1] if match else ""
    return ""


def rust_exceptions(ran: Ran) -> set[str]:
    """Classes that the Rust program may have ended with: those that start a line of its stderr."""
    if ran.code == 0:
        return set()
    lines = ran.stderr.decode(errors="replace").split("\n")
    return {match[1].rsplit(".", 1)[-1] for line in lines if (match := _LAST_LINE.match(line))}


def compare_runs(python: Ran, rust: Ran, inputs: str, tolerance: float) -> tuple[ComparedEvidence, list[Finding]]:
    """The evidence, and a finding for each difference."""
    for name, ran in (("Python", python), ("Rust", rust)):
        if ran.ended_by:
            reason = f"the {name} program was ended by a limit: {ran.ended_by}"
            evidence = ComparedEvidence(inputs, "not compared", tolerance, output_bytes=len(python.stdout), reason=reason)
            return evidence, [make_finding("BAT504", f"{reason} after {ran.seconds:.1f} s")]
    findings: list[Finding] = []
    exception = python_exception(python)
    text = compare_texts(python.stdout.decode(errors="replace"), rust.stdout.decode(errors="replace"), tolerance)
    if not text.same:
        findings.append(
            make_finding(
                "BAT501", f"line {text.line} of the output: Python prints {text.expected!r}, Rust prints {text.found!r}"
            )
        )
    if python.code != rust.code:
        findings.append(
            make_finding(
                "BAT502",
                f"Python ends with exit code {python.code}{_said(python)}, Rust with {rust.code}{_said(rust)}",
            )
        )
    elif exception and exception not in rust_exceptions(rust):
        findings.append(make_finding("BAT502", f"Python ends with {exception}, Rust with{_said(rust) or ' no message'}"))
    files, file_findings = _compare_files(python, rust, tolerance)
    findings.extend(file_findings)
    everything = text if files is None else text.join(files)
    nothing = not python.stdout and not rust.stdout and not python.written and not rust.written and python.code == 0
    reason = ""
    if findings:
        verdict = "differs"
        reason = findings[0].reason
    elif nothing:
        verdict = "not compared"
        reason = "the program prints nothing, writes no file and raises nothing"
        findings.append(make_finding("BAT505", reason))
    else:
        verdict = "identical" if everything.identical else "same"
    evidence = ComparedEvidence(
        inputs,
        verdict,  # type: ignore[arg-type]
        tolerance,
        everything.numbers,
        everything.different_numbers,
        everything.largest_absolute,
        everything.largest_relative,
        everything.largest_ulps,
        len(python.stdout),
        python.code,
        exception,
        tuple(sorted(python.written)),
        reason,
    )
    return evidence, findings


def _compare_files(python: Ran, rust: Ran, tolerance: float) -> tuple[TextComparison | None, list[Finding]]:
    findings = []
    total: TextComparison | None = None
    for name in sorted({*python.written, *rust.written}):
        left, right = python.written.get(name), rust.written.get(name)
        if left is None or right is None:
            who, other = ("Python", "Rust") if right is None else ("Rust", "Python")
            findings.append(make_finding("BAT506", f"{who} writes the file `{name}`, {other} does not"))
            continue
        try:
            result = compare_texts(left.decode(), right.decode(), tolerance)
        except UnicodeDecodeError:
            result = TextComparison(left == right, left == right)
        total = result if total is None else total.join(result)
        if not result.same:
            where = f", first in line {result.line}" if result.line else ""
            findings.append(make_finding("BAT506", f"the file `{name}` differs{where}"))
    return total, findings


def _said(ran: Ran) -> str:
    """The last line on stderr, in brackets."""
    lines = ran.stderr.decode(errors="replace").rstrip().split("\n")
    return f" ({lines[-1]})" if lines[-1] else ""
