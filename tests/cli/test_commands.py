"""Each command, end to end, on small programs without arrays."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.cli import programs
from tests.cli.command_line import CommandLine


def test_help_names_every_command_and_each_has_examples(batuta: CommandLine) -> None:
    names = ["build", "cache", "check", "corpus", "doctor", "lsp", "migrate", "setup", "transpile", "validate"]
    answer = batuta("--help")
    assert answer.code == 0 and all(f"\n  {name}" in answer.out for name in names) and "Examples:" in answer.out
    for name in names:
        answer = batuta(name, "--help")
        assert answer.code == 0 and "Example" in answer.out, name


def test_the_version_names_the_pins(batuta: CommandLine) -> None:
    answer = batuta("--version")
    assert answer.code == 0 and "aprender-core 0.72.3" in answer.out and "ndarray 0.16" in answer.out


def test_transpile_then_build_then_run(batuta: CommandLine) -> None:
    Path("squares.py").write_text(programs.SQUARES)
    answer = batuta("transpile", "squares.py")
    assert answer.code == 0, answer.err
    assert Path("src/main.rs").is_file(), "the current folder is the default"
    answer = batuta("build", "--release")
    assert answer.code == 0, answer.err
    binary = Path("target/release/squares")
    assert subprocess.run([binary.resolve()], capture_output=True).stdout == b"30\n"


def test_transpile_records_a_run_when_asked_to(batuta: CommandLine) -> None:
    Path("squares.py").write_text(programs.SQUARES)
    answer = batuta("transpile", "squares.py", "-o", "out", "--record", "--yes")
    assert answer.code == 0, answer.err
    assert Path("out/tests/recorded/squares/run-1/stdout.txt").read_text() == "30\n"
    refused = batuta("transpile", "squares.py", "-o", "other", "--record")
    assert refused.code == 2 and "consent" in refused.err and "--yes" in refused.err
    assert not Path("other/tests/recorded").exists()


def test_the_written_rust_is_formatted(batuta: CommandLine) -> None:
    Path("long.py").write_text("values = [" + ", ".join(f"{n}.5" for n in range(60)) + "]\nprint(sum(values))\n")
    Path("rustfmt.toml").write_text("max_width = 40\n")
    assert batuta("transpile", "long.py", "-o", "out").code == 0
    Path("rustfmt.toml").unlink()
    for name in ("src/main.rs", "tests/parity.rs"):
        answer = subprocess.run(["rustfmt", "--check", "--edition", "2024", Path("out", name)], capture_output=True, text=True)
        assert answer.returncode == 0, answer.stdout


def test_a_second_transpile_changes_nothing_and_an_edit_is_kept(batuta: CommandLine) -> None:
    Path("hello.py").write_text(programs.HELLO)
    assert "0 unchanged" in batuta("transpile", "hello.py", "-o", "out").out
    assert ": 0 files written" in batuta("transpile", "hello.py", "-o", "out").out
    Path("out/src/main.rs").write_text("// mine\n")
    answer = batuta("transpile", "hello.py", "-o", "out")
    assert answer.code == 2 and "src/main.rs" in answer.err and "--force" in answer.err
    assert batuta("transpile", "hello.py", "-o", "out", "--force").code == 0
    assert "mine" not in Path("out/src/main.rs").read_text()


def test_a_folder_becomes_a_workspace_and_helpers_are_refused(batuta: CommandLine) -> None:
    Path("tools").mkdir()
    Path("hello.py").write_text(programs.HELLO)
    Path("tools/hello.py").write_text(programs.SQUARES)
    Path("helper.py").write_text(programs.HELPER)
    answer = batuta("transpile", "--output", "out")
    assert answer.code == 1 and "helper.py:1:1: hint BAT004" in answer.err
    assert "2 programs in out" in answer.out
    assert batuta("build", "out").code == 0
    for name, printed in (("hello", b"hello 1\n"), ("tools-hello", b"30\n")):
        assert subprocess.run([Path(f"out/target/debug/{name}").resolve()], capture_output=True).stdout == printed
    assert batuta("transpile", "--output", "out").code == 1, "the project itself is not searched for programs"


@pytest.mark.parametrize(
    ("source", "line"),
    [(programs.REFUSED, 4), (programs.EXCEL, 3), (programs.METACLASS, 5)],
    ids=["eval", "excel", "metaclass"],
)
def test_what_cannot_be_translated_is_refused_at_its_line(batuta: CommandLine, source: str, line: int) -> None:
    Path("refused.py").write_text(source)
    for arguments in (["transpile"], ["transpile", "--partial"], ["migrate", "--yes"], ["validate", "--yes"]):
        answer = batuta(arguments[0], "refused.py", *arguments[1:])
        assert answer.code == 1 and f"refused.py:{line}:" in answer.err and "remedy:" in answer.err
    assert [path.name for path in Path.cwd().iterdir()] == ["refused.py"]


def test_validate_compares_and_records(batuta: CommandLine) -> None:
    Path("squares.py").write_text(programs.SQUARES)
    assert batuta("transpile", "squares.py", "-o", "out").code == 0
    answer = batuta("validate", "squares.py", "--yes", "-o", "out", "--json")
    assert answer.code == 0, answer.err
    proof = json.loads(answer.out[: answer.out.rindex("}") + 1])
    assert proof["verdict"] == "identical" and proof["compared"]["numbers"] == 1
    assert Path("out/tests/recorded/squares/run-1/stdout.txt").read_text() == "30\n"
    assert "#[ignore" not in Path("out/tests/parity.rs").read_text()


def test_an_uncaught_exception_is_compared_too(batuta: CommandLine) -> None:
    Path("raises.py").write_text(programs.RAISES)
    answer = batuta("validate", "raises.py", "--yes", "--json")
    assert answer.code == 0, answer.err
    compared = json.loads(answer.out)["compared"]
    assert (compared["verdict"], compared["exit_code"], compared["exception"]) == ("identical", 1, "ValueError")


def test_a_silent_program_is_not_called_the_same(batuta: CommandLine) -> None:
    Path("silent.py").write_text(programs.SILENT)
    answer = batuta("validate", "silent.py", "--yes")
    assert answer.code == 1 and "not compared" in answer.out and "BAT505" in answer.err


def test_migrate_goes_all_the_way_and_a_second_run_repeats_nothing(batuta: CommandLine) -> None:
    Path("squares.py").write_text(programs.SQUARES)
    before = Path("squares.py").stat().st_mtime_ns
    answer = batuta("migrate", "squares.py", "--output", "out", "--yes")
    assert answer.code == 0, answer.err
    for number, phase in enumerate(["analyse", "transpile", "compile", "validate", "deploy"], 1):
        assert f"✓ {number}/5 {phase}" in answer.err
    assert "output identical (1 number, 3 bytes)" in answer.out and "cargo run --release" in answer.out
    assert subprocess.run([Path("out/target/release/squares").resolve()], capture_output=True).stdout == b"30\n"
    assert Path("out/tests/recorded/squares/run-1/stdout.txt").read_text() == "30\n"
    assert Path("squares.py").stat().st_mtime_ns == before
    again = batuta("transpile", "squares.py", "--output", "out")
    assert again.code == 0 and ": 0 files written" in again.out and "cargo test" not in again.out
    again = batuta("migrate", "squares.py", "--output", "out", "--yes")
    assert again.code == 0 and "= 4/5 validate" in again.err and "0 files written" in again.err


def test_migrate_without_consent_runs_no_python_and_says_so(batuta: CommandLine) -> None:
    Path("squares.py").write_text(programs.SQUARES)
    answer = batuta("migrate", "squares.py")
    assert answer.code == 0, answer.err
    assert "– 4/5 validate" in answer.err and "not compared" in answer.out
    assert Path("squares-rs/tests/recorded/squares/run-1/stdout.txt").read_text() == "30\n"


def test_check_formats_and_codes(batuta: CommandLine) -> None:
    Path("good.py").write_text(programs.HELLO)
    Path("refused.py").write_text(programs.REFUSED)
    assert batuta("check", "good.py").code == 0
    answer = batuta("check", ".")
    assert answer.code == 1 and "refused.py:4:" in answer.out
    assert batuta("check", ".", "--fail-on", "error").code == 0
    data = json.loads(batuta("check", ".", "--format", "json").out)
    assert [(each["path"], each["line"], each["code"]) for each in data["findings"]] == [("refused.py", 4, "BAT107")]
    log = json.loads(batuta("check", ".", "--format", "sarif").out)
    assert log["runs"][0]["results"][0]["ruleId"] == "BAT107"
    assert batuta("check", ".", "--format", "github").out.startswith("::notice file=refused.py,line=4")
    assert batuta("check", ".", "--ignore", "BAT107").code == 0
    assert batuta("check", ".", "--select", "BAT2").code == 0
    assert batuta("check", ".", "--format", "json", "--output", "report.json").out == ""
    assert json.loads(Path("report.json").read_text()) == data


def test_check_is_stable_whatever_the_order_of_paths(batuta: CommandLine) -> None:
    for name in ("b.py", "a.py", "c.py"):
        Path(name).write_text(programs.REFUSED)
    texts = {batuta("check", *order, "--format", "json").out for order in (["c.py", "a.py", "b.py"], ["."], [".", "a.py"])}
    assert len(texts) == 1


def test_check_obeys_comments_and_configuration(batuta: CommandLine) -> None:
    Path("refused.py").write_text(programs.REFUSED.replace("argv[1]))", "argv[1]))  # batuta: ignore[BAT107]"))
    assert batuta("check", ".").code == 0
    Path("unused.py").write_text("print(1)  # batuta: ignore[BAT101]\n")
    answer = batuta("check", ".")
    assert answer.code == 1 and "unused.py:1:11: hint BAT901" in answer.out
    Path("batuta.toml").write_text('[per-file-ignores]\n"unused.py" = ["BAT9"]\n')
    assert batuta("check", ".").code == 0
    Path("batuta.toml").write_text('exclude = ["unused.py"]\nbogus = true\n')
    answer = batuta("check", ".")
    assert answer.code == 1 and "BAT902" in answer.out and "unused.py" not in answer.out


def test_doctor_says_what_is_here(batuta: CommandLine) -> None:
    answer = batuta("doctor")
    assert answer.code == 0, answer.out
    for name in ("runtime crate", "Rust", "crates", "cache", "Python", "sandbox", "GPU"):
        assert name in answer.out


def test_doctor_names_what_is_missing(batuta: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("CARGO_HOME", str(tmp_path))
    answer = batuta("doctor", "--python", "no-such-python")
    assert answer.code == 1 and answer.out.count("MISSING") == 3 and answer.out.count("remedy:") == 3


def test_setup_compiles_ahead_and_the_cache_can_be_looked_at_and_cleaned(
    batuta: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BATUTA_CACHE_DIR", str(tmp_path / "cache"))
    answer = batuta("setup", "--level", "plain", "--offline")
    assert answer.code == 0 and "building plain (release)" in answer.out, answer.err
    answer = batuta("cache", "info")
    assert answer.code == 0 and "together" in answer.out
    assert (tmp_path / "cache/target").is_dir()
    assert batuta("cache", "clean").code == 0 and not (tmp_path / "cache/target").exists()


def test_data_files_named_by_the_program_are_found(batuta: CommandLine) -> None:
    Path("rows.txt").write_text("1\n2\n3\n")
    Path("reads.py").write_text('with open("rows.txt") as f:\n    print(sum(int(line) for line in f))\n')
    answer = batuta("validate", "reads.py", "--yes")
    assert answer.code == 0, answer.err + answer.out


def test_a_run_without_its_data_does_not_count(batuta: CommandLine) -> None:
    Path("rows.txt").write_text("7\n")
    source = "name = 'rows' + '.txt'\ntry:\n    with open(name) as f:\n        print(f.read())\nexcept FileNotFoundError:\n    print('none')\n"
    Path("reads.py").write_text(source)
    for command in (["validate"], ["migrate", "-o", "out"]):
        answer = batuta(*command, "reads.py", "--yes")
        assert answer.code == 1 and "BAT503" in answer.err and "--data rows.txt" in answer.err, answer.err
        answer = batuta(*command, "reads.py", "--yes", "--data", "rows.txt")
        assert answer.code == 0 and "BAT503" not in answer.err, answer.err


def test_partial_leaves_functions_in_python_loudly(batuta: CommandLine) -> None:
    source = (
        "import pandas as pd\n\n\ndef load(path):\n    frame = pd.read_excel(path)\n    return pd.concat([frame, frame])\n\n\n"
        "def area(w, h):\n    return w * h\n\n\nprint(area(2, 3))\nprint(load('x.xlsx'))\n"
    )
    Path("mixed.py").write_text(source)
    assert batuta("transpile", "mixed.py", "-o", "out").code == 1 and not Path("out").exists()
    answer = batuta("transpile", "mixed.py", "-o", "out", "--partial")
    assert answer.code == 0 and "mixed.py:5:13: hint BAT101" in answer.err, answer.err
    assert batuta("build", "out").code == 0
    ran = subprocess.run([Path("out/target/debug/mixed").resolve()], capture_output=True, text=True)
    assert ran.returncode == 1 and ran.stdout == "6\n"
    assert "NotImplementedError: `load` was left in Python: `pandas.read_excel`" in ran.stderr


def test_sarif_is_valid_for_odd_names_and_every_kind_of_finding(batuta: CommandLine) -> None:
    import jsonschema

    from tests.findings.sarif import LOG

    Path("a folder").mkdir()
    Path("a folder/1-weird näme%41.py").write_text("print('😀', eval('1'))\n")
    Path("form_feed.py").write_bytes(b"x = 1\n\x0c\nprint(x, eval('1'))\n")
    Path("broken.py").write_text("(\n")
    Path("empty.py").write_text("")
    Path("batuta.toml").write_text("bogus = 1\n")
    answer = batuta("check", ".", "--format", "sarif")
    log = json.loads(answer.out)
    jsonschema.validate(log, LOG)
    (run,) = log["runs"]
    assert answer.code == 2 and {each["ruleId"] for each in run["results"]} == {"BAT001", "BAT004", "BAT107", "BAT902"}
    for each in run["results"]:
        assert run["tool"]["driver"]["rules"][each["ruleIndex"]]["id"] == each["ruleId"]
        region = each["locations"][0]["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) <= (region["endLine"], region["endColumn"])
    assert "a%20folder/1-weird%20n%C3%A4me%2541.py" in answer.out


def test_the_marked_line_is_the_one_that_python_counts(batuta: CommandLine) -> None:
    Path("lines.py").write_text("a = '\u2028'\n\x0c\nprint(a, eval('1'))\n")
    answer = batuta("check", "lines.py")
    assert "lines.py:3:10: " in answer.out and "    print(a, eval('1'))\n             ^^^^^^^^^\n" in answer.out


def test_a_program_without_arrays_names_few_crates(batuta: CommandLine) -> None:
    Path("hello.py").write_text(programs.HELLO)
    assert batuta("transpile", "hello.py").code == 0
    locked = [line.split('"')[1] for line in Path("Cargo.lock").read_text().splitlines() if line.startswith("name = ")]
    assert sorted(locked) == ["batuta-rt", "equivalent", "hashbrown", "hello", "indexmap"]


FOREIGN = [("README.md", True), (".gitignore", True), ("Cargo.toml", False), ("src/main.rs", False)]


@pytest.mark.parametrize(("name", "can_stay"), FOREIGN)
def test_what_lies_in_the_current_folder_stays(batuta: CommandLine, name: str, can_stay: bool) -> None:
    Path("hello.py").write_text(programs.HELLO)
    Path(name).parent.mkdir(exist_ok=True)
    Path(name).write_text("mine\n")
    answer = batuta("transpile", "hello.py")
    assert answer.code == (0 if can_stay else 2) and name in answer.err
    assert Path(name).read_text() == "mine\n" and Path("tests/parity.rs").exists() is can_stay
    assert batuta("transpile", "hello.py", "--force").code == 0 and Path(name).read_text() != "mine\n"


def test_a_project_of_another_program_is_not_replaced(batuta: CommandLine) -> None:
    Path("hello.py").write_text(programs.HELLO)
    Path("squares.py").write_text(programs.SQUARES)
    assert batuta("transpile", "hello.py").code == 0
    answer = batuta("transpile", "squares.py")
    assert answer.code == 2 and "holds the project of hello.py" in answer.err and "--force" in answer.err
    assert "hello" in Path("src/main.rs").read_text()
    assert batuta("transpile", "squares.py", "--force").code == 0 and "hello" not in Path("src/main.rs").read_text()


def test_a_pipe_in_the_output_folder_is_not_read(batuta: CommandLine) -> None:
    import os

    Path("hello.py").write_text(programs.HELLO)
    Path("out").mkdir()
    os.mkfifo("out/Cargo.toml")
    answer = batuta("transpile", "hello.py", "-o", "out", "--force")
    assert answer.code == 2 and "no regular file" in answer.err


def test_the_output_folder_itself_may_be_a_link(batuta: CommandLine) -> None:
    Path("hello.py").write_text(programs.HELLO)
    Path("real").mkdir()
    Path("link").symlink_to("real")
    assert batuta("transpile", "hello.py", "-o", "link").code == 0 and Path("real/src/main.rs").is_file()


ODD_TEXTS = {
    "a byte order mark": (b"\xef\xbb\xbfprint('a')\n", b"a\n"),
    "line ends of another system": (b"x = '''a\r\nb'''\r\nif x:\r\n    print(repr(x))\r\n", b"'a\\nb'\n"),
    "line ends of old": (b"print(1)\rprint(2)\r", b"1\n2\n"),
    "tabs": (b"if True:\n\tif True:\n\t\tprint('deep')\n", b"deep\n"),
    "form feeds": (b"x = 1\n\x0c\ndef f():\n    return x\n\x0c\nprint(f())\n", b"1\n"),
    "another encoding": (b"# -*- coding: latin-1 -*-\nprint(len('caf\xe9'), 'caf\xe9')\n", b"4 caf\xc3\xa9\n"),
    "a null in a text": (b"x = 'a\\0b'\nprint(len(x), repr(x))\n", b"3 'a\\x00b'\n"),
    "no final line end": (b"print(1)", b"1\n"),
    "nothing": (b"", b""),
    "only a comment": (b"  \n\n# nothing\n", b""),
}


def test_odd_texts_do_what_they_do_in_python(batuta: CommandLine) -> None:
    folder = Path("a folder")
    folder.mkdir()
    names = {f"{number}-odd text.py": name for number, name in enumerate(ODD_TEXTS)}
    for file, name in names.items():
        (folder / file).write_bytes(ODD_TEXTS[name][0])
    (folder / "last.py").write_text("print('last')\n")
    answer = batuta("transpile", folder, "-o", "out")
    assert answer.code == 1 and answer.err.count("hint BAT004") == 2, "files that do nothing are no programs"
    assert batuta("build", "out").code == 0
    for file, name in names.items():
        package = f"program-{file[0]}-odd-text"
        if ODD_TEXTS[name][1]:
            ran = subprocess.run([Path(f"out/target/debug/{package}").resolve()], capture_output=True)
            assert (ran.returncode, ran.stdout) == (0, ODD_TEXTS[name][1]), name
    for name in ("nothing", "only a comment"):
        Path("quiet.py").write_bytes(ODD_TEXTS[name][0])
        answer = batuta("transpile", "quiet.py", "-o", "quiet")
        assert answer.code == 0 and "BAT004" in answer.err
