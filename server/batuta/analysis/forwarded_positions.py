"""Arguments of any number that a function only hands on, written out: one function for each way in which it is called.

def timed(function, *args, **kwargs):             def timed(function, args_1, args_2):
    print("calling")                        →         print("calling")
    return function(*args, **kwargs)                  return function(args_1, args_2)

timed(add, 1, 2)                                  timed(add, 1, 2)
"""

from __future__ import annotations

import ast
import copy
from dataclasses import dataclass

from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, walk

_MOST_STYLES = 12


@dataclass(frozen=True)
class _Style:
    """How a call passes what is handed on: how many by position, and the names of the others."""

    count: int
    names: tuple[str, ...]


def write_out_positions(tree: ast.Module) -> None:
    """Write such functions out, in place."""
    found = [
        each
        for each in tree.body
        if isinstance(each, ast.FunctionDef) and not each.decorator_list and (each.args.vararg or each.args.kwarg)
    ]
    if not found:
        return
    taken = names_in(tree)
    for node in found:
        _write_out(tree, node, taken)


def _write_out(tree: ast.Module, node: ast.FunctionDef, taken: set[str]) -> None:
    if not _only_hands_on(node):
        return
    definitions = [each for each in walk(tree) if isinstance(each, ast.FunctionDef | ast.ClassDef) and each.name == node.name]
    uses = [each for each in walk(tree) if isinstance(each, ast.Name) and each.id == node.name]
    calls = [
        each
        for each in walk(tree)
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name) and each.func.id == node.name
    ]
    if len(definitions) != 1 or len(uses) != len(calls) or not calls:
        return
    styles: dict[_Style, list[ast.Call]] = {}
    for call in calls:
        style = _style(node, call)
        if style is None:
            return
        styles.setdefault(style, []).append(call)
    if len(styles) > _MOST_STYLES:
        return
    versions: list[ast.stmt] = []
    for index, (style, given) in enumerate(styles.items()):
        version = copy.deepcopy(node)
        if index:
            version.name = fresh_name(f"{node.name}_{index + 1}", taken)
        _replace(version, style, set(taken))
        for call in given:
            assert isinstance(call.func, ast.Name)
            call.func.id = version.name
        versions.append(version)
    place = tree.body.index(node)
    tree.body[place : place + 1] = versions


def _only_hands_on(node: ast.FunctionDef) -> bool:
    """Whether the collected arguments are used for nothing but to pass them on, and the function does not call itself."""
    collected = [each.arg for each in (node.args.vararg, node.args.kwarg) if each is not None]
    uses = [each for each in walk(node) if isinstance(each, ast.Name) and each.id in collected]
    passed = 0
    for each in walk(node):
        if isinstance(each, ast.FunctionDef | ast.Lambda) and each is not node:
            if {inner.arg for inner in walk(each.args) if isinstance(inner, ast.arg)} & set(collected):
                return False
        if isinstance(each, ast.Name) and each.id == node.name:
            return False
        if isinstance(each, ast.Call):
            passed += sum(
                isinstance(one, ast.Starred) and isinstance(one.value, ast.Name) and one.value.id in collected
                for one in each.args
            )
            passed += sum(
                one.arg is None and isinstance(one.value, ast.Name) and one.value.id in collected for one in each.keywords
            )
    return bool(uses) and passed == len(uses)


def _style(node: ast.FunctionDef, call: ast.Call) -> _Style | None:
    """How a call passes them; None where that is not written out."""
    if any(isinstance(each, ast.Starred) for each in call.args) or any(each.arg is None for each in call.keywords):
        return None
    own = [each.arg for each in [*node.args.posonlyargs, *node.args.args]]
    known = {*own, *(each.arg for each in node.args.kwonlyargs)}
    extra = max(0, len(call.args) - len(own))
    if extra and node.args.vararg is None:
        return None
    names = tuple(each.arg for each in call.keywords if each.arg is not None and each.arg not in known)
    inside = {each.id for each in walk(node) if isinstance(each, ast.Name)}
    if names and (node.args.kwarg is None or inside & set(names)):
        return None
    return _Style(extra, names)


def _replace(version: ast.FunctionDef, style: _Style, taken: set[str]) -> None:
    """The parameters of one version, and what its body passes on."""
    positions: list[str] = []
    if version.args.vararg is not None:
        stem = version.args.vararg.arg
        for index in range(style.count):
            positions.append(fresh_name(f"{stem}_{index + 1}", taken))
    _Passing(version.args.vararg, version.args.kwarg, positions, style.names).visit(version)
    version.args.args += [located(ast.arg(each), version) for each in positions]
    if positions:
        # Such a call gives every parameter before them.
        version.args.defaults = []
    version.args.kwonlyargs += [located(ast.arg(each), version) for each in style.names]
    version.args.kw_defaults += [None for _ in style.names]
    version.args.vararg = version.args.kwarg = None


class _Passing(Transformer):
    def __init__(self, vararg: ast.arg | None, kwarg: ast.arg | None, positions: list[str], named: tuple[str, ...]) -> None:
        self.vararg = vararg.arg if vararg is not None else ""
        self.kwarg = kwarg.arg if kwarg is not None else ""
        self.positions = positions
        self.named = named

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        arguments: list[ast.expr] = []
        for each in node.args:
            if isinstance(each, ast.Starred) and isinstance(each.value, ast.Name) and each.value.id == self.vararg:
                arguments += [located(ast.Name(name, ast.Load()), each) for name in self.positions]
            else:
                arguments.append(each)
        node.args = arguments
        keywords: list[ast.keyword] = []
        for keyword in node.keywords:
            if keyword.arg is None and isinstance(keyword.value, ast.Name) and keyword.value.id == self.kwarg:
                keywords += [located(ast.keyword(name, ast.Name(name, ast.Load())), keyword) for name in self.named]
            else:
                keywords.append(keyword)
        node.keywords = keywords
        return node
