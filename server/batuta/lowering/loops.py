"""Branches and loops in Rust."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, TypeGuard

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.spans import Span
from batuta.ir.walk import root_variable, walk, walk_all
from batuta.lowering import rust_text as r
from batuta.lowering.effects import calls_unknown, changed_by, group_of, overrides
from batuta.lowering.expressions import _bare
from batuta.lowering.liveness import target_variables
from batuta.lowering.rust_text import Rust, tail_expression
from batuta.lowering.statements import breaks, diverges

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


class Loop:
    """A loop that is being printed: its label when something inside needs one, and the flag for its `else`."""

    def __init__(self, label: str = "", flag: str = "") -> None:
        self.label = label
        self.flag = flag
        self.depth = 0


class LoopLowering:
    """The part of the lowering that prints branches and loops."""

    span: Span | None
    head_changes: set[int] | None

    def _gives_none(self: Lowering, body: list[n.Statement]) -> bool:
        """Whether a block only returns None, which Rust writes `?`."""
        if len(body) != 1 or not isinstance(body[0], n.Return) or self.fallible or self.exits or self.generator:
            return False
        if not isinstance(self.result_type, t.Optional) or self.constructs or self.closure_depth:
            return False
        return body[0].value is None or self.text(body[0].value) == "None"

    def late_value(self: Lowering, node: n.Statement) -> n.Variable | None:
        """The variable that a branch exists for: each way through ends with its first assignment, or leaves."""
        if not isinstance(node, n.If) or isinstance(node, n.Unless) or not node.otherwise:
            return None
        for variable in self.declared_before.get(id(node), []):
            if variable in self.choices.boxed or variable in self.tried or self.how(variable) != "own":
                continue
            ends = _ends(node)
            last = [each for each in ends if isinstance(each, n.Assign) and _assigns_only(each, variable)]
            inside = [each for each in walk_all([node], into_functions=False) if isinstance(each, n.VariableTarget | n.Walrus)]
            if (
                last
                and all(each in last or (each is not None and diverges([each])) for each in ends)
                and len([each for each in inside if each.variable is variable]) == len(last)
            ):
                return variable
        return None

    def _late_if(self: Lowering, node: n.If, variable: n.Variable) -> None:
        """`let x = if … { … } else { … };`"""
        ends = [each for each in _ends(node) if isinstance(each, n.Assign) and _assigns_only(each, variable)]
        annotated = all(self.weak(each.value) for each in ends)
        name = self.declare_name(variable)
        mutable = "mut " if variable in self.choices.mutable or self.assigned_again(variable) else ""
        kind = f": {self.types.text(variable.type)}" if annotated else ""
        head = f"let {mutable}{name}{kind} = "
        branch: n.If = node
        while True:
            present = dict(self.present)
            self.emit(f"{head}if {self.text(branch.test)} {{")
            self._late_block(branch.body, variable, annotated)
            self.present = present
            otherwise = branch.otherwise
            if len(otherwise) != 1 or not _is_elif(otherwise[0]) or self.declared_before.get(id(otherwise[0])):
                break
            branch, head = otherwise[0], "} else "
            self.span = branch.span
        self.emit("} else {")
        self._late_block(otherwise, variable, annotated)
        self.emit("};")

    def _late_block(self: Lowering, body: list[n.Statement], variable: n.Variable, annotated: bool) -> None:
        self.depth += 1
        last = body[-1]
        if isinstance(last, n.Assign) and _assigns_only(last, variable):
            self.block(body[:-1])
            self.span = last.span
            self.declare(last)
            before, self.annotated = self.annotated, annotated
            value = self.value(last.value)
            self.annotated = before
            iterator = isinstance(variable.type, t.Iterator) and not isinstance(last.value, n.FunctionCall)
            self.emit(f"Box::new({value}) as {self.types.text(variable.type)}" if iterator else tail_expression(value.text))
        else:
            self.block(body)
        self.depth -= 1

    def _if(self: Lowering, node: n.If, tail: bool) -> None:
        if isinstance(node, n.Unless):
            test = self.text(node.test)
            if self._gives_none(node.otherwise):
                pattern, _, place = test.removeprefix("let Some(").partition(") = ")
                borrow = f"{place[5:]}.as_mut()" if place.startswith("&mut ") else f"{place.lstrip('&')}.as_ref()"
                assert isinstance(node.test, n.Some)
                borrowed = self.how(node.test.variable) in ("ref", "refmut")
                self.emit(f"let {pattern} = {borrow if borrowed else place}?;")
                return
            named = re.fullmatch(r"let Some\(((?:mut )?)(\w+)\) = (\w+)", test)
            before = re.fullmatch(r"let (\w+) = (.*);", self.lines[-1].text) if self.lines else None
            read = isinstance(node.test, n.Some) and any(
                isinstance(each, n.Read) and each.variable is node.test.operand.variable for each in walk_all(node.otherwise)
            )
            alone = named and before and named[2] == named[3] == before[1] and self.lines[-1].depth == self.depth
            if named and before and alone and not read:
                # A block before `else` would end there.
                value = f"({before[2]})" if before[2].endswith("}") else before[2]
                test = f"let Some({named[1]}{named[2]}) = {value}"
                self.lines.pop()
            self.braces(f"{test} else", node.otherwise, close="};")
            return
        if isinstance(node.test, n.IsNone) and not node.test.negated and not node.otherwise and self._gives_none(node.body):
            if isinstance(node.test.operand.type, t.Optional):
                option = self.place(node.test.operand).at(r.ATOM)
                self.emit(f"{option}{'' if self.types.copies(node.test.operand.type) else '.as_ref()'}?;")
                return
        if not node.otherwise and self._is_never(node.test):
            return
        late = self.late_value(node)
        if late is not None:
            self._late_if(node, late)
            return
        if tail and self._is_test(node):
            asked = self.value(node.test)
            self.emit(asked.text if _gives(node.body, True) else f"!{asked.at(r.UNARY)}")
            return
        node = self._joined(node)
        start = len(self.lines)
        present = dict(self.present)
        value_tail = tail and (self.result_is_unit or (diverges(node.body) and diverges(node.otherwise)))
        self.emit(f"if {self.text(node.test)} {{")
        self.depth += 1
        self.block(node.body, value_tail)
        self.depth -= 1
        self.present = dict(present)
        otherwise = node.otherwise
        while len(otherwise) == 1 and _is_elif(otherwise[0]) and not self.declared_before.get(id(otherwise[0])):
            branch = self._joined(otherwise[0])
            self.span = branch.span
            self.emit(f"}} else if {self.text(branch.test)} {{")
            self.depth += 1
            self.block(branch.body, value_tail)
            self.depth -= 1
            self.present = dict(present)
            otherwise = branch.otherwise
        if otherwise:
            self.emit("} else {")
            self.depth += 1
            self.block(otherwise, value_tail)
            self.depth -= 1
        self.emit("}")
        if self._same_branches(start):
            self.lints.add("clippy::if_same_then_else")

    def _is_never(self: Lowering, test: n.Expression) -> bool:
        """Whether types alone decide that a test does not hold: the assertion that a value is what it is."""
        inner = test.operand if isinstance(test, n.Not) else test
        if not isinstance(inner, n.IsInstance | n.IsNone):
            return False
        return self.text(test) == "false"

    def _is_test(self: Lowering, node: n.If) -> bool:
        """`if test: return True else: return False`, where the test is what is returned."""
        if self.fallible or self.exits or self.generator or isinstance(node.test, n.Some) or node.test.type != t.BOOL:
            return False
        return self.result_type == t.BOOL and any(
            _gives(node.body, value) and _gives(node.otherwise, not value) for value in (True, False)
        )

    def _same_branches(self: Lowering, start: int) -> bool:
        """Whether two branches that follow each other were printed alike."""
        branches: list[list[str]] = []
        for line in self.lines[start:]:
            if line.depth == self.depth and (line.text.startswith("if ") or line.text.startswith("} else")):
                branches.append([])
            elif branches and line.text != "}":
                branches[-1].append(line.text)
        return any(one == two for one, two in itertools.pairwise(branches))

    def _joined(self: Lowering, node: n.If) -> n.If:
        """`if a: if b: …` with nothing else inside is `if a && b`."""
        while len(node.body) == 1 and isinstance(node.body[0], n.If) and not node.otherwise:
            inner = node.body[0]
            if inner.otherwise or self.declared_at(inner):
                break
            test = n.Logic(t.BOOL, node.test.span, "and", [node.test, inner.test])
            node = n.If(node.span, test, inner.body, [])
        return node

    def _open_loop(self: Lowering, node: n.While | n.For) -> Loop:
        loop = Loop()
        if self._needs_label(node.body):
            self.labels += 1
            loop.label = f"'loop_{self.labels}"
        if node.otherwise and breaks(node.body) and not _is_endless(node):
            loop.flag = self.fresh("completed")
            self.emit(f"let mut {loop.flag} = true;")
        loop.depth = len(self.exits)
        self.loops.append(loop)
        return loop

    def _close_loop(self: Lowering, node: n.While | n.For, loop: Loop) -> None:
        self.loops.pop()
        if node.otherwise and not _is_endless(node):
            if loop.flag:
                self.braces(f"if {loop.flag}", node.otherwise)
            else:
                self.block(node.otherwise)

    @staticmethod
    def _needs_label(body: list[n.Statement]) -> bool:
        return any(isinstance(each, n.Try | n.With) for each in walk_all(body, into_functions=False))

    def _while(self: Lowering, node: n.While) -> None:
        loop = self._open_loop(node)
        head = "loop" if _is_endless(node) else f"while {self.text(node.test)}"
        start = len(self.lines)
        self.braces(head, node.body)
        if head == "loop":
            self._test_at_head(start)
        self._note_once(node.body)
        self.label_where_used(start, loop.label)
        self._close_loop(node, loop)

    def _test_at_head(self: Lowering, start: int) -> None:
        """`loop { let Some(item) = next else { break; }; … }` has its test at its head."""
        if len(self.lines) < start + 4:
            return
        test, leaves, end = (each.text for each in self.lines[start + 1 : start + 4])
        found = re.fullmatch(r"let (Some\([^=]*\) = [^{]*) else \{", test)
        # What is borrowed at the head of a loop stays so in its body.
        if found is not None and "borrow" not in test and (leaves, end) == ("break;", "};"):
            self.lines[start].text = f"while let {found[1]} {{"
            del self.lines[start + 1 : start + 4]

    def _note_once(self: Lowering, body: list[n.Statement]) -> None:
        """A loop that no way through its body repeats is what the program says."""
        if diverges(body) and not isinstance(body[-1], n.Continue) and not _continues(body):
            self.lints.add("clippy::never_loop")

    def label_where_used(self: Lowering, start: int, label: str) -> None:
        """Give the line where a block begins its label, if something inside leaves by it."""
        named = re.compile(rf"{label}\b")
        if label and any(named.search(line.text) for line in self.lines[start + 1 :]):
            head = self.lines[start]
            head.text = f"{head.text[:-1]}{label}: {{" if head.text.endswith("= {") else f"{label}: {head.text}"

    def _leave_loop(self: Lowering, word: str) -> None:
        loop = self.loops[-1]
        if word == "break" and loop.flag:
            self.emit(f"{loop.flag} = false;")
        if len(self.exits) > loop.depth:
            self.emit(f"break {self.exits[-1]} Ok(py::Flow::{word.capitalize()});")
            return
        self.emit(f"{word}{' ' + loop.label if loop.label else ''};")

    def body_changes(self: Lowering, body: list[n.Statement]) -> set[int]:
        """The groups that statements change, in functions that they call too."""
        found: set[int] = set()
        for node in walk_all(body):
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

    def _assigns(self: Lowering, body: list[n.Statement], variable: n.Variable | None) -> bool:
        return variable is not None and any(
            isinstance(each, n.VariableTarget) and each.variable is variable for each in walk_all(body, into_functions=False)
        )

    def _for(self: Lowering, node: n.For) -> None:
        loop = self._open_loop(node)
        changes = self.body_changes(node.body)
        before, self.head_changes = self.head_changes, changes
        pattern, source, first = self._loop_head(node, changes)
        self.head_changes = before
        for variable in target_variables(node.target):
            if group_of(variable.type) in changes and self.how(variable) != "refmut":
                # The array of which the variable is a part is changed in the loop.
                self.share_arrays_in(variable.type, node.span.line)
        if not self.caught_loop(node, "", pattern, source):
            iterated = node.iterable.value
            if (
                isinstance(iterated, n.Read)
                and source.endswith(".by_ref()")
                and any(isinstance(each, n.Read) and each.variable is iterated.variable for each in walk_all(node.body))
            ):
                # The body takes items out of the same iterator.
                self.emit(f"while let Some({pattern}) = {source.removesuffix('.by_ref()')}.next() {{")
            else:
                self.emit(f"for {pattern} in {source} {{")
        start = len(self.lines) - 1
        self.depth += 1
        for line in first:
            self.emit(line)
        self.block(node.body)
        self.depth -= 1
        self.emit("}")
        self._note_once(node.body)
        self.label_where_used(start, loop.label)
        self._close_loop(node, loop)

    def _loop_head(self: Lowering, node: n.For, changes: set[int]) -> tuple[str, str, list[str]]:
        iteration = node.iterable
        value, kind = iteration.value, iteration.kind
        bare = _bare(value.type)
        for inner in walk(value):
            if isinstance(inner, n.Items):
                held = _bare(inner.iteration.value.type)
                root = root_variable(inner.iteration.value)
                if (group_of(held) in changes or self._assigns(node.body, root)) and not self.is_temporary(
                    inner.iteration.value
                ):
                    if isinstance(held, t.List | t.Dict | t.Set | t.Deque | t.Array):
                        self.choices.share(group_of(held), f"line {node.span.line}")
            if (
                isinstance(inner, n.LibraryCall)
                and inner.entry is not None
                and isinstance(inner.type, t.Iterator)
                and "self" in inner.arguments
            ):
                held = _bare(inner.arguments["self"][0].type)
                root = root_variable(inner.arguments["self"][0])
                if isinstance(held, t.List | t.Dict | t.Set | t.Deque) and (
                    group_of(held) in changes or self._assigns(node.body, root) or self._conflicts(node, root)
                ):
                    self.choices.share(group_of(held), f"line {node.span.line}")
        if kind == "range":
            plain = self.plain_range(value)
            if isinstance(node.target, n.VariableTarget) and value is not None and self._counts_up(value):
                self.counters.add(node.target.variable)
            pattern, after = self._pattern(node.target, iteration.item)
            return pattern, plain if plain is not None else f"{self.value(value).at(r.ATOM)}.items()", after
        place = not self.is_temporary(value)
        if kind == "list" and place and not self.types.is_shared(bare):
            found = self._borrowed_loop(node, changes)
            if found is not None:
                return found
        if kind in ("dict", "set", "deque", "list") and place and not self.types.is_shared(bare):
            root = root_variable(value)
            if group_of(bare) in changes or self._assigns(node.body, root) or self._conflicts(node, root):
                self.choices.share(group_of(bare), f"line {node.span.line}")
        if kind == "str" and place and self._assigns(node.body, root_variable(value)):
            holder = self.fresh("text")
            self.emit(f"let {holder} = {self.text(value)};")
            pattern, after = self._pattern(node.target, iteration.item)
            return pattern, f"{holder}.characters()", after
        if kind == "array" and place and isinstance(bare, t.Array) and self._assigns(node.body, root_variable(value)):
            holder = self.fresh("rows")
            self.emit(f"let {holder} = {self.place(value)}.clone();")
            hold = n.Variable(holder, value.type)
            self.inline[hold] = Rust(holder)
            iteration = n.Iteration(n.Read(value.type, value.span, hold), kind, iteration.item, iteration.span)
        text = self.known_items(iteration, node.target)
        pattern, after = self._pattern(node.target, iteration.item)
        if pattern == "_" and isinstance(bare, t.Array):
            text = text.removesuffix(".copied()").removesuffix(".cloned()")
        return pattern, self.iterable(text), after

    def _counts_up(self: Lowering, value: n.Expression) -> bool:
        if not (isinstance(value, n.LibraryCall) and value.entry is not None and value.entry.name == "builtins.range"):
            return False
        values = [each[0] for each in value.arguments.values()]
        if len(values) == 1:
            return True
        return self.never_negative(values[0]) and (len(values) == 2 or self.never_negative(values[2]))

    def _conflicts(self: Lowering, node: n.For, root: n.Variable | None) -> bool:
        """Whether the body needs the root object for itself: a method that changes it is called."""
        if root is None:
            return False
        for each in walk_all(node.body):
            if isinstance(each, n.FunctionCall):
                if (
                    each.receiver is not None
                    and _stands_for(root_variable(each.receiver), root)
                    and self.self_mode(each.function) == "refmut"
                    and not self.is_handle(_bare(each.receiver.type))
                ):
                    return True
                names = each.function.parameters[1:] if each.receiver is not None else each.function.parameters
                for value, parameter in zip(each.arguments, names, strict=False):
                    if _stands_for(root_variable(value), root) and self.parameter_mode(parameter) == "refmut":
                        return True
                for variable in self.captures.get(each.function, ()):
                    # A function inside this one is handed the names that it uses.
                    if _stands_for(variable, root) and self.parameter_mode(variable) == "refmut":
                        return True
        return False

    def _borrowed_loop(self: Lowering, node: n.For, changes: set[int]) -> tuple[str, str, list[str]] | None:
        """A loop over references into a list that the body leaves alone."""
        value = node.iterable.value
        bare = _bare(value.type)
        root = root_variable(value)
        if group_of(bare) in changes or self._assigns(node.body, root) or self._conflicts(node, root):
            return None
        if isinstance(value, n.Read) and self.how(value.variable) not in ("own", "ref", "refmut", "const"):
            return None
        if not isinstance(value, n.Read | n.FieldRead | n.TupleItem | n.Unwrap | n.LibraryCall):
            return None
        if isinstance(value, n.FieldRead) and self.is_handle(value.owner.type):
            return None
        element = node.iterable.item
        reference = self.ref(value).text
        if node.iterable.present:
            reference = f"{self.place(value).at(r.ATOM)}.iter().flatten()"
        elif "_mut(" in reference:
            # A defaultdict hands out its value as a place that can be changed; the loop only reads it.
            reference = f"{reference}.iter()"
        if isinstance(node.target, n.VariableTarget):
            variable = node.target.variable
            if variable not in self.in_pattern or variable in self.choices.boxed or variable.type != element:
                return None
            if self.types.copies(element):
                pattern, after = self._pattern(node.target, element)
                return (f"&{pattern}", reference, after) if pattern != "_" else ("_", reference, after)
            touched = self._touches(node.body, variable)
            if self._assigns(node.body, variable):
                return None
            if touched and not (self.types.is_shared(_bare(element)) or self.is_handle(_bare(element))):
                again = any(isinstance(each, n.Read) and each.variable is root for each in walk_all(node.body))
                if again or node.iterable.present:
                    return None
                self.set_how(variable, "refmut")
                return self.declare_name(variable), f"{self.changed(value).at(r.ATOM)}.iter_mut()", []
            if group_of(element) in changes and not (self.types.is_shared(_bare(element)) or self.is_handle(_bare(element))):
                return None
            self.set_how(variable, "ref")
            return self.declare_name(variable), reference, []
        if isinstance(node.target, n.TupleTarget) and isinstance(element, t.Tuple) and node.target.star is None:
            names = []
            for each, type_ in zip(node.target.items, element.items, strict=False):
                if (
                    not isinstance(each, n.VariableTarget)
                    or each.variable not in self.in_pattern
                    or each.variable.type != type_
                    or each.variable in self.choices.boxed
                ):
                    return None
                if self._assigns(node.body, each.variable) or self._touches(node.body, each.variable):
                    return None
                group = group_of(type_)
                if group in changes:
                    return None
            for each, type_ in zip(node.target.items, element.items, strict=False):
                assert isinstance(each, n.VariableTarget)
                copies = self.types.copies(type_)
                self.set_how(each.variable, "own" if copies else "ref")
                name = self.declare_name(each.variable)
                names.append(name if not copies or name.startswith("_") else f"{name}")
            copied = [self.types.copies(type_) for type_ in element.items]
            if all(copied):
                return f"&({', '.join(names)})", reference, []
            if any(copied):
                lines = [
                    f"let {name} = *{name};"
                    for name, each in zip(names, copied, strict=True)
                    if each and not name.startswith("_")
                ]
                return f"({', '.join(names)})", reference, lines
            return f"({', '.join(names)})", reference, []
        return None

    def _touches(self: Lowering, body: list[n.Statement], variable: n.Variable) -> bool:
        """Whether statements change the object that a variable holds, through that variable."""
        for node in walk_all(body):
            if any(_stands_for(root_variable(each), variable) for each in changed_by(node)):
                return True
            if isinstance(node, n.FunctionCall):
                if (
                    node.receiver is not None
                    and _stands_for(root_variable(node.receiver), variable)
                    and self.self_mode(node.function) == "refmut"
                ):
                    return True
                names = node.function.parameters[1:] if node.receiver is not None else node.function.parameters
                for value, parameter in zip(node.arguments, names, strict=False):
                    if _stands_for(root_variable(value), variable) and self.parameter_mode(parameter) == "refmut":
                        return True
        return False

    def _pattern(self: Lowering, target: n.Target, item: t.Type) -> tuple[str, list[str]]:
        """The pattern of a `for` over owned items, and what to do first in the body."""
        if type(target) is n.Target:
            return "_", []
        if (
            isinstance(target, n.VariableTarget)
            and target.variable in self.in_pattern
            and target.variable.type == item
            and target.variable not in self.choices.boxed
        ):
            self.set_how(target.variable, "own")
            name = self.declare_name(target.variable)
            if not self.is_used(target.variable):
                return f"_{name}".replace("_r#", "_") if name != "_" and not name.startswith("_") else name, []
            mutable = "mut " if target.variable in self.choices.mutable or self.assigned_again(target.variable) else ""
            return f"{mutable}{name}", []
        if (
            isinstance(target, n.TupleTarget)
            and isinstance(item, t.Tuple)
            and target.star is None
            and len(item.items) == len(target.items)
        ):
            names, after = [], []
            for each, type_ in zip(target.items, item.items, strict=True):
                pattern, more = self._pattern(each, type_)
                names.append(pattern)
                after.extend(more)
            return f"({', '.join(names)}{',' if len(names) == 1 else ''})", after
        name = self.fresh("item")
        holder = n.Variable(name, item)
        self.inline[holder] = Rust(name)
        return name, self.store_target(target, n.Read(item, target.span, holder), declare=True)

    def is_used(self: Lowering, variable: n.Variable) -> bool:
        """Whether anything reads a variable."""
        return variable in self.read_variables


def _ends(node: n.If) -> list[n.Statement | None]:
    """The last statement of each way through a branch; None where a way does nothing."""
    found: list[n.Statement | None] = [node.body[-1] if node.body else None]
    if len(node.otherwise) == 1 and _is_elif(node.otherwise[0]):
        return found + _ends(node.otherwise[0])
    return [*found, node.otherwise[-1] if node.otherwise else None]


def _assigns_only(node: n.Assign, variable: n.Variable) -> bool:
    return len(node.targets) == 1 and isinstance(node.targets[0], n.VariableTarget) and node.targets[0].variable is variable


def _stands_for(found: n.Variable | None, variable: n.Variable) -> bool:
    """Whether a name is a variable, or the value inside it."""
    return found is not None and (found is variable or found.inside is variable)


def _is_elif(node: n.Statement) -> TypeGuard[n.If]:
    return isinstance(node, n.If) and not isinstance(node, n.Unless)


def _gives(body: list[n.Statement], value: bool) -> bool:
    """Whether a block only returns True, or False."""
    if len(body) != 1 or not isinstance(body[0], n.Return):
        return False
    given = body[0].value
    return isinstance(given, n.Constant) and given.value is value


def _continues(body: list[n.Statement]) -> bool:
    """Whether statements go on with the loop that they stand in."""
    return any(isinstance(each, n.Continue) for each in walk_all(body, into_functions=False))


def _is_endless(node: n.While | n.For) -> bool:
    """`while True`: its `else` never runs."""
    return isinstance(node, n.While) and isinstance(node.test, n.Constant) and node.test.value is True
