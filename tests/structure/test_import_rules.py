"""The rooms and the direction between them, as `.importlinter` states them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs import-linter in a tree; its packages come before any that is installed."""
    command = [sys.executable, "-c", "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"]
    path = f"{folder / 'server'}:{folder / 'engine'}"
    return subprocess.run(
        [*command, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": path, "PATH": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_every_contract_is_kept() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]


def test_a_forbidden_import_is_found(tmp_path: Path) -> None:
    import shutil

    for part in ("server", "engine/batuta_engine"):
        shutil.copytree(ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    (tmp_path / "server" / "batuta" / "ir" / "stray.py").write_text("from batuta.rust import project\n", encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode != 0
    assert "batuta.ir is not allowed to import batuta.rust" in done.stdout


def test_findings_load_without_the_heavy_libraries() -> None:
    probe = (
        "import sys, batuta.findings.finding, batuta.findings.codes; "
        "heavy = {'numpy', 'scipy', 'libcst', 'jedi', 'pygls', 'numba', 'rich'} & set(sys.modules); "
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
