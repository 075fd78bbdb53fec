"""Dicts that are filled key by key, and are records: `d = {}`, `d["w"] = w`, `d["b"] = b`.

Where the values have different types, the display and the assignments that give each key its first value become one display at the place
of the last one: until then each value has a name of its own. Only what follows the display in the same block counts, and nothing may use
the dict as a whole, or another key, before it is complete.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator

from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk

IsRecord = Callable[[ast.expr], bool]


def filled_records(tree: ast.Module, is_record: IsRecord) -> bool:
    """Rewrite such dicts in place; True when there was one. `is_record` knows the displays whose values conflict."""
    found = False
    for block in _blocks(tree):
        for index, statement in enumerate(block):
            filled = _filled(block, index, is_record) if isinstance(statement, ast.Assign | ast.AnnAssign) else None
            if filled is not None:
                block[index:] = filled
                found = True
                break
    return found


def _blocks(tree: ast.Module) -> Iterator[list[ast.stmt]]:
    for node in walk(tree):
        for name in ("body", "orelse", "finalbody"):
            held = getattr(node, name, None)
            if isinstance(held, list) and held and isinstance(held[0], ast.stmt):
                yield held


def _start(statement: ast.stmt) -> tuple[ast.expr, ast.Dict] | None:
    """`d = {}`, `self.d = {"w": w}`: where the dict is kept, and the display."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        target, value = statement.targets[0], statement.value
    elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
        target, value = statement.target, statement.value
    else:
        return None
    if not isinstance(value, ast.Dict) or not (
        isinstance(target, ast.Name) or (isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name))
    ):
        return None
    return target, value


def _filled(block: list[ast.stmt], index: int, is_record: IsRecord) -> list[ast.stmt] | None:
    """The statements from the display on, rewritten."""
    start = _start(block[index])
    if start is None:
        return None
    target, display = start
    keys = [each.value for each in display.keys if isinstance(each, ast.Constant) and isinstance(each.value, str)]
    if len(keys) < len(display.keys) or not is_record(display):
        return None
    path = ast.unparse(target)
    known = list(keys)
    last = index
    for place in range(index + 1, len(block)):
        new = _keys_given(block[place], path, known)
        if new is None:
            break
        if new:
            known += new
            last = place
    if last == index or len(known) < 2:
        return None
    base = path.replace(".", "_")
    names = {key: f"{base}_{''.join(each if each.isalnum() else '_' for each in key)}_" for key in known}
    made: list[ast.stmt] = []
    for key, value in zip(keys, display.values, strict=True):
        made.append(located(ast.Assign([ast.Name(names[key], ast.Store())], value), block[index]))
    renamer = _Renamer(path, names)
    made += [renamer.visit(each) for each in block[index + 1 : last + 1]]
    whole = ast.Dict([ast.Constant(key) for key in known], [ast.Name(names[key], ast.Load()) for key in known])
    made.append(located(ast.Assign([copy.deepcopy(target)], whole), block[last]))
    return made + block[last + 1 :]


def _key_of(node: ast.AST, path: str) -> str | None:
    if (
        isinstance(node, ast.Subscript)
        and isinstance(node.slice, ast.Constant)
        and isinstance(node.slice.value, str)
        and ast.unparse(node.value) == path
    ):
        return node.slice.value
    return None


def _keys_given(statement: ast.stmt, path: str, known: list[str]) -> list[str] | None:
    """The keys that a statement gives their first value; None when it uses the dict in another way."""
    new: list[str] = []
    inside: set[ast.AST] = set()
    for node in walk(statement):
        key = _key_of(node, path)
        if key is not None:
            assert isinstance(node, ast.Subscript)
            inside |= set(walk(node.value))
            if key not in known:
                if not isinstance(statement, ast.Assign) or not isinstance(node.ctx, ast.Store):
                    return None
                new.append(key)
            if isinstance(node.ctx, ast.Del):
                return None
    root = path.partition(".")[0]
    for node in walk(statement):
        if isinstance(node, ast.Name) and node.id == root and node not in inside:
            if root == path or not _is_other_field(statement, node, path):
                return None
    if new and not isinstance(statement, ast.Assign):
        return None
    return new


def _is_other_field(statement: ast.stmt, name: ast.Name, path: str) -> bool:
    """Whether a use of `self` is a use of another field, that is not called: a method could see the dict."""
    called = {node.func for node in walk(statement) if isinstance(node, ast.Call)}
    return any(
        isinstance(node, ast.Attribute) and node.value is name and ast.unparse(node) != path and node not in called
        for node in walk(statement)
    )


class _Renamer(Transformer):
    def __init__(self, path: str, names: dict[str, str]) -> None:
        self.path, self.names = path, names

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        key = _key_of(node, self.path)
        if key is not None:
            return ast.copy_location(ast.Name(self.names[key], node.ctx), node)
        self.generic_visit(node)
        return node
