"""Arguments that one expression gives together, written out as so many as the function takes.

def area(width, height): …              def area(width, height): …
area(*map(int, text.split()))     →     area((items := ARGUMENTS(map(int, text.split()), …))[0], items[1])
area(*sizes.pop())                →     area(*(items := sizes.pop()))

Where every parameter that is left must be given, there are as many items as such parameters: fewer or more are the error that Python raises.
Elsewhere the items must be those of a tuple; what makes the tuple runs once, so it gets a name.
"""

from __future__ import annotations

import ast
import builtins
from collections import Counter
from dataclasses import dataclass

from batuta.analysis.imports import imported_names, qualified_name
from batuta.catalog.entry import ARGUMENTS
from batuta.catalog.index import catalog
from batuta.catalog.signature import overloads
from batuta.ir.names import own_name
from batuta.python.new_nodes import fresh_name, located
from batuta.python.walk import walk

_ITERATING = ("print", "max", "min", "zip", "map", "filter", "format")
"""Builtins that take any number of arguments."""
_OF_BUILTINS = {name for kind in (list, dict, set, str, tuple, bytes, int, float) for name in dir(kind)}
_MARKS = ("staticmethod", "classmethod", "abstractmethod", "override")


@dataclass
class _Taken:
    """What a function takes: its parameters, and which of them have a default."""

    label: str
    """What Python calls the function in an error."""
    names: list[str]
    defaulted: set[str]
    receivers: int = 0
    """How many parameters Python fills by itself; its errors count them."""
    any_number: bool = False


def write_out_starred(tree: ast.Module) -> None:
    """Write such arguments out, in place."""
    calls = [each for each in walk(tree) if isinstance(each, ast.Call) and any(isinstance(x, ast.Starred) for x in each.args)]
    if not calls:
        return
    names = _Names(tree)
    for each in calls:
        names.write_out(each)


class _Names:
    def __init__(self, tree: ast.Module) -> None:
        self.imports = imported_names(tree)
        self.taken: set[str] = set()
        self.functions: dict[str, _Taken] = {}
        self.methods: dict[str, _Taken | None] = {}
        self.nodes: dict[str, ast.ClassDef] = {}
        stored: set[str] = set()
        owned: set[ast.AST] = set()
        times: Counter[str] = Counter()
        for node in walk(tree):
            match node:
                case ast.ClassDef():
                    owned |= {each for each in node.body if isinstance(each, ast.FunctionDef)}
                    times[node.name] += 1
                    self.nodes[node.name] = node
                case ast.FunctionDef():
                    times[node.name] += node not in owned
                case ast.Name():
                    self.taken.add(node.id)
                    if isinstance(node.ctx, ast.Store):
                        stored.add(node.id)
                case ast.arg():
                    self.taken.add(node.arg)
                    stored.add(node.arg)
        self.taken |= set(times)
        self.unknown = stored
        """The names that variables have, too."""
        for node in walk(tree):
            if isinstance(node, ast.FunctionDef) and node not in owned and times[node.name] == 1 and node.name not in stored:
                self.functions[node.name] = _of_function(node, own_name(node.name), 0)
            elif isinstance(node, ast.FunctionDef) and node in owned:
                marks = {each.id for each in node.decorator_list if isinstance(each, ast.Name)}
                found = _of_function(node, "", 0 if "staticmethod" in marks else 1)
                before = self.methods.get(node.name, found)
                alike = before is not None and (before.names, before.defaulted) == (found.names, found.defaulted)
                plain = len(marks) == len(node.decorator_list) and marks <= set(_MARKS)
                self.methods[node.name] = found if alike and plain and node.name not in _OF_BUILTINS else None
        for name in self.nodes:
            made = self._of_class(name, 0) if times[name] == 1 and name not in stored else None
            if made is not None:
                self.functions[name] = made

        self.makers: dict[ast.expr, str] = {}
        """Where a class method calls its class: the class that it stands for."""
        above = {each.id for node in self.nodes.values() for each in node.bases if isinstance(each, ast.Name)}
        for name, node in self.nodes.items():
            for each in node.body if name not in above else []:
                if isinstance(each, ast.FunctionDef) and each.args.args and _is_class_method(each):
                    self.makers |= {
                        call.func: name
                        for call in walk(each)
                        if isinstance(call, ast.Call)
                        and isinstance(call.func, ast.Name)
                        and call.func.id == each.args.args[0].arg
                    }

    def _of_class(self, name: str, depth: int) -> _Taken | None:
        """What makes an object of a class: its `__init__`, or its declared fields."""
        node = self.nodes.get(name)
        if node is None or depth > 8:
            return None
        for each in node.body:
            if isinstance(each, ast.FunctionDef) and each.name in ("__init__", "__new__"):
                return _of_function(each, f"{own_name(name)}.{each.name}", 1)
        heads = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
        dataclass_ = any(
            (each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "")) == "dataclass" for each in heads
        )
        bases = [each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in node.bases]
        if "NamedTuple" in bases:
            return _of_fields(node, f"{own_name(name)}.__new__")
        if dataclass_ and not any(isinstance(each, ast.Call) and each.keywords for each in node.decorator_list) and not bases:
            return _of_fields(node, f"{own_name(name)}.__init__")
        return self._of_class(bases[0], depth + 1) if len(bases) == 1 and not dataclass_ else None

    def _called(self, function: ast.expr) -> _Taken | None:
        """What a call goes to; None where that is not known."""
        qualified = qualified_name(function, self.imports)
        if qualified:
            entry = catalog().find(qualified)
            forms = overloads(entry) if entry is not None else []
            if not forms:
                return None
            if any(each.kind in ("rest", "options") for form in forms for each in form.parameters):
                return _Taken("", [], set(), any_number=True)
            sizes = {tuple((each.name, each.default is None) for each in form.parameters) for form in forms}
            if len(sizes) > 1:
                return None
            return _Taken("", [name for name, _ in next(iter(sizes))], {name for name, must in next(iter(sizes)) if not must})
        if isinstance(function, ast.Name):
            found = self.functions.get(self.makers.get(function, function.id))
            if found is None and function.id not in self.unknown and hasattr(builtins, function.id):
                return _Taken("", [], set(), any_number=True) if function.id in _ITERATING else None
            return found
        if isinstance(function, ast.Attribute) and function.attr in self.methods:
            held = function.value.id if isinstance(function.value, ast.Name) else ""
            method = self.methods[function.attr]
            return None if held in self.nodes and method is not None and method.receivers else method
        return _Taken("", [], set(), any_number=True) if isinstance(function, ast.Attribute) else None

    def write_out(self, call: ast.Call) -> None:
        """One call."""
        stars = [index for index, each in enumerate(call.args) if isinstance(each, ast.Starred)]
        place = stars[0]
        starred = call.args[place]
        assert isinstance(starred, ast.Starred)
        found = self._called(call.func)
        if isinstance(starred.value, ast.Tuple | ast.List) and not any(isinstance(x, ast.Starred) for x in starred.value.elts):
            # What is written as items is passed as such.
            call.args[place : place + 1] = starred.value.elts
            if len(stars) > 1:
                self.write_out(call)
            return
        if found is not None and found.any_number:
            if found.names or (self._may_give_tuple(starred.value) and getattr(call.func, "id", "") != "print"):
                self._name(starred)
            return
        if len(stars) > 1 or any(each.arg is None for each in call.keywords) or found is None:
            for index in stars:
                self._name(call.args[index])
            return
        given = {each.arg for each in call.keywords}
        left = [each for each in found.names[place:] if each not in given]
        behind = len(call.args) - place - 1
        count = len(left) - behind
        if count < 1 or any(each in found.defaulted for each in left):
            if _is_iterator(starred.value):
                starred.value = located(ast.Call(ast.Name("list", ast.Load()), [starred.value], []), starred)
            self._name(starred)
            return
        label = "|".join([found.label, str(found.receivers), str(place + behind), *found.names[:place], *left])
        values = ast.Call(ast.Name(ARGUMENTS, ast.Load()), [starred.value, ast.Constant(count), ast.Constant(label)], [])
        name = fresh_name("items", self.taken)
        first: ast.expr = ast.NamedExpr(ast.Name(name, ast.Store()), values)
        items: list[ast.expr] = [
            located(ast.Subscript(ast.Name(name, ast.Load()) if at else first, ast.Constant(at), ast.Load()), starred)
            for at in range(count)
        ]
        call.args[place : place + 1] = items

    def _may_give_tuple(self, node: ast.expr) -> bool:
        """Whether a function or an operator of the program may give a tuple here, whose items are arguments by themselves."""
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)):
                return name in self.functions or name in self.methods
        return isinstance(node, ast.BinOp)

    def _name(self, starred: ast.expr) -> None:
        """What makes the items runs once."""
        assert isinstance(starred, ast.Starred)
        if not is_plain(starred.value):
            name = fresh_name("items", self.taken)
            starred.value = located(ast.NamedExpr(ast.Name(name, ast.Store()), starred.value), starred)


def _is_iterator(node: ast.expr) -> bool:
    """Whether an expression gives an iterator, whose items can be read once."""
    match node:
        case ast.GeneratorExp():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name in ("map", "filter", "reversed", "zip", "iter")
    return False


def _is_class_method(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.Name) and each.id == "classmethod" for each in node.decorator_list)


def is_plain(node: ast.expr) -> bool:
    """Whether an expression may stand in several places: nothing runs when it is evaluated."""
    match node:
        case ast.Name() | ast.Constant():
            return True
        case ast.Attribute(value=inner):
            return is_plain(inner)
        case ast.Subscript(value=inner, slice=index):
            return is_plain(inner) and is_plain(index)
        case ast.Tuple(elts=items) | ast.List(elts=items):
            return all(map(is_plain, items))
    return False


def _of_function(node: ast.FunctionDef, label: str, receivers: int) -> _Taken:
    names = [each.arg for each in [*node.args.posonlyargs, *node.args.args]]
    defaulted = set(names[len(names) - len(node.args.defaults) :])
    return _Taken(label or own_name(node.name), names[receivers:], defaulted, receivers, node.args.vararg is not None)


def _of_fields(node: ast.ClassDef, label: str) -> _Taken | None:
    names, defaulted = [], set()
    for each in node.body:
        if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            if "ClassVar" in ast.unparse(each.annotation) or isinstance(each.value, ast.Call):
                return None
            names.append(each.target.id)
            if each.value is not None:
                defaulted.add(each.target.id)
    return _Taken(label, names, defaulted, 1)
