"""Dataclasses with parameters that are no fields, and with fields that are passed by name only.

    @dataclass                                   @dataclass
    class Heat:                                  class Heat:
        celsius: float = 0.0                         celsius: float = 0.0
        fahrenheit: InitVar[float] = None   →        def __init__(self, celsius: float = 0.0, fahrenheit: float = None):
                                                         self.celsius = celsius
                                                         self.__post_init__(fahrenheit)

What stands behind `_: KW_ONLY` is an ordinary field as long as no call of the program gives it by its place. A class with an `InitVar` that derives
from others, or with fields that are made by factories or options, stays as it is and is refused.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import walk

_MARK, _PARAMETER = "dataclasses.KW_ONLY", "dataclasses.InitVar"


def write_out_parameters(tree: ast.Module) -> None:
    """Write such classes out, in place."""
    imports = imported_names(tree)
    if not any(name in ("dataclasses", _MARK, _PARAMETER) for name in imports.values()):
        return
    for node in walk(tree):
        if isinstance(node, ast.ClassDef):
            _without_mark(node, tree, imports)
            _with_init(node, imports)


def _without_mark(node: ast.ClassDef, tree: ast.Module, imports: dict[str, str]) -> None:
    fields = [each for each in node.body if isinstance(each, ast.AnnAssign)]
    marks = [each for each in fields if qualified_name(each.annotation, imports) == _MARK]
    if len(marks) != 1 or node.bases:
        return
    most = fields.index(marks[0])
    for each in walk(tree):
        named = isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id in (node.name, "cls")
        if (
            named
            and isinstance(each, ast.Call)
            and (len(each.args) > most or any(isinstance(x, ast.Starred) for x in each.args))
        ):
            return
    node.body.remove(marks[0])


def _kind(node: ast.expr, imports: dict[str, str]) -> ast.expr | None:
    """The type in `InitVar[type]`."""
    if isinstance(node, ast.Subscript) and qualified_name(node.value, imports) == _PARAMETER:
        return node.slice
    return None


def _with_init(node: ast.ClassDef, imports: dict[str, str]) -> None:
    fields = [each for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)]
    extra = [each for each in fields if _kind(each.annotation, imports) is not None]
    methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
    if not extra or node.bases or "__init__" in methods or any(isinstance(each.value, ast.Call) for each in fields):
        return
    if any(isinstance(each, ast.Name | ast.Attribute) and ast.unparse(each).endswith("ClassVar") for each in walk(node)):
        return
    arguments = ast.arguments([], [ast.arg("self")], None, [], [], None, [])
    body: list[ast.stmt] = []
    for each in fields:
        assert isinstance(each.target, ast.Name)
        name = each.target.id
        arguments.args.append(ast.arg(name, _kind(each.annotation, imports) or each.annotation))
        if each.value is not None:
            arguments.defaults.append(each.value)
        if each not in extra:
            target = ast.Attribute(ast.Name("self", ast.Load()), name, ast.Store())
            body.append(ast.Assign([target], ast.Name(name, ast.Load())))
    if "__post_init__" in methods:
        given: list[ast.expr] = [ast.Name(each.target.id, ast.Load()) for each in extra if isinstance(each.target, ast.Name)]
        body.append(ast.Expr(ast.Call(ast.Attribute(ast.Name("self", ast.Load()), "__post_init__", ast.Load()), given, [])))
    made = located(ast.FunctionDef("__init__", arguments, body, [], None, None), extra[0])
    node.body = [made if each is extra[0] else each for each in node.body if each is extra[0] or each not in extra]
