"""One new thing is one new file: each test puts a single file into a copy of the tree, and the thing works."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
