"""The extension without an editor: its manifest keeps the promises on trust, its types hold, its logic passes its own tests."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "vscode-extension"
MANIFEST = json.loads((EXTENSION / "package.json").read_text(encoding="utf-8"))
SETTINGS = MANIFEST["contributes"]["configuration"]["properties"]


def test_a_folder_cannot_choose_what_is_started_until_it_is_trusted() -> None:
    starts_programs = {"batuta.interpreter", "batuta.serverCommand"}
    trust = MANIFEST["capabilities"]["untrustedWorkspaces"]
    assert trust["supported"] == "limited"
    assert set(trust["restrictedConfigurations"]) == starts_programs
    # Text that the user may fill with anything is a path, a command or an argument: there is no other free text.
    free_text = {name for name, setting in SETTINGS.items() if setting["type"] in {"string", "array"} and "enum" not in setting}
    assert free_text == starts_programs


def test_every_command_of_the_palette_is_registered() -> None:
    offered = {command["command"] for command in MANIFEST["contributes"]["commands"]}
    source = (EXTENSION / "src/commands.ts").read_text(encoding="utf-8")
    assert {name for name in offered if f"'{name}':" not in source} == set()


def test_the_protocol_page_names_every_setting_that_the_server_receives() -> None:
    page = (ROOT / "docs/reference/protocol.md").read_text(encoding="utf-8")
    local = {"batuta.serverCommand"}
    assert {name for name in SETTINGS if name not in local and f'"{name.split(".")[-1]}"' not in page} == set()


@pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")
def test_the_extension_type_checks_and_its_logic_holds() -> None:
    if not (EXTENSION / "node_modules").is_dir():
        run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    run("npm", "run", "check")
    run("npm", "run", "lint")
    run("npm", "test")
    # Packing needs nothing from the network: what it runs is in the lock file.
    alone = ["unshare", "--map-root-user", "--net"] if _can_unshare() else []
    run(*alone, "npm", "run", "package")
    with zipfile.ZipFile(EXTENSION / "batuta.vsix") as packed:
        files = {name.removeprefix("extension/").lower() for name in packed.namelist()}
    assert {"dist/extension.js", "package.json", "readme.md", "license.txt"} <= files
    assert not [name for name in files if name.startswith(("src/", "test/", "node_modules/", "out/"))]


def _can_unshare() -> bool:
    """Whether a program can be run here without any network."""
    found = shutil.which("unshare")
    return (
        found is not None and subprocess.run([found, "--map-root-user", "--net", "true"], capture_output=True).returncode == 0
    )


def run(*command: str) -> None:
    """Fails with what the command said."""
    done = subprocess.run(command, cwd=EXTENSION, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
