"""`np.vectorize(f)` as the function that applies `f` to each item, and `np.fromfunction(f, shape)` as `f` of the grids of positions."""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.catalog.entry import EACH_ITEM
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk


def write_out_vectorized(tree: ast.Module) -> None:
    """Rewrite such calls and decorators, in place."""
    imports = imported_names(tree)
    numpy = next((name for name, meant in imports.items() if meant == "numpy"), None)
    if numpy is not None and _is_asked_for(tree, imports):
        _Writer(tree, imports, numpy).visit(tree)


_WRITTEN = frozenset({"vectorize", "fromfunction"})


def _is_asked_for(tree: ast.Module, imports: dict[str, str]) -> bool:
    if any(each.rpartition(".")[2] in _WRITTEN for each in imports.values()):
        return True
    return any(isinstance(each, ast.Attribute) and each.attr in _WRITTEN for each in walk(tree))


class _Writer(Transformer):
    def __init__(self, tree: ast.Module, imports: dict[str, str], numpy: str) -> None:
        self.imports, self.numpy = imports, numpy
        self.functions = {each.name: each for each in walk(tree) if isinstance(each, ast.FunctionDef)}
        self.made = self._only_called(tree)

    def _only_called(self, tree: ast.Module) -> dict[str, ast.Call]:
        """The names that are assigned once, what `np.vectorize` gives, and that are only called: each call may have its own types."""
        stored: dict[str, list[ast.expr | None]] = {}
        uses: dict[str, int] = {}
        called: dict[str, int] = {}
        for each in walk(tree):
            if isinstance(each, ast.Assign):
                for target in each.targets:
                    if isinstance(target, ast.Name):
                        stored.setdefault(target.id, []).append(each.value if len(each.targets) == 1 else None)
            elif isinstance(each, ast.FunctionDef | ast.ClassDef):
                stored.setdefault(each.name, []).append(None)
            elif isinstance(each, ast.arg):
                stored.setdefault(each.arg, []).append(None)
            elif isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
                called[each.func.id] = called.get(each.func.id, 0) + 1
        for each in walk(tree):
            if isinstance(each, ast.Name):
                uses[each.id] = uses.get(each.id, 0) + 1
        found = {}
        for name, values in stored.items():
            value = values[0]
            if len(values) != 1 or not isinstance(value, ast.Call) or self._named(value.func) != "numpy.vectorize":
                continue
            known = len(value.args) == 1 and self._count(value.args[0], None) is not None
            if known and {each.arg for each in value.keywords} <= {"otypes"} and uses[name] == called.get(name, 0) + 1:
                found[name] = value
        return found

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and node.targets[0].id in self.made:
            return located(ast.Pass(), node)
        return self.generic_visit(node)

    def _named(self, node: ast.expr) -> str:
        return qualified_name(node, self.imports) or ""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        if len(node.decorator_list) != 1:
            return node
        decorator = node.decorator_list[0]
        if self._named(decorator) != "numpy.vectorize":
            return node
        made = self._applied(ast.Call(decorator, [ast.Name(f"{node.name}_of_item", ast.Load())], []), node)
        if made is None:
            return node
        self.functions[f"{node.name}_of_item"] = node
        name, node.decorator_list = node.name, []
        node.name = f"{name}_of_item"
        return [node, located(ast.Assign([ast.Name(name, ast.Store())], made), node)]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        whole = self.made.get(node.func.id) if isinstance(node.func, ast.Name) else None
        if whole is not None and not node.keywords and len(node.args) in (1, 2):
            function = copy.deepcopy(whole.args[0])
            applied = ast.Call(ast.Name(EACH_ITEM, ast.Load()), [function, *node.args], copy.deepcopy(whole.keywords))
            return located(applied, node)
        name = self._named(node.func)
        if name == "numpy.vectorize" and node.args:
            made = self._applied(node, None)
            return node if made is None else located(made, node)
        if name == "numpy.fromfunction":
            grid = self._grid(node)
            return node if grid is None else located(grid, node)
        return node

    def _count(self, function: ast.expr, known: ast.FunctionDef | None) -> int | None:
        """How many parameters a function has that must be passed; None where it is not known here."""
        if isinstance(function, ast.Lambda):
            arguments = function.args
        else:
            found = known or (self.functions.get(function.id) if isinstance(function, ast.Name) else None)
            if found is None:
                return None
            arguments = found.args
        if arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
            return None
        return len(arguments.posonlyargs) + len(arguments.args) - len(arguments.defaults)

    def _applied(self, node: ast.Call, known: ast.FunctionDef | None) -> ast.expr | None:
        options = {each.arg: each.value for each in node.keywords}
        if len(node.args) != 1 or set(options) - {"otypes"}:
            return None
        count = self._count(node.args[0], known)
        if count not in (1, 2):
            return None
        names = ["items"] if count == 1 else ["items", "others"]
        arguments = [node.args[0], *(ast.Name(each, ast.Load()) for each in names)]
        keywords = [ast.keyword("otypes", options["otypes"])] if "otypes" in options else []
        call = ast.Call(ast.Name(EACH_ITEM, ast.Load()), arguments, keywords)
        return ast.Lambda(ast.arguments([], [ast.arg(each) for each in names], None, [], [], None, []), call)

    def _grid(self, node: ast.Call) -> ast.expr | None:
        options = {each.arg: each.value for each in node.keywords}
        if len(node.args) != 2 or set(options) - {"dtype"} or not isinstance(node.args[1], ast.Tuple):
            return None
        function, shape = node.args
        assert isinstance(shape, ast.Tuple)
        lengths = shape.elts
        count = len(lengths)
        if self._count(function, None) != count or count not in (1, 2) or not isinstance(function, ast.Lambda | ast.Name):
            return None
        whole = isinstance(options.get("dtype"), ast.Name) and ast.unparse(options["dtype"]) == "int"
        if "dtype" in options and not whole and ast.unparse(options["dtype"]) != "float":
            return None

        def grid(axis: int) -> ast.expr:
            indices = ast.Call(ast.Attribute(ast.Name(self.numpy, ast.Load()), "indices", ast.Load()), [shape], [])
            if count == 1:
                plain = ast.Attribute(ast.Name(self.numpy, ast.Load()), "arange", ast.Load())
                made: ast.expr = ast.Call(plain, [lengths[0]], [])
            else:
                made = ast.Subscript(indices, ast.Constant(axis), ast.Load())
            if whole:
                return made
            return ast.Call(ast.Attribute(made, "astype", ast.Load()), [ast.Name("float", ast.Load())], [])

        return ast.Call(function, [grid(axis) for axis in range(count)], [])
