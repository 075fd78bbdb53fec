"""Comprehensions in Rust, and values that are iterated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from batuta.catalog.index import catalog
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import root_variable, walk
from batuta.lowering import rust_text as r
from batuta.lowering.expressions import _bare
from batuta.lowering.liveness import target_variables
from batuta.lowering.rust_text import Rust, closing, function_of, mapper

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


class IterationLowering:
    """The part of the lowering that prints comprehensions and iteration."""

    head_changes: set[int] | None
    """While the head of a loop is printed: the groups that its body changes."""

    def iterable(self: Lowering, text: str) -> str:
        """What stands behind `in` for an iterator's text."""
        references = {each for each in self.own_parameters if self.how(each) == "ref"} | {
            each for each, how in self.hows.items() if how == "ref"
        }
        return as_iterable(text, {self.names[each] for each in references if each in self.names})

    def items(self: Lowering, node: n.Items) -> str:
        """A value as something that yields owned items."""
        text = self.owned_items(node.iteration)
        if node.convert is not None:
            holder, body = node.convert
            name = self.fresh("item")
            self.inline[holder] = Rust(name)
            protected = self.protected
            self.closure_depth += 1
            made = self.text(body)
            self.closure_depth -= 1
            if made == name:
                return text
            if protected and isinstance(body, n.Narrow):
                # What is not what it must be is known before the first item is used.
                text, made = _uncloned(text, name, mapper(name, made.replace(f"{name}.as_", f"{name}.try_as_", 1)))
                every = self.raising(Rust(f"{text}.map({made}).collect::<Result<Vec<_>, _>>()"))
                return f"{every}.into_iter()"
            used = re.search(rf"\b{name}\b", made) is not None
            text, made = _uncloned(text, name, mapper(name if used else "_", made))
            return f"{text}.map({made})"
        return text

    def value_items(self: Lowering, node: n.Items) -> Rust:
        return Rust(self.items(node))

    def owned_items(self: Lowering, iteration: n.Iteration) -> str:
        """An iterator over owned items."""
        text = self._owned_items(iteration)
        if not iteration.present:
            return text
        start = text.rfind(".map(")
        if start >= 0 and closing(text, start + len(".map")) == len(text):
            return f"{text[:start]}.filter_{text[start + 1 :]}"
        return f"{text.removesuffix('.into_iter()') if text.endswith(']') else text}.flatten()"

    def _owned_items(self: Lowering, iteration: n.Iteration) -> str:
        value, kind = iteration.value, iteration.kind
        if isinstance(value, n.Comprehension) and isinstance(value.type, t.Iterator):
            return self.value(value).text
        match kind:
            case "range":
                return self.range_text(value)
            case "str":
                owned = self.own_sources or (self.kept_iterator and self.is_temporary(value))
                held = ".collect::<Vec<_>>().into_iter()" if owned else ""
                return f"{self.place(value).at(r.ATOM)}.characters(){held}"
            case "bytes":
                return f"{self.text(value)}.into_iter()"
            case "iterator" | "object":
                held = self.value(value).at(r.ATOM)
                declared = catalog().classes.get(value.type.name) if isinstance(value.type, t.Object) else None
                return held if kind == "iterator" or (declared is not None and declared.iterator) else f"{held}.into_iter()"
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
                if self.types.is_shared(value.type):
                    return f"{self.place(value).at(r.ATOM)}.{'items' if value.type.rank == 1 else 'rows'}()"
                if value.type.group in (self.head_changes or ()) and self.is_changed_array(value.type):
                    self.share_arrays_in(value.type, iteration.span.line)
                self.mark_plain(value)
                if value.type.rank == 1:
                    return f"{self.place(value).at(r.ATOM)}.iter().{'copied' if value.type.dtype != 'str' else 'cloned'}()"
                return f"{self.place(value).at(r.ATOM)}.outer_iter().map(|row| row.to_owned())"
            case "dict":
                return f"{self.place(value).at(r.ATOM)}.keys()"
            case "instance":
                return self.instance_items(iteration)
        if self.is_temporary(value) and not self.types.is_shared(_bare(value.type)):
            array = self.array_text(value)
            return f"{array}.into_iter()" if array is not None else f"{self.value(value).at(r.ATOM)}.into_iter()"
        element = t.children(_bare(value.type))[0]
        self.check_copy(element, value, items=True)
        if self.types.is_shared(_bare(value.type)) or kind in ("set", "deque"):
            return f"{self.place(value).at(r.ATOM)}.items()"
        if isinstance(value, n.FieldRead) and self.is_handle(value.owner.type):
            # The getter gives a list of its own.
            return f"{self.place(value).at(r.ATOM)}.into_iter()"
        if self.own_sources:
            # A field is a whole list, a parameter may be a slice of one.
            copy = "clone" if isinstance(value, n.FieldRead) else "to_vec"
            return f"{self.place(value).at(r.ATOM)}.{copy}().into_iter()"
        return f"{self.place(value).at(r.ATOM)}.iter().{'copied' if self.types.copies(element) else 'cloned'}()"

    def known_items(self: Lowering, iteration: n.Iteration, target: n.Target) -> str:
        """The items of a loop, listed numbers with their type where rustc must know it before it has seen the whole loop."""
        self._know(iteration.value, target)
        return self.owned_items(iteration)

    def _know(self: Lowering, value: n.Expression, target: n.Target) -> None:
        value = value.operand if isinstance(value, n.Coerce) else value
        parts = target.items if isinstance(target, n.TupleTarget) else []
        match value:
            case n.Items(iteration=inner):
                self._know(inner.value, target)
            case n.Display(items=items):
                self._know_items(items, target)
            case n.DictDisplay(items=pairs):
                self._know_items([key for key, _ in pairs if key is not None], target)
            case n.LibraryCall(entry=entry, arguments=arguments) if entry is not None:
                given = [each for values in arguments.values() for each in values]
                if entry.name == "dict.items" and len(parts) == 2 and given and isinstance(given[0], n.DictDisplay):
                    self._know_items([key for key, _ in given[0].items if key is not None], parts[0])
                    self._know_items([held for _, held in given[0].items], parts[1])
                elif entry.name == "builtins.enumerate" and len(parts) == 2:
                    self._know(given[0], parts[1])
                elif entry.name == "builtins.zip":
                    for each, part in zip(given, parts, strict=False):
                        self._know(each, part)
                elif entry.name in ("builtins.sorted", "builtins.reversed", "builtins.list", "builtins.tuple") and given:
                    self._know(given[0], target)

    def _know_items(self: Lowering, items: list[n.Expression], target: n.Target) -> None:
        plain = [each.operand if isinstance(each, n.Coerce | n.Unary) else each for each in items]
        if isinstance(target, n.VariableTarget) and target.variable in self.survey.given_to_numpy:
            self.typed_constants.update(id(each) for each in plain[:1] if isinstance(each, n.Constant))
        if isinstance(target, n.TupleTarget):
            rows = [each.items for each in plain if isinstance(each, n.Display) and len(each.items) == len(target.items)]
            for place, part in enumerate(target.items):
                self._know_items([row[place] for row in rows], part)

    def item_as(self: Lowering, value: n.Expression, want: t.Type) -> n.Expression:
        """An item brought to the common type of a tuple's items."""
        if isinstance(want, t.Optional) and value.type not in (want, t.NONE) and not isinstance(value.type, t.Optional):
            return n.Coerce(want, value.span, self.item_as(value, want.inner))
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
            | n.Narrow
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
                return f"({_after(stop)}..{_after(start)}).rev()"
        return None

    def instance_items(self: Lowering, iteration: n.Iteration) -> str:
        """Items of an object of the program with `__iter__` and `__next__`."""
        first, following = iteration.methods
        assert first is not None
        if following is None:
            return self.text(first)
        name = self.fresh("iterator")
        mutable = "" if self.is_handle(_bare(first.type)) else "mut "
        call = f"{name}.{self.method_name(following.function, following.function.owner, following.dynamic)}()"
        step = call if following.function in self.effects.fallible else f"py::catching(|| {call})"
        return f"{{ let {mutable}{name} = {self.text(first)}; py::until_stop(move || {step}) }}"

    def value_comprehension(self: Lowering, node: n.Comprehension) -> Rust:
        before = self.head_changes
        inside: list[Any] = [node.element, *([node.key] if node.key is not None else []), *node.clauses]
        self.head_changes = self.changes_in(inside)
        try:
            return self._comprehension(node)
        finally:
            self.head_changes = before

    def _comprehension(self: Lowering, node: n.Comprehension) -> Rust:
        if (self.protected and self._may_leave(node)) or (
            not isinstance(node.type, t.Iterator) and any(isinstance(each, n.Walrus) for each in walk(node))
        ):
            return self._comprehension_loop(node)
        if self._lends_changed(node):
            return self._comprehension_loop(node)
        chain = self._chain(node)
        match node.type:
            case t.Iterator():
                return Rust(chain)
            case t.List():
                items = chain.removesuffix(".cloned()").removesuffix(".copied()")
                if items != chain and items.endswith(".iter()"):
                    return self.wrap_shared(f"{items.removesuffix('.iter()')}.to_vec()", node.type)
                return self.wrap_shared(f"{chain}.collect::<Vec<_>>()", node.type)
            case t.Set():
                return self.wrap_shared(f"{chain}.collect::<py::Set<_>>()", node.type)
        return self.wrap_shared(f"{chain}.collect::<py::Dict<_, _>>()", node.type)

    def _lends_changed(self: Lowering, node: n.Comprehension) -> bool:
        """Whether closures inside closures would each need the one mutable reference to a parameter that they only read."""
        if len(node.clauses) < 2:
            return False
        inner: list[Any] = [node.element, *([node.key] if node.key is not None else []), *node.clauses[1:]]
        inner += node.clauses[0].conditions
        return any(isinstance(each, n.Read) and self.how(each.variable) == "refmut" for part in inner for each in walk(part))

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
            case t.List() | t.Iterator():
                start, add = f"Vec::<{self.types.text(node.type.element)}>::new()", "push"
            case t.Set():
                start, add = f"py::Set::<{self.types.text(node.type.element)}>::new()", "add"
            case t.Dict():
                start, add = (
                    f"py::Dict::<{self.types.text(node.type.key)}, {self.types.text(node.type.value)}>::new()",
                    "set_at",
                )
            case _:
                raise AssertionError(f"no comprehension makes a {t.show(node.type)}")
        text = f"let mut {name} = {start}; "
        ends = ""
        for clause in node.clauses:
            borrowed = self._borrowed_items(clause)
            source = borrowed or self.known_items(clause.iterable, clause.target)
            if clause.iterable.kind == "range" and source.startswith("(") and closing(source, 0) == len(source):
                source = source[1:-1]
            pattern, after = self.loop_pattern(clause.target, clause.iterable.item)
            if borrowed:
                self._borrow(clause.target)
            text += f"for {pattern} in {self.iterable(source)} {{ {after}"
            ends += " }"
            for condition in clause.conditions:
                text += f"if {self.value(condition)} {{ "
                ends += " }"
        key = f"{self.text(node.key)}, " if node.key is not None else ""
        text += f"{name}.{add}({key}{self.text(node.element)});{ends} "
        for clause in node.clauses:
            for each in self._clause_variables(clause.target):
                self.set_how(each, "own")
        if isinstance(node.type, t.Iterator):
            return Rust(f"{{ {text}{name}.into_iter() }}")
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
        borrowed = self._borrowed_items(clause)
        source = borrowed or self.known_items(clause.iterable, clause.target)
        self.closure_depth += 1 if index == 0 else 0
        if index == 0 and self._changes_source(node):
            source = _collected(source)
        if index and root_variable(clause.iterable.value) in {
            v
            for outer in node.clauses[:index]
            for v in self._clause_variables(outer.target)
            if self.hows.get(v) not in ("ref", "refcopy")
        }:
            bare = _bare(clause.iterable.value.type)
            if clause.iterable.kind not in ("range", "iterator") and not self.types.is_shared(bare):
                if borrowed:
                    borrowed, source = None, self.owned_items(clause.iterable)
                source = _collected(source)
        elif index and clause.iterable.kind == "iterator":
            outer_names = {v for outer in node.clauses[:index] for v in self._clause_variables(outer.target)}
            if any(
                isinstance(each, n.Read) and each.variable in outer_names and not self.types.copies(each.type)
                for each in walk(clause.iterable.value)
            ):
                source = _collected(source)
        if index and source.startswith("py::global("):
            # The copy of the global value ends with the closure that made it.
            source = _collected(source)
        pattern, after = self.loop_pattern(clause.target, clause.iterable.item)
        variables = self._clause_variables(clause.target)
        if borrowed:
            self._borrow(clause.target)
        conditions = clause.conditions
        move = "move " if index or self.moving else ""
        if conditions:
            if not borrowed:
                for each in variables:
                    if not self.types.copies(each.type):
                        self.set_how(each, "ref")
            simple = isinstance(clause.target, n.VariableTarget) and not after
            names = "" if simple else self._reference_pattern(clause.target, pattern)
            test = " && ".join(self.value(each).at(r.AND + 1 if len(conditions) > 1 else r.LOOSE) for each in conditions)
            if borrowed or (simple and self.types.copies(clause.iterable.item)):
                closure = f"{move}|&{self._used(pattern, variables, test)}| {test}"
            else:
                closure = f"{move}|{self._used(pattern if simple else names, variables, test)}| {test}"
            copies = "".join(f"let {each} = {each}.clone(); " for each in self._asked_twice(node, index))
            source += f".filter({{ {copies}{closure} }})" if copies else f".filter({closure})"
            if not borrowed:
                for each in variables:
                    self.set_how(each, "own")
        last = index == len(node.clauses) - 1
        if not last:
            clones, lent = self._inner_clones(node, index)
            before = {each: self.how(each) for each in lent}
            for each in lent:
                self.set_how(each, "ref")
            inner = self._clauses(node, index + 1, lazy)
            for each, how in before.items():
                self.set_how(each, how)
            text = f"{after}{clones}{inner}"
            pattern = self._used(pattern, variables, text)
            body = f"{{ {text} }}" if after or clones else inner
            made = f"{source}.flat_map({move}|{pattern}| {body})"
        else:
            mapped = self._mapped(node, clause, pattern, after, move, bool(borrowed))
            texts = clause.iterable.item in (t.STR, t.NumpyScalar("str"))
            made = "".join(_uncloned(source, pattern, mapped, texts)) if not conditions else source + mapped
        if borrowed:
            for each in variables:
                self.set_how(each, "own")
        return made

    def _mapped(
        self: Lowering, node: n.Comprehension, clause: n.Clause, pattern: str, after: str, move: str, borrowed: bool
    ) -> str:
        """What the last clause makes of its items."""
        element = node.element
        if node.key is not None:
            body = f"({self.text(node.key)}, {self.text(element)})"
        else:
            if (
                isinstance(element, n.Read)
                and isinstance(clause.target, n.VariableTarget)
                and element.variable is clause.target.variable
                and not after
            ):
                if borrowed:
                    self.check_copy(element.type, element)
                return ".cloned()" if borrowed else ""
            body = self.text(element)
        if not borrowed and "|" not in body and "|" not in after:
            body = _moved(body, [self.name(each) for each in self._clause_variables(clause.target)])
        if after:
            only = re.fullmatch(r"let ([\w#]+) = (.*); ", after)
            whole = only is not None and only[1] == body and "; " not in only[2]
            body = only[2] if only is not None and whole else f"{{ {after}{body} }}"
        if not borrowed and body in (pattern, f"{pattern}.clone()"):
            return ""
        if borrowed and body == f"{pattern}.clone()":
            return ".cloned()"
        function = function_of(pattern, body)
        if function is not None:
            return f".map({function})"
        if isinstance(clause.target, n.VariableTarget) and self._is_function_of(element, clause.target.variable, borrowed):
            path = body.removesuffix(f"({pattern})")
            if path != body and re.fullmatch(r.PATH, path):
                return f".map({path})"
        return f".map({move}|{self._used(pattern, self._clause_variables(clause.target), body)}| {body})"

    def _is_function_of(self: Lowering, node: n.Expression, variable: n.Variable, borrowed: bool) -> bool:
        """Whether an expression only hands a variable on to a function that takes it as it is."""
        if isinstance(node, n.Coerce):
            return (
                node.type == t.NUM and not borrowed and isinstance(node.operand, n.Read) and node.operand.variable is variable
            )
        if isinstance(node, n.Construct) and len(node.arguments) == 1 and self.types.copies(variable.type):
            argument = node.arguments[0]
            return not borrowed and isinstance(argument, n.Read) and argument.variable is variable
        if not isinstance(node, n.FunctionCall) or node.receiver is not None or len(node.arguments) != 1:
            return False
        argument = node.arguments[0]
        parameters = node.function.parameters[1:] if node.function.kind == "class method" else node.function.parameters
        if not (isinstance(argument, n.Read) and argument.variable is variable and parameters):
            return False
        if self.types.copies(variable.type):
            return not borrowed
        mode = self.parameter_mode(parameters[0])
        return (
            mode == "own"
            if not borrowed
            else mode == "ref"
            and self.signature_type(parameters[0]).startswith("&")
            and (self.signature_type(parameters[0]) == f"&{self.types.text(variable.type)}")
        )

    def _used(self: Lowering, pattern: str, variables: list[n.Variable], text: str) -> str:
        """A closure's pattern in which the names that its body does not use begin with an underscore."""
        for each in variables:
            name = self.name(each)
            if not name.startswith("_") and not re.search(rf"(?<![\w#])(?<![\w)\]?]\.){re.escape(name)}(?!\w)", text):
                pattern = re.sub(rf"(?<![\w#]){re.escape(name)}(?!\w)", f"_{name.removeprefix('r#')}", pattern)
        return pattern

    def _borrowed_items(self: Lowering, clause: n.Clause) -> str | None:
        """A list's items where they are, when they need not be copied to be worked with."""
        iteration = clause.iterable
        value, item = iteration.value, iteration.item
        texts = iteration.kind == "array" and value.type == t.Array("str", 1)
        if not (iteration.kind == "list" or texts) or self.is_temporary(value) or self.types.is_shared(_bare(value.type)):
            return None
        if any(made in self.place(value).text for made in ("py::global(", "py::bound(", ".content()")):
            # A copy that is made here: what borrows from it would not live long enough.
            return None
        held = item if texts else t.children(_bare(value.type))[0]
        present = ""
        if iteration.present and isinstance(held, t.Optional):
            held, present = held.inner, ".flatten()"
        if item == held and all(self._never_read(each) for each in self._clause_variables(clause.target)):
            return f"{self.place(value).at(r.ATOM)}.iter(){present}"
        if self.types.copies(item) or isinstance(_bare(item), t.Iterator) or self._changed_inside(item, set()):
            return None
        if item != held or not self._borrowable(clause.target, item):
            return None
        return f"{self.place(value).at(r.ATOM)}.iter(){present}"

    def _borrowable(self: Lowering, target: n.Target, item: t.Type) -> bool:
        """Whether a target can be bound to references into an item."""
        if isinstance(target, n.VariableTarget):
            variable = target.variable
            return (
                variable.type == item
                and variable.assigned <= 1
                and variable not in self.choices.boxed
                and variable not in self.choices.mutable
            )
        return (
            isinstance(target, n.TupleTarget)
            and isinstance(item, t.Tuple)
            and target.star is None
            and len(target.items) == len(item.items)
            and all(
                type(each) is n.Target or self._borrowable(each, kind)
                for each, kind in zip(target.items, item.items, strict=True)
            )
        )

    def _borrow(self: Lowering, target: n.Target) -> None:
        """The variables of a target are references into what is iterated."""
        for each in self._clause_variables(target):
            self.set_how(each, "refcopy" if self.types.copies(each.type) else "ref")

    def _changes_source(self: Lowering, node: n.Comprehension) -> bool:
        """Whether a method that is called for each item changes the object that the items are from."""
        root = root_variable(node.clauses[0].iterable.value)
        inner: list[Any] = [node.element, *([node.key] if node.key is not None else [])]
        inner += [condition for clause in node.clauses for condition in clause.conditions]
        return root is not None and any(
            isinstance(each, n.FunctionCall)
            and each.receiver is not None
            and root_variable(each.receiver) is root
            and not self.is_handle(_bare(each.receiver.type))
            and self.self_mode(each.function) == "refmut"
            for part in inner
            for each in walk(part)
        )

    def _asked_twice(self: Lowering, node: n.Comprehension, index: int) -> list[str]:
        """Names of the outer clauses that the conditions of a clause take, and what stands behind them takes as well."""
        later: list[Any] = [node.element, *([node.key] if node.key is not None else []), *node.clauses[index + 1 :]]
        one, other = (
            {each.variable for part in parts for each in walk(part) if isinstance(each, n.Read)}
            for parts in (node.clauses[index].conditions, later)
        )
        return [
            self.name(each)
            for clause in node.clauses[:index]
            for each in self._clause_variables(clause.target)
            if each in one
            and each in other
            and self.how(each) == "own"
            and not self.types.copies(each.type)
            and each not in self.inline
        ]

    def _inner_clones(self: Lowering, node: n.Comprehension, index: int) -> tuple[str, list[n.Variable]]:
        """Outer names that the inner closures move: a handle or a reference for each round; and which are references there."""
        inner: list[Any] = [node.element, *([node.key] if node.key is not None else []), *node.clauses[index + 1 :]]
        bound = {each for clause in node.clauses[index + 1 :] for each in self._clause_variables(clause.target)}
        for each in (each for part in inner for each in walk(part)):
            # What an inner comprehension or closure binds is no name of the surroundings.
            if isinstance(each, n.VariableTarget):
                bound.add(each.variable)
            elif isinstance(each, n.Lambda):
                bound.update(each.parameters)
        own = set(self._clause_variables(node.clauses[index].target))
        made, lent = [], []
        for variable in dict.fromkeys(each.variable for part in inner for each in walk(part) if isinstance(each, n.Read)):
            if variable in bound or variable in own or variable in self.inline:
                continue
            how, name = self.how(variable), self.name(variable)
            if how == "refmut":
                made.append(f"let {name} = &*{name}; ")
                lent.append(variable)
            if how not in ("own", "boxed") or self.types.copies(variable.type):
                continue
            if how == "boxed" or self.types.is_shared(_bare(variable.type)):
                made.append(f"let {name} = {name}.clone(); ")
            else:
                made.append(f"let {name} = &{name}; ")
                lent.append(variable)
        return "".join(made), lent

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


def _uncloned(source: str, name: str, mapped: str, texts: bool = False) -> tuple[str, str]:
    """Items without the copies of them of which a closure only asks for what is in them, and the closure."""
    place = source.removesuffix(".cloned()")
    head, bar, body = mapped.partition(f"|{name}| ")
    if place == source or not bar:
        return source, mapped
    uses = re.findall(rf"(?<![\w#.])(&)?{re.escape(name)}(?![\w#])(\.(?:iter|as_\w+)\(\)|[.\[(]|(?=.|$))", body)
    asked = re.findall(rf"(?<![\w#.&]){re.escape(name)}\.(?!into_)\w+\(", body)
    if texts and asked and len(asked) == len(uses):
        # The methods of a text look at it.
        return place, mapped
    if len(uses) == 1 and not uses[0][0] and len(uses[0][1]) > 1:
        return place, mapped
    if uses and all(borrow and not rest for borrow, rest in uses):
        body = re.sub(rf"&{re.escape(name)}(?!\w)", name, body)
        function = function_of(name, body.removesuffix(")") if head else body)
        return place, f"{head}{function}{')' if head else ''}" if function else f"{head}{bar}{body}"
    return source, mapped


def _moved(body: str, names: list[str]) -> str:
    """What a closure makes of its own values, each of which moves where nothing else asks for it."""
    for name in names:
        if len(re.findall(rf"(?<![\w.#]){re.escape(name)}(?!\w)", body)) == 1:
            body = re.sub(rf"(?<![\w.#]){re.escape(name)}\.clone\(\)", name, body)
    return body


def _collected(source: str) -> str:
    """An iterator over items that were collected first."""
    items = source.removesuffix(".cloned()").removesuffix(".copied()")
    if items != source and items.endswith(".iter()"):
        return f"{items.removesuffix('.iter()')}.to_vec().into_iter()"
    return f"{source}.collect::<Vec<_>>().into_iter()"


def as_iterable(text: str, references: set[str] | frozenset[str] = frozenset()) -> str:
    """What stands behind `in`: a `for` asks for the iterator by itself. `references`: names that are references already."""
    if text.startswith("{"):
        return text
    place = text.removesuffix(".iter()")
    if place != text and re.fullmatch(r"[\w.#]+", place):
        return place if place in references else f"&{place}"
    text = text.removesuffix(".into_iter()")
    return text[1:-1] if text.startswith("(") and closing(text, 0) == len(text) else text


def _after(text: str) -> str:
    """The int that follows one."""
    literal = re.fullmatch(r"(-?\d+)(_i64)?", text)
    if re.fullmatch(r"[\w.()]+ - 1", text):
        return text.removesuffix(" - 1")
    return f"{int(literal[1]) + 1}{literal[2] or ''}" if literal else f"{text} + 1"
