"""What functions do besides computing: which groups of objects they change, and whether they can raise into a handler."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import parts, walk, walk_all
from batuta.lowering.state import Asked

Bodies = list[tuple[n.Function | None, list[Any]]]
"""All nodes of each body, functions defined inside apart, in the order of evaluation; None stands for the module."""
RAISING_OPERATORS = {"truediv", "floordiv", "mod", "pow", "lshift", "rshift"}


def group_of(type_: t.Type) -> int:
    """The group of a mutable value; 0 for the rest."""
    if isinstance(type_, t.Optional):
        return group_of(type_.inner)
    return int(getattr(type_, "group", 0))


@dataclass
class Effects:
    """The result of the analysis, by function."""

    changed: set[int] = field(default_factory=set)
    """Groups that anything changes, constructors apart."""
    changes: dict[n.Function, set[int]] = field(default_factory=dict)
    raises: set[n.Function] = field(default_factory=set)
    fallible: Asked[n.Function] = field(default_factory=Asked)
    unwinds: Asked[n.Function] = field(default_factory=Asked)
    """Functions that may raise other than by their Result: through a closure or an iterator that they use."""


_HANDLES = (t.Object("bytearray"), t.Object("os.Environment"))
"""Library objects whose methods take `&self`, also those that change them."""


def changed_by(node: Any) -> list[n.Expression]:
    """The expressions whose object this node itself changes in place."""
    if isinstance(node, n.LibraryCall):
        entry = node.entry
        if entry is None:
            return node.arguments["self"] if node.template == "exception message" else []
        if entry.name.startswith("value."):
            # A value is a handle: its object changes, and no place does.
            return []
        names = set(entry.mutates)
        if (
            entry.name == "operator.getitem"
            and isinstance(node.arguments["a"][0].type, t.Dict)
            and node.arguments["a"][0].type.kind == "defaultdict"
        ):
            # Reading a missing key stores it.
            names.add("a")
        member = entry.name.rpartition(".")[2]
        if entry.name.startswith(("operator.setitem", "operator.delitem")):
            names.add("a")
        if member in ("__setitem__", "__delitem__") or (
            member.startswith("__i")
            and member.endswith("__")
            and member not in ("__invert__", "__iter__", "__init__", "__int__", "__index__")
        ):
            names.add("self")
        # Of a handle, the object changes, and no place does.
        return [each for name in names for each in node.arguments.get(name, []) if each.type not in _HANDLES]
    if isinstance(node, n.Assign):
        return [owner for target in node.targets for owner in _owners(target)]
    if isinstance(node, n.Augment):
        return _owners(node.target)
    if isinstance(node, n.For):
        return _owners(node.target)
    return []


def _owners(target: n.Target) -> list[n.Expression]:
    if isinstance(target, n.FieldTarget):
        return [target.owner]
    if isinstance(target, n.TupleTarget):
        return [owner for each in target.items for owner in _owners(each)]
    return []


def can_raise(node: Any) -> bool:
    """Whether evaluating this node itself (not its parts) can raise."""
    match node:
        case n.Raise():
            return True
        case n.LibraryCall(entry=entry):
            return entry is not None and bool(entry.raises)
        case n.Arithmetic(operator=operator, right=right):
            if node.type == t.VALUE:
                return True
            if operator in ("truediv", "floordiv", "mod") and isinstance(right, n.Constant) and right.value:
                return False
            return operator in RAISING_OPERATORS and not isinstance(node.type, t.NumpyScalar)
        case n.Narrow(operand=operand):
            return operand.type == t.VALUE
        case n.Yield(spoken=True):
            return True
        case n.FunctionCall(lacking=lacking):
            return bool(lacking)
        case n.Comparison(operator=operator, left=left):
            return left.type == t.VALUE and operator not in ("eq", "ne")
        case n.Unwrap(proven=proven):
            return not proven
        case n.FieldRead(checked=checked):
            return checked
        case n.EnumUse(what=what):
            return what in ("by value", "by name")
        case n.TupleTarget(source=source):
            return not isinstance(source, t.Tuple)
    return False


def overrides(module: n.Module, call: n.FunctionCall) -> list[n.Function]:
    """The functions that a call can reach."""
    if not call.dynamic:
        return [call.function]
    for cls in module.classes:
        if call.function.owner in cls.members:
            return [version for methods in cls.methods.values() for version in methods.get(call.function.name, [])]
    return [call.function]


@dataclass
class Calls:
    """What functions do that does not depend on which of them return a Result."""

    effects: Effects
    reached: dict[n.Function | None, list[n.Function]]
    """The functions that each function (None: the module) calls."""
    protected: list[n.Function]
    """The functions that are called where a handler stands around."""
    bodies: Bodies

    def effects_when(self, fallible: set[n.Function]) -> Effects:
        """All effects, when these functions are known to return a Result."""
        known = self.effects
        effects = Effects(known.changed, known.changes, known.raises, Asked(fallible))
        _fallible(self, effects)
        _unwinding(self, effects)
        return effects


def analyse(module: n.Module, bodies: Bodies) -> Calls:
    """Effects of all functions, to a fixed point."""
    effects = Effects()
    functions = [each for each, _ in bodies if each is not None]
    calls: dict[n.Function | None, list[n.Function]] = {}
    protected: list[n.Function] = []
    for function, nodes in bodies:
        own: set[int] = set()
        reached: list[n.Function] = []
        raising = False
        for node in nodes:
            for each in changed_by(node):
                if function is not None and function.name == "__init__" and _is_self(each, function):
                    own.add(-group_of(each.type))
                    continue
                own.add(group_of(each.type))
                if isinstance(each, n.FieldRead) and isinstance(each.type, t.Array):
                    # An array is part of its object: whoever holds the object sees the change.
                    inside = function is not None and function.name == "__init__" and _is_self(each.owner, function)
                    own.add(-group_of(each.owner.type) if inside else group_of(each.owner.type))
            if isinstance(node, n.FunctionCall):
                reached.extend(overrides(module, node))
            if isinstance(node, n.Construct) and node.init is not None:
                reached.append(node.init)
            if isinstance(node, n.Iteration):
                reached.extend(each.function for each in node.methods if each is not None)
            if isinstance(node, n.Lambda) and node.function is not None:
                reached.append(node.function)
            raising = raising or can_raise(node)
            if isinstance(node, n.Try) or (isinstance(node, n.With) and node.exit is not None):
                protected += _called_inside(module, node)
        if function is not None:
            effects.changes[function] = own - {0}
            if raising:
                effects.raises.add(function)
        effects.changed |= {each for each in own if each > 0}
        calls[function] = reached
    moving = True
    while moving:
        moving = False
        for function in functions:
            for callee in calls[function]:
                new = {each for each in effects.changes.get(callee, set()) if each > 0} - effects.changes[function]
                if new:
                    effects.changes[function] |= new
                    moving = True
                if callee in effects.raises and function not in effects.raises:
                    effects.raises.add(function)
                    moving = True
    return Calls(effects, calls, protected, bodies)


def calls_unknown(node: Any) -> bool:
    """Whether this node calls a function value."""
    return isinstance(node, n.ValueCall) or (
        isinstance(node, n.LibraryCall)
        and node.entry is not None
        and node.entry.name in ("value.__call__", "value.__call_named__")
    )


_ORDERING = ("builtins.sorted", "builtins.min", "builtins.max", "list.sort", "heapq.", "bisect.")


def orders_values(node: Any) -> bool:
    """Whether this node puts values of which nothing is known in order: a number and a text have none."""
    return (
        isinstance(node, n.LibraryCall)
        and node.entry is not None
        and node.entry.name.startswith(_ORDERING)
        and any(t.VALUE in t.parts(each.type) for held in node.arguments.values() for each in held)
    )


def raises_later(node: Any, effects: Effects) -> bool:
    """Whether this node makes something that may raise when it is called or iterated: a closure, a generator."""
    match node:
        case n.Lambda(function=function, body=body):
            if function is not None:
                return function in effects.raises
            return body is not None and any(
                can_raise(each) or calls_unknown(each) or (isinstance(each, n.FunctionCall) and each.function in effects.raises)
                for each in walk(body)
            )
        case n.FunctionCall(function=function):
            return function.generator is not None and function in effects.raises
        case n.Comprehension(type=t.Iterator()):
            return any(
                can_raise(each) or (isinstance(each, n.FunctionCall) and each.function in effects.raises)
                for part in parts(node)
                for each in walk(part)
            )
        case n.Read(type=t.Iterator()) | n.LibraryCall(arguments={"strict": [n.Constant(value=True)]}):
            return True
        case n.Items(convert=(_, body)):
            return any(isinstance(each, n.Unwrap) and not each.proven for each in walk(body))
    return False


def _unwinding(calls: Calls, effects: Effects) -> None:
    for function, nodes in calls.bodies:
        if function is None:
            continue
        through = any(calls_unknown(each) or raises_later(each, effects) or orders_values(each) for each in nodes)
        if through or (function in effects.raises and function not in effects.fallible and function.generator is None):
            effects.unwinds.add(function)
    moving = True
    while moving:
        moving = False
        for function, _ in calls.bodies:
            if function is None or function in effects.unwinds:
                continue
            if any(each in effects.unwinds and each.generator is None for each in calls.reached[function]):
                effects.unwinds.add(function)
                moving = True


def _is_self(node: n.Expression, function: n.Function) -> bool:
    return isinstance(node, n.Read) and bool(function.parameters) and node.variable is function.parameters[0]


def _called_inside(module: n.Module, node: n.Try | n.With) -> list[n.Function]:
    """The functions that are called where this statement's handlers stand around."""
    protected: list[n.Statement] = [*node.body]
    if isinstance(node, n.Try) and node.final:
        for handler in node.handlers:
            protected.extend(handler.body)
        protected.extend(node.otherwise)
    return [each for inner in walk_all(protected, into_functions=False) for each in _called(module, inner)]


def _fallible(calls: Calls, effects: Effects) -> None:
    todo = list(calls.protected)
    while todo:
        function = todo.pop()
        if function in effects.fallible or function not in effects.raises or not may_be_fallible(function):
            continue
        effects.fallible.add(function)
        todo.extend(calls.reached.get(function, []))


def _called(module: n.Module, node: Any) -> list[n.Function]:
    if isinstance(node, n.FunctionCall):
        return overrides(module, node)
    found: list[n.Function] = []
    if isinstance(node, n.Construct):
        if node.init is not None:
            found.append(node.init)
        found.extend(each.function for each in node.arguments if isinstance(each, n.FunctionCall))
    if isinstance(node, n.Iteration):
        found.extend(each.function for each in node.methods if each is not None)
    return found


def may_be_fallible(function: n.Function) -> bool:
    """Functions that Rust calls through a trait or as a closure cannot return a Result."""
    if function.generator is not None or function.kind == "lambda":
        return False
    special = function.name.startswith("__") and function.name.endswith("__")
    return not special or function.name in (
        "__init__",
        "__post_init__",
        "__enter__",
        "__exit__",
        "__call__",
        "__getitem__",
        "__setitem__",
        "__delitem__",
        "__add__",
        "__sub__",
        "__mul__",
        "__truediv__",
        "__floordiv__",
        "__mod__",
        "__pow__",
        "__neg__",
        "__contains__",
        "__iter__",
        "__matmul__",
        "__and__",
        "__or__",
        "__xor__",
        "__lshift__",
        "__rshift__",
        "__radd__",
        "__rsub__",
        "__rmul__",
        "__rtruediv__",
        "__rfloordiv__",
        "__rmod__",
        "__rpow__",
        "__rmatmul__",
        "__pos__",
        "__invert__",
        "__abs__",
        "__int__",
        "__float__",
        "__complex__",
        "__index__",
        "__round__",
        "__trunc__",
        "__floor__",
        "__ceil__",
        "__divmod__",
        "__slice__",
        "__getattr__",
    )


__all__ = ["Effects", "analyse", "can_raise", "changed_by", "group_of", "overrides", "parts", "walk"]
