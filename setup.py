"""Puts a copy of the runtime crate into the built package: generated projects carry its source. All else is in
pyproject.toml."""

from __future__ import annotations

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

SOURCE = Path(__file__).resolve().parent / "engine" / "batuta-rt"


class BuildWithRuntime(build_py):
    """The usual build, then the crate beside `batuta/rust/`, where `runtime_source()` looks first."""

    def run(self) -> None:
        """Copies what the crate consists of; build output stays behind."""
        super().run()
        if self.editable_mode:
            return
        target = Path(self.build_lib) / "batuta" / "rust" / "batuta-rt"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(SOURCE / "src", target / "src")
        for name in ("Cargo.toml", "Cargo.lock"):
            shutil.copy2(SOURCE / name, target / name)


setup(cmdclass={"build_py": BuildWithRuntime})
