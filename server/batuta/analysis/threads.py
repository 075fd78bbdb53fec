"""Threads, written out where nobody can see in which order they run.

    Thread(target=fill, args=(items, 5))    →    Thread(body=lambda given=items: fill(given, 5))
    pool.map(square, numbers)               →    [square(item) for item in numbers]
    pool.submit(square, 3)                  →    Future(lambda: square(3))

A thread whose work prints, sleeps or waits may be overtaken by others: its target stays as it is, and is refused.
"""

from __future__ import annotations

import ast

from batuta.analysis.desugar import HELD
from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located
from batuta.python.walk import Transformer, place_new_nodes, walk

_SEEN = (
    "print",
    "input",
    "sleep",
    "wait",
    "get",
    "put",
    "acquire",
    "current_thread",
    "get_ident",
    "randint",
    "random",
    "choice",
)
"""Functions and methods by which the order of threads could be seen, or on which it could depend."""
_POOLS = ("concurrent.futures.ThreadPoolExecutor",)


def write_out_threads(tree: ast.Module) -> None:
    """Write out such threads and executors, in place."""
    imports = imported_names(tree)
    if not any(name.partition(".")[0] in ("threading", "concurrent") for name in imports.values()):
        return
    functions: dict[str, list[ast.FunctionDef]] = {}
    for each in walk(tree):
        if isinstance(each, ast.FunctionDef):
            functions.setdefault(each.name, []).append(each)
    writer = _Writer(imports, functions, {each.id for each in walk(tree) if isinstance(each, ast.Name)})
    for each in walk(tree):
        if isinstance(each, ast.withitem | ast.Assign):
            writer.note(each)
    writer.visit(tree)
    if writer.future:
        place = next(index for index, each in enumerate(tree.body) if isinstance(each, ast.Import | ast.ImportFrom))
        alias = ast.alias("Future", writer.future)
        tree.body.insert(place, located(ast.ImportFrom("concurrent.futures", [alias], 0), tree.body[place]))
    if writer.refused:
        place = next(index for index, each in enumerate(tree.body) if isinstance(each, ast.Import | ast.ImportFrom))
        tree.body.insert(place, located(ast.Import([ast.alias("threading", writer.refused)]), tree.body[place]))


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str], functions: dict[str, list[ast.FunctionDef]], taken: set[str]) -> None:
        self.imports = imports
        self.functions = functions
        self.taken = taken
        self.pools: set[str] = set()
        self.future = ""
        self.refused = ""

    def fresh(self, name: str) -> str:
        return fresh_name(name, self.taken)

    def note(self, node: ast.withitem | ast.Assign) -> None:
        """Remember what names an executor has."""
        value = node.context_expr if isinstance(node, ast.withitem) else node.value
        targets = [node.optional_vars] if isinstance(node, ast.withitem) else node.targets
        if isinstance(value, ast.Call) and qualified_name(value.func, self.imports) in _POOLS:
            self.pools.update(each.id for each in targets if isinstance(each, ast.Name))

    def _quiet(self, node: ast.AST, seen: set[str]) -> bool:
        """Whether nothing that runs inside could show the order of threads."""
        for each in walk(node):
            if not isinstance(each, ast.Call):
                continue
            name = each.func.id if isinstance(each.func, ast.Name) else getattr(each.func, "attr", "")
            if name in self.functions:
                if name not in seen and not all(self._quiet(x, seen | {name}) for x in self.functions[name]):
                    return False
            elif name in _SEEN and not (name == "get" and len(each.args) == 2):
                return False
        return True

    def _is_quiet(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Lambda):
            return self._quiet(function.body, set())
        name = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
        if name in self.functions:
            return all(self._quiet(each, {name}) for each in self.functions[name])
        # A builtin or a method of a builtin type.
        return name not in _SEEN and not isinstance(function, ast.Call)

    def _closure(self, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword], at: ast.AST) -> ast.expr:
        names: list[ast.arg] = []
        held: list[ast.expr] = []

        def kept(value: ast.expr, label: str) -> ast.expr:
            if isinstance(value, ast.Constant):
                return value
            found = self.fresh(label)
            names.append(ast.arg(found))
            setattr(value, HELD, True)
            held.append(value)
            return ast.Name(found, ast.Load())

        if isinstance(function, ast.Attribute):
            function = ast.Attribute(kept(function.value, "receiver"), function.attr, ast.Load())
        elif isinstance(function, ast.Lambda):
            label = self.fresh("work")
            names.append(ast.arg(label))
            held.append(function)
            function = ast.Name(label, ast.Load())
        call = ast.Call(
            function,
            [kept(each, "given") for each in arguments],
            [ast.keyword(each.arg, kept(each.value, str(each.arg))) for each in keywords],
        )
        return located(ast.Lambda(ast.arguments([], names, None, [], [], None, held), call), at)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        self.generic_visit(node)
        for index, base in enumerate(node.bases):
            if qualified_name(base, self.imports) != "threading.Thread":
                continue
            work = [each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "run"]
            if not all(self._quiet(each, {"run"}) for each in work):
                # The class of the real module has no Rust form: the program is refused here.
                self.refused = self.refused or self.fresh("threading")
                node.bases[index] = located(ast.Attribute(ast.Name(self.refused, ast.Load()), "Thread", ast.Load()), base)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = qualified_name(node.func, self.imports)
        if name == "threading.Thread":
            return self._thread(node)
        if name in _POOLS and isinstance(node.func, ast.Name | ast.Attribute):
            return node
        if (
            isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id in self.pools
            and node.args
            and not any(isinstance(each, ast.Starred) for each in node.args)
            and self._is_quiet(node.args[0])
        ):
            if node.func.attr == "submit":
                self.future = self.future or self.fresh("Future")
                closure = self._closure(node.args[0], node.args[1:], node.keywords, node)
                return located(ast.Call(ast.Name(self.future, ast.Load()), [closure], []), node)
            if node.func.attr == "map" and all(each.arg in ("timeout", "chunksize") for each in node.keywords):
                mapped = ast.Call(ast.Name("map", ast.Load()), node.args, [])
                # Everything is computed before the first result is asked for, as a pool does.
                return located(
                    ast.Call(ast.Name("iter", ast.Load()), [ast.Call(ast.Name("list", ast.Load()), [mapped], [])], []), node
                )
        return node

    def _thread(self, node: ast.Call) -> ast.AST:
        if any(each.arg == "body" for each in node.keywords):
            return node
        words = {each.arg: each.value for each in node.keywords}
        target = words.pop("target", None)
        arguments = words.pop("args", ast.Tuple([], ast.Load()))
        keywords = words.pop("kwargs", ast.Dict([], []))
        if (
            node.args
            or target is None
            or not isinstance(target, ast.Name | ast.Attribute | ast.Lambda)
            or not isinstance(arguments, ast.Tuple | ast.List)
            or any(isinstance(each, ast.Starred) for each in arguments.elts)
            or not isinstance(keywords, ast.Dict)
            or not all(isinstance(each, ast.Constant) and isinstance(each.value, str) for each in keywords.keys)
            or not self._is_quiet(target)
        ):
            for each in node.keywords:
                if each.arg == "target":
                    # No class has such a parameter: the finding at this line gives it as the reason.
                    each.arg = "target, whose work prints, sleeps, waits or is not known"
            return node
        named = [
            ast.keyword(key.value, value)
            for key, value in zip(keywords.keys, keywords.values, strict=True)
            if isinstance(key, ast.Constant) and isinstance(key.value, str)
        ]
        closure = self._closure(target, arguments.elts, named, node)
        node.keywords = [ast.keyword("body", closure), *[ast.keyword(key, value) for key, value in words.items()]]
        place_new_nodes(node)
        return node
