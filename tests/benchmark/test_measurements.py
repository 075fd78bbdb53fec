"""The measurements measure: exit codes are watched, allocations counted, percentiles are values that occurred."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from batuta.benchmark.machine import describe_machine
from batuta.benchmark.measure import Measured, MeasuringFailed, measure_command, percentile
from batuta.benchmark.program_costs import Costs, measure_program, only_imports
from batuta.benchmark.server_latency import Latency
from batuta.benchmark.side_by_side import page
from batuta.rust.project import Program
from benchmarks.large_file import large_file

PYTHON = "import math\nblock = bytearray(60_000_000)\n\nfrom fractions import Fraction\n\nprint('%.3f' % math.sqrt(2))\n"
RUST = """use batuta_rt::prelude::*;

fn program() {
    let mut kept: Vec<String> = Vec::new();
    for number in 0..1000 {
        kept.push(format!("number {number}"));
    }
    py::print!("{}", kept.len());
}

fn main() {
    py::run(program)
}
"""


def test_a_run_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(MeasuringFailed, match="ended with 3: bad"):
        measure_command([sys.executable, "-c", "import sys; sys.stderr.write('bad'); sys.exit(3)"], cwd=tmp_path, repeats=1)


def test_every_run_is_timed(tmp_path: Path) -> None:
    taken = measure_command([sys.executable, "-c", "import time; time.sleep(0.05)"], cwd=tmp_path, repeats=2)
    assert len(taken.seconds) == 2 and 0.05 <= taken.least <= taken.median


def test_percentiles_are_values_that_occurred() -> None:
    values = [float(each) for each in range(1, 101)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile([7.0], 0.95)) == (50.0, 95.0, 7.0)


def test_only_imports_are_left() -> None:
    assert only_imports(PYTHON) == "import math\nfrom fractions import Fraction\n"


def test_heap_allocations_are_counted() -> None:
    costs = measure_program(PYTHON, Program("measured", "measured.py", RUST), repeats=1)
    assert 1000 <= costs.allocations < 2000
    assert costs.allocated_bytes > 1000 * len("number 1")
    assert costs.binary_bytes > 100_000
    assert 0.0 < costs.warm_check < 60.0
    assert costs.static_bytes is None
    if Path("/proc/self/status").exists():
        assert 0 < costs.rust_peak < 20_000_000 < 60_000_000 < costs.python_peak


def test_the_page_says_ratios_and_what_is_missing() -> None:
    def taken(*seconds: float) -> Measured:
        return Measured(seconds)

    costs = Costs("sums", taken(0.2), taken(0.01), taken(0.1), taken(0.002), 30 << 20, 3 << 20, 12, 3456, 700_000, 0.25, None)
    text = page([costs], Latency(0.4, 0.5, (0.1, 0.2, 0.3)), 1000, machine=["processor: any, 2 cores"], static=False)
    assert "| sums | 20 × | 50 × | 10 × | 12 | 3 KiB | 250.0 ms | 684 KiB | - |" in text
    assert "- processor: any, 2 cores" in text
    assert "is not installed" in text and "p95 of 3 | 300.0 ms" in text


def test_the_machine_is_described_without_a_path() -> None:
    assert all("/" not in each.replace("/proc", "") for each in describe_machine())


@pytest.mark.parametrize("lines", [200, 1000])
def test_the_large_file_is_as_long_as_asked_and_runs(lines: int) -> None:
    text, edit_line = large_file(lines)
    assert text.count("\n") == lines
    assert text.split("\n")[edit_line].strip() == "self.owner = owner"
    compile(text, "large.py", "exec")
