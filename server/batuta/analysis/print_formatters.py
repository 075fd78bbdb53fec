"""`formatter={"float_kind": f}` of NumPy's printing as `float_formatter=f`: one function for each kind of number.

np.set_printoptions(formatter={"float": "{:.3f}".format})    →    np.set_printoptions(float_formatter=lambda x: "{:.3f}".format(x))
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names
from batuta.python.new_nodes import located
from batuta.python.walk import walk

_KINDS = {
    "float": ("float",),
    "float_kind": ("float",),
    "int": ("int",),
    "int_kind": ("int",),
    "all": ("float", "int"),
}
_CALLS = ("set_printoptions", "printoptions", "array2string")


def write_out_formatters(tree: ast.Module) -> None:
    """Rewrite such arguments in place. A function that sees variables of its surroundings stays as it is."""
    if not any(each.partition(".")[0] == "numpy" for each in imported_names(tree).values()):
        return
    for node in walk(tree):
        if not isinstance(node, ast.Call) or not node.keywords:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name in _CALLS:
            node.keywords = [each for keyword in node.keywords for each in _written(keyword)]


def _written(keyword: ast.keyword) -> list[ast.keyword]:
    given = keyword.value
    if keyword.arg != "formatter" or not isinstance(given, ast.Dict):
        return [keyword]
    made: dict[str, ast.expr] = {}
    for key, value in zip(given.keys, given.values, strict=True):
        kinds = _KINDS.get(key.value) if isinstance(key, ast.Constant) and isinstance(key.value, str) else None
        function = _function(value)
        if kinds is None or function is None:
            return [keyword]
        for kind in kinds:
            made[kind] = copy.deepcopy(function)
    return [located(ast.keyword(f"{kind}_formatter", function), keyword) for kind, function in made.items()]


def _function(node: ast.expr) -> ast.expr | None:
    match node:
        case ast.Attribute(value=ast.Constant(value=str()), attr="format"):
            body = ast.Call(node, [ast.Name("x", ast.Load())], [])
            arguments = ast.arguments([], [ast.arg("x")], None, [], [], None, [])
            return located(ast.Lambda(arguments, body), node)
        case ast.Lambda(args=ast.arguments(args=[only])):
            names = {each.id for each in ast.walk(node.body) if isinstance(each, ast.Name)}
            return node if names <= {only.arg, "str", "repr", "round", "abs", "int", "float"} else None
    return None
