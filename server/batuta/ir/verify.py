"""What is legal in a typed program after the builder, checked.

The lowering trusts the tree: it prints a `Coerce` where there is one and nothing where there is none. A tree that breaks a rule
would become Rust that rustc rejects at a line nobody understands, or worse, Rust that means something else. So the rules stand
here once, `verify` says in words where one is broken, and tests run it over every program they have.

## Rules
- every node has a span, inside the file; no type is unknown where it will be printed;
- operands of an operator or comparison agree once coerced; tests are truth values;
- arguments, returned, yielded and stored values agree with the parameter, result or place that takes them;
- `Unwrap` opens an Optional; `Coerce` only widens;
- `break` and `continue` stand in a loop, `yield` in a generator;
- the value handed to a subscript or property is read exactly once; a temporary is read only inside the node that makes it.

## Not held
A function that a tree does not reach is not visited. Types of an unknown callee's arguments are the entry's own business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.agreement import agree, holds_unknown, plain, widens
from batuta.ir.walk import parts, walk

PLACED = (n.Expression, n.Statement, n.Target, n.Iteration, n.Handler)
_IMPLICIT_FIRST = ("method", "property", "setter", "class method")
"""Kinds of functions whose first parameter is the receiver and no argument."""


def verify(module: n.Module, lines: Sequence[str] | None = None) -> list[str]:
    """The broken rules of a typed program, one readable sentence each; empty when it is legal.

    `lines` are those of the Python file, for the check that spans lie inside it.
    """
    found = _Verifier(lines)
    found.block(module.body)
    for function in module.functions:
        found.function(function)
    for cls in module.classes:
        for name, type_ in cls.fields.items():
            if holds_unknown(type_):
                found.say(cls.span, f"the field {name} of {cls.name} has the type {t.show(type_)}")
        for name, (type_, value) in cls.constants.items():
            found.node(value)
            found.takes(value, type_, f"the class attribute {name}")
        for _, member in cls.enum or ():
            if member is not None:
                found.node(member)
        for versions in cls.methods.values():
            for methods in versions.values():
                for method in methods:
                    found.function(method)
    return found.problems


class _Verifier:
    """Walks one program and remembers where it is."""

    def __init__(self, lines: Sequence[str] | None) -> None:
        self.lines = lines
        self.problems: list[str] = []
        self.inside: n.Function | None = None
        self.loops = 0
        self.in_lambda = False
        self.temporaries: set[int] = set()
        self.seen: set[int] = set()

    # -- saying

    def say(self, span: n.Span, text: str) -> None:
        """Note one broken rule."""
        self.problems.append(f"line {span.line}, column {span.column}: {text}")

    def takes(self, value: n.Expression, want: t.Type, what: str) -> None:
        """A place takes a value of exactly its type."""
        if not agree(value.type, want):
            self.say(value.span, f"{what} takes {t.show(want)} but gets {t.show(value.type)}")

    def truth(self, value: n.Expression, what: str) -> None:
        """A test is a truth value."""
        if plain(value.type) != t.BOOL:
            self.say(value.span, f"{what} is not a truth value but {t.show(value.type)}")

    # -- walking

    def function(self, function: n.Function) -> None:
        """One function with what is in it."""
        if id(function) in self.seen:
            return
        self.seen.add(id(function))
        before = (self.inside, self.loops, self.in_lambda, self.temporaries)
        self.inside, self.loops, self.in_lambda = function, 0, False
        # What encloses it stays visible: a closure may read a temporary of the statement around it, but nothing leaves it.
        self.temporaries = set(self.temporaries)
        for index, each in enumerate(function.parameters):
            if holds_unknown(each.type) and not (index == 0 and function.kind == "class method"):
                self.say(function.span, f"the parameter {each.name} of {function.name} has the type {t.show(each.type)}")
        if holds_unknown(function.result):
            self.say(function.span, f"the result of {function.name} has the type {t.show(function.result)}")
        self.block(function.body)
        self.inside, self.loops, self.in_lambda, self.temporaries = before

    def block(self, body: Iterable[n.Statement]) -> None:
        """Statements in order."""
        for each in body:
            self.node(each)

    def node(self, node: Any) -> None:
        """A node and what is in it."""
        if isinstance(node, PLACED):
            self._place(node)
        if isinstance(node, n.Expression):
            self._known(node)
        check = _CHECKS.get(type(node))
        if check is not None:
            check(self, node)
        made = _made_in(node)
        fresh = made - self.temporaries
        self.temporaries |= fresh
        self._children(node)
        self.temporaries -= fresh

    def _children(self, node: Any) -> None:
        match node:
            case n.For() | n.While():
                loops, self.loops = self.loops, self.loops + 1
                self.block(node.body)
                self.loops = loops
                for each in (node.target, node.iterable) if isinstance(node, n.For) else (node.test,):
                    self.node(each)
                self.block(node.otherwise)
            case n.LocalFunction():
                self.function(node.function)
            case n.Lambda():
                before, self.in_lambda = self.in_lambda, True
                for each in parts(node):
                    self.node(each)
                self.in_lambda = before
            case n.LibraryCall():
                for values in node.arguments.values():
                    for value in values:
                        self._argument(node, value)
            case _:
                for each in parts(node):
                    self.node(each)

    def _argument(self, call: n.LibraryCall, value: n.Expression) -> None:
        # An entry may read an argument from the syntax tree (a literal, a slice, a type's name): a placeholder stands for it.
        if isinstance(value, n.Constant) and isinstance(value.type, t.Unknown):
            self._place(value)
        elif isinstance(value, n.Display) and isinstance(value.type, t.Unknown):
            self._place(value)
            for each in value.items:
                self._argument(call, each)
        else:
            self.node(value)

    # -- rules for every node

    def _place(self, node: Any) -> None:
        span: n.Span = node.span
        if span == n.NOWHERE and not isinstance(node, n.Comment):
            self.problems.append(f"a {type(node).__name__} has no span")
        elif (span.end_line, span.end_column) < (span.line, span.column):
            self.say(span, f"the span of a {type(node).__name__} ends before it starts")
        elif self.lines is not None:
            if not 1 <= span.line <= span.end_line <= len(self.lines) or span.end_column > len(self.lines[span.end_line - 1]):
                self.say(span, f"the span of a {type(node).__name__} is not inside the file")

    def _known(self, node: n.Expression) -> None:
        if holds_unknown(node.type):
            self.say(node.span, f"the type of a {type(node).__name__} is not known: {t.show(node.type)}")

    # -- rules by node

    def read(self, node: n.Read) -> None:
        """A temporary is visible only in the node that makes it."""
        if node.variable.temporary and id(node.variable) not in self.temporaries:
            self.say(node.span, f"the temporary {node.variable.name} is read outside the statement that makes it")

    def arithmetic(self, node: n.Arithmetic) -> None:
        """Operands agree with each other, or are what the operator asks for."""
        left, right, result = plain(node.left.type), plain(node.right.type), plain(node.type)
        pairs = [(result, result)]
        if node.operator == "truediv" and result == t.FLOAT:
            pairs = [(t.FLOAT, t.FLOAT), (t.INT, t.INT)]
        elif node.operator == "pow" and result == t.FLOAT:
            pairs = [(t.FLOAT, t.FLOAT), (t.FLOAT, t.INT)]
        elif node.operator in ("lshift", "rshift") and result == t.BIGINT:
            pairs = [(t.BIGINT, t.INT)]
        if not any(agree(left, one) and agree(right, other) for one, other in pairs):
            self.say(node.span, f"{node.operator} of {t.show(left)} and {t.show(right)} cannot give {t.show(result)}")

    def unary(self, node: n.Unary) -> None:
        """The operand has the type of the result."""
        self.takes(node.operand, node.type, f"the operator {node.operator}")

    def comparison(self, node: n.Comparison) -> None:
        """Both sides have one type."""
        left, right = node.left.type, node.right.type
        if not agree(left, right) and not t.is_exact_beside(left, right):
            self.say(node.span, f"{t.show(left)} and {t.show(right)} are compared by {node.operator}")

    def negation(self, node: n.Not) -> None:
        """The operand of `not`."""
        self.truth(node.operand, "the operand of `not`")

    def logic(self, node: n.Logic) -> None:
        """The operands of `and` and `or`."""
        for each in node.values:
            self.truth(each, f"an operand of `{node.operator}`")

    def chain(self, node: n.ComparisonChain) -> None:
        """Each link is a truth value."""
        for _, _, link in node.links:
            self.truth(link, "a link of a comparison")

    def either(self, node: n.Either) -> None:
        """The last value has the type of the whole; the first is brought to it when chosen."""
        self.takes(node.right, node.type, f"`{node.operator}`")

    def conditional(self, node: n.Conditional) -> None:
        """Both branches have the type of the whole."""
        self.truth(node.test, "the test of a conditional expression")
        self.takes(node.body, node.type, "a conditional expression")
        self.takes(node.otherwise, node.type, "a conditional expression")

    def branch(self, node: n.If | n.While) -> None:
        """The test of a statement."""
        self.truth(node.test, f"the test of {type(node).__name__.lower()}")

    def clause(self, node: n.Clause) -> None:
        """The conditions and the target of a comprehension."""
        for each in node.conditions:
            self.truth(each, "a condition of a comprehension")
        self.target(node.target, node.iterable.item, node.iterable.span)

    def loop(self, node: n.For) -> None:
        """The target of a loop takes its items."""
        self.target(node.target, node.iterable.item, node.iterable.span)

    def display(self, node: n.Display) -> None:
        """Items have the element's type."""
        if isinstance(node.type, t.Tuple) and len(node.type.items) != len(node.items):
            self.say(node.span, f"a tuple of {len(node.items)} items has the type {t.show(node.type)}")
        for index, (item, starred) in enumerate(zip(node.items, node.starred, strict=True)):
            if starred:
                continue
            if isinstance(node.type, t.Tuple):
                want = node.type.items[min(index, len(node.type.items) - 1)]
            elif isinstance(node.type, t.List | t.Set | t.Sequence | t.Deque):
                want = node.type.element
            else:
                continue
            self.takes(item, want, f"a display of type {t.show(node.type)}")

    def dict_display(self, node: n.DictDisplay) -> None:
        """Keys and values have the dict's types."""
        if isinstance(node.type, t.Dict):
            for key, value in node.items:
                if key is not None:
                    self.takes(key, node.type.key, "a key of a dict display")
                    self.takes(value, node.type.value, "a value of a dict display")

    def comprehension(self, node: n.Comprehension) -> None:
        """The element has the result's element type."""
        if isinstance(node.type, t.Dict):
            if node.key is not None:
                self.takes(node.key, node.type.key, "a key of a dict comprehension")
            self.takes(node.element, node.type.value, "a value of a dict comprehension")
        elif isinstance(node.type, t.List | t.Set | t.Iterator):
            self.takes(node.element, node.type.element, "a comprehension")

    def call(self, node: n.FunctionCall) -> None:
        """Arguments match the parameters in number and type, the value the result."""
        self.arguments(node.function, node.arguments, node.span)
        result = node.function.result
        if not agree(node.type, result) and not widens(result, node.type):
            self.say(
                node.span, f"a call of {node.function.name} has the type {t.show(node.type)}; its result is {t.show(result)}"
            )

    def arguments(self, function: n.Function, given: list[n.Expression], span: n.Span) -> None:
        """Arguments by parameter."""
        parameters = function.parameters
        if function.kind in _IMPLICIT_FIRST or (function.name == "__init__" and function.owner):
            parameters = parameters[1:]
        if len(parameters) != len(given):
            self.say(span, f"{function.name} has {len(parameters)} parameters and is called with {len(given)} arguments")
            return
        for parameter, value in zip(parameters, given, strict=True):
            self.takes(value, parameter.type, f"the parameter {parameter.name} of {function.name}")

    def value_call(self, node: n.ValueCall) -> None:
        """As a call, by the type of the value."""
        if not isinstance(node.callee.type, t.Callable):
            self.say(node.span, f"a {t.show(node.callee.type)} is called")
            return
        if len(node.arguments) != len(node.callee.type.parameters):
            wanted = len(node.callee.type.parameters)
            self.say(node.span, f"a function value of {wanted} parameters is called with {len(node.arguments)} arguments")
        for value, want in zip(node.arguments, node.callee.type.parameters, strict=False):
            self.takes(value, want, "a parameter of a function value")

    def construct(self, node: n.Construct) -> None:
        """The arguments of `__init__`."""
        if node.init is not None:
            self.arguments(node.init, node.arguments, node.span)

    def coercion(self, node: n.Coerce) -> None:
        """Only what loses nothing. An integer of any size that is wanted as an index or a count is looked at when the program runs."""
        have = node.operand.type
        checked = (have, node.type) == (t.BIGINT, t.INT)
        if not checked and not agree(have, node.type) and not widens(have, node.type):
            self.say(node.span, f"{t.show(have)} is narrowed to {t.show(node.type)}")

    def narrowing(self, node: n.Narrow) -> None:
        """Only a value known at run time can be narrowed, and only to a type that it may have; or an estimator of a family."""
        family = node.operand.type
        if isinstance(family, t.Object) and family.name.startswith("sklearn.base.") and isinstance(node.type, t.Object):
            return
        scalar = node.type.inner if isinstance(node.type, t.Optional) else node.type
        known = (
            isinstance(scalar, t.Instance)
            or scalar in (t.INT, t.FLOAT, t.BOOL, t.NUM, t.STR)
            or t.is_held(scalar)
            or node.type == t.Sequence(t.VALUE)
        )
        own = isinstance(node.type, t.Instance) and node.operand.type == t.Object("builtins.Exception")
        if not own and (node.operand.type != t.VALUE or not known):
            self.say(node.span, f"{t.show(node.operand.type)} is narrowed to {t.show(node.type)}")

    def unwrapping(self, node: n.Unwrap) -> None:
        """Only an Optional can be opened."""
        have = node.operand.type
        if not isinstance(have, t.Optional):
            self.say(node.span, f"{t.show(have)} is unwrapped and is not optional")
        elif not agree(have.inner, node.type):
            self.say(node.span, f"{t.show(have)} is unwrapped to {t.show(node.type)}")

    def walrus(self, node: n.Walrus) -> None:
        """The variable takes the value."""
        self.takes(node.value, node.variable.type, f"the variable {node.variable.name}")

    def yielding(self, node: n.Yield) -> None:
        """Only in a generator, and of its item's type."""
        if self.inside is None or self.inside.generator is None or self.in_lambda:
            self.say(node.span, "`yield` outside a generator")
        elif not isinstance(node.value, n.Items) and not node.delegates:
            self.takes(node.value, self.inside.generator, "the generator")

    def returning(self, node: n.Return) -> None:
        """A returned value has the function's result type."""
        if self.inside is None:
            self.say(node.span, "`return` outside a function")
        elif self.inside.generator is None:
            if node.value is not None:
                self.takes(node.value, self.inside.result, f"the result of {self.inside.name}")
            elif not agree(t.NONE, self.inside.result):
                self.say(node.span, f"{self.inside.name} returns nothing; its result is {t.show(self.inside.result)}")

    def control(self, node: n.Break | n.Continue) -> None:
        """Only in a loop."""
        if self.loops == 0:
            self.say(node.span, f"`{type(node).__name__.lower()}` outside a loop")

    def assignment(self, node: n.Assign) -> None:
        """Each target takes the value."""
        for target in node.targets:
            self.target(target, node.value.type, node.value.span)

    def augmentation(self, node: n.Augment) -> None:
        """The whole operation has the target's type."""
        self.target(node.target, node.result.type, node.span)

    def target(self, target: n.Target, value: t.Type, span: n.Span) -> None:
        """A place takes a value: exactly for one name, part by part (and widening) for several."""
        match target:
            case n.VariableTarget(variable=variable) | n.CallTarget(variable=variable):
                self._stored(value, variable.type, f"the variable {variable.name}", span)
            case n.FieldTarget(name=name, type=want) | n.ClassTarget(name=name, type=want):
                self._stored(value, want, f"the field {name}", span)
            case n.TupleTarget(items=items, types=types):
                if len(items) != len(types):
                    self.say(target.span, f"{len(items)} targets are given {len(types)} types")
                for index, (item, type_) in enumerate(zip(items, types, strict=False)):
                    if index == target.star:
                        continue
                    if isinstance(type_, t.Unknown):
                        self.say(item.span, "the type of a part that is unpacked is not known")
                    self.target(item, type_, item.span)

    def _stored(self, have: t.Type, want: t.Type, what: str, span: n.Span) -> None:
        # The lowering brings the items of a loop and the parts of a tuple to the type of their variable: widening is legal.
        if isinstance(want, t.Unknown):
            self.say(span, f"{what} has no known type")
        elif not agree(have, want) and not widens(have, want):
            self.say(span, f"{what} holds {t.show(want)} but gets {t.show(have)}")

    def call_target(self, node: n.CallTarget) -> None:
        """The value that is stored is read once by the call that stores it."""
        reads = sum(isinstance(each, n.Read) and each.variable is node.variable for each in walk(node.call))
        if reads != 1:
            self.say(node.span, f"the value stored in a subscript or property is read {reads} times")


def _made_in(node: Any) -> set[int]:
    """The temporaries that a node makes for what is in it."""
    made: list[n.Variable] = []
    match node:
        case n.CallTarget(variable=variable) | n.Either(variable=variable):
            made = [variable]
        case n.ComparisonChain(links=links):
            made = [each for left, right, _ in links for each in (left, right)]
        case n.With(holder=holder, exit=left):
            made = [holder, *([left.caught] if isinstance(left, n.FunctionCall) and left.caught is not None else [])]
        case n.Iteration(methods=methods):
            following = methods[1]
            if following is not None and isinstance(following.receiver, n.Read):
                made = [following.receiver.variable]
        case n.Items(convert=(holder, _)):
            made = [holder]
    return {id(each) for each in made}


_CHECKS: dict[type, Any] = {
    n.Read: _Verifier.read,
    n.Arithmetic: _Verifier.arithmetic,
    n.Unary: _Verifier.unary,
    n.Comparison: _Verifier.comparison,
    n.ComparisonChain: _Verifier.chain,
    n.Not: _Verifier.negation,
    n.Logic: _Verifier.logic,
    n.Either: _Verifier.either,
    n.Conditional: _Verifier.conditional,
    n.If: _Verifier.branch,
    n.While: _Verifier.branch,
    n.For: _Verifier.loop,
    n.Clause: _Verifier.clause,
    n.Display: _Verifier.display,
    n.DictDisplay: _Verifier.dict_display,
    n.Comprehension: _Verifier.comprehension,
    n.FunctionCall: _Verifier.call,
    n.ValueCall: _Verifier.value_call,
    n.Construct: _Verifier.construct,
    n.Coerce: _Verifier.coercion,
    n.Unwrap: _Verifier.unwrapping,
    n.Narrow: _Verifier.narrowing,
    n.Walrus: _Verifier.walrus,
    n.Yield: _Verifier.yielding,
    n.Return: _Verifier.returning,
    n.Break: _Verifier.control,
    n.Continue: _Verifier.control,
    n.Assign: _Verifier.assignment,
    n.Augment: _Verifier.augmentation,
    n.CallTarget: _Verifier.call_target,
}
