"""Formats the Rust that a project is written with, the way `cargo fmt` would."""

from __future__ import annotations

from pathlib import Path

from batuta.cargo.cache import Cache
from batuta.cargo.process import Limits, run_command
from batuta.cargo.toolchain import Toolchain

_LIMITS = Limits(wall=30.0, output=16 * 1024 * 1024)


def format_rust(text: str, toolchain: Toolchain | None, cache: Cache) -> str:
    """The text as rustfmt writes it; as it is where there is no rustfmt, or where it does not take the text.

    Line numbers change, so the formatted text is for reading: what is compiled to map rustc's messages back is the text as
    generated.
    """
    if toolchain is None:
        return text
    tool = toolchain.cargo.with_name("rustfmt" + toolchain.cargo.suffix)
    # rustfmt looks for its settings from the working folder upwards; an empty file of ours ends the search.
    folder = cache.root / "format"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        settings = folder / "rustfmt.toml"
        if not settings.is_file():
            settings.write_text("", encoding="ascii")
        finished = run_command(
            [tool, "--edition", "2024", "--config-path", str(settings), "--emit", "stdout"],
            cwd=Path(folder),
            environment=toolchain.environment(),
            stdin=text.encode(),
            limits=_LIMITS,
        )
    except OSError:
        return text
    if finished.code != 0 or finished.ended_by or not finished.stdout:
        return text
    return finished.stdout.decode()
