"""Measures the fixture programs on both sides and the language server, and prints everything side by side: `make bench`.

python -m benchmarks.run                  everything
python -m benchmarks.run --only gradient  programs whose name contains one of these, separated by commas
python -m benchmarks.run --no-server      without the language server
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from batuta.benchmark.measure import MeasuringFailed
from batuta.benchmark.program_costs import Costs, NotBuilt, has_static_target, measure_program
from batuta.benchmark.server_latency import Latency, ServerSilent, measure_server
from batuta.benchmark.side_by_side import program_table, server_table, show
from batuta.rust.project import Program as RustProgram
from batuta.rust.project import package_name
from batuta.translate import Options, translate
from benchmarks.large_file import large_file
from fixtures.record import programs

LINES = 1000


def measure_programs(only: list[str], repeats: int, static: bool) -> tuple[list[Costs], list[tuple[str, str]]]:
    """The costs of the programs, and those that could not be measured with the reason."""
    costs: list[Costs] = []
    problems: list[tuple[str, str]] = []
    for program in programs(("programs",)):
        if only and not any(part in program.name for part in only):
            continue
        print(f"measuring {program.name}", file=sys.stderr)
        done = translate(program.source, program.path.name, Options())
        if not done.rust:
            first = next((each for each in done.findings if each.blocks), None)
            problems.append((program.name, f"{first.code} line {first.span.line}" if first else "no Rust"))
            continue
        rust = RustProgram(package_name(program.path.name), program.path.name, done.rust, done.features, done.crates)
        try:
            costs.append(measure_program(program.source, rust, data=program.data, repeats=repeats, static=static))
        except (NotBuilt, MeasuringFailed) as problem:
            problems.append((program.name, str(problem).splitlines()[0]))
    return costs, problems


def measure_language_server(keystrokes: int) -> tuple[Latency, int]:
    """Latencies on a file of `LINES` lines, and its true length."""
    text, edit_line = large_file(LINES)
    with tempfile.TemporaryDirectory() as scratch:
        # Without it the server says nothing unasked.
        (Path(scratch) / "batuta.toml").write_text("", encoding="utf-8")
        command = [sys.executable, "-m", "batuta.cli.main", "lsp", "--stdio"]
        return measure_server(command, Path(scratch), text, edit_line, keystrokes), text.count("\n")


def main() -> int:
    """Measures and prints. Exit code 1 when something could not be measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", default="")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--keystrokes", type=int, default=40)
    parser.add_argument("--no-server", action="store_true")
    parser.add_argument("--no-programs", action="store_true")
    options = parser.parse_args()
    failed = False
    if not options.no_programs:
        static = has_static_target()
        costs, problems = measure_programs([each for each in options.only.split(",") if each], options.repeats, static)
        failed = bool(problems)
        show(program_table(costs, problems, static))
    if not options.no_server:
        try:
            show(server_table(*measure_language_server(options.keystrokes)))
        except ServerSilent as problem:
            failed = True
            print(f"the language server could not be measured: {problem}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
