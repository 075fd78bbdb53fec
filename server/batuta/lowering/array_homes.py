"""Where arrays live: on the faithful `ndarray`, or on trueno's Vector and Matrix when the program asks for the crate.

Arrays that flow into each other (assigned, passed, returned, operands of one operation) share a home, found by unification. A
group of them lives on the crate where everything that is done to it has a form there (`catalog/_trueno.py`), its shapes are known and
its values fit float32; printing is the border, where it becomes NumPy's kind of array again. One other use, and the whole group
stays on `ndarray`.

The pass rewrites the typed program in place: types of variables and expressions, and the entries of calls.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from batuta.catalog import _trueno as trueno
from batuta.catalog.index import catalog
from batuta.catalog.signature import parse_signature
from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import functions_of, parts, walk_all
from batuta.lowering.effects import overrides

# A value that still grows after so many rounds grows in a loop, and nobody knows how far.
MOST_GROWTH = 4
# Rounds until nothing new is learned: as many as calls that are nested, and in practice a handful.
MOST_ROUNDS = 60


def choose_homes(module: n.Module) -> int:
    """Move groups of arrays to the crate where that means the same. Returns how many expressions live there."""
    homes = _Homes(module)
    homes.gather()
    homes.learn()
    return homes.move()


def _is_array(type_: t.Type) -> bool:
    return isinstance(type_, t.Array)


class _Homes:
    """Groups of arrays by union and find; what is known of each value."""

    def __init__(self, module: n.Module) -> None:
        self.module = module
        self.functions = functions_of(module)
        self.parent: dict[Hashable, Hashable] = {}
        self.outside: set[Hashable] = set()
        """Members of groups that something happens to which the crate has no form for."""
        self.known: dict[Hashable, trueno.Known | None] = {}
        self.expressions: list[n.Expression] = []
        self.borders: list[tuple[Any, n.Expression]] = []
        """What prints an array: the node that holds it."""
        self.function: n.Function | None = None

    # -- groups

    def find(self, key: Hashable) -> Hashable:
        """The representative of a group."""
        while (above := self.parent.setdefault(key, key)) != key:
            self.parent[key] = self.parent[above]
            key = above
        return key

    def join(self, one: Hashable, other: Hashable) -> None:
        """Both live in one place."""
        self.parent[self.find(one)] = self.find(other)

    # -- what flows where

    def gather(self) -> None:
        """Walk the whole program."""
        for function in self.functions:
            odd = function.parent is not None or function.generator is not None or function.cached
            for each in [*function.parameters, function] if odd else []:
                self.outside.add(each)
        bodies = [(None, self.module.body), *((each, each.body) for each in self.functions)]
        for self.function, body in bodies:
            for statement in body:
                self.node(statement)
        for cls in self.module.classes:
            for _, value in cls.constants.values():
                self.value(value, "other")

    def node(self, node: Any) -> None:
        """A statement, or a part of one that is no expression."""
        match node:
            case n.Assign(targets=targets, value=value) if all(isinstance(each, n.VariableTarget) for each in targets):
                self.value(value, "flows")
                for target in targets:
                    assert isinstance(target, n.VariableTarget)
                    if _is_array(value.type) and _is_array(target.variable.type):
                        self.join(target.variable, id(value))
                        self.variable(target.variable)
                    else:
                        self.outside.add(target.variable)
                        self.outside.add(id(value))
            case n.Evaluate(value=value):
                self.value(value, "flows")
            case n.Return(value=value) if value is not None:
                self.value(value, "flows")
                if _is_array(value.type):
                    assert self.function is not None
                    self.join(self.function, id(value))
                    if not _is_array(self.function.result):
                        self.outside.add(self.function)
            case n.Print(values=values):
                for each in values:
                    self.value(each, "shown")
                    if _is_array(each.type):
                        self.borders.append((node, each))
                for rest in (node.spread, node.separator, node.end, node.file):
                    if rest is not None:
                        self.part(rest)
            case n.VariableTarget(variable=variable):
                # A loop, an unpacking, a comprehension: the crate's arrays are not taken apart.
                self.outside.add(variable)
            case n.LocalFunction(variable=variable):
                self.outside.add(variable)
            case _:
                for each in parts(node):
                    self.part(each)

    def part(self, part: Any) -> None:
        """A part of something that knows nothing of the crate's arrays."""
        if isinstance(part, n.Expression):
            self.value(part, "other")
        else:
            self.node(part)

    def variable(self, variable: n.Variable) -> None:
        """A variable that an array is in."""
        if variable.captured or variable.module or variable.maybe_unbound:
            self.outside.add(variable)

    def value(self, value: n.Expression, use: str) -> None:
        """An expression. `use`: it flows on, it is shown, or something else happens to it."""
        if _is_array(value.type):
            self.expressions.append(value)
            self.find(id(value))
            if use == "other":
                self.outside.add(id(value))
        match value:
            case n.Read(variable=variable) if _is_array(value.type):
                self.join(id(value), variable)
                self.variable(variable)
                return
            case n.LibraryCall(entry=entry) if entry is not None and entry.name in trueno.FORMS:
                self.operation(value)
                return
            case n.FunctionCall():
                self.called(value)
                return
            case n.Lambda(function=function) if function is not None:
                self.outside.update([*function.parameters, function])
            case n.Formatted():
                for piece in value.parts:
                    if piece.value is not None:
                        self.value(piece.value, "shown")
                        if _is_array(piece.value.type):
                            self.borders.append((piece, piece.value))
                    if piece.computed_spec is not None:
                        self.value(piece.computed_spec, "other")
                return
            case n.Walrus(variable=variable):
                self.outside.add(variable)
        if _is_array(value.type):
            self.outside.add(id(value))
        for each in parts(value):
            self.part(each)

    def operation(self, call: n.LibraryCall) -> None:
        """An operation that the crate may have."""
        form = trueno.FORMS[call.entry.name]
        arrays = []
        for name, values in call.arguments.items():
            for each in values:
                operand = name in form.operands and _is_array(each.type) and len(values) == 1
                self.value(each, "flows" if operand else "other")
                if operand:
                    arrays.append(each)
        if _is_array(call.type):
            arrays.append(call)
        else:
            self.expressions.append(call)
        for each in arrays[1:]:
            self.join(id(arrays[0]), id(each))

    def called(self, call: n.FunctionCall) -> None:
        """A call of a function of the program: arguments live where the parameters do, the value where the result does."""
        if call.receiver is not None:
            self.value(call.receiver, "other")
        reached = overrides(self.module, call)
        if len(reached) != 1 or call.function.name == "__init__":
            for each in reached:
                self.outside.update([*each.parameters, each])
        parameters = call.function.parameters[-len(call.arguments) :] if call.arguments else []
        for parameter, argument in zip(parameters, call.arguments, strict=False):
            self.value(argument, "flows")
            if _is_array(argument.type):
                self.join(id(argument), parameter)
                if not _is_array(parameter.type):
                    self.outside.add(parameter)
        if _is_array(call.type):
            self.join(id(call), call.function)

    # -- what is known of the values

    def learn(self) -> None:
        """Shapes and bounds of variables and results, to a fixed point; what does not settle is unknown."""
        bodies = [(None, self.module.body), *((each, each.body) for each in self.functions)]
        for number in range(MOST_ROUNDS):
            before = dict(self.known)
            for function, body in bodies:
                for node in walk_all(body, into_functions=False):
                    match node:
                        case n.Assign(targets=targets, value=value) if _is_array(value.type):
                            for target in targets:
                                if isinstance(target, n.VariableTarget):
                                    self.meet(target.variable, value, number)
                        case n.Return(value=value) if value is not None and function is not None and _is_array(value.type):
                            self.meet(function, value, number)
                        case n.FunctionCall(arguments=arguments) if arguments:
                            parameters = node.function.parameters[-len(arguments) :]
                            for parameter, argument in zip(parameters, arguments, strict=False):
                                if _is_array(argument.type):
                                    self.meet(parameter, argument, number)
            if self.known == before:
                return
        self.known = dict.fromkeys(self.known)

    def meet(self, key: Hashable, value: n.Expression, number: int) -> None:
        """One more value arrives at a place."""
        found = self.of(value)
        if found == "unreached":
            return
        if key in self.known:
            held = self.known[key]
            found = self.joined(held, found, number)
        self.known[key] = found

    @staticmethod
    def joined(held: trueno.Known | None, found: trueno.Known | None, number: int) -> trueno.Known | None:
        """What is known where either may be."""
        if held is None or found is None or (held.dtype, held.shape) != (found.dtype, found.shape):
            return None
        if found.bound > held.bound and number >= MOST_GROWTH:
            return None
        return trueno.Known(held.dtype, held.shape, max(held.bound, found.bound))

    def of(self, value: n.Expression) -> Any:
        """What is known of an array; "unreached" while nothing has arrived at a variable that it reads."""
        match value:
            case n.Read(variable=variable):
                return self.known.get(variable, "unreached")
            case n.FunctionCall(function=function):
                return self.known.get(function, "unreached")
            case n.LibraryCall(entry=entry) if entry is not None and entry.name in trueno.FORMS:
                made = self.made(value)
                if not isinstance(made, trueno.Made):
                    return made
                return made.result if trueno.is_array(made.result) else None
        return None

    def made(self, call: n.LibraryCall) -> Any:
        """The crate's form of a call, None, or "unreached"."""
        operands = {}
        for name in trueno.FORMS[call.entry.name].operands:
            for each in call.arguments.get(name, []):
                if not _is_array(each.type):
                    continue
                found = self.of(each)
                if not isinstance(found, trueno.Known):
                    return found
                operands[name] = found
        return trueno.make(call.entry.name, call.asker, operands)

    # -- moving

    def move(self) -> int:
        """Rewrite what lives on the crate."""
        makes = {}
        for each in self.expressions:
            if isinstance(each, n.LibraryCall):
                made = self.made(each) if each.entry is not None and each.entry.name in trueno.FORMS else None
                if isinstance(made, trueno.Made):
                    makes[id(each)] = made
                elif _is_array(each.type):
                    self.outside.add(id(each))
                else:
                    for values in each.arguments.values():
                        self.outside.update(id(one) for one in values if _is_array(one.type))
            elif not isinstance(self.of(each), trueno.Known):
                self.outside.add(id(each))
        closed = {self.find(key) for key in self.outside}
        borders = {id(each): self.of(each) for _, each in self.borders if self.find(id(each)) not in closed}
        moved = [each for each in self.expressions if self._lives_on_the_crate(each, closed)]
        known = {id(each): self.of(each) for each in moved if _is_array(each.type)}
        for each in moved:
            if isinstance(each, n.LibraryCall):
                each.entry = trueno.on_the_crate(each.entry, makes[id(each)])
                each.template = ""
        for holder, each in self.borders:
            if id(each) in borders:
                self._cross(holder, each, borders[id(each)])
        for each in moved:
            if id(each) in known:
                each.type = _type(known[id(each)])
        for key, found in self.known.items():
            if found is None or self.find(key) in closed:
                continue
            if isinstance(key, n.Variable) and _is_array(key.type):
                key.type = _type(found)
            elif isinstance(key, n.Function) and _is_array(key.result):
                key.result = _type(found)
        return len(moved)

    def _lives_on_the_crate(self, value: n.Expression, closed: set[Hashable]) -> bool:
        if _is_array(value.type):
            return self.find(id(value)) not in closed
        assert isinstance(value, n.LibraryCall)
        arrays = [each for values in value.arguments.values() for each in values if _is_array(each.type)]
        return bool(arrays) and all(self.find(id(each)) not in closed for each in arrays)

    def _cross(self, holder: Any, value: n.Expression, known: trueno.Known) -> None:
        """What is printed becomes NumPy's kind of array."""
        entry = trueno.border(known)
        signature = parse_signature(str(entry.signature))
        crossed = n.LibraryCall(value.type, value.span, entry, str(entry.rust), signature, {"self": [value]}, (), {})
        crossed.asker = _Nobody()
        if isinstance(holder, n.Print):
            holder.values = [crossed if each is value else each for each in holder.values]
        else:
            holder.value = crossed


class _Nobody:
    """Stands where a call of ours has no Python to ask."""

    lowering: Any = None


def _type(known: trueno.Known) -> t.Type:
    name = trueno.MATRIX if len(known.shape) == 2 else trueno.VECTOR
    assert name in catalog().classes
    return t.Object(name)
