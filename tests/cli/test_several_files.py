"""The commands on programs of several files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.cli.command_line import CommandLine

MAIN = "import sys\nfrom goods import price\n\n# the sum\nprint(price(2), len(sys.argv))\n"
GOODS = '"""Prices."""\n\n\ndef price(count):\n    return count * 1.5\n'


def program(folder: str = ".", goods: str = GOODS) -> Path:
    """A program of two files."""
    Path(folder).mkdir(exist_ok=True)
    Path(folder, "shop.py").write_text(MAIN)
    Path(folder, "goods.py").write_text(goods)
    return Path(folder, "shop.py")


def test_a_program_of_two_files_becomes_a_project_that_runs(batuta: CommandLine) -> None:
    answer = batuta("transpile", program(), "-o", "out")
    assert answer.code == 0, answer.err
    assert Path("out/src/goods.rs").read_text().startswith("//! Prices.\n")
    formatted = subprocess.run(["rustfmt", "--check", "--edition", "2024", "out/src/main.rs"], capture_output=True, text=True)
    assert formatted.returncode == 0, formatted.stdout
    assert batuta("build", "--release", "out").code == 0
    assert subprocess.run([Path("out/target/release/shop").resolve()], capture_output=True).stdout == b"3.0 1\n"


def test_both_sides_of_a_program_of_two_files_are_compared(batuta: CommandLine) -> None:
    answer = batuta("validate", program(), "--yes", "--profile", "dev")
    assert answer.code == 0, answer.err
    assert "identical" in answer.out + answer.err


def test_a_folder_holds_programs_and_their_modules(batuta: CommandLine) -> None:
    program("tree")
    Path("tree/other.py").write_text("print(1)\n")
    answer = batuta("transpile", "tree", "-o", "out")
    assert answer.code == 0, answer.err
    assert "2 programs" in answer.out and "1 of the files" in answer.out
    assert {path.name for path in Path("out").iterdir() if path.is_dir()} == {"batuta-rt", "other", "shop"}


def test_a_finding_in_a_module_is_shown_there(batuta: CommandLine) -> None:
    main = program("tree", GOODS.replace("return count * 1.5", "return eval('1')"))
    answer = batuta("check", "tree", "--format", "json")
    [finding] = json.loads(answer.out)["findings"]
    assert (finding["path"], finding["line"], finding["code"]) == ("tree/goods.py", 5, "BAT107")
    for command in (["transpile", main, "-o", "out"], ["validate", main, "--yes"]):
        answer = batuta(*command)
        assert answer.code == 1
        assert "tree/goods.py:5:" in answer.err and "    return eval('1')\n" in answer.err
    assert not Path("out").exists()
