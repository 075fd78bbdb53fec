"""Classes that have nothing in common but that their objects meet: in one list, in one parameter, in one field.

Python asks an object for its method when the call happens. In Rust the objects of a place have one type, so classes that meet get a common base class
without members, and are from then on a family like any other: a method that several of them define is dispatched by the object's class.
"""

from __future__ import annotations

import ast

from batuta.analysis.graph import Cell
from batuta.analysis.infer import Inference
from batuta.analysis.program import ClassInfo
from batuta.ir.names import SEPARATOR, home_of, own_name
from batuta.python.new_nodes import located
from batuta.python.walk import walk


def join_families(tree: ast.Module, inference: Inference) -> bool:
    """Give classes that meet a common base, in place. True when anything changed: infer again."""
    groups: list[set[ClassInfo]] = []
    for cell in _cells(inference):
        roots = {atom.payload.root for key, atom in cell.atoms.items() if key[0] == "instance"}
        others = [key for key in cell.atoms if key[0] != "instance" and key != ("None",)]
        if len(roots) < 2 or others or not inference.can_join(roots):
            continue
        meeting = [each for each in groups if each & roots]
        for each in meeting:
            groups.remove(each)
            roots |= each
        groups.append(roots)
    for group in groups:
        members = sorted(group, key=lambda each: each.node.lineno)
        _add_base(tree, [each.node for each in members])
    return bool(groups)


def _cells(inference: Inference) -> list[Cell]:
    """Every place that values can meet in."""
    found: dict[Cell, None] = {}
    todo: list[Cell] = []
    for instance in [inference.module, *inference.program.instances]:
        todo += [*instance.cells.values(), *instance.versions.values(), instance.result, instance.yielded]
    for cls in inference.program.classes.values():
        todo += cls.fields.values()
    while todo:
        cell = todo.pop().find()
        if cell in found:
            continue
        found[cell] = None
        todo += [inner for atom in cell.atoms.values() for inner in atom.cells]
    return list(found)


def _add_base(tree: ast.Module, classes: list[ast.ClassDef]) -> None:
    names = [own_name(each.name) for each in classes]
    taken = {each.name for each in walk(tree) if isinstance(each, ast.ClassDef)}
    made = "Or".join(names) if len(names) <= 3 else f"{names[0]}OrOther"
    home = home_of(classes[0].name)
    made = f"{home}{SEPARATOR}{made}" if home else made
    while made in taken:
        made += "_"
    base = located(ast.ClassDef(made, [], [], [ast.Pass()], []), classes[0])
    place = min(index for index, each in enumerate(tree.body) if each in classes)
    tree.body.insert(place, base)
    for each in classes:
        each.bases = [located(ast.Name(made, ast.Load()), each), *each.bases]
