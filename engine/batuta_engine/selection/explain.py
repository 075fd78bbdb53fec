"""The sentence that says why a backend was chosen."""

from __future__ import annotations

from batuta_engine.selection.complexity import Backend, OpComplexity
from batuta_engine.selection.cost import FACTOR, CostModel
from batuta_engine.selection.selector import BackendSelector, Thresholds

_KINDS = {
    OpComplexity.LOW: "an element-wise operation",
    OpComplexity.MEDIUM: "a reduction",
    OpComplexity.HIGH: "a matrix product",
}


def explain(complexity: OpComplexity, size: int, model: CostModel | None = None) -> str:
    """Why an operation on `size` elements runs where it does: the documented answer, the measured one where it differs, and the rule."""
    documented = BackendSelector()
    chosen = documented.select_with_moe(complexity, size)
    text = f"{_KINDS[complexity].capitalize()} on {size:,} elements → {chosen}: {_reason(documented.thresholds[complexity], chosen)}"
    measured = BackendSelector.measured()
    if measured is None:
        text += "; this machine has not been measured (`calibrate()`)"
    else:
        own = measured.select_with_moe(complexity, size)
        if own is not chosen:
            text += f"; measured on this machine → {own}: {_reason(measured.thresholds[complexity], own)}"
    cost = (model or CostModel()).of_size(complexity, size)
    verdict = "a GPU pays" if cost.pays else "a GPU does not pay"
    return f"{text}; computing takes {cost.ratio:.3g} of the transfer, more than {FACTOR:.0f} is asked: {verdict}."


def _reason(row: Thresholds, chosen: Backend) -> str:
    if chosen is Backend.GPU:
        return f"the GPU from {row.gpu:,}"
    if chosen is Backend.SIMD:
        return f"SIMD from {row.simd:,}" + (f", the GPU from {row.gpu:,}" if row.gpu is not None else "")
    return f"SIMD from {row.simd:,}" if row.simd is not None else "SIMD was never faster"
