"""`namedtuple(…)` and `NamedTuple(…)` calls as classes: assigned to a name, or as the base of a class.

Point = namedtuple("Point", "x y")     →     class Point(typing.NamedTuple): x: object; y: object
"""

from __future__ import annotations

import ast

from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk


def write_out_named_tuples(tree: ast.Module) -> None:
    """Write such classes out, in place."""
    if any(isinstance(each, ast.Call) and _maker(each) for each in walk(tree)):
        _NamedTuples().visit(tree)


class _NamedTuples(Transformer):
    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        made = _named_tuple(node)
        return made if made is not None else node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        _named_tuple_base(node)
        return node


def _maker(node: ast.Call) -> str:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
    return name if name in ("namedtuple", "NamedTuple") else ""


def _named_tuple(node: ast.Assign) -> ast.ClassDef | None:
    """`Point = namedtuple("Point", "x y")` as a class."""
    if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
        return None
    fields = _named_tuple_fields(node.value)
    if fields is None:
        return None
    return located(ast.ClassDef(node.targets[0].id, [_named_tuple_class()], [], fields, []), node)


def _named_tuple_base(node: ast.ClassDef) -> None:
    """`class Point(namedtuple("Point", "x y"))`: the class has these fields itself."""
    if len(node.bases) == 1 and not node.keywords:
        fields = _named_tuple_fields(node.bases[0])
        if fields is not None:
            node.bases = [located(_named_tuple_class(), node)]
            kept = [each for each in node.body if not (isinstance(each, ast.Assign) and _is_slots(each.targets[0]))]
            doc = kept[:1] if kept and isinstance(kept[0], ast.Expr) and isinstance(kept[0].value, ast.Constant) else []
            node.body = [*doc, *[located(each, node) for each in fields], *kept[len(doc) :]]


def _is_slots(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "__slots__"


def _named_tuple_class() -> ast.expr:
    return ast.Attribute(ast.Name("typing", ast.Load()), "NamedTuple", ast.Load())


def _named_tuple_fields(value: ast.expr) -> list[ast.stmt] | None:
    """What `namedtuple("Point", "x y")` and `NamedTuple("Point", [("x", int)])` declare."""
    if not isinstance(value, ast.Call) or len(value.args) != 2 or not isinstance(value.args[0], ast.Constant):
        return None
    name = _maker(value)
    listed = value.args[1]
    if name == "NamedTuple" and isinstance(listed, ast.List | ast.Tuple) and not value.keywords:
        found: list[ast.stmt] = []
        for each in listed.elts:
            match each:
                case ast.Tuple(elts=[ast.Constant(value=str(label)), annotation]):
                    found.append(ast.AnnAssign(ast.Name(label, ast.Store()), annotation, None, 1))
                case _:
                    return None
        return found
    if name != "namedtuple":
        return None
    if isinstance(listed, ast.Constant) and isinstance(listed.value, str):
        fields = listed.value.replace(",", " ").split()
    elif isinstance(listed, ast.List | ast.Tuple) and all(isinstance(each, ast.Constant) for each in listed.elts):
        fields = [str(each.value) for each in listed.elts]  # type: ignore[attr-defined]
    else:
        return None
    defaults: list[ast.expr] = []
    for keyword in value.keywords:
        if keyword.arg != "defaults" or not isinstance(keyword.value, ast.List | ast.Tuple):
            return None
        defaults = list(keyword.value.elts)
    body: list[ast.stmt] = []
    for index, label in enumerate(fields):
        place = index - (len(fields) - len(defaults))
        default = defaults[place] if place >= 0 and defaults else None
        body.append(ast.AnnAssign(ast.Name(label, ast.Store()), ast.Name("object", ast.Load()), default, 1))
    return body
