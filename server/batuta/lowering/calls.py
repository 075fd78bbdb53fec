"""Calls in Rust: catalog templates, functions and methods of the program, constructors, closures, comprehensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from batuta.catalog.copy_module import is_immutable
from batuta.catalog.entry import NotYet, Refusal
from batuta.catalog.evidence import figures, words
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.spans import Span
from batuta.ir.walk import root_variable, walk
from batuta.lowering import rust_text as r
from batuta.lowering.effects import changed_by, group_of, overrides
from batuta.lowering.expressions import _bare
from batuta.lowering.liveness import target_variables
from batuta.lowering.presence import value_of
from batuta.lowering.rust_text import Rust, as_array, as_iterator_argument, closing, outside_literals, quoted
from batuta.lowering.rust_types import camel, setter

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
_BEHIND = re.compile(r" (?:[-+*/%&|^]|<<|>>|[=!<>]=|[<>]|&&|\|\||as) ")
_BEFORE = re.compile(r"(?: (?:[-+*/%&|^]|<<|>>|[=!<>]=|[<>]|&&|\|\|) |(?:^|[(,=] ?)[-!*])$")
"""Operators of a template beside a hole."""
_FORMS = {"ref": ("at_ref", "at_or_default_ref"), "mut": ("at_mut", "at_or_default_mut")}


_HANDLES = ("heapq.", "bisect.", "random.")
"""Modules whose functions change a list and take its handle as it is."""


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
        if node.entry.name == "builtins.iter" and text.text.endswith(".to_vec())"):
            # The iterator outlives the slice that it begins at.
            self.lints.add("clippy::unnecessary_to_owned")
        self.check_view(node)
        self._check_copies(node)
        fresh = self._fresh_container(node)
        if fresh is not None and self._open(fresh) and not self.annotated:
            text = Rust(f"{{ let empty: {self.types._text(fresh)} = {text.text}; empty }}")
        if self.makes_arrays(node):
            text = Rust(self.wrapped(text.text, node.type))
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
        (container,) = node.arguments["a"]
        leaves = "?" in inner.text or "attempt!" in inner.text
        if not leaves and not self.has_effect(container):
            return Rust(f"{self.value(item.operand).at(r.ATOM)}.is_some_and(|{name}| {inner})")
        # What the container raises cannot leave a closure, and Python makes it before it looks for None in it.
        absent = f"{{ let _ = {self.ref(container)}; false }}"
        return Rust(f"match {self.value(item.operand)} {{ Some({name}) => {inner}, None => {absent} }}")

    def _needs_identity(self: Lowering, type_: t.Type) -> None:
        """Objects without `__eq__` are compared by identity, so they must be handles where something compares them."""
        if isinstance(type_, t.Instance):
            cls = self.classes.get(type_.name)
            if cls is None or cls.enum is not None:
                return
            if any(cls.equality.get(each, ...) is None for each in cls.constructed) and (cls.dataclass or cls.named_tuple):
                self.choices.share(type_.group, "compared by identity")
            elif not cls.dataclass and not cls.named_tuple:
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
        if not isinstance(node.type, t.Iterator):
            for values in node.arguments.values():
                for held in values:
                    # Rows that something keeps: `list(x)`.
                    if isinstance(held, n.Items) and isinstance(_bare(held.iteration.value.type), t.Array):
                        self.share_arrays_in(node.type, node.span.line)
        fresh = self._fresh_container(node)
        for each in t.children(node.type) if fresh is not None or isinstance(node.type, t.Tuple | t.Sequence) else [node.type]:
            if self._holds_objects(node):
                self.check_copy(each, node, items=isinstance(node.type, t.Iterator))

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
            own = node.arguments["self"][0]
            place = self.changed(own)
            assert isinstance(own.type, t.Instance)
            handle = self.is_handle(own.type)
            field = message_field(self.classes[own.type.name])
            state = f"{self.place(own).at(r.ATOM)}.exception_state{'()' if handle else ''}"
            message = self.exception_message(self.classes[own.type.name], node.arguments["arguments"], node.span, state)
            if handle:
                return Rust(f"{place.at(r.ATOM)}.{setter(field)}({message})")
            return Rust(f"{place.at(r.ATOM)}.{field} = {message}", r.LOOSE)
        if node.template == "message of an exception":
            own = node.arguments["self"][0]
            assert isinstance(own.type, t.Instance)
            field = message_field(self.classes[own.type.name])
            return Rust(f"{self.place(own).at(r.ATOM)}.{field}{'()' if self.is_handle(own.type) else '.clone()'}")
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
        raise AssertionError(f"the analysis builds a call that has no lowering: {node.template}")

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
            return Rust(f"{receiver.at(r.ATOM)}.at_or_default_mut({self.ref(index_node).text})", reference=True)
        receiver = self.changed(container) if mode == "mut" else self.place(container)
        index = self.ref(index_node).text if isinstance(bare, t.Dict) else self.text(index_node)
        if index_node.type == t.NUM and not isinstance(bare, t.Dict):
            index = f"{self.value(index_node).at(r.ATOM)}.index()"
        name = "at_mut" if mode == "mut" else "at_ref"
        if self.protected:
            return Rust(self.raising(Rust(f"{receiver.at(r.ATOM)}.try_{name}({index})")).text, reference=True)
        return Rust(f"{receiver.at(r.ATOM)}.{name}({index})", reference=True)

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
        asker.lowering = lambda part, mode: self.lower_for_entry(part, mode, node)
        lent, self.lent = self.lent, []
        try:
            if entry.targets:
                node.target = self.choose_target(node)
                template = node.target.rust
                self.uses.update(node.target.use)
                if node.target.crate in ("aprender", "trueno"):
                    self.features.add(node.target.crate)
                if node.target.crate == "aprender" and node.target.parity.grade != "exact":
                    said = f"{entry.name} computes with aprender here: {node.target.parity.caveat}"
                    found = figures(entry.name, "aprender")
                    self.tell(node, "BAT401", said + (f"; measured: {words(found)}" if found is not None else ""))
                if entry.kind == "class" or entry.name in self.declared_classes:
                    self.types.targets[entry.name] = node.target.crate
            if entry.refuse is not None:
                entry.refuse(asker)
            if callable(template):
                template = template(asker)
        except Refusal as refusal:
            self.refuse(node, refusal.code, refusal.reason, refusal.remedy)
            self.lent = lent
            return Rust("()")
        except NotYet:
            reason = f"what `{entry.name}` is given has no type that the program tells"
            self.refuse(node, "BAT201", reason, "Put something into it, or say its type.")
            self.lent = lent
            return Rust("()")
        view = self.view_text(node, template) if entry.aliases else None
        if view is None and entry.aliases and self.is_shared_array(node.type) and self._views_shared(node):
            self.refuse(
                node,
                "BAT203",
                "this view of an array that is changed in place is not translated",
                "Add `.copy()` where a copy is meant.",
            )
        template = view or template
        handles = {"self"} if self.touches_one_element(template) or view is not None else set()
        if view is not None:
            handles = {entry.aliases}
        changed = set(entry.mutates)
        if any(each in changed_by(node) for values in node.arguments.values() for each in values):
            changed |= {name for name, values in node.arguments.items() if any(each in changed_by(node) for each in values)}
        repeated = _repeated(template)
        hoisted = self._hoist(node, changed)
        hoisted += self._made_once(node, changed, repeated, {id(each) for each, _ in hoisted})
        before: list[str] = []
        for expression, name in hoisted:
            plain = isinstance(_bare(expression.type), t.Array) and self.is_numeric(node)
            if isinstance(expression, n.Read) and not self.types.copies(expression.type) and not plain:
                # `d.update(d)`: what is there before the change.
                text = f"{self.place(expression).at(r.ATOM)}.clone()"
            else:
                text = self.plain(expression, "value").text if plain else self.text(expression)
            if isinstance(expression, n.Items):
                items = text.removesuffix(".cloned()").removesuffix(".copied()")
                text = (
                    f"{items.removesuffix('.iter()')}.to_vec()" if items.endswith(".iter()") else f"{text}.collect::<Vec<_>>()"
                )
            before.append(f"let {name} = {text};")
            self.hoisted[id(expression)] = name

        def fill(match: re.Match[str]) -> str:
            if match[0] in ("{{", "}}"):
                return match[0][0]
            made = self._hole(node, match["name"], match["mode"] or "", match["dot"] or "", changed, handles)
            operand = _BEHIND.match(match.string, match.end()) or _BEFORE.search(match.string, 0, match.start())
            return f"({made})" if operand and self._level(made) == r.LOOSE else made

        text = _HOLE.sub(fill, _with_starred(node, self._without_nothing(node, template)))
        for expression, _ in hoisted:
            self.hoisted.pop(id(expression), None)
        made = self._tilde(text)
        form = node.signature
        if (
            form is not None
            and isinstance(form.result, t.Optional)
            and isinstance(form.result.inner, t.Variable)
            and isinstance(node.bindings.get(form.result.inner.name), t.Optional)
        ):
            # An item that may be None, or no item: both are None in Python.
            made = f"{made}.flatten()"
        made, self.lent = self.with_lent(made, self.lent), lent
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
                if any(self._reaches(part, roots) for part in walk(each)):
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
                        | n.Display
                        | n.Read,
                    ):
                        found.append((each, self.fresh("value")))
        return found

    def _made_once(
        self: Lowering, node: n.LibraryCall, changed: set[str], repeated: set[str], known: set[int]
    ) -> list[tuple[n.Expression, str]]:
        """Arguments that the template evaluates more than once, and that would give something else each time; with them those before
        them, so that the order stays."""
        wanted = [
            each
            for name, values in node.arguments.items()
            if name not in changed
            for each in values
            if id(each) not in known and not isinstance(each, n.Items | n.Lambda | n.Constant | n.Read) and _acts(each)
        ]
        last = max((index for index, each in enumerate(wanted) if self._is_in(node, each, repeated)), default=-1)
        return [(each, self.fresh("value")) for each in wanted[: last + 1]]

    @staticmethod
    def _is_in(node: n.LibraryCall, argument: n.Expression, names: set[str]) -> bool:
        return any(argument is each for name in names for each in node.arguments.get(name, []))

    def _reaches(self: Lowering, node: n.Expression, roots: set[n.Variable | None]) -> bool:
        """Whether this node reads one of the variables, or calls a closure that is given it."""
        if isinstance(node, n.Read):
            return node.variable in roots
        return isinstance(node, n.FunctionCall) and not roots.isdisjoint(self.captures.get(node.function, ()))

    def _views_shared(self: Lowering, node: n.LibraryCall) -> bool:
        return self.is_view(node) and self.is_shared_array(node.arguments[node.entry.aliases][0].type)

    def lower_for_entry(self: Lowering, node: n.Expression, mode: str, call: n.LibraryCall) -> str:
        """What an entry's own code asks for: a value, a reference (`ref`), a place to read from, a reference to change through (`mut`)."""
        node = value_of(node, self.present)
        if mode == "mut" and self.is_shared_array(node.type):
            return self.lend(node)
        if (
            mode != "mut"
            and self.is_numeric(call)
            and (isinstance(_bare(node.type), t.Array) or self.holds_shared_arrays(node.type))
        ):
            return self.plain(node, mode).text
        if mode == "mut":
            place = self.changed(node)
            how = self.how(node.variable) if isinstance(node, n.Read) else ""
            return place.text if how in ("refmut", "ref") or place.reference else f"&mut {place.at(r.UNARY)}"
        return self.ref(node).text if mode == "ref" else (self.place(node).text if mode == "place" else self.text(node))

    def _level(self: Lowering, text: str) -> int:
        depth = 0
        inside = False
        for index, each in enumerate(text):
            if each == '"' and text[index - 1 : index] != "\\":
                inside = not inside
            elif inside:
                continue
            elif each in "([{":
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

    @staticmethod
    def _without_nothing(node: n.LibraryCall, template: str) -> str:
        """A template without the comma before further arguments that nobody gives."""
        return re.sub(r", \{\*(\w+)\}", lambda match: match[0] if node.arguments.get(match[1]) else "", template)

    def _tilde(self: Lowering, text: str) -> str:
        while (place := outside_literals(text, "~")) >= 0:
            name = re.match(r"~(\w+)", text[place:])
            if name is None:
                break
            if not self.protected:
                text = text[:place] + text[place + 1 :]
                continue
            open_at = text.find("(", place)
            end = closing(text, open_at)
            start = place
            while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "_:."):
                start -= 1
            if text[start:place].endswith(".") or (start > 0 and text[start - 1] in ")]?"):
                start = 0
            inner = f"{text[start:place]}try_{name[1]}{text[place + 1 + len(name[1]) : end]}"
            text = f"{text[:start]}{self.raising(Rust(inner))}{text[end:]}"
        return text

    def _hole(self: Lowering, node: n.LibraryCall, name: str, mode: str, dot: str, changed: set[str], handles: set[str]) -> str:
        if mode == "type ":
            if name == "result":
                return self.types.text(node.type)
            held = node.bindings.get(name, t.INT)
            return self.types.text(t.INT if isinstance(held, t.Unknown) else held)
        values = node.arguments.get(name)
        if mode in ("*", "&*"):
            printed = [
                ("&" if mode == "&*" else "") + self.hoisted[id(each)]
                if id(each) in self.hoisted
                else self.ref(each).text
                if mode == "&*"
                else as_iterator_argument(self.text(each))
                if isinstance(each, n.Items)
                else self.text(each)
                for each in values or []
            ]
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
        if (
            name not in handles
            and not isinstance(argument, n.Items)
            and (
                self.takes_elements(node, name)
                if isinstance(_bare(argument.type), t.Array)
                else self.is_numeric(node) and self.holds_shared_arrays(argument.type)
            )
        ):
            if self.is_shared_array(argument.type) and (mode == "mut " or (dot and name in changed)):
                holder = self.lend(argument)
                return holder.removeprefix("&mut ") + dot if dot else holder
            if mode != "mut " and not (dot and name in changed):
                return (
                    self.plain(argument, "ref" if mode == "&" else ("place" if dot else "value")).at(r.ATOM if dot else r.LOOSE)
                    + dot
                )
        if mode == "mut ":
            if (
                isinstance(argument, n.LibraryCall)
                and isinstance(_bare(argument.type), t.Array)
                and self.is_view(argument)
                and self.views_a_name(argument)
            ):
                # A part of an array is changed in place through a view.
                self.share_arrays_in(argument.type, argument.span.line)
            if (
                isinstance(argument, n.Read)
                and isinstance(argument.type, t.Iterator)
                and argument.variable not in self.inline
                and self.how(argument.variable) == "static"
            ):
                return f"&mut {self.value(argument).text}"
            place = self.changed(argument)
            fresh = isinstance(argument, n.FieldRead) and self.is_handle(argument.owner.type)
            if fresh and self.types.is_shared(_bare(argument.type)) and node.entry.name.startswith(_HANDLES):
                return place.text
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
            if isinstance(_bare(argument.type), t.Array) and place.reference:
                # The item of a list is a reference already; generic functions do not see through a second one.
                return f"&mut *{place.at(r.UNARY)}"
            return place.text if place.reference else f"&mut {place.at(r.UNARY)}"
        if mode == "&":
            text = self.ref(argument).text
            if node.entry.name == "operator.add" and isinstance(argument, n.Display) and len(argument.items) == 1:
                if re.fullmatch(r"&vec!\[[\w.#]+\.clone\(\)\]", text):
                    return f"std::slice::from_ref({self.ref(argument.items[0])})"
            looked_at = node.entry.name == "operator.add" or node.entry.name.startswith("argparse.")
            return (f"&{as_array(text[1:])}" if looked_at and text.startswith("&") else text) + dot
        if dot:
            place = self.changed(argument) if name in changed else self.place(argument)
            return place.at(r.ATOM) + dot
        if isinstance(argument, n.Items):
            text = as_iterator_argument(self.items(argument))
            return (
                text[1:-1]
                if argument.iteration.kind == "range"
                and text.startswith("(")
                and closing(text, 0) == len(text)
                and ".." in text
                and not dot
                else text
            )
        text = self.text(argument)
        if isinstance(argument, n.Conditional) and isinstance(node.template, str) and f"{{{name}}} " in node.template:
            # A branch at the head of a statement would end there.
            return f"({text})"
        return text

    # -- functions of the program

    def argument(self: Lowering, value: n.Expression, parameter: n.Variable) -> str:
        """An argument in the form that the parameter takes."""
        mode = self.parameter_mode(parameter)
        if isinstance(parameter.type, t.Iterator):
            return self.field_value(value) if parameter in self.choices.passed_on else self.boxed_iterator(value)
        if mode == "own":
            return self.text(value)
        if mode == "refmut":
            bare = _bare(value.type)
            if (
                isinstance(value, n.LibraryCall)
                and isinstance(bare, t.Array)
                and self.is_view(value)
                and self.views_a_name(value)
            ):
                # A part of an array is handed to a function that changes it in place.
                self.share_arrays_in(value.type, value.span.line)
            place = self.changed(value)
            if isinstance(value, n.Read) and self.how(value.variable) == "refmut":
                return place.text
            if root_variable(value) is None:
                return f"&mut {self.value(value).at(r.UNARY)}"
            return place.text if place.reference else f"&mut {place.at(r.UNARY)}"
        array = self.array_text(value) if self.is_slice(parameter) else None
        if array is not None and re.fullmatch(r"\[[\w.#]+\.clone\(\)\]", array):
            return f"std::slice::from_ref(&{array[1:-1].removesuffix('.clone()')})"
        if array is not None:
            return f"&{array}"
        text = self.ref(value).text
        return f"&{as_array(text[1:])}" if self.is_slice(parameter) and text.startswith("&") else text

    def field_value(self: Lowering, value: n.Expression) -> str:
        """A value as a field holds it."""
        shared = isinstance(value, n.FieldRead) or (isinstance(value, n.Read) and value.variable in self.choices.passed_on)
        if not isinstance(value.type, t.Iterator) or shared:
            return self.text(value)
        boxed = self.boxed_iterator(value)
        return f"py::SharedIterator::new({boxed.removeprefix('Box::new(').removesuffix(')') if boxed.startswith('Box::new(') else boxed})"

    def boxed_iterator(self: Lowering, value: n.Expression) -> str:
        """An iterator that a function keeps: it may not borrow, so what it would borrow is copied first."""
        if t.Tuple(()) in (value.type, value.operand.type if isinstance(value, n.Coerce) else None):
            return "Box::new(std::iter::empty())"
        if isinstance(value, n.FunctionCall) and isinstance(value.type, t.Iterator):
            return self.text(value)
        if isinstance(value, n.Read | n.FieldRead):
            text = self.text(value)
            if isinstance(value, n.Read) and text.endswith(".by_ref()"):
                self.choices.pass_on(value.variable)
            return f"Box::new({text})"
        nodes = list(walk(value))
        views = any(
            isinstance(each, n.LibraryCall) and "self" in each.arguments and isinstance(each.type, t.Iterator) for each in nodes
        )
        if (
            not views
            and not any(isinstance(each, n.Comprehension | n.Lambda) for each in nodes)
            and all(each.kind in ("range", "iterator", "list", "str") for each in nodes if isinstance(each, n.Iteration))
        ):
            self.own_sources = True
            text = self.text(value)
            self.own_sources = False
            return f"Box::new({text})"
        captured = self._captured(nodes)
        # What a closure needs of the function that ends goes with it; what cannot be copied is used up before.
        self.moving = bool(captured)
        text = self.text(value)
        self.moving = False
        borrows = (
            any(not self.types.copies(each.type) or each in self.choices.boxed for each in captured)
            or any(
                isinstance(each, n.Iteration) and not self.is_temporary(each.value) and each.kind not in ("range", "iterator")
                for each in nodes
            )
            or any(isinstance(each, n.LibraryCall) and "self" in each.arguments for each in nodes)
        )
        return f"Box::new({text}.collect::<Vec<_>>().into_iter())" if borrows else f"Box::new({text})"

    @staticmethod
    def _captured(nodes: list[Any]) -> set[n.Variable]:
        """The variables that closures of an iterator read and do not bind themselves."""
        bound: set[n.Variable] = set()
        read: set[n.Variable] = set()
        for each in nodes:
            inside: list[Any] = []
            if isinstance(each, n.Comprehension):
                for clause in each.clauses:
                    bound.update(target_variables(clause.target))
                inside = [each.element, each.key, *[part for clause in each.clauses for part in clause.conditions]]
                inside += [clause.iterable for clause in each.clauses[1:]]
            elif isinstance(each, n.Lambda) and each.body is not None:
                bound.update(each.parameters)
                inside = [each.body]
            for part in inside:
                if part is not None:
                    read.update(x.variable for x in walk(part) if isinstance(x, n.Read))
        return read - bound

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
        changes = set().union(*(self.effects.changes.get(each, set()) for each in overrides(self.module, node)))
        is_method = bool(function.owner) and function.kind in ("method", "property", "setter")
        if is_method or function.kind == "class method":
            names = names[1:]
        self._same_object_twice(node, names)
        for value, parameter in zip(node.arguments, names, strict=False):
            # A function that leaves the array alone while it reads a part of it may be given a copy of the part.
            if (
                isinstance(value, n.LibraryCall)
                and isinstance(_bare(value.type), t.Array)
                and self.parameter_mode(parameter) == "ref"
            ):
                if group_of(value.type) not in changes:
                    self.allowed.add(id(value))
        arguments = [self.argument(value, parameter) for value, parameter in zip(node.arguments, names, strict=False)]
        self._parts_of_changed(node, names, arguments)
        before, arguments = self.in_source_order(node.arguments, arguments)
        captured = self.captures.get(function)
        if captured:
            arguments = [
                self.argument(n.Read(each.type, node.span, each), each)
                if each not in self.choices.boxed
                else f"&{self.name(each)}"
                for each in captured
            ] + arguments
        fallible = self.is_fallible(node)
        receiver = node.receiver
        if node.lacking and receiver is not None and not _costs_nothing(receiver):
            # The object is asked for its class and then for its method, and is made once.
            name = self.fresh("object")
            before += f"let {'' if self.is_handle(_bare(receiver.type)) else 'mut '}{name} = {self.text(receiver)}; "
            variable = n.Variable("object", receiver.type, assigned=1, temporary=True)
            self.inline[variable] = Rust(name)
            node.receiver = n.Read(receiver.type, receiver.span, variable)
        if is_method and node.receiver is not None:
            made = self._method_text(node, arguments)
        elif function.owner:
            made = f"{self.type_name(function.owner)}::{self.method_name(function, node.class_name or function.owner, False)}({', '.join(arguments)})"
        else:
            made = f"{self.function_name(function)}({', '.join(arguments)})"
        done = self.raising(Rust(made)) if fallible else Rust(made)
        if node.lacking and node.receiver is not None:
            before += f"{self._has_method(node)}; "
        node.receiver = receiver
        return Rust(f"{{ {before}{done} }}") if before else done

    def _has_method(self: Lowering, node: n.FunctionCall) -> Rust:
        """The AttributeError of an object whose class lacks the method that is called."""
        assert node.receiver is not None
        place = self.place(node.receiver).at(r.ATOM)
        self.use_member(node.receiver.type, "kind")
        self.use_member(node.receiver.type, "class_name")
        kind = f"{self.type_name(node.function.owner)}Kind"
        kinds = " | ".join(f"{kind}::{camel(each)}" for each in node.lacking)
        name = quoted(node.function.name)
        if node.function.kind == "setter":
            return Rust(f"py::takes_attribute(!matches!({place}.kind(), {kinds}), {place}.class_name(), {name})")
        return self.raising(Rust(f"py::has_attribute(!matches!({place}.kind(), {kinds}), {place}.class_name(), {name})"))

    def in_source_order(self: Lowering, values: list[n.Expression], printed: list[str]) -> tuple[str, list[str]]:
        """Arguments by name are evaluated where they stand in the call: statements for those that act, and what is passed then."""
        acting = [index for index, value in enumerate(values) if _acts(value)]
        ordered = sorted(acting, key=lambda index: (values[index].span.line, values[index].span.column))
        if acting == ordered:
            return "", printed
        passed, lets = list(printed), ""
        for index in ordered:
            passed[index] = self.fresh("argument")
            lets += f"let {passed[index]} = {printed[index]}; "
        return lets, passed

    def _parts_of_changed(self: Lowering, node: n.FunctionCall, names: list[n.Variable], arguments: list[str]) -> None:
        """Let the function have its own copy of a text or number that stands in what it changes: `find(parent, parent[x])`."""
        pairs = list(zip(node.arguments, names, strict=False))
        changed = {root_variable(value) for value, parameter in pairs if self.parameter_mode(parameter) == "refmut"} - {None}
        changed |= {each for each in self.captures.get(node.function, []) if self.parameter_mode(each) == "refmut"}
        for index, (value, parameter) in enumerate(pairs):
            if (
                self.parameter_mode(parameter) == "ref"
                and not isinstance(value, n.Read)
                and is_immutable(value.type)
                and any(isinstance(each, n.Read) and each.variable in changed for each in walk(value))
                and not self.is_slice(parameter)
            ):
                arguments[index] = f"&{self.value(value).at(r.UNARY)}"

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
                    if isinstance(_bare(value.type), t.Instance | t.List | t.Dict | t.Set | t.Deque | t.Array):
                        self.choices.share(group_of(value.type), f"line {node.span.line}")

    def is_fallible(self: Lowering, node: n.FunctionCall) -> bool:
        """Whether the call returns a Result."""
        if node.dynamic:
            return any(each in self.effects.fallible for each in overrides(self.module, node))
        return node.function in self.effects.fallible

    def _method_text(self: Lowering, node: n.FunctionCall, arguments: list[str]) -> str:
        receiver = node.receiver
        assert receiver is not None
        name = self.method_name(node.function, node.class_name, node.dynamic)
        self.use_member(receiver.type, name)
        needs_change = self.self_mode(node.function) == "refmut"
        if not self.is_handle(_bare(receiver.type)):
            before, printed = self._before_the_borrow(node, receiver, arguments, needs_change)
            if needs_change or before:
                place = self.changed(receiver) if needs_change else self.place(receiver)
                call = f"{place.at(r.ATOM)}.{name}({', '.join(printed)})"
                return f"{{ {' '.join(before)} {call} }}" if before else call
        if root_variable(receiver) is None and needs_change:
            return f"{self.value(receiver).at(r.ATOM)}.{name}({', '.join(arguments)})"
        return f"{self.place(receiver).at(r.ATOM)}.{name}({', '.join(arguments)})"

    def _before_the_borrow(
        self: Lowering, node: n.FunctionCall, receiver: n.Expression, arguments: list[str], changed: bool
    ) -> tuple[list[str], list[str]]:
        """Statements for the arguments that cannot be evaluated while the receiver is borrowed, and what is passed then."""
        roots = {root_variable(receiver)} - {None}

        def conflicts(value: n.Expression) -> bool:
            if isinstance(value, n.Constant | n.Read):
                return False
            if changed:
                return any(isinstance(part, n.Read) and part.variable in roots for part in walk(value))
            return any(
                isinstance(part, n.FunctionCall)
                and part.receiver is not None
                and root_variable(part.receiver) in roots
                and self.self_mode(part.function) == "refmut"
                for part in walk(value)
            )

        last = max((index for index, value in enumerate(node.arguments) if conflicts(value)), default=-1)
        before: list[str] = []
        printed = list(arguments)
        for index, value in enumerate(node.arguments[: last + 1]):
            # What acts keeps its place before the one that must come first.
            if conflicts(value) or _acts(value):
                holder = self.fresh("value")
                before.append(f"let {holder} = {self.text(value)};")
                mode = self.parameter_mode(node.function.parameters[index + 1])
                printed[index] = holder if mode == "own" else f"&{'mut ' if mode == 'refmut' else ''}{holder}"
        return before, printed

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
        reference = self.ref(value).text
        return f"&{self.text(value)}" if reference.startswith('"') else reference

    def value_construct(self: Lowering, node: n.Construct) -> Rust:
        root = self.root_of(node.class_name)
        name = self.type_name(root)
        init = node.init
        constructor = self.constructor_name(node.class_name)
        if init is None:
            self.used_members.add((root, constructor))
        if init is not None:
            names = init.parameters[1:]
            arguments = [self.argument(value, parameter) for value, parameter in zip(node.arguments, names, strict=False)]
            before, arguments = self.in_source_order(node.arguments, arguments)
            text = Rust(f"{name}::{self.constructor_for(init, node.class_name)}({', '.join(arguments)})")
            text = self.raising(text) if init in self.effects.fallible else text
            return Rust(f"{{ {before}{text} }}") if before else text
        if node.fields:
            cls = self.classes[root]
            order = cls.declared.get(node.class_name, list(node.fields))
            given = [node.fields[each] for each in order if each in node.fields]
            before, arguments = self.in_source_order(given, [self.field_value(each) for each in given])
            made = f"{name}::{constructor}({', '.join(arguments)})"
            if before:
                made = f"{{ {before}{made} }}"
            if node.arguments:
                post = node.arguments[0]
                assert isinstance(post, n.FunctionCall)
                call = f"made.{self.method_name(post.function, node.class_name, False)}()"
                if post.function in self.effects.fallible:
                    call = self.raising(Rust(call)).text
                mutable = "" if self.is_handle(node.type) or self.self_mode(post.function) != "refmut" else "mut "
                return Rust(f"{{ let {mutable}made = {made}; {call}; made }}")
            return Rust(made)
        cls = self.classes[root]
        if cls.exception and keeps_arguments(cls):
            return Rust(f"{name}::{constructor}(&[{self._shown_arguments(node.arguments)}])")
        if cls.exception:
            return Rust(f"{name}::{constructor}({self.exception_message(cls, node.arguments, node.span, '')})")
        arguments = [self.text(each) for each in node.arguments]
        return Rust(f"{name}::{constructor}({', '.join(arguments)})")

    def _shown_arguments(self: Lowering, arguments: list[n.Expression]) -> str:
        """The arguments of an exception, as what has texts."""
        return ", ".join(
            f"&{quoted(each.value)}"
            if isinstance(each, n.Constant) and each.type == t.STR
            else f"&{self.value(each).at(r.UNARY)}"
            for each in arguments
        )

    def exception_message(self: Lowering, cls: n.Class, arguments: list[n.Expression], span: Span, state: str) -> str:
        """The text of an exception of the program; `state` keeps the arguments that it is made of."""
        if keeps_arguments(cls):
            return f"{state}.{state_taker(cls, cls.name)}(&[{self._shown_arguments(arguments)}])"
        if not arguments:
            return "String::new()"
        assert len(arguments) == 1
        return self.text(n.Formatted(t.STR, span, [n.TextPart("", arguments[0], "s")]))

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


def message_field(cls: n.Class) -> str:
    """The field that holds the text of an exception of the program."""
    return "base_message" if "message" in cls.fields else "message"


def keeps_arguments(cls: n.Class) -> bool:
    """Whether exceptions of a class keep what they are made of."""
    return "exception_state" in cls.fields


def state_taker(cls: n.Class, member: str) -> str:
    """What takes the arguments of such an exception and gives its text."""
    return "give_key" if cls.builtin_bases.get(member, cls.exception) == "KeyError" else "give"


_CLOSURE = re.compile(r"\|[\w, &()]*\|")


def _repeated(template: str) -> set[str]:
    """The holes of a template whose text stands in a closure, or twice."""
    found = [
        (each["name"], each.start())
        for each in _HOLE.finditer(template)
        if each["name"] and each["mode"] not in ("type ", "fn ")
    ]
    names = [name for name, _ in found]
    repeated = {name for name in names if names.count(name) > 1}
    closure = _CLOSURE.search(template) if found else None
    return repeated | {name for name, start in found if closure is not None and start > closure.start()}


_HARMLESS = ("len", "str", "repr", "abs", "float", "bool", "list", "tuple", "dict", "set", "sorted", "range", "min", "max")


def _acts(node: n.Expression) -> bool:
    """Whether evaluating an argument may do something that the others see, or raise."""
    for each in walk(node):
        if isinstance(each, n.FunctionCall | n.ValueCall | n.Walrus | n.Construct | n.Yield):
            return True
        if isinstance(each, n.LibraryCall) and str(getattr(each.entry, "name", "")).removeprefix("builtins.") not in _HARMLESS:
            return True
    return False


__all__ = ["CallLowering", "group_of"]


def _with_starred(node: n.LibraryCall, template: str) -> str:
    """A template whose `[{*names}]` stands for a starred argument: the items come from what is starred, not from a display."""

    def spread(match: re.Match[str]) -> str:
        values = node.arguments.get(match["name"], [])
        if len(values) != 1 or not isinstance(values[0], n.Items):
            return match[0]
        return f"&Vec::from_iter({{*{match['name']}}})" if match["lent"] else f"{{*{match['name']}}}"

    return re.sub(r"(?P<lent>&?)\[\{&?\*(?P<name>\w+)\}\]", spread, template)


def _costs_nothing(node: n.Expression) -> bool:
    """Whether an expression may be evaluated twice: a variable, a field of one, an item at a constant place."""
    match node:
        case n.Read() | n.Constant():
            return True
        case n.FieldRead(owner=owner) | n.TupleItem(owner=owner) | n.Unwrap(operand=owner):
            return _costs_nothing(owner)
        case n.LibraryCall(entry=entry, arguments=arguments) if entry is not None and entry.name == "operator.getitem":
            return all(_costs_nothing(each) for values in arguments.values() for each in values)
    return False
