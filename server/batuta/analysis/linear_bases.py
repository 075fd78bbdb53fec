"""Several bases, written out as the one line of classes in which Python looks methods up.

    class Square(Colored, Rectangle):         class Colored_of_Square(Rectangle):
        ...                                       ...  # what `Colored` says
                                              class Square(Colored_of_Square):
                                                  ...

`super()` then means the next class of the line, as it does in Python, and `isinstance(x, Colored)` asks for `Colored_of_Square`, too. Left alone,
and so refused, is a class whose line would have to share what must exist once: an attribute of a class that the program assigns or changes.
"""

from __future__ import annotations

import ast
import builtins
import copy
from collections.abc import Iterable

from batuta.analysis.imports import qualified_name
from batuta.ir.names import own_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

_HARMLESS = ("abc.ABC", "typing.Protocol", "typing.Generic")
_CHANGING = ("append", "add", "update", "extend", "insert", "pop", "remove", "clear", "setdefault", "discard", "appendleft")


def write_out_shown_lines(tree: ast.Module, imports: dict[str, str]) -> None:
    """Write out the names of the classes in `Square.__mro__`, in place: while the classes have their bases."""
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    if classes and any(isinstance(each, ast.Attribute) and each.attr in ("__mro__", "mro") for each in walk(tree)):
        _Shown(classes, imports).visit(tree)


def write_out_lines(tree: ast.Module, imports: dict[str, str]) -> None:
    """Give each class one base, in place."""
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    several = [
        each for each in classes.values() if sum(isinstance(base, ast.Name) and base.id in classes for base in each.bases) > 1
    ]
    if not several:
        return
    lines: dict[str, list[str]] = {}
    for name in classes:
        _line_of(name, classes, imports, lines)
    changed = _changed_attributes(tree)
    copies: dict[str, list[str]] = {}
    for node in several:
        line = lines.get(node.name)
        if not line:
            continue
        start = _start_of_chain(line, classes, lines)
        added = line[1:start]
        if any(_shares(classes[each], changed) or _makes_itself(classes[each], node) for each in added):
            continue
        below = line[start]
        made: list[ast.stmt] = []
        names = {each: f"{each}_of_{node.name}" for each in added}
        if set(names.values()) & classes.keys():
            continue
        for each in reversed(added):
            kept = [base for base in classes[each].bases if not (isinstance(base, ast.Name) and base.id in classes)]
            kept = [base for base in kept if qualified_name(base, imports) != "abc.ABC"]
            twin = copy.deepcopy(classes[each])
            twin.name = names[each]
            twin.bases = [located(ast.Name(below, ast.Load()), node), *copy.deepcopy(kept)]
            twin.keywords = []
            _Named(names).visit(twin)
            made.append(twin)
            copies.setdefault(each, []).append(twin.name)
            below = twin.name
        node.bases = [located(ast.Name(below, ast.Load()), node)]
        node.keywords = [each for each in node.keywords if each.arg != "metaclass"]
        _Named(names).visit(node)
        tree.body[tree.body.index(node) : tree.body.index(node)] = made
        # What derives from it finds it in one line from here on.
        classes.update({each.name: each for each in made if isinstance(each, ast.ClassDef)})
    if copies:
        _write_out_questions(tree, copies)
        _drop_unused(tree, set(copies))


def _line_of(
    name: str,
    classes: dict[str, ast.ClassDef],
    imports: dict[str, str],
    lines: dict[str, list[str]],
    inside: frozenset[str] = frozenset(),
) -> list[str]:
    """The classes of the program in which an attribute is looked up, in order; empty where a base is not known or they have no order."""
    if name in lines:
        return lines[name]
    lines[name] = []
    if name in inside:
        return []
    node = classes[name]
    bases: list[str] = []
    for base in node.bases:
        if isinstance(base, ast.Name) and base.id in classes:
            bases.append(base.id)
        elif isinstance(base, ast.Name | ast.Attribute) and qualified_name(base, imports) in _HARMLESS:
            continue
        elif not (isinstance(base, ast.Name) and base.id == "object"):
            return []
    above = [_line_of(each, classes, imports, lines, inside | {name}) for each in bases]
    if not all(above):
        return []
    lines[name] = _merged(name, [*(list(each) for each in above), list(bases)])
    return lines[name]


def _shown_line(name: str, classes: dict[str, ast.ClassDef], imports: dict[str, str]) -> list[str]:
    """The names in `__mro__`; empty where a base is not known."""
    outside = {"abc.ABC": ["ABC"], "typing.Generic": ["Generic"], "typing.Protocol": ["Protocol", "Generic"]}
    orders: list[list[str]] = []
    bases: list[str] = []
    for base in classes[name].bases:
        qualified = qualified_name(base, imports)
        if isinstance(base, ast.Name) and base.id in classes and base.id != name:
            order = _shown_line(base.id, classes, imports)
        elif qualified in outside:
            order = [*outside[qualified], "object"]
        elif isinstance(base, ast.Name) and isinstance(getattr(builtins, base.id, None), type):
            order = [each.__name__ for each in getattr(builtins, base.id).__mro__]
        else:
            return []
        if not order:
            return []
        orders.append(order)
        bases.append(order[0])
    if classes[name].keywords or not bases:
        return [] if classes[name].keywords else [name, "object"]
    return _merged(name, [*(list(each) for each in orders), bases])


class _Shown(Transformer):
    """The names of the classes in `Square.__mro__`, where only their names are asked for."""

    def __init__(self, classes: dict[str, ast.ClassDef], imports: dict[str, str]) -> None:
        self.classes, self.imports = classes, imports

    def _line(self, node: ast.expr) -> list[str]:
        match node:
            case (
                ast.Attribute(value=ast.Name(id=name), attr="__mro__")
                | ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="mro"), args=[], keywords=[])
            ) if name in self.classes:
                return [own_name(each) for each in _shown_line(name, self.classes, self.imports)]
        return []

    def _named(self, target: ast.expr, source: ast.expr, users: list[ast.AST]) -> ast.expr | None:
        """What a loop over the classes goes over instead, once it asks each of them for nothing but its name."""
        line = self._line(source)
        if not line or not isinstance(target, ast.Name):
            return None
        asking = {
            id(each.value)
            for user in users
            for each in walk(user)
            if isinstance(each, ast.Attribute) and each.attr in ("__name__", "__qualname__")
        }
        if any(
            isinstance(each, ast.Name) and each.id == target.id and id(each) not in asking
            for user in users
            for each in walk(user)
        ):
            return None
        for user in users:
            _NameOfClass(target.id).visit(user)
        return located(ast.Tuple([ast.Constant(each) for each in line], ast.Load()), source)

    def _comprehension(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> ast.AST:
        self.generic_visit(node)
        if len(node.generators) == 1:
            clause = node.generators[0]
            holder = ast.Tuple([node.elt, *clause.ifs], ast.Load())
            made = self._named(clause.target, clause.iter, [holder])
            if made is not None:
                node.elt, *clause.ifs = holder.elts
                clause.iter = made
        return node

    visit_ListComp = visit_GeneratorExp = visit_SetComp = _comprehension

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        made = self._named(node.target, node.iter, list(node.body))
        if made is not None:
            node.iter = made
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="len"), args=[source]) if self._line(source):
                return located(ast.Constant(len(self._line(source))), node)
        return node


class _NameOfClass(Transformer):
    def __init__(self, name: str) -> None:
        self.name = name

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name) and node.value.id == self.name and node.attr in ("__name__", "__qualname__"):
            return node.value
        return node


def _merged(name: str, orders: list[list[str]]) -> list[str]:
    """Python's order of a class and those above it: each before what is above it, and the bases as they are listed."""
    line = [name]
    while any(orders):
        orders = [each for each in orders if each]
        first = next((each[0] for each in orders if not any(each[0] in other[1:] for other in orders)), None)
        if first is None:
            return []
        line.append(first)
        orders = [[one for one in each if one != first] for each in orders]
    return line


def _start_of_chain(line: list[str], classes: dict[str, ast.ClassDef], lines: dict[str, list[str]]) -> int:
    """Where in a line the rest is one class and what is above it."""
    return next(index for index in range(1, len(line)) if lines[line[index]] == line[index:])


def _changed_attributes(tree: ast.Module) -> set[str]:
    """The names of attributes that the program assigns or changes through a class."""
    names = {each.name for each in tree.body if isinstance(each, ast.ClassDef)} | {"cls"}

    def of_class(node: ast.AST) -> str:
        match node:
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if owner in names:
                return name
            case ast.Attribute(value=ast.Call(func=ast.Name(id="type")), attr=name):
                return name
            case ast.Attribute(value=ast.Attribute(attr="__class__"), attr=name):
                return name
        return ""

    found: set[str] = set()
    for each in walk(tree):
        match each:
            case ast.Attribute(ctx=ast.Store() | ast.Del()):
                found.add(of_class(each))
            case ast.Call(func=ast.Attribute(value=owner, attr=name)) if name in _CHANGING:
                found.add(of_class(owner))
            case ast.Subscript(value=owner, ctx=ast.Store() | ast.Del()):
                found.add(of_class(owner))
    return found


def _shares(node: ast.ClassDef, changed: set[str]) -> bool:
    """Whether a class has something of which there must be one: an attribute that changes, or a container that objects change."""
    for each in node.body:
        match each:
            case ast.Assign(targets=targets, value=value):
                if any(isinstance(target, ast.Name) and target.id in changed for target in targets):
                    return True
                if not isinstance(value, ast.Constant | ast.Tuple | ast.UnaryOp | ast.Name | ast.Attribute):
                    return True
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                if name in changed:
                    return True
    return any(isinstance(each, ast.Name) and each.id == "__class__" for each in walk(node))


def _makes_itself(node: ast.ClassDef, derived: ast.ClassDef) -> bool:
    """Whether a decorator writes methods for the class that would count the fields of the others, too."""
    marks = [ast.unparse(each) for each in node.decorator_list]
    own = [ast.unparse(each) for each in derived.decorator_list]
    return any("dataclass" in each for each in marks) and not any("dataclass" in each for each in own)


class _Named(Transformer):
    """`Colored.paint(self)` and `super(Colored, self)` in a class of the line mean the class that stands in it."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="super"), args=[ast.Name(id=name) as first, _]) if name in self.names:
                first.id = self.names[name]
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name) as owner), args=[ast.Name(id="self"), *_]) if (
                name in self.names
            ):
                owner.id = self.names[name]
        return node


def _write_out_questions(tree: ast.Module, copies: dict[str, list[str]]) -> None:
    """`isinstance` with a class that stands in other lines, too."""
    for each in walk(tree):
        match each:
            case ast.Call(func=ast.Name(id="isinstance" | "issubclass"), args=[_, classes]):
                asked = list(classes.elts) if isinstance(classes, ast.Tuple) else [classes]
                more = [copied for one in asked if isinstance(one, ast.Name) for copied in copies.get(one.id, [])]
                if more:
                    elements = [*asked, *(located(ast.Name(name, ast.Load()), classes) for name in more)]
                    each.args[1] = located(ast.Tuple(elements, ast.Load()), classes)


def _drop_unused(tree: ast.Module, candidates: set[str]) -> None:
    """Classes that stood for their copies only are gone: nobody makes an object of them."""
    inside = {id(part) for each in tree.body if isinstance(each, ast.ClassDef) for base in each.bases for part in walk(base)}
    asked: dict[str, list[ast.Tuple]] = {}
    for each in walk(tree):
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in ("isinstance", "issubclass"):
            if isinstance(each.args[-1], ast.Tuple):
                for part in each.args[-1].elts:
                    if isinstance(part, ast.Name) and part.id in candidates:
                        asked.setdefault(part.id, []).append(each.args[-1])
                        inside.add(id(part))
        for hint in _hints(each):
            inside.update(id(part) for part in walk(hint))
    while True:
        classes = [each for each in tree.body if isinstance(each, ast.ClassDef)]
        derived = {base.id for each in classes for base in each.bases if isinstance(base, ast.Name)}
        named = {
            each.id
            for statement in tree.body
            if not (isinstance(statement, ast.ClassDef) and statement.name in candidates)
            for each in walk(statement)
            if isinstance(each, ast.Name) and id(each) not in inside
        }
        gone = [each for each in classes if each.name in candidates - derived - named]
        if not gone:
            return
        for each in gone:
            tree.body.remove(each)
            for classes_asked in asked.get(each.name, []):
                classes_asked.elts = [
                    part for part in classes_asked.elts if not (isinstance(part, ast.Name) and part.id == each.name)
                ]


def _hints(node: ast.AST) -> Iterable[ast.expr]:
    if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
        yield node.annotation
    elif isinstance(node, ast.FunctionDef) and node.returns is not None:
        yield node.returns
