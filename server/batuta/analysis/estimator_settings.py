"""Estimators that are made with a dict of parameters, and grids of such dicts, written out.

SVC(kernel="rbf", **params)                    →    SVC(kernel="rbf").set_params(**params)
for params in ParameterGrid({"C": [1, 2]}):    →    for params in [{"C": grid_C} for grid_C in [1, 2]]:

scikit-learn's constructors only keep what they are given, so that a parameter that is set afterwards is the same.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, children

_GRID = "sklearn.model_selection.ParameterGrid"


def write_out_settings_of_estimators(tree: ast.Module) -> None:
    """Write such calls out, in place."""
    imports = imported_names(tree)
    if any(each.startswith("sklearn") for each in imports.values()):
        _Calls(tree, imports).visit(tree)


def _bindings(holder: ast.Module | ast.FunctionDef) -> dict[str, list[ast.AST]]:
    """What binds each name in a function, or in the module outside its functions."""
    found: dict[str, list[ast.AST]] = {}
    todo: list[ast.AST] = children(holder)
    while todo:
        each = todo.pop()
        match each:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.setdefault(name, []).append(each)
                continue
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                found.setdefault(name, []).append(each)
                todo.append(value)
                continue
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                found.setdefault(name, []).append(each)
        todo += children(each)
    return found


class _Calls(Transformer):
    def __init__(self, tree: ast.Module, imports: dict[str, str]) -> None:
        self.imports = imports
        self.scopes = [_bindings(tree)]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        """What a function binds hides what lies around it."""
        self.scopes.append(_bindings(node))
        made = self.generic_visit(node)
        self.scopes.pop()
        return made

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = qualified_name(node.func, self.imports) or ""
        if name == _GRID and len(node.args) == 1 and not node.keywords:
            return self._grid(node) or node
        given = [each for each in node.keywords if each.arg is None]
        if given and name.startswith("sklearn.") and name.rpartition(".")[2][:1].isupper():
            node.keywords = [each for each in node.keywords if each.arg is not None]
            return located(ast.Call(ast.Attribute(node, "set_params", ast.Load()), [], given), node)
        return node

    def _grid(self, node: ast.Call) -> ast.expr | None:
        """The candidates of a grid whose names are written in the program: sorted by name, the last one changing fastest."""
        grid = node.args[0]
        held = grid.id if isinstance(grid, ast.Name) else ""
        if held:
            bound = next((each[held] for each in reversed(self.scopes) if held in each), [])
            only = bound[0] if len(bound) == 1 else None
            grid = only.value if isinstance(only, ast.Assign) else grid
        if not isinstance(grid, ast.Dict) or not grid.keys:
            return None
        pairs: dict[str, ast.expr] = {}
        for key, value in zip(grid.keys, grid.values, strict=True):
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                return None
            where = ast.Subscript(ast.Name(held, ast.Load()), ast.Constant(key.value), ast.Load())
            pairs[key.value] = where if held else copy.deepcopy(value)
        names = sorted(pairs)
        element = ast.Dict([ast.Constant(each) for each in names], [ast.Name(f"grid_{each}", ast.Load()) for each in names])
        clauses = [ast.comprehension(ast.Name(f"grid_{each}", ast.Store()), pairs[each], [], 0) for each in names]
        return located(ast.ListComp(element, clauses), node)
