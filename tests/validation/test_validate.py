"""Both sides for real: Python in its sandbox, Rust by cargo."""

from __future__ import annotations

from pathlib import Path

import pytest

from batuta.ir.spans import Span
from batuta.validation import consent
from batuta.validation.data_files import DataError, gather_data, missing_file
from batuta.validation.limited_run import RunLimits
from batuta.validation.validate import Inputs, run_python, validate_program
from tests.cargo_rooms.programs import BROKEN, HELLO, printing, program


def validate(source: str, rust: str, **more: object):
    return validate_program(
        program("validated", rust), source, key="test:validate", profile="dev", limits=RunLimits(wall=30.0), **more
    )


def test_equal_programs_are_identical_and_leave_a_recording() -> None:
    validated = validate("print('hello', 1)", HELLO)
    assert validated.proof.verdict == "identical" and not validated.findings
    assert validated.proof.compiled and validated.proof.compiled.rustc.startswith("rustc ")
    assert validated.proof.timed and validated.proof.timed.ratio > 0
    assert validated.recording and validated.recording.stdout == b"hello 1\n"
    assert list(validated.proof.compiled.pins) == ["indexmap"]


def test_a_difference_names_the_line() -> None:
    validated = validate("print('hello', 2)", HELLO)
    (finding,) = validated.findings
    assert (validated.proof.verdict, finding.code) == ("differs", "BAT501")
    assert "'hello 2'" in finding.reason and "'hello 1'" in finding.reason


def test_a_program_that_rustc_rejects_is_never_run() -> None:
    validated = validate("open('ran', 'w')", BROKEN)
    assert validated.proof.compiled is None and validated.proof.verdict == "not compared"
    assert [finding.code for finding in validated.findings] == ["BAT301"]


def test_a_missing_data_file_says_how_to_pass_it() -> None:
    source = "import sys\n\nrows = open('rows.csv').read()\n"
    validated = validate(source, HELLO)
    finding = next(finding for finding in validated.findings if finding.code == "BAT503")
    assert finding.span.line == 3 and "--data rows.csv" in finding.remedy


def test_an_overflow_is_named_on_the_python_line() -> None:
    source = "x = 2\nfor i in range(70):\n    x = x * 2\nprint(x)\n"
    rust = printing("let mut x: i64 = 2;", "for _ in 0..70 {", "x = x * 2;", "}", 'py::print!("{x}");')
    validated = validate(source, rust, source_map=[(4, Span(1, 0, 1, 5)), (6, Span(3, 4, 3, 13))])
    (finding,) = validated.findings
    assert (finding.code, finding.span, validated.proof.verdict) == ("BAT402", Span(3, 4, 3, 13), "differs")
    assert validated.proof.timed is None


def test_an_endless_program_is_not_compared() -> None:
    validated = validate_program(
        program("validated"), "while True: pass", key="test:validate", profile="dev", limits=RunLimits(wall=1.0)
    )
    assert validated.proof.verdict == "not compared" and validated.recording is None
    assert [finding.code for finding in validated.findings] == ["BAT504"]


def test_an_interpreter_without_the_library_says_so() -> None:
    validated = validate("import no_such_library", HELLO)
    assert any("no_such_library" in finding.reason and "--python" in finding.remedy for finding in validated.findings)


def test_arguments_stdin_and_data_reach_both_sides() -> None:
    inputs = Inputs(("a",), b"typed\n", {"in.txt": b"file\n"})
    source = "import sys\nprint(sys.argv[1], input(), open('in.txt').read().strip())"
    rust = printing(
        "let mut line = String::new();",
        "std::io::stdin().read_line(&mut line).unwrap();",
        'let text = std::fs::read_to_string("in.txt").unwrap();',
        'py::print!("{} {} {}", std::env::args().nth(1).unwrap(), line.trim(), text.trim());',
    )
    validated = validate(source, rust, inputs=inputs)
    assert validated.proof.verdict == "identical", validated.findings
    assert validated.proof.compared and validated.proof.compared.inputs == "arguments a; 6 bytes on stdin; data in.txt"


def test_data_files_are_found_by_literals_arguments_and_hand(tmp_path: Path) -> None:
    for name in ("named.csv", "argument.csv", "passed/deep.csv", "elsewhere.csv", "program.py"):
        (tmp_path / "work" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "work" / name).write_text(name)
    (tmp_path / "outside.csv").write_text("outside")
    source = "open('named.csv'); open('absent.csv'); open('../outside.csv'); open('program.py')"
    found = gather_data(
        source, tmp_path / "work/program.py", ["argument.csv"], [tmp_path / "work/passed", tmp_path / "outside.csv"]
    )
    assert sorted(found) == ["argument.csv", "named.csv", "outside.csv", "passed/deep.csv"]
    with pytest.raises(DataError, match="absent"):
        gather_data("", tmp_path / "work/program.py", (), [tmp_path / "absent"])


def test_other_exceptions_are_not_missing_files() -> None:
    assert missing_file(b"ValueError: 'a.csv'\n", "", "p.py") is None


def test_consent_holds_for_a_folder_and_below_and_is_never_taken_from_it(tmp_path: Path) -> None:
    program_path = tmp_path / "a" / "b" / "p.py"
    program_path.parent.mkdir(parents=True)
    (tmp_path / "consent.json").write_text(f'{{"folders": ["{tmp_path}"]}}')
    assert not consent.is_allowed(program_path)
    consent.allow(tmp_path / "a")
    assert consent.is_allowed(program_path) and not consent.is_allowed(tmp_path / "c.py")
    assert consent.revoke(tmp_path / "a") and not consent.is_allowed(program_path)
    assert not consent.revoke(tmp_path / "a")


ACCESSES = {
    "a file whose name is put together": ("open('ro' + 'ws.csv').read()", "BAT503", "opens `rows.csv`", "--data {}/rows.csv"),
    "a file that is only looked for": (
        "import os\nprint(os.path.exists('ro' + 'ws.csv'))",
        "BAT503",
        "looks for `rows.csv`",
        "--data",
    ),
    "a file that is done without": (
        "try:\n    open('ro' + 'ws.csv')\nexcept OSError:\n    print(1)",
        "BAT503",
        "opens `rows.csv`",
        "--data",
    ),
    "a folder": ("import os\nprint(os.listdir('deep'))", "BAT503", "lists the folder `deep`", "--data {}/deep"),
    "names by pattern": ("import glob\nprint(glob.glob('deep/*.txt'))", "BAT503", "`deep", "--data {}/deep"),
    "a file elsewhere": ("print(len(open('/etc/passwd').read()) > 0)", "BAT507", "reads `/etc/passwd`", "--data /etc/passwd"),
}


@pytest.mark.parametrize("name", ACCESSES)
def test_any_other_file_access_says_how_to_pass_it(name: str, tmp_path: Path) -> None:
    source, code, reason, remedy = ACCESSES[name]
    (tmp_path / "deep").mkdir()
    for file in ("rows.csv", "deep/a.txt"):
        (tmp_path / file).write_text("1")
    validated = validate(source, HELLO, folders=(tmp_path,))
    finding = next(each for each in validated.findings if each.code == code)
    assert reason in finding.reason and remedy.format(tmp_path) in finding.remedy, finding
    assert source.split("\n")[finding.span.line - 1].strip()


def test_what_was_given_or_made_by_the_program_is_no_finding(tmp_path: Path) -> None:
    (tmp_path / "in.txt").write_text("1")
    source = (
        "import csv, glob, json, os, sys, tempfile\n"
        "print(open('in.txt').read(), os.path.exists('nowhere'), glob.glob('*.txt'))\n"
        "open('out.txt', 'w').write('2')\n"
        "print(open('out.txt').read())\n"
        "tempfile.TemporaryFile().close()\n"
        "open(os.devnull).close()\n"
        "print(sorted(os.environ), len(sys.path) > 0, 'sitecustomize' in str(sys.path))\n"
    )
    validated = validate(source, HELLO, inputs=Inputs((), b"", {"in.txt": b"1"}), folders=(tmp_path,))
    assert {each.code for each in validated.findings} == {"BAT501", "BAT506"}, "the programs differ, and nothing else is found"


def test_the_program_does_not_see_that_it_is_watched(tmp_path: Path) -> None:
    source = "import os, sys\nprint([key for key in os.environ if 'BATUTA' in key or key == 'PYTHONPATH'], 'watched' in str(sys.path))\n"
    plain = run_python(source, "p.py", Inputs())
    watched = run_python(source, "p.py", Inputs(), watch=tmp_path / "log")
    assert plain.stdout == watched.stdout == b"[] False\n" and (tmp_path / "log").is_file()


def test_files_of_the_folder_in_which_it_is_started_are_found_too(tmp_path: Path) -> None:
    for name in ("src/p.py", "data/rows.csv", "given.csv", "src/given.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    found = gather_data("open('data/rows.csv'); open('given.csv')", tmp_path / "src/p.py", here=tmp_path)
    assert found == {"data/rows.csv": b"data/rows.csv", "given.csv": b"src/given.csv"}
    found = gather_data("", tmp_path / "src/p.py", ["given.csv"], [tmp_path / "data"], here=tmp_path)
    assert found == {"data/rows.csv": b"data/rows.csv", "given.csv": b"given.csv"}
