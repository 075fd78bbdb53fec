"""Calls in Rust: catalog templates, functions and methods of the program, constructors, closures, comprehensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from batuta.catalog.entry import Refusal
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import walk
from batuta.lowering import rust_text as r
from batuta.lowering.effects import changed_by, group_of
from batuta.lowering.expressions import _bare, root_variable
from batuta.lowering.liveness import target_variables
from batuta.lowering.rust_text import Rust, quoted
from batuta.lowering.rust_types import camel, snake

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

COMPARING = {
    "operator.contains",
    "list.index",
    "list.remove",
    "list.count",
    "list.sort",
    "builtins.sorted",
    "builtins.min",
    "builtins.max",
    "heapq.heappush",
    "heapq.heappop",
    "heapq.heapify",
    "heapq.heappushpop",
    "heapq.heapreplace",
    "heapq.nlargest",
    "heapq.nsmallest",
    "deque.remove",
    "deque.index",
    "bisect.insort",
    "bisect.bisect",
}
"""Entries that compare items."""

_HOLE = re.compile(r"\{\{|\}\}|\{(?P<mode>&\*|&|\*|mut |fn |type |iter )?(?P<name>\w+)\}(?P<dot>\.(?!\.))?")
_FORMS = {"ref": ("at_ref", "at_or_default_ref"), "mut": ("at_mut", "at_or_default_mut")}


class CallLowering:
    """The part of the lowering that prints calls."""

    # -- catalog

    def value_librarycall(self: Lowering, node: n.LibraryCall) -> Rust:
        if node.entry is None:
            return self._own_template(node)
        if (
            node.entry.name == "operator.contains"
            and isinstance(node.arguments["b"][0], n.Unwrap)
            and not node.arguments["b"][0].proven
        ):
            return self._contains_option(node, node.arguments["b"][0])
        if node.entry.name in COMPARING:
            for values in node.arguments.values():
                for each in values:
                    self._needs_identity(each.iteration.value.type if isinstance(each, n.Items) else each.type)
        before, self.moves_forbidden = (
            self.moves_forbidden,
            self.moves_forbidden or self.read_twice([each for values in node.arguments.values() for each in values]),
        )
        text = self.expand(node)
        self.moves_forbidden = before
        self._check_copies(node)
        fresh = self._fresh_container(node)
        if fresh is not None and self._open(fresh) and not self.annotated:
            text = Rust(f"{{ let empty: {self.types._text(fresh)} = {text.text}; empty }}")
        if fresh is not None and self.types.is_shared(fresh):
            return Rust(f"py::Shared::new({text.text})")
        return text

    def _open(self: Lowering, type_: t.Type) -> bool:
        """Whether nothing tells rustc what is in a container, because nothing ever is."""
        return type_ == t.NEVER or any(self._open(each) for each in t.children(type_))

    def _contains_option(self: Lowering, node: n.LibraryCall, item: n.Unwrap) -> Rust:
        """None is in no container of other values."""
        name = self.fresh("item")
        variable = n.Variable(name, item.type)
        self.inline[variable] = Rust(name)
        before = node.arguments["b"]
        node.arguments["b"] = [n.Read(item.type, item.span, variable)]
        inner = self.value(node)
        node.arguments["b"] = before
        return Rust(f"{self.value(item.operand).at(r.ATOM)}.is_some_and(|{name}| {inner})")

    def _needs_identity(self: Lowering, type_: t.Type) -> None:
        """Objects without `__eq__` are compared by identity, so they must be handles where something compares them."""
        if isinstance(type_, t.Instance):
            cls = self.classes.get(type_.name)
            if cls is not None and cls.enum is None and not cls.dataclass and not cls.named_tuple:
                if not any("__eq__" in methods or "__lt__" in methods for methods in cls.methods.values()):
                    self.choices.share(type_.group, "compared by identity")
            return
        for each in t.children(type_):
            self._needs_identity(each)

    def _check_copies(self: Lowering, node: n.LibraryCall) -> None:
        """What an entry hands out of a container is a copy, unless it takes it out."""
        member = node.entry.name.rpartition(".")[2]
        if "pop" in member or member in ("next", "heapreplace") or node.entry.aliases or self.types.copies(node.type):
            return
        if node.entry.result is not None and isinstance(node.type, t.Array | t.Object):
            return
        fresh = self._fresh_container(node)
        for each in t.children(node.type) if fresh is not None or isinstance(node.type, t.Tuple | t.Sequence) else [node.type]:
            if self._holds_objects(node):
                self.check_copy(each, node)

    def _holds_objects(self: Lowering, node: n.LibraryCall) -> bool:
        """Whether the result's objects come from an argument that stays."""
        if node.entry.name == "operator.mul":
            return True
        for values in node.arguments.values():
            for each in values:
                value = each.iteration.value if isinstance(each, n.Items) else each
                if (
                    not isinstance(value, n.Constant | n.Lambda)
                    and not self.types.copies(value.type)
                    and not self.is_temporary(value)
                ):
                    return True
        return False

    def _fresh_container(self: Lowering, node: n.LibraryCall) -> t.Type | None:
        """The result type, when the call makes a new container (and does not hand out one that exists)."""
        if node.entry.result is not None:
            return node.type if isinstance(node.type, t.List | t.Dict | t.Set | t.Deque) else None
        result = node.signature.result
        return node.type if isinstance(result, t.List | t.Dict | t.Set | t.Deque) else None

    def _own_template(self: Lowering, node: n.LibraryCall) -> Rust:
        if node.template == "exception message":
            place = self.changed(node.arguments["self"][0])
            if self.is_handle(node.arguments["self"][0].type):
                return Rust(f"{place.at(r.ATOM)}.set_message({self.text(node.arguments['message'][0])})")
            return Rust(f"{place.at(r.ATOM)}.message = {self.text(node.arguments['message'][0])}", r.LOOSE)
        if node.template == "tuple index":
            owner = node.arguments["owner"][0]
            assert isinstance(owner.type, t.Tuple)
            place = self.place(owner)
            name = self.fresh("items")
            items = ", ".join(
                f"{name}.{index}" + ("" if self.types.copies(each) else ".clone()")
                for index, each in enumerate(owner.type.items)
            )
            return self.raising_item(
                f"{{ let {name} = &{place.at(r.UNARY)}; [{items}] }}", self.text(node.arguments["index"][0])
            )
        raise NotImplementedError(node.template)

    def raising_item(self: Lowering, array: str, index: str) -> Rust:
        """An item of a tuple at a computed index."""
        if self.protected:
            return self.raising(Rust(f"py::try_tuple_item(&{array}, {index})"))
        return Rust(f"py::try_tuple_item(&{array}, {index}).or_throw()")

    def library_place(self: Lowering, node: n.LibraryCall, mode: str) -> Rust | None:
        """`xs[i]` as a place inside the container, when the container has one owner."""
        if node.entry is None or node.entry.name not in ("operator.getitem", "defaultdict.__getitem__"):
            return None
        container = next(iter(node.arguments.values()))[0]
        bare = _bare(container.type)
        if self.types.is_shared(bare) or not isinstance(bare, t.List | t.Dict | t.Deque | t.Sequence):
            return None
        if isinstance(bare, t.Dict) and bare.kind == "Counter":
            return None
        if mode == "ref" and self.types.copies(node.type):
            return None
        default = isinstance(bare, t.Dict) and bare.kind == "defaultdict"
        if isinstance(bare, t.Sequence) and mode == "mut":
            return None
        index_node = list(node.arguments.values())[1][0]
        if default:
            receiver = self.changed(container)
            return Rust(f"{receiver.at(r.ATOM)}.at_or_default_mut({self.ref(index_node).text})")
        receiver = self.changed(container) if mode == "mut" else self.place(container)
        index = self.ref(index_node).text if isinstance(bare, t.Dict) else self.text(index_node)
        name = "at_mut" if mode == "mut" else "at_ref"
        if self.protected:
            return self.raising(Rust(f"{receiver.at(r.ATOM)}.try_{name}({index})"))
        return Rust(f"{receiver.at(r.ATOM)}.{name}({index})")

    def choose_target(self: Lowering, node: n.LibraryCall) -> Any:
        """The Rust form of an entry with several, by the policy and what fits."""
        entry = node.entry
        options = [each for each in entry.targets if each.accepts is None or self._accepts(each, node)]
        if not options:
            raise Refusal("BAT103", f"no Rust form of `{entry.name}` fits this use", "Change the arguments.")
        policy = self.options.target
        if policy == "aprender":
            options = [each for each in options if each.crate in ("aprender", "trueno")] or options
        elif policy == "faithful":
            options = [each for each in options if each.crate not in ("aprender", "trueno")] or options
        return options[0]

    def _accepts(self: Lowering, target: Any, node: n.LibraryCall) -> bool:
        try:
            return bool(target.accepts(node.asker))
        except Refusal:
            return False

    def expand(self: Lowering, node: n.LibraryCall) -> Rust:
        """A template with its holes filled."""
        entry = node.entry
        self.features.update(entry.features)
        self.uses.update(entry.use)
        template = node.template
        asker = node.asker
        asker.lowering = self.lower_for_entry
        try:
            if entry.targets:
                node.target = self.choose_target(node)
                template = node.target.rust
                self.uses.update(node.target.use)
                if node.target.crate in ("aprender", "trueno"):
                    self.features.add(node.target.crate)
                if entry.kind == "class" or entry.name in self.declared_classes:
                    self.types.targets[entry.name] = node.target.crate
            if entry.refuse is not None:
                entry.refuse(asker)
            if callable(template):
                template = template(asker)
        except Refusal as refusal:
            self.refuse(node, refusal.code, refusal.reason, refusal.remedy)
            return Rust("todo!()")
        changed = set(entry.mutates)
        if any(each in changed_by(node) for values in node.arguments.values() for each in values):
            changed |= {name for name, values in node.arguments.items() if any(each in changed_by(node) for each in values)}
        hoisted = self._hoist(node, changed)
        before: list[str] = []
        for expression, name in hoisted:
            collected = ".collect::<Vec<_>>()" if isinstance(expression, n.Items) else ""
            before.append(f"let {name} = {self.text(expression)}{collected};")
            self.hoisted[id(expression)] = name

        def fill(match: re.Match[str]) -> str:
            if match[0] in ("{{", "}}"):
                return match[0][0]
            return self._hole(node, match["name"], match["mode"] or "", match["dot"] or "", changed)

        text = _HOLE.sub(fill, template)
        for expression, _ in hoisted:
            self.hoisted.pop(id(expression), None)
        made = self._tilde(text)
        if before:
            return Rust(f"{{ {' '.join(before)} {made} }}")
        return Rust(made, self._level(made))

    def _hoist(self: Lowering, node: n.LibraryCall, changed: set[str]) -> list[tuple[n.Expression, str]]:
        """Arguments that must be evaluated before the receiver is borrowed for a change."""
        receivers = [
            each for name in changed for each in node.arguments.get(name, []) if not self.types.is_shared(_bare(each.type))
        ]
        roots = {root_variable(each) for each in receivers} - {None}
        borrowed = any(
            isinstance(each, n.FieldRead) and isinstance(_bare(each.type), t.Array) and self.is_handle(each.owner.type)
            for each in receivers
        )
        if not roots and not borrowed:
            return []
        found: list[tuple[n.Expression, str]] = []
        for name, values in node.arguments.items():
            if name in changed or (name == "index" and node.entry.name.startswith("ndarray.")):
                continue
            for each in values:
                if isinstance(each, n.Constant | n.Lambda):
                    continue
                if borrowed and not isinstance(each, n.Read):
                    found.append((each, self.fresh("value")))
                    continue
                if isinstance(each, n.Read) and (self.types.copies(each.variable.type) or each.variable not in roots):
                    continue
                if any(isinstance(part, n.Read) and part.variable in roots for part in walk(each)):
                    if self.types.copies(each.type) or isinstance(
                        each,
                        n.Items
                        | n.LibraryCall
                        | n.FunctionCall
                        | n.FieldRead
                        | n.Unwrap
                        | n.Formatted
                        | n.TupleItem
                        | n.Coerce
                        | n.Display,
                    ):
                        found.append((each, self.fresh("value")))
        return found

    def lower_for_entry(self: Lowering, node: n.Expression, mode: str) -> str:
        """What an entry's own code asks for: a value, a reference (`ref`), a place to read from, a reference to change through (`mut`)."""
        if mode == "mut":
            place = self.changed(node)
            how = self.how(node.variable) if isinstance(node, n.Read) else ""
            return place.text if how in ("refmut", "ref") else f"&mut {place.at(r.UNARY)}"
        return self.ref(node).text if mode == "ref" else (self.place(node).text if mode == "place" else self.text(node))

    def _level(self: Lowering, text: str) -> int:
        depth = 0
        for index, each in enumerate(text):
            if each in "([{":
                depth += 1
            elif each in ")]}":
                depth -= 1
            elif depth == 0 and each == " " and not text.startswith(("vec!", "|")):
                following = text[index + 1 : index + 4]
                if following.startswith(
                    (
                        "+ ",
                        "- ",
                        "* ",
                        "/ ",
                        "% ",
                        "& ",
                        "| ",
                        "^ ",
                        "as ",
                        "< ",
                        "> ",
                        "==",
                        "!=",
                        "&&",
                        "||",
                        "<=",
                        ">=",
                        "<<",
                        ">>",
                    )
                ):
                    return r.LOOSE
        return r.UNARY if text.startswith(("-", "!", "&", "*")) else r.ATOM

    def _tilde(self: Lowering, text: str) -> str:
        while "~" in text:
            place = text.index("~")
            name = re.match(r"~(\w+)", text[place:])
            if name is None:
                break
            if not self.protected:
                text = text[:place] + text[place + 1 :]
                continue
            open_at = text.find("(", place)
            end = self._closing(text, open_at)
            start = place
            while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_:."):
                start -= 1
            if text[start:place].endswith(".") or (start > 0 and text[start - 1] in ")]?"):
                start = 0
            inner = f"{text[start:place]}try_{name[1]}{text[place + 1 + len(name[1]) : end]}"
            text = f"{text[:start]}{self.raising(Rust(inner))}{text[end:]}"
        return text

    @staticmethod
    def _closing(text: str, start: int) -> int:
        depth = 0
        inside = False
        index = start
        while index < len(text):
            each = text[index]
            if inside:
                if each == "\\":
                    index += 1
                elif each == '"':
                    inside = False
            elif each == '"':
                inside = True
            elif each in "([{":
                depth += 1
            elif each in ")]}":
                depth -= 1
                if depth == 0:
                    return index + 1
            index += 1
        return len(text)

    def _hole(self: Lowering, node: n.LibraryCall, name: str, mode: str, dot: str, changed: set[str]) -> str:
        if mode == "type ":
            if name == "result":
                return self.types.text(node.type)
            held = node.bindings.get(name, t.INT)
            return self.types.text(t.INT if isinstance(held, t.Unknown) else held)
        values = node.arguments.get(name)
        if mode in ("*", "&*"):
            printed = [self.ref(each).text if mode == "&*" else self.text(each) for each in values or []]
            return ", ".join(printed)
        parameter = node.signature.parameter(name)
        if values is None:
            return (
                "None"
                if parameter is not None and isinstance(parameter.type, t.Optional)
                else ("None" if parameter is not None and parameter.default is not None else "()")
            )
        argument = values[0]
        held_name = self.hoisted.get(id(argument))
        if held_name is not None:
            return f"&{held_name}" if mode == "&" else held_name + dot
        if mode == "fn ":
            return self.closure(argument)
        if mode == "mut ":
            if (
                isinstance(argument, n.LibraryCall)
                and isinstance(_bare(argument.type), t.Array)
                and self.is_view(argument)
                and self.views_a_name(argument)
            ):
                self.refuse(
                    argument, "BAT203", "a part of an array is changed in place through a temporary view", "Change the whole array, or assign to the part."
                )
            place = self.changed(argument)
            if self.types.is_shared(_bare(argument.type)) or (
                isinstance(argument, n.Read) and self.how(argument.variable) == "refmut" and not dot
            ):
                return (
                    f"{place.text}"
                    if isinstance(argument, n.Read) and self.how(argument.variable) == "refmut"
                    else f"&{place.at(r.UNARY)}"
                )
            if isinstance(argument, n.Read) and self.how(argument.variable) == "ref" and argument.variable.parameter:
                return place.text
            return f"&mut {place.at(r.UNARY)}"
        if mode == "&":
            return self.ref(argument).text + dot
        if dot:
            place = self.changed(argument) if name in changed else self.place(argument)
            return place.at(r.ATOM) + dot
        if isinstance(argument, n.Items):
            text = self.items(argument)
            return (
                text[1:-1]
                if argument.iteration.kind == "range"
                and text.startswith("(")
                and self._closing(text, 0) == len(text)
                and ".." in text
                and not dot
                else text
            )
        return self.text(argument)

    # -- functions of the program

    def argument(self: Lowering, value: n.Expression, parameter: n.Variable) -> str:
        """An argument in the form that the parameter takes."""
        mode = self.parameter_mode(parameter)
        if isinstance(parameter.type, t.Iterator):
            return self.boxed_iterator(value)
        if mode == "own":
            return self.text(value)
        if mode == "refmut":
            bare = _bare(value.type)
            if isinstance(value, n.LibraryCall) and isinstance(bare, t.Array) and self.is_view(value) and self.views_a_name(value):
                self.refuse(
                    value,
                    "BAT203",
                    "a part of an array is handed to a function that changes it in place",
                    "Pass the whole array, or assign the function's result to the part.",
                )
            place = self.changed(value)
            if isinstance(value, n.Read) and self.how(value.variable) == "refmut":
                return place.text
            if root_variable(value) is None:
                return f"&mut {self.text(value)}"
            del bare
            return f"&mut {place.at(r.UNARY)}"
        return self.ref(value).text

    def boxed_iterator(self: Lowering, value: n.Expression) -> str:
        """An iterator that a function keeps: it may not borrow, so what it would borrow is copied first."""
        text = self.text(value)
        if isinstance(value, n.FunctionCall) and isinstance(value.type, t.Iterator):
            return text
        if isinstance(value, n.Read | n.FieldRead):
            return f"Box::new({text})"
        borrows = any(
            isinstance(each, n.Iteration) and not self.is_temporary(each.value) and each.kind not in ("range", "iterator")
            for each in walk(value)
        ) or any(isinstance(each, n.LibraryCall) and "self" in each.arguments for each in walk(value))
        return f"Box::new({text}.collect::<Vec<_>>().into_iter())" if borrows else f"Box::new({text})"

    def read_twice(self: Lowering, nodes: list[n.Expression]) -> bool:
        """Whether arguments of one call read a variable more than once: then none may move it."""
        seen: set[n.Variable] = set()
        for node in nodes:
            mine = {
                each.variable for each in walk(node) if isinstance(each, n.Read) and not self.types.copies(each.variable.type)
            }
            if mine & seen:
                return True
            seen |= mine
        return False

    def value_functioncall(self: Lowering, node: n.FunctionCall) -> Rust:
        before, self.moves_forbidden = (
            self.moves_forbidden,
            self.moves_forbidden or self.read_twice([*([node.receiver] if node.receiver is not None else []), *node.arguments]),
        )
        try:
            return self._function_call(node)
        finally:
            self.moves_forbidden = before

    def _function_call(self: Lowering, node: n.FunctionCall) -> Rust:
        function = node.function
        names = [each for each in function.parameters]
        is_method = bool(function.owner) and function.kind in ("method", "property", "setter")
        if is_method or function.kind == "class method":
            names = names[1:]
        self._same_object_twice(node, names)
        arguments = [self.argument(value, parameter) for value, parameter in zip(node.arguments, names, strict=False)]
        captured = self.captures.get(function)
        if captured:
            arguments = [
                self.argument(n.Read(each.type, node.span, each), each)
                if each not in self.choices.boxed
                else f"&{self.name(each)}"
                for each in captured
            ] + arguments
        fallible = self.is_fallible(node)
        if is_method and node.receiver is not None:
            made = self._method_text(node, arguments)
        elif function.owner:
            made = f"{camel(self.root_of(function.owner))}::{self.method_name(function, node.class_name or function.owner, False)}({', '.join(arguments)})"
        else:
            made = f"{self.function_name(function)}({', '.join(arguments)})"
        if fallible:
            return self.raising(Rust(made))
        return Rust(made)

    def _same_object_twice(self: Lowering, node: n.FunctionCall, names: list[n.Variable]) -> None:
        """An object that is given twice, once to be changed, cannot be borrowed twice: it is shared."""
        given: dict[n.Variable, list[tuple[n.Expression, str]]] = {}
        pairs = [(value, self.parameter_mode(parameter)) for value, parameter in zip(node.arguments, names, strict=False)]
        if node.receiver is not None:
            pairs.append((node.receiver, self.self_mode(node.function)))
        for value, mode in pairs:
            root = root_variable(value)
            if root is not None and mode != "own":
                given.setdefault(root, []).append((value, mode))
        for uses in given.values():
            if len(uses) > 1 and any(mode == "refmut" for _, mode in uses):
                for value, _ in uses:
                    if isinstance(_bare(value.type), t.Instance | t.List | t.Dict | t.Set | t.Deque):
                        self.choices.share(group_of(value.type), f"line {node.span.line}")

    def is_fallible(self: Lowering, node: n.FunctionCall) -> bool:
        """Whether the call returns a Result."""
        if node.dynamic:
            from batuta.lowering.effects import overrides

            return any(each in self.effects.fallible for each in overrides(self.module, node))
        return node.function in self.effects.fallible

    def _method_text(self: Lowering, node: n.FunctionCall, arguments: list[str]) -> str:
        receiver = node.receiver
        assert receiver is not None
        name = self.method_name(node.function, node.class_name, node.dynamic)
        needs_change = self.self_mode(node.function) == "refmut"
        if needs_change and not self.is_handle(_bare(receiver.type)):
            place = self.changed(receiver)
            roots = {root_variable(receiver)} - {None}
            before: list[str] = []
            printed = list(arguments)
            for index, value in enumerate(node.arguments):
                if isinstance(value, n.Constant):
                    continue
                if any(isinstance(part, n.Read) and part.variable in roots for part in walk(value)) and not isinstance(
                    value, n.Read
                ):
                    holder = self.fresh("value")
                    before.append(f"let {holder} = {self.text(value)};")
                    mode = self.parameter_mode(node.function.parameters[index + 1])
                    printed[index] = holder if mode == "own" else f"&{'mut ' if mode == 'refmut' else ''}{holder}"
            call = f"{place.at(r.ATOM)}.{name}({', '.join(printed)})"
            return f"{{ {' '.join(before)} {call} }}" if before else call
        if root_variable(receiver) is None and needs_change:
            return f"{self.value(receiver).at(r.ATOM)}.{name}({', '.join(arguments)})"
        return f"{self.place(receiver).at(r.ATOM)}.{name}({', '.join(arguments)})"

    def value_valuecall(self: Lowering, node: n.ValueCall) -> Rust:
        callee = self.place(node.callee)
        assert isinstance(node.callee.type, t.Callable)
        arguments = []
        for value, parameter in zip(node.arguments, node.callee.type.parameters, strict=False):
            arguments.append(self.text(value) if self.types.copies(parameter) else self.reference_argument(value))
        head = callee.text if isinstance(node.callee, n.Read) else f"({callee.text})"
        return Rust(f"{head}({', '.join(arguments)})")

    def reference_argument(self: Lowering, value: n.Expression) -> str:
        """An argument of a function value: a reference to the whole type (a literal str becomes a String first)."""
        if isinstance(value, n.Constant) and isinstance(value.value, str):
            return f"&{self.text(value)}"
        if isinstance(value, n.Read) and self.is_text_slice(value.variable):
            return f"&{self.text(value)}"
        return self.ref(value).text

    def value_construct(self: Lowering, node: n.Construct) -> Rust:
        root = self.root_of(node.class_name)
        name = camel(root)
        init = node.init
        constructor = self.constructor_name(node.class_name)
        if init is not None:
            names = init.parameters[1:]
            arguments = [self.argument(value, parameter) for value, parameter in zip(node.arguments, names, strict=False)]
            text = Rust(f"{name}::{self.constructor_for(init, node.class_name)}({', '.join(arguments)})")
            return self.raising(text) if init in self.effects.fallible else text
        if node.fields:
            cls = self.classes[root]
            order = cls.shown.get(node.class_name, list(node.fields))
            arguments = [self.text(node.fields[each]) for each in order if each in node.fields]
            made = f"{name}::{constructor}({', '.join(arguments)})"
            if node.arguments:
                post = node.arguments[0]
                assert isinstance(post, n.FunctionCall)
                call = f"made.{self.method_name(post.function, node.class_name, False)}()"
                if post.function in self.effects.fallible:
                    call = self.raising(Rust(call)).text
                mutable = "" if self.is_handle(node.type) or self.self_mode(post.function) != "refmut" else "mut "
                return Rust(f"{{ let {mutable}made = {made}; {call}; made }}")
            return Rust(made)
        arguments = [self.text(each) for each in node.arguments]
        cls = self.classes[root]
        if cls.exception and not arguments:
            arguments = ["String::new()"]
        return Rust(f"{name}::{constructor}({', '.join(arguments)})")

    def value_newexception(self: Lowering, node: n.NewException) -> Rust:
        name = quoted(node.class_name)
        if not node.arguments:
            return Rust(f"py::Exception::empty({name})")
        if len(node.arguments) == 1:
            argument = node.arguments[0]
            if argument.type == t.STR and node.class_name != "KeyError":
                if isinstance(argument, n.Constant):
                    return Rust(f"py::Exception::new({name}, {quoted(argument.value)})")
                return Rust(f"py::Exception::new({name}, {self.text(argument)})")
            if argument.type == t.STR and isinstance(argument, n.Constant):
                return Rust(f"py::Exception::of({name}, &[&{quoted(argument.value)}])")
            return Rust(f"py::Exception::of({name}, &[&{self.value(argument).at(r.UNARY)}])")
        parts = ", ".join(f"&{self.value(each).at(r.UNARY)}" for each in node.arguments)
        return Rust(f"py::Exception::of({name}, &[{parts}])")

    # -- closures

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
        return self._closure_text(node, library=True)

    def _closure_text(self: Lowering, node: n.Lambda, library: bool) -> str:
        assert node.body is not None
        patterns = []
        for each in node.parameters:
            used = any(isinstance(part, n.Read) and part.variable is each for part in walk(node.body))
            self.set_how(each, "own" if self.types.copies(each.type) else "ref")
            name = self.declare_name(each)
            pattern = f"&{name}" if self.types.copies(each.type) and library else name
            patterns.append(pattern if used else f"_{name}".replace("_r#", "_"))
        self.closure_depth += 1
        body = self.value(node.body)
        self.closure_depth -= 1
        if not library:
            types = [self._parameter_type(each.type) for each in node.parameters]
            return f"|{', '.join(f'{pattern}: {kind}' for pattern, kind in zip(patterns, types, strict=True))}| {body}"
        return f"|{', '.join(patterns)}| {body}"

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
            copies = self.types.copies(each.type)
            if library:
                patterns.append(f"&{name}" if copies else name)
            else:
                patterns.append(f"{name}: {self._parameter_type(each.type)}")
            mode = self.parameter_mode(each)
            arguments.append(f"{name}.clone()" if mode == "own" and not copies else name)
        captured = [
            self.argument(n.Read(each.type, node.span, each), each) if each not in self.choices.boxed else f"&{self.name(each)}"
            for each in self.captures.get(function, [])
        ]
        fallible = ".or_throw()" if function in self.effects.fallible else ""
        if node.receiver is not None:
            head = f"{self.place(node.receiver).at(r.ATOM)}.{self.method_name(function, function.owner, False)}"
        elif function.owner:
            head = f"{camel(self.root_of(function.owner))}::{self.method_name(function, function.owner, False)}"
        else:
            head = self.function_name(function)
        return f"|{', '.join(patterns)}| {head}({', '.join([*captured, *arguments])}){fallible}"

    def value_lambda(self: Lowering, node: n.Lambda) -> Rust:
        """A function value that is kept: reference counted."""
        inside = [each for each in self.captured_variables(node)]
        clones = []
        for each in inside:
            how = self.how(each)
            if how in ("static", "const") or each in self.inline:
                continue
            if how == "boxed":
                clones.append(f"let {self.name(each)} = {self.name(each)}.clone();")
            elif how in ("own", "ref", "refmut") and not self.types.copies(each.type):
                self.check_copy(each.type, node)
                clone = f"{self.name(each)}.to_string()" if self.is_text_slice(each) else f"{self.name(each)}.clone()"
                clones.append(f"let {self.name(each)} = {clone};")
        held = [(variable, self.text(value)) for variable, value in node.held]
        inside = [each for each in inside if each not in {variable for variable, _ in held}]
        before = {each: self.hows.get(each) for each in inside}
        for each in inside:
            if self.how(each) in ("ref", "refmut") and not self.types.copies(each.type):
                self.set_how(each, "own")
        text = self._function_closure(node, False) if node.function is not None else self._closure_text(node, False)
        for each, held_as in before.items():
            if held_as is not None:
                self.hows[each] = held_as
        assert isinstance(node.type, t.Callable)
        clones = [f"let {self.name(variable)} = {value};" for variable, value in held] + clones
        made = f"std::rc::Rc::new(move {text}) as {self.types.text(node.type)}"
        if clones:
            return Rust(f"{{ {' '.join(clones)} {made} }}")
        return Rust(made, r.CAST)

    def captured_variables(self: Lowering, node: n.Lambda) -> list[n.Variable]:
        """The variables of the surroundings that a closure uses."""
        found: dict[n.Variable, None] = {}
        bound: set[n.Variable] = set(node.parameters)
        for each in walk(node):
            if isinstance(each, n.VariableTarget):
                bound.add(each.variable)
            if isinstance(each, n.Lambda):
                bound.update(each.parameters)
        for each in walk(node):
            if isinstance(each, n.Read) and each.variable not in bound:
                found[each.variable] = None
        if node.function is not None:
            for variable in self.captures.get(node.function, []):
                found[variable] = None
        return list(found)

    # -- comprehensions and iteration

    def items(self: Lowering, node: n.Items) -> str:
        """A value as something that yields owned items."""
        text = self.owned_items(node.iteration)
        if node.convert is not None:
            holder, body = node.convert
            name = self.fresh("item")
            self.inline[holder] = Rust(name)
            return f"{text}.map(|{name}| {self.value(body)})"
        return text

    def value_items(self: Lowering, node: n.Items) -> Rust:
        return Rust(self.items(node))

    def owned_items(self: Lowering, iteration: n.Iteration) -> str:
        """An iterator over owned items."""
        value, kind = iteration.value, iteration.kind
        if isinstance(value, n.Comprehension) and isinstance(value.type, t.Iterator):
            return self.value(value).text
        match kind:
            case "range":
                return self.range_text(value)
            case "str":
                return f"{self.place(value).at(r.ATOM)}.characters()"
            case "bytes":
                return f"{self.text(value)}.into_iter().map(i64::from)"
            case "iterator" | "object":
                return f"{self.value(value).at(r.ATOM)}.into_iter()" if kind == "object" else self.value(value).at(r.ATOM)
            case "tuple":
                assert isinstance(value.type, t.Tuple)
                if isinstance(value, n.Display):
                    return f"[{', '.join(self.text(self.item_as(each, iteration.item)) for each in value.items)}].into_iter()"
                name = self.fresh("items")
                parts = []
                for index, each in enumerate(value.type.items):
                    variable = n.Variable(name, each)
                    self.inline[variable] = Rust(f"{name}.{index}")
                    parts.append(self.text(self.item_as(n.Read(each, iteration.span, variable), iteration.item)))
                return f"{{ let {name} = {self.text(value)}; [{', '.join(parts)}].into_iter() }}"
            case "array":
                self.features.add("np")
                assert isinstance(value.type, t.Array)
                if value.type.rank == 1:
                    return f"{self.place(value).at(r.ATOM)}.iter().{'copied' if value.type.dtype != 'str' else 'cloned'}()"
                return f"{self.place(value).at(r.ATOM)}.outer_iter().map(|row| row.to_owned())"
            case "dict":
                return f"{self.place(value).at(r.ATOM)}.keys()"
            case "instance":
                return self.instance_items(iteration)
        if self.is_temporary(value) and not self.types.is_shared(_bare(value.type)):
            return f"{self.value(value).at(r.ATOM)}.into_iter()"
        element = t.children(_bare(value.type))[0]
        if self.types.is_shared(_bare(value.type)) or kind in ("set", "deque"):
            self.check_copy(element, value)
            return f"{self.place(value).at(r.ATOM)}.items()"
        self.check_copy(element, value)
        return f"{self.place(value).at(r.ATOM)}.iter().{'copied' if self.types.copies(element) else 'cloned'}()"

    def item_as(self: Lowering, value: n.Expression, want: t.Type) -> n.Expression:
        """An item brought to the common type of a tuple's items."""
        return value if value.type == want else n.Coerce(want, value.span, value)

    def is_temporary(self: Lowering, node: n.Expression) -> bool:
        """Whether a value is made here and belongs to nobody else."""
        if isinstance(node, n.LibraryCall):
            if node.entry is None:
                return True
            result = node.signature.result if node.signature is not None else None
            return not isinstance(result, t.Variable) or node.entry.result is not None
        return isinstance(
            node,
            n.Display
            | n.Comprehension
            | n.FunctionCall
            | n.DictDisplay
            | n.Formatted
            | n.Arithmetic
            | n.EnumUse
            | n.Construct
            | n.ValueCall
            | n.Conditional,
        )

    def range_text(self: Lowering, value: n.Expression) -> str:
        """`range(...)` as a Rust range where it is one."""
        made = self.plain_range(value)
        if made is not None:
            return f"({made})" if ".step_by" not in made and ".rev" not in made else made
        return f"{self.value(value).at(r.ATOM)}.items()"

    def plain_range(self: Lowering, value: n.Expression) -> str | None:
        """A call of `range` with steps that Rust's own ranges can take."""
        if not (isinstance(value, n.LibraryCall) and value.entry is not None and value.entry.name == "builtins.range"):
            return None
        values = [each[0] for each in value.arguments.values()]
        start, stop, step = "0", "", None
        if len(values) == 1:
            stop = self.value(values[0]).at(r.BIT_OR)
        else:
            start, stop = self.value(values[0]).at(r.BIT_OR), self.value(values[1]).at(r.BIT_OR)
            if len(values) > 2:
                step = values[2]
        if re.fullmatch(r"-?\d+", start) and re.fullmatch(r"-?\d+", stop) and stop != "-1":
            # Two bare literals would make a range of i32 where nothing else says i64.
            stop += "_i64"
        if step is None:
            return f"{start}..{stop}"
        if isinstance(step, n.Constant) and isinstance(step.value, int):
            if step.value == 1:
                return f"{start}..{stop}"
            if step.value > 1:
                return f"({start}..{stop}).step_by({step.value})"
            if step.value == -1:
                return f"({stop} + 1..{start} + 1).rev()" if not (stop == "-1" and True) else f"(0..{start} + 1).rev()"
        return None

    def instance_items(self: Lowering, iteration: n.Iteration) -> str:
        """Items of an object of the program with `__iter__` and `__next__`."""
        first, following = iteration.methods
        assert first is not None
        if following is None:
            return self.text(first)
        name = self.fresh("iterator")
        call = following.function
        mutable = "" if self.is_handle(_bare(first.type)) else "mut "
        throw = ".or_throw()" if call in self.effects.fallible else ""
        return f"{{ let {mutable}{name} = {self.text(first)}; py::until_stop(move || {name}.try_next_item(){throw}) }}"

    def value_comprehension(self: Lowering, node: n.Comprehension) -> Rust:
        if (self.protected and self._may_leave(node)) or (
            not isinstance(node.type, t.Iterator) and any(isinstance(each, n.Walrus) for each in walk(node))
        ):
            return self._comprehension_loop(node)
        chain = self._chain(node)
        match node.type:
            case t.Iterator():
                return Rust(chain)
            case t.List():
                return self.wrap_shared(f"{chain}.collect::<Vec<_>>()", node.type)
            case t.Set():
                return self.wrap_shared(f"{chain}.collect::<py::Set<_>>()", node.type)
        return self.wrap_shared(f"{chain}.collect::<py::Dict<_, _>>()", node.type)

    def _may_leave(self: Lowering, node: n.Comprehension) -> bool:
        """Whether something inside can raise into a handler, so that a closure will not do."""
        from batuta.lowering.effects import can_raise

        inner: list[Any] = [node.element, *([node.key] if node.key is not None else [])]
        for index, clause in enumerate(node.clauses):
            inner.extend(clause.conditions)
            if index:
                inner.append(clause.iterable)
        for part in inner:
            for each in walk(part):
                if (
                    can_raise(each)
                    or (isinstance(each, n.FunctionCall) and each.function in self.effects.fallible)
                    or (isinstance(each, n.Construct) and each.init in self.effects.fallible)
                ):
                    return not isinstance(node.type, t.Iterator)
        return False

    def _comprehension_loop(self: Lowering, node: n.Comprehension) -> Rust:
        name = self.fresh("made")
        match node.type:
            case t.List():
                start, add = f"Vec::<{self.types.text(node.type.element)}>::new()", "push"
            case t.Set():
                start, add = f"py::Set::<{self.types.text(node.type.element)}>::new()", "add"
            case t.Dict():
                start, add = (
                    f"py::Dict::<{self.types.text(node.type.key)}, {self.types.text(node.type.value)}>::new()",
                    "set_at",
                )
            case _:
                raise NotImplementedError
        text = f"let mut {name} = {start}; "
        closing = ""
        for clause in node.clauses:
            source = self.owned_items(clause.iterable)
            if clause.iterable.kind == "range" and source.startswith("(") and self._closing(source, 0) == len(source):
                source = source[1:-1]
            pattern, after = self.loop_pattern(clause.target, clause.iterable.item)
            text += f"for {pattern} in {source} {{ {after}"
            closing += " }"
            for condition in clause.conditions:
                text += f"if {self.value(condition)} {{ "
                closing += " }"
        key = f"{self.text(node.key)}, " if node.key is not None else ""
        text += f"{name}.{add}({key}{self.text(node.element)});{closing} "
        return Rust(f"{{ {text}{self.wrap_shared(name, node.type)} }}")

    def _chain(self: Lowering, node: n.Comprehension) -> str:
        """A comprehension as an iterator chain."""
        self.closure_depth += 1
        lazy = isinstance(node.type, t.Iterator) or len(node.clauses) > 1
        text = self._clauses(node, 0, lazy)
        self.closure_depth -= 1
        return text

    def _clauses(self: Lowering, node: n.Comprehension, index: int, lazy: bool) -> str:
        clause = node.clauses[index]
        self.closure_depth -= 1 if index == 0 else 0
        source = self.owned_items(clause.iterable)
        self.closure_depth += 1 if index == 0 else 0
        if index and root_variable(clause.iterable.value) in {
            v for outer in node.clauses[:index] for v in self._clause_variables(outer.target)
        }:
            bare = _bare(clause.iterable.value.type)
            if clause.iterable.kind not in ("range", "iterator") and not self.types.is_shared(bare):
                source += ".collect::<Vec<_>>().into_iter()"
        pattern, after = self.loop_pattern(clause.target, clause.iterable.item)
        variables = self._clause_variables(clause.target)
        conditions = clause.conditions
        move = "move " if index else ""
        if conditions:
            for each in variables:
                if not self.types.copies(each.type):
                    self.set_how(each, "ref")
            simple = isinstance(clause.target, n.VariableTarget) and not after
            names = "" if simple else self._reference_pattern(clause.target, pattern)
            test = " && ".join(self.value(each).at(r.AND + 1 if len(conditions) > 1 else r.LOOSE) for each in conditions)
            if simple and self.types.copies(clause.iterable.item):
                source += f".filter({move}|&{pattern}| {test})"
            elif simple:
                source += f".filter({move}|{pattern}| {test})"
            else:
                source += f".filter({move}|{names}| {test})"
            for each in variables:
                self.set_how(each, "own")
        last = index == len(node.clauses) - 1
        if not last:
            inner = self._clauses(node, index + 1, lazy)
            clones = self._inner_clones(node, index)
            return f"{source}.flat_map({move}|{pattern}| {{ {after}{clones}{inner} }})"
        if node.key is not None:
            body = f"({self.text(node.key)}, {self.text(node.element)})"
        else:
            element = node.element
            if (
                isinstance(element, n.Read)
                and isinstance(clause.target, n.VariableTarget)
                and element.variable is clause.target.variable
                and not after
            ):
                return source
            body = self.text(element)
        if after:
            body = f"{{ {after}{body} }}"
        return f"{source}.map({move}|{pattern}| {body})"

    def _inner_clones(self: Lowering, node: n.Comprehension, index: int) -> str:
        """Outer names that the inner closures move: a copy for each round."""
        inner: list[Any] = [node.element, *([node.key] if node.key is not None else []), *node.clauses[index + 1 :]]
        bound = {each for clause in node.clauses[index + 1 :] for each in self._clause_variables(clause.target)}
        own = set(self._clause_variables(node.clauses[index].target))
        made = []
        for variable in dict.fromkeys(each.variable for part in inner for each in walk(part) if isinstance(each, n.Read)):
            if variable in bound or variable in own or variable in self.inline:
                continue
            if self.how(variable) in ("own", "boxed") and not self.types.copies(variable.type):
                name = self.name(variable)
                made.append(
                    f"let {name} = {name}.clone(); "
                    if self.how(variable) == "boxed" or self.types.is_shared(_bare(variable.type))
                    else f"let {name} = &{name}; "
                )
                if self.how(variable) == "own" and not self.types.is_shared(_bare(variable.type)):
                    pass
        return "".join(made)

    def _clause_variables(self: Lowering, target: n.Target) -> list[n.Variable]:
        if isinstance(target, n.VariableTarget):
            return [target.variable]
        if isinstance(target, n.TupleTarget):
            return [each for item in target.items for each in self._clause_variables(item)]
        return []

    def _reference_pattern(self: Lowering, target: n.Target, pattern: str) -> str:
        """The pattern of a filter closure: a reference to the item."""
        if isinstance(target, n.TupleTarget):
            parts = []
            for each in target.items:
                if isinstance(each, n.VariableTarget):
                    name = self.name(each.variable)
                    if self.types.copies(each.variable.type):
                        self.set_how(each.variable, "refcopy")
                    parts.append(name)
                else:
                    parts.append(self._reference_pattern(each, "_"))
            return f"({', '.join(parts)})"
        return pattern

    def loop_pattern(self: Lowering, target: n.Target, item: t.Type) -> tuple[str, str]:
        """The pattern of a loop over owned items, and statements to run first."""
        if type(target) is n.Target:
            return "_", ""
        if isinstance(target, n.VariableTarget) and target.variable.type == item:
            self.set_how(target.variable, "own")
            name = self.declare_name(target.variable)
            mutable = "mut " if target.variable in self.choices.mutable or target.variable.assigned > 1 else ""
            return (name if name != "_" else "_"), "" if not mutable else f"let mut {name} = {name}; "
        if (
            isinstance(target, n.TupleTarget)
            and isinstance(item, t.Tuple)
            and target.star is None
            and len(item.items) == len(target.items)
        ):
            parts, after = [], ""
            for each, type_ in zip(target.items, item.items, strict=True):
                pattern, more = self.loop_pattern(each, type_)
                parts.append(pattern)
                after += more
            return f"({', '.join(parts)}{',' if len(parts) == 1 else ''})", after
        name = self.fresh("item")
        holder = n.Variable(name, item)
        self.inline[holder] = Rust(name)
        self.in_pattern |= target_variables(target)
        lines = self.store_target(target, n.Read(item, target.span, holder), declare=True)
        return name, "".join(f"{line} " for line in lines)


__all__ = ["CallLowering", "group_of"]
