"""Compiling one program, and many at once, with the real cargo."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from batuta.cargo.compile import compile_program
from batuta.cargo.many_programs import build_many, check_many, run_one
from batuta.cargo.messages import Progress, read_progress
from batuta.cargo.rustc_findings import compile_findings, python_span
from batuta.cargo.toolchain import find_toolchain
from batuta.ir.spans import Span
from batuta.rust.project import RustModule
from tests.cargo_rooms.programs import BROKEN, HELLO, WARNING, printing, program

MAP = [(4, Span(1, 0, 1, 5)), (5, Span(2, 0, 2, 11))]


def test_a_program_compiles_to_a_binary_that_prints() -> None:
    seen: list[Progress] = []
    compiled = compile_program(program("hello"), key="test:hello", build=True, on_progress=seen.append)
    assert compiled.ok and compiled.binary is not None, compiled.error
    assert subprocess.run([compiled.binary], capture_output=True, check=True).stdout == b"hello 1\n"
    assert compiled.rustc_version.startswith("rustc ")
    assert not compiled.diagnostics


def test_what_rustc_rejects_comes_back_on_the_python_line() -> None:
    compiled = compile_program(program("broken", BROKEN), key="test:broken")
    assert not compiled.ok
    (finding,) = compile_findings(compiled, MAP, program("broken", BROKEN), "broken.py")
    assert (finding.code, finding.span, finding.path) == ("BAT301", Span(2, 0, 2, 11), "broken.py")
    assert "E0277" in finding.reason and 'py::print!("{}", a + "x");' in finding.reason


def test_a_message_about_another_file_comes_back_on_the_line_of_that_file() -> None:
    places = [(3, Span(7, 4, 7, 9, "helpers.py"))]
    helpers = RustModule("helpers.rs", "\npub fn half() -> i64 {\n    0.5\n}\n", places)
    whole = replace(program("several", f"mod helpers;\n{printing('helpers::half();')}"), modules=(helpers,))
    compiled = compile_program(whole, key="test:several")
    (finding,) = compile_findings(compiled, MAP, whole, "main.py")
    assert (finding.code, finding.span, finding.path) == ("BAT301", Span(7, 4, 7, 9), "helpers.py")
    assert "in line 3 of src/helpers.rs, `0.5`" in finding.reason


def test_a_warning_is_a_finding_that_blocks_nothing() -> None:
    compiled = compile_program(program("warning", WARNING), key="test:warning")
    assert compiled.ok
    findings = compile_findings(compiled, MAP, program("warning", WARNING))
    assert [finding.code for finding in findings] == ["BAT302"] and not findings[0].blocks


def test_a_changed_program_is_compiled_again() -> None:
    for text, ok in ((HELLO, True), (BROKEN, False), (HELLO, True)):
        assert compile_program(program("changing", text), key="test:changing").ok is ok


@pytest.mark.parametrize(("line", "expected"), [(1, MAP[0][1]), (4, MAP[0][1]), (5, MAP[1][1]), (99, MAP[1][1])])
def test_lines_without_an_entry_take_the_nearest_above(line: int, expected: Span) -> None:
    assert python_span(MAP, line) == expected


def test_an_empty_map_has_no_span() -> None:
    assert python_span([], 3) is None


def test_missing_cargo_is_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CARGO_HOME", str(tmp_path))
    assert find_toolchain() is None
    compiled = compile_program(program("hello"), key="test:hello")
    assert (compiled.ok, compiled.code) == (False, "BAT303")
    assert [finding.code for finding in compile_findings(compiled, [], program("hello"))] == ["BAT303"]


def test_crates_that_were_not_fetched_are_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("CARGO_HOME", str(tmp_path / "empty"))
    compiled = compile_program(program("hello"), key="test:hello")
    assert (compiled.ok, compiled.code) == (False, "BAT304"), compiled.error


def test_an_unusable_cache_is_a_finding(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(tmp_path / "file" / "cache"))
    compiled = compile_program(program("hello"), key="test:hello")
    assert (compiled.ok, compiled.code) == (False, "BAT305")


def test_many_programs_get_a_verdict_each_and_run_from_one_binary(tmp_path: Path) -> None:
    programs = [program(f"number-{i}", printing(f'py::print!("{{}}", {i}i64);')) for i in range(5)]
    everything = [*programs, program("broken", BROKEN), program("needs json", HELLO, frozenset({"json"}))]
    verdicts = check_many(everything, name="test-many")
    assert {name for name, verdict in verdicts.items() if not verdict.ok} == {"broken"}
    assert verdicts["broken"].diagnostics[0].code == "E0277"
    runners = build_many([each for each in everything if verdicts[each.name].ok], name="test-many")
    for i in range(5):
        assert run_one(runners[f"number-{i}"], cwd=tmp_path).stdout == f"{i}\n".encode()
    assert len({runner.binary for runner in runners.values()}) == 1


def test_names_that_look_alike_as_identifiers_stay_apart() -> None:
    programs = [program("a-b"), program("a_b"), program("a b", BROKEN)]
    verdicts = check_many(programs, name="test-alike")
    assert {name: verdict.ok for name, verdict in verdicts.items()} == {"a-b": True, "a_b": True, "a b": False}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"    Building [==>     ] 3/12: ndarray, regex", Progress(3, 12, "ndarray, regex")),
        (b"    Building [=======>] 4/5: hello(bin)   ", Progress(4, 5, "hello(bin)")),
        (b"   Compiling hello v0.1.0", None),
        (b"", None),
    ],
)
def test_the_progress_line_of_cargo(line: bytes, expected: Progress | None) -> None:
    assert read_progress(line) == expected
