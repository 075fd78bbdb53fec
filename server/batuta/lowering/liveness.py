"""Which read of a variable is its last: there the value can be moved instead of cloned.

Backward liveness over the statement tree. Variables that closures share or that live in the module are always live.
"""

from __future__ import annotations

from typing import Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import parts, root_variable, walk


class Liveness:
    """Marks reads. `last` holds the ids of `Read` nodes after which the variable is not needed."""

    def __init__(self) -> None:
        self.last: set[int] = set()
        self.breaks: list[set[n.Variable]] = []
        self.continues: list[set[n.Variable]] = []
        self.after_return: list[set[n.Variable]] = [set()]
        self.always: set[n.Variable] = set()

    def function(self, body: list[n.Statement]) -> None:
        """Analyse one body."""
        self.block(body, set())

    def block(self, body: list[n.Statement], live: set[n.Variable]) -> set[n.Variable]:
        """What is live before a block, given what is live after it."""
        for statement in reversed(body):
            live = self.statement(statement, live)
        return live

    def statement(self, node: n.Statement, live: set[n.Variable]) -> set[n.Variable]:
        """What is live before a statement."""
        match node:
            case n.Block(body=body):
                return self.block(body, live)
            case n.Assign(targets=targets, value=value):
                for target in reversed(targets):
                    live = self.target(target, live)
                return self.expression(value, live)
            case n.Augment(target=target, value=value, result=result):
                if isinstance(target, n.VariableTarget):
                    live = live | {target.variable}
                    self.keep_reads(result)
                    return self.expression(value, live)
                live = self.expression(value, live)
                return self.expression(target.owner, live) if isinstance(target, n.FieldTarget) else live
            case n.If(test=test, body=body, otherwise=otherwise):
                return self.expression(test, self.block(body, set(live)) | self.block(otherwise, set(live)))
            case n.While(test=test, body=body, otherwise=otherwise):
                after = self.block(otherwise, set(live))
                self.breaks.append(set(live))
                entry: set[n.Variable] = set()
                for _ in range(2):
                    before_test = self.expression(test, after | entry)
                    self.continues.append(set(before_test) | entry)
                    entry = self.expression(test, after | self.block(body, before_test | entry))
                    self.continues.pop()
                self.breaks.pop()
                return entry | after
            case n.For(target=target, iterable=iterable, body=body, otherwise=otherwise):
                after = self.block(otherwise, set(live))
                self.breaks.append(set(live))
                entry = set(after)
                for _ in range(2):
                    self.continues.append(set(entry))
                    entry = after | entry | self.target(target, self.block(body, set(entry)))
                    self.continues.pop()
                self.breaks.pop()
                return self.iteration(iterable, entry)
            case n.Break():
                return set(self.breaks[-1]) if self.breaks else live
            case n.Continue():
                return set(self.continues[-1]) if self.continues else live
            case n.Return(value=value):
                base = set(self.after_return[-1])
                return self.expression(value, base) if value is not None else base
            case n.Raise(value=value, cause=cause):
                base = set(self.after_return[-1])
                for each in (cause, value):
                    base = self.expression(each, base) if each is not None else base
                return base
            case n.Try():
                return self._try(node, live)
            case n.With():
                after_body = live | {node.holder}
                # An exception may leave the body anywhere; where the manager swallows it, the program goes on behind the block.
                resumed = live if node.exit is not None and node.exit.type != t.NONE else set()
                before, self.always = self.always, self.always | resumed
                self.after_return.append(self.after_return[-1] | {node.holder} | resumed)
                inside = self.block(node.body, after_body)
                self.after_return.pop()
                self.always = before
                if node.target is not None:
                    inside = self.target(node.target, inside)
                return self.expression(node.value, inside - {node.holder})
            case n.Print(values=values, spread=spread, separator=separator, end=end, file=file):
                for each in reversed([*values, *[x for x in (separator, end, file) if x is not None]]):
                    live = self.expression(each, live)
                return self.iteration(spread, live) if spread is not None else live
            case n.LocalFunction(function=function):
                for each in walk_body(function.body):
                    if isinstance(each, n.Read):
                        live = live | {each.variable}
                inner = Liveness()
                inner.always = self.always
                inner.function(function.body)
                self.last |= inner.last
                return live
            case n.Evaluate(value=value):
                return self.expression(value, live)
        for each in reversed(list(parts(node))):
            if isinstance(each, n.Expression):
                live = self.expression(each, live)
        return live

    def _try(self, node: n.Try, live: set[n.Variable]) -> set[n.Variable]:
        after = self.block(node.final, set(live)) if node.final else set(live)
        self.after_return.append(self.after_return[-1] | (self.mentioned(node.final) if node.final else set()))
        handled: set[n.Variable] = set()
        for handler in node.handlers:
            inside = self.block(handler.body, set(after))
            handled |= inside - ({handler.variable} if handler.variable is not None else set())
        # An exception may leave the body anywhere, so what the handlers need stays alive in all of it.
        needed = handled | (self.mentioned(node.final) if node.final else set())
        self.after_return.append(self.after_return[-1] | needed)
        otherwise = self.block(node.otherwise, set(after))
        before, self.always = self.always, self.always | needed
        inside = self.block(node.body, otherwise | needed)
        self.always = before
        self.after_return.pop()
        self.after_return.pop()
        return inside | needed

    @staticmethod
    def mentioned(body: list[n.Statement]) -> set[n.Variable]:
        """All variables that a block reads."""
        return {each.variable for statement in body for each in walk(statement) if isinstance(each, n.Read)}

    def target(self, node: n.Target, live: set[n.Variable]) -> set[n.Variable]:
        """A target: names die here, owners and indices are read."""
        match node:
            case n.VariableTarget(variable=variable):
                return live - {variable}
            case n.FieldTarget(owner=owner):
                return self.expression(owner, live)
            case n.CallTarget(variable=variable, call=call):
                return self.expression(call, live) - {variable}
            case n.TupleTarget(items=items):
                for each in reversed(items):
                    live = self.target(each, live)
        return live

    def iteration(self, node: n.Iteration, live: set[n.Variable]) -> set[n.Variable]:
        """What a loop runs over."""
        return self.expression(node.value, live)

    def keep_reads(self, node: Any) -> None:
        """Reads inside are not last."""
        for each in walk(node):
            if isinstance(each, n.Read):
                self.last.discard(id(each))

    def expression(self, node: n.Expression, live: set[n.Variable]) -> set[n.Variable]:
        """What is live before an expression."""
        match node:
            case n.Read(variable=variable):
                if variable in live or variable in self.always or variable.captured or variable.module:
                    self.last.discard(id(node))
                else:
                    self.last.add(id(node))
                return live | {variable}
            case n.Comparison(left=left, right=right):
                # The left side is looked at where it is, until the right side is there too.
                looked = root_variable(left)
                return self.expression(left, self.expression(right, live if looked is None else live | {looked}))
            case n.Conditional(test=test, body=body, otherwise=otherwise):
                return self.expression(test, self.expression(body, set(live)) | self.expression(otherwise, set(live)))
            case n.Logic(values=values):
                for each in reversed(values):
                    live = live | self.expression(each, live)
                return live
            case n.Either(left=left, right=right):
                return self.expression(left, live | self.expression(right, set(live)))
            case n.Some(operand=operand, variable=variable):
                return self.expression(operand, live - {variable})
            case n.Walrus(variable=variable, value=value):
                return self.expression(value, live - {variable})
            case n.Comprehension():
                return self._comprehension(node, live)
            case n.Lambda():
                inside = {
                    each.variable for each in walk(node) if isinstance(each, n.Read) and each.variable not in node.parameters
                }
                self.keep_reads(node)
                if node.body is not None:
                    inner = Liveness()
                    inner.always = inside
                    inner.expression(node.body, set())
                    self.last |= inner.last
                return live | inside
            case n.Items(iteration=iteration, convert=converted):
                if converted is not None:
                    self.keep_reads(converted[1])
                return self.iteration(iteration, live)
        for each in reversed(list(parts(node))):
            if isinstance(each, n.Expression):
                live = self.expression(each, live)
            elif isinstance(each, n.TextPart):
                for inner_part in (each.computed_spec, each.value):
                    if inner_part is not None:
                        live = self.expression(inner_part, live)
        return live

    def _comprehension(self, node: n.Comprehension, live: set[n.Variable]) -> set[n.Variable]:
        outer = {each.variable for each in walk(node) if isinstance(each, n.Read)}
        bound: set[n.Variable] = set()
        for clause in node.clauses:
            bound |= target_variables(clause.target)
        around = live | (outer - bound)
        # What an outer clause binds is read again in each round of an inner one.
        again = {each for clause in node.clauses[:-1] for each in target_variables(clause.target)}
        inside = self.expression(node.element, around | (again & _reads(node.element)))
        if node.key is not None:
            inside = self.expression(node.key, inside | (again & _reads(node.key)))
        for index, clause in enumerate(reversed(node.clauses)):
            for condition in reversed(clause.conditions):
                inside = self.expression(condition, inside | (again & _reads(condition)))
            if index < len(node.clauses) - 1:
                again -= target_variables(node.clauses[-index - 2].target)
            inside = self.target(clause.target, inside)
            first = index == len(node.clauses) - 1
            inside = self.iteration(
                clause.iterable, (live if first else inside) | ((outer - bound - _reads(clause.iterable)) if first else set())
            )
            if first:
                # What the inner parts read stays alive while the first iterable is used.
                inner_reads = {
                    each.variable
                    for part in [node.element, node.key, *node.clauses[1:], *clause.conditions]
                    if part is not None
                    for each in walk(part)
                    if isinstance(each, n.Read)
                }
                if inner_reads & _reads(clause.iterable):
                    self.keep_reads(clause.iterable)
        return inside | (outer - bound)


def _reads(node: Any) -> set[n.Variable]:
    return {each.variable for each in walk(node) if isinstance(each, n.Read)}


def walk_body(body: list[n.Statement]) -> list[Any]:
    """Everything inside a body."""
    return [each for statement in body for each in walk(statement)]


def target_variables(target: n.Target) -> set[n.Variable]:
    """The variables that a target binds."""
    if isinstance(target, n.VariableTarget):
        return {target.variable}
    if isinstance(target, n.TupleTarget):
        return {variable for each in target.items for variable in target_variables(each)}
    return set()
