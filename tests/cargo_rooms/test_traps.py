"""A folder full of traps: none of them may leave a mark when Batuta works in it.

Each trap is also sprung on purpose by the plain tool, so that a trap that has gone blunt does not pass for safety.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from batuta.cargo.compile import compile_program
from batuta.cargo.environment import cleaned_environment
from batuta.cargo.toolchain import find_toolchain
from batuta.rust.project import describe, project_files
from batuta.rust.project_folder import write_project
from batuta.workflow.build_project import build_project
from tests.cargo_rooms.programs import program
from tests.lsp.test_trust import STARTUP, set_traps

MARK = "sprung"


@pytest.fixture
def trapped(tmp_path: Path) -> Path:
    """A generated project, then everything that cargo and rustup would obey there."""
    folder = tmp_path / "project"
    programs = [program("hello")]
    write_project(folder, project_files(programs), describe(programs))
    mark = tmp_path / MARK
    wrapper = tmp_path / "wrapper.sh"
    wrapper.write_text(f'#!/bin/sh\necho "$0 $*" >> "{mark}"\nexec "$@"\n')
    wrapper.chmod(0o755)
    (folder / ".cargo").mkdir()
    (folder / ".cargo" / "config.toml").write_text(f'[build]\nrustc-wrapper = "{wrapper}"\n')
    (folder / "build.rs").write_text(
        f'fn main() {{ std::fs::write({str(mark)!r}.replace(\'\\\'\', ""), "built").unwrap(); }}\n'
    )
    return folder


@pytest.fixture
def toolchain_trap(tmp_path: Path) -> Path:
    """A folder whose toolchain file names a binary of its own."""
    folder = tmp_path / "toolchain"
    tools = folder / "tools" / "bin"
    tools.mkdir(parents=True)
    for name in ("cargo", "rustc"):
        (tools / name).write_text(f'#!/bin/sh\necho {name} >> "{tmp_path / MARK}"\n')
        (tools / name).chmod(0o755)
    (folder / "rust-toolchain.toml").write_text(f'[toolchain]\npath = "{folder / "tools"}"\n')
    return folder


def test_the_wrapper_is_a_real_trap(trapped: Path, private_cache: Path) -> None:
    environment = {**cleaned_environment(""), "CARGO_TARGET_DIR": str(private_cache / "trap")}
    subprocess.run(["cargo", "metadata", "--offline", "--format-version=1"], cwd=trapped, env=environment, capture_output=True)
    assert (trapped.parent / MARK).exists()


def test_building_in_a_trapped_folder_springs_nothing(trapped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(trapped)
    monkeypatch.setenv("RUSTC_WRAPPER", str(trapped.parent / "wrapper.sh"))
    monkeypatch.setenv("CARGO_BUILD_RUSTC_WRAPPER", str(trapped.parent / "wrapper.sh"))
    (built,) = build_project(trapped, "dev")
    assert built.compiled.ok, built.compiled.error
    assert not (trapped.parent / MARK).exists()
    assert built.binary is not None and subprocess.run([built.binary], capture_output=True).stdout == b"hello 1\n"


def test_a_project_with_a_foreign_manifest_is_built_with_ours(trapped: Path) -> None:
    manifest = trapped / "Cargo.toml"
    manifest.write_text(
        manifest.read_text().replace("[dependencies]", 'build = "build.rs"\n\n[dependencies]\nevil = { path = "evil" }')
    )
    (built,) = build_project(trapped, "dev")
    assert built.compiled.ok, built.compiled.error
    assert not (trapped.parent / MARK).exists()


@pytest.mark.skipif(
    not os.environ.get("RUSTUP_HOME") and not (Path.home() / ".rustup").is_dir(), reason="rustup is not installed"
)
def test_a_toolchain_file_is_not_obeyed(toolchain_trap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["cargo", "--version"], cwd=toolchain_trap, env=cleaned_environment(""), capture_output=True)
    mark = toolchain_trap.parent / MARK
    assert mark.exists(), "the trap is blunt"
    mark.unlink()
    monkeypatch.chdir(toolchain_trap)
    toolchain = find_toolchain()
    assert toolchain is not None and toolchain.rustc_version.startswith("rustc 1.")
    assert compile_program(program("hello"), key="test:toolchain-trap").ok
    assert not mark.exists()


def test_modules_of_the_folder_are_not_imported(tmp_path: Path) -> None:
    for name in ("click", "rich", "libcst", "numpy", "batuta"):
        (tmp_path / f"{name}.py").write_text(f"open({str(tmp_path / MARK)!r}, 'w').close()\n")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-P", "-m", "batuta.cli.main", "check", "missing.py"]
    answer = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert answer.returncode == 2 and "missing.py does not exist" in answer.stderr
    assert not (tmp_path / MARK).exists()


def test_only_listed_variables_reach_cargo(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "RUSTC_WRAPPER",
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "CARGO_BUILD_TARGET",
        "RUSTC",
        "PYTHONPATH",
        "LD_PRELOAD",
    ):
        monkeypatch.setenv(name, "trap")
    environment = cleaned_environment("stable")
    assert "trap" not in environment.values()
    assert environment["RUSTUP_TOOLCHAIN"] == "stable"


def test_every_command_in_a_booby_trapped_folder_leaves_no_marker(tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    markers = set_traps(folder)
    for name in STARTUP:
        (folder / f"{name}.py").unlink()
    (folder / "hello.py").write_text("print('hello', 1)\n")
    # A parameter that is not there makes the library's own text be looked at.
    (folder / "refused.py").write_text("import math\nimport numpy as np\n\nprint(math.sqrt(2.0, nonsense=1), eval('1'))\n")
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PATH": f"{os.environ['PATH']}{os.pathsep}.",
        "RUSTC_WRAPPER": str(folder / "wrapper.sh"),
    }
    answers = {}
    for words in (
        "check .",
        "check refused.py --format sarif",
        "transpile hello.py --output out",
        "transpile . --output all",
        "migrate hello.py --output out",
        "validate hello.py",
        "build out",
        "catalog math",
        "cache info",
        "doctor",
        "--version",
    ):
        # Without `-P` Python puts the folder first on its path.
        command = [sys.executable, "-m", "batuta.cli.main", *words.split()]
        answer = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        answers[words] = answer.returncode
        assert "Traceback" not in answer.stderr, answer.stderr
        assert [path.name for path in markers.iterdir()] == [], words
    assert answers["check ."] == answers["transpile . --output all"] == 1 and answers["validate hello.py"] == 2
    assert [answers[words] for words in ("transpile hello.py --output out", "migrate hello.py --output out", "build out")] == [
        0,
        0,
        0,
    ]
