"""`with` blocks over generator functions (`contextlib.contextmanager`), written out: the block stands where the function yields.

    @contextmanager                            print("open", "a")
    def opened(name):                          items = []
        print("open", name)                    try:
        items = []                                 xs = items
        try:                             →         xs.append(1)
            yield items                        finally:
        finally:                                   print("close", "a")
            print("close", name)

    with opened("a") as xs:
        xs.append(1)

Exceptions of the block reach the `try` around the `yield` as they do in Python. `contextlib.suppress`, `closing` and `nullcontext` are written out
too. A use that has no such form (the manager is stored, or yields in a loop) stays as it is, and the decorator is refused.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located
from batuta.python.walk import Transformer, children, statements, walk

MOST_COPIES = 3
"""A block is written out at most so often, once for each `yield` of its manager."""


_REDIRECTION = ("redirected", "restored")
"""What a block with `redirect_stdout` begins and ends with."""


class _Unfit(Exception):
    """This use cannot be written out."""


def write_out_managers(tree: ast.Module) -> None:
    """Write out such blocks, in place; functions that nothing else uses go."""
    imports = imported_names(tree)
    functions: dict[str, ast.FunctionDef] = {}
    methods: dict[str, ast.FunctionDef] = {}
    defined: dict[str, int] = {}
    for each in tree.body:
        if isinstance(each, ast.FunctionDef) and _is_manager(each, imports):
            functions[each.name] = each
        if isinstance(each, ast.ClassDef):
            for method in each.body:
                if isinstance(method, ast.FunctionDef):
                    defined[method.name] = defined.get(method.name, 0) + 1
                    if _is_manager(method, imports):
                        methods[method.name] = method
    methods = {name: node for name, node in methods.items() if defined[name] == 1}
    if (
        not functions
        and not methods
        and not any(
            name.partition(".")[0] in ("contextlib", "decimal", "numpy", "tempfile", "warnings") for name in imports.values()
        )
    ):
        return
    inner = [each for each in statements(tree) if isinstance(each, ast.FunctionDef)]
    if not functions and not methods and not _has_block(tree) and not any(_is_manager(each, imports) for each in inner):
        return
    writer = _Writer(tree, imports, functions, methods)
    holders: list[ast.Module | ast.FunctionDef] = [tree, *inner]
    for holder in holders:
        if holder not in functions.values() and holder not in methods.values():
            own = _own_managers(holder, imports) if holder is not tree else {}
            if not own and not _has_block(holder):
                continue
            writer.functions = {**functions, **own}
            writer.holder(holder)
            named = {each.id for each in walk(holder) if own and isinstance(each, ast.Name)}
            holder.body = [each for each in holder.body if each not in own.values() or each.name in named]  # type: ignore[attr-defined]
    place = next((index for index, each in enumerate(tree.body) if not _comes_first(each)), len(tree.body))
    tree.body[place:place] = [located(ast.Import([each]), tree.body[0]) for each in writer.added]
    left = {each.id for each in walk(tree) if isinstance(each, ast.Name)}
    asked = {each.attr for each in walk(tree) if isinstance(each, ast.Attribute)}
    tree.body = [each for each in tree.body if each not in functions.values() or each.name in left]  # type: ignore[attr-defined]
    for each in tree.body:
        if isinstance(each, ast.ClassDef):
            kept = [x for x in each.body if x not in methods.values() or x.name in asked]  # type: ignore[attr-defined]
            each.body = kept or [located(ast.Pass(), each)]


def _has_block(holder: ast.Module | ast.FunctionDef) -> bool:
    return any(isinstance(each, ast.With) for each in statements(holder))


def _comes_first(node: ast.stmt) -> bool:
    """Whether a statement stands before what imports may stand behind: the docstring, and imports from the future."""
    future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
    return future or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def _is_manager(node: ast.FunctionDef, imports: dict[str, str]) -> bool:
    return len(node.decorator_list) == 1 and qualified_name(node.decorator_list[0], imports) == "contextlib.contextmanager"


def _own_managers(holder: ast.Module | ast.FunctionDef, imports: dict[str, str]) -> dict[str, ast.FunctionDef]:
    """The managers that stand in a function itself: they use its variables, as what is written out in it does."""
    return {each.name: each for each in holder.body if isinstance(each, ast.FunctionDef) and _is_manager(each, imports)}


def _walk_here(nodes: list[ast.stmt]) -> list[ast.AST]:
    """Everything inside statements but for what is inside functions and classes there."""
    found: list[ast.AST] = []
    todo: list[ast.AST] = list(nodes)
    while todo:
        each = todo.pop()
        found.append(each)
        if not isinstance(each, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            todo.extend(children(each))
    return found


def _leaves(body: list[ast.stmt]) -> bool:
    """Whether a block leaves what is around it: by `return`, or by `break` or `continue` of a loop outside."""
    todo: list[tuple[ast.AST, bool]] = [(each, False) for each in body]
    while todo:
        each, in_loop = todo.pop()
        if isinstance(each, ast.Return) or (isinstance(each, ast.Break | ast.Continue) and not in_loop):
            return True
        if not isinstance(each, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            inside = in_loop or isinstance(each, ast.For | ast.While)
            todo.extend((inner, inside) for inner in children(each))
    return False


class _Writer(Transformer):
    def __init__(
        self,
        tree: ast.Module,
        imports: dict[str, str],
        functions: dict[str, ast.FunctionDef],
        methods: dict[str, ast.FunctionDef],
    ) -> None:
        self.imports = imports
        self.functions = functions
        self.methods = methods
        self.depth = 0
        self.holding: ast.Module | ast.FunctionDef = tree
        self.declared: list[ast.stmt] = []
        """The `global` statements that the function needs now."""
        self.added: list[ast.alias] = []
        """Modules that the made statements need and the program does not import."""
        managers = [*functions.values(), *methods.values()]
        inside = {id(x) for each in managers for x in walk(each)}
        self.taken: set[str] = set()
        for each in walk(tree):
            if isinstance(each, ast.Name):
                if id(each) not in inside:
                    self.taken.add(each.id)
            elif isinstance(each, ast.arg):
                if id(each) not in inside:
                    self.taken.add(each.arg)
            elif isinstance(each, ast.FunctionDef | ast.ClassDef):
                self.taken.add(each.name)

    def holder(self, node: ast.Module | ast.FunctionDef) -> None:
        """Write out the blocks of one body; functions inside have their own turn."""
        self.holding, self.declared = node, []
        made = [made for each in node.body for made in self._many(self.visit(each))]
        place = 1 if self.declared and made and _comes_first(made[0]) else 0
        node.body = [*made[:place], *self.declared, *made[place:]]

    @staticmethod
    def _many(made: ast.AST | list[ast.stmt] | None) -> list[ast.stmt]:
        if made is None:
            return []
        return made if isinstance(made, list) else [made]  # type: ignore[list-item]

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return node

    def fresh(self, name: str) -> str:
        return fresh_name(name, self.taken)

    def visit_With(self, node: ast.With) -> ast.AST | list[ast.stmt]:
        if len(node.items) > 1:
            inner = located(ast.With(node.items[1:], node.body), node)
            node = ast.copy_location(ast.With(node.items[:1], [inner]), node)
            made = self.visit_With(node)
            if isinstance(made, ast.With) and len(made.body) == 1 and isinstance(made.body[0], ast.With):
                made.items, made.body = [*made.items, *made.body[0].items], made.body[0].body
            return made
        node.body = [made for each in node.body for made in self._many(self.visit(each))]
        item = node.items[0]
        if not isinstance(item.context_expr, ast.Call) or self.depth > 8:
            return node
        try:
            return self._written(item, item.context_expr, node)
        except _Unfit:
            return node

    def _written(self, item: ast.withitem, call: ast.Call, node: ast.With) -> ast.AST | list[ast.stmt]:
        name = qualified_name(call.func, self.imports)
        plain = not call.keywords and not any(isinstance(each, ast.Starred) for each in call.args)
        first: list[ast.stmt] = []
        if item.optional_vars is not None and len(call.args) == 1:
            first = [located(ast.Assign([item.optional_vars], call.args[0]), node)]
        match name:
            case "contextlib.suppress" if plain and call.args:
                kinds = call.args[0] if len(call.args) == 1 else ast.Tuple(list(call.args), ast.Load())
                handler = ast.ExceptHandler(kinds, None, [ast.Pass()])
                return located(ast.Try(node.body, [handler], [], []), node)
            case "contextlib.redirect_stdout" if plain and len(call.args) == 1:
                begin, end = (
                    ast.Attribute(ast.Name(self._module("contextlib"), ast.Load()), each, ast.Load()) for each in _REDIRECTION
                )
                statements = [
                    ast.Expr(ast.Call(begin, [call.args[0]], [])),
                    ast.Try(node.body, [], [], [ast.Expr(ast.Call(end, [], []))]),
                ]
                return [*first, *[located(each, node) for each in statements]]
            case "tempfile.TemporaryDirectory" if not call.args and isinstance(call.func, ast.Attribute | ast.Name):
                return self._temporary_folder(item, call, node)
            case "contextlib.nullcontext" if plain and len(call.args) <= 1:
                return [*first, *node.body]
            case "decimal.localcontext" if not call.args and all(each.arg == "prec" for each in call.keywords):
                return self._decimal_context(item, call, node)
            case "warnings.catch_warnings" if not call.args and not call.keywords and item.optional_vars is None:
                # What is warned of goes to the standard error in any case.
                return list(node.body)
            case "numpy.errstate" if not any(
                isinstance(each.value, ast.Constant) and each.value.value in ("raise", "call") for each in call.keywords
            ):
                # Warnings are never printed, so that there is nothing to switch.
                return list(node.body)
            case "numpy.printoptions" if isinstance(call.func, ast.Attribute):

                def of_numpy(name: str, arguments: list[ast.keyword]) -> ast.stmt:
                    assert isinstance(call.func, ast.Attribute)
                    called = ast.Attribute(copy.deepcopy(call.func.value), name, ast.Load())
                    return located(ast.Expr(ast.Call(called, [], arguments)), node)

                inside = [of_numpy("set_printoptions", call.keywords), *node.body]
                ends = ast.Try(inside, [], [], [of_numpy("pop_printoptions", [])])
                return [of_numpy("push_printoptions", []), located(ends, node)]
            case "contextlib.closing" if plain and len(call.args) == 1:
                value = call.args[0]
                made: list[ast.stmt] = []
                if not isinstance(value, ast.Name):
                    label = self.fresh("closing")
                    made.append(located(ast.Assign([ast.Name(label, ast.Store())], value), node))
                    value = ast.Name(label, ast.Load())
                if item.optional_vars is not None:
                    made.append(located(ast.Assign([item.optional_vars], value), node))
                close = ast.Expr(ast.Call(ast.Attribute(copy.deepcopy(value), "close", ast.Load()), [], []))
                return [*made, located(ast.Try(node.body, [], [], [close]), node)]
        if isinstance(call.func, ast.Name) and call.func.id in self.functions:
            return self._inlined(self.functions[call.func.id], None, call, item, node)
        if isinstance(call.func, ast.Attribute) and call.func.attr in self.methods and not name:
            return self._inlined(self.methods[call.func.attr], call.func.value, call, item, node)
        return node

    def _decimal_context(self, item: ast.withitem, call: ast.Call, node: ast.With) -> list[ast.stmt]:
        """The context itself, whose precision is set back behind the block."""
        if any(isinstance(each, ast.Attribute) and each.attr == "_set_rounding" for one in node.body for each in walk(one)):
            raise _Unfit
        module, label = self._module("decimal"), self.fresh("precision")

        def context() -> ast.expr:
            return ast.Call(ast.Attribute(ast.Name(module, ast.Load()), "getcontext", ast.Load()), [], [])

        def setting(value: ast.expr) -> ast.stmt:
            return ast.Expr(ast.Call(ast.Attribute(context(), "_set_prec", ast.Load()), [value], []))

        first: list[ast.stmt] = [
            ast.Assign([ast.Name(label, ast.Store())], ast.Attribute(context(), "prec", ast.Load())),
            *(setting(each.value) for each in call.keywords),
        ]
        if item.optional_vars is not None:
            first.append(ast.Assign([item.optional_vars], context()))
        block = ast.Try(node.body, [], [], [setting(ast.Name(label, ast.Load()))])
        return [located(each, node) for each in [*first, block]]

    def _temporary_folder(self, item: ast.withitem, call: ast.Call, node: ast.With) -> list[ast.stmt]:
        """A folder that is made before the block and removed behind it."""
        label = self.fresh("folder")
        made = ast.Call(ast.Attribute(ast.Name(self._module("tempfile"), ast.Load()), "mkdtemp", ast.Load()), [], call.keywords)
        statements = [located(ast.Assign([ast.Name(label, ast.Store())], made), node)]
        if item.optional_vars is not None:
            statements.append(located(ast.Assign([item.optional_vars], ast.Name(label, ast.Load())), node))
        removing = ast.Attribute(ast.Name(self._module("shutil"), ast.Load()), "rmtree", ast.Load())
        ignoring = [ast.keyword("ignore_errors", ast.Constant(True))]
        remove = ast.Expr(ast.Call(removing, [ast.Name(label, ast.Load())], ignoring))
        return [*statements, located(ast.Try(node.body, [], [], [remove]), node)]

    def _module(self, name: str) -> str:
        """The name by which the program knows a module; it is imported if it does not."""
        found = next((each for each, meant in self.imports.items() if meant == name), None)
        if found is not None:
            return found
        alias = ast.alias(name, self.fresh(name))
        self.imports[str(alias.asname)] = name
        self.added.append(alias)
        return str(alias.asname)

    def _inlined(
        self, manager: ast.FunctionDef, receiver: ast.expr | None, call: ast.Call, item: ast.withitem, node: ast.With
    ) -> list[ast.stmt]:
        body = manager.body
        if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
            body = body[1:]
        yields = [each for each in _walk_here(body) if isinstance(each, ast.Yield | ast.YieldFrom)]
        if not 1 <= len(yields) <= MOST_COPIES or any(isinstance(each, ast.YieldFrom) for each in yields):
            raise _Unfit
        inside_loops = [x for each in _walk_here(body) if isinstance(each, ast.For | ast.While) for x in walk(each)]
        if any(each in inside_loops for each in yields) or any(isinstance(x, ast.Return) for x in _walk_here(body)):
            raise _Unfit
        outside = self._outside(manager, body)
        body = [each for each in body if not isinstance(each, ast.Global | ast.Nonlocal)]
        # A block that leaves runs what follows the `yield` in Python; written out it would jump over it.
        block = list(node.body)
        result: list[ast.stmt] = []
        rest: list[ast.stmt] = []
        last = block[-1]
        if not _leaves(block) or self._only_final(body):
            pass
        elif not isinstance(last, ast.Return) or _leaves(block[:-1]):
            rest = self._rest(body)
        elif self._catches(body):
            raise _Unfit
        else:
            block = block[:-1]
            result = [last]
            if last.value is not None:
                label = self.fresh("value")
                block.append(located(ast.Assign([ast.Name(label, ast.Store())], last.value), last))
                result = [located(ast.Return(ast.Name(label, ast.Load())), last)]
        statements, names = self._arguments(manager, receiver, call, node)
        bound = {
            x.id for x in _walk_here(body) if isinstance(x, ast.Name) and isinstance(x.ctx, ast.Store) and x.id not in names
        }
        bound |= {x.name for x in _walk_here(body) if isinstance(x, ast.ExceptHandler) and x.name}
        bound -= outside
        for each in sorted(bound):
            names[each] = ast.Name(self.fresh(each), ast.Load())
        if rest:
            renamed = [_Inline(names, None, []).visit(copy.deepcopy(each)) for each in rest]
            leaving = _Leaving([one for each in renamed for one in self._many(each)], self.fresh("value"))
            block = leaving.block(copy.deepcopy(block))
        made = [_Inline(names, item.optional_vars, block).visit(copy.deepcopy(each)) for each in body]
        flat = [one for each in made for one in self._many(each)]
        self.depth += 1
        flat = [one for each in flat for one in self._many(self.visit(each))]
        self.depth -= 1
        return [*statements, *flat, *result]

    def _outside(self, manager: ast.FunctionDef, body: list[ast.stmt]) -> set[str]:
        """The variables of its surroundings that a manager sets: what is written out sets them, too."""
        names: set[str] = set()
        for each in _walk_here(body):
            if isinstance(each, ast.Global | ast.Nonlocal):
                names.update(each.names)
                if each not in body or (isinstance(each, ast.Nonlocal) and manager not in self.holding.body):
                    raise _Unfit
                if isinstance(each, ast.Global) and isinstance(self.holding, ast.FunctionDef):
                    mine = {x.arg for x in walk(self.holding.args) if isinstance(x, ast.arg)}
                    mine |= {x.id for x in _walk_here(self.holding.body) if isinstance(x, ast.Name)}
                    declared = [x for x in self.holding.body if isinstance(x, ast.Global)]
                    missing = [x for x in each.names if not any(x in one.names for one in declared)]
                    if mine & set(missing):
                        raise _Unfit
                    if missing:
                        self.declared.append(located(ast.Global(missing), each))
        return names

    @staticmethod
    def _rest(body: list[ast.stmt]) -> list[ast.stmt]:
        """What runs behind a `yield` that stands in no other statement, whichever way the block is left."""
        for index, each in enumerate(body):
            if isinstance(each, ast.Expr) and isinstance(each.value, ast.Yield):
                return body[index + 1 :]
        raise _Unfit

    @staticmethod
    def _catches(body: list[ast.stmt]) -> bool:
        """Whether an exception of the block may be caught by the manager."""
        return any(
            isinstance(each, ast.Try)
            and each.handlers
            and any(isinstance(x, ast.Yield) for statement in each.body for x in walk(statement))
            for each in _walk_here(body)
        )

    def _only_final(self, body: list[ast.stmt]) -> bool:
        """Whether everything after the `yield` stands in `finally`."""
        for index, each in enumerate(body):
            if not any(isinstance(x, ast.Yield) for x in walk(each)):
                continue
            if index + 1 < len(body):
                return False
            match each:
                case ast.Expr(value=ast.Yield()):
                    return True
                case ast.Try(body=inner, orelse=[]):
                    return self._only_final(inner)
                case ast.With(body=inner):
                    return self._only_final(inner)
            return False
        return False

    def _arguments(
        self, manager: ast.FunctionDef, receiver: ast.expr | None, call: ast.Call, node: ast.With
    ) -> tuple[list[ast.stmt], dict[str, ast.expr]]:
        """Parameters as variables; a constant or an unchanged name stands for itself."""
        arguments = manager.args
        plain = [each.arg for each in [*arguments.posonlyargs, *arguments.args]]
        values = list(call.args) if receiver is None else [receiver, *call.args]
        rest = values[len(plain) :]
        if any(isinstance(each, ast.Starred) for each in values[: len(plain)]):
            raise _Unfit
        if rest and arguments.vararg is None:
            raise _Unfit
        given: dict[str, ast.expr] = dict(zip(plain, values, strict=False))
        for keyword in call.keywords:
            if keyword.arg is None or keyword.arg in given:
                raise _Unfit
            given[keyword.arg] = keyword.value
        defaults = dict(zip(plain[len(plain) - len(arguments.defaults) :], arguments.defaults, strict=True))
        keyword_defaults = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        defaults.update({each.arg: value for each, value in keyword_defaults if value is not None})
        changed = {
            x.id
            for each in [*manager.body, *node.body]
            for x in walk(each)
            if isinstance(x, ast.Name) and not isinstance(x.ctx, ast.Load)
        }
        target = node.items[0].optional_vars
        if target is not None:
            changed |= {x.id for x in walk(target) if isinstance(x, ast.Name)}
        statements: list[ast.stmt] = []
        names: dict[str, ast.expr] = {}
        if arguments.vararg is not None:
            items: ast.expr = ast.Tuple([], ast.Load())
            if rest:
                # A tuple of as many items as there are: those of one call may differ in number from those of another.
                items = ast.Call(ast.Name("tuple", ast.Load()), [ast.List(copy.deepcopy(rest), ast.Load())], [])
            label = self.fresh(arguments.vararg.arg)
            statements.append(located(ast.Assign([ast.Name(label, ast.Store())], items), node))
            names[arguments.vararg.arg] = ast.Name(label, ast.Load())
        for each in [*plain, *[x.arg for x in arguments.kwonlyargs]]:
            value = given.pop(each, None) or defaults.get(each)
            if value is None:
                raise _Unfit
            if each not in changed and (
                isinstance(value, ast.Constant) or (isinstance(value, ast.Name) and value.id not in changed)
            ):
                names[each] = value
                continue
            label = self.fresh(each if each != "self" else "manager")
            statements.append(located(ast.Assign([ast.Name(label, ast.Store())], copy.deepcopy(value)), node))
            names[each] = ast.Name(label, ast.Load())
        if given and arguments.kwarg is None:
            raise _Unfit
        if arguments.kwarg is not None:
            label = self.fresh(arguments.kwarg.arg)
            items = ast.Dict([ast.Constant(each) for each in given], [copy.deepcopy(each) for each in given.values()])
            statements.append(located(ast.Assign([ast.Name(label, ast.Store())], items), node))
            names[arguments.kwarg.arg] = ast.Name(label, ast.Load())
        return statements, names


class _Leaving:
    """Puts statements before each one that leaves a block."""

    def __init__(self, rest: list[ast.stmt], value: str) -> None:
        self.rest = rest
        self.value = value
        self.copies = 0

    def block(self, body: list[ast.stmt], in_loop: bool = False) -> list[ast.stmt]:
        """The statements of a block, with what belongs before those that leave it."""
        made: list[ast.stmt] = []
        for each in body:
            if isinstance(each, ast.Return) or (isinstance(each, ast.Break | ast.Continue) and not in_loop):
                self.copies += 1
                if self.copies > MOST_COPIES:
                    raise _Unfit
                rest = copy.deepcopy(self.rest)
                if isinstance(each, ast.Return) and each.value is not None and not isinstance(each.value, ast.Constant):
                    rest.insert(0, located(ast.Assign([ast.Name(self.value, ast.Store())], each.value), each))
                    each.value = located(ast.Name(self.value, ast.Load()), each)
                made += [*rest, each]
                continue
            inside = in_loop or isinstance(each, ast.For | ast.While)
            if isinstance(each, ast.For | ast.While | ast.If):
                each.body = self.block(each.body, inside)
                each.orelse = self.block(each.orelse, in_loop)
            elif _leaves([each]):
                # What stands before it there would be guarded by another statement.
                raise _Unfit
            made.append(each)
        return made


class _Inline(Transformer):
    """Renames the manager's variables and puts the block in the place of the `yield`."""

    def __init__(self, names: dict[str, ast.expr], target: ast.expr | None, block: list[ast.stmt]) -> None:
        self.names = names
        self.target = target
        self.block = block

    def visit_Expr(self, node: ast.Expr) -> ast.AST | list[ast.stmt]:
        if not isinstance(node.value, ast.Yield):
            return self.generic_visit(node)
        made: list[ast.stmt] = []
        if self.target is not None:
            value = self.visit(node.value.value) if node.value.value is not None else ast.Constant(None)
            made.append(located(ast.Assign([copy.deepcopy(self.target)], value), node))
        return [*made, *copy.deepcopy(self.block)]

    def visit_Yield(self, node: ast.Yield) -> ast.AST:
        raise _Unfit

    def visit_Name(self, node: ast.Name) -> ast.AST:
        found = self.names.get(node.id)
        if isinstance(found, ast.Name):
            return located(ast.Name(found.id, node.ctx), node)
        return located(copy.deepcopy(found), node) if found is not None else node

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> ast.AST:
        found = self.names.get(node.name or "")
        if isinstance(found, ast.Name):
            node.name = found.id
        return self.generic_visit(node)
