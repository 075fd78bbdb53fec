"""Shapes: reshape, transpose, concatenate, stack, split, pad, roll.

## Before
    x = np.vstack([a, b]).reshape(2, -1)
## After
    let x = np::reshape(&np::concatenate(&[&a, &b], 0), (2, -1));
## Same numbers
    equal; a transposed array keeps its memory order, so that sums over it keep NumPy's bits
## Not handled
    writing through a reshaped view (refused by the compiler)
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call, Entry, Shelf
from batuta.ir import types as t


def reshape_result(call: Call, source: str, shape: str) -> t.Type:
    """The type of a reshape."""
    return a.array_type(a.array_operand(call, source).dtype, a.shape_rank(call, shape))


def reshape_text(call: Call, source: str, shape: str) -> str:
    """A reshape."""
    suffix = "_fortran" if call.constant("order", None) == "F" else ""
    return f"np::~reshape{suffix}({a.reference(call, source)}, {a.shape_text(call, shape)})"


def ravel_text(call: Call, source: str) -> str:
    """A ravel or flatten."""
    suffix = "_fortran" if call.constant("order", None) == "F" else ""
    return f"np::ravel{suffix}({a.reference(call, source)})"


def transpose_text(call: Call, source: str, axes: str) -> str:
    """A transposition: all axes reversed, or in a given order."""
    held = a.reference(call, source)
    node = call.node(axes)
    if a.is_none(call, axes) or node is None:
        return f"np::transpose({held})"
    parts = list(node.elts) if isinstance(node, ast.Tuple | ast.List) else []
    if not parts:
        raise a.refuse("the axes must be written as a tuple", "Write (1, 0, 2).")
    return f"np::~transpose_axes({held}, &[{', '.join(a.lower(call, each) for each in parts)}])"


def same_result(source: str) -> Callable[[Call], t.Type]:
    """The array's own type."""
    return lambda call: a.array_type(*a.array_operand(call, source)[:2])


class Parts:
    """A sequence of arrays: written as a display, or a list that the program built."""

    def __init__(self, call: Call, name: str) -> None:
        self.call, self.name = call, name
        node = call.node(name)
        self.nodes: list[ast.expr] | None = None
        if isinstance(node, ast.List | ast.Tuple) and not any(isinstance(each, ast.Starred) for each in node.elts):
            self.nodes = list(node.elts)
            self.found = [a.shown(call, each) for each in self.nodes]
        else:
            type_ = call.type(name)
            if isinstance(type_, t.List | t.Sequence):
                self.found = [a.describe(type_.element)]
            elif isinstance(type_, t.Array):
                self.found = [a.Operand(type_.dtype, type_.rank - 1, False, True)]
            else:
                raise a.refuse("these arrays are not a list", "Write them in a list.")
        if not self.found:
            raise a.refuse("nothing to put together", "Pass at least one array.")

    @property
    def rank(self) -> int:
        """The rank of each part."""
        ranks = {each.rank for each in self.found}
        if len(ranks) > 1:
            raise a.refuse("the parts have different ranks", "Give them one shape.")
        return ranks.pop()

    @property
    def dtype(self) -> str:
        """The common dtype."""
        return a.meet(*[each._replace(weak=False) for each in self.found])

    def references(self, wrap: str = "") -> list[str] | None:
        """The parts by reference in the common dtype (those of one axis through `wrap`), or None for a list that the program built."""
        if self.nodes is None:
            return None
        made = []
        for node, found in zip(self.nodes, self.found, strict=True):
            if found.rank == 0:
                value = a.scalar(self.dtype, found.dtype, a.lower(self.call, node), node)
                text = f"&np::array![{value}]"
            elif found.is_array:
                text = a._converted(self.dtype, found.dtype, a.lower(self.call, node, "ref"))
            else:
                written = a.literal(self.call, node, found, self.dtype)
                text = (
                    f"&{written}"
                    if written
                    else a._converted(self.dtype, found.dtype, "&" + a.list_text(found, a.lower(self.call, node, "ref")))
                )
            made.append(f"&np::{wrap}({text})" if wrap and found.rank <= 1 else text)
        return made

    def whole(self) -> str:
        """The list that the program built, as a slice of arrays."""
        type_ = self.call.type(self.name)
        if isinstance(type_, t.Array):
            return "&np::rows_of({&" + self.name + "})"
        if not self.found[0].is_array:
            raise a.refuse("lists of lists are not put together", "Make arrays of them first.")
        return (
            "&{" + self.name + "}.to_vec()"
            if isinstance(type_, t.Sequence)
            else "&py::AsList::with_items({&" + self.name + "}, <[_]>::to_vec)"
        )


def _join(name: str, default_axis: int, function: str, grow: int) -> Entry:
    def result(call: Call) -> t.Type:
        parts = Parts(call, "arrays")
        if not isinstance(call.node("axis"), ast.Constant | type(None) | ast.UnaryOp) or (
            isinstance(call.node("axis"), ast.Constant) and a.is_none(call, "axis") and call.given("axis")
        ):
            raise a.refuse("`axis=None` is not translated", "Ravel the arrays first.")
        return a.array_type(parts.dtype, parts.rank + grow)

    def rust(call: Call) -> str:
        parts = Parts(call, "arrays")
        axis = a.axis_text(call)
        references = parts.references()
        if references is None:
            return f"np::~{function}_all({parts.whole()}, {axis})"
        return f"np::~{function}(&[{', '.join(references)}], {axis})"

    return Entry(
        f"numpy.{name}",
        f"(arrays: Any, axis: Any = {default_axis}, dtype: Any = None) -> Any",
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        cost="low",
        case=f"import numpy as np\nx, y = np.array([[1, 2], [3, 4]]), np.array([[5.5, 6.0]])\nprint(np.{name}([x, x]), np.{name}((x, x), axis=1))\n"
        + (f"print(np.{name}([x, y]))\n" if grow == 0 else "")
        + f"rows = []\nfor k in range(3):\n    rows.append(np.arange(2) + k)\nprint(np.{name}(rows))\n",
    )


def _mixes(name: str, parts: Parts) -> bool:
    """Whether the function takes rows and matrices together."""
    return name in ("vstack", "column_stack") and {each.rank for each in parts.found} <= {1, 2}


def _stacks(name: str) -> Entry:
    """`vstack`, `hstack`, `column_stack`, `dstack`: concatenation after making 1-D arrays rows or columns."""

    def result(call: Call) -> t.Type:
        parts = Parts(call, "tup")
        rank = max(each.rank for each in parts.found) if _mixes(name, parts) else parts.rank
        if name == "hstack":
            return a.array_type(parts.dtype, max(rank, 1))
        return a.array_type(parts.dtype, max(rank, 2))

    def rust(call: Call) -> str:
        parts = Parts(call, "tup")
        if name == "column_stack" and parts.nodes is not None:
            pieces = []
            for one, found in zip(parts.references() or [], parts.found, strict=True):
                pieces.append(f"&np::column({one})" if found.rank == 1 else one)
            return f"np::~concatenate(&[{', '.join(pieces)}], 1)"
        if parts.nodes is None:
            if parts.rank == 1 and name in ("vstack", "column_stack"):
                return f"np::~stack_all({parts.whole()}, {0 if name == 'vstack' else 1})"
            axis = 0 if name == "vstack" or (name == "hstack" and parts.rank == 1) else 1
            return f"np::~concatenate_all({parts.whole()}, {axis})"
        wrap = "row" if name == "vstack" else ""
        axis = 0 if name == "vstack" or (name == "hstack" and not _mixes(name, parts) and parts.rank <= 1) else 1
        return f"np::~concatenate(&[{', '.join(parts.references(wrap) or [])}], {axis})"

    return Entry(
        f"numpy.{name}",
        "(tup: Any) -> Any",
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        cost="low",
        case=f"import numpy as np\nx, y = np.array([1, 2]), np.array([3.5, 4.0])\nprint(np.{name}((x, y)), np.{name}([np.ones((2, 2)), np.zeros((2, 2))]))\n"
        + ("" if name == "hstack" else f"print(np.{name}([np.ones((2, 2)), x]))\n"),
    )


def _split(name: str) -> Entry:
    def result(call: Call) -> t.Type:
        found = a.array_operand(call, "ary")
        return t.List(t.Array(found.dtype, found.rank))

    def rust(call: Call) -> str:
        held = a.reference(call, "ary")
        if a.operand(call, "indices_or_sections").rank:
            points = a.reference(call, "indices_or_sections", "int64")
            return f"np::~split_at({held}, &np::list1({points}), {{axis}})"
        return f"np::~{name}({held}, {{indices_or_sections}}, {{axis}})"

    return Entry(
        f"numpy.{name}",
        "(ary: Any, indices_or_sections: Any, axis: int = 0) -> Any",
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        aliases="ary",
        case=f"import numpy as np\nfor part in np.{name}(np.arange(6), 3):\n    print(part)\nprint(np.{name}(np.arange(5), [2, 4]))\n"
        f"left, right = np.{name}(np.arange(8).reshape(2, 4), 2, axis=1)\nprint(left, right)\n",
    )


VIEWS = (
    "moveaxis",
    "reshape",
    "ravel",
    "transpose",
    "swapaxes",
    "expand_dims",
    "squeeze",
    "flip",
    "flipud",
    "fliplr",
    "rot90",
    "atleast_2d",
)
"""The functions whose result sees the memory of their first argument."""


def _simple(
    name: str,
    signature: str,
    rust: Callable[[Call], str],
    result: Callable[[Call], t.Type],
    case: str,
    raises: tuple[str, ...] = (),
) -> Entry:
    source = signature[1 : signature.index(":")] if name in VIEWS else ""
    return Entry(
        f"numpy.{name}",
        signature,
        rust,
        result=result,
        features=("np",),
        raises=raises,
        aliases=source,
        case="import numpy as np\n" + case,
    )


def _constant_axes(call: Call, name: str = "axis") -> list[int] | None:
    """Several axes written as a tuple; None for one axis."""
    found = call.constant(name, None)
    if isinstance(found, tuple | list):
        return [int(each) for each in found]
    if isinstance(call.node(name), ast.Tuple | ast.List):
        raise a.refuse("the axes must be constants", "Write their numbers.")
    return None


def _roll(call: Call) -> str:
    held = a.reference(call, "a")
    if a.is_none(call, "axis"):
        if a.operand(call, "shift").rank:
            raise a.refuse("several shifts without axes are not translated", "Add them up.")
        return f"np::roll({held}, {_roll_shift(call)})"
    axes = _constant_axes(call)
    node = call.node("shift")
    shifts = [a.lower(call, each) for each in node.elts] if isinstance(node, ast.Tuple | ast.List) else None
    found = call.type("shift")
    if shifts is None and isinstance(found, t.Tuple):
        shifts = [f"{{shift}}.{index}" for index in range(len(found.items))]
    if axes is None:
        if shifts is not None:
            raise a.refuse("several shifts along one axis are not translated", "Add them up.")
        return f"np::roll_axis({held}, {_roll_shift(call)}, {a.axis_text(call)})"
    if shifts is None:
        shifts = [_roll_shift(call)] * len(axes)
    if len(shifts) != len(axes):
        raise a.refuse("shifts and axes have different lengths", "Write one shift for each axis.")
    for shift, axis in zip(shifts, axes, strict=True):
        held = f"&np::roll_axis({held}, {shift}, {axis})"
    return held.removeprefix("&")


def _roll_shift(call: Call) -> str:
    found = a.operand(call, "shift")
    return a.scalar("int64", found.dtype, "{shift}", call.node("shift"))


def _flip(call: Call) -> str:
    held = a.reference(call, "m")
    if a.is_none(call, "axis"):
        return f"np::flip({held})"
    for axis in _constant_axes(call) or ():
        held = f"&np::flip_axis({held}, {axis})"
    return held.removeprefix("&") if _constant_axes(call) is not None else f"np::flip_axis({held}, {a.axis_text(call)})"


def _tile_result(call: Call) -> t.Type:
    found = a.operand(call, "A")
    rank = a.shape_rank(call, "reps")
    if found.rank > 2 or max(rank, found.rank) > 2:
        raise a.refuse("these shapes are not tiled", "Use broadcasting.")
    return t.Array(found.dtype, max(rank, found.rank, 1))


def _tile(call: Call) -> str:
    found = a.operand(call, "A")
    rank = a.shape_rank(call, "reps")
    held = a.reference(call, "A") if found.rank else f"&np::array![{a.reference(call, 'A')}]"
    if max(found.rank, 1) == 1 and rank == 1:
        node = call.node("reps")
        count = a.lower(call, node.elts[0]) if isinstance(node, ast.Tuple | ast.List) else "{reps}"
        return f"np::tile({held}, {count})"
    source = held if found.rank == 2 else f"&np::row({held})"
    node = call.node("reps")
    if rank == 1:
        return f"np::tile2({source}, 1, {{reps}})"
    if isinstance(node, ast.Tuple | ast.List):
        return f"np::tile2({source}, {a.lower(call, node.elts[0])}, {a.lower(call, node.elts[1])})"
    return f"np::tile2({source}, {{reps}}.0, {{reps}}.1)"


def repeat_result(call: Call, source: str) -> t.Type:
    """The type of a repeat."""
    found = a.operand(call, source)
    return t.Array(found.dtype, 1 if a.is_none(call, "axis") else found.rank)


def repeat_text(call: Call, source: str) -> str:
    """A repeat."""
    found = a.operand(call, source)
    held = a.reference(call, source) if found.rank else f"&np::array![{a.reference(call, source)}]"
    if a.operand(call, "repeats").rank:
        return f"np::repeat_each({held}, {a.reference(call, 'repeats', 'int64')})"
    if a.is_none(call, "axis"):
        return f"np::repeat({held}, {{repeats}})"
    return f"np::repeat_axis({held}, {{repeats}}, {a.axis_text(call)})"


def _pad(call: Call) -> str:
    found = a.array_operand(call, "array")
    node = call.node("pad_width")
    if isinstance(node, ast.Tuple | ast.List):
        pairs = []
        for each in node.elts:
            if isinstance(each, ast.Tuple | ast.List):
                pairs.append(f"({', '.join(a.lower(call, part) for part in each.elts)})")
        if not pairs:
            pair = f"({', '.join(a.lower(call, part) for part in node.elts)})"
            pairs = [pair] * found.rank
    elif a.operand(call, "pad_width").rank == 0:
        pairs = ["({pad_width}, {pad_width})"] * found.rank
    else:
        raise a.refuse("the widths must be written out", "Write ((before, after), …).")
    mode = call.constant("mode", "constant")
    if mode == "constant":
        value = (
            a.reference(call, "constant_values", found.dtype)
            if call.given("constant_values")
            else a.scalar(found.dtype, "int64", "0", ast.Constant(0))
        )
        if found.dtype == "bool":
            value = "false"
        return f"np::pad({a.reference(call, 'array')}, &[{', '.join(pairs)}], {value})"
    if mode not in ("edge", "reflect", "symmetric", "wrap"):
        raise a.refuse(f"the mode {mode!r} is not translated", "Use constant, edge, reflect, symmetric or wrap.")
    return f'np::pad_mode({a.reference(call, "array")}, &[{", ".join(pairs)}], "{mode}")'


def _squeeze_result(call: Call, source: str = "a") -> t.Type:
    found = a.operand(call, source)
    if found.rank == 0:
        return call.type(source)
    if a.is_none(call, "axis"):
        raise a.refuse("the rank after `squeeze()` cannot be told", "Name the axis: squeeze(axis=1).")
    return a.array_type(found.dtype, found.rank - 1)


def squeeze_text(call: Call, source: str) -> str:
    """A squeeze of one axis."""
    if a.operand(call, source).rank == 0:
        return "{" + source + "}"
    text = f"np::~squeeze({a.reference(call, source)}, {a.axis_text(call)})"
    return a.from_element(a.operand(call, source).dtype, text + ".into_scalar()") if a.operand(call, source).rank == 1 else text


squeeze_result = _squeeze_result


def _broadcast_shapes(call: Call) -> str:
    return f"np::~broadcast_to({a.reference(call, 'array')}, {a.shape_text(call)})"


def _delete(call: Call) -> str:
    held = a.reference(call, "arr")
    axis = a.axis_text(call) if not a.is_none(call, "axis") else "0"
    found = a.operand(call, "obj")
    places = f"&np::list1({a.reference(call, 'obj', 'int64')})" if found.rank else "&[{obj}]"
    if a.is_none(call, "axis") and a.array_operand(call, "arr").rank > 1:
        held = f"&np::ravel({held})"
    return f"np::~delete({held}, {places}, {axis})"


def _insert_result(call: Call) -> t.Type:
    found = a.array_operand(call, "arr")
    where = a.operand(call, "obj")
    if where.dtype == "bool":
        raise a.refuse("a mask of places is not translated", "Use np.flatnonzero.")
    rank = 1 if a.is_none(call, "axis") else found.rank
    if a.operand(call, "values").rank > rank or where.rank > 1:
        raise a.refuse("the values have more axes than the array", "Insert them in parts.")
    return t.Array(found.dtype, rank)


def _insert(call: Call) -> str:
    found, where = a.array_operand(call, "arr"), a.operand(call, "obj")
    held = a.reference(call, "arr")
    if a.is_none(call, "axis") and found.rank > 1:
        held = f"&np::ravel({held})"
    axis = "0" if a.is_none(call, "axis") else a.axis_text(call)
    values = a.reference(call, "values", found.dtype)
    if where.rank:
        return f"np::~insert_each({held}, {a.reference(call, 'obj', 'int64')}, {values}, {axis})"
    return f"np::~insert({held}, {a.scalar('int64', where.dtype, '{obj}', call.node('obj'))}, {values}, {axis})"


def _append_result(call: Call) -> t.Type:
    one, other = a.operand(call, "arr"), a.operand(call, "values")
    dtype = a.meet(one._replace(weak=False), other._replace(weak=False))
    return t.Array(dtype, 1 if a.is_none(call, "axis") else one.rank)


def _append(call: Call) -> str:
    one, other = a.operand(call, "arr"), a.operand(call, "values")
    dtype = a.meet(one._replace(weak=False), other._replace(weak=False))
    parts = []
    for name, found in (("arr", one), ("values", other)):
        held = a.reference(call, name, dtype)
        if found.rank == 0:
            held = f"&np::array![{held}]"
        elif a.is_none(call, "axis") and found.rank > 1:
            held = f"&np::ravel({held})"
        parts.append(held)
    axis = "0" if a.is_none(call, "axis") else a.axis_text(call)
    return f"np::~concatenate(&[{', '.join(parts)}], {axis})"


def _diff_type(call: Call) -> t.Type:
    found = a.array_operand(call, "a")
    ends = [name for name in ("prepend", "append") if not a.is_none(call, name)]
    if ends and (found.rank != 1 or any(a.operand(call, name).rank > 1 for name in ends)):
        raise a.refuse("what is put before and behind a vector is translated", "Use np.concatenate first.")
    return t.Array(a.meet(found, *[a.operand(call, name) for name in ends]), found.rank)


def _diff(call: Call) -> str:
    made = _diff_type(call)
    assert isinstance(made, t.Array)
    held = a.reference(call, "a", made.dtype)
    ends = {}
    for name in ("prepend", "append"):
        if not a.is_none(call, name):
            text = a.reference(call, name, made.dtype)
            ends[name] = text if a.operand(call, name).rank else f"&np::array![{text}]"
    if ends:
        parts = [*([ends["prepend"]] if "prepend" in ends else []), held, *([ends["append"]] if "append" in ends else [])]
        held = f"&np::~concatenate(&[{', '.join(parts)}], 0)"
    return f"np::diff({held}, {{n}}, {{axis}})"


def _shape_value(call: Call) -> str:
    found = a.array_operand(call, "a")
    return f"np::shape{found.rank}({a.reference(call, 'a')})"


def _rank_of(call: Call) -> str:
    return str(a.operand(call, "a").rank)


def _trimmed(call: Call) -> t.Type:
    found = a.array_operand(call, "filt")
    if not found.is_array or found.rank != 1:
        raise a.refuse("a list stays a list", "Make an array of it.")
    return t.Array(found.dtype, 1)


def _trim(call: Call) -> str:
    ends = str(call.constant("trim", "fb")).lower()
    front, back = (str(end in ends).lower() for end in "fb")
    return f"np::trim_zeros({a.reference(call, 'filt')}, {front}, {back})"


def _moveaxis(call: Call) -> str:
    rank = a.array_operand(call, "a").rank
    source, destination = int(call.constant("source")) % rank, int(call.constant("destination")) % rank
    order = [each for each in range(rank) if each != source]
    order.insert(destination, source)
    return f"np::~transpose_axes({a.reference(call, 'a')}, &[{', '.join(map(str, order))}])"


def _halves(name: str) -> Entry:
    """`hsplit` and `vsplit`: a split along the second and the first axis."""

    def axis(call: Call) -> int:
        return 0 if name == "vsplit" or a.array_operand(call, "ary").rank == 1 else 1

    def result(call: Call) -> t.Type:
        found = a.array_operand(call, "ary")
        return t.List(t.Array(found.dtype, found.rank))

    def rust(call: Call) -> str:
        held = a.reference(call, "ary")
        if a.operand(call, "indices_or_sections").rank:
            points = a.reference(call, "indices_or_sections", "int64")
            return f"np::~split_at({held}, &np::list1({points}), {axis(call)})"
        return f"np::~split({held}, {{indices_or_sections}}, {axis(call)})"

    return Entry(
        f"numpy.{name}",
        "(ary: Any, indices_or_sections: Any) -> Any",
        rust,
        result=result,
        features=("np",),
        raises=("ValueError",),
        aliases="ary",
        case=f"import numpy as np\nfor part in np.{name}(np.arange(8).reshape(2, 4), 2):\n    print(part)\nprint(np.{name}(np.eye(4), [1, 3])[1])\n",
    )


def _dstack_result(call: Call) -> t.Type:
    parts = Parts(call, "tup")
    if parts.rank not in (1, 2):
        raise a.refuse("vectors and matrices are stacked", "Use concatenate.")
    return t.Array(parts.dtype, 3)


def _dstack(call: Call) -> str:
    parts = Parts(call, "tup")
    if parts.nodes is None:
        if parts.rank != 2:
            raise a.refuse("these arrays must be written out", "Write them in a list.")
        return f"np::~stack_all({parts.whole()}, 2)"
    wrap = "row" if parts.rank == 1 else ""
    return f"np::~stack(&[{', '.join(parts.references(wrap) or [])}], 2)"


def _common(call: Call) -> str:
    return a.meet(a.operand(call, "a1")._replace(weak=False), a.operand(call, "a2")._replace(weak=False))


def _ravel_parts(call: Call) -> list[ast.expr]:
    node, dims = call.node("multi_index"), call.node("dims")
    if not (isinstance(node, ast.Tuple) and isinstance(dims, ast.Tuple) and len(node.elts) == len(dims.elts) == 2):
        raise a.refuse("a pair of positions in a pair of lengths is translated", "Write both as pairs.")
    return [*node.elts, *dims.elts]


def _ravel_index_result(call: Call) -> t.Type:
    row = a.describe(a.type_of(call, _ravel_parts(call)[0]))
    column = a.describe(a.type_of(call, _ravel_parts(call)[1]))
    if row.rank != column.rank or row.rank > 1 or (row.rank == 1 and not (row.is_array and column.is_array)):
        raise a.refuse("two numbers or two vectors are translated", "Make arrays of them.")
    return a.array_type("int64", row.rank)


def _ravel_index(call: Call) -> str:
    row, column, _, width = _ravel_parts(call)
    if a.describe(a.type_of(call, row)).rank:
        return f"np::ravel_positions({a.lower(call, row, 'ref')}, {a.lower(call, column, 'ref')}, {a.lower(call, width)})"
    return f"(({a.lower(call, row)}) * ({a.lower(call, width)}) + ({a.lower(call, column)}))"


def _last_two(call: Call) -> str:
    rank = a.array_operand(call, "x").rank
    if rank < 2:
        raise a.refuse("a vector has no rows and columns", "Use a matrix.")
    order = [*range(rank - 2), rank - 1, rank - 2]
    return f"np::~transpose_axes({a.reference(call, 'x')}, &[{', '.join(map(str, order))}])"


def _broadcast_all_result(call: Call) -> t.Type:
    found = [a.describe(a.type_of(call, each)) for each in call.nodes("args")]  # type: ignore[attr-defined]
    rank = max(each.rank for each in found)
    if rank == 0 or len(found) != 2:
        raise a.refuse("two arrays are translated", "Use np.broadcast_to.")
    return t.Tuple(tuple(a.array_type(each.dtype, rank) for each in found))


def _broadcast_all(call: Call) -> str:
    nodes = call.nodes("args")  # type: ignore[attr-defined]
    texts = []
    for node in nodes:
        found = a.describe(a.type_of(call, node))
        text = a.lower(call, node, "ref" if found.rank else "value")
        if found.rank and not found.is_array:
            text = "&" + a.list_text(found, text)
        texts.append(a.typed(found.dtype, text, node) if found.rank == 0 else text)
    return f"np::~broadcast_arrays{len(nodes)}({', '.join(texts)})"


def _ndindex_parts(call: Call) -> int:
    nodes = call.nodes("shape")  # type: ignore[attr-defined]
    if len(nodes) == 1 and isinstance(a.type_of(call, nodes[0]), t.Tuple):
        found = a.type_of(call, nodes[0])
        assert isinstance(found, t.Tuple)
        count = len(found.items)
    else:
        count = len(nodes)
    if not 1 <= count <= 3 or any(isinstance(each, ast.Starred) for each in nodes):
        raise a.refuse("one to three lengths are translated", "Write nested loops.")
    return count


def _ndindex_result(call: Call) -> t.Type:
    return t.Iterator(t.Tuple((t.INT,) * _ndindex_parts(call)))


def _ndindex(call: Call) -> str:
    nodes, count = call.nodes("shape"), _ndindex_parts(call)  # type: ignore[attr-defined]
    whole = len(nodes) == 1 and isinstance(a.type_of(call, nodes[0]), t.Tuple)
    shape = a.lower(call, nodes[0]) if whole else f"({', '.join(a.lower(call, each) for each in nodes)},)"
    return f"np::positions{count}({shape})"


def _ndenumerate_result(call: Call) -> t.Type:
    found = a.array_operand(call, "arr")
    if found.rank > 3:
        raise a.refuse("one to three axes are translated", "Write nested loops.")
    return t.Iterator(t.Tuple((t.Tuple((t.INT,) * found.rank), t.NumpyScalar(found.dtype))))


X23 = "x = np.arange(6).reshape(2, 3)\n"
SHELF = Shelf(
    module="numpy.shape",
    entries=(
        _simple("reshape", "(a: Any, shape: Any, order: Any = None) -> Any", lambda call: reshape_text(call, "a", "shape"),
                lambda call: reshape_result(call, "a", "shape"), "print(np.reshape(np.arange(6), (2, 3)), np.reshape([1, 2, 3, 4], (2, -1)))\n", ("ValueError",)),
        _simple("ravel", "(a: Any, order: Any = None) -> Any", lambda call: ravel_text(call, "a"),
                lambda call: t.Array(a.array_operand(call, "a").dtype, 1), X23 + "print(np.ravel(x), np.ravel(x, order='F'))\n"),
        _simple("transpose", "(a: Any, axes: Any = None) -> Any", lambda call: transpose_text(call, "a", "axes"), same_result("a"),
                X23 + "print(np.transpose(x), np.transpose(np.zeros((2, 3, 4)), (1, 0, 2)).shape)\n"),
        _simple("swapaxes", "(a: Any, axis1: int, axis2: int) -> Any", lambda call: swap_text(call, "a"), same_result("a"),
                X23 + "print(np.swapaxes(x, 0, 1))\n"),
        _simple("expand_dims", "(a: Any, axis: int) -> Any", lambda call: f"np::expand_dims({a.reference(call, 'a')}, {{axis}})",
                lambda call: a.array_type(a.array_operand(call, "a").dtype, a.operand(call, "a").rank + 1),
                "print(np.expand_dims([1, 2], 0), np.expand_dims(np.array([1, 2]), axis=1))\n"),
        _simple("squeeze", "(a: Any, axis: Any = None) -> Any", lambda call: squeeze_text(call, "a"), _squeeze_result,
                "print(np.squeeze(np.ones((2, 1)), axis=1))\n", ("ValueError",)),
        _simple("broadcast_to", "(array: Any, shape: Any) -> Any", _broadcast_shapes,
                lambda call: a.array_type(a.operand(call, "array").dtype, a.shape_rank(call)), "print(np.broadcast_to([1, 2], (2, 2)))\n", ("ValueError",)),
        _join("concatenate", 0, "concatenate", 0),
        _join("stack", 0, "stack", 1),
        _stacks("vstack"),
        *(
            replace(found, name=f"numpy.{name}", case=found.case.replace(f"np.{old}(", f"np.{name}("))
            for found, old, name in (
                (_join("concatenate", 0, "concatenate", 0), "concatenate", "concat"),
                (_stacks("vstack"), "vstack", "row_stack"),
            )
        ),
        _simple("permute_dims", "(a: Any, axes: Any = None) -> Any", lambda call: transpose_text(call, "a", "axes"), same_result("a"),
                X23 + "print(np.permute_dims(x), np.permute_dims(np.zeros((2, 3, 4)), (1, 0, 2)).shape)\n"),
        _simple("matrix_transpose", "(x: Any, /) -> Any", _last_two, same_result("x"), X23 + "print(np.matrix_transpose(x), np.matrix_transpose(np.zeros((2, 3, 4))).shape)\n"),
        Entry(
            "numpy.broadcast_arrays",
            "(*args: Any) -> Any",
            _broadcast_all,
            result=_broadcast_all_result,
            features=("np",),
            raises=("ValueError",),
            case="import numpy as np\na, b = np.broadcast_arrays(np.array([1, 2]), np.array([[0.5], [1.5]]))\nprint(a, b, np.broadcast_arrays([1, 2], 3)[1])\n",
        ),
        Entry(
            "numpy.ndindex",
            "(*shape: Any) -> Any",
            _ndindex,
            result=_ndindex_result,
            features=("np",),
            case="import numpy as np\nfor i, j in np.ndindex(2, 2):\n    print(i, j)\nx = np.zeros((1, 2, 2))\nprint([p for p in np.ndindex(x.shape)], list(np.ndindex(3)))\n",
        ),
        Entry(
            "numpy.ndenumerate",
            "(arr: Any) -> Any",
            lambda call: f"np::enumerated{a.array_operand(call, 'arr').rank}({a.reference(call, 'arr')})",
            result=_ndenumerate_result,
            features=("np",),
            case="import numpy as np\nfor (i, j), value in np.ndenumerate(np.array([[1.5, 2.0], [3.0, 4.0]])):\n    print(i, j, value)\nprint([(p[0], v) for p, v in np.ndenumerate([5, 6])])\n",
        ),
        _stacks("hstack"),
        _stacks("column_stack"),
        _split("split"),
        _split("array_split"),
        _simple("roll", "(a: Any, shift: Any, axis: Any = None) -> Any", _roll, same_result("a"),
                X23 + "print(np.roll(np.arange(5), 2), np.roll(x, 1), np.roll(x, -1, axis=1))\n"
                "for dy in (-1, 0):\n    print(np.roll(x, (dy, 1), axis=(0, 1)), np.roll(x, 1, axis=(0, 1)))\n"),
        _simple("flip", "(m: Any, axis: Any = None) -> Any", _flip, same_result("m"), X23 + "print(np.flip([1, 2, 3]), np.flip(x), np.flip(x, axis=1), np.flip(x, axis=(0, 1)))\n"),
        _simple("flipud", "(m: Any) -> Any", lambda call: f"np::flip_axis({a.reference(call, 'm')}, 0)", same_result("m"), X23 + "print(np.flipud(x))\n"),
        _simple("fliplr", "(m: Any) -> Any", lambda call: f"np::flip_axis({a.reference(call, 'm')}, 1)", same_result("m"), X23 + "print(np.fliplr(x))\n"),
        _simple("rot90", "(m: Any, k: int = 1) -> Any", lambda call: f"np::rot90({a.reference(call, 'm')}, {{k}})", same_result("m"),
                X23 + "print(np.rot90(x), np.rot90(x, 2))\n"),
        _simple("moveaxis", "(a: Any, source: int, destination: int) -> Any", _moveaxis, same_result("a"),
                "x = np.arange(6).reshape(1, 2, 3)\nprint(np.moveaxis(x, 0, -1).shape, np.moveaxis(x, 2, 0))\n", ("ValueError",)),
        _halves("hsplit"),
        _halves("vsplit"),
        _simple("dstack", "(tup: Any) -> Any", _dstack, _dstack_result, X23 + "print(np.dstack((x, x * 2)).shape, np.dstack([x, x])[0, 1])\n", ("ValueError",)),
        _simple("array_equiv", "(a1: Any, a2: Any) -> bool",
                lambda call: f"np::array_equiv({a.reference(call, 'a1', _common(call))}, {a.reference(call, 'a2', _common(call))})", lambda call: t.BOOL,
                "print(np.array_equiv([1, 2], [[1, 2], [1, 2]]), np.array_equiv([1, 2], [1, 3]))\n"),
        _simple("ediff1d", "(ary: Any) -> Any", lambda call: f"np::diff(&np::ravel({a.reference(call, 'ary')}), 1, -1)",
                lambda call: t.Array(a.array_operand(call, "ary").dtype, 1), "print(np.ediff1d([1, 4, 9]))\n"),
        _simple("trim_zeros", '(filt: Any, trim: str = "fb") -> Any', _trim,
                _trimmed, "print(np.trim_zeros(np.array([0, 1, 0, 2, 0])), np.trim_zeros(np.array([0, 1, 0]), 'f'), np.trim_zeros(np.array([0, 1, 0]), trim='b'))\n"),
        _simple("ravel_multi_index", "(multi_index: Any, dims: Any) -> Any", _ravel_index, _ravel_index_result,
                "print(np.ravel_multi_index((1, 2), (3, 4)), np.ravel_multi_index((np.array([0, 1]), np.array([3, 2])), (3, 4)))\n"),
        _simple("tile", "(A: Any, reps: Any) -> Any", _tile, _tile_result, "print(np.tile([1, 2], 2), np.tile(np.array([1, 2]), (2, 1)))\n"),
        _simple("repeat", "(a: Any, repeats: Any, axis: Any = None) -> Any", lambda call: repeat_text(call, "a"), lambda call: repeat_result(call, "a"),
                X23 + "print(np.repeat([1, 2], 2), np.repeat(x, 2, axis=0), np.repeat([1, 2], [3, 1]))\n"),
        _simple("pad", '(array: Any, pad_width: Any, mode: str = "constant", constant_values: Any = 0) -> Any', _pad, same_result("array"),
                "print(np.pad([1, 2], 1), np.pad(np.ones((1, 2)), ((1, 0), (0, 1))), np.pad([1, 2, 3], (2, 1), mode='edge'), np.pad([1, 2, 3], 2, mode='reflect'))\n"),
        _simple("delete", "(arr: Any, obj: Any, axis: Any = None) -> Any", _delete,
                lambda call: t.Array(a.array_operand(call, "arr").dtype, 1 if a.is_none(call, "axis") else a.operand(call, "arr").rank),
                X23 + "print(np.delete([1, 2, 3], 1), np.delete(x, 0, axis=0), np.delete(x, [0, 2], axis=1))\n", ("IndexError",)),
        _simple("insert", "(arr: Any, obj: Any, values: Any, axis: Any = None) -> Any", _insert, _insert_result,
                X23 + "print(np.insert([1, 2, 3], 1, 9), np.insert(x, 0, 7, axis=1), np.insert(x, 1, [7, 8, 9], axis=0), np.insert(x, -1, [1, 2], axis=1))\n"
                "print(np.insert(x, 2, 5), np.insert([1.5, 2.5], [0, 2], [8, 9]), np.insert([1, 2], 1, [5, 6]), np.insert(x, [0, 3], 4, axis=1))\n"
                "try:\n    np.insert([1, 2], 5, 0)\nexcept IndexError as error:\n    print(error)\n", ("IndexError", "ValueError")),
        _simple("append", "(arr: Any, values: Any, axis: Any = None) -> Any", _append, _append_result,
                X23 + "print(np.append([1, 2], 3), np.append(np.array([1.5]), [2, 3]), np.append(x, [[7, 8, 9]], axis=0))\n", ("ValueError",)),
        _simple("diff", "(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Any", _diff, _diff_type,
                X23 + "print(np.diff([1, 4, 9, 16]), np.diff([1.0, 4.0, 9.5], n=2), np.diff(x, axis=0))\n"
                "print(np.diff([1, 4, 9], prepend=0), np.diff(np.array([1.5, 2.0]), append=[3, 5]), np.diff([1, 2], prepend=0.5))\n"),
        _simple("shape", "(a: Any) -> Any", _shape_value, lambda call: t.Tuple((t.INT,) * a.array_operand(call, "a").rank), X23 + "print(np.shape(x))\n"),
        _simple("ndim", "(a: Any) -> int", _rank_of, lambda call: t.INT, X23 + "print(np.ndim(x), np.ndim([1, 2]))\n"),
        _simple("size", "(a: Any) -> int", lambda call: f"np::count({a.reference(call, 'a')})", lambda call: t.INT, X23 + "print(np.size(x))\n"),
        _simple("atleast_2d", "(a: Any) -> Any",
                lambda call: f"np::row({a.reference(call, 'a')})" if a.array_operand(call, "a").rank == 1 else a.whole(call, "a"),
                lambda call: a.array_type(a.array_operand(call, "a").dtype, max(2, a.operand(call, "a").rank)), "print(np.atleast_2d([1, 2]))\n"),
        _simple("atleast_1d", "(a: Any) -> Any",
                lambda call: a.whole(call, "a") if a.operand(call, "a").rank else f"np::array![{a.reference(call, 'a')}]",
                lambda call: a.array_type(a.operand(call, "a").dtype, max(1, a.operand(call, "a").rank)), "print(np.atleast_1d(5), np.atleast_1d([1, 2]))\n"),
    ),
)  # fmt: skip


def swap_text(call: Call, source: str) -> str:
    """An exchange of two axes, which must be constant."""
    rank = a.array_operand(call, source).rank
    order = list(range(rank))
    one, other = int(call.constant("axis1")) % rank, int(call.constant("axis2")) % rank
    order[one], order[other] = order[other], order[one]
    return f"np::~transpose_axes({a.reference(call, source)}, &[{', '.join(map(str, order))}])"
