"""Ways out of a block in Rust: return, raise, try, finally, with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.ir.spans import Span
from batuta.ir.walk import walk_all
from batuta.lowering import rust_text as r
from batuta.lowering.expressions import _bare
from batuta.lowering.rust_text import Rust, closing, quoted, tail_expression
from batuta.lowering.statements import diverges

if TYPE_CHECKING:
    from batuta.lowering.lower import Lowering


def _awaits_unbound(node: n.Try) -> bool:
    """Whether a handler is there for a variable that has no value yet."""
    return any({"UnboundLocalError", "NameError"} & set(each.classes) for each in node.handlers)


class LeavingLowering:
    """The part of the lowering that prints ways out of a block."""

    span: Span | None
    awaits_unbound = False
    """Whether the `try` around the present statement waits for a variable that has no value."""

    def _return(self: Lowering, value: n.Expression | None, tail: bool) -> None:
        if self.generator and not self.spoken:
            if value is not None:
                self.emit(f"let _ = {self.text(value)};")
            if not tail:
                self.emit("return;")
            return
        printed = self.value(value) if value is not None else Rust("")
        text = printed.text
        if self.this_name and not text:
            text = self.this_name if self.constructs else ""
        unit = text in ("", "()")
        if self.exits:
            self.emit(f"break {self.exits[-1]} Ok(py::Flow::Return({text or '()'}));")
            return
        if isinstance(self.result_type, t.Iterator) and value is not None and not unit:
            text = self.boxed_iterator(value)
        if self.fallible:
            text = _result(Rust(text) if value is None or text != str(printed) else printed) if text else "Ok(())"
            unit = False
        if tail:
            if not unit:
                self.emit(tail_expression(text))
            return
        if (
            isinstance(value, n.FunctionCall)
            and value.type in (t.NONE, t.NEVER)
            and self.result_type == t.NONE
            and not self.fallible
        ):
            self.emit(f"{text};")
            text, unit = "", True
        self.emit("return;" if unit else f"return {text};")

    def throw(self: Lowering, exception: str, tail: bool = False) -> None:
        """Raise an exception that is complete."""
        context = self.handlers[-1] if self.handlers else None
        if context is None:
            self.emit(f"py::throw({exception});")
        elif context == "?":
            self.emit(f"Err({exception})" if tail else f"return Err({exception});")
        else:
            self.emit(f"break {context} Err({exception});")

    def _raise(self: Lowering, value: n.Expression | None, tail: bool, cause: n.Expression | None = None) -> None:
        if value is None:
            self.throw(
                f"{self.caught[-1]}.clone()"
                if self.caught
                else 'py::Exception::new("RuntimeError", "No active exception to reraise")',
                tail,
            )
            return
        text = self.text(value)
        if isinstance(_bare(value.type), t.Instance):
            text = f"py::Exception::from_user({text})"
        if cause is not None:
            text = f"{text}.caused_by({self.text(cause)})"
        self.throw(text, tail)

    def _try(self: Lowering, node: n.Try, tail: bool) -> None:
        if node.final:
            self._finally(
                node.body if not node.handlers else [n.Try(node.span, node.body, node.handlers, node.otherwise, [])],
                node.final,
                None,
                tail,
            )
            return
        value_tail = tail and (self.result_is_unit or diverges([node]))
        last = node.body[-1]
        given = last.value if isinstance(last, n.Return) and self._gives(node) else None
        self.labels += 1
        label = f"'attempt_{self.labels}"
        outcome = self.fresh("outcome")
        start = len(self.lines)
        kind = "()" if given is None else self.types.text(self.result_type)
        self.emit(f"let {outcome}: Result<{kind}, py::Exception> = {{")
        self.depth += 1
        self.handlers.append(label)
        if given is not None:
            self.block(node.body[:-1])
            self.span = node.body[-1].span
            self.declare(node.body[-1])
            self.emit(_result(self.value(given), f"py::attempt!({label}, "))
        else:
            outer, self.awaits_unbound = self.awaits_unbound, _awaits_unbound(node)
            self.block(node.body)
            self.awaits_unbound = outer
        self.handlers.pop()
        if not diverges(node.body):
            self.emit("Ok(())")
        self._give_at_end(label)
        self.depth -= 1
        self.emit("};")
        self.label_where_used(start, label)
        error = self.fresh("error")
        self.emit(f"match {outcome} {{")
        self.depth += 1
        if given is not None:
            value = "Ok(value)" if self.fallible else "value"
            self.emit(f"Ok(value) => {value}," if value_tail else f"Ok(value) => return {value},")
        elif node.otherwise:
            self.braces("Ok(()) =>", node.otherwise, value_tail)
        elif diverges(node.body):
            self.emit('Ok(()) => unreachable!("the block was left before its end"),')
        else:
            self.emit("Ok(()) => {}")
        everything = False
        for handler in node.handlers:
            self.span = handler.span
            test = self._handler_test(handler, error)
            everything |= not test
            named = handler.variable is not None and self.is_used(handler.variable)
            used = (
                bool(test) or named or any(isinstance(each, n.Raise) and each.value is None for each in walk_all(handler.body))
            )
            name = error if used else f"_{error}"
            self.emit(f"Err({name}){f' if {test}' if test else ''} => {{")
            self.depth += 1
            if handler.variable is not None and named:
                variable = handler.variable
                self.set_how(variable, "own")
                caught = self.declare_name(variable)
                if handler.own:
                    self.emit(
                        f'let {caught} = {error}.downcast::<{self.types.text(variable.type)}>().expect("the class was tested");'
                    )
                else:
                    self.emit(f"let {caught} = {error}.clone();")
            self.caught.append(error)
            self.block(handler.body, value_tail)
            self.caught.pop()
            self.depth -= 1
            self.emit("}")
            if not test:
                break
        if not everything:
            self.emit(f"Err({error}) => {{")
            self.depth += 1
            self.throw(error, value_tail)
            self.depth -= 1
            self.emit("}")
        self.depth -= 1
        self.emit("}")

    def _give_at_end(self: Lowering, label: str) -> None:
        """What leaves a labelled block with a value as its last line is the value of the block."""
        last = self.lines[-1]
        if last.depth == self.depth and last.text.startswith(f"break {label} ") and last.text.endswith(";"):
            last.text = last.text.removeprefix(f"break {label} ")[:-1]

    def _gives(self: Lowering, node: n.Try) -> bool:
        """Whether a guarded block ends with the function's value, so that the block gives it."""
        last = node.body[-1]
        return (
            isinstance(last, n.Return)
            and last.value is not None
            and self.result_type not in (t.NONE, t.NEVER)
            and last.value.type not in (t.NONE, t.NEVER)
            and not isinstance(self.result_type, t.Iterator)
            and not (self.exits or self.generator or self.constructs or node.otherwise)
        )

    def _handler_test(self: Lowering, handler: n.Handler, error: str) -> str:
        if not handler.classes or "BaseException" in handler.classes:
            return ""
        if len(handler.classes) == 1:
            return f'{error}.is_a("{own_name(handler.classes[0])}")'
        return f"{error}.is_any(&[{', '.join(quoted(own_name(each)) for each in handler.classes)}])"

    def _finally(
        self: Lowering, body: list[n.Statement], final: list[n.Statement], leave: n.FunctionCall | None, tail: bool = False
    ) -> None:
        """A body after which something runs on every way out."""
        value_tail = tail and diverges(body) and leave is None and not self.loops
        given = body[-1].value if body and isinstance(body[-1], n.Return) and (self.spoken or not self.generator) else None
        self.labels += 1
        label = f"'finally_{self.labels}"
        outcome = self.fresh("outcome")
        result = "()" if (self.generator and not self.spoken) or self.constructs else self.types.text(self.result_type)
        start = len(self.lines)
        self.emit(f"let {outcome}: Result<py::Flow<{result}>, py::Exception> = {{")
        self.depth += 1
        self.handlers.append(label)
        self.exits.append(label)
        if given is not None and given.type not in (t.NONE, t.NEVER):
            self.block(body[:-1])
            self.span = body[-1].span
            self.declare(body[-1])
            self.emit(f"Ok(py::Flow::Return({self.text(given)}))")
        else:
            self.block(body)
        self.exits.pop()
        self.handlers.pop()
        if not diverges(body):
            self.emit("Ok(py::Flow::Next)")
        self._give_at_end(label)
        self.depth -= 1
        self.emit("};")
        self.label_where_used(start, label)
        if leave is not None:
            caught = leave.caught
            if caught is not None:
                held = self.fresh("caught")
                self.emit(f"let {held} = {outcome}.as_ref().err().cloned();")
                self.inline[caught] = Rust(held)
                self.hows[caught] = "own"
            if leave.type == t.BOOL and caught is not None:
                # `__exit__` that returns True swallows the exception.
                if any(isinstance(each, n.VariableTarget) and each.variable.assigned > 1 for each in walk_all(body)):
                    # rustc sees that a value from before the block is lost on every way on from here.
                    self.lints.add("unused_assignments")
                swallowed = self.fresh("swallowed")
                self.emit(f"let {swallowed} = {self.text(leave)};")
                self.emit(
                    f"let {outcome} = if {swallowed} && {outcome}.is_err() {{ Ok(py::Flow::Next) }} else {{ {outcome} }};"
                )
            else:
                self.emit(f"{self.text(leave)};" if leave.type == t.NONE else f"let _ = {self.text(leave)};")
        self.block(final)
        if diverges(final):
            return
        returns = any(isinstance(each, n.Return) for each in walk_all(body, into_functions=False))
        self.emit(f"match {outcome} {{")
        self.depth += 1
        self.emit(
            'Ok(py::Flow::Next) => unreachable!("the block was left before its end"),'
            if diverges(body) and leave is None
            else "Ok(py::Flow::Next) => {}"
        )
        if returns:
            if self.exits:
                self.emit(f"Ok(py::Flow::Return(value)) => break {self.exits[-1]} Ok(py::Flow::Return(value)),")
            else:
                returned = "Ok(value)" if self.fallible else "value"
                self.emit(f"Ok(py::Flow::Return(value)) => {'' if value_tail else 'return '}{returned},")
        if self.loops:
            loop = self.loops[-1]
            if len(self.exits) > loop.depth:
                self.emit(f"Ok(py::Flow::Break) => break {self.exits[-1]} Ok(py::Flow::Break),")
                self.emit(f"Ok(py::Flow::Continue) => break {self.exits[-1]} Ok(py::Flow::Continue),")
            else:
                name = f" {loop.label}" if loop.label else ""
                self.emit(f"Ok(py::Flow::Break) => break{name},")
                self.emit(f"Ok(py::Flow::Continue) => continue{name},")
        if not returns or not self.loops:
            self.emit('Ok(_) => unreachable!("nothing else leaves the block"),')
        self.emit("Err(error) => {")
        self.depth += 1
        self.throw("error", value_tail)
        self.depth -= 1
        self.emit("}")
        self.depth -= 1
        self.emit("}")

    def _with(self: Lowering, node: n.With) -> None:
        self.emit("{")
        self.depth += 1
        holder = node.holder
        if node.enter is None:
            self.set_how(holder, "own")
            name = self.declare_name(holder)
            mutable = "mut " if holder in self.choices.mutable else ""
            unused = "" if self.is_used(holder) else "_"
            self.emit(f"let {mutable}{unused if not name.startswith('_') else ''}{name} = {self.text(node.value)};")
            self.block(node.body)
        else:
            name = self.fresh("context")
            self.inline[holder] = Rust(name)
            changed = any(
                isinstance(each, n.FunctionCall) and self.self_mode(each.function) == "refmut"
                for each in (node.enter, node.exit)
            )
            self.emit(f"let {'mut ' if changed else ''}{name} = {self.text(node.value)};")
            entered = self.text(node.enter)
            if node.target is not None:
                held = n.Variable(self.fresh("entered"), node.enter.type)
                self.inline[held] = Rust(held.name)
                if isinstance(node.target, n.VariableTarget) and node.target.variable.type == node.enter.type:
                    self.inline[held] = Rust(entered)
                else:
                    self.emit(f"let {held.name} = {entered};")
                for line in self.store_target(node.target, n.Read(node.enter.type, node.span, held), declare=True):
                    self.emit(line)
            else:
                self.emit(f"let _ = {entered};" if node.enter.type != t.NONE else f"{entered};")
            if node.exit is not None:
                self._finally(node.body, [], node.exit)
            else:
                self.block(node.body)
        self.depth -= 1
        self.emit("}")


def _result(value: Rust, attempt: str = "") -> str:
    """A value as `Ok`; what was taken out of a Result of the same type stays as it was."""
    if value.level == r.ATOM and value.text.endswith("?"):
        return value.text[:-1]
    if (
        attempt
        and value.level == r.ATOM
        and value.text.startswith(attempt)
        and closing(value.text, value.text.index("(")) == len(value.text)
    ):
        return value.text[len(attempt) : -1]
    return f"Ok({value.text})"
