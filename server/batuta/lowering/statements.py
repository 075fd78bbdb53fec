"""Statements in Rust."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.spans import Span
from batuta.ir.walk import root_variable, walk, walk_all
from batuta.lowering import rust_text as r
from batuta.lowering.effects import changed_by
from batuta.lowering.expressions import _plain
from batuta.lowering.liveness import target_variables
from batuta.lowering.operators import OF_SCALARS
from batuta.lowering.rust_text import Rust, as_iterator_argument, character, closing, mapper, quoted, tail_expression, untyped
from batuta.lowering.rust_types import setter, snake

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering

OPERATORS = {"add": "+=", "sub": "-=", "mul": "*=", "and": "&=", "or": "|=", "xor": "^="}


def diverges(body: list[n.Statement]) -> bool:
    """Whether Rust sees that the end of a block cannot be reached."""
    if not body:
        return False
    last = body[-1]
    match last:
        case n.Return() | n.Raise() | n.Break() | n.Continue():
            return True
        case n.Evaluate(value=n.LibraryCall() as value):
            # `sys.exit()`
            return value.type == t.NEVER
        case n.If(body=one, otherwise=other):
            return diverges(one) and diverges(other)
        case n.Block(body=inner):
            return diverges(inner)
        case n.While(test=n.Constant(value=True), body=inner):
            return not breaks(inner)
        case n.Try(body=inner, handlers=handlers, otherwise=otherwise, final=final):
            if diverges(final):
                return True
            return (diverges(inner) or diverges(otherwise)) and all(diverges(each.body) for each in handlers)
        case n.With(body=inner, exit=left):
            return diverges(inner) and left is None
    return False


def breaks(body: list[n.Statement]) -> bool:
    """Whether statements leave the loop that they stand in."""
    for each in body:
        if isinstance(each, n.Break):
            return True
        if isinstance(each, n.While | n.For):
            if breaks(each.otherwise):
                return True
            continue
        for name in ("body", "otherwise", "final"):
            inner = getattr(each, name, None)
            if isinstance(inner, list) and breaks(inner):
                return True
        if isinstance(each, n.Try) and any(breaks(handler.body) for handler in each.handlers):
            return True
    return False


class StatementLowering:
    """The part of the lowering that prints statements."""

    span: Span | None
    """Where in the Python text the lines that are printed now come from."""

    position: tuple[list[n.Statement], int] | None
    """The block that is printed now, and which of its statements."""

    annotated: bool
    """Whether the variable that a value is for names its type."""

    # -- blocks

    def block(self: Lowering, body: list[n.Statement], tail: bool = False) -> None:
        """Print statements. In tail position a `return` is the value of the block."""
        last = len(body) - 1
        present = dict(self.present)
        for index, statement in enumerate(body):
            self.span = statement.span
            self.position = (body, index)
            given = self._given_at_once(body, index) if tail and index == last - 1 else None
            if given is not None:
                self.statement(given, True)
                break
            self.declare(statement)
            self.statement(statement, tail and index == last)
            if isinstance(statement, n.Return | n.Raise | n.Break | n.Continue):
                break
        if tail:
            self._give_at_once()
        self.present = present

    def _give_at_once(self: Lowering) -> None:
        """`let x = f(); x` at the end of a function: the value needs no name in Rust either."""
        if len(self.lines) < 2:
            return
        first, last = self.lines[-2:]
        named = re.fullmatch(r"let (\w+) = (.*);", first.text)
        if named and named[1] == last.text and first.depth == last.depth:
            last.text = tail_expression(named[2])
            del self.lines[-2]

    def _given_at_once(self: Lowering, body: list[n.Statement], index: int) -> n.Return | None:
        """`x = f(); return x` at the end of a function: the value needs no name."""
        first, last = body[index], body[index + 1]
        if not (isinstance(first, n.Assign) and isinstance(last, n.Return) and isinstance(last.value, n.Read)):
            return None
        variable = last.value.variable
        target = first.targets[0]
        whole = isinstance(target, n.VariableTarget) and target.variable is variable and len(first.targets) == 1
        if not whole or variable not in self.declared_in.get(id(first), set()) or variable in self.choices.boxed:
            return None
        if self.fallible or self.exits or self.generator or self.constructs or variable.captured:
            return None
        return n.Return(first.span, first.value)

    def braces(self: Lowering, head: str, body: list[n.Statement], tail: bool = False, close: str = "}") -> None:
        """A head, an indented block, and its end."""
        self.emit(f"{head} {{")
        self.depth += 1
        self.block(body, tail)
        self.depth -= 1
        self.emit(close)

    def statement(self: Lowering, node: n.Statement, tail: bool) -> None:
        """Print one statement."""
        match node:
            case n.Block(body=body):
                self.block(body, tail)
            case n.ClassBody(class_name=class_name):
                self.make_class_values(class_name)
            case n.Comment(text=text):
                self.emit(f"// {text}" if text else "//")
            case n.Evaluate(value=value):
                self._evaluate(value)
            case n.Assign():
                self._assign(node)
            case n.Augment():
                self._augment(node)
            case n.If():
                self._if(node, tail)
            case n.While():
                self._while(node)
            case n.For():
                self._for(node)
            case n.Return(value=value):
                self._return(value, tail)
            case n.Raise(value=value, cause=cause):
                self._raise(value, tail, cause)
            case n.Try():
                self._try(node, tail)
            case n.With():
                self._with(node)
            case n.Print():
                self._print(node)
            case n.Break():
                self._leave_loop("break")
            case n.Continue():
                self._leave_loop("continue")
            case n.LocalFunction():
                self.inner_function(node)

    def _evaluate(self: Lowering, value: n.Expression) -> None:
        text = self.value(value).text
        if text in ("()", "None", ""):
            return
        endless = isinstance(value.type, t.Unknown) or value.type == t.NEVER
        if endless and isinstance(value, n.LibraryCall) and text.startswith("py::attempt!("):
            # What an attempt gives that never succeeds is a value of a type without values: only a match tells rustc so.
            says_so = value.signature is not None and value.signature.result == t.NEVER
            if says_so:
                self.emit(f"match {text} {{}}")
            else:
                self.emit(f"{text};")
                self.emit('unreachable!("nothing is in an empty container");')
            return
        unused = not isinstance(value, n.FunctionCall | n.LibraryCall | n.ValueCall | n.Yield | n.Walrus) or (
            value.type not in (t.NONE, t.NEVER)
            and isinstance(value, n.LibraryCall | n.FunctionCall | n.ValueCall)
            and not text.endswith("?")
        )
        if isinstance(value, n.Constant | n.Read):
            return
        if isinstance(value, n.Yield) and isinstance(value.value, n.Items):
            self.emit(text)
            return
        if unused:
            self.emit(f"let _ = {text};")
        elif text.startswith("{") and text.endswith("}"):
            for each in _statements_in(text if value.type == t.NONE else f"{text};"):
                self.emit(each)
        else:
            self.emit(f"{text};")

    # -- assignment

    def _assign(self: Lowering, node: n.Assign) -> None:
        target = node.targets[0]
        declared = self.declared_in.get(id(node), set())
        if isinstance(target, n.VariableTarget):
            self._assign_variable(node, target.variable, declared)
            return
        if (
            isinstance(target, n.TupleTarget)
            and isinstance(node.value, n.Display)
            and isinstance(node.value.type, t.Tuple)
            and target.star is None
        ):
            if self._assign_parallel(node, target, node.value, declared):
                return
        if isinstance(target, n.TupleTarget):
            self._assign_tuple(node, target, declared)
            return
        if isinstance(target, n.CallTarget) and (not self._simple(node.value) or self._reads_root(target.call, node.value)):
            holder = self.fresh("value")
            self.emit(f"let {holder} = {self.text(self.coerced(node.value, target.variable.type))};")
            self.inline[target.variable] = Rust(holder)
            self.emit(f"{self.value(target.call)};")
            return
        for line in self.store_target(target, node.value):
            self.emit(line)

    @staticmethod
    def _reads_root(call: n.Expression, value: n.Expression) -> bool:
        """Whether a value reads what the store changes."""
        roots: set[n.Variable | None] = set()
        if isinstance(call, n.LibraryCall):
            roots = {root_variable(each) for values in call.arguments.values() for each in values[:1]}
        elif isinstance(call, n.FunctionCall) and call.receiver is not None:
            roots = {root_variable(call.receiver)}
        return any(isinstance(each, n.Read) and each.variable in roots for each in walk(value))

    def _simple(self: Lowering, value: n.Expression) -> bool:
        """Whether a value can be evaluated after the place that it goes to, without anybody noticing."""
        if isinstance(value, n.Constant):
            return True
        for each in walk(value):
            if isinstance(
                each, n.FunctionCall | n.ValueCall | n.Walrus | n.Conditional | n.Comprehension | n.Construct | n.Either
            ):
                return False
            if isinstance(each, n.LibraryCall) and (
                each.entry is None or each.entry.mutates or each.entry.effects or self.protected
            ):
                return False
            if (
                isinstance(each, n.Read | n.FieldRead)
                and not self.types.copies(each.type)
                and each is value
                and not isinstance(each, n.Read)
            ):
                return False
        return True

    def weak(self: Lowering, value: n.Expression) -> bool:
        """Whether rustc could not tell the type of a value by itself: bare literals, empty containers, None."""
        match value:
            case n.Constant():
                return value.type == t.INT
            case n.Display():
                if not value.items:
                    return True
                return (
                    any(self.weak(each) for each in value.items)
                    if isinstance(value.type, t.Tuple)
                    else all(self.weak(each) for each in value.items)
                )
            case n.DictDisplay():
                return not value.items or any(
                    (key is not None and self.weak(key)) or self.weak(each) for key, each in value.items
                )
            case n.Coerce(operand=operand):
                return (isinstance(value.type, t.Optional) and (operand.type == t.NONE or self.weak(operand))) or (
                    self.weak(operand) and not isinstance(value.type, t.Scalar)
                )
            case n.Arithmetic(left=left, right=right):
                return value.type == t.INT and self.weak(left) and self.weak(right)
            case n.Unary(operand=operand):
                return value.type == t.INT and self.weak(operand)
            case n.Conditional(body=body, otherwise=otherwise):
                return self.weak(body) and self.weak(otherwise)
            case n.Comprehension():
                return self.weak(value.element) or (value.key is not None and self.weak(value.key))
            case n.LibraryCall(entry=entry):
                if entry is None:
                    return False
                if not value.arguments and isinstance(value.type, t.List | t.Dict | t.Set | t.Deque):
                    return True
                if isinstance(value.type, t.Dict) or entry.name in (
                    "collections.deque",
                    "collections.defaultdict",
                    "builtins.dict",
                    "builtins.set",
                    "builtins.list",
                ):
                    return not isinstance(value.type, t.Iterator)
                if isinstance(value.type, t.List | t.Set | t.Deque | t.Sequence):
                    return any(
                        self.weak(each)
                        for values in value.arguments.values()
                        for each in values
                        if not isinstance(each, n.Constant)
                    )
        return False

    def _assign_variable(self: Lowering, node: n.Assign, variable: n.Variable, declared: set[n.Variable]) -> None:
        if self.how(variable) == "const":
            return
        if variable in declared:
            self.allow_copy(node.value, variable)
            annotated = self.weak(node.value)
            before, self.annotated = self.annotated, annotated
            kept, self.kept_iterator = self.kept_iterator, isinstance(variable.type, t.Iterator)
            value = self.value(node.value)
            self.annotated, self.kept_iterator = before, kept
            name = self.declare_name(variable)
            if variable in self.choices.boxed:
                self.emit(f"let {name}: py::Shared<{self.types.text(variable.type)}> = py::Shared::new({value});")
                return
            mutable = "mut " if name != "_" and (variable in self.choices.mutable or self.assigned_again(variable)) else ""
            iterator = isinstance(variable.type, t.Iterator) and self.assigned_again(variable)
            annotated = annotated or variable.type == t.NONE
            annotation = f": {self.types.text(variable.type)}" if annotated or iterator else ""
            if self.is_array(variable, node.value):
                array = self.array_text(node.value)
                display = node.value.operand if isinstance(node.value, n.Coerce) else node.value
                if array is not None and isinstance(display, n.Display):
                    element = self.types.text(t.children(variable.type)[0])
                    stated = annotated or any(isinstance(each.type, t.NumpyScalar) for each in display.items)
                    kind = f": [{element}; {len(display.items)}]" if stated else ""
                    self.emit(f"let {name}{kind} = {array};")
                    return
            if isinstance(variable.type, t.Iterator) and isinstance(node.value, n.Read) and value.text.endswith(".by_ref()"):
                self.choices.pass_on(node.value.variable)
            if variable in self.choices.passed_on:
                self.emit(f"let {mutable}{name} = {self.field_value(node.value)};")
                return
            text = f"Box::new({value})" if iterator and not isinstance(node.value, n.FunctionCall) else value.text
            if annotation:
                text = untyped(text)
            self.emit(f"let {mutable}{name}{annotation} = {text};")
            return
        if self.how(variable) == "unbound" and self.begins(node, variable):
            mutable = "mut " if variable in self.choices.mutable or self.assigned_again(variable) else ""
            first = self.text(node.value)
            self.emit(f"let {mutable}{self.declare_name(variable)}: Option<{self.types.text(variable.type)}> = Some({first});")
            return
        given = self._as_printed(node.value)
        if self.how(variable) == "own" and self._in_place(given, variable):
            if variable.parameter:
                self.choices.make_mutable(variable)
            self.emit(f"{self.name(variable)} {OPERATORS[given.operator]} {self.text(given.right)};")
            return
        operands = self._complex_operands(given, variable) if self.how(variable) == "own" else None
        if operands is not None:
            self.emit(f"{self.name(variable)} {operands[0]} {self.text(operands[1])};")
            return
        stored = self.field_value(node.value) if variable in self.choices.passed_on else self.text(node.value)
        self.emit(f"{self.store_text(variable, stored)};")

    def _as_printed(self: Lowering, value: n.Expression) -> n.Expression:
        """A value without conversions between what is one type in Rust."""
        while isinstance(value, n.Coerce) and self.types.text(value.type) == self.types.text(value.operand.type):
            value = value.operand
        return value

    @staticmethod
    def _complex_operands(value: n.Expression, variable: n.Variable) -> tuple[str, n.Expression] | None:
        """`z = z + w` of complex numbers: the operator of `z += w`, and `w`."""
        if not isinstance(value, n.LibraryCall) or value.type != t.COMPLEX:
            return None
        name = str(getattr(value.entry, "name", "")).removeprefix("complex.__").removesuffix("__")
        values = [each for given in value.arguments.values() for each in given]
        first = values[0] if len(values) == 2 else None
        if name in ("add", "sub", "mul") and isinstance(first, n.Read) and first.variable is variable:
            return OPERATORS[name], values[1]
        return None

    def _in_place(self: Lowering, value: n.Expression, variable: n.Variable) -> TypeGuard[n.Arithmetic]:
        """Whether `x = x + …` of numbers, which Rust writes `x += …`."""
        return (
            isinstance(value, n.Arithmetic)
            and value.operator in OPERATORS
            and _plain(value.type) in (t.INT, t.FLOAT, t.COMPLEX)
            and self.types.text(variable.type) == self.types.text(value.type)
            and isinstance(value.left, n.Read)
            and value.left.variable is variable
        )

    def store_text(self: Lowering, variable: n.Variable, value: str) -> str:
        """An assignment to a variable that is declared already."""
        name = self.name(variable)
        match self.how(variable):
            case "static":
                if isinstance(variable.type, t.Iterator) and not value.startswith("Box::new("):
                    value = f"Box::new({value})"
                return f"{name}.set(Some({value}))"
            case "boxed":
                if f"{name}." in value:
                    holder = self.fresh("value")
                    return f"let {holder} = {value}; {name}.set({holder})"
                return f"{name}.set({value})"
            case "unbound":
                return f"{name} = Some({value})"
            case "ref" | "refmut":
                self.choices.keep(variable)
            case _:
                self.choices.make_mutable(variable) if variable.parameter else None
        return f"{name} = {value}"

    def store_target(self: Lowering, target: n.Target, value: n.Expression, declare: bool = False) -> list[str]:
        """Statements that store a value at a target."""
        match target:
            case n.VariableTarget(variable=variable):
                value = self.coerced(value, variable.type)
                if (declare and variable in self.in_pattern) or (declare and self.is_new(variable)):
                    self.set_how(variable, "own") if variable not in self.choices.boxed else None
                    name = self.declare_name(variable)
                    if variable in self.choices.boxed:
                        return [f"let {name} = py::Shared::new({self.text(value)});"]
                    mutable = "mut " if variable in self.choices.mutable or self.assigned_again(variable) else ""
                    return [f"let {mutable}{name} = {self.text(value)};"]
                return [f"{self.store_text(variable, self.text(value))};"]
            case n.FieldTarget(owner=owner, name=name, type=type_):
                value = self.coerced(value, type_)
                if self.is_handle(owner.type):
                    self.use_member(owner.type, setter(name))
                    return [f"{self.place(owner).at(r.ATOM)}.{setter(name)}({self.field_value(value)});"]
                printed = self.field_value(value)
                place = f"{self.changed(owner).at(r.ATOM)}.{self.field_name(name)}"
                value = self._as_printed(value)
                if isinstance(value, n.Arithmetic) and value.operator in OPERATORS and _plain(value.type) in (t.INT, t.FLOAT):
                    operator = OPERATORS[value.operator]
                    if self.text(value.left) == place and not self.needs_holder(value, owner):
                        return [f"{place} {operator} {self.text(value.right)};"]
                if self.needs_holder(value, owner):
                    holder = self.fresh("value")
                    return [f"let {holder} = {printed};", f"{place} = {holder};"]
                return [f"{place} = {printed};"]
            case n.ClassTarget(class_name=class_name, name=name, type=type_):
                value = self.coerced(value, type_)
                return [f"{self.class_static(class_name, name)}.set(Some({self.text(value)}));"]
            case n.CallTarget(variable=variable, call=call):
                value = self.coerced(value, variable.type)
                self.inline[variable] = self.value(value)
                return [f"{self.value(call)};"]
            case n.TupleTarget():
                return self._unpack(target, value, declare)
        return []

    def needs_holder(self: Lowering, value: n.Expression, owner: n.Expression) -> bool:
        """Whether a value must be complete before its place is borrowed (the place unwraps an Option of the same root)."""
        if not any(isinstance(each, n.Unwrap | n.LibraryCall) for each in walk(owner)):
            return False
        root = root_variable(owner)
        return any(isinstance(each, n.Read) and each.variable is root for each in walk(value))

    def is_new(self: Lowering, variable: n.Variable) -> bool:
        """Whether a loop variable is declared by the loop itself."""
        return variable in self.in_pattern

    def coerced(self: Lowering, value: n.Expression, want: t.Type) -> n.Expression:
        """A value with a coercion, if its type is another."""
        if value.type == want or isinstance(want, t.Unknown) or isinstance(value.type, t.Unknown):
            return value
        if isinstance(value.type, t.Optional) and not isinstance(want, t.Optional):
            return self.coerced(n.Unwrap(value.type.inner, value.span, value, False), want)
        return n.Coerce(want, value.span, value)

    def _assign_parallel(
        self: Lowering, node: n.Assign, target: n.TupleTarget, value: n.Display, declared: set[n.Variable]
    ) -> bool:
        """`a, b = b, a + b`: all values first, then all places."""
        variables = [each.variable for each in target.items if isinstance(each, n.VariableTarget)]
        if (
            len(variables) == len(target.items)
            and all(each in declared for each in variables)
            and not any(each in self.choices.boxed for each in variables)
        ):
            for each, part in zip(target.items, value.items, strict=True):
                assert isinstance(each, n.VariableTarget)
                part = self.coerced(part, each.variable.type)
                reads = any(isinstance(x, n.Read) and x.variable in variables for x in walk(part))
                if reads:
                    return False
            named = {each.name for each in variables}
            if any(isinstance(x, n.Read) and x.variable.name in named for part in value.items for x in walk(part)):
                # New versions of the same names: all values are read before any name is bound again.
                names, printed = [], []
                for each, part in zip(target.items, value.items, strict=True):
                    assert isinstance(each, n.VariableTarget)
                    printed.append(self.text(self.coerced(part, each.variable.type)))
                for variable in variables:
                    name = self.declare_name(variable)
                    again = variable in self.choices.mutable or self.assigned_again(variable)
                    mutable = "mut " if name != "_" and again else ""
                    names.append(f"{mutable}{name}")
                kinds = ", ".join(self.types.text(each.type) for each in variables)
                self.emit(f"let ({', '.join(names)}): ({kinds}) = ({', '.join(printed)});")
                return True
            for each, part in zip(target.items, value.items, strict=True):
                assert isinstance(each, n.VariableTarget)
                self._assign_variable(
                    n.Assign(node.span, [each], self.coerced(part, each.variable.type)), each.variable, declared
                )
            return True
        if all(
            isinstance(each, n.VariableTarget) and self.how(each.variable) == "own" and each.variable not in declared
            for each in target.items
        ):
            before, self.moves_forbidden = self.moves_forbidden, False
            printed = [
                self.text(self.coerced(part, each.variable.type))
                for each, part in zip(target.items, value.items, strict=True)
                if isinstance(each, n.VariableTarget)
            ]
            self.moves_forbidden = before
            for variable in variables:
                if variable.parameter:
                    self.choices.make_mutable(variable)
            self.emit(f"({', '.join(self.name(each) for each in variables)}) = ({', '.join(printed)});")
            return True
        holders = []
        for part, each in zip(value.items, target.items, strict=True):
            want = self._target_type(each)
            holder = self.fresh("value")
            converted = self.coerced(part, want) if want is not None else part
            annotation = f": {self.types.text(converted.type)}" if self.weak(converted) else ""
            self.emit(f"let {holder}{annotation} = {self.text(converted)};")
            variable = n.Variable(holder, converted.type)
            self.inline[variable] = Rust(holder)
            holders.append(n.Read(converted.type, node.span, variable))
        for each, held in zip(target.items, holders, strict=True):
            if isinstance(each, n.VariableTarget) and each.variable in declared:
                self._assign_variable(n.Assign(node.span, [each], held), each.variable, declared)
            elif isinstance(each, n.TupleTarget):
                for line in self._unpack(each, held, False, declared):
                    self.emit(line)
            else:
                for line in self.store_target(each, held):
                    self.emit(line)
        return True

    @staticmethod
    def _target_type(target: n.Target) -> t.Type | None:
        match target:
            case n.VariableTarget(variable=variable) | n.CallTarget(variable=variable):
                return variable.type
            case n.FieldTarget(type=type_) | n.ClassTarget(type=type_):
                return type_
        return None

    def _assign_tuple(self: Lowering, node: n.Assign, target: n.TupleTarget, declared: set[n.Variable]) -> None:
        variables = target_variables(target)
        plain = (
            isinstance(node.value.type, t.Tuple)
            and target.star is None
            and all(isinstance(each, n.VariableTarget) for each in target.items)
            and all(
                isinstance(each, n.VariableTarget) and each.variable.type == have
                for each, have in zip(target.items, node.value.type.items, strict=False)
            )
        )
        if plain and variables <= declared and not variables & self.choices.boxed:
            names = []
            value = self.text(node.value)
            for each in target.items:
                assert isinstance(each, n.VariableTarget)
                mutable = (
                    "mut "
                    if self.name(each.variable) != "_"
                    and (each.variable in self.choices.mutable or self.assigned_again(each.variable))
                    else ""
                )
                names.append(f"{mutable}{self.declare_name(each.variable)}")
            self.emit(f"let ({', '.join(names)}{',' if len(names) == 1 else ''}) = {value};")
            return
        for line in self._unpack(target, node.value, False, declared):
            self.emit(line)

    def _unpack(
        self: Lowering, target: n.TupleTarget, value: n.Expression, declare: bool, declared: set[n.Variable] | None = None
    ) -> list[str]:
        lines: list[str] = []
        if isinstance(value.type, t.Optional):
            value = n.Unwrap(value.type.inner, value.span, value, False)
        if value.type == t.VALUE:
            value = n.Narrow(t.Sequence(t.VALUE), value.span, value)
        source = value.type
        count = len(target.items)
        types: list[t.Type]
        holder = self.fresh("parts")
        if isinstance(source, t.Tuple):
            printed = self.text(value)
            if isinstance(value, n.Read) and value.variable in self.inline and re.fullmatch(r"[a-z]\w*", printed):
                # It has a name of ours already.
                holder = printed
            else:
                lines.append(f"let {holder} = {printed};")
            if target.star is None:
                types = list(source.items)
                texts = [f"{holder}.{index}" for index in range(count)]
            else:
                after = count - target.star - 1
                middle = range(target.star, len(source.items) - after)
                types = list(target.types)
                items = []
                kept = types[target.star]
                element = kept.element if isinstance(kept, t.List) else (t.VALUE if kept == t.VALUE else t.INT)
                for index in middle:
                    variable = n.Variable(holder, source.items[index])
                    self.inline[variable] = Rust(f"{holder}.{index}")
                    items.append(self.text(self.coerced(n.Read(source.items[index], target.span, variable), element)))
                texts = [f"{holder}.{index}" for index in range(target.star)]
                rest = f"vec![{', '.join(items)}]" if items else f"Vec::<{self.types.text(element)}>::new()"
                texts.append(f"py::Value::from({rest})" if kept == t.VALUE else self.wrap_shared(rest, kept).text)
                texts += [f"{holder}.{index}" for index in range(len(source.items) - after, len(source.items))]
        elif isinstance(source, t.Instance):
            lines.append(f"let {holder} = {self.ref(value)};")
            cls = self.classes[source.name]
            names = cls.declared.get(source.name, [])
            types = [cls.fields[each] for each in names]
            for field in names:
                self.use_member(source, snake(field))
            texts = [
                f"{holder}.{snake(each)}{'' if self.types.copies(kind) else '.clone()'}"
                for each, kind in zip(names, types, strict=True)
            ]
        else:
            iteration = n.Iteration(value, _iteration_kind(source), target.types[0] if target.types else t.INT, target.span)
            items_text = as_iterator_argument(self.owned_items(iteration))
            types = list(target.types)
            if isinstance(source, t.List | t.Sequence) and t.children(source)[0] == t.NUM:
                # The list holds each of its numbers as one that may be whole or not.
                types = [t.NUM if each in (t.INT, t.FLOAT) else each for each in types]
            if target.star is None:
                call = f"py::try_unpack::<_, {count}>({items_text})"
            else:
                after = count - target.star - 1
                call = f"py::try_unpack_star::<_, {target.star}, {after}>({items_text})"
            made = self.raising(Rust(call))
            names = ["_" if type(each) is n.Target else self.fresh("part") for each in target.items]
            if target.star is None:
                lines.append(f"let [{', '.join(names)}] = {made};")
            else:
                front, back = names[: target.star], names[target.star + 1 :]
                lines.append(f"let ([{', '.join(front)}], {names[target.star]}, [{', '.join(back)}]) = {made};")
            texts = list(names)
            if target.star is not None:
                rest = self._rest_as(texts[target.star], source, types[target.star], target)
                shared = self.wrap_shared(rest, types[target.star]).text
                texts[target.star] = f"py::Value::from({rest})" if types[target.star] == t.VALUE else shared
        for each, text, type_ in zip(target.items, texts, types, strict=False):
            if type(each) is n.Target:
                continue
            variable = n.Variable(holder, type_)
            self.inline[variable] = Rust(text)
            read = n.Read(type_, target.span, variable)
            if isinstance(each, n.VariableTarget) and declared is not None and each.variable in declared:
                own = each.variable
                coerced = self.coerced(read, own.type)
                name = self.declare_name(own)
                if own in self.choices.boxed:
                    lines.append(f"let {name} = py::Shared::new({self.text(coerced)});")
                    continue
                mutable = "mut " if name != "_" and (own in self.choices.mutable or self.assigned_again(own)) else ""
                lines.append(f"let {mutable}{name} = {self.text(coerced)};")
            elif isinstance(each, n.TupleTarget):
                lines.extend(self._unpack(each, read, declare, declared))
            else:
                lines.extend(self.store_target(each, read, declare))
        return lines

    def _rest_as(self: Lowering, rest: str, source: t.Type, kept: t.Type, target: n.TupleTarget) -> str:
        """What a starred name takes, with its items brought to the type of the list that the name holds."""
        item = t.children(source)[0] if isinstance(source, t.List | t.Sequence | t.Set | t.Deque) else source
        if not isinstance(kept, t.List) or item in (kept.element, t.NEVER) or kept.element != t.VALUE:
            return rest
        name = self.fresh("item")
        variable = n.Variable(name, item)
        self.inline[variable] = Rust(name)
        converted = self.text(self.coerced(n.Read(item, target.span, variable), kept.element))
        return f"{rest}.into_iter().map({mapper(name, str(converted))}).collect::<Vec<_>>()"

    def _augment(self: Lowering, node: n.Augment) -> None:
        target = node.target
        if isinstance(target, n.VariableTarget):
            variable = target.variable
            how = self.how(variable)
            if how == "own" or how == "refmut" or (how == "ref" and self.types.copies(variable.type)):
                name = self.name(variable)
                self.choices.make_mutable(variable)
                if node.operator == "append":
                    self._append(name, node.value)
                    return
                if (node.operator in OPERATORS and variable.type in (t.INT, t.FLOAT, t.NUM, t.BOOL, t.BIGINT, t.COMPLEX)) or (
                    node.operator in OPERATORS
                    and isinstance(variable.type, t.NumpyScalar)
                    and (node.operator not in OF_SCALARS or variable.type.dtype in ("float32", "float64", "int64"))
                ):
                    self.emit(f"{name} {OPERATORS[node.operator]} {self.text(node.value)};")
                    return
                if (
                    node.operator == "truediv"
                    and isinstance(node.value, n.Constant)
                    and node.value.value
                    and variable.type == t.FLOAT
                ):
                    self.emit(f"{name} /= {self.text(node.value)};")
                    return
            value = self.text(node.result)
            stored = self.store_text(variable, value)
            stored = re.sub(r"^([\w#]+) = \1 >> (\d+)$", r"\1 >>= \2", stored)
            self.emit(f"{stored};")
            return
        assert isinstance(target, n.FieldTarget)
        if (
            not self.is_handle(target.owner.type)
            and node.operator in OPERATORS
            and target.type in (t.INT, t.FLOAT, t.COMPLEX)
            and self._plain_path(target.owner)
        ):
            value = self.text(node.value)
            self.use_member(target.owner.type, snake(target.name))
            place = f"{self.changed(target.owner).at(r.ATOM)}.{self.field_name(target.name)}"
            if any(isinstance(each, n.FunctionCall | n.ValueCall) for each in walk(node.value)):
                holder = self.fresh("value")
                self.emit(f"let {holder} = {place} {OPERATORS[node.operator][0]} {self.value(node.value).at(r.PRODUCT)};")
                self.emit(f"{place} = {holder};")
                return
            self.emit(f"{place} {OPERATORS[node.operator]} {value};")
            return
        for line in self.store_target(target, node.result):
            self.emit(line)

    @staticmethod
    def _plain_path(node: n.Expression) -> bool:
        while isinstance(node, n.FieldRead):
            node = node.owner
        return isinstance(node, n.Read)

    def _append(self: Lowering, name: str, value: n.Expression) -> None:
        """`text += piece`."""
        if (isinstance(value, n.Formatted) and len(value.parts) > 1) or (
            isinstance(value, n.Formatted) and value.parts and value.parts[0].value is None
        ):
            self.emit(f"{name} += &{self.text(value)};")
        elif isinstance(value, n.Constant):
            if len(value.value) == 1:
                self.emit(f"{name}.push({character(value.value)});")
            else:
                self.emit(f"{name}.push_str({quoted(value.value)});")
        else:
            reads_self = any(isinstance(each, n.Read) and self.name(each.variable) == name for each in walk(value))
            if reads_self:
                holder = self.fresh("piece")
                self.emit(f"let {holder} = {self.text(value)};")
                self.emit(f"{name}.push_str(&{holder});")
            else:
                self.emit(f"{name}.push_str({self.ref(value)});")

    # -- print

    def _print(self: Lowering, node: n.Print) -> None:
        newline = node.end is None or (isinstance(node.end, n.Constant) and node.end.value == "\n")
        macro = ("py::eprint!" if newline else "py::ewrite!") if node.error else ("py::print!" if newline else "py::write!")
        if node.file is not None:
            macro = f"py::{'print_to' if newline else 'write_to'}!"
            macro_start = f"{macro}({self.ref(node.file)}, "
        else:
            macro_start = f"{macro}("
        separator = " "
        parts_: list[n.TextPart] = []
        if node.spread is not None:
            joined = self._spread_print(node)
            ending = "" if newline or node.end is None else ", " + self.display_text(node.end)
            self.emit(f'{macro_start}"{{}}{"" if newline else "{}"}", {joined}{ending});')
            return
        if node.separator is not None:
            if isinstance(node.separator, n.Constant) and isinstance(node.separator.value, str):
                separator = node.separator.value
                computed = None
            else:
                computed = node.separator
        else:
            computed = None
        values = node.values
        if len(values) > 1 and any(self.has_effect(each) for each in values):
            # Python evaluates all arguments before it makes their texts.
            values = []
            before, self.moves_forbidden = self.moves_forbidden, True
            for each in node.values:
                if isinstance(each, n.Constant | n.Read):
                    values.append(each)
                    continue
                if isinstance(each, n.FunctionCall) and each.type in (t.NONE, t.NEVER):
                    self._evaluate(each)
                    values.append(n.Constant(t.NONE, each.span, None))
                    continue
                holder = self.fresh("shown")
                annotation = f": {self.types.text(each.type)}" if self.weak(each) else ""
                self.emit(f"let {holder}{annotation} = {self.text(each)};")
                variable = n.Variable(holder, each.type)
                self.inline[variable] = Rust(holder)
                values.append(n.Read(each.type, each.span, variable))
            self.moves_forbidden = before
        for index, each in enumerate(values):
            if index:
                parts_.append(n.TextPart(separator) if computed is None else n.TextPart("", computed))
            parts_.append(n.TextPart("", each, "s"))
        if not newline and node.end is not None:
            if isinstance(node.end, n.Constant):
                if node.end.value:
                    parts_.append(n.TextPart(str(node.end.value)))
            else:
                parts_.append(n.TextPart("", node.end))
        template, arguments = self.format_parts(parts_)
        if template == '""' and newline:
            self.emit(f'{macro_start}"");')
            return
        if template == '""':
            return
        self.emit(f"{macro_start}{template}{''.join(', ' + each for each in arguments)});")

    def value_printvalue(self: Lowering, node: n.PrintValue) -> Rust:
        before, self.lines = self.lines, []
        self._print(node.statement)
        text = " ".join(each.text.strip() for each in self.lines)
        self.lines = before
        return Rust(f"{{ {text} }}")

    def has_effect(self: Lowering, node: n.Expression) -> bool:
        """Whether evaluating an expression changes something that another one can see."""
        for each in walk(node):
            if changed_by(each):
                return True
            if isinstance(each, n.FunctionCall) and (
                self.effects.changes.get(each.function)
                or any(
                    isinstance(x, n.VariableTarget) and (x.variable.module or x.variable.captured)
                    for x in walk_all(each.function.body)
                )
            ):
                return True
            if isinstance(each, n.ValueCall | n.Walrus):
                return True
        return False

    def _spread_print(self: Lowering, node: n.Print) -> str:
        assert node.spread is not None
        separator = self.ref(node.separator).text if node.separator is not None else '" "'
        item = node.spread.item
        name = self.fresh("item")
        variable = n.Variable(name, item)
        self.inline[variable] = Rust(name)
        text = self.text_of(n.TextPart("", n.Read(item, node.span, variable), "s"))
        return f"{self.owned_items(node.spread)}{'' if str(text) == name else f'.map({mapper(name, str(text))})'}.collect::<Vec<_>>().join({separator})"


def _iteration_kind(type_: t.Type) -> str:
    if type_ == t.STR:
        return "str"
    return {
        t.List: "list",
        t.Sequence: "list",
        t.Set: "set",
        t.Deque: "deque",
        t.Dict: "dict",
        t.Range: "range",
        t.Iterator: "iterator",
        t.Array: "array",
        t.Object: "object",
    }.get(type(type_), "list")


_HOLDER = re.compile(r"let \w+ = [^|{}\"]*?; ")


def _statements_in(text: str) -> list[str]:
    """A block that only names values before it uses them, as statements of the block around it."""
    if not text.startswith("{ ") or closing(text, 0) != len(text):
        return [text]
    rest, made = text[2:-2], []
    while (named := _HOLDER.match(rest)) is not None:
        if "borrow" in named[0]:
            # What is borrowed must be given back when the statement is over.
            return [text]
        made.append(named[0][:-1])
        rest = rest[named.end() :]
    plain = made and not re.search(r"^let |[{}|\"]|; ", rest)
    return [*made, f"{rest.removesuffix(';')};"] if plain else [text]
