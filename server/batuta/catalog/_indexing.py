"""How an array index becomes Rust: which axes go, which stay, which items are chosen."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import NamedTuple

from batuta.catalog import _arrays as a
from batuta.catalog.entry import Call
from batuta.ir import types as t
from batuta.python.walk import walk

ADVANCED = ("mask", "list", "list of")
"""The kinds that choose items, so that NumPy copies them."""


class Item(NamedTuple):
    """One part of an index. `kind`: `at`, `slice`, `new`, `mask` or `list`; `at of` and `list of` are items of a tuple that is the index."""

    kind: str
    node: ast.expr
    rank: int = 0


class Plan(NamedTuple):
    """An index on an array of a known rank."""

    items: list[Item]
    """In order, one for each axis of the array (a mask of two axes stands for both), with new axes between them."""
    rank: int
    """Of the result."""

    @property
    def advanced(self) -> list[Item]:
        """The masks and lists of positions."""
        return [each for each in self.items if each.kind in ADVANCED]


def plan(call: Call, rank: int, node: ast.expr | None = None) -> Plan:
    """Read the index of a call."""
    node = node if node is not None else call.node("index")
    parts = list(node.elts) if isinstance(node, ast.Tuple) else [node]
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("ix_"):
        parts = list(node.args)
        items = [_item(call, each) for each in parts]
        return Plan([each._replace(kind="cross " + each.kind) for each in items], rank)
    items = []
    if len(parts) == 1 and node is not None and not isinstance(node, ast.Slice | ast.Constant | ast.Tuple):
        found_type = a.type_of(call, node)
        if isinstance(found_type, t.Sequence):
            # A tuple whose length is told at run time: one position for each axis.
            if a.describe(found_type.element)[:2] not in {("int64", 0)}:
                raise a.refuse("a tuple of this kind is no index", "Index with numbers.")
            return Plan([Item("at of", node, place) for place in range(rank)], 0)
    for each in parts:
        if isinstance(each, ast.Constant) and each.value is Ellipsis:
            items.append(Item("rest", each))
        elif each is not None:
            found = _item(call, each)
            if found.kind == "several":
                items += [Item("at of", each, place) for place in range(found.rank)]
            elif found.kind == "lists":
                items += [Item("list of", each, place) for place in range(found.rank)]
            else:
                items.append(found)
    used = sum(each.rank if each.kind == "mask" else 1 for each in items if each.kind not in ("new", "rest"))
    if used > rank:
        raise a.refuse(f"{used} indices for {rank} axes", "Index with as many as there are axes.")
    full = [Item("slice", ast.Slice()) for _ in range(rank - used)]
    place = next((index for index, each in enumerate(items) if each.kind == "rest"), len(items))
    items = [*items[:place], *full, *[each for each in items[place:] if each.kind != "rest"]]
    kept = sum(1 for each in items if each.kind in ("slice", "new"))
    chosen = [each for each in items if each.kind in ADVANCED]
    extra = max((_rank_of(call, each) for each in chosen), default=0)
    return Plan(items, kept + extra)


def _item(call: Call, node: ast.expr) -> Item:
    if isinstance(node, ast.Slice):
        return Item("slice", node)
    if isinstance(node, ast.Constant) and node.value is None:
        return Item("new", node)
    found = a.type_of(call, node)
    if found == t.NONE:
        return Item("new", node)
    if isinstance(found, t.Sequence):
        raise a.refuse("a tuple of unknown length is one of several indices", "Index with numbers.")
    if isinstance(found, t.Tuple) and all(isinstance(each, t.Scalar | t.NumpyScalar) for each in found.items):
        return Item("several", node, len(found.items))
    if isinstance(found, t.Tuple) and all(
        isinstance(each, t.Array) and each.rank in (1, len(found.items)) and each.dtype.startswith(("int", "uint"))
        for each in found.items
    ):
        # What `np.where(mask)` gives: one list of positions for each axis.
        return Item("lists", node, len(found.items))
    described = a.describe(found)
    if described.dtype == "bool":
        if described.rank == 0:
            raise a.refuse("a single bool is no index", "Use an int or a mask.")
        return Item("mask", node, described.rank)
    if not described.dtype.startswith(("int", "uint")):
        raise a.refuse(f"{described.dtype} values are no index", "Use integers or a mask.")
    return Item("at" if described.rank == 0 else "list", node, described.rank)


def _rank_of(call: Call, item: Item) -> int:
    """The rank that a mask or a list of positions gives the result."""
    if item.kind == "list of":
        held = a.type_of(call, item.node)
        assert isinstance(held, t.Tuple)
        return a.describe(held.items[item.rank]).rank
    return item.rank if item.kind == "list" else 1


def index_text(call: Call, item: Item) -> str:
    """One basic index as Rust."""
    if item.kind == "new":
        return "np::new_axis()"
    if item.kind == "at of":
        return f"np::at({position_text(call, item)})"
    if item.kind == "at":
        return f"np::at({position_text(call, item)})"
    if item.kind in ADVANCED:
        return "np::all_of()"
    node = item.node
    assert isinstance(node, ast.Slice)
    parts = [_given(call, each) for each in (node.lower, node.upper, node.step)]
    start, stop, step = (None if each is None else _bound(call, each) for each in parts)
    if step is not None:
        ends = ", ".join("None" if each is None else f"Some({each})" for each in (start, stop))
        return f"np::stepped({ends}, {step})"
    if start is None:
        return "np::all_of()" if stop is None else f"np::to({stop})"
    return f"np::from({start})" if stop is None else f"np::range({start}, {stop})"


def _given(call: Call, node: ast.expr | None) -> ast.expr | None:
    if node is None or (isinstance(node, ast.Constant) and node.value is None):
        return None
    return None if a.type_of(call, node) == t.NONE else node


def _bound(call: Call, node: ast.expr) -> str:
    found = a.describe(a.type_of(call, node))
    return a.scalar("int64", found.dtype, a.lower(call, node), node)


_TUPLE = "whole_index"
"""What holds a tuple that is the index and must be made once."""


def bound_tuple(call: Call, found: Plan) -> str:
    """The statement that makes the tuple that is an index before its items are read, or nothing where reading it twice is the same."""
    of = next((each for each in found.items if each.kind in ("at of", "list of")), None)
    return f"let {_TUPLE} = {a.lower(call, of.node)};" if of is not None and _is_made(of.node) else ""


def _is_made(node: ast.expr) -> bool:
    return any(isinstance(each, ast.Call) for each in walk(node))


def _tuple(call: Call, item: Item, mode: str = "value") -> str:
    if not _is_made(item.node):
        return a.lower(call, item.node, mode)
    return f"&{_TUPLE}" if mode == "ref" else _TUPLE


def position_text(call: Call, item: Item) -> str:
    """An integer index as an i64."""
    if item.kind == "at of":
        if isinstance(a.type_of(call, item.node), t.Sequence):
            return f"np::coordinate({_tuple(call, item, 'ref')}, {item.rank}, {_axes_of(call)})"
        return f"{_tuple(call, item)}.{item.rank}"
    found = a.describe(a.type_of(call, item.node))
    return a.scalar("int64", found.dtype, a.lower(call, item.node), item.node)


def chosen_text(call: Call, item: Item) -> str:
    """A mask or a list of positions by reference."""
    if item.kind == "list of":
        tuple_ = a.type_of(call, item.node)
        assert isinstance(tuple_, t.Tuple)
        text = f"&{_tuple(call, item, 'place')}.{item.rank}"
        return text if a.describe(tuple_.items[item.rank]).dtype == "int64" else f"&np::to_int64({text})"
    found = a.describe(a.type_of(call, item.node))
    wanted = "bool" if item.kind.endswith("mask") else "int64"
    if isinstance(a.type_of(call, item.node), t.Range):
        return f"&np::from_range({a.lower(call, item.node)})"
    text = a.lower(call, item.node, "ref")
    if not found.is_array:
        written = a.literal(call, item.node, found, wanted)
        text = f"&{written}" if written else "&" + a.list_text(found, text)
    return text if found.dtype == wanted else f"&np::to_{wanted}({text})"


def _axes_of(call: Call) -> int:
    """How many axes the indexed array has."""
    return a.describe(call.type("self")).rank


def is_element(found: Plan) -> bool:
    """Whether the index names one element."""
    return found.rank == 0 and not found.advanced


def read(call: Call, array: str, rank: int, dtype: str) -> str:
    """The Rust that reads `array[index]`; `array` is a reference."""
    found = plan(call, rank)
    early = bound_tuple(call, found)
    text = _reading(call, array, rank, dtype, found)
    return f"{{{{ {early} {text} }}}}" if early else text


def _reading(call: Call, array: str, rank: int, dtype: str, found: Plan) -> str:
    if found.items and found.items[0].kind.startswith("cross "):
        text = array
        for axis, item in enumerate(found.items):
            text = f"&np::~take_axis({text}, {_positions(call, item)}, {axis})"
        return text.removeprefix("&")
    if is_element(found):
        places = ", ".join(position_text(call, each) for each in found.items)
        return f"{array.removeprefix('&')}.~item([{places}])"
    if not found.advanced:
        return f"np::~part{found.rank}({array}, [{', '.join(index_text(call, each) for each in found.items)}])"
    if any(each.kind == "new" for each in found.items):
        # The items are chosen first, and the new axes put between what is left.
        axes: list[str] = []
        for each in found.items:
            kept = {"new": 1, "slice": 1, "list": each.rank, "mask": 1, "list of": 1}.get(each.kind, 0)
            axes += ["np::new_axis()" if each.kind == "new" else "np::all_of()"] * kept
        if len(found.advanced) > 1 or len(axes) != found.rank:
            raise a.refuse("a new axis beside lists of positions is not translated", "Index in two steps.")
        plain = [each for each in found.items if each.kind != "new"]
        inner = _read(call, array, rank, Plan(plain, found.rank - len(found.items) + len(plain)))
        return f"np::~part{found.rank}(&{inner}, [{', '.join(axes)}])"
    return _read(call, array, rank, found)


def _read(call: Call, array: str, rank: int, found: Plan) -> str:
    if len(found.advanced) > 1:
        vectors = all(each.kind == "list" and each.rank == 1 for each in found.items[:2])
        last = found.items[-1]
        if rank == 3 and vectors and last.kind == "slice" and not _is_real(last):
            first, second = (_positions(call, each) for each in found.items[:2])
            return f"np::~pick_rows({array}, {first}, {second})"
        if len(found.items) != 2 or rank != 2:
            raise a.refuse("several lists of positions in this place are not translated", "Take one axis after the other.")
        rows, columns = (_positions(call, each) for each in found.items)
        return f"np::~pick({array}, {rows}, {columns})"
    item = found.advanced[0]
    source, axis, left = _without(call, array, rank, found, item, "&")
    if item.kind == "mask":
        if item.rank > 1:
            if item.rank != left:
                raise a.refuse("this mask covers some of the axes only", "Use a mask of one axis or of all.")
            return f"np::~masked({source}, {chosen_text(call, item)})"
        if left == 1:
            return f"np::~masked({source}, {chosen_text(call, item)})"
        return f"np::~masked_axis({source}, {chosen_text(call, item)}, {axis})"
    if item.rank == 1 or item.kind == "list of":
        return f"np::~take_axis({source}, {chosen_text(call, item)}, {axis})"
    if left != 1:
        raise a.refuse("positions of this shape are not translated", "Ravel them first.")
    return f"np::~take({source}, {chosen_text(call, item)})"


def _positions(call: Call, item: Item) -> str:
    if item.kind in ("at", "at of"):
        return position_text(call, item)
    text = chosen_text(call, item)
    return f"&np::flatnonzero({text})" if item.kind.endswith("mask") else text


def _without(
    call: Call,
    array: str,
    rank: int,
    found: Plan,
    item: Item,
    sign: str,
    early: Callable[[str, str], str] = lambda name, text: text,
) -> tuple[str, int, int]:
    """The array with the basic indices applied, the axis that the list chooses from, and the rank that is left."""
    before = found.items[: found.items.index(item)]
    if any((each.kind == "slice" and _is_real(each)) or each.kind in ("at", "at of") for each in found.items):
        left = sum(1 for each in found.items if each.kind == "slice") + max(item.rank if item.kind == "mask" else 1, 1)
        texts = []
        for each in found.items:
            texts += [index_text(call, each)] * (item.rank if each is item and item.kind == "mask" else 1)
        name = f"part{left}_mut" if sign == "&mut " else f"part{left}"
        index = early("index", f"[{', '.join(texts)}]")
        text = f"{sign}np::~{name}({array}, {index})"
        return text, sum(1 for each in before if each.kind == "slice"), left
    return array, len(before), rank


def _is_real(item: Item) -> bool:
    node = item.node
    return isinstance(node, ast.Slice) and any(each is not None for each in (node.lower, node.upper, node.step))


def write(call: Call, array: str, rank: int, value: str, apart: bool = False) -> str:
    """The Rust that writes `array[index] = value`; `array` is a mutable reference.

    `apart`: the index and the value are evaluated before the array is borrowed (an array that is a field of a shared object).
    """
    found = plan(call, rank)
    made = bound_tuple(call, found)
    before: list[str] = [made] if made else []
    apart = apart or any(not _is_plain(each.node) for each in found.items)

    def early(name: str, text: str) -> str:
        if not apart or text.lstrip("-").replace(".", "").isalnum():
            return text
        before.append(f"let {name} = {text};")
        return name

    text = _written(call, array, rank, found, value, early)
    return f"{{{{ {' '.join(before)} {text} }}}}" if before else text


def _is_plain(node: ast.expr) -> bool:
    """Whether an index reads nothing that could be the array itself."""
    plain = ast.Constant | ast.Name | ast.Slice | ast.UnaryOp | ast.BinOp | ast.operator | ast.unaryop | ast.expr_context
    return all(isinstance(each, plain) for each in walk(node))


def _written(call: Call, array: str, rank: int, found: Plan, value: str, early: Callable[[str, str], str]) -> str:
    if is_element(found) and not found.items[0].kind.startswith("cross "):
        places = early("index", f"[{', '.join(position_text(call, each) for each in found.items)}]")
        value = early("item", value)
        return f"{_receiver(array)}.~set_item({places}, {value})"
    if not found.advanced and not found.items[0].kind.startswith("cross "):
        if all(each.kind == "slice" and not _is_real(each) for each in found.items):
            value = early("item", value)
            return f"np::~assign({array}, {value})"
        index = early("index", _basic(call, found))
        value = early("item", value)
        return f"np::~assign({part(array, found, index)}, {value})"
    if len(found.advanced) > 1 or (found.items[0].kind.startswith("cross ")):
        if len(found.items) != 2 or rank != 2:
            raise a.refuse("several lists of positions in this place are not translated", "Write one axis after the other.")
        texts = [_positions(call, each) for each in found.items]
        if found.items[0].kind.startswith("cross "):
            texts[0] = f"&np::column({texts[0]})"
        rows, columns = (early(name, text) for name, text in zip(("rows", "columns"), texts, strict=True))
        value = early("item", value)
        return f"np::~set_picked({array}, {rows}, {columns}, {value})"
    item = found.advanced[0]
    chosen = early("chosen", chosen_text(call, item))
    target, axis, left = _without(call, array, rank, found, item, "&mut ", early)
    value = early("item", value)
    if item.kind == "mask":
        if item.rank == left:
            return f"np::~set_masked({target}, {chosen}, {value})"
        return f"np::~set_masked_axis({target}, {chosen}, {axis}, {value})"
    if item.rank != 1 and item.kind != "list of":
        raise a.refuse("positions of this shape are not written", "Ravel them first.")
    return f"np::~set_taken_axis({target}, {chosen}, {axis}, {value})"


def _receiver(array: str) -> str:
    return array.removeprefix("&mut ") if array.startswith("&mut ") else array


def _basic(call: Call, found: Plan) -> str:
    return f"[{', '.join(index_text(call, each) for each in found.items)}]"


def part(array: str, found: Plan, index: str) -> str:
    """The part of an array that a basic index takes, to write through."""
    if found.rank == 0:
        raise a.refuse("one element is no part", "Assign the element.")
    return f"&mut np::~part{found.rank}_mut({array}, {index})"
