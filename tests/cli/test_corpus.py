"""`batuta corpus` on a small tree: every verdict in its place, on the terminal, as JSON and as a page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from batuta.report.corpus_report import reasons, stages, to_html
from batuta.workflow.corpus import Case, Note, Row, Settings, judge, translate_all
from batuta.workflow.find_programs import entries_of, find_cases
from tests.cli.command_line import CommandLine

TREE = {
    "tree/same.py": "import sys\nprint('hello', sys.argv[1:], input())\n",
    "tree/same.args": "one\ntwo\n",
    "tree/same.in": "typed\n",
    "tree/refused.py": "print(eval('1 + 1'))\n",
    "tree/clock.py": "import time\nprint(time.time())\n",
    "tree/endless.py": "while True:\n    pass\n",
    "tree/library.py": "def unused():\n    return 1\n",
    "tree/broken.py": "def f(:\n",
    "tree/shop/main.py": "from goods import price\nprint(price('pen'))\n",
    "tree/shop/goods.py": "def price(name: str) -> float:\n    return len(name) * 1.5\n",
}


@pytest.fixture()
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The programs, in the current folder."""
    monkeypatch.chdir(tmp_path)
    for name, text in TREE.items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
    return Path("tree")


def test_a_tree_is_taken_all_the_way(batuta: CommandLine, tree: Path) -> None:
    before = sorted(path.as_posix() for path in tree.rglob("*"))
    answer = batuta("corpus", tree, "--yes", "--timeout", "3", "--json", "result.json", "--html", "page.html")
    assert answer.code == 1, answer.err
    assert sorted(path.as_posix() for path in tree.rglob("*")) == before, "nothing is written beside the programs"
    result = json.loads(Path("result.json").read_text())
    found = {row["name"]: (row["verdict"], row["code"], row["line"]) for row in result["programs"]}
    assert found == {
        "same": ("same", "", 0),
        "shop": ("same", "", 0),
        "refused": ("refused", "BAT107", 1),
        "broken": ("refused", "BAT001", 1),
        "clock": ("wrong", "output", 1),
        "endless": ("unusable", "timeout", 0),
    }
    shares = {stage["name"]: (stage["passed"], stage["total"]) for stage in result["stages"]}
    assert shares == {"translated": (4, 6), "compiled": (4, 6), "ran on both sides": (3, 6), "printed the same": (2, 6)}
    assert set(result["passedOver"]) == {"tree/library.py", "tree/shop/goods.py"}
    assert "printed the same 2 of 6 33.3 %" in " ".join(answer.out.split())
    page = Path("page.html").read_text()
    assert "eval(&#39;1 + 1&#39;)" in page and 'class="line marked"' in page, "texts of programs are escaped, lines are marked"
    assert "http://" not in page and "https://" not in page, "the page needs nothing else"


def test_without_consent_nothing_is_compared(batuta: CommandLine, tree: Path) -> None:
    Path("chosen.txt").write_text("# the good ones\ntree/same.py\ntree/shop/main.py\n")
    answer = batuta("corpus", "chosen.txt", "--json", "-")
    assert answer.code == 1 and "pass --yes" in answer.err
    result = json.loads(answer.out)
    assert result["verdicts"] == {"compiled": 2}
    assert result["stages"][-1]["passed"] == 0, "what was not compared is not the same"


def test_what_cannot_be_used_is_said(batuta: CommandLine) -> None:
    Path("empty").mkdir()
    answer = batuta("corpus", "empty", "--yes")
    assert answer.code == 2 and "no program" in answer.err
    Path("list.txt").write_text("nowhere.py\n")
    answer = batuta("corpus", "list.txt", "--yes")
    assert answer.code == 2 and "nowhere.py" in answer.err


def test_modules_are_no_programs_of_their_own(tree: Path) -> None:
    files = sorted(tree.rglob("*.py"))
    entries, owner = entries_of(files)
    assert Path("tree/shop/goods.py") not in entries
    assert owner == {Path("tree/shop/goods.py"): Path("tree/shop/main.py")}
    [shop] = [case for case in find_cases([tree / "shop"]).cases]
    assert shop.modules == {"goods.py": TREE["tree/shop/goods.py"]}


def test_a_cancelled_run_says_what_it_did_not_reach() -> None:
    settings = Settings("cancelled", 1)
    stopping = replace(settings, on_progress=lambda stage, done, total: settings.cancel.set())
    cases = [Case(f"p{n}", f"p{n}.py", f"print({n})\n") for n in range(3)]
    rows = judge(cases, [None] * 3, stopping)
    assert {row.verdict for row in rows} == {"cancelled"}


def test_a_translation_that_ends_its_process_takes_nobody_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("batuta.workflow.corpus.translate_one", _dies_on_request)
    cases = [Case(name, f"{name}.py", "") for name in ("a", "dies", "b")]
    found = translate_all(cases, Settings("dying", 2))
    assert [each.crash for each in found] == ["", "the translating process ended", ""]


def _dies_on_request(case: Case, target: str, precision: str, drop_plots: bool) -> object:
    import os

    from batuta.workflow.corpus import Translated

    if case.name == "dies":
        os._exit(1)
    return Translated(rust="fn main() {}")


def test_reasons_are_counted_without_the_names_of_one_program() -> None:
    rows = [
        Row("one", "refused", "BAT101", 3, "`read_excel` has no Rust equivalent here", notes=(Note("BAT101", 3, "<b>"),)),
        Row("two", "refused", "BAT101", 9, "`read_feather` has no Rust equivalent here (and 2 more)"),
        Row("three", "same"),
    ]
    [reason] = reasons(rows)
    assert (reason.code, reason.names) == ("BAT101", ("one", "two"))
    assert [(each.name, each.passed, each.total) for each in stages(rows)][-1] == ("printed the same", 1, 3)
    assert "&lt;b&gt;" in to_html(rows, {}, {}, "t")
