"""One run of cargo: offline and locked, its messages read as they come."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from batuta.cargo.cache import Cache
from batuta.cargo.messages import Artifact, Progress, RustDiagnostic, read_message, read_progress
from batuta.cargo.process import Ending, Limits, run_command
from batuta.cargo.toolchain import Toolchain

OnProgress = Callable[[Progress], None]

_NOT_HERE = re.compile(
    r"--offline was (?:specified|passed)|failed to download|no matching package named|failed to get `|unable to update registry"
    r"|Could not resolve host|network failure|spurious network error|failed to query replaced source|may be running into",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class CargoRun:
    """What a run of cargo brought."""

    ok: bool
    diagnostics: tuple[RustDiagnostic, ...]
    artifacts: tuple[Artifact, ...]
    error: str
    """cargo's own words when it failed for another reason than the program's text; "" otherwise."""
    seconds: float
    ended_by: Ending = ""
    crates_missing: bool = False
    """Whether it failed because a crate has not been fetched."""


@dataclass
class _Listener:
    """Gathers what cargo says. Called from the reader threads; each list is filled by one of them."""

    on_progress: OnProgress | None
    on_line: Callable[[str], None] | None = None
    diagnostics: list[RustDiagnostic] = field(default_factory=list)
    artifacts: list[Artifact] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def stdout(self, line: bytes) -> None:
        message = read_message(line)
        if isinstance(message, Artifact):
            self.artifacts.append(message)
        elif message is not None and message.message:
            self.diagnostics.append(message)

    def stderr(self, line: bytes) -> None:
        progress = read_progress(line)
        if progress is not None:
            if self.on_progress is not None:
                self.on_progress(progress)
            return
        text = line.decode(errors="replace").rstrip()
        if text:
            self.errors.append(text)
            if self.on_line is not None:
                self.on_line(text)


def run_cargo(
    toolchain: Toolchain,
    cache: Cache,
    arguments: Sequence[str],
    *,
    cwd: Path,
    offline: bool = True,
    json: bool = True,
    limits: Limits | None = None,
    cancel: threading.Event | None = None,
    on_progress: OnProgress | None = None,
    on_line: Callable[[str], None] | None = None,
) -> CargoRun:
    """Runs `cargo ARGUMENTS` in a private folder with the shared target folder. `on_line` hears cargo's plain lines."""
    environment = toolchain.environment()
    environment["CARGO_TARGET_DIR"] = str(cache.target)
    if json:
        # The bar is the only place where cargo says how many units there are.
        environment["CARGO_TERM_PROGRESS_WHEN"] = "always"
        environment["CARGO_TERM_PROGRESS_WIDTH"] = "100"
    command: list[str] = [str(toolchain.cargo), *arguments]
    if json:
        command.append("--message-format=json")
    if offline:
        command.append("--offline")
    listener = _Listener(on_progress, on_line)
    finished = run_command(
        command,
        cwd=cwd,
        environment=environment,
        limits=limits,
        cancel=cancel,
        on_stdout=listener.stdout if json else None,
        on_stderr=listener.stderr,
    )
    ok = finished.code == 0 and not finished.ended_by
    text = "\n".join(
        line for line in listener.errors if not line.lstrip().startswith(("Compiling", "Checking", "Finished", "Locking"))
    )
    rejected = any(diagnostic.level == "error" for diagnostic in listener.diagnostics)
    missing = not ok and not rejected and _NOT_HERE.search(text) is not None
    if finished.ended_by:
        text = f"cargo was ended: {finished.ended_by}"
    elif ok or rejected:
        text = ""
    return CargoRun(
        ok, tuple(listener.diagnostics), tuple(listener.artifacts), text, finished.seconds, finished.ended_by, missing
    )
