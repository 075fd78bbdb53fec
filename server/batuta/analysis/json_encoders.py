"""Classes derived from `json.JSONEncoder`, as what their objects do: give what stands for a value that JSON cannot hold.

class Encoder(json.JSONEncoder):             class Encoder:
    def default(self, found):                    def default(self, found):
        if isinstance(found, set):                   if isinstance(found, set):
            return sorted(found)        →                return sorted(found)
        return super().default(found)                raise TypeError(f"Object of type … is not JSON serializable")

json.dumps(data, cls=Encoder)                json.dumps(data, default=Encoder().default)

A class that defines anything else of the encoder stays as it is and is refused.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

_ENCODER = "json.JSONEncoder"
_INNER = ("__init__", "encode", "iterencode")


def write_out_encoders(tree: ast.Module) -> None:
    """Write such classes and their uses out, in place."""
    imports = imported_names(tree)
    if not any(name in ("json", _ENCODER) for name in imports.values()):
        return
    encoders: set[str] = set()
    for node in [each for each in tree.body if isinstance(each, ast.ClassDef)]:
        if len(node.bases) != 1 or node.keywords:
            continue
        (base,) = node.bases
        below = isinstance(base, ast.Name) and base.id in encoders
        methods = {each.name for each in node.body if isinstance(each, ast.FunctionDef)}
        if (below or qualified_name(base, imports) == _ENCODER) and not methods & set(_INNER):
            encoders.add(node.name)
            if not below:
                node.bases = []
                _Refusing(imports).visit(node)
                node.body = node.body if methods else [*node.body, _default()]
                for each in node.body:
                    located(each, node)
    if encoders:
        _Asking(imports, encoders).visit(tree)
        used = {each.id for each in walk(tree) if isinstance(each, ast.Name)}
        for statement in tree.body:
            if isinstance(statement, ast.ImportFrom) and statement.module == "json":
                statement.names = [x for x in statement.names if x.name != "JSONEncoder" or (x.asname or x.name) in used]
        tree.body = [each for each in tree.body if not isinstance(each, ast.ImportFrom) or each.names]


def _refusal(value: ast.expr) -> ast.stmt:
    kind = ast.Attribute(ast.Call(ast.Name("type", ast.Load()), [value], []), "__name__", ast.Load())
    message = ast.JoinedStr(
        [ast.Constant("Object of type "), ast.FormattedValue(kind, -1, None), ast.Constant(" is not JSON serializable")]
    )
    return ast.Raise(ast.Call(ast.Name("TypeError", ast.Load()), [message], []), None)


def _default() -> ast.stmt:
    made = ast.parse("def default(self, o): pass").body[0]
    assert isinstance(made, ast.FunctionDef)
    made.body = [_refusal(ast.Name("o", ast.Load()))]
    return made


class _Refusing(Transformer):
    """What the encoder itself does with a value: it refuses it."""

    def __init__(self, imports: dict[str, str]) -> None:
        self.imports = imports

    def visit_Return(self, node: ast.Return) -> ast.AST:
        return self._refused(node, node.value)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return self._refused(node, node.value)

    def _refused(self, node: ast.stmt, value: ast.expr | None) -> ast.AST:
        match value:
            case ast.Call(func=ast.Attribute(value=ast.Call(func=ast.Name(id="super")), attr="default"), args=[found]):
                return located(_refusal(found), node)
            case ast.Call(func=ast.Attribute(attr="default") as function, args=[_, found]):
                if qualified_name(function.value, self.imports) == _ENCODER:
                    return located(_refusal(found), node)
        return node


class _Asking(Transformer):
    """`cls=Encoder` of a call that writes JSON."""

    def __init__(self, imports: dict[str, str], encoders: set[str]) -> None:
        self.imports, self.encoders = imports, encoders

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if qualified_name(node.func, self.imports) in ("json.dumps", "json.dump"):
            for each in node.keywords:
                if each.arg == "cls" and isinstance(each.value, ast.Name) and each.value.id in self.encoders:
                    made = ast.Attribute(ast.Call(each.value, [], []), "default", ast.Load())
                    each.arg, each.value = "default", located(made, each.value)
        match node.func:
            case ast.Attribute(value=ast.Call(func=ast.Name(id=name), args=[]) as maker, attr="encode") if (
                name in self.encoders
            ):
                json = next((each for each, whole in self.imports.items() if whole == "json"), None)
                if json is not None:
                    default = ast.Attribute(ast.Call(ast.Name(name, ast.Load()), [], []), "default", ast.Load())
                    function = ast.Attribute(ast.Name(json, ast.Load()), "dumps", ast.Load())
                    return located(ast.Call(function, node.args, [*maker.keywords, ast.keyword("default", default)]), node)
        return node
