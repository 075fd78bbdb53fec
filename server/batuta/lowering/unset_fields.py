"""Which fields of objects may be asked for before anything has set them.

Python raises an AttributeError there. Where flow shows that a field is always set before it is read, Rust's struct simply has it; any other
field is empty until it is set, and a read of it that is not proven is *checked*.

An object's field never becomes unset again, so what is known to be set stays so, whoever else holds the object: facts are sets of fields by
*path* (a variable and the fields that lead on from it), and only a new value of a part of the path ends them. What a function reads of a parameter
before it sets it, its callers must have set (`needs`); what it has set by its end, they know afterwards (`gives`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from batuta.ir import nodes as n
from batuta.ir import types as t
from batuta.ir.walk import functions_of, parts, walk_all

Path = tuple[Any, ...]
"""A variable, then the names of fields."""
Known = frozenset[str]
NOTHING: Known = frozenset()
LONGEST = 3
"""Parts of a path; what lies deeper is known by its class only."""
EXACT = "class "
"""Begins what stands among the fields of an object whose class is known."""
MOST_ROUNDS = 6
_CONSTRUCTORS = ("__init__", "__post_init__")


def mark_unset_fields(module: n.Module) -> None:
    """Note in the classes which fields may be read before they are set, and in the reads which of them check it."""
    if any(_may_be_unset(cls) for cls in module.classes):
        _Analysis(module).run()


def _judged(cls: n.Class) -> bool:
    return cls.enum is None and not (cls.named_tuple or cls.record or cls.exception)


def _may_be_unset(cls: n.Class) -> bool:
    """Whether a field of the class is not among those that its constructors take."""
    if not _judged(cls) or not cls.fields:
        return False
    return any(set(cls.fields) - (set(cls.declared.get(each, [])) - cls.set_later) for each in cls.members)


@dataclass
class _State:
    """What is known between two statements."""

    facts: dict[Path, Known] = field(default_factory=dict)
    moved: set[Any] = field(default_factory=set)
    """Variables and names of fields that have been given new values since the function began."""

    def copy(self) -> _State:
        return _State(dict(self.facts), set(self.moved))

    def add(self, path: Path | None, fields: Known) -> None:
        """Note that an object has these fields."""
        if path is not None and len(path) <= LONGEST and fields:
            self.facts[path] = self.facts.get(path, NOTHING) | fields

    def forget(self, part: Any) -> None:
        """A variable, or the field of this name of any object, has a new value."""
        self.moved.add(part)
        held = isinstance(part, str)
        lost = [path for path in self.facts if (part in path[1:] if held else path[0] is part)]
        for path in lost:
            del self.facts[path]


def _both(one: _State | None, other: _State | None) -> _State | None:
    """What holds whichever way was taken; a way that leaves does not count."""
    if one is None or other is None:
        return (one or other or _State()).copy() if one or other else None
    facts = {path: known & other.facts[path] for path, known in one.facts.items() if path in other.facts}
    return _State({path: known for path, known in facts.items() if known}, one.moved | other.moved)


@dataclass
class _Value:
    """What is known of the value of an expression."""

    path: Path | None = None
    known: Known = NOTHING
    same_as: n.Variable | None = None


UNKNOWN = _Value()


@dataclass
class _Summary:
    """What the callers of a function know of it."""

    gives: dict[tuple[int, tuple[str, ...]], Known] = field(default_factory=dict)
    """Fields that objects have when it ends: by the number of the parameter and the path from there."""
    result: Known = NOTHING
    returned: int | None = None
    """The parameter that it always returns."""


Need = tuple[int, tuple[str, ...], str, str]
"""The number of a parameter, the path from there, the field; and the class whose objects need it, where it depends on that."""


@dataclass
class _Call:
    """A call, and what was known of its arguments."""

    function: n.Function
    arguments: list[tuple[n.Expression | None, _Value, dict[tuple[str, ...], Known], bool]]
    """The expression, its value, what is known of what it leads to, and whether it is what the caller's parameter was."""


class _Analysis:
    def __init__(self, module: n.Module) -> None:
        self.module = module
        self.functions = functions_of(module)
        self.class_of = {member: cls for cls in module.classes for member in cls.members}
        self.below: dict[str, set[str]] = {}
        for cls in module.classes:
            for member in cls.members:
                current: str | None = member
                while current is not None:
                    self.below.setdefault(current, set()).add(member)
                    current = cls.parents.get(current)
        self.parameter_of = {
            variable: (function, index) for function in self.functions for index, variable in enumerate(function.parameters)
        }
        self.summaries: dict[n.Function, _Summary] = {each: _Summary() for each in self.functions}
        self.made: dict[str, Known] = {}
        self.stored = self._stored()
        self.reads: list[tuple[n.FieldRead, Path | None, Known, bool]] = []
        self.calls: list[_Call] = []
        self.as_values: set[n.Function] = set()
        self.state: _State | None = _State()
        self.exits: list[tuple[_State, _Value]] = []
        self.leaving: list[tuple[list[_State], list[_State]]] = []

    def _stored(self) -> dict[n.Function, set[str]]:
        """The names of the fields that a function gives new values, itself or through others."""
        found: dict[n.Function, set[str]] = {}
        called: dict[n.Function, set[n.Function]] = {}
        unknown: set[str] = set()
        through_values: list[n.Function] = []
        for function in self.functions:
            names: set[str] = set()
            reached: set[n.Function] = set()
            for node in walk_all(function.body):
                if isinstance(node, n.FieldTarget):
                    names.add(node.name)
                elif isinstance(node, n.FunctionCall):
                    reached.update(self._reached(node))
                elif isinstance(node, n.Construct) and node.init is not None:
                    reached.add(node.init)
                elif isinstance(node, n.ValueCall):
                    through_values.append(function)
            found[function] = names
            called[function] = reached
            if function.kind == "lambda" or (function.name.startswith("__") and function.name not in _CONSTRUCTORS):
                unknown |= names
        for function in through_values:
            found[function] = found[function].union(*found.values())
        moving = True
        while moving:
            moving = False
            for function, reached in called.items():
                before = len(found[function])
                for each in reached:
                    found[function] |= found.get(each, set())
                moving = moving or len(found[function]) != before
        return found

    def _reached(self, call: n.FunctionCall) -> list[n.Function]:
        if call.dynamic:
            cls = self.class_of.get(call.function.owner)
            if cls is not None:
                key = call.function.name if call.function.kind != "setter" else f"{call.function.name}.setter"
                return [each for methods in cls.methods.values() for each in methods.get(key, [])] or [call.function]
        return [call.function]

    # -- the whole

    def run(self) -> None:
        for _ in range(MOST_ROUNDS):
            before = dict(self.summaries), dict(self.made)
            self.reads, self.calls = [], []
            self._make_classes()
            for function in self.functions:
                if function.parent is None:
                    self._run_function(function)
            self._run(self.module.body)
            if before == (self.summaries, self.made):
                break
        for cls, name in self._unproven_reads():
            cls.unset.add(name)

    def _make_classes(self) -> None:
        for member, cls in self.class_of.items():
            if not _judged(cls):
                self.made[member] = frozenset(cls.fields)
                continue
            found = {name.partition(".")[2] for name in self._class_level(cls, member)}
            inits = self._inits(cls, member)
            if inits:
                given = [self.summaries[init].gives.get((0, ()), NOTHING) for init in inits]
                found |= frozenset.intersection(*given)
            else:
                found |= set(cls.declared.get(member, [])) - cls.set_later
                current: str | None = member
                while current is not None and "__post_init__" not in cls.methods.get(current, {}):
                    current = cls.parents.get(current)
                if current is not None:
                    given = [self.summaries[each].gives.get((0, ()), NOTHING) for each in cls.methods[current]["__post_init__"]]
                    found |= frozenset.intersection(*given)
            self.made[member] = frozenset(found)

    @staticmethod
    def _inits(cls: n.Class, member: str) -> list[n.Function]:
        current: str | None = member
        while current is not None:
            found = cls.methods.get(current, {}).get("__init__")
            if found:
                return found
            current = cls.parents.get(current)
        return []

    @staticmethod
    def _class_level(cls: n.Class, member: str) -> list[str]:
        """The class-level values that a class has or inherits."""
        found: list[str] = []
        current: str | None = member
        while current is not None:
            found += [each for each in cls.constants if each.partition(".")[0] == current]
            current = cls.parents.get(current)
        return found

    def _assured(self, type_: t.Type, above: Iterable[str] = ()) -> Known | None:
        """The fields that every object of a type has once it is made, where it is of these classes; None for what is no object of ours."""
        while isinstance(type_, t.Optional):
            type_ = type_.inner
        if not isinstance(type_, t.Instance):
            return None
        cls = self.class_of.get(type_.name)
        if cls is None or not _judged(cls):
            return None
        members = {each for each in cls.members if each in cls.constructed}
        for each in above:
            members &= self.below.get(each, set())
        return frozenset.intersection(frozenset(cls.fields), *[self.made[each] for each in members])

    # -- what is not proven

    def _unproven_reads(self) -> list[tuple[n.Class, str]]:
        found: dict[tuple[n.Class, str], None] = {}
        waiting: dict[n.Function, set[Need]] = {}

        def fail(type_: t.Type, name: str) -> None:
            while isinstance(type_, t.Optional):
                type_ = type_.inner
            if isinstance(type_, t.Instance) and type_.name in self.class_of and name in self.class_of[type_.name].fields:
                found[self.class_of[type_.name], name] = None

        for node, path, known, first in self.reads:
            assured = self._assured(node.owner.type)
            if assured is None or node.name in known:
                continue
            if first and path is not None:
                holder, index = self.parameter_of[path[0]]
                above = holder.owner if index == 0 and _takes_receiver(holder) and len(path) == 1 else ""
                waiting.setdefault(holder, set()).add((index, tuple(path[1:]), node.name, above))
                continue
            if node.name in assured or self._of_other_class(node.name, known):
                continue
            fail(node.owner.type, node.name)
        by_function: dict[n.Function, list[_Call]] = {}
        for call in self.calls:
            by_function.setdefault(call.function, []).append(call)
        done: set[tuple[n.Function, Need]] = set()
        todo = [(function, need) for function, needs in waiting.items() for need in needs]
        while todo:
            function, need = todo.pop()
            index, suffix, name, above = need
            if (function, need) in done:
                continue
            done.add((function, need))
            type_ = self._type_at(function.parameters[index].type, suffix)
            failed = False
            if function in self.as_values or _called_by_others(function):
                assured = self._assured(type_, [above] if above else [])
                failed = assured is not None and name not in assured
            for call in by_function.get(function, []):
                given, value, inner, first = call.arguments[index]
                known = inner.get(suffix, NOTHING)
                if name in known:
                    continue
                exact = [each.removeprefix(EXACT) for each in known if each.startswith(EXACT)]
                if above and exact and not set(exact) & self.below.get(above, set()):
                    continue
                if first and value.path is not None:
                    holder, at = self.parameter_of[value.path[0]]
                    own = holder.owner if at == 0 and _takes_receiver(holder) and not suffix and len(value.path) == 1 else ""
                    over = above
                    if own and above:
                        shared = self.below.get(own, set()) & self.below.get(above, set())
                        if not shared:
                            continue
                        over = own if shared == self.below[own] else above
                    elif own:
                        over = own
                    outer = (at, (*value.path[1:], *suffix), name, over)
                    if len(outer[1]) < LONGEST:
                        todo.append((holder, outer))
                        continue
                if call.function.name in _CONSTRUCTORS and index == 0 and given is None:
                    failed = True
                    continue
                assured = self._assured(type_, [each for each in (above, *exact) if each])
                failed = failed or (assured is not None and name not in assured)
            if failed:
                fail(type_, name)
        if found:
            self._mark(set(found))
        return list(found)

    def _mark(self, unset: set[tuple[n.Class, str]]) -> None:
        """Every read of such a field is checked, but those where the function itself has set it."""
        proven = {id(node) for node, _, known, _ in self.reads if node.name in known}
        for node, _, _, _ in self.reads:
            type_ = node.owner.type
            if isinstance(type_, t.Instance) and (self.class_of.get(type_.name), node.name) in unset:
                node.checked = id(node) not in proven
        seen = {id(node) for node, _, _, _ in self.reads}
        for body in [self.module.body, *[each.body for each in self.functions]]:
            for node in walk_all(body):
                if isinstance(node, n.FieldRead) and id(node) not in seen and isinstance(node.owner.type, t.Instance):
                    node.checked = (self.class_of.get(node.owner.type.name), node.name) in unset

    def _of_other_class(self, name: str, known: Known) -> bool:
        exact = [each.removeprefix(EXACT) for each in known if each.startswith(EXACT)]
        return bool(exact) and all(name in self.made.get(each, NOTHING) for each in exact)

    def _type_at(self, type_: t.Type, suffix: tuple[str, ...]) -> t.Type:
        for name in suffix:
            while isinstance(type_, t.Optional):
                type_ = type_.inner
            cls = self.class_of.get(type_.name) if isinstance(type_, t.Instance) else None
            type_ = cls.fields.get(name, t.NONE) if cls is not None else t.NONE
        return type_

    # -- functions

    def _run_function(self, function: n.Function) -> None:
        before = self.state, self.exits, self.leaving
        start = _State()
        self.state, self.exits, self.leaving = start, [], []
        cls = self.class_of.get(function.owner)
        if cls is not None and function.parameters and function.name in _CONSTRUCTORS:
            given = {each.partition(".")[2] for each in self._class_level(cls, function.owner)}
            if function.name == "__post_init__":
                given |= set(cls.declared.get(function.owner, [])) - cls.set_later
            start.add((function.parameters[0],), frozenset(given))
        self._block(function.body)
        if self.state is not None:
            self.exits.append((self.state, UNKNOWN))
        self.summaries[function] = self._summary(function) if self.exits else _Summary()
        self.state, self.exits, self.leaving = before

    def _summary(self, function: n.Function) -> _Summary:
        summary = _Summary()
        states = [state for state, _ in self.exits]
        whole = states[0]
        for each in states[1:]:
            whole = _both(whole, each) or _State()
        for path, known in whole.facts.items():
            held = self.parameter_of.get(path[0])
            if held is not None and held[0] is function and not self._is_moved(path, whole, parameter=True):
                summary.gives[held[1], tuple(path[1:])] = known
        values = [value for _, value in self.exits]
        summary.result = frozenset.intersection(*[value.known for value in values])
        roots = {value.same_as for value in values}
        root = next(iter(roots))
        if len(roots) == 1 and root is not None and root in self.parameter_of and root not in whole.moved:
            holder, index = self.parameter_of[root]
            if holder is function:
                summary.returned = index
        return summary

    @staticmethod
    def _is_moved(path: Path, state: _State, parameter: bool = False) -> bool:
        """Whether a path leads elsewhere than when the function began. What is known of a field's new value holds for the field at the end."""
        return path[0] in state.moved if parameter else any(part in state.moved for part in path)

    def _run(self, body: list[n.Statement]) -> None:
        self.state, self.exits, self.leaving = _State(), [], []
        self._block(body)

    # -- statements

    def _block(self, body: list[n.Statement]) -> None:
        for each in body:
            if self.state is None:
                return
            self._statement(each)

    def _statement(self, node: n.Statement) -> None:
        state = self.state
        assert state is not None
        match node:
            case n.Assign(targets=targets, value=value):
                given = self._value(value)
                for target in targets:
                    self._store(target, given)
            case n.Augment(target=target, result=result):
                given = self._value(result)
                self._store(target, _Value(None, given.known))
            case n.If(test=test, body=body, otherwise=otherwise):
                yes, no = self._test(test)
                self.state = yes
                self._block(body)
                after = self.state
                self.state = no
                self._block(otherwise)
                self.state = _both(after, self.state)
            case n.While(test=test, body=body, otherwise=otherwise):
                self._loop(test, None, body, otherwise)
            case n.For(target=target, iterable=iterable, body=body, otherwise=otherwise):
                self._iteration(iterable)
                self._loop(None, target, body, otherwise)
            case n.Return(value=returned):
                given = self._value(returned) if returned is not None else UNKNOWN
                if self.state is not None:
                    self.exits.append((self.state, given))
                self.state = None
            case n.Raise(value=raised, cause=cause):
                for each in (raised, cause):
                    if each is not None:
                        self._value(each)
                self.state = None
            case n.Break() | n.Continue():
                if self.leaving:
                    self.leaving[-1][isinstance(node, n.Continue)].append(state)
                self.state = None
            case n.Try():
                self._attempt(node)
            case n.With():
                self._managed(node)
            case n.Block(body=body):
                self._block(body)
            case n.LocalFunction(function=function):
                self._inner(function)
            case _:
                self._parts(node)

    def _loop(
        self, test: n.Expression | None, target: n.Target | None, body: list[n.Statement], otherwise: list[n.Statement]
    ) -> None:
        start = self.state
        end: _State | None = None
        for _ in range(MOST_ROUNDS):
            assert start is not None
            self.state = start.copy()
            breaks: list[_State] = []
            rounds: list[_State] = []
            self.leaving.append((breaks, rounds))
            if test is not None:
                yes, end = self._test(test)
                self.state = yes
            else:
                end = start.copy()
                if target is not None:
                    self._store(target, UNKNOWN)
            self._block(body)
            self.leaving.pop()
            around = self.state
            for each in rounds:
                around = _both(around, each)
            joined = _both(start, around)
            assert joined is not None
            if joined.facts == start.facts and joined.moved == start.moved:
                break
            start = joined
        self.state = end
        self._block(otherwise)
        for each in breaks:
            self.state = _both(self.state, each)

    def _attempt(self, node: n.Try) -> None:
        start = self.state
        assert start is not None
        before = start.copy()
        self._block(node.body)
        after = self.state
        thrown = before.copy()
        for part in _new_values(node.body, self):
            thrown.forget(part)
        if after is not None:
            self._block(node.otherwise)
        end = self.state if after is not None else None
        for handler in node.handlers:
            self.state = thrown.copy()
            if handler.variable is not None:
                self.state.forget(handler.variable)
            self._block(handler.body)
            end = _both(end, self.state)
        if node.final:
            left = thrown.copy()
            for part in _new_values([each for handler in node.handlers for each in handler.body] + node.otherwise, self):
                left.forget(part)
            self.state = left
            self._block(node.final)
            self.state = end
            if end is not None:
                self._block(node.final)
            return
        self.state = end

    def _managed(self, node: n.With) -> None:
        start = self.state
        assert start is not None
        given = self._value(node.value)
        self._store(n.VariableTarget(node.span, node.holder), given)
        if node.enter is not None:
            given = self._value(node.enter)
        if node.target is not None:
            self._store(node.target, given)
        assert self.state is not None
        thrown = self.state.copy()
        self._block(node.body)
        for part in _new_values(node.body, self):
            thrown.forget(part)
        if node.exit is not None:
            # It may keep what was raised from going on.
            self.state = _both(thrown, self.state)
            self._value(node.exit)

    def _inner(self, function: n.Function) -> None:
        """A function defined here: what it takes from around it may have changed when it is called."""
        state = self.state
        assert state is not None
        before = self.exits, self.leaving
        self.as_values.add(function)
        self.exits, self.leaving = [], []
        self.state = self._lasting(state)
        self._block(function.body)
        if self.state is not None:
            self.exits.append((self.state, UNKNOWN))
        if self.exits:
            self.summaries[function] = self._summary(function)
            self.summaries[function].returned = None
        self.exits, self.leaving = before
        self.state = state

    @staticmethod
    def _lasting(state: _State) -> _State:
        """What holds of the surroundings whenever a function that is made here is called."""
        kept = {path: known for path, known in state.facts.items() if len(path) == 1 and path[0].assigned <= 1}
        moved = {*state.moved, *[path[0] for path in state.facts if path[0].assigned > 1]}
        return _State(kept, moved)

    def _store(self, target: n.Target, given: _Value) -> None:
        state = self.state
        if state is None:
            return
        match target:
            case n.VariableTarget(variable=variable):
                state.forget(variable)
                state.add((variable,), given.known)
            case n.FieldTarget(owner=owner, name=name):
                place = self._value(owner)
                state.forget(name)
                if place.path is not None:
                    state.add(place.path, frozenset({name}))
                    state.add((*place.path, name), given.known)
            case n.TupleTarget(items=items):
                for each in items:
                    self._store(each, UNKNOWN)
            case _:
                self._parts(target)

    # -- expressions

    def _test(self, node: n.Expression) -> tuple[_State | None, _State | None]:
        """The states where a test holds and where it does not."""
        state = self.state
        assert state is not None
        match node:
            case n.Not(operand=operand):
                yes, no = self._test(operand)
                return no, yes
            case n.Truth(operand=operand) if operand.type == t.BOOL:
                return self._test(operand)
            case n.Logic(operator=operator, values=values):
                out: _State | None = None
                for index, each in enumerate(values):
                    yes, no = self._test(each)
                    stays, leaves = (yes, no) if operator == "and" else (no, yes)
                    out = _both(out, leaves) if index else leaves
                    self.state = stays if stays is not None else state
                return (self.state, out) if operator == "and" else (out, self.state)
            case n.Some(operand=operand, variable=variable):
                given = self._value(operand)
                yes = state.copy()
                yes.forget(variable)
                yes.add((variable,), given.known)
                return yes, state
            case n.IsInstance(operand=operand, classes=classes):
                given = self._value(operand)
                yes = state.copy()
                members = {each for name in classes for each in self.below.get(name, set())}
                members = {each for each in members if each in self.class_of[each].constructed}
                if members and given.path is not None:
                    yes.add(given.path, frozenset.intersection(*[self.made.get(each, NOTHING) for each in members]))
                    if len(members) == 1:
                        yes.add(given.path, frozenset({EXACT + next(iter(members))}))
                return yes, state.copy()
            case n.SameClass(left=left, right=None, class_name=name, negated=negated) if name in self.class_of:
                given = self._value(left)
                yes = state.copy()
                if given.path is not None:
                    yes.add(given.path, self.made.get(name, NOTHING) | {EXACT + name})
                return (state.copy(), yes) if negated else (yes, state.copy())
            case n.Constant(value=True):
                return state.copy(), None
        self._value(node)
        after = self.state
        return (after.copy(), after.copy()) if after is not None else (None, None)

    def _value(self, node: n.Expression) -> _Value:
        state = self.state
        if state is None:
            return UNKNOWN
        match node:
            case n.Read(variable=variable):
                return _Value((variable,), state.facts.get((variable,), NOTHING), variable)
            case n.FieldRead(owner=owner, name=name):
                held = self._value(owner)
                known = state.facts.get(held.path, NOTHING) | held.known if held.path is not None else held.known
                self.reads.append((node, held.path, known, self._is_first(held.path)))
                # From here on it is known: the program would have ended.
                state.add(held.path, frozenset({name}))
                path = (*held.path, name) if held.path is not None and len(held.path) < LONGEST else None
                return _Value(path, state.facts.get(path, NOTHING) if path is not None else NOTHING)
            case n.Coerce(operand=operand) | n.Unwrap(operand=operand) | n.Narrow(operand=operand):
                return self._value(operand)
            case n.Walrus(variable=variable, value=value):
                given = self._value(value)
                self._store(n.VariableTarget(node.span, variable), given)
                return given
            case n.Construct():
                return self._constructed(node)
            case n.FunctionCall():
                return self._called(node)
            case n.Logic():
                yes, no = self._test(node)
                self.state = _both(yes, no)
                return UNKNOWN
            case n.Conditional(test=test, body=body, otherwise=otherwise):
                yes, no = self._test(test)
                self.state = yes
                one = self._value(body)
                after = self.state
                self.state = no
                other = self._value(otherwise)
                self.state = _both(after, self.state)
                return _Value(None, one.known & other.known)
            case n.Either(left=left, right=right, variable=variable):
                given = self._value(left)
                self._store(n.VariableTarget(node.span, variable), given)
                before = state.copy()
                self._value(right)
                self.state = _both(before, self.state)
                return UNKNOWN
            case n.Comprehension(element=element, key=key, clauses=clauses):
                before = state.copy()
                for clause in clauses:
                    self._iteration(clause.iterable)
                    self._store(clause.target, UNKNOWN)
                    for each in clause.conditions:
                        yes, _ = self._test(each)
                        self.state = yes or self.state
                if key is not None:
                    self._value(key)
                self._value(element)
                after = self.state
                self.state = before
                if after is not None:
                    for moved in after.moved - before.moved:
                        before.forget(moved)
                return UNKNOWN
            case n.Lambda(body=body, function=function, receiver=receiver, held=held_values, defaults=defaults):
                for each in [*([receiver] if receiver is not None else []), *[one for _, one in held_values], *defaults]:
                    self._value(each)
                if function is not None:
                    self.as_values.add(function)
                if body is not None:
                    self.state = self._lasting(state)
                    self._value(body)
                    self.state = state
                return UNKNOWN
            case n.ValueCall():
                self._parts(node)
                if self.state is not None:
                    for part in {name for names in self.stored.values() for name in names}:
                        self.state.forget(part)
                return UNKNOWN
        self._parts(node)
        return UNKNOWN

    def _is_first(self, path: Path | None) -> bool:
        """Whether a path leads where it led when the function began, from one of its parameters."""
        if path is None or self.state is None or path[0] not in self.parameter_of:
            return False
        return self.parameter_of[path[0]][0].kind != "lambda" and not self._is_moved(path, self.state)

    def _parts(self, node: Any) -> None:
        for each in parts(node):
            if self.state is None:
                return
            if isinstance(each, n.Expression):
                self._value(each)
            elif isinstance(each, n.Statement):
                self._statement(each)
            elif isinstance(each, n.Target):
                self._store(each, UNKNOWN)
            elif isinstance(each, n.Iteration):
                self._iteration(each)
            else:
                self._parts(each)

    def _iteration(self, node: n.Iteration) -> None:
        self._value(node.value)
        for each in node.methods:
            if each is not None:
                # They run with the object as their receiver.
                self.as_values.add(each.function)

    def _constructed(self, node: n.Construct) -> _Value:
        posts = [each for each in node.arguments if isinstance(each, n.FunctionCall)] if node.init is None else []
        values = [self._value(each) for each in node.arguments if each not in posts]
        for each in (node.fields or {}).values():
            self._value(each)
        known = self.made.get(node.class_name, NOTHING) | {EXACT + node.class_name}
        cls = self.class_of.get(node.class_name)
        start = {each.partition(".")[2] for each in self._class_level(cls, node.class_name)} if cls is not None else set()
        if node.init is not None:
            this = _Value(None, frozenset(start))
            self._note_call(node.init, None, this, list(zip(node.arguments, values, strict=True)))
            self._forget_stored(node.init)
        for post in posts:
            given = [(each, self._value(each)) for each in post.arguments]
            declared = set(cls.declared.get(node.class_name, [])) - cls.set_later if cls is not None else set()
            self._note_call(post.function, None, _Value(None, frozenset(start | declared)), given)
            self._forget_stored(post.function)
        return _Value(None, known)

    def _called(self, node: n.FunctionCall) -> _Value:
        receiver = self._value(node.receiver) if node.receiver is not None else UNKNOWN
        values = [self._value(each) for each in node.arguments]
        if self.state is None:
            return UNKNOWN
        functions = self._chosen(node, receiver.known)
        given = list(zip(node.arguments, values, strict=True))
        for function in functions:
            self._note_call(function, node.receiver, receiver, given)
        for function in functions:
            self._forget_stored(function)
        everything: list[tuple[n.Expression | None, _Value]] = [*given]
        if _takes_receiver(node.function):
            everything.insert(0, (node.receiver, receiver))
        exact = {each for each in receiver.known if each.startswith(EXACT)}
        summaries = [self.summaries[each] for each in functions if each in self.summaries]
        if not summaries:
            return UNKNOWN
        assert self.state is not None
        for index, (_, value) in enumerate(everything):
            if value.path is None:
                continue
            for (at, suffix), known in summaries[0].gives.items():
                if at != index:
                    continue
                for each in summaries[1:]:
                    known &= each.gives.get((at, suffix), NOTHING)
                self.state.add((*value.path, *suffix), known)
        result = frozenset.intersection(*[each.result for each in summaries])
        returned = {each.returned for each in summaries}
        index_ = next(iter(returned))
        if len(returned) == 1 and index_ is not None and index_ < len(everything) and node.function.generator is None:
            value = everything[index_][1]
            given_fields = frozenset.intersection(*[each.gives.get((index_, ()), NOTHING) for each in summaries])
            known = value.known | given_fields | result | exact
            return _Value(value.path, known, value.same_as)
        return _Value(None, result)

    def _chosen(self, node: n.FunctionCall, known: Known) -> list[n.Function]:
        """The functions that a call can reach, where the class of the object may be known."""
        classes = [each.removeprefix(EXACT) for each in known if each.startswith(EXACT)]
        if node.dynamic and len(classes) == 1 and node.function.kind != "setter":
            current: str | None = classes[0]
            cls = self.class_of[classes[0]]
            while current is not None:
                found = cls.methods.get(current, {}).get(node.function.name)
                if found:
                    return found
                current = cls.parents.get(current)
        return self._reached(node)

    def _forget_stored(self, function: n.Function) -> None:
        if self.state is not None:
            for name in self.stored.get(function, set()):
                if any(name in path[1:] for path in self.state.facts):
                    self.state.forget(name)
                self.state.moved.add(name)

    def _note_call(
        self,
        function: n.Function,
        receiver: n.Expression | None,
        value: _Value,
        arguments: list[tuple[n.Expression, _Value]],
    ) -> None:
        everything: list[tuple[n.Expression | None, _Value]] = [*arguments]
        if _takes_receiver(function):
            everything.insert(0, (receiver, value))
        state = self.state
        assert state is not None
        noted = []
        for node, each in everything:
            inner: dict[tuple[str, ...], Known] = {(): each.known}
            if each.path is not None:
                for path, known in state.facts.items():
                    if path[: len(each.path)] == each.path:
                        suffix = tuple(path[len(each.path) :])
                        inner[suffix] = inner.get(suffix, NOTHING) | known
            noted.append((node, each, inner, self._is_first(each.path)))
        if len(noted) == len(function.parameters):
            self.calls.append(_Call(function, noted))
        else:
            self.as_values.add(function)


def _takes_receiver(function: n.Function) -> bool:
    return bool(function.owner) and function.kind in ("method", "property", "setter")


def _called_by_others(function: n.Function) -> bool:
    """Whether Rust's own operators and traits may call a method."""
    return function.name.startswith("__") and function.name.endswith("__") and function.name not in _CONSTRUCTORS


def _new_values(body: list[n.Statement], analysis: _Analysis) -> set[Any]:
    """The variables and names of fields that statements give new values."""
    found: set[Any] = set()
    for node in walk_all(body):
        if isinstance(node, n.VariableTarget | n.Walrus):
            found.add(node.variable)
        elif isinstance(node, n.FieldTarget):
            found.add(node.name)
        elif isinstance(node, n.FunctionCall):
            for each in analysis._reached(node):
                found |= analysis.stored.get(each, set())
        elif isinstance(node, n.Construct) and node.init is not None:
            found |= analysis.stored.get(node.init, set())
    return found
