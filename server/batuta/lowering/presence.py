"""Branches that ask whether an Optional holds a value bind that value: `if let Some(node) = &node { … }`, `let Some(node) = node else { … };`.

Before anything is printed, the typed program is rewritten where it is certain that the name means the value from the test on: nothing there
assigns the Optional, and every read of it there takes the value out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import functions_of, parts, walk, walk_all
from batuta.lowering.statements import diverges


def bind_values(module: n.Module) -> None:
    """Rewrite all bodies of a program, in place."""
    truths = {
        member
        for cls in module.classes
        for member in cls.members
        if any(name in methods for methods in cls.methods.values() for name in ("__bool__", "__len__"))
    }
    for body in [module.body, *[each.body for each in functions_of(module)]]:
        _block(body, truths)
        for node in walk_all(body, into_functions=False):
            if isinstance(node, n.Conditional):
                _choice(node, truths)
            elif isinstance(node, n.Comprehension):
                for index in range(len(node.clauses)):
                    _clause(node, index, truths)
            elif isinstance(node, n.For):
                _loop(node, truths)


def _block(body: list[n.Statement], truths: set[str]) -> None:
    for index, statement in enumerate(body):
        if isinstance(statement, n.If):
            body[index] = statement = _branch(statement, body[index + 1 :], truths)
        for name in ("body", "otherwise", "final"):
            inner = getattr(statement, name, None)
            if isinstance(inner, list):
                _block(inner, truths)
        if isinstance(statement, n.Try):
            for handler in statement.handlers:
                _block(handler.body, truths)


def _branch(node: n.If, after: list[n.Statement], truths: set[str]) -> n.If:
    conjuncts = node.test.values if isinstance(node.test, n.Logic) and node.test.operator == "and" else [node.test]
    for index, each in enumerate(conjuncts):
        variable = _asked(each, False, truths)
        if variable is None:
            continue
        scope: list[Any] = [*conjuncts[index + 1 :], *node.body]
        if _always_there(variable, scope):
            conjuncts[index] = some = _binding(each, variable)
            _replace(scope, variable, some.variable)
            conjuncts[index + 1 :] = scope[: len(conjuncts) - index - 1]
            node.body[:] = scope[len(scope) - len(node.body) :]
    if len(conjuncts) == 1:
        node.test = conjuncts[0]
        variable = _asked(node.test, True, truths)
        if variable is None:
            return node
        if node.otherwise and node.body and _always_there(variable, node.otherwise):
            some = _binding(node.test, variable)
            _replace(node.otherwise, variable, some.variable)
            return n.If(node.span, some, node.otherwise, node.body)
        if not node.otherwise and diverges(node.body) and _always_there(variable, after):
            some = _binding(node.test, variable)
            _replace(list(after), variable, some.variable)
            return n.Unless(node.span, some, [], node.body)
    return node


def _choice(node: n.Conditional, truths: set[str]) -> None:
    if isinstance(node.test, n.Logic) and node.test.operator == "and":
        conjuncts = node.test.values
        for index, each in enumerate(conjuncts):
            variable = _asked(each, False, truths)
            if variable is not None and _always_there(variable, [*conjuncts[index + 1 :], node.body]):
                conjuncts[index] = some = _binding(each, variable)
                conjuncts[index + 1 :] = [_replaced(part, variable, some.variable) for part in conjuncts[index + 1 :]]
                node.body = _replaced(node.body, variable, some.variable)
        return
    for absent in (False, True):
        variable = _asked(node.test, absent, truths)
        if variable is None:
            continue
        there, other = (node.otherwise, node.body) if absent else (node.body, node.otherwise)
        if _always_there(variable, [there]):
            some = _binding(node.test, variable)
            node.test, node.body, node.otherwise = some, _replaced(there, variable, some.variable), other


def _clause(node: n.Comprehension, index: int, truths: set[str]) -> None:
    """`[x for x in xs if x is not None]` iterates over what is there."""
    clause = node.clauses[index]
    target = clause.target
    if not clause.conditions or not isinstance(target, n.VariableTarget) or clause.iterable.present:
        return
    variable = _asked(clause.conditions[0], False, truths)
    if variable is not target.variable or variable is None or variable.type != clause.iterable.item:
        return
    scope: list[Any] = [*clause.conditions[1:], *node.clauses[index + 1 :], node.element]
    scope += [node.key] if node.key is not None else []
    if _always_there(variable, scope):
        value = _loop_value(variable)
        _replace(scope, variable, value)
        count = len(clause.conditions) - 1
        clause.conditions[:] = scope[:count]
        node.element = scope[count + len(node.clauses) - index - 1]
        if node.key is not None:
            node.key = scope[-1]
        _iterate_present(clause, target, value)


def _loop(node: n.For, truths: set[str]) -> None:
    """A loop whose body is one branch for what is there."""
    target = node.target
    if len(node.body) != 1 or not isinstance(target, n.VariableTarget) or node.iterable.kind != "list":
        return
    branch = node.body[0]
    if not isinstance(branch, n.If) or isinstance(branch, n.Unless) or branch.otherwise or not isinstance(branch.test, n.Some):
        return
    variable = branch.test.operand.variable
    if variable is not target.variable or variable.assigned > 1 or variable.type != node.iterable.item:
        return
    if any(isinstance(each, n.Read) and each.variable is variable for each in walk_all(branch.body)):
        return
    value = _loop_value(variable)
    _rename(branch.body, branch.test.variable, value)
    node.body[:] = branch.body
    _iterate_present(node, target, value)


def _loop_value(variable: n.Variable) -> n.Variable:
    assert isinstance(variable.type, t.Optional)
    return n.Variable(variable.name, variable.type.inner, assigned=1, owner=variable.owner, rust_name=variable.rust_name)


def _iterate_present(node: n.For | n.Clause, target: n.VariableTarget, value: n.Variable) -> None:
    node.iterable.present = True
    node.iterable.item = value.type
    node.target = n.VariableTarget(target.span, value)


def _rename(body: list[n.Statement], variable: n.Variable, value: n.Variable) -> None:
    for node in walk_all(body):
        if isinstance(node, n.Read) and node.variable is variable:
            node.variable = value


def _asked(test: n.Expression, absent: bool, truths: set[str]) -> n.Variable | None:
    """The variable that a test asks about: whether it is there, or whether it is not."""
    if isinstance(test, n.Not):
        return _asked(test.operand, not absent, truths)
    if isinstance(test, n.IsNone) and test.negated != absent:
        operand: n.Expression = test.operand
    elif isinstance(test, n.Truth) and not absent and isinstance(test.operand.type, t.Optional):
        inner = test.operand.type.inner
        # An object without a truth of its own is true wherever it is there.
        if not isinstance(inner, t.Instance | t.Object | t.Callable) or (
            isinstance(inner, t.Instance) and inner.name in truths
        ):
            return None
        operand = test.operand
    else:
        return None
    if not isinstance(operand, n.Read) or not isinstance(operand.type, t.Optional):
        return None
    variable = operand.variable
    if variable.module or variable.captured or variable.maybe_unbound or variable.temporary or variable.type != operand.type:
        return None
    return None if isinstance(operand.type.inner, t.Unknown | t.Iterator) else variable


def _always_there(variable: n.Variable, scope: Sequence[Any]) -> bool:
    """Whether some part of the scope takes the value out, and no part needs the Optional itself or sets it."""
    taken = False
    for part in scope:
        if isinstance(part, n.Read) and part.variable is variable:
            return False
        for node in walk(part):
            if isinstance(node, n.VariableTarget | n.Walrus) and node.variable is variable:
                return False
            if isinstance(node, n.Lambda | n.LocalFunction):
                # It may live longer than the branch.
                if any(isinstance(each, n.Read) and each.variable is variable for each in walk(node)):
                    return False
            for each in parts(node):
                if isinstance(each, n.Read) and each.variable is variable:
                    if not (isinstance(node, n.Unwrap) and node.proven):
                        return False
                    taken = True
    return taken


def _binding(test: n.Expression, variable: n.Variable) -> n.Some:
    assert isinstance(variable.type, t.Optional)
    value = n.Variable(variable.name, variable.type.inner, temporary=True, owner=variable.owner, inside=variable)
    return n.Some(t.BOOL, test.span, n.Read(variable.type, test.span, variable), value)


def _replace(nodes: list[Any], variable: n.Variable, value: n.Variable) -> None:
    """Put the value's name where the Optional was opened."""
    for index, each in enumerate(nodes):
        nodes[index] = _replaced(each, variable, value)


def value_of(node: Any, present: dict[n.Variable, n.Variable]) -> Any:
    """An expression that was made later, with the names that values have where it is printed."""
    for variable, value in present.items():
        node = _replaced(node, variable, value)
    return node


def _replaced(node: Any, variable: n.Variable, value: n.Variable) -> Any:
    if isinstance(node, n.Unwrap) and node.proven and isinstance(node.operand, n.Read) and node.operand.variable is variable:
        return n.Read(value.type, node.span, value)
    if isinstance(node, n.Expression | n.Statement | n.Target | n.Iteration | n.Clause | n.TextPart | n.Handler):
        for each in fields(node):
            held = getattr(node, each.name)
            changed = _replaced(held, variable, value)
            if changed is not held:
                setattr(node, each.name, changed)
        return node
    if isinstance(node, list):
        _replace(node, variable, value)
        return node
    if isinstance(node, tuple):
        made = tuple(_replaced(each, variable, value) for each in node)
        return made if any(one is not other for one, other in zip(made, node, strict=True)) else node
    if isinstance(node, dict):
        for key, each in node.items():
            node[key] = _replaced(each, variable, value)
    return node
