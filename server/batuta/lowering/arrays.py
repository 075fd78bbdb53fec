"""Arrays that several names hold: when a copy would be seen, and how shared arrays are read and changed.

An array is owned by one name as long as nobody could tell the difference. An array that is changed in place somewhere and that
another name holds, or sees a part of, becomes a `np::SharedArray` with all arrays of its group. What reads such an array
(an operation, a text) takes its elements out; what keeps it (a variable, a list, an argument) keeps the handle.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from batuta.analysis.library import makes_view
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import root_variable, walk, walk_all
from batuta.lowering import rust_text as r
from batuta.lowering.effects import calls_unknown, changed_by, group_of, overrides
from batuta.lowering.expressions import _bare
from batuta.lowering.rust_text import Rust, closing

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

VIEWS = {
    "part1",
    "part2",
    "part3",
    "part4",
    "part5",
    "part6",
    "reshape",
    "transpose",
    "transpose_axes",
    "squeeze",
    "split",
    "array_split",
    "split_at",
    "ravel",
    "expand_dims",
    "row",
    "flip",
    "flip_axis",
    "rot90",
    "diagonal",
}
"""The functions of the runtime's `np` that have a twin in `np::views`."""

_VIEW = re.compile(r"np::(?P<tilde>~?)(?P<name>\w+)\(\{&(?P<source>\w+)\}(?P<rest>.*)\)", re.DOTALL)
_ELEMENT = re.compile(r"\{self\}\.~(?:set_)?item\(")


class ArrayLowering:
    """The part of the lowering that decides about arrays that are shared."""

    def is_shared_array(self: Lowering, type_: t.Type) -> bool:
        """Whether a value of this type is a handle to a shared array."""
        bare = _bare(type_)
        return isinstance(bare, t.Array) and self.types.is_shared(bare)

    def holds_shared_arrays(self: Lowering, type_: t.Type) -> bool:
        """Whether there is a shared array in a value of this type."""
        return self.is_shared_array(type_) or any(self.holds_shared_arrays(each) for each in t.children(type_))

    def is_changed_array(self: Lowering, type_: t.Type) -> bool:
        """Whether a copy of an array could be told from the array: the program changes it, and it is not shared."""
        bare = _bare(type_)
        return (
            isinstance(bare, t.Array)
            and bare.group != 0
            and bare.group in self.effects.changed
            and not self.types.is_shared(bare)
        )

    def shared_array(self: Lowering, node: n.Expression) -> None:
        """An array that two names hold and somebody changes: from now on it is shared."""
        self.choices.share(group_of(node.type) or self._changed_group(node.type), f"line {node.span.line}")

    def _changed_group(self: Lowering, type_: t.Type) -> int:
        if self.is_changed_array(type_):
            return group_of(type_)
        return next((found for each in t.children(type_) if (found := self._changed_group(each))), 0)

    def share_arrays_in(self: Lowering, type_: t.Type, line: int) -> None:
        """All changed arrays in a value of this type become shared."""
        if self.is_changed_array(type_):
            self.choices.share(group_of(type_), f"line {line}")
        for each in t.children(type_):
            self.share_arrays_in(each, line)

    # -- views

    def is_view(self: Lowering, value: n.LibraryCall) -> bool:
        """Whether the result shares memory with an argument."""
        if value.entry is None or not value.entry.aliases or value.entry.aliases not in value.arguments:
            return False
        if not makes_view(value.asker, value.entry):
            return False
        source, made = value.arguments[value.entry.aliases][0].type, value.type
        while isinstance(made, t.List | t.Sequence):
            made = made.element
        return isinstance(made, t.Array) and made.dtype == _bare(source).dtype  # type: ignore[attr-defined]

    def views_a_name(self: Lowering, value: n.Expression) -> bool:
        """Whether the memory of a view belongs to something that can be reached otherwise: a view of a temporary is its only owner."""
        while isinstance(value, n.LibraryCall) and value.entry is not None and self.is_view(value):
            value = value.arguments[value.entry.aliases][0]
        if isinstance(value, n.Read) and self.how(value.variable) == "own" and value.variable not in self.view_copies:
            # The last read of a name takes its value.
            return not (id(value) in self.liveness.last and self.closure_depth == 0 and not self.moves_forbidden)
        if not isinstance(value, n.LibraryCall):
            return not isinstance(value, n.Coerce)
        return not self.is_numeric(value)

    def is_numeric(self: Lowering, node: n.LibraryCall) -> bool:
        """Whether an entry computes with arrays: it takes their elements, and its result is a new array."""
        return node.entry is not None and node.entry.name.startswith(("numpy.", "ndarray.", "sklearn."))

    def check_view(self: Lowering, node: n.LibraryCall) -> None:
        """A view that something keeps would be a copy here: where that could be seen, the array becomes shared."""
        if id(node) in self.plain_nodes or id(node) in self.allowed or not self.is_view(node):
            return
        if self._changed_group(node.type) and self.views_a_name(node):
            self.share_arrays_in(node.type, node.span.line)

    def view_text(self: Lowering, node: n.LibraryCall, template: str) -> str | None:
        """The template of a view of a shared array, which gives a handle to the same elements."""
        name = node.entry.aliases
        if not self.is_view(node) or not self.is_shared_array(node.arguments[name][0].type):
            return None
        if template in (f"{{{name}}}", f"{{{name}}}.clone()"):
            return f"np::views::same({{&{name}}})"
        match = _VIEW.fullmatch(template)
        if match is None or match["name"] not in VIEWS or match["source"] != name:
            return None
        return f"np::views::{match['tilde']}{match['name']}({{&{name}}}{match['rest']})"

    # -- reading

    def mark_plain(self: Lowering, node: n.Expression) -> None:
        """Note that only the elements of a value are read, at once: it may be a copy."""
        self.plain_nodes.add(id(node))
        if isinstance(node, n.Unwrap):
            self.mark_plain(node.operand)

    def plain(self: Lowering, node: n.Expression, mode: str) -> Rust:
        """A value for something that takes elements: by value, by reference (`ref`), or as a `place`."""
        self.mark_plain(node)
        if not self.holds_shared_arrays(node.type):
            return self._in_mode(node, mode)
        if isinstance(node, n.LibraryCall) and isinstance(_bare(node.type), t.Array) and self._is_fresh(node):
            return self._in_mode(node, mode)
        if isinstance(node, n.Coerce) and self.is_shared_array(node.type) and not self.is_shared_array(node.operand.type):
            return self._in_mode(node, mode)
        self.plain_nodes.discard(id(node))
        bare = _bare(node.type)
        if isinstance(node.type, t.Array):
            made = Rust(f"{self.place(node).at(r.ATOM)}.get()")
        elif isinstance(bare, t.Tuple | t.Dict | t.Instance | t.Object | t.Iterator):
            made = self._plain_parts(node)
        else:
            made = Rust(f"np::plain({self.ref(node)})")
        return Rust(f"&{made.at(r.UNARY)}", r.UNARY) if mode == "ref" else made

    def _plain_parts(self: Lowering, node: n.Expression) -> Rust:
        if not isinstance(node.type, t.Tuple):
            return self.value(node)
        name = self.fresh("items")
        parts = []
        for index, each in enumerate(node.type.items):
            held = n.Variable(name, each)
            self.inline[held] = Rust(f"{name}.{index}")
            parts.append(self.plain(n.Read(each, node.span, held), "value").text)
        return Rust(f"{{ let {name} = {self.ref(node)}; ({', '.join(parts)}{',' if len(parts) == 1 else ''}) }}")

    def _in_mode(self: Lowering, node: n.Expression, mode: str) -> Rust:
        return self.ref(node) if mode == "ref" else (self.place(node) if mode == "place" else self.value(node))

    def _is_fresh(self: Lowering, node: n.LibraryCall) -> bool:
        """Whether a call makes a new array (and gives no view, and hands none out of a container)."""
        if self.is_view(node) and self.is_shared_array(node.arguments[node.entry.aliases][0].type):
            return False
        return self.is_numeric(node) or isinstance(_result(node), t.Array)

    def takes_elements(self: Lowering, node: n.LibraryCall, name: str) -> bool:
        """Whether an entry computes with an argument, and does not keep or hand on what it is given."""
        if self.is_numeric(node):
            return True
        parameter = node.signature.parameter(name) if node.signature is not None else None
        return parameter is not None and not _has_variable(parameter.type)

    def wrapped(self: Lowering, text: str, type_: t.Type) -> str:
        """A new value with the arrays in it shared, where their groups are."""
        if not self.holds_shared_arrays(type_):
            return text
        if self.is_shared_array(type_) and isinstance(type_, t.Array):
            return f"np::SharedArray::new({text})"
        name = self.fresh("made")
        match type_:
            case t.Optional(inner):
                return f"{text}.map(|{name}| {self.wrapped(name, inner)})"
            case t.List(element) | t.Sequence(element):
                return f"{text}.into_iter().map(|{name}| {self.wrapped(name, element)}).collect::<Vec<_>>()"
            case t.Tuple(items):
                parts = [self.wrapped(f"{name}.{index}", each) for index, each in enumerate(items)]
                return f"{{ let {name} = {text}; ({', '.join(parts)}{',' if len(parts) == 1 else ''}) }}"
        return text

    def makes_arrays(self: Lowering, node: n.LibraryCall) -> bool:
        """Whether what a call gives was made by it, so that shared arrays in it must be wrapped."""
        if id(node) in self.plain_nodes or not self.holds_shared_arrays(node.type):
            return False
        if self.is_view(node) and self.is_shared_array(node.arguments[node.entry.aliases][0].type):
            return False
        return self.is_numeric(node) or isinstance(_result(node), t.Array)

    # -- changing

    def lend(self: Lowering, node: n.Expression) -> str:
        """A shared array that a template changes: its elements are taken out before, and put back after."""
        place = self.place(node)
        holder = self.fresh("array")
        kept = self.fresh("handle")
        self.lent.append((kept, place.text, holder))
        return f"&mut {holder}"

    def with_lent(self: Lowering, text: str, lent: list[tuple[str, str, str]]) -> str:
        """A statement around which lent arrays are taken out and put back."""
        if not lent:
            return text
        before = " ".join(f"let {kept} = {place}.clone(); let mut {holder} = {kept}.get();" for kept, place, holder in lent)
        after = " ".join(f"{kept}.put({holder});" for kept, _, holder in lent)
        body = text[1:-1].strip() if text.startswith("{ ") and closing(text, 0) == len(text) else text
        return f"{{ {before} {body.rstrip(';')}; {after} }}"

    @staticmethod
    def touches_one_element(template: str) -> bool:
        """Whether a template reads or writes one element, which a shared array does by itself."""
        return _ELEMENT.search(template) is not None

    # -- copies that nobody can tell from the array

    def changes_in(self: Lowering, nodes: list[Any]) -> set[int]:
        """The groups that expressions change, in functions that they call too."""
        found: set[int] = set()
        for part in nodes:
            for node in walk(part):
                for each in changed_by(node):
                    found.add(group_of(each.type))
                if isinstance(node, n.FunctionCall):
                    for function in overrides(self.module, node):
                        found |= self.effects.changes.get(function, set())
                if isinstance(node, n.Construct) and node.init is not None:
                    found |= self.effects.changes.get(node.init, set())
                if calls_unknown(node):
                    found |= self.effects.changed
        return {each for each in found if each > 0}

    def copy_is_unseen(self: Lowering, variable: n.Variable, group: int) -> bool:
        """Whether a variable may hold a copy of an array: it is only read, in what follows, before anybody changes the array."""
        if (
            self.position is None
            or variable.module
            or variable.captured
            or variable in self.choices.boxed
            or variable.assigned > 1
        ):
            return False
        body, index = self.position
        following = body[index + 1 :]
        left = self.read_counts.get(variable, 0)
        if not left:
            return True
        last_place = -1
        while left > 0 and last_place + 1 < len(following):
            last_place += 1
            left -= sum(isinstance(each, n.Read) and each.variable is variable for each in walk(following[last_place]))
        if left:
            return False
        window = following[: last_place + 1]
        if any(root_variable(each) is variable for node in walk_all(window) for each in changed_by(node)):
            return False
        last = window[-1]
        if isinstance(last, n.Evaluate) and isinstance(last.value, n.LibraryCall):
            # The arguments are evaluated before the call changes anything.
            inner = [each for values in last.value.arguments.values() for each in values]
            return group not in self.body_changes(window[:-1]) and group not in self.changes_in(inner)
        return group not in self.body_changes(window)

    def allow_copy(self: Lowering, value: n.Expression, variable: n.Variable) -> None:
        """Note that a variable may hold a copy, if nobody can tell."""
        if self.is_changed_array(value.type) and self.copy_is_unseen(variable, group_of(value.type)):
            self.allowed.add(id(value))
            self.view_copies.add(variable)


def _result(node: n.LibraryCall) -> t.Type | None:
    return node.signature.result if node.signature is not None else None


def _has_variable(type_: t.Type) -> bool:
    return isinstance(type_, t.Variable) or any(_has_variable(each) for each in t.children(type_))


__all__ = ["ArrayLowering"]
