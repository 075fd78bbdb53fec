"""Attributes and comparisons of `x.dtype`, whose value the analysis holds as its name.

x.dtype.name                   →    str(x.dtype)
x.dtype.itemsize               →    x.itemsize
x.dtype == np.float32          →    str(x.dtype) == str(np.dtype(np.float32))
x.dtype in (np.float32, "i4")  →    str(x.dtype) in (str(np.dtype(np.float32)), str(np.dtype("i4")))

A dtype is no value in Rust. A name that stands for one all the time is written out, and so is a loop over several.
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names
from batuta.python.new_nodes import located
from batuta.python.walk import walk


def write_out_dtypes(tree: ast.Module) -> None:
    """Rewrite such expressions in place, in programs whose own classes have no `dtype`."""
    numpy = next((name for name, meant in imported_names(tree).items() if meant == "numpy"), None)
    if numpy is None:
        return
    _write_out_names(tree, numpy)
    found = [each for each in walk(tree) if isinstance(each, ast.Attribute) and each.attr == "dtype"]
    if found and not any(isinstance(each.ctx, ast.Store) for each in found):
        _Writer(numpy).visit(tree)


_NAMES = frozenset(
    f"{kind}{bits}"
    for kind, widths in (("int", "8 16 32 64"), ("uint", "8 16 32 64"), ("float", "32 64"))
    for bits in widths.split()
) | {"int_", "intp", "double", "single", "bool_", "bool", "complex128"}
_SHOWN = {"int_": "int64", "intp": "int64", "double": "float64", "single": "float32", "bool_": "bool"}
MOST_ROUNDS = 8
"""Loops over more dtypes stay loops."""


def _names_dtype(node: ast.expr, numpy: str) -> bool:
    """Whether an expression is a dtype of NumPy by its name."""
    match node:
        case ast.Attribute(value=ast.Name(id=home), attr=name):
            return home == numpy and name in _NAMES
    return False


def _may_be_dtype(node: ast.expr, numpy: str) -> bool:
    return _names_dtype(node, numpy) or (isinstance(node, ast.Name) and node.id in ("float", "int", "bool", "complex"))


def _is_limit(node: ast.expr, numpy: str) -> bool:
    """Whether an expression is what `np.finfo` or `np.iinfo` gives."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=home), attr="finfo" | "iinfo"), args=[ast.Name() | ast.Attribute()]):
            return home == numpy
    return False


def _may_hold_dtypes(loop: ast.For, numpy: str) -> bool:
    assert isinstance(loop.iter, ast.Tuple | ast.List)
    parts = [one for each in loop.iter.elts for one in (each.elts if isinstance(each, ast.Tuple) else [each])]
    return any(_names_dtype(each, numpy) for each in parts)


def _write_out_names(tree: ast.Module, numpy: str) -> None:
    """Write out names that stand for one dtype, and loops over several, in place."""
    stored: dict[str, int] = {}
    loops = []
    single: list[ast.Assign] = []
    for node in walk(tree):
        if isinstance(node, ast.Name):
            if not isinstance(node.ctx, ast.Load):
                stored[node.id] = stored.get(node.id, 0) + 1
        elif isinstance(node, ast.arg):
            stored[node.arg] = stored.get(node.arg, 0) + 1
        elif isinstance(node, ast.Global | ast.Nonlocal):
            stored.update(dict.fromkeys(node.names, 2))
        elif isinstance(node, ast.Assign):
            if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
                if _names_dtype(node.value, numpy) or _is_limit(node.value, numpy):
                    single.append(node)
        elif isinstance(node, ast.For) and not node.orelse and isinstance(node.iter, ast.Tuple | ast.List):
            loops.append(node)
    values = {}
    for node in single:
        target = node.targets[0]
        if isinstance(target, ast.Name) and stored[target.id] == 1:
            values[target.id] = node.value
    for loop in loops:
        for each in walk(loop.target):
            if isinstance(each, ast.Name) and _may_hold_dtypes(loop, numpy):
                # Several loops may use one name.
                stored[each.id] = max(stored[each.id] - 1, 0)
    rounds = {id(each): made for each in loops if (made := _rounds(each, numpy, stored)) is not None}
    if values or rounds:
        _Names(values, rounds, single).visit(tree)


def _rounds(loop: ast.For, numpy: str, stored: dict[str, int]) -> list[tuple[list[ast.stmt], dict[str, ast.expr]]] | None:
    """For each round of a loop over dtypes, the statements that bind what is no dtype, and the dtypes by name."""
    assert isinstance(loop.iter, ast.Tuple | ast.List)
    items = loop.iter.elts
    targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
    if not 0 < len(items) <= MOST_ROUNDS or not all(isinstance(each, ast.Name) for each in targets) or _leaves(loop.body):
        return None
    made = []
    for item in items:
        parts = item.elts if isinstance(loop.target, ast.Tuple) and isinstance(item, ast.Tuple) else [item]
        if len(parts) != len(targets):
            return None
        before: list[ast.stmt] = []
        names: dict[str, ast.expr] = {}
        for target, part in zip(targets, parts, strict=True):
            assert isinstance(target, ast.Name)
            if _may_be_dtype(part, numpy) and stored[target.id] == 0:
                names[target.id] = part
            else:
                before.append(located(ast.Assign([ast.Name(target.id, ast.Store())], part), loop))
        made.append((before, names))
    found = [names for _, names in made]
    alike = all(set(each) == set(found[0]) for each in found)
    named = any(_names_dtype(each, numpy) for names in found for each in names.values())
    return made if alike and found[0] and named else None


def _leaves(body: list[ast.stmt]) -> bool:
    """Whether statements may end the round or the loop that they stand in."""
    for node in body:
        if isinstance(node, ast.Break | ast.Continue):
            return True
        if isinstance(node, ast.For | ast.While | ast.FunctionDef | ast.ClassDef):
            continue
        for field in ("body", "orelse", "finalbody"):
            if _leaves(getattr(node, field, [])):
                return True
        if any(_leaves(each.body) for each in getattr(node, "handlers", [])):
            return True
    return False


class _Names(ast.NodeTransformer):
    def __init__(
        self,
        values: dict[str, ast.expr],
        rounds: dict[int, list[tuple[list[ast.stmt], dict[str, ast.expr]]]],
        single: list[ast.Assign],
    ) -> None:
        self.values, self.rounds = values, rounds
        self.single = {id(each) for each in single}

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        target = node.targets[0]
        if id(node) in self.single and isinstance(target, ast.Name) and target.id in self.values:
            return located(ast.Pass(), node)
        return self.generic_visit(node)

    def visit_For(self, node: ast.For) -> ast.AST | list[ast.stmt]:
        rounds = self.rounds.get(id(node))
        if rounds is None:
            return self.generic_visit(node)
        made: list[ast.stmt] = []
        for before, names in rounds:
            inner = _Names({**self.values, **names}, self.rounds, [])
            made.extend(before)
            for each in node.body:
                found = inner.visit(copy.deepcopy(each))
                made.extend(found if isinstance(found, list) else [found])
        return made

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if node.attr == "__name__" and isinstance(node.value, ast.Attribute) and node.value.attr in _NAMES:
            return located(ast.Constant(_SHOWN.get(node.value.attr, node.value.attr)), node)
        return node

    def visit_Name(self, node: ast.Name) -> ast.AST:
        value = self.values.get(node.id)
        if value is None or not isinstance(node.ctx, ast.Load):
            return node
        made = located(copy.deepcopy(value), node)
        return self.generic_visit(made) if isinstance(made, ast.Call) else made


def _is_dtype(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "dtype"


class _Writer(ast.NodeTransformer):
    def __init__(self, numpy: str) -> None:
        self.numpy = numpy

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.ctx, ast.Load) and _is_dtype(node.value):
            assert isinstance(node.value, ast.Attribute)
            if node.attr == "name":
                return self._text(node.value)
            if node.attr == "itemsize":
                return located(ast.Attribute(node.value.value, "itemsize", ast.Load()), node)
            if node.attr == "kind":
                kind = ast.Attribute(ast.Name(self.numpy, ast.Load()), "_kind", ast.Load())
                return located(ast.Call(kind, [node.value.value], []), node)
        match node:
            case ast.Attribute(
                value=ast.Call(func=ast.Attribute(attr="dtype") as made, args=[only]) as call, attr="name" | "itemsize"
            ):
                if isinstance(made.value, ast.Name) and made.value.id == self.numpy:
                    if node.attr == "name":
                        return self._text(call)
                    size = ast.Attribute(ast.Name(self.numpy, ast.Load()), "_itemsize", ast.Load())
                    return located(ast.Call(size, [only], []), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Name(id="repr"), args=[only], keywords=[]) if _is_dtype(only):
                shown = ast.FormattedValue(only, -1, None)
                return located(ast.JoinedStr([ast.Constant("dtype('"), shown, ast.Constant("')")]), node)
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        if node.conversion == ord("r") and _is_dtype(node.value):
            node.value, node.conversion = located(ast.Call(ast.Name("repr", ast.Load()), [node.value], []), node), -1
        return self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        sides = [node.left, *node.comparators]
        if len(sides) != 2 or not isinstance(node.ops[0], ast.Eq | ast.NotEq | ast.In | ast.NotIn):
            return node
        if isinstance(node.ops[0], ast.In | ast.NotIn):
            others = sides[1]
            if _is_dtype(sides[0]) and isinstance(others, ast.Tuple | ast.List | ast.Set):
                node.left = self._text(sides[0])
                others.elts = [self._dtype(each) for each in others.elts]
        elif any(_is_dtype(each) for each in sides):
            node.left, node.comparators = self._dtype(sides[0]), [self._dtype(sides[1])]
        return node

    def _dtype(self, node: ast.expr) -> ast.expr:
        if _is_dtype(node):
            return self._text(node)
        plain = isinstance(node, ast.Name) and node.id in ("float", "int", "bool", "complex")
        named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == self.numpy
        if plain or named or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
            made = ast.Attribute(ast.Name(self.numpy, ast.Load()), "dtype", ast.Load())
            return self._text(located(ast.Call(made, [node], []), node))
        return node

    def _text(self, node: ast.expr) -> ast.expr:
        return located(ast.Call(ast.Name("str", ast.Load()), [node], []), node)
