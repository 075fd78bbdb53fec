"""Functions and classes in Rust."""

from __future__ import annotations

from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import walk, walk_all
from batuta.lowering.effects import group_of
from batuta.lowering.expressions import _bare
from batuta.lowering.liveness import Liveness
from batuta.lowering.rust_text import quoted
from batuta.lowering.rust_types import camel, setter, snake, upper
from batuta.lowering.statements import diverges

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

OPERATOR_TRAITS = {"__lt__": "lt", "__le__": "le", "__gt__": "gt", "__ge__": "ge"}


class DeclarationLowering:
    """The part of the lowering that prints declarations."""

    # -- parameters

    def parameter_mode(self: Lowering, variable: n.Variable) -> str:
        """How a parameter is passed: `own`, `ref` or `refmut`."""
        type_ = variable.type
        if self.types.copies(type_) or isinstance(type_, t.Iterator):
            return "own"
        if variable in self.generator_parameters:
            return "own"
        bare = _bare(type_)
        if self.types.is_shared(bare) or self.is_handle(bare):
            return "own" if variable in self.choices.kept else "ref"
        if variable in self.choices.kept or variable in self.choices.boxed:
            return "own"
        function = self.function_of_parameter.get(variable)
        if function is not None and self._changes_parameter(function, variable):
            return "refmut"
        return "ref"

    def _changes_parameter(self: Lowering, function: n.Function, variable: n.Variable) -> bool:
        changes = self.effects.changes.get(function, set())
        groups = _groups(variable.type)
        unshared = {each for each in groups if each not in self.choices.shared}
        if isinstance(_bare(variable.type), t.Instance | t.Object):
            groups_here = {group_of(variable.type)}
            inner = self._instance_groups(_bare(variable.type), set())
            return bool((groups_here | inner) & changes - self.choices.shared)
        return bool(unshared & changes)

    def _instance_groups(self: Lowering, type_: t.Type, seen: set[str]) -> set[int]:
        """Groups of everything that an owned object holds."""
        if not isinstance(type_, t.Instance) or type_.name in seen:
            return _groups(type_)
        seen.add(type_.name)
        cls = self.classes.get(type_.name)
        found = {type_.group}
        if cls is not None and not self.is_handle(type_):
            for each in cls.fields.values():
                found |= _groups(each)
                for part in _types_inside(each):
                    if isinstance(part, t.Instance):
                        found |= self._instance_groups(part, seen)
        return found

    def self_mode(self: Lowering, function: n.Function) -> str:
        """How a method takes its object."""
        if not function.parameters:
            return "ref"
        first = function.parameters[0]
        if self.is_handle(_bare(first.type)) or not isinstance(_bare(first.type), t.Instance):
            return "ref"
        key = (function.name + function.kind, function.owner)
        found = self.self_modes.get(key)
        if found is None:
            group = {group_of(first.type)} | self._instance_groups(_bare(first.type), set())
            family = self.family_methods(function)
            changes = set().union(*(self.effects.changes.get(each, set()) for each in family))
            own = {-group_of(first.type)} & changes
            found = "refmut" if (group & changes - self.choices.shared) or own else "ref"
            self.self_modes[key] = found
        return found

    def family_methods(self: Lowering, function: n.Function) -> list[n.Function]:
        """A method and its overrides: they share one signature."""
        cls = self.classes.get(self.root_of(function.owner)) if function.owner else None
        if cls is None:
            return [function]
        key = function.name if function.kind != "setter" else f"{function.name}.setter"
        return [each for methods in cls.methods.values() for each in methods.get(key, [])] or [function]

    def signature_type(self: Lowering, variable: n.Variable) -> str:
        """A parameter's type as written in a signature."""
        text = self.types.text(variable.type)
        mode = self.parameter_mode(variable)
        if mode == "own":
            return text
        if mode == "refmut":
            return f"&mut {text}"
        if variable.type in (t.STR, t.NumpyScalar("str")):
            return "&str"
        return f"&{text}"

    def is_text_slice(self: Lowering, variable: n.Variable) -> bool:
        """Whether a variable is a `&str`."""
        return (
            variable.parameter
            and variable.type in (t.STR, t.NumpyScalar("str"))
            and variable in self.function_of_parameter
            and self.parameter_mode(variable) == "ref"
        )

    # -- functions

    def function_item(self: Lowering, function: n.Function, inside: bool = False) -> None:
        """Print a function."""
        saved = self.enter(function)
        captured = self.captures.get(function, [])
        head = []
        for each in captured:
            if each in self.choices.boxed:
                self.set_how(each, "boxed")
                head.append(f"{self.declare_name(each)}: &py::Shared<{self.types.text(each.type)}>")
            else:
                mode = self.parameter_mode(each)
                self.set_how(each, mode)
                head.append(f"{self.declare_name(each)}: {self.signature_type(each)}")
        names = function.parameters
        is_method = bool(function.owner) and function.kind in ("method", "property", "setter")
        if is_method:
            names = names[1:]
            self.set_how(function.parameters[0], "refmut" if self.self_mode(function) == "refmut" else "ref")
            self.names[function.parameters[0]] = "self"
            head.append("&mut self" if self.self_mode(function) == "refmut" else "&self")
        elif function.kind == "class method":
            names = names[1:]
        boxed = []
        for each in names:
            mode = self.parameter_mode(each)
            if each in self.choices.boxed:
                boxed.append(each)
            else:
                self.set_how(each, mode)
            name = self.declare_name(each)
            mutable = "mut " if mode == "own" and each in self.choices.mutable and each not in self.choices.boxed else ""
            unused = "_" if not self.is_used(each) and not name.startswith("_") and each not in self.choices.boxed else ""
            head.append(f"{mutable}{unused}{name.removeprefix('r#') if unused else name}: {self.signature_type(each)}")
        result = self._result_text(function)
        visibility = "" if inside else ("pub " if function.owner else "")
        self.span = function.span
        self.document(function.doc)
        label = self.method_name(function, function.owner, False) if function.owner else self.function_name(function)
        self.emit(f"{visibility}fn {label}({', '.join(head)}){result} {{")
        self.depth += 1
        for each in boxed:
            name = self.name(each)
            self.emit(f"let {name} = py::Shared::new({name});")
        if function.generator is not None:
            self._generator_body(function, is_method)
        elif function.cached and not is_method and not captured and names:
            self._cached_body(function, names)
        else:
            self.body(function.body, function)
        self.depth -= 1
        self.emit("}")
        self.leave(saved)

    def _cached_body(self: Lowering, function: n.Function, names: list[n.Variable]) -> None:
        """`lru_cache`: results are kept by arguments."""
        keys = ", ".join(self.types.text(each.type) for each in names)
        result = "()" if function.result in (t.NONE, t.NEVER) else self.types.text(function.result)
        whole = f"Result<{result}, py::Exception>" if self.fallible else result
        values = ", ".join(
            self.name(each)
            if self.types.copies(each.type)
            else (f"{self.name(each)}.to_string()" if self.is_text_slice(each) else f"{self.name(each)}.clone()")
            for each in names
        )
        self.emit("thread_local! {")
        self.emit(
            f"    static KNOWN: std::cell::RefCell<py::Dict<({keys},), {result}>> = std::cell::RefCell::new(py::Dict::new());"
        )
        self.emit("}")
        self.emit(f"let arguments = ({values},);")
        self.emit("if let Some(known) = KNOWN.with_borrow(|known| known.get(&arguments)) {")
        self.emit(f"    return {'Ok(known)' if self.fallible else 'known'};")
        self.emit("}")
        self.emit(f"let compute = || -> {whole} {{")
        self.depth += 1
        self.body(function.body, function)
        self.depth -= 1
        self.emit("};")
        self.emit(f"let result = compute(){'?' if self.fallible else ''};")
        self.emit("KNOWN.with_borrow_mut(|known| known.set_at(arguments, result.clone()));")
        self.emit("Ok(result)" if self.fallible else "result")

    def _result_text(self: Lowering, function: n.Function) -> str:
        if function.generator is not None:
            return f" -> Box<dyn Iterator<Item = {self.types.text(function.generator)}>>"
        if function.result == t.NEVER:
            text = "!"
            return " -> Result<(), py::Exception>" if function in self.effects.fallible else f" -> {text}"
        text = "" if function.result == t.NONE else self.types.text(function.result)
        if function in self.effects.fallible:
            return f" -> Result<{text or '()'}, py::Exception>"
        return f" -> {text}" if text else ""

    def _generator_body(self: Lowering, function: n.Function, is_method: bool) -> None:
        if is_method:
            first = function.parameters[0]
            self.check_copy(first.type, n.Read(first.type, function.span, first))
            if not self.is_handle(_bare(first.type)) and group_of(first.type) in self.effects.changed:
                self.choices.share(group_of(first.type), "a generator method")
            self.emit("let this = self.clone();")
            self.names[first] = "this"
            self.set_how(first, "own")
        self.emit("Box::new(py::Generator::new(move |giver| async move {")
        self.depth += 1
        self.generator = True
        self.body(function.body, function)
        self.generator = False
        self.depth -= 1
        self.emit("}))")

    def body(self: Lowering, body: list[n.Statement], function: n.Function | None) -> None:
        """Print the statements of a function, with what stands at its end."""
        skipped = set(function.parameters) if function is not None else set()
        if function is not None:
            skipped |= set(self.captures.get(function, []))
        self.plan(body, skipped)
        self.liveness = Liveness()
        self.liveness.function(body)
        ends = diverges(body)
        self.block(body, tail=not self.generator and not self.constructs)
        if function is None or self.generator:
            return
        if self.constructs:
            return
        if not ends:
            if function.result == t.NEVER:
                self.emit("Ok(())" if self.fallible else 'unreachable!("the function never returns")')
            elif function.result == t.NONE:
                if self.fallible:
                    self.emit("Ok(())")
            elif isinstance(function.result, t.Optional):
                self.emit("Ok(None)" if self.fallible else "None")
            elif body and not isinstance(body[-1], n.Return):
                self.emit('unreachable!("every path returns")')

    def inner_function(self: Lowering, node: n.LocalFunction) -> None:
        """A function defined inside another: a Rust function that takes what it uses of its surroundings."""
        self.function_item(node.function, inside=True)

    def document(self: Lowering, text: str) -> None:
        """A docstring as a doc comment."""
        for line in text.splitlines():
            self.emit(f"/// {line}".rstrip())

    # -- classes

    def root_of(self: Lowering, class_name: str) -> str:
        """The root of a class's family."""
        return self.roots.get(class_name, class_name)

    def method_name(self: Lowering, function: n.Function, class_name: str, dynamic: bool) -> str:
        """The Rust name of a method. Where several classes of a family define it, each has its own, and one dispatches."""
        base = snake(function.rust_name.strip("_") if function.rust_name.startswith("__") else function.rust_name)
        if function.rust_name.startswith("__"):
            base = {
                "__init__": "init",
                "__str__": "to_text",
                "__repr__": "to_repr",
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
        if function.kind == "setter":
            base = f"set_{base.removeprefix('r#')}"
        if base in ("clone", "class_name", "kind", "same", "eq", "cmp", "partial_cmp", "fmt", "drop", "default"):
            base = f"{base}_"
        if function.name == "__init__" and function.owner:
            return f"{snake(function.owner).strip('_')}_init".removeprefix("r#")
        cls = self.classes.get(self.root_of(function.owner))
        if cls is None or len(cls.members) == 1:
            return self._free_of_fields(cls, base, function)
        key = function.name if function.kind != "setter" else f"{function.name}.setter"
        definers = [member for member, methods in cls.methods.items() if key in methods]
        if len(definers) <= 1:
            return self._free_of_fields(cls, base, function)
        if dynamic:
            return base
        return f"{snake(function.owner).strip('_')}_{base}".replace("r#", "")

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
        if family:
            self.emit("#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]")
            self.emit(f"pub enum {name}Kind {{")
            for index, each in enumerate(cls.members):
                if index == 0:
                    self.emit("    #[default]")
                self.emit(f"    {camel(each)},")
            self.emit("}")
            self.emit("")
        self.document(cls.doc)
        fields = [(snake(each), self.types.text(type_)) for each, type_ in cls.fields.items()]
        if cls.exception:
            fields = [("message", "String"), *[each for each in fields if each[0] != "message"]]
        if family:
            fields = [("kind_", f"{name}Kind"), *fields]
        defaultable = self.has_default(cls, set())
        derives = "Clone, Default" if defaultable else "Clone"
        if handle:
            self.emit("#[derive(Clone)]" if not defaultable else "#[derive(Clone, Default)]")
            self.emit(f"pub struct {name}(std::rc::Rc<std::cell::RefCell<{name.rstrip('_')}Data>>);")
            self.emit("")
            self.emit("#[derive(Default)]" if defaultable else "")
            self.emit(f"struct {name.rstrip('_')}Data {{")
        else:
            self.emit(f"#[derive({derives})]")
            self.emit(f"pub struct {name} {{")
        for field, type_ in fields:
            self.emit(f"    {'' if handle else 'pub '}{field}: {type_},")
        self.emit("}")
        self.emit("")
        self.emit(f"impl {name} {{")
        self.depth += 1
        for member in cls.members:
            if member in cls.constructed or cls.exception:
                self.constructors(cls, member, handle, family, fields, defaultable)
        if handle:
            self._accessors(fields)
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

    def has_default(self: Lowering, cls: n.Class, seen: set[str]) -> bool:
        """Whether all fields have a Default."""
        if cls.name in seen:
            return True
        seen.add(cls.name)
        return all(self._type_default(each, seen) for each in cls.fields.values())

    def _type_default(self: Lowering, type_: t.Type, seen: set[str]) -> bool:
        match type_:
            case t.Callable() | t.Iterator() | t.Range():
                return False
            case t.Object(name):
                return name == "builtins.str"
            case t.Instance(name):
                cls = self.classes.get(name)
                if name in self.types.enums:
                    return True
                return cls is not None and self.has_default(cls, seen)
            case t.Tuple(items):
                return all(self._type_default(each, seen) for each in items)
            case t.Scalar("num") | t.Scalar("bigint"):
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
        if any(not self._type_default(cls.fields[each], set()) for each in missing):
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
        shown = cls.shown.get(member)
        if shown:
            parameters = ", ".join(
                f"{snake(each)}: {self.types.text(cls.fields[each])}" for each in shown if each in cls.fields
            )
            values = [snake(each) for each in shown if each in cls.fields]
        elif cls.exception:
            parameters, values = "message: String", ["message"]
        else:
            parameters, values = "", []
        self.emit(f"pub fn {self.constructor_name(member)}({parameters}) -> Self {{")
        extra = [f"kind_: {name}Kind::{camel(member)}"] if family else []
        rest = [field for field, _ in fields if field not in values and field != "kind_"]
        parts = [*extra, *values, *[f"{each}: {self._initial(cls, member, each) or 'Default::default()'}" for each in rest]]
        literal = f"{name.rstrip('_')}Data {{ {', '.join(parts)} }}" if handle else f"Self {{ {', '.join(parts)} }}"
        self.emit(f"    {self._handle_of(literal) if handle else literal}")
        self.emit("}")

    @staticmethod
    def _handle_of(data: str) -> str:
        return f"Self(std::rc::Rc::new(std::cell::RefCell::new({data})))"

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
        if literal is not None:
            self.document(init.doc)
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
                value = self.text(self.coerced(statement.value, target.type))
                body.append(field if value == field else f"{field}: {value}")
            body.extend(
                f"{field}: {self._initial(cls, member, field) or 'Default::default()'}"
                for field, _ in fields
                if field not in done
            )
            data = f"{name.rstrip('_')}Data {{ {', '.join(body)} }}" if handle else f"Self {{ {', '.join(body)} }}"
            self.emit(self._handle_of(data) if handle else data)
        else:
            if not defaultable:
                self.refuse_class(cls, "its fields are set in an order that Rust cannot follow")
            arguments = ", ".join(self.names[each] for each in init.parameters[1:])
            self.emit(f"let {'' if handle else 'mut '}this = Self::default();")
            if family:
                self.emit(
                    f"this.0.borrow_mut().kind_ = {name}Kind::{camel(member)};"
                    if handle
                    else f"this.kind_ = {name}Kind::{camel(member)};"
                )
            for field, _ in fields:
                initial = self._initial(cls, member, field)
                if initial is not None:
                    self.emit(f"this.{setter(field)}({initial});" if handle else f"this.{field} = {initial};")
            if cls.exception and init.parameters[1:]:
                text = self._default_message(init)
                self.emit(f"this.0.borrow_mut().message = {text};" if handle else f"this.message = {text};")
            self.emit(f"this.{self.method_name(init, init.owner, False)}({arguments}){'?' if fallible else ''};")
            self.emit("Ok(this)" if fallible else "this")
        self.depth -= 1
        self.emit("}")
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

    def _accessors(self: Lowering, fields: list[tuple[str, str]]) -> None:
        for field, type_ in fields:
            if field == "kind_":
                continue
            self.emit(f"pub fn {field}(&self) -> {type_} {{")
            self.emit(f"    self.0.borrow().{field}.clone()")
            self.emit("}")
            self.emit(f"pub fn {setter(field)}(&self, value: {type_}) {{")
            if type_ in ("i64", "f64", "bool", "()", "py::Num"):
                self.emit(f"    self.0.borrow_mut().{field} = value;")
            else:
                # The old value is dropped after the borrow ends: dropping may reach this object again.
                self.emit(f"    let _old = std::mem::replace(&mut self.0.borrow_mut().{field}, value);")
            self.emit("}")
        self.emit("pub fn same(&self, other: &Self) -> bool {")
        self.emit("    std::rc::Rc::ptr_eq(&self.0, &other.0)")
        self.emit("}")

    def _class_names(self: Lowering, cls: n.Class, family: bool, handle: bool) -> None:
        name = camel(cls.name)
        if family:
            self.emit(f"pub fn kind(&self) -> {name}Kind {{")
            self.emit("    self.0.borrow().kind_" if handle else "    self.kind_")
            self.emit("}")
            self.emit("pub fn class_name(&self) -> &'static str {")
            self.emit("    match self.kind() {")
            for member in cls.members:
                self.emit(f"        {name}Kind::{camel(member)} => {quoted(member)},")
            self.emit("    }")
            self.emit("}")
        else:
            self.emit("pub fn class_name(&self) -> &'static str {")
            self.emit(f"    {quoted(cls.name)}")
            self.emit("}")

    def _dispatchers(self: Lowering, cls: n.Class) -> None:
        """One method for each name that several classes of the family define."""
        keys: dict[str, list[str]] = {}
        for member, methods in cls.methods.items():
            for key in methods:
                keys.setdefault(key, []).append(member)
        for key, definers in keys.items():
            if len(definers) < 2 or key == "__init__":
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
            results = {self._result_text(cls.methods[member][key][0]) for member in definers}
            fallible = any(cls.methods[member][key][0] in self.effects.fallible for member in definers)
            if fallible:
                for member in definers:
                    function = cls.methods[member][key][0]
                    if function not in self.effects.fallible:
                        self.effects.fallible.add(function)
                        self.choices.version += 1
            real = {each for each in results if each.strip() != "-> !"}
            if len(real) > 1 and not fallible:
                self.refuse_class(cls, f"the classes' methods `{example.name}` return different types")
                return
            typed = next(
                (cls.methods[member][key][0] for member in definers if cls.methods[member][key][0].result != t.NEVER), example
            )
            self.emit("")
            self.emit(
                f"pub fn {self.method_name(example, example.owner, True)}({', '.join(head)}){self._result_text(typed)} {{"
            )
            self.emit("    match self.kind() {")
            kind = f"{camel(cls.name)}Kind"
            for member in cls.members:
                current: str | None = member
                while current is not None and current not in definers:
                    current = cls.parents.get(current)
                if current is None:
                    self.emit(f'        {kind}::{camel(member)} => unreachable!("{member} has no {example.name}"),')
                    continue
                target = cls.methods[current][key][0]
                self.emit(
                    f"        {kind}::{camel(member)} => self.{self.method_name(target, current, False)}({', '.join(names)}),"
                )
            self.emit("    }")
            self.emit("}")

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
            self.emit("")
            self.emit(f"pub fn class_{snake(name).removeprefix('r#')}(&self) -> {self.types.text(type_)} {{")
            self.emit("    match self.kind() {")
            for member in cls.members:
                current: str | None = member
                while current is not None and current not in definers:
                    current = cls.parents.get(current)
                arm = f"{camel(cls.name)}Kind::{camel(member)}"
                if current is None:
                    self.emit(
                        f"        {arm} => py::throw(py::Exception::new(\"AttributeError\", \"'{member}' object has no attribute '{name}'\")),"
                    )
                else:
                    self.emit(f"        {arm} => {self.text(n.ClassRead(type_, cls.span, current, name))},")
            self.emit("    }")
            self.emit("}")

    def _initial(self: Lowering, cls: n.Class, member: str, field: str) -> str | None:
        """The class-level value that a field starts with, if the class body gives one."""
        current: str | None = member
        while current is not None:
            for name in cls.fields:
                if snake(name) == field and f"{current}.{name}" in cls.constants:
                    type_, _ = cls.constants[f"{current}.{name}"]
                    read = n.ClassRead(type_, cls.span, current, name)
                    return self.text(self.coerced(read, cls.fields[name]))
            current = cls.parents.get(current)
        return None

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
        this = "self.0.borrow()" if handle else "self"
        shown, told = self._special(cls, "__repr__"), self._special(cls, "__str__")
        self.emit("")
        self.emit(f"impl Text for {name} {{")
        if told is not None:
            self.emit("    fn str_text(&self) -> String {")
            self.emit(f"        {self._trait_call(cls, '__str__')}")
            self.emit("    }")
        elif cls.exception and shown is None:
            self.emit("    fn str_text(&self) -> String {")
            self.emit(f"        {this}.message.clone()")
            self.emit("    }")
        self.emit("    fn repr_text(&self) -> String {")
        if shown is not None and self._covers(cls, "__repr__"):
            self.emit(f"        {self._trait_call(cls, '__repr__')}")
        elif cls.exception:
            self.emit(f'        format!("{{}}({{}})", self.class_name(), py::repr(&{this}.message))')
        elif cls.shown:
            self._generated_repr(cls, family, this)
        else:
            self.emit(
                f"        py::object_text(self.class_name(), {'std::rc::Rc::as_ptr(&self.0) as usize' if handle else 'std::ptr::from_ref(self) as usize'})"
            )
        self.emit("    }")
        self.emit("}")
        self._equality(cls, name, handle, family)
        for key in ("__lt__", "__gt__", "__le__", "__ge__"):
            if self._special(cls, key) is not None:
                self._ordering(cls, name, handle)
                break
        else:
            if cls.ordered:
                self._field_ordering(cls, name, handle)
            elif handle or self._special(cls, "__eq__") is not None or (cls.dataclass and cls.compared):
                self.emit("")
                self.emit(f"impl PartialOrd for {name} {{")
                self.emit("    fn partial_cmp(&self, _other: &Self) -> Option<std::cmp::Ordering> {")
                self.emit(
                    f"        py::throw(py::Exception::new(\"TypeError\", \"'<' not supported between instances of '{cls.name}' and '{cls.name}'\"))"
                )
                self.emit("    }")
                self.emit("}")
        for key, body in (("__bool__", None), ("__len__", "length")):
            if self._special(cls, key) is not None:
                self.emit("")
                self.emit(f"impl py::Truth for {name} {{")
                self.emit("    fn truth(&self) -> bool {")
                call = self._trait_call(cls, key)
                self.emit(f"        {call}" if body is None else f"        {call} != 0")
                self.emit("    }")
                self.emit("}")
                break
        if cls.exception:
            self._exception_trait(cls, name)

    def _covers(self: Lowering, cls: n.Class, key: str) -> bool:
        return any(key in methods for methods in cls.methods.values())

    def _trait_call(self: Lowering, cls: n.Class, key: str) -> str:
        function = self._special(cls, key)
        assert function is not None
        receiver = "self"
        if self.self_mode(function) == "refmut":
            receiver = "self.clone()"
        return f"{receiver}.{self._special_call(cls, key)}()"

    def _generated_repr(self: Lowering, cls: n.Class, family: bool, this: str) -> None:
        members = cls.members if family else [cls.name]
        if family:
            self.emit("        match self.kind() {")
        for member in members:
            names = cls.shown.get(member, [])
            parts = []
            for each in names:
                if each in cls.fields:
                    parts.append(self.shaped_text(cls.fields[each], f"&{this}.{snake(each)}", True))
            hole = ", ".join(f"{each}={{}}" for each in names if each in cls.fields)
            text = (
                f'format!("{member}({hole})"{"".join(", " + part for part in parts)})' if parts else f'"{member}()".to_string()'
            )
            if family:
                self.emit(f"            {camel(cls.name)}Kind::{camel(member)} => {text},")
            else:
                self.emit(f"        {text}")
        if family:
            self.emit("        }")

    def _equality(self: Lowering, cls: n.Class, name: str, handle: bool, family: bool) -> None:
        own = self._special(cls, "__eq__")
        self.emit("")
        if own is not None:
            self.emit(f"impl PartialEq for {name} {{")
            self.emit("    fn eq(&self, other: &Self) -> bool {")
            mode = self.parameter_mode(own.parameters[1]) if len(own.parameters) > 1 else "ref"
            argument = {"ref": "other", "own": "other.clone()"}.get(mode, "&mut other.clone()")
            self.emit(f"        self.{self._special_call(cls, '__eq__')}({argument})")
            self.emit("    }")
            self.emit("}")
        elif (cls.dataclass and cls.compared) or cls.named_tuple:
            self.emit(f"impl PartialEq for {name} {{")
            self.emit("    fn eq(&self, other: &Self) -> bool {")
            tests = ["self.kind() == other.kind()"] if family else []
            names = [each for each in cls.fields if any(each in shown for shown in cls.shown.values())]
            for each in names:
                field = snake(each)
                tests.append(f"self.{field}() == other.{field}()" if handle else f"self.{field} == other.{field}")
            self.emit(f"        {' && '.join(tests) or 'true'}")
            self.emit("    }")
            self.emit("}")
        elif handle:
            self.emit(f"impl PartialEq for {name} {{")
            self.emit("    fn eq(&self, other: &Self) -> bool {")
            self.emit("        self.same(other)")
            self.emit("    }")
            self.emit("}")
        hashed = self._special(cls, "__hash__")
        keyed = (
            hashed is not None
            or (cls.frozen and cls.dataclass)
            or cls.named_tuple
            or (handle and own is None and not cls.dataclass)
        )
        if keyed:
            self.emit("")
            self.emit(f"impl py::Key for {name} {{")
            self.emit("    fn hash_value(&self) -> i64 {")
            if hashed is not None:
                self.emit(f"        self.{self._special_call(cls, '__hash__')}()")
            elif (cls.frozen and cls.dataclass) or cls.named_tuple:
                parts = ", ".join(f"self.{snake(each)}{'()' if handle else ''}.hash_value()" for each in cls.fields)
                self.emit(f"        py::hash_sequence([{parts}])")
            else:
                self.emit("        py::identity_hash(&self.0)")
            self.emit("    }")
            self.emit("    fn same_key(&self, other: &Self) -> bool {")
            self.emit("        self == other")
            self.emit("    }")
            self.emit("}")

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

        def against(one: str, other: str) -> str:
            argument = {"ref": other, "own": f"{other}.clone()"}.get(mode, f"&mut {other}.clone()")
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
                argument = {"ref": "other", "own": "other.clone()"}.get(own_mode, "&mut other.clone()")
                self.emit(f"    fn {operator}(&self, other: &Self) -> bool {{")
                self.emit(f"        {name}::{self.method_name(defined, defined.owner, True)}(self, {argument})")
                self.emit("    }")
        self.emit("}")

    def _field_ordering(self: Lowering, cls: n.Class, name: str, handle: bool) -> None:
        self.emit("")
        self.emit(f"impl PartialOrd for {name} {{")
        self.emit("    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {")
        suffix = "()" if handle else ""
        one = ", ".join(f"&self.{snake(each)}{suffix}" for each in cls.fields)
        two = ", ".join(f"&other.{snake(each)}{suffix}" for each in cls.fields)
        self.emit(f"        ({one},).partial_cmp(&({two},))")
        self.emit("    }")
        self.emit("}")

    def _exception_trait(self: Lowering, cls: n.Class, name: str) -> None:
        self.emit("")
        self.emit(f"impl UserException for {name} {{")
        self.emit("    fn class_name(&self) -> &'static str {")
        self.emit(f"        {name}::class_name(self)")
        self.emit("    }")
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
        self.emit("}")

    def _base_names(self: Lowering, cls: n.Class, member: str) -> str:
        names = []
        current = cls.parents.get(member)
        while current is not None:
            names.append(current)
            current = cls.parents.get(current)
        names.append(cls.exception)
        return ", ".join(quoted(each) for each in names)

    def enum_items(self: Lowering, cls: n.Class) -> None:
        """An Enum class."""
        assert cls.enum is not None
        name = camel(cls.name)
        self.document(cls.doc)
        self.emit("#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]")
        self.emit(f"pub enum {name} {{")
        for index, (member, _) in enumerate(cls.enum):
            if index == 0:
                self.emit("    #[default]")
            self.emit(f"    {camel(member.lower())},")
        self.emit("}")
        self.emit("")
        self.emit(f"impl {name} {{")
        self.depth += 1
        listed = ", ".join(f"{name}::{camel(member.lower())}" for member, _ in cls.enum)
        self.emit(f"pub const MEMBERS: [{name}; {len(cls.enum)}] = [{listed}];")
        self.emit("pub fn name(&self) -> String {")
        self.emit("    match self {")
        for member, _ in cls.enum:
            self.emit(f"        {name}::{camel(member.lower())} => {quoted(member)}.to_string(),")
        self.emit("    }")
        self.emit("}")
        values = [value for _, value in cls.enum]
        type_: t.Type = t.INT
        if any(each is not None for each in values):
            type_ = next(each.type for each in values if each is not None)
        rust = self.types.text(type_)
        self.emit(f"pub fn value(&self) -> {rust} {{")
        self.emit("    match self {")
        for index, (member, value) in enumerate(cls.enum):
            text = str(index + 1) if value is None else self.text(value)
            self.emit(f"        {name}::{camel(member.lower())} => {text},")
        self.emit("    }")
        self.emit("}")
        parameter = rust if self.types.copies(type_) else ("&str" if type_ == t.STR else f"&{rust}")
        reference = f"&{rust}" if self.types.copies(type_) else parameter
        self.emit(f"pub fn try_from_value(value: {reference}) -> Result<Self, py::Exception> {{")
        self.emit("    Self::MEMBERS.into_iter().find(|each| each.value() == *value).ok_or_else(|| {")
        self.emit(f'        py::Exception::new("ValueError", format!("{{}} is not a valid {cls.name}", py::repr(value)))')
        self.emit("    })")
        self.emit("}")
        self.emit("pub fn try_from_name(name: &str) -> Result<Self, py::Exception> {")
        self.emit(
            '    Self::MEMBERS.into_iter().find(|each| each.name() == name).ok_or_else(|| py::Exception::of("KeyError", &[&name]))'
        )
        self.emit("}")
        self.emit("pub fn class_name(&self) -> &'static str {")
        self.emit(f"    {quoted(cls.name)}")
        self.emit("}")
        for methods in cls.methods.values():
            for versions in methods.values():
                for each in versions:
                    self.emit("")
                    self.function_item(each)
        self.depth -= 1
        self.emit("}")
        self.emit("")
        self.emit(f"impl Text for {name} {{")
        self.emit("    fn str_text(&self) -> String {")
        if self._special(cls, "__str__") is not None:
            self.emit(f"        {self._trait_call(cls, '__str__')}")
        else:
            self.emit(f'        format!("{cls.name}.{{}}", self.name())')
        self.emit("    }")
        self.emit("    fn repr_text(&self) -> String {")
        if self._special(cls, "__repr__") is not None:
            self.emit(f"        {self._trait_call(cls, '__repr__')}")
        else:
            self.emit(f'        format!("<{cls.name}.{{}}: {{}}>", self.name(), py::repr(&self.value()))')
        self.emit("    }")
        self.emit("}")
        self.emit("")
        self.emit(f"impl py::Key for {name} {{")
        self.emit("    fn hash_value(&self) -> i64 {")
        self.emit("        py::hash_text(&self.name())")
        self.emit("    }")
        self.emit("    fn same_key(&self, other: &Self) -> bool {")
        self.emit("        self == other")
        self.emit("    }")
        self.emit("}")

    def class_constants(self: Lowering, cls: n.Class) -> None:
        """Class-level attributes: constants, or thread-local values where the program changes them."""
        for key, (type_, value) in cls.constants.items():
            class_name, _, name = key.partition(".")
            label = f"{upper(class_name)}_{upper(name)}"
            if key in self.static_constants:
                continue
            if type_ == t.STR and isinstance(value, n.Constant):
                self.emit(f"const {label}: &str = {quoted(value.value)};")
            else:
                self.emit(f"const {label}: {self.types.text(type_)} = {self.text(value)};")


def _groups(type_: t.Type) -> set[int]:
    """All groups in a type."""
    found = {group_of(type_)} - {0}
    if isinstance(type_, t.Optional):
        return _groups(type_.inner)
    for each in t.children(type_):
        found |= _groups(each)
    return found


def _types_inside(type_: t.Type) -> list[t.Type]:
    found = [type_]
    for each in t.children(type_):
        found.extend(_types_inside(each))
    return found


__all__ = ["DeclarationLowering", "walk_all"]
