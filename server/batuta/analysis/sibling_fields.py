"""Fields of sibling classes that share a name and no type: a field of its own for each branch of the family.

In Rust the objects of a family have one type, which holds the fields of all its classes. Where one class keeps its rows in a list and its
sibling keeps them in a dict, both under the name `_rows`, each gets a field of its own. Only where the text tells which class each use
belongs to: the classes' own methods through their receiver, or a place whose objects are all of one branch.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from batuta.analysis.graph import Cell
from batuta.analysis.infer import Inference
from batuta.analysis.object_functions import declared_fields
from batuta.analysis.program import ClassInfo
from batuta.ir.names import own_name
from batuta.python.walk import children

_NUMBERS = {"int", "float", "bool", "bigint"}


@dataclass
class _Use:
    """One mention of an attribute, in the class whose method it stands in; `own` when it is asked of the method's own object."""

    node: ast.Attribute
    cls: ClassInfo | None
    own: bool


def split_sibling_fields(tree: ast.Module, inference: Inference) -> bool:
    """Rename such fields, in place. True when anything changed: infer again."""
    wanted = [
        (root, name)
        for root in inference.program.classes.values()
        if root.root is root and root.subclasses and not root.named_tuple and not root.enum
        for name, cell in root.fields.items()
        if not name.startswith("class ") and _disagree(cell)
    ]
    if not wanted:
        return False
    uses = _uses_of(tree, inference, {name for _, name in wanted})
    changed = False
    for root, name in wanted:
        changed = _split(root, name, uses.get(name), inference) or changed
    return changed


def _disagree(cell: Cell, depth: int = 0) -> bool:
    """Whether the values of a place, or what they hold, have no common type."""
    kinds = {("number",) if key[0] in _NUMBERS else key[:2] if key[0] in ("dict", "object") else key[:1] for key in cell.atoms}
    inside = depth < 2 and any(_disagree(each, depth + 1) for atom in cell.atoms.values() for each in atom.cells)
    return len(kinds - {("None",)}) > 1 or inside


def _uses_of(tree: ast.Module, inference: Inference, names: set[str]) -> dict[str, list[_Use]]:
    """Every mention of these attributes. A name that is also looked up by its text has none."""
    found: dict[str, list[_Use]] = {name: [] for name in names}
    texts: set[str] = set()
    todo: list[tuple[ast.AST, ClassInfo | None, str]] = [(tree, None, "")]
    while todo:
        node, cls, receiver = todo.pop()
        if isinstance(node, ast.ClassDef):
            cls, receiver = inference.program.class_of_node.get(node), ""
        elif isinstance(node, ast.FunctionDef) and cls is not None and not receiver and node.args.args:
            receiver = node.args.args[0].arg
        elif isinstance(node, ast.Attribute) and node.attr in names:
            own = isinstance(node.value, ast.Name) and node.value.id == receiver
            found[node.attr].append(_Use(node, cls, own))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            texts.add(node.value)
        todo += [(child, cls, receiver) for child in children(node)]
    return {name: uses for name, uses in found.items() if name not in texts}


def _split(root: ClassInfo, name: str, uses: list[_Use] | None, inference: Inference) -> bool:
    family = set(root.descendants())
    if not uses or any(
        name in {field for field, _, _ in declared_fields(each)} or each.find_attribute(name) or each.find_method(name)
        for each in family
    ):
        return False
    owners = {each.cls for each in uses if each.own and isinstance(each.node.ctx, ast.Store) and each.cls in family}
    tops = [each for each in owners if each is not None and not any(above in owners for above in each.ancestors()[1:])]
    if len(tops) < 2:
        return False
    branches = {each: top for top in tops for each in top.descendants()}
    renamed: list[tuple[ast.Attribute, ClassInfo]] = []
    for use in uses:
        classes = {use.cls} if use.own and use.cls is not None else _classes_at(use.node.value, inference)
        mine = {each for each in classes if each in family}
        if not mine:
            continue
        found = {branches.get(each) for each in mine}
        top = found.pop()
        if found or top is None:
            return False
        renamed.append((use.node, top))
    for node, top in renamed:
        node.attr = f"{name}_of_{own_name(top.name)}"
    return True


def _classes_at(node: ast.expr, inference: Inference) -> set[ClassInfo]:
    """The classes of the objects that arrive at an expression."""
    found: set[ClassInfo] = set()
    for instance in [inference.module, *inference.program.instances]:
        cell = instance.cells.get(node)
        for key, atom in cell.atoms.items() if cell is not None else ():
            if key[0] == "instance":
                found.add(atom.payload)
    return found
