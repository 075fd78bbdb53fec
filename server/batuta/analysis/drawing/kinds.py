"""What the values of a program are, as far as leaving out its drawing asks: from the drawing, a number or text, or something else.

Found for all variables at once, without regard to the order of statements, until nothing new is learned. Whatever is computed from
something of the drawing (`ax.get_xlim()`, `fig.axes[0]`) is from the drawing too. Beside the kinds stand the *families*: variables that
may hold the same changeable object.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import cast

from batuta.analysis.bindings import parameters
from batuta.analysis.drawing.kind import (
    DRAWN,
    MIXED,
    NONE,
    NOTHING,
    OTHER,
    PLAIN,
    Kind,
    element,
    has_drawn,
    items_of,
    join,
    tuple_of,
)
from batuta.analysis.drawing.names import Function, Names, Variable
from batuta.analysis.drawing.what_draws import draws
from batuta.python.walk import children, walk

MOST_ROUNDS = 30
Place = Variable | tuple[str, str]
"""A variable, or an attribute by its name."""

_PLAIN_RESULTS = frozenset(
    {"int", "str", "float", "len", "bool", "ord", "chr", "type", "repr", "hash", "id", "format", "input"}
)
_SAME_ITEMS = frozenset({"list", "tuple", "sorted", "reversed", "iter", "set", "frozenset"})
_VIEWS = frozenset(
    {
        "reshape", "ravel", "squeeze", "transpose", "swapaxes", "view", "items", "values", "keys", "get", "setdefault", "pop",
        "fit", "partial_fit", "set_params", "T", "asarray", "atleast_1d", "atleast_2d", "split", "array_split", "broadcast_to",
        "expand_dims", "moveaxis", "asfortranarray", "ascontiguousarray", "popleft", "to_numpy", "loc", "iloc",
    }
)  # fmt: skip
"""Methods and functions whose result may share its memory with what they are given."""
_KEEPING = frozenset({"append", "extend", "add", "insert", "update", "setdefault", "put", "appendleft"})
_CONTAINERS = _SAME_ITEMS | {"zip", "enumerate", "map", "filter", "next", "max", "min", "dict", "cycle", "chain", "product"}


class Kinds:
    """The kinds and families of a program."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.known: dict[Place, Kind] = {}
        self.results: dict[Function, Kind] = {}
        self._above: dict[Place, Place] = {}
        self.consumed: set[Place] = set()
        """Families that hold an iterator, which reading uses up."""
        self._changed = True
        self._nodes = [each for each in walk(names.tree) if not isinstance(each, ast.Name | ast.Constant)]
        for _ in range(MOST_ROUNDS):
            self._changed = False
            for each in self._nodes:
                self._learn(each)
            if not self._changed:
                break
        else:
            # Not reached in a program that anybody wrote; then nothing is known to be from the drawing but the imports.
            self.known = dict.fromkeys(self.known, MIXED)
        self._find_iterators()

    # -- families

    def family(self, place: Place) -> Place:
        """The place that stands for all that may hold the same object."""
        while place in self._above:
            place = self._above[place]
        return place

    def _together(self, left: Place, right: Place) -> None:
        left, right = self.family(left), self.family(right)
        if left != right:
            self._above[left] = right
            self._changed = True

    def sources(self, node: ast.expr) -> Iterator[Place]:
        """The places whose object the value of an expression may be, or may hold."""
        if isinstance(node, ast.Compare | ast.JoinedStr | ast.Constant | ast.UnaryOp | ast.Lambda):
            return
        kind = self.of(node)
        if kind in (PLAIN, NONE, DRAWN) and not isinstance(node, ast.Name):
            return
        match node:
            case ast.Name():
                variable = self.names.variables[node]
                if self.known.get(variable) not in (PLAIN, NONE) and variable not in self.names.imports:
                    yield variable
            case ast.Attribute(value=value, attr=attribute):
                if attribute in self.names.stored_attributes and not self.names.qualified(node):
                    yield ("attribute", attribute)
                else:
                    yield from self.sources(value)
            case ast.Subscript(value=value):
                yield from self.sources(value)
            case ast.BinOp(left=left, op=op, right=right):
                if isinstance(op, ast.Add) and any(self.of(each)[0] in ("items", "tuple") for each in (left, right)):
                    yield from self.sources(left)
                    yield from self.sources(right)
            case ast.Call():
                yield from self._sources_of_call(node)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp():
                yield from self.sources(node.elt)
                for generator in node.generators:
                    yield from self.sources(generator.iter)
            case ast.DictComp():
                yield from self.sources(node.value)
            case _:
                for child in children(node):
                    if isinstance(child, ast.expr):
                        yield from self.sources(child)

    def _sources_of_call(self, node: ast.Call) -> Iterator[Place]:
        given = [*node.args, *[each.value for each in node.keywords]]
        if self.names.called(node):
            for known in self.names.called(node):
                if known.bound and isinstance(node.func, ast.Attribute):
                    yield from self.sources(node.func.value)
            for each in given:
                yield from self.sources(each.value if isinstance(each, ast.Starred) else each)
            return
        qualified = self.names.qualified(node.func)
        if qualified:
            top = qualified.partition(".")[0]
            if top in ("numpy", "math", "scipy") and qualified.rpartition(".")[2] not in _VIEWS:
                return
            for each in given:
                yield from self.sources(each.value if isinstance(each, ast.Starred) else each)
            return
        match node.func:
            case ast.Attribute(value=value, attr=attribute):
                if attribute in _VIEWS:
                    yield from self.sources(value)
                if attribute in ("get", "setdefault", "pop"):
                    for each in given:
                        yield from self.sources(each)
            case ast.Name(id=name) if self.names.variables[node.func] not in self.names.classes:
                if name in _CONTAINERS:
                    for each in given:
                        yield from self.sources(each.value if isinstance(each, ast.Starred) else each)
            case _:
                for each in given:
                    yield from self.sources(each.value if isinstance(each, ast.Starred) else each)

    # -- kinds

    def of(self, node: ast.expr) -> Kind:
        """The kind of an expression's value."""
        match node:
            case ast.Constant(value=value):
                return NONE if value is None else PLAIN
            case ast.Name():
                variable = self.names.variables[node]
                meant = self.names.imports.get(variable)
                if meant is not None:
                    return DRAWN if draws(meant) else OTHER
                if variable in self.names.functions or variable in self.names.classes:
                    return OTHER
                return self.known.get(variable, OTHER if self.names.binding_count[variable] == 0 else NOTHING)
            case ast.Attribute(value=value, attr=attribute):
                return self._attribute(node, value, attribute)
            case ast.Tuple(elts=items) if not any(isinstance(each, ast.Starred) for each in items):
                return tuple_of([self.of(each) for each in items])
            case ast.List(elts=items) | ast.Set(elts=items) | ast.Tuple(elts=items):
                found = NOTHING
                for each in items:
                    found = join(found, element(self.of(each.value)) if isinstance(each, ast.Starred) else self.of(each))
                return items_of(found)
            case ast.Dict(keys=keys, values=values):
                key, value_kind = NOTHING, NOTHING
                for one, other in zip(keys, values, strict=True):
                    key = join(key, self.of(one)) if one is not None else OTHER
                    value_kind = join(value_kind, self.of(other))
                return DRAWN if value_kind == DRAWN else ("dict", key, value_kind)
            case ast.ListComp(elt=elt) | ast.SetComp(elt=elt) | ast.GeneratorExp(elt=elt):
                return items_of(self.of(elt))
            case ast.DictComp(key=key_node, value=value_node):
                kind = self.of(value_node)
                return DRAWN if kind == DRAWN else ("dict", self.of(key_node), kind)
            case ast.IfExp(body=body, orelse=otherwise):
                return join(self.of(body), self.of(otherwise))
            case ast.BoolOp(values=values):
                found = NOTHING
                for each in values:
                    found = join(found, self.of(each))
                return found
            case ast.NamedExpr(value=value):
                return self.of(value)
            case ast.Subscript(value=value, slice=index):
                return self._subscript(value, index)
            case ast.Call():
                return self._call(node)
            case ast.JoinedStr():
                return DRAWN if self._computed_from_drawing(node) else PLAIN
            case ast.BinOp(left=left, right=right):
                sides = [self.of(left), self.of(right)]
                if any(has_drawn(each) for each in sides):
                    return DRAWN
                return (
                    PLAIN
                    if sides == [PLAIN, PLAIN]
                    else OTHER
                    if sides[0][0] not in ("items", "tuple")
                    else join(sides[0], sides[1])
                )
            case ast.UnaryOp(operand=operand):
                kind = self.of(operand)
                return DRAWN if has_drawn(kind) else kind if kind == PLAIN else OTHER
            case ast.Compare(left=left, comparators=others):
                sides = [self.of(each) for each in [left, *others]]
                return DRAWN if any(has_drawn(each) for each in sides) else PLAIN if set(sides) <= {PLAIN, NONE} else OTHER
            case ast.Lambda():
                return OTHER
            case ast.Starred(value=value):
                return self.of(value)
        return OTHER

    def _computed_from_drawing(self, node: ast.expr) -> bool:
        """Whether an operation has something of the drawing among what it computes from."""
        return any(has_drawn(self.of(each)) for child in children(node) for each in _parts(child) if isinstance(each, ast.expr))

    def _attribute(self, node: ast.Attribute, value: ast.expr, attribute: str) -> Kind:
        qualified = self.names.qualified(node)
        if qualified:
            return DRAWN if draws(qualified) else OTHER
        kind = self.of(value)
        if kind == DRAWN or self.names.draws_table(node):
            return DRAWN
        stored = self.known.get(("attribute", attribute))
        if stored is not None:
            return stored
        if attribute in self.names.stored_attributes:
            return NOTHING
        return PLAIN if attribute in ("shape", "size", "ndim", "__name__") else OTHER

    def _subscript(self, value: ast.expr, index: ast.expr) -> Kind:
        kind = self.of(value)
        if has_drawn(self.of(index)) or kind == DRAWN:
            return DRAWN
        if kind[0] == "tuple" and isinstance(index, ast.Constant) and isinstance(index.value, int):
            return kind[1][index.value] if -len(kind[1]) <= index.value < len(kind[1]) else OTHER
        if isinstance(index, ast.Slice):
            return kind if kind[0] == "items" else element(kind) if kind == PLAIN else OTHER
        return kind[2] if kind[0] == "dict" else element(kind)

    def _call(self, node: ast.Call) -> Kind:
        called = self.names.called(node)
        if called:
            if isinstance(node.func, ast.Name) and self.names.variables[node.func] in self.names.classes:
                return OTHER
            found = NOTHING
            for known in called:
                found = join(found, self.results.get(known, NOTHING))
            return found
        if isinstance(node.func, ast.Name) and self.names.variables[node.func] in self.names.classes:
            return OTHER
        name = node.func.id if isinstance(node.func, ast.Name) else self.names.qualified(node.func)
        arguments = [self.of(each) for each in node.args]
        if name in ("zip", "itertools.zip_longest", "itertools.product"):
            return ("items", tuple_of([element(each) for each in arguments]))
        if name == "enumerate" and arguments:
            return ("items", ("tuple", (PLAIN, element(arguments[0]))))
        if name == "range":
            return DRAWN if any(has_drawn(each) for each in arguments) else ("items", PLAIN)
        if name in _SAME_ITEMS or name == "itertools.cycle":
            return items_of(element(arguments[0])) if arguments else ("items", NOTHING)
        kind = self.of(node.func) if not isinstance(node.func, ast.Name) or name not in _PLAIN_RESULTS else OTHER
        given = [*arguments, *[self.of(each.value) for each in node.keywords]]
        if kind == DRAWN or any(has_drawn(each) for each in given):
            return DRAWN
        if isinstance(node.func, ast.Attribute):
            receiver = self.of(node.func.value)
            if node.func.attr == "items" and receiver[0] == "dict":
                return ("items", ("tuple", (receiver[1], receiver[2])))
            if node.func.attr == "values" and receiver[0] == "dict":
                return items_of(receiver[2])
            if node.func.attr in ("get", "pop") and receiver[0] == "dict":
                return cast(Kind, receiver[2])
            if node.func.attr == "pop" and receiver[0] == "items":
                return element(receiver)
            if node.func.attr in ("format", "join", "strip", "upper", "lower", "replace", "title", "ljust", "rjust"):
                return PLAIN if receiver == PLAIN else OTHER
            return MIXED if receiver == MIXED else OTHER
        if name == "next" and arguments:
            return element(arguments[0])
        return PLAIN if name in _PLAIN_RESULTS else OTHER

    # -- learning

    def _set(self, place: Place, kind: Kind) -> None:
        before = self.known.get(place, NOTHING)
        after = join(before, kind)
        if after != before:
            self.known[place] = after
            self._changed = True

    def _learn(self, node: ast.AST) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    self._bind(target, self.of(value), value)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                self._bind(target, self.of(value), value)
            case ast.AugAssign(target=target, value=value):
                kind = self.of(value)
                kind = DRAWN if has_drawn(kind) else kind if kind in (PLAIN, NOTHING) or kind[0] == "items" else OTHER
                self._bind(target, kind, value)
            case ast.For(target=target, iter=iterated) | ast.AsyncFor(target=target, iter=iterated):
                self._bind_items(target, iterated)
            case ast.comprehension(target=target, iter=iterated):
                self._bind_items(target, iterated)
            case ast.withitem(context_expr=expression, optional_vars=ast.expr() as target):
                self._bind(target, self.of(expression), expression)
            case ast.ExceptHandler(name=str()):
                self._set(self.names.variables[node], OTHER)
            case ast.Delete():
                pass
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.Lambda():
                self._function(node)
            case ast.Call():
                self._arguments(node)
            case ast.Return(value=value):
                holder = self._function_of(node)
                if holder is not None:
                    kind = NONE if value is None else self.of(value)
                    before = self.results.get(holder, NOTHING)
                    after = join(before, kind)
                    if after != before:
                        self.results[holder] = after
                        self._changed = True
            case ast.Yield() | ast.YieldFrom():
                holder = self._function_of(node)
                if holder is not None and self.results.get(holder) != OTHER:
                    self.results[holder] = OTHER
                    self._changed = True
            case ast.MatchAs(name=str()) | ast.MatchStar(name=str()):
                pass

    def _function_of(self, node: ast.AST) -> Function | None:
        above: ast.AST | None = self.names.parents.get(node)
        while above is not None and not isinstance(above, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            above = self.names.parents.get(above)
        return self.names.of_node.get(above) if above is not None else None

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> None:
        names = parameters(node.args)
        known = self.names.of_node.get(node)
        plain = [*node.args.posonlyargs, *node.args.args]
        defaults = dict(
            zip([each.arg for each in plain[len(plain) - len(node.args.defaults) :]], node.args.defaults, strict=True)
        )
        defaults |= {a.arg: d for a, d in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True) if d is not None}
        for each in names:
            variable = self.names.variables[each]
            if each.arg in defaults:
                self._set(variable, self.of(defaults[each.arg]))
            elif known is None or not known.calls or each in (node.args.vararg, node.args.kwarg):
                self._set(variable, OTHER)
        if known is not None and known.owner is not None and known.bound and names:
            self._set(self.names.variables[names[0]], OTHER)
        if known is not None and not any(isinstance(each, ast.Return) for each in walk(node)) and known not in self.results:
            self.results[known] = NONE
            self._changed = True

    def _arguments(self, call: ast.Call) -> None:
        for known in self.names.called(call):
            by_name = {each.arg: each for each in parameters(known.node.args)}
            for argument in [*call.args, *[each.value for each in call.keywords]]:
                name = self.names.argument_of(call, known, argument)
                if name in by_name:
                    place = self.names.variables[by_name[name]]
                    self._bind_place(place, self.of(argument), argument)
                elif isinstance(argument, ast.Starred):
                    for each in by_name.values():
                        self._bind_place(self.names.variables[each], OTHER, argument.value)
        if isinstance(call.func, ast.Attribute) and call.func.attr in _KEEPING and not self.names.called(call):
            holder = call.func.value
            for argument in [*call.args, *[each.value for each in call.keywords]]:
                kind = self.of(argument)
                kind = kind if call.func.attr in ("extend", "update") else items_of(kind)
                for target in self.sources(holder):
                    if isinstance(holder, ast.Name | ast.Attribute) and (kind[0] == "items" or kind == DRAWN):
                        self._set(target, kind)
                    for source in self.sources(argument):
                        self._together(target, source)

    def _bind(self, target: ast.expr, kind: Kind, value: ast.expr | None) -> None:
        match target:
            case ast.Name():
                self._bind_place(self.names.variables[target], kind, value)
            case ast.Tuple(elts=items) | ast.List(elts=items):
                values = value.elts if isinstance(value, ast.Tuple) and len(value.elts) == len(items) else [value] * len(items)
                exact = kind[0] == "tuple" and len(kind[1]) == len(items) and not any(isinstance(e, ast.Starred) for e in items)
                for index, each in enumerate(items):
                    inner = each.value if isinstance(each, ast.Starred) else each
                    part = kind[1][index] if exact else element(kind)
                    if isinstance(each, ast.Starred):
                        part = items_of(element(kind))
                    self._bind(inner, part, values[index])
            case ast.Attribute(value=holder, attr=attribute):
                if self.of(holder) != DRAWN:
                    self._bind_place(("attribute", attribute), kind, value)
            case ast.Subscript(value=holder):
                if self.of(holder) != DRAWN and value is not None:
                    for place in self.sources(holder):
                        if isinstance(holder, ast.Name) and kind != NOTHING:
                            held = self.known.get(place, NOTHING)
                            if held[0] == "dict":
                                self._set(place, ("dict", self.of(target.slice), kind))
                            elif has_drawn(kind):
                                self._set(place, items_of(kind))
                        for source in self.sources(value):
                            self._together(place, source)

    def _bind_place(self, place: Place, kind: Kind, value: ast.expr | None) -> None:
        self._set(place, kind)
        if value is not None and self.known.get(place) not in (PLAIN, NONE, DRAWN):
            for source in self.sources(value):
                self._together(place, source)

    def _bind_items(self, target: ast.expr, iterated: ast.expr) -> None:
        kind = self.of(iterated)
        self._bind(target, element(kind), None)
        for name, source in self._pairs(target, iterated):
            for each in walk(name):
                if isinstance(each, ast.Name) and self.known.get(self.names.variables[each]) not in (PLAIN, NONE, DRAWN, None):
                    for place in self.sources(source):
                        self._together(self.names.variables[each], place)

    def _pairs(self, target: ast.expr, iterated: ast.expr) -> Iterator[tuple[ast.expr, ast.expr]]:
        """The parts of a loop's target with what each comes from."""
        if isinstance(iterated, ast.Call) and isinstance(iterated.func, ast.Name) and isinstance(target, ast.Tuple):
            if iterated.func.id == "zip" and len(iterated.args) == len(target.elts):
                for one, other in zip(target.elts, iterated.args, strict=True):
                    yield from self._pairs(one, other)
                return
            if iterated.func.id == "enumerate" and iterated.args and len(target.elts) == 2:
                yield from self._pairs(target.elts[1], iterated.args[0])
                return
        yield target, iterated

    def _find_iterators(self) -> None:
        """Which families hold something that reading uses up."""
        makers = {"iter", "zip", "map", "filter", "enumerate", "reversed", "open"}
        for node in self._nodes:
            if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                if self._makes_iterator(node.value, makers):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    for target in targets:
                        # What is unpacked is used up at once.
                        if isinstance(target, ast.Name):
                            self.consumed.add(self.family(self.names.variables[target]))
                        elif isinstance(target, ast.Attribute):
                            self.consumed.add(self.family(("attribute", target.attr)))
            elif isinstance(node, ast.Call):
                for known in self.names.called(node):
                    by_name = {each.arg: each for each in parameters(known.node.args)}
                    for argument in [*node.args, *[each.value for each in node.keywords]]:
                        name = self.names.argument_of(node, known, argument)
                        if name in by_name and self._makes_iterator(argument, makers):
                            self.consumed.add(self.family(self.names.variables[by_name[name]]))

    def _makes_iterator(self, node: ast.expr, makers: set[str]) -> bool:
        if isinstance(node, ast.GeneratorExp):
            return True
        if not isinstance(node, ast.Call):
            return False
        if isinstance(node.func, ast.Name) and node.func.id in makers:
            return True
        qualified = self.names.qualified(node.func)
        if qualified.partition(".")[0] in ("itertools", "csv"):
            return True
        if isinstance(node.func, ast.Attribute) and node.func.attr == "split" and not qualified and node.args:
            return self.of(node.func.value) != PLAIN
        return any(
            any(isinstance(each, ast.Yield | ast.YieldFrom) for each in walk(known.node)) for known in self.names.called(node)
        )


def _parts(node: ast.AST) -> list[ast.AST]:
    """The value inside an f-string's braces, or the node itself."""
    return [node.value, *([node.format_spec] if node.format_spec else [])] if isinstance(node, ast.FormattedValue) else [node]
