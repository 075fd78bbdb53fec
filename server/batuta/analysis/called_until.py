"""Iterators that the library makes of other things, written out as generators and simpler calls.

    for chunk in iter(lambda: f.read(3), ""):      →      for chunk in called_until(lambda: f.read(3), ""):
    a, b, c = itertools.tee(numbers, 3)            →      a, rest = itertools.tee(numbers); b, c = itertools.tee(rest)
    zip(*[iter(numbers)] * 2)                      →      in_groups(numbers, 2)

`called_until` is a generator that is added to the program for each such call; where what it calls may end an iterator, its end is the generator's.
"""

from __future__ import annotations

import ast

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in, placed
from batuta.python.walk import Transformer, walk

_GENERATOR = """def {0}(call, last):
    while True:
        value = call()
        if value == last:
            return
        yield value
"""
_ENDING = """def {0}(call, last):
    while True:
        try:
            value = call()
        except StopIteration:
            return
        if value == last:
            return
        yield value
"""
_EMPTY = """def {0}(call):
    while True:
        value = call()
        if not value:
            return
        yield value
"""
"""Of tuples, up to the empty one."""
_GROUPS = """def {0}(items, count):
    held = list(items)
    return iter([{1} for place in range(0, len(held) - count + 1, count)])
"""
_FILLED = """def {0}(items, count, filler):
    held = list(items)
    held.extend([filler] * (-len(held) % count))
    return iter([{1} for place in range(0, len(held), count)])
"""
"""Groups of so many items, which iterate one iterator several times at once."""


def write_out_iterators(tree: ast.Module) -> None:
    """Write them out, in place."""
    imports = imported_names(tree)
    two = any(
        isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == "iter" and len(each.args) == 2
        for each in walk(tree)
    )
    known = any(name in ("itertools", "itertools.tee", "itertools.zip_longest") for name in imports.values())
    known = known or bool(_iterators(tree))
    if not two and not known and not any(_repeated(each) for each in walk(tree)):
        return
    writer = _Writer(imports, names_in(tree))
    writer.iterators = _iterators(tree)
    for holder in walk(tree):
        if isinstance(holder, ast.Module | ast.FunctionDef):
            writer.groups(holder)
    writer.visit(tree)
    place = next((index for index, each in enumerate(tree.body) if not _comes_first(each)), len(tree.body))
    for text in writer.made:
        tree.body.insert(place, placed(ast.parse(text).body[0], tree.body[place]))


def _repeated(node: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """What `[iter(x)] * n` is about: the things and the number."""
    match node:
        case ast.BinOp(
            left=ast.List(elts=[ast.Call(func=ast.Name(id="iter"), args=[items], keywords=[])]), op=ast.Mult(), right=count
        ):
            return items, count
    return None


def _iterators(tree: ast.Module) -> set[str]:
    """Names that are only ever bound to `iter(…)`."""
    made = {
        target
        for each in walk(tree)
        if isinstance(each, ast.Assign) and isinstance(each.value, ast.Call) and isinstance(each.value.func, ast.Name)
        if each.value.func.id == "iter"
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    bound = [each for each in walk(tree) if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store) and each not in made]
    others = {each.id for each in bound} | {each.arg for each in walk(tree) if isinstance(each, ast.arg)}
    return {each.id for each in made} - others


def _nothing() -> ast.arguments:
    return ast.arguments([], [], None, [], [], None, [])


def _comes_first(node: ast.stmt) -> bool:
    return isinstance(node, ast.Import | ast.ImportFrom) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str], taken: set[str]) -> None:
        self.imports = imports
        self.taken = taken
        self.made: list[str] = []
        self.iterators: set[str] = set()
        """Names that stand for nothing but iterators."""

    def groups(self, holder: ast.Module | ast.FunctionDef) -> None:
        """`args = [iter(x)] * n` in front of `zip(*args)` is what stands there."""
        for index, each in enumerate(holder.body):
            match each:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if _repeated(value):
                    uses = [one for one in walk(holder) if isinstance(one, ast.Name) and one.id == name]
                    after = [one for x in holder.body[index + 1 : index + 2] for one in walk(x)]
                    starred = [one for one in after if isinstance(one, ast.Starred) and one.value in uses]
                    if len(uses) == 2 and len(starred) == 1:
                        starred[0].value = value
                        holder.body.remove(each)
                        return

    def _grouped(self, node: ast.Call) -> ast.expr | None:
        name = qualified_name(node.func, self.imports)
        zips = isinstance(node.func, ast.Name) and node.func.id == "zip" and not name
        if not (zips or name == "itertools.zip_longest") or not node.args:
            return None
        first = node.args[0]
        found = _repeated(first.value) if isinstance(first, ast.Starred) and len(node.args) == 1 else None
        if isinstance(first, ast.Name) and first.id in self.iterators and len(node.args) > 1:
            if all(isinstance(each, ast.Name) and each.id == first.id for each in node.args):
                found = first, ast.Constant(len(node.args))
        words = {each.arg: each.value for each in node.keywords}
        filler = words.get("fillvalue")
        if found is None or set(words) != (set() if zips else {"fillvalue"}):
            return None
        items, count = found
        if isinstance(filler, ast.Constant) and filler.value is None:
            return None
        number = count.value if isinstance(count, ast.Constant) and isinstance(count.value, int) else 0
        group = "tuple(held[place : place + count])"
        if 1 < number < 9:
            group = "(" + ", ".join(f"held[place + {each}]" for each in range(number)) + ")"
        made = fresh_name("in_groups", self.taken)
        self.made.append((_GROUPS if zips else _FILLED).format(made, group))
        given = [items, count, *([filler] if filler is not None else [])]
        return located(ast.Call(ast.Name(made, ast.Load()), given, []), node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        grouped = self._grouped(node)
        if grouped is not None:
            return grouped
        if not (isinstance(node.func, ast.Name) and node.func.id == "iter" and len(node.args) == 2 and not node.keywords):
            return node
        if any(isinstance(each, ast.Starred) for each in node.args):
            return node
        ends = any(isinstance(each, ast.Name) and each.id == "next" for each in walk(node.args[0])) or (
            isinstance(node.args[0], ast.Attribute) and node.args[0].attr == "__next__"
        )
        text = _ENDING if ends else _GENERATOR
        match node.args:
            case [ast.Lambda(body=ast.Call(func=ast.Name(id="tuple"))), ast.Tuple(elts=[])]:
                text = _EMPTY
                node.args.pop()
        called = node.args[0]
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            node.args[0] = located(ast.Lambda(_nothing(), ast.Call(called, [], [])), called)
        name = fresh_name("called_until", self.taken)
        self.made.append(text.format(name))
        node.func = located(ast.Name(name, ast.Load()), node.func)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        call = node.value
        if not isinstance(call, ast.Call) or qualified_name(call.func, self.imports) != "itertools.tee" or len(call.args) != 2:
            return node
        match node.targets, call.args[1]:
            case [ast.Tuple(elts=targets)], ast.Constant(value=int() as count) if len(targets) == count >= 2:
                made: list[ast.stmt] = []
                source = call.args[0]
                for target in targets[:-2]:
                    rest = fresh_name("rest", self.taken)
                    pair = ast.Tuple([target, ast.Name(rest, ast.Store())], ast.Store())
                    made.append(ast.Assign([pair], ast.Call(call.func, [source], [])))
                    source = ast.Name(rest, ast.Load())
                made.append(ast.Assign([ast.Tuple(targets[-2:], ast.Store())], ast.Call(call.func, [source], [])))
                return [located(each, node) for each in made]
        return node
