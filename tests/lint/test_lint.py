"""What `make lint` asks for holds, so that CI, which runs the tests, asks for it too; and pre-commit runs what CI runs."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def recipe(target: str) -> list[list[str]]:
    """The commands of a target, with this environment's tools."""
    found = re.search(rf"^{target}:[^\n]*\n((?:\t[^\n]*\n)+)", MAKEFILE, re.MULTILINE)
    assert found, target
    runtime = re.search(r"^RUNTIME := (\S+)$", MAKEFILE, re.MULTILINE)
    assert runtime
    text = found[1].replace("$(VENV)/bin/", f"{Path(sys.executable).parent}/").replace("$(PY)", sys.executable)
    return [shlex.split(line) for line in text.replace("$(RUNTIME)", runtime[1]).splitlines()]


# Import rules and pytest have tests of their own.
COMMANDS = [command for command in recipe("lint") if "lint-imports" not in command[0] and "pytest" not in command]


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join([Path(command[0]).name, *command[1:3]]))
def test_what_lint_asks_for_holds(command: list[str]) -> None:
    answer = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache")}, capture_output=True, text=True
    )
    assert answer.returncode == 0, answer.stdout[-4000:] + answer.stderr[-4000:]


def test_lint_covers_formatting_types_imports_and_both_languages() -> None:
    text = " ; ".join(" ".join(command) for command in recipe("lint"))
    for tool in ("ruff check .", "ruff format --check .", "mypy", "lint-imports", "cargo fmt --check", "cargo clippy"):
        assert tool in text
    assert text.count("-D warnings") == text.count("cargo clippy")


def test_types_are_checked_strictly() -> None:
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert settings["strict"] and settings["packages"] == ["batuta", "batuta_engine"]
    assert {code for each in settings["overrides"] for code in each.get("disable_error_code", ())} <= {"misc"}


def test_pre_commit_runs_what_ci_runs() -> None:
    text = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    entries = re.findall(r"^ +entry: (.+)$", text, re.MULTILINE)
    assert ".ci/run" in entries and "make lint" in entries
    assert "repo: local" in text and text.count("repo:") == 1, "nothing is fetched from elsewhere"
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "make test" in script and os.access(ROOT / ".ci/run", os.X_OK)
    for entry in entries:
        first = shlex.split(entry)
        assert first[0] in ("make", "npm") or (ROOT / first[0]).is_file()
        if first[0] == "make":
            assert re.search(rf"^{first[1]}:", MAKEFILE, re.MULTILINE)
