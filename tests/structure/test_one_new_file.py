"""One new thing is one new file: each test puts a single file into a copy of the tree, and the thing works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from batuta.benchmark.server_latency import StdioClient

ROOT = Path(__file__).resolve().parents[2]

COMMAND = '''"""`batuta hello-there`: greets."""

from __future__ import annotations

import click


@click.command()
@click.argument("name")
def command(name: str) -> int:
    """Greet somebody."""
    click.echo(f"hello {name}")
    return 0
'''

MAPPING = '''"""The calendar module → arithmetic on the year."""

from __future__ import annotations

from batuta.catalog.entry import Entry, Shelf

SHELF = Shelf(
    "calendar",
    (
        Entry(
            "calendar.isleap",
            "(year: int) -> bool",
            "({year} % 4 == 0 && ({year} % 100 != 0 || {year} % 400 == 0))",
            case="import calendar\\n\\nprint(calendar.isleap(2024), calendar.isleap(1900))\\n",
        ),
    ),
)
'''
USE_OF_THE_MAPPING = """
from batuta.cargo.compile import compile_program
from batuta.catalog.index import catalog
from batuta.rust.project import Program
from batuta.translate import Options, translate
import subprocess
case = catalog().entries["calendar.isleap"].case
done = translate(case, "leap.py", Options())
assert done.rust, done.findings
program = Program("leap", "leap.py", done.rust, done.features, done.crates)
compiled = compile_program(program, key="test:one-new-mapping", build=True)
assert compiled.ok, compiled
print(subprocess.run([compiled.binary], capture_output=True, text=True).stdout, end="")
"""

REPAIR = '''"""A literal where an owned string is wanted: convert it.

## Before (E0308)
    fn program() {
        let text: String = "three";
        py::print!("{}", text);
    }
## After
    fn program() {
        let text: String = "three".to_string();
        py::print!("{}", text);
    }
"""

from __future__ import annotations

from collections.abc import Sequence

from batuta.cargo.messages import RustDiagnostic
from batuta.citl.repair import Edit, Repair, in_program


def _propose(diagnostic: RustDiagnostic, lines: Sequence[str]) -> list[Edit]:
    return [
        Edit(span.line, span.column - 1, span.end_column - 1, span.replacement)
        for child in diagnostic.children
        for span in child.spans
        if span.replacement == ".to_string()" and in_program(span)
    ]


REPAIR = Repair("owned string", frozenset({"E0308"}), _propose)
'''
USE_OF_THE_REPAIR = """
from batuta.cargo.compile import compile_program
from batuta.citl.loop import mend
from batuta.rust.project import Program
compiled = lambda program: compile_program(program, key="test:one-new-repair")
body = 'fn program() {\\n    let text: String = "three";\\n    py::print!("{}", text);\\n}'
rust = f"use batuta_rt::prelude::*;\\n\\n{body}\\n\\nfn main() {{\\n    py::run(program)\\n}}\\n"
program = Program("owned", "owned.py", rust)
mended = mend(program, compiled(program), compiled)
assert mended.compiled.ok, mended.compiled
print(*mended.repairs)
"""

QUICK_FIX = '''"""Say what the answer is.

## Before
    «answer = 41»
## After
    answer = 42
"""

from __future__ import annotations

from batuta.ir.spans import Span
from batuta.lsp.assist import Change, Offer, Selection


def offer(selection: Selection) -> list[Offer]:
    """One offer on the line that has the wrong answer."""
    line = selection.start[0]
    if selection.lines[line - 1].strip() != "answer = 41":
        return []
    return [Offer("Say what the answer is", data={"line": line})]


def change(selection: Selection, data: dict[str, object]) -> Change:
    """Write the answer."""
    line = int(str(data["line"]))
    return Change(edits=((Span(line, 9, line, 11), "42"),))
'''


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what runs."""
    copy = tmp_path_factory.mktemp("tree")
    leave_out = shutil.ignore_patterns("__pycache__", "*.egg-info", "target")
    for part in ("server", "engine"):
        shutil.copytree(ROOT / part, copy / part, ignore=leave_out)
    return copy


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs Python with the copied tree before any that is installed."""
    environment = {**os.environ, "PYTHONPATH": f"{tree / 'server'}:{tree / 'engine'}", "PYTHONSAFEPATH": "1"}
    return subprocess.run(
        [sys.executable, *arguments], cwd=tree, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def test_a_command_is_one_file(tree: Path) -> None:
    (tree / "server" / "batuta" / "cli" / "hello_there.py").write_text(COMMAND, encoding="utf-8")
    done = run(tree, "-m", "batuta.cli.main", "hello-there", "Ada")
    assert (done.returncode, done.stdout) == (0, "hello Ada\n"), done.stderr
    assert "hello-there  Greet somebody." in run(tree, "-m", "batuta.cli.main", "--help").stdout


def test_a_mapping_is_one_file(tree: Path) -> None:
    (tree / "server" / "batuta" / "catalog" / "calendar_module.py").write_text(MAPPING, encoding="utf-8")
    done = run(tree, "-c", USE_OF_THE_MAPPING)
    assert done.stdout == "True False\n", done.stderr


def test_a_repair_is_one_file(tree: Path) -> None:
    (tree / "server" / "batuta" / "citl" / "repairs" / "owned_string.py").write_text(REPAIR, encoding="utf-8")
    done = run(tree, "-c", USE_OF_THE_REPAIR)
    assert "owned string" in done.stdout, done.stderr


def test_a_quick_fix_is_one_file(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / "server" / "batuta" / "lsp" / "assists" / "say_the_answer.py").write_text(QUICK_FIX, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{tree / 'server'}:{tree / 'engine'}")
    text = "answer = 41\nprint(answer)\n"
    (tree / "program.py").write_text(text, encoding="utf-8")
    uri = (tree / "program.py").as_uri()
    client = StdioClient([sys.executable, "-m", "batuta.cli.main", "lsp", "--stdio"], tree)
    try:
        capabilities = {
            "workspace": {"workspaceEdit": {"documentChanges": True}},
            "textDocument": {"codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}}},
        }
        client.request("initialize", {"processId": None, "rootUri": tree.as_uri(), "capabilities": capabilities})
        client.notify("initialized", {})
        document = {"uri": uri, "languageId": "python", "version": 1, "text": text}
        client.notify("textDocument/didOpen", {"textDocument": document})
        place = {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 6}}
        asked = {"textDocument": {"uri": uri}, "range": place, "context": {"diagnostics": [], "triggerKind": 1}}
        offered = {action["title"]: action for action in client.request("textDocument/codeAction", asked)}
        action = offered["Say what the answer is"]
        edit = action.get("edit") or client.request("codeAction/resolve", action)["edit"]
        assert "42" in str(edit) and uri in str(edit)
    finally:
        client.close()
