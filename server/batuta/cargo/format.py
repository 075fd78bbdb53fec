"""Formats the Rust that a project is written with, the way `cargo fmt` would."""

from __future__ import annotations

import re
from pathlib import Path

from batuta.cargo.cache import Cache
from batuta.cargo.process import Limits, run_command
from batuta.cargo.toolchain import Toolchain

_LIMITS = Limits(wall=30.0, output=16 * 1024 * 1024)


_QUICK = Limits(wall=5.0, output=16 * 1024 * 1024)
"""Somebody waits for the view."""

_TOKEN = re.compile(r'//[^\n]*|"(?:\\.|[^"\\])*"|[\w\'#]+', re.DOTALL)
"""What rustfmt leaves as it is: comments, texts, words and numbers. Commas, braces and parentheses come and go."""

_REACH = 200
"""Tokens to look ahead for where two texts meet again: rustfmt sorts `use` lines."""


def format_rust(text: str, toolchain: Toolchain | None, cache: Cache, limits: Limits = _LIMITS) -> str:
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
            limits=limits,
        )
    except OSError:
        return text
    if finished.code != 0 or finished.ended_by or not finished.stdout:
        return text
    return finished.stdout.decode()


def format_for_view(text: str, toolchain: Toolchain | None, cache: Cache) -> tuple[str, list[list[int]]]:
    """The formatted text, and for each of its lines the lines of the given text (from 1) that stand on it."""
    formatted = format_rust(text, toolchain, cache, _QUICK)
    if formatted == text:
        return text, [[number] for number in range(1, text.count("\n") + 2)]
    return formatted, carry_lines(text, formatted)


def carry_lines(before: str, after: str) -> list[list[int]]:
    """For each line of a formatted text, the lines of the text before (from 1) whose words stand on it.

    A line of brackets alone belongs to what stands above it.
    """
    old, new = _tokens(before), _tokens(after)
    carried: list[list[int]] = [[] for _ in range(after.count("\n") + 1)]
    at = 0
    for line, token in new:
        found = _next(old, at, token)
        if found is None:
            continue
        if old[found][0] not in carried[line - 1]:
            carried[line - 1].append(old[found][0])
        at = max(at, found + 1)
    last: list[int] = []
    for lines in carried:
        if lines:
            last = lines[-1:]
        else:
            lines.extend(last)
    return carried


def _next(tokens: list[tuple[int, str]], start: int, wanted: str) -> int | None:
    for place in range(start, min(len(tokens), start + _REACH)):
        if tokens[place][1] == wanted:
            return place
    return next((place for place in range(start - 1, max(-1, start - _REACH), -1) if tokens[place][1] == wanted), None)


def _tokens(text: str) -> list[tuple[int, str]]:
    """Words with the lines that they stand on (from 1)."""
    found = []
    line, reached = 1, 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", reached, match.start())
        reached = match.start()
        found.append((line, match[0].rstrip()))
    return found
