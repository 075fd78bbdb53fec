"""Builds the small programs that the tests of the runtime crate talk to."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

CRATE = Path(__file__).parents[2] / "engine" / "batuta-rt"


def built_example(name: str, features: str = "") -> Path:
    """Builds an example of the crate with some of its features and says where the program is."""
    environment = {**os.environ, "CARGO_INCREMENTAL": "0", "CARGO_PROFILE_DEV_DEBUG": "0"}
    command = ["cargo", "build", "--quiet", "--example", name, "--features", features]
    subprocess.run(command, cwd=CRATE, env=environment, check=True)
    return Path(environment.get("CARGO_TARGET_DIR", CRATE / "target")) / "debug" / "examples" / name
