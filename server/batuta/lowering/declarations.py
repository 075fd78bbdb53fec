"""Functions in Rust, and how their parameters are passed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.spans import Span
from batuta.lowering.effects import group_of
from batuta.lowering.expressions import _bare
from batuta.lowering.instances import Instance
from batuta.lowering.lints import DOC_LINTS, MOST_PARAMETERS, breaks_list, method_lint
from batuta.lowering.statements import diverges

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


class DeclarationLowering:
    """The part of the lowering that prints declarations."""

    span: Span | None

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
        text = self.types.field_text(variable.type) if variable in self.choices.passed_on else self.types.text(variable.type)
        mode = self.parameter_mode(variable)
        if mode == "own":
            return text
        if self.is_slice(variable):
            return f"&{'mut ' if mode == 'refmut' else ''}[{self.types.text(t.children(variable.type)[0])}]"
        if mode == "refmut":
            return f"&mut {text}"
        if variable.type in (t.STR, t.NumpyScalar("str")):
            return "&str"
        return f"&{text}"

    def _captured_type(self: Lowering, variable: n.Variable) -> str:
        """The type of a parameter that is a name of the surroundings."""
        whole = self.signature_type(variable)
        element = t.children(variable.type)[0] if isinstance(variable.type, t.List | t.Sequence) else None
        if element is None or not whole.startswith("&") or not self.only_looked_at(variable):
            return whole
        mutable = "mut " if whole.startswith("&mut ") else ""
        return f"&{mutable}[{self.types.text(element)}]" if not self.types.is_shared(variable.type) else whole

    def is_text_slice(self: Lowering, variable: n.Variable) -> bool:
        """Whether a variable is a `&str`."""
        return (
            (variable.parameter or variable in self.captured_here)
            and variable.type in (t.STR, t.NumpyScalar("str"))
            and variable in self.function_of_parameter
            and self.parameter_mode(variable) == "ref"
        )

    # -- functions

    def function_item(self: Lowering, function: n.Function) -> None:
        """Print a function that stands by itself."""
        self.print_item(function, lambda: self._function(function))

    def _function(self: Lowering, function: n.Function, inside: bool = False) -> None:
        saved = self.enter(function)
        captured = self.captures.get(function, [])
        head = []
        # Only a method has a `self`; a function inside it that uses it is given it under another name.
        receivers = [each for each in captured if self.names.get(each) == "self"]
        for each in receivers:
            self.names[each] = self.fresh("this")
        for each in captured:
            if each in self.choices.boxed:
                self.set_how(each, "boxed")
                head.append(f"{self.declare_name(each)}: &py::Shared<{self.types.text(each.type)}>")
            else:
                mode = self.parameter_mode(each)
                self.set_how(each, mode)
                head.append(f"{self.declare_name(each)}: {self._captured_type(each)}")
        names = function.parameters
        is_method = bool(function.owner) and function.kind in ("method", "property", "setter")
        if is_method:
            names = names[1:]
            self.set_how(function.parameters[0], "refmut" if self.self_mode(function) == "refmut" else "ref")
            self.names[function.parameters[0]] = "self"
            if function.owner in self.types.enums and self.method_name(function, function.owner, False).startswith("to_"):
                # What is copied is converted by value.
                self.set_how(function.parameters[0], "own")
                head.append("self")
            else:
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
            if unused:
                # Where it is assigned and never read, the assignments need the name too.
                name = self.names[each] = f"_{name.removeprefix('r#')}"
            head.append(f"{mutable}{name}: {self.signature_type(each)}")
        result = self._result_text(function)
        visibility = "pub " if not inside and (function.owner or self.home) else ""
        self.span = function.span
        start = len(self.lines)
        for line in function.comments:
            self.emit(f"// {line}".rstrip())
        self.document(function.doc)
        label = self.method_name(function, function.owner, False) if function.owner else self.function_name(function)
        self.item_lines[function] = len(self.lines)
        odd = ["clippy::too_many_arguments"] if len(head) > MOST_PARAMETERS else []
        if is_method:
            odd += [each for each in [method_lint(label, head[len(captured)], len(names), result)] if each]
        if odd:
            self.emit(f"#[allow({', '.join(odd)})]")
        self.emit(f"{visibility}fn {label}({', '.join(head)}){result} {{")
        self.depth += 1
        for each in boxed:
            name = self.name(each)
            self.emit(f"let {name} = py::Shared::new({name});")
        if function.generator is not None:
            self._hold_captured(function, captured)
            self._generator_body(function, is_method)
        elif function.cached and not is_method and not captured and names:
            self._cached_body(function, names)
        else:
            self.body(function.body, function)
        self.depth -= 1
        self.emit("}")
        if not inside:
            self.instances.append(Instance(function, label, start, len(self.lines)))
        self.leave(saved)
        for each in receivers:
            self.names[each] = "self"

    def _hold_captured(self: Lowering, function: n.Function, captured: list[n.Variable]) -> None:
        """A generator holds the names of its surroundings: handles of what anybody changes, copies of the rest."""
        for each in captured:
            if each in self.choices.boxed:
                self.emit(f"let {self.name(each)} = {self.name(each)}.clone();")
                continue
            groups = _groups(each.type)
            if isinstance(_bare(each.type), t.Instance):
                groups |= self._instance_groups(_bare(each.type), set())
            for group in sorted(groups & self.effects.changed):
                self.choices.share(group, f"held by the generator `{function.name}`")

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
        assigned = any(each in self.choices.mutable and each not in self.choices.boxed for each in names)
        self.emit(f"let {'mut ' if assigned else ''}compute = || -> {whole} {{")
        self.depth += 1
        self.body(function.body, function)
        self.depth -= 1
        self.emit("};")
        self.emit(f"let result = compute(){'?' if self.fallible else ''};")
        kept = "result" if self.types.copies(function.result) else "result.clone()"
        self.emit(f"KNOWN.with_borrow_mut(|known| known.set_at(arguments, {kept}));")
        self.emit("Ok(result)" if self.fallible else "result")

    def _result_text(self: Lowering, function: n.Function) -> str:
        if function.spoken is not None:
            return f" -> {self.types.text(function.result)}"
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
        if function.spoken is not None:
            sent, self.result_type = function.spoken
            self.spoken = True
            self.emit(f"py::Coroutine::new({_nothing(sent)}, move |giver| async move {{")
        else:
            self.emit("Box::new(py::Generator::new(move |giver| async move {")
        self.depth += 1
        self.generator = True
        self.body(function.body, function)
        self.generator = self.spoken = False
        self.depth -= 1
        self.emit("})" if function.spoken is not None else "}))")

    def body(self: Lowering, body: list[n.Statement], function: n.Function | None) -> None:
        """Print the statements of a function, with what stands at its end."""
        skipped = set(function.parameters) if function is not None else set()
        if function is not None:
            skipped |= set(self.captures.get(function, []))
        self.plan(body, skipped)
        self.liveness = self.survey.liveness_of(body)
        ends = diverges(body)
        self.block(body, tail=(self.spoken or not self.generator) and not self.constructs)
        if function is None or (self.generator and not self.spoken):
            return
        if self.spoken:
            end = "" if self.result_type == t.NONE else "py::Value::None" if self.result_type == t.VALUE else "None"
            if end and not ends and isinstance(self.result_type, t.Optional | t.Scalar):
                self.emit(end)
            return
        if self.constructs:
            return
        if not ends:
            last = body[-1] if body else None
            left = isinstance(last, n.Evaluate) and last.value.type == t.NEVER and "sys_exit" in self.lines[-1].text
            if function.result == t.NEVER and left and not self.fallible:
                pass
            elif function.result == t.NEVER:
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
        self._function(node.function, inside=True)

    def document(self: Lowering, text: str) -> None:
        """A docstring as a doc comment."""
        if breaks_list(text):
            self.lints |= DOC_LINTS
        for line in text.splitlines():
            self.emit(f"/// {line}".rstrip())


def _nothing(sent: t.Type) -> str:
    """What `yield` gives when nobody sends anything, and the test for it."""
    if sent in (t.NONE, t.NEVER):
        return "|| (), |_| true"
    if isinstance(sent, t.Optional):
        return "|| None, |sent| sent.is_none()"
    if sent == t.VALUE:
        return "|| py::Value::None, |sent| sent.is_none()"
    return '|| py::unsupported("`next` of a generator that expects to be sent something"), |_| false'


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
