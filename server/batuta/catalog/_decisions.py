"""How many dimensions `decision_function` gives: one for two classes, two for more.

The number of classes is a fact of the data. What the program does with the decisions tells it (a second index, `axis=1`), else where its
data come from. A wrong guess ends the program with an error; it is never a wrong number.
"""

from __future__ import annotations

import ast
from typing import Any

from batuta.python.walk import children, walk

_MANY = ("load_iris", "load_wine", "load_digits")
_TWO = ("load_breast_cancer", "make_moons", "make_circles", "make_hastie_10_2", "make_gaussian_quantiles")
_ON_ROWS = ("argmax", "argmin", "max", "min", "sum", "mean", "argsort", "sort", "std")


def is_table(call: Any) -> bool:
    """Whether the decisions of this call are taken as a table."""
    inference = call.inference
    known = inference.made.get("decisions")
    if known is None:
        known = inference.made["decisions"] = _Decisions(inference.program.source.tree)
    return bool(known.of(call.site))


def _halves(node: ast.Subscript) -> bool:
    """`y[:100]` of the flowers: rows of some classes only."""
    if not isinstance(node.slice, ast.Slice) or ast.unparse(node.value).rpartition(".")[2] not in ("y", "target"):
        return False
    bounds = [node.slice.lower, node.slice.upper]
    return any(isinstance(each, ast.Constant) and isinstance(each.value, int) and each.value >= 40 for each in bounds)


class _Decisions:
    """What a program tells about the decisions that it asks for."""

    def __init__(self, tree: ast.Module) -> None:
        self.parents: dict[ast.AST, ast.AST] = {}
        self.uses: dict[str, list[ast.Name]] = {}
        self.sources: set[bool] = set()
        for each in walk(tree):
            for child in children(each):
                self.parents[child] = each
            if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Load):
                self.uses.setdefault(each.id, []).append(each)
            if isinstance(each, ast.Call):
                self._source(each)
            if isinstance(each, ast.Subscript) and _halves(each):
                self.sources.add(False)
            if isinstance(each, ast.Compare) and self._chooses_classes(each):
                self.sources.add(False)

    def _source(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name in _MANY:
            self.sources.add(True)
        elif name in _TWO:
            self.sources.add(False)
        elif name in ("make_classification", "make_blobs"):
            wanted = "n_classes" if name == "make_classification" else "centers"
            given = [each.value for each in node.keywords if each.arg == wanted]
            default = 2 if name == "make_classification" else 3
            value = given[0].value if given and isinstance(given[0], ast.Constant) else default
            if given and isinstance(given[0], ast.List | ast.Tuple):
                value = len(given[0].elts)
            self.sources.add(isinstance(value, int) and value > 2)

    @staticmethod
    def _chooses_classes(node: ast.Compare) -> bool:
        """`y != 2`: rows of some classes are left out, or one class stands against the others."""
        if not isinstance(node.comparators[0], ast.Constant):
            return False
        return ast.unparse(node.left).rpartition(".")[2] in ("y", "target", "Y", "labels")

    def of(self, node: ast.Call) -> bool:
        told = self._told(node)
        if told is None:
            parent = self.parents.get(node)
            if isinstance(parent, ast.Assign) and len(parent.targets) == 1 and isinstance(parent.targets[0], ast.Name):
                answers = {self._told(each) for each in self.uses.get(parent.targets[0].id, [])} - {None}
                told = answers.pop() if len(answers) == 1 else None
        return told if told is not None else self.sources == {True}

    def _told(self, node: ast.expr) -> bool | None:
        """What the place of an expression tells about its dimensions; None for nothing."""
        parent = self.parents.get(node)
        match parent:
            case ast.Subscript(value, index) if value is node:
                if isinstance(index, ast.Tuple):
                    return True
                return None
            case ast.Attribute(attr="shape"):
                above = self.parents.get(parent)
                return True if isinstance(above, ast.Subscript) and ast.unparse(above.slice) == "1" else None
            case ast.Attribute(attr=attr) if attr in _ON_ROWS:
                return self._on_rows(self.parents.get(parent))
            case ast.Call(func=function) if node in parent.args:
                name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
                return self._on_rows(parent) if name in _ON_ROWS else None
            case ast.Compare():
                return False
        return None

    @staticmethod
    def _on_rows(node: ast.AST | None) -> bool | None:
        if not isinstance(node, ast.Call):
            return None
        named = any(each.arg == "axis" and ast.unparse(each.value) in ("1", "-1") for each in node.keywords)
        return True if named else None
