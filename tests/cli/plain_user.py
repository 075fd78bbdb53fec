"""Runs the command line in a process for which permissions hold, also when the tests are run by the superuser."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_DROP_FROM_BOUNDING_SET = 24
_OVERRIDE_PERMISSIONS, _OVERRIDE_READING = 1, 2
"""`CAP_DAC_OVERRIDE` and `CAP_DAC_READ_SEARCH`: what lets the superuser write into a folder that is read-only."""


def run_as_plain_user(arguments: Sequence[object], cwd: Path) -> subprocess.CompletedProcess[str]:
    """`batuta ARGUMENTS` in a process without the superuser's right to write everywhere."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    return subprocess.run(
        [sys.executable, "-P", "-m", "batuta.cli.main", *map(str, arguments)],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=_give_up_privileges if os.geteuid() == 0 else None,
    )


def _give_up_privileges() -> None:
    """What is not in the bounding set is gone after `exec`. Run in the child, where a failure fails the test."""
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (_OVERRIDE_PERMISSIONS, _OVERRIDE_READING):
        if libc.prctl(_DROP_FROM_BOUNDING_SET, ctypes.c_ulong(capability), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "the right to write everywhere cannot be given up")
