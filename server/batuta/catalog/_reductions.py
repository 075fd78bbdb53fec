"""The reductions, each as a function of `numpy` and as a method of arrays: one description, two entries."""

from __future__ import annotations

from collections.abc import Callable

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, CostClass, Entry, Parity
from batuta.ir import types as t

PAIRWISE = Parity(
    "exact",
    caveat="NumPy's pairwise order of addition, by memory order; trueno's Vector.sum adds in f32 lanes. A sum over a view that is not "
    "contiguous may differ in the last bit.",
)
EXACT = Parity("exact")


def result_type(call: Call, source: str, dtype: str) -> t.Type:
    """The type of a reduction: a scalar for all elements, one axis less otherwise (or the same with keepdims)."""
    found = a.array_operand(call, source)
    keep = bool(call.constant("keepdims", False)) if _has(call, "keepdims") else False
    if a.is_none(call, "axis"):
        return a.array_type(dtype, found.rank if keep else 0)
    several = _several(call, found.rank)
    if several is not None:
        if len(set(several)) < len(several) or (keep and len(several) == found.rank):
            raise a.refuse("these axes are not reduced together", "Reduce one axis after the other.")
        return a.array_type(dtype, found.rank if keep else found.rank - len(several))
    a.axis_text(call)
    return a.array_type(dtype, found.rank if keep else found.rank - 1)


def _several(call: Call, rank: int) -> tuple[int, ...] | None:
    """The axes of `axis=(0, 1)`, in order."""
    axes = call.constant("axis", None)
    if not isinstance(axes, tuple | list) or not all(isinstance(each, int) for each in axes):
        return None
    return tuple(sorted(each % rank for each in axes))


def _has(call: Call, name: str) -> bool:
    return call.given(name)


def reduction_text(
    call: Call, source: str, rust: str, dtype: str, arguments: str = "", source_dtype: str | None = None, raises: bool = False
) -> str:
    """`np::sum(&x)`, `np::sum_axis(&x, 0)`, with `keep_axis` around it for keepdims. `raises`: the reduction of everything can raise too."""
    tilde = "~" if raises else ""
    found = a.array_operand(call, source)
    held = a.reference(call, source, source_dtype)
    keep = bool(call.constant("keepdims", False)) if _has(call, "keepdims") else False
    tail = f", {arguments}" if arguments else ""
    several = None if a.is_none(call, "axis") else _several(call, found.rank)
    if several is not None and not keep and len(several) == 2 and found.rank == 3:
        return f"np::~{rust}_axis(&np::merge_axes({held}, {several[0]}, {several[1]}), {0 if several == (0, 1) else 1}{tail})"
    if several is not None and 1 < len(several) < found.rank:
        together = ", ".join(map(str, several))
        left = found.rank - len(several)
        text = f"np::~{rust}_axis(&np::gather_axes::<_, _, _, ndarray::Ix{left + 1}>({held}, &[{together}]), -1{tail})"
        for each in several if keep else ():
            text = f"np::keep_axis({text}, {each})"
        return text
    if several is not None and not keep and len(several) == found.rank:
        return f"np::{tilde}{rust}({held}{tail})"
    if a.is_none(call, "axis") or (found.rank == 1 and not keep):
        text = f"np::{tilde}{rust}({held}{tail})"
        if keep:
            ones = ", ".join("1" for _ in range(found.rank))
            return f"np::full([{ones}], {text})"
        return a.from_element(dtype, text)
    text = f"np::~{rust}_axis({held}, {a.axis_text(call)}{tail})"
    return f"np::keep_axis({text}, {a.axis_text(call)})" if keep else text


def lanes_text(call: Call, source: str, rust: str, of_lane: str, dtype: str, held: str, tail: str = "") -> str:
    """The same for a reduction that is a function of one lane: `np::nanmean(&x)`, `np::along_axis(&x, 0, np::nanmean)`."""
    rank = a.array_operand(call, source).rank
    keep = bool(call.constant("keepdims", False))
    several = None if a.is_none(call, "axis") else _several(call, rank)
    if a.is_none(call, "axis") or (several is None and rank == 1) or (several is not None and len(several) == rank):
        text = f"np::{rust}({held}{tail})"
        return f"np::full([{', '.join(['1'] * rank)}], {text})" if keep else a.from_element(dtype, text)
    if several is not None:
        left = rank - len(several)
        gathered = f"&np::gather_axes::<_, _, _, ndarray::Ix{left + 1}>({held}, &[{', '.join(map(str, several))}])"
        text = f"np::~along_axis({gathered}, -1, {of_lane})"
    else:
        text = f"np::~along_axis({held}, {a.axis_text(call)}, {of_lane})"
    for each in (several or [a.axis_text(call)]) if keep else ():
        text = f"np::keep_axis({text}, {each})"
    return text


def pair(
    name: str,
    dtype: Callable[[str], str],
    rust: str = "",
    arguments: Callable[[Call], str] = lambda call: "",
    extra: str = "",
    methods: tuple[str, ...] = ("",),
    parity: Parity = EXACT,
    cost: CostClass = "medium",
    raises: tuple[str, ...] = (),
    keepdims: bool = True,
    sample: str = "[[1.5, 2.0, 3.0], [4.0, 5.5, 0.25]]",
    convert: bool = False,
    method: bool = True,
    plain: bool = True,
) -> list[Entry]:
    """The entries of one reduction. `dtype` gives the result's dtype from the array's; `convert`: a `dtype=` converts first."""
    rust = rust or name
    entries = []
    options = f"{extra}{', keepdims: bool = False' if keepdims else ''}, out: Any = None"

    def build(entry_name: str, source: str, kind: str, call_text: Callable[[str], str]) -> Entry:
        def held_dtype(call: Call) -> str | None:
            return a.dtype_argument(call, "") or None if convert and call.given("dtype") else None

        def result(call: Call) -> t.Type:
            a.only_default(call, "out", "where", "initial")
            return result_type(call, source, dtype(held_dtype(call) or a.array_operand(call, source).dtype))

        def rust_of(call: Call) -> str:
            wanted = held_dtype(call)
            found = wanted or a.array_operand(call, source).dtype
            return reduction_text(call, source, rust, dtype(found), arguments(call), wanted, bool(raises))

        conversion = ", dtype: Any = None" if convert else ""
        return Entry(
            entry_name,
            f"({source}: Any, axis: Any = None{conversion}{options}, where: Any = None, initial: Any = None) -> Any",
            rust_of,
            kind="method" if kind == "method" else "function",
            result=result,
            features=("np",),
            raises=raises,
            cost=cost,
            parity=parity,
            case=f"import numpy as np\nx = np.array({sample})\nprint({call_text('')}, {call_text('axis=0')}, {call_text('axis=1')})\n"
            + (f"print({call_text('axis=1, keepdims=True')})\n" if keepdims else "")
            + f"y = x[0]\nprint({call_text('').replace('x', 'y', 1) if kind == 'method' else call_text('').replace('(x', '(y')})\n",
        )

    if plain:
        entries.append(
            build(f"numpy.{name}", "a", "function", lambda options: f"np.{name}(x{', ' + options if options else ''})")
        )
    if method:
        entries.append(build(f"ndarray.{name}", "self", "method", lambda options: f"x.{name}({options})"))
    return entries
