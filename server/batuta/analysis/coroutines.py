"""`async` and `await`, written out: a coroutine function is an ordinary function, and what it awaits it calls.

    async def fetch(n):                       def fetch(n):
        await asyncio.sleep(n)                    asyncio.sleep(n)
        return n                                  return n
                                       →
    task = asyncio.create_task(fetch(2))      task = asyncio.create_task(asyncio.coroutine(lambda n=2: fetch(n)))
    print(await task)                         print(asyncio.awaited(task))

In Rust each task has a stack of its own, so that a function that waits needs no other form. A coroutine that is not awaited on the spot is a
closure over its arguments. `asyncio.coroutine`, `awaited` and the like are names of the catalog, not of Python.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.desugar import COROUTINE, HELD
from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, children, place_new_nodes, walk

_TAKING = ("create_task", "ensure_future", "gather", "wait_for", "shield", "run", "as_completed", "run_until_complete")
"""What is given coroutines. In an argument, a call that the program does not know makes one."""
_FUTURES = ("create_task", "ensure_future", "shield", "gather")
"""Library functions whose calls give something that runs already."""
_LIBRARY = ("asyncio.sleep", "asyncio.wait_for")
"""Library functions that are coroutines, and are in the catalog as what awaiting them does."""
_RENAMED = {
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
}
_PLAIN = {
    "contextlib.asynccontextmanager": "contextmanager",
    "contextlib.AsyncExitStack": "ExitStack",
    "contextlib.aclosing": "closing",
}


_AWAITED = "awaited"
"""The attribute of a call that is awaited on the spot: the files of a program are written out one by one, and then as one."""


def write_out_coroutines(tree: ast.Module) -> None:
    """Write out all of them, in place."""
    functions = [each for each in walk(tree) if isinstance(each, ast.AsyncFunctionDef)]
    imports = imported_names(tree)
    if not functions and not any(name.partition(".")[0] == "asyncio" for name in imports.values()):
        return
    taken = names_in(tree)
    generators = {each.name for each in functions if _yields(each)}
    methods = {
        each.name
        for cls in walk(tree)
        if isinstance(cls, ast.ClassDef)
        for each in cls.body
        if isinstance(each, ast.AsyncFunctionDef)
    }
    known = {each.name for each in functions} - generators
    plain = {each.name for each in walk(tree) if isinstance(each, ast.FunctionDef)}
    writer = _Writer(imports, taken, known - methods - plain, (methods - generators) - plain, plain | generators)
    writer.visit(tree)
    if writer.module is not None and writer.module not in imports:
        place = next(
            (index for index, each in enumerate(tree.body) if not _comes_first(each)),
            len(tree.body),
        )
        tree.body.insert(place, located(ast.Import([ast.alias("asyncio", writer.module)]), tree.body[place]))
    place_new_nodes(tree)


def _comes_first(node: ast.stmt) -> bool:
    future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    return future or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _yields(node: ast.AST) -> bool:
    todo = list(children(node))
    while todo:
        each = todo.pop()
        if isinstance(each, ast.Yield | ast.YieldFrom):
            return True
        if not isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            todo.extend(children(each))
    return False


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str], taken: set[str], known: set[str], methods: set[str], plain: set[str]) -> None:
        self.imports = imports
        self.taken = taken
        self.known = known
        self.methods = methods
        self.plain = plain
        self.module = next((name for name, meant in imports.items() if meant == "asyncio"), None)

    def fresh(self, name: str) -> str:
        return fresh_name(name, self.taken)

    def library(self, name: str) -> ast.expr:
        """A name of the catalog's shelf."""
        if self.module is None:
            self.module = self.fresh("asyncio")
        return ast.Attribute(ast.Name(self.module, ast.Load()), name, ast.Load())

    def call(self, name: str, arguments: list[ast.expr], at: ast.AST) -> ast.expr:
        return located(ast.Call(self.library(name), arguments, []), at)

    def meant(self, node: ast.expr) -> str:
        return qualified_name(node, self.imports)

    # -- definitions

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        self.generic_visit(node)
        fields = {name: getattr(node, name) for name in node._fields}
        made = ast.copy_location(ast.FunctionDef(**fields), node)
        made.name = _RENAMED.get(made.name, made.name)
        inside = [each for statement in made.body for each in walk(statement)]
        if not any(isinstance(each, ast.Return) and each.value is not None for each in inside):
            setattr(made, COROUTINE, True)
        return made

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        if node.name == "__aiter__":
            node.name = "__iter__"
        return node

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.AST:
        self.generic_visit(node)
        return ast.copy_location(ast.For(node.target, node.iter, node.body, node.orelse, None), node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.AST:
        self.generic_visit(node)
        return ast.copy_location(ast.With(node.items, node.body, None), node)

    def visit_comprehension(self, node: ast.comprehension) -> ast.AST:
        self.generic_visit(node)
        node.is_async = 0
        return node

    def visit_ImportFrom(self, node: ast.ImportFrom) -> ast.AST:
        for alias in node.names:
            new = _PLAIN.get(f"{node.module}.{alias.name}")
            if new is not None:
                alias.asname, alias.name = alias.asname or alias.name, new
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id == "StopAsyncIteration" and node.id not in self.imports:
            node.id = "StopIteration"
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        name = self.meant(node)
        if name == "asyncio.TimeoutError":
            return ast.copy_location(ast.Name("TimeoutError", ast.Load()), node)
        if name in _PLAIN:
            node.attr = _PLAIN[name]
        if node.attr in _RENAMED:
            node.attr = _RENAMED[node.attr]
        if node.attr == "enter_async_context":
            node.attr = "enter_context"
        return node

    # -- statements that gather results of different types

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        match node:
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Await(value=ast.Call() as call)) if (
                self.meant(call.func) == "asyncio.gather"
                and len(call.args) == len(targets)
                and not call.keywords
                and not self._alike(call.args)
                and not any(isinstance(each, ast.Starred) for each in [*call.args, *targets])
            ):
                statements: list[ast.stmt] = []
                tasks: list[ast.expr] = []
                for each in call.args:
                    name = self.fresh("task")
                    made = self.call("ensure_future", [self.awaitable(each)], each)
                    statements.append(ast.Assign([ast.Name(name, ast.Store())], made))
                    tasks.append(ast.Name(name, ast.Load()))
                handles: list[ast.expr] = [self.call("handle", [copy.deepcopy(each)], node) for each in tasks]
                waiting = self.call("wait_all", [ast.List(handles, ast.Load())], node)
                results: list[ast.expr] = [self.call("awaited", [each], node) for each in tasks]
                statements.append(ast.Expr(waiting))
                statements.append(ast.Assign(node.targets, ast.Tuple(results, ast.Load())))
                return [located(each, node) for each in statements]
        return self.generic_visit(node)

    def _alike(self, arguments: list[ast.expr]) -> bool:
        """Whether all are calls of one function."""
        called = {ast.unparse(each.func) for each in arguments if isinstance(each, ast.Call)}
        return len(called) == 1 and all(isinstance(each, ast.Call) for each in arguments)

    # -- expressions

    def visit_Await(self, node: ast.Await) -> ast.AST:
        value = node.value
        if isinstance(value, ast.Call):
            name = self.meant(value.func)
            if name == "asyncio.gather":
                return self._gather(value)
            own = isinstance(value.func, ast.Name) and value.func.id in ("anext",) and value.func.id not in self.imports
            if own:
                value.func = located(ast.Name("next", ast.Load()), value.func)
                self.generic_visit(value)
                return value
            runs = name.rpartition(".")[2] in _FUTURES if name.startswith("asyncio.") else self._is_plain(value.func)
            if not runs:
                setattr(value, _AWAITED, True)
                return self._called(value)
        return self.call("awaited", [self.visit(value)], node)

    def _is_plain(self, function: ast.expr) -> bool:
        """Whether a call is one of a function that is no coroutine: what it gives is awaited."""
        if isinstance(function, ast.Name):
            return function.id in self.plain
        return isinstance(function, ast.Attribute) and function.attr in self.plain and function.attr not in self.methods

    def _called(self, node: ast.Call) -> ast.AST:
        """A call that is awaited on the spot."""
        name = self.meant(node.func)
        if name.startswith("asyncio.") and name.rpartition(".")[2] in _TAKING and node.args:
            node.args[0] = self.awaitable(node.args[0])
            node.args[1:] = [self.visit(each) for each in node.args[1:]]
            node.keywords = [self.visit(each) for each in node.keywords]
            node.func = self.visit(node.func)
            return node
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        name = self.meant(node.func)
        last = name.rpartition(".")[2] if name.startswith("asyncio.") else ""
        if not last and isinstance(node.func, ast.Attribute) and node.func.attr in ("run_until_complete", "create_task"):
            last = node.func.attr
        if last in _TAKING and node.args and not isinstance(node.args[0], ast.Starred):
            node.args[0] = self.awaitable(node.args[0])
            node.args[1:] = [self.visit(each) for each in node.args[1:]]
            node.keywords = [self.visit(each) for each in node.keywords]
            if not name.startswith("asyncio."):
                node.func = self.visit(node.func)
            return node
        if self._makes_coroutine(node):
            return self.awaitable(node)
        return self.generic_visit(node)

    def _makes_coroutine(self, node: ast.Call) -> bool:
        if isinstance(node.func, ast.Name):
            return node.func.id in self.known
        if self.meant(node.func) in _LIBRARY:
            return not hasattr(node, _AWAITED)
        return isinstance(node.func, ast.Attribute) and node.func.attr in self.methods and not self.meant(node.func)

    def awaitable(self, node: ast.expr) -> ast.expr:
        """An argument that is awaited later: a call becomes a closure over its arguments."""
        if not isinstance(node, ast.Call) or self._is_plain(node.func):
            return self._expression(node)
        name = self.meant(node.func)
        if name.startswith("asyncio.") and name not in _LIBRARY and name.rpartition(".")[2] in (*_FUTURES, "coroutine"):
            return self._expression(node)
        if any(isinstance(each, ast.Starred) for each in node.args) or any(word.arg is None for word in node.keywords):
            return self._expression(node)
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

        setattr(node, _AWAITED, True)
        function = node.func
        if isinstance(function, ast.Attribute) and not name:
            function = ast.Attribute(kept(self._expression(function.value), "receiver"), function.attr, ast.Load())
        else:
            function = self._expression(function)
        call = ast.Call(function, [], [])
        setattr(call, _AWAITED, True)
        for each in node.args:
            call.args.append(kept(self._argument(name, call, each), "given"))
        for word in node.keywords:
            call.keywords.append(ast.keyword(word.arg, kept(self._expression(word.value), str(word.arg))))
        body = ast.Lambda(ast.arguments([], names, None, [], [], None, held), call)
        return self.call("coroutine", [located(body, node)], node)

    def _argument(self, name: str, call: ast.Call, node: ast.expr) -> ast.expr:
        first = name == "asyncio.wait_for" and not call.args
        return self.awaitable(node) if first else self._expression(node)

    def _expression(self, node: ast.expr) -> ast.expr:
        made = self.visit(node)
        assert isinstance(made, ast.expr)
        return made

    def _gather(self, node: ast.Call) -> ast.AST:
        """`await gather(…)`: of all items of a list."""
        if node.keywords:
            self.generic_visit(node)
            return node
        if len(node.args) == 1 and isinstance(node.args[0], ast.Starred):
            inside = node.args[0].value
            given = self._many(inside)
        else:
            items: list[ast.expr] = [
                ast.Starred(self._many(each.value), ast.Load()) if isinstance(each, ast.Starred) else self.awaitable(each)
                for each in node.args
            ]
            given = ast.List(items, ast.Load())
        return self.call("gather", [given], node)

    def _many(self, node: ast.expr) -> ast.expr:
        if isinstance(node, ast.GeneratorExp | ast.ListComp) and isinstance(node.elt, ast.Call):
            node.elt = self.awaitable(node.elt)
            node.generators = [self.visit(each) for each in node.generators]
            return node
        if isinstance(node, ast.List | ast.Tuple):
            node.elts = [self.awaitable(each) for each in node.elts]
            return node
        return self._expression(node)
