"""Finds the Rust toolchain without giving a folder's `rust-toolchain.toml` a say.

rustup's `cargo` is a proxy that obeys the toolchain file of the current folder, which may name any binary. `RUSTUP_TOOLCHAIN`
switches that off, so the toolchain is chosen here, from what is installed, and every run sets it.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import tomllib
from dataclasses import dataclass
from pathlib import Path

from batuta.cargo.environment import cleaned_environment

MINIMUM = (1, 85, 0)
"""Edition 2024 needs this version."""


@dataclass(frozen=True)
class Toolchain:
    """An installed Rust."""

    cargo: Path
    rustc_version: str
    """The line that `rustc --version` prints."""
    name: str
    """rustup's name of it, or "" when rustup is not used."""

    @property
    def version(self) -> tuple[int, ...]:
        """The version as numbers, e.g. `(1, 95, 0)`; empty when the line has another form."""
        words = self.rustc_version.split()
        try:
            return tuple(int(part) for part in words[1].split("-")[0].split("."))
        except (IndexError, ValueError):
            return ()

    def environment(self) -> dict[str, str]:
        """The environment for running it."""
        return cleaned_environment(self.name)


def find_toolchain() -> Toolchain | None:
    """The toolchain that will be used, or None when there is none that works."""
    # A relative entry of the path would mean whatever folder is the current one: an editor's workspace.
    path = os.pathsep.join(each for each in os.environ.get("PATH", os.defpath).split(os.pathsep) if os.path.isabs(each))
    cargo = shutil.which("cargo", path=path)
    if cargo is None:
        home = Path(os.environ.get("CARGO_HOME", Path.home() / ".cargo")) / "bin" / "cargo"
        if not home.is_file():
            return None
        cargo = str(home)
    return _describe(cargo, installed_name())


@functools.cache
def _describe(cargo: str, name: str) -> Toolchain | None:
    environment = cleaned_environment(name)
    folder = Path(cargo).parent
    environment["PATH"] = f"{folder}{os.pathsep}{environment.get('PATH', '')}"
    try:
        # The working folder is that of cargo itself: nothing that a workspace contains can be picked up there.
        answer = subprocess.run(
            ["rustc", "--version"], cwd=folder, env=environment, capture_output=True, text=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    if answer.returncode != 0:
        return None
    return Toolchain(Path(cargo), answer.stdout.strip(), name)


def installed_name() -> str:
    """The rustup toolchain to pin: the user's own choice by environment, rustup's default, or the first that is installed."""
    home = Path(os.environ.get("RUSTUP_HOME", Path.home() / ".rustup"))
    folder = home / "toolchains"
    try:
        installed = sorted(entry.name for entry in folder.iterdir() if (entry / "bin").is_dir())
    except OSError:
        return ""
    wanted = os.environ.get("RUSTUP_TOOLCHAIN", "")
    default = ""
    with contextlib.suppress(OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        default = tomllib.loads((home / "settings.toml").read_text(encoding="utf-8")).get("default_toolchain", "")
    for choice in (wanted, default):
        if choice in installed:
            return choice
    stable = [name for name in installed if not name.startswith(("nightly", "beta"))]
    return (stable or installed or [""])[0]
