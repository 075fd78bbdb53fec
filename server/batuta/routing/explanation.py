"""Backend routing in three lines of words: the documented table, the 5x PCIe rule, and what the compiled program uses."""

from __future__ import annotations

from dataclasses import dataclass

from batuta.routing.complexity import Backend, OpComplexity
from batuta.routing.selector import TABLE, BackendSelector
from batuta.routing.transfer import FACTOR, TransferRule

GPU_CRATES = frozenset({"trueno"})
SIMD_CRATES = frozenset({"trueno", "aprender"})


@dataclass(frozen=True)
class BackendAdvice:
    """The three lines. Only `runs_on` speaks of the program that is really compiled."""

    table: str
    rule: str
    runs_on: str

    def lines(self) -> tuple[str, str, str]:
        """The advice in the order in which it is shown."""
        return self.table, self.rule, self.runs_on


def explain(
    complexity: OpComplexity, size: int | None, crate: str = "std", gpu: bool = False, why_unknown: str = ""
) -> BackendAdvice:
    """Explain the choice for an operation on `size` elements (None: unknown) that is compiled to code of `crate`.

    `gpu` says whether the program is built with the GPU feature; without it nothing ever runs there.
    """
    rule = TransferRule()
    return BackendAdvice(
        _table_line(complexity, size, why_unknown), _rule_line(complexity, size, rule), _runs_on(complexity, size, crate, gpu)
    )


def _table_line(complexity: OpComplexity, size: int | None, why_unknown: str) -> str:
    label = f"{complexity.operations} ({complexity})"
    if size is not None:
        return f"Table: {label}, {size:,} elements → {BackendSelector().shown(complexity, size)}"
    crossover = TABLE[complexity]
    below = "Scalar/SIMD" if complexity is OpComplexity.LOW else "Scalar"
    parts = [f"{below} below {amount(crossover.simd)} elements", f"SIMD from {amount(crossover.simd)}"]
    if crossover.gpu is not None:
        parts.append(f"GPU from {amount(crossover.gpu)}")
    return f"Table: {label}, size unknown{f' ({why_unknown})' if why_unknown else ''}: {', '.join(parts)}"


def _rule_line(complexity: OpComplexity, size: int | None, rule: TransferRule) -> str:
    link, device = f"{rule.link / 1e9:.0f} GB/s", f"{rule.device / 1e12:.0f} TFLOP/s"
    head = f"{FACTOR:.0f}× PCIe rule ({link} link, {device} device)"
    if size is None or size == 0:
        limit = rule.pays_from(complexity)
        if limit is None:
            return f"{head}: a GPU never pays, each element moved brings one operation"
        return f"{head}: a GPU pays from about {amount(limit)} elements in each square operand"
    cost = rule.cost(complexity, size)
    verdict = "pays" if cost.pays else "does not pay"
    return (
        f"{head}: transfer {duration(cost.transfer)}, compute {duration(cost.compute)}, ratio {cost.ratio:.3g}: a GPU {verdict}"
    )


def _runs_on(complexity: OpComplexity, size: int | None, crate: str, gpu: bool) -> str:
    chosen = BackendSelector().select_with_moe(complexity, size) if size is not None else None
    if (
        gpu
        and crate in GPU_CRATES
        and chosen is Backend.GPU
        and size is not None
        and TransferRule().cost(complexity, size).pays
    ):
        return "Runs on: GPU (feature `gpu`, crate trueno)"
    if crate in SIMD_CRATES:
        return f"Runs on: CPU, the crate {crate} picks its SIMD instructions at run time (f32)"
    where = {"std": "plain Rust", "ndarray": "on ndarray"}.get(crate, crate)
    return f"Runs on: CPU, one thread, {where} (f64; vectorised where rustc can)"


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
