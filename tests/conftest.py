"""Options that all tests share, and the note on what a run leaves out."""

from __future__ import annotations

import pytest

LEFT_OUT: list[str] = []
"""Notes on what a run did not do, with the command that does it, and on lists that are stale. Tests append; the summary prints
them."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--everything`: every case instead of the sample that a change must pass."""
    parser.addoption(
        "--everything", action="store_true", help="run every case of the catalog and every mutation of the programs"
    )


@pytest.fixture(scope="session")
def everything(request: pytest.FixtureRequest) -> bool:
    """Whether this run does all cases."""
    return bool(request.config.getoption("--everything"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says what was left out, above pytest's own last line."""
    for line in LEFT_OUT:
        terminalreporter.write_line(f"note: {line}")
