"""The runtime crate's own tests, which stand in its files."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest

from tests.conftest import LEFT_OUT
from tests.runtime.example import CRATE

FAITHFUL = "data,bigint,json,regex,time"
CRATES = "aprender,trueno"


@pytest.mark.skipif(shutil.which("cargo") is None, reason="needs cargo")
def test_the_crates_own_tests_pass(everything: bool) -> None:
    if not everything:
        LEFT_OUT.append("the adapters to the published crates are not tested in Rust; run `make test-all`")
    features = f"{FAITHFUL},{CRATES}" if everything else FAITHFUL
    done = subprocess.run(
        ["cargo", "test", "--quiet", "--locked", "--lib", "--test", "shared_vectors", "--features", features],
        cwd=CRATE,
        capture_output=True,
        text=True,
        env={**os.environ, "CARGO_INCREMENTAL": "0", "CARGO_PROFILE_DEV_DEBUG": "0"},
    )
    assert done.returncode == 0, (done.stdout + done.stderr)[-4000:]
    assert "test result: ok" in done.stdout and " 0 passed" not in done.stdout
