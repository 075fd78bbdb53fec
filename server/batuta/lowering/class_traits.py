"""What the classes of a program can do in Rust beside their own methods: text, equality, order, being raised; and enums."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import SEPARATOR, home_of, own_name
from batuta.lowering.calls import keeps_arguments, message_field
from batuta.lowering.lints import is_acronym, names_alike
from batuta.lowering.rust_text import quoted
from batuta.lowering.rust_types import camel, snake, upper

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

_UNHASHED = "functions or objects"
OPERATOR_TRAITS = {"__lt__": "lt", "__le__": "le", "__gt__": "gt", "__ge__": "ge"}


class ClassTraitLowering:
    """The part of the lowering that prints traits of classes, and enums."""

    def _special(self: Lowering, cls: n.Class, key: str) -> n.Function | None:
        for methods in cls.methods.values():
            if key in methods:
                return methods[key][0]
        return None

    def _special_call(self: Lowering, cls: n.Class, key: str) -> str:
        """The name under which a special method of a family is called."""
        function = self._special(cls, key)
        assert function is not None
        return self.method_name(function, function.owner, True)

    def _traits(self: Lowering, cls: n.Class, name: str, handle: bool, family: bool) -> None:
        shown, told = self._special(cls, "__repr__"), self._special(cls, "__str__")
        self.emit("")
        if shown is None and told is None and not cls.exception and not cls.declared:
            self.use_member(t.Instance(cls.name), "class_name")
            self.emit(f"py::shown_by_address!({'' if handle else 'struct '}{name});")
        else:
            self._text_trait(cls, name, handle, family)
        self._equality(cls, name, handle, family)
        self._order_trait(cls, name, handle)
        self._truth_trait(cls, name)
        if cls.exception:
            self._exception_trait(cls, name)
        self.copy_traits(cls, name, handle)
        if cls.in_values:
            self._object_trait(cls, name)
        if handle and self._is_compared_by_identity(cls) and not self.by_identity(cls):
            self.emit("")
            self.emit(f"impl py::Identity for {name} {{")
            self.emit("    fn is(&self, other: &Self) -> bool {")
            self.emit("        self.same(other)")
            self.emit("    }")
            self.emit("}")

    def _truth_trait(self: Lowering, cls: n.Class, name: str) -> None:
        for key, test in (("__bool__", ""), ("__len__", " != 0")):
            if self._special(cls, key) is not None:
                self.emit("")
                self.emit(f"impl py::Truth for {name} {{")
                self.emit("    fn truth(&self) -> bool {")
                self._trait_body(cls, key, "true", test)
                self.emit("    }")
                self.emit("}")
                break

    def by_identity(self: Lowering, cls: n.Class) -> bool:
        """Whether objects of a class are equal only to themselves, and keys as such."""
        told = (cls.dataclass and cls.compared) or cls.named_tuple or self._special(cls, "__eq__") is not None
        return self.is_handle_name(cls.name) and not told and self._special(cls, "__hash__") is None and self._is_key(cls)

    def _not_ordered(self: Lowering, cls: n.Class, name: str) -> None:
        """That objects have no order, as the traits of tuples ask for it."""
        shown = own_name(cls.name)
        self.emit(f"py::not_ordered!({name}{'' if shown == name else f', {quoted(shown)}'});")

    def _order_trait(self: Lowering, cls: n.Class, name: str, handle: bool) -> None:
        if any(self._special(cls, key) is not None for key in OPERATOR_TRAITS):
            self._ordering(cls, name, handle)
        elif cls.ordered or cls.named_tuple:
            self._field_ordering(cls, name, handle)
        elif handle or self._special(cls, "__eq__") is not None or (cls.dataclass and cls.compared):
            self._not_ordered(cls, name)

    def _text_trait(self: Lowering, cls: n.Class, name: str, handle: bool, family: bool) -> None:
        this = "self.0.borrow()" if handle else "self"
        shown, told = self._special(cls, "__repr__"), self._special(cls, "__str__")
        self.emit(f"impl Text for {name} {{")
        if told is not None:
            self.emit("    fn str_text(&self) -> String {")
            # An exception without a `__str__` of its own shows what it was made of, whatever its repr is.
            self._trait_body(cls, "__str__", f"{this}.{message_field(cls)}.clone()" if cls.exception else "self.repr_text()")
            self.emit("    }")
        elif cls.exception:
            self.emit("    fn str_text(&self) -> String {")
            self.emit(f"        {this}.{message_field(cls)}.clone()")
            self.emit("    }")
        self.emit("    fn repr_text(&self) -> String {")
        if shown is not None and self._generated_members(cls, cls.texts):
            self._own_or_generated_repr(cls, handle, this)
        elif shown is not None and not cls.declared and not cls.exception:
            address = "py::address(&self.0)" if handle else "std::ptr::from_ref(self) as usize"
            self._trait_body(cls, "__repr__", f"py::object_text(self.class_name(), {address})")
        elif shown is not None and self._covers(cls, "__repr__") and not cls.exception:
            self.emit(f"        {self._trait_call(cls, '__repr__')}")
        elif cls.exception:
            text = f"py::exception_text(self.class_name(), &{this}.{message_field(cls)})"
            if keeps_arguments(cls):
                text = f'format!("{{}}({{}})", self.class_name(), {this}.exception_state.arguments_text())'
            if shown is None:
                self.emit(f"        {text}")
            else:
                self._trait_body(cls, "__repr__", text)
        elif cls.declared:
            self._generated_repr(cls, family, handle, this)
        else:
            self.emit(
                f"        py::object_text(self.class_name(), {'py::address(&self.0)' if handle else 'std::ptr::from_ref(self) as usize'})"
            )
        self.emit("    }")
        self.emit("}")

    def _object_trait(self: Lowering, cls: n.Class, name: str) -> None:
        """What a value can do with an object of the class without knowing it."""
        enum = cls.enum is not None
        ordered = any(self._special(cls, key) is not None for key in OPERATOR_TRAITS) or (
            not enum and (cls.ordered or cls.named_tuple)
        )
        abilities: list[str] = []
        bodies: list[tuple[str, str]] = []
        self.use_member(t.Instance(cls.name), "class_name")
        if not enum:
            self.use_member(t.Instance(cls.name), "same")
        own = self._special(cls, "__eq__")
        if (
            own is not None
            and len(own.parameters) > 1
            and own.parameters[1].type == t.VALUE
            and not self._lacking(cls, "__eq__")
        ):
            argument = {"ref": "other", "own": "other.clone()"}.get(
                self.parameter_mode(own.parameters[1]), "&mut other.clone()"
            )
            bodies.append(
                ("equal_to(&self, other: &py::Value) -> bool", f"self.{self._special_call(cls, '__eq__')}({argument})")
            )
        elif cls.named_tuple:
            items = ", ".join(f"py::Value::from(self.{snake(each)}())" for each in cls.fields)
            bodies.append(("equal_to(&self, other: &py::Value) -> bool", f"py::same_items(vec![{items}], other)"))
        elif not enum and not self.by_identity(cls):
            abilities.append("equality")
        if ordered:
            abilities.append("order")
        if enum or self._is_key(cls):
            abilities.append("hash")
        if any(self._special(cls, key) is not None for key in ("__bool__", "__len__")):
            abilities.append("truth")
        if self._special(cls, "__len__") is not None and not self._lacking(cls, "__len__"):
            bodies.append(("length_of(&self) -> Option<i64>", f"Some({self._trait_call(cls, '__len__')})"))
        if cls.deeply_copied:
            bodies.append(
                ("deep_copy_of(&self) -> Option<py::Value>", "Some(py::Value::object(py::DeepCopy::deep_copy(self)))")
            )
        if cls.named_tuple:
            items = ", ".join(f"py::Value::from(self.{snake(each)}())" for each in cls.fields)
            bodies.append(("items_of(&self) -> Option<Vec<py::Value>>", f"Some(vec![{items}])"))
        self.emit("")
        head = f"{'enum ' if enum else ''}{name}{': ' if abilities else ''}{', '.join(abilities)}"
        if not bodies:
            self.emit(f"py::among_values!({head});")
            return
        self.emit(f"py::among_values!({head} {{")
        for signature, body in bodies:
            self.emit(f"    fn {signature} {{")
            self.emit(f"        {body}")
            self.emit("    }")
        self.emit("});")

    def _is_key(self: Lowering, cls: n.Class) -> bool:
        """Whether objects of the class can be keys."""
        if self._special(cls, "__hash__") is not None or cls.named_tuple:
            return True
        if cls.dataclass:
            # Where only some of a family have a hash, none of them is said to have one.
            some = cls.name not in cls.declared and any(
                isinstance(part, t.List | t.Dict | t.Deque) or (isinstance(part, t.Set) and not part.frozen)
                for each in cls.compares
                if each in cls.fields
                for part in t.parts(cls.fields[each])
            )
            return (cls.frozen or cls.hashed) and not some
        return self.is_handle_name(cls.name) and self._special(cls, "__eq__") is None

    @staticmethod
    def _compared(cls: n.Class) -> list[str]:
        """The fields that generated comparisons look at and that the program gives a value."""
        return [each for each in cls.compares if each in cls.fields and not _holds_functions(cls.fields[each])]

    def _for_each_kind(self: Lowering, cls: n.Class, form: Callable[[list[str]], str]) -> str:
        """An expression over the compared fields; a `match` where the classes of the family compare different ones."""
        by_member = {
            member: [each for each in self._compared(cls) if each in cls.declared.get(member, [])]
            for member in cls.members
            if member in cls.declared
        }
        if len({tuple(each) for each in by_member.values()}) <= 1:
            return form(self._compared(cls))
        arms = [f"{camel(cls.name)}Kind::{camel(member)} => {form(names)}" for member, names in by_member.items()]
        if len(by_member) < len(cls.members):
            arms.append(f"_ => {form([])}")
        return f"match self.kind() {{ {', '.join(arms)} }}"

    def _covers(self: Lowering, cls: n.Class, key: str) -> bool:
        return any(key in methods for methods in cls.methods.values())

    def _trait_call(self: Lowering, cls: n.Class, key: str) -> str:
        function = self._special(cls, key)
        assert function is not None
        receiver = "self"
        if self.self_mode(function) == "refmut":
            receiver = "self.clone()"
        return f"{receiver}.{self._special_call(cls, key)}()"

    def _is_compared_by_identity(self: Lowering, cls: n.Class) -> bool:
        """Whether the program asks `is` of objects of the class that may be None."""
        return cls.name in self.survey.compared_by_identity

    def _lacking(self: Lowering, cls: n.Class, key: str) -> str:
        """The kinds of the family whose classes neither define nor inherit a special method, as a pattern."""
        found = []
        for member in cls.members:
            current: str | None = member
            while current is not None and key not in cls.methods.get(current, {}):
                current = cls.parents.get(current)
            if current is None and (member in cls.constructed or member == cls.members[0]):
                found.append(f"{camel(cls.name)}Kind::{camel(member)}")
        constructed = any(each.rpartition("::")[2] in {camel(x) for x in cls.constructed} for each in found)
        return " | ".join(found) if constructed else ""

    def _trait_body(self: Lowering, cls: n.Class, key: str, otherwise: str, test: str = "") -> None:
        """A special method of the program as the body of a trait's method; classes that have none do as `object` does."""
        lacking = self._lacking(cls, key)
        call = f"{self._trait_call(cls, key)}{test}"
        if not lacking:
            self.emit(f"        {call}")
            return
        self.emit(f"        if matches!(self.kind(), {lacking}) {{")
        self.emit(f"            return {otherwise};")
        self.emit("        }")
        self.emit(f"        {call}")

    def _generated_repr(self: Lowering, cls: n.Class, family: bool, handle: bool, this: str) -> None:
        members = cls.members if family else [cls.name]
        if family:
            self.emit("        match self.kind() {")
        for member in members:
            text = self._generated_text(cls, member, handle, this)
            if family:
                self.emit(f"            {camel(cls.name)}Kind::{camel(member)} => {text},")
            else:
                self.emit(f"        {text}")
        if family:
            self.emit("        }")

    def _generated_text(self: Lowering, cls: n.Class, member: str, handle: bool, this: str) -> str:
        """What the generated `__repr__` of a class gives, or that of every object."""
        names, shown = cls.texts.get(member, cls.shown.get(member, [])), own_name(member)
        if names is None:
            address = "py::address(&self.0)" if handle else "std::ptr::from_ref(self) as usize"
            return f"py::object_text(self.class_name(), {address})"
        parts = []
        for each in names:
            if each not in cls.fields:
                continue
            if _holds_functions(cls.fields[each]):
                # Python shows their addresses, which nobody can expect.
                parts.append('"<functions>"')
                continue
            type_, reference = cls.fields[each], f"&{this}.{snake(each)}"
            if handle and snake(each) in self.slots(cls) and not isinstance(type_, t.Optional):
                # Other members of the family lack the field; an object that is shown has it.
                type_ = t.Optional(type_)
            parts.append(self.shaped_text(type_, reference, True))
        hole = ", ".join(f"{each}={{}}" for each in names if each in cls.fields)
        return f'format!("{shown}({hole})"{"".join(", " + part for part in parts)})' if parts else f'"{shown}()".to_string()'

    @staticmethod
    def _generated_members(cls: n.Class, generated: dict[str, list[str] | None]) -> list[str]:
        """The members that have the fields of a dataclass to show or compare, in a family where others have a method of the program."""
        return [each for each in cls.members if generated.get(each) is not None and each in cls.constructed]

    def _own_or_generated_repr(self: Lowering, cls: n.Class, handle: bool, this: str) -> None:
        self.emit("        match self.kind() {")
        for member in cls.members:
            if member in cls.texts and member in cls.constructed:
                text = self._generated_text(cls, member, handle, this)
                self.emit(f"            {camel(cls.name)}Kind::{camel(member)} => {text},")
        self.emit(f"            _ => {self._trait_call(cls, '__repr__')},")
        self.emit("        }")

    def _equal_fields(self: Lowering, cls: n.Class, names: list[str] | None, handle: bool) -> str:
        """Whether the fields of two objects of one class are equal; without fields to compare, whether they are one object."""
        if names is None:
            return "self.same(other)" if handle else "std::ptr::eq(self, other)"
        equal = "self.{0}() == other.{0}()" if handle else "self.{0} == other.{0}"
        return " && ".join(equal.format(snake(each)) for each in names if each in self._compared(cls)) or "true"

    def _generated_equality(self: Lowering, cls: n.Class, handle: bool, otherwise: str = "") -> str:
        """The comparison of each class of a family that the program does not write, as a `match` where they differ."""
        made: dict[str, list[str]] = {}
        for member in cls.members:
            if member in cls.equality and (member in cls.constructed or not otherwise):
                made.setdefault(self._equal_fields(cls, cls.equality[member], handle), []).append(member)
        constructed = {text for text, members in made.items() if set(members) & cls.constructed}
        if not otherwise and len(constructed or made) == 1:
            return next(iter(constructed or made))
        kind = f"{camel(cls.name)}Kind"
        same = "" if not otherwise else "self.kind() == other.kind() && "
        arms = [
            f"{' | '.join(f'{kind}::{camel(each)}' for each in members)} => {text if text.endswith('(other)') else same + text}"
            for text, members in made.items()
        ]
        if otherwise:
            arms.append(f"_ => {otherwise}")
        return f"match self.kind() {{ {', '.join(arms)} }}"

    def derived_comparisons(self: Lowering, cls: n.Class) -> list[str]:
        """The traits that Rust can derive: comparisons of all fields in their order, as a dataclass or a named tuple has them."""
        plain = (cls.dataclass and cls.compared) or cls.named_tuple
        if not plain or cls.exception or len(cls.members) > 1 or self._special(cls, "__eq__") is not None:
            return []
        if not cls.fields or cls.compares != list(cls.fields) or any(_holds_functions(each) for each in cls.fields.values()):
            return []
        if self.is_handle_name(cls.name) and (
            self.slots(cls) or any(not _is_plain_data(part) for each in cls.fields.values() for part in t.parts(each))
        ):
            # A comparison may run code of the program, which may change the object while it is borrowed.
            return []
        ordered = (cls.ordered or cls.named_tuple) and not any(self._special(cls, key) is not None for key in OPERATOR_TRAITS)
        return ["PartialEq", "PartialOrd"] if ordered else ["PartialEq"]

    def _equality(self: Lowering, cls: n.Class, name: str, handle: bool, family: bool) -> None:
        own = self._special(cls, "__eq__")
        if "PartialEq" in self.derived_comparisons(cls) and not handle:
            for each in cls.compares:
                self._needs_identity(cls.fields[each])
            self._key_trait(cls, name, handle)
            return
        self.emit("")
        if self.by_identity(cls):
            self.emit(f"py::by_identity!({name});")
            return
        if own is not None:
            self.emit(f"impl PartialEq for {name} {{")
            self.emit("    fn eq(&self, other: &Self) -> bool {")
            mode = self.parameter_mode(own.parameters[1]) if len(own.parameters) > 1 else "ref"
            if len(own.parameters) > 1 and own.parameters[1].type == t.VALUE:
                self.emit("        let other = &py::Value::from(other.clone());")
            argument = {"ref": "other", "own": "other.clone()"}.get(mode, "&mut other.clone()")
            call = f"self.{self._special_call(cls, '__eq__')}({argument})"
            lacking = self._lacking(cls, "__eq__")
            if self._generated_members(cls, cls.equality):
                self.emit(f"        {self._generated_equality(cls, handle, call)}")
            elif lacking and handle:
                self.emit(f"        if matches!(self.kind(), {lacking}) {{")
                self.emit("            return self.same(other);")
                self.emit("        }")
                self.emit(f"        {call}")
            else:
                self.emit(f"        {call}")
            self.emit("    }")
            self.emit("}")
        elif (cls.dataclass and cls.compared) or cls.named_tuple:
            for each in cls.compares:
                if each in cls.fields:
                    self._needs_identity(cls.fields[each])
            self.emit(f"impl PartialEq for {name} {{")
            self.emit("    fn eq(&self, other: &Self) -> bool {")
            tests = ["self.kind() == other.kind()"] if family else []
            if self.derived_comparisons(cls):
                tests.append("*self.0.borrow() == *other.0.borrow()")
            else:
                tests.append(self._generated_equality(cls, handle))
            text = " && ".join(each for each in tests if each != "true") or "true"
            if any(_holds_functions(cls.fields[each]) for each in cls.compares if each in cls.fields):
                # Two functions are equal when they are one; a closure does not know.
                text += ' && py::unsupported("objects that hold functions are compared")'
            self.emit(f"        {text}")
            self.emit("    }")
            self.emit("}")
        elif handle:
            self.emit(f"impl PartialEq for {name} {{")
            self.emit("    fn eq(&self, other: &Self) -> bool {")
            self.emit("        self.same(other)")
            self.emit("    }")
            self.emit("}")
        self._key_trait(cls, name, handle)

    def _key_trait(self: Lowering, cls: n.Class, name: str, handle: bool) -> None:
        hashed = self._special(cls, "__hash__")
        if self._is_key(cls):
            self.emit("")
            self.emit(f"impl py::Key for {name} {{")
            self.emit("    fn hash_value(&self) -> i64 {")
            if hashed is not None:
                self.emit(f"        self.{self._special_call(cls, '__hash__')}()")
            elif (unhashable := self._unhashable_field(cls)) is not None:
                self.emit(f"        {unhashable}")
            elif ((cls.frozen or cls.hashed) and cls.dataclass) or cls.named_tuple:
                call = "()" if handle else ""
                hashed_fields = self._for_each_kind(
                    cls,
                    lambda names: (
                        f"py::hash_sequence([{', '.join(f'self.{snake(each)}{call}.hash_value()' for each in names if cls.fields.get(each) != t.NONE)}])"
                    ),
                )
                self.emit(f"        {hashed_fields}")
            else:
                self.emit("        py::identity_hash(&self.0)")
            self.emit("    }")
            self.emit("    fn same_key(&self, other: &Self) -> bool {")
            self.emit("        self == other")
            self.emit("    }")
            self.emit("}")

    def _unhashable_field(self: Lowering, cls: n.Class) -> str | None:
        """What the hash of an object ends with whose fields have none: Python makes the class, and refuses its objects as keys."""
        if not cls.named_tuple and not ((cls.frozen or cls.hashed) and cls.dataclass):
            return None
        for each in cls.compares:
            found = self._unhashable(cls.fields[each]) if each in cls.fields else ""
            if found == _UNHASHED:
                return f'py::unsupported("an object that holds {_UNHASHED} is hashed")'
            if found:
                return f'py::throw(py::Exception::new("TypeError", "unhashable type: \'{found}\'"))'
        return None

    def _unhashable(self: Lowering, type_: t.Type) -> str:
        """The name of what in a value has no hash; empty where all has one."""
        match type_:
            case t.List():
                return "list"
            case t.Set(frozen=False):
                return "set"
            case t.Deque():
                return "collections.deque"
            case t.Dict(kind=kind):
                return kind if kind in ("dict", "Counter") else f"collections.{kind}"
            case t.Array():
                return "numpy.ndarray"
            case t.Callable():
                return _UNHASHED
            case t.Tuple() | t.Sequence() | t.Optional():
                return next((found for each in t.children(type_) if (found := self._unhashable(each))), "")
            case t.Instance(name) if name in self.classes and self.classes[name].enum is None:
                cls = self.classes[name]
                if self._is_key(cls):
                    return ""
                # Objects that are told apart by what they are have no form for it here.
                told = cls.dataclass or self._special(cls, "__eq__") is not None
                return own_name(name) if told else _UNHASHED
        return ""

    def _ordering(self: Lowering, cls: n.Class, name: str, handle: bool) -> None:
        less = self._special(cls, "__lt__") or self._special(cls, "__le__")
        more = self._special(cls, "__gt__") or self._special(cls, "__ge__")
        function = less or more
        assert function is not None
        if self._special(cls, "__eq__") is None and not handle and not (cls.dataclass or cls.named_tuple):
            self.emit(f"impl PartialEq for {name} {{")
            self.emit("    fn eq(&self, _other: &Self) -> bool {")
            self.emit("        false")
            self.emit("    }")
            self.emit("}")
        call = self.method_name(function, function.owner, True)
        mode = self.parameter_mode(function.parameters[1])

        copied = "*{}" if cls.enum is not None else "{}.clone()"

        def against(one: str, other: str) -> str:
            argument = {"ref": other, "own": copied.format(other)}.get(mode, f"&mut {other}.clone()")
            return f"{one}.{call}({argument})"

        first, second = ("self", "other") if less is not None else ("other", "self")
        self.emit("")
        self.emit(f"impl PartialOrd for {name} {{")
        self.emit("    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {")
        self.emit(f"        if {against(first, second)} {{")
        self.emit("            Some(std::cmp::Ordering::Less)")
        self.emit(f"        }} else if {against(second, first)} {{")
        self.emit("            Some(std::cmp::Ordering::Greater)")
        self.emit("        } else {")
        self.emit("            Some(std::cmp::Ordering::Equal)")
        self.emit("        }")
        self.emit("    }")
        for key, operator in (("__lt__", "lt"), ("__le__", "le"), ("__gt__", "gt"), ("__ge__", "ge")):
            defined = self._special(cls, key)
            if defined is not None:
                own_mode = self.parameter_mode(defined.parameters[1])
                argument = {"ref": "other", "own": copied.format("other")}.get(own_mode, "&mut other.clone()")
                self.emit(f"    fn {operator}(&self, other: &Self) -> bool {{")
                self.emit(f"        {name}::{self.method_name(defined, defined.owner, True)}(self, {argument})")
                self.emit("    }")
        self.emit("}")

    def _field_ordering(self: Lowering, cls: n.Class, name: str, handle: bool) -> None:
        derived = "PartialOrd" in self.derived_comparisons(cls)
        if derived and not handle:
            return
        self.emit("")
        self.emit(f"impl PartialOrd for {name} {{")
        self.emit("    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {")
        suffix = "()" if handle else ""
        compared = self._compared(cls)
        if derived:
            self.emit("        self.0.borrow().partial_cmp(&other.0.borrow())")
            self.emit("    }")
            self.emit("}")
            return
        if not compared:
            self.emit("        Some(std::cmp::Ordering::Equal)")
            self.emit("    }")
            self.emit("}")
            return
        one = ", ".join(f"&self.{snake(each)}{suffix}" for each in compared)
        two = ", ".join(f"&other.{snake(each)}{suffix}" for each in compared)
        self.emit(f"        ({one},).partial_cmp(&({two},))")
        self.emit("    }")
        self.emit("}")

    def _exception_trait(self: Lowering, cls: n.Class, name: str) -> None:
        self.use_member(t.Instance(cls.name), "class_name")
        self.emit("")
        self.emit(f"impl UserException for {name} {{")
        self.emit("    fn class_name(&self) -> &'static str {")
        self.emit(f"        {name}::class_name(self)")
        self.emit("    }")
        self._exception_module(cls, name)
        self.emit("    fn bases(&self) -> &'static [&'static str] {")
        if len(cls.members) > 1:
            self.emit("        match self.kind() {")
            for member in cls.members:
                self.emit(f"            {name}Kind::{camel(member)} => &[{self._base_names(cls, member)}],")
            self.emit("        }")
        else:
            self.emit(f"        &[{self._base_names(cls, cls.name)}]")
        self.emit("    }")
        self.emit("    fn message(&self) -> String {")
        self.emit("        self.str_text()")
        self.emit("    }")
        if any(self._special(cls, each) is not None for each in ("__str__", "__repr__")):
            self.emit("    fn own_repr(&self) -> Option<String> {")
            self.emit("        Some(self.repr_text())")
            self.emit("    }")
        if keeps_arguments(cls):
            this = "self.0.borrow()" if self.is_handle_name(cls.name) else "self"
            self.emit("    fn state(&self) -> py::ExceptionState {")
            self.emit(f"        {this}.exception_state.clone()")
            self.emit("    }")
            self.emit("    fn arguments_text(&self) -> String {")
            self.emit(f"        {this}.exception_state.arguments_text()")
            self.emit("    }")
        self.emit("}")

    def _exception_module(self: Lowering, cls: n.Class, name: str) -> None:
        """What a traceback shows before the class's name, where the class is not in the program's own file."""
        shown = {member: home_of(member).replace(SEPARATOR, ".") for member in cls.members}
        if not any(shown.values()):
            return
        self.emit("    fn module(&self) -> &'static str {")
        if len(cls.members) > 1:
            self.emit("        match self.kind() {")
            for member, module in shown.items():
                self.emit(f"            {name}Kind::{camel(member)} => {quoted(module and f'{module}.')},")
            self.emit("        }")
        else:
            self.emit(f"        {quoted(shown[cls.name] + '.')}")
        self.emit("    }")

    def _base_names(self: Lowering, cls: n.Class, member: str) -> str:
        names = []
        current = cls.parents.get(member)
        while current is not None:
            names.append(current)
            current = cls.parents.get(current)
        own = cls.builtin_bases.get(member)
        names += [own] if own is not None else []
        names.append(cls.exception)
        return ", ".join(quoted(own_name(each)) for each in names)

    def enum_items(self: Lowering, cls: n.Class) -> None:
        """An Enum class."""
        assert cls.enum is not None
        name = camel(cls.name)
        self.document(cls.doc)
        if is_acronym(name):
            self.lints.add("clippy::upper_case_acronyms")
        if names_alike(name, [camel(member.lower()) for member, _ in cls.enum]):
            self.emit("#[allow(clippy::enum_variant_names)]")
        self.emit("#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]")
        self.emit(f"pub enum {name} {{")
        numbers = _numbers(cls.enum)
        for index, (member, _) in enumerate(cls.enum):
            if index == 0:
                self.emit("    #[default]")
            variant = camel(member.lower())
            number = f" = {numbers[index]}" if numbers else ""
            mention = rf"\b{re.escape(name)}::{variant}\b(?! =>)"
            self.helper(cls, variant, [f"    {variant}{number},"], field=True, mention=mention)
        self.emit("}")
        self.emit("")
        self.emit(f"impl {name} {{")
        self.depth += 1
        listed = ", ".join(f"{name}::{camel(member.lower())}" for member, _ in cls.enum)
        self.helper(cls, "MEMBERS", [f"pub const MEMBERS: [{name}; {len(cls.enum)}] = [{listed}];"], mention="::MEMBERS")
        arms = [f"        {name}::{camel(member.lower())} => {quoted(member)}," for member, _ in cls.enum]
        head = ["", "pub fn name(&self) -> String {", "    let name = match self {"]
        self.helper(cls, "name", [*head, *arms, "    };", "    name.to_string()", "}"])
        values = [value for _, value in cls.enum]
        type_: t.Type = t.INT
        if any(each is not None for each in values):
            type_ = next(each.type for each in values if each is not None)
        rust = self.types.text(type_)
        arms = []
        for index, (member, value) in enumerate(cls.enum):
            text = str(index + 1) if value is None else self.text(value)
            arms.append(f"        {name}::{camel(member.lower())} => {text},")
        found_value = ["    *self as i64"] if numbers else ["    match self {", *arms, "    }"]
        self.helper(cls, "value", ["", f"pub fn value(&self) -> {rust} {{", *found_value, "}"])
        parameter = rust if self.types.copies(type_) else ("&str" if type_ == t.STR else f"&{rust}")
        reference = f"&{rust}" if self.types.copies(type_) else parameter
        missing = f'py::Exception::new("ValueError", format!("{{}} is not a valid {own_name(cls.name)}", py::repr(value)))'
        by_value = [
            "",
            f"pub fn try_from_value(value: {reference}) -> Result<Self, py::Exception> {{",
            "    Self::MEMBERS.into_iter().find(|each| each.value() == *value).ok_or_else(|| {",
            f"        {missing}",
            "    })",
            "}",
        ]
        self.helper(cls, "try_from_value", by_value)
        found = "Self::MEMBERS.into_iter().find(|each| each.name() == name)"
        by_name = [
            "",
            "pub fn try_from_name(name: &str) -> Result<Self, py::Exception> {",
            f'    {found}.ok_or_else(|| py::Exception::of("KeyError", &[&name]))',
            "}",
        ]
        self.helper(cls, "try_from_name", by_name)
        self.helper(
            cls, "class_name", ["", "pub fn class_name(&self) -> &'static str {", f"    {quoted(own_name(cls.name))}", "}"]
        )
        for methods in cls.methods.values():
            for versions in methods.values():
                for each in versions:
                    self.emit("")
                    self.function_item(each)
        self.depth -= 1
        self.emit("}")
        self.emit("")
        shown = own_name(cls.name)
        if self._special(cls, "__str__") is None and self._special(cls, "__repr__") is None and not cls.shows_value:
            for member in ("name", "value"):
                self.use_member(t.Instance(cls.name), member)
            self.emit(f"py::enum_members!({name}{'' if shown == name else f', {quoted(shown)}'});")
        else:
            self._enum_text(cls, name)
            self.emit(f"py::enum_keys!({name});")
        self._truth_trait(cls, name)
        if cls.mixin:
            self.emit("")
            self.emit(f"impl PartialOrd for {name} {{")
            self.emit("    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {")
            self.emit("        self.value().partial_cmp(&other.value())")
            self.emit("    }")
            self.emit("}")
        self.copy_traits(cls, name, False)
        if cls.in_values:
            self._object_trait(cls, name)
        for key in OPERATOR_TRAITS:
            if self._special(cls, key) is not None and not cls.mixin:
                self._ordering(cls, name, True)
                break
        else:
            if not cls.mixin:
                self._not_ordered(cls, name)

    def _enum_text(self: Lowering, cls: n.Class, name: str) -> None:
        self.emit(f"impl Text for {name} {{")
        self.emit("    fn str_text(&self) -> String {")
        if self._special(cls, "__str__") is not None:
            self.emit(f"        {self._trait_call(cls, '__str__')}")
        elif cls.shows_value:
            self.emit("        py::str(&self.value())")
        else:
            self.emit(f'        format!("{own_name(cls.name)}.{{}}", self.name())')
        self.emit("    }")
        self.emit("    fn repr_text(&self) -> String {")
        if self._special(cls, "__repr__") is not None:
            self.emit(f"        {self._trait_call(cls, '__repr__')}")
        else:
            self.emit(f'        format!("<{own_name(cls.name)}.{{}}: {{}}>", self.name(), py::repr(&self.value()))')
        self.emit("    }")
        self.emit("}")

    def class_constants(self: Lowering, cls: n.Class) -> None:
        """Class-level attributes: constants, or thread-local values where the program changes them."""
        for key, (type_, value) in cls.constants.items():
            class_name, _, name = key.partition(".")
            label = f"{upper(class_name)}_{upper(name)}"
            visibility = "pub " if self.home else ""
            if key in self.static_constants:
                continue
            if type_ == t.STR and isinstance(value, n.Constant):
                self.emit(f"{visibility}const {label}: &str = {quoted(value.value)};")
            else:
                self.emit(f"{visibility}const {label}: {self.types.text(type_)} = {self.text(value)};")


def _numbers(members: list[tuple[str, n.Expression | None]]) -> list[int]:
    """The values of the members of an Enum class where all are whole numbers, which Rust's own enums can have; empty elsewhere."""
    found = [
        index + 1 if value is None else value.value if isinstance(value, n.Constant) else None
        for index, (_, value) in enumerate(members)
    ]
    numbers = [each for each in found if type(each) is int and abs(each) < 2**31]
    return numbers if len(numbers) == len(found) == len(set(numbers)) else []


def _is_plain_data(type_: t.Type) -> bool:
    """Whether comparing values of a type runs no code of the program. The parts of the type are asked for by themselves."""
    return isinstance(type_, t.Scalar | t.List | t.Tuple | t.Dict | t.Set | t.Optional) and type_ != t.VALUE


def _holds_functions(type_: t.Type) -> bool:
    """Whether a value holds functions, which have no text of their own and are equal only to themselves."""
    return isinstance(type_, t.Callable) or any(_holds_functions(each) for each in t.children(type_))
