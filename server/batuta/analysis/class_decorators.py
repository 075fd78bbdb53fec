"""Decorators that take note of a class and give it back: calls after the class.

    @register("circle")            class Circle:
    class Circle:            →         …
        …                          register("circle")(Circle)

Only where every way out of the decorator gives the class that it was given.
"""

from __future__ import annotations

import ast

from batuta.python.new_nodes import located
from batuta.python.walk import children


def write_out_class_decorators(tree: ast.Module) -> None:
    """Write such decorators out, in place."""
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    body: list[ast.stmt] = []
    for each in tree.body:
        body.append(each)
        if not isinstance(each, ast.ClassDef):
            continue
        noting = [one for one in each.decorator_list if _notes(one, functions)]
        if not noting or noting != each.decorator_list[: len(noting)]:
            # What changes the class comes after one of these.
            continue
        each.decorator_list = each.decorator_list[len(noting) :]
        for one in reversed(noting):
            body.append(located(ast.Expr(ast.Call(one, [ast.Name(each.name, ast.Load())], [])), one))
    tree.body = body


def _notes(node: ast.expr, functions: dict[str, ast.FunctionDef]) -> bool:
    """Whether a decorator gives the class back."""
    match node:
        case ast.Name(id=name) if name in functions:
            return _gives_back(functions[name])
        case ast.Call(func=ast.Name(id=name)) if name in functions:
            return _given_back(functions[name]) is not None
    return False


def _given_back(node: ast.FunctionDef) -> ast.FunctionDef | None:
    """The function inside a maker of decorators, which gives its class back."""
    inner = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    last = node.body[-1]
    if isinstance(last, ast.Return) and isinstance(last.value, ast.Name) and last.value.id in inner:
        found = inner[last.value.id]
        return found if _gives_back(found) else None
    return None


def _gives_back(node: ast.FunctionDef) -> bool:
    """Whether a function of one parameter always returns what it was given."""
    names = node.args
    if len(names.args) != 1 or names.vararg or names.kwarg or names.kwonlyargs or not isinstance(node.body[-1], ast.Return):
        return False
    given = names.args[0].arg
    todo: list[ast.AST] = list(node.body)
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Return) and not (isinstance(each.value, ast.Name) and each.value.id == given):
            return False
        if isinstance(each, ast.Name) and each.id == given and not isinstance(each.ctx, ast.Load):
            return False
        if isinstance(each, ast.Attribute) and isinstance(each.value, ast.Name) and each.value.id == given:
            if not isinstance(each.ctx, ast.Load):
                # It changes the class.
                return False
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "setattr":
            return False
        if not isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef):
            todo += children(each)
    return True
