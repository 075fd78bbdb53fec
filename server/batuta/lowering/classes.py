"""Classes in Rust: names, structs, constructors, fields, and the choice between the methods of a family."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.ir.spans import Span
from batuta.ir.walk import walk
from batuta.lowering.calls import keeps_arguments, message_field, state_taker
from batuta.lowering.instances import Instance
from batuta.lowering.lints import MOST_PARAMETERS, is_acronym, names_alike
from batuta.lowering.liveness import Liveness
from batuta.lowering.rust_text import quoted
from batuta.lowering.rust_types import camel, setter, snake
from batuta.lowering.unused import Helper

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


class ClassLowering:
    """The part of the lowering that prints classes."""

    span: Span | None
    """Where in the Python text the lines that are printed now come from."""

    def root_of(self: Lowering, class_name: str) -> str:
        """The root of a class's family."""
        return self.roots.get(class_name, class_name)

    def method_name(self: Lowering, function: n.Function, class_name: str, dynamic: bool) -> str:
        """The Rust name of a method. Where several classes of a family define it, each has its own, and one dispatches."""
        base = snake(function.rust_name.strip("_") if function.rust_name.startswith("__") else function.rust_name)
        if function.rust_name.startswith("__"):
            base = {
                "__init__": "init",
                "__str__": "as_text" if function.owner in self.types.enums else "to_text",
                "__repr__": "as_repr" if function.owner in self.types.enums else "to_repr",
                "__eq__": "equals",
                "__next__": "next_item",
                "__iter__": "iterate",
                "__len__": "length",
                "__call__": "call",
                "__bool__": "truth_value",
                "__hash__": "hash_code",
            }.get(function.rust_name, base)
        elif function.rust_name.startswith("_"):
            base = snake(function.rust_name)
        if function.rust_name.startswith("__"):
            family = self.classes.get(self.root_of(function.owner))
            if family is not None and any(base in methods for methods in family.methods.values()):
                # The class has a method of that name too.
                base = f"{base}_operator"
        if function.kind == "setter":
            base = f"set_{base.removeprefix('r#')}"
        if base in ("clone", "class_name", "kind", "same", "eq", "cmp", "partial_cmp", "fmt", "drop", "default"):
            base = f"{base}_"
        if function.name == "__init__" and function.owner:
            # One instance for each set of types that it is called with.
            instance = function.rust_name.removeprefix("__init__")
            return f"{snake(function.owner).strip('_')}_init{instance}".removeprefix("r#")
        cls = self.classes.get(self.root_of(function.owner))
        if cls is None or len(cls.members) == 1:
            return self._free_of_fields(cls, base, function)
        key = function.name if function.kind != "setter" else f"{function.name}.setter"
        definers = [member for member, methods in cls.methods.items() if key in methods]
        if len(definers) <= 1:
            return self._free_of_fields(cls, base, function)
        if dynamic:
            return base
        plain = base.lstrip("_")
        if plain != base and any(function.name.lstrip("_") in methods for methods in cls.methods.values()):
            # `link` and `_link`: two methods.
            plain = f"own_{plain}"
        return f"{snake(function.owner).strip('_')}_{plain}".replace("r#", "")

    def _free_of_fields(self: Lowering, cls: n.Class | None, base: str, function: n.Function) -> str:
        if cls is not None and self.is_handle_name(cls.name) and function.kind != "property":
            taken = {snake(each) for each in cls.fields} | {setter(each) for each in cls.fields}
            if base in taken:
                return f"{base}_method"
        return base

    def is_handle_name(self: Lowering, name: str) -> bool:
        """Whether a class family is printed as handles."""
        cls = self.classes.get(name)
        return cls is not None and cls.group in self.choices.shared and cls.enum is None

    def constructor_name(self: Lowering, class_name: str) -> str:
        """The Rust constructor of a class."""
        root = self.root_of(class_name)
        return "new" if root == class_name else f"new_{snake(class_name)}".replace("r#", "")

    def constructor_for(self: Lowering, init: n.Function, class_name: str) -> str:
        """The constructor that runs one instance of `__init__`."""
        suffix = init.rust_name.removeprefix("__init__")
        return self.constructor_name(class_name) + suffix

    def class_items(self: Lowering, cls: n.Class) -> None:
        """Print a class family."""
        self.span = cls.span
        if cls.enum is not None:
            self.enum_items(cls)
            return
        handle = self.is_handle_name(cls.name)
        name = camel(cls.name)
        family = len(cls.members) > 1
        if any(is_acronym(camel(each)) for each in cls.members):
            self.lints.add("clippy::upper_case_acronyms")
        if family:
            if names_alike(f"{name}Kind", [camel(each) for each in cls.members]):
                self.emit("#[allow(clippy::enum_variant_names)]")
            self.emit("#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]")
            self.emit(f"pub enum {name}Kind {{")
            for index, each in enumerate(cls.members):
                if index == 0:
                    self.emit("    #[default]")
                elif each not in cls.constructed:
                    # A base of which the program makes no object by itself.
                    self.emit("    #[allow(dead_code)]")
                self.emit(f"    {camel(each)},")
            self.emit("}")
            self.emit("")
        self.document(cls.doc)
        fields = [(snake(each), self.types.field_text(type_)) for each, type_ in cls.fields.items()]
        if cls.exception:
            fields = [(message_field(cls), "String"), *fields]
        if family:
            fields = [("kind_", f"{name}Kind"), *fields]
        slots = self.slots(cls) if handle else set()
        fields = [(field, f"Option<{type_}>" if field in slots else type_) for field, type_ in fields]
        defaultable = self.has_default(cls, set())
        compared = self.derived_comparisons(cls)
        derives = ", ".join(["Clone", *(["Default"] if defaultable else []), *compared])
        if handle:
            self.emit("#[derive(Clone)]" if not defaultable else "#[derive(Clone, Default)]")
            self.emit(f"pub struct {name}(py::Handle<{name.rstrip('_')}Data>);")
            self.emit("")
            data = [each for each, wanted in (("Clone", cls.copied or cls.deeply_copied), ("Default", defaultable)) if wanted]
            data += compared
            self.emit(f"#[derive({', '.join(data)})]" if data else "")
            self.emit(f"struct {name.rstrip('_')}Data {{")
        else:
            self.emit(f"#[derive({derives})]")
            self.emit(f"pub struct {name} {{")
        for field, type_ in fields:
            self.helper(cls, field, [f"    {'' if handle else 'pub '}{field}: {type_},"], field=True)
        self.emit("}")
        self.emit("")
        self.emit(f"impl {name} {{")
        self.depth += 1
        for member in cls.members:
            if member in cls.constructed or cls.exception:
                self.constructors(cls, member, handle, family, fields, defaultable)
        if handle:
            self._accessors(cls, fields, slots)
        self._class_names(cls, family, handle)
        for member in cls.members:
            for key, versions in cls.methods.get(member, {}).items():
                for function in versions:
                    if key == "__init__" and self._inlined_init(cls, function):
                        continue
                    self.emit("")
                    self.function_item(function)
        if family:
            self._dispatchers(cls)
            self._class_attributes(cls)
        self.depth -= 1
        self.emit("}")
        self._traits(cls, name, handle, family)
        if cls.role:
            self.estimator_trait(cls, name)

    def has_default(self: Lowering, cls: n.Class, seen: set[str]) -> bool:
        """Whether all fields have a Default, and making it comes to an end."""
        if cls.name in seen:
            return False
        slots = self.slots(cls) if self.is_handle_name(cls.name) else set()
        inside = {*seen, cls.name}
        return all(self._type_default(each, inside) for name, each in cls.fields.items() if snake(name) not in slots)

    def slots(self: Lowering, cls: n.Class) -> set[str]:
        """The fields of a handle that are empty until they are set: where they may be read before, or their type has no Default."""
        return {
            snake(name) for name, type_ in cls.fields.items() if name in cls.unset or not self._type_default(type_, {cls.name})
        }

    def _type_default(self: Lowering, type_: t.Type, seen: set[str]) -> bool:
        match type_:
            case t.Callable() | t.Range():
                return False
            case t.Object(name):
                declared = self.catalog_classes.get(name)
                return name == "builtins.str" or (declared is not None and declared.default)
            case t.Instance(name):
                cls = self.classes.get(name)
                if name in self.types.enums:
                    return True
                return cls is not None and self.has_default(cls, seen)
            case t.Tuple(items):
                return all(self._type_default(each, seen) for each in items)
            case t.Scalar("bigint") | t.Scalar("value"):
                return False
        return True

    def _inlined_init(self: Lowering, cls: n.Class, init: n.Function) -> bool:
        """Whether `__init__` is printed as the constructor itself."""
        return len(cls.members) == 1 and self._literal_fields(cls, init) is not None

    def _literal_fields(self: Lowering, cls: n.Class, init: n.Function) -> list[n.Assign] | None:
        """The assignments of an `__init__` that only sets fields, once each, from values that do not need the object."""
        if init in self.effects.fallible or not init.parameters or cls.exception:
            return None
        receiver = init.parameters[0]
        found: list[n.Assign] = []
        set_fields: set[str] = set()
        for statement in init.body:
            if isinstance(statement, n.Comment):
                continue
            if not (
                isinstance(statement, n.Assign)
                and len(statement.targets) == 1
                and isinstance(statement.targets[0], n.FieldTarget)
            ):
                return None
            target = statement.targets[0]
            if not (isinstance(target.owner, n.Read) and target.owner.variable is receiver) or target.name in set_fields:
                return None
            if any(isinstance(each, n.Read) and each.variable is receiver for each in walk(statement.value)):
                return None
            if any(isinstance(each, n.Walrus) for each in walk(statement.value)):
                return None
            set_fields.add(target.name)
            found.append(statement)
        missing = [each for each in cls.fields if each not in set_fields]
        slots = self.slots(cls) if self.is_handle_name(cls.name) else set()
        if any(not self._type_default(cls.fields[each], set()) for each in missing if snake(each) not in slots):
            return None
        return found

    def constructors(
        self: Lowering, cls: n.Class, member: str, handle: bool, family: bool, fields: list[tuple[str, str]], defaultable: bool
    ) -> None:
        """`new` and its kin."""
        inits = self._inits(cls, member)
        name = camel(cls.name)
        if inits:
            for init in inits:
                self._init_constructor(cls, member, init, handle, family, fields, defaultable)
            return
        shown = [each for each in cls.declared.get(member, []) if each not in cls.set_later]
        if shown:
            parameters = ", ".join(
                f"{snake(each)}: {self.types.text(cls.fields[each])}" for each in shown if each in cls.fields
            )
            values = [snake(each) for each in shown if each in cls.fields]
        elif cls.exception and keeps_arguments(cls):
            parameters, values = "arguments: &[&dyn Text]", ["exception_state"]
        elif cls.exception:
            parameters, values = f"{message_field(cls)}: String", [message_field(cls)]
        else:
            parameters, values = "", []
        extra = [f"kind_: {name}Kind::{camel(member)}"] if family else []
        before: list[str] = []
        values_of_arguments: list[str] = []
        if values == ["exception_state"]:
            before = ["    let exception_state = py::ExceptionState::default();"]
            extra.append(f"{message_field(cls)}: exception_state.{state_taker(cls, member)}(arguments)")
            values_of_arguments = [message_field(cls)]
        rest = [field for field, _ in fields if field not in [*values, *values_of_arguments, "kind_"]]
        if handle:
            values = [f"{each}: Some({each})" if each in self.slots(cls) else each for each in values]
        parts = [*extra, *values, *[f"{each}: {self._initial(cls, member, each) or 'Default::default()'}" for each in rest]]
        literal = f"{name.rstrip('_')}Data {{ {', '.join(parts)} }}" if handle else f"Self {{ {', '.join(parts)} }}"
        made = self._handle_of(literal) if handle else literal
        many = ["#[allow(clippy::too_many_arguments)]"] if len(values) > MOST_PARAMETERS else []
        constructor = self.constructor_name(member)
        mention = rf"\b(?:{re.escape(name)}|Self)::{constructor}\("
        self.helper(
            cls,
            constructor,
            ["", *many, f"pub fn {constructor}({parameters}) -> Self {{", *before, f"    {made}", "}"],
            mention=mention,
        )

    @staticmethod
    def _handle_of(data: str) -> str:
        return f"Self(py::handle({data}))"

    def _inits(self: Lowering, cls: n.Class, member: str) -> list[n.Function]:
        current: str | None = member
        while current is not None:
            found = cls.methods.get(current, {}).get("__init__")
            if found:
                return found
            current = cls.parents.get(current)
        return []

    def _init_constructor(
        self: Lowering,
        cls: n.Class,
        member: str,
        init: n.Function,
        handle: bool,
        family: bool,
        fields: list[tuple[str, str]],
        defaultable: bool,
    ) -> None:
        name = camel(cls.name)
        literal = self._literal_fields(cls, init) if not family else None
        saved = self.enter(init)
        head = []
        boxed = []
        for each in init.parameters[1:]:
            if each in self.choices.boxed:
                boxed.append(each)
            else:
                self.set_how(each, self.parameter_mode(each))
            text = self.declare_name(each)
            mutable = (
                "mut " if self.parameter_mode(each) == "own" and each in self.choices.mutable and literal is not None else ""
            )
            unused = "_" if not self.is_used(each) and not text.startswith("_") and literal is not None else ""
            head.append(f"{mutable}{unused}{text}: {self.signature_type(each)}")
        fallible = init in self.effects.fallible
        result = "Result<Self, py::Exception>" if fallible else "Self"
        self.span = init.span
        start = len(self.lines)
        if literal is not None:
            self.document(init.doc)
        if len(head) > MOST_PARAMETERS:
            self.emit("#[allow(clippy::too_many_arguments)]")
        self.emit(f"pub fn {self.constructor_for(init, member)}({', '.join(head)}) -> {result} {{")
        self.depth += 1
        if literal is not None:
            self.liveness = Liveness()
            self.liveness.function(list(literal))
            body = []
            done = set()
            for statement in literal:
                target = statement.targets[0]
                assert isinstance(target, n.FieldTarget)
                field = snake(target.name)
                done.add(field)
                value = self.field_value(self.coerced(statement.value, target.type))
                if handle and field in self.slots(cls):
                    value = f"Some({value})"
                body.append(field if value == field else f"{field}: {value}")
            body.extend(
                f"{field}: {self._initial(cls, member, field) or 'Default::default()'}"
                for field, _ in fields
                if field not in done
            )
            data = f"{name.rstrip('_')}Data {{ {', '.join(body)} }}" if handle else f"Self {{ {', '.join(body)} }}"
            self.emit(self._handle_of(data) if handle else data)
        else:
            if not defaultable and not handle:
                # A handle's fields may be empty until they are set.
                self.choices.share(cls.group, f"line {cls.span.line}")
            elif not defaultable:
                self.refuse_class(cls, "its fields are set in an order that Rust cannot follow")
            arguments = ", ".join(self.names[each] for each in init.parameters[1:])
            starts = {"kind_": f"{name}Kind::{camel(member)}"} if family else {}
            for field, _ in fields:
                initial = self._initial(cls, member, field)
                if initial is not None:
                    starts[field] = initial
            if cls.exception and keeps_arguments(cls):
                given = ", ".join(f"&{self.names[each]}" for each in init.parameters[1:])
                self.emit("let exception_state = py::ExceptionState::default();")
                starts[message_field(cls)] = f"exception_state.{state_taker(cls, member)}(&[{given}])"
                starts["exception_state"] = "exception_state"
            elif cls.exception and init.parameters[1:]:
                starts[message_field(cls)] = self._default_message(init)
            data = f"{name.rstrip('_')}Data" if handle else "Self"
            whole = f"{data}::default()"
            if starts:
                parts = [field if field == text else f"{field}: {text}" for field, text in starts.items()]
                rest = [] if len(starts) == len(fields) else [f"..{whole}"]
                whole = f"{data} {{ {', '.join(parts + rest)} }}"
            elif handle:
                whole = ""
            this = "Self::default()" if not whole else self._handle_of(whole) if handle else whole
            self.emit(f"let {'' if handle else 'mut '}this = {this};")
            self.emit(f"this.{self.method_name(init, init.owner, False)}({arguments}){'?' if fallible else ''};")
            self.emit("Ok(this)" if fallible else "this")
        self.depth -= 1
        self.emit("}")
        constructor = self.constructor_for(init, member)
        self.instances.append(Instance(init, constructor, start, len(self.lines), constructs=member))
        if not cls.constructed:
            # An exception that is only caught.
            mention = rf"\b(?:{re.escape(name)}|Self)::{constructor}\("
            self.helpers.append(Helper(start, len(self.lines), cls.name, constructor, mention=mention))
        self.leave(saved)

    def _default_message(self: Lowering, init: n.Function) -> str:
        """Python shows the constructor's arguments where `__init__` of the exception is not called."""
        names = init.parameters[1:]
        if len(names) == 1:
            each = names[0]
            return f"py::str(&{self.names[each]})" if self.parameter_mode(each) == "own" else f"py::str({self.names[each]})"
        parts = ", ".join(
            f"py::repr(&{self.names[each]})" if self.parameter_mode(each) == "own" else f"py::repr({self.names[each]})"
            for each in names
        )
        return f"py::tuple_text([{parts}])"

    def _accessors(self: Lowering, cls: n.Class, fields: list[tuple[str, str]], slots: set[str]) -> None:
        """What reads and sets the fields of the objects of a class."""
        self.emit("")
        for field, type_ in fields:
            if field == "kind_":
                continue
            if field in slots:
                inner = type_.removeprefix("Option<").removesuffix(">")
                python = next((each for each in cls.fields if snake(each) == field), field)
                told = f"{field}: {inner}, {quoted(python)}, Self::class_name"
                name = self.attempted_field(field)
                self.helper(cls, name, [f"py::try_slot_getter!({name}, {told});"])
                self.helper(cls, field, [f"py::slot_getter!({told});"])
                self.helper(cls, setter(field), [f"py::slot_setter!({setter(field)}, {field}: {inner});"])
                continue
            self.helper(cls, field, [f"py::getter!({field}: {type_});"])
            self.helper(cls, setter(field), [f"py::setter!({setter(field)}, {field}: {type_});"])
        if self.by_identity(cls):
            return
        same = ["", "pub fn same(&self, other: &Self) -> bool {", "    std::rc::Rc::ptr_eq(&self.0, &other.0)", "}"]
        self.helper(cls, "same", same)

    @staticmethod
    def attempted_field(field: str) -> str:
        """The getter of a field that may not be set yet, where its AttributeError may be caught."""
        plain = field.removeprefix("r#")
        return f"try_private_{plain.lstrip('_')}" if plain.startswith("_") else f"try_{plain}"

    def _class_names(self: Lowering, cls: n.Class, family: bool, handle: bool) -> None:
        name = camel(cls.name)
        if family:
            kind = "self.0.borrow().kind_" if handle else "self.kind_"
            self.helper(cls, "kind", ["", f"pub fn kind(&self) -> {name}Kind {{", f"    {kind}", "}"])
            arms = [f"        {name}Kind::{camel(member)} => {quoted(own_name(member))}," for member in cls.members]
            head = ["", "pub fn class_name(&self) -> &'static str {", "    match self.kind() {"]
            self.helper(cls, "class_name", [*head, *arms, "    }", "}"])
        else:
            self.helper(
                cls, "class_name", ["", "pub fn class_name(&self) -> &'static str {", f"    {quoted(own_name(cls.name))}", "}"]
            )

    def _dispatchers(self: Lowering, cls: n.Class) -> None:
        """One method for each name that several classes of the family define."""
        keys: dict[str, list[str]] = {}
        for member, methods in cls.methods.items():
            for key in methods:
                keys.setdefault(key, []).append(member)
        for key, definers in keys.items():
            if len(definers) < 2 or key == "__init__":
                continue
            results = {cls.methods[member][key][0].result for member in definers}
            if len(results) > 1 and key not in self.survey.dispatched and not key.startswith("__"):
                # Nobody asks for it without knowing the class.
                continue
            example = cls.methods[definers[0]][key][0]
            if example.kind in ("static", "class method"):
                continue
            head = ["&mut self" if self.self_mode(example) == "refmut" else "&self"]
            names = []
            modes = []
            for index, each in enumerate(example.parameters[1:]):
                others = [cls.methods[member][key][0].parameters for member in definers]
                if any(len(other) <= index + 1 or other[index + 1].type != each.type for other in others):
                    self.refuse_class(cls, f"the classes' methods `{example.name}` take different parameters")
                    return
                if any(self.parameter_mode(other[index + 1]) != self.parameter_mode(each) for other in others):
                    for other in others:
                        self.choices.keep(other[index + 1])
                name = snake(each.name)
                names.append(name)
                modes.append(self.parameter_mode(each))
                head.append(f"{name}: {self.signature_type(each)}")
            printed = {self._result_text(cls.methods[member][key][0]) for member in definers}
            fallible = any(cls.methods[member][key][0] in self.effects.fallible for member in definers)
            if fallible:
                for member in definers:
                    function = cls.methods[member][key][0]
                    if function not in self.effects.fallible:
                        self.choices.make_fallible(function)
            real = {each for each in printed if each.strip() != "-> !"}
            if len(real) > 1 and not fallible:
                self.refuse_class(cls, f"the classes' methods `{example.name}` return different types")
                return
            typed = next(
                (cls.methods[member][key][0] for member in definers if cls.methods[member][key][0].result != t.NEVER), example
            )
            chosen = self.method_name(example, example.owner, True)
            lines = ["", f"pub fn {chosen}({', '.join(head)}){self._result_text(typed)} {{", "    match self.kind() {"]
            kind = f"{camel(cls.name)}Kind"
            for member in cls.members:
                current: str | None = member
                while current is not None and current not in definers:
                    current = cls.parents.get(current)
                if current is None:
                    lines.append(
                        f'        {kind}::{camel(member)} => unreachable!("{own_name(member)} has no {example.name}"),'
                    )
                    continue
                target = cls.methods[current][key][0]
                method = self.method_name(target, current, False)
                lines.append(f"        {kind}::{camel(member)} => self.{method}({', '.join(names)}),")
            self.helper(cls, chosen, [*lines, "    }", "}"])

    def _class_attributes(self: Lowering, cls: n.Class) -> None:
        """One method for each class-level attribute that several classes of the family define."""
        names: dict[str, list[str]] = {}
        for key in cls.constants:
            member, _, name = key.partition(".")
            names.setdefault(name, []).append(member)
        for name, definers in names.items():
            if len(definers) < 2:
                continue
            type_ = cls.constants[f"{definers[0]}.{name}"][0]
            method = self.class_attribute(name)
            lines = ["", f"pub fn {method}(&self) -> {self.types.text(type_)} {{", "    match self.kind() {"]
            for member in cls.members:
                current: str | None = member
                while current is not None and current not in definers:
                    current = cls.parents.get(current)
                arm = f"{camel(cls.name)}Kind::{camel(member)}"
                if current is None:
                    lines.append(
                        f"        {arm} => py::throw(py::Exception::new(\"AttributeError\", \"'{own_name(member)}' object has no attribute '{name}'\")),"
                    )
                else:
                    lines.append(f"        {arm} => {self.text(n.ClassRead(type_, cls.span, current, name))},")
            self.helper(cls, method, [*lines, "    }", "}"])

    @staticmethod
    def class_attribute(name: str) -> str:
        """The method that gives a class-level attribute which several classes of a family define."""
        made = f"class_{snake(name).removeprefix('r#')}"
        return f"{made}_" if made == "class_name" else made

    def _initial(self: Lowering, cls: n.Class, member: str, field: str) -> str | None:
        """The class-level value that a field starts with, if the class body gives one."""
        current: str | None = member
        while current is not None:
            for name in cls.fields:
                if snake(name) == field and f"{current}.{name}" in cls.constants:
                    type_, _ = cls.constants[f"{current}.{name}"]
                    read = n.ClassRead(type_, cls.span, current, name)
                    value = self.text(self.coerced(read, cls.fields[name]))
                    return f"Some({value})" if self.is_handle_name(cls.name) and field in self.slots(cls) else value
            current = cls.parents.get(current)
        return None
