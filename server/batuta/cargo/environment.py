"""The environment in which cargo and rustc run: what they need, and nothing that could make them run something else."""

from __future__ import annotations

import os

_KEPT = (
    "PATH",
    "HOME",
    "USERPROFILE",
    "SYSTEMROOT",
    "TMPDIR",
    "TEMP",
    "TMP",
    "LANG",
    "LC_ALL",
    # Where rustup and cargo keep what the user installed; the crates come from there.
    "CARGO_HOME",
    "RUSTUP_HOME",
    # A proxy is needed for the one step that goes online.
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "NO_PROXY",
    "http_proxy",
    "https_proxy",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "LD_LIBRARY_PATH",
    "NIX_LDFLAGS",
    "SDKROOT",
    "DEVELOPER_DIR",
)
"""A list of what stays is safer than one of what goes: `RUSTC_WRAPPER`, `RUSTFLAGS`, `CARGO_BUILD_*`, `PYTHON*` and their like
of tomorrow are all left out."""


def cleaned_environment(toolchain: str) -> dict[str, str]:
    """The environment for cargo with a pinned rustup toolchain ("" when rustup is not used)."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if toolchain:
        environment["RUSTUP_TOOLCHAIN"] = toolchain
    # Never fetch a toolchain on our own.
    environment["RUSTUP_AUTO_INSTALL"] = "0"
    # Measured: incremental compilation makes small crates slower and the target folder four times larger.
    environment["CARGO_INCREMENTAL"] = "0"
    # Nobody debugs the private copy; without debug information it links several times faster.
    environment["CARGO_PROFILE_DEV_DEBUG"] = "0"
    environment["CARGO_TERM_COLOR"] = "never"
    return environment
