"""`__init_subclass__`, written out behind each class below: Python runs it when such a class is made.

class Plugin:                                          class Plugin:
    registry = {}                                          registry = {}
    def __init_subclass__(cls, **kwargs):       →      class Csv(Plugin): …
        super().__init_subclass__(**kwargs)            Plugin.registry["Csv"] = Csv
        Plugin.registry[cls.__name__] = cls
class Csv(Plugin): …
"""

from __future__ import annotations

import ast
import copy

from batuta.ir.names import own_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

HOOK = "__init_subclass__"


def write_out_hooks(tree: ast.Module) -> None:
    """Write such hooks out, in place; one that has no such form stays, and is refused."""
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    for name, cls in classes.items():
        hook = next((each for each in cls.body if isinstance(each, ast.FunctionDef) and each.name == HOOK), None)
        if hook is None:
            continue
        below = [
            each for each in tree.body if isinstance(each, ast.ClassDef) and each is not cls and _derives(each, name, classes)
        ]
        made = [_written(hook, each) for each in below]
        if any(each is None for each in made) or _nearer(below, name):
            continue
        cls.body = [each for each in cls.body if each is not hook] or [located(ast.Pass(), cls)]
        for each, statements in zip(below, made, strict=True):
            place = tree.body.index(each) + 1
            tree.body[place:place] = statements or []
            each.keywords = [one for one in each.keywords if one.arg == "metaclass"]


def _derives(node: ast.ClassDef, name: str, classes: dict[str, ast.ClassDef], depth: int = 0) -> bool:
    bases = [each.id for each in node.bases if isinstance(each, ast.Name)]
    return name in bases or (
        depth < 20 and any(each in classes and _derives(classes[each], name, classes, depth + 1) for each in bases)
    )


def _nearer(below: list[ast.ClassDef], name: str) -> bool:
    """Whether a class below has a hook of its own, which would run instead."""
    return any(isinstance(each, ast.FunctionDef) and each.name == HOOK for cls in below for each in cls.body)


def _written(hook: ast.FunctionDef, cls: ast.ClassDef) -> list[ast.stmt] | None:
    """The statements of a hook for one class; None where they have no such form."""
    arguments = hook.args
    if not arguments.args or arguments.vararg is not None or arguments.posonlyargs:
        return None
    this, *plain = [each.arg for each in [*arguments.args, *arguments.kwonlyargs]]
    given = {str(each.arg): each.value for each in cls.keywords if each.arg != "metaclass"}
    positional = [each.arg for each in arguments.args]
    defaults = dict(zip(positional[len(positional) - len(arguments.defaults) :], arguments.defaults, strict=True))
    defaults |= {
        each.arg: value for each, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value is not None
    }
    values: dict[str, ast.expr] = {this: ast.Name(cls.name, ast.Load())}
    for name in plain:
        value = given.pop(name, None) or defaults.get(name)
        if not isinstance(value, ast.Constant | ast.Name):
            return None
        values[name] = value
    if given:
        return None
    body = [each for each in hook.body if not _is_handed_on(each) and not isinstance(each, ast.Pass)]
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    nodes = [each for statement in body for each in walk(statement)]
    stored = any(isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) for each in nodes)
    if stored or any(isinstance(each, ast.Return | ast.FunctionDef | ast.Lambda | ast.Global) for each in nodes):
        return None
    if arguments.kwarg is not None and any(isinstance(each, ast.Name) and each.id == arguments.kwarg.arg for each in nodes):
        return None
    substitute = _Substitute(values, cls.name)
    return [located(substitute.visit(copy.deepcopy(each)), cls) for each in body]


def _is_handed_on(node: ast.stmt) -> bool:
    """`super().__init_subclass__(…)`: nothing above has a hook that does something."""
    match node:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr=name))):
            return name == HOOK
    return False


class _Substitute(Transformer):
    def __init__(self, values: dict[str, ast.expr], name: str) -> None:
        self.values = values
        self.name = name

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr in ("__name__", "__qualname__") and isinstance(node.value, ast.Name) and node.value.id == self.name:
            return located(ast.Constant(own_name(self.name)), node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return copy.deepcopy(self.values[node.id]) if node.id in self.values else node
