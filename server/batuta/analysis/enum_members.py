"""What programs ask of an enum class as a whole: its `__members__`, and whether something is one of them.

Color = Enum("Color", "RED GREEN")                  →    class Color(Enum): RED = 1; GREEN = 2
for name, member in Color.__members__.items(): …    →    for name, member in {"RED": Color.RED, …}.items(): …
if color in Color: …                                →    if isinstance(color, Color): …
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer

_ENUMS = ("enum.Enum", "enum.IntEnum", "enum.StrEnum", "enum.Flag", "enum.IntFlag")
_ASKED = ("items", "keys", "values", "get")
_TAKING = ("len", "list", "tuple", "sorted", "set", "dict", "enumerate")


def write_out_members(tree: ast.Module) -> None:
    """Rewrite a module in place."""
    imports = imported_names(tree)
    tree.body = [_as_class(each, imports) for each in tree.body]
    members: dict[str, list[str]] = {}
    aliases: dict[tuple[str, str], str] = {}
    for each in tree.body:
        if isinstance(each, ast.ClassDef) and any(
            qualified_name(base, imports) in _ENUMS or (isinstance(base, ast.Name) and base.id in members)
            for base in each.bases
        ):
            members[each.name] = [
                target.id
                for statement in each.body
                if isinstance(statement, ast.Assign)
                for target in statement.targets
                if isinstance(target, ast.Name) and not target.id.startswith("_")
            ]
            _take_aliases(each, aliases)
    if members:
        _Members(members, aliases).visit(tree)


def _as_class(statement: ast.stmt, imports: dict[str, str]) -> ast.stmt:
    """A class that is made by a call, as the statement that defines it."""
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(args=[ast.Constant(value=label), listed]) as call) if (
            qualified_name(call.func, imports) in _ENUMS and label == name
        ):
            start: object = 1
            for each in call.keywords:
                if each.arg != "start" or not isinstance(each.value, ast.Constant):
                    return statement
                start = each.value.value
            kind = qualified_name(call.func, imports).rpartition(".")[2]
            pairs = _members_of(listed, start if isinstance(start, int) else 1, kind)
            if pairs:
                body: list[ast.stmt] = [ast.Assign([ast.Name(member, ast.Store())], value) for member, value in pairs]
                return located(ast.ClassDef(name, [call.func], [], body, []), statement)
    return statement


def _members_of(listed: ast.expr, start: int, kind: str) -> list[tuple[str, ast.expr]]:
    """The members that such a call lists, with their values; none where they are not written in place."""
    names: list[object] = []
    match listed:
        case ast.Constant(value=str() as text):
            names = list(text.replace(",", " ").split())
        case ast.List(elts=items) | ast.Tuple(elts=items) if all(isinstance(each, ast.Constant) for each in items):
            names = [each.value for each in items if isinstance(each, ast.Constant)]
        case ast.List(elts=items) | ast.Tuple(elts=items):
            pairs = [each.elts for each in items if isinstance(each, ast.Tuple) and len(each.elts) == 2]
            if len(pairs) == len(items) and all(isinstance(one, ast.Constant) for one, _ in pairs):
                return [(str(one.value), value) for one, value in pairs if isinstance(one, ast.Constant)]
        case ast.Dict(keys=keys, values=values) if all(isinstance(each, ast.Constant) for each in keys):
            return [
                (str(each.value), value) for each, value in zip(keys, values, strict=True) if isinstance(each, ast.Constant)
            ]
    if kind == "StrEnum" or not all(isinstance(each, str) and each.isidentifier() for each in names):
        return []
    flags = kind in ("Flag", "IntFlag")
    numbers = [1 << index for index in range(len(names))] if flags else range(start, start + len(names))
    return [(str(each), ast.Constant(number)) for each, number in zip(names, numbers, strict=True)]


def _take_aliases(node: ast.ClassDef, aliases: dict[tuple[str, str], str]) -> None:
    """Members that have the value of an earlier one are other names of it; they go from the class."""
    first: dict[str, str] = {}
    kept: list[ast.stmt] = []
    for statement in node.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() | ast.Tuple() as value):
                held = first.setdefault(ast.dump(value), name)
                if held != name:
                    aliases[node.name, name] = held
                    continue
        kept.append(statement)
    node.body = kept


class _Members(Transformer):
    def __init__(self, members: dict[str, list[str]], aliases: dict[tuple[str, str], str]) -> None:
        self.members = members
        self.aliases = aliases

    def _written(self, node: ast.expr) -> ast.expr:
        """`Color.__members__` as a dict of the names; anything else as it is."""
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr="__members__") if name in self.members:
                names = self.members[name]
                keys: list[ast.expr | None] = [ast.Constant(each) for each in names]
                values: list[ast.expr] = [
                    ast.Attribute(ast.Name(name, ast.Load()), self.aliases.get((name, each), each), ast.Load())
                    for each in names
                ]
                return located(ast.Dict(keys, values), node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.value, ast.Name):
            node.attr = self.aliases.get((node.value.id, node.attr), node.attr)
        if node.attr in _ASKED:
            node.value = self._written(node.value)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(member))) if (
                name,
                member,
            ) in self.aliases:
                return located(ast.Attribute(node.value, self.aliases[name, member], ast.Load()), node)
        node.value = self._written(node.value)
        return node

    def visit_For(self, node: ast.For) -> ast.AST:
        self.generic_visit(node)
        node.iter = self._written(node.iter)
        return node

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.iter = self._written(node.iter)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and node.func.id in _TAKING:
            node.args = [self._written(each) for each in node.args]
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) != 1 or not isinstance(node.ops[0], ast.In | ast.NotIn):
            return node
        place = node.comparators[0]
        if isinstance(place, ast.Name) and place.id in self.members:
            asked: ast.expr = ast.Call(ast.Name("isinstance", ast.Load()), [node.left, place], [])
            if isinstance(node.ops[0], ast.NotIn):
                asked = ast.UnaryOp(ast.Not(), asked)
            return located(asked, node)
        node.comparators = [self._written(place)]
        return node
