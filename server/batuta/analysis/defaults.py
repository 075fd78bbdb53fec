"""Default arguments that are objects: made once, where the function is defined, and given a name of their own.

    def add(item, to=[]):        →    add_to = []
        to.append(item)               def add(item, to=add_to): …

After that the program says itself what Python does in silence, and one object for all calls needs no rule of its own.
"""

from __future__ import annotations

import ast

from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import walk

IMMUTABLE_CALLS = ("float", "int", "str", "bool", "tuple", "frozenset")


def name_defaults(tree: ast.Module) -> None:
    """Rewrite a module in place."""
    tree.body = _Naming(names_in(tree)).statements(tree.body)


def is_object(default: ast.expr) -> bool:
    """Whether a default is an object that a call could change."""
    if isinstance(default, ast.Call):
        return not (isinstance(default.func, ast.Name) and default.func.id in IMMUTABLE_CALLS)
    return isinstance(default, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp)


class _Naming:
    def __init__(self, taken: set[str]) -> None:
        self.taken = taken

    def statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        """The statements with the defaults' names before the functions and classes that use them."""
        found: list[ast.stmt] = []
        for each in body:
            if isinstance(each, ast.FunctionDef):
                found += self.function(each, set())
            elif isinstance(each, ast.ClassDef):
                own = {name.id for part in each.body for name in walk(part) if isinstance(name, ast.Name) and _stores(name)}
                for part in each.body:
                    if isinstance(part, ast.FunctionDef):
                        found += self.function(part, own, each.name)
            else:
                for field in ("body", "orelse", "finalbody"):
                    inner = getattr(each, field, None)
                    if isinstance(inner, list) and inner and isinstance(inner[0], ast.stmt):
                        setattr(each, field, self.statements(inner))
                for handler in getattr(each, "handlers", []):
                    handler.body = self.statements(handler.body)
            found.append(each)
        return found

    def function(self, node: ast.FunctionDef, hidden: set[str], owner: str = "") -> list[ast.stmt]:
        """The assignments of a function's defaults. `hidden`: names that only the class's body can read."""
        node.body = self.statements(node.body)
        made: list[ast.stmt] = []
        plain = [*node.args.posonlyargs, *node.args.args]
        slots: list[tuple[list[ast.expr], int, str]] = [
            (node.args.defaults, index, plain[len(plain) - len(node.args.defaults) + index].arg)
            for index in range(len(node.args.defaults))
        ]
        for holder, index, name in slots:
            default = holder[index]
            reads = {each.id for each in walk(default) if isinstance(each, ast.Name)}
            if not is_object(default) or reads & hidden:
                continue
            wanted = "_".join(part for part in (owner.lower(), node.name.strip("_"), name) if part)
            given = fresh_name(wanted, self.taken)
            made.append(located(ast.Assign([ast.Name(given, ast.Store())], default), default))
            holder[index] = located(ast.Name(given, ast.Load()), default)
        return made


def _stores(node: ast.Name) -> bool:
    return isinstance(node.ctx, ast.Store)


_GOES_THROUGH = frozenset(
    [
        "list",
        "tuple",
        "set",
        "frozenset",
        "sorted",
        "sum",
        "dict",
        "enumerate",
        "zip",
        "map",
        "filter",
        "any",
        "all",
        "min",
        "max",
        "len",
        "iter",
        "reversed",
        "deque",
        "Counter",
        "bool",
    ]
)
_TAKES_ITEMS = ("extend", "update", "join", "union", "extendleft")


def only_gone_through(function: ast.FunctionDef | ast.Lambda, name: str) -> bool:
    """Whether a function only goes through the items of a parameter, so that nobody sees what kind of container they are in."""
    seen: set[ast.AST] = set()
    every: list[ast.Name] = []
    for node in walk(function):
        match node:
            case ast.Name(id=found) if found == name:
                every.append(node)
            case (
                ast.For(iter=source) | ast.comprehension(iter=source) | ast.Starred(value=source) | ast.YieldFrom(value=source)
            ):
                seen.add(source)
            case ast.Call(func=ast.Name(id=called), args=arguments) if called in _GOES_THROUGH:
                seen.update(arguments)
            case ast.Call(func=ast.Attribute(attr=called), args=arguments) if called in _TAKES_ITEMS:
                seen.update(arguments)
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[held]):
                seen.add(held)
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) | ast.UnaryOp(op=ast.Not(), operand=test):
                seen.add(test)
    return bool(every) and all(isinstance(each.ctx, ast.Load) and each in seen for each in every)
