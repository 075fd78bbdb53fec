"""Views of a dict that a variable keeps: `names = table.keys()`.

A view shows what the dict holds when it is looked at, any number of times; the dict's own methods give that too, so each use of such a variable
becomes the call that made it. Only where both names mean the same all along: the variable and the name of the dict get one value each, in the
same scope, and nothing inside the scope gives them another. A variable that is a list later on is one from the start: `list(table.values())`.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterable, Iterator

from batuta.python.new_nodes import located
from batuta.python.walk import children, statements, walk

_VIEWS = ("keys", "values", "items")
Scope = ast.Module | ast.FunctionDef


def write_out_views(tree: ast.Module) -> None:
    """Rewrite the uses of such variables in place."""
    assigned = [
        node
        for node in statements(tree)
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and _view(node.targets[0], node.value) is not None
    ]
    again = [node for node in statements(tree) if isinstance(node, ast.Assign) and _is_view(node.value)]
    if not again or any(isinstance(each, ast.FunctionDef) and each.name in _VIEWS for each in statements(tree)):
        return
    wanted = set(map(id, assigned))
    first = set(map(id, again))
    for scope in [tree, *statements(tree)]:
        if not isinstance(scope, ast.Module | ast.FunctionDef):
            continue
        here = [each for each in _own(scope) if isinstance(each, ast.Assign) and id(each) in wanted]
        if here:
            _rewrite(scope, here)
        if first and any(id(each) in first for each in statements(scope)):
            _list_first(scope, first)


def _view(target: ast.expr, value: ast.expr) -> str | None:
    """The name of the dict of which an assignment keeps a view."""
    match target, value:
        case ast.Name(), ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=method), args=[], keywords=[]):
            return owner if method in _VIEWS else None
    return None


def _is_view(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr=method), args=[], keywords=[]):
            return method in _VIEWS
    return False


def _is_list(node: ast.expr) -> bool:
    match node:
        case ast.List() | ast.ListComp() | ast.Call(func=ast.Name(id="list" | "sorted")):
            return True
    return False


def _list_first(scope: Scope, first: set[int]) -> None:
    """`found = table.values()`, and later `found = [each for each in found if …]`: a variable that becomes a list is one from the start."""
    assigned = [each for each in _own(scope) if isinstance(each, ast.Assign) and len(each.targets) == 1]
    lists = {each.targets[0].id for each in assigned if isinstance(each.targets[0], ast.Name) and _is_list(each.value)}
    for each in assigned:
        if id(each) in first and isinstance(each.targets[0], ast.Name) and each.targets[0].id in lists and _is_view(each.value):
            each.value = located(ast.Call(ast.Name("list", ast.Load()), [each.value], []), each.value)


def _own(scope: Scope) -> list[ast.AST]:
    """What stands in a scope, functions and classes inside apart."""
    found: list[ast.AST] = []
    todo: list[ast.AST] = list(scope.body)
    while todo:
        each = todo.pop()
        found.append(each)
        if not isinstance(each, ast.FunctionDef | ast.ClassDef | ast.Lambda):
            todo.extend(children(each))
    return found


def _rewrite(scope: Scope, assigned: list[ast.Assign]) -> None:
    own = _own(scope)
    # `|=` changes the dict that the name means.
    augmented = {id(each.target) for each in own if isinstance(each, ast.AugAssign)}
    stores = Counter(_bound(each for each in own if id(each) not in augmented))
    if isinstance(scope, ast.FunctionDef):
        stores.update(each.arg for each in walk(scope.args) if isinstance(each, ast.arg))
    inner = [each for each in own if isinstance(each, ast.FunctionDef | ast.Lambda | ast.ClassDef)]
    stores.update(_bound(part for each in inner for part in walk(each) if isinstance(part, ast.Global | ast.Nonlocal)))
    in_loops = {id(part) for each in own if isinstance(each, ast.For | ast.While) for part in walk(each)}
    made: dict[str, ast.expr] = {}
    for kept in assigned:
        target = kept.targets[0]
        owner = _view(target, kept.value)
        if not isinstance(target, ast.Name) or not owner or id(kept) in in_loops:
            continue
        names = [set(_bound([part, *walk(part)])) for part in inner if _mentions(part, target.id)]
        hidden = any(owner in bound and target.id not in bound for bound in names)
        if stores[target.id] == 1 and stores[owner] == 1 and not hidden and _once(scope, own, owner):
            made[target.id] = kept.value
    if made:
        writer = _Writer(made, {id(each) for each in assigned})
        for index, statement in enumerate(scope.body):
            scope.body[index] = writer.visit(statement)


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(each, ast.Name) and each.id == name for each in walk(node))


def _bound(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The names that get a value."""
    for each in nodes:
        if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load):
            yield each.id
        elif isinstance(each, ast.arg):
            yield each.arg
        elif isinstance(each, ast.ExceptHandler | ast.MatchAs | ast.MatchStar | ast.FunctionDef | ast.ClassDef) and each.name:
            yield each.name
        elif isinstance(each, ast.Global | ast.Nonlocal):
            # What others change may change at any time.
            yield from [*each.names, *each.names]


def _once(scope: Scope, own: list[ast.AST], name: str) -> bool:
    """Whether a name is a parameter of the scope, or gets its value outside of loops there."""
    if isinstance(scope, ast.FunctionDef):
        arguments = scope.args
        if name in {each.arg for each in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]}:
            return True
    return any(
        isinstance(each, ast.Assign | ast.AnnAssign)
        and any(
            isinstance(target, ast.Name) and target.id == name
            for target in (each.targets if isinstance(each, ast.Assign) else [each.target])
        )
        for each in own
    )


class _Writer(ast.NodeTransformer):
    def __init__(self, made: dict[str, ast.expr], assigned: set[int]) -> None:
        self.made, self.assigned = made, assigned

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        if id(node) in self.assigned and isinstance(node.targets[0], ast.Name) and node.targets[0].id in self.made:
            return located(ast.Pass(), node)
        return self.generic_visit(node)

    def _inside(self, node: ast.AST) -> ast.AST:
        """A function whose own names are others."""
        outer = self.made
        own = set(_bound(walk(node)))
        self.made = {name: value for name, value in outer.items() if name not in own}
        self.generic_visit(node)
        self.made = outer
        return node

    visit_FunctionDef = visit_Lambda = visit_ClassDef = _inside

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.made and isinstance(node.ctx, ast.Load):
            return located(copy.deepcopy(self.made[node.id]), node)
        return node
