"""The machine that measured, in words that name nobody: processor, cores, memory, system, versions."""

from __future__ import annotations

import os
import platform
import sys
from pathlib import Path

from batuta.cargo.toolchain import find_toolchain


def describe_machine() -> list[str]:
    """A line for each property."""
    toolchain = find_toolchain()
    return [
        f"processor: {_processor()}, {os.cpu_count()} cores",
        f"memory: {_memory()}",
        f"system: {platform.system()} on {platform.machine()}",
        f"Python: {platform.python_implementation()} {'.'.join(map(str, sys.version_info[:3]))}",
        f"Rust: {'.'.join(map(str, toolchain.version)) if toolchain is not None else 'not found'}, release profile",
    ]


def _field(file: str, name: str) -> str:
    path = Path(file)
    if not path.exists():
        return ""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _processor() -> str:
    return _field("/proc/cpuinfo", "model name") or platform.processor() or platform.machine()


def _memory() -> str:
    size = _field("/proc/meminfo", "MemTotal").split()
    return f"{int(size[0]) / 1024**2:.0f} GiB" if size else "unknown"
