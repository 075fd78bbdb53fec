"""Context managers that decorate functions, and the bases that `contextlib` offers to classes that are managers.

    @timed("work")                     def work(n):
    def work(n):                           with timed("work"):
        return n + 1           →               return n + 1

A manager of the program's own class is made once, where it decorates; one that a generator gives is made anew for each call. `ContextDecorator`
and `AbstractContextManager` give a class nothing else: they go, and the `__enter__` of the latter is written out.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import children

_BASES = ("contextlib.ContextDecorator", "contextlib.AbstractContextManager")
_GENERATING = ("contextlib.contextmanager",)


def write_out_decorating_managers(tree: ast.Module) -> None:
    """Write them out, in place."""
    imports = imported_names(tree)
    if not any(name.partition(".")[0] == "contextlib" for name in imports.values()):
        return
    decorating: set[str] = set()
    generating: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            bases = [qualified_name(each, imports) for each in node.bases]
            if _BASES[0] in bases:
                decorating.add(node.name)
            if any(each in _BASES for each in bases):
                _without_bases(node, bases)
        elif isinstance(node, ast.FunctionDef) and any(
            qualified_name(each, imports) in _GENERATING for each in node.decorator_list
        ):
            generating.add(node.name)
    if decorating or generating:
        taken = names_in(tree)
        tree.body = _written(tree.body, decorating, generating, taken)


def _without_bases(node: ast.ClassDef, bases: list[str]) -> None:
    named = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    if _BASES[1] in bases and "__enter__" not in named:
        me = ast.arguments([], [ast.arg("self")], None, [], [], None, [])
        enter = ast.FunctionDef("__enter__", me, [ast.Return(ast.Name("self", ast.Load()))], [], None, None)
        node.body.append(located(enter, node))
    node.bases = [each for each, name in zip(node.bases, bases, strict=True) if name not in _BASES]


def _yields(node: ast.AST) -> bool:
    inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return any(
        isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) or (not isinstance(each, inner) and _yields(each))
        for each in children(node)
    )


def _written(body: list[ast.stmt], decorating: set[str], generating: set[str], taken: set[str]) -> list[ast.stmt]:
    made: list[ast.stmt] = []
    for node in body:
        if not isinstance(node, ast.FunctionDef) or len(node.decorator_list) != 1 or _yields(node):
            made.append(node)
            continue
        call = node.decorator_list[0]
        name = call.func.id if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) else ""
        if (
            name in generating
            and isinstance(call, ast.Call)
            and all(isinstance(each, ast.Constant) for each in [*call.args, *(word.value for word in call.keywords)])
        ):
            manager: ast.expr = call
        elif name in decorating:
            held = fresh_name(f"{node.name}_manager", taken)
            made.append(located(ast.Assign([ast.Name(held, ast.Store())], call), node))
            manager = ast.Name(held, ast.Load())
        else:
            made.append(node)
            continue
        start = 1 if ast.get_docstring(node) is not None else 0
        node.body[start:] = [located(ast.With([ast.withitem(manager, None)], node.body[start:]), node)]
        node.decorator_list = []
        made.append(node)
    return made
