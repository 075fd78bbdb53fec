"""Attributes of library objects that a program sets: a call says the same, and calls are what the catalog maps.

logger.propagate = False        →      logger._set_propagate(False)
getcontext().prec = 6           →      getcontext()._set_prec(6)
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names
from batuta.python.new_nodes import located
from batuta.python.walk import statements, walk

_SETTINGS = {"propagate": "logging", "prec": "decimal", "rounding": "decimal"}
"""Attribute → the module whose objects have it."""


def write_out_settings(tree: ast.Module) -> None:
    """Rewrite such statements in place, in programs whose own classes have no field of that name."""
    modules = {each.partition(".")[0] for each in imported_names(tree).values()}
    asked = {name for name, module in _SETTINGS.items() if module in modules}
    if not asked:
        return
    nodes: list[ast.AST] = [tree, *statements(tree)]
    nodes += [each for node in nodes if isinstance(node, ast.Try) for each in node.handlers]
    nodes += [each for node in nodes if isinstance(node, ast.Match) for each in node.cases]
    for node in nodes:
        if isinstance(node, ast.ClassDef):
            asked -= {each.attr for each in walk(node) if isinstance(each, ast.Attribute) and _is_own(each)}
    for node in nodes:
        for name in ("body", "orelse", "finalbody"):
            body = getattr(node, name, None)
            if isinstance(body, list):
                setattr(node, name, [_setting(each, asked) for each in body])


def write_out_template_values(tree: ast.Module) -> None:
    """`template.substitute(name=x)` of `string.Template` as one dict of texts, in place; a mapping with more names as one dict."""
    if "string.Template" not in imported_names(tree).values() and not any(
        isinstance(each, ast.Attribute) and each.attr == "Template" for each in walk(tree)
    ):
        return
    for node in walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr not in ("substitute", "safe_substitute"):
            continue
        if len(node.keywords) == 1 and node.keywords[0].arg is None and not node.args:
            node.args, node.keywords = [node.keywords[0].value], []
            continue
        if (len(node.args) == 1 and node.keywords) or any(each.arg is None for each in node.keywords):
            names: list[ast.expr | None] = [None] * len(node.args)
            names += [None if each.arg is None else ast.Constant(each.arg) for each in node.keywords]
            joined = ast.Dict(names, [*node.args, *(each.value for each in node.keywords)])
            node.args, node.keywords = [located(joined, node)], []
            continue
        if not node.args and not node.keywords:
            # An empty dict has no type; no placeholder has an empty name.
            node.args = [located(ast.Dict([ast.Constant("")], [ast.Constant("")]), node)]
            continue
        if node.keywords and not node.args:
            keys: list[ast.expr | None] = [ast.Constant(each.arg) for each in node.keywords]
            values = [each.value for each in node.keywords]
        elif len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.Dict) and None not in node.args[0].keys:
            keys, values = node.args[0].keys, node.args[0].values
        else:
            continue
        texts: list[ast.expr] = [ast.Call(ast.Name("str", ast.Load()), [each], []) for each in values]
        node.args, node.keywords = [located(ast.Dict(keys, texts), node)], []


def _is_own(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name) and node.value.id == "self"


def _setting(node: ast.AST, asked: set[str]) -> ast.AST:
    match node:
        case ast.Assign(targets=[ast.Attribute(value=owner, attr=name)], value=value) if name in asked:
            call = ast.Call(ast.Attribute(owner, f"_set_{name}", ast.Load()), [value], [])
            return located(ast.Expr(call), node)
    return node
