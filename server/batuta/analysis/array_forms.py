"""Forms of NumPy that are others with the same meaning.

np.r_[0:3, 8:20:2]        →    np.r_[np.arange(0, 3), np.arange(8, 20, 2)]
np.r_[0:1:5j]             →    np.r_[np.linspace(0, 1, 5)]
x.flat[places] = v        →    x[np.unravel_index(places, x.shape)] = v
np.put(x, places, v)      →    x[np.unravel_index(places, x.shape)] = v
np.gcd.reduce(x)          →    functools.reduce(np.gcd, x)
np.logical_or.reduce(x)   →    np.any(x, axis=0)
"""

from __future__ import annotations

import ast
import copy

from batuta.analysis.imports import imported_names, qualified_name
from batuta.python.new_nodes import fresh_name, located, names_in
from batuta.python.walk import Transformer, walk

_FOLDED = ("gcd", "lcm", "bitwise_and", "bitwise_or", "bitwise_xor", "hypot", "subtract")
"""Functions of two numbers whose `reduce` is asked for with vectors."""
_AXES = {"logical_and": "all", "logical_or": "any"}


def write_out_forms(tree: ast.Module) -> None:
    """Rewrite them in place."""
    imports = imported_names(tree)
    numpy = next((name for name, meant in imports.items() if meant == "numpy"), None)
    if numpy is None:
        return
    writer = _Writer(imports, numpy, tree)
    writer.visit(tree)
    if writer.functools:
        place = next(index for index, each in enumerate(tree.body) if isinstance(each, ast.Import | ast.ImportFrom))
        tree.body.insert(place, located(ast.Import([ast.alias("functools", writer.functools)]), tree.body[place]))


def _again(node: ast.expr) -> bool:
    """Whether an expression may stand twice: a name, or a field of one."""
    return isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and _again(node.value))


class _Writer(Transformer):
    def __init__(self, imports: dict[str, str], numpy: str, tree: ast.Module) -> None:
        self.imports = imports
        self.numpy = numpy
        self.tree = tree
        self.functools = ""
        """The name under which `functools` is imported for a form, if one asked for it."""
        self.own = {each.attr for each in walk(tree) if isinstance(each, ast.Attribute) and isinstance(each.ctx, ast.Store)}
        """The fields of the program: `flat` may be one of them."""

    def _of(self, name: str, given: list[ast.expr]) -> ast.expr:
        return ast.Call(ast.Attribute(ast.Name(self.numpy, ast.Load()), name, ast.Load()), given, [])

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        self.generic_visit(node)
        if qualified_name(node.value, self.imports) in ("numpy.r_", "numpy.c_"):
            whole = isinstance(node.slice, ast.Tuple)
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            made = [self._range(each) if isinstance(each, ast.Slice) else each for each in parts]
            node.slice = located(ast.Tuple(made, ast.Load()), node) if whole else made[0]
        return node

    def _range(self, cut: ast.Slice) -> ast.expr:
        start = cut.lower or ast.Constant(0)
        if cut.upper is None:
            return cut
        match cut.step:
            case ast.Constant(value=complex() as count):
                made = self._of("linspace", [start, cut.upper, ast.Constant(int(abs(count)))])
            case step:
                made = self._of("arange", [start, cut.upper, *([step] if step is not None else [])])
        return located(made, cut)

    def _element(self, array: ast.expr, places: ast.expr) -> ast.Subscript:
        """The items of an array at places of its flat form, to be stored to."""
        held = copy.deepcopy(array)
        if isinstance(places, ast.Slice):
            every = self._of("arange", [ast.Attribute(copy.deepcopy(array), "size", ast.Load())])
            places = ast.Subscript(every, places, ast.Load())
        shape = ast.Attribute(copy.deepcopy(array), "shape", ast.Load())
        return ast.Subscript(held, self._of("unravel_index", [places, shape]), ast.Store())

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        match node.targets:
            case [ast.Subscript(value=ast.Attribute(value=array, attr="flat"), slice=places)] if (
                "flat" not in self.own and _again(array) and not _negative(places)
            ):
                node.targets = [located(self._element(array, places), node)]
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        self.generic_visit(node)
        call = node.value
        if isinstance(call, ast.Call) and qualified_name(call.func, self.imports) == "numpy.put" and not call.keywords:
            match call.args:
                case [array, places, value] if _again(array) and not _negative(places):
                    return located(ast.Assign([self._element(array, places)], value), node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        home, _, last = qualified_name(node.func, self.imports).rpartition(".")
        name = home.removeprefix("numpy.")
        if last != "reduce" or not node.args:
            return node
        if name in _AXES:
            words = node.keywords if node.keywords or len(node.args) > 1 else [ast.keyword("axis", ast.Constant(0))]
            made = self._of(_AXES[name], node.args)
            assert isinstance(made, ast.Call)
            made.keywords = words
            return located(made, node)
        if name in _FOLDED and len(node.args) == 1 and not node.keywords and isinstance(node.func, ast.Attribute):
            if not self.functools:
                self.functools = fresh_name("functools", names_in(self.tree))
            reduce = ast.Attribute(ast.Name(self.functools, ast.Load()), "reduce", ast.Load())
            return located(ast.Call(reduce, [node.func.value, node.args[0]], []), node)
        return node


def _negative(places: ast.expr) -> bool:
    """Whether a place counts from the end, which `unravel_index` does not take."""
    return isinstance(places, ast.UnaryOp) and isinstance(places.op, ast.USub)
