"""The text of a hover: the Rust of a call, its type, where it would and will run, and how near its numbers are."""

from __future__ import annotations

import math
from collections.abc import Iterable

from batuta.analysis.shapes import Shape
from batuta.catalog.entry import Parity
from batuta.routing import Compiled, explain
from batuta_engine.selection.complexity import OpComplexity
from batuta_engine.selection.cost import Work

_GRADES = {
    "exact": "exact",
    "close": "close",
    "statistical": "statistical: the distributions over seeds agree, single values do not",
    "differs": "differs",
}


def hover_text(
    *,
    name: str,
    rust: str,
    type_text: str,
    shape: Shape | None,
    size_shape: Shape | None,
    compiled: Compiled,
    cost: str,
    parity: Parity | None,
    work: Work | None = None,
    measured: str = "",
) -> str:
    """The Markdown of a hover on a mapped call or operator.

    `shape` is the result's, `size_shape` that of the operand which decides how much work there is; None where the text does
    not say. `work` is known where the shapes of all operands are. Without `parity` nothing is claimed about numbers.
    `measured`: the evidence in words.
    """
    parts = [f"**`{name}`** → `{compiled.crate}`"]
    if rust.strip():
        parts.append(f"```rust\n{rust.strip()}\n```")
    if type_text:
        parts.append(f"Type: `{type_text}`{_shape_text(shape)}")
    complexity = OpComplexity.of_cost(cost)
    if complexity is not None:
        size = None if size_shape is None else math.prod(size_shape)
        advice = explain(complexity, size, compiled, work, why_unknown="the shape is not in the program's text")
        parts.append("\n".join(f"- {_escaped(line)}" for line in advice.lines()))
    if parity is not None:
        parts.append("\n\n".join(parity_lines(parity)))
        if measured:
            parts.append(f"Measured: {_escaped(measured)}")
    return "\n\n".join(parts) + "\n"


def parity_lines(parity: Parity) -> Iterable[str]:
    """How near the Rust comes, in one or more paragraphs."""
    if parity.grade == "exact":
        near = "equal bits" if parity.tolerance == 0 else f"within {parity.tolerance:g} relative"
    else:
        near = f"within {parity.tolerance:g} relative" if parity.tolerance else ""
    line = f"Same numbers: {_GRADES[parity.grade]}"
    yield line + (f" ({near})" if near else "")
    if parity.conditions:
        yield f"Holds when: {_escaped(parity.conditions)}"
    if parity.caveat:
        yield f"{'Note' if parity.grade == 'exact' else 'Differs'}: {_escaped(parity.caveat)}"


def _shape_text(shape: Shape | None) -> str:
    if shape is None or shape == ():
        return ""
    return f", shape `({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})`"


def _escaped(text: str) -> str:
    """Words as Markdown shows them: no emphasis, no tags."""
    return text.replace("\\", "\\\\").replace("*", "\\*").replace("<", "&lt;").replace("|", "\\|")
