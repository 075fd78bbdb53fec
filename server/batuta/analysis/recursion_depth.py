"""`except RecursionError`: the calls of functions that call themselves are counted, and one too many raises it.

    def depth(n):                          def depth(n):
        return depth(n + 1)        →           global calls
                                               if calls >= 1000:
                                                   raise RecursionError("maximum recursion depth exceeded")
                                               calls += 1
                                               try:
                                                   return depth(n + 1)
                                               finally:
                                                   calls -= 1

Only in programs that name the exception. Its text depends on where Python meets the limit: handlers that show it are refused, and so are those of
programs whose recursion goes through comprehensions, generators, lambdas or another limit.
"""

from __future__ import annotations

import ast

from batuta.python.new_nodes import fresh_name, placed
from batuta.python.walk import children, walk

LIMIT = 1000
COUNTED = "counted_recursion"
"""The mark of a handler for whose exception calls are counted."""
_NESTED = (ast.FunctionDef, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.AsyncFunctionDef)


def write_out_recursion(tree: ast.Module) -> None:
    """Count such calls, in place."""
    nodes = list(walk(tree))
    handlers = [each for each in nodes if isinstance(each, ast.ExceptHandler) and names_recursion(each)]
    if not handlers or any(isinstance(each, ast.Attribute) and each.attr == "setrecursionlimit" for each in nodes):
        return
    functions = [each for each in nodes if isinstance(each, ast.FunctionDef)]
    called = {each: _called(each) for each in functions}
    reached: dict[str, set[str]] = {}
    for each in functions:
        reached.setdefault(each.name, set()).update(called[each][0])
    recursive = [each for each in functions if _reaches(each.name, reached)]
    if any(name in {each.name for each in recursive} for each in recursive for name in called[each][1]):
        return
    if any(isinstance(each, ast.Yield | ast.YieldFrom | ast.Await) for one in recursive for each in walk(one)):
        return
    for handler in handlers:
        named = handler.name and any(
            isinstance(x, ast.Name) and x.id == handler.name for one in handler.body for x in walk(one)
        )
        if not named:
            setattr(handler, COUNTED, True)
    if not all(hasattr(each, COUNTED) for each in handlers) or not recursive:
        return
    count = fresh_name("calls", {each.id for each in nodes if isinstance(each, ast.Name)})
    for each in recursive:
        head = 1 if ast.get_docstring(each) is not None else 0
        text = (
            f"global {count}\nif {count} >= {LIMIT}:\n    raise RecursionError('maximum recursion depth exceeded')\n"
            f"{count} += 1\ntry:\n    pass\nfinally:\n    {count} -= 1\n"
        )
        made = [placed(statement, each) for statement in ast.parse(text).body]
        attempt = made[-1]
        assert isinstance(attempt, ast.Try)
        scopes = [one for one in each.body[head:] if isinstance(one, ast.Global | ast.Nonlocal)]
        attempt.body = [one for one in each.body[head:] if one not in scopes] or attempt.body
        each.body = [*each.body[:head], *scopes, *made]
    start = placed(ast.parse(f"{count} = 1").body[0], tree.body[0])
    place = 0
    while place < len(tree.body) and (
        isinstance(tree.body[place], ast.Import | ast.ImportFrom)
        or (isinstance(tree.body[place], ast.Expr) and isinstance(tree.body[place].value, ast.Constant))  # type: ignore[attr-defined]
    ):
        place += 1
    tree.body.insert(place, start)


def names_recursion(handler: ast.ExceptHandler) -> bool:
    """Whether a handler names the exception of too deep calls."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(isinstance(each, ast.Name) and each.id == "RecursionError" for each in kinds)


def _called(node: ast.FunctionDef) -> tuple[set[str], set[str]]:
    """The names that a function calls itself, and those that what stands in it calls."""
    own: set[str] = set()
    inner: set[str] = set()
    todo: list[tuple[ast.AST, bool]] = [(each, False) for each in node.body]
    while todo:
        each, nested = todo.pop()
        if isinstance(each, ast.Call):
            name = each.func.id if isinstance(each.func, ast.Name) else getattr(each.func, "attr", "")
            (inner if nested else own).add(name)
        within = nested or isinstance(each, _NESTED)
        todo += [(child, within) for child in children(each)]
    return own, inner


def _reaches(name: str, calls: dict[str, set[str]]) -> bool:
    """Whether a function may be called while it runs."""
    todo, seen = list(calls.get(name, ())), set()
    while todo:
        each = todo.pop()
        if each == name:
            return True
        if each not in seen:
            seen.add(each)
            todo += calls.get(each, ())
    return False
