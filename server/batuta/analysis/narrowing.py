"""What a test tells about the names in it: after `if x is not None`, x is not None.

Facts hold on *paths* (`x`, `self.head`, `node.next`). They are beliefs: a narrowed value is unwrapped with a check at run time, so a belief
that a call in between made false ends the program with an error and never with a wrong value.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from batuta.analysis.declarations import EXCEPTIONS
from batuta.analysis.estimators_asked import estimator_inside, is_estimator_class, known_estimator
from batuta.analysis.graph import BOOL, FLOAT, STR, VALUE, Atom, Cell
from batuta.analysis.program import ClassInfo
from batuta.analysis.runs import ChangedFacts, Facts
from batuta.analysis.values import lies_in_values
from batuta.ir import types as t
from batuta.ir.names import own_name
from batuta.python.walk import children, walk

if TYPE_CHECKING:
    from batuta.analysis.infer import Inference

_KINDS: dict[str, set[Any]] = {
    "int": {"int", "bool", "bigint"},
    "float": {"float", ("numpy", "float64")},
    "str": {"str", ("numpy", "str")},
    "bool": {"bool"},
    "list": {"list"},
    "dict": {"dict"},
    "set": {"set"},
    "tuple": {"tuple", "seq"},
    "bytes": {"bytes"},
    "complex": {"complex", ("numpy", "complex128")},
    "frozenset": {"frozenset"},
}
_BUILTINS: dict[str, type] = {
    each.__name__: each for each in (int, float, str, bool, list, dict, set, tuple, bytes, complex, frozenset)
}
_SIGNED = {("numpy", f"int{size}") for size in (8, 16, 32, 64)}
_UNSIGNED = {("numpy", f"uint{size}") for size in (8, 16, 32, 64)}
_FLOATING = {("numpy", "float32"), ("numpy", "float64")}
_COMPLEX = {("numpy", "complex128")}
_NUMBERS = {*_SIGNED, *_UNSIGNED, *_FLOATING}
_REAL = {"int", "bool", "bigint", "float", *_NUMBERS}
_ORDERED = {"list", "tuple", "seq", "str", "range", "bytes", "deque", ("numpy", "str")}
_MOMENT, _DECIMAL, _FRACTION = (("object", each) for each in ("datetime.datetime", "decimal.Decimal", "fractions.Fraction"))
_ITEMS = {*_ORDERED, "set", "frozenset", "dict", "iterator", ("kind", "array")}
_LIBRARY_KINDS: dict[str, set[Any]] = {
    "numpy.ndarray": {("kind", "array")},
    "numpy.integer": {*_SIGNED, *_UNSIGNED},
    "numpy.signedinteger": _SIGNED,
    "numpy.unsignedinteger": _UNSIGNED,
    "numpy.floating": _FLOATING,
    "numpy.inexact": _FLOATING | _COMPLEX,
    "numpy.number": _NUMBERS | _COMPLEX,
    "numpy.generic": {*_NUMBERS, *_COMPLEX, ("numpy", "bool"), ("numpy", "str")},
    "numpy.bool_": {("numpy", "bool")},
    "numpy.bool": {("numpy", "bool")},
    "numpy.str_": {("numpy", "str")},
    **{f"numpy.{dtype}": {(kind, dtype)} for kind, dtype in _NUMBERS | _COMPLEX},
    "numbers.Number": _REAL | _COMPLEX | {"complex", _DECIMAL, _FRACTION},
    "numbers.Complex": _REAL | _COMPLEX | {"complex", _FRACTION},
    "numbers.Real": _REAL | {_FRACTION},
    "numbers.Rational": {"int", "bool", "bigint", *_SIGNED, *_UNSIGNED, _FRACTION},
    "numbers.Integral": {"int", "bool", "bigint", *_SIGNED, *_UNSIGNED},
    **{each: {("object", each)} for each in t.HELD_OBJECTS},
    "datetime.date": {("object", "datetime.date"), _MOMENT},
    "collections.abc.Iterable": _ITEMS,
    "collections.abc.Sequence": _ORDERED,
    "collections.abc.Mapping": {"dict"},
    "collections.abc.Callable": {("kind", "func")},
    "collections.OrderedDict": {("dict", "OrderedDict")},
    "collections.defaultdict": {("dict", "defaultdict")},
    "collections.Counter": {("dict", "Counter")},
    "collections.deque": {"deque"},
}
"""What `isinstance` accepts for the classes of libraries: kinds that a value known at run time can have, atoms, and kinds that it cannot."""


_PLAIN = {"str": STR, "float": FLOAT, "bool": BOOL}


SEQUENCE = "*sequence"
"""Stands in `isinstance` for all that the pattern of a sequence can match; no program can write it."""


def path_of(node: ast.AST) -> str:
    """The path of a name or a chain of attributes; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        inner = path_of(node.value)
        return f"{inner}.{node.attr}" if inner else ""
    return ""


def _last(path: str) -> str:
    """The attribute that a path ends with; empty for a name."""
    return path.rpartition(".")[2] if "." in path else ""


def _all_exceptions(keys: frozenset[Any]) -> bool:
    """Whether these are classes of Python's own exceptions."""
    return bool(keys) and all(isinstance(key, tuple) and key[0] == "exception class" for key in keys)


def _known_object(facts: Any) -> Atom | None:
    """The object of a library that a value is by the facts. A date may be a moment, which is another type."""
    for fact in reversed(facts):
        if isinstance(fact, tuple) and fact[0] == "in" and _all_exceptions(fact[1]):
            return Atom(("exception",))
        if isinstance(fact, tuple) and fact[0] == "in" and len(fact[1]) == 1:
            key = next(iter(fact[1]))
            if isinstance(key, tuple) and key[0] == "object" and key[1] in t.HELD_OBJECTS:
                return Atom(key)
    return None


def _known_kind(facts: Any) -> Atom:
    """What facts leave of a value of which nothing is known. An int may be a bool, which shows itself otherwise."""
    for fact in reversed(facts):
        if isinstance(fact, tuple) and fact[0] == "in" and len(fact[1]) == 1:
            known = _PLAIN.get(next(iter(fact[1])))
            if known is not None:
                return known
    return VALUE


def common(facts: Facts, others: list[Facts]) -> Facts:
    """What is known in all of these."""
    found: Facts = {}
    for root, known in facts.items():
        rest = [each.get(root) for each in others]
        if all(each is known for each in rest):
            found[root] = known
            continue
        kept = {path: fact for path, fact in known.items() if all(each and each.get(path) == fact for each in rest)}
        if kept:
            found[root] = kept
    return found


class Narrowing:
    """Facts about paths while statements are run in order."""

    _facts: Facts
    fact_time = 0
    """Counts the changes of the facts."""
    reached: dict[ast.stmt, tuple[frozenset[str], frozenset[str], tuple[str, ...]]]

    @property
    def facts(self) -> Facts:
        """What is known of each path, by the name that it begins with."""
        return self._facts

    @facts.setter
    def facts(self, facts: Facts) -> None:
        self._facts = facts
        self.fact_time += 1

    def reach(self: Inference, node: ast.stmt) -> tuple[frozenset[str], frozenset[str], tuple[str, ...]]:
        """The names in a statement, the attributes that it sets, and the paths that it stores at."""
        found = self.reached.get(node)
        if found is None:
            names: set[str] = set()
            attributes: set[str] = set()
            stored: dict[str, None] = {}
            todo = children(node)
            for each in todo:
                if isinstance(each, ast.Name):
                    names.add(each.id)
                elif isinstance(each, ast.Attribute):
                    todo.append(each.value)
                    if isinstance(each.ctx, ast.Store):
                        attributes.add(each.attr)
                elif isinstance(each, ast.stmt):
                    # What lies in a statement is gathered once, for it and for all around it.
                    inside = self.reach(each)
                    names |= inside[0]
                    attributes |= inside[1]
                    stored.update(dict.fromkeys(inside[2]))
                    continue
                else:
                    todo += children(each)
                    continue
                if isinstance(each.ctx, ast.Store | ast.Del):
                    stored[path_of(each)] = None
            found = self.reached[node] = frozenset(names), frozenset(attributes), tuple(stored)
        return found

    def relevant_facts(self: Inference, node: ast.stmt) -> Facts:
        """The facts that a statement can ask for or end."""
        facts = self._facts
        if not facts:
            return {}
        names, attributes, _ = self.reach(node)
        found = {root: facts[root] for root in names if root in facts}
        if attributes:
            found |= {root: known for root, known in facts.items() if any(_last(path) in attributes for path in known)}
        return found

    def assume(self: Inference, test: ast.expr, truth: bool) -> None:
        """Add what a test's outcome tells."""
        match test:
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                self.assume(inner, not truth)
            case ast.BoolOp(op=ast.And(), values=values) if truth:
                for each in values:
                    self.assume(each, True)
            case ast.BoolOp(op=ast.Or(), values=values) if not truth:
                for each in values:
                    self.assume(each, False)
            case ast.Compare(left=left, ops=[ast.Is() | ast.Eq()], comparators=[ast.Constant(value=None)]):
                self._fact(left, "none" if truth else "some")
            case ast.Compare(left=left, ops=[ast.IsNot() | ast.NotEq()], comparators=[ast.Constant(value=None)]):
                self._fact(left, "some" if truth else "none")
            case ast.Compare(
                left=ast.Attribute(value=ast.Call(func=ast.Name("type"), args=[subject]), attr="__name__"),
                ops=[ast.Eq() | ast.In() as op],
                comparators=[ast.Constant() | ast.Tuple() as named],
            ):
                names = named.elts if isinstance(named, ast.Tuple) else [named]
                known = [self._keys_of_class_name(each) for each in names]
                if isinstance(op, ast.In) == isinstance(named, ast.Tuple) and all(known):
                    self._fact(subject, ("in" if truth else "out", frozenset(key for keys in known for key in keys)))
            case ast.NamedExpr(target=target):
                if truth:
                    self._fact(target, "some")
            case ast.Compare(left=ast.NamedExpr(target=target)) if truth:
                self.assume(ast.Compare(target, test.ops, test.comparators), truth)
            case ast.Name() | ast.Attribute():
                if truth:
                    self._fact(test, "some")
            case ast.Call(func=ast.Name(id="isinstance"), args=[subject, classes]):
                keys = self.class_keys(classes)
                if keys is not None:
                    self._fact(subject, ("in" if truth else "out", keys))
            case ast.Call(func=ast.Name(id="hasattr" | "callable")):
                made = self._asked(test)
                if isinstance(made, ast.Call):
                    self.assume(made, truth)

    def _asked(self: Inference, test: ast.Call) -> ast.expr | None:
        """What stands for `hasattr` and `callable` where the classes of the program tell the answer: a constant, or `isinstance`."""
        use = self.instance.uses.get((test, ""))
        return use.bound["value"][0] if use is not None and use.kind == "desugared" else None

    def _keys_of_class_name(self: Inference, node: ast.expr) -> set[Any]:
        """The atom keys of values whose class has exactly this name; none where that is not known."""
        if not isinstance(node, ast.Constant):
            return set()
        own = [each for each in self.program.classes.values() if own_name(each.name) == node.value]
        if own:
            return {("instance", each) for each in own}
        exact = {"int": {"int", "bigint"}, "bool": {"bool"}}
        kinds = exact.get(str(node.value)) or _KINDS.get(str(node.value), set())
        return {each for each in kinds if isinstance(each, str)}

    def _fact(self: Inference, node: ast.expr, fact: Any) -> None:
        path = path_of(node)
        if path:
            known = self.known(path)
            if fact not in known:
                self._set_facts(path, (*known, fact))

    def changed_facts(self: Inference, node: ast.stmt, before: Facts) -> ChangedFacts:
        """What a statement has made of its relevant facts."""
        facts = self._facts
        if not facts and not before:
            return []
        roots = [*before, *(each for each in self.reach(node)[0] if each in facts and each not in before)]
        return [(each, facts.get(each)) for each in roots if facts.get(each) != before.get(each)]

    def replace_facts(self: Inference, changes: ChangedFacts) -> None:
        """Do to the facts what a statement does that is not run again."""
        for root, known in changes:
            self.fact_time += 1
            if known is None:
                self._facts.pop(root, None)
            else:
                self._facts[root] = known

    def known(self: Inference, path: str) -> tuple[Any, ...]:
        """The facts of a path."""
        held = self._facts.get(path.partition(".")[0])
        return held.get(path, ()) if held is not None else ()

    def _set_facts(self: Inference, path: str, facts: tuple[Any, ...]) -> None:
        root = path.partition(".")[0]
        self._facts[root] = {**self._facts.get(root, {}), path: facts}
        self.fact_time += 1

    def class_keys(self: Inference, node: ast.expr) -> frozenset[Any] | None:
        """The atom keys that `isinstance` with these classes accepts."""
        found: set[Any] = set()
        for each in node.elts if isinstance(node, ast.Tuple) else [node]:
            if isinstance(each, ast.Name) and each.id == SEQUENCE:
                found.update(("list", "tuple", "seq", "deque", "range"))
                found.update(("instance", cls) for cls in self.program.classes.values() if cls.named_tuple)
            elif isinstance(each, ast.Name) and each.id in self.program.classes and self.program.classes[each.id].is_protocol:
                members = self.program.classes[each.id].protocol_members()
                if members is None:
                    return None
                for one in self.program.classes.values():
                    if one.is_protocol:
                        # It says what others have, and has no objects.
                        continue
                    has = [self.has_attribute(Atom(("instance", one), (), None, one), name) for name in members]
                    if all(has):
                        found.add(("instance", one))
                    elif False not in has:
                        return None
                found.update(
                    *(kinds for name, kinds in _KINDS.items() if all(hasattr(_BUILTINS[name], one) for one in members))
                )
            elif isinstance(each, ast.Name) and each.id in self.program.classes:
                found.update(("instance", below) for below in self.program.classes[each.id].descendants())
            elif isinstance(each, ast.Name) and each.id in _KINDS:
                found.update(_KINDS[each.id])
            elif isinstance(each, ast.Name) and each.id in EXCEPTIONS and self.version(each) is None:
                found.add(("exception class", each.id))
            else:
                if isinstance(each, ast.Name) and each.id in t.HELD_OBJECTS:
                    # What is written for the program names a class in full, and means no other.
                    found.add(("object", each.id))
                    continue
                name = (self.qualified(each) or "").replace("typing.", "collections.abc.")
                if is_estimator_class(name):
                    found.add(("object", name))
                    continue
                if name not in _LIBRARY_KINDS:
                    return None
                found.update(_LIBRARY_KINDS[name])
        return frozenset(found)

    def allowed(self: Inference, path: str, atom: Atom) -> bool:
        """Whether an atom is possible at a path, by the facts."""
        for fact in self.known(path):
            if fact == "some" and atom.key == ("None",):
                return False
            if fact == "none" and atom.key != ("None",):
                return False
            if isinstance(fact, tuple):
                inside = self.inside(atom, fact[1])
                if inside is not None and (fact[0] == "in") != inside:
                    return False
        return True

    def inside(self: Inference, atom: Atom, keys: frozenset[Any]) -> bool | None:
        """Whether `isinstance` accepts an atom's values; None when only the value itself tells."""
        if atom.key == ("value",):
            return None
        if atom.key in keys or atom.key[0] in keys or ("kind", atom.key[0]) in keys:
            return True
        if atom.key[0] == "instance" and atom.payload.record:
            return "dict" in keys
        asked = {key[1] for key in keys if isinstance(key, tuple) and key[0] == "exception class"}
        if atom.key == ("exception",):
            if asked & {"Exception", "BaseException"}:
                return True
            own = any(isinstance(key, tuple) and key[0] == "instance" and key[1].exception for key in keys)
            return None if asked or own else False
        if atom.key[0] == "instance" and atom.payload.exception and asked:
            base = getattr(builtins, atom.payload.exception)
            return any(issubclass(base, getattr(builtins, each)) for each in asked)
        if atom.key[0] == "object":
            return estimator_inside(atom, keys)
        return False

    def narrowed(self: Inference, node: ast.expr, cell: Cell) -> Cell:
        """The value of a path as the facts leave it."""
        path = path_of(node)
        target = self.cell(node)
        facts = self.known(path) if path else None
        self.instance.narrowed[node] = bool(facts)
        if not facts:
            self.graph.flow(cell, target)
            return target
        for atom in list(cell.atoms.values()):
            if atom.key == ("value",):
                classes = self._known_classes(facts)
                for cls in classes:
                    self.graph.add(target, self.instance_atom(cls))
                if not classes:
                    self.graph.add(target, _known_object(facts) or _known_kind(facts))
            elif cell.get("value") is not None:
                # What a value is known to be says the fact alone: earlier rounds may have left other things here.
                continue
            elif self.allowed(path, atom):
                own = self._known_exceptions(facts) if atom.key == ("exception",) else []
                made = known_estimator(atom, facts)
                for cls in own:
                    self.graph.add(target, self.instance_atom(cls))
                if made is not None:
                    self.graph.add(target, self.made.setdefault(("known estimator", node, atom, made.key), made))
                elif not own:
                    self.graph.add(target, atom)
        self.graph.comes_from(target, cell)
        return target

    def _known_exceptions(self: Inference, facts: Any) -> list[ClassInfo]:
        """The classes of one family of the program's exceptions, one of which something caught has by the facts."""
        for fact in reversed(facts):
            if isinstance(fact, tuple) and fact[0] == "in":
                classes = [key[1] for key in fact[1] if isinstance(key, tuple) and key[0] == "instance" and key[1].exception]
                if classes and len(classes) == len(fact[1]) and len({each.root for each in classes}) == 1:
                    return sorted(classes, key=lambda each: each.node.lineno)
        return []

    def _known_classes(self: Inference, facts: Any) -> list[ClassInfo]:
        """The classes of one family, one of which a value must have by the facts; none where that is not known."""
        for fact in reversed(facts):
            if isinstance(fact, tuple) and fact[0] == "in":
                classes = [key[1] for key in fact[1] if isinstance(key, tuple) and key[0] == "instance"]
                if len(classes) == len(fact[1]) and len({each.root for each in classes}) == 1:
                    return sorted(classes, key=lambda each: each.node.lineno) if lies_in_values(classes[0]) else []
        return []

    def learn(self: Inference, target: ast.expr, value: Cell) -> None:
        """After an assignment: old facts go, and a value that is never None is a new fact."""
        path = path_of(target)
        self.forget_path(path)
        if path and value and value.get("None") is None:
            self._set_facts(path, ("some",))

    def forget_path(self: Inference, path: str) -> None:
        """Drop the facts of a path and of what lies behind it."""
        root = path.partition(".")[0]
        if root in self._facts:
            self._keep_facts(root, lambda each: each != path and not each.startswith(f"{path}."))

    def _keep_facts(self: Inference, root: str, wanted: Callable[[str], bool]) -> None:
        known = self._facts[root]
        kept = {path: fact for path, fact in known.items() if wanted(path)}
        if len(kept) < len(known):
            self.fact_time += 1
            if kept:
                self._facts[root] = kept
            else:
                del self._facts[root]

    def forget_target(self: Inference, target: ast.expr) -> None:
        """Drop the facts of everything that a target assigns."""
        for each in walk(target):
            if isinstance(each, ast.Name | ast.Attribute) and isinstance(each.ctx, ast.Store):
                self.forget_path(path_of(each))

    def forget(self: Inference, body: list[ast.stmt]) -> None:
        """Drop the facts that a block can make false, before it is entered."""
        for statement in body:
            _, attributes, stored = self.reach(statement)
            for path in stored:
                self.forget_path(path)
            for root in list(self._facts) if attributes else []:
                self._keep_facts(root, lambda path, gone=attributes: _last(path) not in gone)

    def static_truth(self: Inference, test: ast.expr) -> bool | None:
        """The outcome of a test that types alone decide (`__name__ == "__main__"`, isinstance on one type)."""
        match test:
            case ast.Compare(left=ast.Name(id="__name__"), ops=[ast.Eq()], comparators=[ast.Constant(value="__main__")]):
                return True
            case ast.Name(id="TYPE_CHECKING"):
                return False
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                found = self.static_truth(inner)
                return None if found is None else not found
            case ast.Call(func=ast.Name(id="isinstance"), args=[subject, classes]):
                keys = self.class_keys(classes)
                cell = self.cell(subject)
                if keys is None or not cell:
                    return None
                inside = [self.inside(atom, keys) for atom in cell.atoms.values()]
                return True if all(inside) else (False if not any(each is not False for each in inside) else None)
            case ast.Call(func=ast.Name(id="hasattr" | "callable")):
                made = self._asked(test)
                if isinstance(made, ast.Constant):
                    return bool(made.value)
            case ast.BoolOp(op=ast.And(), values=[ast.Call() as first, *_]) if self.static_truth(first) is False:
                return False
        return None
