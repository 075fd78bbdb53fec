"""Modules of the standard library that are translated as Python: their files stand in `standard_library/`, each named after its module.

A program that imports such a name gets the module as one of its own files. A module may be held in part: what its file does not define
is looked up in the catalog as ever. A module file of the program with the same name comes first, as it does in Python.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from batuta.python.walk import Transformer, walk

FOLDER = Path(__file__).resolve().parents[1] / "standard_library"


WITH = {"concurrent.futures": {"Future"}}
"""Names that the written-out forms of a module's other names ask for."""


@dataclass(frozen=True)
class Held:
    """A held module: its text, and the names that it offers."""

    text: str
    names: frozenset[str]


@cache
def held_modules() -> frozenset[str]:
    """The names of all held modules."""
    return frozenset(each.stem for each in FOLDER.glob("*.py"))


@cache
def held(module: str) -> Held | None:
    """A module by its dotted name, if it is held."""
    if module not in held_modules():
        return None
    text = (FOLDER / f"{module}.py").read_text(encoding="utf-8")
    names: set[str] = set()
    for each in ast.parse(text).body:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            names.add(each.name)
        elif isinstance(each, ast.Assign):
            names.update(target.id for target in each.targets if isinstance(target, ast.Name))
        elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            names.add(each.target.id)
    return Held(text, frozenset(each for each in names if not each.startswith("_")))


def prune(tree: ast.Module, wanted: set[str]) -> None:
    """Leave of a held module what is asked for and what that needs, in place: the rest would be analysed for nothing."""
    defined: dict[str, ast.stmt] = {}
    for each in tree.body:
        if isinstance(each, ast.FunctionDef | ast.ClassDef):
            defined[each.name] = each
        elif isinstance(each, ast.Assign):
            defined.update({target.id: each for target in each.targets if isinstance(target, ast.Name)})
        elif isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
            defined[each.target.id] = each
    kept: set[ast.stmt] = set()
    todo = [name for name in wanted if name in defined]
    while todo:
        statement = defined[todo.pop()]
        if statement not in kept:
            kept.add(statement)
            todo.extend(each.id for each in walk(statement) if isinstance(each, ast.Name) and each.id in defined)
    tree.body = [each for each in tree.body if each in kept or isinstance(each, ast.Import | ast.ImportFrom | ast.Expr)]


def import_held_as_modules(tree: ast.Module) -> None:
    """Write `from numpy.polynomial import polynomial as P`, where what is imported is a held module, as an import of that module, in place."""
    block = tree.body
    for place in range(len(block) - 1, -1, -1):
        node = block[place]
        if not isinstance(node, ast.ImportFrom) or node.level or node.module is None:
            continue
        held_here = [each for each in node.names if f"{node.module}.{each.name}" in held_modules()]
        if held_here:
            names = [
                ast.copy_location(ast.alias(f"{node.module}.{each.name}", each.asname or each.name), each) for each in held_here
            ]
            node.names = [each for each in node.names if each not in held_here]
            block[place : place + 1] = [ast.copy_location(ast.Import(names), node), *([node] if node.names else [])]


def name_held(tree: ast.Module, known: frozenset[str]) -> None:
    """Give held names that are reached through their module an import of their own, in place.

    `shlex.split(line)` after `import shlex` becomes `shlex_split(line)` after `from shlex import split as shlex_split`. `known`: modules that
    the program has files for.
    """
    modules: dict[str, str] = {}
    for node in walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name in held_modules() and alias.name not in known:
                    modules[alias.asname or alias.name] = alias.name
                for each in sorted(held_modules()):
                    if each.startswith(f"{alias.name}.") and each not in known:
                        # `np.polynomial.Polynomial` after `import numpy as np`.
                        modules[(alias.asname or alias.name) + each.removeprefix(alias.name)] = each
    if not modules:
        return
    bound = {each.id for each in walk(tree) if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load)}
    bound |= {each.arg for each in walk(tree) if isinstance(each, ast.arg)}
    modules = {name: module for name, module in modules.items() if name.partition(".")[0] not in bound}
    used: dict[str, set[str]] = {}
    names = _Names(modules, used)
    names.visit(tree)
    _Imports(modules, used, names.left).visit(tree)


def _dotted(node: ast.expr) -> str:
    """`a.b` as a text; empty where something else stands at its beginning."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


class _Names(Transformer):
    def __init__(self, modules: dict[str, str], used: dict[str, set[str]]) -> None:
        self.modules = modules
        self.used = used
        self.left: set[str] = set()
        """Modules that are used for something that is not held."""

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        name = _dotted(node.value)
        if name in self.modules and isinstance(node.ctx, ast.Load):
            module = held(self.modules[name])
            if module is not None and node.attr in module.names:
                self.used.setdefault(name, set()).add(node.attr)
                return ast.copy_location(ast.Name(f"{name.replace('.', '_')}_{node.attr}", ast.Load()), node)
            self.left.add(name)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if node.id in self.modules:
            self.left.add(node.id)
        return node


class _Imports(Transformer):
    def __init__(self, modules: dict[str, str], used: dict[str, set[str]], left: set[str]) -> None:
        self.modules = modules
        self.used = used
        self.left = left

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        kept: list[ast.alias] = []
        made: list[ast.stmt] = []
        for alias in node.names:
            name = alias.asname or alias.name
            for inner, module in sorted(self.modules.items()):
                if (module == alias.name and inner == name) or inner == name + module.removeprefix(alias.name) != name:
                    prefix = inner.replace(".", "_")
                    used = sorted(self.used.get(inner, ()))
                    names = [ast.copy_location(ast.alias(each, f"{prefix}_{each}"), alias) for each in used]
                    if names:
                        made.append(ast.copy_location(ast.ImportFrom(module, names, 0), node))
            if self.modules.get(name) != alias.name or name in self.left:
                kept.append(alias)
        if kept:
            node.names = kept
            made.insert(0, node)
        return made or [ast.copy_location(ast.Pass(), node)]
