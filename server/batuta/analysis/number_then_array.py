"""A place that holds a number first and an array later: `v = 0`, then `v = 0.9 * v + gradient`.

In Rust a place has one type. The number becomes None, and what reads the place says what it needs: an operand takes the number as an array
that broadcasts like it (`self.v` of shape 1, 1, …), and everything else needs the array and ends the program if it is not there yet.
"""

from __future__ import annotations

import ast
import copy
from typing import NamedTuple

from batuta.analysis.graph import Cell
from batuta.analysis.infer import Inference
from batuta.catalog.entry import HELD_ARRAY, OPERAND_ARRAY
from batuta.python.new_nodes import located
from batuta.python.walk import Transformer, walk


class Place(NamedTuple):
    """What holds a number first: a version of a variable, or a field by its name, with the dtype and rank of its array.

    Without the number, nothing would tell these at first.
    """

    key: object
    dtype: str
    rank: int


def split_numbers_from_arrays(tree: ast.Module, inference: Inference) -> bool:
    """Rewrite such places, in place. True when anything changed: infer again."""
    everywhere = [inference.module, *inference.program.instances]
    fields = {
        (cls.name, name) for cls in inference.program.classes.values() for name, cell in cls.fields.items() if _mixed(cell)
    }
    versions = {
        version
        for instance in everywhere
        for version, cell in instance.versions.items()
        if _mixed(cell) and not version.parameter
    }
    if not fields and not versions:
        return False
    kinds: dict[int, Place] = {}
    for node, version in inference.bindings.versions.items():
        for cell in (each.versions[version] for each in everywhere if version in each.versions):
            if version in versions and _mixed(cell):
                kinds[id(node)] = Place(version, *_array(cell))
    for instance in everywhere:
        for key, cell in instance.cells.items():
            if isinstance(key, ast.Attribute) and any(key.attr == name for _, name in fields) and _mixed(cell):
                kinds[id(key)] = Place(key.attr, *_array(cell))
    for cls in inference.program.classes.values():
        own = {
            name: _array(each.fields[name])
            for holder, name in sorted(fields)
            for each in cls.ancestors()
            if each.name == holder
        }
        for method in cls.node.body if own else ():
            if isinstance(method, ast.FunctionDef) and method.args.args:
                for each in walk(method):
                    if (
                        isinstance(each, ast.Attribute)
                        and each.attr in own
                        and isinstance(each.value, ast.Name)
                        and each.value.id == method.args.args[0].arg
                    ):
                        kinds[id(each)] = Place(each.attr, *own[each.attr])
    survey = _Survey(kinds)
    survey.visit(tree)
    numbers = {key: next(iter(found)) for key, found in survey.numbers.items() if len(found) == 1 and key not in survey.others}
    fitting = {node: place for node, place in kinds.items() if place.key in numbers}
    if not fitting:
        return False
    _Writer(fitting, numbers).visit(tree)
    return True


def _mixed(cell: Cell) -> bool:
    kinds = {key[0] for key in cell.atoms}
    arrays = {key for key in cell.atoms if key[0] == "array"}
    return len(arrays) == 1 and bool(kinds & {"int", "float"}) and kinds <= {"int", "float", "array"}


def _array(cell: Cell) -> tuple[str, int]:
    key = next(key for key in cell.atoms if key[0] == "array")
    return str(key[1]), int(str(key[2]))


def _number(node: ast.expr) -> int | float | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return node.value
    return None


class _Survey(ast.NodeVisitor):
    """What is stored in the places: numbers that are written out, and which places something speaks against rewriting."""

    def __init__(self, places: dict[int, Place]) -> None:
        self.places = places
        self.numbers: dict[object, set[float]] = {}
        self.others: set[object] = set()

    def _leave(self, *nodes: ast.AST) -> None:
        self.others |= {self.places[id(each)].key for each in nodes if id(each) in self.places}

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            self._pair(target, node.value)
        # Another name for the array, which may be changed through either.
        self._leave(node.value)
        self.generic_visit(node)

    def _pair(self, target: ast.expr, value: ast.expr) -> None:
        if id(target) in self.places:
            found = _number(value)
            if found is not None:
                self.numbers.setdefault(self.places[id(target)].key, set()).add(float(found))
        elif isinstance(target, ast.Tuple) and any(id(each) in self.places for each in target.elts):
            if not isinstance(value, ast.Tuple) or len(value.elts) != len(target.elts):
                self._leave(*target.elts)
                return
            for one, other in zip(target.elts, value.elts, strict=True):
                self._pair(one, other)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._leave(node.target)
        self.generic_visit(node)

    def visit_For(self, node: ast.For) -> None:
        self._leave(*walk(node.target))
        self.generic_visit(node)

    def visit_List(self, node: ast.List) -> None:
        self._leave(*node.elts)
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        if isinstance(node.func, ast.Attribute) and node.func.attr in ("append", "insert", "extend", "add"):
            # Kept elsewhere, where a later `+=` would be seen too.
            self._leave(*node.args)
        self.generic_visit(node)


class _Writer(Transformer):
    def __init__(self, nodes: dict[int, Place], numbers: dict[object, float]) -> None:
        self.nodes, self.numbers = nodes, numbers

    def _held(self, node: ast.expr, name: str) -> ast.expr:
        place = copy.deepcopy(node)
        place.ctx = ast.Load()  # type: ignore[attr-defined]
        key, dtype, rank = self.nodes[id(node)]
        arguments = [place, ast.Constant(self.numbers[key]), ast.Constant(dtype), ast.Constant(rank)]
        return located(ast.Call(ast.Name(name, ast.Load()), arguments, []), node)

    def visit_Assign(self, node: ast.Assign) -> ast.AST | list[ast.stmt]:
        if len(node.targets) > 1 and _number(node.value) is not None and any(id(each) in self.nodes for each in node.targets):
            each_alone = [ast.Assign([target], copy.copy(node.value)) for target in node.targets]
            return [located(self._assigned(each), node) for each in each_alone]
        return self._assigned(node)

    def _assigned(self, node: ast.Assign) -> ast.Assign:
        for target in node.targets:
            node.value = self._pair(target, node.value)
        node.value = self.visit(node.value)
        return node

    def _pair(self, target: ast.expr, value: ast.expr) -> ast.expr:
        if id(target) in self.nodes:
            return located(ast.Constant(None), value) if _number(value) is not None else value
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
            value.elts = [self._pair(one, other) for one, other in zip(target.elts, value.elts, strict=True)]
        return value

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST:
        node.value = self.visit(node.value)
        if id(node.target) not in self.nodes:
            return node
        made = ast.BinOp(self._held(node.target, OPERAND_ARRAY), node.op, node.value)
        return located(ast.Assign([node.target], made), node)

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        node.left, node.right = self._operand(node.left), self._operand(node.right)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        node.operand = self._operand(node.operand)
        return node

    def _operand(self, node: ast.expr) -> ast.expr:
        if id(node) in self.nodes:
            return self._held(node, OPERAND_ARRAY)
        made: ast.expr = self.visit(node)
        return made

    def visit_Name(self, node: ast.Name) -> ast.AST:
        return self._held(node, HELD_ARRAY) if id(node) in self.nodes and isinstance(node.ctx, ast.Load) else node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        if id(node) in self.nodes and isinstance(node.ctx, ast.Load):
            return self._held(node, HELD_ARRAY)
        return self.generic_visit(node)
