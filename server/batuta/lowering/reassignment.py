"""Which variables are assigned again after a first assignment on some path, so that their `let` needs `mut`.

A variable that is declared inside a loop's body is a new one in each round. Paths that end (`return`, `raise`) bring nothing to what follows
them. Where the flow is hard to follow (handlers, `finally`), everything that may have been assigned counts: a `mut` too many is a
warning, one too few would not compile.
"""

from __future__ import annotations

from collections.abc import Callable

from batuta.ir import nodes as n
from batuta.ir.walk import walk, walk_all
from batuta.lowering.liveness import target_variables

Assigned = set[n.Variable] | None
"""The variables that may be assigned at a place; None where nothing gets to."""


class Reassignment:
    """One body. `fresh` says which variables are declared by or right before a statement."""

    def __init__(
        self,
        fresh: Callable[[n.Statement], set[n.Variable]],
        in_pattern: set[n.Variable],
        assigning: Callable[[n.Expression | n.Statement], list[tuple[n.Variable, bool]]],
    ) -> None:
        self.fresh = fresh
        self.assigning = assigning
        self.in_pattern = in_pattern
        self.found: set[n.Variable] = set()
        self.breaks: list[list[set[n.Variable]]] = []
        self.continues: list[list[set[n.Variable]]] = []

    def assign(self, variable: n.Variable, assigned: set[n.Variable]) -> None:
        """Note one assignment."""
        if variable in assigned:
            self.found.add(variable)
        assigned.add(variable)

    def block(self, body: list[n.Statement], before: Assigned) -> Assigned:
        """What may be assigned after a block."""
        for statement in body:
            if before is None:
                return None
            before = self.statement(statement, before - self.fresh(statement))
        return before

    def statement(self, node: n.Statement, before: set[n.Variable]) -> Assigned:
        """What may be assigned after a statement."""
        assigned = set(before)
        match node:
            case n.If(body=one, otherwise=other):
                self.walruses(node.test, assigned)
                return _either(self.block(one, set(assigned)), self.block(other, set(assigned)))
            case n.While() | n.For():
                return self.loop(node, assigned)
            case n.Break():
                if self.breaks:
                    self.breaks[-1].append(assigned)
                return None
            case n.Continue():
                if self.continues:
                    self.continues[-1].append(assigned)
                return None
            case n.Return() | n.Raise():
                self.walruses(node, assigned)
                return None
            case n.Try():
                return self.guarded(node, assigned)
            case n.With(target=target, body=inner):
                if target is not None:
                    for variable in target_variables(target):
                        self.assign(variable, assigned)
                after = self.block(inner, set(assigned))
                # What its manager swallows lets the program go on from anywhere inside.
                return after if node.exit is None else (after or set()) | assigned | _assigned_in(inner)
            case n.Block(body=inner):
                return self.block(inner, assigned)
            case n.LocalFunction():
                return assigned
        self.walruses(node, assigned)
        match node:
            case n.Assign(targets=targets):
                for target in targets:
                    for variable in target_variables(target):
                        self.assign(variable, assigned)
            case n.Augment(target=n.VariableTarget(variable=variable)):
                assigned.add(variable)
                self.found.add(variable)
        return assigned

    def walruses(self, node: n.Expression | n.Statement, assigned: set[n.Variable]) -> None:
        """Assignments inside an expression; one inside a comprehension happens again and again."""
        for variable, repeated in self.assigning(node):
            if repeated:
                self.found.add(variable)
            else:
                self.assign(variable, assigned)

    def loop(self, node: n.While | n.For, assigned: set[n.Variable]) -> Assigned:
        """A loop: what a round assigns is assigned when the next one begins."""
        self.breaks.append([])
        before = set(assigned)
        for _ in range(2):
            self.continues.append([])
            inside = set(before)
            if isinstance(node, n.While):
                self.walruses(node.test, inside)
            else:
                for variable in target_variables(node.target):
                    if variable not in self.in_pattern:
                        self.assign(variable, inside)
                    else:
                        # The pattern declares it, so an assignment in the body is the second one.
                        inside.add(variable)
            after = self.block(node.body, inside)
            before = set().union(before, after or set(), *self.continues.pop())
        left = self.breaks.pop()
        endless = isinstance(node, n.While) and isinstance(node.test, n.Constant) and node.test.value is True
        ended = None if endless else self.block(node.otherwise, before)
        for each in left:
            ended = _either(ended, each)
        return ended

    def guarded(self, node: n.Try, assigned: set[n.Variable]) -> Assigned:
        """`try`: an exception may leave the body anywhere."""
        after = self.block(node.body, set(assigned))
        anywhere = assigned | _assigned_in(node.body)
        ends = self.block(node.otherwise, after)
        for handler in node.handlers:
            ends = _either(ends, self.block(handler.body, set(anywhere)))
        if not node.final:
            return ends
        everything = anywhere | _assigned_in([*node.otherwise, *[each for handler in node.handlers for each in handler.body]])
        return self.block(node.final, everything)


def assigning(node: n.Expression | n.Statement) -> list[tuple[n.Variable, bool]]:
    """The variables that expressions assign inside a node, in order, and whether a comprehension does so again and again."""
    found: list[tuple[n.Variable, bool]] = []
    for each in walk(node):
        if isinstance(each, n.Walrus):
            found.append((each.variable, False))
        if isinstance(each, n.Comprehension):
            found += [(inner.variable, True) for inner in walk(each) if isinstance(inner, n.Walrus)]
    return found


def _either(one: Assigned, other: Assigned) -> Assigned:
    if one is None or other is None:
        return one if other is None else other
    return one | other


def _assigned_in(body: list[n.Statement]) -> set[n.Variable]:
    return {each.variable for each in walk_all(body, into_functions=False) if isinstance(each, n.VariableTarget | n.Walrus)}
