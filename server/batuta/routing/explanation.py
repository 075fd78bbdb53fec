"""Backend routing in three lines of words: the documented table, the 5x PCIe rule, and what the compiled program uses."""

from __future__ import annotations

from dataclasses import dataclass

from batuta_engine.selection.complexity import Backend, OpComplexity
from batuta_engine.selection.cost import FACTOR, Cost, CostModel, Work
from batuta_engine.selection.selector import DOCUMENTED, BackendSelector

GPU_CRATES = frozenset({"trueno"})
SIMD_CRATES = frozenset({"trueno"})
"""aprender's estimators are plain loops."""


@dataclass(frozen=True)
class BackendAdvice:
    """The three lines. Only `runs_on` speaks of the program that is really compiled."""

    table: str
    rule: str
    runs_on: str

    def lines(self) -> tuple[str, str, str]:
        """The advice in the order in which it is shown."""
        return self.table, self.rule, self.runs_on


@dataclass(frozen=True)
class Compiled:
    """What is known of the compiled program at the place of the operation."""

    crate: str = "std"
    element: str = "f64"
    """The Rust type of the numbers that are computed; empty where there are none or several."""
    kernel: bool = False
    """Whether the operation is ndarray's product of two matrices of floats, the one kernel that picks its instructions."""
    gpu: bool = False
    """Whether the program is built with the GPU feature; without it nothing ever runs there."""
    refused: bool = False
    """Whether there is no compiled program, because the file is refused."""


def explain(
    complexity: OpComplexity, size: int | None, compiled: Compiled, work: Work | None = None, why_unknown: str = ""
) -> BackendAdvice:
    """Explain the choice for an operation on `size` elements (None: unknown).

    `work` is what the operation moves and computes where the shapes of all operands are known; else the model's own stands in.
    """
    model = CostModel()
    cost = None
    if size:
        cost = model.of_size(complexity, size) if work is None else model.cost(work)
    return BackendAdvice(
        _table_line(complexity, size, why_unknown),
        _rule_line(complexity, cost, model),
        _runs_on(complexity, size, cost, compiled),
    )


def _table_line(complexity: OpComplexity, size: int | None, why_unknown: str) -> str:
    label = f"{complexity.operations} ({complexity})"
    if size is not None:
        return f"Table: {label}, {size:,} elements → {BackendSelector().shown(complexity, size)}"
    crossover = DOCUMENTED[complexity]
    assert crossover.simd is not None
    below = "Scalar/SIMD" if complexity is OpComplexity.LOW else "Scalar"
    parts = [f"{below} below {amount(crossover.simd)} elements", f"SIMD from {amount(crossover.simd)}"]
    if crossover.gpu is not None:
        parts.append(f"GPU from {amount(crossover.gpu)}")
    return f"Table: {label}, size unknown{f' ({why_unknown})' if why_unknown else ''}: {', '.join(parts)}"


def _rule_line(complexity: OpComplexity, cost: Cost | None, model: CostModel) -> str:
    link, device = f"{model.link.bytes_per_second / 1e9:.0f} GB/s", f"{model.link.flops_per_second / 1e12:.0f} TFLOP/s"
    head = f"{FACTOR:.0f}× PCIe rule ({link} link, {device} device)"
    if cost is None:
        limit = model.pays_from(complexity)
        if limit is None:
            ratio = model.of_size(complexity, 1).ratio
            return f"{head}: compute is {ratio:.3g} of the transfer at every size, more than {FACTOR:.0f} is asked: a GPU never pays"
        return f"{head}: a GPU pays from about {amount(limit)} elements in each square operand"
    verdict = "pays" if cost.pays else "does not pay"
    return (
        f"{head}: transfer {duration(cost.transfer)}, compute {duration(cost.compute)}, ratio {cost.ratio:.3g}: a GPU {verdict}"
    )


def _runs_on(complexity: OpComplexity, size: int | None, cost: Cost | None, compiled: Compiled) -> str:
    if compiled.refused:
        return "Runs on: nothing yet, the file is refused"
    chosen = BackendSelector().select_with_moe(complexity, size) if size is not None else None
    if compiled.gpu and compiled.crate in GPU_CRATES and chosen is Backend.GPU and cost is not None and cost.pays:
        return "Runs on: GPU (feature `gpu`, crate trueno)"
    if compiled.crate in SIMD_CRATES:
        return f"Runs on: CPU, the crate {compiled.crate} picks its SIMD instructions at run time (f32)"
    where = {"std": "plain Rust", "ndarray": "on ndarray"}.get(compiled.crate, compiled.crate)
    how = "the matrix kernel picks its SIMD instructions at run time" if compiled.kernel else "vectorised where rustc can"
    return f"Runs on: CPU, one thread, {where} ({'; '.join(part for part in (compiled.element, how) if part)})"


def amount(size: int) -> str:
    """A size in elements for people: `10K`, `1M`, `8.8M`, `512`."""
    for unit, letter in ((10**9, "G"), (10**6, "M"), (10**3, "K")):
        if size >= unit:
            return f"{size / unit:.3g}{letter}"
    return str(size)


def duration(seconds: float) -> str:
    """A time for people: `3.1 ns`, `250 µs`, `1.2 ms`, `4 s`."""
    for unit, name in ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs")):
        if seconds >= unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds / 1e-9:.3g} ns"
