"""`functools.lru_cache` and `cache` written out, where the program asks a cached function for `cache_info()` or `cache_clear()`.

    @lru_cache(maxsize=None)          fib_known = {}
    def fib(n): …                     fib_hits = fib_misses = 0
                                 →    def fib_computed(n): …
    print(fib.cache_info())           def fib(n): looks into `fib_known`, counts, and calls `fib_computed`
                                      print(CacheInfo(fib_hits, fib_misses, None, len(fib_known)))

A function whose cache nobody asks keeps its decorator.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in, placed
from batuta.python.walk import Transformer, walk

_ASKED = ("cache_info", "cache_clear")
_USUAL_SIZE = 128
"""The size of `@lru_cache` without one."""
_UNLIMITED = -1


def write_out_caches(tree: ast.Module) -> None:
    """Rewrite a module in place."""
    imports = imported_names(tree)
    nodes = list(walk(tree))
    asked = {
        each.value.id
        for each in nodes
        if isinstance(each, ast.Attribute) and each.attr in _ASKED and isinstance(each.value, ast.Name)
    }
    if not asked:
        return
    taken = names_in(tree)
    kept: dict[str, _Names] = {}
    body: list[ast.stmt] = []
    for each in tree.body:
        size = _cache_size(each, imports) if isinstance(each, ast.FunctionDef) and each.name in asked else None
        if size is None or not isinstance(each, ast.FunctionDef):
            body.append(each)
            continue
        names = kept[each.name] = _Names(each.name, size, taken)
        body += names.written(each)
    if not kept:
        return
    info = fresh_name("CacheInfo", taken)
    tree.body = body
    _Asking(kept, info).visit(tree)
    fields = "\n".join(f"    {name}: object" for name in ("hits", "misses", "maxsize", "currsize"))
    made = ast.parse(f"class {info}(typing.NamedTuple):\n{fields}").body[0]
    first = next(index for index, each in enumerate(tree.body) if not isinstance(each, ast.Import | ast.ImportFrom | ast.Expr))
    tree.body.insert(first, placed(made, tree.body[first]))


def _cache_size(node: ast.FunctionDef, imports: dict[str, str]) -> int | None:
    """How many results a function keeps, or None where it has no such decorator alone or parameters of other kinds."""
    parameters = node.args
    if (
        len(node.decorator_list) != 1
        or parameters.vararg
        or parameters.kwarg
        or parameters.kwonlyargs
        or parameters.posonlyargs
    ):
        return None
    decorator = node.decorator_list[0]
    call = decorator if isinstance(decorator, ast.Call) else None
    name = qualified_name(call.func if call is not None else decorator, imports)
    if name == "functools.cache" and call is None:
        return _UNLIMITED
    if name != "functools.lru_cache":
        return None
    given = [*call.args, *[each.value for each in call.keywords if each.arg == "maxsize"]] if call is not None else []
    if call is not None and (len(given) > 1 or any(each.arg != "maxsize" for each in call.keywords)):
        return None
    match given:
        case []:
            return _USUAL_SIZE
        case [ast.Constant(value=None)]:
            return _UNLIMITED
        case [ast.Constant(value=int(size))] if size > 0:
            return size
    return None


class _Names:
    """The names that one cache is written with."""

    def __init__(self, function: str, size: int, taken: set[str]) -> None:
        self.function = function
        self.size = size
        self.known, self.hits, self.misses, self.computed, self.clear = (
            fresh_name(f"{function}_{each}", taken) for each in ("known", "hits", "misses", "computed", "clear")
        )

    def written(self, node: ast.FunctionDef) -> list[ast.stmt]:
        """The statements that stand for the decorated function."""
        names = [each.arg for each in node.args.args]
        key = f"({', '.join(names)}{',' if len(names) == 1 else ''})"
        text = f"{self.known} = {{}}\n{self.hits} = 0\n{self.misses} = 0\n"
        text += f"def {self.function}():\n    global {self.hits}, {self.misses}\n    key = {key}\n    if key in {self.known}:\n        {self.hits} += 1\n"
        if self.size == _UNLIMITED:
            text += f"        return {self.known}[key]\n"
        else:
            text += f"        found = {self.known}.pop(key)\n        {self.known}[key] = found\n        return found\n"
        text += f"    {self.misses} += 1\n    result = {self.computed}({', '.join(names)})\n"
        if self.size != _UNLIMITED:
            text += f"    if len({self.known}) >= {self.size}:\n        del {self.known}[next(iter({self.known}))]\n"
        text += f"    {self.known}[key] = result\n    return result\n"
        text += f"def {self.clear}():\n    global {self.hits}, {self.misses}\n    {self.known}.clear()\n    {self.hits} = 0\n    {self.misses} = 0\n"
        made = [placed(each, node) for each in ast.parse(text).body]
        asking = next(each for each in made if isinstance(each, ast.FunctionDef))
        asking.args = node.args
        plain = copy.deepcopy(node.args)
        plain.defaults = []
        inner = located(ast.FunctionDef(self.computed, plain, node.body, [], copy.deepcopy(node.returns)), node)
        # Two functions at one place of the text would be taken for one.
        inner.lineno, inner.col_offset = node.body[0].lineno, node.body[0].col_offset
        clear = made[-1]
        clear.col_offset += 1
        return [*made[:3], inner, *made[3:]]


class _Asking(Transformer):
    """`fib.cache_info()` and `fib.cache_clear()`."""

    def __init__(self, kept: dict[str, _Names], info: str) -> None:
        self.kept = kept
        self.info = info

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attribute), args=[], keywords=[]) if (
                name in self.kept
            ):
                cache = self.kept[name]
                if attribute == "cache_clear":
                    return located(ast.Call(ast.Name(cache.clear, ast.Load()), [], []), node)
                if attribute == "cache_info":
                    size = None if cache.size == _UNLIMITED else cache.size
                    text = f"{self.info}({cache.hits}, {cache.misses}, {size}, len({cache.known}))"
                    return located(_bare(ast.parse(text, mode="eval").body), node)
        return node


def _bare(node: ast.expr) -> ast.expr:
    """A parsed expression without the places of its own text."""
    for each in walk(node):
        for name in ("lineno", "col_offset", "end_lineno", "end_col_offset"):
            if hasattr(each, name):
                delattr(each, name)
    return node
