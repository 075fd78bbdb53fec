"""Closures in Rust: lambdas, and functions of the program as values."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import stored_in, walk
from batuta.lowering import rust_text as r
from batuta.lowering.effects import group_of
from batuta.lowering.rust_text import Rust, function_of, quoted
from batuta.lowering.rust_types import snake

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


class ClosureLowering:
    """The part of the lowering that prints closures."""

    def closure(self: Lowering, node: n.Expression) -> str:
        """A callable argument of a library function: a closure whose parameters are references."""
        if not isinstance(node, n.Lambda):
            if isinstance(node.type, t.Callable):
                names = [self.fresh("item") for _ in node.type.parameters]
                patterns = ", ".join(
                    f"&{each}" if self.types.copies(kind) else each
                    for each, kind in zip(names, node.type.parameters, strict=True)
                )
                return f"|{patterns}| {self.place(node).at(r.ATOM)}({', '.join(names)})"
            return "None"
        if node.function is not None:
            return self._function_closure(node, library=True)
        assert node.body is not None
        held = [(variable, self.text(value)) for variable, value in node.held]
        text = self._closure_text(node, library=True)
        if not held:
            return text
        lets = " ".join(f"let {self.name(variable)} = {value};" for variable, value in held)
        return f"{{ {lets} move {text} }}"

    def _closure_text(self: Lowering, node: n.Lambda, library: bool) -> str:
        assert node.body is not None
        if library and self._only_calls(node):
            assert isinstance(node.body, n.FunctionCall)
            return self.function_name(node.body.function)
        patterns = []
        for each in node.parameters:
            used = any(isinstance(part, n.Read) and part.variable is each for part in walk(node.body))
            self.set_how(each, "own" if self.types.copies(each.type) else "ref")
            self.closure_parameters.add(each)
            name = self.declare_name(each)
            pattern = f"&{name}" if self.types.copies(each.type) and library else name
            if library and each in self.survey.given_to_numpy:
                # Nothing else may tell rustc which number the items are.
                pattern += f": {'&' if pattern != name else ''}{self.types.text(each.type)}"
            patterns.append(pattern if used else f"_{name}".replace("_r#", "_"))
        own = stored_in(node)
        for each in own:
            self.set_how(each, "own")
            self.declare_name(each)
        self.closure_depth += 1
        body = self.value(node.body)
        self.closure_depth -= 1
        if own:
            again = {
                inner.variable
                for each in walk(node.body)
                if isinstance(each, n.Comprehension)
                for inner in walk(each)
                if isinstance(inner, n.Walrus)
            }
            lets = [f"let {'mut ' if each in again else ''}{self.name(each)}: {self.types.text(each.type)};" for each in own]
            body = Rust(f"{{ {' '.join(lets)} {body.text} }}")
        if not (library or patterns or own) and isinstance(node.body, n.FunctionCall | n.Construct):
            path = body.text.removesuffix("()")
            if path != body.text and re.fullmatch(r.PATH, path):
                return path
        if not library:
            types = [self._parameter_type(each.type) for each in node.parameters]
            stated = ", ".join(f"{pattern}: {kind}" for pattern, kind in zip(patterns, types, strict=True))
            if node.body.type == t.INT and not any(isinstance(part, n.Read) for part in walk(node.body)):
                # Nothing else tells rustc that the literals are i64.
                return f"|{stated}| -> i64 {{ {body} }}"
            return f"|{stated}| {body}"
        if not patterns and re.fullmatch(r"[\w:<>, ]+::new\(\)", body.text):
            return body.text.removesuffix("()")
        whole = function_of(patterns[0], body.text) if len(patterns) == 1 else None
        # Element-wise functions take arrays and references to them: one function value cannot stand for every lifetime.
        if whole is not None and not (
            isinstance(node.body, n.LibraryCall) and node.body.entry and node.body.entry.cost == "low"
        ):
            return whole
        return f"{'move ' if self.moving else ''}|{', '.join(patterns)}| {body}"

    def _parameter_type(self: Lowering, type_: t.Type) -> str:
        return self.types.text(type_) if self.types.copies(type_) else f"&{self.types.text(type_)}"

    def _function_closure(self: Lowering, node: n.Lambda, library: bool) -> str:
        function = node.function
        assert function is not None
        names = (
            function.parameters[1:] if function.owner and function.kind in ("method", "class method") else function.parameters
        )
        patterns, arguments = [], []
        for index, each in enumerate(names):
            name = snake(each.name) + ("" if index < 20 else str(index))
            name = f"unused{index}" if name == "_" else name
            copies = self.types.copies(each.type)
            if library:
                patterns.append(f"&{name}" if copies else name)
            else:
                patterns.append(f"{name}: {self._parameter_type(each.type)}")
            mode = self.parameter_mode(each)
            if mode == "refmut" and not copies:
                # A function value lends what it is given; what is changed there is shared.
                self.choices.share(group_of(each.type), f"changed by `{function.name}`, which is called as a value")
            arguments.append(f"{name}.clone()" if mode == "own" and not copies else name)
        captured = [
            self.argument(n.Read(each.type, node.span, each), each) if each not in self.choices.boxed else f"&{self.name(each)}"
            for each in self.captures.get(function, [])
        ]
        if node.receiver is not None:
            head = f"{self.place(node.receiver).at(r.ATOM)}.{self.method_name(function, function.owner, False)}"
        elif function.owner:
            head = f"{self.type_name(function.owner)}::{self.method_name(function, function.owner, False)}"
        else:
            head = self.function_name(function)
        fallible = ".or_throw()" if function in self.effects.fallible else ""
        whole = library and not captured and not fallible and node.receiver is None and bool(names)
        if whole and all(not self.types.copies(each.type) and self._is_whole_reference(each) for each in names):
            return head
        if not library and not names and not captured and not fallible and node.receiver is None:
            return head
        return f"|{', '.join(patterns)}| {head}({', '.join([*captured, *arguments])}){fallible}"

    def _only_calls(self: Lowering, node: n.Lambda) -> bool:
        """Whether a lambda only hands its parameters on to a function that takes references to them as they are."""
        call = node.body
        return (
            isinstance(call, n.FunctionCall)
            and bool(node.parameters)
            and call.receiver is None
            and not call.function.owner
            and not self.captures.get(call.function)
            and not self.is_fallible(call)
            and len(call.arguments) == len(node.parameters)
            and all(
                isinstance(value, n.Read)
                and value.variable is each
                and value.type == each.type == parameter.type
                and not self.types.copies(each.type)
                and self._is_whole_reference(parameter)
                for value, each, parameter in zip(call.arguments, node.parameters, call.function.parameters, strict=True)
            )
        )

    def _is_whole_reference(self: Lowering, parameter: n.Variable) -> bool:
        """Whether a parameter is a reference to its whole type, and to no slice of it."""
        return self.signature_type(parameter) == f"&{self.types.text(parameter.type)}"

    def value_lambda(self: Lowering, node: n.Lambda) -> Rust:
        """A function value that is kept: reference counted."""
        # What is held is bound before the closure is made; what only its values read is not used inside.
        bound = {variable for variable, _ in node.held}
        outside = {each.variable for _, value in node.held for each in walk(value) if isinstance(each, n.Read)}
        if node.body is not None:
            outside -= {each.variable for each in walk(node.body) if isinstance(each, n.Read)}
        inside = [each for each in self.captured_variables(node) if each not in bound]
        for each in [*bound, *inside]:
            # The closure may run when the surroundings have changed the object, and may change it for them.
            if not self.types.copies(each.type):
                self.check_copy(each.type, node)
        if node.function is None:
            inside = [each for each in inside if each not in outside]
        clones = []
        # `self` cannot be bound again; inside the closure it has another name.
        receivers = [each for each in inside if each not in self.inline and self.name(each) == "self"]
        for each in receivers:
            name = self.fresh("this")
            self.names[each] = name
            clones.append(f"let {name} = self.clone();")
            self.check_copy(each.type, node)
        for each in inside:
            if each in receivers:
                continue
            how = self.how(each)
            if how in ("static", "const") or each in self.inline:
                continue
            if how == "boxed":
                clones.append(f"let {self.name(each)} = {self.name(each)}.clone();")
            elif how in ("own", "ref", "refmut") and not self.types.copies(each.type):
                self.check_copy(each.type, node)
                copy = "to_string" if self.is_text_slice(each) else "to_vec" if self.is_slice(each) else "clone"
                clone = f"{self.name(each)}.{copy}()"
                clones.append(f"let {self.name(each)} = {clone};")
        held = [(variable, self.text(value)) for variable, value in node.held]
        inside = [each for each in inside if each not in {variable for variable, _ in held}]
        iterators = [
            each for each in inside if isinstance(each.type, t.Iterator) and node.function is None and self._is_local(each)
        ]
        for each in iterators:
            # Each call goes on where the last one stopped.
            self.choices.pass_on(each)
            self.inline[each] = Rust(f"{self.name(each)}.clone()")
        before = {each: self.hows.get(each) for each in inside}
        for each in inside:
            if self.how(each) in ("ref", "refmut") and not self.types.copies(each.type):
                self.set_how(each, "own")
        text = self._function_closure(node, False) if node.function is not None else self._closure_text(node, False)
        for each in iterators:
            del self.inline[each]
        for each, held_as in before.items():
            if held_as is not None:
                self.hows[each] = held_as
        for each in receivers:
            self.names[each] = "self"
        assert isinstance(node.type, t.Callable)
        clones = [f"let {self.name(variable)} = {value};" for variable, value in held if value != self.name(variable)] + clones
        plain = re.fullmatch(r"\|\| (sklearn(?:::\w+)+)\(\)", text)
        if plain is not None:
            # Nothing is captured: the function itself.
            text = plain.group(1)
        made = f"std::rc::Rc::new({'move ' if text.startswith('|') else ''}{text}) as {self.types.text(node.type)}"
        if self.compares_functions:
            made = self._known_function(node, made)
        if self.names_functions:
            made = f"py::named({quoted(node.label)}, {made})"
            return Rust(f"{{ {' '.join(clones)} {made} }}" if clones else made)
        if clones:
            return Rust(f"{{ {' '.join(clones)} {made} }}")
        return Rust(made, r.CAST if made.startswith("std::") else r.ATOM)

    def _is_local(self: Lowering, variable: n.Variable) -> bool:
        return variable not in self.inline and self.how(variable) not in ("static", "const")

    def _known_function(self: Lowering, node: n.Lambda, made: str) -> str:
        """A function value that knows which function of the program it is, or of which object it is a method."""
        function = node.function
        if function is None or self.captures.get(function):
            return made
        name = quoted(f"{function.owner}.{function.name}")
        if node.receiver is None:
            return f"py::known_function({name}, {made})"
        if not self.is_handle(node.receiver.type):
            self.refuse(node, "BAT104", "a method of an object is looked for among functions", "Look for a function.")
            return made
        place = self.place(node.receiver).at(r.ATOM)
        return f'py::known_function(&format!("{{}}@{{}}", {name}, py::identity_hash(&{place}.0)), {made})'

    def value_functionname(self: Lowering, node: n.FunctionName) -> Rust:
        return Rust(f"py::function_name({self.ref(node.operand)})")

    def captured_variables(self: Lowering, node: n.Lambda) -> list[n.Variable]:
        """The variables of the surroundings that a closure uses."""
        found: dict[n.Variable, None] = {}
        bound: set[n.Variable] = {*node.parameters, *stored_in(node)}
        for each in walk(node):
            if isinstance(each, n.VariableTarget):
                bound.add(each.variable)
            if isinstance(each, n.Lambda):
                bound.update(each.parameters)
            if isinstance(each, n.Items) and each.convert is not None:
                bound.add(each.convert[0])
        for each in walk(node):
            if isinstance(each, n.Read) and each.variable not in bound:
                found[each.variable] = None
            if isinstance(each, n.FunctionCall):
                # A function of the same surroundings is handed what it uses of them.
                found.update({variable: None for variable in self.captures.get(each.function, []) if variable not in bound})
        if node.function is not None:
            for variable in self.captures.get(node.function, []):
                found[variable] = None
        return list(found)
