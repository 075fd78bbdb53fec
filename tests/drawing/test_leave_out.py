"""Programs without their drawing: `fixtures/drawing/NAME.py` → `NAME.left`, the Python that stays, to the letter.

`NAME.out` is what the program prints as it is, drawing included; what stays prints the same. `BATUTA_ACCEPT=1` writes what comes out
now; read the difference before it is committed.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from batuta.analysis.drawing.leave_out import leave_out_drawing
from batuta.analysis.drawing.what_draws import PACKAGES
from batuta.findings.finding import Finding
from batuta.python.source import read
from batuta.translate import Options, translate
from batuta.workflow.corpus import Settings, judge
from fixtures.python_side import Outcome, Program

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "drawing"
CASES = sorted(FOLDER.glob("*.py"))


def without_drawing(text: str) -> tuple[str, list[Finding]]:
    """The Python that stays, and what was said."""
    source, problems = read(text)
    assert not problems
    findings = leave_out_drawing(source)
    return ast.unparse(source.tree) + "\n", findings


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_stays(path: Path) -> None:
    made, findings = without_drawing(path.read_text(encoding="utf-8"))
    assert findings and {each.code for each in findings} == {"BAT206"}
    expected = path.with_suffix(".left")
    if os.environ.get("BATUTA_ACCEPT") == "1":
        expected.write_text(made, encoding="utf-8")
    assert made == expected.read_text(encoding="utf-8")
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(made))
        for name in ([a.name for a in node.names] if isinstance(node, ast.Import) else [])
    }
    assert not imported & PACKAGES


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_stays_prints_the_same(path: Path, tmp_path: Path) -> None:
    program = tmp_path / path.name
    program.write_text(path.with_suffix(".left").read_text(encoding="utf-8"), encoding="utf-8")
    done = subprocess.run([sys.executable, "-W", "ignore", program], cwd=tmp_path, capture_output=True, text=True)
    assert (done.stdout, done.returncode) == (path.with_suffix(".out").read_text(encoding="utf-8"), 0), done.stderr


def test_the_rust_prints_what_the_python_prints() -> None:
    programs = [Program.read(each) for each in CASES]
    expected = [Outcome(each.with_suffix(".out").read_text(encoding="utf-8"), 0) for each in CASES]
    rows = judge([each.case() for each in programs], expected, Settings("drawing", drop_plots=True))
    assert {row.name: (row.verdict, row.detail) for row in rows if row.verdict not in ("same", "near")} == {}


@pytest.mark.skipif(importlib.util.find_spec("matplotlib") is None, reason="matplotlib draws what is expected")
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_expected_output_is_pythons_own(path: Path, tmp_path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    missing = [each for each in ("seaborn", "plotly") if each in text and importlib.util.find_spec(each) is None]
    if missing:
        pytest.skip(f"{missing[0]} is not installed")
    environment = {**os.environ, "MPLBACKEND": "Agg"}
    command = [sys.executable, "-W", "ignore", path]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, env=environment)
    assert (done.stdout, done.returncode) == (path.with_suffix(".out").read_text(encoding="utf-8"), 0), done.stderr


HEAD = "import matplotlib.pyplot as plt\nimport numpy as np\n"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("counts, edges, bars = plt.hist([1, 2, 2])\nprint(counts)\n", 4),
        ("fig, ax = plt.subplots()\nlow, high = ax.get_xlim()\nprint(np.linspace(low, high, 3))\n", 5),
        ("n = len(plt.gcf().axes)\nif n > 1:\n    print('several')\n", 4),
        ("for ax in plt.gcf().axes:\n    print('axes')\n", 3),
        ("def show(i):\n    print(i)\n    plt.plot(i)\n\n\nplt.connect('key', show)\n", 8),
        ("values = [1.0]\nvalues.append(plt.gca().get_ylim()[0])\nprint(values)\n", 5),
        ("names = {}\nnames['a'] = plt.plot([1])\nprint(len(names))\n", 5),
        ("x = 1\nif plt.gca().has_data():\n    x = 2\nprint(x)\n", 4),
        ("colors = plt.rcParams['axes.prop_cycle'].by_key()['color']\nfor c, n in zip(colors, 'abc'):\n    print(n)\n", 4),
    ],
)
def test_what_the_drawing_gives_is_needed(text: str, line: int) -> None:
    _, findings = without_drawing(HEAD + text)
    blocking = [each for each in findings if each.blocks]
    assert {each.code for each in blocking} == {"BAT207"}
    assert line in {each.span.line for each in blocking}, blocking


def test_without_the_option_the_import_is_refused_with_a_hint() -> None:
    text = "import matplotlib.pyplot as plt\n\nplt.plot([1])\nprint(1)\n"
    [refusal] = [each for each in translate(text).findings if each.code == "BAT105"]
    assert refusal.blocks and refusal.span.line == 1 and "--drop-plots" in refusal.remedy
    for done in (translate(text, options=Options(drop_plots=True)), translate(f"# batuta: drop-plots\n{text}")):
        assert done.rust and done.without_drawing and not done.refused


def test_a_program_without_drawing_is_as_before() -> None:
    text = "import numpy as np\n\nunused = np.arange(3)\nprint(1)\n"
    assert without_drawing(text) == (text.replace("\n\n", "\n"), [])
