"""Decorators that are methods and give the function back: the call that Python makes, written as one.

class Bus:                                         class Bus:
    def on(self, name):                                def on(self, function, name):
        def decorator(function):             →             self.handlers[name] = function
            self.handlers[name] = function
            return function
        return decorator

@bus.on("start")                                   def begin(): …
def begin(): …                                     bus.on(begin, "start")
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from batuta.python.new_nodes import located
from batuta.python.walk import children, statements, walk


@dataclass
class _Method:
    """A method that registers a function."""

    node: ast.FunctionDef
    inner: ast.FunctionDef | None
    """What it makes a decorator of; None where it is one itself."""
    static: bool


def write_out_registering(tree: ast.Module) -> None:
    """Write such decorators out, in place."""
    decorated = [each for each in statements(tree) if isinstance(each, ast.FunctionDef) and each.decorator_list]
    if not any(_asked(one) for each in decorated for one in each.decorator_list):
        return
    methods: dict[str, _Method | None] = {}
    for cls in tree.body:
        for method in cls.body if isinstance(cls, ast.ClassDef) else []:
            if isinstance(method, ast.FunctionDef):
                # A name that several classes have is not told apart here.
                methods[method.name] = None if method.name in methods else _registering(method)
    known = {name: each for name, each in methods.items() if each is not None}
    marks = {id(one): one for each in decorated for one in each.decorator_list if _asked(one)}
    heads = {id(one.func) if isinstance(one, ast.Call) else id(one) for one in marks.values()}
    for each in walk(tree):
        if (
            isinstance(each, ast.Attribute)
            and each.attr in known
            and id(each) not in heads
            and known[each.attr].inner is not None
        ):
            # Used in another way as well.
            del known[each.attr]
    done: set[str] = set()
    for holder in walk(tree):
        if isinstance(holder, ast.Module | ast.FunctionDef | ast.If | ast.With | ast.Try):
            holder.body = _written_out(holder.body, known, done)
    for name in done:
        _flatten(known[name])


def _asked(node: ast.expr) -> str:
    """The name of the method that a decorator is, or that makes it; empty for other decorators."""
    head = node.func if isinstance(node, ast.Call) else node
    return head.attr if isinstance(head, ast.Attribute) and isinstance(head.value, ast.Name) else ""


def _registering(node: ast.FunctionDef) -> _Method | None:
    marks = [each.id for each in node.decorator_list if isinstance(each, ast.Name)]
    if len(marks) != len(node.decorator_list) or set(marks) - {"staticmethod", "classmethod"} or node.args.vararg:
        return None
    static = "staticmethod" in marks
    body = [each for each in node.body if not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))]
    if not body or not isinstance(body[-1], ast.Return) or not isinstance(body[-1].value, ast.Name):
        return None
    given = body[-1].value.id
    plain = [each.arg for each in node.args.args][0 if static else 1 :]
    if plain[:1] == [given] and _gives_back(node, given):
        return _Method(node, None, static)
    inner = next((each for each in body if isinstance(each, ast.FunctionDef) and each.name == given), None)
    if (
        inner is None
        or inner.decorator_list
        or len(inner.args.args) != 1
        or inner.args.vararg
        or inner.args.kwarg
        or inner.args.defaults
    ):
        return None
    around = [each for statement in body[:-1] if statement is not inner for each in walk(statement)]
    if any(isinstance(each, ast.Return | ast.Yield) for each in around) or body[-2] is not inner:
        return None
    parameter = inner.args.args[0].arg
    names = {each.arg for each in node.args.args} | {each.id for each in around if isinstance(each, ast.Name)}
    return _Method(node, inner, static) if _gives_back(inner, parameter) and parameter not in names else None


def _gives_back(node: ast.FunctionDef, name: str) -> bool:
    """Whether a function ends with giving back its parameter, never gives back anything else and never assigns it."""
    nodes = [each for statement in node.body for each in _outside_functions(statement)]
    returns = [each for each in nodes if isinstance(each, ast.Return)]
    stored = {each.id for each in walk(node) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    return (
        returns == node.body[-1:]
        and isinstance(returns[0].value, ast.Name)
        and returns[0].value.id == name
        and name not in stored
        and not any(isinstance(each, ast.Yield | ast.YieldFrom) for each in nodes)
    )


def _outside_functions(node: ast.AST) -> list[ast.AST]:
    if isinstance(node, ast.FunctionDef | ast.Lambda):
        return []
    return [node, *[inner for each in children(node) for inner in _outside_functions(each)]]


def _written_out(body: list[ast.stmt], known: dict[str, _Method], done: set[str]) -> list[ast.stmt]:
    found: list[ast.stmt] = []
    for statement in body:
        found.append(statement)
        if not isinstance(statement, ast.FunctionDef) or not statement.decorator_list:
            continue
        marks = statement.decorator_list
        if not all(_asked(each) in known and _fits(each, known[_asked(each)]) for each in marks):
            continue
        statement.decorator_list = []
        for mark in reversed(marks):
            method = known[_asked(mark)]
            function = located(ast.Name(statement.name, ast.Load()), mark)
            if isinstance(mark, ast.Call):
                done.add(method.node.name)
                call = ast.Call(mark.func, [function, *mark.args], mark.keywords)
            else:
                call = ast.Call(mark, [function], [])
            found.append(located(ast.Expr(call), mark))
    return found


def _fits(mark: ast.expr, method: _Method) -> bool:
    return isinstance(mark, ast.Call) == (method.inner is not None)


def _flatten(method: _Method) -> None:
    """The method as one that takes the function too."""
    node, inner = method.node, method.inner
    assert inner is not None
    place = node.body.index(inner)
    node.body = [*node.body[:place], *inner.body[:-1]] or [located(ast.Pass(), inner)]
    node.args.args.insert(0 if method.static else 1, inner.args.args[0])
    node.returns = None
