"""Loops over axes and colours together with something else: the same loop without what is drawn.

`for ax, model in zip(axes.ravel(), models)` runs as often as the shorter of the two has items. So what takes the place of the axes has
their number, known from where they were made; where it is not known, the loop cannot be taken apart.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from batuta.analysis.drawing.kind import DRAWN, has_drawn
from batuta.analysis.drawing.kinds import Kinds
from batuta.analysis.drawing.names import Names
from batuta.python.walk import walk

Length = int | ast.expr
Loop = tuple[ast.expr, ast.expr]
UNUSED = "_"


def without_drawing(names: Names, kinds: Kinds, target: ast.expr, iterated: ast.expr) -> Loop | None:
    """The target and the iterable of a loop without what is drawn; None where that is not possible."""
    kind = kinds.of(iterated)
    if not has_drawn(kind):
        return target, iterated
    lengths = _Lengths(names, kinds)
    if kind == DRAWN:
        length = lengths.of(iterated)
        return None if length is None else (_unused(target), _range(length, iterated))
    match iterated:
        case ast.Call(func=ast.Name(id="zip"), args=parts, keywords=[]) if isinstance(target, ast.Tuple | ast.List):
            if len(target.elts) == len(parts):
                return _zipped(names, kinds, lengths, target, parts, iterated)
        case ast.Call(func=ast.Name(id="enumerate"), args=[inner]) if isinstance(target, ast.Tuple) and len(target.elts) == 2:
            found = without_drawing(names, kinds, target.elts[1], inner)
            if found is None:
                return None
            if not iterated.keywords and _is_range(found[1]) and _is_unused(found[0]):
                return target.elts[0], found[1]
            whole = ast.Tuple([target.elts[0], found[0]], ast.Store())
            call = ast.Call(iterated.func, [found[1]], iterated.keywords)
            return ast.copy_location(whole, target), ast.copy_location(call, iterated)
        case ast.List(elts=items) | ast.Tuple(elts=items) if isinstance(target, ast.Tuple):
            return _displayed(kinds, target, items, iterated)
        case ast.Name() | ast.Attribute():
            return target, iterated
    return None


def _zipped(
    names: Names, kinds: Kinds, lengths: _Lengths, target: ast.Tuple | ast.List, parts: list[ast.expr], whole: ast.Call
) -> Loop | None:
    kept: list[Loop] = []
    counts: list[Length] = []
    for one, part in zip(target.elts, parts, strict=True):
        if kinds.of(part) == DRAWN:
            length = lengths.of(part)
            if length is None:
                return None
            counts.append(length)
            continue
        found = without_drawing(names, kinds, one, part)
        if found is None:
            return None
        kept.append(found)
    if not kept:
        if len(counts) > 1 and not all(isinstance(each, int) for each in counts):
            return None
        smallest = min(counts) if len(counts) > 1 else counts[0]  # type: ignore[type-var]
        return _unused(target), _range(smallest, whole)
    others = [lengths.of_other(each) for _, each in kept]
    shortest = min([each for each in others if isinstance(each, int)], default=None)
    for count in counts:
        if isinstance(count, int) and shortest is not None and count >= shortest:
            continue
        if any(_same(count, each) for each in others):
            continue
        kept.append((_unused(target), _range(count, whole)))
    if len(kept) == 1:
        return kept[0]
    return (
        ast.copy_location(ast.Tuple([each for each, _ in kept], ast.Store()), target),
        ast.copy_location(ast.Call(whole.func, [each for _, each in kept], []), whole),
    )


def _displayed(kinds: Kinds, target: ast.Tuple, items: Sequence[ast.expr], whole: ast.expr) -> Loop | None:
    """`for ax, title in [(left, "a"), (right, "b")]`."""
    rows = [each.elts for each in items if isinstance(each, ast.Tuple) and len(each.elts) == len(target.elts)]
    if len(rows) != len(items):
        return None
    stay = [index for index in range(len(target.elts)) if not all(kinds.of(row[index]) == DRAWN for row in rows)]
    if any(has_drawn(kinds.of(row[index])) for row in rows for index in stay):
        return None
    if len(stay) == 1:
        inner: list[ast.expr] = [row[stay[0]] for row in rows]
        return target.elts[stay[0]], ast.copy_location(ast.List(inner, ast.Load()), whole)
    tuples: list[ast.expr] = [
        ast.copy_location(ast.Tuple([row[index] for index in stay], ast.Load()), each)
        for row, each in zip(rows, items, strict=True)
    ]
    names = ast.copy_location(ast.Tuple([target.elts[index] for index in stay], ast.Store()), target)
    return names, ast.copy_location(ast.List(tuples, ast.Load()), whole)


def _unused(node: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Name(UNUSED, ast.Store()), node)


def _is_unused(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == UNUSED


def _is_range(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "range"


def _range(length: Length, node: ast.expr) -> ast.expr:
    count = ast.Constant(length) if isinstance(length, int) else length
    made = ast.Call(ast.Name("range", ast.Load()), [count], [])
    for each in walk(made):
        if not hasattr(each, "lineno"):
            ast.copy_location(each, node)
    return made


def _same(left: Length | None, right: Length | None) -> bool:
    if isinstance(left, ast.AST) and isinstance(right, ast.AST):
        return ast.dump(left) == ast.dump(right)
    return False


def _times(left: Length, right: Length) -> Length:
    if isinstance(left, int) and isinstance(right, int):
        return left * right
    if left == 1:
        return right
    if right == 1:
        return left
    sides = [ast.Constant(each) if isinstance(each, int) else each for each in (left, right)]
    return ast.BinOp(sides[0], ast.Mult(), sides[1])


class _Lengths:
    """How many items something of the drawing has."""

    def __init__(self, names: Names, kinds: Kinds) -> None:
        self.names = names
        self.kinds = kinds

    def of(self, node: ast.expr) -> Length | None:
        """The number of items of an iteration over a value of the drawing."""
        shape = self._shape(node)
        return shape[0] if shape else None

    def of_other(self, node: ast.expr) -> Length | None:
        """The same of a value that is not of the drawing."""
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items) if not any(isinstance(each, ast.Starred) for each in items):
                return len(items)
            case ast.Dict(keys=keys) if all(keys):
                return len({ast.dump(each) for each in keys if each is not None})
            case ast.Constant(value=str(text)):
                return len(text)
            case ast.Call(func=ast.Name(id="range"), args=[count], keywords=[]):
                return self._number(count)
            case ast.Call(func=ast.Name(id="enumerate" | "list" | "tuple" | "sorted" | "reversed"), args=[inner, *_]):
                return self.of_other(inner)
            case ast.Call(func=ast.Attribute(value=holder, attr="items" | "keys" | "values"), args=[]):
                return self.of_other(holder)
            case ast.Call(func=function, args=arguments, keywords=keywords):
                return self._of_numpy(self.names.qualified(function), arguments, keywords)
            case ast.Name():
                return self._of_name(node)
        return None

    def _of_numpy(self, name: str, arguments: list[ast.expr], keywords: list[ast.keyword]) -> Length | None:
        if name in ("numpy.linspace", "numpy.logspace", "numpy.geomspace"):
            given = [each.value for each in keywords if each.arg == "num"] or arguments[2:3]
            return self._number(given[0]) if given else 50
        if name == "numpy.arange" and len(arguments) == 1:
            return self._number(arguments[0])
        return None

    def _of_name(self, node: ast.Name) -> Length | None:
        variable = self.names.variables.get(node)
        if variable is None:
            return None
        values = self.names.values[variable]
        changes = self.names.binding_count[variable] != 1 or self._is_changed(variable)
        if not changes and len(values) == 1 and not values[0][1]:
            known = self.of_other(values[0][0])
            if known is not None:
                return known
        if changes:
            return None
        return ast.Call(ast.Name("len", ast.Load()), [node], [])

    def _is_changed(self, variable: tuple[object, str]) -> bool:
        """Whether a method that changes lengths is called on a variable, or items are deleted."""
        changing = ("append", "extend", "insert", "pop", "remove", "clear", "update", "add", "popitem", "setdefault")
        for node, known in self.names.variables.items():
            if known != variable or not isinstance(node, ast.Name):
                continue
            parent = self.names.parents.get(node)
            if isinstance(parent, ast.Attribute) and parent.attr in changing:
                return True
            if isinstance(parent, ast.Subscript) and not isinstance(parent.ctx, ast.Load):
                return (
                    self.kinds.of(node)[0] == "dict" or isinstance(parent.ctx, ast.Del) or isinstance(parent.slice, ast.Slice)
                )
        return False

    def _number(self, node: ast.expr) -> Length | None:
        """A count, as it can be written at another place of the program."""
        match node:
            case ast.Constant(value=int(value)):
                return value
            case ast.Name():
                variable = self.names.variables.get(node)
                if variable is None or self.names.binding_count[variable] != 1:
                    return None
                values = self.names.values[variable]
                if len(values) == 1 and not values[0][1] and isinstance(values[0][0], ast.Constant):
                    return self._number(values[0][0])
                return node
            case ast.Call(func=ast.Name(id="len"), args=[ast.Name() as inner]):
                return self._of_name(inner)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                sides = self._number(left), self._number(right)
                return None if sides[0] is None or sides[1] is None else _times(sides[0], sides[1])
        return None

    def _shape(self, node: ast.expr, depth: int = 0) -> list[Length] | None:
        if depth > 8:
            return None
        match node:
            case ast.Name():
                variable = self.names.variables.get(node)
                values = self.names.values[variable] if variable is not None else []
                if variable is None or len(values) != self.names.binding_count[variable] or not values:
                    return None
                shapes = [self._part(value, part, depth) for value, part in values]
                texts = {None if each is None else tuple(str(one) for one in each) for each in shapes}
                return (
                    shapes[0]
                    if len(texts) == 1 and all(isinstance(e, int) for s in shapes for e in s or [])
                    else (shapes[0] if len(shapes) == 1 else None)
                )
            case (
                ast.Call(func=ast.Attribute(value=holder, attr="ravel" | "flatten"), args=[])
                | ast.Attribute(value=holder, attr="flat")
            ):
                return self._flat(self._shape(holder, depth + 1))
            case ast.Call(func=ast.Attribute(value=holder, attr="reshape"), args=[ast.UnaryOp(op=ast.USub())]):
                return self._flat(self._shape(holder, depth + 1))
            case ast.Attribute(value=holder, attr="T"):
                shape = self._shape(holder, depth + 1)
                return None if shape is None else shape[::-1]
            case ast.Subscript(value=holder, slice=index):
                return self._part_of(self._shape(holder, depth + 1), index)
            case ast.List(elts=items) | ast.Tuple(elts=items):
                return [len(items)] if not any(isinstance(each, ast.Starred) for each in items) else None
            case ast.ListComp(generators=[ast.comprehension(iter=iterated, ifs=[])]):
                length = self.of(iterated) if self.kinds.of(iterated) == DRAWN else self.of_other(iterated)
                return None if length is None else [length]
            case ast.Call():
                return self._call(node, depth)
        return None

    def _flat(self, shape: list[Length] | None) -> list[Length] | None:
        if not shape:
            return None
        product: Length = 1
        for each in shape:
            product = _times(product, each)
        return [product]

    def _part(self, value: ast.expr, part: tuple[int, ...], depth: int) -> list[Length] | None:
        if not part:
            return self._shape(value, depth + 1)
        if part == (1,) and isinstance(value, ast.Call) and _last(value.func) == "subplots":
            return self._subplots(value)
        return None

    @staticmethod
    def _part_of(shape: list[Length] | None, index: ast.expr) -> list[Length] | None:
        if not shape:
            return None
        match index:
            case ast.Constant(value=int()) if len(shape) > 1:
                return shape[1:]
            case ast.Tuple(elts=[ast.Slice(lower=None, upper=None, step=None), ast.Constant(value=int())]):
                return shape[:1]
            case ast.Slice(lower=None, upper=ast.Constant(value=int(count)), step=None) if (
                isinstance(shape[0], int) and count >= 0
            ):
                return [min(count, shape[0]), *shape[1:]]
        return None

    def _call(self, node: ast.Call, depth: int) -> list[Length] | None:
        name = _last(node.func)
        if (
            name == "subplots"
            and self.kinds.of(node.func) == DRAWN
            and not self.names.qualified(node.func).startswith("matplotlib.")
        ):
            return self._subplots(node)
        if name in ("list", "tuple", "array", "ravel", "asarray", "atleast_1d") and node.args:
            shape = self._shape(node.args[0], depth + 1)
            return self._flat(shape) if name == "ravel" else shape
        if name == "color_palette" and (len(node.args) > 1 or node.keywords):
            given = [each.value for each in node.keywords if each.arg == "n_colors"] or node.args[1:2]
            count = self._number(given[0]) if given else None
            return None if count is None else [count]
        if len(node.args) == 1 and self._is_colour_map(node.func):
            count = self.of_other(node.args[0])
            return None if count is None else [count]
        return None

    def _is_colour_map(self, node: ast.expr) -> bool:
        qualified = self.names.qualified(node)
        if qualified.startswith(("matplotlib.pyplot.cm.", "matplotlib.cm.")):
            return not qualified.endswith("get_cmap")
        if isinstance(node, ast.Call):
            return _last(node.func) in ("get_cmap", "resampled")
        if isinstance(node, ast.Subscript):
            return _last(node.value) == "colormaps"
        if isinstance(node, ast.Name):
            variable = self.names.variables.get(node)
            values = self.names.values[variable] if variable is not None else []
            return bool(values) and all(not part and self._is_colour_map(value) for value, part in values)
        return False

    def _subplots(self, node: ast.Call) -> list[Length] | None:
        """The shape of the axes that `subplots` gives."""
        named = {each.arg: each.value for each in node.keywords}
        given: dict[str, ast.expr] = dict(zip(("nrows", "ncols"), node.args, strict=False))
        rows, columns = (self._number(named.get(each, given.get(each, ast.Constant(1)))) for each in ("nrows", "ncols"))
        if rows is None or columns is None or None in named or any(isinstance(each, ast.Starred) for each in node.args):
            return None
        squeeze = named.get("squeeze")
        if squeeze is not None and isinstance(squeeze, ast.Constant) and squeeze.value is False:
            return [rows, columns]
        if squeeze is not None and not isinstance(squeeze, ast.Constant):
            return None
        if rows == 1 or columns == 1:
            # One pair of axes is no array at all; what iterates over it fails in Python too.
            return [columns if rows == 1 else rows] if rows != columns else None
        # A count that is a variable may be one: then the array has one dimension less, with the same number of items.
        return [rows, columns] if isinstance(rows, int) and isinstance(columns, int) else None


def _last(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
