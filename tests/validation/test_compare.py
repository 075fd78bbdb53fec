"""Comparing output and endings."""

from __future__ import annotations

import pytest

from batuta.validation.compare_output import F32_TOLERANCE, F64_TOLERANCE, compare_texts, ulps_between
from batuta.validation.compare_runs import compare_runs, python_exception
from batuta.validation.limited_run import Ran
from batuta.validation.proof import CompiledEvidence, Proof, TimedEvidence

SAME, IDENTICAL, DIFFERS = "same", "identical", "differs"

TEXTS = [
    ("a 1.5\n", "a 1.5\n", F64_TOLERANCE, IDENTICAL),
    ("x 0.1234567890123\n", "x 0.1234567890124\n", F64_TOLERANCE, SAME),
    ("x 0.12345678\n", "x 0.12345679\n", F64_TOLERANCE, DIFFERS),
    ("x 0.1234567\n", "x 0.1234568\n", F32_TOLERANCE, SAME),
    ("count 3\n", "count 4\n", F32_TOLERANCE, DIFFERS),
    ("count 1000000\n", "count 1000001\n", F32_TOLERANCE, DIFFERS),
    ("1\n", "1.0\n", F64_TOLERANCE, DIFFERS),
    ("a  b\n", "a b\n", F64_TOLERANCE, DIFFERS),
    ("a b\n", "a b", F64_TOLERANCE, DIFFERS),
    ("[ 1.0000000000001 2.5]\n", "[1.          2.5]\n", F64_TOLERANCE, SAME),
    ("nan\n", "nan\n", F64_TOLERANCE, IDENTICAL),
    ("nan\n", "1.0\n", F64_TOLERANCE, DIFFERS),
    ("inf\n", "-inf\n", F64_TOLERANCE, DIFFERS),
    ("0.0\n", "-0.0\n", F64_TOLERANCE, SAME),
    ("1e-300\n", "1.0e-300\n", F64_TOLERANCE, SAME),
    ("1.0\n2.0\n", "1.0\n", F64_TOLERANCE, DIFFERS),
    ("1.0\n", "1.0\n2.0\n", F64_TOLERANCE, DIFFERS),
    ("1.5e3\n", "-1.5e3\n", F64_TOLERANCE, DIFFERS),
    ("1e-17\n", "3e-17\n", F64_TOLERANCE, DIFFERS),
    ("日本 1.00000000000001\n", "日本 1.00000000000002\n", F64_TOLERANCE, SAME),
    ("日本 1.0\n", "中国 1.0\n", F64_TOLERANCE, DIFFERS),
]


@pytest.mark.parametrize(("expected", "found", "tolerance", "verdict"), TEXTS)
def test_texts(expected: str, found: str, tolerance: float, verdict: str) -> None:
    result = compare_texts(expected, found, tolerance)
    assert (result.identical, result.same) == {IDENTICAL: (True, True), SAME: (False, True), DIFFERS: (False, False)}[verdict]
    if verdict == DIFFERS:
        assert result.line


def test_the_first_line_that_differs_is_named() -> None:
    result = compare_texts("a\n1.0\nb\n", "a\n1.00000000000001\nc\n")
    assert (result.line, result.expected, result.found) == (3, "b", "c")
    assert (result.numbers, result.different_numbers) == (1, 1)


@pytest.mark.parametrize(
    ("x", "y", "steps"), [(1.0, 1.0, 0), (1.0, 1.0000000000000002, 1), (0.0, -0.0, 0), (5e-324, -5e-324, 2)]
)
def test_ulps(x: float, y: float, steps: int) -> None:
    assert ulps_between(x, y) == steps


def ran(stdout: str = "", code: int = 0, stderr: str = "", **more: object) -> Ran:
    return Ran(code, stdout.encode(), stderr.encode(), 0.1, **more)  # type: ignore[arg-type]


TRACE = 'Traceback (most recent call last):\n  File "p.py", line 1, in <module>\n    f()\n'
RUNS = [
    ("equal output", ran("1.5\n"), ran("1.5\n"), "identical", []),
    ("near output", ran("1.50000000000001\n"), ran("1.5\n"), "same", []),
    ("other output", ran("1.5\n"), ran("1.6\n"), "differs", ["BAT501"]),
    ("nothing at all", ran(), ran(), "not compared", ["BAT505"]),
    ("nothing but an exit code", ran(code=3), ran(code=3), "identical", []),
    ("other exit code", ran("a\n", 3), ran("a\n", 4), "differs", ["BAT502"]),
    ("equal exception", ran("", 1, TRACE + "ValueError: no\n"), ran("", 1, "ValueError: no\n"), "identical", []),
    ("other exception", ran("", 1, TRACE + "ValueError: no\n"), ran("", 1, "KeyError: 'a'\n"), "differs", ["BAT502"]),
    (
        "an exception of a module, with a long message",
        ran("", 1, TRACE + "numpy.linalg.LinAlgError: Singular\nmatrix\n"),
        ran("", 1, "LinAlgError: Singular\nmatrix\n"),
        "identical",
        [],
    ),
    ("a crash of the Rust", ran("a\n"), ran("a\n", 101, "thread main panicked\n"), "differs", ["BAT502"]),
    ("equal files", ran(written={"a": b"1.0"}), ran(written={"a": b"1.0"}), "identical", []),
    ("near files", ran(written={"a": b"1.0"}), ran(written={"a": b"1.00000000000001"}), "same", []),
    ("other files", ran(written={"a": b"x"}), ran(written={"a": b"y"}), "differs", ["BAT506"]),
    ("a file too few", ran("x\n", written={"a": b"x"}), ran("x\n"), "differs", ["BAT506"]),
    ("binary files", ran(written={"a": b"\xff\x00"}), ran(written={"a": b"\xff\x01"}), "differs", ["BAT506"]),
    ("a limit", ran("x\n", ended_by="timeout"), ran("x\n"), "not compared", ["BAT504"]),
]


@pytest.mark.parametrize(("python", "rust", "verdict", "codes"), [case[1:] for case in RUNS], ids=[case[0] for case in RUNS])
def test_runs(python: Ran, rust: Ran, verdict: str, codes: list[str]) -> None:
    evidence, findings = compare_runs(python, rust, "no input", F64_TOLERANCE)
    assert evidence.verdict == verdict
    assert [finding.code for finding in findings] == codes
    assert bool(evidence.reason) == (verdict in ("differs", "not compared"))


def test_a_message_on_stderr_is_not_an_exception() -> None:
    assert python_exception(ran("", 1, "usage: program FILE\n")) == ""


def test_a_proof_survives_json_and_speaks() -> None:
    compared, _ = compare_runs(RUNS[1][1], RUNS[1][2], "no input", F64_TOLERANCE)
    proof = Proof(
        "p.py", CompiledEvidence("rustc 1.95.0 (x)", "release", {"indexmap": "2.0.0"}), compared, TimedEvidence(1.0, 0.25)
    )
    assert Proof.from_json(proof.to_json()) == proof
    assert proof.sentence() == (
        "compiled (rustc 1.95.0, release); output the same: 1 of 1 number differ, by at most 6.7e-15 relative (45 ULPs); "
        "4x as fast as Python in one run"
    )


def test_without_a_comparison_the_verdict_is_not_compared() -> None:
    assert Proof("p.py").verdict == "not compared"
