"""A builtin that a condition chooses, written out where it is called.

best = max if maximizing else min                  best_chosen = maximizing
return best(moves, key=score)                 →    return max(moves, key=score) if best_chosen else min(moves, key=score)

Only where the name is bound once in its function and used for nothing but calls. The condition is still evaluated where it stood.
"""

from __future__ import annotations

import ast
import copy

from batuta.python.new_nodes import fresh_name, located
from batuta.python.walk import Transformer, statements, walk

_BUILTINS = ("max", "min", "sorted", "sum", "any", "all", "len", "abs", "round", "int", "float", "str", "list", "set", "tuple")


def write_out_choices(tree: ast.Module) -> None:
    """Write such choices out, in place."""
    chosen = [each for each in walk(tree) if isinstance(each, ast.Assign) and _names(each) is not None]
    if not chosen:
        return
    bound = {each.id for each in walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    bound |= {each.name for each in walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef)}
    bound |= {each.arg for each in walk(tree) if isinstance(each, ast.arg)}
    taken = bound | {each.id for each in walk(tree) if isinstance(each, ast.Name)}
    holders: list[ast.Module | ast.FunctionDef] = [tree]
    holders += [each for each in statements(tree) if isinstance(each, ast.FunctionDef)]
    for holder in holders:
        inside = set(walk(holder))
        for statement in chosen:
            names = _names(statement)
            if statement in inside and names is not None and not {*names[1:]} & bound:
                _write_out(holder, statement, names[0], taken)


def _names(statement: ast.Assign) -> tuple[str, str, str] | None:
    """The name that is bound and the two builtins that it may mean."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.IfExp(body=ast.Name(id=one), orelse=ast.Name(id=other))):
            return (name, one, other) if one in _BUILTINS and other in _BUILTINS else None
    return None


def _write_out(holder: ast.Module | ast.FunctionDef, statement: ast.Assign, name: str, taken: set[str]) -> None:
    assert isinstance(statement.value, ast.IfExp)
    names = [each for each in walk(holder) if isinstance(each, ast.Name) and each.id == name]
    calls = [
        each for each in walk(holder) if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == name
    ]
    parameters = {each.arg for each in walk(holder) if isinstance(each, ast.arg)}
    if len(names) != len(calls) + 1 or name in parameters or not calls:
        return
    chosen = fresh_name(f"{name}_chosen", taken)
    test, choice = statement.value.test, statement.value

    class Calls(Transformer):
        def visit_Call(self, node: ast.Call) -> ast.AST:
            self.generic_visit(node)
            if not (isinstance(node.func, ast.Name) and node.func.id == name):
                return node
            made = []
            for function in (choice.body, choice.orelse):
                call = copy.deepcopy(node)
                call.func = located(copy.deepcopy(function), node)
                made.append(call)
            return located(ast.IfExp(ast.Name(chosen, ast.Load()), made[0], made[1]), node)

    Calls().visit(holder)
    statement.targets = [located(ast.Name(chosen, ast.Store()), statement)]
    statement.value = located(ast.Call(ast.Name("bool", ast.Load()), [test], []), test)
