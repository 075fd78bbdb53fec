"""Keyword arguments that a function only hands on, written out as parameters.

class Circle(Shape):                                    class Circle(Shape):
    def __init__(self, radius, **kwargs):         →         def __init__(self, radius, *, colour="red"):
        super().__init__(**kwargs)                              super().__init__(colour=colour)

The names and defaults are those of the function that they are handed to, where that is a function, a method of a base or a class of the
program. Where nothing takes them (`object.__init__`), they go.
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass

from batuta.python.new_nodes import located
from batuta.python.walk import walk

_ROUNDS = 8
"""How many functions one after the other may hand the same arguments on."""


@dataclass
class _Taken:
    """What a function takes: names in order, and the defaults of those that have one."""

    names: list[str]
    defaults: dict[str, ast.expr]
    keyword_only: list[str]


def write_out_keywords(tree: ast.Module) -> None:
    """Write such arguments out, in place."""
    holders = [each for each in walk(tree) if isinstance(each, ast.FunctionDef) and each.args.kwarg is not None]
    if not holders:
        return
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    owners = {id(method): cls for cls in classes.values() for method in cls.body}
    for _ in range(_ROUNDS):
        changed = False
        for each in holders:
            if each.args.kwarg is not None and not each.args.vararg:
                changed = _Forwarding(each, owners.get(id(each)), classes, functions).run() or changed
        if not changed:
            return


class _Forwarding:
    """One function that takes keyword arguments of any name."""

    def __init__(
        self,
        node: ast.FunctionDef,
        owner: ast.ClassDef | None,
        classes: dict[str, ast.ClassDef],
        functions: dict[str, ast.FunctionDef],
    ) -> None:
        assert node.args.kwarg is not None
        self.node = node
        self.name = node.args.kwarg.arg
        self.owner = owner
        self.classes = classes
        self.functions = functions

    def run(self) -> bool:
        """Whether they were written out."""
        uses = [each for each in walk(self.node) if isinstance(each, ast.Name) and each.id == self.name]
        calls = [
            each
            for each in walk(self.node)
            if isinstance(each, ast.Call)
            and any(one.arg is None and isinstance(one.value, ast.Name) and one.value.id == self.name for one in each.keywords)
        ]
        if len(calls) != 1 or len(uses) != 1:
            return False
        call = calls[0]
        taken = self._taken_by(call)
        if taken is None or any(isinstance(each, ast.Starred) for each in call.args):
            return False
        given = {each.arg for each in call.keywords if each.arg is not None}
        free = [each for each in taken.names[len(call.args) :] if each not in given]
        free += [each for each in taken.keyword_only if each not in given]
        own = {each.arg for each in [*self.node.args.args, *self.node.args.kwonlyargs]}
        stored = {each.id for each in walk(self.node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
        if own & set(free) or stored & set(free):
            return False
        if any(not _is_plain(taken.defaults[each]) for each in free if each in taken.defaults):
            return False
        for each in free:
            self.node.args.kwonlyargs.append(located(ast.arg(each), self.node))
            default = taken.defaults.get(each)
            self.node.args.kw_defaults.append(located(copy.deepcopy(default), self.node) if default is not None else None)
        self.node.args.kwarg = None
        call.keywords = [each for each in call.keywords if each.arg is not None]
        call.keywords += [located(ast.keyword(each, ast.Name(each, ast.Load())), call) for each in free]
        return True

    def _taken_by(self, call: ast.Call) -> _Taken | None:
        """What the called function takes behind its `self`; None where that is not known."""
        function = call.func
        if isinstance(function, ast.Name):
            if function.id in self.functions:
                return _of_function(self.functions[function.id], False)
            if function.id in self.classes:
                return self._of_class(self.classes[function.id])
            if function.id == "cls" and self.owner is not None:
                return self._of_class(self.owner)
            return None
        if not isinstance(function, ast.Attribute) or self.owner is None:
            return None
        receiver = function.value
        if isinstance(receiver, ast.Call) and isinstance(receiver.func, ast.Name) and receiver.func.id == "super":
            if len(self.owner.bases) > 1:
                return None
            return self._of_method(self._base(self.owner), self.owner, function.attr)
        if isinstance(receiver, ast.Name) and receiver.id == "self":
            return self._of_method(self.owner, self.owner, function.attr)
        return None

    def _base(self, cls: ast.ClassDef) -> ast.ClassDef | None:
        names = [each.id for each in cls.bases if isinstance(each, ast.Name)]
        return self.classes.get(names[0]) if names else None

    def _of_method(self, cls: ast.ClassDef | None, below: ast.ClassDef, name: str) -> _Taken | None:
        while cls is not None:
            method = next((each for each in cls.body if isinstance(each, ast.FunctionDef) and each.name == name), None)
            if method is not None:
                static = any(isinstance(each, ast.Name) and each.id == "staticmethod" for each in method.decorator_list)
                return _of_function(method, not static)
            if name == "__init__" and _is_dataclass(cls):
                return _of_fields(cls)
            below, cls = cls, self._base(cls)
        bare = all(isinstance(each, ast.Name) and each.id in ("object", "ABC", "Generic") for each in below.bases)
        return _Taken([], {}, []) if name == "__init__" and bare else None

    def _of_class(self, cls: ast.ClassDef) -> _Taken | None:
        return self._of_method(cls, cls, "__init__")


def _of_function(node: ast.FunctionDef, bound: bool) -> _Taken | None:
    if node.args.vararg is not None or node.args.kwarg is not None:
        return None
    names = [each.arg for each in [*node.args.posonlyargs, *node.args.args]]
    defaults = dict(zip(names[len(names) - len(node.args.defaults) :], node.args.defaults, strict=True))
    only = [each.arg for each in node.args.kwonlyargs]
    defaults |= {name: value for name, value in zip(only, node.args.kw_defaults, strict=True) if value is not None}
    return _Taken(names[bound:], defaults, only)


def _is_dataclass(cls: ast.ClassDef) -> bool:
    heads = [each.func if isinstance(each, ast.Call) else each for each in cls.decorator_list]
    return any((each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "")) == "dataclass" for each in heads)


def _of_fields(cls: ast.ClassDef) -> _Taken | None:
    """The fields of a dataclass that derives from nothing and whose defaults are written out."""
    if cls.bases:
        return None
    names, defaults = [], {}
    for each in cls.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            if "ClassVar" in ast.unparse(each.annotation):
                continue
            names.append(each.target.id)
            if each.value is not None:
                defaults[each.target.id] = each.value
    return _Taken(names, defaults, [])


def _is_plain(node: ast.expr) -> bool:
    """Whether a default is the same wherever it is evaluated, and nobody can change it."""
    match node:
        case ast.Constant():
            return True
        case ast.UnaryOp(operand=inner):
            return _is_plain(inner)
        case ast.Attribute(value=ast.Name(id=name)):
            return name[:1].isupper()
        case ast.Name(id=name):
            return name.isupper()
        case ast.Tuple(elts=items):
            return all(_is_plain(each) for each in items)
    return False
