"""Measures the fixture programs on both sides and the language server, and prints everything side by side: `make bench`.

python -m benchmarks.run                  everything
python -m benchmarks.run --only gradient  programs whose name contains one of these, separated by commas
python -m benchmarks.run --no-server      without the language server
python -m benchmarks.run --no-translation without the times of translating
python -m benchmarks.run --page FILE      writes the figures as a page too
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from batuta.benchmark.machine import describe_machine
from batuta.benchmark.measure import MeasuringFailed
from batuta.benchmark.program_costs import Costs, NotBuilt, has_static_target, measure_program, static_sizes
from batuta.benchmark.server_latency import Latency, ServerSilent, measure_server
from batuta.benchmark.side_by_side import page, program_table, server_table, show
from batuta.rust.project import Program as RustProgram
from batuta.rust.project import package_name
from batuta.translate import Options, translate
from benchmarks import translation
from benchmarks.large_file import large_file
from fixtures.python_side import Program
from fixtures.record import programs

LINES = 1000
BEGAN = time.monotonic()


def measure_programs(only: list[str], repeats: int, static: bool) -> tuple[list[Costs], list[tuple[str, str]]]:
    """The costs of the programs, and those that could not be measured with the reason."""
    chosen: list[tuple[Program, RustProgram]] = []
    problems: list[tuple[str, str]] = []
    for program in programs(("programs",)):
        if only and not any(part in program.name for part in only):
            continue
        done = translate(program.source, program.path.name, Options())
        if not done.rust:
            first = next((each for each in done.findings if each.blocks), None)
            problems.append((program.name, f"{first.code} line {first.span.line}" if first else "no Rust"))
            continue
        name = package_name(program.path.name)
        chosen.append((program, RustProgram(name, program.path.name, done.rust, done.features, done.crates)))
    sizes: dict[str, int] = {}
    if static and chosen:
        tell(f"building {len(chosen)} static binaries")
        try:
            sizes = static_sizes([rust for _, rust in chosen])
        except NotBuilt as problem:
            problems.append(("static binaries", str(problem).splitlines()[0]))
    costs: list[Costs] = []
    for number, (program, rust) in enumerate(chosen, 1):
        tell(f"[{number}/{len(chosen)}] building and measuring {program.name}")
        try:
            measured = measure_program(
                program.source, rust, data=program.data, repeats=repeats, static_bytes=sizes.get(rust.name)
            )
            costs.append(replace(measured, name=program.name))
        except (NotBuilt, MeasuringFailed) as problem:
            problems.append((program.name, str(problem).splitlines()[0]))
    return costs, problems


def tell(text: str) -> None:
    """One line of progress, with the time since the start."""
    print(f"{time.monotonic() - BEGAN:5.0f} s  {text}", file=sys.stderr, flush=True)


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
    parser.add_argument("--no-translation", action="store_true")
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    failed = False
    static = has_static_target()
    costs: list[Costs] = []
    latency: tuple[Latency, int] | None = None
    if not options.no_programs:
        costs, problems = measure_programs([each for each in options.only.split(",") if each], options.repeats, static)
        failed = bool(problems)
        show(program_table(costs, problems, static))
    if not options.no_server:
        tell("measuring the language server")
        try:
            latency = measure_language_server(options.keystrokes)
            show(server_table(*latency))
        except ServerSilent as problem:
            failed = True
            print(f"the language server could not be measured: {problem}")
    rows: list[translation.Row] = []
    if not options.no_translation:
        tell("measuring the translation")
        rows = translation.measure()
        show(translation.table(rows))
    if options.page and costs and latency and rows:
        text = page(costs, *latency, machine=describe_machine(), static=static)
        options.page.write_text(translation.with_section(text, rows), encoding="utf-8")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
