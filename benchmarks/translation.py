"""How fast Python becomes Rust text: reading, understanding and writing, without cargo.

python -m benchmarks.translation              prints the table
python -m benchmarks.translation --page FILE  puts it into a page, in the place of the one that is there

Times are those of the processor, not of the clock: other work on the machine changes them less. Each row is measured in a process of its own,
whose largest resident size is the memory of the row.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from rich.table import Table

from batuta.benchmark.side_by_side import milliseconds, show, size
from batuta.translate import translate
from benchmarks.joined_module import joined_module
from benchmarks.large_file import large_file
from fixtures.record import programs

TITLE = "## Translating, on one core"
LINES = 2000
REPEATS = 3
"""Of a module; the fixture programs are many, and each is translated once."""


def _texts(what: str) -> list[str]:
    match what:
        case "fixtures":
            return [each.source for each in programs(("programs", "strangers"))]
        case "plain":
            return [joined_module(LINES)]
        case "mixed":
            return [joined_module(LINES // 4, mixed=True)]
    return [large_file(LINES)[0]]


ROWS = {
    "fixtures": "all fixture programs, one after the other",
    "regular": "a module of regular functions and classes",
    "plain": "a module joined from fixture programs",
    "mixed": "the same, also from programs with types known at run time only",
}


@dataclass(frozen=True)
class Row:
    """What one kind of text costs."""

    name: str
    lines: int
    seconds: float
    peak: int
    """Bytes."""

    @property
    def rate(self) -> float:
        """Lines a second."""
        return self.lines / self.seconds


def measure() -> list[Row]:
    """All rows."""
    found = []
    for what, name in ROWS.items():
        command = [sys.executable, "-m", "benchmarks.translation", "--only", what]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        found.append(Row(name, told["lines"], told["seconds"], told["peak"]))
    return found


def _measure_here(what: str) -> dict[str, float]:
    texts = _texts(what)
    translate("print(1)\n")
    times = []
    for _ in range(1 if what == "fixtures" else REPEATS):
        began = time.process_time()
        for each in texts:
            translate(each)
        times.append(time.process_time() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return {"lines": sum(each.count("\n") for each in texts), "seconds": median(times), "peak": peak}


def table(rows: list[Row]) -> Table:
    """For the terminal."""
    made = Table(title="Translating, on one core: processor time, median")
    for heading in ("text", "lines", "time", "lines a second", "peak memory"):
        made.add_column(heading, justify="left" if heading == "text" else "right")
    for each in rows:
        made.add_row(each.name, f"{each.lines:,}", milliseconds(each.seconds), f"{each.rate:,.0f}", size(each.peak))
    return made


def section(rows: list[Row]) -> str:
    """For the page."""
    text = f"{TITLE}\n\nFrom Python text to Rust text, without cargo: processor time, of modules the median of {REPEATS} runs "
    text += "(`python -m benchmarks.translation`).\n\n| text | lines | time | lines a second | peak memory |\n|---|--:|--:|--:|--:|\n"
    for each in rows:
        text += f"| {each.name} | {each.lines:,} | {milliseconds(each.seconds)} | {each.rate:,.0f} | {size(each.peak)} |\n"
    return text


def with_section(page: str, rows: list[Row]) -> str:
    """A page with this section in the place of the one that it has, or at its end."""
    rest = re.sub(rf"\n*{re.escape(TITLE)}\n.*?(?=\n## |\Z)", "", page, flags=re.DOTALL).rstrip("\n")
    return f"{rest}\n\n{section(rows)}"


def main() -> int:
    """Measures and prints."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", choices=[*ROWS])
    parser.add_argument("--page", type=Path)
    options = parser.parse_args()
    if options.only:
        print(json.dumps(_measure_here(options.only)))
        return 0
    rows = measure()
    show(table(rows))
    if options.page:
        options.page.write_text(with_section(options.page.read_text(encoding="utf-8"), rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
