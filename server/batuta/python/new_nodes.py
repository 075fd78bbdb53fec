"""What is put into a program's tree: names that nothing else has, and the places at which new nodes stand."""

from __future__ import annotations

import ast
from typing import TypeVar

from batuta.python.walk import walk

_Node = TypeVar("_Node", bound=ast.AST)


def names_in(node: ast.AST) -> set[str]:
    """Every name that stands in a tree: of variables, parameters, functions, classes, handled exceptions and what is imported."""
    found: set[str] = set()
    for each in walk(node):
        match each:
            case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.ExceptHandler(name=str() as name) | ast.alias(asname=str() as name) | ast.alias(name=name):
                found.add(name)
    return found


def fresh_name(wanted: str, taken: set[str]) -> str:
    """A name that is not taken yet, numbered if need be; it is taken from now on."""
    made, count = wanted, 2
    while made in taken:
        made = f"{wanted}_{count}"
        count += 1
    taken.add(made)
    return made


def placed(new: _Node, old: ast.AST) -> _Node:
    """A new node, all of it at the place of an old one."""
    for each in walk(new):
        if "lineno" in each._attributes:
            ast.copy_location(each, old)
    return new


def located(new: _Node, old: ast.AST) -> _Node:
    """A new node, what has no place in it at the place of the old one that it stands for."""
    for each in walk(new):
        if "lineno" in each._attributes and not hasattr(each, "lineno"):
            ast.copy_location(each, old)
    return new
