"""`struct.Struct`, as its format: each use of the object becomes the function of the module with that format.

HEADER = struct.Struct("<IHH")
HEADER.unpack(data[:HEADER.size])     →     struct.unpack("<IHH", data[:struct.calcsize("<IHH")])

An object that is stored under one name, in a class or in a variable, and only asked for what `struct` has functions for, is written out; one
that is passed on stays as it is and is refused. `struct.pack_into(format, buffer, offset, …)` becomes the assignment of a part of the buffer.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

_STRUCT = "struct.Struct"
_REPEATED = (ast.Name, ast.Constant, ast.BinOp, ast.operator, ast.expr_context)
"""What may be evaluated twice."""
_FUNCTIONS = ("pack", "unpack", "unpack_from", "iter_unpack", "pack_into")


def write_out_formats(tree: ast.Module) -> None:
    """Write such objects out, in place."""
    imports = imported_names(tree)
    module = next((name for name, whole in imports.items() if whole == "struct"), None)
    if module is None and _STRUCT in imports.values():
        module = "struct_formats"
    if module is None:
        return
    formats = _found(tree, imports)
    if formats:
        if not any(whole == "struct" for whole in imports.values()):
            first = tree.body[0]
            tree.body.insert(0, located(ast.Import([ast.alias("struct", module)]), first))
        _Writer(module, formats, imports).visit(tree)
        used = {each.id for each in walk(tree) if isinstance(each, ast.Name)}
        for each in tree.body:
            if isinstance(each, ast.ImportFrom) and each.module == "struct":
                each.names = [x for x in each.names if x.name != "Struct" or (x.asname or x.name) in used]
        tree.body = [each for each in tree.body if not isinstance(each, ast.ImportFrom) or each.names]
    else:
        _Writer(module, {}, imports).visit(tree)


def _found(tree: ast.Module, imports: dict[str, str]) -> dict[str, ast.Constant]:
    """The formats by the names that objects are stored under; `.name` for attributes."""
    formats: dict[str, ast.Constant] = {}
    stored: dict[str, int] = {}
    inside = {id(each) for node in walk(tree) if isinstance(node, ast.ClassDef) for each in node.body}
    for node in walk(tree):
        if isinstance(node, ast.arg):
            stored[node.arg] = 9
        elif isinstance(node, ast.Name | ast.Attribute) and not isinstance(node.ctx, ast.Load):
            name = _name(node)
            stored[name] = stored.get(name, 0) + 1
        match node:
            case ast.Assign(
                targets=[ast.Name() | ast.Attribute() as target], value=ast.Call(args=[ast.Constant() as text]) as made
            ):
                if qualified_name(made.func, imports) == _STRUCT and isinstance(text.value, str | bytes):
                    name = _name(target)
                    if id(node) in inside and isinstance(target, ast.Name):
                        stored[f".{name}"] = stored.get(f".{name}", 0) + 1
                        stored[name] = stored.get(name, 0) - 1
                        name = f".{name}"
                    formats[name] = text
    parents = {id(inner): outer for outer in walk(tree) for inner in ast.iter_child_nodes(outer)}
    for node in walk(tree):
        if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load) and _key(node, formats) is not None:
            outer = parents.get(id(node))
            if not (isinstance(outer, ast.Attribute) and outer.attr in (*_FUNCTIONS, "size", "format")):
                stored[_key(node, formats) or ""] = 9
    return {name: text for name, text in formats.items() if stored.get(name, 0) == 1}


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else f".{node.attr}"


def _key(node: ast.Name | ast.Attribute, formats: dict[str, ast.Constant]) -> str | None:
    return _name(node) if _name(node) in formats else None


class _Writer(Transformer):
    def __init__(self, module: str, formats: dict[str, ast.Constant], imports: dict[str, str]) -> None:
        self.module, self.formats, self.imports = module, formats, imports

    def _format(self, node: ast.expr) -> ast.Constant | None:
        if isinstance(node, ast.Name | ast.Attribute):
            found = self.formats.get(_name(node))
            return ast.Constant(found.value) if found is not None else None
        return None

    def _function(self, name: str) -> ast.expr:
        return ast.Attribute(ast.Name(self.module, ast.Load()), name, ast.Load())

    def visit_Assign(self, node: ast.Assign) -> ast.AST | None:
        (target, *more), made = node.targets, node.value
        if isinstance(target, ast.Name | ast.Attribute) and not more and isinstance(made, ast.Call):
            known = _name(target) in self.formats or (isinstance(target, ast.Name) and f".{target.id}" in self.formats)
            if known and qualified_name(made.func, self.imports) == _STRUCT:
                return ast.copy_location(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Attribute) and function.attr in _FUNCTIONS:
            text = self._format(function.value)
            if text is not None:
                return located(ast.Call(self._function(function.attr), [text, *node.args], node.keywords), node)
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        text = self._format(node.value) if node.attr in ("size", "format") and isinstance(node.ctx, ast.Load) else None
        if text is None:
            return node
        if node.attr == "format":
            return located(ast.Constant(text.value if isinstance(text.value, str) else text.value.decode()), node)  # type: ignore[union-attr]
        return located(ast.Call(self._function("calcsize"), [text], []), node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        self.generic_visit(node)
        match node.value:
            case ast.Call(args=[text, ast.Name() | ast.Attribute() as buffer, offset, *values], keywords=[]) as call if (
                qualified_name(call.func, {**self.imports, self.module: "struct"}) == "struct.pack_into"
                and all(isinstance(each, _REPEATED) for each in walk(offset))
            ):
                size = ast.Call(self._function("calcsize"), [text], [])
                end = ast.BinOp(offset, ast.Add(), size)
                part = ast.Subscript(buffer, ast.Slice(offset, end), ast.Store())
                return located(ast.Assign([part], ast.Call(self._function("pack"), [text, *values], [])), node)
        return node
