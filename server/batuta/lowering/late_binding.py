"""Variables that a closure reads when it is called, and that a loop gives a new value in the meantime.

    for i in range(3):
        found.append(lambda: i)

All three give 2 in Python: they share the variable. Rust's closures take its value along when they are made, which is the same where a closure
is only used before the variable changes: an argument of `sorted`, or of a function that does nothing but call it. Everywhere else the
variable must live in one place that all of them look at.
"""

from __future__ import annotations

from typing import Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import parts, walk, walk_all
from batuta.lowering.liveness import target_variables

Captures = dict[n.Function, list[n.Variable]]


def bound_late(
    bodies: list[tuple[n.Function | None, list[n.Statement]]], captures: Captures
) -> tuple[set[n.Variable], list[n.Lambda]]:
    """The variables that closures and loops share; and the closures that are kept and read a variable of the comprehension that made them."""
    if not any(isinstance(each, n.Lambda) for _, body in bodies for each in walk_all(body)):
        return set(), []
    found: set[n.Variable] = set()
    unfit: list[n.Lambda] = []
    for _, body in bodies:
        changing = _given_in_loops(body)
        kept = list(_kept(body))
        for closure in kept:
            found |= _captured(closure, captures) & changing
        for node in walk_all(body, into_functions=False):
            if isinstance(node, n.Comprehension):
                own = {each for clause in node.clauses for each in target_variables(clause.target)}
                inside = {id(each) for each in walk(node)}
                unfit += [each for each in kept if id(each) in inside and _captured(each, captures) & own]
    return found, unfit


def _given_in_loops(body: list[n.Statement]) -> set[n.Variable]:
    """The variables of a function that get a value in a loop of it."""
    found: set[n.Variable] = set()
    for statement in walk_all(body, into_functions=False):
        if not isinstance(statement, n.For | n.While):
            continue
        for node in walk(statement, into_functions=False):
            if isinstance(node, n.VariableTarget | n.Walrus):
                found.add(node.variable)
    return {each for each in found if each.captured and not each.module}


def _kept(body: list[n.Statement]) -> list[n.Lambda]:
    """The closures that may be called later than where they are made."""
    kept: list[n.Lambda] = []
    names = _only_called(body)

    def visit(node: Any, used_up: bool = False) -> None:
        at_once: set[int] = set()
        match node:
            case n.LibraryCall(signature=signature, arguments=arguments) if signature is not None:
                if used_up or not isinstance(node.type, t.Iterator):
                    for parameter in signature.parameters:
                        wanted = parameter.type.inner if isinstance(parameter.type, t.Optional) else parameter.type
                        if isinstance(wanted, t.Callable):
                            at_once |= {id(_bare(each)) for each in arguments.get(parameter.name, [])}
            case n.FunctionCall(function=function, dynamic=False):
                taking = function.parameters[-len(node.arguments) :] if node.arguments else []
                calls = _only_called(function.body) if function.generator is None else set()
                at_once |= {id(_bare(each)) for each, one in zip(node.arguments, taking, strict=True) if one in calls}
            case n.ValueCall(callee=callee):
                at_once.add(id(_bare(callee)))
            case n.Assign(targets=[n.VariableTarget(variable=variable)], value=value):
                if variable in names and not variable.maybe_unbound and not variable.captured:
                    at_once.add(id(_bare(value)))
        for each in parts(node):
            bare = _bare(each)
            if isinstance(bare, n.Lambda) and id(bare) not in at_once:
                kept.append(bare)
            # `list(map(…))` and `for x in map(…)` ask for all items at once.
            uses = isinstance(node, n.Iteration | n.Items | n.Print | n.TextPart | n.LibraryCall)
            lazy = isinstance(getattr(node, "type", None), t.Iterator) and isinstance(node, n.LibraryCall | n.Items)
            visit(each, used_up if lazy else uses)

    for statement in body:
        visit(statement)
    return kept


def _bare(node: Any) -> Any:
    while isinstance(node, n.Coerce | n.Unwrap):
        node = node.operand
    return node


def _only_called(body: list[n.Statement]) -> set[n.Variable]:
    """The variables that hold functions of which nothing is done but calling them."""
    held: set[n.Variable] = set()
    other: set[n.Variable] = set()

    def visit(node: Any, inside: bool) -> None:
        inside = inside or isinstance(node, n.Lambda)
        called = _bare(node.callee) if isinstance(node, n.ValueCall) else None
        for each in parts(node):
            if isinstance(each, n.Read) and isinstance(each.type, t.Callable):
                (other if inside or each is not called else held).add(each.variable)
            visit(each, inside)
        if isinstance(node, n.LocalFunction):
            for statement in node.function.body:
                visit(statement, True)

    for statement in body:
        visit(statement, False)
    return held - other


def _captured(node: n.Lambda, captures: Captures) -> set[n.Variable]:
    found = {each.variable for each in walk(node) if isinstance(each, n.Read)}
    for each in walk(node):
        if isinstance(each, n.FunctionCall | n.Lambda) and each.function is not None:
            found.update(captures.get(each.function, []))
    for variable, _ in node.held:
        found.discard(variable)
    # What is held is read when the closure is made.
    at_once = {each.variable for _, value in node.held for each in walk(value) if isinstance(each, n.Read)}
    later = {each.variable for each in walk(node.body) if isinstance(each, n.Read)} if node.body is not None else set()
    return found - (at_once - later)
