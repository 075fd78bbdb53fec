"""A second, independent client: Neovim without a screen."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import LEFT_OUT

SCRIPT = Path(__file__).with_name("neovim_check.lua")
PROGRAM = 'import math\n\nprint(math.sqrt(2.0))\ntext = "🚀 漢字"; print(text, eval("1 + 1"))\n'


@pytest.fixture
def neovim() -> str:
    """The editor's path."""
    found = shutil.which("nvim")
    if found is None:
        LEFT_OUT.append("the conversation with Neovim was left out: neovim (0.7 or newer) is not installed")
        pytest.skip("Neovim is not installed")
    return found


def run(neovim: str, folder: Path, python: str, patience: int = 60_000) -> subprocess.CompletedProcess[str]:
    """Run the script on a fresh file."""
    file = folder / "program.py"
    file.write_text(PROGRAM, encoding="utf-8")
    environment = {**os.environ, "BATUTA_PYTHON": python, "BATUTA_FILE": str(file), "BATUTA_PATIENCE": str(patience)}
    environment.update(
        XDG_CONFIG_HOME=str(folder / "config"),
        XDG_DATA_HOME=str(folder / "data"),
        XDG_STATE_HOME=str(folder / "state"),
        LANG="C.UTF-8",
    )
    command = [neovim, "--headless", "--clean", "-n", "-c", f"luafile {SCRIPT}"]
    return subprocess.run(command, capture_output=True, text=True, env=environment, cwd=folder, timeout=300, check=False)


def test_a_finding_is_shown_and_fixed(neovim: str, tmp_path: Path):
    ended = run(neovim, tmp_path, sys.executable)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "ok the finding is gone" in ended.stdout
    assert "# batuta: ignore[BAT107]" in (tmp_path / "program.py").read_text(encoding="utf-8")


def test_the_check_can_fail(neovim: str, tmp_path: Path):
    """With a server that ends at once, the script must say so."""
    ended = run(neovim, tmp_path, shutil.which("false") or "false", patience=2_000)
    assert ended.returncode == 1 and "FAIL" in ended.stdout
