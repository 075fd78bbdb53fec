"""Expressions in Rust, in four modes: by value, by reference, as a place to read from, as a place to change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.ir.walk import root_variable
from batuta.lowering import rust_text as r
from batuta.lowering.effects import group_of
from batuta.lowering.lints import is_near_constant
from batuta.lowering.rust_text import Rust, as_array, as_iterator_argument, byte_string, closing, float_literal, quoted
from batuta.lowering.rust_types import camel, snake

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

NUMBERS = (t.INT, t.FLOAT, t.BOOL, t.NUM, t.BIGINT)


class ExpressionLowering:
    """The part of the lowering that prints expressions."""

    # -- values

    def value(self: Lowering, node: n.Expression) -> Rust:
        """An owned value."""
        if self.inside_attempt and self.crosses(node):
            return self.caught_value(node)
        handler = getattr(self, f"value_{type(node).__name__.lower()}", None)
        if handler is None:
            raise AssertionError(f"the analysis builds an expression that has no lowering: {type(node).__name__}")
        found: Rust = handler(node)
        return found

    def text(self: Lowering, node: n.Expression) -> str:
        """The text of an owned value."""
        return self.value(node).text

    def clone(self: Lowering, place: Rust, type_: t.Type, node: n.Expression) -> Rust:
        """A copy of what lies at a place. Copying a changed object would be wrong: its group becomes shared instead."""
        if self.types.copies(type_):
            return place
        if isinstance(_bare(type_), t.Iterator):
            # An iterator is used up by whoever reads it: a copy would start again from here.
            if isinstance(node, n.FieldRead) or (isinstance(node, n.Read) and node.variable in self.choices.passed_on):
                return Rust(f"{place.at(r.ATOM)}.clone()")
            held = self.changed(node) if isinstance(node, n.Read) else place
            return Rust(f"{held.at(r.ATOM)}.by_ref()")
        self.check_copy(type_, node)
        return Rust(f"{place.at(r.ATOM)}.clone()")

    def check_copy(self: Lowering, type_: t.Type, node: n.Expression, items: bool = False) -> None:
        """Note the groups in a type that may not be copied.

        `items`: the copies are what a loop runs over; an array that the loop leaves alone may be one.
        """
        if id(node) in self.allowed:
            return
        if (
            items
            and self.head_changes is not None
            and self.is_changed_array(type_)
            and group_of(type_) not in self.head_changes
        ):
            return
        group = group_of(type_)
        if group and not self.types.is_shared(_bare(type_)):
            if group in self.effects.changed and not (isinstance(_bare(type_), t.Set) and _bare(type_).frozen):  # type: ignore[attr-defined]
                if isinstance(_bare(type_), t.Array):
                    self.choices.share(group, f"line {node.span.line}")
                elif isinstance(_bare(type_), t.Object):
                    pass
                else:
                    self.choices.share(group, f"line {node.span.line}")
        if isinstance(type_, t.Instance):
            if group and not self.types.is_shared(type_) and self._holds_changed(type_, set()):
                self.choices.share(group, f"line {node.span.line}")
            return
        for inner in t.children(type_):
            self.check_copy(inner, node, items)

    def _holds_changed(self: Lowering, type_: t.Type, seen: set[str]) -> bool:
        """Whether a copy of an object would copy a container inside it that the program changes."""
        if isinstance(type_, t.Instance):
            cls = self.classes.get(self.root_of(type_.name))
            if cls is None or cls.name in seen:
                return False
            seen.add(cls.name)
            return any(self._changed_inside(each, seen) for each in cls.fields.values())
        return any(self._changed_inside(each, seen) for each in t.children(type_))

    def _changed_inside(self: Lowering, type_: t.Type, seen: set[str]) -> bool:
        bare = _bare(type_)
        if self.types.is_shared(bare):
            return False
        return group_of(bare) in self.effects.changed - {0} or self._holds_changed(bare, seen)

    def value_constant(self: Lowering, node: n.Constant) -> Rust:
        value = node.value
        if isinstance(value, bool):
            return Rust("true" if value else "false")
        if value is None:
            return Rust("None" if isinstance(node.type, t.Optional) else "()")
        if isinstance(value, int):
            if node.type == t.BIGINT:
                return Rust(f"py::BigInt::from({value}_i64)" if -(2**63) <= value < 2**63 else f'py::big_integer("{value}")')
            if node.type == t.FLOAT:
                return Rust(float_literal(float(value)), r.ATOM if value >= 0 else r.UNARY)
            # Where nothing else says that it is an i64, rustc would take a literal for an i32.
            known = -(2**31) <= value < 2**31 and id(node) not in self.typed_constants
            wide = "" if known or node.type != t.INT else "_i64"
            return Rust(f"{value}{wide}", r.ATOM if value >= 0 else r.UNARY)
        if isinstance(value, float):
            if is_near_constant(float_literal(value).lstrip("-")):
                self.lints.add("clippy::approx_constant")
            if id(node) in self.typed_constants and float_literal(value)[-1].isdigit():
                return Rust(float_literal(value) + "_f64", r.UNARY if value < 0 else r.ATOM)
            return Rust(float_literal(value), r.UNARY if float_literal(value).startswith("-") else r.ATOM)
        if isinstance(value, complex):
            return Rust(f"py::Complex::new({float_literal(value.real)}, {float_literal(value.imag)})")
        if isinstance(value, str):
            return Rust(f"{quoted(value)}.to_string()" if value else "String::new()")
        if isinstance(value, bytes):
            return Rust(f"py::Bytes::from({byte_string(value)})")
        return Rust("()")

    def value_read(self: Lowering, node: n.Read) -> Rust:
        variable = node.variable
        inline = self.inline.get(variable)
        if inline is not None:
            return inline
        how = self.how(variable)
        name = self.name(variable)
        copies = self.types.copies(variable.type)
        if variable in self.view_copies and id(node) not in self.plain_nodes and id(node) not in self.allowed:
            # Somebody keeps this: it must be the array itself.
            self.share_arrays_in(variable.type, node.span.line)
        if how == "static" and isinstance(variable.type, t.Iterator):
            return Rust(f"py::global_iterator(&{name})")
        if how == "static":
            return Rust(f'py::global(&{name}, "{own_name(variable.name)}")')
        if how == "const":
            return Rust(f"{name}.to_string()") if variable.type == t.STR else Rust(name)
        if how == "boxed":
            self.check_copy(variable.type, node)
            return Rust(f"{name}.content()")
        if how == "unbound":
            self.check_copy(variable.type, node)
            place = f'&{name}, "{own_name(variable.name)}"'
            if self.awaits_unbound and self.inside_attempt:
                return self.raising(Rust(f"py::try_bound({place})"))
            return Rust(f"py::bound({place})")
        if copies:
            return Rust(f"*{name}", r.UNARY) if how == "refcopy" or (name == "self" and how != "own") else Rust(name)
        last = id(node) in self.liveness.last and self.closure_depth == 0
        if how == "own":
            if last and not self.moves_forbidden:
                return Rust(name)
            return self.clone(Rust(name), variable.type, node)
        # A reference: a parameter, or the variable of a loop over references.
        if (
            variable.parameter
            and variable in self.own_parameters
            and last
            and not self.types.is_shared(_bare(variable.type))
            and not self.moves_forbidden
        ):
            if variable not in self.choices.kept and variable not in self.view_copies:
                # From the next printing on the parameter is owned, and this read takes its value.
                self.choices.keep(variable)
                return Rust(f"{name}.clone()")
        if variable.type in (t.STR, t.NumpyScalar("str")):
            return Rust(f"{name}.to_string()")
        if self.is_slice(variable):
            self.check_copy(variable.type, node)
            return Rust(f"{name}.to_vec()")
        return self.clone(Rust(name), variable.type, node)

    def value_fieldread(self: Lowering, node: n.FieldRead) -> Rust:
        if node.type == t.NONE and root_variable(node.owner) is not None and not node.checked:
            # There is one value that it can have.
            return Rust("()")
        if self.is_handle(node.owner.type):
            if id(node) not in self.plain_nodes:
                self.check_copy(node.type, node)
            return self._held_field(node)
        self.use_member(node.owner.type, snake(node.name))
        return self.clone(Rust(f"{self.place(node.owner).at(r.ATOM)}.{self.field_name(node.name)}"), node.type, node)

    def _held_field(self: Lowering, node: n.FieldRead) -> Rust:
        """What the getter of a handle gives: a copy, to look at."""
        if node.checked and self.protected:
            getter = self.attempted_field(snake(node.name))
            self.use_member(node.owner.type, getter)
            return self.raising(Rust(f"{self.place(node.owner).at(r.ATOM)}.{getter}()"))
        self.use_member(node.owner.type, snake(node.name))
        return Rust(f"{self.place(node.owner).at(r.ATOM)}.{snake(node.name)}()")

    def value_classread(self: Lowering, node: n.ClassRead) -> Rust:
        if node.owner is not None:
            return Rust(f"{self.place(node.owner).at(r.ATOM)}.{self.class_attribute(node.name)}()")
        name = self.class_static(node.class_name, node.name)
        key = f"{node.class_name}.{node.name}"
        if key in self.static_constants:
            if isinstance(node.type, t.Iterator):
                return Rust(f"py::global_iterator(&{name})")
            return Rust(f'py::global(&{name}, "{node.name}")')
        return Rust(f"{name}.to_string()") if node.type == t.STR else Rust(name)

    def value_enummember(self: Lowering, node: n.EnumMember) -> Rust:
        return Rust(f"{self.type_name(node.class_name)}::{camel(node.name.lower())}")

    def value_enumuse(self: Lowering, node: n.EnumUse) -> Rust:
        name = self.type_name(node.class_name)
        known = {"members": "MEMBERS", "length": "MEMBERS", "by value": "try_from_value", "by name": "try_from_name"}
        self.used_members.add((node.class_name, known.get(node.what, node.what)))
        match node.what:
            case "name" | "value":
                assert node.argument is not None
                return Rust(f"{self.place(node.argument).at(r.ATOM)}.{node.what}()")
            case "members":
                return Rust(f"{name}::MEMBERS.to_vec()")
            case "length":
                return Rust(f"{name}::MEMBERS.len() as i64", r.CAST)
            case "by value":
                assert node.argument is not None
                return self.raising(Rust(f"{name}::try_from_value({self.ref(node.argument)})"))
        assert node.argument is not None
        return self.raising(Rust(f"{name}::try_from_name({self.ref(node.argument)})"))

    def raising(self: Lowering, call: Rust) -> Rust:
        """A call that returns a Result, in the form that the surroundings need."""
        context = self.handlers[-1] if self.handlers else None
        if self.closure_depth > 0 or context is None:
            return Rust(f"{call.at(r.ATOM)}.or_throw()")
        if context == "?":
            return Rust(f"{call.at(r.ATOM)}?")
        return Rust(f"py::attempt!({context}, {call.text})")

    @property
    def protected(self: Lowering) -> bool:
        """Whether an exception here may be caught by a handler of the program."""
        return bool(self.handlers) and self.handlers[-1] is not None and self.closure_depth == 0

    def value_tupleitem(self: Lowering, node: n.TupleItem) -> Rust:
        if isinstance(node.owner, n.FunctionCall | n.LibraryCall | n.ValueCall):
            return Rust(f"{self.value(node.owner).at(r.ATOM)}.{node.index}")
        return self.clone(Rust(f"{self.place(node.owner).at(r.ATOM)}.{node.index}"), node.type, node)

    # -- displays

    def wrap_shared(self: Lowering, text: str, type_: t.Type) -> Rust:
        """A fresh container, shared if its group is."""
        return Rust(f"py::Shared::new({text})") if self.types.is_shared(type_) else Rust(text)

    def value_display(self: Lowering, node: n.Display) -> Rust:
        match node.type:
            case t.Tuple():
                inner = ", ".join(self.text(each) for each in node.items)
                return Rust(f"({inner},)" if len(node.items) == 1 else f"({inner})")
            case t.List() | t.Sequence():
                if any(node.starred):
                    return self.wrap_shared(self._spread(node), node.type)
                if not node.items:
                    return self.wrap_shared(
                        f"Vec::<{self.types.text(node.type.element)}>::new()",
                        node.type,
                    )
                return self.wrap_shared(f"vec![{', '.join(self.text(each) for each in node.items)}]", node.type)
            case t.Set():
                if any(node.starred):
                    return self.wrap_shared(f"py::Set::from_keys({self._spread(node)})", node.type)
                return self.wrap_shared(
                    f"py::Set::from_constants([{', '.join(self.text(each) for each in node.items)}])", node.type
                )
        raise AssertionError(f"no display makes a {t.show(node.type)}")

    def _spread(self: Lowering, node: n.Display) -> str:
        chain = []
        for each, star in zip(node.items, node.starred, strict=True):
            chain.append(f".chain({as_iterator_argument(self.text(each))})" if star else f".chain([{self.text(each)}])")
        element = node.type.element if isinstance(node.type, t.List | t.Set | t.Sequence) else t.INT
        return f"std::iter::empty::<{self.types.text(element)}>(){''.join(chain)}.collect::<Vec<_>>()"

    def _pairs_as(self: Lowering, value: n.Expression, wanted: t.Dict) -> str:
        """What makes the pairs of a dict those of a wider one: `{**counts, "x": None}`."""
        if not isinstance(value.type, t.Dict) or (value.type.key, value.type.value) == (wanted.key, wanted.value):
            return ""
        texts = []
        for name, have, want in (("key", value.type.key, wanted.key), ("value", value.type.value, wanted.value)):
            variable = n.Variable(name, have, assigned=1, temporary=True)
            self.inline[variable] = Rust(name)
            texts.append(self.text(self.coerced(n.Read(have, value.span, variable), want)))
        return f".map(|(key, value)| ({', '.join(texts)}))"

    def value_dictdisplay(self: Lowering, node: n.DictDisplay) -> Rust:
        assert isinstance(node.type, t.Dict)
        if not node.items:
            return self.wrap_shared(
                f"py::Dict::<{self.types.text(node.type.key)}, {self.types.text(node.type.value)}>::new()", node.type
            )
        if any(key is None for key, _ in node.items):
            chain = []
            for key, value in node.items:
                if key is None:
                    pairs = "" if isinstance(value.type, t.Iterator) else ".pairs()"
                    chain.append(f".chain({self.place(value).at(r.ATOM)}{pairs}{self._pairs_as(value, node.type)})")
                else:
                    chain.append(f".chain([({self.text(key)}, {self.text(value)})])")
            item = f"({self.types.text(node.type.key)}, {self.types.text(node.type.value)})"
            return self.wrap_shared(f"py::Dict::from_pairs(std::iter::empty::<{item}>(){''.join(chain)})", node.type)
        pairs = ", ".join(f"({self.text(key)}, {self.text(value)})" for key, value in node.items if key is not None)
        return self.wrap_shared(f"py::Dict::from_pairs([{pairs}])", node.type)

    def value_walrus(self: Lowering, node: n.Walrus) -> Rust:
        iterates = isinstance(node.variable.type, t.Iterator)
        value = self.boxed_iterator(node.value) if iterates else self.text(node.value)
        name = self.name(node.variable)
        if self.how(node.variable) == "unbound":
            # The comprehension assigns what its own closure reads: rustc sees that nothing reads the first value.
            self.lints.add("unused_assignments")
        stored = self.store_text(node.variable, value)
        return (
            Rust(f"{{ {stored}; {self.value(n.Read(node.variable.type, node.span, node.variable))} }}") if name else Rust(value)
        )

    def value_yield(self: Lowering, node: n.Yield) -> Rust:
        if self.spoken:
            return self._spoken_yield(node)
        if isinstance(node.value, n.Items):
            items = self.text(node.value)
            if items.startswith("(") and closing(items, 0) == len(items):
                items = items[1:-1]
            return Rust(f"for item in {items} {{ giver.give(item).await; }}")
        return Rust(f"giver.give({self.text(node.value)}).await")

    def _spoken_yield(self: Lowering, node: n.Yield) -> Rust:
        """`yield` in a generator that is spoken to: it gives what was sent, or raises what was thrown in."""
        if isinstance(node.value, n.Items):
            asked = "giver.give(item).await"
            given = self.raising(Rust(asked)).text if self.protected else f"{asked}.or_throw()"
            return Rust(f"for item in {self.text(node.value)} {{ let _ = {given}; }}")
        asked = f"giver.delegate({self.ref(node.value)})" if node.delegates else f"giver.give({self.text(node.value)})"
        return self.raising(Rust(f"{asked}.await")) if self.protected else Rust(f"{asked}.await.or_throw()")

    # -- references and places

    def ref(self: Lowering, node: n.Expression) -> Rust:
        """A reference (for a str: something that derefs to `&str`)."""
        match node:
            case n.Constant(value=str() as value):
                return Rust(quoted(value))
            case n.Read(variable=variable):
                if variable in self.inline:
                    return _borrowed(self.inline[variable])
                how = self.how(variable)
                if how in ("ref", "refmut", "refcopy"):
                    if how == "ref" and self.types.copies(variable.type):
                        name = self.name(variable)
                        return Rust(name) if name == "self" else Rust(f"&{name}", r.UNARY)
                    if how == "refmut":
                        return Rust(f"&*{self.name(variable)}", r.UNARY)
                    return Rust(self.name(variable))
                if how == "const" and variable.type == t.STR:
                    return Rust(self.name(variable))
                if how in ("own", "const"):
                    return Rust(f"&{self.name(variable)}", r.UNARY)
            case n.FieldRead() if not self.is_handle(node.owner.type):
                return Rust(f"&{self.place(node).at(r.UNARY)}", r.UNARY)
            case n.FieldRead() if not self.is_changed_array(node.type) and node.type != t.NONE:
                return _borrowed(self._held_field(node))
            case n.TupleItem():
                return Rust(f"&{self.place(node).at(r.UNARY)}", r.UNARY)
            case n.Unwrap() if not self.types.copies(node.type):
                place = self.place(node)
                if place.reference:
                    return place
                return Rust(f"&{place.at(r.UNARY)}", r.UNARY)
            case n.LibraryCall():
                inside = self.library_place(node, "ref")
                if inside is not None:
                    return inside
            case n.Formatted(parts=[part]) if part.value is not None and part.value.type == t.STR:
                if part.conversion in ("", "s") and not part.spec and part.computed_spec is None:
                    return self.ref(part.value)
        return _borrowed(self.value(node))

    def place(self: Lowering, node: n.Expression) -> Rust:
        """Something that a method can be called on, or a field read from, without a copy."""
        match node:
            case n.Read(variable=variable):
                if variable in self.inline:
                    return self.inline[variable]
                if self.how(variable) in ("own", "ref", "refmut", "const", "refcopy"):
                    return Rust(self.name(variable))
            case n.FieldRead(owner=owner) if not self.is_handle(owner.type):
                self.use_member(owner.type, snake(node.name))
                return Rust(f"{self.place(owner).at(r.ATOM)}.{self.field_name(node.name)}")
            case n.FieldRead() if not self.is_changed_array(node.type) and node.type != t.NONE:
                return self._held_field(node)
            case n.TupleItem(owner=owner, index=index):
                return Rust(f"{self.place(owner).at(r.ATOM)}.{index}")
            case n.Unwrap(operand=operand) if not self.types.copies(node.type):
                inside = self.library_place(operand, "ref") if isinstance(operand, n.LibraryCall) else None
                if inside is not None or isinstance(operand, n.Read | n.FieldRead | n.TupleItem):
                    option = inside or self.place(operand)
                    held = self._unwrapped(Rust(f"{option.at(r.ATOM)}.as_ref()"), node)
                    return Rust(held.text, held.level, reference=True)
            case n.Walrus(variable=variable) if self.how(variable) == "own" and not self.types.copies(node.type):
                return Rust(f"{{ {self.store_text(variable, self.text(node.value))}; &{self.name(variable)} }}", reference=True)
            case n.LibraryCall():
                found = self.library_place(node, "ref")
                if found is not None:
                    return found
            case n.Coerce(operand=operand) if {node.type, operand.type} == {t.STR, t.NumpyScalar("str")}:
                return self.place(operand)
            case n.Display() | n.Coerce() if isinstance(node.type, t.List | t.Sequence):
                return Rust(as_array(self.text(node)))
            case n.Constant(value=str() as text):
                return Rust(quoted(text))
            case n.Constant(value=float()) | n.Constant(value=int()) if node.type == t.FLOAT:
                return Rust(f"{self.value(node).text}_f64", self.value(node).level)
            case n.Constant(value=int()) if node.type == t.INT:
                return Rust(f"{self.value(node).text.removesuffix('_i64')}_i64", self.value(node).level)
        return self.value(node)

    def changed(self: Lowering, node: n.Expression) -> Rust:
        """A place whose object is about to be changed, as the receiver of a method or the base of an assignment."""
        bare = _bare(node.type)
        if self.types.is_shared(bare) or self.is_handle(bare) or bare == t.Object("bytearray"):
            return self.place(node)
        if isinstance(bare, t.Iterator) and isinstance(node, n.FieldRead):
            return self.value(node)
        match node:
            case n.Read(variable=variable):
                if variable in self.inline:
                    return self.inline[variable]
                how = self.how(variable)
                if how == "own":
                    if isinstance(bare, t.Iterator) and variable in self.captured_here:
                        # The function has a handle of its own, and asks a copy of it.
                        self.choices.pass_on(variable)
                        return Rust(f"{self.name(variable)}.clone()")
                    self.choices.make_mutable(variable)
                    return Rust(self.name(variable))
                outer = variable.inside
                if outer is not None and how in ("ref", "refmut") and self.how(outer) == "own":
                    self.choices.make_mutable(variable)
                    return Rust(self.name(variable))
                if how == "refmut":
                    return Rust(self.name(variable))
                if how == "ref" and (variable.parameter or (outer is not None and outer.parameter)):
                    if variable in self.closure_parameters:
                        # A closure is lent what it is called with: what it changes is shared.
                        self.choices.share(group_of(variable.type), f"line {node.span.line}")
                    return Rust(self.name(variable))
                if how == "unbound":
                    self.choices.make_mutable(variable)
                    return Rust(f'py::bound_mut(&mut {self.name(variable)}, "{own_name(variable.name)}")')
                group = group_of(variable.type)
                if group and not isinstance(bare, t.Object):
                    self.choices.share(group, f"line {node.span.line}")
                elif how in ("static", "boxed") and isinstance(bare, t.Array | t.Object):
                    self.refuse(
                        node,
                        "BAT104",
                        f"`{variable.name}` is changed in place by a function that does not own it",
                        "Pass it as an argument and return it.",
                    )
                return Rust(self.name(variable))
            case n.FieldRead(owner=owner):
                self.use_member(owner.type, snake(node.name))
                if self.is_handle(owner.type):
                    if isinstance(bare, t.Array):
                        # The getter would give a copy. The borrow ends with the statement, before which all arguments are evaluated.
                        home = self.place(owner).at(r.ATOM)
                        stored = f"{home}.0.borrow_mut().{self.field_name(node.name)}"
                        cls = self.classes[self.root_of(owner.type.name)] if isinstance(owner.type, t.Instance) else None
                        if cls is None or snake(node.name) not in self.slots(cls):
                            return Rust(stored)
                        self.use_member(owner.type, "class_name")
                        asked = f'attribute({home}.class_name(), "{node.name}", {stored}.as_mut())'
                        return self.raising(Rust(f"py::try_{asked}")) if self.protected else Rust(f"py::{asked}")
                    group = group_of(node.type)
                    if group and not isinstance(bare, t.Object):
                        self.choices.share(group, f"line {node.span.line}")
                    return self.value(node)
                return Rust(f"{self.changed(owner).at(r.ATOM)}.{self.field_name(node.name)}")
            case n.TupleItem(owner=owner, index=index):
                return Rust(f"{self.changed(owner).at(r.ATOM)}.{index}")
            case n.Unwrap(operand=operand):
                option = self.changed(operand)
                held = self._unwrapped(Rust(f"{option.at(r.ATOM)}.as_mut()"), node)
                return Rust(held.text, held.level, reference=True)
            case n.LibraryCall():
                found = self.library_place(node, "mut")
                if found is not None:
                    return found
                if node.entry is not None and node.entry.aliases:
                    return self.value(node)
                group = group_of(node.type)
                if group and isinstance(node.entry and node.entry.name, str) and node.entry.name.startswith("operator.getitem"):
                    self.choices.share(group, f"line {node.span.line}")
            case n.Coerce():
                # A converted container is a copy: a change would be lost.
                self.refuse(
                    node,
                    "BAT202",
                    f"this {t.show(node.operand.type)} is changed as if it were {t.show(node.type)}",
                    "Give the variable one type with a hint.",
                )
        return self.value(node)

    def is_handle(self: Lowering, type_: t.Type) -> bool:
        """Whether instances of this class are handles to shared data."""
        return isinstance(type_, t.Instance) and type_.group in self.types.shared and type_.name not in self.types.enums

    def field_name(self: Lowering, name: str) -> str:
        """A field in Rust."""
        return snake(name)


def _borrowed(value: Rust) -> Rust:
    """A reference to a value; a literal text is one already."""
    literal = value.text.removesuffix(".to_string()")
    if literal != value.text and re.fullmatch(r'"(?:[^"\\]|\\.)*"', literal, re.DOTALL):
        return Rust(literal)
    return Rust(f"&{value.at(r.UNARY)}", r.UNARY)


def _bare(type_: t.Type) -> t.Type:
    return type_.inner if isinstance(type_, t.Optional) else type_


def _plain(type_: t.Type) -> t.Type:
    if isinstance(type_, t.NumpyScalar):
        return {"float64": t.FLOAT, "int64": t.INT, "bool": t.BOOL, "str": t.STR}.get(type_.dtype, type_)
    return type_


__all__ = ["Any", "ExpressionLowering", "root_variable"]
