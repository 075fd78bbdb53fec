"""Codes, suppressions, configuration, reports, and the pages written from them."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

from batuta.findings.codes import CODES, SEVERITIES, make_finding
from batuta.findings.configuration import load_configuration, read_configuration
from batuta.findings.finding import Finding
from batuta.findings.suppressions import apply_suppressions
from batuta.ir.spans import Span
from batuta.report import github_report, json_report, sarif_report, text_report
from batuta.report.findings_of_files import FileFindings

ROOT = Path(__file__).resolve().parents[2]


def finding(code: str, line: int, column: int = 0, end: int = 1, path: str = "") -> Finding:
    return make_finding(code, "reason", "remedy", span=Span(line, column, line, end), path=path)


def test_every_code_has_what_a_reader_needs() -> None:
    for code in CODES.values():
        assert code.title and code.explanation.endswith(".") and code.remedy.endswith((".", ")")) and code.example
        assert code.severity in SEVERITIES
        assert (ROOT / code.page).is_file()


def test_the_pages_are_not_stale() -> None:
    answer = subprocess.run([sys.executable, ROOT / "docs/generate.py", "--check"], capture_output=True, text=True)
    assert answer.returncode == 0, f"run `python docs/generate.py`:\n{answer.stdout}{answer.stderr}"


def test_codes_used_anywhere_are_registered() -> None:
    used = set()
    for path in (ROOT / "server").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) == 6:
                if node.value.startswith("BAT") and node.value[3:].isdigit():
                    used.add(node.value)
    assert used <= set(CODES)


def test_the_registry_loads_nothing_heavy() -> None:
    source = (
        "import sys, batuta.findings.codes, batuta.findings.configuration, batuta.findings.suppressions; print(*sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, env={"PYTHONPATH": str(ROOT / "server")}
    )
    assert not {"numpy", "libcst", "jedi", "rich", "click", "pygls", "jinja2"} & set(answer.stdout.split())


SUPPRESSIONS = [
    ("a named code", "f()  # batuta: ignore[BAT101]\n", ["BAT101:1"], []),
    ("another code", "f()  # batuta: ignore[BAT102]\n", ["BAT101:1"], ["BAT101:1", "BAT901:1"]),
    ("a family", "f()  # batuta: ignore[BAT1]\n", ["BAT101:1", "BAT107:1"], []),
    ("all codes", "f()  # batuta: ignore\n", ["BAT101:1", "BAT201:1"], []),
    ("two codes, one used", "f()  # batuta: ignore[BAT101, BAT201]\n", ["BAT101:1"], ["BAT901:1"]),
    ("another line", "f()\ng()  # batuta: ignore[BAT101]\n", ["BAT101:1"], ["BAT101:1", "BAT901:2"]),
    ("the whole file", "# batuta: ignore-file[BAT101]\nf()\ng()\n", ["BAT101:2", "BAT101:3", "BAT201:3"], ["BAT201:3"]),
    ("inside a string", 's = "# batuta: ignore[BAT101]"\n', ["BAT101:1"], ["BAT101:1"]),
    ("nothing to silence", "x = 1  # batuta: ignore\n", [], ["BAT901:1"]),
    ("after other words", "f()  # noqa # batuta: ignore[BAT101]\n", ["BAT101:1"], []),
    ("in a broken file", "f()  # batuta: ignore[BAT101]\n(\n", ["BAT101:1"], []),
]


@pytest.mark.parametrize(
    ("source", "given", "kept"), [case[1:] for case in SUPPRESSIONS], ids=[case[0] for case in SUPPRESSIONS]
)
def test_suppressions(source: str, given: list[str], kept: list[str]) -> None:
    findings = [finding(code, int(line)) for code, line in (text.split(":") for text in given)]
    left = apply_suppressions(source, findings)
    assert [f"{each.code}:{each.span.line}" for each in sorted(left, key=lambda each: (each.code, each.span.line))] == kept


def test_an_unused_suppression_points_at_the_comment() -> None:
    (unused,) = apply_suppressions("x = 'ä'  # batuta: ignore[BAT101]\n", [])
    assert unused.span == Span(1, 9, 1, 33)


CONFIGURATION = """
[tool.batuta]
select = ["BAT1", "BAT2"]
ignore = ["BAT102"]
fail-on = "warning"
exclude = ["old/*"]
bogus = 1
[tool.batuta.per-file-ignores]
"tests/*" = ["BAT1"]
[tool.batuta.severity]
BAT101 = "error"
"""


def test_the_configuration_selects_ignores_and_grades(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    (tmp_path / "tests").mkdir()
    configuration = load_configuration(tmp_path / "tests" / "a.py")
    assert configuration.root == tmp_path and configuration.fail_on == "warning"
    given = [finding(code, 1) for code in ("BAT101", "BAT102", "BAT201", "BAT401")]
    assert [(each.code, each.severity) for each in configuration.filter(given, tmp_path / "a.py")] == [
        ("BAT101", "error"),
        ("BAT201", "hint"),
    ]
    assert [each.code for each in configuration.filter(given, tmp_path / "tests" / "a.py")] == ["BAT201"]
    assert configuration.excludes(tmp_path / "old" / "a.py") and not configuration.excludes(tmp_path / "new.py")
    assert [problem.code for problem in configuration.problems] == ["BAT902"]
    assert [each.code for each in configuration.with_selection(["BAT4"], []).filter(given, tmp_path / "a.py")] == ["BAT401"]


def test_batuta_toml_comes_before_pyproject(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(CONFIGURATION)
    (tmp_path / "batuta.toml").write_text('target = "faithful"\n')
    configuration = load_configuration(tmp_path)
    assert configuration.target == "faithful" and configuration.select == ()


WRONG = [
    {"select": "BAT1"},
    {"fail-on": "fatal"},
    {"target": "gpu"},
    {"severity": {"BAT101": "loud"}},
    {"per-file-ignores": {"a": 1}},
]


@pytest.mark.parametrize("table", WRONG, ids=lambda table: next(iter(table)))
def test_wrong_values_are_findings_and_change_nothing(table: dict[str, object]) -> None:
    configuration = read_configuration(table, Path("batuta.toml"))
    assert [problem.code for problem in configuration.problems] == ["BAT902"]
    assert (configuration.select, configuration.fail_on, configuration.target, configuration.severity) == (
        (),
        "hint",
        "auto",
        {},
    )


def test_a_broken_file_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "batuta.toml").write_text("select = [")
    assert [problem.code for problem in load_configuration(tmp_path).problems] == ["BAT902"]


REPORTS = [
    FileFindings(Path("b,1.py"), "x = 1\n表 = f(x)\n", (finding("BAT101", 2, 4, 8), finding("BAT001", 1))),
    FileFindings(Path("empty.py"), "", ()),
]


def test_text_marks_the_place_with_the_width_of_a_terminal() -> None:
    text = text_report.render(REPORTS, Path("."))
    assert (
        "b,1.py:2:5: hint BAT101 call has no Rust equivalent: reason\n    表 = f(x)\n         ^^^^\n    remedy: remedy" in text
    )
    assert text.endswith("2 findings in 2 files.\n")
    assert text_report.render([REPORTS[1]], Path(".")) == "No findings in 1 file.\n"


def test_shown_text_cannot_steer_a_terminal() -> None:
    nasty = FileFindings(Path("a\x1b[2J.py"), "x = '\x1b[31m'\t# \x07\n", (finding("BAT101", 1, 0, 1),))
    text = text_report.render([nasty], Path("."))
    assert "\x1b" not in text and "\x07" not in text and "    x = '�[31m' # �\n    ^\n" in text


def test_json_counts_from_one() -> None:
    data = json.loads(json_report.render(REPORTS, Path(".")))
    first = data["findings"][0]
    assert (data["version"], first["line"], first["column"], first["endColumn"]) == (1, 2, 5, 9)
    assert first["page"] == "docs/findings/BAT101.md"


def test_sarif_has_the_shape_of_2_1_0() -> None:
    log = json.loads(sarif_report.render(REPORTS, Path(".")))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0" and run["tool"]["driver"]["name"] == "batuta" and run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        rule = run["tool"]["driver"]["rules"][result["ruleIndex"]]
        assert rule["id"] == result["ruleId"] and result["level"] in ("error", "warning", "note")
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "b%2C1.py"
        assert place["region"]["startLine"] >= 1 and place["region"]["endColumn"] > place["region"]["startColumn"]
    assert len({result["partialFingerprints"]["batuta/line/v1"] for result in run["results"]}) == 2


def test_a_fingerprint_survives_moved_lines() -> None:
    moved = FileFindings(Path("b,1.py"), "\n\n" + REPORTS[0].source, (finding("BAT101", 4, 4, 8),))
    prints = [
        json.loads(sarif_report.render([each], Path(".")))["runs"][0]["results"][0]["partialFingerprints"]
        for each in (REPORTS[0], moved)
    ]
    assert prints[0] == prints[1]


def test_github_commands_escape_what_would_end_them() -> None:
    text = github_report.render(REPORTS, Path("."))
    assert text.startswith(
        "::notice file=b%2C1.py,line=2,endLine=2,col=5,endColumn=9,title=BAT101 call has no Rust equivalent::reason"
    )
