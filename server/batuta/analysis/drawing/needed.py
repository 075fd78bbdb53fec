"""Which statements a program needs for what it does beside drawing: strong liveness, backwards over the statement tree.

A statement is needed when it acts (prints, writes, raises, draws from a random stream that is drawn from later), or when it binds or
changes something that a needed statement reads later. What is read by something that is not needed does not count. Functions are taken
as often as it changes what is known about them: which parameters they read, whether their result is used.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from batuta.analysis.bindings import COMPREHENSIONS, Scope, parameters
from batuta.analysis.drawing.effects import Effect, Effects
from batuta.analysis.drawing.kind import DRAWN, MIXED, NONE, NOTHING, has_drawn
from batuta.analysis.drawing.kinds import Kinds, Place
from batuta.analysis.drawing.loops import without_drawing
from batuta.analysis.drawing.names import Function, Names, Variable
from batuta.python.walk import children, walk

Live = set[Place]
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return, ast.Raise, ast.Assert, ast.Delete)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


@dataclass
class _Loop:
    node: ast.stmt
    after: Live
    head: Live


class Needed:
    """The needed statements of a program. `drawing`: whether drawing counts as acting."""

    def __init__(
        self,
        names: Names,
        kinds: Kinds,
        effects: Effects,
        drawing: bool,
        natural: Needed | None = None,
    ) -> None:
        self.names = names
        self.kinds = kinds
        self.effects = effects
        self.drawing = drawing
        self.natural = natural
        self.keep: set[ast.AST] = set()
        self.read: set[Variable] = set()
        """Variables that a needed statement reads."""
        self.attributes: set[str] = set()
        self.parameters: dict[Function, set[str]] = defaultdict(set)
        self.results: set[Function] = set()
        """Functions whose result is used."""
        self.residues: dict[ast.stmt, list[ast.expr]] = {}
        """What acts inside a statement that goes."""
        self.conflicts: dict[ast.AST, str] = {}
        self._outer: Live = set()
        """What some scope needs of another: needed everywhere."""
        self._readers: dict[Place, set[Scope]] = defaultdict(set)
        self._reached: list[Function] = []
        self._loops: list[_Loop] = []
        self._forced = 0
        self._scope = names.module
        self._function: Function | None = None
        self._sums: dict[Function, Effect] = self._summaries()
        self._run()

    # -- functions

    def _summaries(self) -> dict[Function, Effect]:
        """What a call of each function does, with the functions that it calls."""
        found: dict[Function, Effect] = {}
        for known in self.names.of_node.values():
            sum_ = found[known] = Effect()
            for each in walk(known.node):
                if isinstance(each, ast.Raise | ast.Assert | ast.Import | ast.ImportFrom):
                    sum_.acts = True
                elif isinstance(each, ast.expr):
                    own = self.effects.own(each)
                    sum_.acts |= own.acts
                    sum_.draws |= own.draws
                    sum_.changes |= own.changes
                    sum_.runs += own.runs
                    if isinstance(each, ast.Name | ast.Attribute | ast.Subscript) and not isinstance(each.ctx, ast.Load):
                        sum_.changes |= self._stored(each, known.scope)
                elif isinstance(each, ast.stmt) and not self._is_drawing(each):
                    sum_.acts |= isinstance(each, _SIMPLE) and any(self.effects.own(e).raises for e in walk(each))
                    if isinstance(each, ast.AugAssign):
                        sum_.changes |= self._stored(each.target, known.scope)
            sum_.acts |= self._keeps_state(known, sum_.changes)
        changed = True
        while changed:
            changed = False
            for sum_ in found.values():
                for other in [found[each] for each in sum_.runs]:
                    new = (sum_.acts | other.acts, sum_.draws | other.draws, sum_.changes | other.changes)
                    if new != (sum_.acts, sum_.draws, sum_.changes):
                        sum_.acts, sum_.draws, sum_.changes = new
                        changed = True
        return found

    def _keeps_state(self, known: Function, changes: set[Place]) -> bool:
        """Whether a call leaves something for the next one: a decorator that runs around it, a default that it changes."""
        for each in known.node.decorator_list:
            plain = each.func if isinstance(each, ast.Call) else each
            harmless = isinstance(plain, ast.Name) and plain.id in ("staticmethod", "classmethod", "property")
            harmless = harmless or self.names.qualified(plain) in ("functools.wraps", "functools.cached_property")
            if not harmless and not (isinstance(plain, ast.Attribute) and plain.attr == "setter"):
                return True
        arguments = known.node.args
        defaults = [*arguments.defaults, *[each for each in arguments.kw_defaults if each is not None]]
        if all(isinstance(each, ast.Constant) for each in defaults):
            return False
        families = {self.kinds.family(self.names.variables[each]) for each in parameters(arguments)}
        return bool(families & changes)

    def _stored(self, target: ast.expr, scope: Scope) -> set[Place]:
        """The families that an assignment to a target changes, as others see it."""
        if isinstance(target, ast.Name):
            variable = self.names.variables[target]
            return {self.kinds.family(variable)} if variable[0] is not scope and not self._is_inner(variable[0]) else set()
        if isinstance(target, ast.Attribute):
            found = {self.kinds.family(place) for place in self.kinds.sources(target.value)}
            # An attribute that is read somewhere: its own place says whether it is.
            own: Place = ("attribute", target.attr)
            return {self.kinds.family(own)} if target.attr in self.names.stored_attributes else found | {own}
        if isinstance(target, ast.Subscript):
            return {self.kinds.family(place) for place in self.kinds.sources(target.value)}
        return set()

    def _is_inner(self, scope: Scope) -> bool:
        return isinstance(scope.node, (*COMPREHENSIONS, ast.Lambda))

    def _run(self) -> None:
        while True:
            before = self._size()
            self._scope, self._function = self.names.module, None
            self._block(self.names.tree.body, set())
            for known in list(self._reached):
                self._take(known)
            for known in self.names.of_node.values():
                if known not in self._reached and self._is_reached(known):
                    self._reached.append(known)
            if self._size() == before:
                return

    def _size(self) -> tuple[int, ...]:
        return (
            len(self.keep), len(self.read), len(self.attributes), sum(map(len, self.parameters.values())), len(self.results),
            len(self._outer), sum(map(len, self._readers.values())), len(self._reached), len(self.conflicts),
        )  # fmt: skip

    def _is_reached(self, known: Function) -> bool:
        if known.owner is None:
            return known.variable in self.read
        name = known.node.name
        above = self.names.variables[known.owner]
        return above in self.read and (name in self.attributes or (name.startswith("__") and name.endswith("__")))

    def _take(self, known: Function) -> None:
        before = self._scope, self._function, self._loops
        self._scope, self._function, self._loops = known.scope, known, []
        live = self._block(known.node.body, set())
        own = {each.arg for each in parameters(known.node.args) if (known.scope, each.arg) in live | self._outer}
        self.parameters[known] |= own
        if self.natural is not None:
            # What nothing ever read is not what fed the drawing.
            unread = {
                each.arg
                for each in parameters(known.node.args)
                if each.arg not in self.natural.parameters[known] and not has_drawn(self._kind_of((known.scope, each.arg)))
            }
            self.parameters[known] |= unread
        self._scope, self._function, self._loops = before

    def _kind_of(self, place: Place) -> tuple[object, ...]:
        return self.kinds.known.get(place, NOTHING)

    # -- what is live

    def is_bound_needed(self, variable: Variable, live: Live) -> bool:
        """Whether a binding of the variable here is read later."""
        return variable in live or variable in self._outer

    def _is_live(self, family: Place, live: Live) -> bool:
        if family in live or family in self._outer:
            return True
        if any(self.kinds.family(each) == family for each in live) or any(self.kinds.family(e) == family for e in self._outer):
            return True
        if any(self.kinds.family(("attribute", each)) == family for each in self.attributes):
            return True
        return self._scope is not self.names.module and bool(self._readers[family] - {self._scope})

    def _effect_needed(self, effect: Effect, live: Live) -> bool:
        if effect.acts or (self.drawing and effect.draws):
            return True
        changes = set(effect.changes)
        for each in effect.runs:
            sum_ = self._sums[each]
            if sum_.acts or (self.drawing and sum_.draws):
                return True
            changes |= sum_.changes
        return any(self._is_live(each, live) for each in changes)

    def acts(self, node: ast.AST, live: Live) -> bool:
        """Whether evaluating a node does something that is needed."""
        return self._effect_needed(self.effects.whole(node), live)

    def removed_argument(self, call: ast.Call, argument: ast.expr) -> bool:
        """Whether an argument goes, because the function does not need it any more."""
        if self.drawing:
            return False
        called = self.names.called(call)
        if len(called) != 1 or not called[0].removable:
            return False
        name = self.names.argument_of(call, called[0], argument)
        return bool(name) and name not in self.parameters[called[0]]

    def _read(self, node: ast.AST, live: Live, used: bool = True) -> None:
        """A needed evaluation: what it reads is live before it."""
        todo: list[tuple[ast.AST, bool]] = [(node, used)]
        while todo:
            each, used = todo.pop()
            if isinstance(each, ast.expr) and not self.drawing:
                kind = self.kinds.of(each)
                # The names that an assignment stores are no reading.
                if kind in (DRAWN, MIXED) and not isinstance(getattr(each, "ctx", None), ast.Store):
                    self._conflict(each, "what the drawing gives is needed here for something else")
                    return
                # `return fig, score` gives None in the place of the figure.
                if isinstance(each, ast.Tuple):
                    todo += [(item, True) for item in each.elts if self.kinds.of(item) != DRAWN]
                    continue
            if isinstance(each, ast.Name):
                self._read_name(each, live)
            elif isinstance(each, ast.Attribute):
                self.attributes.add(each.attr)
                for known in self.names.methods.get(each.attr, []):
                    self.results.add(known)
            elif isinstance(each, ast.Call):
                self._read_call(each, live, used)
                todo += [(each.func, True)]
                todo += [
                    (a, True) for a in [*each.args, *[k.value for k in each.keywords]] if not self.removed_argument(each, a)
                ]
                continue
            effect = self.effects.own(each)
            for family in effect.changes:
                if family[0] == "stream":
                    self._need(family, live)
            todo += [(child, True) for child in children(each)]

    def _read_name(self, node: ast.Name, live: Live) -> None:
        variable = self.names.variables.get(node)
        if variable is None or not isinstance(node.ctx, ast.Load):
            return
        self.read.add(variable)
        if variable[0] is self._scope or self._is_inner(variable[0]):
            live.add(variable)
        else:
            self._outer.add(variable)
        self._readers[self.kinds.family(variable)].add(self._scope)
        parent = self.names.parents.get(node)
        if not (isinstance(parent, ast.Call) and parent.func is node):
            for known in self.names.functions.get(variable, []):
                self.results.add(known)

    def _read_call(self, node: ast.Call, live: Live, used: bool) -> None:
        for known in self.names.called(node):
            if used:
                self.results.add(known)
            for argument in [*node.args, *[k.value for k in node.keywords]]:
                if self.removed_argument(node, argument) and self.acts(argument, live):
                    # An argument that acts is evaluated as before.
                    self.parameters[known].add(self.names.argument_of(node, known, argument))
            for family in self._sums[known].changes:
                if family[0] == "stream":
                    self._need(family, live)
        for family in self.effects.own(node).changes:
            if family[0] == "stream":
                self._need(family, live)

    def _need(self, place: Place, live: Live) -> None:
        (live if self._function is None else self._outer).add(place)

    def _conflict(self, node: ast.AST, reason: str) -> None:
        if not self.drawing:
            self.conflicts.setdefault(node, reason)

    # -- statements

    def _block(self, statements: list[ast.stmt], live: Live) -> Live:
        for each in reversed(statements):
            live = self._statement(each, live)
        return live

    def is_natural(self, node: ast.stmt) -> bool:
        """Whether a statement was not needed for the drawing either: it stays as it is."""
        return self.natural is not None and node not in self.natural.keep and not self._touches_drawing(node)

    def _touches_drawing(self, node: ast.AST) -> bool:
        return any(isinstance(each, ast.expr) and has_drawn(self.kinds.of(each)) for each in walk(node))

    def _is_drawing(self, node: ast.stmt) -> bool:
        """Whether a simple statement is about the drawing: it goes, but for what acts inside it."""
        if self.drawing:
            return False
        match node:
            case ast.Expr(value=value):
                return self.kinds.of(value) == DRAWN
            case ast.Assign(targets=targets, value=value):
                return self.kinds.of(value) == DRAWN or any(self._stores_in_drawing(each) for each in targets)
            case ast.AugAssign(target=target, value=value) | ast.AnnAssign(target=target, value=ast.expr() as value):
                return self.kinds.of(value) == DRAWN or self._stores_in_drawing(target)
            case ast.Delete(targets=targets):
                return all(self.kinds.of(each) == DRAWN or self._stores_in_drawing(each) for each in targets)
        return False

    def _stores_in_drawing(self, target: ast.expr) -> bool:
        return isinstance(target, ast.Attribute | ast.Subscript) and self.kinds.of(target.value) == DRAWN

    def _statement(self, node: ast.stmt, live: Live) -> Live:
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Pass() | ast.Global() | ast.Nonlocal():
                self.keep.add(node)
                return live
            case ast.Import() | ast.ImportFrom():
                return live
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return self._definition(node, live)
            case ast.ClassDef():
                return self._class(node, live)
            case ast.If():
                return self._if(node, live)
            case ast.For() | ast.AsyncFor():
                return self._for(node, live)
            case ast.While():
                return self._while(node, live)
            case ast.With() | ast.AsyncWith():
                return self._with(node, live)
            case ast.Try() | ast.TryStar():
                return self._try(node, live)
            case ast.Match():
                return self._match(node, live)
            case ast.Break() | ast.Continue():
                return self._jump(node, live)
            case ast.Return():
                return self._return(node, live)
        if self._is_drawing(node):
            return self._drawing(node, live)
        return self._simple(node, live)

    def _drawing(self, node: ast.stmt, live: Live) -> Live:
        """A statement that goes; what acts inside it stays."""
        for each in walk(node):
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
                variable = self.names.variables[each]
                if self.is_bound_needed(variable, live):
                    self._conflict(node, f"`{each.id}` holds what the drawing gives, and is needed for something else")
            elif isinstance(each, ast.Attribute | ast.Subscript) and isinstance(each.ctx, ast.Store):
                if self.kinds.of(each.value) != DRAWN and any(self._is_live(f, live) for f in self._stored(each, self._scope)):
                    self._conflict(node, "what the drawing gives is stored in something that is needed for something else")
        residue: list[ast.expr] = []
        for part in children(node):
            if isinstance(part, ast.expr):
                residue += self._residue(part, live)
        self.residues[node] = residue
        for part in reversed(residue):
            self._read(part, live, used=False)
        return live

    def _residue(self, node: ast.expr, live: Live) -> list[ast.expr]:
        """The parts of an expression that act, in the order in which they are evaluated."""
        if not self.acts(node, live):
            return []
        own = self._effect_needed(self.effects.own(node), live)
        held = isinstance(node, (ast.IfExp, ast.BoolOp, ast.Lambda, *COMPREHENSIONS))
        if own or held:
            if not isinstance(node, ast.Call) and (self._touches_drawing(node) or not held or isinstance(node, ast.Lambda)):
                self._conflict(node, "a part of the drawing does something that has to stay")
                return []
            return [node]
        found: list[ast.expr] = []
        for child in children(node):
            inner = child.value if isinstance(child, ast.keyword | ast.FormattedValue) else child
            if isinstance(inner, ast.expr):
                found += self._residue(inner, live)
        return found

    def _simple(self, node: ast.stmt, live: Live) -> Live:
        needed = node in self.keep or self._forced > 0 or self.is_natural(node) or isinstance(node, ast.Raise | ast.Assert)
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AugAssign | ast.AnnAssign):
            targets = [node.target]
        elif isinstance(node, ast.Delete):
            # Decided when all is known: a name goes with its bindings.
            return live
        needed = needed or self.acts(node, live) or any(self._target_needed(each, node, live) for each in targets)
        needed = needed or (not self._touches_drawing(node) and self.effects.whole(node).raises)
        if isinstance(node, ast.AnnAssign) and node.value is None:
            needed = needed or not isinstance(self._scope.node, ast.Module | ast.FunctionDef)
        if not needed:
            return live
        self.keep.add(node)
        live = set(live)
        for target in targets:
            for each in walk(target):
                if (
                    isinstance(each, ast.Name)
                    and isinstance(each.ctx, ast.Store)
                    and isinstance(node, ast.Assign | ast.AnnAssign)
                ):
                    live.discard(self.names.variables[each])
        for target in targets:
            if isinstance(node, ast.AugAssign) and isinstance(target, ast.Name):
                variable = self.names.variables[target]
                self.read.add(variable)
                (live if variable[0] is self._scope else self._outer).add(variable)
                self._readers[self.kinds.family(variable)].add(self._scope)
            else:
                self._read_target(target, live)
        for part in children(node):
            if isinstance(part, ast.expr) and part not in targets:
                self._read(part, live, used=not isinstance(node, ast.Expr))
        return live

    def _read_target(self, target: ast.expr, live: Live) -> None:
        match target:
            case ast.Tuple(elts=items) | ast.List(elts=items):
                for each in items:
                    self._read_target(each, live)
            case ast.Starred(value=value):
                self._read_target(value, live)
            case ast.Attribute(value=value):
                self._read(value, live)
            case ast.Subscript(value=value, slice=index):
                self._read(value, live)
                self._read(index, live)

    def _target_needed(self, target: ast.expr, node: ast.stmt, live: Live) -> bool:
        match target:
            case ast.Name():
                variable = self.names.variables[target]
                if self.is_bound_needed(variable, live):
                    return True
                # `array += 1` changes the array for whoever else holds it.
                changes = isinstance(node, ast.AugAssign) and self._is_live(self.kinds.family(variable), live)
                return changes or isinstance(variable[0].node, ast.ClassDef)
            case ast.Tuple(elts=items) | ast.List(elts=items):
                return any(self._target_needed(each, node, live) for each in items)
            case ast.Starred(value=value):
                return self._target_needed(value, node, live)
            case ast.Attribute() | ast.Subscript():
                return any(self._is_live(each, live) for each in self._stored(target, self._scope))
        return True

    def _definition(self, node: ast.FunctionDef | ast.AsyncFunctionDef, live: Live) -> Live:
        known = self.names.of_node[node]
        wanted = self._is_reached(known) or self.is_bound_needed(known.variable, live)
        if not wanted and not (self.is_natural(node) and not self._is_used_for_drawing(known)):
            return live
        self.keep.add(node)
        live = set(live)
        live.discard(known.variable)
        if self.is_natural(node) and not wanted:
            self.read.add(known.variable)
        outside: list[ast.expr] = [*node.decorator_list, *node.args.defaults, *[d for d in node.args.kw_defaults if d]]
        for each in [
            *outside,
            *[a.annotation for a in parameters(node.args) if a.annotation],
            *([node.returns] if node.returns else []),
        ]:
            if not (self.kinds.of(each) == DRAWN and each not in outside):
                self._read(each, live)
        return live

    def _is_used_for_drawing(self, known: Function) -> bool:
        return self._touches_drawing(known.node)

    def _class(self, node: ast.ClassDef, live: Live) -> Live:
        variable = self.names.variables[node]
        if not self.is_bound_needed(variable, live) and not self.is_natural(node):
            return live
        self.keep.add(node)
        self.read.add(variable)
        for each in [*node.bases, *[k.value for k in node.keywords], *node.decorator_list]:
            self._read(each, live)
        before, self._scope = self._scope, self.names.scopes[node]
        inner = self._block(node.body, set())
        self._scope = before
        return live | {each for each in inner if each[0] is self._scope}

    def _if(self, node: ast.If, live: Live) -> Live:
        after = self._block(node.body, set(live)) | self._block(node.orelse, set(live))
        if self._any_kept([*node.body, *node.orelse]) or self.acts(node.test, live):
            self.keep.add(node)
            self._read(node.test, after)
        return after if node in self.keep else live | after

    def _any_kept(self, statements: list[ast.stmt]) -> bool:
        return any(
            (each in self.keep and not isinstance(each, ast.Pass) and not _is_text(each)) or self.residues.get(each)
            for each in statements
        )

    def _repeat(self, node: ast.stmt, body: list[ast.stmt], head: Live, after: Live) -> Live:
        """The live set at the head of a loop, the body taken until it holds."""
        while True:
            self._loops.append(_Loop(node, after, head))
            again = head | self._block(body, set(head))
            self._loops.pop()
            if again == head:
                return head
            head = again

    def _for(self, node: ast.For | ast.AsyncFor, live: Live) -> Live:
        after = self._block(node.orelse, set(live)) | live
        head = self._repeat(node, node.body, set(after), after)
        binds = any(
            isinstance(each, ast.Name)
            and self.kinds.of(each) != DRAWN
            and self.is_bound_needed(self.names.variables[each], live)
            for each in walk(node.target)
        )
        acts = self.acts(node.iter, live) or (bool(self.effects.special) and self.kinds.of(node.iter) != DRAWN)
        if self.kinds.of(node.iter) == DRAWN and acts and not self._any_kept([*node.body, *node.orelse]):
            residue = self.residues[node] = self._residue(node.iter, live)
            for part in reversed(residue):
                self._read(part, head, used=False)
            return head
        if self._any_kept([*node.body, *node.orelse]) or binds or (acts and self.kinds.of(node.iter) != DRAWN) or self._forced:
            self.keep.add(node)
            for each in walk(node.target):
                if isinstance(each, ast.Name):
                    head.discard(self.names.variables[each])
            head |= after
            split = (
                without_drawing(self.names, self.kinds, node.target, node.iter)
                if not self.drawing
                else (node.target, node.iter)
            )
            if split is None:
                self._conflict(node, "how often this loop runs depends on the drawing, in a way that cannot be told beforehand")
                return head
            self._read_target(split[0], head)
            self._read(split[1], head)
        return head

    def _while(self, node: ast.While, live: Live) -> Live:
        after = self._block(node.orelse, set(live)) | live
        head = self._repeat(node, node.body, set(after), after)
        if self._any_kept([*node.body, *node.orelse]) or self.acts(node.test, head):
            self.keep.add(node)
            self._read(node.test, head)
            head = self._repeat(node, node.body, head, after)
        return head

    def _with(self, node: ast.With | ast.AsyncWith, live: Live) -> Live:
        live = self._block(node.body, set(live))
        for item in reversed(node.items):
            if self.kinds.of(item.context_expr) == DRAWN and not self.drawing:
                for part in reversed(self._residue(item.context_expr, live)):
                    self._conflict(part, "a part of the drawing does something that has to stay")
                continue
            # Entering and leaving may do something.
            managed = bool(self.names.methods.get("__enter__"))
            if managed or self._any_kept(node.body) or self.acts(item.context_expr, live) or self._forced:
                self.keep.add(node)
                self._read(item.context_expr, live)
        return live

    def _try(self, node: ast.Try | ast.TryStar, live: Live) -> Live:
        last = self._block(node.finalbody, set(live))
        handlers = set(last)
        for handler in node.handlers:
            handlers |= self._block(handler.body, set(last))
        everything = [*node.body, *node.orelse, *node.finalbody, *[each for one in node.handlers for each in one.body]]
        inside = self._block(node.orelse, set(last)) | handlers
        forced = bool(node.handlers) and self._any_kept(everything)
        self._forced += forced
        inside = self._block(node.body, inside) | handlers
        self._forced -= forced
        if self._any_kept(everything):
            self.keep.add(node)
            for handler in node.handlers:
                if handler.type is not None:
                    self._read(handler.type, inside)
        return inside

    def _match(self, node: ast.Match, live: Live) -> Live:
        after = set(live)
        bodies = [each for case in node.cases for each in case.body]
        for case in node.cases:
            after |= self._block(case.body, set(live))
        if self._any_kept(bodies) or self.acts(node.subject, live):
            self.keep.add(node)
            self._read(node.subject, after)
            for case in node.cases:
                if case.guard is not None:
                    self._read(case.guard, after)
                self._read(case.pattern, after)
        return after

    def _jump(self, node: ast.Break | ast.Continue, live: Live) -> Live:
        loop = self._loops[-1] if self._loops else None
        if loop is None:
            return live
        if loop.node in self.keep or self._any_kept(getattr(loop.node, "body", [])):
            self.keep.add(node)
        return set(loop.after if isinstance(node, ast.Break) else loop.head) | (set() if node in self.keep else live)

    def _return(self, node: ast.Return, live: Live) -> Live:
        known = self._function
        if known is None:
            return live
        kind = self.kinds.of(node.value) if node.value is not None else NONE
        early = node is not known.node.body[-1] and self._any_kept(known.node.body)
        acts = node.value is not None and self.acts(node.value, live)
        valued = node.value is not None and kind != DRAWN and (known in self.results or self.is_natural(node) or acts)
        if kind == DRAWN and node.value is not None and not self.drawing:
            self.residues[node] = self._residue(node.value, set())
            live = set()
            for part in self.residues[node]:
                self._read(part, live, used=False)
            if early:
                self.keep.add(node)
            return live
        if early or valued or self._forced:
            self.keep.add(node)
            found: Live = set()
            if node.value is not None and valued:
                self._read(node.value, found)
            return found
        return live


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def names_stored(node: ast.AST) -> Iterator[str]:
    """The names that a statement binds."""
    for each in walk(node):
        if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            yield each.id
