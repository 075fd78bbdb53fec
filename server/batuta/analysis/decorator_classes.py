"""Decorators that are classes, as the functions that mean the same.

    class counted:                                  def counted(func):
        def __init__(self, func):                       def wrapper(*args, **kwargs):
            self.func = func                                wrapper.calls += 1
            self.calls = 0                     →            return func(*args, **kwargs)
        def __call__(self, *args, **kwargs):            wrapper.calls = 0
            self.calls += 1                             return wrapper
            return self.func(*args, **kwargs)

A class that is given arguments and then called with the function becomes a function that makes a decorator. `analysis/decorators.py` writes the
functions out. A class with more methods, or that hands itself on, stays what it is.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

_WRAPPER, _MAKER = "wrapper", "decorate"
_COPYING = ("functools.update_wrapper", "functools.wraps")


class _Unfit(Exception):
    """This class has no such form."""


def write_classes_as_functions(tree: ast.Module, imports: dict[str, str]) -> None:
    """Put functions in the places of such classes."""
    classes = {
        each.name: each for each in tree.body if isinstance(each, ast.ClassDef) and not each.bases and not each.decorator_list
    }
    if not classes:
        return
    heads: set[ast.AST] = set()
    used: dict[str, bool] = {}
    for node in walk(tree):
        for mark in node.decorator_list if isinstance(node, ast.FunctionDef) else []:
            head = mark.func if isinstance(mark, ast.Call) else mark
            if isinstance(head, ast.Name) and head.id in classes:
                heads.add(head)
                used[head.id] = isinstance(mark, ast.Call)
    if not used:
        return
    others = {each.id for each in walk(tree) if isinstance(each, ast.Name) and each not in heads}
    for name, given in used.items():
        if name in others:
            continue
        try:
            made = _maker(classes[name]) if given else _decorator(classes[name], imports)
        except _Unfit:
            continue
        tree.body[tree.body.index(classes[name])] = made


def _methods(cls: ast.ClassDef) -> tuple[ast.FunctionDef, ast.FunctionDef]:
    """`__init__` and `__call__`, where there is nothing else."""
    found: dict[str, ast.FunctionDef] = {}
    for each in cls.body:
        if isinstance(each, ast.FunctionDef) and each.name in ("__init__", "__call__") and not each.decorator_list:
            found[each.name] = each
        elif not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant)):
            raise _Unfit
    if len(found) != 2 or any(not each.args.args for each in found.values()):
        raise _Unfit
    return found["__init__"], found["__call__"]


def _fields(init: ast.FunctionDef) -> list[tuple[str, ast.expr]]:
    """The attributes that `__init__` sets, in order; that and copying the function's name must be all that it does."""
    this = init.args.args[0].arg
    fields: list[tuple[str, ast.expr]] = []
    for each in init.body:
        match each:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=owner), attr=name)], value=value) if owner == this:
                fields.append((name, value))
            case ast.AnnAssign(target=ast.Attribute(value=ast.Name(id=owner), attr=name), value=ast.expr() as value) if (
                owner == this
            ):
                fields.append((name, value))
            case ast.Expr(value=ast.Constant()) | ast.Pass():
                pass
            case ast.Expr(value=ast.Call()):
                fields.append(("", each.value))
            case _:
                raise _Unfit
    names = [name for name, _ in fields if name]
    if len(set(names)) != len(names):
        raise _Unfit
    return fields


def _is_copying(node: ast.expr, imports: dict[str, str]) -> bool:
    """`update_wrapper(self, func)` and `wraps(func)(self)`: the decorated function keeps its name anyway."""
    head = node.func if isinstance(node, ast.Call) else node
    head = head.func if isinstance(head, ast.Call) else head
    return qualified_name(head, imports) in _COPYING


def _decorator(cls: ast.ClassDef, imports: dict[str, str]) -> ast.FunctionDef:
    """A class whose objects are made of the function."""
    init, call = _methods(cls)
    if len(init.args.args) != 2 or init.args.vararg or init.args.kwarg or init.args.kwonlyargs or init.args.defaults:
        raise _Unfit
    parameter = init.args.args[1].arg
    fields = [(name, value) for name, value in _fields(init) if name or not _is_copying(value, imports)]
    if any(not name for name, _ in fields):
        raise _Unfit
    given = {name for name, value in fields if isinstance(value, ast.Name) and value.id == parameter}
    taken = {each.id for each in walk(call) if isinstance(each, ast.Name)} | {
        each.arg for each in walk(call) if isinstance(each, ast.arg)
    }
    if parameter in taken or _WRAPPER in taken:
        raise _Unfit
    known = {name for name, _ in fields}
    inside = _Attributes(call.args.args[0].arg, {each: ast.Name(parameter, ast.Load()) for each in given}, known - given)
    body = [inside.visit(copy.deepcopy(each)) for each in call.body]
    arguments = copy.deepcopy(call.args)
    arguments.args = arguments.args[1:]
    wrapper = _function(_WRAPPER, arguments, body)
    outside = _Attributes(init.args.args[0].arg, inside.names, known - given)
    after = [
        ast.Assign([ast.Attribute(ast.Name(_WRAPPER, ast.Load()), name, ast.Store())], outside.visit(copy.deepcopy(value)))
        for name, value in fields
        if name not in given
    ]
    made = _function(cls.name, _one(parameter), [wrapper, *after, ast.Return(ast.Name(_WRAPPER, ast.Load()))])
    return located(made, cls)


def _maker(cls: ast.ClassDef) -> ast.FunctionDef:
    """A class whose objects are made of arguments and called with the function."""
    init, call = _methods(cls)
    if len(call.args.args) != 2 or call.args.vararg or call.args.kwarg or call.args.kwonlyargs:
        raise _Unfit
    arguments = copy.deepcopy(init.args)
    arguments.args = arguments.args[1:]
    names = {each.arg for each in walk(arguments) if isinstance(each, ast.arg)}
    taken = {each.id for each in walk(call) if isinstance(each, ast.Name)} | {
        each.arg for each in walk(call) if isinstance(each, ast.arg)
    }
    values: dict[str, ast.Name] = {}
    before: list[ast.stmt] = []
    for name, value in _fields(init):
        if not name:
            raise _Unfit
        if isinstance(value, ast.Name) and value.id in names:
            values[name] = ast.Name(value.id, ast.Load())
        elif any(isinstance(each, ast.Name) and each.id == init.args.args[0].arg for each in walk(value)):
            raise _Unfit
        else:
            before.append(ast.Assign([ast.Name(name, ast.Store())], copy.deepcopy(value)))
            values[name] = ast.Name(name, ast.Load())
    if taken & ({each.id for each in values.values()} | {_MAKER}):
        raise _Unfit
    inside = _Attributes(call.args.args[0].arg, values, set())
    body = [inside.visit(copy.deepcopy(each)) for each in call.body]
    maker = _function(_MAKER, _one(call.args.args[1].arg), body)
    return located(_function(cls.name, arguments, [*before, maker, ast.Return(ast.Name(_MAKER, ast.Load()))]), cls)


def _one(parameter: str) -> ast.arguments:
    return ast.arguments([], [ast.arg(parameter)], None, [], [], None, [])


def _function(name: str, arguments: ast.arguments, body: list[ast.stmt]) -> ast.FunctionDef:
    head = ast.parse("def made(): pass").body[0]
    assert isinstance(head, ast.FunctionDef)
    head.name, head.args, head.body = name, arguments, body
    return head


class _Attributes(Transformer):
    """Attributes of the object as the names that they become, or as attributes of the wrapper."""

    def __init__(self, this: str, names: dict[str, ast.Name], kept: set[str]) -> None:
        self.this = this
        self.names = names
        self.kept = kept

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if not (isinstance(node.value, ast.Name) and node.value.id == self.this):
            return self.generic_visit(node)
        if node.attr in self.names and isinstance(node.ctx, ast.Load):
            return located(copy.deepcopy(self.names[node.attr]), node)
        if node.attr in self.kept:
            return located(ast.Attribute(ast.Name(_WRAPPER, ast.Load()), node.attr, node.ctx), node)
        raise _Unfit

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == self.this:
            raise _Unfit
        return node
