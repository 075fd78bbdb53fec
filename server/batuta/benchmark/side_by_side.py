"""Prints the two sides beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich.console import Console
from rich.table import Table

from batuta.benchmark.measure import percentile
from batuta.benchmark.program_costs import STATIC_TARGET, Costs
from batuta.benchmark.server_latency import Latency

_NUMBERS = (
    "Python",
    "Rust",
    "ratio",
    "start Python",
    "start Rust",
    "peak Python",
    "peak Rust",
    "allocations",
    "heap",
    "warm check",
    "binary",
)


def program_table(costs: Sequence[Costs], problems: Sequence[tuple[str, str]], static: bool) -> Table:
    """One row for each program. `problems` are programs that could not be measured, with the reason."""
    table = Table(title="Programs: whole run, median of the runs")
    table.add_column("program", no_wrap=True)
    for heading in (*_NUMBERS, *(["static"] if static else [])):
        table.add_column(heading, justify="right")
    for each in costs:
        row = [
            each.name,
            milliseconds(each.python.median),
            milliseconds(each.rust.median),
            f"{each.python.median / each.rust.median:.0f} x",
            milliseconds(each.python_start.median),
            milliseconds(each.rust_start.median),
            size(each.python_peak),
            size(each.rust_peak),
            f"{each.allocations:,}",
            size(each.allocated_bytes),
            milliseconds(each.warm_check),
            size(each.binary_bytes),
        ]
        table.add_row(*row, *([size(each.static_bytes) if each.static_bytes else "-"] if static else []))
    for name, reason in problems:
        table.add_row(name, f"not measured: {reason}")
    notes = [
        "start: the same imports (Python) or features (Rust) and no statement; allocations and heap: the Rust's, all together; warm "
        "check: cargo check after a change of the program"
    ]
    if not static:
        notes.append(f"no static binary: the target {STATIC_TARGET} is not installed")
    table.caption = "\n".join(notes)
    return table


def server_table(latency: Latency, lines: int) -> Table:
    """What the language server takes."""
    table = Table(title=f"Language server, a file of {lines:,} lines")
    table.add_column("from → to")
    table.add_column("time", justify="right")
    strokes = latency.keystroke_to_diagnostics
    table.add_row("process start → initialize answer", milliseconds(latency.start_to_answer))
    table.add_row("file opened → diagnostics", milliseconds(latency.open_to_diagnostics))
    table.add_row(f"keystroke → diagnostics, p50 of {len(strokes)}", milliseconds(percentile(strokes, 0.5)))
    table.add_row(f"keystroke → diagnostics, p95 of {len(strokes)}", milliseconds(percentile(strokes, 0.95)))
    return table


def page(costs: Sequence[Costs], latency: Latency, lines: int, *, machine: Sequence[str], static: bool) -> str:
    """The figures as Markdown: ratios between the sides, which travel better between machines than times do."""
    text = "# What the compiled programs cost\n\n"
    text += f"Measured by `make bench PAGE=docs/benchmarks.md` on {date.today().isoformat()}: both sides in one run, medians. The machine:\n\n"
    text += "".join(f"- {each}\n" for each in machine)
    text += (
        "\nTimes are those of whole runs, start and end of the process included. Start-up is a run with the same imports (Python) or "
        "features (Rust)\nand no statement. Memory is the largest resident size. Allocations are the Rust program's own, by a counting "
        "allocator. The warm check is\n`cargo check` after a change of the program, with everything that it depends on compiled.\n\n"
    )
    text += "| program | Python ÷ Rust, time | start-up | peak memory | allocations | heap | warm check | binary |"
    text += " static binary |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|\n"
    for each in costs:
        cells = [
            each.name,
            f"{each.python.median / each.rust.median:.0f} ×",
            f"{each.python_start.median / each.rust_start.median:.0f} ×",
            f"{each.python_peak / each.rust_peak:.0f} ×" if each.python_peak and each.rust_peak else "-",
            f"{each.allocations:,}",
            size(each.allocated_bytes),
            milliseconds(each.warm_check),
            size(each.binary_bytes),
            size(each.static_bytes) if each.static_bytes else "-",
        ]
        text += f"| {' | '.join(cells)} |\n"
    if not static:
        text += f"\nNo static binaries: the target {STATIC_TARGET} is not installed here.\n"
    strokes = latency.keystroke_to_diagnostics
    text += f"\n## The language server, on a file of {lines:,} lines\n\n| from → to | time |\n|---|--:|\n"
    text += f"| process start → initialize answer | {milliseconds(latency.start_to_answer)} |\n"
    text += f"| file opened → diagnostics | {milliseconds(latency.open_to_diagnostics)} |\n"
    for share in (0.5, 0.95):
        label = f"keystroke → diagnostics, p{share * 100:.0f} of {len(strokes)}"
        text += f"| {label} | {milliseconds(percentile(strokes, share))} |\n"
    return text


def show(*tables: Table) -> None:
    """Prints tables; wide enough for all columns when nobody looks at a terminal."""
    console = Console()
    if not console.is_terminal:
        console = Console(width=170)
    for table in tables:
        console.print(table)


def milliseconds(seconds: float) -> str:
    """`12.3 ms`, or seconds from one second on."""
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def size(count: float) -> str:
    """Bytes in words."""
    for unit in ("B", "KiB"):
        if count < 1024:
            return f"{count:.0f} {unit}"
        count /= 1024
    return f"{count:.1f} MiB"
