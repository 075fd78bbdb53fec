"""`contextlib.ExitStack`, written out: what it is given becomes `with` and `try … finally` around the rest of the block.

    with ExitStack() as stack:                        with opened("a") as first:
        first = stack.enter_context(opened("a"))          try:
        stack.callback(print, "bye")             →            work(first)
        work(first)                                       finally:
                                                              print("bye")

What is entered in a loop is kept in a list and left in the opposite order. A stack that is stored, passed on or given to `push` stays as it
is and is refused.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, statements, walk


class _Unfit(Exception):
    """This stack cannot be written out."""


def write_out_stacks(tree: ast.Module) -> None:
    """Write out such blocks, in place."""
    imports = imported_names(tree)
    if not any(name in ("contextlib", "contextlib.ExitStack") for name in imports.values()):
        return
    if not any(isinstance(each, ast.With) for each in statements(tree)):
        return
    taken = names_in(tree)
    classes = {each.name: each for each in tree.body if isinstance(each, ast.ClassDef)}
    _Writer(imports, taken, classes).visit(tree)


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str], taken: set[str], classes: dict[str, ast.ClassDef]) -> None:
        self.imports = imports
        self.taken = taken
        self.classes = classes

    def fresh(self, name: str) -> ast.Name:
        found = fresh_name(name, self.taken)
        return ast.Name(found, ast.Load())

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        item = node.items[0]
        call = item.context_expr
        if (
            len(node.items) != 1
            or not isinstance(call, ast.Call)
            or call.args
            or call.keywords
            or qualified_name(call.func, self.imports) != "contextlib.ExitStack"
            or not isinstance(item.optional_vars, ast.Name)
        ):
            return node
        try:
            made = self._rest(copy.deepcopy(node.body), item.optional_vars.id, node)
        except _Unfit:
            return node
        return [located(each, node) for each in made]

    def _method(self, node: ast.AST, stack: str) -> tuple[str, ast.Call] | None:
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == stack
        ):
            return node.func.attr, node
        return None

    def _rest(self, body: list[ast.stmt], stack: str, at: ast.AST) -> list[ast.stmt]:
        """The statements of a block from one on."""
        for index, each in enumerate(body):
            if not any(isinstance(x, ast.Name) and x.id == stack for x in walk(each)):
                continue
            before, after = body[:index], body[index + 1 :]
            target: ast.expr | None = None
            value: ast.expr | None = None
            if isinstance(each, ast.Expr):
                value = each.value
            elif isinstance(each, ast.Assign) and len(each.targets) == 1:
                target, value = each.targets[0], each.value
            found = self._method(value, stack) if value is not None else None
            if found is not None and found[0] == "enter_context" and len(found[1].args) == 1 and not found[1].keywords:
                rest = self._rest(after, stack, at) or [ast.Pass()]
                return [*before, located(ast.With([ast.withitem(found[1].args[0], target)], rest), each)]
            if found is not None and found[0] == "callback" and found[1].args and target is None:
                statements, call = self._later(found[1])
                rest = self._rest(after, stack, at) or [ast.Pass()]
                return [*before, *statements, ast.Try(rest, [], [], [ast.Expr(call)])]
            if isinstance(each, ast.For):
                return [*before, *self._loop(each, after, stack, at)]
            if isinstance(each, ast.Assign) and target is not None and isinstance(value, ast.ListComp):
                return [*before, *self._comprehension(target, value, after, stack, at)]
            raise _Unfit
        return body

    def _later(self, call: ast.Call) -> tuple[list[ast.stmt], ast.Call]:
        """A call with its arguments evaluated now."""
        if any(isinstance(each, ast.Starred) for each in call.args) or any(word.arg is None for word in call.keywords):
            raise _Unfit
        statements: list[ast.stmt] = []

        def kept(value: ast.expr) -> ast.expr:
            if isinstance(value, ast.Constant):
                return value
            name = self.fresh("held")
            statements.append(ast.Assign([ast.Name(name.id, ast.Store())], value))
            return name

        arguments = [kept(each) for each in call.args[1:]]
        keywords = [ast.keyword(word.arg, kept(word.value)) for word in call.keywords]
        function = call.args[0]
        if not isinstance(function, ast.Name | ast.Attribute | ast.Lambda):
            raise _Unfit
        return statements, ast.Call(function, arguments, keywords)

    def _loop(self, loop: ast.For, after: list[ast.stmt], stack: str, at: ast.AST) -> list[ast.stmt]:
        """A loop that enters something in each round."""
        entered = self.fresh("entered")
        made: list[ast.stmt] = []
        leave: list[ast.stmt] | None = None
        for each in loop.body:
            target: ast.expr | None = None
            value: ast.expr | None = each.value if isinstance(each, ast.Expr) else None
            if isinstance(each, ast.Assign) and len(each.targets) == 1:
                target, value = each.targets[0], each.value
            found = self._method(value, stack) if value is not None else None
            if found is None:
                if any(isinstance(x, ast.Name) and x.id == stack for x in walk(each)):
                    raise _Unfit
                made.append(each)
                continue
            if leave is not None:
                raise _Unfit
            if found[0] == "enter_context" and len(found[1].args) == 1:
                statements, leave = self._entering(found[1].args[0], target, entered)
                made.extend(statements)
            elif found[0] == "callback" and target is None and found[1].args:
                if isinstance(found[1].args[0], ast.Attribute):
                    # The object is the one of this round.
                    receiver = self.fresh("receiver")
                    made.append(ast.Assign([ast.Name(receiver.id, ast.Store())], found[1].args[0].value))
                    found[1].args[0].value = receiver
                statements, call = self._later(found[1])
                names = list(dict.fromkeys(x.id for x in walk(call) if isinstance(x, ast.Name) and x is not call.func))
                held = self.fresh("round")
                kept = ast.Tuple([ast.Name(x, ast.Load()) for x in names], ast.Load())
                places: dict[str, ast.expr] = {
                    x: ast.Subscript(held, ast.Constant(place), ast.Load()) for place, x in enumerate(names)
                }
                made.extend([*statements, ast.Expr(ast.Call(ast.Attribute(entered, "append", ast.Load()), [kept], []))])
                last = ast.Call(ast.Attribute(entered, "pop", ast.Load()), [], [])
                leave = [ast.Assign([ast.Name(held.id, ast.Store())], last), ast.Expr(_Placed(places).visit(call))]
            else:
                raise _Unfit
        if leave is None or loop.orelse:
            raise _Unfit
        loop.body = made
        return self._guarded(entered, [loop, *self._rest(after, stack, at)], leave)

    def _guarded(self, entered: ast.Name, body: list[ast.stmt], leave: list[ast.stmt]) -> list[ast.stmt]:
        start = ast.Assign([ast.Name(entered.id, ast.Store())], ast.List([], ast.Load()))
        last: list[ast.stmt] = [ast.While(ast.Name(entered.id, ast.Load()), leave, [])]
        return [start, ast.Try(body, [], [], last)]

    def _entering(self, manager: ast.expr, target: ast.expr | None, entered: ast.Name) -> tuple[list[ast.stmt], list[ast.stmt]]:
        """Enter one manager and keep it; how the last one that is kept is left."""
        if not isinstance(manager, ast.Call) or not isinstance(manager.func, ast.Name):
            raise _Unfit
        held = self.fresh("manager")
        make = ast.Assign([ast.Name(held.id, ast.Store())], manager)
        keep = ast.Expr(ast.Call(ast.Attribute(entered, "append", ast.Load()), [held], []))
        last = ast.Call(ast.Attribute(entered, "pop", ast.Load()), [], [])
        if manager.func.id == "open":
            bind: list[ast.stmt] = [ast.Assign([target], held)] if target is not None else []
            return [make, *bind, keep], [ast.Expr(ast.Call(ast.Attribute(last, "close", ast.Load()), [], []))]
        cls = self.classes.get(manager.func.id)
        leaving = next((x for x in cls.body if isinstance(x, ast.FunctionDef) and x.name == "__exit__"), None) if cls else None
        if leaving is None or not self._leaves_alike(leaving):
            raise _Unfit
        enter = ast.Call(ast.Attribute(held, "__enter__", ast.Load()), [], [])
        first: ast.stmt = ast.Assign([target], enter) if target is not None else ast.Expr(enter)
        nothing: list[ast.expr] = [ast.Constant(None) for _ in range(3)]
        return [make, first, keep], [ast.Expr(ast.Call(ast.Attribute(last, "__exit__", ast.Load()), nothing, []))]

    @staticmethod
    def _leaves_alike(node: ast.FunctionDef) -> bool:
        """Whether an `__exit__` does the same with an exception and without, and lets it pass."""
        given = {each.arg for each in [*node.args.args[1:], *([node.args.vararg] if node.args.vararg else [])]}
        reads = any(isinstance(each, ast.Name) and each.id in given for each in walk(node))
        returned = [each.value for each in walk(node) if isinstance(each, ast.Return) and each.value is not None]
        return not reads and all(isinstance(each, ast.Constant) and not each.value for each in returned)

    def _comprehension(
        self, target: ast.expr, made: ast.ListComp, after: list[ast.stmt], stack: str, at: ast.AST
    ) -> list[ast.stmt]:
        """`files = [stack.enter_context(open(name)) for name in names]` as the loop that it is."""
        found = self._method(made.elt, stack)
        if len(made.generators) != 1 or found is None or found[0] != "enter_context" or not isinstance(target, ast.Name):
            raise _Unfit
        clause = made.generators[0]
        held = self.fresh("opened")
        append = ast.Expr(ast.Call(ast.Attribute(ast.Name(target.id, ast.Load()), "append", ast.Load()), [held], []))
        body: list[ast.stmt] = [ast.Assign([ast.Name(held.id, ast.Store())], made.elt), append]
        if clause.ifs:
            raise _Unfit
        loop = ast.For(clause.target, clause.iter, body, [])
        start = ast.Assign([target], ast.List([], ast.Load()))
        return [start, *self._loop(loop, after, stack, at)]


class _Placed(Transformer):
    """Puts what was kept in the place of the names."""

    def __init__(self, places: dict[str, ast.expr]) -> None:
        self.places = places

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return copy.deepcopy(self.places[node.id]) if node.id in self.places else node
